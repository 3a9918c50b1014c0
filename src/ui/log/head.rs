//! The title of the pane, and the state at the other end of its line.

use ratatui::text::{Line, Span};

use crate::app::Model;
use crate::app::log::{Filter, Session, Telling};
use crate::mail::outcome::Outcome;
use crate::mail::text::Shown;
use crate::mail::tls::TlsFacts;
use crate::ui::Look;
use crate::ui::cells::width;
use crate::ui::outbox::date;

/// Subject, place and encryption; what matters least goes first where room is short.
pub(super) fn title(model: &Model, session: &Session, look: &Look<'_>, room: usize) -> Line<'static> {
    let (count, shown) = (model.log.sessions().len(), model.log.shown().unwrap_or(0));
    let name = if count > 1 { format!("Log {}/{count}", shown + 1) } else { "Log".to_owned() };
    let record = &session.record;
    let name = match session.id {
        Some(_) => name,
        None => format!("{name} {} {}", look.glyphs.dot, date(&model.zone, record.head.started)),
    };
    let subject = Some(Shown::new(&record.head.title).to_string());
    let place = Some(Shown::new(&record.place()).to_string());
    let host = Some(Shown::new(&record.head.host).to_string());
    let long = record.tls.as_ref().map(TlsFacts::short);
    let brief = record.tls.as_ref().map(|tls| tls.protocol.clone());
    let choices = [
        [subject.clone(), place.clone(), long],
        [subject.clone(), place, brief.clone()],
        [subject.clone(), host, brief.clone()],
        [subject.clone(), brief, None],
        [subject, None, None],
    ];
    let texts: Vec<String> = choices
        .into_iter()
        .map(|facts| {
            facts
                .into_iter()
                .flatten()
                .fold(name.clone(), |text, fact| format!("{text} {} {fact}", look.glyphs.dot))
        })
        .collect();
    let fitting = texts.iter().find(|text| width(text) <= room).or(texts.last());
    Line::from(Span::raw(fitting.cloned().unwrap_or_default()))
}

/// `3 of 17 · problems · refused · 12 below · 1.24 s`: what was found, what is left out, how it ended, where one looks, how
/// long it took.
pub(super) fn state(model: &Model, session: &Session, below: usize, look: &Look<'_>) -> Line<'static> {
    let (theme, view) = (look.theme, &model.log.view);
    let mut facts: Vec<Span<'static>> = Vec::new();
    if let Some(search) = &view.search {
        let count = search.matches.len();
        facts.push(match search.rank(view.line()) {
            Some(rank) => Span::styled(format!("{rank} of {count}"), theme.accent),
            None if count == 0 => Span::styled("not found", theme.warning),
            None => Span::styled(format!("{count} found"), theme.accent),
        });
    }
    if let Some(rows) = view.selection() {
        let count = rows.end() - rows.start() + 1;
        facts.push(Span::styled(format!("{count} selected"), theme.accent));
    }
    if view.filter != Filter::All {
        facts.push(Span::styled(view.filter.as_str(), theme.warning));
    }
    if view.telling != Telling::Explained {
        facts.push(Span::styled(view.telling.as_str(), theme.accent));
    }
    let is_silent = session.lines().is_empty();
    let ending = match session.outcome() {
        Some(outcome) => Some(Span::styled(outcome.as_str(), style(outcome, look))),
        None if session.is_over && session.id.is_none() => {
            Some(Span::styled(session.record.unended(), theme.warning))
        }
        None if is_silent || below > 0 => None,
        None => Some(Span::styled(if view.follows { "following" } else { "staying" }, theme.dim)),
    };
    facts.extend(ending);
    facts.extend((below > 0).then(|| Span::styled(format!("{below} below"), theme.warning)));
    if !is_silent {
        facts.push(Span::styled(format!("{:.2} s", session.took().as_secs_f64()), theme.dim));
    }
    let dot = format!(" {} ", look.glyphs.dot);
    let mut spans = Vec::new();
    for fact in facts {
        if !spans.is_empty() {
            spans.push(Span::styled(dot.clone(), theme.dim));
        }
        spans.push(fact);
    }
    Line::from(spans)
}

fn style(outcome: Outcome, look: &Look<'_>) -> ratatui::style::Style {
    match outcome {
        Outcome::Accepted => look.theme.ok,
        Outcome::Partly | Outcome::Deferred | Outcome::Unknown => look.theme.warning,
        Outcome::Refused | Outcome::Failed => look.theme.error,
    }
}
