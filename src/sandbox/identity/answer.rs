//! An answer as it goes out, and how: at once, or as nobody should.

use std::fmt::Write as _;

use serde_json::Value;

/// What is sent back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
    pub manner: Manner,
}

/// How it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    Whole,
    /// With so many spaces behind it, which JSON allows.
    Padded(usize),
    /// An octet a second.
    Dripping,
    /// Not at all, and the connection stays.
    Silent,
    /// Not at all, and the connection is reset.
    Reset,
}

impl Answer {
    pub(super) fn new(status: u16, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("Content-Type", kind.to_owned()), ("Cache-Control", "no-store".to_owned())];
        Self { status, headers, body: body.into(), manner: Manner::Whole }
    }

    /// A status and nothing else.
    pub(super) fn bare(status: u16) -> Self {
        Self::new(status, "text/plain", Vec::new())
    }

    pub(super) fn json(status: u16, value: &Value) -> Self {
        Self::new(status, "application/json; charset=utf-8", value.to_string())
    }

    pub(super) fn html(status: u16, page: impl Into<Vec<u8>>) -> Self {
        // Nothing may run in it, and nobody may frame it: a page that asks for consent.
        Self::new(status, "text/html; charset=utf-8", page).with(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        )
    }

    /// Sends the browser elsewhere.
    pub(super) fn redirect(to: impl Into<String>) -> Self {
        Self::bare(302).with("Location", to)
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// All but the padding, as octets.
    pub(super) fn octets(&self) -> Vec<u8> {
        let padding = if let Manner::Padded(spaces) = self.manner { spaces } else { 0 };
        let mut head = format!("HTTP/1.1 {} {}\r\n", self.status, phrase(self.status));
        for (name, value) in &self.headers {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        let length = self.body.len() + padding;
        let _ = write!(head, "Content-Length: {length}\r\nConnection: close\r\n\r\n");
        [head.as_bytes(), &self.body].concat()
    }
}

fn phrase(status: u16) -> &'static str {
    match status {
        200 => "OK",
        302 => "Found",
        307 => "Temporary Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        411 => "Length Required",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        501 => "Not Implemented",
        503 => "Service Unavailable",
        _ => "Unknown",
    }
}
