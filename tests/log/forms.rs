//! A session in the forms in which it leaves.

use std::time::Duration;

use jiff::tz::TimeZone;
use sendoff::mail::outcome::{Outcome, Report, Step};
use sendoff::mail::reply::{Class, Reply};
use sendoff::mail::session::{Form, Head, Session, json};
use sendoff::mail::text::Shown;
use sendoff::mail::transcript::{Kind, Line, Mark, Wire};

fn session() -> Session {
    let mut session = Session::new(Head {
        title: "<script>alert(1)</script> & more".to_owned(),
        account: "work".to_owned(),
        host: "smtp.office365.com".to_owned(),
        port: 587,
        started: "2026-11-21T14:03:01Z".parse().unwrap(),
    });
    let line = |at, mark, kind, text: &str| {
        Wire::Line(Line {
            at: Duration::from_millis(at),
            took: Some(Duration::from_millis(41)),
            mark,
            kind,
            text: Shown::new(text),
        })
    };
    session.hear(&Wire::Step(Step::Auth));
    session.hear(&line(1, Mark::SentTls, Kind::Command, "AUTH XOAUTH2 [hidden]"));
    session.hear(&line(
        42,
        Mark::ReceivedTls,
        Kind::Reply(Class::No),
        "535 5.7.3 no <b>bold</b> for ana@contoso.com",
    ));
    session.hear(&Wire::Step(Step::Quit));
    session.hear(&line(43, Mark::SentTls, Kind::Command, "QUIT"));
    let report = Report {
        outcome: Outcome::Refused,
        step: Step::Auth,
        reply: Some(Reply::parse("535-5.7.3 no\n535 5.7.3 really").unwrap()),
        failure: None,
        recipients: Vec::new(),
        message_id: "<1@contoso.com>".to_owned(),
        server_id: None,
        tls: None,
        times: vec![(Step::Lookup, Duration::from_millis(10)), (Step::Auth, Duration::from_millis(30))],
        total: Duration::from_millis(43),
        signed_in: false,
    };
    session.end(&report);
    session
}

#[test]
fn json_lines_lead_back_to_the_same_session() {
    let session = session();
    let (read, damaged) = json::read(&session.write(Form::Json, &TimeZone::UTC)).unwrap();
    assert_eq!((&read.lines, &read.ending, damaged), (&session.lines, &session.ending, 0));
    assert_eq!(read.head, session.head);
}

#[test]
fn text_has_the_marks_and_the_meaning_under_the_refusal() {
    let text = session().write(Form::Text, &TimeZone::UTC);
    assert!(text.contains("Began    2026-11-21 14:03:01 +00:00"), "{text}");
    let place = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part} is not in\n{text}"));
    assert!(place("~> AUTH XOAUTH2 [hidden]") < place("<~ 535 5.7.3"));
    assert!(place("<~ 535 5.7.3") < place("# ") && place("# ") < place("~> QUIT"));
}

#[test]
fn a_page_needs_nothing_else_and_believes_nothing() {
    let page = session().write(Form::Html, &TimeZone::UTC);
    for foreign in ["<script", "<b>bold", "http://", "https://", "src=", "@import"] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    assert!(page.contains("&lt;script&gt;") && page.contains("no &lt;b&gt;bold"));
    assert!(page.contains("width:75.00%"), "thirty of forty milliseconds");
    assert_eq!(page.matches("<td").count(), page.matches("</td>").count());
}

#[test]
fn a_paste_for_everybody_names_nobody() {
    let plain = session().without_people().write(Form::Text, &TimeZone::UTC);
    assert!(
        !plain.contains("ana@") && plain.contains("user1@contoso.com") && !plain.contains("script"),
        "{plain}"
    );
}
