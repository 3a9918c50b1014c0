//! Names, subjects and texts come back as they were typed, whatever the writing, however long.

use crate::ana::{Account, Ana};
use crate::mail::{File, Reading};
use crate::rig::Rig;
use crate::{ANA, BOB, CAROL};

/// Chinese, a family and a flag of several code points each, letters with marks of their own, and right to left.
const CJK: &str = "名前 한국어 汉字";
const FAMILY: &str = "👩‍👩‍👧‍👦";
const FLAG: &str = "🇵🇹";
const EMOJI: &str = "👩‍👩‍👧‍👦 🇵🇹 👍🏽";
const COMBINING: &str = "Zoe\u{308} n\u{303}a\u{301} à\u{316}";
const RTL: &str = "שלום עולם مرحبا";

/// Sends this subject and body to Bob, and sees that two parsers find them again.
fn comes_back(subject: &str, body: &str) {
    let rig = Rig::find();

    let sent = Ana::at(&rig).send(&["--to", BOB, "--subject", subject], body);

    rig.delivered(BOB, sent.accepted()).reads(&Reading {
        from: format!("Ana Silva <{ANA}>"),
        to: BOB.to_owned(),
        subject: subject.to_owned(),
        text: body.to_owned(),
        ..Reading::default()
    });
}

#[test]
fn every_writing_everywhere() {
    let rig = Rig::find();
    let from = format!("Ána {CJK} <{ANA}>");
    let ana = Ana::with(&rig, Account { from: from.clone(), ..Account::usual(&rig) });
    let file = format!("{CJK} {EMOJI} {COMBINING} {RTL}.txt");
    ana.file(&file, CJK.as_bytes());
    let to = format!("{RTL} <{BOB}>, \"Ray, {FAMILY} \\\"B\\\"\" <{BOB}>");
    let cc = format!("{COMBINING} {FLAG} <{CAROL}>");
    let subject = format!("{CJK} {EMOJI} {COMBINING} {RTL}");
    let body = format!("{RTL}\n{COMBINING}\n\n{EMOJI}\n{CJK}\n");

    let sent = ana.send(&["--to", &to, "--cc", &cc, "--subject", &subject, "--attach", &file], &body);

    let files = vec![File::new(&file, CJK.as_bytes())];
    let given = Reading { from, to, cc, subject, text: body, files };
    rig.delivered(BOB, sent.accepted()).reads(&given);
    rig.delivered(CAROL, sent.accepted()).reads(&given);
}

#[test]
fn a_name_of_many_signs() {
    let rig = Rig::find();
    let to = format!("{EMOJI} {} {RTL} {COMBINING} <{BOB}>", "名前".repeat(25));

    let sent = Ana::at(&rig).send(&["--to", &to, "--subject", "A long name"], "Hi\n");

    let mail = rig.delivered(BOB, sent.accepted());
    assert_eq!(mail.read_by_mail_parser().to, to);
    // Python shows the folds of a long name as spaces.
    assert_eq!(mail.read_by_python().to.replace(' ', ""), to.replace(' ', ""));
}

#[test]
fn long_subjects_without_a_space() {
    comes_back(&"0123456789abcdefghij".repeat(30), "A subject of 600 letters.\n");
    comes_back(&"0123456789abcdefghij".repeat(100), "More letters than a line may have.\n");
    comes_back(&"主题很长没有空格".repeat(38)[..900], "A subject of 300 signs.\n");
}

#[test]
fn a_line_of_ten_thousand_letters() {
    comes_back("Long lines", &format!("{}\nand one of dots\n{}\n", "x".repeat(10_000), ".".repeat(10_000)));
    comes_back("Long lines in Chinese", &format!("{}\n", "长".repeat(10_000)));
}

#[test]
fn lines_that_are_special_to_somebody_on_the_way() {
    let lines =
        ".\n..\n.x\nFrom x\n>From x\n.\n\n \ntrailing spaces   \ntrailing tab\t\n-- \nAna\n--=_\n=20=\n.\n";
    comes_back("Dots", lines);
    comes_back("Dots and more than ASCII", &format!("é\n{lines}"));
    comes_back("A dot alone", ".\n");
    comes_back("Dots at the edge", &format!("{}\n", ".x".repeat(499)));
}

#[test]
fn empty_lines_stay_and_a_last_line_gets_its_end() {
    comes_back("Empty lines", "\n\nfirst\n\n\nlast\n\n\n");

    let rig = Rig::find();
    let sent = Ana::at(&rig).send(&["--to", BOB, "--subject", "No end"], "one\r\ntwo\rthree");
    assert_eq!(rig.delivered(BOB, sent.accepted()).read_by_python().text, "one\ntwo\nthree\n");
}

#[test]
fn what_looks_encoded_is_text_like_any_other() {
    comes_back("=?utf-8?q?Offer?= and =?utf-8?b?T2ZmZXI=?=", "=?utf-8?q?Offer?=\n=3D=\n");
}

#[test]
fn nothing_at_all_is_a_message_too() {
    comes_back("", "");
}
