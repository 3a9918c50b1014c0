//! An account on a form: a row for each value, and below them what is wrong with the one in hand, or what it is for.

mod help;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::app::dialog::{AccountSheet, FormRow};
use crate::mail::form::IdentityKey;
use crate::mail::text::Shown;
use crate::ui::Look;
use crate::ui::cells::{cut, wrap};
use crate::ui::choice::{MARGIN, mark, top};
use crate::ui::layout::{row, split, split_columns};

use super::Sheet;

const COLUMNS: u16 = 72;
const LABEL: u16 = 18;
/// Rows for the word about the row in hand.
const WORD: u16 = 3;

pub(super) fn draw(sheet: &AccountSheet, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let theme = look.theme;
    let title = match &sheet.before {
        Some((name, _)) => format!("Account {} {}", look.glyphs.dot, Shown::new(name)),
        None => "New account".to_owned(),
    };
    let is_choice = sheet.choices().is_some();
    let keys: &[_] = match sheet.row() {
        FormRow::AnotherSender => &[("Enter", "add"), ("Tab", "next"), ("Ctrl-S", "save"), ("Esc", "close")],
        FormRow::Sender(..) => {
            &[("Tab", "next"), ("Ctrl-D", "remove this sender"), ("Ctrl-S", "save"), ("Esc", "close")]
        }
        FormRow::Value(_) if is_choice => {
            &[("\u{2190}\u{2192}", "choose"), ("Tab", "next"), ("Ctrl-S", "save"), ("Esc", "close")]
        }
        FormRow::Value(_) => &[("Tab", "next"), ("Ctrl-S", "save"), ("Esc", "close")],
    };
    let rows = sheet.rows();
    let state = format!("{} of {}", sheet.selected + 1, rows.len());
    let frame = Sheet { title: &title, state, keys };
    let wanted = u16::try_from(rows.len()).unwrap_or(u16::MAX) + WORD + 1;
    let inside = frame.open(area, COLUMNS, wanted, look, buf);
    let word = WORD.min(inside.height / 3);
    let (list, below) = split(inside, inside.height.saturating_sub(word + 1));
    let first = top(sheet.selected, rows.len(), list.height);
    let mut cursor = None;
    for (nth, (position, one)) in (0..list.height).zip(rows.iter().enumerate().skip(first)) {
        let strip = row(list, nth);
        let (label, value) = split_columns(strip, LABEL);
        buf.set_stringn(label.x, label.y, name(*one), label.width.into(), theme.label);
        if *one == FormRow::AnotherSender {
            buf.set_stringn(value.x, value.y, "Enter adds one", value.width.into(), theme.dim);
        } else if position == sheet.selected && !is_choice {
            sheet.field.draw(value, buf, theme.cursor_line.patch(theme.value), theme.selection);
            cursor = sheet.field.screen_cursor(value);
        } else {
            let text = sheet.text(*one);
            let chosen = if text.is_empty() { "the default" } else { &text };
            let text = if position == sheet.selected { format!("\u{2039} {chosen} \u{203a}") } else { text };
            let text = cut(Shown::new(&text).as_str(), value.width.into(), look.glyphs.more);
            buf.set_stringn(value.x, value.y, text, value.width.into(), theme.value);
        }
        if position == sheet.selected && (is_choice || *one == FormRow::AnotherSender) {
            mark(strip, look, buf);
        } else if position == sheet.selected {
            // As far as the field, which has a ground of its own.
            mark(split_columns(label, LABEL - MARGIN).0, look, buf);
        }
    }
    draw_word(sheet, look, split(below, 1).1, buf);
    cursor
}

/// What is wrong with the row in hand, or what it is for.
fn draw_word(sheet: &AccountSheet, look: &Look<'_>, place: Rect, buf: &mut Buffer) {
    let theme = look.theme;
    let (mark, says, style) = match (&sheet.wrong, sheet.is_saving) {
        (_, true) => (look.glyphs.info, "saving \u{2026}".to_owned(), theme.dim),
        (Some(wrong), _) => (look.glyphs.warning, wrong.clone(), theme.warning),
        (None, _) => (look.glyphs.info, help::of(sheet), theme.dim),
    };
    let says = Shown::new(&says);
    let lines = wrap(says.as_str(), usize::from(place.width).saturating_sub(2));
    for (nth, line) in (0..place.height).zip(lines) {
        let mark = if nth == 0 { mark } else { " " };
        let line = Line::from(vec![Span::styled(format!("{mark} {line}"), style)]);
        buf.set_line(place.x, place.y + nth, &line, place.width);
    }
}

fn name(row: FormRow) -> String {
    match row {
        FormRow::Value(key) => key.label().to_owned(),
        FormRow::Sender(nth, IdentityKey::From) => format!("Sender {}", nth + 2),
        FormRow::Sender(_, IdentityKey::Username) => "  user name".to_owned(),
        FormRow::Sender(_, IdentityKey::ReplyTo) => "  Reply-To".to_owned(),
        FormRow::Sender(_, IdentityKey::Signature) => "  signature".to_owned(),
        FormRow::AnotherSender => "Another sender".to_owned(),
    }
}
