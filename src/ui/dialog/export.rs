//! Writing a session to a file.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use crate::app::dialog::{ExportPrompt, FORMS};
use crate::ui::Look;
use crate::ui::choice::mark;
use crate::ui::layout::{row, split_columns};

use super::Sheet;
use super::sheet::rows;

const COLUMNS: u16 = 64;
const LABEL: u16 = 6;

pub(super) fn draw(prompt: &ExportPrompt, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let theme = look.theme;
    let keys = [("Enter", "write it"), ("Esc", "close"), ("Tab", "another form")];
    let sheet = Sheet { title: "Export the session", state: String::new(), keys: &keys };
    let inside = sheet.open(area, COLUMNS, rows(FORMS.len()) + 2, look, buf);
    for (nth, (_, _, says)) in (0..inside.height).zip(FORMS) {
        let strip = row(inside, nth);
        buf.set_line(strip.x, strip.y, &Line::styled(says, theme.text), strip.width);
        if usize::from(nth) == prompt.selected {
            mark(strip, look, buf);
        }
    }
    let (label, field) = split_columns(row(inside, rows(FORMS.len()) + 1), LABEL);
    buf.set_stringn(label.x, label.y, "File", label.width.into(), theme.label);
    prompt.path.draw(field, buf, theme.cursor_line.patch(theme.value), theme.selection);
    prompt.path.screen_cursor(field)
}
