//! Prompts in which nothing that is typed can be read: dots, and what nobody else could say.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::app::dialog::{Masked, Purpose, SecretPrompt};
use crate::mail::text::Shown;
use crate::ui::Look;
use crate::ui::cells::{short, width, wrap};
use crate::ui::layout::split;

use super::Sheet;
use super::sheet::{rows, write};

const COLUMNS: u16 = 64;

/// What such a prompt says.
pub(super) struct Masking<'a> {
    pub(super) title: &'a str,
    pub(super) text: String,
    /// From outside, or of the last try.
    pub(super) notes: Vec<String>,
    pub(super) label: &'a str,
    pub(super) field: &'a Masked,
    pub(super) is_armed: bool,
    pub(super) keys: &'a [(&'static str, &'static str)],
}

/// For a password or a token.
pub(super) fn draw_secret(
    prompt: &SecretPrompt,
    look: &Look<'_>,
    area: Rect,
    buf: &mut Buffer,
) -> Option<Position> {
    let host = Shown::new(&prompt.host);
    let title = capitalised(prompt.word);
    let user = Shown::new(&prompt.user);
    let (text, enter, esc) = match &prompt.purpose {
        Purpose::Session(_) => {
            (format!("{host} asks for the {} of {user}.", prompt.word), "sign in", "do not send")
        }
        Purpose::Check(_) => {
            (format!("{host} asks for the {} of {user}.", prompt.word), "sign in", "test the rest without it")
        }
        Purpose::Store(_, _, store) => {
            let store = store.as_str();
            (
                format!("Keep this {} of {user} in the {store}; what is there now goes.", prompt.word),
                "keep it",
                "leave it as it is",
            )
        }
    };
    let masking = Masking {
        title: &title,
        text,
        notes: prompt.notes.clone(),
        label: &title,
        field: &prompt.field,
        is_armed: prompt.is_armed,
        keys: &[("Enter", enter), ("Esc", esc), ("Ctrl-U", "clear")],
    };
    draw(&masking, look, area, buf)
}

pub(super) fn draw(prompt: &Masking<'_>, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let theme = look.theme;
    let columns = usize::from(Sheet::columns(area, COLUMNS));
    let mut lines: Vec<Line<'_>> =
        wrap(&prompt.text, columns).into_iter().map(|row| Line::styled(row.to_owned(), theme.text)).collect();
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
    let unarmed = [("Enter", "type it here")];
    let keys: &[_] = if prompt.is_armed { prompt.keys } else { &unarmed };
    let sheet = Sheet { title: prompt.title, state: String::new(), keys };
    let inside = sheet.open(area, COLUMNS, rows(lines.len() + 1), look, buf);
    let (above, field) = split(inside, rows(lines.len()));
    write(lines, above, look, buf);
    let dots = look.glyphs.secret.repeat(prompt.field.dots());
    let label = format!("{}  ", prompt.label);
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
