//! The whole picture: head, panes, foot, and what lies over them.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use crate::app::Model;
use crate::app::model::Pane;

use super::compose::Form;
use super::layout::{LEAST, Layout, Wanted};
use super::{Look, account, cells, compose, dialog, edge, log, outbox, status};

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

fn draw_panes(model: &Model, look: &Look<'_>, layout: &Layout, buf: &mut Buffer) -> Option<Position> {
    let has_focus = |pane| model.focus == pane && model.dialogs.is_empty();
    let edge = layout.edge;
    let on_accounts = has_focus(Pane::Accounts);
    if let Some(area) = layout.accounts {
        account::draw(model, look, area, edge, on_accounts && layout.guide.is_none(), buf);
    }
    if let Some(area) = layout.outbox {
        outbox::draw(model, look, area, edge, has_focus(Pane::Outbox), buf);
    }
    if let (Some(upper), Some(lower)) = (layout.accounts, layout.outbox) {
        edge::hinge(
            buf,
            upper,
            lower,
            [on_accounts && layout.guide.is_none(), has_focus(Pane::Outbox)],
            look,
        );
    }
    if let Some(strip) = layout.tabs {
        account::draw_tabs(model, look, strip, on_accounts && layout.guide.is_none(), buf);
    }
    if let Some(area) = layout.guide {
        account::draw_guide(model, look, area, edge, on_accounts, buf);
    }
    if let Some(area) = layout.log {
        log::draw(model, look, area, edge, has_focus(Pane::Log), buf);
    }
    if let Some(strip) = layout.log_line {
        log::draw_line(model, look, strip, buf);
    }
    let area = layout.compose?;
    let form = Form { edge, has_focus: has_focus(Pane::Compose), has_from: layout.tabs.is_none() };
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
