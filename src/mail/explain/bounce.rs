//! Reads a bounce: the fields of a delivery status notification (RFC 3464), one block a recipient.

mod part;

use super::{Cause, Explanation, plain, said};
use crate::mail::text::Shown;

/// What became of one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounced {
    /// As the bounce names it.
    pub recipient: Shown,
    /// `failed`, `delayed`, ...
    pub action: Shown,
    /// An enhanced code, such as `5.1.1`.
    pub status: Shown,
    /// What the server said to whoever tried to deliver it.
    pub diagnostic: Shown,
    pub explanation: Explanation,
}

/// More recipients than anyone reads.
const MOST: usize = 1_000;

/// The recipients that a bounce says were not reached. None: this is no bounce.
pub fn bounces(text: &str) -> Vec<Bounced> {
    let mut blocks = Vec::new();
    let mut block = Block::default();
    for (name, value) in fields(&part::in_clear(text), NAMES) {
        // A block begins with one of the two names of the recipient; a second of the same kind begins the next.
        let is_next = match name.as_str() {
            "final-recipient" => block.recipient.is_some(),
            "original-recipient" => block.recipient.is_some() && block.original,
            _ => false,
        };
        if is_next {
            blocks.push(std::mem::take(&mut block));
        }
        block.set(&name, value);
    }
    blocks.push(block);
    blocks.into_iter().take(MOST).filter_map(Block::bounced).collect()
}

#[derive(Default)]
struct Block {
    recipient: Option<String>,
    original: bool,
    action: String,
    status: String,
    diagnostic: String,
}

impl Block {
    fn set(&mut self, name: &str, value: String) {
        match name {
            "final-recipient" => self.recipient = Some(untyped(&value)),
            "original-recipient" => {
                self.original = true;
                self.recipient.get_or_insert_with(|| untyped(&value));
            }
            "action" => self.action = value,
            "status" => self.status = value,
            "diagnostic-code" => self.diagnostic = untyped(&value),
            _ => {}
        }
    }

    fn bounced(self) -> Option<Bounced> {
        let recipient = self.recipient?;
        let is_done =
            ["delivered", "relayed", "expanded"].contains(&self.action.to_ascii_lowercase().as_str());
        if is_done || (self.status.is_empty() && self.diagnostic.is_empty()) {
            return None;
        }
        // The server's words tell more than the status, which the reporting side may have set by itself (5.0.0).
        let by_words = plain(&self.diagnostic);
        let is_known = by_words.cause != Cause::Unknown.as_str();
        let explanation = if by_words.cause == Cause::NameNotFound.as_str() {
            // The server's name was found: it looked for that of the recipient.
            said::NO_DOMAIN.explanation()
        } else if is_known {
            by_words
        } else {
            plain(&format!("{}\n{}", self.status, self.diagnostic))
        };
        Some(Bounced {
            recipient: Shown::new(&recipient),
            action: Shown::new(&self.action),
            status: Shown::new(&self.status),
            diagnostic: Shown::new(&self.diagnostic),
            explanation,
        })
    }
}

/// `rfc822; bob@fabrikam.com` without its type.
fn untyped(value: &str) -> String {
    value.split_once(';').map_or(value, |(_, rest)| rest).trim().to_owned()
}

const NAMES: &[&str] = &["final-recipient", "original-recipient", "action", "status", "diagnostic-code"];

/// The fields of these names, unfolded (RFC 5322 section 2.2.3), names in lower case.
fn fields(text: &str, names: &[&str]) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut is_open = false;
    for line in text.lines() {
        let line = line.trim_end();
        if line.starts_with([' ', '\t']) && is_open {
            if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
            continue;
        }
        let field = line.split_once(':').map(|(name, value)| (name.trim().to_ascii_lowercase(), value));
        let known = field.filter(|(name, _)| names.contains(&name.as_str()));
        is_open = known.is_some();
        if let Some((name, value)) = known {
            fields.push((name, value.trim().to_owned()));
        }
    }
    fields
}
