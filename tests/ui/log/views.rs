//! Every view of the log, at two sizes. A picture is read before it is accepted.

use tui_textarea::Key;

use super::scene::{accepted, accepted_aside, refused, untrusted, with_earlier};
use crate::ui::Story;
use crate::ui::screens::is_as_it_was_at;

#[test]
fn every_view_is_as_it_was_seen_and_liked() {
    for (name, story) in ALL {
        is_as_it_was_at(&[(80, 24), (120, 40)], name, &story());
    }
}

type View = (&'static str, fn() -> Story);

/// Every view by its name.
pub const ALL: [View; 17] = [
    ("log-accepted", accepted),
    ("log-aside", accepted_aside),
    ("log-refused", refused),
    ("log-raw", raw),
    ("log-summary", summary),
    ("log-summary-refused", summary_refused),
    ("log-folded", folded),
    ("log-search", search),
    ("log-filter", filter),
    ("log-selection", selection),
    ("log-certificate", certificate),
    ("log-untrusted", untrusted_sheet),
    ("log-capabilities", capabilities),
    ("log-sessions", sessions),
    ("log-export", export),
    ("log-note", note),
    ("log-times", times),
];

fn raw() -> Story {
    let mut story = accepted();
    story.types("e");
    story
}

fn summary() -> Story {
    let mut story = accepted();
    story.types("ee");
    story
}

fn summary_refused() -> Story {
    let mut story = refused();
    story.types("ee");
    story
}

/// The offer in one row, and long lines cut at the edge.
fn folded() -> Story {
    let mut story = accepted();
    for at in [5, 10] {
        story.press(Key::Home);
        for _ in 0..at {
            story.press(Key::Down);
        }
        story.types("x");
    }
    story.types("wl").press(Key::Home);
    story
}

fn search() -> Story {
    let mut story = accepted();
    story.types("/recipient").press(Key::Down);
    story
}

fn filter() -> Story {
    let mut story = accepted();
    story.types("ffff");
    story
}

fn selection() -> Story {
    let mut story = accepted();
    story.press(Key::Home).types("jjvjjj");
    story
}

fn certificate() -> Story {
    let mut story = accepted();
    story.types("t");
    story
}

fn untrusted_sheet() -> Story {
    let mut story = untrusted();
    story.types("t");
    story
}

fn capabilities() -> Story {
    let mut story = accepted();
    story.types("c");
    story
}

fn sessions() -> Story {
    let mut story = with_earlier();
    story.types("s").press(Key::Down);
    story
}

fn export() -> Story {
    let mut story = accepted();
    story.types("o").press(Key::Down);
    story
}

fn note() -> Story {
    let mut story = refused();
    story.types("a");
    story
}

/// Where the time of a refused session went, in the six rows that the pane has beside the composer.
fn times() -> Story {
    let mut story = refused();
    story.types("T").alt('z').press(Key::Esc);
    story
}
