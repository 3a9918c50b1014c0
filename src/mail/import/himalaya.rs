//! himalaya's `config.toml`: `[accounts.NAME]`, with its server under `message.send.backend`.

use toml_edit::{Document, Item, TableLike};

use crate::mail::argv;

use super::Read;
use super::raw::Raw;

pub(super) fn read(text: &str) -> Read {
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => {
            let why = error.message().to_owned();
            let line =
                error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            return (Vec::new(), vec![format!("line {line}: it is not TOML: {why}")]);
        }
    };
    let mut read = (Vec::new(), Vec::new());
    let accounts = document.get("accounts").and_then(Item::as_table_like);
    for (name, account) in accounts.into_iter().flat_map(TableLike::iter) {
        let start = accounts.and_then(|accounts| accounts.key(name)).and_then(toml_edit::Key::span);
        let line = text[..start.map_or(0, |span| span.start)].matches('\n').count() + 1;
        match raw(name, line, account) {
            Ok(raw) => read.0.push(raw),
            Err(why) => {
                read.1.push(format!("line {line}: account \u{201c}{name}\u{201d} was not taken: {why}"));
            }
        }
    }
    read
}

fn at<'a>(item: &'a Item, path: &str) -> Option<&'a Item> {
    path.split('.').try_fold(item, |item, key| item.get(key))
}

fn text_at<'a>(item: &'a Item, path: &str) -> &'a str {
    at(item, path).and_then(Item::as_str).unwrap_or_default()
}

fn raw(name: &str, line: usize, account: &Item) -> Result<Raw, &'static str> {
    let server = at(account, "message.send.backend").ok_or("it names no way of sending")?;
    if server.as_str().or(server.get("type").and_then(Item::as_str)) != Some("smtp") {
        return Err("it does not send by SMTP");
    }
    let encryption = server.get("encryption").and_then(|item| item.as_str().or(item.get("type")?.as_str()));
    let port = server.get("port").and_then(Item::as_integer);
    let mut raw = Raw {
        name: name.to_owned(),
        line,
        from: text_at(account, "email").to_owned(),
        real_name: text_at(account, "display-name").to_owned(),
        host: text_at(server, "host").to_owned(),
        port: port.map(|port| port.to_string()).unwrap_or_default(),
        security: match encryption {
            Some("start-tls" | "starttls") => "starttls",
            Some("none") => "none",
            _ => "tls",
        },
        user: text_at(server, "login").to_owned(),
        ..Raw::default()
    };
    sign_in(&mut raw, server);
    Ok(raw)
}

fn sign_in(raw: &mut Raw, server: &Item) {
    let Some(auth) = server.get("auth") else { return };
    if text_at(auth, "type") == "oauth2" {
        raw.leave_out(
            "message.send.backend.auth",
            "sendoff signs in by an application of your own: `sendoff accounts guide`",
        );
        return;
    }
    for (key, how) in [("raw", "secret"), ("keyring", "keyring"), ("cmd", "command"), ("command", "command")]
    {
        let Some(item) = auth.get(key).or_else(|| at(auth, "passwd")?.get(key)) else { continue };
        let what = format!("message.send.backend.auth.{key}");
        match (how, item.as_str(), item.as_array()) {
            ("secret", ..) => raw.leave_secret_out(&what),
            ("keyring", ..) => {
                raw.leave_out(&what, "each program has entries of its own; sendoff asks once and makes one");
            }
            (_, Some(command), _) => raw.take_command(&what, argv::of_shell(command)),
            (_, _, Some(words)) => {
                let words: Option<Vec<_>> =
                    words.iter().map(|word| word.as_str().map(str::to_owned)).collect();
                raw.take_command(&what, words.unwrap_or_default());
            }
            _ => {}
        }
    }
}
