//! Sessions for the stories about the log: one that went well, one whose certificate is no good, those of an earlier run.

use std::time::Duration;

use sendoff::app::msg::{Ended, Msg, News};
use sendoff::mail::outcome::{Failure, Outcome, Report, Step, Trouble};
use sendoff::mail::reply::Reply;
use sendoff::mail::session::{Head, Session};
use sendoff::mail::tls::Certificate;
use sendoff::mail::transcript::{Kind, Line, Mark, Wire};
use tui_textarea::Key;

use crate::ui::Story;

pub const RECEIPT: &str = "250 2.6.0 <PN4P287MB1234@PN4P287MB1234.INDP287.PROD.OUTLOOK.COM> [InternalId=77, Hostname=PN4P287MB1234.INDP287.PROD.OUTLOOK.COM] Queued mail for delivery";

pub fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// A report of a session that did not reach its end.
pub fn report(outcome: Outcome, step: Step, reply: &str) -> Report {
    Report {
        outcome,
        step,
        reply: Reply::parse(reply).ok(),
        failure: None,
        recipients: Vec::new(),
        message_id: "<07070707@contoso.com>".to_owned(),
        server_id: None,
        tls: None,
        times: Vec::new(),
        total: Duration::ZERO,
        signed_in: false,
    }
}

pub fn ends(story: &mut Story, report: Report) {
    story.news(News::Report(Box::new(report)));
    story.news(News::Ended(Ended { offer_to_keep: None }));
}

pub fn offers(story: &mut Story) {
    let offered = [
        "SIZE 157286400",
        "PIPELINING",
        "DSN",
        "ENHANCEDSTATUSCODES",
        "AUTH LOGIN XOAUTH2",
        "8BITMIME",
        "CHUNKING",
        "SMTPUTF8",
        "X-EXPS LOGIN",
    ];
    story.news(News::Wire(Wire::Offered(offered.map(Into::into).to_vec())));
}

pub fn certificate(subject: &str, issuer: &str, names: &[&str], until: &str) -> Certificate {
    Certificate {
        subject: subject.into(),
        issuer: issuer.into(),
        names: names.iter().map(|name| (*name).into()).collect(),
        valid_from: "2026-06-01T00:00:00Z".parse().unwrap(),
        valid_until: until.parse().unwrap(),
        key: "RSA 2048".to_owned(),
        signature: "RSA with SHA-256".to_owned(),
    }
}

pub fn chain() -> Vec<Certificate> {
    vec![
        certificate(
            "CN=outlook.com, O=Microsoft Corporation, L=Redmond, S=Washington, C=US",
            "CN=DigiCert Cloud Services CA-1, O=DigiCert Inc, C=US",
            &[
                "*.office365.com",
                "*.outlook.com",
                "outlook.office365.com",
                "smtp.office365.com",
                "outlook.com",
            ],
            "2027-05-31T23:59:59Z",
        ),
        certificate(
            "CN=DigiCert Cloud Services CA-1, O=DigiCert Inc, C=US",
            "CN=DigiCert Global Root G2, OU=www.digicert.com, O=DigiCert Inc, C=US",
            &[],
            "2030-09-24T23:59:59Z",
        ),
    ]
}

/// From Ctrl-X to the goodbye; the log has the keys and the whole screen.
pub fn accepted() -> Story {
    let mut story = Story::new();
    story.sends();
    story.press(Key::F(6)).alt('z');
    story.uploads(1_768_344);
    story.news(News::Wire(Wire::Chain(chain())));
    offers(&mut story);
    story.step(Step::Dot).hears(true, 803, RECEIPT);
    let server_id = Reply::parse(RECEIPT).unwrap().message_id();
    let total = ms(1_417);
    let times = vec![(Step::Lookup, ms(3)), (Step::Body, ms(391)), (Step::Dot, ms(412))];
    let report = Report { server_id, times, total, ..report(Outcome::Accepted, Step::Dot, RECEIPT) };
    story.news(News::Report(Box::new(report)));
    story.step(Step::Quit).says(true, "QUIT").hears(
        true,
        38,
        "221 2.0.0 Service closing transmission channel",
    );
    story.note(1, "closed").news(News::Ended(Ended { offer_to_keep: None }));
    story
}

/// The same without the focus, as one sees it who goes on writing.
pub fn accepted_aside() -> Story {
    let mut story = accepted();
    story.alt('z').press(Key::Esc);
    story
}

/// A sign-in that was refused; the log has the keys and the whole screen.
pub fn refused() -> Story {
    let mut story = Story::new();
    story.sends();
    story.press(Key::F(6)).alt('z').is_refused();
    story
}

/// A handshake with a server whose certificate has expired, and is for another name.
pub fn untrusted() -> Story {
    let mut story = Story::new();
    story.sends();
    story.press(Key::F(6)).alt('z');
    story.step(Step::Connect).note(3, "connecting to smtp.office365.com:587 (203.0.113.10)");
    story.note(38, "connected to 203.0.113.10:587").step(Step::Greeting);
    story.hears(false, 41, "220 mail.fabrikam.com ready").step(Step::Ehlo).says(false, "EHLO [127.0.0.1]");
    story
        .hears(false, 40, "250-mail.fabrikam.com\n250 STARTTLS")
        .step(Step::StartTls)
        .says(false, "STARTTLS");
    story.hears(false, 39, "220 2.0.0 ready").step(Step::Tls);
    let own =
        certificate("CN=mail.fabrikam.com", "CN=Fabrikam CA", &["mail.fabrikam.com"], "2026-11-09T12:00:00Z");
    story.news(News::Wire(Wire::Chain(vec![own])));
    let detail = "the certificate expired on 2026-11-09, and is for mail.fabrikam.com".to_owned();
    let failure = Some(Failure { trouble: Trouble::Certificate, detail });
    ends(&mut story, Report { failure, total: ms(240), ..report(Outcome::Failed, Step::Tls, "") });
    story
}

/// A session as it is kept on disk.
pub fn kept(title: &str, started: &str, lines: &[(Step, u64, &str)], ending: Option<Report>) -> Session {
    let started = started.parse().unwrap();
    let (account, host) = ("work".to_owned(), "smtp.office365.com".to_owned());
    let mut session = Session::new(Head { title: title.to_owned(), account, host, port: 587, started });
    for (step, at, text) in lines {
        session.hear(&Wire::Step(*step));
        let (mark, kind) = match text.as_bytes()[0] {
            b'0'..=b'9' => {
                (Mark::ReceivedTls, Kind::Reply(sendoff::mail::reply::Class::of(text[..3].parse().unwrap())))
            }
            b'A'..=b'Z' => (Mark::SentTls, Kind::Command),
            _ => (Mark::Note, Kind::Note),
        };
        session.hear(&Wire::Line(Line { at: ms(*at), took: None, mark, kind, text: (*text).into() }));
    }
    if let Some(report) = ending {
        session.end(&report);
    }
    session
}

/// Two sessions of an earlier run: one refused, one cut off.
pub fn earlier() -> Vec<Session> {
    let reply = "550 5.7.60 SMTP; Client does not have permissions to send as this sender";
    let refused = Report { total: ms(900), ..report(Outcome::Refused, Step::Mail, reply) };
    let lines = [
        (Step::Connect, 4, "connected to 203.0.113.10:587"),
        (Step::Mail, 700, "MAIL FROM:<ana@contoso.com>"),
        (Step::Mail, 890, reply),
    ];
    vec![
        kept("Minutes", "2026-11-19T09:15:00Z", &lines, Some(refused)),
        kept("Rota", "2026-11-20T16:40:00Z", &lines[..2], None),
    ]
}

/// A run with sessions of an earlier one.
pub fn with_earlier() -> Story {
    let mut story = accepted();
    story.tell(Msg::PastSessions(earlier()));
    story
}
