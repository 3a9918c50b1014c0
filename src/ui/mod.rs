//! THE FACE. What the model looks like on a grid of cells. Pure: `view(&Model, &Look, &mut Frame)`.
//!
//! Knows: `app` and `mail`, the colours (`theme`) and the characters (`glyphs`). Must not know: tokio, files, clocks, the
//! terminal. It asks the model for everything and changes nothing in it, but for what only a drawn size can settle (what
//! is in sight of a text and of the log). An equal model is an equal picture.
//!
//! `layout` says where, one file a pane says what: `account`, `compose`, `outbox`, `log`, `dialog`, and `status` for the
//! first and last line. `edge` draws what stands around a pane, `cells` measures and cuts text, `keys` names keys.

mod account;
mod cells;
mod choice;
mod compose;
mod dialog;
mod edge;
pub mod glyphs;
mod keys;
mod layout;
mod log;
mod outbox;
mod status;
pub mod theme;
mod view;

pub use view::view;

use glyphs::Glyphs;
use theme::Theme;

/// What a person chose about the looks, and what their terminal can show.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    pub theme: &'a Theme,
    pub glyphs: &'a Glyphs,
}
