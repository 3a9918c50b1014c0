//! Answers that no client expects: first for whatever is asked, then only where tokens are.

use super::Deed::Odd;
use super::Oddity::{Busy, Drip, Empty, Gzip, Html, Huge, NulInside, Redirect, Reset, Silence, Torn};
use super::Place::{Throughout, Token};
use super::{SignInScenario, row};

#[rustfmt::skip]
pub(super) const TABLE: &[SignInScenario] = &[
    row("html", Throughout, Odd(Html), "A page for people comes, with status 200."),
    row("empty", Throughout, Odd(Empty), "The answer is empty, with status 200."),
    row("torn", Throughout, Odd(Torn), "The JSON breaks off."),
    row("nul", Throughout, Odd(NulInside), "There is a NUL in the JSON."),
    row("huge", Throughout, Odd(Huge), "The answer is 50 MB long."),
    row("gzip", Throughout, Odd(Gzip), "The answer is compressed, though nobody asked for that."),
    row("redirect", Throughout, Odd(Redirect), "The answer sends the client to another host."),
    row("too-many-requests", Throughout, Odd(Busy(429, "7")), "There were too many requests: again in 7 seconds."),
    row("unavailable", Throughout, Odd(Busy(503, "7")), "The service is not there: again in 7 seconds."),
    row("unavailable-for-long", Throughout, Odd(Busy(503, "Fri, 31 Dec 9999 23:59:59 GMT")),
        "The service is not there, and will be in thousands of years."),
    row("silence", Throughout, Odd(Silence), "The request is read and never answered."),
    row("drip", Throughout, Odd(Drip), "The answer comes at an octet a second."),
    row("reset", Throughout, Odd(Reset), "The connection is reset instead of an answer."),
    row("token-html", Token, Odd(Html), "Where tokens are asked for, a page for people comes."),
    row("token-empty-answer", Token, Odd(Empty), "Where tokens are asked for, the answer is empty."),
    row("token-torn", Token, Odd(Torn), "Where tokens are asked for, the JSON breaks off."),
    row("token-nul", Token, Odd(NulInside), "Where tokens are asked for, there is a NUL in the JSON."),
    row("token-huge", Token, Odd(Huge), "Where tokens are asked for, the answer is 50 MB long."),
    row("token-gzip", Token, Odd(Gzip), "Where tokens are asked for, the answer is compressed."),
    row("token-redirect", Token, Odd(Redirect), "Where tokens are asked for, the client is sent to another host."),
    row("token-too-many-requests", Token, Odd(Busy(429, "7")), "Where tokens are asked for, there were too many requests."),
    row("token-unavailable", Token, Odd(Busy(503, "7")), "Where tokens are asked for, the service is not there."),
    row("token-silence", Token, Odd(Silence), "Where tokens are asked for, nothing is ever answered."),
    row("token-drip", Token, Odd(Drip), "Where tokens are asked for, an octet a second comes."),
    row("token-reset", Token, Odd(Reset), "Where tokens are asked for, the connection is reset."),
];
