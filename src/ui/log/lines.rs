//! One row of a session as lines of the screen: when, how long it took, who spoke, and what.

use std::time::Duration;

use jiff::tz::TimeZone;
use ratatui::style::Style;
use ratatui::text::{Line as Text, Span};

use crate::app::log::{Progress, Row, Session};
use crate::mail::explain::{Explanation, Who};
use crate::mail::reply::Class;
use crate::mail::size::Size;
use crate::mail::transcript::{Kind, Line, Mark, Took};
use crate::ui::Look;
use crate::ui::cells::{width, wrap};
use crate::ui::status::percent;

/// `14:03:01.123`, `  41 ms`, and the gaps after them; then the mark and its gap.
const TIME: usize = 13;
const TOOK: usize = 9;
const MARK: usize = 3;
/// The narrowest places in which the time, and how long it took, leave enough for the words.
const TIME_FROM: usize = 68;
const TOOK_FROM: usize = 56;
/// An explanation is prose: the columns from which it may stand below the words, and the most it is wide.
const ROOMY: usize = 70;
const LONGEST: usize = 96;

/// Writes the rows of one session for a place of a certain width.
pub(super) struct Scribe<'a> {
    pub(super) session: &'a Session,
    zone: &'a TimeZone,
    look: &'a Look<'a>,
    room: usize,
    has_time: bool,
    has_took: bool,
}

impl<'a> Scribe<'a> {
    pub(super) fn new(session: &'a Session, zone: &'a TimeZone, look: &'a Look<'a>, width: usize) -> Self {
        let (has_time, has_took) = (width >= TIME_FROM, width >= TOOK_FROM);
        let before = usize::from(has_time) * TIME + usize::from(has_took) * TOOK + MARK;
        let room = width.saturating_sub(before).max(1);
        Self { session, zone, look, room, has_time, has_took }
    }

    /// The lines that a row needs.
    pub(super) fn height(&self, row: usize) -> usize {
        match &self.session.rows[row] {
            Row::Line(_) if self.bar(row).is_some() => 1,
            Row::Line(line) => wrap(line.text.as_str(), self.room).len(),
            Row::Explain(explanation) => self.explained(explanation).len(),
        }
    }

    /// The row itself. A line that continues a reply does not repeat its time, unless it `is_first` in sight.
    pub(super) fn lines(&self, row: usize, is_first: bool) -> Vec<Text<'a>> {
        let line = match &self.session.rows[row] {
            Row::Line(line) => line,
            Row::Explain(explanation) => return self.explained(explanation),
        };
        if let Some(progress) = self.bar(row) {
            return vec![self.message(line, progress)];
        }
        let repeats = !is_first && self.continues(row);
        let words = wrap(line.text.as_str(), self.room);
        let words = words.into_iter().enumerate().map(|(nth, words)| {
            let mut spans = if nth == 0 { self.start(line, repeats) } else { vec![self.indent()] };
            spans.extend(self.words(line, words, nth == 0));
            Text::from(spans)
        });
        words.collect()
    }

    /// The last line alone, without its times.
    pub(super) fn brief(&self) -> Text<'a> {
        let last = self.session.rows.iter().rev().find_map(|row| match row {
            Row::Line(line) => Some(line),
            Row::Explain(_) => None,
        });
        let Some(line) = last else { return Text::default() };
        let mut spans = vec![self.mark(line)];
        spans.extend(self.words(line, line.text.as_str(), true));
        if let Some(progress) = self.session.progress
            && line.kind == Kind::Message
        {
            let percent = percent(progress.sent, progress.total).unwrap_or(0);
            spans.push(Span::styled(format!("  {percent} %"), self.look.theme.progress_done));
        }
        Text::from(spans)
    }

    /// Is this the second or a later line of a reply that came all at once?
    fn continues(&self, row: usize) -> bool {
        let line = |row: usize| match self.session.rows.get(row) {
            Some(Row::Line(line)) => Some(line),
            _ => None,
        };
        let (Some(before), Some(this)) = (row.checked_sub(1).and_then(line), line(row)) else { return false };
        matches!((before.kind, this.kind), (Kind::Reply(_), Kind::Reply(_)))
            && this.took.is_none()
            && before.at.as_millis() == this.at.as_millis()
    }

    fn start(&self, line: &Line, repeats: bool) -> Vec<Span<'a>> {
        let theme = self.look.theme;
        let mut spans = Vec::with_capacity(6);
        if self.has_time {
            let time = if repeats { String::new() } else { self.time(line.at) };
            spans.push(Span::styled(format!("{time:TIME$}"), theme.time));
        }
        if self.has_took {
            let took = line.took.map(|took| Took(took).to_string()).unwrap_or_default();
            spans.push(Span::styled(format!("{took:>7}  "), theme.time));
        }
        spans.push(self.mark(line));
        spans
    }

    /// The columns before the words.
    fn before(&self) -> usize {
        usize::from(self.has_time) * TIME + usize::from(self.has_took) * TOOK + MARK
    }

    fn indent(&self) -> Span<'a> {
        Span::raw(" ".repeat(self.before()))
    }

    /// Wall-clock time to the millisecond; seconds since the beginning where that is all there is.
    fn time(&self, at: Duration) -> String {
        let Some(now) = self.session.started.and_then(|started| started.checked_add(at).ok()) else {
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

    fn style(&self, kind: Kind) -> Style {
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

    /// The words of a line by their roles: of a good reply the code alone is coloured, and a mask stands out.
    fn words(&self, line: &Line, words: &str, is_first: bool) -> Vec<Span<'a>> {
        const MASK: &str = "[hidden]";
        let theme = self.look.theme;
        let style = self.style(line.kind);
        match line.kind {
            Kind::Reply(Class::Done | Class::GoOn) => match words.split_at_checked(3) {
                Some((code, rest)) if is_first => {
                    vec![Span::styled(code.to_owned(), style), Span::styled(rest.to_owned(), theme.received)]
                }
                _ => vec![Span::styled(words.to_owned(), theme.received)],
            },
            Kind::Command => match words.split_once(MASK) {
                Some((before, after)) => vec![
                    Span::styled(before.to_owned(), style),
                    Span::styled(MASK, theme.secret),
                    Span::styled(after.to_owned(), style),
                ],
                None => vec![Span::styled(words.to_owned(), style)],
            },
            _ => vec![Span::styled(words.to_owned(), style)],
        }
    }

    /// The progress of the message, if it stands in this row.
    fn bar(&self, row: usize) -> Option<Progress> {
        self.session.progress.filter(|progress| progress.row == row && progress.total > 0)
    }

    /// `~> message, 1.8 MB  ━━━━━━────  63 %   1.1 MB`; in a narrow place the bar gives way.
    fn message(&self, line: &Line, progress: Progress) -> Text<'a> {
        const LONGEST_BAR: usize = 40;
        const SHORTEST_BAR: usize = 8;
        let (theme, glyphs) = (self.look.theme, self.look.glyphs);
        let mut spans = self.start(line, false);
        spans.push(Span::styled(line.text.to_string(), theme.sent));
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

    /// What a refusal means, and who can change that.
    fn explained(&self, explanation: &Explanation) -> Vec<Text<'a>> {
        let theme = self.look.theme;
        // Below the words where there is room for it; else nearer to the edge, to need fewer rows.
        let before = if self.room >= ROOMY { self.before() } else { MARK };
        let room = (self.before() + self.room).saturating_sub(before + 2).clamp(1, LONGEST);
        let indent = || Span::raw(" ".repeat(before));
        let says = wrap(&explanation.says, room).into_iter().map(str::to_owned).enumerate();
        let todo = format!("{} {}", who(explanation.who), explanation.todo);
        let todo: Vec<String> = wrap(&todo, room).into_iter().map(str::to_owned).collect();
        let mut texts = Vec::new();
        for (nth, says) in says {
            let mark = if nth == 0 { format!("{} ", self.look.glyphs.because) } else { "  ".to_owned() };
            texts.push(Text::from(vec![
                indent(),
                Span::styled(mark, theme.accent),
                Span::styled(says, theme.explain.add_modifier(ratatui::style::Modifier::BOLD)),
            ]));
        }
        texts.extend(
            todo.into_iter()
                .map(|todo| Text::from(vec![indent(), Span::raw("  "), Span::styled(todo, theme.explain)])),
        );
        texts
    }
}

/// Who can change it, as the beginning of what they can do.
fn who(who: Who) -> &'static str {
    match who {
        Who::You => "For you:",
        Who::Administrator => "For your administrator:",
        Who::Recipient => "For the recipient's side:",
        Who::Wait => "Only time helps:",
    }
}
