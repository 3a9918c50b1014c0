//! The whole picture: head, panes, foot, and what lies over them.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::Model;
use crate::app::dialog::Dialog;
use crate::app::model::Pane;

use super::cells::cut;
use super::edge::Place;
use super::layout::{LEAST, Layout, Wanted, row};
use super::{Look, account, compose, dialog, edge, log, outbox, status};

/// Draws the model. The terminal's cursor stands where the keys go, and nowhere else.
pub fn view(model: &Model, look: &Look<'_>, frame: &mut Frame<'_>) {
    let area = frame.area();
    let buf = frame.buffer_mut();
    buf.set_style(area, look.theme.background);
    let foot = status::foot_rows(model, look, area);
    let layout = Layout::of(area, Wanted::of(model, foot));
    let cursor = layout.as_ref().and_then(|layout| draw(model, look, layout, buf));
    if layout.is_none() {
        draw_hint(look, buf);
    }
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
    // What is but a moment between two pictures takes nothing from the pane.
    let is_free = model.dialogs.iter().all(|dialog| matches!(dialog, Dialog::Checking));
    let has_focus = |pane| model.focus == pane && is_free;
    let at = |area, has_focus| Place { area, edge: layout.edge, has_focus };
    // The guide has the keys of the account pane while it is there.
    let in_accounts = has_focus(Pane::Accounts) && layout.guide.is_none();
    if let Some(area) = layout.accounts {
        account::draw(model, look, at(area, in_accounts), buf);
    }
    if let Some(area) = layout.outbox {
        outbox::draw(model, look, at(area, has_focus(Pane::Outbox)), buf);
    }
    if let (Some(_), Some(lower)) = (layout.accounts, layout.outbox) {
        edge::hinge(buf, row(lower, 0), [in_accounts, has_focus(Pane::Outbox)], look);
    }
    if let Some(strip) = layout.tabs {
        account::draw_tabs(model, look, strip, in_accounts, buf);
    }
    if let Some(area) = layout.guide {
        account::draw_guide(model, look, at(area, has_focus(Pane::Accounts)), buf);
    }
    if let Some(area) = layout.log {
        log::draw(model, look, at(area, has_focus(Pane::Log)), buf);
    }
    if let Some(strip) = layout.log_line {
        log::draw_line(model, look, strip, buf);
    }
    let place = at(layout.compose?, has_focus(Pane::Compose));
    compose::draw(model, look, place, layout.tabs.is_none(), buf)
}

/// Where nothing fits.
fn draw_hint(look: &Look<'_>, buf: &mut Buffer) {
    let Rect { x, y, width, .. } = buf.area;
    let (columns, rows) = LEAST;
    let text = cut(&format!("sendoff needs {columns} x {rows}"), width.into(), look.glyphs.more);
    if !buf.area.is_empty() {
        buf.set_stringn(x, y, text, width.into(), look.theme.text);
    }
}
