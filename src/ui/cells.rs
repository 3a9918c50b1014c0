//! Text measured in cells: how wide it is, where it is cut, how it breaks into rows.

use ratatui::buffer::{Buffer, CellWidth as _};
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::app::editor;

/// The cells of `text`, which holds no control characters.
pub(super) fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).map(cells).sum() }
}

fn cells(cluster: &str) -> usize {
    cluster.cell_width().into()
}

/// A length as ratatui counts them.
pub(super) fn short(cells: usize) -> u16 {
    u16::try_from(cells).unwrap_or(u16::MAX)
}

/// `text`, or as much of it as fits `room` cells with `more` at its end.
pub(super) fn cut(text: &str, room: usize, more: &str) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let Some(room) = room.checked_sub(width(more)) else { return String::new() };
    let (mut kept, mut used) = (String::new(), 0);
    for cluster in text.graphemes(true) {
        used += cells(cluster);
        if used > room {
            break;
        }
        kept.push_str(cluster);
    }
    kept + more
}

/// The bytes at the start of `text` that take at most `cells` cells.
pub(super) fn short_of(text: &str, cells: usize) -> usize {
    if text.is_ascii() {
        return text.len().min(cells);
    }
    let mut used = 0;
    let mut clusters = text.grapheme_indices(true);
    let end = clusters.find(|(_, cluster)| {
        used += self::cells(cluster);
        used > cells
    });
    end.map_or(text.len(), |(at, _)| at)
}

/// The same for styled text; the mark wears the style of what it cuts.
pub(super) fn cut_line<'a>(line: Line<'a>, room: usize, more: &str) -> Line<'a> {
    let widths: Vec<usize> = line.spans.iter().map(|span| width(&span.content)).collect();
    if widths.iter().sum::<usize>() <= room {
        return line;
    }
    let mut left = room;
    let mut spans = Vec::with_capacity(line.spans.len());
    let mut rest: usize = widths.iter().sum();
    for (span, width) in line.spans.into_iter().zip(widths) {
        rest -= width;
        let needed = if rest > 0 { self::width(more) } else { 0 };
        if width + needed > left {
            // A blank, so that the text is cut here even where it alone would just fit.
            let text =
                if width > left { span.content.into_owned() } else { format!("{} {more}", span.content) };
            spans.push(Span::styled(cut(&text, left, more), span.style));
            break;
        }
        left -= width;
        spans.push(span);
    }
    Line::from(spans)
}

/// `text` in rows of at most `room` cells, broken at blanks where it can be; at least one row.
pub(super) fn wrap(text: &str, room: usize) -> Vec<&str> {
    editor::wrap(text, room.max(1)).into_iter().map(|row| text[row].trim_end()).collect()
}

/// Draws `left` and `right` at the ends of a row; `left` is cut where they would meet.
pub(super) fn spread(buf: &mut Buffer, strip: Rect, left: Line<'_>, right: Line<'_>, more: &str) {
    let room = usize::from(strip.width);
    let right = cut_line(right, room, more);
    let taken = line_width(&right);
    let gap = if taken > 0 { 2 } else { 0 };
    let left = cut_line(left, room.saturating_sub(taken + gap), more);
    buf.set_line(strip.x, strip.y, &left, strip.width);
    buf.set_line(strip.right() - short(taken).min(strip.width), strip.y, &right, short(taken));
}

pub(super) fn line_width(line: &Line<'_>) -> usize {
    line.spans.iter().map(|span| width(&span.content)).sum()
}

/// Makes a place blank again, as if nothing had been drawn there.
pub(super) fn blank(buf: &mut Buffer, area: Rect, ground: Style) {
    let area = area.intersection(buf.area);
    for position in area.positions() {
        buf[position].reset();
    }
    buf.set_style(area, ground);
}

#[cfg(test)]
mod tests {
    use super::*;

    const MORE: &str = "\u{2026}";

    #[test]
    fn text_is_cut_between_clusters_and_says_so() {
        assert_eq!(cut("Q3 numbers", 10, MORE), "Q3 numbers");
        assert_eq!(cut("Q3 numbers", 9, MORE), "Q3 numbe\u{2026}");
        assert_eq!(cut("混合中文", 6, MORE), "混合\u{2026}");
        assert_eq!(cut("e\u{301}e\u{301}e\u{301}", 2, MORE), "e\u{301}\u{2026}");
        assert_eq!(cut("ab", 1, MORE), "\u{2026}");
        assert_eq!(cut("ab", 0, MORE), "");
        assert_eq!(cut("abc", 1, ".."), "");
    }

    #[test]
    fn a_line_of_several_styles_is_cut_as_one() {
        let line = || Line::from(vec![Span::raw("Log"), Span::raw(" Q3"), Span::raw(" numbers")]);
        let cut = |room| cut_line(line(), room, MORE).to_string();
        assert_eq!(cut(14), "Log Q3 numbers");
        assert_eq!(cut(13), "Log Q3 numbe\u{2026}");
        assert_eq!(cut(6), "Log Q\u{2026}");
        assert_eq!(cut(3), "Lo\u{2026}");
        assert_eq!(cut(0), "");
    }

    #[test]
    fn rows_break_at_blanks() {
        assert_eq!(wrap("the numbers are attached", 11), ["the numbers", "are", "attached"]);
        assert_eq!(wrap("", 5), [""]);
        assert_eq!(wrap("ab", 0), ["a", "b"]);
    }
}
