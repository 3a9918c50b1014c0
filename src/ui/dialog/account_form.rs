//! An account on a form: a row for each value, and below them what is wrong with the one in hand, or what it is for.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::app::dialog::{AccountSheet, ROWS};
use crate::mail::form::Key;
use crate::mail::preset::Preset;
use crate::mail::text::Shown;
use crate::ui::Look;
use crate::ui::cells::{cut, wrap};
use crate::ui::choice::{mark, top};
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
    let keys: &[_] = if is_choice {
        &[("\u{2190}\u{2192}", "choose"), ("Tab", "next"), ("Ctrl-S", "save"), ("Esc", "close")]
    } else {
        &[("Tab", "next"), ("Ctrl-S", "save"), ("Esc", "close")]
    };
    let state = format!("{} of {}", sheet.selected + 1, ROWS.len());
    let frame = Sheet { title: &title, state, keys };
    let wanted = u16::try_from(ROWS.len()).unwrap_or(u16::MAX) + WORD + 1;
    let inside = frame.open(area, COLUMNS, wanted, look, buf);
    let word = WORD.min(inside.height / 3);
    let (list, below) = split(inside, inside.height.saturating_sub(word + 1));
    let first = top(sheet.selected, ROWS.len(), list.height);
    let mut cursor = None;
    for (nth, (position, key)) in (0..list.height).zip(ROWS.iter().enumerate().skip(first)) {
        let strip = row(list, nth);
        let (label, value) = split_columns(strip, LABEL);
        buf.set_stringn(label.x, label.y, key.label(), label.width.into(), theme.label);
        if position == sheet.selected && !is_choice {
            sheet.field.draw(value, buf, theme.cursor_line.patch(theme.value), theme.selection);
            cursor = sheet.field.screen_cursor(value);
        } else {
            let text = sheet.text(*key);
            let text = if position == sheet.selected { format!("\u{2039} {text} \u{203a}") } else { text };
            let text = cut(Shown::new(&text).as_str(), value.width.into(), look.glyphs.more);
            buf.set_stringn(value.x, value.y, text, value.width.into(), theme.value);
        }
        if position == sheet.selected {
            mark(label, look, buf);
        }
    }
    let (mark, says, style) = match (&sheet.wrong, sheet.is_saving) {
        (_, true) => (look.glyphs.info, "saving \u{2026}".to_owned(), theme.dim),
        (Some(wrong), _) => (look.glyphs.warning, wrong.clone(), theme.warning),
        (None, _) => (look.glyphs.info, help(sheet), theme.dim),
    };
    let says = Shown::new(&says);
    let place = split(below, 1).1;
    let lines = wrap(says.as_str(), usize::from(place.width).saturating_sub(2));
    for (nth, line) in (0..place.height).zip(lines) {
        let mark = if nth == 0 { mark } else { " " };
        let line = Line::from(vec![Span::styled(format!("{mark} {line}"), style)]);
        buf.set_line(place.x, place.y + nth, &line, place.width);
    }
    cursor
}

/// What the row in hand is for.
fn help(sheet: &AccountSheet) -> String {
    let fixed = match sheet.key() {
        Key::From => {
            "Your name and address, as recipients see them: Ana Silva <ana@contoso.com>. The address is enough; the rest is guessed and can be corrected."
        }
        Key::Name => "What you call this account; drafts remember it by this.",
        Key::Preset => {
            let preset = Preset::named(sheet.form.value(Key::Preset));
            let purpose = preset.map_or("server lines of your own", |preset| preset.purpose);
            return match &sheet.why {
                Some(why) => format!("{purpose}. {why}"),
                None => purpose.to_owned(),
            };
        }
        Key::Host | Key::Port => {
            return sheet.why.clone().unwrap_or_else(|| "The server that takes the mail.".to_owned());
        }
        Key::Security => {
            "starttls: encrypted from the second word on; tls: from the first; none: on this machine only, without a sign-in."
        }
        Key::Auth => {
            "auto: a password (PLAIN where offered, else LOGIN), or OAuth where there is a client id below; xoauth2: an access token; none: a relay."
        }
        Key::Username => "Who signs in; usually the full address. For a shared mailbox: its own address.",
        Key::PasswordCommand => {
            "A program whose first line is the password, such as: pass show work. Empty: the keyring, or you are asked."
        }
        Key::ClientId => {
            "For OAuth: the application (client) id of your registration; sendoff accounts guide says how to get one. Empty: no OAuth."
        }
        Key::Tenant => "The directory (tenant) id or a domain of it; empty: organizations.",
        Key::SignInAs => "The person who signs in, if the mailbox is a shared one.",
        Key::ReplyTo => "Where answers go, if not to From.",
        Key::Signature => "Ends each new message; \\n begins a new line.",
        Key::CaFile => {
            "One more trusted root (PEM), for a server of your own or a proxy that opens TLS. There is no switch that turns the check off."
        }
        Key::ConnectAhead => {
            "Connect and sign in while the review is open, so that Enter is answered at once."
        }
        Key::Proxy => "socks5h://HOST:PORT, http://HOST:PORT, or none; empty: ALL_PROXY.",
        Key::Notify => "Delivery reports for every message: success, failure, delay, with commas; or never.",
        Key::Return => "What a delivery report brings back.",
        Key::Chunking => "Small messages to one recipient go by BDAT: a round trip less.",
        Key::Helo => "What EHLO says; the default gives no name away.",
        Key::Cloud => "Where the tenant lives; national clouds have sign-in services of their own.",
        Key::Authority => {
            "Another sign-in service than Microsoft's, as https://HOST. Empty: the cloud's own."
        }
        Key::Grant => "person: somebody signs in; service: the application itself.",
        Key::Certificate => {
            "For a service: certificate and key of the registration (PEM). Empty: a client secret from the keyring."
        }
    };
    fixed.to_owned()
}
