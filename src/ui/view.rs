//! The whole picture: head, panes, foot, and what lies over them.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use crate::app::Model;
use crate::app::model::Pane;

use super::compose::Form;
use super::layout::{LEAST, Layout, Wanted};
use super::{Look, account, cells, compose, dialog, edge, layout, log, outbox, status};

/// Draws the model. The terminal's cursor stands where the keys go, and nowhere else.
pub fn view(model: &Model, look: &Look<'_>, frame: &mut Frame<'_>) {
    let area = frame.area();
    let buf = frame.buffer_mut();
    buf.set_style(area, look.theme.background);
    let foot = status::foot_rows(model, look, area);
    let cursor = match Layout::of(area, Wanted::of(model, foot)) {
        Some(layout) => draw(model, look, &layout, buf),
        None => hint(look, buf),
    };
    look.glyphs.spell(buf);
    if let Some(cursor) = cursor {
        frame.set_cursor_position(cursor);
    }
}

fn draw(model: &Model, look: &Look<'_>, layout: &Layout, buf: &mut Buffer) -> Option<Position> {
    status::draw_head(model, look, layout, buf);
    let mut cursor = draw_panes(model, look, layout, buf);
    status::draw_foot(model, look, layout.foot, buf);
    // Only the dialog on top has the keys, and so the cursor.
    for dialog in &model.dialogs {
        cursor = dialog::draw(dialog, model, look, layout, buf);
    }
    cursor
}

fn draw_panes(model: &Model, look: &Look<'_>, places: &Layout, buf: &mut Buffer) -> Option<Position> {
    let has_focus = |pane| model.focus == pane && model.dialogs.is_empty();
    let edge = places.edge;
    let on_accounts = has_focus(Pane::Accounts);
    let in_list = on_accounts && places.guide.is_none();
    if let Some(area) = places.accounts {
        account::draw(model, look, area, edge, in_list, buf);
    }
    if let Some(area) = places.outbox {
        outbox::draw(model, look, area, edge, has_focus(Pane::Outbox), buf);
    }
    if let (Some(_), Some(lower)) = (places.accounts, places.outbox) {
        let line = layout::row(lower, 0);
        edge::hinge(buf, line, [in_list, has_focus(Pane::Outbox)], look);
    }
    if let Some(strip) = places.tabs {
        account::draw_tabs(model, look, strip, in_list, buf);
    }
    if let Some(area) = places.guide {
        account::draw_guide(model, look, area, edge, on_accounts, buf);
    }
    if let Some(area) = places.log {
        log::draw(model, look, area, edge, has_focus(Pane::Log), buf);
    }
    if let Some(strip) = places.log_line {
        log::draw_line(model, look, strip, buf);
    }
    let area = places.compose?;
    let form = Form { edge, has_focus: has_focus(Pane::Compose), has_from: places.tabs.is_none() };
    compose::draw(model, look, area, form, buf)
}

/// Where nothing fits.
fn hint(look: &Look<'_>, buf: &mut Buffer) -> Option<Position> {
    let (columns, rows) = LEAST;
    let text = format!("sendoff needs {columns} x {rows}");
    let room = usize::from(buf.area.width);
    if !buf.area.is_empty() {
        let text = cells::cut(&text, room, look.glyphs.more);
        buf.set_stringn(buf.area.x, buf.area.y, text, room, look.theme.text);
    }
    None
}
