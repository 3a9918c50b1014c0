//! Search in the log: one line at the foot.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use crate::app::Model;
use crate::app::dialog::SearchBar;
use crate::ui::Look;
use crate::ui::cells::{blank, line_width, short};
use crate::ui::keys;
use crate::ui::layout::{row, split_columns};

const LABEL: u16 = 9;
/// Columns that the field keeps, whatever else there is to say.
const FIELD: u16 = 16;

pub(super) fn draw(
    bar: &SearchBar,
    model: &Model,
    look: &Look<'_>,
    foot: Rect,
    buf: &mut Buffer,
) -> Option<Position> {
    let theme = look.theme;
    let strip = row(foot, foot.height.saturating_sub(1));
    blank(buf, strip, theme.background.patch(theme.status_bar));
    let (label, rest) = split_columns(strip, LABEL);
    buf.set_string(label.x + 1, label.y, "Search", theme.label);
    let hints = [("Enter", "keep"), ("Esc", "back"), ("\u{2193}", "next"), ("\u{2191}", "previous")];
    let room = usize::from(rest.width.saturating_sub(FIELD + 3));
    let hints = keys::line(&keys::fixed(&hints), room, look);
    let is_missing = model.log.view.search.as_ref().is_some_and(|search| search.matches.is_empty());
    let missing = Line::styled(format!("{} not in this session", look.glyphs.warning), theme.warning);
    let right = if is_missing { missing } else { hints };
    let taken = short(line_width(&right)).min(rest.width);
    let (field, end) = split_columns(rest, rest.width - taken.saturating_add(3).min(rest.width));
    bar.field.draw(field, buf, theme.cursor_line.patch(theme.value), theme.selection);
    buf.set_line(end.x + 2.min(end.width), end.y, &right, end.width.saturating_sub(2));
    bar.field.screen_cursor(field)
}
