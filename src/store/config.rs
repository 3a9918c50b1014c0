//! The configuration file: read, never rewritten; an example of it made on request.

use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::mail::settings::{EXAMPLE, Settings, SettingsError};

use super::{StoreError, atomic};

/// What the file said.
#[derive(Debug)]
pub struct Config {
    pub settings: Settings,
    /// Whether there is a file at all.
    pub exists: bool,
    pub warnings: Vec<String>,
}

#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("{file}: {why}")]
    Settings { file: String, why: SettingsError },
    #[error("{0} is not there; --config names a file that exists")]
    Named(String),
}

/// Reads the file. Its absence is an empty configuration, unless somebody named it (`is_named`).
pub fn load(file: &Path, is_named: bool) -> Result<Config, ConfigError> {
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return if is_named {
                Err(ConfigError::Named(file.display().to_string()))
            } else {
                Ok(Config { settings: Settings::default(), exists: false, warnings: Vec::new() })
            };
        }
        Err(why) => return Err(StoreError::Io { doing: "read", path: file.to_owned(), why }.into()),
    };
    let folder = file.parent().unwrap_or(Path::new("."));
    let settings = Settings::parse(&text, folder)
        .map_err(|why| ConfigError::Settings { file: file.display().to_string(), why })?;
    Ok(Config { settings, exists: true, warnings: loose_mode(file).into_iter().collect() })
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
