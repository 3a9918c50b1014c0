//! The log pane: the dialogue as it happens. Only what is in sight is worked out, however long a session is.

mod lines;
mod sight;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::Model;
use crate::app::log::Session;
use crate::mail::text::Shown;
use crate::mail::tls::TlsFacts;

use super::Look;
use super::cells::{cut_line, line_width, width, wrap};
use super::edge::Place;
use lines::Scribe;
use sight::Sight;

pub(super) fn draw(model: &Model, look: &Look<'_>, place: Place, buf: &mut Buffer) {
    let inside = place.inside();
    let Some(session) = model.log.session() else {
        place.open(Line::raw("Log"), Line::default(), look, buf);
        return draw_empty(look, inside, buf);
    };
    let scribe = Scribe::new(session, &model.zone, look, inside.width.into());
    let sight = Sight::of(session.rows.len(), model.log.back, inside.height.into(), |row| scribe.height(row));
    let is_at_top = sight.first == 0 && sight.skip == 0;
    model.log.furthest.set(if is_at_top { sight.below } else { session.rows.len() });
    let state = if session.rows.is_empty() { Line::default() } else { state(session, sight.below, look) };
    let room = usize::from(place.area.width).saturating_sub(line_width(&state) + 10);
    place.open(title(model, session, look, room), state, look, buf);
    if session.rows.is_empty() {
        buf.set_stringn(inside.x, inside.y, "Nothing has passed yet.", inside.width.into(), look.theme.dim);
    }
    let lines = (sight.first..session.rows.len()).flat_map(|row| scribe.lines(row, row == sight.first));
    for (nth, line) in (0..inside.height).zip(lines.skip(sight.skip)) {
        buf.set_line(inside.x, inside.y + nth, &line, inside.width);
    }
}

/// The last line of the dialogue alone, in one row.
pub(super) fn draw_line(model: &Model, look: &Look<'_>, strip: Rect, buf: &mut Buffer) {
    let line = match model.log.session() {
        Some(session) if !session.rows.is_empty() => {
            let scribe = Scribe::new(session, &model.zone, look, usize::from(strip.width).saturating_sub(2));
            scribe.brief()
        }
        _ => Line::styled("log: nothing has been sent yet", look.theme.dim),
    };
    let line = cut_line(line, usize::from(strip.width).saturating_sub(2), look.glyphs.more);
    buf.set_line(strip.x + 1, strip.y, &line, strip.width.saturating_sub(1));
}

fn draw_empty(look: &Look<'_>, inside: Rect, buf: &mut Buffer) {
    let text = "Every line of the SMTP dialogue appears here as it happens: what is sent, what the server answers, how long it \
                takes, and what a refusal means.";
    for (nth, text) in (0..inside.height).zip(wrap(text, usize::from(inside.width).min(76))) {
        buf.set_string(inside.x, inside.y + nth, text, look.theme.dim);
    }
}

/// Subject, place and encryption; what matters least goes first where room is short.
fn title(model: &Model, session: &Session, look: &Look<'_>, room: usize) -> Line<'static> {
    let count = model.log.sessions.len();
    let name = if count > 1 { format!("Log {}/{count}", model.log.shown + 1) } else { "Log".to_owned() };
    let subject = Some(Shown::new(&session.title).to_string());
    let place = Some(session.place.clone());
    let host = session.place.split(':').next().map(str::to_owned);
    let long = session.tls.as_ref().map(TlsFacts::short);
    let brief = session.tls.as_ref().map(|tls| tls.protocol.clone());
    let choices = [
        [subject.clone(), place.clone(), long],
        [subject.clone(), place, brief.clone()],
        [subject.clone(), host, brief.clone()],
        [subject.clone(), brief, None],
        [subject, None, None],
    ];
    let texts: Vec<String> = choices
        .into_iter()
        .map(|facts| {
            facts
                .into_iter()
                .flatten()
                .fold(name.clone(), |text, fact| format!("{text} {} {fact}", look.glyphs.dot))
        })
        .collect();
    let fitting = texts.iter().find(|text| width(text) <= room).or(texts.last());
    Line::from(Span::raw(fitting.cloned().unwrap_or_default()))
}

/// `following · 1.24 s`, or how much is hidden below.
fn state(session: &Session, below: usize, look: &Look<'_>) -> Line<'static> {
    let (theme, dot) = (look.theme, look.glyphs.dot);
    let place = if below > 0 {
        Span::styled(format!("{below} below"), theme.warning)
    } else {
        Span::styled("following", theme.dim)
    };
    Line::from(vec![place, Span::styled(format!(" {dot} {:.2} s", session.seconds()), theme.dim)])
}
