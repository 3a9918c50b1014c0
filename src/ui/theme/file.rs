//! One theme file as it is written: its colours may still be names that only an ancestor knows.

use std::collections::BTreeMap;
use std::ops::Range;

use ratatui::style::{Color, Modifier};
use toml::Spanned;
use toml::de::{DeInteger, DeString, DeTable, DeValue};

use super::fault::{Expected, nearest};
use super::{Place, ThemeError, Unknown, Warning, colour, role_names};

type Value<'t> = Spanned<DeValue<'t>>;

/// What one file says.
#[derive(Default)]
pub(super) struct ThemeFile {
    pub(super) inherits: Option<(String, Place)>,
    pub(super) palette: BTreeMap<String, Color>,
    /// What stands for a palette's colours where there are only sixteen.
    pub(super) ansi: BTreeMap<String, (Color, Place)>,
    pub(super) roles: BTreeMap<&'static str, RoleText>,
}

/// What a file says of a role.
pub(super) struct RoleText {
    pub(super) fg: Option<Shade>,
    pub(super) bg: Option<Shade>,
    pub(super) add: Modifier,
    /// What changes with sixteen colours, where the nearest ones would not do.
    pub(super) ansi: Option<AnsiText>,
    /// All that is left without colours, where `add` would not do.
    pub(super) mono: Option<Modifier>,
}

/// What a file changes of a role on a terminal with sixteen colours.
#[derive(Default, Clone, Copy)]
pub(super) struct AnsiText {
    pub(super) fg: Option<Color>,
    pub(super) bg: Option<Color>,
    pub(super) add: Option<Modifier>,
}

/// A colour as written, and where, should it turn out that nobody knows it.
pub(super) struct Shade {
    pub(super) written: Written,
    pub(super) place: Place,
    pub(super) key: String,
}

pub(super) enum Written {
    Colour(Color),
    /// Of the palette, or one of the terminal's own.
    Name(String),
}

impl ThemeFile {
    /// Reads `text`; `file` is what messages call it.
    pub(super) fn parse(file: &str, text: &str, warnings: &mut Vec<Warning>) -> Result<Self, ThemeError> {
        let mut reader = Reader { file, text, warnings };
        let document = DeTable::parse(text).map_err(|e| ThemeError::Syntax {
            place: reader.place(e.span().map_or(0, |span| span.start)),
            problem: e.message().replace('\n', ", "),
        })?;
        let mut theme = Self::default();
        for (key, value) in in_order(document.get_ref()) {
            match key.get_ref().as_ref() {
                "inherits" => theme.inherits = Some(reader.parent(value)?),
                "palette" => theme.palette = reader.palette(value)?,
                "ansi" => theme.ansi = reader.ansi_palette(value)?,
                "roles" => theme.roles = reader.roles(value)?,
                _ => reader.warn(Unknown::Key, key, ["inherits", "palette", "ansi", "roles"].into_iter()),
            }
        }
        Ok(theme)
    }
}

/// The entries of a table from top to bottom, so that the first mistake is the one that is reported.
fn in_order<'d, 't>(table: &'d DeTable<'t>) -> Vec<(&'d Spanned<DeString<'t>>, &'d Value<'t>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

struct Reader<'t> {
    file: &'t str,
    text: &'t str,
    warnings: &'t mut Vec<Warning>,
}

impl Reader<'_> {
    fn parent(&self, value: &Value<'_>) -> Result<(String, Place), ThemeError> {
        match value.get_ref() {
            DeValue::String(name) => Ok((name.to_string(), self.place(value.span().start))),
            _ => Err(self.wrong("inherits", value, Expected::ThemeName)),
        }
    }

    fn palette(&self, value: &Value<'_>) -> Result<BTreeMap<String, Color>, ThemeError> {
        let table = self.table("palette", value, Expected::Palette)?;
        in_order(table)
            .into_iter()
            .map(|(name, value)| Ok((name.get_ref().to_string(), self.palette_colour(name, value)?)))
            .collect()
    }

    fn palette_colour(&self, name: &Spanned<DeString<'_>>, value: &Value<'_>) -> Result<Color, ThemeError> {
        let key = format!("palette.{}", name.get_ref());
        let shade = self.shade(&key, value, Expected::Colour)?;
        match shade.written {
            Written::Colour(color) => Ok(color),
            Written::Name(name) => colour::named(&name)
                .ok_or_else(|| self.unknown(&key, value, Expected::Colour, nearest(&name, colour::names()))),
        }
    }

    fn ansi_palette(&self, value: &Value<'_>) -> Result<BTreeMap<String, (Color, Place)>, ThemeError> {
        let table = self.table("ansi", value, Expected::Ansi)?;
        let mut ansi = BTreeMap::new();
        for (name, value) in in_order(table) {
            let color = self.ansi_colour(&format!("ansi.{}", name.get_ref()), value)?;
            ansi.insert(name.get_ref().to_string(), (color, self.place(name.span().start)));
        }
        Ok(ansi)
    }

    fn roles(&mut self, value: &Value<'_>) -> Result<BTreeMap<&'static str, RoleText>, ThemeError> {
        let table = self.table("roles", value, Expected::Roles)?;
        let mut roles = BTreeMap::new();
        for (key, value) in in_order(table) {
            match role_names().find(|role| *role == key.get_ref().as_ref()) {
                Some(role) => {
                    roles.insert(role, self.role(role, value)?);
                }
                None => self.warn(Unknown::Role, key, role_names()),
            }
        }
        Ok(roles)
    }

    fn role(&mut self, name: &str, value: &Value<'_>) -> Result<RoleText, ThemeError> {
        let key = format!("roles.{name}");
        let mut role = RoleText { fg: None, bg: None, add: Modifier::empty(), ansi: None, mono: None };
        let DeValue::Table(table) = value.get_ref() else {
            return Ok(RoleText { fg: Some(self.shade(&key, value, Expected::Role)?), ..role });
        };
        for (part, value) in in_order(table) {
            let key = format!("{key}.{}", part.get_ref());
            match part.get_ref().as_ref() {
                "fg" => role.fg = Some(self.shade(&key, value, Expected::RoleColour)?),
                "bg" => role.bg = Some(self.shade(&key, value, Expected::RoleColour)?),
                "add" => role.add = self.modifiers(&key, value)?,
                "ansi" => role.ansi = Some(self.ansi_role(&key, value)?),
                "mono" => role.mono = Some(self.modifiers(&key, value)?),
                _ => self.warn(Unknown::Key, part, ["fg", "bg", "add", "ansi", "mono"].into_iter()),
            }
        }
        Ok(role)
    }

    fn ansi_role(&mut self, key: &str, value: &Value<'_>) -> Result<AnsiText, ThemeError> {
        let mut role = AnsiText::default();
        let DeValue::Table(table) = value.get_ref() else {
            return Ok(AnsiText { fg: Some(self.ansi_colour(key, value)?), ..role });
        };
        for (part, value) in in_order(table) {
            let key = format!("{key}.{}", part.get_ref());
            match part.get_ref().as_ref() {
                "fg" => role.fg = Some(self.ansi_colour(&key, value)?),
                "bg" => role.bg = Some(self.ansi_colour(&key, value)?),
                "add" => role.add = Some(self.modifiers(&key, value)?),
                _ => self.warn(Unknown::Key, part, ["fg", "bg", "add"].into_iter()),
            }
        }
        Ok(role)
    }

    fn shade(&self, key: &str, value: &Value<'_>, expected: Expected) -> Result<Shade, ThemeError> {
        let written = match value.get_ref() {
            DeValue::String(text) if text.starts_with('#') => colour::hex(text).map(Written::Colour),
            DeValue::String(text) => Some(Written::Name(text.to_string())),
            DeValue::Integer(number) => index(number).map(|i| Written::Colour(colour::indexed(i))),
            _ => None,
        };
        let place = self.place(value.span().start);
        let written = written.ok_or_else(|| self.wrong(key, value, expected))?;
        Ok(Shade { written, place, key: key.to_owned() })
    }

    fn ansi_colour(&self, key: &str, value: &Value<'_>) -> Result<Color, ThemeError> {
        let DeValue::String(name) = value.get_ref() else {
            return Err(self.wrong(key, value, Expected::AnsiColour));
        };
        colour::named(name)
            .ok_or_else(|| self.unknown(key, value, Expected::AnsiColour, nearest(name, colour::names())))
    }

    fn modifiers(&self, key: &str, value: &Value<'_>) -> Result<Modifier, ThemeError> {
        let DeValue::Array(words) = value.get_ref() else {
            return Err(self.wrong(key, value, Expected::Modifiers));
        };
        words.iter().try_fold(Modifier::empty(), |all, word| {
            let DeValue::String(name) = word.get_ref() else {
                return Err(self.wrong(key, word, Expected::Modifiers));
            };
            let known =
                MODIFIERS.iter().find(|(known, _)| known == name).map(|(_, modifier)| all | *modifier);
            let near = || nearest(name, MODIFIERS.iter().map(|(known, _)| *known));
            known.ok_or_else(|| self.unknown(key, word, Expected::Modifiers, near()))
        })
    }

    fn table<'v, 't>(
        &self,
        key: &str,
        value: &'v Value<'t>,
        expected: Expected,
    ) -> Result<&'v DeTable<'t>, ThemeError> {
        value.get_ref().as_table().ok_or_else(|| self.wrong(key, value, expected))
    }

    fn wrong(&self, key: &str, value: &Value<'_>, expected: Expected) -> ThemeError {
        self.unknown(key, value, expected, None)
    }

    fn unknown(&self, key: &str, value: &Value<'_>, expected: Expected, near: Option<String>) -> ThemeError {
        ThemeError::Value {
            place: self.place(value.span().start),
            key: key.to_owned(),
            found: self.written(value.span()),
            expected,
            near,
        }
    }

    fn warn<'n>(
        &mut self,
        unknown: Unknown,
        name: &Spanned<DeString<'_>>,
        known: impl Iterator<Item = &'n str>,
    ) {
        let (place, name) = (self.place(name.span().start), name.get_ref());
        self.warnings.push(Warning { place, unknown, name: name.to_string(), near: nearest(name, known) });
    }

    /// What stands there, or its first line.
    fn written(&self, span: Range<usize>) -> String {
        self.text.get(span).and_then(|text| text.lines().next()).unwrap_or_default().to_owned()
    }

    fn place(&self, offset: usize) -> Place {
        let line = 1 + self.text.get(..offset).unwrap_or_default().matches('\n').count();
        Place { file: self.file.to_owned(), line }
    }
}

const MODIFIERS: [(&str, Modifier); 5] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underline", Modifier::UNDERLINED),
    ("reverse", Modifier::REVERSED),
];

fn index(number: &DeInteger<'_>) -> Option<u8> {
    u8::from_str_radix(number.as_str(), number.radix()).ok()
}
