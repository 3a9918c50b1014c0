//! The life of a letter in the outbox, as its journal tells it. The status that a person sees is folded from these records
//! alone, never from hopes.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::letter::Envelope;
use super::outcome::Outcome;

/// One line of a journal: what happened to a letter, written before anything that depends on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    pub at: Timestamp,
    #[serde(flatten)]
    pub event: Event,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// The letter is on disk, whole.
    Queued,
    /// A socket is about to be opened.
    Sending,
    /// The final dot is about to be written. From here on, silence means "unknown".
    DotIntent,
    Outcome {
        outcome: Outcome,
        /// The reply or failure that decided, in one line.
        says: String,
        server_id: Option<String>,
    },
    /// A person has had the outcome before them.
    Seen,
}

/// What the records say of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// Written down, and no dot was ever about to leave: surely not sent.
    NotSent,
    /// The dot may have left and no answer is recorded.
    Unknown,
    Done {
        outcome: Outcome,
        says: String,
        server_id: Option<String>,
    },
}

/// A letter as the outbox pane lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub id: LetterId,
    pub account: String,
    /// The draft that it was made from.
    pub draft: Option<String>,
    pub envelope: Envelope,
    pub fate: Fate,
    /// When it was queued.
    pub at: Timestamp,
    /// Another running sendoff holds it.
    pub is_busy: bool,
    /// It ended, and nobody was there to see how: the terminal was gone.
    pub is_news: bool,
}

/// Names a letter for life; also the name of its folder.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LetterId(pub String);

impl Fate {
    /// Folds the records of one letter, oldest first. A later attempt replaces an earlier one, but an attempt that may have
    /// got through is never forgotten: only a receipt settles it.
    pub fn of(records: &[Record]) -> Self {
        let mut fate = Self::NotSent;
        let mut may_have_gone_before = false;
        for record in records {
            fate = match &record.event {
                Event::DotIntent => Self::Unknown,
                Event::Outcome { outcome, .. } if may_have_gone_before && !outcome.is_taken() => {
                    Self::Unknown
                }
                Event::Outcome { outcome, says, server_id } => {
                    Self::Done { outcome: *outcome, says: says.clone(), server_id: server_id.clone() }
                }
                Event::Seen => fate,
                Event::Queued | Event::Sending => {
                    may_have_gone_before |= fate.is_unknown();
                    if may_have_gone_before { Self::Unknown } else { Self::NotSent }
                }
            };
        }
        fate
    }

    /// Does a person have to look at it?
    pub fn is_open(&self) -> bool {
        match self {
            Self::NotSent | Self::Unknown => true,
            Self::Done { outcome, .. } => !outcome.is_taken(),
        }
    }

    pub fn is_taken(&self) -> bool {
        matches!(self, Self::Done { outcome, .. } if outcome.is_taken())
    }

    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown | Self::Done { outcome: Outcome::Unknown, .. })
    }
}
