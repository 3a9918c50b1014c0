//! The sandbox, from outside: its words, its scenarios, its care with octets, and the server on loopback.

use sendoff::sandbox::{Facts, Scenario, Session, Step};

mod client;
mod dialogues;
mod identity;
mod limits;
mod list;
mod pieces;
mod replies;
mod scenarios;
mod server;
mod switch;
mod violations;

fn facts() -> Facts {
    Facts {
        front_end: "PN4P287CA0064".to_owned(),
        back_end: "PN4P287MB0456".to_owned(),
        forest: "INDP287".to_owned(),
        session_id: "08DD84B323498C1A".to_owned(),
        client: "203.0.113.7".to_owned(),
        greeting_time: "Sat, 26 Apr 2025 18:08:13 +0000".to_owned(),
        trace_time: "2025-04-26T18:08:13.781Z".to_owned(),
    }
}

fn named(name: &str) -> Scenario {
    name.parse().expect("the scenario is in the table")
}

fn session(scenario: Scenario) -> Session {
    Session::new(scenario.into(), facts())
}

/// Plays these pieces from the handshake on.
fn under_tls(pieces: &[&[u8]]) -> (Vec<Step>, Session) {
    let mut session = session(Scenario::ACCEPTS);
    session.receive(b"EHLO [127.0.0.1]\r\n");
    session.receive(b"STARTTLS\r\n");
    session.tls_started();
    let steps = pieces.iter().flat_map(|piece| session.receive(piece)).collect();
    (steps, session)
}

/// All before DATA, in pieces as large as may be.
const SUBMISSION: [&[u8]; 4] = [
    b"EHLO [127.0.0.1]\r\n",
    b"AUTH LOGIN YW5hQGNvbnRvc28uY29t\r\n",
    b"b3Blbi1zZXNhbWU=\r\n",
    b"MAIL FROM:<ana@contoso.com>\r\nRCPT TO:<bob@fabrikam.com>\r\n",
];
