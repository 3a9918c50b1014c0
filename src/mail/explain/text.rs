//! Finds the words and the reply codes in text as people paste it: log lines, tracebacks, JSON, quoted and wrapped mail.

mod codes;
mod dialogue;
mod errors;
mod escapes;
mod paste;
mod telling;
mod words;

pub(super) use codes::Found;
use codes::codes;
use errors::errors;
use paste::{ends, names, plain};
use telling::telling;
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
    "n't delivered",
    "not delivered",
    "n't be delivered",
    "not be delivered",
    "rejected by the server",
    "undeliverable",
    "message not sent",
    "message was not sent",
    "message blocked",
    "delivery failed",
    "delivery has failed",
];

/// As much as one reply may hold, before and behind its code.
const BEFORE: usize = 300;
const BEHIND: usize = 900;

impl Text {
    pub(super) fn read(raw: &str) -> Self {
        Self::of(&plain(raw))
    }

    /// Only what the names of constants in a text say.
    pub(super) fn of_names(raw: &str) -> Self {
        Self::of(&names(&ends(raw)))
    }

    fn of(plain: &str) -> Self {
        let (found, spans, first) = codes(plain);
        let asked = first.and_then(|at| dialogue::asked(&plain[..at]));
        let is_refusal = !found.is_empty() || {
            let unbroken = unbroken(plain);
            ANSWERS.iter().any(|mark| unbroken.contains(mark))
        };
        Self {
            words: Words::new(telling(plain, &spans)),
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
        let unbroken = unbroken(&plain);
        let said =
            SERVER_SAID.iter().find_map(|mark| unbroken.find(mark).map(|at| &plain[at + mark.len()..]));
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

/// Where a narrow window broke a line, a mark goes on in the next.
fn unbroken(plain: &str) -> String {
    plain.replace('\n', " ")
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
