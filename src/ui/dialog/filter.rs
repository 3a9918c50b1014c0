//! Which lines of the log are shown.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::app::dialog::FilterList;
use crate::app::log::Filter;
use crate::ui::Look;
use crate::ui::cells::spread;
use crate::ui::choice::{mark, top};
use crate::ui::layout::row;

use super::Sheet;
use super::sheet::rows;

const COLUMNS: u16 = 44;

pub(super) fn draw(list: &FilterList, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let theme = look.theme;
    let keys = [("Enter", "show"), ("Esc", "close"), ("\u{2191}\u{2193}", "choose")];
    let sheet = Sheet { title: "Show", state: "lines".to_owned(), keys: &keys };
    let inside = sheet.open(area, COLUMNS, rows(list.choices.len()), look, buf);
    let first = top(list.selected, list.choices.len(), inside.height);
    for (nth, (position, (filter, count))) in
        (0..inside.height).zip(list.choices.iter().enumerate().skip(first))
    {
        let strip = row(inside, nth);
        let style = if *count == 0 { theme.dim } else { theme.text };
        let count = Line::styled(count.to_string(), theme.dim);
        spread(buf, strip, Line::styled(says(*filter), style), count, look.glyphs.more);
        if position == list.selected {
            mark(strip, look, buf);
        }
    }
}

fn says(filter: Filter) -> String {
    match filter {
        Filter::All => "all of it".to_owned(),
        Filter::Problems => "problems alone".to_owned(),
        Filter::Sent => "what was sent".to_owned(),
        Filter::Received => "what was received".to_owned(),
        Filter::Stage(stage) => format!("the step {}", stage.as_str()),
    }
}
