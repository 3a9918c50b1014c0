//! A note to the administrator.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::app::dialog::NoteSheet;
use crate::mail::text::Shown;
use crate::ui::Look;
use crate::ui::cells::wrap;

use super::Sheet;
use super::facts::draw_lines;

const COLUMNS: u16 = 84;

pub(super) fn draw(sheet: &NoteSheet, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let columns = Sheet::columns(area, COLUMNS);
    let mut lines = Vec::new();
    for line in &sheet.lines {
        let line = Shown::new(line);
        let rows = wrap(line.as_str(), columns.into());
        lines.extend(rows.into_iter().map(|row| Line::styled(row.to_owned(), look.theme.text)));
    }
    let keys = [("c", "copy"), ("m", "as a new message")];
    draw_lines("A note to the administrator", &keys, lines, &sheet.scroll, look, area, buf);
}
