//! The cursor in the log: where it goes, when the log follows, what is selected and copied.

use sendoff::app::effect::Effect;
use sendoff::app::msg::Msg;
use sendoff::app::update;
use tui_textarea::{Input, Key};

use super::scene::{RECEIPT, accepted, refused};
use crate::ui::Story;

/// What one key hands to the clipboard.
fn copied(story: &mut Story, key: char) -> Option<String> {
    let input = Input { key: Key::Char(key), ..Input::default() };
    update(&mut story.model, Msg::Key(input)).into_iter().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text),
        _ => None,
    })
}

/// The row with the cursor's mark.
fn here(story: &Story, columns: u16, rows: u16) -> String {
    let screen = story.screen(columns, rows);
    let row = screen.lines().find(|row| row.starts_with('\u{25b8}'));
    row.unwrap_or_else(|| panic!("no cursor\n{screen}")).to_owned()
}

fn wide(story: &mut Story, key: Key) -> String {
    story.press(key);
    here(story, 90, 24)
}

#[test]
fn the_log_follows_from_its_end_and_stays_everywhere_else() {
    let mut story = Story::new();
    story.sends();
    story.press(Key::F(6)).alt('z').connects();
    assert!(here(&story, 90, 24).contains("AUTH LOGIN"), "it follows");
    assert!(wide(&mut story, Key::Up).contains("250 SMTPUTF8"));
    story.says(true, "NOOP");
    assert!(here(&story, 90, 24).contains("250 SMTPUTF8"), "it stays");
    assert!(wide(&mut story, Key::Char('G')).contains("NOOP"));
    story.says(true, "NOOP 2");
    assert!(here(&story, 90, 24).contains("NOOP 2"), "it follows again");
    assert!(wide(&mut story, Key::Char('g')).contains("connecting to"));
    assert!(wide(&mut story, Key::Char('j')).contains("connected to"));
    assert!(wide(&mut story, Key::PageDown).contains("NOOP 2"), "a page leads to the end");
    story.says(true, "NOOP 3");
    assert!(here(&story, 90, 24).contains("NOOP 3"));
}

#[test]
fn the_mark_of_the_cursor_shows_only_where_the_keys_go() {
    let mut story = refused();
    assert!(story.screen(80, 24).contains('\u{25b8}'));
    story.press(Key::Esc);
    story.alt('z');
    assert!(!story.screen(80, 24).contains('\u{25b8}'));
}

#[test]
fn a_row_that_does_not_fit_is_read_line_by_line() {
    let mut story = Story::new();
    story.sends();
    let long: Vec<String> = (0..60).map(|n| format!("word{n:02}")).collect();
    let long = long.join(" ");
    story.connects().hears(true, 10, &format!("550 {long}"));
    story.press(Key::F(6));
    let mut seen = story.screen(50, 12);
    for _ in 0..12 {
        story.press(Key::Up);
        seen += &story.screen(50, 12);
    }
    for n in 0..60 {
        assert!(seen.contains(&format!("word{n:02}")), "word{n:02}\n{seen}");
    }
    // And down again, without going round in it for ever.
    for _ in 0..16 {
        story.press(Key::Down);
        story.screen(50, 12);
    }
    assert!(story.model.log.view.follows, "{}", story.screen(50, 12));
    assert!(story.screen(50, 12).contains("word59"));
}

#[test]
fn a_line_is_copied_as_it_is_read_without_its_times() {
    let mut story = accepted();
    story.press(Key::Home);
    assert_eq!(
        copied(&mut story, 'y').as_deref(),
        Some("== connecting to smtp.office365.com:587 (203.0.113.10)")
    );
    assert!(story.screen(80, 24).lines().last().unwrap().contains("1 line handed to the terminal"));
}

#[test]
fn a_selection_is_copied_as_it_is_shown_and_then_gone() {
    let mut story = refused();
    story.types("gvG");
    story.press(Key::Up).press(Key::Up);
    story.types("gjjj").types("v");
    assert_eq!(story.model.log.view.anchor, None, "v once more lets go");
    story.types("G").press(Key::Up).press(Key::Up).types("vjj");
    let text = copied(&mut story, 'y').unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "~> AUTH LOGIN [hidden]", "masked as it is on the screen");
    assert!(
        lines[1].starts_with("<~ 535 5.7.139 Authentication unsuccessful"),
        "whole, however it is broken: {text}"
    );
    assert!(
        lines[2].contains("SMTP sending is switched off") && lines[3].contains("For your administrator"),
        "{text}"
    );
    assert_eq!(lines.len(), 4);
    assert_eq!(story.model.log.view.anchor, None);
}

#[test]
fn a_selection_does_not_run_along_with_the_log() {
    let mut story = Story::new();
    story.sends();
    story.press(Key::F(6)).connects().types("v").says(true, "NOOP");
    assert_eq!(copied(&mut story, 'y').as_deref(), Some("~> AUTH LOGIN [hidden]"));
}

#[test]
fn a_whole_session_is_copied_with_its_times() {
    let mut story = accepted();
    let text = copied(&mut story, 'Y').unwrap();
    assert!(text.starts_with("Q3 numbers  smtp.office365.com:587  2026-11-21T14:03:01"), "{text}");
    assert!(text.contains("   0.082    41 ms  <- 220 PN4P287CA0064"), "{text}");
    assert!(text.contains("~> AUTH LOGIN [hidden]") && text.contains(RECEIPT), "{text}");
    assert!(text.ends_with("your Message-ID <07070707@contoso.com> was replaced"), "{text}");
    assert!(!text.contains("Where the time went"));
}

#[test]
fn esc_ends_what_was_begun_last_before_it_leaves_the_pane() {
    let mut story = refused();
    story.types("f").press(Key::Down).press(Key::Enter).types("/auth").press(Key::Enter).types("v");
    let is_left = |story: &Story| story.model.focus != sendoff::app::model::Pane::Log;
    for what in ["selection", "search", "filter"] {
        assert!(!is_left(&story), "{what}");
        story.press(Key::Esc);
    }
    assert!(!is_left(&story));
    story.press(Key::Esc);
    assert!(is_left(&story));
}
