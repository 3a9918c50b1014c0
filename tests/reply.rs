//! Replies of servers, read by their bytes.

use sendoff::mail::reply::{Class, NotAReply, Reply};

fn reply(text: &str) -> Reply {
    Reply::parse(text).expect(text)
}

#[test]
fn code_class_enhanced_code_and_text_come_apart() {
    let table = [
        ("250 2.1.5 Recipient OK", 250, Class::Done, Some("2.1.5"), "Recipient OK"),
        ("250 OK", 250, Class::Done, None, "OK"),
        ("250", 250, Class::Done, None, ""),
        ("250 ", 250, Class::Done, None, ""),
        ("354 Start mail input", 354, Class::GoOn, None, "Start mail input"),
        ("450-4.2.1 later\r\n450 4.2.1 please", 450, Class::Later, Some("4.2.1"), "later please"),
        (
            "535 5.7.139 Authentication unsuccessful",
            535,
            Class::No,
            Some("5.7.139"),
            "Authentication unsuccessful",
        ),
        ("599 x", 599, Class::No, None, "x"),
        ("550 5.7.1234 x", 550, Class::No, None, "5.7.1234 x"),
        ("550 3.7.1 x", 550, Class::No, None, "3.7.1 x"),
        ("550 5.7 x", 550, Class::No, None, "5.7 x"),
        ("550 5..1 x", 550, Class::No, None, "5..1 x"),
        ("550 203.0.113.7 is blocked", 550, Class::No, None, "203.0.113.7 is blocked"),
        ("550 5.7.1", 550, Class::No, Some("5.7.1"), ""),
    ];
    for (text, code, class, enhanced, rest) in table {
        let reply = reply(text);
        assert_eq!((reply.code(), reply.class()), (code, class), "{text}");
        assert_eq!((reply.enhanced().as_deref(), reply.text().as_str()), (enhanced, rest), "{text}");
        assert_eq!(reply.is_done(), class == Class::Done);
    }
}

#[test]
fn what_is_no_reply_is_not_taken_for_one() {
    for text in [
        "",
        "\n",
        "25",
        "2500 x",
        "25O OK",
        "-250",
        "+250",
        "150 soon",
        "650 x",
        "050 x",
        "250_OK",
        "250\tOK",
        "２５０ OK",
        "OK",
        " 250 OK",
    ] {
        assert_eq!(Reply::parse(text), Err(NotAReply::NoCode), "{text:?}");
    }
    assert_eq!(Reply::parse("250-a\n550 b"), Err(NotAReply::MixedCodes));
    assert_eq!(Reply::parse("250-a\nb"), Err(NotAReply::NoCode));
}

#[test]
fn a_reply_shows_on_one_line() {
    assert_eq!(reply("552-5.3.4 too\r\n552 5.3.4 large\r\n").to_string(), "552 5.3.4 too 5.3.4 large");
    assert_eq!(reply("550 a\u{1b}[31m\u{202e}b").to_string(), "550 a^[[31m<U+202E>b");
    assert_eq!(reply("250-a\n250-b\n250 c").lines().collect::<Vec<_>>(), ["a", "b", "c"]);
}

#[test]
fn the_message_id_in_a_receipt_is_found() {
    let table = [
        (
            "250 2.0.0 OK <a9f3@example.in> [Hostname=PS2PR06MB3510.apcprd06.prod.outlook.com]",
            Some("<a9f3@example.in>"),
        ),
        ("250 2.6.0 <a@b> [InternalId=5111011082268, Hostname=x] Queued mail for delivery", Some("<a@b>")),
        ("250 2.0.0 Ok: queued as 4F2A", None),
        ("250 <not an id@b> x", None),
        ("250 <nothing> x", None),
        ("250 <a@b", None),
        ("250 >a@b<", None),
    ];
    for (text, id) in table {
        assert_eq!(reply(text).message_id().as_deref(), id, "{text}");
    }
}
