//! A session as text: a head of facts, then every line with swaks' marks, the explanation under what it explains.

use std::fmt::Write as _;

use jiff::tz::TimeZone;

use crate::mail::explain::Explanation;
use crate::mail::text::Shown;
use crate::mail::tls::TlsFacts;

use super::Session;

pub(super) fn write(session: &Session, zone: &TimeZone) -> String {
    let mut out = String::new();
    for (name, value) in facts(session, zone) {
        let _ = writeln!(out, "{name:<8} {value}");
    }
    out.push('\n');
    let explained = session.explained();
    for (nth, (_, line)) in session.lines.iter().enumerate() {
        let _ = writeln!(out, "{line}");
        if explained == Some(nth) {
            remark(&mut out, session);
        }
    }
    if explained.is_none() {
        remark(&mut out, session);
    }
    out
}

/// What stands above the lines, name and value.
pub(super) fn facts(session: &Session, zone: &TimeZone) -> Vec<(&'static str, String)> {
    let head = &session.head;
    let when = head.started.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M:%S %:z").to_string();
    let shown = |text: &str| Shown::new(text).to_string();
    let mut facts = vec![
        ("Subject", shown(&head.title)),
        ("Account", shown(&head.account)),
        ("Server", shown(&session.place())),
        ("Began", when),
        ("TLS", session.tls.as_ref().map_or_else(|| "none".to_owned(), TlsFacts::short)),
    ];
    match &session.ending {
        Some(ending) => {
            facts.push((
                "Outcome",
                format!("{} at {}, {:.3} s", ending.outcome, ending.step, ending.total.as_secs_f64()),
            ));
            if !ending.message_id.is_empty() {
                facts.push(("Our id", shown(&ending.message_id)));
            }
            facts.extend(ending.server_id.as_ref().map(|id| ("Its id", shown(id))));
        }
        None if session.unended() == "checked" => {
            facts.push(("Outcome", "checked; no message was sent".to_owned()));
        }
        None => facts.push(("Outcome", "cut off: nothing is known of its end".to_owned())),
    }
    facts
}

fn remark(out: &mut String, session: &Session) {
    let Some(Explanation { says, who, todo, .. }) =
        session.ending.as_ref().and_then(|e| e.explanation.as_ref())
    else {
        return;
    };
    let indent = " ".repeat(22);
    let _ = writeln!(out, "{indent}# {says}\n{indent}# ({}) {todo}", who.as_str());
}
