//! The log pane: the sessions of this run and of earlier ones, line by line, and how one looks at them.
//!
//! `session` holds what happened, `legs` when each part of it did, `rows` what is shown of it, `view` where one looks, `search`
//! what one looks for, `keys` what a key does, `words` what goes to the clipboard.

mod keys;
mod legs;
mod rows;
mod search;
mod session;
mod view;
mod words;

use jiff::Timestamp;

use crate::mail;
use crate::mail::outcome::Report;
use crate::mail::transcript::Wire;

use super::model::SendId;
use super::msg::{Prelude, SandboxMail};

pub(super) use keys::act;
pub use legs::{Leg, Stage, is_problem};
pub use rows::{Filter, Row, Telling};
pub use search::Search;
pub use session::{Progress, Session};
pub use view::{Sight, View};
pub use words::{accepted, replaced};

/// Lines that are held over all sessions: about 40 MB at the most.
const MOST_LINES: usize = 200_000;

#[derive(Debug, Default)]
pub struct Log {
    /// Oldest first.
    sessions: Vec<Session>,
    /// The one on the screen; `None` until there is one of this run, or one is chosen.
    shown: Option<usize>,
    pub view: View,
    /// What the sandbox took, oldest first.
    pub mails: Vec<SandboxMail>,
    /// Sessions that were let go, to hold no more than `MOST_LINES`.
    pub dropped: usize,
    held: usize,
}

impl Log {
    pub fn sessions(&self) -> &[Session] {
        &self.sessions
    }

    pub fn shown(&self) -> Option<usize> {
        self.shown
    }

    pub fn session(&self) -> Option<&Session> {
        self.sessions.get(self.shown?)
    }

    pub(super) fn begin(&mut self, session: Session) {
        self.sessions.push(session);
        self.turn_to(self.sessions.len() - 1);
    }

    /// Shows the session at this place, from its end.
    pub(super) fn turn_to(&mut self, position: usize) {
        self.shown = Some(position);
        self.view.turn_to(self.sessions.get(position));
    }

    pub(super) fn show(&mut self, id: SendId) {
        if let Some(position) = self.position(id) {
            self.turn_to(position);
        }
    }

    /// Forgets a session that came to nothing.
    pub(super) fn forget(&mut self, id: SendId) {
        self.retain(|session| session.id != Some(id));
    }

    fn retain(&mut self, is_kept: impl FnMut(&Session) -> bool) {
        let before = self.sessions.len();
        self.sessions.retain(is_kept);
        if self.sessions.len() == before {
            return;
        }
        self.held = self.sessions.iter().map(|session| session.lines().len()).sum();
        self.shown = self.sessions.len().checked_sub(1);
        let session = self.shown.and_then(|shown| self.sessions.get(shown));
        self.view.turn_to(session);
    }

    /// What a session says that was opened ahead, and belongs to no send.
    pub(super) fn prelude(&mut self, message_id: String, prelude: Prelude) {
        let position =
            self.sessions.iter().rposition(|session| session.opened_for.as_ref() == Some(&message_id));
        match (prelude, position) {
            (Prelude::Begun(head), _) => self.begin(Session::ahead(message_id, head)),
            (Prelude::Wire(wire), Some(position)) => self.take_in(position, &wire),
            (Prelude::Over(record), Some(position)) => {
                self.sessions[position] = Session::past(*record);
                if self.shown == Some(position) {
                    self.view.turn_to(self.sessions.get(position));
                }
                self.count();
            }
            // Nobody waits for it: what is on the screen stays there.
            (Prelude::Over(record), None) if !record.lines.is_empty() => {
                self.sessions.push(Session::past(*record));
                self.shown.get_or_insert(self.sessions.len() - 1);
                self.count();
            }
            (Prelude::Wire(_) | Prelude::Over(_), None) => {}
        }
    }

    /// Sessions came as a whole.
    fn count(&mut self) {
        self.held = self.sessions.iter().map(|session| session.lines().len()).sum();
        self.let_go();
    }

    /// A send has taken it over, and tells it anew.
    pub(super) fn forget_prelude(&mut self, message_id: &str) {
        self.retain(|session| session.opened_for.as_deref() != Some(message_id));
    }

    fn position(&self, id: SendId) -> Option<usize> {
        self.sessions.iter().rposition(|session| session.id == Some(id))
    }

    pub(super) fn of(&mut self, id: SendId) -> Option<&mut Session> {
        let position = self.position(id)?;
        self.sessions.get_mut(position)
    }

    pub(super) fn started(&mut self, id: SendId, at: Timestamp) {
        if let Some(session) = self.of(id) {
            (session.has_begun, session.record.head.started) = (true, at);
        }
    }

    /// What the wire says, to its session. Who looks at older lines goes on looking at them.
    pub(super) fn hear(&mut self, id: SendId, wire: &Wire) {
        if let Some(position) = self.position(id) {
            self.take_in(position, wire);
        }
    }

    fn take_in(&mut self, position: usize, wire: &Wire) {
        let session = &mut self.sessions[position];
        session.hear(wire);
        if matches!(wire, Wire::Line(_)) {
            if self.shown == Some(position) {
                self.view.grow(session);
            }
            self.held += 1;
            self.let_go();
        }
    }

    pub(super) fn ended(&mut self, id: SendId, report: &Report) {
        let Some(position) = self.position(id) else { return };
        let session = &mut self.sessions[position];
        let before = session.lines().len();
        session.end(report);
        self.held += session.lines().len() - before;
        if self.shown == Some(position) {
            self.view.renew(session);
            if self.view.follows {
                self.view.rest();
            }
        }
    }

    /// Takes in the sessions of earlier runs, oldest first.
    pub(super) fn recall(&mut self, sessions: Vec<mail::session::Session>) {
        let is_here = |past: &mail::session::Session| {
            self.sessions.iter().any(|session| session.has_begun && session.record.head == past.head)
        };
        let past: Vec<Session> =
            sessions.into_iter().filter(|past| !is_here(past)).map(Session::past).collect();
        self.held += past.iter().map(|session| session.lines().len()).sum::<usize>();
        self.shown = self.shown.map(|shown| shown + past.len());
        self.sessions.splice(0..0, past);
        self.let_go();
    }

    /// The oldest go first; neither the one that is shown nor one that is still running.
    fn let_go(&mut self) {
        while self.held > MOST_LINES {
            let may_go = |(nth, session): &(usize, &Session)| session.is_over && self.shown != Some(*nth);
            let Some((oldest, _)) = self.sessions.iter().enumerate().find(may_go) else { return };
            self.held -= self.sessions.remove(oldest).lines().len();
            self.shown = self.shown.map(|shown| shown - usize::from(oldest < shown));
            self.dropped += 1;
        }
    }

    /// Changes how the session is looked at.
    fn look(&mut self, change: impl FnOnce(&mut View, &Session)) {
        if let Some(session) = self.shown.and_then(|shown| self.sessions.get(shown)) {
            change(&mut self.view, session);
        }
    }

    /// Shows only some of the lines.
    pub(super) fn filter(&mut self, filter: Filter) {
        self.look(|view, session| {
            view.filter = filter;
            view.renew(session);
        });
    }

    /// Looks for `text` from `line` on, that line included; an empty text ends the search.
    pub(super) fn search(&mut self, text: &str, line: Option<usize>) {
        self.look(|view, session| {
            let search = Search::new(text, view.search.as_ref(), session, view.filter);
            let found = match line {
                Some(0) | None => search.matches.first().copied(),
                Some(line) => search.from(line - 1, false),
            };
            view.search = (!text.is_empty()).then_some(search);
            if let Some(found) = found {
                view.go_to_line(found, session);
            }
        });
    }

    /// To the next match, or the one before; from the other end where there is none.
    pub(super) fn next_match(&mut self, is_backward: bool) {
        self.look(|view, session| {
            let line = view.line().unwrap_or(0);
            if let Some(found) = view.search.as_ref().and_then(|search| search.from(line, is_backward)) {
                view.go_to_line(found, session);
            }
        });
    }

    /// Back to a row that one came from.
    pub(super) fn go(&mut self, row: usize) {
        self.view.go(row);
    }
}
