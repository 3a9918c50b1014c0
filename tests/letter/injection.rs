//! Whoever types, pastes or names a file cannot add a header, a recipient or a part.

use sendoff::mail::account::Account;
use sendoff::mail::address::Mailbox;
use sendoff::mail::draft::Draft;
use sendoff::mail::settings::Settings;

use super::{Folder, account, check, draft, mailboxes, write};

/// What a line end is taken for, here or there.
const ENDS: [&str; 9] = ["\r\n", "\n", "\r", "\0", "\u{85}", "\u{2028}", "\u{2029}", "\u{b}", "\u{c}"];
const EXTRA: &str = "Bcc: eve@example.com";

/// Holds what was let through to one To, one recipient, and the headers that it has anyway.
fn assert_harmless(draft: &Draft, why: &str) {
    let plain = write(&self::draft());
    let Ok(letter) = check(draft) else { return };
    let written = write(draft);
    let mut names = written.header_names();
    names.retain(|name| plain.header_names().contains(name));
    assert_eq!(names, written.header_names(), "{why}");
    let unique: std::collections::BTreeSet<&String> = names.iter().collect();
    assert_eq!(unique.len(), names.len(), "{why}");
    assert_eq!(letter.envelope.to.len(), 1, "{why}");
    assert!(!written.text().to_lowercase().contains("\r\nbcc:"), "{why}");
    assert_eq!(written.parsed().all_bcc().count(), 0, "{why}");
}

#[test]
fn a_subject_with_a_line_end_is_refused_or_encoded() {
    for end in ENDS {
        let subject = format!("hello{end}{EXTRA}{end}{end}body");
        let injected = Draft { subject: subject.clone(), ..draft() };
        assert_harmless(&injected, &format!("{end:?}"));
        match check(&injected) {
            Err(problems) => assert_eq!(problems[0].what, "it contains a control character", "{end:?}"),
            Ok(_) => assert_eq!(write(&injected).subject(), subject, "{end:?}"),
        }
    }
}

#[test]
fn a_name_with_a_line_end_is_refused() {
    for end in ENDS {
        for name in
            [format!("Bob{end}{EXTRA}"), format!("\"Bob{end}{EXTRA}\""), format!("\"Bob\\{end}{EXTRA}\"")]
        {
            let problems = check(&Draft { to: format!("{name} <bob@fabrikam.com>"), ..draft() }).unwrap_err();
            assert!(
                problems[0].what.ends_with("the name contains a control character"),
                "{end:?}: {}",
                problems[0].what
            );
        }
    }
}

#[test]
fn an_address_with_a_line_end_is_refused() {
    for end in ENDS {
        for address in [
            format!("bob{end}x@fabrikam.com"),
            format!("bob@fabrikam.com{end}{EXTRA}"),
            format!("bob@fabri{end}kam.com"),
            format!("<bob@fabrikam.com{end}>"),
            format!("\"bob{end}x\"@fabrikam.com"),
            format!("\"bob\\{end}x\"@fabrikam.com"),
            format!("<bob@fabrikam.com>{end}{EXTRA}"),
        ] {
            for field in [
                Draft { to: address.clone(), ..draft() },
                Draft { cc: address.clone(), ..draft() },
                Draft { bcc: address.clone(), ..draft() },
            ] {
                // White space at the ends is no part of the address.
                let is_refused = check(&field).is_err();
                assert!(
                    is_refused || address.trim_matches(['<', '>']).trim() == "bob@fabrikam.com",
                    "{address:?}"
                );
            }
        }
    }
}

#[test]
fn a_file_name_with_a_line_end_is_encoded() {
    let folder = Folder::new();
    let plain = write(&folder.attach(draft(), "plain.txt", b"x"));
    for end in ENDS.iter().filter(|end| **end != "\0") {
        let name = format!("a{end}{EXTRA}{end}{end}b.txt");
        let written = write(&folder.attach(draft(), &name, b"x"));
        assert_eq!(written.header_names(), plain.header_names(), "{end:?}");
        assert_eq!(written.lines().iter().filter(|line| line.starts_with(b"--=_")).count(), 3, "{end:?}");
        assert!(!written.text().contains("\r\nBcc:") && !written.text().contains("\nBcc"), "{end:?}");
        assert_eq!(written.files()[0].0, name);
    }
}

#[test]
fn a_sender_with_a_line_end_never_becomes_an_account() {
    for end in [r"\r\n", r"\n", r"\r", r"\u0000", r"\u0085", r"\u2028"] {
        for from in [
            format!("Ana{end}{EXTRA} <ana@contoso.com>"),
            format!("ana{end}x@contoso.com"),
            format!("Ana <ana@contoso.com{end}>{EXTRA}"),
        ] {
            let text = format!("[[account]]\nname = \"work\"\nfrom = \"{from}\"");
            assert!(Settings::parse(&text, "/".as_ref()).is_err(), "{from}");
        }
    }
}

#[test]
fn a_sender_that_is_made_by_hand_does_no_harm() {
    let from = Mailbox { name: Some(format!("Ana\r\n{EXTRA}")), address: account().from.address };
    let made = draft().check(&Account { from, ..account() }, &[], &super::stamp());
    assert!(made.is_err(), "not a panic, and not a letter");
}

#[test]
fn characters_with_a_meaning_in_lists_stay_inside_their_name() {
    for name in [
        "a, eve@example.com",
        "a; eve@example.com",
        "a <eve@example.com>",
        "a\" <eve@example.com>, \"b",
        "group: eve@example.com;",
        "(eve@example.com)",
        "\\\"",
    ] {
        let mailbox = Mailbox { name: Some(name.into()), address: draft_address() };
        let written = write(&Draft { to: mailbox.to_string(), ..draft() });
        assert_eq!(
            mailboxes(written.parsed().to()),
            [(name.to_owned(), "bob@fabrikam.com".to_owned())],
            "{}",
            written.text()
        );
        assert_eq!(written.letter.envelope.to.len(), 1);
    }
}

fn draft_address() -> sendoff::mail::address::Address {
    Mailbox::parse("bob@fabrikam.com").unwrap().address
}
