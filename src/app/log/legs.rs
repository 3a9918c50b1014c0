//! The legs of a session: the stretches of it that a person has a word for, and when each began and ended.

use std::time::Duration;

use crate::mail::outcome::Step;
use crate::mail::reply::Class;
use crate::mail::session;
use crate::mail::transcript::{Kind, Line, Mark};

/// Steps as they are told apart in the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    Preparing,
    LookUp,
    Tcp,
    Greeting,
    Ehlo,
    Tls,
    SignIn,
    /// A person's own time: between "signed in" and the letter, where the session was opened ahead of it, and between refused
    /// recipients and what is to be done about them.
    Waiting,
    Envelope,
    Upload,
    Acceptance,
    Goodbye,
}

/// One stretch of a session. Lines are counted from 0, both ends belong to it; times are since the beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leg {
    pub stage: Stage,
    pub first: usize,
    pub last: usize,
    pub start: Duration,
    pub end: Duration,
    /// The first line in it that tells of trouble.
    pub problem: Option<usize>,
    /// The first line of the last reply; of a handshake, what it came to.
    pub answer: Option<usize>,
}

impl Stage {
    pub fn of(step: Step) -> Self {
        match step {
            Step::Config | Step::Secret => Self::Preparing,
            Step::Lookup => Self::LookUp,
            Step::Connect => Self::Tcp,
            Step::Greeting => Self::Greeting,
            Step::Ehlo => Self::Ehlo,
            Step::StartTls | Step::Tls => Self::Tls,
            Step::Auth => Self::SignIn,
            Step::Mail | Step::Rcpt | Step::Data => Self::Envelope,
            Step::Body => Self::Upload,
            Step::Dot => Self::Acceptance,
            Step::Quit => Self::Goodbye,
        }
    }

    /// Eleven columns at the most.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Preparing => "preparing",
            Self::LookUp => "look-up",
            Self::Tcp => "TCP",
            Self::Greeting => "greeting",
            Self::Ehlo => "EHLO",
            Self::Tls => "TLS",
            Self::SignIn => "sign-in",
            Self::Waiting => "waiting",
            Self::Envelope => "envelope",
            Self::Upload => "upload",
            Self::Acceptance => "acceptance",
            Self::Goodbye => "goodbye",
        }
    }
}

impl Leg {
    pub fn took(&self) -> Duration {
        self.end.saturating_sub(self.start)
    }

    /// A look-up that went well has no lines of its own, and waiting has none at all.
    pub fn is_silent(&self) -> bool {
        self.stage == Stage::Waiting || self.stage == Stage::LookUp && self.problem.is_none()
    }
}

/// We answer at once; where it takes longer than this, somebody was still reading.
const PAUSE: Duration = Duration::from_millis(50);

pub fn is_problem(line: &Line) -> bool {
    matches!(line.kind, Kind::Error | Kind::Reply(Class::Later | Class::No))
}

/// Takes the newest line of a session into its legs. Costs the same however many there are.
pub(super) fn grow(legs: &mut Vec<Leg>, record: &session::Session) {
    let Some(nth) = record.lines.len().checked_sub(1) else { return };
    let (step, line) = &record.lines[nth];
    let stage = Stage::of(*step);
    let problem = is_problem(line).then_some(nth);
    let answer = is_answer(record, nth).then_some(nth);
    let is_late = |leg: &Leg| stage == Stage::Envelope && is_ours(line) && line.at >= leg.end + PAUSE;
    // Of what goes on, only a question after an answer: a flight of several is one.
    let has_answer = nth.checked_sub(1).is_some_and(|nth| !is_ours(&record.lines[nth].1));
    if let Some(leg) = legs.last_mut()
        && leg.stage == stage
        && !(has_answer && is_late(leg))
    {
        (leg.last, leg.end) = (nth, line.at);
        leg.problem = leg.problem.or(problem);
        let has_tls = leg.answer.is_some_and(|nth| record.lines[nth].1.kind == Kind::Tls);
        leg.answer = answer.filter(|_| !has_tls).or(leg.answer);
        return;
    }
    let border = match legs.last_mut() {
        Some(before) if is_late(before) => {
            let start = before.end;
            legs.push(silent(Stage::Waiting, nth, start, line.at));
            line.at
        }
        // What we say opens a leg; what is said to us ends one that began when the last was over.
        Some(before) if is_ours(line) => {
            before.end = line.at;
            line.at
        }
        Some(before) => before.end,
        None if stage == Stage::Tcp && !line.at.is_zero() => {
            legs.push(silent(Stage::LookUp, 0, Duration::ZERO, line.at));
            line.at
        }
        None => Duration::ZERO,
    };
    legs.push(Leg { stage, first: nth, last: nth, start: border, end: line.at, problem, answer });
}

/// Does it answer what the leg asked: a reply with its first line, or what TLS came to?
fn is_answer(record: &session::Session, nth: usize) -> bool {
    let reply = |nth: usize| Some(&record.lines[nth].1).filter(|line| matches!(line.kind, Kind::Reply(_)));
    let goes_on = |line: &Line| line.text.as_str().as_bytes().get(3) == Some(&b'-');
    let is_first = || nth.checked_sub(1).and_then(reply).is_none_or(|before| !goes_on(before));
    record.lines[nth].1.kind == Kind::Tls || reply(nth).is_some() && is_first()
}

/// The time before line `nth`, in which there was none.
fn silent(stage: Stage, nth: usize, start: Duration, end: Duration) -> Leg {
    Leg { stage, first: nth, last: nth, start, end, problem: None, answer: None }
}

fn is_ours(line: &Line) -> bool {
    match line.mark {
        Mark::Sent | Mark::SentTls => true,
        Mark::Note => line.kind != Kind::Tls,
        Mark::Received | Mark::ReceivedTls | Mark::Error => false,
    }
}

/// The legs that the timeline shows: from the first byte to the answer, and without the time in which the session waited for its
/// letter, which is the person's own. The goodbye comes when all is decided.
pub(super) fn decisive(legs: &[Leg]) -> impl Iterator<Item = Leg> {
    let (mut waited, mut shown) = (Duration::ZERO, Vec::<Leg>::new());
    for leg in legs.iter().take_while(|leg| leg.stage != Stage::Goodbye) {
        let end = leg.end.saturating_sub(waited);
        match shown.last_mut() {
            _ if leg.stage == Stage::Waiting => waited += leg.took(),
            // It went on after a person had thought about it.
            Some(before) if before.stage == leg.stage => {
                (before.last, before.end) = (leg.last, end);
                (before.problem, before.answer) =
                    (before.problem.or(leg.problem), leg.answer.or(before.answer));
            }
            _ => shown.push(Leg { start: leg.start.saturating_sub(waited), end, ..*leg }),
        }
    }
    shown.into_iter()
}

/// Puts right what no line tells: no line says when the last byte of a message was out, but the report does.
pub(super) fn settle(legs: &mut [Leg], ending: &session::Ending) {
    let body = ending.times.iter().find(|(step, _)| *step == Step::Body).map(|(_, took)| *took);
    let upload = legs.iter().position(|leg| leg.stage == Stage::Upload);
    if let (Some(body), Some(upload)) = (body, upload) {
        let latest = legs.get(upload + 1).map_or(ending.total.max(legs[upload].end), |leg| leg.end);
        let border = (legs[upload].start + body).min(latest);
        legs[upload].end = border;
        if let Some(leg) = legs.get_mut(upload + 1) {
            leg.start = border;
        }
    }
}
