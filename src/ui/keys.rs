//! Keys as they are named on the screen: the key, and what it does.

use ratatui::text::{Line, Span};

use crate::app::Model;
use crate::app::action::Action;

use super::Look;
use super::cells::width;

/// A key and what it does: `Ctrl-X`, `send`.
pub(super) type Hint = (String, &'static str);

/// What to press for `action`; nothing where no key is bound to it.
pub(super) fn hint(model: &Model, action: Action) -> Option<Hint> {
    model.keymap.key_for(action).map(|key| (key, action.described().short))
}

/// As many of `hints` as fit `room` cells, in this order; those that do not fit are left out whole.
pub(super) fn line(hints: &[Hint], room: usize, look: &Look<'_>) -> Line<'static> {
    const GAP: &str = "   ";
    let mut spans: Vec<Span<'static>> = Vec::new();
    let mut used = 0;
    for (key, what) in hints {
        let gap = if used == 0 { "" } else { GAP };
        let needed = gap.len() + width(key) + 1 + width(what);
        if used + needed > room {
            continue;
        }
        used += needed;
        spans.push(Span::raw(gap));
        spans.push(Span::styled(key.clone(), look.theme.key));
        spans.push(Span::styled(format!(" {what}"), look.theme.key_text));
    }
    Line::from(spans)
}

/// Keys that nobody can rebind: those of a dialog.
pub(super) fn fixed(keys: &[(&str, &'static str)]) -> Vec<Hint> {
    keys.iter().map(|(key, what)| ((*key).to_owned(), *what)).collect()
}
