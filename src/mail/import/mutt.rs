//! mutt's and neomutt's files: `set key = value` lines. What they run or read besides is not followed, but said.

use std::collections::BTreeMap;

use crate::mail::argv;

use super::Read;
use super::raw::{Authority, Raw};

const COMMAND: &str = "a command stands in its place, which is not run here";

pub(super) fn read(text: &str) -> Read {
    let mut remarks = Vec::new();
    let mut values: BTreeMap<String, String> = BTreeMap::new();
    let mut line_of_server = None;
    for (number, line) in lines(text) {
        let (command, rest) = line.split_once([' ', '\t']).unwrap_or((&line, ""));
        match command {
            "set" => {
                for (key, value) in settings(rest) {
                    if key == "smtp_url" {
                        line_of_server = Some(number);
                    }
                    values.insert(key, value);
                }
            }
            "source" => {
                remarks.push(format!("line {number}: another file is read there, which was not followed"));
            }
            hook if hook.ends_with("-hook") && rest.contains("smtp_") => {
                remarks.push(format!("line {number}: the server that this {hook} sets was not taken"));
            }
            _ => {}
        }
    }
    let raws = line_of_server.map(|line| raw(line, &values)).into_iter().collect();
    (raws, remarks)
}

/// Lines without comments; those that end in a backslash go on in the next.
fn lines(text: &str) -> Vec<(usize, String)> {
    let mut lines = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (number, line) in text.lines().enumerate().map(|(n, line)| (n + 1, line.trim())) {
        let (start, mut whole) = open.take().unwrap_or((number, String::new()));
        if whole.is_empty() && line.starts_with('#') {
            continue;
        }
        if let Some(part) = line.strip_suffix('\\') {
            whole.push_str(part);
            open = Some((start, whole));
        } else {
            whole.push_str(line);
            lines.push((start, whole));
        }
    }
    lines.extend(open);
    lines
}

/// `a = "x" b=y`: several may stand in one line. Double quotes take backslashes, backquotes are kept as they are.
fn settings(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() && !rest.starts_with('#') {
        let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let key = rest[..end].to_owned();
        rest = rest[end..].trim_start();
        let Some(after) = rest.strip_prefix('=') else {
            if end == 0 {
                break;
            }
            // A flag without a value.
            continue;
        };
        let (value, left) = value(after.trim_start());
        found.push((key, value));
        rest = left.trim_start();
    }
    found
}

fn value(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut quote = None;
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match (c, quote) {
            ('\\', None | Some('"')) => value.extend(chars.next().map(|(_, escaped)| escaped)),
            ('`', _) if quote != Some('\'') => {
                // Kept whole, so that its reader sees a command.
                let inner: String = chars.by_ref().map(|(_, c)| c).take_while(|c| *c != '`').collect();
                value.extend(["`", &inner, "`"]);
            }
            ('"' | '\'', None) => quote = Some(c),
            (_, Some(open)) if c == open => quote = None,
            (c, None) if c.is_whitespace() || c == ';' || c == '#' => return (value, &text[at..]),
            (c, _) => value.push(c),
        }
    }
    (value, "")
}

fn raw(line: usize, values: &BTreeMap<String, String>) -> Raw {
    let get = |key: &str| values.get(key).map(String::as_str).unwrap_or_default();
    // `$my_user` stands for what was set before.
    let expanded = |text: &str| match text.strip_prefix('$') {
        Some(name) => get(name.trim_matches(['{', '}'])).to_owned(),
        None => text.to_owned(),
    };
    let url = expanded(get("smtp_url"));
    let (scheme, rest) = url.split_once("://").unwrap_or(("smtp", &url));
    let authority = Authority::parse(rest);
    let mut raw = Raw {
        name: "mutt".to_owned(),
        line,
        from: expanded(get("from")),
        real_name: expanded(get("realname")),
        host: expanded(&authority.host),
        port: authority.port,
        security: if scheme == "smtps" { "tls" } else { "starttls" },
        user: expanded(&authority.user),
        ..Raw::default()
    };
    if raw.port.is_empty() && scheme != "smtps" {
        raw.port = String::from("25");
    }
    for (key, field) in [("from", &mut raw.from), ("realname", &mut raw.real_name)] {
        if field.contains('`') {
            field.clear();
            raw.left_out.push(super::LeftOut { what: key.into(), why: COMMAND.into() });
        }
    }
    sign_in(&mut raw, values, authority.has_secret);
    raw
}

fn sign_in(raw: &mut Raw, values: &BTreeMap<String, String>, has_secret: bool) {
    let get = |key: &str| values.get(key).map(String::as_str).unwrap_or_default();
    let ways = get("smtp_authenticators");
    let first = ways
        .split(':')
        .find(|way| ["plain", "login", "xoauth2"].contains(&way.to_ascii_lowercase().as_str()));
    raw.auth = match first.map(str::to_ascii_lowercase).as_deref() {
        Some("xoauth2") => "xoauth2",
        Some("plain") => "plain",
        Some("login") => "login",
        _ if raw.user.is_empty() => "none",
        _ => "",
    };
    if first.is_none() && !ways.is_empty() {
        raw.leave_out(
            &format!("smtp_authenticators {ways}"),
            "sendoff speaks none of them; PLAIN or LOGIN is tried",
        );
    }
    if has_secret {
        raw.leave_secret_out("the password in smtp_url");
    }
    let password = get("smtp_pass");
    let token = get("smtp_oauth_refresh_command");
    let command = password.strip_prefix('`').and_then(|rest| rest.strip_suffix('`'));
    if raw.auth == "xoauth2" && !token.is_empty() {
        raw.take_command("smtp_oauth_refresh_command", argv::of_shell(token.trim_matches('`')));
    } else if let Some(command) = command.filter(|command| !command.contains('`')) {
        raw.take_command("smtp_pass", argv::of_shell(command));
    }
    if !password.is_empty() && command.is_none() {
        raw.leave_secret_out("smtp_pass");
    }
}
