//! Finds the words and the reply codes in text as people paste it: log lines, tracebacks, JSON, quoted and wrapped mail.

mod codes;
mod dialogue;
mod errors;
mod words;

use std::borrow::Cow;
use std::ops::Range;

pub(super) use codes::Found;
use codes::codes;
use errors::errors;
pub(super) use words::Words;

/// What was found in a text.
pub(super) struct Text {
    /// Lower case, one line, single spaces, without reply codes and quoting.
    pub(super) words: Words,
    /// Refusals, in the order in which they stand.
    pub(super) found: Vec<Found>,
    /// The numbers behind `AADSTS`.
    pub(super) aadsts: Vec<u32>,
    /// The numbers of the system's own errors, without a sign: `110`, `10060`, `4039`.
    pub(super) errors: Vec<u32>,
    /// The command that the first refusal answers, where the text shows the dialogue: `helo`, `auth`, `mail`, `rcpt`, `data`.
    pub(super) asked: Option<&'static str>,
    /// Did a server refuse something, with a code or by what the program calls it?
    pub(super) is_refusal: bool,
}

/// What programs print before a server's answer whose code they leave out.
const ANSWERS: &[&str] = &[
    "smtpcommandexception",
    "smtpsendfailedexception",
    "smtpaddressfailedexception",
    "smtpsenderfailedexception",
    "smtpfailedrecipient",
    "smtpresponseexception",
    "smtpfatalerror",
    "smtpserverbusy",
    "smtpsenderrefused: ",
    "smtprecipientsrefused: ",
    "smtpdataerror: ",
    "server response was:",
    "server responded:",
    "server response:",
    "server said:",
    "server replied:",
    "server message:",
    "server error:",
    "host said:",
    "] said:",
    "smtp error from remote",
    "in reply to ",
    "rejected rcpt",
];

/// As much as one reply may hold, before and behind its code.
const BEFORE: usize = 300;
const BEHIND: usize = 900;

/// As much as is read of each end of a long text, in bytes.
const END: usize = 32 * 1024;

impl Text {
    pub(super) fn read(raw: &str) -> Self {
        Self::of(&plain(raw))
    }

    fn of(plain: &str) -> Self {
        let (found, spans, first) = codes(plain);
        let asked = first.and_then(|at| dialogue::asked(&plain[..at]));
        let is_refusal = !found.is_empty() || ANSWERS.iter().any(|mark| plain.contains(mark));
        Self {
            words: Words::new(words(plain, &spans)),
            found,
            aadsts: aadsts(plain),
            errors: errors(plain),
            asked,
            is_refusal,
        }
    }

    /// First the refusal by itself, then what stands around it, then the whole: other lines and words only distract.
    pub(super) fn parts(raw: &str) -> Vec<Self> {
        let plain = plain(&ends(raw));
        let (found, _, first) = codes(&plain);
        let is_reply = found.first().is_some_and(|found| found.code.is_some());
        let reply = first.filter(|_| is_reply).map(|at| {
            let to = plain.floor_char_boundary(at.saturating_add(BEHIND).min(plain.len()));
            &plain[at..to]
        });
        let part = first.map(|at| {
            let from = plain.floor_char_boundary(at.saturating_sub(BEFORE));
            let from = plain[from..at].rfind('\n').map_or(from, |line| from + line + 1);
            let to = plain.floor_char_boundary(at.saturating_add(BEHIND).min(plain.len()));
            &plain[from..to]
        });
        let said = SERVER_SAID.iter().find_map(|mark| plain.split_once(mark)).map(|(_, said)| said);
        let said = said.filter(|said| !said.trim().is_empty());
        let shorter = [said, reply, part].into_iter().flatten().filter(|part| part.len() < plain.len());
        let mut parts = shorter.chain([plain.as_str()]).map(Self::of).collect::<Vec<_>>();
        // The part with the refusal begins behind the command that it answers.
        let asked = parts.last().and_then(|whole| whole.asked);
        for part in &mut parts {
            part.asked = asked;
        }
        parts
    }
}

/// Of a whole log file the beginning and the end: what went wrong stands in one of them.
fn ends(raw: &str) -> Cow<'_, str> {
    if raw.len() <= 2 * END {
        return Cow::Borrowed(raw);
    }
    let (head, tail) = (raw.floor_char_boundary(END), raw.ceil_char_boundary(raw.len() - END));
    Cow::Owned(format!("{}\n{}", &raw[..head], &raw[tail..]))
}

/// Lower case, without the escapes and quotes of whatever wrapped it; lines stay lines.
fn plain(raw: &str) -> String {
    let mut text = unescape(raw).to_lowercase();
    for (entity, c) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")]
    {
        if text.contains(entity) {
            text = text.replace(entity, c);
        }
    }
    // Quoted-printable: a soft line break, a space, an equals sign.
    for (coded, c) in [("=\r\n", ""), ("=\n", ""), ("=20", " "), ("=3d", "=")] {
        if text.contains(coded) {
            text = text.replace(coded, c);
        }
    }
    let lines = text.lines().map(|line| line.trim_start_matches(|c: char| c == '>' || c.is_whitespace()));
    let lines = lines.collect::<Vec<_>>();
    let telling = lines
        .iter()
        .copied()
        .filter(|line| !is_yes(line) && !is_frame(line) && !is_goodbye(line))
        .collect::<Vec<_>>();
    // Where nothing else is said, it is what was pasted.
    if telling.iter().all(|line| line.is_empty()) { lines.join("\n") } else { telling.join("\n") }
}

/// A line of a dialogue in which the server agrees: `S: 250-AUTH LOGIN XOAUTH2`, `<< 221 2.0.0 closing connection`.
fn is_yes(line: &str) -> bool {
    const MARKS: [&str; 8] = ["s: ", "< ", "<- ", "<<< ", "<** ", "<~ ", "server -> client: ", "server: "];
    let said = MARKS.iter().find_map(|mark| line.split_once(mark)).map_or(line, |(_, said)| said);
    let mut digits = said.bytes();
    matches!(
        (digits.next(), digits.next(), digits.next(), digits.next()),
        (Some(b'2'), Some(b'1' | b'2' | b'3' | b'5'), Some(b'0'..=b'5'), Some(b'-' | b' '))
    )
}

/// A line in which the program ends the session by itself.
fn is_goodbye(line: &str) -> bool {
    const GOODBYES: [&str; 4] =
        ["connection: closed", "closing connection 0", "closing connection #0", "quit"];
    GOODBYES.iter().any(|goodbye| {
        line.strip_suffix(goodbye).is_some_and(|before| !before.ends_with(char::is_alphanumeric))
    })
}

/// A line of a stack trace: its names are of the program, not of what happened.
fn is_frame(line: &str) -> bool {
    (line.starts_with("at ") && line.ends_with(')') && line.contains('('))
        || (line.starts_with("file \"") && line.contains(", line "))
        || line.contains(".rb:") && line.contains(":in ")
}

/// Undoes `\n`, `\"`, `\u2019` and the like, typographic quotes, and the marks of Markdown.
fn unescape(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\\' => {
                while rest.next_if_eq(&'\\').is_some() {}
                match rest.next_if(|c| matches!(c, 'n' | 'r' | 't')) {
                    Some('t') => text.push(' '),
                    Some(_) => text.push('\n'),
                    None => text.push_str(if rest.peek().is_some_and(char::is_ascii_punctuation) {
                        ""
                    } else {
                        " "
                    }),
                }
            }
            '\u{21b5}' | '\u{23ce}' | '\u{2028}' => text.push('\n'),
            '\u{2018}' | '\u{2019}' => text.push('\''),
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}' => text.push('"'),
            '\u{a0}' | '\u{200b}' => text.push(' '),
            '\u{2010}' | '\u{2011}' | '\u{2013}' => text.push('-'),
            '`' | '*' => {}
            c => text.push(c),
        }
    }
    text
}

/// .NET puts the name of the reply code before what the server said, as in "Mailbox unavailable. The server response was: ...".
const SERVER_SAID: &[&str] = &[
    "server response was:",
    "serverantwort war:",
    "réponse du serveur était :",
    "réponse du serveur était:",
    "respuesta del servidor fue:",
    "risposta del server:",
    "resposta do servidor foi:",
    "服务器响应为:",
    "服务器响应为：",
    "伺服器回應為:",
    "サーバー応答:",
    "ответ сервера:",
    "odpowiedź serwera:",
    "antwoord van de server:",
];

/// The text between the codes, on one line.
fn words(plain: &str, spans: &[Range<usize>]) -> String {
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
    });
    // Node prints the names of its timers below every error.
    let is_timer = word.contains("ontimeout") || word.starts_with("timeout.");
    is_address
        || is_host
        || is_timer
        || ["helo=", "timeout=", "relay=", "from=<", "to=<", "client="]
            .iter()
            .any(|key| word.starts_with(key))
}

/// What programs say around every reason, in the words of some reasons.
const COURTESIES: &[&str] = &[
    "a message that you sent could not be delivered to one or more of its recipients",
    "your message could not be delivered to one or more recipients",
    "wasn't able to deliver your message to the following addresses",
    "unable to deliver your message to the following addresses",
    "sorry it didn't work out",
    "i'm not going to try again; this message has been in the queue too long",
    "the following address(es) failed",
    "delivery temporarily suspended",
    "please check the message recipient",
    "please verify that your email address is correct in your account settings",
    "check your account settings",
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

/// `192.0.2.7`, `(192.0.2.7)`, `192.0.2.7:`. Signs name it `{ip}`.
fn is_ip(word: &str) -> bool {
    let word = word.trim_matches(['(', ')', ',', '.', ':', ';', '"', '\'']);
    word.contains('.') && word.parse::<std::net::Ipv4Addr>().is_ok()
}

/// What stands before the number of a sign-in error: `AADSTS50126`, `"error_codes":[50126]`, `error?code=50126`.
const BEFORE_AADSTS: &[&str] = &[
    "aadsts",
    "error code:",
    "error_codes\":",
    "error?code=",
    "errorno\":",
    "errorcode\":",
    "temporarily_unavailable:",
    "server_error:",
    "access_denied:",
    "interaction_required:",
    "unauthorized_client:",
    "invalid_client:",
    "invalid_grant:",
    "invalid_request:",
];

fn aadsts(plain: &str) -> Vec<u32> {
    let starts =
        BEFORE_AADSTS.iter().flat_map(|mark| plain.match_indices(mark).map(|(at, mark)| at + mark.len()));
    let mut numbers = starts.filter_map(|start| leading_number(&plain[start..])).collect::<Vec<_>>();
    numbers.dedup();
    numbers
}

fn leading_number(text: &str) -> Option<u32> {
    let text = text.trim_start_matches([' ', '\n', '[', ':', '"']);
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text[..end.min(9)].parse().ok().filter(|number| *number > 9_999)
}
