//! What goes to the clipboard: rows as they are read, without their times; a session with them.

use crate::mail::explain::Explanation;
use crate::mail::text::Shown;
use crate::mail::transcript::Took;

use super::rows::Row;
use super::session::Session;
use super::view::View;

/// The rows from here to there, one below the other.
pub(super) fn rows(view: &View, session: &Session, rows: std::ops::RangeInclusive<usize>) -> Vec<String> {
    rows.filter_map(|nth| view.row(nth)).flat_map(|row| row_of(row, session)).collect()
}

fn row_of(row: Row, session: &Session) -> Vec<String> {
    let line = |nth: usize| {
        session.line(nth).map(|line| format!("{} {}", line.mark.as_str(), line.text)).unwrap_or_default()
    };
    let leg = |nth: usize| session.legs().get(nth);
    let took = |leg: &super::Leg| format!("{:11} {:>7}", leg.stage.as_str(), Took(leg.took()).to_string());
    match row {
        Row::Line(nth) => vec![line(nth)],
        // What is folded is meant as a whole.
        Row::Fold(first, last) => (first..=last).map(line).collect(),
        Row::Leg(nth, _) => {
            let said = |leg: &super::Leg| leg.problem.or(leg.answer).map(line).unwrap_or_default();
            leg(nth)
                .map(|leg| format!("{}  {}", took(leg), said(leg)).trim_end().to_owned())
                .into_iter()
                .collect()
        }
        Row::Explanation => session.explanation().map(explained).unwrap_or_default(),
        Row::Accepted => session.ids().map(|(server, _)| accepted(server)).into_iter().collect(),
        Row::Replaced => session.ids().map(|(_, ours)| replaced(ours)).into_iter().collect(),
        Row::Heading => vec!["where the time went".to_owned()],
        Row::Bar(nth) => session.timeline().nth(nth).as_ref().map(took).into_iter().collect(),
        Row::Total => vec![format!("{:11} {:>7}", "total", Took(session.took()).to_string())],
    }
}

fn explained(explanation: &Explanation) -> Vec<String> {
    let says = Shown::new(&explanation.says);
    vec![format!("   {says}"), format!("   For {}: {}", explanation.who.as_str(), explanation.todo)]
}

/// `accepted as <…>`
pub fn accepted(server: &str) -> String {
    format!("accepted as {}", Shown::new(server))
}

/// `your Message-ID <…> was replaced`
pub fn replaced(ours: &str) -> String {
    format!("your Message-ID {} was replaced", Shown::new(ours))
}

/// A whole session: with whom, every line with its times, and what it came to.
pub(super) fn session(session: &Session) -> Vec<String> {
    let head = &session.record.head;
    let started = session.started().map(|started| format!("  {started:.0}")).unwrap_or_default();
    let mut text = vec![format!("{}  {}{started}", Shown::new(&head.title), session.record.place())];
    for (nth, (_, line)) in session.lines().iter().enumerate() {
        text.push(line.to_string());
        if session.explained == Some(nth) {
            text.extend(session.explanation().map(explained).unwrap_or_default());
        }
    }
    if let Some((server, ours)) = session.ids() {
        text.push(accepted(server));
        text.extend((server != ours && !ours.is_empty()).then(|| replaced(ours)));
    }
    text
}
