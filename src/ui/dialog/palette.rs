//! All commands with their keys, narrowed by what is typed.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use crate::app::Model;
use crate::app::action::Described;
use crate::app::dialog::Palette;
use crate::ui::Look;

use super::Sheet;
use super::narrowing::{line, list};

const COLUMNS: u16 = 72;
const ROWS: u16 = 14;

pub(super) fn draw(
    palette: &Palette,
    model: &Model,
    look: &Look<'_>,
    area: Rect,
    buf: &mut Buffer,
) -> Option<Position> {
    let theme = look.theme;
    let commands = palette.commands();
    let keys = [("Enter", "do it"), ("Esc", "close"), ("\u{2191}\u{2193}", "choose")];
    let sheet = Sheet { title: "Commands", state: commands.len().to_string(), keys: &keys };
    let inside = sheet.open(area, COLUMNS, ROWS + 2, look, buf);
    let (place, cursor) = line(&palette.narrowing, "Command", look, inside, buf);
    let entry = |command: &&Described| {
        let key = model.keymap.key_for(command.action).unwrap_or_default();
        (Line::styled(command.says, theme.text), Line::styled(key, theme.key))
    };
    list(&palette.narrowing, &commands, "no command has these words", entry, (look, place, buf));
    cursor
}
