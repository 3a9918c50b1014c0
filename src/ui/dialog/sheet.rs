//! The box of a dialog: a frame with a title, room for what it says, and its keys in the last row.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::ui::Look;
use crate::ui::cells::{blank, short};
use crate::ui::edge::{Head, frame};
use crate::ui::keys;
use crate::ui::layout::row;

pub(super) struct Sheet<'a> {
    pub(super) title: &'a str,
    /// Stands at the other end of the title's line.
    pub(super) state: String,
    pub(super) keys: &'a [(&'a str, &'static str)],
}

/// The frame and two blank columns.
const SIDE: u16 = 3;

impl Sheet<'_> {
    /// The columns inside a box that would like `columns` of them.
    pub(super) fn columns(area: Rect, columns: u16) -> u16 {
        columns.min(area.width.saturating_sub(2 * SIDE + 2))
    }

    /// The most rows a box can have inside, besides its keys.
    pub(super) fn rows(area: Rect) -> u16 {
        area.height.saturating_sub(3 + 2 * air(area))
    }

    /// Draws the box in the middle of `area`; returns the inside, of `columns` and `rows` or what there is room for.
    pub(super) fn open(
        &self,
        area: Rect,
        columns: u16,
        rows: u16,
        look: &Look<'_>,
        buf: &mut Buffer,
    ) -> Rect {
        let (columns, rows) = (Self::columns(area, columns), rows.min(Self::rows(area)));
        let theme = look.theme;
        let (width, height) = (columns + 2 * SIDE, rows + 3 + 2 * air(area));
        let box_ = Rect {
            x: area.x + area.width.saturating_sub(width) / 2,
            y: area.y + area.height.saturating_sub(height) / 2,
            width,
            height,
        }
        .intersection(area);
        blank(buf, box_, theme.dialog);
        frame(buf, box_, &look.glyphs.thin, theme.dialog_border);
        let head = Head {
            title: Line::styled(self.title.to_owned(), theme.dialog_title),
            state: Line::styled(self.state.clone(), theme.dim),
            dash: 1,
            ground: theme.dialog,
        };
        head.draw(row(box_, 0), look, buf);
        let inside = Rect { x: box_.x + SIDE, y: box_.y + 1 + air(area), width: columns, height: rows }
            .intersection(box_);
        let keys = keys::fixed(self.keys);
        let foot =
            row(Rect { y: box_.bottom().saturating_sub(2), height: 1, ..inside }.intersection(box_), 0);
        buf.set_line(foot.x, foot.y, &keys::line(&keys, foot.width.into(), look), foot.width);
        inside
    }
}

/// Blank rows above and below what is inside: none where every row counts.
fn air(area: Rect) -> u16 {
    u16::from(area.height >= 18)
}

/// A label in a column of its own, and what belongs to it.
pub(super) fn labelled<'a>(label: &str, value: Vec<Span<'a>>, look: &Look<'_>) -> Line<'a> {
    let mut spans = vec![Span::styled(format!("{label:>7}  "), look.theme.label)];
    spans.extend(value);
    Line::from(spans)
}

/// Draws as many lines as fit.
pub(super) fn write(lines: Vec<Line<'_>>, area: Rect, look: &Look<'_>, buf: &mut Buffer) {
    for (nth, line) in (0..area.height).zip(lines) {
        let line = crate::ui::cells::cut_line(line, area.width.into(), look.glyphs.more);
        buf.set_line(area.x, area.y + nth, &line, area.width);
    }
}

/// A number of rows, as ratatui counts them.
pub(super) fn rows(count: usize) -> u16 {
    short(count)
}
