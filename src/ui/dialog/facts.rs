//! A sheet of facts: certificates, capabilities.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::dialog::{Fact, Facts, Scroll};
use crate::ui::Look;
use crate::ui::cells::{short, wrap};

use super::Sheet;
use super::sheet::write;

const COLUMNS: u16 = 84;
/// The longest label and its gap.
const LABEL: usize = 13;

pub(super) fn draw(facts: &Facts, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let columns = Sheet::columns(area, COLUMNS);
    let lines: Vec<Line<'_>> =
        facts.facts.iter().flat_map(|fact| lines(fact, columns.into(), look)).collect();
    draw_lines(&facts.title, &[], lines, &facts.scroll, look, area, buf);
}

/// Lines in a box that scrolls if it has to; `keys` come before those of scrolling.
pub(super) fn draw_lines(
    title: &str,
    keys: &[(&str, &'static str)],
    lines: Vec<Line<'_>>,
    scroll: &Scroll,
    look: &Look<'_>,
    area: Rect,
    buf: &mut Buffer,
) {
    let columns = Sheet::columns(area, COLUMNS);
    let rows = lines.len().min(Sheet::rows(area).into());
    let furthest = lines.len() - rows;
    let top = scroll.settle(furthest);
    let mut keys = keys.to_vec();
    keys.push(("Esc", "close"));
    if furthest > 0 {
        keys.extend([("\u{2191}\u{2193}", "scroll"), ("PgDn", "on")]);
    }
    let state = match (top, furthest) {
        (_, 0) => String::new(),
        (top, furthest) if top == furthest => "end".to_owned(),
        (top, furthest) => format!("{} more below", furthest - top),
    };
    let inside = Sheet { title, state, keys: &keys }.open(area, columns, short(rows), look, buf);
    write(lines.into_iter().skip(top).collect(), inside, look, buf);
}

fn lines(fact: &Fact, room: usize, look: &Look<'_>) -> Vec<Line<'static>> {
    let theme = look.theme;
    match fact {
        Fact::Gap => vec![Line::default()],
        Fact::Heading(text) => prose("", text, room, theme.heading),
        // As far in as what follows a mark.
        Fact::Prose(text) => prose(" ", text, room, theme.text),
        Fact::Dim(text) => prose(" ", text, room, theme.dim),
        Fact::Good(text) => prose(look.glyphs.good, text, room, theme.ok),
        Fact::Warning(text) => prose(look.glyphs.warning, text, room, theme.warning),
        Fact::Value(label, text) => {
            let rows = wrap(text, room.saturating_sub(LABEL)).into_iter().enumerate();
            let rows = rows.map(|(nth, row)| {
                let label = if nth == 0 { label } else { "" };
                let label = Span::styled(format!("{label:>width$}  ", width = LABEL - 2), theme.label);
                Line::from(vec![label, Span::styled(row.to_owned(), theme.value)])
            });
            rows.collect()
        }
    }
}

fn prose(mark: &str, text: &str, room: usize, style: Style) -> Vec<Line<'static>> {
    let indent = if mark.is_empty() { 0 } else { crate::ui::cells::width(mark) + 1 };
    let rows = wrap(text, room.saturating_sub(indent)).into_iter().enumerate();
    let rows = rows.map(|(nth, row)| {
        let start = if nth == 0 && indent > 0 { format!("{mark} ") } else { " ".repeat(indent) };
        Line::styled(format!("{start}{row}"), style)
    });
    rows.collect()
}
