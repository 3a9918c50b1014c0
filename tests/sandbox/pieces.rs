//! Octets as they come: chopped, hurried, or too many.

use sendoff::sandbox::{Scenario, Step, TARPIT};

use super::{SUBMISSION, session, under_tls};

#[test]
fn a_silent_client_is_let_go() {
    let steps = session(Scenario::ACCEPTS).timed_out();
    assert_eq!(steps, [Step::Send(b"421 4.4.1 Connection timed out\r\n".to_vec()), Step::Close]);
}

/// All that a client says under TLS, in one piece.
const FLIGHT: &[u8] = b"EHLO [127.0.0.1]\r\nAUTH LOGIN\r\nYW5hQGNvbnRvc28uY29t\r\nb3Blbi1zZXNhbWU=\r\n\
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
fn a_line_without_end_closes_the_session() {
    let mut session = session(Scenario::ACCEPTS);
    let too_long = [Step::Wait(TARPIT), Step::Send(b"500 5.5.2 Line too long\r\n".to_vec()), Step::Close];

    assert_eq!(session.receive(&[b'a'; 12_288]), []);
    assert_eq!(session.receive(b"a"), too_long);
    assert_eq!(session.receive(b"NOOP\r\n"), []);
}

#[test]
fn what_is_asked_of_delivery_reports_is_kept_with_the_mail() {
    let pieces: [&[u8]; 5] = [
        b"MAIL FROM:<ana@contoso.com> RET=HDRS ENVID=Q3\r\n",
        b"RCPT TO:<bob@fabrikam.com> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;bob@fabrikam.com\r\n",
        b"RCPT TO:<carol@contoso.com> NOTIFY=SOON\r\nRCPT TO:<dan@fabrikam.com>\r\n",
        b"BDAT 3\r\na\r\n",
        b"BDAT 3 LAST\r\nb\r\n",
    ];
    let (steps, _) = under_tls(&[&SUBMISSION[..3], &pieces].concat());
    let mail = steps.into_iter().find_map(|step| match step {
        Step::Accepted(mail) => Some(mail),
        _ => None,
    });
    let mail = mail.unwrap();
    assert_eq!(mail.parameters, ["RET=HDRS", "ENVID=Q3"]);
    assert_eq!(mail.to, ["bob@fabrikam.com", "dan@fabrikam.com"]);
    assert_eq!(mail.to_parameters[0], ["NOTIFY=SUCCESS,DELAY", "ORCPT=rfc822;bob@fabrikam.com"]);
    assert!(mail.to_parameters[1].is_empty());
    assert_eq!(mail.data, b"a\r\nb\r\n");
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
    assert_eq!(refused, [Step::Send(too_large)]);
    assert_eq!(session.receive(b"NOOP\r\n"), [Step::Send(b"250 2.0.0 OK\r\n".to_vec())]);
}
