//! What the commands say. A reader that has gone away is no reason to stop: the message may be on its way. Text that comes from
//! files, links and arguments is made safe for the terminal.

use std::fmt::Display;
use std::io;

use crate::mail::text::Shown;

/// A result, to standard output.
pub(super) fn out(text: impl Display) {
    write_lines(&mut io::stdout().lock(), "", &text.to_string());
}

/// Beside the result, to standard error.
pub(super) fn err(text: impl Display) {
    write_lines(&mut io::stderr().lock(), "", &text.to_string());
}

/// What is wrong, to standard error, with our name before it.
pub(super) fn complain(text: impl Display) {
    write_lines(&mut io::stderr().lock(), "sendoff: ", &text.to_string());
}

fn write_lines(to: &mut impl io::Write, name: &str, text: &str) {
    for line in text.lines() {
        let _ = writeln!(to, "{name}{}", Shown::new(line));
    }
    let _ = to.flush();
}
