//! What a role looks like at each depth, once the whole lineage has had its say.

use std::collections::BTreeMap;

use ratatui::style::{Color, Modifier, Style};
use termprofile::TermProfile;

use super::fault::{Expected, nearest};
use super::file::{RoleText, Shade, ThemeFile, Written};
use super::{Depth, ThemeError, Unknown, Warning, colour};

/// Each role at each depth.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Forms(BTreeMap<&'static str, Form>);

#[derive(Debug, Clone, Copy, PartialEq)]
struct Form {
    full: Style,
    sixteen: Style,
    mono: Style,
}

/// A colour, and what stands for it where there are only sixteen.
#[derive(Clone, Copy)]
struct Paint {
    full: Color,
    sixteen: Option<Color>,
}

impl Paint {
    fn at_sixteen(self) -> Option<Color> {
        self.sixteen.or_else(|| TermProfile::Ansi16.adapt_color(self.full))
    }
}

type Palette = BTreeMap<String, Paint>;

impl Forms {
    /// Lays `files`, the youngest first, over each other and looks every colour up.
    pub(super) fn settle(files: Vec<ThemeFile>, warnings: &mut Vec<Warning>) -> Result<Self, ThemeError> {
        let mut palette = Palette::new();
        let mut roles: BTreeMap<&'static str, RoleText> = BTreeMap::new();
        for file in files.into_iter().rev() {
            // A new colour forgets what stood for the old one.
            palette
                .extend(file.palette.into_iter().map(|(name, full)| (name, Paint { full, sixteen: None })));
            for (name, (color, place)) in file.ansi {
                if let Some(paint) = palette.get_mut(&name) {
                    paint.sixteen = Some(color);
                } else {
                    let near = nearest(&name, palette.keys().map(String::as_str));
                    warnings.push(Warning { place, unknown: Unknown::Colour, name, near });
                }
            }
            for (name, mut role) in file.roles {
                // Whoever recolours a role need not think of terminals without colours.
                role.mono = role.mono.or_else(|| roles.get(name).and_then(|parent| parent.mono));
                roles.insert(name, role);
            }
        }
        roles
            .into_iter()
            .map(|(name, role)| Ok((name, role.form(&palette)?)))
            .collect::<Result<_, _>>()
            .map(Self)
    }

    pub(super) fn style(&self, role: &str, depth: Depth) -> Style {
        let form = self.0.get(role).expect("base.toml sets every role: a test looks");
        match depth {
            Depth::TrueColor => form.full,
            Depth::Ansi256 => TermProfile::Ansi256.adapt_style(form.full),
            Depth::Ansi16 => form.sixteen,
            Depth::None => form.mono,
        }
    }
}

impl RoleText {
    fn form(&self, palette: &Palette) -> Result<Form, ThemeError> {
        let paint = |shade: &Option<Shade>| shade.as_ref().map(|shade| shade.paint(palette)).transpose();
        let (fg, bg) = (paint(&self.fg)?, paint(&self.bg)?);
        let sixteen = |own: Option<Color>, paint: Option<Paint>| own.or_else(|| paint?.at_sixteen());
        let ansi = self.ansi.unwrap_or_default();
        Ok(Form {
            full: style(fg.map(|p| p.full), bg.map(|p| p.full), self.add),
            sixteen: style(
                sixteen(ansi.fg, fg),
                sixteen(ansi.bg, bg),
                ansi.add.unwrap_or(self.add).difference(UNSAFE_ON_OLD_TERMINALS),
            ),
            mono: style(None, None, self.mono.unwrap_or(self.add).difference(UNSAFE_ON_OLD_TERMINALS)),
        })
    }
}

/// The Linux console draws italic in green, whatever the colour: a refusal would look like a success.
const UNSAFE_ON_OLD_TERMINALS: Modifier = Modifier::ITALIC;

impl Shade {
    fn paint(&self, palette: &Palette) -> Result<Paint, ThemeError> {
        let name = match &self.written {
            Written::Colour(full) => return Ok(Paint { full: *full, sixteen: None }),
            Written::Name(name) => name,
        };
        let plain = |full| Paint { full, sixteen: None };
        palette.get(name).copied().or_else(|| colour::named(name).map(plain)).ok_or_else(|| {
            ThemeError::Value {
                place: self.place.clone(),
                key: self.key.clone(),
                found: format!("{name:?}"),
                expected: Expected::RoleColour,
                near: nearest(
                    name,
                    colour::names().map(|known| known as &str).chain(palette.keys().map(String::as_str)),
                ),
            }
        })
    }
}

fn style(fg: Option<Color>, bg: Option<Color>, add: Modifier) -> Style {
    Style { fg, bg, ..Style::new() }.add_modifier(add)
}
