//! What the server offers, and what each of it means.

use crate::app::log::Session;
use crate::mail::capability::Capability;

use super::facts::{Fact, Facts};

/// `None` before the server has said anything.
pub(in crate::app) fn sheet(session: &Session) -> Option<Facts> {
    let offered = &session.record.offered;
    if offered.is_empty() {
        return None;
    }
    let mut facts = Vec::new();
    for line in offered {
        let offer = Capability::read(line);
        let parameters = offer.readable();
        let gap = if parameters.is_empty() { "" } else { "  " };
        facts.push(Fact::Heading(format!("{}{gap}{parameters}", offer.keyword)));
        facts.push(match offer.meaning {
            // The source stays in one piece.
            Some(meaning) => {
                Fact::Prose(format!("{} ({})", meaning.says, meaning.source.replace(' ', "\u{a0}")))
            }
            None => Fact::Dim("An extension of this server's own, or one that is not known here.".to_owned()),
        });
    }
    Some(Facts::new("What the server offers", facts))
}
