//! Where the secrets of an account are: a row for each place, in the order in which they are asked.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::dialog::{Row, SecretsSheet};
use crate::mail::account::Account;
use crate::mail::secret::Kind;
use crate::mail::stores::{Holding, Store, Survey};
use crate::mail::text::Shown;
use crate::ui::Look;
use crate::ui::cells::wrap;
use crate::ui::choice::mark;
use crate::ui::layout::row;

use super::Sheet;
use super::sheet::{rows, write};

const COLUMNS: u16 = 76;
/// Columns of a place's name, with the mark before it.
const NAME: usize = 20;

pub(super) fn draw(sheet: &SecretsSheet, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let columns = usize::from(Sheet::columns(area, COLUMNS));
    let (lines, selected) = lines(sheet, columns, look);
    let room = usize::from(Sheet::rows(area));
    let first = (selected + 3).saturating_sub(room).min(lines.len().saturating_sub(room));
    let title = format!("Secrets of {}", Shown::new(&sheet.account.name));
    let keys = keys(sheet);
    let state = if sheet.survey.is_none() { "asking the stores".to_owned() } else { String::new() };
    let box_ = Sheet { title: &title, state, keys: &keys };
    let inside = box_.open(area, COLUMNS, rows(lines.len().min(room)), look, buf);
    write(lines.into_iter().skip(first).collect(), inside, look, buf);
    if sheet.row().is_some() {
        mark(row(inside, rows(selected.saturating_sub(first))), look, buf);
    }
}

/// All lines, and which of them has the cursor.
fn lines<'a>(sheet: &'a SecretsSheet, columns: usize, look: &Look<'a>) -> (Vec<Line<'a>>, usize) {
    let theme = look.theme;
    let account = &sheet.account;
    let mut lines = Vec::new();
    let mut selected = 0;
    for (nth, row) in sheet.rows().into_iter().enumerate() {
        if row.is_first {
            if !lines.is_empty() {
                lines.push(Line::default());
            }
            lines.push(Line::styled(heading(row.kind, account), theme.label));
            lines.extend(command(row.kind, account, look));
        }
        if nth == sheet.selected {
            selected = lines.len();
        }
        lines.extend(place(row, columns, look));
    }
    if sheet.survey.is_some() && lines.is_empty() {
        lines.push(Line::styled("This account sends without a secret that could be kept.", theme.text));
    }
    if let Some(survey) = &sheet.survey {
        lines.extend(remembered(survey, look));
    }
    if sheet.survey.is_some() {
        lines.push(Line::default());
        let text = "They are asked from the top; the first that has it is used.";
        lines.extend(wrap(text, columns).into_iter().map(|text| Line::styled(text.to_owned(), theme.dim)));
    }
    (lines, selected)
}

fn heading(kind: Kind, account: &Account) -> String {
    let what = match kind {
        Kind::Password => "Password",
        Kind::AccessToken => "Access token",
        Kind::RefreshToken => "Sign-in",
        Kind::ClientSecret => "Client secret",
    };
    format!("{what} of {}", Shown::new(account.signs_in_as()))
}

/// The program that is asked before any store.
fn command<'a>(kind: Kind, account: &Account, look: &Look<'a>) -> Option<Line<'a>> {
    let is_asked = account.oauth.is_none() && kind == account.secret_kind();
    is_asked.then(|| match &account.password_command {
        Some(argv) => {
            let argv = Shown::new(&argv.join(" ")).to_string();
            line(look.glyphs.info, "password_command", argv, look.theme.text, look)
        }
        None => line(" ", "password_command", "not set".to_owned(), look.theme.dim, look),
    })
}

fn place<'a>(row: Row<'_>, columns: usize, look: &Look<'a>) -> Vec<Line<'a>> {
    let theme = look.theme;
    let (glyph, says, style) = match row.holding {
        Holding::Held => (look.glyphs.good, lifetime(row).to_owned(), theme.ok),
        Holding::Empty => (" ", "nothing of it".to_owned(), theme.dim),
        Holding::Locked => (look.glyphs.info, "locked; its passphrase opens it".to_owned(), theme.text),
        Holding::Absent => (" ", "none yet; keeping something here makes one".to_owned(), theme.dim),
        Holding::Unavailable(why) => (look.glyphs.rest, Shown::new(why).to_string(), theme.dim),
    };
    let mut texts = wrap(&says, columns.saturating_sub(NAME)).into_iter().map(str::to_owned);
    let first = line(glyph, row.store.as_str(), texts.next().unwrap_or_default(), style, look);
    let rest = texts.map(|text| line(" ", "", text, style, look));
    std::iter::once(first).chain(rest).collect()
}

fn lifetime(row: Row<'_>) -> &'static str {
    match row.kind {
        _ if row.store == Store::Kernel => "kept for as many hours as cache_hours says",
        Kind::Password | Kind::ClientSecret => "kept until you delete it",
        Kind::AccessToken => "kept; such a token is over after an hour or so",
        Kind::RefreshToken => "kept; at Microsoft until 90 days after its last use",
    }
}

/// What goes with the run.
fn remembered<'a>(survey: &Survey, look: &Look<'a>) -> Vec<Line<'a>> {
    let memory = survey.memory;
    let good = |text: String| line(look.glyphs.good, "this run", text, look.theme.text, look);
    let mut lines = Vec::new();
    if survey.has_passphrase {
        let text = "the vault's passphrase, for cache_hours".to_owned();
        lines.push(line(look.glyphs.good, Store::Kernel.as_str(), text, look.theme.text, look));
    }
    if memory.has_typed {
        lines.push(good("what you typed, until you leave".to_owned()));
    }
    if memory.has_sign_in {
        lines.push(good("the sign-in, until you leave".to_owned()));
    }
    if let Some(left) = memory.token {
        lines.push(good(format!("an access token, good for {} min more", left.as_secs() / 60)));
    }
    if !lines.is_empty() {
        lines.insert(0, Line::default());
    }
    lines
}

fn line<'a>(glyph: &str, name: &str, text: String, style: Style, look: &Look<'a>) -> Line<'a> {
    let wide = NAME - 2;
    Line::from(vec![
        Span::styled(format!("{glyph} "), style),
        Span::styled(format!("{name:<wide$}"), look.theme.text),
        Span::styled(text, style),
    ])
}

fn keys(sheet: &SecretsSheet) -> Vec<(&'static str, &'static str)> {
    let mut keys = vec![("Esc", "close")];
    if let Some(row) = sheet.row() {
        match row.kind {
            Kind::RefreshToken => keys.push(("r", "sign in anew")),
            _ if row.is_usable() => keys.push(("r", "type a new one")),
            _ => {}
        }
        if let Some(to) = sheet.target() {
            keys.push(("m", if to == Store::Keyring { "move to the keyring" } else { "move to the vault" }));
        }
        if *row.holding == Holding::Held || row.store == Store::Kernel && sheet.has_passphrase() {
            keys.push(("d", "delete"));
        }
    }
    if sheet.is_vault_locked() {
        keys.push(("u", "open the vault"));
    }
    keys
}
