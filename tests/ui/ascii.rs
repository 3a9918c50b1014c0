//! Where a terminal shows ASCII alone, all of the screen is ASCII, and still says the same.

use sendoff::ui::Look;
use sendoff::ui::glyphs::Glyphs;
use sendoff::ui::theme::Theme;

use super::story::text;
use super::{log, screens};

#[test]
fn every_screen_can_do_without_other_characters() {
    let theme = Theme::fallback();
    let look = Look { theme: &theme, glyphs: &Glyphs::ASCII };
    for (name, story) in screens::ALL.into_iter().chain(log::views::ALL) {
        let story = story();
        for size in [(120, 32), (80, 24), (50, 16), (40, 10), (10, 2)] {
            let screen = text(&story.cells(size, &look).0);
            assert!(screen.is_ascii(), "{name} at {size:?}\n{screen}");
        }
    }
}

#[test]
fn what_cannot_be_shown_takes_the_room_it_takes_elsewhere() {
    let mut story = super::Story::new();
    story.types("混合 \u{201c}Zo\u{eb}\u{201d} <zoe@contoso.com>");
    let theme = Theme::fallback();
    let screen = text(&story.cells((80, 24), &Look { theme: &theme, glyphs: &Glyphs::ASCII }).0);
    assert!(screen.contains("To  ? ?  \"Zo?\" <zoe@contoso.com>"), "{screen}");
}
