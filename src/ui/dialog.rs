//! What lies over the panes: one box for each dialog, in the middle; find and search are bars at the foot. The keys of a dialog are its
//! own and cannot be rebound, so it names them itself.

mod account_form;
mod attach;
mod check;
mod export;
mod facts;
mod filter;
mod find;
mod list;
mod narrowing;
mod note;
mod palette;
mod passphrase;
mod question;
mod review;
mod scenario;
mod search;
mod secret;
mod secrets;
mod sessions;
mod sheet;
mod sign_in;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use crate::app::Model;
use crate::app::dialog::Dialog;

use super::Look;
use super::layout::Layout;
use sheet::Sheet;

/// Draws a dialog; says where its cursor is.
pub(super) fn draw(
    dialog: &Dialog,
    model: &Model,
    look: &Look<'_>,
    layout: &Layout,
    buf: &mut Buffer,
) -> Option<Position> {
    let area = layout.between();
    match dialog {
        // Mostly gone before a frame could be drawn; the foot says it where it is not.
        Dialog::Checking => {}
        Dialog::Review(review) => review::draw(review, model, look, area, buf),
        Dialog::Question(question) => question::draw(question, look, area, buf),
        Dialog::Secret(prompt) => return secret::draw_secret(prompt, look, area, buf),
        Dialog::Passphrase(prompt) => return passphrase::draw(prompt, look, area, buf),
        Dialog::Attach(prompt) => return attach::draw(prompt, model, look, area, buf),
        Dialog::Drafts(list) => list::draw_drafts(list, model, look, area, buf),
        Dialog::Palette(palette) => return palette::draw(palette, model, look, area, buf),
        Dialog::Scenarios(list) => return scenario::draw(list, look, area, buf),
        Dialog::Find(bar) => return find::draw(bar, look, layout.foot, buf),
        Dialog::Text(view) => list::draw_text(view, look, area, buf),
        Dialog::Facts(facts) => facts::draw(facts, look, area, buf),
        Dialog::Sessions(list) => return sessions::draw(list, model, look, area, buf),
        Dialog::Filter(list) => filter::draw(list, look, area, buf),
        Dialog::Search(bar) => return search::draw(bar, model, look, layout.foot, buf),
        Dialog::Export(prompt) => return export::draw(prompt, look, area, buf),
        Dialog::AccountForm(sheet) => return account_form::draw(sheet, look, area, buf),
        Dialog::SignIn(dialog) => return sign_in::draw(dialog, look, area, buf),
        Dialog::Note(sheet) => note::draw(sheet, look, area, buf),
        Dialog::Secrets(sheet) => secrets::draw(sheet, look, area, buf),
        Dialog::Check(sheet) => check::draw(sheet, look, area, buf),
    }
    None
}
