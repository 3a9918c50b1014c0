//! Signing in by OAuth 2.0: the ways, a code to type elsewhere, an address to open, what became of it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::dialog::{SignIn, Stage};
use crate::mail::explain::Who;
use crate::mail::oauth::Way;
use crate::mail::sign_in::{Blocked, left};
use crate::mail::text::Shown;
use crate::ui::Look;
use crate::ui::cells::{short, width, wrap};
use crate::ui::choice::mark;
use crate::ui::layout::row;

use super::Sheet;
use super::sheet::{rows, write};

const COLUMNS: u16 = 72;
/// Rows of an address that are shown: all of a usual one, or, on a low screen, its beginning; the whole of it can be copied.
const ADDRESS: (usize, usize) = (8, 3);
/// Rows of a screen that is not low.
const ROOMY: u16 = 20;

pub(super) fn draw(dialog: &SignIn, look: &Look<'_>, area: Rect, buf: &mut Buffer) -> Option<Position> {
    let mut page = Page {
        look,
        columns: usize::from(Sheet::columns(area, COLUMNS)),
        most: if area.height >= ROOMY { ADDRESS.0 } else { ADDRESS.1 },
        lines: Vec::new(),
    };
    let mut chosen = None;
    let mut cursor = None;
    match &dialog.stage {
        Stage::Choose(blocked) => chosen = Some(page.choose(dialog, blocked.as_ref())),
        Stage::Asking => page.text("Asking \u{2026}", look.theme.dim),
        Stage::Code { user_code, uri, .. } => page.code(dialog, user_code, uri),
        Stage::Browser { url, port, tunnel } => page.browser(url, *port, tunnel.as_deref()),
        Stage::Paste { url, field, wrong } => cursor = Some(page.paste(url, wrong.as_deref(), field.dots())),
        Stage::Done { who, kept } => {
            page.text(&format!("{} {who} is signed in.", look.glyphs.good), look.theme.ok);
            page.text(kept, look.theme.text);
        }
    }
    let lines = page.lines;
    let title = format!("Sign in {} {}", look.glyphs.dot, Shown::new(&dialog.account.name));
    let sheet = Sheet { title: &title, state: state(dialog), keys: keys(dialog) };
    let inside = sheet.open(area, COLUMNS, rows(lines.len()), look, buf);
    // On a low screen what is below counts most: the code, the field, the ways.
    let above = lines.len().saturating_sub(usize::from(inside.height));
    let seen = |line: usize| line.checked_sub(above).map(short);
    write(lines.into_iter().skip(above).collect(), inside, look, buf);
    if let Some(line) = chosen.and_then(seen) {
        mark(row(inside, line), look, buf);
    }
    let (line, column) = cursor?;
    let strip = row(inside, seen(line)?);
    (dialog.is_armed && !strip.is_empty())
        .then(|| Position::new((strip.x + column).min(strip.right() - 1), strip.y))
}

fn state(dialog: &SignIn) -> String {
    match dialog.stage {
        Stage::Code { left: time, .. } => left(time),
        _ => String::new(),
    }
}

fn keys(dialog: &SignIn) -> &'static [(&'static str, &'static str)] {
    if !dialog.is_armed {
        return &[("Enter", "look at it; other keys go on to the message")];
    }
    match &dialog.stage {
        Stage::Choose(_) => &[("Enter", "start"), ("\u{2191}\u{2193}", "choose"), ("Esc", "close")],
        Stage::Asking => &[("Esc", "stop")],
        Stage::Code { .. } => {
            &[("c", "copy the code"), ("u", "copy the address"), ("w", "another way"), ("Esc", "stop")]
        }
        Stage::Browser { tunnel: Some(_), .. } => {
            &[("u", "copy the address"), ("t", "copy the ssh command"), ("w", "another way"), ("Esc", "stop")]
        }
        Stage::Browser { .. } => &[("u", "copy the address"), ("w", "another way"), ("Esc", "stop")],
        Stage::Paste { .. } => {
            &[("Enter", "sign in"), ("Alt-U", "copy the address"), ("Alt-W", "another way"), ("Esc", "stop")]
        }
        Stage::Done { .. } => &[("Enter", "go on")],
    }
}

/// What a way asks of the person, in a line.
fn says(way: Way) -> &'static str {
    match way {
        Way::DeviceCode => "a short code, typed on any other device",
        Way::Loopback => "a browser here, or an SSH tunnel to here",
        Way::PasteBack => "any browser; bring back where it ended",
    }
}

struct Page<'a> {
    look: &'a Look<'a>,
    columns: usize,
    /// Rows of an address.
    most: usize,
    lines: Vec<Line<'a>>,
}

impl Page<'_> {
    fn text(&mut self, text: &str, style: Style) {
        let text = Shown::new(text);
        self.lines.extend(
            wrap(text.as_str(), self.columns).into_iter().map(|row| Line::styled(row.to_owned(), style)),
        );
    }

    fn gap(&mut self) {
        self.lines.push(Line::default());
    }

    /// Behind a mark that shows without colour.
    fn remark(&mut self, mark: &str, text: &str, style: Style) {
        let text = Shown::new(text);
        for (nth, row) in wrap(text.as_str(), self.columns.saturating_sub(2)).into_iter().enumerate() {
            let mark = if nth == 0 { mark } else { " " };
            self.lines.push(Line::styled(format!("{mark} {row}"), style));
        }
    }

    /// The ways; says in which line the chosen one stands.
    fn choose(&mut self, dialog: &SignIn, blocked: Option<&Blocked>) -> usize {
        let theme = self.look.theme;
        match blocked {
            Some(blocked) => {
                self.remark(self.look.glyphs.warning, &blocked.explanation.says, theme.warning);
                let for_whom = match blocked.explanation.who {
                    Who::Administrator => "For your administrator: ",
                    _ => "",
                };
                self.text(&format!("{for_whom}{}", blocked.explanation.todo), theme.text);
                let says = blocked.explanation.says.trim_end_matches('.');
                if !says.eq_ignore_ascii_case(&blocked.detail) {
                    self.text(&blocked.detail, theme.dim);
                }
            }
            None => self.asks(dialog),
        }
        self.gap();
        let first = self.lines.len();
        for &way in &dialog.ways {
            let is_left = blocked.is_none_or(|blocked| blocked.may_repeat || blocked.others.contains(&way));
            let style = if is_left { theme.text } else { theme.dim };
            let says = if is_left { says(way) } else { "not possible now, for the same reason" };
            self.lines.push(Line::from(vec![
                Span::styled(format!("{:<25}", way.as_str()), style),
                Span::styled(says, theme.dim),
            ]));
        }
        first + dialog.selected
    }

    /// Who asks whom for what.
    fn asks(&mut self, dialog: &SignIn) {
        let Some(application) = &dialog.account.oauth else { return };
        let theme = self.look.theme;
        let text = format!(
            "Application {} asks {} to let it send mail as {}, and to stay signed in. Nothing else.",
            application.client_id,
            application.authority(),
            application.person
        );
        self.text(&text, theme.text);
    }

    fn code(&mut self, dialog: &SignIn, user_code: &str, uri: &str) {
        let theme = self.look.theme;
        self.asks(dialog);
        self.gap();
        self.text(&format!("On any device open {uri} and type"), theme.text);
        self.gap();
        // Wide letters: it is read from one screen and typed on another.
        let spaced: String = Shown::new(user_code).as_str().chars().flat_map(|c| [c, ' ']).collect();
        let spaced = spaced.trim_end().to_owned();
        let margin = self.columns.saturating_sub(width(&spaced)) / 2;
        self.lines.push(Line::from(vec![Span::raw(" ".repeat(margin)), Span::styled(spaced, theme.heading)]));
        self.gap();
        let warning = "Only for yourself: nobody will ever send you such a code. If somebody did, stop: it would open your mailbox to them.";
        self.remark(self.look.glyphs.warning, warning, theme.warning);
    }

    fn address(&mut self, url: &str) {
        let url = Shown::new(url);
        let chars: Vec<char> = url.as_str().chars().collect();
        let mut rows: Vec<String> =
            chars.chunks(self.columns.max(1)).map(|row| row.iter().collect()).collect();
        if rows.len() > self.most {
            rows.truncate(self.most);
            if let Some(last) = rows.last_mut() {
                last.pop();
                last.push_str(self.look.glyphs.more);
            }
        }
        let style = self.look.theme.accent;
        self.lines.extend(rows.into_iter().map(|row| Line::styled(row, style)));
    }

    fn browser(&mut self, url: &str, port: u16, tunnel: Option<&str>) {
        let theme = self.look.theme;
        if let Some(tunnel) = tunnel {
            self.text("First let your own machine reach this one; in a terminal there:", theme.text);
            self.text(&format!("  {tunnel}"), theme.accent);
            self.gap();
        }
        let then = if tunnel.is_some() { "Then open" } else { "Open" };
        self.text(&format!("{then} this address in your browser:"), theme.text);
        self.address(url);
        self.gap();
        self.text(&format!("Waiting on port {port} for two minutes \u{2026}"), theme.dim);
    }

    /// Returns the line and column of the cursor.
    fn paste(&mut self, url: &str, wrong: Option<&str>, dots: usize) -> (usize, u16) {
        let theme = self.look.theme;
        self.text("Open this address in any browser and sign in:", theme.text);
        self.address(url);
        self.gap();
        let text = "You will end at an empty page. Copy its whole address from the browser and paste it here, within a few minutes:";
        self.text(text, theme.text);
        if let Some(wrong) = wrong {
            self.remark(self.look.glyphs.warning, wrong, theme.warning);
        }
        let (label, dots) = ("Address  ", self.look.glyphs.secret.repeat(dots));
        let column = short(width(label) + width(&dots));
        self.lines.push(Line::from(vec![Span::styled(label, theme.label), Span::styled(dots, theme.secret)]));
        (self.lines.len() - 1, column)
    }
}
