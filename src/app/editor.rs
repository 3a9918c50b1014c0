//! Text under a person's hands: the body of a mail, or one line of its head.
//!
//! The text area counts in chars; people see clusters (a flag, a family, an accented letter) and rows. So the area
//! keeps the text and searches it (`text`), and what is seen and done is ours: `clusters`, `rows`, `motion`,
//! `history`, `view`. Keys come in as the area's own `Input` (`keys`). Knows nothing of mail, of the application's
//! shortcuts, or of the terminal; the only folder that knows the text area.
//!
//! Two things always hold: the cursor stands between two clusters, never inside one; the text has no control
//! characters but newline and tab, and a field has neither.

mod clean;
mod clusters;
mod history;
mod keys;
mod kill;
mod motion;
mod rows;
mod text;
mod view;

use clean::clean;
use history::{Change, History, Kind};
pub use rows::wrap;
use std::cell::Cell;
use std::mem;
use text::{Place, Text};
use view::View;

/// Above this many lines, or bytes, rows are not wrapped: a key must stay quick.
const HEAVY_LINES: usize = 10_000;
const HEAVY_BYTES: usize = 1_000_000;

/// A text with its cursor, selection, undo history and view.
#[derive(Debug)]
pub struct Editor {
    text: Text,
    cursor: Place,
    /// The other end of the selection.
    anchor: Option<Place>,
    history: History,
    /// What was killed, cut or copied last, for `Edit::Yank`.
    killed: String,
    streak: Streak,
    one_line: bool,
    /// Settled by drawing, which knows the size, and so behind a shared reference.
    view: Cell<View>,
}

/// What a key can do to a text. The first twelve are motions: they change nothing, and `Editor::select` takes them too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    Left,
    Right,
    /// One row, as wrapped on the screen; likewise Down.
    Up,
    Down,
    WordLeft,
    WordRight,
    LineStart,
    LineEnd,
    Top,
    Bottom,
    PageUp,
    PageDown,
    Backspace,
    Delete,
    /// Ctrl-W: kills back to a blank.
    WordBack,
    /// Alt-Backspace: kills back to the start of a word, so `ana@contoso.com` goes in two.
    PartBack,
    /// Alt-D: kills to the end of a word.
    WordForward,
    /// Ctrl-K: kills to the end of the line, or the newline when nothing is before it.
    KillToEnd,
    /// Ctrl-U: kills to the start of the line; never the newline before it.
    KillToStart,
    /// Ctrl-Y: puts back what was killed.
    Yank,
    /// Does nothing in a field.
    Newline,
    SelectAll,
    /// Lets go of the selection.
    Unselect,
    /// Puts the selection where `Yank` finds it.
    Copy,
    Cut,
}

/// What a thing done leaves to the next of its sort.
#[derive(Clone, Copy, Debug, Default)]
enum Streak {
    #[default]
    None,
    /// A walk up or down, which aims for the column where it began, in cells.
    Walk(usize),
    /// A kill, which the next one adds to.
    Kill,
}

impl Editor {
    /// A text of many lines, soft-wrapped; the cursor at its start.
    pub fn body(text: &str) -> Self {
        Self::new(text, false)
    }

    /// A text of one line, whose newlines become spaces; the cursor at its end.
    pub fn field(text: &str) -> Self {
        Self::new(text, true)
    }

    fn new(text: &str, one_line: bool) -> Self {
        let text = Text::new(&clean(text, one_line));
        let cursor = if one_line { text.end() } else { Place::default() };
        Self {
            text,
            cursor,
            anchor: None,
            history: History::default(),
            killed: String::new(),
            streak: Streak::None,
            one_line,
            view: Cell::default(),
        }
    }

    /// The whole text, lines joined by `\n`. Copies it.
    pub fn text(&self) -> String {
        self.text.whole()
    }

    /// Replaces everything in one undo step.
    pub fn set_text(&mut self, text: &str) {
        let text = clean(text, self.one_line);
        self.streak = Streak::None;
        self.anchor = None;
        if text != self.text.whole() {
            self.replace(Kind::Whole, Place::default(), self.text.end(), &text);
        }
        self.travel(if self.one_line { self.text.end() } else { Place::default() });
    }

    /// Puts `new` in the place of `old` at the end, in one undo step; the cursor stays. False if the text does not end so.
    pub fn swap_end(&mut self, old: &str, new: &str) -> bool {
        let whole = self.text.whole();
        let Some(before) = whole.strip_suffix(old) else { return false };
        if old != new {
            let (here, from) = (self.cursor, Place::default().after(before));
            self.history.seal();
            self.replace(Kind::Whole, from, self.text.end(), &clean(new, self.one_line));
            self.travel(here.min(self.text.end()));
        }
        true
    }

    pub fn is_empty(&self) -> bool {
        self.text.bytes() == 0
    }

    /// Rows are not wrapped, for there are more than 10,000 lines or 1 MB of text.
    pub fn is_heavy(&self) -> bool {
        self.text.bytes() > HEAVY_BYTES || self.line_count() > HEAVY_LINES
    }

    pub fn line_count(&self) -> usize {
        self.text.last_line() + 1
    }

    /// Line, and clusters before the cursor in it; both from 0.
    pub fn cursor(&self) -> (usize, usize) {
        let before = &self.text.line(self.cursor.line)[..self.cursor.byte];
        (self.cursor.line, clusters::clusters(before).count())
    }

    /// The selected text; none when nothing is selected.
    pub fn selection(&self) -> Option<String> {
        self.selected().map(|(from, to)| self.text.between(from, to))
    }

    /// Inserts pasted text, or typed characters that came together, over the selection and in one undo step.
    /// CR LF and CR become newlines, other control characters are dropped.
    pub fn insert(&mut self, text: &str) {
        self.streak = Streak::None;
        self.put(Kind::Whole, text);
    }

    /// Does `edit`; true when the text changed. A motion lets go of the selection.
    pub fn edit(&mut self, edit: Edit) -> bool {
        let streak = mem::take(&mut self.streak);
        let here = self.cursor;
        match edit {
            Edit::Backspace => self.delete(Kind::Backspace, self.text.left(here), here),
            Edit::Delete => self.delete(Kind::Delete, here, self.text.right(here)),
            Edit::WordBack => self.kill(self.text.blank_left(here), here, streak),
            Edit::PartBack => self.kill(self.text.word_left(here), here, streak),
            Edit::WordForward => self.kill(here, self.text.word_right(here), streak),
            Edit::KillToStart => self.kill(Place { byte: 0, ..here }, here, streak),
            Edit::KillToEnd if here == self.text.line_end(here.line) => {
                self.kill(here, self.text.right(here), streak)
            }
            Edit::KillToEnd => self.kill(here, self.text.line_end(here.line), streak),
            Edit::Newline => !self.one_line && self.put(Kind::Whole, "\n"),
            Edit::Yank => self.put(Kind::Whole, &self.killed.clone()),
            Edit::Cut => {
                self.copy();
                self.selected().is_some_and(|(from, to)| self.replace(Kind::Whole, from, to, ""))
            }
            Edit::Copy => {
                self.copy();
                false
            }
            Edit::SelectAll => {
                self.travel(self.text.end());
                self.anchor = Some(Place::default());
                false
            }
            motion => {
                self.anchor = None;
                let to = self.target(motion, streak);
                self.travel(to);
                false
            }
        }
    }

    /// Makes a motion with one end of the selection; the other end stays where it is, or is where the cursor was.
    pub fn select(&mut self, motion: Edit) {
        let streak = mem::take(&mut self.streak);
        self.anchor.get_or_insert(self.cursor);
        let to = self.target(motion, streak);
        self.travel(to);
    }

    /// Takes back one step: a word typed, a run of Backspaces, a paste, a kill.
    pub fn undo(&mut self) -> bool {
        self.streak = Streak::None;
        let Some(change) = self.history.undo() else { return false };
        self.text.splice(change.at, change.at.after(&change.inserted), &change.removed);
        let before = change.before;
        self.anchor = None;
        self.arrive(before);
        true
    }

    pub fn redo(&mut self) -> bool {
        self.streak = Streak::None;
        let Some(change) = self.history.redo() else { return false };
        self.text.splice(change.at, change.at.after(&change.removed), &change.inserted);
        let after = change.at.after(&change.inserted);
        self.anchor = None;
        self.arrive(self.text.ceil(after));
        true
    }

    /// Moves the cursor to the next match of `pattern`, or the one before: as plain text, ignoring case, round the end.
    pub fn find(&mut self, pattern: &str, backward: bool) -> bool {
        self.streak = Streak::None;
        let Some(found) = self.text.find(pattern, self.cursor, backward) else { return false };
        self.anchor = None;
        self.travel(if backward { self.text.floor(found) } else { self.text.ceil(found) });
        true
    }

    /// Moves the cursor without changing anything, which ends an undo step.
    fn travel(&mut self, to: Place) {
        self.history.seal();
        self.arrive(to);
    }

    /// Puts the cursor somewhere and lets the view follow it.
    fn arrive(&mut self, place: Place) {
        self.cursor = place;
        self.view.get_mut().adrift = false;
    }

    /// The ends of the selection in the order of the text.
    fn selected(&self) -> Option<(Place, Place)> {
        let anchor = self.anchor.filter(|&anchor| anchor != self.cursor)?;
        Some((anchor.min(self.cursor), anchor.max(self.cursor)))
    }

    /// Inserts over the selection.
    fn put(&mut self, kind: Kind, text: &str) -> bool {
        let text = clean(text, self.one_line);
        if text.is_empty() {
            return false;
        }
        let (from, to) = self.selected().unwrap_or((self.cursor, self.cursor));
        self.replace(kind, from, to, &text)
    }

    /// Deletes the selection, or else what is given.
    fn delete(&mut self, kind: Kind, from: Place, to: Place) -> bool {
        match self.selected() {
            Some((from, to)) => self.replace(Kind::Whole, from, to, ""),
            None => self.replace(kind, from, to, ""),
        }
    }

    /// The one way in which a person changes the text.
    fn replace(&mut self, kind: Kind, from: Place, to: Place, text: &str) -> bool {
        self.anchor = None;
        let removed = self.text.splice(from, to, text);
        let changed = removed != text;
        if changed {
            let change = Change { at: from, removed, inserted: text.to_owned(), before: self.cursor };
            self.history.record(kind, change);
        }
        self.arrive(self.text.ceil(from.after(text)));
        changed
    }
}
