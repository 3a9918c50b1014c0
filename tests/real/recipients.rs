//! Who gets it, who sees whom, and what happens when the server does not know one of them.

use serde_json::json;

use crate::ana::{Ana, Sent};
use crate::rig::Rig;
use crate::{ANA, BOB, CAROL, DAN, NOBODY};

/// Each recipient and what the server said of it.
fn verdicts(sent: &Sent) -> Vec<(String, bool, u64)> {
    let recipients = sent.report["recipients"].as_array().expect("a list").iter();
    let verdict = |one: &serde_json::Value| {
        let address = one["address"].as_str().expect("an address").to_owned();
        (address, one["accepted"].as_bool().expect("yes or no"), one["code"].as_u64().expect("a code"))
    };
    recipients.map(verdict).collect()
}

fn knows(address: &str) -> (String, bool, u64) {
    (address.to_owned(), true, 250)
}

fn knows_not(address: &str) -> (String, bool, u64) {
    (address.to_owned(), false, 550)
}

#[test]
fn to_cc_and_bcc_all_get_it_and_each_only_once() {
    let rig = Rig::find();
    let to = format!("Bob Ray <{BOB}>, {ANA}");
    let arguments =
        ["--to", &to, "--cc", CAROL, "--cc", "BOB@fabrikam.test", "--bcc", DAN, "--subject", "Minutes"];

    let sent = Ana::at(&rig).send(&arguments, "Here they are.\n");

    assert_eq!(verdicts(&sent), [knows(BOB), knows(ANA), knows(CAROL), knows(DAN)]);
    for to in [BOB, ANA, CAROL, DAN] {
        let mail = rig.delivered(to, sent.accepted());
        let reading = mail.read_by_python();
        assert_eq!(reading.to, format!("Bob Ray <{BOB}>, {ANA}"));
        assert_eq!(reading.cc, format!("{CAROL}, BOB@fabrikam.test"));
    }
}

#[test]
fn a_bcc_recipient_is_in_the_envelope_and_nowhere_in_the_message() {
    let rig = Rig::find();
    let arguments = ["--to", BOB, "--bcc", &format!("Dan <{DAN}>"), "--subject", "Between us"];

    let sent = Ana::at(&rig).send(&arguments, "Hi Bob\n");

    assert!(sent.commands().contains(&format!("RCPT TO:<{DAN}>").as_str()), "{sent}");
    let (bobs, dans) = (rig.delivered(BOB, sent.accepted()), rig.delivered(DAN, sent.id()));
    assert_eq!(bobs.as_sent(), dans.as_sent());
    assert!(!bobs.as_sent().to_lowercase().contains("dan"), "{}", bobs.as_sent());
    // Not in what Postfix wrote on top of Bob's copy either; on top of Dan's it names its recipient.
    assert!(!bobs.headers().contains(DAN), "{}", bobs.headers());
    let named: Vec<_> = dans.headers().lines().filter(|line| line.contains(DAN)).map(str::to_owned).collect();
    assert_eq!(named, [format!("X-Original-To: {DAN}"), format!("Delivered-To: {DAN}")]);
}

#[test]
fn bcc_alone_makes_a_message_without_recipients_in_it() {
    let rig = Rig::find();

    let sent = Ana::at(&rig).send(&["--bcc", DAN, "--subject", "To you alone"], "Hi\n");

    let mail = rig.delivered(DAN, sent.accepted());
    assert!(!mail.as_sent().contains(DAN), "{}", mail.as_sent());
    let reading = mail.read_by_mail_parser();
    assert_eq!((reading.to.as_str(), reading.cc.as_str()), ("", ""));
}

#[test]
fn one_unknown_recipient_stops_it_for_all() {
    let rig = Rig::find();
    let ana = Ana::at(&rig);

    let sent = ana.send(&["--to", BOB, "--to", NOBODY, "--cc", CAROL, "--subject", "All or none"], "Hi\n");

    assert_eq!((sent.exit, sent.text("outcome")), (69, "refused"), "{sent}");
    assert_eq!(verdicts(&sent), [knows(BOB), knows_not(NOBODY), knows(CAROL)]);
    assert_eq!((&sent.report["code"], sent.text("enhanced")), (&json!(550), "5.1.1"), "{sent}");
    assert_eq!(sent.text("cause"), "unknown-recipient", "{sent}");
    assert_eq!(sent.text("text"), "1 of 3 recipients refused; nothing was sent");
    assert!(sent.report["recipients"][1]["text"].as_str().unwrap().contains("User unknown"), "{sent}");
    ana.never_arrived(&sent);
    assert!(!rig.has(CAROL, sent.id()));
}

#[test]
fn partial_ok_sends_it_to_those_that_are_known() {
    let rig = Rig::find();
    let arguments =
        ["--partial", "ok", "--to", NOBODY, "--to", BOB, "--bcc", CAROL, "--subject", "Whoever is there"];

    let sent = Ana::at(&rig).send(&arguments, "Hi\n");

    assert_eq!(sent.verdict(), (69, "partly", "dot"), "{sent}");
    assert_eq!(verdicts(&sent), [knows_not(NOBODY), knows(BOB), knows(CAROL)]);
    assert_eq!(sent.report["code"], 250, "{sent}");
    assert_eq!(sent.text("cause"), "unknown-recipient", "{sent}");
    for to in [BOB, CAROL] {
        assert_eq!(rig.delivered(to, sent.id()).read_by_python().text, "Hi\n");
    }
}

#[test]
fn nobody_known_is_refused_whatever_was_agreed() {
    let rig = Rig::find();
    for partial in ["ok", "stop"] {
        let ana = Ana::at(&rig);

        let sent = ana.send(&["--partial", partial, "--to", NOBODY, "--subject", "Is anyone there?"], "Hi\n");

        assert_eq!(sent.verdict(), (69, "refused", "rcpt"), "{sent}");
        assert_eq!(verdicts(&sent), [knows_not(NOBODY)]);
        assert_eq!(sent.text("text"), "1 of 1 recipients refused; nothing was sent");
        ana.never_arrived(&sent);
    }
}
