//! What opens over the log: certificates, capabilities, sessions, export, the note.

use jiff::Timestamp;
use sendoff::app::dialog::Dialog;
use sendoff::app::effect::Effect;
use sendoff::app::msg::{Msg, News};
use sendoff::app::update;
use sendoff::mail::outcome::{Failure, Outcome, Report, Step, Trouble};
use sendoff::mail::session::Form;
use sendoff::mail::tls::Certificate;
use sendoff::mail::transcript::Wire;
use tui_textarea::{Input, Key};

use super::scene::{accepted, certificate, chain, earlier, ends, refused, report, untrusted, with_earlier};
use crate::ui::Story;

fn effects(story: &mut Story, key: Key) -> Vec<Effect> {
    update(&mut story.model, Msg::Key(Input { key, ..Input::default() }))
}

fn last_row(story: &Story) -> String {
    story.screen(80, 24).lines().last().unwrap().to_owned()
}

/// What the sheet says of a chain that was refused, or not.
fn judged(chain: Vec<Certificate>, is_refused: bool) -> String {
    let mut story = Story::new();
    story.sends();
    story.press(Key::F(6)).connects();
    story.model.log.session().unwrap();
    if is_refused {
        story = Story::new();
        story.sends();
        story.press(Key::F(6)).step(Step::Tls).says(false, "STARTTLS");
    }
    story.news(News::Wire(Wire::Chain(chain)));
    if is_refused {
        let failure = Some(Failure { trouble: Trouble::Certificate, detail: "no".to_owned() });
        ends(&mut story, Report { failure, ..report(Outcome::Failed, Step::Tls, "") });
    }
    story.types("t").screen(120, 60)
}

#[test]
fn the_chain_opens_with_names_dates_and_keys() {
    let mut story = accepted();
    let screen = story.types("t").screen(120, 40);
    for text in [
        "protocol  TLS 1.3",
        "cipher  AES-256-GCM",
        "group  X25519",
        "The certificate proves smtp.office365.com.",
        "Certificate 1 of 2, the server's own",
        "CN=outlook.com, O=Microsoft Corporation",
        "*.office365.com, *.outlook.com",
        "valid  2026-06-01 until 2027-05-31 (191 days left)",
        "key  RSA 2048",
        "Certificate 2 of 2, an issuer",
    ] {
        assert!(screen.contains(text), "{text}\n{screen}");
    }
    assert!(!screen.contains('!'), "nothing is wrong with it: {screen}");
    story.press(Key::Esc);
    assert!(story.model.dialogs.is_empty());
}

#[test]
fn a_refused_certificate_says_what_is_wrong_with_it() {
    let screen = untrusted().types("t").screen(120, 40);
    for text in [
        "No encrypted connection came about.",
        "checked for  smtp.office365.com",
        "! It expired 12 days ago.",
        "! It is not for smtp.office365.com.",
    ] {
        assert!(screen.contains(text), "{text}\n{screen}");
    }
}

#[test]
fn where_dates_and_names_are_right_it_is_the_issuer() {
    let screen = judged(chain(), true);
    let at = |text: &str| screen.lines().position(|row| row.contains(text)).expect(text);
    assert!(at("! Its issuer, CN=DigiCert Global Root G2") > at("Certificate 2 of 2"), "{screen}");
    let own = certificate("CN=x", "CN=x", &["smtp.office365.com"], "2027-05-31T23:59:59Z");
    assert!(judged(vec![own], true).contains("! It vouches for itself"));
}

#[test]
fn what_ends_soon_deserves_a_warning_and_is_no_reason_for_a_refusal() {
    let own = |until: &str| certificate("CN=a", "CN=b", &["*.office365.com"], until);
    assert!(
        judged(vec![own("2026-11-30T00:00:00Z")], false)
            .contains("! It has 8 days left and should be renewed soon.")
    );
    assert!(
        judged(vec![own("2026-11-30T00:00:00Z")], true).contains("! Its issuer, CN=b, is not trusted here.")
    );
    assert!(judged(vec![own("2026-11-21T03:00:00Z")], true).contains("! It expired less than a day ago."));
    let early =
        Certificate { valid_from: "2026-11-23T00:00:00Z".parse().unwrap(), ..own("2027-11-30T00:00:00Z") };
    assert!(judged(vec![early], true).contains("! It is valid only in 2 days."));
}

#[test]
fn a_star_stands_for_one_label_only() {
    let of = |name: &str| judged(vec![certificate("CN=a", "CN=b", &[name], "2027-05-31T23:59:59Z")], true);
    for name in ["smtp.office365.com", "SMTP.Office365.com", "*.office365.com"] {
        assert!(!of(name).contains("It is not for"), "{name}");
    }
    for name in ["*.com", "office365.com", "*.smtp.office365.com", ""] {
        assert!(of(name).contains("It is not for smtp.office365.com"), "{name}");
    }
}

#[test]
fn what_is_not_known_yet_is_said() {
    let mut story = Story::new();
    story.press(Key::F(6)).types("t");
    assert!(last_row(&story).contains("no TLS in this session yet"));
    for (key, says) in [
        ("c", "what it offers"),
        ("o", "nothing has passed"),
        ("a", "administrator"),
        ("/", "nothing has passed"),
        ("s", "nothing has passed"),
        ("y", "nothing to copy"),
    ] {
        story.types(key);
        assert!(last_row(&story).contains(says), "{key}: {}", last_row(&story));
        assert!(story.model.dialogs.is_empty());
    }
}

#[test]
fn capabilities_say_what_each_means() {
    let screen = accepted().types("c").screen(120, 40);
    for text in [
        "SIZE  157286400 (157.3 MB)",
        "(RFC\u{a0}1870)",
        "AUTH  LOGIN XOAUTH2",
        "sign in",
        "X-EXPS  LOGIN",
        "not known here",
    ] {
        assert!(screen.contains(text), "{text}\n{screen}");
    }
}

#[test]
fn sessions_are_listed_newest_first_narrowed_and_shown() {
    let mut story = with_earlier();
    assert!(story.screen(120, 32).contains("Log 3/3"), "what was on the screen stays there");
    story.types("s");
    let screen = story.screen(100, 32);
    let at = |text: &str| screen.lines().position(|row| row.contains(text)).expect(text);
    assert!(at("\u{2713} Q3 numbers") < at("? Rota") && at("? Rota") < at("\u{2717} Minutes"), "{screen}");
    assert!(screen.contains("cut off") && screen.contains("2026-11-20 16:40"), "{screen}");
    story.types("refused");
    let screen = story.screen(100, 32);
    assert!(!screen.contains("Rota") && screen.contains("\u{25b8} \u{2717} Minutes"), "{screen}");
    story.press(Key::Enter);
    let screen = story.screen(120, 32);
    assert!(screen.contains("Log 1/3 \u{b7} 2026-11-19 09:15 \u{b7} Minutes"), "{screen}");
    assert!(
        screen.contains("550 5.7.60") && screen.contains("\u{21b3}"),
        "explained as it was then: {screen}"
    );
    story.types("]");
    assert!(story.screen(120, 32).contains("cut off"));
}

#[test]
fn an_earlier_session_does_not_take_the_pane_at_the_start() {
    let mut story = Story::new();
    story.tell(Msg::PastSessions(earlier()));
    let screen = story.screen(120, 32);
    assert!(screen.contains("2 sessions of earlier runs"), "{screen}");
    story.press(Key::F(6)).types("[");
    assert!(story.screen(120, 32).contains("Log 2/2 \u{b7} 2026-11-20 16:40 \u{b7} Rota"));
    story.sends();
}

#[test]
fn a_session_of_this_run_is_not_listed_twice() {
    let mut story = accepted();
    let record = story.model.log.session().unwrap().record.clone();
    story.tell(Msg::PastSessions(vec![record]));
    assert_eq!(story.model.log.sessions().len(), 1);
}

#[test]
fn the_oldest_sessions_go_before_memory_does() {
    let mut story = accepted();
    let lines: Vec<_> = (0..60_000).map(|_| (Step::Ehlo, 1, "NOOP")).collect();
    let at = |n: u8| format!("2026-11-{n:02}T09:15:00Z");
    let past = (1..=4).map(|n| super::scene::kept(&format!("old {n}"), &at(n), &lines, None)).collect();
    story.tell(Msg::PastSessions(past));
    let titles: Vec<&str> =
        story.model.log.sessions().iter().map(|session| session.record.head.title.as_str()).collect();
    assert_eq!(titles, ["old 2", "old 3", "old 4", "Q3 numbers"]);
    assert_eq!(story.model.log.session().unwrap().record.head.title, "Q3 numbers");
    assert!(story.types("s").screen(100, 32).contains("4; 1 older let go"));
}

#[test]
fn the_session_that_is_looked_at_is_not_let_go() {
    let lines: Vec<_> = (0..49_990).map(|_| (Step::Ehlo, 1, "NOOP")).collect();
    let at = |n: u8| format!("2026-11-{n:02}T09:15:00Z");
    let past = (1..=4).map(|n| super::scene::kept(&format!("old {n}"), &at(n), &lines, None)).collect();
    let mut story = Story::new();
    story.tell(Msg::PastSessions(past)).sends();
    story.press(Key::F(6)).types("[[[[");
    for _ in 0..50 {
        story.says(true, "NOOP");
    }
    let log = &story.model.log;
    let titles: Vec<&str> = log.sessions().iter().map(|session| session.record.head.title.as_str()).collect();
    assert_eq!(titles, ["old 1", "old 3", "old 4", "Q3 numbers"], "neither it nor the one under way");
    assert_eq!(log.session().unwrap().record.head.title, "old 1");
}

#[test]
fn an_export_has_a_name_and_a_form_and_the_record() {
    let mut story = accepted();
    story.types("o").press(Key::Tab).press(Key::Tab);
    assert!(story.screen(80, 24).contains("~/sendoff-2026-11-21-1403.html"));
    let made = effects(&mut story, Key::Enter);
    let [Effect::Export { session, form: Form::Html, to }] = made.as_slice() else { panic!("no export") };
    assert_eq!(to.to_str(), Some("~/sendoff-2026-11-21-1403.html"));
    assert_eq!(session.lines.len(), story.model.log.session().unwrap().lines().len());
    assert!(story.model.dialogs.is_empty());
    // A name of one's own keeps its ending.
    story.types("o");
    for _ in 0..60 {
        story.press(Key::Backspace);
    }
    assert!(effects(&mut story, Key::Enter).is_empty(), "no name, no file");
    story.types("/tmp/a.log").press(Key::Down);
    let made = effects(&mut story, Key::Enter);
    assert!(
        matches!(made.as_slice(), [Effect::Export { form: Form::Json, to, .. }] if to.to_str() == Some("/tmp/a.log"))
    );
}

#[test]
fn a_note_to_the_administrator_can_be_copied_or_mailed() {
    let mut story = refused();
    assert!(story.screen(120, 32).contains("[a] note to the administrator"));
    story.types("a");
    assert!(story.screen(120, 32).contains("Set-CASMailbox") && story.screen(80, 24).contains("c copy"));
    let made = effects(&mut story, Key::Char('c'));
    assert!(matches!(made.as_slice(), [Effect::Copy(text)] if text.contains("535 5.7.139")));
    story.types("a").types("m");
    // What was in the composer is saved first; then the note is there to be addressed.
    let draft = story.model.compose.draft("work", None);
    assert!(draft.body.contains("Set-CASMailbox") && draft.to.is_empty(), "{draft:?}");
    assert!(!draft.subject.is_empty());
    assert_eq!(story.model.focus, sendoff::app::model::Pane::Compose);
}

#[test]
fn keys_of_the_log_work_from_the_palette() {
    let mut story = accepted_in_compose();
    story.alt('x').types("chain of certificates").press(Key::Enter);
    assert!(matches!(story.model.dialogs.last(), Some(Dialog::Facts(_))));
}

fn accepted_in_compose() -> Story {
    let mut story = accepted();
    story.press(Key::Esc);
    story
}

#[test]
fn an_attempt_that_never_began_has_its_error_and_no_time() {
    let mut story = Story::new();
    story.writes().ctrl('x');
    // The story's disk tells that it has begun; here it has not.
    for effect in update(&mut story.model, Msg::Key(Input { key: Key::Enter, ..Input::default() })) {
        if let Effect::Queue { id, .. } = effect {
            story.id = id;
        }
    }
    let failure = Failure { trouble: Trouble::NoSecret, detail: "no secret was given".to_owned() };
    ends(&mut story, Report::untried(Step::Secret, failure, String::new()));
    story.press(Key::F(6));
    let screen = story.screen(120, 32);
    assert!(screen.contains("** no secret was given") && screen.contains("       0.000"), "{screen}");
    story.types("o");
    assert!(last_row(&story).contains("nothing has passed yet"), "{}", last_row(&story));
    assert_eq!(story.model.log.session().unwrap().started(), None::<Timestamp>);
}
