//! msmtp's `~/.msmtprc`: `defaults`, `account NAME [: OTHER, ...]`, then `key value` lines.

use std::collections::BTreeMap;

use crate::mail::argv;

use super::Read;
use super::raw::Raw;

type Values = BTreeMap<String, String>;

struct Section {
    name: String,
    line: usize,
    values: Values,
}

/// Whose lines are being read.
enum Part {
    Defaults,
    /// The last account.
    Account,
    Unknown,
}

pub(super) fn read(text: &str) -> Read {
    let mut remarks = Vec::new();
    let mut defaults = Values::new();
    let mut sections: Vec<Section> = Vec::new();
    let mut part = Part::Defaults;
    for (number, line) in text.lines().enumerate().map(|(n, line)| (n + 1, line.trim())) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (key, value) = line.split_once([' ', '\t']).unwrap_or((line, ""));
        let value = unquoted(value.trim());
        match key.to_ascii_lowercase().as_str() {
            "defaults" => part = Part::Defaults,
            "account" => {
                part = match section(value, number, &defaults, &sections) {
                    Ok(section) => {
                        sections.push(section);
                        Part::Account
                    }
                    Err(remark) => {
                        remarks.push(remark);
                        Part::Unknown
                    }
                };
            }
            "include" | "eval" => {
                remarks.push(format!("line {number}: \u{201c}{key}\u{201d} was not followed"));
            }
            key => {
                let values = match part {
                    Part::Defaults => Some(&mut defaults),
                    Part::Account => sections.last_mut().map(|last| &mut last.values),
                    Part::Unknown => None,
                };
                if let Some(values) = values {
                    values.insert(key.to_owned(), value.to_owned());
                }
            }
        }
    }
    // `account default : work` is another name for work, no account of its own.
    let known: Vec<Values> =
        sections.iter().filter(|section| section.name != "default").map(|s| s.values.clone()).collect();
    sections.retain(|section| section.name != "default" || !known.contains(&section.values));
    (sections.iter().map(raw).collect(), remarks)
}

/// A new account, with the values of those that it names behind its colon.
fn section(text: &str, line: usize, defaults: &Values, known: &[Section]) -> Result<Section, String> {
    let (name, parents) = text.split_once(':').unwrap_or((text, ""));
    let name = name.trim().to_owned();
    let mut values = defaults.clone();
    for parent in parents.split(',').map(str::trim).filter(|parent| !parent.is_empty()) {
        let parent = known.iter().rfind(|section| section.name == parent);
        let parent = parent.ok_or_else(|| {
            format!("line {line}: account \u{201c}{name}\u{201d} builds on one that is not there")
        })?;
        values.extend(parent.values.clone());
    }
    Ok(Section { name, line, values })
}

fn raw(section: &Section) -> Raw {
    let get = |key: &str| section.values.get(key).map(String::as_str).unwrap_or_default();
    let is_on = |key: &str| get(key) == "on";
    let security = match (is_on("tls"), get("tls_starttls")) {
        (true, "off") => "tls",
        (true, _) => "starttls",
        (false, _) => "none",
    };
    let mut raw = Raw {
        name: section.name.clone(),
        line: section.line,
        from: get("from").to_owned(),
        real_name: get("from_full_name").to_owned(),
        host: get("host").to_owned(),
        port: get("port").to_owned(),
        security,
        user: get("user").to_owned(),
        ..Raw::default()
    };
    if raw.port.is_empty() {
        // Its own default, which is not that of a submission client.
        raw.port = String::from(if security == "tls" { "465" } else { "25" });
    }
    match get("auth") {
        "" | "off" => raw.auth = "none",
        "on" => {}
        "plain" => raw.auth = "plain",
        "login" => raw.auth = "login",
        "xoauth2" => raw.auth = "xoauth2",
        other => {
            raw.leave_out(&format!("auth {other}"), "sendoff does not speak it; PLAIN or LOGIN is tried");
        }
    }
    if section.values.contains_key("password") {
        raw.leave_secret_out("password");
    }
    if !get("passwordeval").is_empty() {
        raw.take_command("passwordeval", argv::of_shell(get("passwordeval")));
    }
    if get("tls_certcheck") == "off" {
        raw.leave_out(
            "tls_certcheck off",
            "sendoff always checks certificates; name a root of your own in ca_file",
        );
    }
    for key in ["tls_fingerprint", "tls_cert_file", "tls_key_file", "proxy_host", "domain", "source_ip"] {
        if section.values.contains_key(key) {
            raw.leave_out(key, "it is not taken along; see the README for what sendoff has in its place");
        }
    }
    raw
}

fn unquoted(text: &str) -> &str {
    text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(text)
}
