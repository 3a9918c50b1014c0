//! The rows of a session as lines of the screen: when, how long it took, who spoke, and what. `remarks` writes the rows that
//! the wire did not say.

use std::ops::Range;
use std::time::Duration;

use jiff::tz::TimeZone;
use ratatui::style::Style;
use ratatui::text::{Line as Text, Span};

use crate::app::Model;
use crate::app::action::Action;
use crate::app::log::{Progress, Row, Search, Session, View};
use crate::app::model::Pane;
use crate::mail::reply::Class;
use crate::mail::size::Size;
use crate::mail::transcript::{Kind, Line, Mark, Took};
use crate::ui::Look;
use crate::ui::cells::{short_of, width};
use crate::ui::status::percent;

/// `14:03:01.123`, `  41 ms`, and the gaps after them; then the mark and its gap.
pub(super) const TIME: usize = 13;
pub(super) const TOOK: usize = 9;
pub(super) const MARK: usize = 3;
/// The narrowest places in which the time, and how long it took, leave enough for the words.
const TIME_FROM: usize = 68;
const TOOK_FROM: usize = 56;

/// Writes the rows of one session for a place of a certain width.
pub(super) struct Scribe<'a> {
    pub(super) session: &'a Session,
    pub(super) view: &'a View,
    pub(super) look: &'a Look<'a>,
    pub(super) room: usize,
    pub(super) has_time: bool,
    pub(super) has_took: bool,
    /// The key that writes a note to the administrator, where it can be pressed.
    pub(super) note_key: Option<String>,
    zone: &'a TimeZone,
}

impl<'a> Scribe<'a> {
    pub(super) fn new(session: &'a Session, model: &'a Model, look: &'a Look<'a>, width: usize) -> Self {
        let (has_time, has_took) = (width >= TIME_FROM, width >= TOOK_FROM);
        let before = usize::from(has_time) * TIME + usize::from(has_took) * TOOK + MARK;
        let room = width.saturating_sub(before).max(1);
        let note_key = model.keymap.key_for(Action::Note).filter(|_| model.focus == Pane::Log);
        let (view, zone) = (&model.log.view, &model.zone);
        Self { session, view, look, room, has_time, has_took, note_key, zone }
    }

    /// The lines that a row needs.
    pub(super) fn height(&self, row: usize) -> usize {
        match self.view.row(row) {
            Some(Row::Line(nth)) if self.session.bar(nth).is_none() => {
                self.session.line(nth).map_or(1, |line| self.pieces(line.text.as_str()).len())
            }
            Some(Row::Explanation) => self.explained().len().max(1),
            Some(Row::Accepted | Row::Replaced) => self.about_ids(row).len().max(1),
            _ => 1,
        }
    }

    /// The row itself. A line that continues a reply does not repeat its time, unless it `is_first` in sight.
    pub(super) fn lines(&self, row: usize, is_first: bool) -> Vec<Text<'a>> {
        match self.view.row(row) {
            Some(Row::Line(nth)) => self.line(nth, is_first),
            Some(Row::Fold(first, last)) => vec![self.fold(first, last)],
            Some(Row::Explanation) => self.explained(),
            Some(Row::Accepted | Row::Replaced) => self.about_ids(row),
            Some(Row::Leg(nth, _)) => {
                self.session.legs().get(nth).map(|leg| self.leg(leg)).into_iter().collect()
            }
            Some(Row::Heading) => vec![self.heading()],
            Some(Row::Bar(nth)) => vec![self.stretch(nth)],
            Some(Row::Total) => vec![self.total()],
            None => Vec::new(),
        }
    }

    fn line(&self, nth: usize, is_first: bool) -> Vec<Text<'a>> {
        let Some(line) = self.session.line(nth) else { return Vec::new() };
        if let Some(progress) = self.session.bar(nth) {
            return vec![self.message(nth, line, progress)];
        }
        let paints = self.paints(line);
        let repeats = !is_first && self.session.continues(nth);
        let pieces = self.pieces(line.text.as_str()).into_iter().enumerate();
        let texts = pieces.map(|(piece, range)| {
            let mut spans = if piece == 0 { self.start(nth, line, repeats) } else { vec![self.indent()] };
            let is_cut = self.view.sideways.is_some() && range.end < line.text.as_str().len();
            spans.extend(cut_out(&paints, line.text.as_str(), &range));
            spans.extend(is_cut.then(|| Span::styled(self.look.glyphs.more, self.look.theme.dim)));
            Text::from(spans)
        });
        texts.collect()
    }

    /// The parts of a text that stand in a row each: broken at blanks, or what is in sight of it when it is scrolled sideways.
    fn pieces(&self, text: &str) -> Vec<Range<usize>> {
        match self.view.sideways {
            None => crate::app::editor::wrap(text, self.room).into_iter().collect(),
            Some(shift) => {
                let start = short_of(text, shift);
                let rest = &text[start..];
                // What goes on beyond the edge says so.
                let mark = if width(rest) > self.room { width(self.look.glyphs.more) } else { 0 };
                let end = start + short_of(rest, self.room.saturating_sub(mark));
                std::iter::once(start..end).collect()
            }
        }
    }

    /// The last line alone, without its times.
    pub(super) fn brief(&self) -> Text<'a> {
        let Some((_, line)) = self.session.lines().last() else { return Text::default() };
        let mut spans = vec![self.mark(line)];
        spans.extend(cut_out(&self.paints(line), line.text.as_str(), &(0..line.text.as_str().len())));
        if let Some(progress) = self.session.progress
            && line.kind == Kind::Message
        {
            let percent = percent(progress.sent, progress.total).unwrap_or(0);
            spans.push(Span::styled(format!("  {percent} %"), self.look.theme.progress_done));
        }
        Text::from(spans)
    }

    pub(super) fn start(&self, nth: usize, line: &Line, repeats: bool) -> Vec<Span<'a>> {
        let theme = self.look.theme;
        let mut spans = Vec::with_capacity(6);
        if self.has_time {
            let time = if repeats { String::new() } else { self.time(line.at) };
            spans.push(Span::styled(format!("{time:TIME$}"), theme.time));
        }
        if self.has_took {
            let took = self.since(nth, line).map(|took| Took(took).to_string()).unwrap_or_default();
            spans.push(Span::styled(format!("{took:>7}  "), theme.time));
        }
        spans.push(self.mark(line));
        spans
    }

    /// How long the server took to answer; for other lines the time since the one before, where that is any.
    fn since(&self, nth: usize, line: &Line) -> Option<Duration> {
        let before = || nth.checked_sub(1).and_then(|before| self.session.line(before));
        let since = || before().map(|before| line.at.saturating_sub(before.at));
        line.took.or_else(|| since().filter(|since| since.as_millis() > 0))
    }

    /// The columns before the words.
    pub(super) fn before(&self) -> usize {
        usize::from(self.has_time) * TIME + usize::from(self.has_took) * TOOK + MARK
    }

    pub(super) fn indent(&self) -> Span<'a> {
        Span::raw(" ".repeat(self.before()))
    }

    /// Wall-clock time to the millisecond; seconds since the beginning where that is all there is.
    fn time(&self, at: Duration) -> String {
        let Some(now) = self.session.started().and_then(|started| started.checked_add(at).ok()) else {
            return format!("{:>12.3}", at.as_secs_f64());
        };
        let now = self.zone.to_datetime(now);
        format!("{:02}:{:02}:{:02}.{:03}", now.hour(), now.minute(), now.second(), now.millisecond())
    }

    fn mark(&self, line: &Line) -> Span<'a> {
        let theme = self.look.theme;
        let style = match line.mark {
            Mark::Sent | Mark::SentTls => theme.sent,
            Mark::Received | Mark::ReceivedTls => self.style(line.kind),
            Mark::Note => theme.note,
            Mark::Error => theme.error,
        };
        Span::styled(format!("{} ", line.mark.as_str()), style)
    }

    pub(super) fn style(&self, kind: Kind) -> Style {
        let theme = self.look.theme;
        match kind {
            Kind::Command | Kind::Message => theme.sent,
            Kind::Reply(Class::Done | Class::GoOn) => theme.reply_ok,
            Kind::Reply(Class::Later) => theme.reply_later,
            Kind::Reply(Class::No) => theme.reply_no,
            Kind::Tls => theme.tls,
            Kind::Note => theme.note,
            Kind::Error => theme.error,
        }
    }

    /// The text of a line by its roles: of a good reply the code alone is coloured, a mask stands out, and so does what was
    /// searched for.
    pub(super) fn paints(&self, line: &Line) -> Vec<(Range<usize>, Style)> {
        const MASK: &str = "[hidden]";
        let (theme, text) = (self.look.theme, line.text.as_str());
        let style = self.style(line.kind);
        let roles = match line.kind {
            Kind::Reply(Class::Done | Class::GoOn) if text.is_char_boundary(3) && text.len() >= 3 => {
                vec![(0..3, style), (3..text.len(), theme.received)]
            }
            Kind::Command => match text.find(MASK) {
                Some(at) => {
                    let end = at + MASK.len();
                    vec![(0..at, style), (at..end, theme.secret), (end..text.len(), style)]
                }
                None => vec![(0..text.len(), style)],
            },
            _ => vec![(0..text.len(), style)],
        };
        match &self.view.search {
            Some(search) => marked(roles, search, text, theme.match_),
            None => roles,
        }
    }

    /// `~> message, 1.8 MB  ━━━━━━────  63 %   1.1 MB`; in a narrow place the bar gives way.
    fn message(&self, nth: usize, line: &Line, progress: Progress) -> Text<'a> {
        const LONGEST_BAR: usize = 40;
        const SHORTEST_BAR: usize = 8;
        let (theme, glyphs) = (self.look.theme, self.look.glyphs);
        let mut spans = self.start(nth, line, false);
        spans.extend(cut_out(&self.paints(line), line.text.as_str(), &(0..line.text.as_str().len())));
        let percent = percent(progress.sent, progress.total).unwrap_or(0);
        let says = format!("  {percent:>3} %");
        let amount = format!("   {}", Size(progress.sent));
        let used = width(line.text.as_str()) + 2 + width(&says);
        let spare = self.room.saturating_sub(used);
        let has_amount = spare >= width(&amount) + SHORTEST_BAR;
        let length = spare.saturating_sub(if has_amount { 11 } else { 0 }).min(LONGEST_BAR);
        if length >= SHORTEST_BAR {
            let done = usize::try_from(percent).unwrap_or(100) * length / 100;
            spans.push(Span::raw("  "));
            spans.push(Span::styled(glyphs.done.repeat(done), theme.progress_done));
            spans.push(Span::styled(glyphs.rest.repeat(length - done), theme.progress_rest));
        }
        spans.push(Span::styled(says, theme.progress_done));
        if has_amount {
            spans.push(Span::styled(amount, theme.dim));
        }
        Text::from(spans)
    }
}

/// Lays the matches over the roles.
fn marked(
    roles: Vec<(Range<usize>, Style)>,
    search: &Search,
    text: &str,
    style: Style,
) -> Vec<(Range<usize>, Style)> {
    let mut paints = Vec::with_capacity(roles.len());
    let places = search.places(text);
    for (role, under) in roles {
        let mut from = role.start;
        for place in &places {
            let (start, end) = (place.start.max(role.start), place.end.min(role.end));
            if start < end {
                paints.push((from..start, under));
                paints.push((start..end, under.patch(style)));
                from = end;
            }
        }
        paints.push((from..role.end, under));
    }
    paints
}

/// A part of a painted text as spans.
pub(super) fn cut_out<'a>(
    paints: &[(Range<usize>, Style)],
    text: &str,
    part: &Range<usize>,
) -> Vec<Span<'a>> {
    let part = part.start..part.start + text[part.clone()].trim_end().len();
    let spans = paints.iter().filter_map(|(range, style)| {
        let (start, end) = (range.start.max(part.start), range.end.min(part.end));
        (start < end).then(|| Span::styled(text[start..end].to_owned(), *style))
    });
    spans.collect()
}
