//! The scenarios of the sandbox, narrowed by what is typed; below them all that is known of the chosen one.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::dialog::ScenarioList;
use crate::app::msg::SandboxScenario;
use crate::mail::text::Shown;
use crate::ui::Look;
use crate::ui::cells::{cut, spread, wrap};
use crate::ui::choice::{mark, top};
use crate::ui::layout::{row, split, split_columns};

use super::Sheet;

const COLUMNS: u16 = 76;
const ROWS: u16 = 18;
/// Rows for the chosen scenario, and the least that the list is to have beside them.
const DETAIL: u16 = 4;
const LEAST: u16 = 4;
/// Cells of the longest name.
const NAME: usize = 26;

pub(super) fn draw(list: &ScenarioList, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let theme = look.theme;
    let found = list.found();
    let keys = [("Enter", "play it"), ("Esc", "close"), ("\u{2191}\u{2193}", "choose")];
    let sheet = Sheet { title: "Sandbox: what goes wrong", state: found.len().to_string(), keys: &keys };
    let inside = sheet.open(area, COLUMNS, ROWS, look, buf);
    let (strip, rest) = split(inside, 1);
    let (label, field) = split_columns(strip, 10);
    buf.set_string(label.x, label.y, "Scenario", theme.label);
    list.field.draw(field, buf, theme.cursor_line.patch(theme.value), theme.selection);
    let below = split(rest, 1).1;
    let is_told = below.height > DETAIL + LEAST;
    let (names, detail) = split(below, if is_told { below.height - DETAIL - 1 } else { below.height });
    if found.is_empty() {
        buf.set_stringn(names.x, names.y, "no scenario has these words", names.width.into(), theme.dim);
    }
    let first = top(list.selected, found.len(), names.height);
    for (nth, (position, scenario)) in (0..names.height).zip(found.iter().enumerate().skip(first)) {
        let strip = row(names, nth);
        let (left, right) = entry(scenario, list.is_current(scenario), look);
        spread(buf, strip, left, right, look.glyphs.more);
        if position == list.selected {
            mark(strip, look, buf);
        }
    }
    if let Some(scenario) = found.get(list.selected).filter(|_| is_told) {
        tell(scenario, look, split(detail, 1).1, buf);
    }
    list.field.screen_cursor(field)
}

/// `● name  what happens`, and the step at which it does.
fn entry(scenario: &SandboxScenario, is_current: bool, look: &Look<'_>) -> (Line<'static>, Line<'static>) {
    let (theme, glyphs) = (look.theme, look.glyphs);
    let (sign, style) = if is_current { (glyphs.current, theme.accent) } else { (" ", theme.text) };
    let left = vec![
        Span::styled(format!("{sign} "), style),
        Span::styled(format!("{:<NAME$}  ", scenario.name), theme.value),
        Span::styled(scenario.says, theme.dim),
    ];
    (Line::from(left), Line::styled(scenario.step, theme.time))
}

/// The whole sentence, and below it the server's words.
fn tell(scenario: &SandboxScenario, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let theme = look.theme;
    let room = usize::from(area.width);
    let doubt = if scenario.is_confirmed { "" } else { "  (text not confirmed)" };
    let reply = format!("{}{doubt}", Shown::new(&scenario.reply));
    let rows = |text: &str, most: usize, style: Style| -> Vec<Line<'static>> {
        let rows = wrap(text, room);
        let line = |(nth, row): (usize, &&str)| match rows.get(nth + 1) {
            Some(next) if nth + 1 == most => cut(&format!("{row} {next}"), room, look.glyphs.more),
            _ => (*row).to_owned(),
        };
        rows.iter().enumerate().take(most).map(line).map(|row| Line::styled(row, style)).collect()
    };
    let lines = [rows(scenario.says, 2, theme.text), rows(&reply, 2, theme.dim)].concat();
    for (nth, line) in (0..area.height).zip(lines) {
        buf.set_line(area.x, area.y + nth, &line, area.width);
    }
}
