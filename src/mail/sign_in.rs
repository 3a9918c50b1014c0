//! What is told of a sign-in by OAuth 2.0 while it goes on. Never a token: only what a person needs to see.

use std::time::Duration;

use super::explain::Explanation;
use super::oauth::Way;

/// News of a sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// The code to type on another device, and where (RFC 8628).
    Code { user_code: String, uri: String, left: Duration },
    /// The authority was asked again and waits for the person.
    Waiting { left: Duration },
    /// The address to open in a browser; it ends at this port of this machine, or, without one, at an address to paste back.
    Link { url: String, port: Option<u16>, tunnel: Option<String> },
    /// What was brought is not where the browser ended, and this is why; the same address waits for it.
    NotIt { url: String, why: String },
    /// The person is in: who it was, where the sign-in was kept, and for how long.
    Done { who: String, kept: String },
    /// It did not come about.
    Failed(Blocked),
}

/// Why a sign-in did not come about, and which ways are left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocked {
    pub explanation: Explanation,
    /// The authority's own words, or what failed on the way to it.
    pub detail: String,
    /// Ways that the same reason does not block.
    pub others: Vec<Way>,
    /// The same way may well lead in next time: somebody stopped it, was somebody else, or the service had a bad moment.
    pub may_repeat: bool,
}

/// `14:05 left`, in minutes and seconds.
pub fn left(time: Duration) -> String {
    let seconds = time.as_secs();
    format!("{}:{:02} left", seconds / 60, seconds % 60)
}
