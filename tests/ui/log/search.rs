//! Search and filter: what is found as it is typed, counted, and gone to; what is left out.

use sendoff::app::log::{Filter, Stage};
use tui_textarea::Key;

use super::scene::{accepted, refused};
use crate::ui::Story;

fn state(story: &Story) -> String {
    story.screen(120, 32).lines().find(|row| row.contains(" Log ")).unwrap().to_owned()
}

fn line(story: &Story) -> String {
    let log = &story.model.log;
    log.session().unwrap().line(log.view.line().unwrap()).unwrap().text.to_string()
}

#[test]
fn it_is_found_while_it_is_typed_and_counted_in_the_border() {
    let mut story = accepted();
    story.types("/RCPT");
    assert_eq!(line(&story), "RCPT TO:<bob@fabrikam.com>");
    assert!(state(&story).contains("1 of 2"), "{}", state(&story));
    assert!(story.screen(80, 24).lines().last().unwrap().starts_with(" Search  RCPT"));
    story.types(" TO:<CAROL");
    assert_eq!(line(&story), "RCPT TO:<carol@contoso.com>");
    assert!(state(&story).contains("1 of 1"), "{}", state(&story));
    for _ in 0..6 {
        story.press(Key::Backspace);
    }
    assert!(state(&story).contains("1 of 2"), "{}", state(&story));
}

#[test]
fn what_stands_below_a_line_is_found_with_it() {
    let mut story = refused();
    story.types("/administrator").press(Key::Enter);
    assert!(line(&story).starts_with("535 5.7.139"), "{}", line(&story));
    let mut story = accepted();
    story.types("/accepted as").press(Key::Enter);
    assert!(line(&story).starts_with("250 2.6.0 "), "{}", line(&story));
}

#[test]
fn n_goes_on_and_round_and_shift_n_back() {
    let mut story = accepted();
    story.types("/recipient ok").press(Key::Enter);
    let view = |story: &Story| story.model.log.view.line().unwrap();
    let first = view(&story);
    story.types("n");
    let second = view(&story);
    assert_eq!(second, first + 1);
    story.types("n");
    assert_eq!(view(&story), first, "round");
    story.types("N");
    assert_eq!(view(&story), second);
    story.press(Key::Esc);
    assert!(!state(&story).contains(" of "), "{}", state(&story));
    assert_eq!(view(&story), second, "Esc forgets the search, not the place");
}

#[test]
fn esc_while_typing_goes_back_to_where_one_came_from() {
    let mut story = accepted();
    story.press(Key::Home).press(Key::Down);
    let before = story.model.log.view.cursor;
    story.types("/permission").press(Key::Backspace).types("zzz");
    assert!(state(&story).contains("not found"), "{}", state(&story));
    assert!(story.screen(80, 24).lines().last().unwrap().contains("not in this session"));
    story.press(Key::Esc);
    assert_eq!(story.model.log.view.cursor, before);
    assert!(story.model.log.view.search.is_none());
}

#[test]
fn what_comes_later_is_found_too() {
    let mut story = Story::new();
    story.sends();
    story.press(Key::F(6)).connects().types("/NOOP").press(Key::Enter);
    assert!(state(&story).contains("not found"));
    story.says(true, "NOOP").says(true, "noop 2");
    assert!(state(&story).contains("2 found"), "{}", state(&story));
}

#[test]
fn a_match_in_a_folded_reply_opens_it() {
    let mut story = accepted();
    story.press(Key::Home);
    for _ in 0..5 {
        story.press(Key::Down);
    }
    story.types("x");
    assert!(!story.screen(120, 40).contains("250-PIPELINING"));
    story.types("/pipelining");
    assert!(story.screen(120, 40).contains("250-PIPELINING"));
    assert_eq!(line(&story), "250-PIPELINING");
}

#[test]
fn a_filter_leaves_the_lines_of_its_kind_and_says_so() {
    let mut story = refused();
    story.types("f").press(Key::Down).press(Key::Enter);
    assert_eq!(story.model.log.view.filter, Filter::Problems);
    let screen = story.screen(120, 32);
    assert!(screen.contains("problems \u{b7}") && screen.contains("535 5.7.139"), "{screen}");
    assert!(screen.contains("SMTP sending is switched off"), "what it means stays below it: {screen}");
    assert!(!screen.contains("AUTH LOGIN") && !screen.contains("220 "), "{screen}");
    story.types("f").press(Key::End).press(Key::Enter);
    assert_eq!(story.model.log.view.filter, Filter::Stage(Stage::SignIn));
    let screen = story.screen(120, 32);
    assert!(screen.contains("AUTH LOGIN") && !screen.contains("220 "), "{screen}");
}

#[test]
fn a_filter_that_leaves_nothing_says_that() {
    let mut story = accepted();
    story.types("f").press(Key::Down).press(Key::Enter);
    assert!(story.screen(80, 24).contains("No line is of this kind."));
    story.types("jkGgvyxnN!p/a").press(Key::Esc);
}

#[test]
fn what_streams_passes_the_filter_first() {
    let mut story = Story::new();
    story.sends();
    story.press(Key::F(6)).connects();
    story.types("f").press(Key::Down).press(Key::Down).press(Key::Enter);
    story.hears(true, 3, "250 2.0.0 unseen").says(true, "NOOP");
    let screen = story.screen(120, 32);
    assert!(screen.contains("NOOP") && !screen.contains("unseen"), "{screen}");
}

#[test]
fn the_first_problem_is_one_key_away_and_the_next_one_more() {
    let mut story = Story::new();
    story.sends();
    story.press(Key::F(6)).connects();
    story.types("p");
    assert!(story.screen(80, 24).lines().last().unwrap().contains("no problem in this session"));
    story
        .hears(true, 5, "451 4.7.0 later")
        .says(true, "NOOP")
        .hears(true, 5, "550 5.1.1 gone")
        .says(true, "QUIT");
    story.types("p");
    assert_eq!(line(&story), "451 4.7.0 later");
    story.types("!");
    assert_eq!(line(&story), "550 5.1.1 gone");
    story.types("p");
    assert_eq!(line(&story), "451 4.7.0 later");
}

#[test]
fn what_was_found_stands_out_also_on_the_cursors_row() {
    let mut story = accepted();
    story.types("/recipient").press(Key::Enter);
    let theme = sendoff::ui::theme::Theme::fallback();
    let look = sendoff::ui::Look { theme: &theme, glyphs: &sendoff::ui::glyphs::Glyphs::UNICODE };
    let (buffer, _) = story.cells((80, 24), &look);
    let found = buffer.content.iter().filter(|cell| Some(cell.bg) == theme.match_.bg);
    let found: String = found.map(ratatui::buffer::Cell::symbol).collect();
    assert_eq!(found, "RecipientRecipient");
}
