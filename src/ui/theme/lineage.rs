//! A theme and its ancestors: which file comes after which.

use super::fault::nearest;
use super::file::ThemeFile;
use super::{Place, ThemeError, Warning, builtin_names};

/// The built-in texts, the default first.
pub(super) const BUILTIN: [(&str, &str); 5] = [
    (DEFAULT, include_str!("../../../themes/dark.toml")),
    ("light", include_str!("../../../themes/light.toml")),
    ("high-contrast", include_str!("../../../themes/high-contrast.toml")),
    ("ansi-16", include_str!("../../../themes/ansi-16.toml")),
    (BASE, include_str!("../../../themes/base.toml")),
];

pub(super) const DEFAULT: &str = "dark";

/// The ancestor of all themes; it sets every role, so every theme does.
pub(super) const BASE: &str = "base";

/// Whose file it is.
#[derive(Clone, Copy, PartialEq)]
enum Origin {
    User,
    Builtin,
}

struct Source {
    name: String,
    origin: Origin,
    text: String,
}

impl Source {
    /// The file's name for messages.
    fn file(&self) -> String {
        match self.origin {
            Origin::User => format!("{}.toml", self.name),
            Origin::Builtin => format!("{}.toml (built in)", self.name),
        }
    }

    fn is(&self, other: &Self) -> bool {
        self.name == other.name && self.origin == other.origin
    }
}

/// The files of theme `name`: its own first, the base last.
pub(super) fn trace(
    name: &str,
    user: &dyn Fn(&str) -> Option<String>,
    warnings: &mut Vec<Warning>,
) -> Result<Vec<ThemeFile>, ThemeError> {
    let mut next = Some(find(name, user, None)?);
    let mut seen: Vec<Source> = Vec::new();
    let mut files = Vec::new();
    while let Some(source) = next {
        if let Some(first) = seen.iter().position(|s| s.is(&source)) {
            let circle = seen[first..].iter().chain([&source]);
            return Err(ThemeError::Circle { chain: circle.map(|s| s.name.clone()).collect() });
        }
        let file = ThemeFile::parse(&source.file(), &source.text, warnings)?;
        next = parent(&source, file.inherits.clone(), user)?;
        seen.push(source);
        files.push(file);
    }
    Ok(files)
}

/// What a file lies over: what it says; else the built-in of its own name; else the base.
fn parent(
    child: &Source,
    inherits: Option<(String, Place)>,
    user: &dyn Fn(&str) -> Option<String>,
) -> Result<Option<Source>, ThemeError> {
    let namesake = if child.origin == Origin::User { builtin(&child.name) } else { None };
    match inherits {
        Some((name, _)) if name == child.name && namesake.is_some() => Ok(namesake),
        Some((name, place)) => find(&name, user, Some(place)).map(Some),
        None if namesake.is_some() => Ok(namesake),
        None if child.name == BASE => Ok(None),
        None => find(BASE, user, None).map(Some),
    }
}

fn find(
    name: &str,
    user: &dyn Fn(&str) -> Option<String>,
    wanted_by: Option<Place>,
) -> Result<Source, ThemeError> {
    Some(name)
        .filter(|name| is_plain(name))
        .and_then(user)
        .map(|text| Source { name: name.to_owned(), origin: Origin::User, text })
        .or_else(|| builtin(name))
        .ok_or_else(|| ThemeError::NoTheme {
            name: name.to_owned(),
            wanted_by,
            near: nearest(name, builtin_names()),
        })
}

/// Whether `NAME.toml` is a file of the themes folder and nowhere else.
fn is_plain(name: &str) -> bool {
    let letters = |c: char| c.is_alphanumeric() || "-_. ".contains(c);
    !name.is_empty() && !name.starts_with('.') && name.chars().all(letters)
}

fn builtin(name: &str) -> Option<Source> {
    let (name, text) = BUILTIN.iter().find(|(known, _)| *known == name)?;
    Some(Source { name: (*name).to_owned(), origin: Origin::Builtin, text: (*text).to_owned() })
}
