//! What a client may not do: each is noted, once, and obeyed or refused all the same.

use sendoff::sandbox::Place::{Command, Message};
use sendoff::sandbox::Violation::{self, *};
use sendoff::sandbox::{Scenario, Session, Step};

use super::{SUBMISSION, session, under_tls};

/// The violations of a client that says these pieces before TLS.
fn in_clear(pieces: &[&[u8]]) -> Session {
    let mut session = session(Scenario::ACCEPTS);
    session.greeting();
    for piece in pieces {
        session.receive(piece);
    }
    session
}

/// The violations of a client that signs in and then says these pieces, up to a message that is taken or not.
fn signed_in(pieces: &[&[u8]]) -> (Vec<Violation>, Vec<Step>) {
    let (steps, session) = under_tls(&[&SUBMISSION[..3], pieces].concat());
    (session.violations().to_vec(), steps)
}

const FLIGHT: &[u8] = b"MAIL FROM:<ana@contoso.com>\r\nRCPT TO:<bob@fabrikam.com>\r\nDATA\r\n";
const MAIL: &[u8] = b"MAIL FROM:<ana@contoso.com>\r\n";
const RCPT: &[u8] = b"RCPT TO:<bob@fabrikam.com>\r\n";

#[test]
fn a_careful_client_does_nothing_wrong() {
    let long =
        [b"MAIL FROM:<ana@contoso.com> ENVID=", &[b'q'; 100][..], b" BODY=8BITMIME SMTPUTF8\r\n"].concat();
    let talks: [&[&[u8]]; 6] = [
        &[FLIGHT, b"Subject: Q3\r\n\r\n..dot\r\n.\r\n", b"QUIT\r\n"],
        &[
            b"RSET\r\nMAIL FROM:<ana@contoso.com> SIZE=9\r\n",
            RCPT,
            b"DATA\r\n",
            b"Q3\r\nQ4\r\n.\r\nMAIL FROM:<>\r\n",
        ],
        &[MAIL, RCPT, b"BDAT 3\r\na\r\nBDAT 0\r\nNOOP\r\n", b"BDAT 3 LAST\r\nb\r\nRSET\r\n"],
        &[MAIL, RCPT, b"BDAT 3\r\na\r\n", b"RSET\r\n", MAIL],
        &[b"MAIL FROM:<ana@contoso.com> BODY=BINARYMIME\r\n", RCPT, b"BDAT 4 LAST\r\n\0\xff\n\r"],
        &[&long, "RCPT TO:<josé@exämple.com>\r\nDATA\r\n".as_bytes(), "é\r\n.\r\n".as_bytes()],
    ];
    for talk in talks {
        assert_eq!(signed_in(talk).0, [], "{}", talk.concat().escape_ascii());
    }
}

#[test]
fn lines() {
    let long_noop = [b"NOOP ", &[b'a'; 506][..], b"\r\n"].concat();
    let talks: [(&[&[u8]], &[Violation]); 6] = [
        (&[b"NOOP\n", b"NOOP\n"], &[BareLineFeed(Command)]),
        (&[b"NO\rOP\r\n"], &[BareCarriageReturn(Command)]),
        (&[b"NOOP \0\r\n"], &[Nul(Command)]),
        (&[&long_noop], &[LongCommand { verb: "NOOP", octets: 513, most: 512 }]),
        (&[&long_noop[1..]], &[]),
        (&[&[b"AUTH XOAUTH2 ", &[b'a'; 4000][..], b"\r\n"].concat()], &[OutOfTurn("AUTH")]),
    ];
    for (pieces, expected) in talks {
        assert_eq!(under_tls(pieces).1.violations(), expected, "{}", pieces.concat().escape_ascii());
    }
}

#[test]
fn messages() {
    let long = [&[b'a'; 999][..], b"\r\n.\r\n"].concat();
    let talks: [(&[u8], &[Violation]); 9] = [
        (b"a\nb\rc\r\n.\r\n", &[BareLineFeed(Message), BareCarriageReturn(Message)]),
        (&long[1..], &[]),
        (&long, &[LongLine]),
        (b"a\0b\r\n.\r\n", &[Nul(Message)]),
        (b".a\r\n.\r\n", &[UndoubledDot]),
        (b"a\r\n.\ra\r\n.\r\n", &[UndoubledDot, BareCarriageReturn(Message)]),
        (b"..\r\n...\r\n.\r\n", &[]),
        ("é\r\n.\r\n".as_bytes(), &[EightBit]),
        (b".\r\n", &[]),
    ];
    for (message, expected) in talks {
        let (mut violations, steps) = signed_in(&[FLIGHT, message]);
        violations.sort_by_key(|violation| expected.iter().position(|known| known == violation));
        assert_eq!(violations, expected, "{}", message.escape_ascii());
        assert!(steps.iter().any(|step| matches!(step, Step::Accepted(_))));
    }
    let sized = |size: &str| {
        let mail = format!("MAIL FROM:<ana@contoso.com> SIZE={size}\r\n");
        signed_in(&[mail.as_bytes(), RCPT, b"DATA\r\n", b"..\r\n.\r\n"]).0
    };
    assert_eq!(sized("2"), [Larger { declared: 2, real: 3 }]);
    assert_eq!(sized("3"), []);
}

#[test]
fn turns() {
    let talks: [(&[&[u8]], &[Violation]); 12] = [
        (&[RCPT], &[OutOfTurn("RCPT")]),
        (&[MAIL, b"DATA\r\n"], &[OutOfTurn("DATA")]),
        (&[MAIL, MAIL], &[OutOfTurn("MAIL")]),
        (&[b"AUTH LOGIN\r\n"], &[OutOfTurn("AUTH")]),
        (&[b"STARTTLS\r\n"], &[OutOfTurn("STARTTLS")]),
        (&[b"EHLO MacBook..\r\n"], &[HelloName("EHLO")]),
        (&[b"MAIL FROM:<ana@contoso.com> COLOUR=blue\r\n"], &[Argument("MAIL")]),
        (&[MAIL, b"RCPT TO:<bob@fabrikam.com> ORCPT=bob\r\n"], &[Argument("RCPT")]),
        (&[MAIL, "RCPT TO:<josé@contoso.com>\r\n".as_bytes()], &[Utf8Address]),
        (&[b"QUIT\r\n", b"NOOP\r\n"], &[AfterQuit]),
        // What was sent in one flight with a refused sender or recipient could not know.
        (&[b"MAIL FROM:<ana>\r\nRCPT TO:<bob@fabrikam.com>\r\nDATA\r\n"], &[]),
        (&[b"MAIL FROM:<>\r\nRCPT TO:<bob>\r\nDATA\r\n"], &[]),
    ];
    for (pieces, expected) in talks {
        assert_eq!(signed_in(pieces).0, expected, "{}", pieces.concat().escape_ascii());
    }
    // An excuse is spent when a new message begins.
    let refused: &[u8] = b"MAIL FROM:<ana>\r\n";
    assert_eq!(signed_in(&[refused, b"RSET\r\n", b"DATA\r\n"]).0, [OutOfTurn("DATA")]);
}

#[test]
fn flights() {
    let talks: [(&[&[u8]], &[Violation]); 6] = [
        (&[b"EHLO x\r\nNOOP\r\n", b"NOOP\r\nQUIT\r\n"], &[Hurried("EHLO"), Hurried("NOOP")]),
        (&[b"EHLO x\r\n", b"AUTH LOGIN YQ==\r\nYQ==\r\n"], &[Hurried("AUTH")]),
        (&[b"EHLO x\r\n", b"AUTH LOGIN\r\n", b"YQ==\r\nYQ==\r\n"], &[Hurried("AUTH")]),
        (&[b"EHLO x\r\n", b"QUIT\r\nRSET\r\n"], &[Hurried("QUIT"), AfterQuit]),
        (&[b"RSET\r\nRSET\r\n"], &[Pipelined]),
        (&[b"HELO x\r\n", b"RSET\r\nRSET\r\n"], &[Pipelined]),
    ];
    for (pieces, expected) in talks {
        assert_eq!(under_tls(pieces).1.violations(), expected, "{}", pieces.concat().escape_ascii());
    }
    let hurried = [FLIGHT, b"a\r\n.\r\n"].concat();
    assert_eq!(signed_in(&[&hurried]).0, [Hurried("DATA")]);
}

#[test]
fn chunks() {
    let talks: [(&[&[u8]], &[Violation]); 7] = [
        (&[MAIL, RCPT, b"BDAT 1\r\na", b"DATA\r\n"], &[DataAndChunks]),
        (&[b"MAIL FROM:<> BODY=BINARYMIME\r\n", RCPT, b"DATA\r\n"], &[DataAndChunks]),
        (&[MAIL, RCPT, b"BDAT 1\r\na", b"QUIT\r\n"], &[Unfinished("QUIT")]),
        (&[MAIL, RCPT, b"BDAT 1\r\na", RCPT], &[Unfinished("RCPT")]),
        (&[MAIL, RCPT, b"BDAT 1\r\nabc\r\n"], &[ChunkSize]),
        (&[MAIL, RCPT, b"BDAT one\r\n"], &[Argument("BDAT")]),
        (&[MAIL, RCPT, b"BDAT 1 LAST\r\na", b"BDAT 0 LAST\r\n"], &[OutOfTurn("BDAT")]),
    ];
    for (pieces, expected) in talks {
        assert_eq!(signed_in(pieces).0, expected, "{}", pieces.concat().escape_ascii());
    }
}

#[test]
fn in_clear_no_sign_in_is_tried_and_nothing_follows_starttls() {
    let early = in_clear(&[b"EHLO [127.0.0.1]\r\n", b"AUTH LOGIN\r\n"]);
    assert_eq!(early.violations(), [ClearAuth]);

    let mut hurried = in_clear(&[b"EHLO [127.0.0.1]\r\n"]);
    let steps = hurried.receive(b"STARTTLS\r\nRSET\r\n");
    assert_eq!(steps, [Step::Send(b"220 2.0.0 SMTP server ready\r\n".to_vec()), Step::StartTls]);
    assert_eq!(hurried.violations(), [ClearAfterStartTls]);
}

#[test]
fn each_names_the_paragraph_that_forbids_it() {
    for (nth, violation) in EACH.into_iter().enumerate() {
        assert_eq!(place(violation), nth, "{violation}");
        assert!(violation.to_string().contains("(RFC "), "{violation}");
    }
    println!("{} violations are known, each with the paragraph that forbids it", EACH.len());
}

/// One of each kind, in the order of `place`.
const EACH: [Violation; 20] = [
    BareLineFeed(Command),
    BareCarriageReturn(Command),
    Nul(Command),
    LongCommand { verb: "NOOP", octets: 513, most: 512 },
    LongLine,
    UndoubledDot,
    EightBit,
    Larger { declared: 2, real: 3 },
    OutOfTurn("RCPT"),
    HelloName("EHLO"),
    Argument("MAIL"),
    Utf8Address,
    ClearAuth,
    ClearAfterStartTls,
    Hurried("EHLO"),
    Pipelined,
    AfterQuit,
    DataAndChunks,
    Unfinished("QUIT"),
    ChunkSize,
];

/// A kind that is added does not get by here.
fn place(violation: Violation) -> usize {
    match violation {
        BareLineFeed(_) => 0,
        BareCarriageReturn(_) => 1,
        Nul(_) => 2,
        LongCommand { .. } => 3,
        LongLine => 4,
        UndoubledDot => 5,
        EightBit => 6,
        Larger { .. } => 7,
        OutOfTurn(_) => 8,
        HelloName(_) => 9,
        Argument(_) => 10,
        Utf8Address => 11,
        ClearAuth => 12,
        ClearAfterStartTls => 13,
        Hurried(_) => 14,
        Pipelined => 15,
        AfterQuit => 16,
        DataAndChunks => 17,
        Unfinished(_) => 18,
        ChunkSize => 19,
    }
}
