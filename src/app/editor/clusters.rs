//! Extended grapheme clusters (UAX #29), what a person takes for one character: where they begin, how many cells
//! they take on the screen, and the words they make. Text here is one line, without control characters but tabs.

use ratatui::buffer::CellWidth as _;
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation as _};

/// Cells from one tab stop to the next.
const TAB: usize = 8;

/// The clusters of `text`, each with the byte where it begins.
pub(super) fn clusters(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        at += first(&text[start..])?;
        Some((start, &text[start..at]))
    })
}

/// The length of the first cluster, in bytes.
fn first(text: &str) -> Option<usize> {
    match text.as_bytes() {
        [] => None,
        // Two ASCII characters in a row are two clusters, and most text is that: no tables needed.
        [one, rest @ ..] if one.is_ascii() && rest.first().is_none_or(u8::is_ascii) => Some(1),
        _ => text.graphemes(true).next().map(str::len),
    }
}

/// The cells `cluster` takes when it begins at `column`: the number that drawing uses, so that both agree.
pub(super) fn cells(cluster: &str, column: usize) -> usize {
    if cluster == "\t" { TAB - column % TAB } else { cluster.cell_width().into() }
}

/// The cells of a row.
pub(super) fn width(text: &str) -> usize {
    clusters(text).fold(0, |column, (_, cluster)| column + cells(cluster, column))
}

/// Where the cluster begins that covers `column`; the end when the row is shorter.
pub(super) fn at_column(text: &str, column: usize) -> usize {
    let mut end = 0;
    clusters(text)
        .find(|&(_, cluster)| {
            end += cells(cluster, end);
            end > column
        })
        .map_or(text.len(), |(byte, _)| byte)
}

/// The end of the cluster that begins at `byte`.
pub(super) fn next(text: &str, byte: usize) -> Option<usize> {
    first(&text[byte..]).map(|length| byte + length)
}

/// The start of the cluster that ends at `byte`.
pub(super) fn previous(text: &str, byte: usize) -> Option<usize> {
    text[..byte].graphemes(true).next_back().map(|cluster| byte - cluster.len())
}

/// `byte`, or the end of the cluster it is inside of.
pub(super) fn ceil(text: &str, byte: usize) -> usize {
    let mut cursor = GraphemeCursor::new(byte, text.len(), true);
    match cursor.is_boundary(text, 0) {
        Ok(false) => cursor.next_boundary(text, 0).ok().flatten().unwrap_or(text.len()),
        _ => byte,
    }
}

/// `byte`, or the start of the cluster it is inside of.
pub(super) fn floor(text: &str, byte: usize) -> usize {
    let mut cursor = GraphemeCursor::new(byte, text.len(), true);
    match cursor.is_boundary(text, 0) {
        Ok(false) => cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(0),
        _ => byte,
    }
}

/// The end of the word at `byte` or after it; the end of the text when there is none.
pub(super) fn word_end(text: &str, byte: usize) -> usize {
    let word = text[byte..].unicode_word_indices().next();
    word.map_or(text.len(), |(start, word)| ceil(text, byte + start + word.len()))
}

/// The start of the word before `byte`; 0 when there is none.
pub(super) fn word_start(text: &str, byte: usize) -> usize {
    let word = text[..byte].unicode_word_indices().next_back();
    word.map_or(0, |(start, _)| floor(text, start))
}

/// The end of the blank before the last thing before `byte` that is not blank; 0 when there is none.
pub(super) fn blank_end(text: &str, byte: usize) -> usize {
    let thing = text[..byte].trim_end();
    let blank = thing.char_indices().rfind(|(_, c)| c.is_whitespace());
    blank.map_or(0, |(start, c)| floor(text, start + c.len_utf8()))
}
