//! The rows of the pane: which lines of a session are shown, and what stands among them that the wire did not say.

use std::collections::BTreeSet;

use crate::mail::outcome::Step;
use crate::mail::transcript::{Line, Mark};

use super::legs::{Leg, Stage, is_problem};
use super::session::Session;

/// One row. Lines and legs are named by their number, so that a row costs little however long its text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    Line(usize),
    /// A reply of several lines in one row: its first line and its last.
    Fold(usize, usize),
    /// A leg, in the summary, and its first line.
    Leg(usize, usize),
    /// What a refusal means.
    Explanation,
    /// The id that the server gave.
    Accepted,
    /// Ours was replaced by it.
    Replaced,
    /// The timeline: its heading, a leg of it, all of it.
    Heading,
    Bar(usize),
    Total,
}

/// How much is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Telling {
    /// Every line, and what it means.
    #[default]
    Explained,
    /// Nothing but the lines.
    Raw,
    /// A row for each step.
    Summary,
}

/// Which lines are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Filter {
    #[default]
    All,
    Problems,
    Sent,
    Received,
    Stage(Stage),
}

impl Telling {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Explained => "explained",
            Self::Raw => "raw",
            Self::Summary => "summary",
        }
    }

    pub(super) fn next(self) -> Self {
        match self {
            Self::Explained => Self::Raw,
            Self::Raw => Self::Summary,
            Self::Summary => Self::Explained,
        }
    }
}

impl Filter {
    pub fn passes(self, (step, line): &(Step, Line)) -> bool {
        match self {
            Self::All => true,
            Self::Problems => is_problem(line),
            Self::Sent => matches!(line.mark, Mark::Sent | Mark::SentTls),
            Self::Received => matches!(line.mark, Mark::Received | Mark::ReceivedTls),
            Self::Stage(stage) => Stage::of(*step) == stage,
        }
    }

    fn passes_leg(self, leg: &Leg) -> bool {
        match self {
            Self::All | Self::Sent | Self::Received => true,
            Self::Problems => leg.problem.is_some(),
            Self::Stage(stage) => leg.stage == stage,
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Problems => "problems",
            Self::Sent => "sent",
            Self::Received => "received",
            Self::Stage(stage) => stage.as_str(),
        }
    }
}

impl Row {
    /// The line that it begins with, if it stands for lines.
    pub fn line(self) -> Option<usize> {
        match self {
            Self::Line(nth) | Self::Fold(nth, _) | Self::Leg(_, nth) => Some(nth),
            _ => None,
        }
    }
}

/// What is wanted of a session.
pub(super) struct Wanted<'a> {
    pub(super) telling: Telling,
    pub(super) filter: Filter,
    pub(super) has_timeline: bool,
    /// Replies that are folded, by their first line.
    pub(super) folded: &'a BTreeSet<usize>,
}

impl Wanted<'_> {
    /// The rows that grow with the session.
    pub(super) fn body(&self, session: &Session) -> Vec<Row> {
        if self.telling == Telling::Summary { self.summary(session) } else { self.dialogue(session) }
    }

    fn dialogue(&self, session: &Session) -> Vec<Row> {
        let count = session.lines().len();
        let mut rows = Vec::with_capacity(count + 8);
        let mut nth = 0;
        while nth < count {
            let fold = self.folded.contains(&nth).then(|| session.reply_around(nth)).flatten();
            let last = fold.map_or(nth, |(_, last)| last);
            if self.filter.passes(&session.lines()[nth]) {
                rows.push(fold.map_or(Row::Line(nth), |(first, last)| Row::Fold(first, last)));
                if self.telling == Telling::Explained {
                    remarks(session, nth..=last, &mut rows);
                }
            }
            nth = last + 1;
        }
        rows
    }

    fn summary(&self, session: &Session) -> Vec<Row> {
        let mut rows = Vec::new();
        for (nth, leg) in session.legs().iter().enumerate().filter(|(_, leg)| self.filter.passes_leg(leg)) {
            rows.push(Row::Leg(nth, leg.first));
            if !leg.is_silent() {
                remarks(session, leg.first..=leg.last, &mut rows);
            }
        }
        rows
    }

    /// The rows behind it, once it has ended: where the time went.
    pub(super) fn tail(&self, session: &Session) -> Vec<Row> {
        let is_wanted = self.has_timeline && self.filter == Filter::All && self.telling != Telling::Raw;
        let count = session.timeline().count();
        if !is_wanted || session.record.ending.is_none() || count == 0 {
            return Vec::new();
        }
        std::iter::once(Row::Heading).chain((0..count).map(Row::Bar)).chain([Row::Total]).collect()
    }
}

/// What there is to say of these lines.
fn remarks(session: &Session, lines: std::ops::RangeInclusive<usize>, rows: &mut Vec<Row>) {
    if session.explained.is_some_and(|nth| lines.contains(&nth)) {
        rows.push(Row::Explanation);
    }
    if session.accepted.is_some_and(|nth| lines.contains(&nth))
        && let Some((server, ours)) = session.ids()
    {
        rows.push(Row::Accepted);
        if !ours.is_empty() && server != ours {
            rows.push(Row::Replaced);
        }
    }
}
