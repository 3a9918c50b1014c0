//! The line of words over a list that is narrowed by them, and the rows that are in sight below.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use crate::app::dialog::Narrowing;
use crate::ui::Look;
use crate::ui::cells::{short, spread, width};
use crate::ui::choice::{mark, top};
use crate::ui::layout::{row, split, split_columns};

/// Draws the line; returns what is left below it, and where its cursor is.
pub(super) fn line(
    narrowing: &Narrowing,
    label: &str,
    look: &Look<'_>,
    area: Rect,
    buf: &mut Buffer,
) -> (Rect, Option<Position>) {
    let theme = look.theme;
    let (strip, rest) = split(area, 1);
    let (place, field) = split_columns(strip, short(width(label) + 2).max(8));
    buf.set_string(place.x, place.y, label, theme.label);
    narrowing.field.draw(field, buf, theme.cursor_line.patch(theme.value), theme.selection);
    (split(rest, 1).1, narrowing.field.screen_cursor(field))
}

/// Draws as many of `found` as fit, the chosen one among them; or that nothing was found.
pub(super) fn list<T>(
    narrowing: &Narrowing,
    found: &[T],
    nothing: &str,
    entry: impl Fn(&T) -> (Line<'static>, Line<'static>),
    (look, place, buf): (&Look<'_>, Rect, &mut Buffer),
) {
    if found.is_empty() {
        buf.set_stringn(place.x, place.y, nothing, place.width.into(), look.theme.dim);
    }
    let selected = narrowing.selected.min(found.len().saturating_sub(1));
    let first = top(selected, found.len(), place.height);
    for (nth, (position, item)) in (0..place.height).zip(found.iter().enumerate().skip(first)) {
        let strip = row(place, nth);
        let (left, right) = entry(item);
        spread(buf, strip, left, right, look.glyphs.more);
        if position == selected {
            mark(strip, look, buf);
        }
    }
}
