//! One session as the pane holds it: the record, and what is worked out of it line by line, so that nothing has to be counted
//! again when it is looked at.

use std::time::Duration;

use jiff::Timestamp;

use crate::app::model::SendId;
use crate::mail::explain::Explanation;
use crate::mail::outcome::{Outcome, Report, Step};
use crate::mail::reply::Class;
use crate::mail::session::{self, Head};
use crate::mail::transcript::{Kind, Line, Wire};

use super::legs::{self, Leg, Stage, is_problem};
use super::words::{accepted, replaced};

#[derive(Debug)]
pub struct Session {
    /// `None` for one of an earlier run.
    pub id: Option<SendId>,
    pub record: session::Session,
    /// The letter (its Message-ID) that it was opened ahead for, as long as it runs.
    pub(super) opened_for: Option<String>,
    /// The attempt never began otherwise, and then the time in the record says nothing.
    pub has_begun: bool,
    pub is_over: bool,
    pub progress: Option<Progress>,
    pub(super) legs: Vec<Leg>,
    /// The line below which the explanation stands, and the one below which the ids do.
    pub(super) explained: Option<usize>,
    pub(super) accepted: Option<usize>,
}

/// The message on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes that left, of so many.
    pub sent: u64,
    pub total: u64,
    /// The line that the bar belongs to.
    pub line: usize,
}

impl Session {
    pub(in crate::app) fn new(id: SendId, head: Head) -> Self {
        Self { id: Some(id), has_begun: false, is_over: false, ..Self::of(session::Session::new(head)) }
    }

    pub(super) fn ahead(message_id: String, head: Head) -> Self {
        Self { opened_for: Some(message_id), is_over: false, ..Self::of(session::Session::new(head)) }
    }

    /// One that is over: of an earlier run, or opened ahead for nothing.
    pub(super) fn past(mut record: session::Session) -> Self {
        let lines = std::mem::take(&mut record.lines);
        let mut past = Self::of(record);
        past.record.lines.reserve_exact(lines.len());
        for line in lines {
            past.record.lines.push(line);
            legs::grow(&mut past.legs, &past.record);
        }
        past.settle();
        past
    }

    fn of(record: session::Session) -> Self {
        Self {
            id: None,
            record,
            opened_for: None,
            has_begun: true,
            is_over: true,
            progress: None,
            legs: Vec::new(),
            explained: None,
            accepted: None,
        }
    }

    pub fn lines(&self) -> &[(Step, Line)] {
        &self.record.lines
    }

    pub fn line(&self, nth: usize) -> Option<&Line> {
        self.record.lines.get(nth).map(|(_, line)| line)
    }

    pub fn legs(&self) -> &[Leg] {
        &self.legs
    }

    /// When it began, once it did.
    pub fn started(&self) -> Option<Timestamp> {
        self.has_begun.then_some(self.record.head.started)
    }

    pub fn outcome(&self) -> Option<Outcome> {
        self.record.ending.as_ref().map(|ending| ending.outcome)
    }

    pub fn explanation(&self) -> Option<&Explanation> {
        self.record.ending.as_ref()?.explanation.as_ref()
    }

    /// The one in the server's last word, with ours.
    pub fn ids(&self) -> Option<(&str, &str)> {
        let ending = self.record.ending.as_ref().filter(|ending| ending.outcome.is_taken())?;
        Some((ending.server_id.as_deref()?, &ending.message_id))
    }

    /// What stands below this line: what a refusal means and what to do, under which id a message was taken.
    pub(super) fn remarks(&self, nth: usize) -> Vec<String> {
        let explained = self.explanation().filter(|_| self.explained == Some(nth));
        let ids = self.ids().filter(|_| self.accepted == Some(nth));
        explained
            .into_iter()
            .flat_map(|why| [why.says.clone(), why.todo.to_owned()])
            .chain(ids.into_iter().flat_map(|(server, ours)| {
                let is_replaced = !ours.is_empty() && server != ours;
                std::iter::once(accepted(server)).chain(is_replaced.then(|| replaced(ours)))
            }))
            .collect()
    }

    /// From the beginning to the answer; to the last line while there is none.
    pub fn took(&self) -> Duration {
        let last = self.record.lines.last().map(|(_, line)| line.at).unwrap_or_default();
        let total = self.record.ending.as_ref().map(|ending| ending.total);
        total.filter(|total| !total.is_zero()).unwrap_or(last)
    }

    /// The moment of its last line: what a certificate's dates are compared with.
    pub fn at_end(&self) -> Option<Timestamp> {
        let last = self.record.lines.last().map(|(_, line)| line.at).unwrap_or_default();
        self.started()?.checked_add(last).ok()
    }

    /// Does this line only continue the reply in the line before it (RFC 5321 section 4.2.1)?
    pub fn continues(&self, nth: usize) -> bool {
        let line = |nth| self.line(nth).filter(|line| matches!(line.kind, Kind::Reply(_)));
        let Some(before) = nth.checked_sub(1).and_then(line) else { return false };
        line(nth).is_some() && before.text.as_str().as_bytes().get(3) == Some(&b'-')
    }

    /// The lines of the reply that this one belongs to, if there are several: the first and the last.
    pub fn reply_around(&self, nth: usize) -> Option<(usize, usize)> {
        let mut first = nth;
        while self.continues(first) {
            first -= 1;
        }
        let mut last = nth;
        while self.continues(last + 1) {
            last += 1;
        }
        (first < last).then_some((first, last))
    }

    pub(super) fn hear(&mut self, wire: &Wire) {
        self.record.hear(wire);
        match wire {
            Wire::Line(line) => {
                legs::grow(&mut self.legs, &self.record);
                if line.kind == Kind::Message {
                    let line = self.record.lines.len() - 1;
                    self.progress = Some(Progress { sent: 0, total: 0, line });
                }
            }
            Wire::Progress { sent, total } => {
                if let Some(progress) = &mut self.progress {
                    (progress.sent, progress.total) = (*sent, *total);
                }
            }
            Wire::Step(_) | Wire::Chain(_) | Wire::Tls(_) | Wire::Offered(_) => {}
        }
    }

    pub(super) fn end(&mut self, report: &Report) {
        let before = self.record.lines.len();
        self.record.end(report);
        if self.record.lines.len() > before {
            legs::grow(&mut self.legs, &self.record);
        }
        self.settle();
    }

    /// Finds where the words about the ending belong.
    fn settle(&mut self) {
        let Some(ending) = &self.record.ending else { return };
        legs::settle(&mut self.legs, ending);
        let lines = &self.record.lines;
        let is_answer = |line: &Line| {
            let reply = ending.reply.as_ref();
            let last = reply.and_then(|reply| Some((reply.code(), reply.lines().last()?)));
            last.is_some_and(|(code, text)| {
                line.text
                    .as_str()
                    .strip_prefix(&code.to_string())
                    .is_some_and(|rest| rest.get(1..) == Some(text))
            })
        };
        let is_refused = |line: &Line| matches!(line.kind, Kind::Reply(Class::Later | Class::No));
        if ending.outcome.is_taken() {
            let is_done = |line: &Line| matches!(line.kind, Kind::Reply(Class::Done));
            let said = lines.iter().rposition(|(_, line)| is_done(line) && is_answer(line));
            let last = |(step, line): &(Step, Line)| *step == Step::Dot && is_done(line);
            self.accepted = said.or_else(|| lines.iter().rposition(last));
        }
        if ending.explanation.is_some() {
            let place = if ending.outcome == Outcome::Partly {
                lines.iter().position(|(_, line)| is_refused(line))
            } else {
                let said = lines.iter().rposition(|(_, line)| is_refused(line) && is_answer(line));
                said.or_else(|| lines.iter().rposition(|(_, line)| is_problem(line)))
            };
            self.explained = place.or(lines.len().checked_sub(1));
        }
    }

    /// A message that is on its way takes its bar with it.
    pub fn bar(&self, nth: usize) -> Option<Progress> {
        self.progress.filter(|progress| progress.line == nth && progress.total > 0)
    }

    /// The legs of which the timeline is drawn, and the longest of them.
    pub fn timeline(&self) -> impl Iterator<Item = Leg> {
        legs::decisive(&self.legs)
    }

    /// Is there a step of this kind?
    pub fn has(&self, stage: Stage) -> bool {
        self.legs.iter().any(|leg| leg.stage == stage && !leg.is_silent())
    }
}
