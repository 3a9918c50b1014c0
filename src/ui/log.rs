//! The log pane: the dialogue as it happens. Only what is in sight is worked out, however long a session is.

mod head;
mod lines;
mod remarks;
mod sight;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::app::Model;
use crate::app::action::Action;
use crate::app::dialog::Dialog;
use crate::app::log::Filter;

use super::Look;
use super::cells::{cut_line, line_width, wrap};
use super::choice::lay;
use super::edge::Place;
use super::layout::row;
use lines::Scribe;

pub(super) fn draw(model: &Model, look: &Look<'_>, place: Place, buf: &mut Buffer) {
    let inside = place.inside();
    let Some(session) = model.log.session() else {
        place.open(Line::raw("Log"), Line::default(), look, buf);
        return draw_empty(model, look, inside, buf);
    };
    let view = &model.log.view;
    let scribe = Scribe::new(session, model, look, inside.width.into());
    let (count, cursor, follows) = (view.count(), view.cursor, view.follows);
    let sight = sight::Look { count, cursor, follows, room: inside.height.into() };
    let before = (view.sight.top.get(), view.sight.skip.get());
    let part = sight.part(before, |row| scribe.height(row));
    view.sight.top.set(part.top);
    view.sight.skip.set(part.skip);
    view.sight.rows.set(part.rows);
    view.sight.over.set(if cursor + 1 == part.top + part.rows { part.over } else { 0 });
    let state = head::state(model, session, part.below, look);
    let room = usize::from(place.area.width).saturating_sub(line_width(&state) + 10);
    place.open(head::title(model, session, look, room), state, look, buf);
    if count == 0 {
        let text =
            if view.filter == Filter::All { "Nothing has passed yet." } else { "No line is of this kind." };
        buf.set_stringn(inside.x, inside.y, text, inside.width.into(), look.theme.dim);
    }
    let has_cursor = place.has_focus || matches!(model.dialog(), Some(Dialog::Search(_)));
    let rows = part.top..part.top + part.rows;
    let lines = rows.flat_map(|nth| {
        let lines = scribe.lines(nth, nth == part.top);
        lines.into_iter().map(move |line| (nth, line))
    });
    let mut above = None;
    for (y, (nth, line)) in (0..inside.height).zip(lines.skip(part.skip)) {
        let strip = row(inside, y);
        let is_here = has_cursor && nth == cursor;
        if is_here {
            // Under the text: what was found keeps its own ground.
            buf.set_style(strip, look.theme.cursor_line);
        }
        buf.set_line(strip.x, strip.y, &line, strip.width);
        if has_cursor && view.selection().is_some_and(|rows| rows.contains(&nth)) {
            lay(strip, 0, look, buf);
        }
        if is_here && above != Some(nth) {
            buf.set_string(strip.x.saturating_sub(1), strip.y, look.glyphs.chosen, look.theme.accent);
        }
        above = Some(nth);
    }
}

/// The last line of the dialogue alone, in one row.
pub(super) fn draw_line(model: &Model, look: &Look<'_>, strip: Rect, buf: &mut Buffer) {
    let line = match model.log.session() {
        Some(session) if !session.lines().is_empty() => {
            Scribe::new(session, model, look, usize::from(strip.width).saturating_sub(2)).brief()
        }
        _ => Line::styled("log: nothing has been sent yet", look.theme.dim),
    };
    let line = cut_line(line, usize::from(strip.width).saturating_sub(2), look.glyphs.more);
    buf.set_line(strip.x + 1, strip.y, &line, strip.width.saturating_sub(1));
}

fn draw_empty(model: &Model, look: &Look<'_>, inside: Rect, buf: &mut Buffer) {
    let text = "Every line of the SMTP dialogue appears here as it happens: what is sent, what the server answers, how long it \
                takes, and what a refusal means.";
    let earlier = model.log.sessions().len();
    let key = model.keymap.key_for(Action::Sessions).filter(|_| earlier > 0);
    let more = key.map(|key| match earlier {
        1 => format!("One session of an earlier run is kept: {key} in this pane lists it."),
        _ => format!("{earlier} sessions of earlier runs are kept: {key} in this pane lists them."),
    });
    let room = usize::from(inside.width).min(76);
    let rows = wrap(text, room).into_iter().chain(more.iter().flat_map(|more| wrap(more, room)));
    for (nth, text) in (0..inside.height).zip(rows) {
        buf.set_string(inside.x, inside.y + nth, text, look.theme.dim);
    }
}
