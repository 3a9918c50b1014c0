//! The note to an administrator: what failed and when, the masked lines, the setting to change, where that is written.
//!
//! A pure function over plain values; who presses which key for it is known elsewhere.

mod remedies;

use std::fmt::Write as _;

use super::{Cause, Explanation};
use crate::mail::text::Shown;
use crate::mail::transcript::Line;

/// What an administrator needs to know of an attempt.
#[derive(Debug, Clone, Copy)]
pub struct Attempt<'a> {
    /// In a few words: `sending a message`, `testing the connection`.
    pub tried: &'a str,
    /// The mailbox that the account signs in for.
    pub address: &'a str,
    /// `smtp.office365.com:587`.
    pub server: &'a str,
    /// With its time zone, as text.
    pub when: &'a str,
    /// What the server answered, or the error where nothing was answered.
    pub reply: &'a str,
    /// The dialogue, masked where it was captured.
    pub lines: &'a [Line],
}

/// As many lines of the dialogue as are worth pasting.
const LINES: usize = 14;

/// Is there something that an administrator can change?
pub fn helps(explanation: &Explanation) -> bool {
    Cause::named(explanation.cause).and_then(remedies::of).is_some()
}

/// The note as text to paste into a mail or a ticket. None: no administrator can change this cause.
pub fn note(attempt: &Attempt<'_>, explanation: &Explanation) -> Option<String> {
    let remedy = remedies::of(Cause::named(explanation.cause)?)?;
    let address = Shown::new(attempt.address);
    let mut note = format!("Sending mail as {address} does not work: {}\n\n", explanation.says);
    field(&mut note, "Tried", attempt.tried);
    field(&mut note, "When", attempt.when);
    field(&mut note, "Server", attempt.server);
    field(&mut note, "Cause", explanation.cause);
    let certainty =
        if explanation.is_confirmed { "" } else { " (the meaning of this text is likely, not confirmed)" };
    let _ = write!(note, "\nThe answer{certainty}:\n\n");
    for line in attempt.reply.lines() {
        let _ = writeln!(note, "    {}", Shown::new(line));
    }
    note.push_str("\nWhat would change it:\n\n");
    for line in remedy.steps {
        let _ = writeln!(note, "    {}", line.replace("MAILBOX", &quoted(&address)));
    }
    let _ = write!(note, "\nThis is described at\n{}\n", remedy.source);
    if !attempt.lines.is_empty() {
        note.push_str(
            "\nThe last lines of the dialogue (secrets are masked; -> is this side, <- the server, ~> and <~ the same under TLS):\n\n",
        );
    }
    for line in &attempt.lines[attempt.lines.len().saturating_sub(LINES)..] {
        let _ = writeln!(note, "    {line}");
    }
    Some(note)
}

fn field(note: &mut String, name: &str, value: &str) {
    let _ = writeln!(note, "{name:<7} {}", Shown::new(value));
}

/// As one word of PowerShell, whatever is in it: between single quotes nothing is special but the quote.
fn quoted(address: &Shown) -> String {
    // PowerShell takes typographic quotes for quotes, too.
    let is_quote = |c: char| matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}');
    let mut quoted = String::from("'");
    for c in address.as_str().chars() {
        quoted.push(c);
        if is_quote(c) {
            quoted.push(c);
        }
    }
    quoted.push('\'');
    quoted
}
