//! `sendoff accounts secrets`: where the secrets of an account are, and what can be done about it without a screen.

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::cli::{output, prompt};
use crate::mail::account::Account;
use crate::mail::secret::Kind;
use crate::mail::stores::{Deed, Holding, Store, Whereabouts};
use crate::mail::text::Shown;
use crate::runtime::vault::Asking;

use super::{Exit, File, Outcome, Refusal, say};

#[derive(Debug, Args)]
pub(super) struct Secrets {
    name: String,
    /// Type the password or client secret, and keep it in this store (kernel: for as long as `cache_hours` says)
    #[arg(long, value_name = "STORE", conflicts_with_all = ["move_to", "delete_from"])]
    set: Option<AStore>,
    /// Keep what some store has in this one, and nowhere else
    #[arg(long, value_name = "STORE", conflicts_with = "delete_from")]
    move_to: Option<AStore>,
    /// Delete it from this store
    #[arg(long, value_name = "STORE")]
    delete_from: Option<AStore>,
    /// Ask for the passphrase of the vault, to see what is in it
    #[arg(long)]
    unlock: bool,
    /// Print one JSON object a line: secret, store, state, why
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum AStore {
    Keyring,
    Kernel,
    Vault,
}

impl From<AStore> for Store {
    fn from(store: AStore) -> Self {
        match store {
            AStore::Keyring => Self::Keyring,
            AStore::Kernel => Self::Kernel,
            AStore::Vault => Self::Vault,
        }
    }
}

/// `accounts secrets --json`.
#[derive(Serialize)]
struct Place<'a> {
    secret: &'static str,
    store: &'static str,
    /// `held`, `empty`, `locked`, `absent`, `unavailable`.
    state: &'static str,
    why: Option<&'a str>,
}

pub(super) async fn run(wanted: &Secrets, file: &File) -> Outcome {
    let account = file.account(&wanted.name)?;
    let stores = file.stores()?;
    if let Some(deed) = deed(wanted, &account).await? {
        let says = stores.perform(&account, deed).await.map_err(|why| Refusal(Exit::Io, why))?;
        say::out(format_args!("{}: {says}", account.name));
        return Ok(());
    }
    let asking = if wanted.unlock { Asking::Allowed } else { Asking::Forbidden };
    print(&account, &stores.survey(&account, asking).await, wanted.json);
    if stores.has_passphrase().await && !wanted.json {
        say::out("the kernel keyring has the vault's passphrase, for as long as cache_hours says");
    }
    Ok(())
}

/// What is to be done, if it is not only to look.
async fn deed(wanted: &Secrets, account: &Account) -> Result<Option<Deed>, Refusal> {
    let lasting = || {
        let none =
            || Refusal(Exit::Usage, format!("{} sends without a secret that could be kept", account.name));
        account.lasting_secret().ok_or_else(none)
    };
    if let Some(store) = wanted.set {
        let kind = lasting()?;
        if kind == Kind::RefreshToken {
            let why = format!("nobody types a sign-in; sendoff accounts sign-in {}", account.name);
            return Err(Refusal(Exit::Usage, why));
        }
        let none =
            || Refusal(Exit::NoPermission, format!("no {} was given; run this in a terminal", kind.as_str()));
        let typed = prompt::kept(account, kind).await.ok_or_else(none)?;
        return Ok(Some(Deed::Put(kind, store.into(), typed)));
    }
    if let Some(store) = wanted.move_to {
        return Ok(Some(Deed::Move(lasting()?, store.into())));
    }
    match wanted.delete_from {
        Some(store) => Ok(Some(Deed::Delete(lasting()?, store.into()))),
        None => Ok(None),
    }
}

fn print(account: &Account, survey: &[Whereabouts], is_json: bool) {
    for Whereabouts { kind, stores } in survey {
        if !is_json {
            say::out(format_args!("{} of {}", kind.as_str(), Shown::new(account.signs_in_as())));
            if account.oauth.is_none() {
                let command = account.password_command.as_ref().map(|argv| argv.join(" "));
                say::out(format_args!(
                    "  {:<17}  {}",
                    "password_command",
                    command.as_deref().unwrap_or("not set")
                ));
            }
        }
        for (store, holding) in stores {
            let place = Place::of(*kind, *store, holding);
            if is_json {
                output::print(&place);
            } else {
                say::out(format_args!("  {:<17}  {}", place.store, Shown::new(place.says())));
            }
        }
    }
    if survey.is_empty() && !is_json {
        say::out(format_args!("{} sends without a secret that could be kept", account.name));
    }
}

impl<'a> Place<'a> {
    fn of(kind: Kind, store: Store, holding: &'a Holding) -> Self {
        let (state, why) = match holding {
            Holding::Held => ("held", None),
            Holding::Empty => ("empty", None),
            Holding::Locked => ("locked", None),
            Holding::Absent => ("absent", None),
            Holding::Unavailable(why) => ("unavailable", Some(why.as_str())),
        };
        Self { secret: kind.as_str(), store: store.as_str(), state, why }
    }

    fn says(&self) -> &'a str {
        match (self.state, self.why) {
            (_, Some(why)) => why,
            ("held", None) => "kept",
            ("empty", None) => "nothing of it",
            ("locked", None) => "locked; --unlock asks for its passphrase",
            _ => "none yet; keeping something there makes one",
        }
    }
}
