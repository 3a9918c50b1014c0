//! A note to the administrator.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::app::dialog::NoteSheet;
use crate::ui::Look;

use super::Sheet;
use super::facts::draw_lines;
use super::list::broken;

const COLUMNS: u16 = 84;

pub(super) fn draw(sheet: &NoteSheet, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let columns = Sheet::columns(area, COLUMNS);
    let mut lines = Vec::new();
    for line in &sheet.lines {
        // A command that needs two rows is not taken for two commands.
        let hang = if line.starts_with("    ") { 2 } else { 0 };
        let rows = broken(line, columns.into(), hang);
        lines.extend(rows.into_iter().map(|row| Line::styled(row, look.theme.text)));
    }
    let keys = [("c", "copy"), ("m", "as a new message")];
    draw_lines("A note to the administrator", &keys, lines, &sheet.scroll, look, area, buf);
}
