//! What a refusal means, in plain words: the cause, who can change it, and what to do.
//!
//! `explain/replies.rs` holds the table of replies; here is how a report finds its row. Sources: Microsoft's pages on client
//! submission and non-delivery reports, and dialogues that people have posted in public; each row says whether its text is
//! confirmed there.

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
        Outcome::Partly => report.refused().find_map(|recipient| recipient.reply.as_ref()).map(|r| reply(Some(Step::Rcpt), r)),
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
        Class::Later => ("The server put it off without a reason that is known here.", Who::Wait, "Try again in a few minutes."),
        Class::No => (
            "The server refused it for a reason that is not known here; its own words are all there is.",
            Who::You,
            "Read the reply; if it names a page or a number, look that up.",
        ),
        Class::Done | Class::GoOn => {
            ("The server answered something that does not fit here.", Who::Administrator, "Is this a mail submission server?")
        }
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
    use Who::{Administrator, Wait, You};
    let (cause, says, who, todo) = match failure.trouble {
        Trouble::Config => ("unknown", "The account's settings cannot be used.", You, "Correct the line that is named."),
        Trouble::NoSecret => {
            ("not-signed-in", "There is no password or token for this account.", You, "Enter it, or name a password_command.")
        }
        Trouble::NameNotFound => (
            "name-not-found",
            "The server's name cannot be found.",
            You,
            "Check host in the account, and that this machine can look names up. For Microsoft 365 it is smtp.office365.com.",
        ),
        Trouble::Refused => (
            "connection-refused",
            "Nothing listens there, or a firewall turned the connection away.",
            Administrator,
            "Check host and port. Microsoft 365 serves 587 (and 25), not 465; networks often block 25.",
        ),
        Trouble::TimedOut => (
            "connection-timeout",
            "The server did not answer in time.",
            Administrator,
            "A firewall may drop the packets: outbound port 587 has to be open. Port 465 is not served by Microsoft 365.",
        ),
        Trouble::Unreachable => {
            ("connection-timeout", "There is no way to the server from here.", Administrator, "Check this machine's network.")
        }
        Trouble::Lost => ("connection-lost", "The connection broke before the message was complete.", Wait, "Send it again."),
        Trouble::NoTls => (
            "tls-required",
            "The server would not start TLS, so nothing was sent: neither user name nor message.",
            Administrator,
            "Something between here and the server may be removing STARTTLS; or this is not the submission port.",
        ),
        Trouble::Tls => {
            ("tls-failed", "TLS could not be set up.", Administrator, "The server must speak TLS 1.2 or later; a proxy may interfere.")
        }
        Trouble::Certificate => (
            "certificate-invalid",
            "The server's certificate does not prove that it is the server you named.",
            Administrator,
            "Check host. For a server of your own, name its root in ca_file. There is no switch to skip the check.",
        ),
        Trouble::Injected => (
            "tls-failed",
            "Someone on the way put text in front of the encrypted line. Nothing of yours was sent.",
            Administrator,
            "Do not send from this network until it is understood.",
        ),
        Trouble::Protocol => {
            ("unknown", "What answered does not speak SMTP as it should.", Administrator, "Check host and port; a proxy may answer.")
        }
        Trouble::NoMechanism => (
            "mechanism-not-offered",
            "The server does not offer the way to sign in that the account asks for.",
            You,
            "Set auth to one that it offers (see AUTH in the log), or to auto.",
        ),
        Trouble::CannotCarry => {
            ("message-too-large", "The server cannot carry this message.", You, "Make it smaller, or change what is named.")
        }
        Trouble::Stopped => {
            ("unknown-recipient", "Some recipients were refused, so nothing was sent.", You, "Correct them, or send to the others.")
        }
        Trouble::Cancelled => ("unknown", "You stopped it before the message was complete.", You, "Send it again when you like."),
        Trouble::Disk => ("unknown", "A file could not be read or written.", You, "Free some space or check the file, then send again."),
    };
    Explanation { cause, says: says.into(), who, todo, is_confirmed: true }
}
