//! The configuration file: read, changed line by line, never overwritten when somebody else changed it meanwhile.

mod change;
mod edit;
mod file;
mod layout;
mod lines;

use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use crate::mail::edit::Edit;
use crate::mail::settings::{EXAMPLE, Settings, SettingsError};

use super::{StoreError, atomic};

pub use edit::{EditError, Edited, apply};

/// What the file said.
#[derive(Debug)]
pub struct Config {
    pub settings: Settings,
    /// Whether there is a file at all.
    pub exists: bool,
    pub warnings: Vec<String>,
    /// What an edit has to find again.
    pub source: Source,
}

/// A configuration as it was read: the ground on which edits are made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub file: PathBuf,
    /// None: there was no file.
    text: Option<String>,
}

#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("{file}{}: {why}", line.map(|line| format!(":{line}")).unwrap_or_default())]
    Settings { file: String, line: Option<usize>, why: SettingsError },
    #[error("{0} is not there; --config names a file that exists")]
    Named(String),
    #[error("{file}: {why}")]
    Edit { file: String, why: EditError },
    #[error(
        "{0} was changed by another program since it was read; nothing was written. Read it again, then repeat the change"
    )]
    ChangedElsewhere(String),
    #[error(
        "{0} cannot be written: it is read-only, perhaps because another program makes it; change it there, or chmod u+w it"
    )]
    ReadOnly(String),
    #[error("{0} is a link to a file that is not there; make that file, or remove the link")]
    Dangling(String),
}

/// Reads the file. Its absence is an empty configuration, unless somebody named it (`is_named`).
pub fn load(file: &Path, is_named: bool) -> Result<Config, ConfigError> {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return if is_named {
                Err(ConfigError::Named(file.display().to_string()))
            } else {
                let source = Source { file: file.to_owned(), text: None };
                Ok(Config { settings: Settings::default(), exists: false, warnings: Vec::new(), source })
            };
        }
        Err(why) => return Err(StoreError::Io { doing: "read", path: file.to_owned(), why }.into()),
    };
    let settings = Settings::parse(&text, folder_of(file)).map_err(|why| wrong(file, &text, why))?;
    let source = Source { file: file.to_owned(), text: Some(text) };
    Ok(Config { settings, exists: true, warnings: loose_mode(file).into_iter().collect(), source })
}

impl Source {
    /// What the file says now, if that is not what it said when it was looked at last.
    pub fn news(&mut self) -> Option<Result<Settings, ConfigError>> {
        let text = match std::fs::read_to_string(&self.file) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            // Perhaps it is just being written; the next look tells.
            Err(_) => return None,
        };
        if text == self.text {
            return None;
        }
        self.text = text;
        let text = self.text.as_deref().unwrap_or_default();
        Some(Settings::parse(text, folder_of(&self.file)).map_err(|why| wrong(&self.file, text, why)))
    }
}

/// Where relative paths in the file start.
fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A mistake with its file and line. What is no TOML names its line itself.
fn wrong(file: &Path, text: &str, why: SettingsError) -> ConfigError {
    let line = match &why {
        SettingsError::Value { account, key, .. } => edit::line_of(text, account, key),
        SettingsError::SameName(name) => nth_line(text, "name", name, 1),
        SettingsError::TwoDefaults => nth_line(text, "default", "true", 1),
        SettingsError::CacheHours(_) => nth_line(text, "cache_hours", "", 0),
        SettingsError::LogSize(_) => nth_line(text, "size", "", 0),
        SettingsError::Syntax(_) => None,
    };
    ConfigError::Settings { file: file.display().to_string(), line, why }
}

/// The line, counted from 1, on which `key` is given such a value for the first (0) or second (1) time.
fn nth_line(text: &str, key: &str, value: &str, nth: usize) -> Option<usize> {
    let is_it = |line: &str| {
        line.split_once('=').is_some_and(|(name, given)| name.trim() == key && given.contains(value))
    };
    text.lines().enumerate().filter(|(_, line)| is_it(line)).nth(nth).map(|(index, _)| index + 1)
}

/// What an edit made.
#[derive(Debug)]
pub struct Done {
    pub edited: Edited,
    /// What the next edit starts from.
    pub source: Source,
}

/// Changes the file, if it is still what was read; else nothing is written.
pub fn change(source: &Source, edit: &Edit) -> Result<Done, ConfigError> {
    let held = file::Held::take(&source.file)?;
    if held.text() != source.text.as_deref() {
        return Err(ConfigError::ChangedElsewhere(source.file.display().to_string()));
    }
    let text = source.text.as_deref().unwrap_or_default();
    let edited = apply(text, folder_of(&source.file), edit)
        .map_err(|why| ConfigError::Edit { file: source.file.display().to_string(), why })?;
    // Nothing to write is nothing to fail at.
    if held.text() != Some(edited.text.as_str()) {
        held.replace(&edited.text)?;
    }
    let source = Source { file: source.file.clone(), text: Some(edited.text.clone()) };
    Ok(Done { edited, source })
}

/// A file that others may write could send mail in its owner's name: said, not refused.
fn loose_mode(file: &Path) -> Option<String> {
    let mode = std::fs::metadata(file).ok()?.permissions().mode();
    (mode & 0o022 != 0).then(|| format!("{} can be changed by others; chmod 600 mends that", file.display()))
}

/// Writes the commented example, unless there is a file already.
pub fn write_example(file: &Path) -> Result<(), StoreError> {
    if let Some(folder) = file.parent() {
        atomic::private_folder(folder)?;
    }
    if file.exists() {
        return Err(StoreError::Io {
            doing: "write",
            path: file.to_owned(),
            why: io::ErrorKind::AlreadyExists.into(),
        });
    }
    atomic::write(file, EXAMPLE.as_bytes())
}
