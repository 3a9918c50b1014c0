//! The words of a text that may tell something: without codes, names and courtesies.

use std::net::Ipv4Addr;
use std::ops::Range;

/// What programs say around every reason, in the words of some reasons.
const COURTESIES: &[&str] = &[
    "syntaxerror: unexpected token",
    "mailbox unavailable. the server response was:",
    "a message that you sent could not be delivered to one or more of its recipients",
    "your message could not be delivered to one or more recipients",
    "wasn't able to deliver your message to the following addresses",
    "unable to deliver your message to the following addresses",
    "sorry it didn't work out",
    "i'm not going to try again; this message has been in the queue too long",
    "the following address(es) failed",
    "there was a temporary problem delivering your message",
    "delivery temporarily suspended",
    "please check the message recipient",
    "please verify that your email address is correct in your account settings",
    "check your account settings",
    "smtp server error:",
    "settings and try again",
    "envelope from address not accepted by the server",
    "recipient address not accepted by the server",
    "error occurred while sending mail",
    "error occurred while sending the email",
    "error while sending mail",
    "error while sending email",
    "error sending notification email to user",
    "error sending mail",
    "error sending email",
    "failed to send mail",
    "failed to send email",
    "failed to send an email",
    "failed to send the email",
    "failed to send message",
    "failed to send the message",
    "failed to send some messages",
    "could not send mail",
    "could not send email",
    "could not send the email",
    "could not send message",
    "couldn't send email",
    "can't send mail",
    "cannot send mail",
    "unable to send mail",
    "unable to send email",
    "unable to send message",
    "problem sending the email",
];

/// Postfix counts them at the end of a session: `ehlo=2 starttls=1 auth=0/1 quit=1 commands=4/5`.
const STEPS: &[&str] = &[
    "ehlo", "helo", "starttls", "auth", "mail", "rcpt", "data", "bdat", "rset", "noop", "quit", "unknown",
    "commands",
];

/// The text between the codes, on one line.
pub(super) fn telling(plain: &str, spans: &[Range<usize>]) -> String {
    let mut kept = String::with_capacity(plain.len());
    let mut at = 0;
    for span in spans {
        kept.push_str(&plain[at..span.start]);
        kept.push(' ');
        at = span.end;
    }
    kept.push_str(&plain[at..]);
    let mut words = String::with_capacity(kept.len());
    for word in kept.split_whitespace().filter(|word| !is_name(word)) {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(if is_ip(word) { "{ip}" } else { word });
    }
    for phrase in COURTESIES.iter().filter(|phrase| words.contains(*phrase)).collect::<Vec<_>>() {
        words = words.replace(phrase, "");
    }
    words
}

/// Addresses and hosts, as `<bob@fabrikam.com>:`, `helo=<spam>`, `relay=mx.fabrikam.com[192.0.2.7]:25`: their words mean nothing.
fn is_name(word: &str) -> bool {
    // Where words are not parted by spaces, an address takes the whole sentence with it.
    let is_address = word.is_ascii()
        && word.split_once('@').is_some_and(|(_, host)| host.contains('.'))
        && !word.contains("//");
    let is_host = word.split_once('[').is_some_and(|(name, ip)| {
        (name.contains('.') && ip.contains(']')) || (name.is_empty() && ip.contains('.'))
    }) && !word.contains("//");
    // Rails names the action that failed: `users/sessions#create`.
    let is_action = word.contains('/') && word.contains('#') && word.contains('_') && !word.contains("//");
    let is_count = word.split_once('=').is_some_and(|(key, count)| {
        STEPS.contains(&key) && count.bytes().all(|b| b.is_ascii_digit() || b == b'/')
    });
    // Node prints the names of its timers below every error.
    let is_timer = word.contains("ontimeout") || word.starts_with("timeout._");
    is_address
        || is_host
        || is_timer
        || is_action
        || is_count
        || ["helo=", "timeout=", "relay=", "from=<", "to=<", "client="]
            .iter()
            .any(|key| word.starts_with(key))
}

/// `192.0.2.7`, `(192.0.2.7)`, `192.0.2.7:`, masked `xxx.xxx.xxx.xxx`. Signs name it `{ip}`.
fn is_ip(word: &str) -> bool {
    let word = word.trim_matches(['(', ')', ',', '.', ':', ';', '"', '\'']);
    let is_masked = || word.contains("x.x") && word.bytes().all(|b| matches!(b, b'x' | b'.' | b'0'..=b'9'));
    word.contains('.') && (word.parse::<Ipv4Addr>().is_ok() || is_masked())
}
