//! aerc's `accounts.conf`: `[Name]`, then `key = value`; the server is an address such as `smtp+plain://ana%40contoso.com@host:587`.

use std::collections::BTreeMap;

use crate::mail::argv;

use super::Read;
use super::raw::{Authority, Raw};

struct Section {
    name: String,
    line: usize,
    values: BTreeMap<String, String>,
}

pub(super) fn read(text: &str) -> Read {
    let mut sections: Vec<Section> = Vec::new();
    for (number, line) in text.lines().enumerate().map(|(n, line)| (n + 1, line.trim())) {
        if line.starts_with(['#', ';']) {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            sections.push(Section { name: name.trim().to_owned(), line: number, values: BTreeMap::new() });
        } else if let (Some((key, value)), Some(section)) = (line.split_once('='), sections.last_mut()) {
            section.values.insert(key.trim().to_owned(), value.trim().to_owned());
        }
    }
    let mut remarks = Vec::new();
    let mut raws = Vec::new();
    for section in sections {
        match raw(&section) {
            Ok(raw) => raws.push(raw),
            Err(why) => remarks.push(format!(
                "line {}: account \u{201c}{}\u{201d} was not taken: {why}",
                section.line, section.name
            )),
        }
    }
    (raws, remarks)
}

fn raw(section: &Section) -> Result<Raw, &'static str> {
    let get = |key: &str| section.values.get(key).map(String::as_str).unwrap_or_default();
    let (scheme, rest) = get("outgoing").split_once("://").ok_or(match get("outgoing") {
        "" => "it names no server for sending (outgoing), or a command prints it",
        _ => "it sends through a program of this machine",
    })?;
    let (protocol, way) = scheme.split_once('+').unwrap_or((scheme, ""));
    let mut security = match protocol {
        "smtp" => "starttls",
        "smtps" => "tls",
        _ => return Err("it does not send by SMTP"),
    };
    let authority = Authority::parse(rest);
    let mut auth = "";
    match way {
        "plain" => auth = "plain",
        "login" => auth = "login",
        "none" => auth = "none",
        "xoauth2" | "oauthbearer" => auth = "xoauth2",
        "insecure" => security = "none",
        _ if authority.user.is_empty() => auth = "none",
        _ => {}
    }
    let mut raw = Raw {
        name: section.name.clone(),
        line: section.line,
        from: get("from").to_owned(),
        host: authority.host,
        port: authority.port,
        security,
        auth,
        user: authority.user,
        ..Raw::default()
    };
    if authority.has_secret {
        raw.leave_secret_out("the password in outgoing");
    }
    let has_client = rest.contains("client_id=") || rest.contains("token_endpoint=");
    if has_client {
        raw.leave_out(
            "the OAuth parameters of outgoing",
            "sendoff signs in by an application of your own: `sendoff accounts guide`",
        );
    }
    let command = get("outgoing-cred-cmd");
    if !command.is_empty() && has_client {
        raw.leave_out(
            "outgoing-cred-cmd",
            "it prints a refresh token, which sendoff keeps in a store of its own",
        );
    } else if !command.is_empty() {
        raw.take_command("outgoing-cred-cmd", argv::of_shell(command));
    }
    Ok(raw)
}
