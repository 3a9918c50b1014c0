//! The prompt for a password or a token: dots, and what nobody else could say.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::app::dialog::SecretPrompt;
use crate::mail::text::Shown;
use crate::ui::Look;
use crate::ui::cells::{short, width, wrap};
use crate::ui::layout::split;

use super::Sheet;
use super::sheet::{rows, write};

const COLUMNS: u16 = 64;

pub(super) fn draw(prompt: &SecretPrompt, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let theme = look.theme;
    let columns = usize::from(Sheet::columns(area, COLUMNS));
    let host = Shown::new(&prompt.host);
    let text = format!("{host} asks for the {} of {}.", prompt.word, Shown::new(&prompt.user));
    let mut lines: Vec<Line<'_>> =
        wrap(&text, columns).into_iter().map(|row| Line::styled(row.to_owned(), theme.text)).collect();
    for note in &prompt.notes {
        let note = Shown::new(note);
        for (nth, row) in wrap(note.as_str(), columns.saturating_sub(2)).into_iter().enumerate() {
            let mark = if nth == 0 { look.glyphs.info } else { " " };
            lines.push(Line::styled(format!("{mark} {row}"), theme.dim));
        }
    }
    if !prompt.is_armed {
        let text = "Your typing goes on in the message; press Enter here when you are ready.";
        lines.extend(wrap(text, columns).into_iter().map(|row| Line::styled(row.to_owned(), theme.accent)));
    }
    lines.push(Line::default());
    lines.truncate(usize::from(Sheet::rows(area)).saturating_sub(1));
    let title = capitalised(prompt.word);
    let armed = [("Enter", "sign in"), ("Esc", "do not send"), ("Ctrl-U", "clear")];
    let unarmed = [("Enter", "type it here")];
    let keys: &[_] = if prompt.is_armed { &armed } else { &unarmed };
    let sheet = Sheet { title: &title, state: String::new(), keys };
    let inside = sheet.open(area, COLUMNS, rows(lines.len() + 1), look, buf);
    let (above, field) = split(inside, rows(lines.len()));
    write(lines, above, look, buf);
    let dots = look.glyphs.secret.repeat(prompt.field.dots());
    let label = format!("{title}  ");
    let end = field.x.saturating_add(short(width(&label) + width(&dots)));
    buf.set_style(split(field, 1).0, theme.cursor_line);
    write(
        vec![Line::from(vec![Span::styled(label, theme.label), Span::styled(dots, theme.secret)])],
        field,
        look,
        buf,
    );
    (!field.is_empty() && prompt.is_armed).then(|| Position::new(end.min(field.right() - 1), field.y))
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
