//! The account pane: a list where there is a column for it, else a row of tabs; and the way to a first account.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::Model;
use crate::app::action::Action;
use crate::mail::account::Account;
use crate::mail::text::Shown;

use super::cells::{cut, cut_line, line_width, short, width, wrap};
use super::edge::{Edge, Pane, run};
use super::layout::row;
use super::{Look, keys};

/// The accounts under each other, the address of the one in use below it.
pub(super) fn draw(
    model: &Model,
    look: &Look<'_>,
    area: Rect,
    edge: Edge,
    has_focus: bool,
    buf: &mut Buffer,
) {
    let pane = Pane { edge, has_focus, title: Line::raw("Accounts"), state: Line::default() };
    let inside = pane.draw(area, look, buf);
    if model.accounts.list().is_empty() {
        let text = "None yet; a few lines in a file make one.";
        for (nth, text) in (0..inside.height).zip(wrap(text, inside.width.into())) {
            buf.set_string(inside.x, inside.y + nth, text, look.theme.dim);
        }
        return;
    }
    let mut rows: Vec<(Line<'_>, bool)> = Vec::new();
    for (position, account) in model.accounts.list().iter().enumerate() {
        let is_chosen = has_focus && position == model.accounts.selected;
        let is_current = model.accounts.is_current(position);
        rows.push((entry(account, is_current, look, inside.width.into()), is_chosen));
        if is_current {
            let address = cut(
                &account.sender().to_string(),
                usize::from(inside.width).saturating_sub(2),
                look.glyphs.more,
            );
            rows.push((Line::styled(format!("  {address}"), look.theme.dim), is_chosen));
        }
    }
    let chosen = rows.iter().rposition(|(_, is_chosen)| *is_chosen).unwrap_or(0);
    let top = (chosen + 1).saturating_sub(inside.height.into());
    for (nth, (line, is_chosen)) in (0..inside.height).zip(rows.into_iter().skip(top)) {
        let strip = row(inside, nth);
        buf.set_line(strip.x, strip.y, &line, strip.width);
        if is_chosen {
            buf.set_style(
                Rect { x: strip.x.saturating_sub(1), width: strip.width + 2, ..strip },
                look.theme.selection,
            );
        }
    }
}

fn marked(is_current: bool, look: &Look<'_>) -> (&'static str, Style) {
    let (theme, glyphs) = (look.theme, look.glyphs);
    if is_current { (glyphs.current, theme.account_current) } else { (glyphs.other, theme.account_other) }
}

/// `● work · password`; the name alone where there is no room for more.
fn entry(account: &Account, is_current: bool, look: &Look<'_>, room: usize) -> Line<'static> {
    let (mark, style) = marked(is_current, look);
    let mark_style = if is_current { look.theme.accent } else { style };
    let name = Shown::new(&account.name);
    let says = format!(" {} {}", look.glyphs.dot, account.sign_in_word());
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
    if has_focus {
        run(buf, strip, look.glyphs.thick.across, look.theme.border_focus);
    }
    let room = usize::from(strip.width).saturating_sub(2);
    let list = model.accounts.list();
    if list.is_empty() {
        let line = Line::from(vec![
            Span::styled(format!(" {} ", look.glyphs.other), look.theme.account_other),
            Span::styled("no account yet ", look.theme.dim),
        ]);
        buf.set_line(strip.x, strip.y, &cut_line(line, room, look.glyphs.more), strip.width);
        return;
    }
    let looked_at = if has_focus {
        model.accounts.selected
    } else {
        list.iter().enumerate().position(|(position, _)| model.accounts.is_current(position)).unwrap_or(0)
    };
    let tabs = |detail| {
        list.iter()
            .enumerate()
            .map(|(position, account)| tab(account, model.accounts.is_current(position), detail, look))
            .collect::<Vec<_>>()
    };
    let fitting = [Detail::All, Detail::Address, Detail::Name].map(tabs).into_iter();
    let is_fitting =
        |tabs: &Vec<Line<'_>>| tabs.iter().map(|tab| line_width(tab) + 1).sum::<usize>() <= room + 1;
    let mut tabs = fitting.clone().find(is_fitting).or(fitting.last()).unwrap_or_default();
    // What is looked at has to be in sight; those before it go first.
    let mut first = 0;
    while first < looked_at
        && tabs[first..=looked_at].iter().map(|tab| line_width(tab) + 1).sum::<usize>() > room + 1
    {
        first += 1;
    }
    let mut x = strip.x;
    for (position, tab) in tabs.drain(..).enumerate().skip(first) {
        let left = (strip.right() - 1).saturating_sub(x);
        if left < 4 {
            break;
        }
        let tab = cut_line(tab, left.into(), look.glyphs.more);
        let taken = short(line_width(&tab));
        let place = Rect { x, width: taken, ..strip };
        super::cells::blank(buf, place, look.theme.background);
        buf.set_line(x, strip.y, &tab, taken);
        if has_focus && position == model.accounts.selected {
            buf.set_style(place, look.theme.selection);
        }
        x += taken + 1;
    }
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
pub(super) fn draw_guide(
    model: &Model,
    look: &Look<'_>,
    area: Rect,
    edge: Edge,
    has_focus: bool,
    buf: &mut Buffer,
) {
    const EXAMPLE: [&str; 3] = ["[[account]]", "name = \"work\"", "from = \"Ana Silva <ana@contoso.com>\""];
    let pane = Pane { edge, has_focus, title: Line::raw("No account yet"), state: Line::default() };
    let inside = pane.draw(area, look, buf);
    let theme = look.theme;
    let room = usize::from(inside.width);
    let mut lines: Vec<Line<'_>> = Vec::new();
    let text = "To send mail, sendoff needs to know who you are. Three lines in this file are enough for a mailbox at Microsoft 365:";
    lines.extend(wrap(text, room).into_iter().map(|row| Line::styled(row.to_owned(), theme.text)));
    lines.push(Line::default());
    let file = Shown::new(&model.config_file);
    lines.extend(
        wrap(file.as_str(), room.saturating_sub(2))
            .into_iter()
            .map(|row| Line::styled(format!("  {row}"), theme.accent)),
    );
    lines.push(Line::default());
    lines.extend(EXAMPLE.map(|row| Line::styled(format!("  {row}"), theme.value)));
    lines.push(Line::default());
    for (action, says) in [
        (Action::WriteExample, "writes that file for you, with all settings explained"),
        (Action::TrySandbox, "lets you try everything now, on a built-in server"),
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
    let text = "The password is never in that file: it is asked for when it is needed, and may be kept in the keyring.";
    lines.extend(wrap(text, room).into_iter().map(|row| Line::styled(row.to_owned(), theme.dim)));
    for (nth, line) in (0..inside.height).zip(lines) {
        buf.set_line(inside.x, inside.y + nth, &line, inside.width);
    }
}
