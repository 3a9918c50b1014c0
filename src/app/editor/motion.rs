//! Where a motion leads. Across a line's end it goes as far as the neighbouring line's edge, never further.

use super::{Edit, Editor, Place, Streak, Text, clusters};

impl Text {
    pub(super) fn left(&self, from: Place) -> Place {
        self.back(from, |line, byte| clusters::previous(line, byte).unwrap_or(0))
    }

    pub(super) fn right(&self, from: Place) -> Place {
        self.forth(from, |line, byte| clusters::next(line, byte).unwrap_or(line.len()))
    }

    pub(super) fn word_left(&self, from: Place) -> Place {
        self.back(from, clusters::word_start)
    }

    pub(super) fn word_right(&self, from: Place) -> Place {
        self.forth(from, clusters::word_end)
    }

    pub(super) fn blank_left(&self, from: Place) -> Place {
        self.back(from, clusters::blank_end)
    }

    pub(super) fn ceil(&self, place: Place) -> Place {
        Place { byte: clusters::ceil(self.line(place.line), place.byte), ..place }
    }

    pub(super) fn floor(&self, place: Place) -> Place {
        Place { byte: clusters::floor(self.line(place.line), place.byte), ..place }
    }

    fn back(&self, from: Place, within: impl Fn(&str, usize) -> usize) -> Place {
        match from {
            Place { line: 0, byte: 0 } => from,
            Place { line, byte: 0 } => self.line_end(line - 1),
            Place { line, byte } => Place { line, byte: within(self.line(line), byte) },
        }
    }

    fn forth(&self, from: Place, within: impl Fn(&str, usize) -> usize) -> Place {
        if from == self.end() {
            from
        } else if from == self.line_end(from.line) {
            Place { line: from.line + 1, byte: 0 }
        } else {
            Place { byte: within(self.line(from.line), from.byte), ..from }
        }
    }
}

impl Editor {
    /// Where `motion` leads from the cursor; what is not a motion leads nowhere.
    pub(super) fn target(&mut self, motion: Edit, streak: Streak) -> Place {
        let here = self.cursor;
        match motion {
            Edit::Left => self.text.left(here),
            Edit::Right => self.text.right(here),
            Edit::WordLeft => self.text.word_left(here),
            Edit::WordRight => self.text.word_right(here),
            Edit::LineStart => Place { byte: 0, ..here },
            Edit::LineEnd => self.text.line_end(here.line),
            Edit::Top => Place::default(),
            Edit::Bottom => self.text.end(),
            Edit::Up => self.down(-1, streak),
            Edit::Down => self.down(1, streak),
            Edit::PageUp => {
                self.turn(-self.page());
                self.down(-self.page(), streak)
            }
            Edit::PageDown => {
                self.turn(self.page());
                self.down(self.page(), streak)
            }
            _ => here,
        }
    }

    /// Nothing is above the cursor, so Up may leave the editor.
    pub fn at_first_line(&self) -> bool {
        let (row, _) = self.row_at(self.cursor);
        self.step(row, -1) == row
    }

    /// Nothing is below the cursor, so Down may leave the editor.
    pub fn at_last_line(&self) -> bool {
        let (row, _) = self.row_at(self.cursor);
        self.step(row, 1) == row
    }

    /// `rows` below the cursor, in the column where the walk began.
    fn down(&mut self, rows: isize, streak: Streak) -> Place {
        let (row, here) = self.row_at(self.cursor);
        let goal = match streak {
            Streak::Walk(goal) => goal,
            _ => clusters::width(&self.text.line(row.line)[here.start..self.cursor.byte]),
        };
        self.streak = Streak::Walk(goal);
        let to = self.step(row, rows);
        let line = self.text.line(to.line);
        let range = self.rows(to.line).swap_remove(to.nth);
        let mut byte = range.start + clusters::at_column(&line[range.clone()], goal);
        if byte == range.end && byte < line.len() {
            // The border between two rows belongs to the lower one.
            byte = clusters::previous(line, byte).unwrap_or(range.start);
        }
        Place { line: to.line, byte }
    }
}
