//! Addresses as people type them: what is taken, as what, and what is said of the rest.

use sendoff::mail::address::{Address, BadAddress, Mailbox};

fn why(text: &str) -> &'static str {
    Address::parse(text).expect_err(text).why
}

#[test]
fn good_addresses_are_taken_as_they_stand() {
    let good = [
        "ana@contoso.com",
        "a@b.co",
        "Ana.Silva+list@mail.contoso.com",
        "o'neill@contoso.com",
        "ana@contoso",
        "ana@localhost",
        "_@contoso.com",
        "!#$%&'*+-/=?^_`{|}~@contoso.com",
        "ana@[192.0.2.1]",
        "ana@1.contoso.com",
        "\"ana silva\"@contoso.com",
        "\"a@b\"@contoso.com",
        "\"<>\"@contoso.com",
        "ana@xn--bcher-kva.example",
        "ANA@contoso.com",
    ];
    for text in good {
        assert_eq!(Address::parse(text).expect(text).to_string(), text);
    }
}

#[test]
fn bad_addresses_are_refused_with_their_reason() {
    let no_at = "there is no @ in it";
    let control = "it contains a control character";
    let space = "it contains a space or an angle bracket; write Name <user@host>";
    let no_domain = "what stands after the @ is not a domain";
    let dots = "dots may not stand first, last or side by side before the @";
    let invalid = "it is not a valid address";
    let bad = [
        ("", no_at),
        ("ana", no_at),
        ("ana at contoso.com", no_at),
        ("@", "nothing stands before the @"),
        ("@contoso.com", "nothing stands before the @"),
        ("ana@", "nothing stands after the @"),
        ("ana@contoso.com\n", control),
        ("a\0na@contoso.com", control),
        ("ana@con\u{85}toso.com", control),
        ("\"a\u{1b}\"@contoso.com", control),
        ("ana silva@contoso.com", space),
        ("ana@contoso .com", space),
        ("ana@contoso.com ", space),
        ("<ana@contoso.com>", space),
        ("ana@con\u{2028}toso.com", space),
        ("ana\u{a0}@contoso.com", space),
        ("ana@@contoso.com", "there is more than one @ in it"),
        ("ana@bob@contoso.com", "there is more than one @ in it"),
        (".ana@contoso.com", dots),
        ("ana.@contoso.com", dots),
        ("a..na@contoso.com", dots),
        ("ana@.contoso.com", no_domain),
        ("ana@contoso..com", no_domain),
        ("ana@.", no_domain),
        ("ana@xn--a", no_domain),
        ("ana,bob@contoso.com", invalid),
        ("ana;bob@contoso.com", invalid),
        ("ana(x)@contoso.com", invalid),
        ("a:b@contoso.com", invalid),
        ("a\\b@contoso.com", invalid),
        ("a\"b@contoso.com", invalid),
        ("ana@-contoso.com", invalid),
        ("ana@contoso-.com", invalid),
        ("\"ana@contoso.com", invalid),
        ("\"a\"b\"@contoso.com", invalid),
    ];
    for (text, reason) in bad {
        assert_eq!(why(text), reason, "{text:?}");
    }
}

#[test]
fn lengths_are_counted_in_octets_as_the_protocol_does() {
    let labels = format!("{}com", format!("{}.", "d".repeat(31)).repeat(8));
    let address =
        |local: usize, domain: usize| format!("{}@{}", "l".repeat(local), &labels[labels.len() - domain..]);
    assert!(Address::parse(&address(64, 110)).is_ok());
    assert_eq!(why(&address(65, 110)), "the part before the @ is longer than 64 characters");
    assert!(Address::parse(&address(64, 189)).is_ok());
    assert_eq!(why(&address(64, 190)), "it is longer than 254 characters");
    assert_eq!(
        why(&format!("{}@contoso.com", "é".repeat(33))),
        "the part before the @ is longer than 64 characters"
    );
    let label = |length: usize| format!("ana@{}.com", "d".repeat(length));
    assert!(Address::parse(&label(63)).is_ok() && Address::parse(&label(64)).is_err());
}

#[test]
fn nothing_that_is_quoted_can_leave_its_place() {
    for text in [
        "\"a\"@conto so.com",
        "\"a\"@contoso.com>",
        "\"a\"@<contoso.com",
        "\"a\u{2028}b\"@contoso.com",
        "\"a\"@contoso.com\u{2029}",
        "\"a b\" @contoso.com",
        "\"a\"@contoso.com> SIZE=1",
    ] {
        assert!(Address::parse(text).is_err(), "{text:?}");
    }
}

#[test]
fn what_stands_in_brackets_is_an_address_of_a_machine() {
    for literal in ["[192.0.2.1]", "[IPv6:2001:db8::1]", "[ipv6:::1]"] {
        assert_eq!(Address::parse(&format!("ana@{literal}")).expect(literal).domain(), literal);
    }
    for literal in ["[nonsense]", "[]", "[192.0.2.1", "[192.0.2.256]", "[a,b]", "[a;b]", "[2001:db8::1]"] {
        assert!(Address::parse(&format!("ana@{literal}")).is_err(), "{literal}");
    }
    for literal in ["[<>]", "[>SIZE=1]", "[a>", "[a b]", "[192.0.2.1]>"] {
        assert!(Address::parse(&format!("\"ana\"@{literal}")).is_err(), "{literal}");
    }
}

#[test]
fn a_domain_has_no_punctuation_of_its_own() {
    for c in "!#$%&'()*+,/:;<=>?[\\]^`{|}~\"".chars() {
        assert!(Address::parse(&format!("ana@con{c}toso.com")).is_err(), "{c}");
    }
}

#[test]
fn domains_in_other_scripts_become_a_labels() {
    for (text, ascii) in [
        ("zoe@bücher.example", "zoe@xn--bcher-kva.example"),
        ("zoe@BÜCHER.example", "zoe@xn--bcher-kva.example"),
        ("yi@例え。jp", "yi@xn--r8jz45g.jp"),
        ("ana@ⓒontoso.com", "ana@contoso.com"),
    ] {
        let address = Address::parse(text).unwrap();
        assert_eq!((address.to_string().as_str(), address.needs_smtputf8()), (ascii, false));
    }
    let jürgen = Address::parse("jürgen@bücher.example").unwrap();
    assert_eq!(
        (jürgen.local(), jürgen.domain(), jürgen.needs_smtputf8()),
        ("jürgen", "xn--bcher-kva.example", true)
    );
}

#[test]
fn the_same_mailbox_is_known_by_any_spelling() {
    let same = |a: &str, b: &str| Address::parse(a).unwrap().is_same(&Address::parse(b).unwrap());
    assert!(
        same("ana@contoso.com", "ANA@Contoso.COM") && same("zoe@bücher.example", "zoe@XN--BCHER-KVA.example")
    );
    assert!(!same("ana@contoso.com", "ana@contoso.org") && !same("ana@contoso.com", "an.a@contoso.com"));
}

#[test]
fn mailboxes_are_read_with_their_names() {
    let good = [
        ("ana@contoso.com", None, "ana@contoso.com"),
        (" <ana@contoso.com> ", None, "ana@contoso.com"),
        ("< ana@contoso.com >", None, "ana@contoso.com"),
        ("\"\" <ana@contoso.com>", None, "ana@contoso.com"),
        ("Ana Silva <ana@contoso.com>", Some("Ana Silva"), "ana@contoso.com"),
        ("Ana<ana@contoso.com>", Some("Ana"), "ana@contoso.com"),
        ("王小明 <w@例え.jp>", Some("王小明"), "w@xn--r8jz45g.jp"),
        ("\"Silva, Ana\" <ana@contoso.com>", Some("Silva, Ana"), "ana@contoso.com"),
        (r#""Ana \"Fox\" \\ Silva" <ana@contoso.com>"#, Some(r#"Ana "Fox" \ Silva"#), "ana@contoso.com"),
        ("\"a <b@c.com>\" <ana@contoso.com>", Some("a <b@c.com>"), "ana@contoso.com"),
        ("Ana (Lisbon) <ana@contoso.com>", Some("Ana (Lisbon)"), "ana@contoso.com"),
    ];
    for (entry, name, address) in good {
        let mailbox = Mailbox::parse(entry).expect(entry);
        assert_eq!(
            (mailbox.name.as_deref(), mailbox.address.to_string().as_str()),
            (name, address),
            "{entry}"
        );
        assert_eq!(Mailbox::parse(&mailbox.to_string()).as_ref(), Ok(&mailbox), "{entry}: as it is shown");
    }
}

#[test]
fn what_is_not_a_mailbox_says_why() {
    let long = format!("{} <ana@contoso.com>", "n".repeat(257));
    let bad = [
        ("Ana Silva ana@contoso.com", "it contains a space or an angle bracket; write Name <user@host>"),
        ("Ana <ana@contoso.com", "the closing > is missing"),
        ("Ana <ana@contoso.com> (x)", "the closing > is missing"),
        ("Ana <>", "there is no @ in it"),
        ("Ana <bob>", "there is no @ in it"),
        ("<a@b.com> <c@d.com>", "it contains a space or an angle bracket; write Name <user@host>"),
        ("<<a@b.com>>", "it contains a space or an angle bracket; write Name <user@host>"),
        ("ana@contoso.com (Ana)", "comments in brackets are not taken; write Name <user@host>"),
        ("A\u{7}na <ana@contoso.com>", "the name contains a control character"),
        ("A\u{2029}na <ana@contoso.com>", "the name contains a control character"),
        (
            "=?utf-8?q?Eve?= <ana@contoso.com>",
            "the name contains =?, which readers would take for encoded text",
        ),
        (&long, "the name is longer than 256 bytes"),
        ("@hosta,@hostb:ana@contoso.com", "there is more than one @ in it"),
    ];
    for (entry, reason) in bad {
        assert_eq!(Mailbox::parse(entry), Err(BadAddress { entry: entry.into(), why: reason }));
    }
    let shown = Mailbox::parse("bob").unwrap_err().to_string();
    assert_eq!(shown, "\u{201c}bob\u{201d}: there is no @ in it");
}

#[test]
fn lists_are_cut_at_commas_and_semicolons_outside_quotes() {
    let list = |text: &str| -> Vec<String> {
        Mailbox::parse_list(text).expect(text).iter().map(ToString::to_string).collect()
    };
    assert_eq!(list("a@x.com, b@x.com;c@x.com"), ["a@x.com", "b@x.com", "c@x.com"]);
    assert_eq!(list(" , ;a@x.com,, "), ["a@x.com"]);
    assert_eq!(
        list("\"Silva, Ana; CEO\" <a@x.com>, B <b@x.com>"),
        ["\"Silva, Ana; CEO\" <a@x.com>", "B <b@x.com>"]
    );
    assert_eq!(list("\"say \\\", \" <a@x.com>, b@x.com"), ["\"say \\\", \" <a@x.com>", "b@x.com"]);
    assert_eq!(list("a@x.com,\n\tb@x.com\r\n"), ["a@x.com", "b@x.com"]);
    assert!(list("").is_empty());
    let bad = Mailbox::parse_list("a@x.com, bob, c@x.com, d@@x.com").unwrap_err();
    assert_eq!(
        bad.iter().map(|bad| bad.entry.as_str()).collect::<Vec<_>>(),
        ["bob", "d@@x.com"],
        "all of them at once"
    );
}
