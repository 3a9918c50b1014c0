//! The review: what is about to go out, to whom, and what deserves a second look.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::Model;
use crate::app::dialog::Review;
use crate::app::msg::Ahead;
use crate::mail::size::Size;
use crate::mail::text::Shown;
use crate::ui::Look;
use crate::ui::cells::{width, wrap};

use super::Sheet;
use super::sheet::{labelled, rows, write};

const COLUMNS: u16 = 72;
const LABEL: usize = 9;
/// The fewest recipients and attachments in sight, however low the screen.
const FEW: usize = 2;

pub(super) fn draw(review: &Review, model: &Model, look: &Look<'_>, area: Rect, buf: &mut Buffer) {
    let theme = look.theme;
    let columns = Sheet::columns(area, COLUMNS);
    let ahead = model.ahead.as_ref().map(|(_, ahead)| ahead);
    let doubts = doubts(review, ahead, look, columns.into());
    let mut space = usize::from(Sheet::rows(area));
    // From, subject, size and reports stand in a row each.
    space = space.saturating_sub(3 + usize::from(review.reports.is_some()) + doubts.len());
    let attachments =
        review.attachments.len().min(space.saturating_sub(review.recipients.len()).max(FEW)).min(space);
    let recipients = review.recipients.len().min(space - attachments);
    let mut lines = Vec::new();
    let from = Shown::new(&review.from).to_string();
    let account = format!(" {} {}", look.glyphs.dot, Shown::new(&review.account));
    let has_room = width(&from) + width(&account) + LABEL <= usize::from(columns);
    let mut from = vec![Span::styled(from, theme.value)];
    from.extend(has_room.then(|| Span::styled(account, theme.dim)));
    lines.push(labelled("From", from, look));
    lines.extend(listed_recipients(review, recipients.max(1), look));
    let subject = Span::styled(Shown::new(&review.subject).to_string(), theme.heading);
    lines.push(labelled("Subject", vec![subject], look));
    lines.extend(listed_attachments(review, attachments, look));
    lines.push(labelled("Size", vec![Span::styled(Size(review.size).to_string(), theme.value)], look));
    if let Some(reports) = &review.reports {
        lines.push(labelled("Reports", vec![Span::styled(reports.clone(), theme.value)], look));
    }
    lines.extend(doubts);
    let mut keys = vec![("Enter", "send"), ("Esc", "back")];
    if recipients < review.recipients.len() {
        keys.extend([("\u{2191}", "up"), ("\u{2193}", "down")]);
    }
    let sheet = Sheet { title: "Send this?", state: state(review, ahead), keys: &keys };
    let inside = sheet.open(area, columns, rows(lines.len()), look, buf);
    write(lines, inside, look, buf);
}

/// How far the session is that is opened meanwhile.
fn state(review: &Review, ahead: Option<&Ahead>) -> String {
    let text = match ahead {
        Some(Ahead::Opening) => "connecting",
        Some(Ahead::Ready) if review.signs_in => "signed in",
        Some(Ahead::Ready) => "connected",
        Some(Ahead::Asks(what)) => return format!("will ask for the {what}"),
        Some(Ahead::Failed(_) | Ahead::Refused(..) | Ahead::Closed) | None => "",
    };
    text.to_owned()
}

/// Everyone it goes to, or `room` rows of them, the last of which counts the others.
fn listed_recipients(review: &Review, room: usize, look: &Look<'_>) -> Vec<Line<'static>> {
    let theme = look.theme;
    let all = &review.recipients;
    let shown = if all.len() > room { room.saturating_sub(1).max(1) } else { all.len() };
    let top = review.scroll.settle(all.len() - shown);
    let mut before = "";
    let mut lines: Vec<_> = all[top..top + shown]
        .iter()
        .map(|(field, mailbox)| {
            let label = if *field == before { "" } else { field };
            before = field;
            labelled(label, vec![Span::styled(Shown::new(mailbox).to_string(), theme.value)], look)
        })
        .collect();
    let below = all.len() - top - shown;
    if shown < room && shown < all.len() {
        let text = match (top, below) {
            (top, 0) => format!("{top} more above"),
            (0, below) => format!("{below} more"),
            (top, below) => format!("{below} more, {top} above"),
        };
        lines.push(labelled("", vec![Span::styled(text, theme.dim)], look));
    }
    lines
}

fn listed_attachments(review: &Review, room: usize, look: &Look<'_>) -> Vec<Line<'static>> {
    let theme = look.theme;
    let count = review.attachments.len();
    let shown = if count > room { room.saturating_sub(1) } else { count };
    let names = review.attachments[..shown]
        .iter()
        .map(|name| Span::styled(Shown::new(name).to_string(), theme.value));
    let more = (shown < count).then(|| Span::styled(format!("{} more", count - shown), theme.dim));
    let spans = names.chain(more).enumerate();
    spans
        .map(|(nth, span)| labelled(if nth == 0 { "Attach" } else { "" }, vec![span], look))
        .take(room)
        .collect()
}

/// Each doubt with a mark that shows without colour, a blank row before the first.
fn doubts(review: &Review, ahead: Option<&Ahead>, look: &Look<'_>, columns: usize) -> Vec<Line<'static>> {
    let theme = look.theme;
    let mut lines = Vec::new();
    let obstacle = match ahead {
        Some(Ahead::Failed(says) | Ahead::Refused(_, says)) => {
            Some(format!("it cannot go out as things are: {says}"))
        }
        _ => None,
    };
    for doubt in review.doubts.iter().chain(&obstacle) {
        if lines.is_empty() {
            lines.push(Line::default());
        }
        for (nth, row) in
            wrap(Shown::new(doubt).as_str(), columns.saturating_sub(LABEL)).into_iter().enumerate()
        {
            let mark = if nth == 0 { format!("{:>7}  ", look.glyphs.warning) } else { " ".repeat(LABEL) };
            lines.push(Line::styled(format!("{mark}{row}"), theme.warning));
        }
    }
    lines
}
