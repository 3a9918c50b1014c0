//! The composer: the head of the mail as fields, the attachments, and the text with as many rows as can be had.

use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::app::Model;
use crate::app::action::Action;
use crate::app::compose::Saving;
use crate::mail::account::Account;
use crate::mail::draft::{EXCHANGE_DEFAULT_LIMIT, Field};
use crate::mail::letter::BASE64_LINE;
use crate::mail::size::Size;
use crate::mail::text::Shown;

use super::cells::{spread, width, wrap};
use super::edge::{Edge, Place, lines, run};
use super::layout::{row, split, split_columns};
use super::{Look, keys};

/// The columns of the labels with the gap after them.
const LABEL: u16 = 9;

/// Draws the pane; says where the cursor is when the keys go here. `has_from` when nothing else on the screen says who is
/// writing.
pub(super) fn draw(
    model: &Model,
    look: &Look<'_>,
    place: Place,
    has_from: bool,
    buf: &mut Buffer,
) -> Option<Position> {
    let mut title = vec![Span::raw("Compose")];
    if model.compose.body.is_heavy() {
        title.push(Span::raw(format!(" {} a long text: its rows are not wrapped", look.glyphs.dot)));
    }
    let inside = place.open(Line::from(title), saving(model, look), look, buf);
    let focus = place.has_focus.then(|| focus(model));
    let mut cursor = None;
    let (head, body) = places(model, inside, has_from);
    for (part, strip) in head {
        match part {
            Part::From => draw_from(model, look, strip, buf),
            Part::Field(field) => {
                let place = draw_field(model, look, field, focus == Some(field), strip, buf);
                cursor = cursor.or(place);
            }
            Part::Attachments => draw_attachments(model, look, strip, buf),
            Part::Rule => draw_rule(look, place, strip, buf),
        }
    }
    draw_body(model, look, body, buf);
    if focus == Some(Field::Body) { model.compose.body.screen_cursor(body) } else { cursor }
}

/// The field that typing goes into.
fn focus(model: &Model) -> Field {
    match model.compose.field {
        Field::From | Field::Attach => Field::To,
        field => field,
    }
}

/// What stands above the text.
#[derive(Clone, Copy)]
enum Part {
    From,
    Field(Field),
    Attachments,
    Rule,
}

/// Where the parts of the head go, and what is left for the text. In a low pane first the attachments and then the rule
/// give way: fields and text never do.
fn places(model: &Model, inside: Rect, has_from: bool) -> (Vec<(Part, Rect)>, Rect) {
    let mut rows: Vec<Vec<Part>> = Vec::new();
    if has_from {
        rows.push(vec![Part::From]);
    }
    rows.push(vec![Part::Field(Field::To)]);
    let (cc, bcc) = (Part::Field(Field::Cc), Part::Field(Field::Bcc));
    if are_short(model, inside) {
        rows.push(vec![cc, bcc]);
    } else {
        rows.extend([vec![cc], vec![bcc]]);
    }
    rows.push(vec![Part::Field(Field::Subject)]);
    let spare = usize::from(inside.height).saturating_sub(rows.len());
    if spare > 2 && !model.compose.attachments.is_empty() {
        rows.push(vec![Part::Attachments]);
    }
    if spare > 1 {
        rows.push(vec![Part::Rule]);
    }
    let (mut places, mut rest) = (Vec::new(), inside);
    for parts in rows {
        let (strip, below) = split(rest, 1);
        rest = below;
        match parts[..] {
            [left, right] => {
                let (a, b) = halves(strip);
                places.extend([(left, a), (right, b)]);
            }
            _ => places.extend(parts.into_iter().map(|part| (part, strip))),
        }
    }
    (places, rest)
}

/// Do Cc and Bcc fit beside each other?
fn are_short(model: &Model, inside: Rect) -> bool {
    let (cc, bcc) = halves(inside);
    [(&model.compose.cc, cc), (&model.compose.bcc, bcc)]
        .into_iter()
        .all(|(editor, half)| width(&editor.text()) < usize::from(split_columns(half, LABEL).1.width))
}

/// Two fields in one row. The label of the right one needs no column of its own width: it is short.
fn halves(strip: Rect) -> (Rect, Rect) {
    let (left, right) = split_columns(strip, strip.width / 2);
    let back = 3.min(left.width);
    (
        Rect { width: left.width - back.min(1), ..left },
        Rect { x: right.x - back, width: right.width + back, ..right },
    )
}

fn draw_label(look: &Look<'_>, label: &str, is_focused: bool, strip: Rect, buf: &mut Buffer) -> Rect {
    let (place, value) = split_columns(strip, LABEL);
    let style = if is_focused { look.theme.accent } else { look.theme.label };
    let text = format!("{label:>room$}", room = usize::from(LABEL) - 2);
    buf.set_stringn(place.x, place.y, text, place.width.into(), style);
    value
}

fn draw_from(model: &Model, look: &Look<'_>, strip: Rect, buf: &mut Buffer) {
    let value = draw_label(look, "From", false, strip, buf);
    let line = match model.accounts.current() {
        Some(account) => Line::styled(Shown::new(&account.from.to_string()).to_string(), look.theme.value),
        None => Line::styled("no account yet", look.theme.placeholder),
    };
    spread(buf, value, line, Line::default(), look.glyphs.more);
}

fn draw_field(
    model: &Model,
    look: &Look<'_>,
    field: Field,
    is_focused: bool,
    strip: Rect,
    buf: &mut Buffer,
) -> Option<Position> {
    let value = draw_label(look, field.as_str(), is_focused, strip, buf);
    let style = if is_focused { look.theme.cursor_line.patch(look.theme.value) } else { look.theme.value };
    let editor = model.compose.editor(field);
    editor.draw(value, buf, style, look.theme.selection);
    is_focused.then(|| editor.screen_cursor(value)).flatten()
}

fn draw_attachments(model: &Model, look: &Look<'_>, strip: Rect, buf: &mut Buffer) {
    let theme = look.theme;
    let value = draw_label(look, "Attach", false, strip, buf);
    let mut files = Vec::new();
    for (position, file) in model.compose.attachments.iter().enumerate() {
        if position > 0 {
            files.push(Span::styled(format!(" {} ", look.glyphs.dot), theme.dim));
        }
        files.push(Span::styled(Shown::new(&file.name()).to_string(), theme.value));
        files.push(Span::styled(format!(" {}", Size(file.len)), theme.dim));
    }
    // As base64 in lines of 76, each with its line end.
    let lines = |len: u64| len.div_ceil(BASE64_LINE as u64);
    let total: u64 = model.compose.attachments.iter().map(|file| lines(file.len) * 78).sum();
    let is_exchange = model.accounts.current().is_some_and(Account::is_exchange_online);
    let state = if is_exchange {
        let limit = Size(EXCHANGE_DEFAULT_LIMIT).to_string().replace(".0 ", " ");
        let style = if total > EXCHANGE_DEFAULT_LIMIT { theme.warning } else { theme.dim };
        Span::styled(format!("{} of {limit}", Size(total)), style)
    } else {
        Span::styled(Size(total).to_string(), theme.dim)
    };
    spread(buf, value, Line::from(files), Line::from(state), look.glyphs.more);
}

/// Between head and text; in a frame it reaches from side to side.
fn draw_rule(look: &Look<'_>, place: Place, strip: Rect, buf: &mut Buffer) {
    let (thin, theme, area) = (&look.glyphs.thin, look.theme, place.area);
    if place.edge == Edge::Rule {
        return run(buf, strip, thin.across, theme.border);
    }
    run(buf, Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..strip }, thin.across, theme.border);
    let [left, right] = lines(look, place.has_focus).joints;
    let style = if place.has_focus { theme.border_focus } else { theme.border };
    buf.set_string(area.x, strip.y, left, style);
    buf.set_string(area.right() - 1, strip.y, right, style);
}

fn draw_body(model: &Model, look: &Look<'_>, body: Rect, buf: &mut Buffer) {
    let theme = look.theme;
    model.compose.body.draw(body, buf, theme.text, theme.selection);
    if !model.compose.is_blank() {
        return;
    }
    let ways = [
        (Action::NextField, "next field"),
        (Action::Send, "send"),
        (Action::Attach, "attach"),
        (Action::Help, "all keys"),
    ];
    let ways: Vec<String> = ways
        .into_iter()
        .filter_map(|(action, says)| keys::hint(model, action).map(|(key, _)| format!("{key} {says}")))
        .collect();
    let text = format!("Write here.  {}", ways.join(&format!(" {} ", look.glyphs.dot)));
    let room = usize::from(body.width).saturating_sub(1);
    for (nth, text) in (0..body.height).zip(wrap(&text, room)) {
        let strip = row(body, nth);
        buf.set_stringn(strip.x, strip.y, text, strip.width.into(), theme.placeholder);
    }
}

/// What the disk knows, for the title.
fn saving(model: &Model, look: &Look<'_>) -> Line<'static> {
    let theme = look.theme;
    match &model.compose.saved {
        Saving::Fresh => Line::default(),
        Saving::Changed | Saving::Writing(_) => Line::styled("saving", theme.dim),
        Saving::At(at) => Line::styled(format!("saved {}", second(&model.zone, *at)), theme.dim),
        Saving::Failed(why) => {
            let text = format!("{} not saved: {}", look.glyphs.warning, Shown::new(why));
            Line::styled(text, theme.warning)
        }
    }
}

/// `14:02:58`
fn second(zone: &TimeZone, at: jiff::Timestamp) -> String {
    let time = zone.to_datetime(at);
    format!("{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())
}
