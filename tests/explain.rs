//! What refusals mean: the replies that Exchange Online is known to give, and the causes they are told apart by.

mod bounce;
mod command;
mod facts;
mod lines;
mod note;
mod order;
mod pasted;
mod shapes;
mod steps;
mod unseen;
mod wordings;

use sendoff::mail::address::Address;
use sendoff::mail::explain::{self, Explanation, Who};
use sendoff::mail::outcome::{Failure, Outcome, Recipient, Report, Step, Trouble};
use sendoff::mail::reply::Reply;

use Step::{Auth, Dot, Greeting, Rcpt};

fn reply(text: &str) -> Reply {
    Reply::parse(text).expect(text)
}

fn explain(step: impl Into<Option<Step>>, text: &str) -> Explanation {
    explain::reply(step.into(), &reply(text))
}

#[test]
fn a_reply_of_several_lines_is_read_as_a_whole() {
    let long = "535-5.7.139 Authentication unsuccessful, SmtpClientAuthentication\r\n535 5.7.139 is disabled for the Tenant.";
    assert_eq!(explain(Auth, long).cause, "smtp-auth-disabled-tenant");
}

#[test]
fn what_is_not_known_is_called_unknown_and_left_to_its_words() {
    let table = [
        ("550 5.7.999 Something new", Who::You),
        ("599 What?", Who::You),
        ("571 5.7.1 No", Who::You),
        ("453 4.9.9 Later", Who::Wait),
        ("441 Not now", Who::Wait),
        ("250 2.0.0 fine", Who::You),
        ("354 go on", Who::Administrator),
        ("550 5.7.1391 no such code", Who::You),
    ];
    for (text, who) in table {
        let explanation = explain(Rcpt, text);
        assert_eq!(
            (explanation.cause, explanation.who, explanation.is_confirmed),
            ("unknown", who, false),
            "{text}"
        );
        assert!(!explanation.says.is_empty() && !explanation.todo.is_empty());
    }
}

#[test]
fn one_enhanced_code_is_not_taken_for_another_that_begins_alike() {
    assert_eq!(explain(Rcpt, "550 5.1.1 x").cause, "unknown-recipient");
    assert_eq!(explain(Rcpt, "550 5.1.11 x").cause, "unknown");
    assert_eq!(explain(Auth, "535 5.7.30 x").cause, "basic-auth-disabled");
    assert_eq!(explain(Rcpt, "550 5.7.301 x").cause, "unknown");
}

#[test]
fn every_failure_has_a_cause_and_something_to_do() {
    let table = [
        (Trouble::Config, "unknown"),
        (Trouble::NoSecret, "not-signed-in"),
        (Trouble::NotSignedIn, "not-signed-in"),
        (Trouble::NoToken, "unknown"),
        (Trouble::NameNotFound, "name-not-found"),
        (Trouble::Refused, "connection-refused"),
        (Trouble::TimedOut, "connection-timeout"),
        (Trouble::NoGreeting, "connection-timeout"),
        (Trouble::Lost, "connection-lost"),
        (Trouble::Unreachable, "connection-timeout"),
        (Trouble::NoTls, "tls-required"),
        (Trouble::Tls, "tls-failed"),
        (Trouble::Certificate, "certificate-invalid"),
        (Trouble::Injected, "tls-failed"),
        (Trouble::Protocol, "unknown"),
        (Trouble::NoMechanism, "mechanism-not-offered"),
        (Trouble::CannotCarry, "message-too-large"),
        (Trouble::Stopped, "unknown-recipient"),
        (Trouble::Cancelled, "unknown"),
        (Trouble::Disk, "unknown"),
    ];
    for (trouble, cause) in table {
        let explanation = explain::failure(&Failure { trouble, detail: String::new() });
        assert_eq!(explanation.cause, cause, "{trouble:?}");
        assert!(explanation.says.ends_with('.') && explanation.todo.ends_with('.'), "{trouble:?}");
    }
    let protocol = explain::failure(&Failure { trouble: Trouble::Protocol, detail: String::new() });
    assert_eq!(protocol.says, "What answered does not speak SMTP as it should.");
}

/// A report that ended so; its one recipient was told `rcpt`.
fn report(outcome: Outcome, step: Step, text: Option<&str>, trouble: Option<Trouble>, rcpt: &str) -> Report {
    let address = Address::parse("bob@fabrikam.com").unwrap();
    Report {
        outcome,
        reply: text.map(reply),
        failure: trouble.map(|trouble| Failure { trouble, detail: "details".into() }),
        recipients: vec![Recipient { address, reply: Some(reply(rcpt)) }],
        ..Report::untried(
            step,
            Failure { trouble: Trouble::Lost, detail: String::new() },
            "<ours@contoso.com>".into(),
        )
    }
}

#[test]
fn a_report_is_explained_by_what_decided_it() {
    let (fine, nobody) = ("250 fine", "550 5.1.1 nobody");
    let cause = |report: &Report| explain::report(report).map(|explanation| explanation.cause);
    assert_eq!(cause(&report(Outcome::Accepted, Dot, Some("250 OK"), None, fine)), None);
    assert_eq!(cause(&report(Outcome::Partly, Dot, Some("250 OK"), None, nobody)), Some("unknown-recipient"));
    assert_eq!(
        cause(&report(Outcome::Refused, Auth, Some("535 5.7.3 no"), None, fine)),
        Some("wrong-credentials")
    );
    assert_eq!(
        cause(&report(Outcome::Deferred, Greeting, None, Some(Trouble::TimedOut), fine)),
        Some("connection-timeout")
    );
    // A server that has answered is kept away by no firewall.
    let says = |step| {
        let stalled = report(Outcome::Deferred, step, None, Some(Trouble::TimedOut), fine);
        explain::report(&stalled).unwrap()
    };
    assert!(says(Step::Mail).says.contains("fell silent") && says(Step::Mail).who == Who::Wait);
    assert!(says(Step::Connect).todo.contains("firewall"));
    let stopped = report(Outcome::Refused, Rcpt, Some("550 5.7.54 no"), Some(Trouble::Stopped), nobody);
    assert_eq!(cause(&stopped), Some("relay-denied"), "the refusal says more than that somebody stopped");
    let unknown =
        explain::report(&report(Outcome::Unknown, Dot, None, Some(Trouble::TimedOut), fine)).unwrap();
    assert_eq!(unknown.cause, "connection-lost");
    assert!(unknown.todo.starts_with("Look in Sent Items"));
}

#[test]
fn each_helper_is_named_in_words() {
    let words = [Who::You, Who::Administrator, Who::Recipient, Who::Wait].map(Who::as_str);
    assert_eq!(words, ["you", "your administrator", "the recipient's side", "nobody: wait and try again"]);
}
