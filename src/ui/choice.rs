//! The chosen row of a list: kept in sight, and marked so that it shows without colours.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::Look;

/// The first of `count` rows to show, so that `chosen` is among the `room` in sight.
pub(super) fn top(chosen: usize, count: usize, room: u16) -> usize {
    let room = usize::from(room);
    (chosen + 1).saturating_sub(room).min(count.saturating_sub(room))
}

/// Lays the selection over a row and `margin` blank columns on either side of it.
pub(super) fn lay(strip: Rect, margin: u16, look: &Look<'_>, buf: &mut Buffer) {
    let x = strip.x.saturating_sub(margin);
    let width = (strip.right() - x).saturating_add(margin);
    // What is dim would be lost on the ground of a selection.
    let style = look.theme.selection.remove_modifier(Modifier::DIM);
    buf.set_style(Rect { x, width, ..strip }.intersection(buf.area), style);
}

/// The blank columns beside a row of a dialog.
pub(super) const MARGIN: u16 = 2;

/// The same in a dialog, where there is room for a mark.
pub(super) fn mark(strip: Rect, look: &Look<'_>, buf: &mut Buffer) {
    buf.set_string(strip.x.saturating_sub(MARGIN), strip.y, look.glyphs.chosen, look.theme.accent);
    lay(strip, MARGIN, look, buf);
}
