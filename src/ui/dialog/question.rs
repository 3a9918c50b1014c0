//! A question and its buttons. The one that Enter presses stands in brackets, so that it shows without colour.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::dialog::Question;
use crate::mail::text::Shown;
use crate::ui::Look;
use crate::ui::cells::{width, wrap};

use super::Sheet;
use super::sheet::{rows, write};

const COLUMNS: u16 = 72;

pub(super) fn draw(question: &Question, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let columns = usize::from(Sheet::columns(area, COLUMNS));
    let buttons = buttons(question, look, columns);
    let room = usize::from(Sheet::rows(area)).saturating_sub(buttons.len());
    let mut lines = Vec::new();
    for text in &question.lines {
        let text = Shown::new(text);
        lines.extend(
            wrap(text.as_str(), columns).into_iter().map(|row| Line::styled(row.to_owned(), look.theme.text)),
        );
    }
    lines.push(Line::default());
    // The buttons are what it is about: on a low screen words give way.
    lines.truncate(room);
    lines.extend(buttons);
    let armed = [("Enter", "choose"), ("Tab", "next"), ("Esc", "back")];
    let unarmed = [("Enter", "answer; other keys go on to the message")];
    let keys: &[_] = if question.is_armed { &armed } else { &unarmed };
    let sheet = Sheet { title: &question.title, state: String::new(), keys };
    let inside = sheet.open(area, COLUMNS, rows(lines.len()), look, buf);
    write(lines, inside, look, buf);
}

/// The buttons beside each other, or below each other where that is too wide.
fn buttons(question: &Question, look: &Look<'_>, columns: usize) -> Vec<Line<'static>> {
    let button = |(nth, button): (usize, &crate::app::dialog::Button)| {
        if nth == question.focus && question.is_armed {
            Span::styled(format!("[ {} ]", button.label), look.theme.button_focus)
        } else {
            Span::styled(format!("  {}  ", button.label), look.theme.button)
        }
    };
    let buttons: Vec<_> = question.buttons.iter().enumerate().map(button).collect();
    let total: usize = buttons.iter().map(|button| width(&button.content) + 2).sum();
    if total > columns + 2 {
        return buttons.into_iter().map(Line::from).collect();
    }
    vec![buttons.into_iter().flat_map(|button| [button, Span::raw("  ")]).collect()]
}
