//! Drafts to choose from, and texts to read.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::Model;
use crate::app::dialog::{DraftList, TextView};
use crate::app::msg::Saved;
use crate::mail::text::Shown;
use crate::ui::Look;
use crate::ui::cells::{short, spread, width, wrap};
use crate::ui::choice::{mark, top};
use crate::ui::layout::row;
use crate::ui::outbox::date;

use super::Sheet;
use super::sheet::rows;

const COLUMNS: u16 = 72;

pub(super) fn draw_drafts(list: &DraftList, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let drafts = &model.outbox.drafts;
    let keys = [("Enter", "open"), ("Del", "remove"), ("Esc", "close")];
    let sheet = Sheet { title: "Drafts", state: drafts.len().to_string(), keys: &keys };
    let inside = sheet.open(area, COLUMNS, rows(drafts.len()).clamp(3, 16), look, buf);
    let selected = list.position(drafts);
    let first = top(selected, drafts.len(), inside.height);
    for (nth, (position, draft)) in (0..inside.height).zip(drafts.iter().enumerate().skip(first)) {
        let strip = row(inside, nth);
        let is_chosen = position == selected;
        let state = if is_chosen && list.is_doomed(draft) {
            Line::styled(format!("{} Del again removes it", look.glyphs.warning), look.theme.warning)
        } else if draft.may_be_sent {
            Line::styled(format!("{} may have been sent", look.glyphs.unknown), look.theme.warning)
        } else {
            Line::styled(date(&model.zone, draft.at), look.theme.time)
        };
        spread(buf, strip, title(draft, look), state, look.glyphs.more);
        if is_chosen {
            mark(strip, look, buf);
        }
    }
}

fn title(saved: &Saved, look: &Look<'_>) -> Line<'static> {
    let theme = look.theme;
    let mut spans = vec![Span::styled(Shown::new(saved.draft.title()).to_string(), theme.value)];
    let to = saved.draft.to.trim();
    if !to.is_empty() && to != saved.draft.title() {
        spans.push(Span::styled(format!("  to {}", Shown::new(to)), theme.dim));
    }
    Line::from(spans)
}

/// A text, from the line it was scrolled to. However long it is, only what is in sight is broken into rows.
pub(super) fn draw_text(view: &TextView, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    /// Lines that are measured for the width of the box.
    const MEASURED: usize = 200;
    let widest = view.lines.iter().take(MEASURED).map(|line| width(Shown::new(line).as_str())).max();
    let columns = Sheet::columns(area, short(widest.unwrap_or(0)).clamp(40, 100));
    let room = usize::from(Sheet::rows(area));
    let height = |line: &String| broken(line, columns.into(), 0).len();
    // The last page is full.
    let mut last = view.lines.len();
    let mut needed = 0;
    while last > 0 && needed + height(&view.lines[last - 1]) <= room {
        last -= 1;
        needed += height(&view.lines[last]);
    }
    let first = view.scroll.settle(last);
    let keys: &[_] = if last > 0 {
        &[("\u{2191}\u{2193}", "scroll"), ("PgDn", "on"), ("Esc", "close")]
    } else {
        &[("Esc", "close")]
    };
    let state = match (first, last) {
        (_, 0) => String::new(),
        (0, _) => "more below".to_owned(),
        (first, last) if first == last => "end".to_owned(),
        (first, _) => format!("line {} of {}", first + 1, view.lines.len()),
    };
    let title = Shown::new(&view.title);
    let sheet = Sheet { title: title.as_str(), state, keys };
    let inside = sheet.open(area, columns, short(if last > 0 { room } else { needed }), look, buf);
    let texts = view.lines[first..].iter().flat_map(|line| broken(line, columns.into(), 0));
    for (nth, text) in (0..inside.height).zip(texts) {
        buf.set_stringn(inside.x, inside.y + nth, text, inside.width.into(), look.theme.text);
    }
}

/// A line in rows of `room` cells. What follows a gap of several blanks is a column of its own, and stays in it; rows that go
/// on are `hang` cells further in.
pub(super) fn broken(line: &str, room: usize, hang: usize) -> Vec<String> {
    let line = Shown::new(line);
    let line = line.as_str();
    if width(line) <= room {
        return vec![line.to_owned()];
    }
    let gap = line.rfind("  ").map_or(0, |at| at + 2);
    let (start, rest) = line.split_at(gap);
    let indent = width(start) + hang;
    if indent * 2 > room {
        return wrap(line, room).into_iter().map(str::to_owned).collect();
    }
    let rows = wrap(rest, room - indent).into_iter().enumerate();
    rows.map(|(nth, row)| if nth == 0 { format!("{start}{row}") } else { format!("{:indent$}{row}", "") })
        .collect()
}
