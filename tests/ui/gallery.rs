//! Pictures, for looking at: `cargo test gallery -- --ignored` draws them into `target/gallery`, those with `GALLERY` in
//! their name when it is set.

use std::fs;
use std::path::Path;

use sendoff::ui::Look;
use sendoff::ui::glyphs::Glyphs;
use sendoff::ui::theme::{Depth, Theme};

use super::{log, screens};
use crate::support::picture::{self, Terminal};

const LOOKS: [(&str, Depth, &Glyphs); 7] = [
    ("dark", Depth::TrueColor, &Glyphs::UNICODE),
    ("light", Depth::TrueColor, &Glyphs::UNICODE),
    ("high-contrast", Depth::TrueColor, &Glyphs::UNICODE),
    ("dark", Depth::Ansi16, &Glyphs::UNICODE),
    ("ansi-16", Depth::Ansi16, &Glyphs::UNICODE),
    ("dark", Depth::None, &Glyphs::UNICODE),
    ("ansi-16", Depth::None, &Glyphs::ASCII),
];

#[test]
#[ignore = "draws pictures"]
fn gallery() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/gallery");
    fs::create_dir_all(&folder).unwrap();
    let wanted = std::env::var("GALLERY").unwrap_or_default();
    for (name, story) in screens::ALL.into_iter().chain(log::views::ALL) {
        let story = story();
        for (theme_name, depth, glyphs) in LOOKS {
            let theme = Theme::load(theme_name, &|_| None).unwrap().0.at_depth(depth);
            let terminal = if theme_name == "light" { Terminal::LIGHT } else { Terminal::DARK };
            for (columns, rows) in [(120, 40), (120, 32), (80, 24), (50, 16)] {
                let file = format!("{name}-{theme_name}-{depth:?}-{columns}x{rows}.svg").to_lowercase();
                if file.contains(&wanted) {
                    let (buffer, cursor) = story.cells((columns, rows), &Look { theme: &theme, glyphs });
                    fs::write(folder.join(file), picture::of_buffer(&buffer, cursor, terminal)).unwrap();
                }
            }
        }
    }
}
