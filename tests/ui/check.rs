//! The check of an account: its steps as they come, and what they come to.

use std::time::Duration;

use sendoff::app::action::Action;
use sendoff::app::effect::Effect;
use sendoff::app::model::SendId;
use sendoff::app::msg::{Msg, Testing};
use sendoff::app::update;
use sendoff::mail::account::{Auth, Identity};
use sendoff::mail::address::Mailbox;
use sendoff::mail::check::{Check, CheckStep, Stage, Why};
use sendoff::mail::outcome::{Failure, Trouble};
use sendoff::mail::reply::Reply;
use sendoff::ui::Look;
use sendoff::ui::glyphs::Glyphs;
use sendoff::ui::theme::Theme;
use tui_textarea::{Input, Key};

use super::Story;
use super::story::{account, noon, text};

const SIZES: [(u16, u16); 2] = [(80, 24), (50, 16)];

/// Ana, in the account pane; she may send as sales, too.
fn begun() -> (Story, SendId) {
    let mut work = account("work", "Ana Silva <ana@contoso.com>", Auth::Auto);
    work.identities = vec![Identity {
        from: Mailbox::parse("Sales <sales@contoso.com>").unwrap(),
        reply_to: None,
        signature: None,
        username: None,
    }];
    let mut story = Story::with(vec![work]);
    story.press(Key::F(6)).press(Key::F(6));
    let effects = update(&mut story.model, Msg::Key(Input { key: Key::Char('t'), ..Input::default() }));
    let id = effects.iter().find_map(|effect| match effect {
        Effect::TestAccount { id, account } if account.name == "work" => Some(*id),
        _ => None,
    });
    let id = id.expect("a check is asked for");
    story.tell(Msg::Test(id, Testing::Started(noon())));
    (story, id)
}

fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// Up to the sign-in, where `refusal` may be the answer.
fn steps(refusal: Option<Why>) -> Vec<CheckStep> {
    let offers = "SIZE 157286400, PIPELINING, DSN, ENHANCEDSTATUSCODES, AUTH LOGIN XOAUTH2, 8BITMIME";
    let mut steps = vec![
        CheckStep::passed(Stage::Lookup, "", ms(12), "smtp.office365.com is 2001:db8::10, 203.0.113.10"),
        CheckStep::failed(
            Stage::Connect,
            "[2001:db8::10]:587",
            ms(2),
            Why::Failure(Failure {
                trouble: Trouble::Unreachable,
                detail: "connecting to [2001:db8::10]:587: Network is unreachable".into(),
            }),
        ),
        CheckStep::passed(Stage::Connect, "203.0.113.10:587", ms(41), "connected"),
        CheckStep::passed(
            Stage::Greeting,
            "",
            ms(44),
            "220 PN4P287CA0064.outlook.office365.com Microsoft ESMTP MAIL Service ready",
        ),
        CheckStep::passed(Stage::Ehlo, "", ms(40), "SIZE 157286400, PIPELINING, STARTTLS"),
        CheckStep::passed(Stage::StartTls, "", ms(39), "220 2.0.0 SMTP server ready"),
        CheckStep::passed(
            Stage::Tls,
            "",
            ms(86),
            "TLS 1.3 AES-256-GCM, proves smtp.office365.com until 2027-03-01",
        ),
        CheckStep::passed(Stage::Capabilities, "", ms(41), offers),
    ];
    if let Some(why) = refusal {
        steps.push(CheckStep::failed(Stage::Auth, "", ms(5_104), why));
        let reason = "not tried: Sign-in failed";
        for (stage, about) in [
            (Stage::Mail, "ana@contoso.com"),
            (Stage::Rcpt, "ana@contoso.com"),
            (Stage::Mail, "sales@contoso.com"),
            (Stage::Rset, ""),
        ] {
            steps.push(CheckStep::skipped(stage, about, reason));
        }
    } else {
        steps.push(CheckStep::passed(Stage::Auth, "", ms(412), "235 2.7.0 Authentication successful"));
        steps.push(CheckStep::passed(Stage::Mail, "ana@contoso.com", ms(42), "250 2.1.0 Sender OK"));
        steps.push(CheckStep::passed(Stage::Rcpt, "ana@contoso.com", ms(41), "250 2.1.5 Recipient OK"));
        steps.push(CheckStep::passed(Stage::Mail, "sales@contoso.com", ms(43), "250 2.1.0 Sender OK"));
        steps.push(CheckStep::passed(Stage::Rset, "", ms(40), "250 2.0.0 Resetting"));
    }
    steps.push(CheckStep::passed(Stage::Quit, "", ms(40), "221 2.0.0 Service closing transmission channel"));
    steps
}

fn finish(story: &mut Story, id: SendId, steps: Vec<CheckStep>) {
    let account = story.model.accounts.current().unwrap().clone();
    let mut check = Check::planned(&account);
    for step in steps {
        check.hear(step.clone());
        story.tell(Msg::Test(id, Testing::Step(step)));
    }
    story.tell(Msg::Test(id, Testing::Over(Box::new(check))));
}

fn disabled() -> Why {
    let text =
        "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.";
    Why::Reply(Reply::parse(text).unwrap())
}

/// Three pictures of it: under way, passed, refused.
pub fn running() -> Story {
    let (mut story, id) = begun();
    for step in steps(None).into_iter().take(5) {
        story.tell(Msg::Test(id, Testing::Step(step)));
    }
    story.tell(Msg::Test(id, Testing::Step(CheckStep::running(Stage::StartTls, ""))));
    story
}

pub fn passed() -> Story {
    let (mut story, id) = begun();
    finish(&mut story, id, steps(None));
    story
}

pub fn refused() -> Story {
    let (mut story, id) = begun();
    finish(&mut story, id, steps(Some(disabled())));
    story
}

#[test]
fn it_fills_in_as_the_steps_come() {
    let (mut story, id) = begun();
    assert!(
        story.screen(80, 24).contains("fetching the password"),
        "what takes so long: {}",
        story.screen(80, 24)
    );
    for step in steps(None).into_iter().take(4) {
        story.tell(Msg::Test(id, Testing::Step(step)));
    }
    story.tell(Msg::Test(id, Testing::Step(CheckStep::running(Stage::Ehlo, ""))));
    for (columns, rows) in SIZES {
        let screen = story.screen(columns, rows);
        for text in ["\u{2713} Greeting", "\u{25b8} EHLO", "\u{b7} STARTTLS", "Esc stop"] {
            assert!(screen.contains(text) || rows == 16 && text.contains("STARTTLS"), "{text}\n{screen}");
        }
    }
}

#[test]
fn success_names_everybody_that_one_can_send_as() {
    let (mut story, id) = begun();
    finish(&mut story, id, steps(None));
    for (columns, rows) in SIZES {
        let screen = story.screen(columns, rows);
        assert!(screen.contains("You can send as ana@contoso.com and"), "{screen}");
    }
    story.press(Key::Enter);
    assert!(story.model.dialogs.is_empty());
}

#[test]
fn a_refusal_stands_at_the_foot_with_who_can_change_it() {
    let (mut story, id) = begun();
    finish(&mut story, id, steps(Some(disabled())));
    for (columns, rows) in SIZES {
        let screen = story.screen(columns, rows);
        assert!(screen.contains("\u{2717} SMTP sending is switched off"), "{screen}");
        assert!(screen.contains("n note to the administrator"), "{screen}");
    }
    // The note lies over it, and gives it back.
    story.press(Key::Char('n'));
    assert!(story.screen(80, 24).contains("A note to the administrator"), "{}", story.screen(80, 24));
    assert!(story.screen(120, 60).contains("testing the account"), "{}", story.screen(120, 60));
    story.press(Key::Esc);
    assert!(story.screen(80, 24).contains("Can \u{201c}work\u{201d} send?"));
}

#[test]
fn every_step_can_be_scrolled_to_on_a_low_screen() {
    let (mut story, id) = begun();
    finish(&mut story, id, steps(Some(disabled())));
    let before = story.screen(50, 16);
    assert!(before.contains("\u{2717} SMTP sending") && !before.contains("Look-up"), "{before}");
    assert!(before.contains("Authenticated SMTP."), "all of it can be read: {before}");
    let mut seen = String::new();
    story.press(Key::Home);
    for _ in 0..16 {
        seen += &story.screen(50, 16);
        story.press(Key::Down);
    }
    for name in ["Look-up", "Connect", "Greeting", "Offers", "Sign-in", "RCPT to", "RSET", "QUIT"] {
        assert!(seen.contains(name), "{name}\n{seen}");
    }
}

#[test]
fn it_stops_by_esc_and_what_comes_late_harms_nobody() {
    let (mut story, id) = begun();
    let effects = update(&mut story.model, Msg::Key(Input { key: Key::Esc, ..Input::default() }));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::StopTest(stopped) if *stopped == id)));
    assert!(story.model.dialogs.is_empty());
    finish(&mut story, id, steps(None));
    assert!(story.model.dialogs.is_empty());
    let effects = update(&mut story.model, Msg::Test(id, Testing::NeedSecret(Vec::new())));
    assert!(matches!(effects.as_slice(), [Effect::GiveUp(given_up)] if *given_up == id));
}

#[test]
fn marks_read_without_colour_and_without_unicode() {
    let (mut story, id) = begun();
    finish(&mut story, id, steps(Some(disabled())));
    let theme = Theme::fallback();
    let screen = text(&story.cells((120, 40), &Look { theme: &theme, glyphs: &Glyphs::ASCII }).0);
    for row in ["+ Look-up", "x Sign-in", "- MAIL as"] {
        assert!(screen.contains(row), "{row}\n{screen}");
    }
}

#[test]
fn it_is_a_command_like_any_other() {
    let described = Action::TestAccount.described();
    assert_eq!(described.name, "test-account");
    let (mut story, _) = begun();
    story.press(Key::Esc).press(Key::Esc).alt('x').types("test-account").press(Key::Enter);
    assert!(story.screen(80, 24).contains("Can \u{201c}work\u{201d} send?"), "{}", story.screen(80, 24));
}
