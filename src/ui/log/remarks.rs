//! The rows that the wire did not say: what a refusal means, the ids, a folded reply, the summary, and where the time went.

use std::time::Duration;

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line as Text, Span};

use crate::app::log::{Leg, Row, Stage, accepted, replaced};
use crate::mail::capability::Capability;
use crate::mail::explain::{Who, note};
use crate::mail::outcome::Step;
use crate::mail::text::Shown;
use crate::mail::transcript::Took;
use crate::ui::cells::{cut, cut_line, width, wrap};

use super::lines::{MARK, Scribe, TIME, TOOK, cut_out};

/// An explanation is prose: the columns from which it may stand below the words, and the most it is wide.
const ROOMY: usize = 70;
const LONGEST: usize = 96;
/// The name of a stage and its gap, where the column of the time is too narrow for it.
const NAME: usize = 12;
/// The narrowest place for the bars of the timeline.
const BARS: usize = 16;

impl<'a> Scribe<'a> {
    /// Prose below the words where there is room for it; else nearer to the edge, to need fewer rows.
    fn prose(&self) -> (usize, usize) {
        let before = if self.room >= ROOMY { self.before() } else { MARK };
        (before, (self.before() + self.room).saturating_sub(before + 2).clamp(1, LONGEST))
    }

    /// What a refusal means, who can change that, and the key that helps.
    pub(super) fn explained(&self) -> Vec<Text<'a>> {
        let Some(why) = self.session.explanation() else { return Vec::new() };
        let theme = self.look.theme;
        let (before, room) = self.prose();
        let mut texts = self.because(&why.says, theme.explain.add_modifier(Modifier::BOLD));
        let todo = format!("{} {}", who(why.who), why.todo);
        let indent = || Span::raw(" ".repeat(before + 2));
        for todo in wrap(&todo, room) {
            texts.push(Text::from(vec![indent(), Span::styled(todo.to_owned(), theme.explain)]));
        }
        if let Some(key) = self.note_key.as_ref().filter(|_| note::helps(why)) {
            let key = Span::styled(format!("[{key}]"), theme.key);
            let line = vec![indent(), key, Span::styled(" note to the administrator", theme.key_text)];
            texts.push(cut_line(Text::from(line), self.before() + self.room, self.look.glyphs.more));
        }
        texts
    }

    fn because(&self, says: &str, style: Style) -> Vec<Text<'a>> {
        let (before, room) = self.prose();
        let rows = wrap(says, room).into_iter().enumerate();
        let texts = rows.map(|(nth, says)| {
            let mark = if nth == 0 { format!("{} ", self.look.glyphs.because) } else { "  ".to_owned() };
            let indent = Span::raw(" ".repeat(before));
            Text::from(vec![
                indent,
                Span::styled(mark, self.look.theme.accent),
                Span::styled(says.to_owned(), style),
            ])
        });
        texts.collect()
    }

    /// Under which id the server has it.
    pub(super) fn about_ids(&self, row: usize) -> Vec<Text<'a>> {
        let Some((server, ours)) = self.session.ids() else { return Vec::new() };
        let theme = self.look.theme;
        match self.view.row(row) {
            Some(Row::Replaced) => {
                let mut texts = self.because(&replaced(ours), theme.explain);
                // One mark for both.
                if let Some(mark) = texts.first_mut().and_then(|text| text.spans.get_mut(1)) {
                    *mark = Span::raw("  ");
                }
                texts
            }
            _ => self.because(&accepted(server), theme.explain.add_modifier(Modifier::BOLD)),
        }
    }

    /// `<~ 250-… 9 extensions  SIZE, PIPELINING, …`: a reply of several lines in one row.
    pub(super) fn fold(&self, first: usize, last: usize) -> Text<'a> {
        let Some(line) = self.session.line(first) else { return Text::default() };
        let (theme, more) = (self.look.theme, self.look.glyphs.more);
        let mut spans = self.start(first, line, false);
        let text = line.text.as_str();
        spans.extend(cut_out(&self.paints(line), text, &(0..4.min(text.len()))));
        let is_offer = self.session.lines()[first].0 == Step::Ehlo;
        let (count, what) = if is_offer { (last - first, "extension") } else { (last - first + 1, "line") };
        let plural = if count == 1 { "" } else { "s" };
        spans.push(Span::styled(format!("{more} {count} {what}{plural}"), theme.accent));
        let rest =
            if is_offer { self.keywords(first, last) } else { text.get(4..).unwrap_or_default().to_owned() };
        spans.push(Span::styled(format!("  {rest}"), theme.dim));
        cut_line(Text::from(spans), self.before() + self.room, more)
    }

    /// What the lines after the first of a reply to EHLO offer.
    fn keywords(&self, first: usize, last: usize) -> String {
        let lines = (first + 1..=last).filter_map(|nth| self.session.line(nth)?.text.as_str().get(4..));
        let names: Vec<String> =
            lines.map(|line| Capability::read(&Shown::new(line)).keyword.to_string()).collect();
        names.join(", ")
    }

    /// `✓ sign-in     212 ms  235 2.7.0 Authentication successful`
    pub(super) fn leg(&self, leg: &Leg) -> Text<'a> {
        let (theme, glyphs) = (self.look.theme, self.look.glyphs);
        let is_last = self.session.legs().last() == Some(leg);
        let (mark, style) = match leg.problem {
            Some(_) => (glyphs.refused, theme.error),
            None if is_last && !self.session.is_over && self.session.outcome().is_none() => {
                (glyphs.sending, theme.accent)
            }
            None => (glyphs.accepted, theme.ok),
        };
        let mut spans = vec![Span::styled(format!("{mark} "), style)];
        let name = leg.stage.as_str();
        spans.push(Span::styled(format!("{name:NAME$}"), theme.label));
        spans.push(Span::styled(format!("{:>7}  ", Took(leg.took()).to_string()), theme.time));
        let said = leg.problem.or(leg.answer).or(Some(leg.last)).filter(|_| !leg.is_silent());
        let offer = leg.answer.filter(|_| leg.stage == Stage::Ehlo && leg.problem.is_none());
        if let Some((first, last)) = offer.and_then(|nth| self.session.reply_around(nth)) {
            spans.push(Span::styled(self.keywords(first, last), theme.received));
        } else if let Some(line) = said.and_then(|nth| self.session.line(nth)) {
            let text = line.text.as_str();
            spans.extend(cut_out(&self.paints(line), text, &(0..text.len())));
        }
        cut_line(Text::from(spans), self.before() + self.room, glyphs.more)
    }

    pub(super) fn heading(&self) -> Text<'a> {
        Text::styled("Where the time went", self.look.theme.heading)
    }

    /// A leg of the timeline: its name, how long it took, and a bar that begins where it began.
    pub(super) fn stretch(&self, nth: usize) -> Text<'a> {
        let (theme, glyphs) = (self.look.theme, self.look.glyphs);
        let Some(leg) = self.session.timeline().nth(nth) else { return Text::default() };
        let is_again = self.session.timeline().take(nth).any(|before| before.stage == leg.stage);
        let name = if is_again { format!("{} 2", leg.stage.as_str()) } else { leg.stage.as_str().to_owned() };
        let longest = self.session.timeline().map(|leg| leg.took()).max().unwrap_or_default();
        let is_longest = leg.took() == longest;
        let mut spans = self.figure(&name, leg.took(), if is_longest { theme.heading } else { theme.label });
        let room = self.bars();
        if room >= BARS {
            let total = self.session.timeline().map(|leg| leg.end).max().unwrap_or_default();
            let (blank, bar) = bar(leg.start, leg.end, total, room, glyphs.eighths);
            spans.push(Span::raw(" ".repeat(blank)));
            spans.push(Span::styled(bar, if is_longest { theme.warning } else { theme.progress_done }));
        }
        Text::from(spans)
    }

    pub(super) fn total(&self) -> Text<'a> {
        Text::from(self.figure("total", self.session.took(), self.look.theme.label))
    }

    /// In the columns of the times, where they are there.
    fn figure(&self, name: &str, took: Duration, style: Style) -> Vec<Span<'a>> {
        let columns = if self.has_time { TIME } else { NAME };
        let name = cut(name, columns, self.look.glyphs.more);
        let gap = " ".repeat(columns.saturating_sub(width(&name)));
        vec![
            Span::styled(name, style),
            Span::styled(format!("{gap}{:>7}  ", Took(took).to_string()), self.look.theme.time),
        ]
    }

    /// The columns left for bars.
    fn bars(&self) -> usize {
        let columns = if self.has_time { TIME } else { NAME };
        (self.before() + self.room).saturating_sub(columns + TOOK)
    }
}

/// The blank cells before a bar, and the bar itself, in eighths of a cell: to scale, but never nothing.
fn bar(start: Duration, end: Duration, total: Duration, room: usize, eighths: &[&str; 8]) -> (usize, String) {
    let cells = |at: Duration| {
        let eighth = at.as_micros() * (room as u128) * 8 / total.as_micros().max(1);
        usize::try_from(eighth).unwrap_or(0)
    };
    let blank = (cells(start) / 8).min(room.saturating_sub(1));
    let length = cells(end).saturating_sub(blank * 8).clamp(1, (room - blank) * 8);
    let mut bar = eighths[7].repeat(length / 8);
    if !length.is_multiple_of(8) {
        bar += eighths[length % 8 - 1];
    }
    (blank, bar)
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::bar;
    use crate::ui::glyphs::Glyphs;

    #[test]
    fn bars_are_to_scale_and_begin_where_the_step_began() {
        let ms = Duration::from_millis;
        let of = |start, end| bar(ms(start), ms(end), ms(1_000), 10, Glyphs::UNICODE.eighths);
        assert_eq!(of(0, 1_000), (0, "\u{2588}".repeat(10)));
        assert_eq!(of(500, 1_000), (5, "\u{2588}".repeat(5)));
        assert_eq!(of(200, 250), (2, "\u{258c}".to_owned()));
        assert_eq!(of(0, 0), (0, "\u{258f}".to_owned()), "what was quick is seen, too");
        assert_eq!(of(1_000, 1_000).0, 9, "and stays in its place");
        assert_eq!(bar(ms(0), ms(0), ms(0), 10, Glyphs::ASCII.eighths), (0, ".".to_owned()));
    }
}
