//! All commands with their keys, narrowed by what is typed.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use crate::app::Model;
use crate::app::dialog::Palette;
use crate::ui::Look;
use crate::ui::cells::spread;
use crate::ui::choice::{mark, top};
use crate::ui::layout::{row, split, split_columns};

use super::Sheet;

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
    let (strip, rest) = split(inside, 1);
    let (label, field) = split_columns(strip, 10);
    buf.set_string(label.x, label.y, "Command", theme.label);
    palette.field.draw(field, buf, theme.cursor_line.patch(theme.value), theme.selection);
    let list = split(rest, 1).1;
    if commands.is_empty() {
        buf.set_stringn(list.x, list.y, "no command has these words", list.width.into(), theme.dim);
    }
    let first = top(palette.selected, commands.len(), list.height);
    for (nth, (position, command)) in (0..list.height).zip(commands.iter().enumerate().skip(first)) {
        let strip = row(list, nth);
        let key = model.keymap.key_for(command.action).unwrap_or_default();
        spread(
            buf,
            strip,
            Line::styled(command.says, theme.text),
            Line::styled(key, theme.key),
            look.glyphs.more,
        );
        if position == palette.selected {
            mark(strip, look, buf);
        }
    }
    palette.field.screen_cursor(field)
}
