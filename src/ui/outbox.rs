//! The outbox pane: what is on its way, what became of the rest, and how many drafts there are. A narrow column shows a
//! mark, a title and a word; a wide place the whole sentence.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::Model;
use crate::app::outbox::{Row, Sending, says};
use crate::mail::outbox::{Entry, Fate};
use crate::mail::outcome::{Outcome, Step};
use crate::mail::text::Shown;

use super::Look;
use super::cells::{cut, short, spread, width, wrap};
use super::choice::lay;
use super::edge::Place;
use super::layout::split;
use super::status::{doing, percent};

/// From here on there is room for sentences.
const WIDE: u16 = 56;
/// A date, and the gap before it.
const DATE: usize = 18;

/// An entry, taken apart for drawing.
struct Item {
    mark: &'static str,
    style: Style,
    title: String,
    /// A word for the narrow column.
    word: String,
    /// A sentence for wide places.
    says: String,
    time: String,
}

pub(super) fn draw(model: &Model, look: &Look<'_>, place: Place, buf: &mut Buffer) {
    let inside = place.open(Line::raw("Outbox"), Line::default(), look, buf);
    let rows = model.outbox.rows();
    let chosen = model.outbox.selected.min(rows.len().saturating_sub(1));
    let item = |position: usize| Item::of(&rows[position], model, look);
    // The row that is looked at says all it has to say below itself, where it cannot beside.
    let says = item(chosen).says;
    let details = if place.has_focus && width(&says) > says_room(inside.width) {
        wrap(&says, usize::from(inside.width).saturating_sub(2))
    } else {
        Vec::new()
    };
    let top = (chosen + 1 + details.len()).saturating_sub(inside.height.into()).min(chosen);
    let mut rest = inside;
    for position in (top..rows.len()).take(inside.height.into()) {
        let (strip, below) = split(rest, 1);
        rest = below;
        let is_chosen = place.has_focus && position == chosen;
        item(position).draw(strip, is_chosen && !details.is_empty(), look, buf);
        if is_chosen {
            lay(strip, 1, look, buf);
            for text in &details {
                let (strip, below) = split(rest, 1);
                rest = below;
                let line = Line::styled(format!("  {text}"), look.theme.dim);
                buf.set_line(strip.x, strip.y, &line, strip.width * strip.height);
            }
        }
    }
}

impl Item {
    fn of(row: &Row<'_>, model: &Model, look: &Look<'_>) -> Self {
        match row {
            Row::Send(send) => Self::of_send(send, model, look),
            Row::Kept(entry) => Self::of_entry(entry, model, look),
            Row::Drafts(count) => Self {
                mark: " ",
                style: look.theme.dim,
                title: format!("Drafts {count}"),
                word: String::new(),
                says: String::new(),
                time: String::new(),
            },
        }
    }

    fn of_send(send: &Sending, model: &Model, look: &Look<'_>) -> Self {
        let title = Shown::new(&send.title).to_string();
        let time = send.at.map(|at| minute(&model.zone, at)).unwrap_or_default();
        let Some(report) = &send.report else {
            let word = match percent(send.progress.0, send.progress.1) {
                _ if send.waits => "waits".to_owned(),
                Some(percent) if send.step == Step::Body => format!("{percent} %"),
                _ => send.step.to_string(),
            };
            let (mark, style) = (look.glyphs.sending, look.theme.accent);
            return Self { mark, style, title, word, says: doing(send), time };
        };
        let (mark, style) = marked(report.outcome, look);
        let word = word(report.outcome, &time);
        let what = match (&report.failure, &report.reply) {
            (Some(failure), _) => Shown::new(&failure.detail).to_string(),
            (None, Some(reply)) => reply.to_string(),
            (None, None) => String::new(),
        };
        let says =
            if what.is_empty() { report.outcome.to_string() } else { format!("{}: {what}", report.outcome) };
        Self { mark, style, title, word, says, time }
    }

    fn of_entry(entry: &Entry, model: &Model, look: &Look<'_>) -> Self {
        let title = match entry.envelope.subject.as_str() {
            "" => entry.envelope.to.first().map(ToString::to_string).unwrap_or_default(),
            subject => Shown::new(subject).to_string(),
        };
        let time = minute(&model.zone, entry.at);
        let (theme, glyphs) = (look.theme, look.glyphs);
        let (mark, style, word) = match &entry.fate {
            _ if entry.is_busy => (glyphs.sending, theme.accent, "busy".to_owned()),
            Fate::NotSent => (glyphs.deferred, theme.warning, "not sent".to_owned()),
            Fate::Unknown => (glyphs.unknown, theme.warning, "unknown".to_owned()),
            Fate::Done { outcome, .. } => {
                let (mark, style) = marked(*outcome, look);
                (mark, style, word(*outcome, &time))
            }
        };
        let time = date(&model.zone, entry.at);
        Self { mark, style, title, word, says: Shown::new(&says(entry)).to_string(), time }
    }

    /// Draws the item in a row; `is_spelled_out` when its sentence stands below it.
    fn draw(&self, strip: Rect, is_spelled_out: bool, look: &Look<'_>, buf: &mut Buffer) {
        let (theme, more) = (look.theme, look.glyphs.more);
        let mark = Span::styled(self.mark, self.style);
        let title = Span::styled(self.title.clone(), if self.mark == " " { theme.dim } else { theme.text });
        if strip.width < WIDE || self.says.is_empty() {
            let word = Line::styled(self.word.clone(), theme.dim);
            return spread(buf, strip, Line::from(vec![mark, Span::raw(" "), title]), word, more);
        }
        let half = half(strip.width);
        let title = Span::styled(cut(&self.title, half.saturating_sub(4), more), title.style);
        buf.set_line(strip.x, strip.y, &Line::from(vec![mark, Span::raw(" "), title]), short(half));
        let rest = Rect { x: strip.x + short(half), width: strip.width - short(half), ..strip };
        let time = Line::styled(self.time.clone(), theme.time);
        // What went well has its time for a word, and that stands at the end of the row.
        let is_time = self.time.ends_with(&self.word);
        let word = if is_time { String::new() } else { self.word.clone() };
        let says = if is_spelled_out { word } else { self.says.clone() };
        spread(buf, rest, Line::styled(says, theme.dim), time, more);
    }
}

/// The columns that a title has in a wide place.
fn half(columns: u16) -> usize {
    usize::from(columns) * 2 / 5
}

/// The columns that a sentence has beside it: none in a narrow place. The date comes after.
fn says_room(columns: u16) -> usize {
    if columns < WIDE { 0 } else { usize::from(columns) - half(columns) - DATE }
}

/// A mark for each of the six ways in which an attempt can end.
fn marked(outcome: Outcome, look: &Look<'_>) -> (&'static str, Style) {
    let (theme, glyphs) = (look.theme, look.glyphs);
    match outcome {
        Outcome::Accepted => (glyphs.accepted, theme.ok),
        Outcome::Partly => (glyphs.partly, theme.warning),
        Outcome::Refused | Outcome::Failed => (glyphs.refused, theme.error),
        Outcome::Deferred => (glyphs.deferred, theme.warning),
        Outcome::Unknown => (glyphs.unknown, theme.warning),
    }
}

/// What went well needs no word but its time.
fn word(outcome: Outcome, time: &str) -> String {
    if outcome == Outcome::Accepted { time.to_owned() } else { outcome.to_string() }
}

/// `2026-11-21 14:01`
pub(super) fn date(zone: &TimeZone, at: Timestamp) -> String {
    format!("{} {}", zone.to_datetime(at).date(), minute(zone, at))
}

/// `14:01`
pub(super) fn minute(zone: &TimeZone, at: Timestamp) -> String {
    let time = zone.to_datetime(at);
    format!("{:02}:{:02}", time.hour(), time.minute())
}
