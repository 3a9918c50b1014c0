//! The text itself, kept by the text area: lines, the one way to change them, and the search.
//!
//! The area's own cursor is only its pen. Where the person is, what is selected and what can be undone is the
//! editor's; so the area keeps no history and draws nothing.

use std::fmt::Write as _;
use tui_textarea::{CursorMove, TextArea};

/// A border between two characters: `byte` counts UTF-8 bytes from the start of the line; both from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) line: usize,
    pub(super) byte: usize,
}

impl Place {
    /// Where `text` ends when it begins here.
    pub(super) fn after(self, text: &str) -> Self {
        match text.rfind('\n') {
            None => Self { byte: self.byte + text.len(), ..self },
            Some(last) => {
                Self { line: self.line + text.matches('\n').count(), byte: text.len() - last - "\n".len() }
            }
        }
    }
}

/// Lines without control characters, apart from tabs; at least one line.
#[derive(Debug)]
pub(super) struct Text {
    area: TextArea<'static>,
    bytes: usize,
}

impl Text {
    pub(super) fn new(text: &str) -> Self {
        let mut area = TextArea::from(text.split('\n'));
        area.set_max_histories(0);
        Self { area, bytes: text.len() }
    }

    pub(super) fn whole(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Length in bytes, newlines included.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    pub(super) fn line(&self, line: usize) -> &str {
        &self.area.lines()[line]
    }

    pub(super) fn last_line(&self) -> usize {
        self.area.lines().len() - 1
    }

    pub(super) fn line_end(&self, line: usize) -> Place {
        Place { line, byte: self.line(line).len() }
    }

    pub(super) fn end(&self) -> Place {
        self.line_end(self.last_line())
    }

    pub(super) fn between(&self, from: Place, to: Place) -> String {
        if from.line == to.line {
            return self.line(from.line)[from.byte..to.byte].to_owned();
        }
        let mut text = self.line(from.line)[from.byte..].to_owned();
        for line in &self.area.lines()[from.line + 1..to.line] {
            text.push('\n');
            text.push_str(line);
        }
        text.push('\n');
        text.push_str(&self.line(to.line)[..to.byte]);
        text
    }

    /// Puts `text` in the place of what is between `from` and `to`, and returns that.
    pub(super) fn splice(&mut self, from: Place, to: Place, text: &str) -> String {
        let removed = self.between(from, to);
        self.set_pen(from);
        if !removed.is_empty() {
            self.area.delete_str(removed.chars().count());
        }
        if !text.is_empty() {
            self.area.insert_str(text);
        }
        self.bytes = self.bytes + text.len() - removed.len();
        removed
    }

    /// The next match after `from`, or the last one before it, ignoring case; round the end, up to `from` itself.
    pub(super) fn find(&mut self, pattern: &str, from: Place, backward: bool) -> Option<Place> {
        if pattern.is_empty() {
            return None;
        }
        let mut literal = String::from("(?i)");
        for c in pattern.chars() {
            // By number, so that no character has a meaning.
            write!(literal, "\\x{{{:x}}}", u32::from(c)).expect("a String takes all that is written");
        }
        self.area.set_search_pattern(literal).ok()?;
        self.set_pen(from);
        let found = if backward { self.area.search_back(false) } else { self.area.search_forward(false) };
        found.then(|| self.pen())
    }

    fn pen(&self) -> Place {
        let cursor = self.area.cursor();
        let text = self.line(cursor.0);
        let byte = text.char_indices().nth(cursor.1).map_or(text.len(), |(byte, _)| byte);
        Place { line: cursor.0, byte }
    }

    fn set_pen(&mut self, place: Place) {
        let column = self.line(place.line)[..place.byte].chars().count();
        if let (Ok(line), Ok(column)) = (u16::try_from(place.line), u16::try_from(column)) {
            self.area.move_cursor(CursorMove::Jump(line, column));
            return;
        }
        // A jump counts in u16. Beyond that the pen walks down, and right by writing what is before it once more.
        let near = u16::try_from(place.line).unwrap_or(u16::MAX);
        self.area.move_cursor(CursorMove::Jump(near, 0));
        for _ in usize::from(near)..place.line {
            self.area.move_cursor(CursorMove::Down);
        }
        if column > 0 {
            let before = self.line(place.line)[..place.byte].to_owned();
            self.area.delete_str(column);
            self.area.insert_str(before);
        }
    }
}
