//! Where the keys go is plain to see: in black and white, at every size, and only there.

use ratatui::style::Modifier;
use sendoff::app::model::Pane;
use sendoff::ui::Look;
use sendoff::ui::glyphs::Glyphs;
use sendoff::ui::theme::{Depth, Theme, builtin_names};
use tui_textarea::Key;

use super::Story;

const SIZES: [(u16, u16); 4] = [(120, 32), (80, 24), (50, 16), (40, 10)];

/// The rows of titles with a thick line in them.
fn thick_titles(screen: &str) -> Vec<&str> {
    screen.lines().filter(|row| row.contains('\u{2501}') && row.chars().any(char::is_alphabetic)).collect()
}

fn focused(pane: Pane) -> Story {
    let mut story = Story::new();
    while story.model.focus != pane {
        story.press(Key::F(6));
    }
    story
}

#[test]
fn the_pane_with_the_focus_has_the_only_thick_line_with_a_title() {
    let panes = [
        (Pane::Accounts, "Accounts"),
        (Pane::Outbox, "Outbox"),
        (Pane::Compose, "Compose"),
        (Pane::Log, "Log"),
    ];
    for (pane, title) in panes {
        for (columns, rows) in SIZES {
            let screen = focused(pane).screen(columns, rows);
            let thick = thick_titles(&screen);
            assert!(!thick.is_empty(), "{title} at {columns}\n{screen}");
            let (upper, others) = (thick[0], &thick[1..]);
            if columns < 100 && pane == Pane::Accounts {
                assert!(upper.contains("[\u{25cf} work"), "{upper}");
            } else {
                assert!(upper.contains(title), "{title} at {columns}: {upper}");
            }
            // In the column on the left the line below the accounts carries the next title.
            let shared = others.iter().all(|row| pane == Pane::Accounts && row.contains("Outbox"));
            assert!(shared, "{title} at {columns}\n{screen}");
        }
    }
}

#[test]
fn without_colours_its_title_is_reversed_and_no_other() {
    for name in builtin_names() {
        let theme = Theme::load(name, &|_| None).unwrap().0.at_depth(Depth::None);
        let look = Look { theme: &theme, glyphs: &Glyphs::UNICODE };
        for (pane, title) in [(Pane::Compose, " Compose "), (Pane::Log, " Log "), (Pane::Outbox, " Outbox ")]
        {
            let (buffer, _) = focused(pane).cells((120, 32), &look);
            let reversed: String = buffer
                .content
                .iter()
                .filter(|cell| cell.modifier.contains(Modifier::REVERSED))
                .map(ratatui::buffer::Cell::symbol)
                .collect();
            assert!(reversed.starts_with(title), "{name}: {reversed:?}");
            for other in [" Compose ", " Log ", " Outbox ", " Accounts "] {
                assert!(other == title || !reversed.contains(other), "{name}: {reversed:?}");
            }
        }
    }
}

#[test]
fn a_dialog_takes_the_focus_from_the_panes_and_has_the_cursor() {
    let mut story = Story::new();
    let cursor = story.cursor(120, 32);
    story.ctrl('t');
    assert_eq!(thick_titles(&story.screen(120, 32)), Vec::<&str>::new());
    assert_ne!(story.cursor(120, 32), cursor);
    story.press(Key::Esc);
    assert_eq!(story.cursor(120, 32), cursor);
    story.press(Key::F(1));
    assert_eq!(story.cursor(120, 32), "no cursor", "there is nothing to type into");
}

#[test]
fn only_the_composer_shows_a_cursor_among_the_panes() {
    for pane in [Pane::Accounts, Pane::Outbox, Pane::Log] {
        for (columns, rows) in SIZES {
            assert_eq!(focused(pane).cursor(columns, rows), "no cursor", "{pane:?}");
        }
    }
}
