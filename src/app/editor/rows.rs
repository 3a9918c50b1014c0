//! How one line breaks into rows: at blanks where it can, between any two clusters where it must.

use super::clusters::{cells, clusters, width};
use std::ops::Range;

/// The rows of `line`, as bytes, each of `room` cells at most; at least one row. Blanks at the end of a row do not
/// count: they hang over its edge, so that no row but the first begins with one.
pub fn wrap(line: &str, room: usize) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let mut start = 0;
    // The last border in this row where it may end.
    let mut border = 0;
    let mut column = 0;
    let mut before = Class::Blank;
    for (byte, cluster) in clusters(line) {
        let class = Class::of(cluster);
        if class.may_follow(before) {
            border = byte;
        }
        while class != Class::Blank && byte > start && column + cells(cluster, column) > room {
            let end = if border > start { border } else { byte };
            rows.push(start..end);
            start = end;
            column = width(&line[start..byte]);
        }
        column += cells(cluster, column);
        before = class;
    }
    rows.push(start..line.len());
    rows
}

/// What a cluster means to the end of a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Blank,
    /// Two cells: an ideograph or a picture, which are not spelled into words.
    Wide,
    Letter,
}

impl Class {
    fn of(cluster: &str) -> Self {
        let no_break = ['\u{a0}', '\u{2007}', '\u{202f}'];
        if cluster.starts_with(|c: char| c.is_whitespace() && !no_break.contains(&c)) {
            Self::Blank
        } else if cells(cluster, 0) > 1 {
            Self::Wide
        } else {
            Self::Letter
        }
    }

    /// A row may end before this cluster when `before` is the one before it.
    fn may_follow(self, before: Self) -> bool {
        self != Self::Blank && (before != Self::Letter || self == Self::Wide)
    }
}

#[cfg(test)]
mod tests {
    use super::wrap;

    fn wrapped(line: &str, room: usize) -> Vec<&str> {
        wrap(line, room).into_iter().map(|row| &line[row]).collect()
    }

    #[test]
    fn a_row_ends_after_a_blank() {
        assert_eq!(wrapped("the numbers are attached", 11), ["the numbers ", "are ", "attached"]);
        assert_eq!(wrapped("fits", 4), ["fits"]);
        assert_eq!(wrapped("", 4), [""]);
    }

    #[test]
    fn blanks_hang_over_the_edge() {
        assert_eq!(wrapped("ab     cd", 3), ["ab     ", "cd"]);
        assert_eq!(wrapped("     ", 2), ["     "]);
    }

    #[test]
    fn a_long_word_is_broken_between_clusters() {
        assert_eq!(wrapped("a https://contoso.com", 8), ["a ", "https://", "contoso.", "com"]);
        assert_eq!(wrapped("e\u{301}e\u{301}e\u{301}", 2), ["e\u{301}e\u{301}", "e\u{301}"]);
    }

    #[test]
    fn ideographs_need_no_blank() {
        assert_eq!(wrapped("Hi 混合中文", 7), ["Hi 混合", "中文"]);
        assert_eq!(wrapped("a bc混", 5), ["a bc", "混"]);
        assert_eq!(wrapped("混合", 1), ["混", "合"]);
    }

    #[test]
    fn a_space_that_does_not_break_is_a_letter() {
        assert_eq!(wrapped("a 1\u{a0}000", 4), ["a ", "1\u{a0}00", "0"]);
    }
}
