//! What a mailbox may do at a time, counted over its sessions: three of them, and thirty messages a minute.

use std::time::Duration;

use sendoff::sandbox::{Mailbox, Scenario, Script, Session, Step, USER};

use super::server::{ask, connect, run};
use super::{SUBMISSION, facts};

const ACCEPTED: &str = "250 2.0.0 OK";
const CROWDED: &str = "432 4.3.2 Concurrent connections limit exceeded.";
const HASTY: &str = "421 4.4.2 Message submission rate for this client has exceeded the configured limit";

/// A session of Ana's, signed in.
fn signed_in(mailbox: &Mailbox) -> Session {
    let script = Script { mailboxes: vec![mailbox.clone()], ..Scenario::ACCEPTS.into() };
    let mut session = Session::new(script, facts());
    session.receive(b"EHLO [127.0.0.1]\r\n");
    session.receive(b"STARTTLS\r\n");
    session.tls_started();
    for piece in &SUBMISSION[..3] {
        session.receive(piece);
    }
    session
}

/// Sends a message; returns the answer to its dot, and whether the server closed.
fn send(session: &mut Session) -> (String, bool) {
    session.receive(SUBMISSION[3]);
    session.receive(b"DATA\r\n");
    let steps = session.receive(b".\r\n");
    let reply = steps.iter().find_map(|step| match step {
        Step::Send(reply) => Some(String::from_utf8(reply.clone()).unwrap()),
        _ => None,
    });
    (reply.unwrap(), steps.last() == Some(&Step::Close))
}

#[test]
fn a_fourth_session_is_deferred_after_its_dot_until_one_of_the_three_ends() {
    let ana = Mailbox::new(USER);
    let mut sessions: Vec<_> = (0..4).map(|_| signed_in(&ana)).collect();
    for session in &mut sessions[..3] {
        assert!(send(session).0.starts_with(ACCEPTED));
    }
    let mut fourth = sessions.pop().unwrap();

    let (reply, closes) = send(&mut fourth);
    assert!(reply.starts_with(CROWDED) && !closes, "{reply}");

    sessions.pop();
    assert!(send(&mut fourth).0.starts_with(ACCEPTED));
}

#[test]
fn the_thirty_first_message_of_a_minute_ends_the_session() {
    let ana = Mailbox::new(USER);
    let (mut first, mut second) = (signed_in(&ana), signed_in(&ana));
    for _ in 0..15 {
        assert!(send(&mut first).0.starts_with(ACCEPTED));
        assert!(send(&mut second).0.starts_with(ACCEPTED));
    }

    let (reply, closes) = send(&mut second);

    assert!(reply.starts_with(HASTY) && closes, "{reply}");
}

#[tokio::test]
async fn a_minute_later_there_is_room_again() {
    let running = run(Scenario::ACCEPTS).await;
    let mut stream = connect(&running).await;
    for words in SUBMISSION[..3].iter().map(|words| str::from_utf8(words).unwrap()) {
        ask(&mut stream, words).await;
    }
    let mut replies = Vec::new();
    for nth in 0..31 {
        if nth == 30 {
            tokio::time::pause();
            tokio::time::advance(Duration::from_mins(1)).await;
            tokio::time::resume();
        }
        for words in ["MAIL FROM:<ana@contoso.com>\r\n", "RCPT TO:<bob@fabrikam.com>\r\n", "DATA\r\n"] {
            ask(&mut stream, words).await;
        }
        replies.push(ask(&mut stream, ".\r\n").await);
    }
    for reply in replies {
        assert!(reply.starts_with(ACCEPTED), "{reply}");
    }
}
