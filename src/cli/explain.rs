//! `sendoff explain`: what a reply, an error or a bounce means, in plain words.

use std::io::{self, IsTerminal as _, Read as _};
use std::path::Path;

use clap::Args;
use serde::Serialize;

use crate::mail::explain::{self, Bounced, Cause, Explanation};
use crate::mail::text::Shown;
use crate::store::{self, StoreError};

use super::{Exit, output, say};

/// As much as is read, in bytes; a bounce that brings its message along may be longer.
const MOST: u64 = 16 * 1024 * 1024;

#[derive(Debug, Args)]
pub struct Explain {
    /// Any text (a reply, a log line, a traceback), or the name of a file, such as a saved bounce; else standard input
    #[arg(allow_hyphen_values = true, value_name = "TEXT|FILE")]
    text: Vec<String>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// `explain --json`.
#[derive(Serialize)]
struct Explained {
    cause: &'static str,
    says: String,
    who: &'static str,
    #[serde(rename = "do")]
    todo: &'static str,
    confirmed: bool,
    /// Of a bounce alone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    recipients: Vec<ExplainedRecipient>,
}

#[derive(Serialize)]
struct ExplainedRecipient {
    recipient: String,
    action: String,
    status: String,
    text: String,
    #[serde(flatten)]
    explained: Explained,
}

pub(super) fn run(arguments: &Explain) -> Exit {
    let text = match text(arguments) {
        Ok(text) if !text.trim().is_empty() => text,
        Ok(_) => {
            say::complain(
                "there is nothing to explain: give a reply or an error, or put a bounce on standard input",
            );
            return Exit::Data;
        }
        Err(Unread::Input(why)) => {
            say::complain(format_args!("standard input cannot be read: {why}"));
            return Exit::Data;
        }
        Err(Unread::File(why)) => {
            say::complain(why);
            return Exit::NoInput;
        }
    };
    let explanation = explain::text(&text);
    let bounces = explain::bounces(&text);
    if arguments.json {
        let recipients = bounces.into_iter().map(ExplainedRecipient::of).collect();
        output::print(&Explained { recipients, ..Explained::of(&explanation) });
    } else if bounces.is_empty() {
        print(&explanation);
    } else {
        bounces.iter().for_each(print_recipient);
    }
    Exit::Ok
}

/// Where no text came from.
enum Unread {
    Input(io::Error),
    File(StoreError),
}

fn text(arguments: &Explain) -> Result<String, Unread> {
    if let [name] = arguments.text.as_slice()
        && let Some(bytes) = file(name)
    {
        return Ok(lossy(&bytes.map_err(Unread::File)?));
    }
    if !arguments.text.is_empty() {
        let mut text = arguments.text.join(" ");
        text.truncate(text.floor_char_boundary(usize::try_from(MOST).unwrap_or(usize::MAX)));
        return Ok(text);
    }
    let input = io::stdin();
    if input.is_terminal() {
        say::complain("paste the text, then end it with Ctrl-D on a line of its own");
    }
    let mut bytes = Vec::new();
    input.take(MOST).read_to_end(&mut bytes).map_err(Unread::Input)?;
    if bytes.len() as u64 == MOST {
        say::complain("that is longer than 16 MiB; what comes after was not read");
    }
    Ok(lossy(&bytes))
}

/// A log may be in any encoding; what matters in it is ASCII.
fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The beginning of the file of that name. No refusal is called like a file that is there, and none is one word that ends in
/// `.eml`.
fn file(name: &str) -> Option<Result<Vec<u8>, StoreError>> {
    let path = Path::new(name);
    let is_word = !name.contains(char::is_whitespace);
    let is_saved_mail = is_word && path.extension().is_some_and(|end| end.eq_ignore_ascii_case("eml"));
    (is_saved_mail || store::is_file(path)).then(|| store::read_beginning(path, MOST))
}

fn print(explanation: &Explanation) {
    let is_sure = explanation.is_confirmed || explanation.cause == Cause::Unknown.as_str();
    say::out(format_args!(
        "{}\nWho can change it: {}.\n{}\nCause: {}{}",
        Shown::new(&explanation.says),
        explanation.who.as_str(),
        explanation.todo,
        explanation.cause,
        if is_sure { "" } else { " (likely: this text is not known word for word)" }
    ));
}

fn print_recipient(bounced: &Bounced) {
    say::out(format_args!(
        "{} ({} {}): {}",
        bounced.recipient, bounced.action, bounced.status, bounced.diagnostic
    ));
    print(&bounced.explanation);
}

impl Explained {
    fn of(explanation: &Explanation) -> Self {
        Self {
            cause: explanation.cause,
            says: Shown::new(&explanation.says).into(),
            who: explanation.who.as_str(),
            todo: explanation.todo,
            confirmed: explanation.is_confirmed,
            recipients: Vec::new(),
        }
    }
}

impl ExplainedRecipient {
    fn of(bounced: Bounced) -> Self {
        Self {
            recipient: bounced.recipient.into(),
            action: bounced.action.into(),
            status: bounced.status.into(),
            text: bounced.diagnostic.into(),
            explained: Explained::of(&bounced.explanation),
        }
    }
}
