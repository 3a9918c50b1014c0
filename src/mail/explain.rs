//! What a refusal means, in plain words: the cause, who can change it, and what to do.
//!
//! `explain/replies.rs` holds the table of replies, `explain/failures.rs` that of failures; here is how a report finds its row. Sources: Microsoft's pages on client
//! submission and non-delivery reports, and dialogues that people have posted in public; each row says whether its text is
//! confirmed there.

mod failures;
mod replies;

use super::outcome::{Failure, Outcome, Report, Step, Trouble};
use super::reply::{Class, Reply};

/// A cause in plain words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// A public name for the cause, stable between releases: `smtp-auth-disabled-tenant`.
    pub cause: &'static str,
    /// One sentence.
    pub says: String,
    pub who: Who,
    /// What they can do.
    pub todo: &'static str,
    /// Is the text that was matched known from Microsoft's pages or a public dialogue?
    pub is_confirmed: bool,
}

/// Who can change it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    You,
    Administrator,
    Recipient,
    Wait,
}

impl Who {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::You => "you",
            Self::Administrator => "your administrator",
            Self::Recipient => "the recipient's side",
            Self::Wait => "nobody: wait and try again",
        }
    }
}

/// What stopped the attempt, if anything did.
pub fn report(report: &Report) -> Option<Explanation> {
    match report.outcome {
        Outcome::Accepted => None,
        Outcome::Unknown => Some(unknown_outcome()),
        Outcome::Partly => report
            .refused()
            .find_map(|recipient| recipient.reply.as_ref())
            .map(|r| reply(Some(Step::Rcpt), r)),
        Outcome::Refused | Outcome::Deferred | Outcome::Failed => match (&report.failure, &report.reply) {
            (Some(failure), Some(refusal)) if failure.trouble == Trouble::Stopped => {
                Some(reply(Some(Step::Rcpt), refusal))
            }
            (Some(failure), _) => Some(self::failure(failure)),
            (None, Some(refusal)) => Some(reply(Some(report.step), refusal)),
            (None, None) => None,
        },
    }
}

/// What a reply means. The step narrows what its code can stand for.
pub fn reply(step: Option<Step>, reply: &Reply) -> Explanation {
    let text = reply.text().to_lowercase();
    let enhanced = reply.enhanced().unwrap_or_default();
    let row = replies::ROWS.iter().find(|row| row.fits(step, reply.code(), &enhanced, &text));
    match row {
        Some(row) => Explanation {
            cause: row.cause,
            says: row.says.to_owned(),
            who: row.who,
            todo: row.todo,
            is_confirmed: row.is_confirmed,
        },
        None => unknown_reply(reply),
    }
}

fn unknown_reply(reply: &Reply) -> Explanation {
    let (says, who, todo) = match reply.class() {
        Class::Done => ("This is no refusal: the server says yes.", Who::You, "Nothing has to be done."),
        Class::Later => (
            "The server put it off without a reason that is known here.",
            Who::Wait,
            "Try again in a few minutes.",
        ),
        Class::No => (
            "The server refused it for a reason that is not known here; its own words are all there is.",
            Who::You,
            "Read the reply; if it names a page or a number, look that up.",
        ),
        Class::GoOn => (
            "The server answered something that does not fit here.",
            Who::Administrator,
            "Is this a mail submission server?",
        ),
    };
    Explanation { cause: "unknown", says: says.into(), who, todo, is_confirmed: false }
}

fn unknown_outcome() -> Explanation {
    Explanation {
        cause: "connection-lost",
        says: "The message had left when the line went silent: the server may have taken it, or not.".into(),
        who: Who::You,
        todo: "Look in Sent Items (Exchange Online keeps a copy there) or ask a recipient before you send it again.",
        is_confirmed: true,
    }
}

/// What a failure means that no reply announced.
pub fn failure(failure: &Failure) -> Explanation {
    let row = failures::ROWS.iter().find(|row| row.trouble == failure.trouble).unwrap_or(&failures::NOT_SMTP);
    Explanation {
        cause: row.cause,
        says: row.says.to_owned(),
        who: row.who,
        todo: row.todo,
        is_confirmed: true,
    }
}
