//! The scenarios of the sandbox, narrowed by what is typed; below them all that is known of the chosen one.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::dialog::ScenarioList;
use crate::app::msg::SandboxScenario;
use crate::mail::text::Shown;
use crate::ui::Look;
use crate::ui::cells::{cut_line, wrap};
use crate::ui::layout::split;

use super::Sheet;
use super::narrowing::{line, list as rows_of};

const COLUMNS: u16 = 96;
const ROWS: u16 = 22;
/// Rows for the chosen scenario, and the least that the list is to have beside them.
const DETAIL: u16 = 5;
const LEAST: u16 = 3;
/// Cells of the longest name; and of the least list in which a sentence stands beside it.
const NAME: usize = 26;
const ROOMY: u16 = 64;

pub(super) fn draw(list: &ScenarioList, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let found = list.found();
    let keys = [("Enter", "play it"), ("Esc", "close"), ("\u{2191}\u{2193}", "choose")];
    let sheet = Sheet { title: "Sandbox: what goes wrong", state: found.len().to_string(), keys: &keys };
    let inside = sheet.open(area, COLUMNS, ROWS, look, buf);
    let (below, cursor) = line(&list.narrowing, "Scenario", look, inside, buf);
    let is_told = below.height > DETAIL + LEAST;
    let (names, detail) = split(below, if is_told { below.height - DETAIL - 1 } else { below.height });
    let has_room = names.width >= ROOMY;
    let entry = |scenario: &&SandboxScenario| entry(scenario, list.is_current(scenario), has_room, look);
    rows_of(&list.narrowing, &found, "no scenario has these words", entry, (look, names, buf));
    if let Some(scenario) = found.get(list.narrowing.selected).filter(|_| is_told) {
        tell(scenario, look, split(detail, 1).1, buf);
    }
    cursor
}

/// `● name  what happens`, and the step at which it does.
fn entry(
    scenario: &SandboxScenario,
    is_current: bool,
    has_room: bool,
    look: &Look<'_>,
) -> (Line<'static>, Line<'static>) {
    let (theme, glyphs) = (look.theme, look.glyphs);
    let sign = if is_current { glyphs.current } else { " " };
    let says = if has_room { scenario.says } else { "" };
    let left = vec![
        Span::styled(format!("{sign} "), theme.accent),
        Span::styled(format!("{:<NAME$}  ", scenario.name), theme.value),
        Span::styled(says, theme.dim),
    ];
    (Line::from(left), Line::styled(scenario.step, theme.time))
}

/// The whole sentence, and below it the server's words: first of all, whether they are known to be its words.
fn tell(scenario: &SandboxScenario, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let theme = look.theme;
    let room = usize::from(area.width);
    let styled = |text: &str, style: Style| -> Vec<Line<'static>> {
        wrap(text, room).into_iter().map(|row| Line::styled(row.to_owned(), style)).collect()
    };
    let mut lines = styled(scenario.says, theme.text);
    if !scenario.is_confirmed {
        let doubt = format!("{} the words are not confirmed", look.glyphs.warning);
        lines.push(Line::styled(doubt, theme.warning));
    }
    if !scenario.reply.is_empty() {
        lines.extend(styled(Shown::new(&scenario.reply).as_str(), theme.dim));
    }
    let last = usize::from(area.height).saturating_sub(1);
    let is_cut = lines.len() > last + 1;
    for (nth, mut line) in (0..area.height).zip(lines) {
        if is_cut && usize::from(nth) == last {
            line.push_span(look.glyphs.more);
        }
        buf.set_line(area.x, area.y + nth, &cut_line(line, room, look.glyphs.more), area.width);
    }
}
