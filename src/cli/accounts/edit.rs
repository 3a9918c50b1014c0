//! `sendoff accounts edit`: `KEY=VALUE`, by the names that the file has.

use clap::Args;

use crate::cli::{Exit, say};
use crate::mail::edit::{self, Edit};
use crate::mail::form::{IdentityForm, IdentityKey, Key};

use super::{File, Outcome, Refusal};

#[derive(Debug, Args)]
pub(super) struct Change {
    name: String,
    /// Of the account (port=2525), its application (tenant=contoso.com), or an identity: identity+=ADDRESS adds one,
    /// identity.1.username=ADDRESS changes the first, identity.1= removes it
    #[arg(value_name = "KEY=VALUE", required = true)]
    changes: Vec<String>,
}

pub(super) fn run(change: &Change, file: &File) -> Outcome {
    let changes = change.changes.iter().map(|text| read(text)).collect::<Result<Vec<_>, _>>();
    let changes = changes.map_err(|why| Refusal(Exit::Usage, why))?;
    let edit = Edit::Change { account: change.name.clone(), changes, seen: None };
    file.change(&edit)?;
    say::out(format_args!("changed {} in {}", edit.result(), file.paths.config_file.display()));
    Ok(())
}

fn read(text: &str) -> Result<edit::Change, String> {
    let (key, value) = text.split_once('=').ok_or_else(|| format!("{text}: it must be KEY=VALUE"))?;
    let value = value.to_owned();
    if key == "identity+" {
        return Ok(edit::Change::AddIdentity(IdentityForm { from: value, ..IdentityForm::default() }));
    }
    if let Some(rest) = key.strip_prefix("identity.") {
        return identity(rest, value).ok_or_else(|| {
            format!(
                "{key}: it must be identity.NUMBER.KEY; there are {}",
                IdentityKey::ALL.map(IdentityKey::as_str).join(", ")
            )
        });
    }
    match Key::named(key) {
        Some(key) => Ok(edit::Change::Set { key, value }),
        None => Err(unknown(key)),
    }
}

fn identity(rest: &str, value: String) -> Option<edit::Change> {
    let (number, key) = rest.split_once('.').unwrap_or((rest, ""));
    let index = number.parse::<usize>().ok()?.checked_sub(1)?;
    if key.is_empty() {
        return value.is_empty().then_some(edit::Change::RemoveIdentity(index));
    }
    let key = IdentityKey::ALL.into_iter().find(|known| known.as_str() == key)?;
    Some(edit::Change::SetIdentity { index, key, value })
}

fn unknown(key: &str) -> String {
    match key {
        "password" | "client_secret" | "oauth.client_secret" => {
            "a secret is never kept in this file; sendoff asks for it when it is needed, and can keep it"
                .to_owned()
        }
        "default" => "default: use `sendoff accounts default NAME`".to_owned(),
        "disabled" => "disabled: use `sendoff accounts disable NAME`, or enable".to_owned(),
        _ => format!("{key}: there is no such key; there are {}", Key::ALL.map(Key::as_str).join(", ")),
    }
}
