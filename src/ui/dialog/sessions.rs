//! The sessions, newest first, narrowed by what is typed.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::Model;
use crate::app::dialog::{SessionList, ending};
use crate::app::log::Session;
use crate::mail::outcome::Outcome;
use crate::mail::text::Shown;
use crate::mail::transcript::Took;
use crate::ui::Look;
use crate::ui::cells::{cut, short, spread};
use crate::ui::choice::{mark, top};
use crate::ui::layout::{row, split, split_columns};
use crate::ui::outbox::{date, minute};

use super::Sheet;

const COLUMNS: u16 = 92;
const MOST: u16 = 14;
/// The narrowest box in which the account and the duration leave enough for the subject.
const ROOMY: u16 = 64;
const ACCOUNT: usize = 14;

pub(super) fn draw(
    list: &SessionList,
    model: &Model,
    look: &Look<'_>,
    area: Rect,
    buf: &mut Buffer,
) -> Option<Position> {
    let theme = look.theme;
    let found = list.found(&model.log);
    let keys = [("Enter", "show"), ("Esc", "close"), ("\u{2191}\u{2193}", "choose")];
    let state = match model.log.dropped {
        0 => found.len().to_string(),
        dropped => format!("{}; {dropped} older let go", found.len()),
    };
    let rows = short(model.log.sessions().len()).clamp(3, MOST);
    let inside = Sheet { title: "Sessions", state, keys: &keys }.open(area, COLUMNS, rows + 2, look, buf);
    let (strip, rest) = split(inside, 1);
    let (label, field) = split_columns(strip, 8);
    buf.set_string(label.x, label.y, "Find", theme.label);
    list.field.draw(field, buf, theme.cursor_line.patch(theme.value), theme.selection);
    let place = split(rest, 1).1;
    if found.is_empty() {
        buf.set_stringn(place.x, place.y, "no session has these words", place.width.into(), theme.dim);
    }
    let selected = list.selected.min(found.len().saturating_sub(1));
    let first = top(selected, found.len(), place.height);
    for (nth, (position, (_, session))) in (0..place.height).zip(found.into_iter().enumerate().skip(first)) {
        let strip = row(place, nth);
        let is_roomy = strip.width >= ROOMY;
        spread(buf, strip, title(session, look), state_of(session, is_roomy, model, look), look.glyphs.more);
        if position == selected {
            mark(strip, look, buf);
        }
    }
    list.field.screen_cursor(field)
}

fn title(session: &Session, look: &Look<'_>) -> Line<'static> {
    let (theme, head) = (look.theme, &session.record.head);
    let (sign, style) = sign(session, look);
    let title = Span::styled(Shown::new(&head.title).to_string(), theme.value);
    Line::from(vec![Span::styled(format!("{sign} "), style), title])
}

fn sign(session: &Session, look: &Look<'_>) -> (&'static str, Style) {
    let (theme, glyphs) = (look.theme, look.glyphs);
    match session.outcome() {
        Some(Outcome::Accepted) => (glyphs.accepted, theme.ok),
        Some(Outcome::Partly) => (glyphs.partly, theme.warning),
        Some(Outcome::Refused | Outcome::Failed) => (glyphs.refused, theme.error),
        Some(Outcome::Deferred) => (glyphs.deferred, theme.warning),
        Some(Outcome::Unknown) => (glyphs.unknown, theme.warning),
        None if session.is_over => (glyphs.unknown, theme.warning),
        None => (glyphs.sending, theme.accent),
    }
}

/// `work  refused   5.4 s   2026-11-21 14:03`; of this run the time alone.
fn state_of(session: &Session, is_roomy: bool, model: &Model, look: &Look<'_>) -> Line<'static> {
    let theme = look.theme;
    let at = match session.started() {
        Some(at) if session.id.is_none() => date(&model.zone, at),
        Some(at) => minute(&model.zone, at),
        None => String::new(),
    };
    let mut spans = Vec::new();
    if is_roomy {
        let account = Shown::new(&session.record.head.account);
        spans
            .push(Span::styled(format!("{}  ", cut(account.as_str(), ACCOUNT, look.glyphs.more)), theme.dim));
    }
    spans.push(Span::styled(format!("{:9}", ending(session)), sign(session, look).1));
    if is_roomy {
        spans.push(Span::styled(format!("  {:>7}", Took(session.took()).to_string()), theme.time));
    }
    spans.push(Span::styled(format!("  {at:>16}"), theme.time));
    Line::from(spans)
}
