//! The pictures are true: what a test drew and what a terminal shows give the same one.

use ratatui::backend::{Backend as _, CrosstermBackend};
use ratatui::buffer::Buffer;
use sendoff::ui::Look;
use sendoff::ui::glyphs::Glyphs;
use sendoff::ui::theme::Theme;

use super::Story;
use crate::support::picture::{Terminal, of_buffer, of_screen};

#[test]
fn a_buffer_and_the_terminal_it_is_written_to_give_the_same_picture() {
    let mut story = Story::new();
    story.types("Zoë 混合 <zoe@contoso.com>").sends().is_refused();
    let theme = Theme::fallback();
    let look = Look { theme: &theme, glyphs: &Glyphs::UNICODE };
    let (buffer, _) = story.cells((100, 30), &look);
    let mut bytes = Vec::new();
    let blank = Buffer::empty(buffer.area);
    CrosstermBackend::new(&mut bytes).draw(blank.diff(&buffer).into_iter()).unwrap();
    let mut parser = vt100::Parser::new(30.try_into().unwrap(), 100.try_into().unwrap(), 0);
    parser.process(b"\x1b[?25l");
    parser.process(&bytes);
    assert_eq!(of_screen(parser.screen(), Terminal::DARK), of_buffer(&buffer, None, Terminal::DARK));
}
