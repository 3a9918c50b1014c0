//! An account on a form: a row for each value, and below them what is wrong with the one in hand, or what it is for.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::app::dialog::{AccountSheet, FormRow};
use crate::mail::form::{IdentityKey, Key};
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

fn help_of_sender(row: FormRow) -> &'static str {
    match row {
        FormRow::Sender(_, IdentityKey::From) => {
            "Another name and address that this account may write as: an alias, a shared mailbox, a mailbox you send on behalf of."
        }
        FormRow::Sender(_, IdentityKey::Username) => {
            "For a shared mailbox that one signs in to: its own address. Empty: as for the account."
        }
        FormRow::Sender(_, IdentityKey::ReplyTo) => "Where answers to this sender go, if not to its address.",
        FormRow::Sender(_, IdentityKey::Signature) => {
            "Ends new messages of this sender; \\n begins a new line."
        }
        _ => {
            "Aliases and shared mailboxes that this account may write as; Alt-N goes through them while you write."
        }
    }
}

/// What the row in hand is for.
fn help(sheet: &AccountSheet) -> String {
    let key = match sheet.row() {
        FormRow::Value(key) => key,
        row => return help_of_sender(row).to_owned(),
    };
    let fixed = match key {
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
