//! What is seen: which rows, where on the screen, and where the hardware cursor stands among them.
//!
//! Rows are worked out for the lines in sight alone. One column is kept free at the end of a wrapped row: the cursor
//! has a place there after the last character, so a full row is not followed by an empty one.

use super::clusters::{cells, clusters, next, width};
use super::{Editor, Place, rows};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use std::ops::Range;

/// The part of the text in sight.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct View {
    /// Cells of the last area; 0 before there was one.
    width: usize,
    height: usize,
    top: Row,
    /// Columns out of sight on the left; always 0 where rows are wrapped.
    left: usize,
    /// Scrolled, and not to follow the cursor until it moves.
    pub(super) adrift: bool,
}

/// A row of the screen: the `nth` that `line` breaks into; both from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Row {
    pub(super) line: usize,
    pub(super) nth: usize,
}

impl Editor {
    /// Draws the rows in sight over `style`, the selection in `select`. The cursor is the terminal's own: see
    /// `screen_cursor`.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, style: Style, select: Style) {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return;
        }
        buf.set_style(area, style);
        let view = self.settle(area);
        for ((row, range), strip) in self.in_sight(view).into_iter().zip(area.rows()) {
            self.draw_row(row.line, range, view.left, strip, buf, select);
        }
    }

    /// Where the terminal's cursor belongs when the text is drawn in `area`; none when it is out of sight.
    pub fn screen_cursor(&self, area: Rect) -> Option<Position> {
        if area.is_empty() {
            return None;
        }
        let view = self.settle(area);
        let (here, range) = self.row_at(self.cursor);
        let y = self.in_sight(view).iter().position(|(row, _)| *row == here)?;
        let column = width(&self.text.line(here.line)[range.start..self.cursor.byte]);
        let mut x = column.checked_sub(view.left)?;
        if self.room().is_some() {
            // After blanks that hang over the edge.
            x = x.min(view.width - 1);
        }
        (x < view.width).then(|| Position::new(area.x + short(x), area.y + short(y)))
    }

    /// Moves the view, not the cursor: down, or up when `rows` is negative. It stays until the cursor moves.
    pub fn scroll(&mut self, rows: i16) {
        self.turn(rows.into());
        self.view.get_mut().adrift = true;
    }

    /// Moves the view; the next drawing sees to it that it does not end up past the text.
    pub(super) fn turn(&mut self, rows: isize) {
        let top = self.step(self.view.get().top, rows);
        self.view.get_mut().top = top;
    }

    /// The rows a page key goes: all in sight but one, for the eye to hold on to.
    pub(super) fn page(&self) -> isize {
        isize::try_from(self.view.get().height).unwrap_or(isize::MAX).saturating_sub(1).max(1)
    }

    /// The rows of a line, as bytes.
    pub(super) fn rows(&self, line: usize) -> Vec<Range<usize>> {
        let line = self.text.line(line);
        match self.room() {
            Some(room) => rows::wrap(line, room),
            None => vec![Range { start: 0, end: line.len() }],
        }
    }

    /// The row `place` is in, and its bytes. A border between two rows belongs to the lower one.
    pub(super) fn row_at(&self, place: Place) -> (Row, Range<usize>) {
        let mut rows = self.rows(place.line);
        let nth = rows.iter().rposition(|row| row.start <= place.byte).unwrap_or(0);
        (Row { line: place.line, nth }, rows.swap_remove(nth))
    }

    /// The row so many below `from`, or above when negative, within the text.
    pub(super) fn step(&self, from: Row, rows: isize) -> Row {
        let last = self.text.last_line();
        let mut line = from.line.min(last);
        let mut count = self.rows(line).len();
        // Lines can have changed, or break differently, since this row was looked up.
        let mut nth = from.nth.min(count - 1);
        let mut far = rows.unsigned_abs();
        if rows < 0 {
            while far > nth && line > 0 {
                far -= nth + 1;
                line -= 1;
                nth = self.rows(line).len() - 1;
            }
            return Row { line, nth: nth.saturating_sub(far) };
        }
        while nth + far >= count && line < last {
            far -= count - nth;
            line += 1;
            nth = 0;
            count = self.rows(line).len();
        }
        Row { line, nth: (nth + far).min(count - 1) }
    }

    /// Cells a wrapped row may fill; none where rows are not wrapped.
    fn room(&self) -> Option<usize> {
        let width = self.view.get().width;
        (width > 0 && !self.one_line && !self.is_heavy()).then(|| (width - 1).max(1))
    }

    /// Fits the view to `area` and to the cursor. Doing it twice changes nothing, so drawing and the hardware cursor
    /// agree, whichever comes first.
    fn settle(&self, area: Rect) -> View {
        let mut view = self.view.get();
        (view.width, view.height) = (area.width.into(), area.height.into());
        self.view.set(view);
        let others = 1 - isize::try_from(view.height).unwrap_or(isize::MAX);
        view.top = self.step(view.top, 0);
        if !view.adrift {
            let (here, range) = self.row_at(self.cursor);
            view.top = view.top.clamp(self.step(here, others), here);
            view.left = if self.room().is_some() { 0 } else { self.left(view, range.start) };
        }
        // No empty rows below the text while there are others above.
        let last = Row { line: self.text.last_line(), nth: usize::MAX };
        view.top = view.top.min(self.step(last, others));
        self.view.set(view);
        view
    }

    /// How far to the right the view has to be for the cursor to be in it. It moves by leaps of a quarter: over a slow
    /// line, one redrawn row in so many keys is better than one for every key.
    fn left(&self, view: View, row: usize) -> usize {
        let line = self.text.line(self.cursor.line);
        let start = width(&line[row..self.cursor.byte]);
        let under = next(line, self.cursor.byte).map_or("", |end| &line[self.cursor.byte..end]);
        let end = start + cells(under, start).max(1);
        if self.one_line && width(line) < view.width {
            // All of it fits, also after the screen has become wider.
            return 0;
        }
        let least = end.saturating_sub(view.width).min(start);
        let leap = view.width / 4;
        let left = match view.left {
            left if left > start => start.saturating_sub(leap),
            left if left < least => least + leap,
            left => left,
        };
        left.clamp(least, start)
    }

    /// The rows on the screen with their bytes, from the top.
    fn in_sight(&self, view: View) -> Vec<(Row, Range<usize>)> {
        (view.top.line..=self.text.last_line())
            .flat_map(|line| {
                self.rows(line).into_iter().enumerate().map(move |(nth, range)| (Row { line, nth }, range))
            })
            .skip_while(|(row, _)| *row < view.top)
            .take(view.height)
            .collect()
    }

    fn draw_row(
        &self,
        line: usize,
        row: Range<usize>,
        left: usize,
        strip: Rect,
        buf: &mut Buffer,
        select: Style,
    ) {
        let text = self.text.line(line);
        let right = left + usize::from(strip.width);
        let selected = self.selected();
        let mut paint = |cluster: &str, byte: usize, from: usize, to: usize| {
            let (start, end) = (from.max(left), to.min(right));
            if start >= end {
                return;
            }
            let part = Rect { x: strip.x + short(start - left), width: short(end - start), ..strip };
            // A tab leaves its cells blank, and so does a cluster that the edge cuts in two: it does not fit its part.
            buf.set_stringn(part.x, part.y, cluster, part.width.into(), Style::new());
            if selected.is_some_and(|(from, to)| (from..to).contains(&Place { line, byte })) {
                buf.set_style(part, select);
            }
        };
        let mut column = 0;
        for (byte, cluster) in clusters(&text[row.clone()]) {
            let end = column + cells(cluster, column);
            if column >= right {
                return;
            }
            paint(cluster, row.start + byte, column, end);
            column = end;
        }
        if row.end == text.len() {
            // The newline, which shows when it is selected.
            paint(" ", row.end, column, column + 1);
        }
    }
}

/// A coordinate on the screen, which is u16 wherever it fits an area.
fn short(cells: usize) -> u16 {
    u16::try_from(cells).unwrap_or(u16::MAX)
}
