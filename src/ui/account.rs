//! The account pane: a list where there is a column for it, else a row of tabs; and the way to a first account.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::Model;
use crate::app::action::Action;
use crate::mail::account::{Account, Identity};
use crate::mail::text::Shown;

use super::cells::{blank, cut, cut_line, line_width, short, width, wrap};
use super::choice::{lay, top};
use super::edge::{Place, run};
use super::layout::{row, split_columns};
use super::{Look, keys};

/// The accounts under each other, the address of the one in use below it.
pub(super) fn draw(model: &Model, look: &Look<'_>, place: Place, buf: &mut Buffer) {
    let inside = place.open(Line::raw("Accounts"), Line::default(), look, buf);
    if model.accounts.list().is_empty() {
        let text = "None yet; this pane tells how to add one.";
        for (nth, text) in (0..inside.height).zip(wrap(text, inside.width.into())) {
            buf.set_string(inside.x, inside.y + nth, text, look.theme.dim);
        }
        return;
    }
    let mut rows: Vec<(Line<'_>, bool)> = Vec::new();
    for (position, account) in model.accounts.list().iter().enumerate() {
        let is_chosen = place.has_focus && position == model.accounts.selected;
        let is_current = model.accounts.is_current(position);
        rows.push((entry(account, is_current, look, inside.width.into()), is_chosen));
        if is_current {
            let room = usize::from(inside.width);
            rows.extend(senders(model, account, look, room).into_iter().map(|line| (line, is_chosen)));
        }
    }
    let chosen = rows.iter().rposition(|(_, is_chosen)| *is_chosen).unwrap_or(0);
    let top = top(chosen, rows.len(), inside.height);
    for (nth, (line, is_chosen)) in (0..inside.height).zip(rows.into_iter().skip(top)) {
        let strip = row(inside, nth);
        buf.set_line(strip.x, strip.y, &line, strip.width);
        if is_chosen {
            lay(strip, 1, look, buf);
        }
    }
}

/// The addresses that the account in use can send as; where there are several, the one that it does is marked.
fn senders(model: &Model, account: &Account, look: &Look<'_>, room: usize) -> Vec<Line<'static>> {
    let (theme, glyphs) = (look.theme, look.glyphs);
    let acting = model.accounts.current().map(Account::sender);
    let is_alone = account.identities.is_empty();
    let line = |sender: Identity| {
        let address = cut(&sender.from.address.to_string(), room.saturating_sub(4), glyphs.more);
        if is_alone {
            Line::styled(format!("  {address}"), theme.dim)
        } else if acting == Some(&sender.from.address) {
            Line::styled(format!("  {} {address}", glyphs.chosen), theme.text)
        } else {
            Line::styled(format!("    {address}"), theme.dim)
        }
    };
    account.senders().map(line).collect()
}

fn marked(is_current: bool, look: &Look<'_>) -> (&'static str, Style) {
    let (theme, glyphs) = (look.theme, look.glyphs);
    if is_current { (glyphs.current, theme.account_current) } else { (glyphs.other, theme.account_other) }
}

/// `● work · password`; the name alone where there is no room for more.
fn entry(account: &Account, is_current: bool, look: &Look<'_>, room: usize) -> Line<'static> {
    let (mark, style) = marked(is_current, look);
    let style = if account.is_disabled { look.theme.dim } else { style };
    let mark_style = if is_current { look.theme.accent } else { style };
    let name = Shown::new(&account.name);
    let word = if account.is_disabled { "off" } else { account.sign_in_word() };
    let says = format!(" {} {word}", look.glyphs.dot);
    let mut spans = vec![Span::styled(mark, mark_style), Span::raw(" ")];
    let left = room.saturating_sub(2);
    spans.push(Span::styled(cut(name.as_str(), left, look.glyphs.more), style));
    if width(name.as_str()) + width(&says) <= left {
        spans.push(Span::styled(says, look.theme.dim));
    }
    Line::from(spans)
}

/// The accounts beside each other, who is writing beside the one in use.
pub(super) fn draw_tabs(model: &Model, look: &Look<'_>, strip: Rect, has_focus: bool, buf: &mut Buffer) {
    let (theme, more) = (look.theme, look.glyphs.more);
    if has_focus {
        run(buf, strip, look.glyphs.thick.across, theme.border_focus);
    }
    let accounts = &model.accounts;
    if accounts.list().is_empty() {
        let way = if has_focus { "" } else { ": F6 twice, then a, adds one" };
        let text = format!(" {} no account yet{way} ", look.glyphs.other);
        buf.set_stringn(strip.x, strip.y, text, strip.width.into(), theme.dim);
        return;
    }
    let looked_at = (0..accounts.list().len()).find(|&position| {
        if has_focus { position == accounts.selected } else { accounts.is_current(position) }
    });
    let mut rest = strip;
    for (position, tab) in tabs(model, look, usize::from(strip.width), looked_at.unwrap_or(0)) {
        let tab = cut_line(tab, rest.width.into(), more);
        let (place, after) = split_columns(rest, short(line_width(&tab)));
        if place.width < 4 {
            break;
        }
        blank(buf, place, theme.background);
        buf.set_line(place.x, place.y, &tab, place.width);
        if has_focus && position == accounts.selected {
            // In brackets, so that it shows without colours.
            for (x, bracket) in [(place.x, "["), (place.right() - 1, "]")] {
                buf.set_string(x, place.y, bracket, theme.accent);
            }
            lay(place, 0, look, buf);
        }
        rest = split_columns(after, 1).1;
    }
}

/// The tabs that fit, with as much as can be said of the account in use. The one that is looked at is among them: those
/// before it go first.
fn tabs(model: &Model, look: &Look<'_>, room: usize, looked_at: usize) -> Vec<(usize, Line<'static>)> {
    let list = model.accounts.list().iter().enumerate();
    let at = |detail| -> Vec<_> {
        let tab = |(nth, account)| {
            let acting = model.accounts.current().filter(|_| model.accounts.is_current(nth));
            (nth, tab(acting.unwrap_or(account), acting.is_some(), detail, look))
        };
        list.clone().map(tab).collect()
    };
    let needed = |tabs: &[(usize, Line<'_>)]| tabs.iter().map(|(_, tab)| line_width(tab) + 1).sum::<usize>();
    let choices = [Detail::All, Detail::Address, Detail::Name].map(at);
    let [.., shortest] = &choices;
    let tabs = choices.iter().find(|tabs| needed(tabs) <= room).unwrap_or(shortest);
    let first = (0..looked_at).find(|&first| needed(&tabs[first..=looked_at]) <= room).unwrap_or(looked_at);
    tabs[first..].to_vec()
}

/// How much is said of the account in use.
#[derive(Clone, Copy)]
enum Detail {
    All,
    Address,
    Name,
}

fn tab(account: &Account, is_current: bool, detail: Detail, look: &Look<'_>) -> Line<'static> {
    let (mark, style) = marked(is_current, look);
    let mark_style = if is_current { look.theme.accent } else { style };
    let mut spans = vec![
        Span::styled(format!(" {mark} "), mark_style),
        Span::styled(Shown::new(&account.name).to_string(), style),
    ];
    if account.is_disabled {
        spans.push(Span::styled(" off", look.theme.dim));
    }
    if is_current {
        let says = match detail {
            Detail::All => format!(
                "  {} {} {}",
                Shown::new(&account.from.to_string()),
                look.glyphs.dot,
                account.sign_in_word()
            ),
            Detail::Address => format!("  {}", account.sender()),
            Detail::Name => String::new(),
        };
        spans.push(Span::styled(says, look.theme.dim));
    }
    spans.push(Span::raw(" "));
    Line::from(spans)
}

/// What to do where there is no account: said once, in full, in the place of the composer.
pub(super) fn draw_guide(model: &Model, look: &Look<'_>, place: Place, buf: &mut Buffer) {
    let inside = place.open(Line::raw("No account yet"), Line::default(), look, buf);
    let theme = look.theme;
    let room = usize::from(inside.width);
    let mut lines: Vec<Line<'_>> = Vec::new();
    let text = "To send mail, sendoff needs to know who you are.";
    lines.extend(wrap(text, room).into_iter().map(|row| Line::styled(row.to_owned(), theme.text)));
    lines.push(Line::default());
    for (action, says) in [
        (Action::AddAccount, "adds your account, from its address on"),
        (Action::TrySandbox, "lets you try all of it on a built-in server"),
        (Action::WriteExample, "writes the file, every setting explained"),
    ] {
        let Some((key, _)) = keys::hint(model, action) else { continue };
        let indent = width(&key) + 4;
        for (nth, row) in wrap(says, room.saturating_sub(indent)).into_iter().enumerate() {
            let start = if nth == 0 { format!("  {key}  ") } else { " ".repeat(indent) };
            lines.push(Line::from(vec![
                Span::styled(start, theme.key),
                Span::styled(row.to_owned(), theme.text),
            ]));
        }
    }
    lines.push(Line::default());
    let text = "Accounts are kept here, passwords never:";
    lines.extend(wrap(text, room).into_iter().map(|row| Line::styled(row.to_owned(), theme.dim)));
    let file = Shown::new(&model.config_file);
    lines.extend(
        wrap(file.as_str(), room.saturating_sub(2))
            .into_iter()
            .map(|row| Line::styled(format!("  {row}"), theme.accent)),
    );
    for (nth, line) in (0..inside.height).zip(lines) {
        buf.set_line(inside.x, inside.y + nth, &line, inside.width);
    }
}
