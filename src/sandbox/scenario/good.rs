//! Days on which the message is taken.

use super::{Deed, Point, Scenario};

pub(super) const ACCEPTS: Scenario = Scenario {
    name: "accepts",
    number: None,
    at: Point::Throughout,
    deed: Deed::Serve,
    says: "Every message is accepted, up to three sessions at a time and thirty messages a minute.",
};

pub(super) const TABLE: &[Scenario] = &[
    ACCEPTS,
    Scenario {
        name: "message-id-kept",
        number: None,
        at: Point::Dot,
        deed: Deed::EchoMessageId,
        says: "Every message is accepted, and the answer names its own Message-ID instead of a new one.",
    },
    Scenario {
        name: "slow",
        number: None,
        at: Point::Throughout,
        deed: Deed::Dawdle,
        says: "Everything works, slowly: late answers, and an upload of 400 kB a second.",
    },
];
