//! The first line and the last.

use sendoff::app::model::{Notice, Severity};
use sendoff::app::msg::{Msg, News};
use sendoff::mail::outcome::{Outcome, Step};
use tui_textarea::Key;

use super::Story;

fn head(story: &Story) -> String {
    story.screen(120, 32).lines().next().unwrap().to_owned()
}

fn foot(story: &Story, columns: u16, rows: u16) -> String {
    story.screen(columns, rows).lines().last().unwrap().to_owned()
}

#[test]
fn the_head_names_the_account_and_what_is_on_its_way() {
    let mut story = Story::new();
    assert_eq!(head(&story), " sendoff   work \u{b7} ana@contoso.com");
    story.sends().connects();
    assert!(head(&story).ends_with("\u{2191} signing in   outbox 1"), "{}", head(&story));
    story.reports(Outcome::Accepted, Step::Quit, "250 2.0.0 OK");
    assert_eq!(head(&story), " sendoff   work \u{b7} ana@contoso.com", "nothing is left to look at");
}

#[test]
fn a_send_that_waits_for_another_says_so() {
    let mut story = Story::new();
    story.sends();
    story.tell(Msg::Send(story.id, News::Waits(true)));
    let screen = story.screen(120, 32);
    assert!(screen.contains("waiting for its turn") && screen.contains("waits"), "{screen}");
    story.tell(Msg::Send(story.id, News::Waits(false)));
    assert!(head(&story).contains("fetching the secret"), "{}", head(&story));
}

#[test]
fn the_sandbox_is_named_at_every_size() {
    let mut story = Story::new();
    story.model.is_sandbox = true;
    for (columns, rows) in [(120, 32), (80, 24), (50, 16), (40, 10)] {
        assert!(story.screen(columns, rows).lines().next().unwrap().contains("sandbox"));
    }
}

#[test]
fn the_foot_names_keys_and_never_half_of_one() {
    let mut story = Story::new();
    for columns in 40..140 {
        let foot = foot(&story, columns, 24);
        assert!(foot.starts_with(" Ctrl-X send"), "{foot}");
        let whole = [
            "send", "attach", "editor", "account", "pane", "help", "quit", "drafts", "commands", "find",
            "zoom",
        ];
        assert!(whole.iter().any(|word| foot.ends_with(&format!(" {word}"))), "{foot}");
    }
    story.sends().connects().press(Key::Right);
    assert!(foot(&story, 80, 24).contains("Ctrl-C cancel"), "it can be stopped");
}

#[test]
fn keys_are_those_of_the_pane() {
    let mut story = Story::new();
    story.press(Key::F(6)).press(Key::F(6)).press(Key::F(6));
    assert!(foot(&story, 80, 24).starts_with(" Enter open   d remove   Esc back"));
    let mut story = Story::with(Vec::new());
    story.press(Key::F(6)).press(Key::F(6));
    assert!(foot(&story, 80, 24).starts_with(" a add   s try the sandbox   w write an example"));
}

#[test]
fn a_notice_takes_the_foot_with_a_mark_until_the_next_key() {
    let mut story = Story::new();
    let marks = [
        (Severity::Info, "\u{2022}"),
        (Severity::Good, "\u{2713}"),
        (Severity::Warning, "!"),
        (Severity::Error, "\u{2717}"),
    ];
    for (severity, mark) in marks {
        story.model.notice = Some(Notice { severity, text: "something happened".to_owned() });
        assert_eq!(foot(&story, 80, 24), format!(" {mark} something happened"));
    }
    story.press(Key::Right);
    assert!(foot(&story, 80, 24).contains("Ctrl-X"));
}

#[test]
fn a_long_notice_takes_a_second_row_from_the_log_and_moves_nothing_else() {
    let mut story = Story::new();
    story.sends().connects();
    let before = story.screen(80, 24);
    let text = "a long story ".repeat(11);
    story.model.notice = Some(Notice { severity: Severity::Warning, text: text.trim().to_owned() });
    let after = story.screen(80, 24);
    let rows: Vec<&str> = after.lines().collect();
    assert!(rows[22].starts_with(" ! a long story") && rows[23].starts_with("   story a long"), "{after}");
    assert!(before.lines().take(17).eq(after.lines().take(17)), "{after}");
    assert!(foot(&story, 50, 16).ends_with('\u{2026}'), "a small screen has one row for it");
}

#[test]
fn a_notice_from_outside_cannot_act() {
    let mut story = Story::new();
    story.news(News::Started(super::story::noon()));
    story.model.notice =
        Some(Notice { severity: Severity::Error, text: "\u{1b}[31m\u{202e}evil".to_owned() });
    assert_eq!(foot(&story, 80, 24), " \u{2717} ^[[31m<U+202E>evil");
}

#[test]
fn while_a_message_is_looked_at_before_the_review_the_foot_says_so() {
    let mut story = Story::new();
    story.model.dialogs.push(sendoff::app::dialog::Dialog::Checking);
    assert_eq!(foot(&story, 80, 24), " Looking at the message and its attachments\u{2026}");
    assert!(story.screen(80, 24).contains("Compose \u{2501}"), "the pane keeps its focus");
}
