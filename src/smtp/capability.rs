//! What a server offers, from its reply to EHLO (RFC 5321 section 4.1.1.1).

use crate::mail::reply::Reply;

/// The extensions that this client makes use of. Keywords are compared without case.
#[expect(clippy::struct_excessive_bools)]
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Capabilities {
    pub starttls: bool,
    pub pipelining: bool,
    pub smtputf8: bool,
    /// 8BITMIME (RFC 6152).
    pub eight_bit: bool,
    /// RFC 3461.
    pub dsn: bool,
    /// BDAT (RFC 3030).
    pub chunking: bool,
    /// RFC 1870: `Some(0)` is offered without a limit.
    pub size: Option<u64>,
    /// SASL mechanisms, in upper case.
    pub auth: Vec<String>,
}

impl Capabilities {
    /// Reads the lines after the first, which is a greeting.
    pub fn read(reply: &Reply) -> Self {
        let mut offered = Self::default();
        for line in reply.lines().skip(1) {
            // Some old servers write AUTH=LOGIN.
            let line = line.to_ascii_uppercase().replacen("AUTH=", "AUTH ", 1);
            let mut words = line.split_ascii_whitespace();
            match words.next() {
                Some("STARTTLS") => offered.starttls = true,
                Some("PIPELINING") => offered.pipelining = true,
                Some("SMTPUTF8") => offered.smtputf8 = true,
                Some("8BITMIME") => offered.eight_bit = true,
                Some("DSN") => offered.dsn = true,
                Some("CHUNKING") => offered.chunking = true,
                Some("SIZE") => offered.size = Some(words.next().and_then(|n| n.parse().ok()).unwrap_or(0)),
                Some("AUTH") => {
                    for mechanism in words {
                        if !offered.auth.iter().any(|known| known == mechanism) {
                            offered.auth.push(mechanism.to_owned());
                        }
                    }
                }
                _ => {}
            }
        }
        offered
    }

    pub fn offers(&self, mechanism: &str) -> bool {
        self.auth.iter().any(|offered| offered == mechanism)
    }
}
