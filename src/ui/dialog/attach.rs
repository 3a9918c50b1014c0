//! Attaching: a path, what it could go on to, and the files that are attached already.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::app::Model;
use crate::app::dialog::AttachPrompt;
use crate::mail::size::Size;
use crate::mail::text::Shown;
use crate::ui::Look;
use crate::ui::cells::{cut_line, wrap};
use crate::ui::choice::{mark, top};
use crate::ui::layout::{row, split, split_columns};

use super::Sheet;

const COLUMNS: u16 = 72;
/// Rows of a list.
const ROWS: u16 = 8;
const LABEL: u16 = 6;

pub(super) fn draw(
    prompt: &AttachPrompt,
    model: &Model,
    look: &Look<'_>,
    area: Rect,
    buf: &mut Buffer,
) -> Option<Position> {
    let theme = look.theme;
    let is_listing = prompt.path.is_empty() && prompt.names.is_empty();
    let keys: &[_] = if is_listing && prompt.selected.is_some() {
        &[("Del", "takes it off"), ("Esc", "close"), ("\u{2191}\u{2193}", "choose")]
    } else {
        &[("Tab", "complete"), ("Enter", "attach"), ("Esc", "close"), ("\u{2191}\u{2193}", "choose")]
    };
    let sheet = Sheet { title: "Attach a file", state: String::new(), keys };
    let inside = sheet.open(area, COLUMNS, ROWS + 4, look, buf);
    let (strip, rest) = split(inside, 1);
    let (label, field) = split_columns(strip, LABEL);
    buf.set_string(label.x, label.y, "File", theme.label);
    prompt.path.draw(field, buf, theme.cursor_line.patch(theme.value), theme.selection);
    let (above, rest) = split(rest, 1);
    let (list, below) = split(rest, rest.height.saturating_sub(2));
    let list = split_columns(list, LABEL).1;
    if is_listing {
        let is_bare = model.compose.attachments.is_empty();
        let text = if is_bare { "Type a path, or drop a file on the terminal." } else { "Attached already:" };
        let place = split_columns(above, LABEL).1;
        buf.set_stringn(place.x, place.y, text, place.width.into(), theme.dim);
    }
    if let Some(why) = &prompt.error {
        let text = format!("{} {}", look.glyphs.error, Shown::new(why));
        for (nth, text) in (0..below.height).zip(wrap(&text, below.width.into())) {
            buf.set_string(below.x, below.y + nth, text, theme.error);
        }
    }
    let lines: Vec<Line<'_>> = if is_listing {
        let files = model.compose.attachments.iter();
        files
            .map(|file| {
                Line::from(vec![
                    Span::styled(Shown::new(&file.name()).to_string(), theme.value),
                    Span::styled(format!("  {}", Size(file.len)), theme.dim),
                ])
            })
            .collect()
    } else {
        prompt
            .names
            .iter()
            .map(|name| Line::styled(Shown::new(base(name)).to_string(), theme.value))
            .collect()
    };
    let first = top(prompt.selected.unwrap_or(0), lines.len(), list.height);
    for (nth, (position, line)) in (0..list.height).zip(lines.into_iter().enumerate().skip(first)) {
        let strip = row(list, nth);
        let line = cut_line(line, strip.width.into(), look.glyphs.more);
        buf.set_line(strip.x, strip.y, &line, strip.width);
        if prompt.selected == Some(position) {
            mark(strip, look, buf);
        }
    }
    prompt.path.screen_cursor(field)
}

/// The last part of a path; a folder keeps its slash.
fn base(path: &str) -> &str {
    let end = path.strip_suffix('/').unwrap_or(path);
    &path[end.rfind('/').map_or(0, |at| at + 1)..]
}
