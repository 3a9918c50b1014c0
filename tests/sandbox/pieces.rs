//! Octets as they come: chopped, hurried, too many, or against the rules.

use sendoff::sandbox::{Place, Scenario, Step, TARPIT, Violation};

use super::{SUBMISSION, session, under_tls};

#[test]
fn a_silent_client_is_let_go() {
    let steps = session(Scenario::Accepts).timed_out();
    assert_eq!(steps, [Step::Send(b"421 4.4.1 Connection timed out\r\n".to_vec()), Step::Close]);
}

/// All that a client says under TLS, in one piece.
const FLIGHT: &[u8] = b"EHLO [127.0.0.1]\r\nAUTH LOGIN\r\nYW5hQGNvbnRvc28uY29t\r\nc2FuZGJveA==\r\n\
    MAIL FROM:<ana@contoso.com>\r\nRCPT TO:<bob@fabrikam.com>\r\nDATA\r\n..\r\n\r\n.\r\nSING\r\n\
    MAIL FROM:<ana@contoso.com>\r\nRCPT TO:<bob@fabrikam.com>\r\nBDAT 4\r\n\r\n.\rBDAT 4 LAST\r\nQUIT\
    RSET\r\nQUIT\r\n";

#[test]
fn the_replies_do_not_depend_on_where_the_octets_are_chopped() {
    let (whole, _) = under_tls(&[FLIGHT]);
    assert_eq!(whole.iter().filter(|step| matches!(step, Step::Accepted(_))).count(), 2);
    assert_eq!(whole.last(), Some(&Step::Close));

    for cut in 0..FLIGHT.len() {
        let (head, tail) = FLIGHT.split_at(cut);
        assert_eq!(under_tls(&[head, tail]).0, whole, "cut at {cut}");
    }
    let single: Vec<_> = FLIGHT.chunks(1).collect();
    assert_eq!(under_tls(&single).0, whole);
}

#[test]
fn what_the_client_may_not_do_is_noted_once() {
    use Place::{Command, Message};
    use Violation::{BareCarriageReturn, BareLineFeed, Hurried, LongLine};

    let talks: [(&[&[u8]], &[Violation]); 6] = [
        (&[b"NOOP\r\n", b"RSET\r\nMAIL FROM:<a@b>\r\nRCPT TO:<a@b>\r\nDATA\r\n"], &[]),
        (&[b"NOOP\n", b"NOOP\n"], &[BareLineFeed(Command)]),
        (&[b"NO\rOP\r\n"], &[BareCarriageReturn(Command)]),
        (&[b"EHLO x\r\nNOOP\r\n", b"NOOP\r\nQUIT\r\n"], &[Hurried("EHLO"), Hurried("NOOP")]),
        (&[b"EHLO x\r\n", b"AUTH LOGIN YQ==\r\nYQ==\r\n"], &[Hurried("AUTH")]),
        (&[b"EHLO x\r\n", b"AUTH LOGIN\r\n", b"YQ==\r\nYQ==\r\n"], &[Hurried("AUTH")]),
    ];
    for (pieces, expected) in talks {
        let (_, session) = under_tls(pieces);
        assert_eq!(session.violations(), expected, "{}", pieces.concat().escape_ascii());
    }

    let long = [&[b'a'; 999][..], b"\r\n.\r\n"].concat();
    let messages: [(&[u8], &[Violation]); 4] = [
        (b"a\r\n.\r\nMAIL FROM:<>\r\nRSET\r\n", &[]),
        (b"a\nb\rc\r\n.\r\n", &[BareLineFeed(Message), BareCarriageReturn(Message)]),
        (&long[1..], &[]),
        (&long, &[LongLine]),
    ];
    for (message, expected) in messages {
        let (steps, session) = under_tls(&[&SUBMISSION[..], &[b"DATA\r\n", message]].concat());
        assert!(steps.iter().any(|step| matches!(step, Step::Accepted(_))));
        assert_eq!(session.violations(), expected, "{}", message.escape_ascii());
    }

    let (_, session) = under_tls(&[&SUBMISSION[..], &[b"DATA\r\na\r\n.\r\n"]].concat());
    assert_eq!(session.violations(), [Hurried("DATA")]);
}

#[test]
fn what_comes_in_clear_behind_starttls_is_noted_and_not_obeyed() {
    let mut session = session(Scenario::Accepts);
    let steps = session.receive(b"EHLO [127.0.0.1]\r\n");
    assert_eq!(steps.len(), 1);

    let steps = session.receive(b"STARTTLS\r\nRSET\r\n");

    assert_eq!(steps, [Step::Send(b"220 2.0.0 SMTP server ready\r\n".to_vec()), Step::StartTls]);
    assert_eq!(session.violations(), [Violation::ClearAfterStartTls]);
}

#[test]
fn a_line_without_end_closes_the_session() {
    let mut session = session(Scenario::Accepts);
    let too_long = [Step::Wait(TARPIT), Step::Send(b"500 5.5.2 Line too long\r\n".to_vec()), Step::Close];

    assert_eq!(session.receive(&[b'a'; 8192]), []);
    assert_eq!(session.receive(b"a"), too_long);
    assert_eq!(session.receive(b"NOOP\r\n"), []);
}

#[test]
fn a_message_over_the_size_is_read_to_its_dot_and_refused() {
    let (_, mut session) = under_tls(&SUBMISSION);
    session.receive(b"DATA\r\n");
    let mebibyte = [&[b'a'; 62][..], b"\r\n"].concat().repeat(1 << 14);
    for _ in 0..150 {
        assert_eq!(session.receive(&mebibyte), []);
    }

    let refused = session.receive(b"\r\n.\r\n");

    let too_large = b"552 5.3.4 Message size exceeds fixed maximum message size\r\n".to_vec();
    assert_eq!(refused, [Step::Wait(TARPIT), Step::Send(too_large)]);
    assert_eq!(session.receive(b"NOOP\r\n"), [Step::Send(b"250 2.0.0 OK\r\n".to_vec())]);
}
