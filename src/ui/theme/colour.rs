//! The ways to write a colour in a theme file.

use ratatui::style::Color;

/// The sixteen colours of every terminal in the order of their numbers, and the terminal's own default.
const TERMINAL: [(&str, Color); 17] = [
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("gray", Color::Gray),
    ("dark-gray", Color::DarkGray),
    ("light-red", Color::LightRed),
    ("light-green", Color::LightGreen),
    ("light-yellow", Color::LightYellow),
    ("light-blue", Color::LightBlue),
    ("light-magenta", Color::LightMagenta),
    ("light-cyan", Color::LightCyan),
    ("white", Color::White),
    ("default", Color::Reset),
];

/// The names of the terminal's own colours.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    TERMINAL.iter().map(|(name, _)| *name)
}

/// The terminal's own colour of that name.
pub(super) fn named(name: &str) -> Option<Color> {
    TERMINAL.iter().find(|(known, _)| *known == name).map(|(_, color)| *color)
}

/// Colour number `index` of 256. The first sixteen are the named ones, which every terminal understands.
pub(super) fn indexed(index: u8) -> Color {
    if index < 16 { TERMINAL[usize::from(index)].1 } else { Color::Indexed(index) }
}

/// The colour of `#rrggbb`.
pub(super) fn hex(text: &str) -> Option<Color> {
    let digits =
        text.strip_prefix('#').filter(|d| d.len() == 6 && d.bytes().all(|b| b.is_ascii_hexdigit()))?;
    u32::from_str_radix(digits, 16).ok().map(Color::from_u32)
}
