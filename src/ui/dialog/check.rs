//! A check of an account: a row for each step, and what they come to at the foot.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::dialog::CheckSheet;
use crate::mail::check::{CheckStep, Standing, Verdict};
use crate::mail::text::Shown;
use crate::mail::transcript::Took;
use crate::ui::Look;
use crate::ui::cells::{spread, wrap};
use crate::ui::layout::row;

use super::Sheet;
use super::sheet::{rows, write};

const COLUMNS: u16 = 96;
/// Columns of a step's name, and the fewest rows of steps in sight.
const NAME: usize = 12;
const FEW: usize = 3;

pub(super) fn draw(sheet: &CheckSheet, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let columns = Sheet::columns(area, COLUMNS);
    let room = usize::from(Sheet::rows(area));
    let steps = sheet.check.steps();
    let foot = foot(sheet, columns.into(), look);
    // The foot stays where it is while the steps scroll; on a low screen it scrolls with them.
    let is_pinned = foot.len() + FEW <= room;
    let pinned = if is_pinned { foot.len() } else { 0 };
    let all = steps.len() + foot.len() - pinned;
    let visible = all.min(room - pinned);
    let furthest = all - visible;
    let settled = sheet.scroll.settle(furthest);
    let looked_at = if is_pinned || sheet.verdict.is_none() { sheet.looked_at() + 1 } else { all };
    let top = if sheet.follows { looked_at.saturating_sub(visible).min(furthest) } else { settled };
    let title = format!("Can \u{201c}{}\u{201d} send?", Shown::new(&sheet.account.name));
    let keys = keys(sheet, furthest > 0);
    let below = furthest - top;
    let has_begun = steps.iter().any(|step| step.standing != Standing::Waiting) || sheet.verdict.is_some();
    let state = if !has_begun && sheet.account.needs_secret() {
        format!("fetching the {}", sheet.account.secret_word())
    } else if below > 0 {
        format!("{below} more below")
    } else {
        String::new()
    };
    let box_ = Sheet { title: &title, state, keys: &keys };
    let inside = box_.open(area, columns, rows(visible + pinned), look, buf);
    let in_sight = steps.iter().skip(top).take(visible);
    let count = in_sight.len();
    for (nth, step) in (0..inside.height).zip(in_sight) {
        draw_step(step, look, row(inside, nth), buf);
    }
    let rest = Rect { y: inside.y + rows(count), ..inside }.intersection(inside);
    write(foot.into_iter().skip(top.saturating_sub(steps.len())).collect(), rest, look, buf);
}

fn keys(sheet: &CheckSheet, is_long: bool) -> Vec<(&'static str, &'static str)> {
    let mut keys = match sheet.verdict {
        None => vec![("Esc", "stop")],
        Some(_) => vec![("Enter", "close")],
    };
    if sheet.has_note() {
        keys.push(("n", "note to the administrator"));
    }
    if is_long {
        keys.push(("\u{2191}\u{2193}", "scroll"));
    }
    keys
}

/// `✓ Sign-in      235 2.7.0 Authentication successful      41 ms`
fn draw_step(step: &CheckStep, look: &Look<'_>, strip: Rect, buf: &mut Buffer) {
    let theme = look.theme;
    let (mark, style) = mark(step.standing, look);
    let is_quiet = matches!(step.standing, Standing::Waiting | Standing::Skipped);
    // A failure to connect names the address itself.
    let about = if step.text.as_str().contains(&step.about) { "" } else { step.about.as_str() };
    let text = [about, step.text.as_str()].into_iter().filter(|text| !text.is_empty());
    let text = Shown::new(&text.collect::<Vec<_>>().join("  ")).to_string();
    let took = match step.standing {
        Standing::Passed | Standing::Failed => format!(" {:>6}", Took(step.took)),
        Standing::Running => " ...".to_owned(),
        Standing::Waiting | Standing::Skipped => String::new(),
    };
    let left = Line::from(vec![
        Span::styled(format!("{mark} "), style),
        Span::styled(
            format!("{:<NAME$}", step.stage.title()),
            if is_quiet { theme.dim } else { theme.label },
        ),
        Span::styled(
            text,
            if step.standing == Standing::Failed {
                style
            } else if is_quiet {
                theme.dim
            } else {
                theme.text
            },
        ),
    ]);
    spread(buf, strip, left, Line::styled(took, theme.dim), look.glyphs.more);
}

/// A mark that reads without colour.
fn mark<'a>(standing: Standing, look: &Look<'a>) -> (&'a str, Style) {
    let (glyphs, theme) = (look.glyphs, look.theme);
    match standing {
        Standing::Waiting => (glyphs.dot, theme.dim),
        Standing::Running => (glyphs.chosen, theme.accent),
        Standing::Passed => (glyphs.good, theme.ok),
        Standing::Failed => (glyphs.error, theme.error),
        Standing::Skipped => (glyphs.rest, theme.dim),
    }
}

/// The verdict, what can be done, and what a check cannot see.
fn foot(sheet: &CheckSheet, columns: usize, look: &Look<'_>) -> Vec<Line<'static>> {
    let theme = look.theme;
    let mut lines = vec![Line::default()];
    let Some(verdict) = &sheet.verdict else {
        lines.push(Line::styled("Nothing is sent: it stops before the message.", theme.dim));
        return lines;
    };
    let (mark, style) =
        if verdict.ok { (look.glyphs.good, theme.ok) } else { (look.glyphs.error, theme.error) };
    for (text, style) in sentences(verdict, style, theme.text, theme.dim) {
        let text = Shown::new(text);
        let is_first = lines.len() == 1;
        for (nth, part) in wrap(text.as_str(), columns.saturating_sub(2)).into_iter().enumerate() {
            let start = if is_first && nth == 0 { format!("{mark} ") } else { "  ".to_owned() };
            lines.push(Line::styled(format!("{start}{part}"), style));
        }
    }
    lines
}

fn sentences(verdict: &Verdict, first: Style, todo: Style, rest: Style) -> Vec<(&str, Style)> {
    let mut sentences = vec![(verdict.says.as_str(), first)];
    sentences.extend(verdict.explanation.as_ref().map(|explanation| (explanation.todo, todo)));
    sentences.extend(verdict.caveat.as_deref().map(|caveat| (caveat, rest)));
    sentences
}
