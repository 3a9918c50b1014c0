//! The note for an administrator.

use std::time::Duration;

use sendoff::mail::explain::note::{Attempt, note};
use sendoff::mail::explain::{self, Cause, Who};
use sendoff::mail::reply::Class;
use sendoff::mail::transcript::{Kind, Line, Mark};

const REPLY: &str =
    "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.";

fn line(mark: Mark, kind: Kind, text: &str) -> Line {
    Line { at: Duration::from_millis(1_700), took: None, mark, kind, text: text.into() }
}

fn attempt<'a>(reply: &'a str, lines: &'a [Line]) -> Attempt<'a> {
    Attempt {
        tried: "sending a message",
        address: "ana@contoso.com",
        server: "smtp.office365.com:587",
        when: "2026-11-21 14:03:01 +01:00",
        reply,
        lines,
    }
}

#[test]
fn the_note_says_what_failed_and_which_setting_changes_it() {
    let lines = [
        line(Mark::SentTls, Kind::Command, "AUTH XOAUTH2 <masked>"),
        line(Mark::ReceivedTls, Kind::Reply(Class::No), REPLY),
    ];
    let note = note(&attempt(REPLY, &lines), &explain::text(REPLY)).unwrap();
    let parts = [
        "ana@contoso.com",
        "SMTP sending is switched off for your organisation.",
        "2026-11-21 14:03:01 +01:00",
        "smtp.office365.com:587",
        "smtp-auth-disabled-tenant",
        REPLY,
        "Set-CASMailbox -Identity 'ana@contoso.com' -SmtpClientAuthenticationDisabled $false",
        "https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission",
        "~> AUTH XOAUTH2 <masked>",
    ];
    for part in parts {
        assert!(note.contains(part), "{part}\n{note}");
    }
}

#[test]
fn an_address_cannot_leave_its_quotes() {
    let hostile = Attempt { address: "x'; Remove-Mailbox '\u{2019}\n", ..attempt(REPLY, &[]) };
    let note = note(&hostile, &explain::text(REPLY)).unwrap();
    assert!(note.contains("-Identity 'x''; Remove-Mailbox ''\u{2019}\u{2019}^J' -Smtp"), "{note}");
}

#[test]
fn only_the_last_lines_are_in_it() {
    let lines: Vec<_> = (0..40).map(|n| line(Mark::Note, Kind::Note, &format!("line {n}."))).collect();
    let note = note(&attempt(REPLY, &lines), &explain::text(REPLY)).unwrap();
    assert!(note.contains("line 39.") && note.contains("line 26.") && !note.contains("line 25."), "{note}");
}

#[test]
fn what_no_administrator_can_change_has_no_note() {
    let reply = "550 5.1.1 User unknown";
    assert_eq!(note(&attempt(reply, &[]), &explain::text(reply)), None);
}

/// Causes that only an administrator of Microsoft 365 can change must have their setting.
#[test]
fn every_line_that_sends_to_the_administrator_has_a_note_or_is_about_another_server() {
    let elsewhere = [
        Cause::Unknown,
        Cause::BadSequence,
        Cause::CommandUnrecognised,
        Cause::HelloRejected,
        Cause::WrongCredentials,
        Cause::RecipientRefusesSender,
    ];
    for line in include_str!("lines.tsv").lines() {
        let text: String = serde_json::from_str(line.splitn(3, '\t').nth(2).unwrap()).unwrap();
        let explanation = explain::text(&text);
        let has_note = note(&attempt(&text, &[]), &explanation).is_some();
        let is_elsewhere = elsewhere.iter().any(|cause| cause.as_str() == explanation.cause);
        assert!(explanation.who != Who::Administrator || has_note || is_elsewhere, "{}", explanation.cause);
    }
}
