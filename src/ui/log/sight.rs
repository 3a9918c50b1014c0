//! Which rows of a session are in sight. Looks only at as many as fit.

/// A part of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Part {
    /// The first row with a line in sight.
    pub(super) top: usize,
    /// Lines of it that are scrolled away.
    pub(super) skip: usize,
    /// Rows in sight, also those of which only a part is.
    pub(super) rows: usize,
    /// Rows hidden below.
    pub(super) below: usize,
    /// Lines of the last row in sight that are below the foot.
    pub(super) over: usize,
}

/// What decides about the part: so many rows in all, the cursor on one of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub(super) count: usize,
    pub(super) cursor: usize,
    /// The last row stays at the foot.
    pub(super) follows: bool,
    /// Lines that there is room for.
    pub(super) room: usize,
}

impl Look {
    /// The part to show after `before`, the top row and its hidden lines of the last picture: moved no further than the cursor
    /// needs, and never blank at its foot while there is more to show. `height` tells how many lines a row needs.
    pub(super) fn part(self, before: (usize, usize), height: impl Fn(usize) -> usize) -> Part {
        let Self { count, follows, room, .. } = self;
        if count == 0 || room == 0 {
            return Part { below: count, ..Part::default() };
        }
        let (top, skip) = if follows { self.ending(count, &height) } else { self.around(before, &height) };
        let part = self.fill(top, skip, &height);
        if part.below == 0 && part.over == 0 && !follows {
            let (top, skip) = self.ending(count, &height);
            return self.fill(top, skip, &height);
        }
        part
    }

    /// The top of a part that ends before the row `end`.
    fn ending(self, end: usize, height: &impl Fn(usize) -> usize) -> (usize, usize) {
        let (mut top, mut lines) = (end, 0);
        while top > 0 && lines < self.room {
            top -= 1;
            lines += height(top);
        }
        (top, lines.saturating_sub(self.room))
    }

    /// The top of the last picture, or the nearest one with the cursor's row in sight. A row taller than the place is
    /// entered at the end that is nearer.
    fn around(self, (top, skip): (usize, usize), height: &impl Fn(usize) -> usize) -> (usize, usize) {
        let Self { cursor, room, .. } = self;
        let hidden = height(cursor).saturating_sub(room);
        if cursor < top {
            return (cursor, hidden);
        }
        if cursor == top {
            return (cursor, skip.min(hidden));
        }
        let skip = skip.min(height(top).saturating_sub(1));
        let mut lines = 0;
        for row in top..=cursor {
            lines += height(row);
            if lines - skip > room {
                return if hidden > 0 { (cursor, 0) } else { self.ending(cursor + 1, height) };
            }
        }
        (top, skip)
    }

    fn fill(self, top: usize, skip: usize, height: &impl Fn(usize) -> usize) -> Part {
        let (mut end, mut lines) = (top, 0);
        while end < self.count && lines < self.room + skip {
            lines += height(end);
            end += 1;
        }
        let over = lines.saturating_sub(self.room + skip);
        Part { top, skip, rows: end - top, below: self.count - end, over }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE_EACH: fn(usize) -> usize = |_| 1;

    fn look(count: usize, cursor: usize, room: usize) -> Look {
        Look { count, cursor, follows: false, room }
    }

    fn part(top: usize, skip: usize, rows: usize, below: usize, over: usize) -> Part {
        Part { top, skip, rows, below, over }
    }

    #[test]
    fn a_log_that_follows_ends_with_its_last_row() {
        let follows = Look { follows: true, ..look(100, 99, 10) };
        assert_eq!(follows.part((0, 0), ONE_EACH), part(90, 0, 10, 0, 0));
        let tall = |row| if row == 99 { 14 } else { 1 };
        assert_eq!(follows.part((0, 0), tall), part(99, 4, 1, 0, 0), "the end of what is tall");
    }

    #[test]
    fn the_part_moves_no_further_than_the_cursor_needs() {
        assert_eq!(look(100, 45, 10).part((40, 0), ONE_EACH), part(40, 0, 10, 50, 0));
        assert_eq!(look(100, 50, 10).part((40, 0), ONE_EACH), part(41, 0, 10, 49, 0));
        assert_eq!(look(100, 39, 10).part((40, 0), ONE_EACH), part(39, 0, 10, 51, 0));
        assert_eq!(look(100, 5, 10).part((40, 0), ONE_EACH), part(5, 0, 10, 85, 0));
    }

    #[test]
    fn nothing_is_blank_for_nothing() {
        assert_eq!(look(4, 3, 10).part((3, 0), ONE_EACH), part(0, 0, 4, 0, 0));
        assert_eq!(look(100, 99, 10).part((95, 0), ONE_EACH), part(90, 0, 10, 0, 0));
        assert_eq!(look(0, 0, 10).part((0, 0), ONE_EACH), Part::default());
        assert_eq!(look(3, 0, 0).part((0, 0), ONE_EACH), Part { below: 3, ..Part::default() });
    }

    #[test]
    fn a_row_taller_than_the_place_is_read_line_by_line() {
        let tall = |row| if row == 5 { 9 } else { 1 };
        // From above one meets its beginning, from below its end; in between it stays where it was scrolled to.
        assert_eq!(look(10, 5, 4).part((2, 0), tall), part(5, 0, 1, 4, 5));
        assert_eq!(look(10, 5, 4).part((5, 3), tall), part(5, 3, 1, 4, 2));
        assert_eq!(look(10, 5, 4).part((6, 0), tall), part(5, 5, 1, 4, 0));
        assert_eq!(look(10, 6, 4).part((5, 5), tall), part(5, 6, 2, 3, 0));
    }

    #[test]
    fn only_what_fits_is_looked_at() {
        for (cursor, before) in [(50_000, 49_990), (99_999, 0), (0, 99_000), (50_010, 50_000)] {
            let looked = std::cell::Cell::new(0);
            let height = |_| {
                looked.set(looked.get() + 1);
                1
            };
            let part = look(100_000, cursor, 20).part((before, 0), height);
            assert!((part.top..part.top + part.rows).contains(&cursor), "{part:?}");
            assert!(looked.get() <= 6 * 20, "{}", looked.get());
        }
    }
}
