//! Storms of keys over sessions that no server would make: nothing panics, and no frame looks at more than it shows.

use std::time::Duration;

use sendoff::app::msg::{Msg, News};
use sendoff::mail::outcome::{Outcome, Report, Step};
use sendoff::mail::reply::Class;
use sendoff::mail::transcript::{Kind, Line, Mark, Wire};
use sendoff::ui::Look;
use sendoff::ui::glyphs::Glyphs;
use sendoff::ui::theme::Theme;
use tui_textarea::Key;

use super::scene::{chain, earlier, offers, report};
use crate::ui::Story;

/// A die that falls the same way in every run (Steele and others, `SplitMix64`).
struct Die(u64);

impl Die {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % sides as u64).unwrap()
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.roll(all.len())]
    }
}

const TEXTS: [&str; 12] = [
    "",
    "2",
    "250",
    "250-",
    "250-SIZE 1000",
    "250 OK \u{6df7}\u{5408}\u{4e2d}\u{6587} \u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f467} e\u{301}",
    "\u{6df7}\u{5408}\u{4e2d}",
    "550-5.1.1 no",
    "AUTH PLAIN [hidden] [hidden]",
    "\u{130}stanbul \u{1b}[2J",
    "a_word_without_a_blank_that_is_longer_than_any_narrow_place_could_show_in_one_row_of_its_own",
    "many words in a line that will be broken into rows wherever there is a blank, and that is long enough for several of them",
];

fn wire(die: &mut Die) -> Wire {
    const STEPS: [Step; 15] = [
        Step::Config,
        Step::Secret,
        Step::Lookup,
        Step::Connect,
        Step::Greeting,
        Step::Ehlo,
        Step::StartTls,
        Step::Tls,
        Step::Auth,
        Step::Mail,
        Step::Rcpt,
        Step::Data,
        Step::Body,
        Step::Dot,
        Step::Quit,
    ];
    match die.roll(12) {
        0 => Wire::Step(die.of(&STEPS)),
        1 => Wire::Progress { sent: die.roll(100) as u64, total: die.roll(100) as u64 },
        2 => Wire::Chain(chain()),
        _ => {
            let kinds = [
                Kind::Command,
                Kind::Reply(Class::Done),
                Kind::Reply(Class::GoOn),
                Kind::Reply(Class::Later),
                Kind::Reply(Class::No),
                Kind::Message,
                Kind::Tls,
                Kind::Note,
                Kind::Error,
            ];
            let marks =
                [Mark::Sent, Mark::SentTls, Mark::Received, Mark::ReceivedTls, Mark::Note, Mark::Error];
            let at = Duration::from_micros(die.roll(5_000_000) as u64);
            let took = (die.roll(3) == 0).then_some(at);
            let text = die.of(&TEXTS).into();
            Wire::Line(Line { at, took, mark: die.of(&marks), kind: die.of(&kinds), text })
        }
    }
}

fn happen(story: &mut Story, die: &mut Die) {
    const KEYS: [char; 34] = [
        'j', 'k', 'g', 'G', 'v', 'y', 'Y', '/', 'n', 'N', 'f', 'e', 'x', 'w', 'h', 'l', '!', 'p', 't', 'c',
        'T', 's', '[', ']', 'o', 'm', 'a', '2', 'O', ' ', '\u{6df7}', 'e', 'x', 'j',
    ];
    const OTHERS: [Key; 12] = [
        Key::Up,
        Key::Down,
        Key::PageUp,
        Key::PageDown,
        Key::Home,
        Key::End,
        Key::Left,
        Key::Right,
        Key::Enter,
        Key::Esc,
        Key::Esc,
        Key::Backspace,
    ];
    match die.roll(20) {
        0..=6 => {
            story.press(Key::Char(die.of(&KEYS)));
        }
        7..=12 => {
            story.press(die.of(&OTHERS));
        }
        13..=17 => {
            let wire = wire(die);
            story.news(News::Wire(wire));
        }
        18 if die.roll(6) == 0 => {
            let outcomes =
                [Outcome::Accepted, Outcome::Partly, Outcome::Refused, Outcome::Deferred, Outcome::Unknown];
            let reply = die.of(&["250 2.0.0 <a@b> queued", "550 5.1.1 no", "250-a\n250 b", ""]);
            let server_id = (die.roll(2) == 0).then(|| "<a@b>".to_owned());
            let ended = Report { server_id, ..report(die.of(&outcomes), Step::Dot, reply) };
            super::scene::ends(story, ended);
        }
        18 => offers(story),
        _ if die.roll(8) == 0 => {
            story.tell(Msg::PastSessions(earlier()));
        }
        _ => {
            // The composer may have the keys by now, and its words are of no interest here.
            story.model.focus = sendoff::app::model::Pane::Log;
            story.model.is_zoomed = die.roll(2) == 0;
        }
    }
}

#[test]
fn no_storm_of_keys_over_any_session_at_any_size_does_harm() {
    let theme = Theme::fallback();
    for seed in 0..60 {
        let mut die = Die(seed);
        let mut story = Story::new();
        story.sends().press(Key::F(6));
        let glyphs = if seed % 2 == 0 { &Glyphs::UNICODE } else { &Glyphs::ASCII };
        for _ in 0..250 {
            happen(&mut story, &mut die);
            if die.roll(3) == 0 {
                let size = [(80, 24), (120, 40), (50, 16), (40, 10), (41, 11), (200, 60), (67, 21), (12, 3)];
                let (columns, rows) = die.of(&size);
                let (buffer, cursor) = story.cells((columns, rows), &Look { theme: &theme, glyphs });
                assert!(cursor.is_none_or(|at| buffer.area.contains(at)));
            }
            let view = &story.model.log.view;
            assert!(view.cursor < view.count().max(1), "seed {seed}");
            assert!(!view.follows || view.cursor + 1 >= view.count(), "seed {seed}");
        }
    }
}
