//! The log pane: every session of this run, line by line, and where one looks.

use std::cell::Cell;
use std::time::Duration;

use jiff::Timestamp;

use crate::mail;
use crate::mail::explain::Explanation;
use crate::mail::reply::Class;
use crate::mail::text::Shown;
use crate::mail::tls::TlsFacts;
use crate::mail::transcript::{Kind, Line, Mark, Wire};

use super::action::Action;
use super::dialog::Dialog;
use super::effect::Effect;
use super::model::{Model, Pane, SendId, Severity};
use super::msg::SandboxMail;

#[derive(Debug, Default)]
pub struct Log {
    /// Oldest first.
    pub sessions: Vec<Session>,
    /// The one on the screen.
    pub shown: usize,
    /// Rows that are hidden below the last one shown; at 0 the log follows.
    pub back: usize,
    /// How far back leads anywhere: settled by drawing, which knows the height, and so behind a shared reference.
    pub furthest: Cell<usize>,
    /// What the sandbox took, oldest first.
    pub mails: Vec<SandboxMail>,
}

#[derive(Debug)]
pub struct Session {
    pub id: SendId,
    pub title: String,
    /// `smtp.office365.com:587`
    pub place: String,
    pub started: Option<Timestamp>,
    pub rows: Vec<Row>,
    pub tls: Option<TlsFacts>,
    /// Bytes of the message that left, of so many; and the row after which the bar stands.
    pub progress: Option<Progress>,
    pub is_over: bool,
}

/// The message on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub sent: u64,
    pub total: u64,
    pub row: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    Line(Line),
    /// What the line above means, who can change it, and how.
    Explain(Explanation),
}

impl Log {
    pub fn session(&self) -> Option<&Session> {
        self.sessions.get(self.shown)
    }

    pub(super) fn begin(&mut self, session: Session) {
        self.sessions.push(session);
        self.shown = self.sessions.len() - 1;
        self.back = 0;
    }

    pub(super) fn show(&mut self, id: SendId) {
        if let Some(position) = self.sessions.iter().position(|session| session.id == id) {
            self.shown = position;
            self.back = 0;
        }
    }

    /// What the wire says, to its session. Who looks at older lines goes on looking at them.
    pub(super) fn hear(&mut self, id: SendId, wire: Wire) {
        let Some(position) = self.sessions.iter().position(|session| session.id == id) else { return };
        let before = self.sessions[position].rows.len();
        self.sessions[position].hear(wire);
        if position == self.shown && self.back > 0 {
            self.back += self.sessions[position].rows.len() - before;
        }
    }

    /// Takes in the sessions of earlier runs, oldest first.
    #[expect(clippy::unused_self, reason = "the list of sessions comes next")]
    pub(super) fn recall(&mut self, _sessions: Vec<mail::session::Session>) {}

    pub(super) fn of(&mut self, id: SendId) -> Option<&mut Session> {
        self.sessions.iter_mut().find(|session| session.id == id)
    }
}

impl Session {
    pub(super) fn new(id: SendId, title: String, place: String) -> Self {
        Self { id, title, place, started: None, rows: Vec::new(), tls: None, progress: None, is_over: false }
    }

    fn hear(&mut self, wire: Wire) {
        match wire {
            Wire::Line(line) => {
                let is_message = line.kind == Kind::Message;
                self.rows.push(Row::Line(line));
                if is_message {
                    self.progress = Some(Progress { sent: 0, total: 0, row: self.rows.len() - 1 });
                }
            }
            Wire::Tls(facts) => self.tls = Some(facts),
            Wire::Progress { sent, total } => {
                if let Some(progress) = &mut self.progress {
                    (progress.sent, progress.total) = (sent, total);
                }
            }
            Wire::Step(_) | Wire::Chain(_) | Wire::Offered(_) => {}
        }
    }

    /// The bare facts of a failure, unless the wire has told them already.
    pub(super) fn fault(&mut self, detail: &str, at: Duration) {
        let text = Shown::new(detail);
        let is_told =
            |row: &Row| matches!(row, Row::Line(line) if line.kind == Kind::Error && line.text == text);
        if !self.rows.iter().any(is_told) {
            self.rows.push(Row::Line(Line { at, took: None, mark: Mark::Error, kind: Kind::Error, text }));
        }
    }

    /// Puts an explanation under the reply, or the error, that it explains.
    pub(super) fn explain(&mut self, explanation: Explanation) {
        let is_refusal = |row: &Row| {
            matches!(row, Row::Line(Line { kind: Kind::Reply(Class::Later | Class::No) | Kind::Error, .. }))
        };
        let at = self.rows.iter().rposition(is_refusal).map_or(self.rows.len(), |row| row + 1);
        if let Some(progress) = &mut self.progress
            && progress.row >= at
        {
            progress.row += 1;
        }
        self.rows.insert(at, Row::Explain(explanation));
    }

    /// How long the last line is after the first, in seconds.
    pub fn seconds(&self) -> f64 {
        let last = self.rows.iter().rev().find_map(|row| match row {
            Row::Line(line) => Some(line.at.as_secs_f64()),
            Row::Explain(_) => None,
        });
        last.unwrap_or_default()
    }
}

/// Rows that a page key moves by.
const PAGE: usize = 10;

/// Keys of the pane.
pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    let log = &mut model.log;
    let count = log.session().map_or(0, |session| session.rows.len());
    let oldest = count.saturating_sub(1);
    log.back = log.back.min(log.furthest.get());
    match action {
        Action::Up => log.back = (log.back + 1).min(oldest),
        Action::PageUp => log.back = (log.back + PAGE).min(oldest),
        Action::Top => log.back = oldest,
        Action::Down => log.back = log.back.saturating_sub(1),
        Action::PageDown => log.back = log.back.saturating_sub(PAGE),
        Action::Bottom => log.back = 0,
        Action::OlderSession => (log.shown, log.back) = (log.shown.saturating_sub(1), 0),
        Action::NewerSession => {
            (log.shown, log.back) = ((log.shown + 1).min(log.sessions.len().saturating_sub(1)), 0);
        }
        Action::Open => model.is_zoomed = !model.is_zoomed,
        Action::Back => model.focus = Pane::Compose,
        Action::ShowMail => match log.mails.last() {
            Some(mail) => {
                let title = format!("mail {} that the sandbox took", log.mails.len());
                let mut lines = vec![format!("MAIL FROM:<{}>", mail.from)];
                lines.extend(mail.to.iter().map(|to| format!("RCPT TO:<{to}>")));
                lines.push(String::new());
                lines.extend(mail.text.lines().map(str::to_owned));
                model.dialogs.push(Dialog::text(title, lines));
            }
            None => model.say(Severity::Info, "the sandbox has not taken any mail in this run"),
        },
        _ => {}
    }
    Vec::new()
}
