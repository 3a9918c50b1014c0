//! The header: what stands in it, and what does not.

use sendoff::mail::account::Account;
use sendoff::mail::address::Mailbox;
use sendoff::mail::draft::{Draft, Stamp};

use super::{account, check, draft, mailboxes, stamp, write, write_as};

fn account_of(from: &str) -> Account {
    Account { from: Mailbox::parse(from).unwrap(), ..account() }
}

#[test]
fn a_plain_letter_has_nine_headers_and_no_more() {
    let written = write(&Draft { cc: "carol@contoso.com".into(), bcc: "dora@contoso.com".into(), ..draft() });
    let names = [
        "From",
        "Date",
        "Message-ID",
        "Subject",
        "To",
        "Cc",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
    ];
    let (mut found, mut wanted) = (written.header_names(), names.map(str::to_owned).to_vec());
    found.sort();
    wanted.sort();
    assert_eq!(found, wanted);
    assert!(written.text().contains("Date: Mon, 21 Sep 2026 14:13:20 +0000\r\n"), "{}", written.text());
}

#[test]
fn nothing_tells_of_the_machine_or_the_program() {
    let text = write(&draft()).text().to_lowercase();
    for word in ["user-agent", "x-mailer", "received", "sendoff", "lettre", "localhost"] {
        assert!(!text.contains(word), "{word}");
    }
    let host = std::fs::read_to_string("/etc/hostname").unwrap_or_default();
    assert!(host.trim().len() < 4 || !text.contains(&host.trim().to_lowercase()));
}

#[test]
fn the_message_id_is_under_the_domain_of_the_sender() {
    for (from, domain) in
        [("ana@contoso.com", "contoso.com"), ("Ana <ana@bücher.example>", "xn--bcher-kva.example")]
    {
        let written = write_as(&account_of(from), &draft());
        let id = format!("<{}@{domain}>", "a5".repeat(16));
        assert_eq!(written.letter.envelope.message_id, id);
        assert!(written.text().contains(&format!("\r\nMessage-ID: {id}\r\n")));
    }
}

#[test]
fn blind_copies_are_in_the_envelope_alone() {
    let written = write(&Draft { bcc: "Dora Blind <dora@contoso.com>, eve@fabrikam.com".into(), ..draft() });
    for word in ["bcc", "dora", "eve@", "blind"] {
        assert!(!written.text().to_lowercase().contains(word), "{word}");
    }
    let to: Vec<String> = written.letter.envelope.to.iter().map(ToString::to_string).collect();
    assert_eq!(to, ["bob@fabrikam.com", "dora@contoso.com", "eve@fabrikam.com"]);
    let only_blind = write(&Draft { to: String::new(), bcc: "dora@contoso.com".into(), ..draft() });
    assert!(
        !only_blind.header_names().iter().any(|name| name == "To") && !only_blind.text().contains("dora")
    );
}

#[test]
fn each_recipient_is_in_the_envelope_once() {
    let written = write(&Draft {
        to: "Bob <bob@fabrikam.com>; BOB@Fabrikam.COM, carol@bücher.example".into(),
        cc: "carol@xn--bcher-kva.example, ana@contoso.com".into(),
        bcc: "bob@fabrikam.com".into(),
        ..draft()
    });
    let to: Vec<String> = written.letter.envelope.to.iter().map(ToString::to_string).collect();
    assert_eq!(to, ["bob@fabrikam.com", "carol@xn--bcher-kva.example", "ana@contoso.com"]);
}

#[test]
fn domains_go_out_as_a_labels() {
    let written = write(&Draft { to: "Zoë <zoe@bücher.example>, yi@例え.jp".into(), ..draft() });
    let to = mailboxes(written.parsed().to());
    assert_eq!(
        to,
        [("Zoë".into(), "zoe@xn--bcher-kva.example".into()), (String::new(), "yi@xn--r8jz45g.jp".into())]
    );
    assert!(!written.letter.envelope.smtputf8);
    assert!(check(&Draft { to: "zoë@contoso.com".into(), ..draft() }).unwrap().envelope.smtputf8);
}

#[test]
fn names_in_every_script_read_back_the_same() {
    let names = [
        "Ana",
        "Ana Silva",
        "Silva, Ana",
        "Ana \"the Fox\" Silva",
        "Ana \\ Silva",
        "Ana (Lisbon)",
        "ana@home",
        "Ana; Bob",
        "O'Neill",
        "Dr. Ana. Silva",
        "Zoë Müller",
        "王小明",
        "山田 太郎",
        "Иван Петров",
        "محمد",
        "👩‍🚀 Ana",
        "e\u{301}e\u{301}e\u{301}",
        "नमस्ते दुनिया",
        "a".repeat(256).as_str(),
        "é".repeat(128).as_str(),
        "Ana  with  spaces",
        "한글 이름 아주 길게 쓴 것 그리고 더 길게 쓴 것 그리고 더 길게 쓴 것",
    ]
    .map(str::to_owned);
    for name in &names {
        let mailbox = Mailbox { name: Some(name.clone()), address: account().from.address };
        let to = mailbox.to_string();
        let written = write_as(&Account { from: mailbox, ..account() }, &Draft { to, ..draft() });
        let read = vec![(name.clone(), "ana@contoso.com".to_owned())];
        assert_eq!(mailboxes(written.parsed().from()), read, "{}", written.text());
        assert_eq!(mailboxes(written.parsed().to()), read, "{}", written.text());
    }
}

#[test]
fn subjects_in_every_script_read_back_the_same() {
    let subjects = [
        "Q3 numbers".to_owned(),
        String::new(),
        "Zoë".into(),
        "会議の議事録".into(),
        "👨‍👩‍👧 family 🇮🇳 flag".into(),
        "e\u{301} combining \u{323}".into(),
        "Re: [list] (fwd) \"quoted\" <angle> @ , ; : \\".into(),
        "two  spaces   three".into(),
        "trailing =?".into(),
        "=?utf-8?b?aGk=?=".into(),
        "hello =?utf-8?q?world?= again".into(),
        "word ".repeat(700).trim().into(),
        "wörter ".repeat(500).trim().into(),
        "a".repeat(4_000),
        "界".repeat(1_333),
        "👍🏽".repeat(500),
        format!("short {} long {}", "b".repeat(61), "c".repeat(1_000)),
        format!("{} é", "d".repeat(900)),
        "e\u{301}".repeat(1_300),
        "a-b_c=d?e ".repeat(100).trim().into(),
        "x\u{a0}y\u{2028}z\u{200b}".into(),
        "1 é 2 é 3 é 4 é 5 é 6".into(),
    ];
    for subject in subjects {
        let written = write(&Draft { subject: subject.clone(), ..draft() });
        assert_eq!(written.subject(), subject, "{}", written.text());
        assert_eq!(written.letter.envelope.subject, subject);
    }
}

#[test]
fn long_headers_are_folded_far_short_of_the_limit_of_lines() {
    let named =
        (0..500).map(|n| format!("Recipient Number {n} <recipient-{n}@fabrikam.com>")).collect::<Vec<_>>();
    let bare = (0..500).map(|n| format!("recipient-{n}@fabrikam.com")).collect::<Vec<_>>();
    for list in [named, bare] {
        let written = write(&Draft { to: list.join(", "), subject: "s".repeat(4_000), ..draft() });
        assert_eq!(mailboxes(written.parsed().to()).len(), 500);
        let header = written.lines().into_iter().take_while(|line| !line.is_empty());
        let longest = header.map(<[u8]>::len).max().unwrap();
        assert!(longest < 160, "{longest}");
    }
}

#[test]
fn the_same_stamp_makes_the_same_letter() {
    assert_eq!(write(&draft()).bytes, write(&draft()).bytes);
    let other = Stamp { token: [1; 16], ..stamp() };
    let letter = draft().check(&account(), &[], &other).unwrap();
    assert_eq!(letter.envelope.message_id, format!("<{}@contoso.com>", "01".repeat(16)));
}
