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
use crate::ui::cells::{cut, short};
use crate::ui::outbox::{date, minute};

use super::Sheet;
use super::narrowing::{line, list as rows_of};

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
    let found = list.found(&model.log);
    let keys = [("Enter", "show"), ("Esc", "close"), ("\u{2191}\u{2193}", "choose")];
    let state = match model.log.dropped {
        0 => found.len().to_string(),
        dropped => format!("{}; {dropped} older let go", found.len()),
    };
    let rows = short(model.log.sessions().len()).clamp(3, MOST);
    let inside = Sheet { title: "Sessions", state, keys: &keys }.open(area, COLUMNS, rows + 2, look, buf);
    let (place, cursor) = line(&list.narrowing, "Find", look, inside, buf);
    let entry = |(_, session): &(usize, &Session)| {
        (title(session, look), state_of(session, place.width >= ROOMY, model, look))
    };
    rows_of(&list.narrowing, &found, "no session has these words", entry, (look, place, buf));
    cursor
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
        None if session.is_over && session.record.unended() == "checked" => (glyphs.good, theme.ok),
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
