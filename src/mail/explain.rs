//! What a refusal means, in plain words: the cause, who can change it, and what to do.
//!
//! [`text`] takes anything that people paste: a reply, a log line, a traceback, a bounce. `explain/text.rs` finds the words
//! and the codes in it; the tables (`tls`, `sign_in`, `sender`, ... one file a subject) say what they mean, the particular
//! before the general: `system` what the machine says where no server refused, `tongues` in other languages, `numbers` by a
//! number of their own, `providers` by a provider's, `elsewhere` what is no refusal of mail at all. `by_sense`, with the
//! classes of words in `senses`, `by_code` and `summary` are the last resort; `said` holds what several tables say. Sources:
//! Microsoft's pages on client submission and non-delivery reports, the RFCs, and dialogues that people have posted in
//! public; each row says whether its text is confirmed there.

mod aadsts;
mod bounce;
mod bounces;
mod by_code;
mod by_sense;
mod cause;
mod elsewhere;
mod failures;
mod limits;
mod network;
pub mod note;
mod numbers;
mod providers;
mod recipients;
mod reputation;
mod row;
mod said;
mod sender;
mod senses;
mod session;
mod sign_in;
mod summary;
mod system;
mod text;
mod tls;
mod tongues;

pub use bounce::{Bounced, bounces};
pub use cause::Cause;

use row::Row;
use text::Text;

use super::outcome::{Failure, Outcome, Report, Step, Trouble};
use super::reply::{Class, Reply};

/// A cause in plain words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// A public name for the cause, stable between releases: `smtp-auth-disabled-tenant`. [`Cause::ALL`] has them all.
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
            (Some(failure), _) if failure.trouble == Trouble::TimedOut && is_midway(report.step) => {
                Some(failures::SILENT.explanation())
            }
            (Some(failure), _) => Some(self::failure(failure)),
            (None, Some(refusal)) => Some(reply(Some(report.step), refusal)),
            (None, None) => None,
        },
    }
}

/// Has the server been talking already?
fn is_midway(step: Step) -> bool {
    !matches!(step, Step::Config | Step::Secret | Step::Lookup | Step::Connect | Step::Greeting)
}

/// What a reply means. The step narrows what its code can stand for.
pub fn reply(step: Option<Step>, reply: &Reply) -> Explanation {
    if reply.class() == Class::Done {
        return unknown_class(Class::Done);
    }
    let text = Text::read(&reply.to_string());
    find(step, &text).map_or_else(|| unknown_class(reply.class()), Row::explanation)
}

/// The codes with which a server agrees (RFC 5321, RFC 4954).
const AGREEING: [u16; 8] = [211, 214, 220, 221, 235, 250, 251, 252];

/// What a text means that someone pasted: a reply, a log line, a traceback, an error of a library, a whole bounce.
pub fn text(text: &str) -> Explanation {
    if let Some(first) =
        bounces(text).into_iter().find(|bounced| bounced.explanation.cause != Cause::Unknown.as_str())
    {
        return first.explanation;
    }
    match Reply::parse(text.trim()) {
        // Other numbers that begin with 2 are no replies: that of a process, of a line.
        Ok(whole) if whole.class() != Class::Done => reply(None, &whole),
        // A dialogue whose line ends were lost begins with a greeting, too.
        Ok(whole) if AGREEING.contains(&whole.code()) && Text::read(text).found.is_empty() => {
            reply(None, &whole)
        }
        _ => plain(text),
    }
}

/// The same without a look for a bounce.
fn plain(text: &str) -> Explanation {
    let parts = Text::parts(text);
    let said = parts.iter().find_map(said_by);
    let coded = || parts.iter().find_map(coded);
    let summed_up = || parts.iter().find_map(summed_up);
    let named = || said_by(&Text::of_names(text));
    said.or_else(coded).or_else(summed_up).or_else(named).map_or_else(nothing_known, Row::explanation)
}

/// What is no refusal of mail at all.
const ELSEWHERE: &[&[Row]] = &[elsewhere::SERVICES, elsewhere::REASONLESS];

/// Asked next where no server has refused anything.
const UNREFUSED: &[&[Row]] =
    &[system::ROWS, network::BROKEN, numbers::TLS, tls::versions::ROWS, tls::certificates::ROWS];

/// The tables in the order in which they are asked: what is said in so many words before what only sounds like it, and
/// replies before the failures that a library adds to them.
const TABLES: &[&[Row]] = &[
    aadsts::WORDS,
    providers::ROWS,
    bounces::ROWS,
    session::GREETING,
    session::TROUBLE,
    network::BROKEN,
    numbers::TLS,
    tls::versions::ROWS,
    tls::demands::ROWS,
    reputation::DOMAIN,
    tongues::line::ROWS,
    tongues::sign_in::ROWS,
    tongues::refusals::ROWS,
    tls::handshakes::EARLY,
    reputation::NAMED,
    sender::BARRED,
    sign_in::policies::ROWS,
    sign_in::accounts::ROWS,
    sign_in::tokens::ROWS,
    sign_in::mechanisms::ROWS,
    sign_in::credentials::ROWS,
    session::HEADERS,
    sender::ROWS,
    limits::ROWS,
    recipients::PARTICULAR,
    reputation::BLOCKS,
    session::CONTENT,
    recipients::ROWS,
    reputation::CONTENT,
    tls::certificates::ROWS,
    tls::handshakes::ROWS,
    by_sense::ROWS,
    session::ROWS,
    elsewhere::PROGRAMS,
    network::ROWS,
    numbers::ROWS,
];

fn said_by(text: &Text) -> Option<&'static Row> {
    said(None, text)
}

fn find(step: Option<Step>, text: &Text) -> Option<&'static Row> {
    said(step, text).or_else(|| coded(text)).or_else(|| summed_up(text))
}

fn said(step: Option<Step>, text: &Text) -> Option<&'static Row> {
    if let Some(row) = aadsts::numbered(&text.aadsts) {
        return Some(row);
    }
    // A number that is not known there: what else stands in such an answer is the same for all of them.
    if text.words.contains("aadsts") {
        return aadsts::WORDS.iter().find(|row| row.fits(step, text, &text.found));
    }
    let unrefused = if text.is_refusal { &[] } else { UNREFUSED };
    let tables = [ELSEWHERE, unrefused, TABLES].into_iter().flatten().copied().flatten();
    tables.into_iter().find(|row| row.fits(step, text, &text.found))
}

/// Of several codes the first one names the cause; the others follow from it.
fn coded(text: &Text) -> Option<&'static Row> {
    let alone = |found| by_code::ROWS.iter().find(|row| row.fits(None, text, std::slice::from_ref(found)));
    text.found.iter().find_map(alone)
}

fn summed_up(text: &Text) -> Option<&'static Row> {
    summary::ROWS.iter().find(|row| row.fits(None, text, &text.found))
}

fn unknown(says: &str, who: Who, todo: &'static str) -> Explanation {
    Explanation { cause: Cause::Unknown.as_str(), says: says.to_owned(), who, todo, is_confirmed: false }
}

fn unknown_class(class: Class) -> Explanation {
    match class {
        Class::Done => {
            unknown("This is no refusal: the server says yes.", Who::You, "Nothing has to be done.")
        }
        Class::Later => unknown(
            "The server put it off without a reason that is known here.",
            Who::Wait,
            "Try again in a few minutes.",
        ),
        Class::No => unknown(
            "The server refused it for a reason that is not known here; its own words are all there is.",
            Who::You,
            "Read the reply; if it names a page or a number, look that up.",
        ),
        Class::GoOn => unknown(
            "The server answered something that does not fit here.",
            Who::Administrator,
            "Check that this is a mail submission server, and the right port.",
        ),
    }
}

fn nothing_known() -> Explanation {
    unknown(
        "Nothing in this text is known here as a reply or an error of sending mail.",
        Who::You,
        "Paste the line with the server's reply (it begins with a number such as 550 5.7.1), or the whole bounce.",
    )
}

fn unknown_outcome() -> Explanation {
    Explanation {
        cause: Cause::ConnectionLost.as_str(),
        says: "The message had left when the line went silent: the server may have taken it, or not.".into(),
        who: Who::You,
        todo: "Look in Sent Items (Exchange Online keeps a copy there) or ask a recipient before you send it again.",
        is_confirmed: true,
    }
}

/// What a failure means that no reply announced. Of TLS, the detail may tell more than the kind does.
pub fn failure(failure: &Failure) -> Explanation {
    if failure.trouble == Trouble::Tls {
        let text = Text::read(&failure.detail);
        let tables =
            [tls::versions::ROWS, tls::handshakes::EARLY, tls::certificates::ROWS, tls::handshakes::ROWS];
        if let Some(row) = tables.into_iter().flatten().find(|row| row.fits(None, &text, &[])) {
            return row.explanation();
        }
    }
    let known = failures::of(failure.trouble).explanation();
    // Whoever asked for it was told what it means.
    let told = failure.trouble == Trouble::NoToken && !failure.detail.is_empty();
    if told { Explanation { says: failure.detail.clone(), ..known } } else { known }
}
