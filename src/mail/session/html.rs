//! A session as one page that needs nothing else: no script, no font, no picture from anywhere.

use std::fmt::Write as _;

use jiff::tz::TimeZone;

use crate::mail::reply::Class;
use crate::mail::tls::Certificate;
use crate::mail::transcript::{Kind, Took};

use super::{Session, text};

const STYLE: &str = "
:root{color-scheme:light dark;--ink:#1d2229;--dim:#6b7480;--page:#fbfbfa;--rule:#dcdfe3;--sent:#0b5cad;--ok:#1a7f37;--later:#9a6700;--no:#c01c28;--box:#f1f3f5}
@media(prefers-color-scheme:dark){:root{--ink:#d7dce2;--dim:#8b949e;--page:#14171b;--rule:#2d333b;--sent:#6cb6ff;--ok:#57ab5a;--later:#d4a72c;--no:#ff7b72;--box:#1c2128}}
body{background:var(--page);color:var(--ink);font:14px/1.5 ui-monospace,Menlo,Consolas,monospace;margin:2rem auto;max-width:76rem;padding:0 1.5rem}
h1{font-size:1.2rem;margin:0 0 1rem}dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1.2rem;margin:0 0 1.5rem}dt{color:var(--dim)}dd{margin:0}
table{border-collapse:collapse;width:100%}td{padding:0 .8rem 0 0;vertical-align:top;white-space:pre-wrap;overflow-wrap:anywhere}td.t{color:var(--dim);text-align:right;white-space:nowrap}
.sent{color:var(--sent)}.ok{color:var(--ok)}.later{color:var(--later)}.no{color:var(--no)}.note{color:var(--dim)}
.why{background:var(--box);border-left:3px solid var(--no);margin:.3rem 0;padding:.4rem .8rem}.why b{display:block}
.bars td{padding:.1rem .8rem .1rem 0}.bar{background:var(--sent);display:inline-block;height:.7rem;min-width:1px}.lane{width:100%}
details{border-top:1px solid var(--rule);padding:.6rem 0}summary{cursor:pointer}";

pub(super) fn write(session: &Session, zone: &TimeZone) -> String {
    let title = escaped(&session.head.title);
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>SMTP: {title}</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><style>{STYLE}</style></head><body>\n<h1>{title}</h1>\n<dl>"
    );
    for (name, value) in text::facts(session, zone) {
        let _ = write!(page, "<dt>{name}</dt><dd>{}</dd>", escaped(&value));
    }
    page.push_str("</dl>\n<table>\n");
    let explained = session.explained();
    for (nth, (_, line)) in session.lines.iter().enumerate() {
        let took = line.took.map(|took| escaped(&Took(took).to_string())).unwrap_or_default();
        let _ = writeln!(
            page,
            "<tr class=\"{}\"><td class=\"t\">{:.3}</td><td class=\"t\">{took}</td><td>{}</td><td>{}</td></tr>",
            role(line.kind),
            line.at.as_secs_f64(),
            escaped(line.mark.as_str()),
            escaped(line.text.as_str()),
        );
        if explained == Some(nth) {
            let _ = writeln!(page, "<tr><td></td><td></td><td></td><td>{}</td></tr>", why(session));
        }
    }
    page.push_str("</table>\n");
    if explained.is_none() {
        page.push_str(&why(session));
    }
    page.push_str(&timeline(session));
    page.push_str(&chain(&session.chain));
    if !session.offered.is_empty() {
        let offers = session
            .offered
            .iter()
            .map(|line| format!("<li>{}</li>", escaped(line.as_str())))
            .collect::<Vec<_>>()
            .concat();
        let _ =
            writeln!(page, "<details><summary>What the server offers</summary><ul>{offers}</ul></details>");
    }
    page.push_str("</body></html>\n");
    page
}

fn role(kind: Kind) -> &'static str {
    match kind {
        Kind::Command | Kind::Message => "sent",
        Kind::Reply(Class::Done | Class::GoOn) | Kind::Tls => "ok",
        Kind::Reply(Class::Later) => "later",
        Kind::Reply(Class::No) | Kind::Error => "no",
        Kind::Note => "note",
    }
}

fn why(session: &Session) -> String {
    let explanation = session.ending.as_ref().and_then(|ending| ending.explanation.as_ref());
    explanation.map_or_else(String::new, |why| {
        format!(
            "<div class=\"why\"><b>{}</b>For {}: {}</div>",
            escaped(&why.says),
            escaped(why.who.as_str()),
            escaped(why.todo)
        )
    })
}

/// Where the time went, each step beginning where the one before it ended.
fn timeline(session: &Session) -> String {
    let Some(ending) = session.ending.as_ref().filter(|ending| !ending.times.is_empty()) else {
        return String::new();
    };
    let all: f64 = ending.times.iter().map(|(_, took)| took.as_secs_f64()).sum::<f64>().max(1e-6);
    let mut before = 0.0;
    let mut rows = String::new();
    for (step, took) in &ending.times {
        let took = took.as_secs_f64();
        let _ = write!(
            rows,
            "<tr><td>{step}</td><td class=\"t\">{:.0} ms</td><td class=\"lane\"><span class=\"bar\" style=\"margin-left:{:.2}%;width:{:.2}%\"></span></td></tr>",
            took * 1e3,
            before / all * 100.0,
            took / all * 100.0
        );
        before += took;
    }
    format!(
        "<details open><summary>Where the time went</summary><table class=\"bars\">{rows}</table></details>\n"
    )
}

fn chain(chain: &[Certificate]) -> String {
    let one = |certificate: &Certificate| {
        let names =
            certificate.names.iter().map(|name| escaped(name.as_str())).collect::<Vec<_>>().join(", ");
        format!(
            "<dl><dt>Subject</dt><dd>{}</dd><dt>Names</dt><dd>{names}</dd><dt>Issuer</dt><dd>{}</dd>\
             <dt>Valid</dt><dd>{} to {}</dd><dt>Key</dt><dd>{}, signed {}</dd></dl>",
            escaped(certificate.subject.as_str()),
            escaped(certificate.issuer.as_str()),
            certificate.valid_from.strftime("%Y-%m-%d"),
            certificate.valid_until.strftime("%Y-%m-%d"),
            escaped(&certificate.key),
            escaped(&certificate.signature),
        )
    };
    if chain.is_empty() {
        return String::new();
    }
    let all = chain.iter().map(one).collect::<Vec<_>>().concat();
    format!("<details><summary>Certificates that the server showed</summary>{all}</details>\n")
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in crate::mail::text::Shown::new(text).as_str().chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            c => safe.push(c),
        }
    }
    safe
}
