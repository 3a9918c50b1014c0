//! Pictures, for looking at: `cargo test gallery -- --ignored` draws them into `target/gallery`.

use std::fs;
use std::path::Path;

use sendoff::ui::Look;
use sendoff::ui::glyphs::Glyphs;
use sendoff::ui::theme::{Depth, Theme};

use super::screens::ALL;
use crate::support::picture::{self, Terminal};

#[test]
#[ignore = "draws pictures"]
fn gallery() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/gallery");
    fs::create_dir_all(&folder).unwrap();
    let only = std::env::var("GALLERY").unwrap_or_default();
    for (name, story) in ALL {
        let story = story();
        for (theme_name, depth) in [
            ("dark", Depth::TrueColor),
            ("light", Depth::TrueColor),
            ("high-contrast", Depth::TrueColor),
            ("ansi-16", Depth::Ansi16),
            ("dark", Depth::Ansi16),
            ("dark", Depth::None),
        ] {
            let theme = Theme::load(theme_name, &|_| None).unwrap().0.at_depth(depth);
            for (columns, rows) in [(120, 32), (80, 24), (50, 16)] {
                let file = format!("{name}-{theme_name}-{depth:?}-{columns}.svg").to_lowercase();
                if !file.contains(&only) {
                    continue;
                }
                let look = Look { theme: &theme, glyphs: &Glyphs::UNICODE };
                let (buffer, cursor) = story.cells((columns, rows), &look);
                let terminal = if theme_name == "light" { Terminal::LIGHT } else { Terminal::DARK };
                fs::write(folder.join(file), picture::of_buffer(&buffer, cursor, terminal)).unwrap();
            }
        }
    }
}
