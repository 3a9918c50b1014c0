//! `sendoff accounts add`: from an address alone to an account, every guess shown.

use clap::Args;

use crate::cli::{Exit, say};
use crate::mail::account::Security;
use crate::mail::address::Mailbox;
use crate::mail::edit::Edit;
use crate::mail::form::{AccountForm, Key};
use crate::mail::preset::{Certainty, Guess, PRESETS, Preset, guess};

use super::{File, Refusal, agrees, free_name};

#[derive(Debug, Args)]
pub(super) struct Add {
    /// Your address, also as `Ana Silva <ana@contoso.com>`
    address: String,
    /// What to call the account; else the first word of the domain
    #[arg(long)]
    name: Option<String>,
    /// microsoft365, outlook.com, gmail, relay-connector, ...; else what the address suggests
    #[arg(long, value_parser = preset)]
    preset: Option<&'static Preset>,
    #[arg(long)]
    host: Option<String>,
    #[arg(long)]
    port: Option<String>,
    /// starttls, tls or none
    #[arg(long)]
    security: Option<String>,
    /// auto, xoauth2, login, plain or none
    #[arg(long)]
    auth: Option<String>,
    /// Else the address
    #[arg(long)]
    username: Option<String>,
    /// A command whose first line of output is the password: "pass show work"
    #[arg(long, value_name = "COMMAND")]
    password_command: Option<String>,
    /// The application's id, to sign in by OAuth (see `accounts guide`)
    #[arg(long, value_name = "ID")]
    client_id: Option<String>,
    #[arg(long, value_name = "ID OR DOMAIN")]
    tenant: Option<String>,
    /// global, gcc-high, dod or 21vianet; else that of the server
    #[arg(long)]
    cloud: Option<String>,
    /// One more trusted root, as PEM
    #[arg(long, value_name = "FILE")]
    ca_file: Option<String>,
    /// Start new messages with it
    #[arg(long)]
    default: bool,
    /// Do not ask
    #[arg(short, long)]
    yes: bool,
    /// Show what would be written, and write nothing
    #[arg(long, conflicts_with = "yes")]
    dry_run: bool,
}

/// Adds it; the name, if whoever sits there wants it tested at once.
pub(super) fn run(add: &Add, file: &File) -> Result<Option<String>, Refusal> {
    let from = Mailbox::parse(&add.address).map_err(|error| Refusal(Exit::Usage, error.to_string()))?;
    let guesses = guess(&from.address);
    let chosen = match (add.preset, &add.host) {
        (Some(preset), _) => Guess::of(preset, &from.address),
        (None, Some(host)) => Guess::at(host, security(add)?, &from.address),
        (None, None) => guesses[0].clone(),
    };
    let taken = file.names()?;
    let short = from.address.domain().split('.').next().unwrap_or("mail").trim_matches(['[', ']']);
    let name = add.name.clone().unwrap_or_else(|| free_name(short, &taken));
    let form = form(add, &name, &from, &chosen);
    let problems = form.problems(&taken);
    if !problems.is_empty() {
        let says = |problem: &crate::mail::form::Problem| {
            format!("{}: {}", problem.key.map_or("account", Key::as_str), problem.why)
        };
        return Err(Refusal(Exit::Usage, problems.iter().map(says).collect::<Vec<_>>().join("\n")));
    }
    let form = form.shortest();
    show(add, &form, &chosen, &guesses);
    if add.dry_run || !add.yes && agrees("Write this?", true) == Some(false) {
        say::err("nothing was written");
        return Ok(None);
    }
    file.change(&Edit::Add(form))?;
    if add.default {
        file.change(&Edit::MakeDefault { account: name.clone() })?;
    }
    say::out(format_args!("added {name} to {}", file.paths.config_file.display()));
    next(add, &name, chosen.preset);
    let is_tested = !add.yes && add.client_id.is_none() && agrees("Test it now?", true) == Some(true);
    Ok(is_tested.then_some(name))
}

/// What was said of encryption, or the usual.
fn security(add: &Add) -> Result<Security, Refusal> {
    let all = [Security::StartTls, Security::Tls, Security::None];
    let Some(typed) = &add.security else { return Ok(Security::StartTls) };
    all.into_iter().find(|security| security.as_str() == typed).ok_or_else(|| {
        Refusal(Exit::Usage, format!("security: it must be one of {}", all.map(Security::as_str).join(", ")))
    })
}

fn form(add: &Add, name: &str, from: &Mailbox, chosen: &Guess) -> AccountForm {
    let mut form = AccountForm::new(name, from, chosen);
    if add.security.is_some() && add.port.is_none() {
        // The usual port of what was asked for.
        form.set(Key::Port, "");
    }
    let given = [
        (Key::Host, &add.host),
        (Key::Port, &add.port),
        (Key::Security, &add.security),
        (Key::Auth, &add.auth),
        (Key::Username, &add.username),
        (Key::PasswordCommand, &add.password_command),
        (Key::CaFile, &add.ca_file),
        (Key::ClientId, &add.client_id),
        (Key::Tenant, &add.tenant),
        (Key::Cloud, &add.cloud),
    ];
    for (key, value) in given {
        if let Some(value) = value {
            form.set(key, value.as_str());
        }
    }
    form
}

/// What was guessed, what else it could be, and the lines as they will stand in the file.
fn show(add: &Add, form: &AccountForm, chosen: &Guess, guesses: &[Guess]) {
    let Preset { title, purpose, secret, notes, .. } = chosen.preset;
    let how_sure = match chosen.certainty {
        _ if add.preset.is_some() || add.host.is_some() => "as you say",
        Certainty::Sure => "surely",
        Certainty::Likely => "a guess",
        Certainty::Possible => "a mere guess",
    };
    say::out(format_args!("{title} ({how_sure}): {purpose}\n  {}", chosen.why));
    let others = guesses.iter().filter(|other| add.host.is_none() && other.preset != chosen.preset);
    for other in others {
        say::out(format_args!(
            "  or --preset {}: {}:{}. {}",
            other.preset.name, other.host, other.port, other.why
        ));
    }
    say::out(format_args!("  Sign-in: {secret}"));
    // A server that is known is no guess.
    let is_known = chosen.preset.is_guess() && chosen.certainty == Certainty::Sure;
    for note in notes.iter().filter(|_| !is_known) {
        say::out(format_args!("  Note: {note}"));
    }
    if let Ok(account) = form.read() {
        let (host, port, security) = (account.host, account.port, account.security.as_str());
        say::out(format_args!(
            "\nServer: {host}, port {port}, {security}; user name {}\n\n",
            account.username
        ));
    }
    say::out(form.to_toml().unwrap_or_default());
}

fn next(add: &Add, name: &str, preset: &Preset) {
    if add.client_id.is_some() {
        say::out(format_args!("Next: sendoff accounts sign-in {name}, then sendoff check {name}"));
    } else {
        say::out(format_args!("Next: sendoff check {name}"));
        if preset.takes_oauth() {
            say::out("To sign in by OAuth: sendoff accounts guide");
        }
    }
}

fn preset(text: &str) -> Result<&'static Preset, String> {
    Preset::named(text).ok_or_else(|| {
        format!("there are {}", PRESETS.iter().map(|preset| preset.name).collect::<Vec<_>>().join(", "))
    })
}
