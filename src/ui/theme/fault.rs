//! What can be wrong with a theme: errors, which keep it from being used, and warnings, which do not.

use std::fmt;

use super::{builtin_names, colour};

/// Where in which file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// `NAME.toml`, with a remark if it is a built-in one.
    pub file: String,
    /// Counted from 1.
    pub line: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} line {}", self.file, self.line)
    }
}

/// Why a theme cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ThemeError {
    /// Nobody has a theme of that name.
    #[error(
        "{}there is no theme {name:?}{}. Built in: {}; your own: NAME.toml in the themes folder beside config.toml",
        wanted_by.as_ref().map(|place| format!("{place}: ")).unwrap_or_default(),
        did_you_mean(near.as_deref()),
        list(builtin_names())
    )]
    NoTheme { name: String, wanted_by: Option<Place>, near: Option<String> },
    /// A theme is its own ancestor.
    #[error(
        "theme {:?} inherits from itself ({}): take `inherits` out of one of these files",
        chain.first().map_or("", String::as_str),
        chain.join(" > ")
    )]
    Circle { chain: Vec<String> },
    /// The text is not TOML.
    #[error("{place}: this is not TOML ({problem}). Correct that line; a good one is: text = \"#c8d0e0\"")]
    Syntax { place: Place, problem: String },
    /// The text is TOML, but no theme.
    #[error("{place}: {key} is {found}{}. Expected: {expected}", did_you_mean(near.as_deref()))]
    Value { place: Place, key: String, found: String, expected: Expected, near: Option<String> },
}

/// What would have done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    ThemeName,
    /// One of the tables of a file.
    Palette,
    Ansi,
    Roles,
    /// A colour in `[palette]`.
    Colour,
    /// A colour in a role, which may be a name in `[palette]`.
    RoleColour,
    Role,
    /// A colour of the terminal's own.
    AnsiColour,
    Modifiers,
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ThemeName => f.write_str("the name of a theme, like \"dark\""),
            Self::Palette => f.write_str("a table of colours, like [palette] with ink = \"#c8d0e0\""),
            Self::Ansi => f.write_str("a table of colours, like [ansi] with ink = \"white\""),
            Self::Roles => f.write_str("a table of roles, like [roles] with text = \"#c8d0e0\""),
            Self::Colour => write!(f, "\"#rrggbb\", a number from 0 to 255, or {}", Self::AnsiColour),
            Self::RoleColour => write!(f, "a name in [palette], {}", Self::Colour),
            Self::Role => write!(f, "{}, or a table {{ fg = ..., bg = ..., add = [...] }}", Self::RoleColour),
            Self::AnsiColour => write!(f, "one of {}", list(colour::names())),
            Self::Modifiers => f.write_str("a list of bold, dim, italic, underline, reverse"),
        }
    }
}

/// Something in a theme file that means nothing and is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    pub place: Place,
    pub unknown: Unknown,
    /// The name as written.
    pub name: String,
    /// The known name it was probably meant to be.
    pub near: Option<String>,
}

/// What kind of name nobody knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// A key of the file or of a role.
    Key,
    /// A role.
    Role,
    /// A colour that `[ansi]` names but no `[palette]` has.
    Colour,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, unknown, name, near } = self;
        let what = match unknown {
            Unknown::Key => "there is no key",
            Unknown::Role => "there is no role",
            Unknown::Colour => "[palette] has no colour",
        };
        write!(f, "{place}: {what} {name:?}{}. It is left out", did_you_mean(near.as_deref()))
    }
}

fn list(names: impl Iterator<Item = &'static str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

fn did_you_mean(near: Option<&str>) -> String {
    near.map(|near| format!(" (did you mean {near:?}?)")).unwrap_or_default()
}

/// The one of `names` that `word` was probably meant to be: at most a third of its letters differ.
pub(super) fn nearest<'n>(word: &str, names: impl Iterator<Item = &'n str>) -> Option<String> {
    let limit = word.chars().count().div_ceil(3);
    names
        .map(|name| (distance(word, name), name))
        .min()
        .filter(|(distance, _)| *distance <= limit)
        .map(|(_, name)| name.to_owned())
}

/// How many letters must be put in, taken out or changed to make `a` into `b` (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (above, a) in a.chars().enumerate() {
        let mut diagonal = above;
        row[0] = above + 1;
        for (left, b) in b.chars().enumerate() {
            let changed = diagonal + usize::from(a != b);
            diagonal = row[left + 1];
            row[left + 1] = changed.min(diagonal + 1).min(row[left] + 1);
        }
    }
    row[b.chars().count()]
}
