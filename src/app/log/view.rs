//! How one looks at the session that is shown: its rows, the cursor among them, what is folded, selected, searched for.

use std::cell::Cell;
use std::collections::BTreeSet;

use crate::mail::outcome::Outcome;

use super::rows::{Filter, Row, Telling, Wanted};
use super::search::Search;
use super::session::Session;

#[derive(Debug, Default)]
pub struct View {
    pub telling: Telling,
    pub filter: Filter,
    /// Long lines are cut at the edge, and the words scrolled sideways by so many columns.
    pub sideways: Option<usize>,
    /// `None`: for a message that was taken. A refusal has something more important to say.
    pub(super) timeline: Option<bool>,
    pub search: Option<Search>,
    pub cursor: usize,
    /// The cursor stays at the end, wherever that goes.
    pub follows: bool,
    /// The other end of the selection.
    pub anchor: Option<usize>,
    pub sight: Sight,
    body: Vec<Row>,
    tail: Vec<Row>,
    folded: BTreeSet<usize>,
}

/// What was in sight when it was drawn last, which only drawing knows: where the next picture begins, unless the cursor would be
/// out of it. Behind a shared reference, since drawing changes nothing else.
#[derive(Debug, Default)]
pub struct Sight {
    /// The row at the top.
    pub top: Cell<usize>,
    /// Lines of it that are scrolled away.
    pub skip: Cell<usize>,
    /// Rows in sight.
    pub rows: Cell<usize>,
    /// Lines of the cursor's row that are below the foot.
    pub over: Cell<usize>,
}

impl Sight {
    /// Brings a row that was out of sight to where one reads it together with what stands around it.
    fn reveal(&self, row: usize) {
        let (top, rows) = (self.top.get(), self.rows.get());
        if !(top..top + rows).contains(&row) {
            self.top.set(row.saturating_sub(rows / 3));
            self.skip.set(0);
        }
    }
}

impl View {
    pub fn row(&self, nth: usize) -> Option<Row> {
        self.body.get(nth).or_else(|| self.tail.get(nth.checked_sub(self.body.len())?)).copied()
    }

    pub fn count(&self) -> usize {
        self.body.len() + self.tail.len()
    }

    /// The rows that are selected, both ends among them.
    pub fn selection(&self) -> Option<std::ops::RangeInclusive<usize>> {
        let anchor = self.anchor?;
        Some(anchor.min(self.cursor)..=anchor.max(self.cursor))
    }

    /// Begins with another session, at its end.
    pub(super) fn turn_to(&mut self, session: Option<&Session>) {
        self.folded.clear();
        (self.search, self.anchor, self.follows) = (None, None, true);
        self.filter = Filter::All;
        if let Some(shift) = &mut self.sideways {
            *shift = 0;
        }
        (self.body, self.tail) = session.map(|session| self.rows(session)).unwrap_or_default();
        self.rest();
    }

    /// At the end; of a session that failed, where its failure is explained, whatever is said for goodbye; of one whose message
    /// was taken, from its receipt on, as much of the timeline below it as there is room for.
    pub(super) fn rest(&mut self) {
        self.bottom();
        if let Some(row) = self.position(Row::Explanation) {
            (self.cursor, self.follows) = (row, false);
        } else if let Some(row) = self.position(Row::Accepted) {
            (self.cursor, self.follows) = (row, false);
            self.sight.top.set(row);
            self.sight.skip.set(0);
        }
    }

    fn rows(&self, session: &Session) -> (Vec<Row>, Vec<Row>) {
        let (telling, filter, folded) = (self.telling, self.filter, &self.folded);
        let wanted = Wanted { telling, filter, folded, has_timeline: self.has_timeline(session) };
        (wanted.body(session), wanted.tail(session))
    }

    pub(super) fn has_timeline(&self, session: &Session) -> bool {
        self.timeline.unwrap_or_else(|| session.outcome().is_some_and(Outcome::is_taken))
    }

    /// Works the rows out anew. The cursor stays on its row, or on the nearest one above that is left.
    pub(super) fn renew(&mut self, session: &Session) {
        if let Some(search) = &mut self.search {
            search.renew(session, self.filter);
        }
        self.set_rows(session);
    }

    fn set_rows(&mut self, session: &Session) {
        let (cursor, anchor) = (self.row(self.cursor), self.anchor.and_then(|anchor| self.row(anchor)));
        let above = self.cursor.saturating_sub(self.sight.top.get());
        let line = (0..=self.cursor).rev().find_map(|nth| self.row(nth)?.line());
        (self.body, self.tail) = self.rows(session);
        self.anchor = anchor.and_then(|row| self.position(row));
        let same = cursor.and_then(|row| self.position(row));
        self.cursor = same.or_else(|| self.place(line?)).unwrap_or(0);
        self.sight.top.set(self.cursor.saturating_sub(above));
        self.sight.skip.set(0);
        if self.follows {
            self.bottom();
        }
    }

    fn position(&self, row: Row) -> Option<usize> {
        (0..self.count()).rev().find(|nth| self.row(*nth) == Some(row))
    }

    /// Where a line is shown: its own row, the fold it is in, or the last row before it.
    fn place(&self, line: usize) -> Option<usize> {
        self.body.iter().rposition(|row| row.line().is_some_and(|first| first <= line))
    }

    /// One more line at the end of the session.
    pub(super) fn grow(&mut self, session: &Session) {
        let Some(nth) = session.lines().len().checked_sub(1) else { return };
        if let Some(search) = &mut self.search {
            search.grow(session, self.filter);
        }
        if self.telling == Telling::Summary {
            return self.set_rows(session);
        }
        let before = self.body.len();
        match self.body.last_mut() {
            Some(Row::Fold(_, last)) if *last + 1 == nth && session.continues(nth) => *last = nth,
            _ if self.filter.passes(&session.lines()[nth]) => self.body.push(Row::Line(nth)),
            _ => {}
        }
        let more = self.body.len() - before;
        // What stands in the rows behind moves down.
        if self.cursor >= before && !self.tail.is_empty() {
            self.cursor += more;
            self.sight.top.set(self.sight.top.get() + more);
        }
        self.anchor =
            self.anchor.map(|at| if at >= before && !self.tail.is_empty() { at + more } else { at });
        if self.follows {
            self.bottom();
        }
    }

    pub(super) fn bottom(&mut self) {
        self.follows = self.anchor.is_none();
        self.cursor = self.count().saturating_sub(1);
    }

    pub(super) fn top(&mut self) {
        self.go(0);
        self.sight.skip.set(0);
    }

    /// Puts the cursor on a row; at the last one the log follows again.
    pub(super) fn go(&mut self, row: usize) {
        let last = self.count().saturating_sub(1);
        self.cursor = row.min(last);
        self.follows = self.cursor == last && self.anchor.is_none();
    }

    /// One up; a row that does not fit the pane is scrolled line by line.
    pub(super) fn up(&mut self) {
        let Sight { top, skip, .. } = &self.sight;
        if top.get() == self.cursor && skip.get() > 0 {
            skip.set(skip.get() - 1);
            self.follows = false;
        } else {
            self.go(self.cursor.saturating_sub(1));
        }
    }

    pub(super) fn down(&mut self) {
        let Sight { top, skip, over, .. } = &self.sight;
        if top.get() == self.cursor && over.get() > 0 && !self.follows {
            skip.set(skip.get() + 1);
            over.set(over.get() - 1);
        } else {
            self.go(self.cursor + 1);
        }
    }

    pub(super) fn page(&mut self, is_up: bool) {
        let page = self.sight.rows.get().saturating_sub(1).max(1);
        let to = if is_up { self.cursor.saturating_sub(page) } else { self.cursor + page };
        self.go(to);
    }

    /// The line that the cursor is on, or the nearest above it.
    pub fn line(&self) -> Option<usize> {
        (0..=self.cursor.min(self.body.len().checked_sub(1)?)).rev().find_map(|nth| self.body[nth].line())
    }

    /// Puts the cursor on a line, whatever hides it.
    pub(super) fn go_to_line(&mut self, line: usize, session: &Session) {
        let is_hidden = !session.lines().get(line).is_some_and(|line| self.filter.passes(line));
        let folded = session.reply_around(line).is_some_and(|(first, _)| self.folded.remove(&first));
        if is_hidden {
            self.filter = Filter::All;
        }
        if self.telling == Telling::Summary {
            self.telling = Telling::Explained;
        }
        if is_hidden || folded || !self.body.contains(&Row::Line(line)) {
            self.renew(session);
        }
        if let Some(place) = self.place(line) {
            self.go(place);
            // Found on purpose: it stays in sight, whatever comes behind it.
            self.follows = false;
            self.sight.reveal(place);
        }
    }

    /// Folds the reply under the cursor into one row, or opens it.
    pub(super) fn fold(&mut self, session: &Session) -> bool {
        let Some((first, _)) = self.line().and_then(|line| session.reply_around(line)) else { return false };
        if self.telling == Telling::Summary {
            return false;
        }
        if !self.folded.remove(&first) {
            self.folded.insert(first);
        }
        self.renew(session);
        if let Some(place) = self.place(first) {
            self.go(place);
        }
        true
    }
}
