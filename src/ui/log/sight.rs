//! Which rows of a session are in sight. Looks only at as many as fit.

/// A part of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sight {
    /// The first row with a line in sight.
    pub(super) first: usize,
    /// Lines of it that are scrolled away.
    pub(super) skip: usize,
    /// Rows hidden below.
    pub(super) below: usize,
}

impl Sight {
    /// The part that ends `back` rows before the last of `count`, in a place of `room` lines; `height` tells how many lines
    /// a row needs. A place is never left blank at its foot while there is more to show: then the part ends further down.
    pub(super) fn of(count: usize, back: usize, room: usize, height: impl Fn(usize) -> usize) -> Self {
        let end = count - back.min(count.saturating_sub(1));
        let (mut first, mut lines) = (end, 0);
        while first > 0 && lines < room {
            first -= 1;
            lines += height(first);
        }
        if lines >= room {
            return Self { first, skip: lines - room, below: count - end };
        }
        // All that is above is in sight: go on below, and leave out what does not fit there.
        let mut end = end;
        while end < count && lines + height(end) <= room {
            lines += height(end);
            end += 1;
        }
        Self { first: 0, skip: 0, below: count - end }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE_EACH: fn(usize) -> usize = |_| 1;

    #[test]
    fn a_log_that_follows_ends_with_its_last_row() {
        assert_eq!(Sight::of(100, 0, 10, ONE_EACH), Sight { first: 90, skip: 0, below: 0 });
        assert_eq!(Sight::of(100, 7, 10, ONE_EACH), Sight { first: 83, skip: 0, below: 7 });
    }

    #[test]
    fn nothing_is_blank_for_nothing() {
        assert_eq!(Sight::of(4, 3, 10, ONE_EACH), Sight { first: 0, skip: 0, below: 0 });
        assert_eq!(Sight::of(100, 99, 10, ONE_EACH), Sight { first: 0, skip: 0, below: 90 });
        assert_eq!(Sight::of(0, 0, 10, ONE_EACH), Sight { first: 0, skip: 0, below: 0 });
        assert_eq!(Sight::of(0, 5, 0, ONE_EACH), Sight { first: 0, skip: 0, below: 0 });
    }

    #[test]
    fn a_tall_row_at_the_top_is_scrolled_line_by_line() {
        let tall = |row| if row == 5 { 4 } else { 1 };
        assert_eq!(Sight::of(10, 0, 6, tall), Sight { first: 5, skip: 2, below: 0 });
        assert_eq!(Sight::of(10, 9, 6, tall), Sight { first: 0, skip: 0, below: 5 });
    }

    #[test]
    fn only_what_fits_is_looked_at() {
        let looked = std::cell::Cell::new(0);
        let height = |_| {
            looked.set(looked.get() + 1);
            1
        };
        Sight::of(100_000, 50_000, 20, height);
        assert_eq!(looked.get(), 20);
    }
}
