//! The outbox: a mark and a word for every fate.

use sendoff::app::msg::Msg;
use sendoff::mail::outbox::Fate;
use sendoff::mail::outcome::{Outcome, Step};
use tui_textarea::Key;

use super::Story;
use super::screens::entry;

const NOON: &str = "2026-11-21T12:00:00Z";

fn done(outcome: Outcome) -> Fate {
    Fate::Done { outcome, says: "550 5.1.1 No such user".to_owned(), server_id: None }
}

#[test]
fn every_outcome_has_a_mark_and_a_word() {
    let fates = [
        (done(Outcome::Accepted), "\u{2713} Q3", "12:00"),
        (done(Outcome::Partly), "\u{25d0} Q3", "partly"),
        (done(Outcome::Refused), "\u{2717} Q3", "refused"),
        (done(Outcome::Failed), "\u{2717} Q3", "failed"),
        (done(Outcome::Deferred), "\u{21bb} Q3", "deferred"),
        (done(Outcome::Unknown), "? Q3", "unknown"),
        (Fate::Unknown, "? Q3", "unknown"),
        (Fate::NotSent, "\u{21bb} Q3", "not sent"),
    ];
    for (fate, mark, word) in fates {
        let mut story = Story::new();
        story.tell(Msg::Outbox(vec![entry("a", "Q3", fate, NOON)]));
        let screen = story.screen(120, 32);
        let row = screen.lines().find(|row| row.contains(mark)).unwrap_or_else(|| panic!("{mark}\n{screen}"));
        let pane: String = row.chars().skip(1).take(24).collect();
        assert!(pane.trim_end().ends_with(word), "{pane}");
    }
}

#[test]
fn a_send_shows_its_step_and_then_how_much_has_left() {
    let mut story = Story::new();
    story.sends().connects();
    assert!(story.screen(120, 32).contains("\u{2191} Q3 numbers      auth "));
    let mut story = Story::new();
    story.sends().uploads(442_086);
    assert!(story.screen(120, 32).contains("\u{2191} Q3 numbers      25 % "));
    story.reports(Outcome::Accepted, Step::Quit, "250 2.0.0 OK");
    assert!(story.screen(120, 32).contains("\u{2713} Q3 numbers     14:03 "));
}

#[test]
fn what_another_sendoff_holds_is_left_to_it() {
    let mut held = entry("a", "Q3", Fate::NotSent, NOON);
    held.is_busy = true;
    let mut story = Story::new();
    story.tell(Msg::Outbox(vec![held]));
    assert!(story.screen(120, 32).contains("\u{2191} Q3              busy "));
}

#[test]
fn the_chosen_row_says_all_of_it() {
    let mut story = Story::new();
    story.tell(Msg::Outbox(vec![entry("a", "Q3", Fate::Unknown, NOON)]));
    let ending = "server's answer";
    assert!(!story.screen(120, 32).contains(ending));
    story.press(Key::F(6)).press(Key::F(6)).press(Key::F(6));
    for (columns, rows) in [(120, 32), (80, 24), (50, 16)] {
        assert!(story.screen(columns, rows).contains(ending), "{}", story.screen(columns, rows));
    }
}

#[test]
fn a_long_list_scrolls_with_the_choice() {
    let mut story = Story::new();
    let many = (0..60).map(|n| entry(&n.to_string(), &format!("letter {n}"), done(Outcome::Accepted), NOON));
    story.tell(Msg::Outbox(many.collect()));
    story.press(Key::F(6)).press(Key::F(6)).press(Key::F(6)).press(Key::End);
    for (columns, rows) in [(120, 32), (80, 24), (50, 16), (40, 10)] {
        let screen = story.screen(columns, rows);
        assert!(screen.contains("Drafts 0") && !screen.contains("letter 0 "), "{screen}");
    }
}

#[test]
fn a_subject_from_outside_cannot_act() {
    let mut story = Story::new();
    story.tell(Msg::Outbox(vec![entry("a", "\u{1b}[2J\u{202e}", Fate::NotSent, NOON)]));
    assert!(story.screen(120, 32).contains("^[[2J<U+2"));
}
