//! Any size, any state: nothing panics, nothing is drawn outside (a buffer would panic), and what must be seen is there.

use sendoff::ui::Look;
use sendoff::ui::glyphs::Glyphs;
use sendoff::ui::theme::Theme;
use tui_textarea::Key;

use super::Story;
use super::{log, screens};

#[test]
fn any_size_will_do() {
    let theme = Theme::fallback();
    let look = Look { theme: &theme, glyphs: &Glyphs::UNICODE };
    let columns = [0, 1, 7, 39, 40, 41, 79, 99, 100, 200];
    let rows = [0, 1, 9, 10, 12, 19, 20, 28, 60];
    for (name, story) in screens::ALL.into_iter().chain(log::views::ALL) {
        let story = story();
        for size in columns.iter().flat_map(|&columns| rows.map(|rows| (columns, rows))) {
            let (buffer, cursor) = story.cells(size, &look);
            assert!(cursor.is_none_or(|at| buffer.area.contains(at)), "{name} at {size:?}: {cursor:?}");
        }
    }
}

#[test]
fn any_pane_may_have_the_focus_at_any_size_zoomed_or_not() {
    let theme = Theme::fallback();
    let look = Look { theme: &theme, glyphs: &Glyphs::UNICODE };
    for mut story in [Story::new(), Story::with(Vec::new())] {
        if !story.model.accounts.list().is_empty() {
            story.sends().is_refused();
        }
        for _ in 0..2 {
            for _ in 0..4 {
                story.press(Key::F(6));
                for columns in (1..=200).step_by(19) {
                    for rows in (1..=60).step_by(7) {
                        story.cells((columns, rows), &look);
                    }
                }
            }
            story.alt('z');
        }
    }
}

#[test]
fn below_the_least_size_one_line_says_so() {
    let story = Story::new();
    assert_eq!(story.screen(39, 10).trim_end(), "sendoff needs 40 x 10");
    assert_eq!(story.screen(40, 9).trim_end(), "sendoff needs 40 x 10");
    assert_eq!(story.screen(10, 1).trim_end(), "sendoff n\u{2026}");
    assert!(story.screen(40, 10).contains("Compose"));
}

#[test]
fn at_80_by_24_the_log_has_six_rows_and_the_text_nine() {
    let mut story = Story::new();
    story.types("bob@fabrikam.com").ctrl('x').press(Key::Enter).is_refused();
    let screen = story.screen(80, 24);
    let rows: Vec<&str> = screen.lines().collect();
    let row = |text: &str| rows.iter().position(|row| row.starts_with(text)).expect(text);
    let (rule, log, foot) = (row(" \u{2500}\u{2500}"), row(" Log "), rows.len() - 1);
    assert_eq!((log - rule - 1, foot - log - 1), (9, 6), "{screen}");
}
