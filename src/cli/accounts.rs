//! `sendoff accounts`: the accounts of the configuration, from the command line.

mod add;
mod edit;
mod import;
mod list;
mod secrets;
mod sign_in;

use std::fmt::Display;
use std::io::{BufRead as _, IsTerminal as _};

use clap::{Args, Subcommand, ValueEnum};

use crate::mail::account::Account;
use crate::mail::edit::{Direction, Edit};
use crate::mail::guide;
use crate::mail::oauth::Cloud;
use crate::runtime::stores::Stores;
use crate::store::StoreError;
use crate::store::config::{self, Config, ConfigError, Done, EditError};
use crate::store::paths::Paths;

use super::{Arguments, Exit, account_of, check, prompt, say};

#[derive(Debug, Args)]
pub struct Accounts {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// The accounts, in the order of the file
    List {
        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Add an account; what is not said is guessed from the address, and shown
    Add(Box<add::Add>),
    /// Change lines of an account: port=2525, or port= for the usual one
    Edit(edit::Change),
    /// Take an account out of the file
    Remove { name: String },
    /// Copy an account under another name
    Duplicate { name: String, new: String },
    /// Offer an account for sending again
    Enable { name: String },
    /// Keep an account in the file, but do not offer it for sending
    Disable { name: String },
    /// Start new messages with this account
    Default { name: String },
    /// Change the order
    Move {
        name: String,
        #[arg(value_enum)]
        to: To,
    },
    /// Take over accounts that msmtp, mutt, aerc or himalaya know; secrets are left out
    Import(import::Import),
    /// Find out whether an account can send, and why not; the same as sendoff check
    Test { name: String },
    /// Sign in by OAuth 2.0 with the application of the account
    SignIn(sign_in::SignIn),
    /// Remove every secret of an account from every store
    SignOut { name: String },
    /// Where the secrets of an account are, and why not in a better place
    Secrets(secrets::Secrets),
    /// How to register the application for signing in by OAuth: every click and permission
    Guide {
        /// global (GCC, too), gcc-high, dod or 21vianet
        #[arg(long, value_parser = cloud, default_value = "global")]
        cloud: Cloud,
        /// For a mailbox from which programs send, without a person
        #[arg(long)]
        service: bool,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum To {
    Up,
    Down,
}

/// Why something was not done: how to leave, and what to say.
struct Refusal(Exit, String);

type Outcome = Result<(), Refusal>;

async fn test(name: &str, arguments: &Arguments) -> Exit {
    let account = check::CheckAccount::of(name);
    Box::pin(prompt::unless_interrupted(check::run(&account, arguments))).await
}

pub(super) async fn run(accounts: &Accounts, arguments: &Arguments) -> Exit {
    if let Some(Command::Test { name }) = &accounts.command {
        return test(name, arguments).await;
    }
    if let Some(Command::Add(add)) = &accounts.command {
        return match File::find(arguments).and_then(|file| add::run(add, &file)) {
            Ok(Some(name)) => test(&name, arguments).await,
            Ok(None) => Exit::Ok,
            Err(Refusal(exit, why)) => {
                say::complain(&why);
                exit
            }
        };
    }
    match act(accounts, arguments).await {
        Ok(()) => Exit::Ok,
        Err(Refusal(exit, why)) => {
            say::complain(&why);
            exit
        }
    }
}

async fn act(accounts: &Accounts, arguments: &Arguments) -> Outcome {
    let file = File::find(arguments)?;
    let name = |name: &String| name.clone();
    match &accounts.command {
        None => {
            list::print(&file.read()?, false);
            Ok(())
        }
        Some(Command::List { json }) => {
            list::print(&file.read()?, *json);
            Ok(())
        }
        Some(Command::Edit(change)) => edit::run(change, &file),
        Some(Command::Remove { name: gone }) => remove(&file, gone),
        Some(Command::Duplicate { name: account, new }) => {
            let edit = Edit::Duplicate { account: name(account), name: name(new) };
            file.change_and_say(&edit, format_args!("{new} is a copy of {account}"))
        }
        Some(Command::Enable { name: account }) => {
            let edit = Edit::Disable { account: name(account), is_disabled: false };
            file.change_and_say(&edit, format_args!("{account} is offered for sending"))
        }
        Some(Command::Disable { name: account }) => {
            let edit = Edit::Disable { account: name(account), is_disabled: true };
            file.change_and_say(&edit, format_args!("{account} is no longer offered for sending"))
        }
        Some(Command::Default { name: account }) => {
            let edit = Edit::MakeDefault { account: name(account) };
            file.change_and_say(&edit, format_args!("new messages start with {account}"))
        }
        Some(Command::Move { name: account, to }) => {
            let to = if matches!(to, To::Up) { Direction::Up } else { Direction::Down };
            file.change(&Edit::Move { account: name(account), to })?;
            list::print(&file.read()?, false);
            Ok(())
        }
        Some(Command::Test { .. } | Command::Add(_)) => Ok(()),
        Some(Command::SignIn(wanted)) => prompt::unless_interrupted(sign_in::sign_in(wanted, &file)).await,
        Some(Command::SignOut { name }) => prompt::unless_interrupted(sign_in::sign_out(name, &file)).await,
        Some(Command::Secrets(wanted)) => prompt::unless_interrupted(secrets::run(wanted, &file)).await,
        Some(Command::Import(import)) => import::run(import, &file),
        Some(Command::Guide { cloud, service }) => {
            say::out(if *service { guide::for_service(*cloud) } else { guide::for_person(*cloud) });
            Ok(())
        }
    }
}

/// Prints what was taken out, so that it can be put in again by hand.
fn remove(file: &File, name: &str) -> Outcome {
    let done = file.change(&Edit::Remove { account: name.to_owned() })?;
    let lines = done.edited.removed.map(|removed| removed.block).unwrap_or_default();
    let file = file.paths.config_file.display();
    say::out(format_args!("removed {name} from {file}; these were its lines:\n\n{lines}"));
    say::complain(
        "what was kept to sign in with stays in the keyring and the vault; `accounts sign-out`, before an account is removed, takes it out",
    );
    Ok(())
}

/// The configuration file, as the arguments name it.
struct File {
    paths: Paths,
    is_named: bool,
}

/// How often a change is tried anew when another program was faster.
const TRIES: usize = 5;

impl File {
    fn find(arguments: &Arguments) -> Result<Self, Refusal> {
        let paths = Paths::find(arguments.config.as_deref(), false)?;
        Ok(Self { paths, is_named: arguments.config.is_some() })
    }

    fn read(&self) -> Result<Config, Refusal> {
        let config = config::load(&self.paths.config_file, self.is_named)?;
        config.warnings.iter().for_each(say::complain);
        Ok(config)
    }

    /// Reads and changes the file. What was asked does not depend on what else is in it, so a change by another program in
    /// between is no reason to give up.
    fn change(&self, edit: &Edit) -> Result<Done, Refusal> {
        let attempt = || {
            // A new configuration may have any name.
            let is_named = self.is_named && !matches!(edit, Edit::Add(_));
            config::change(&config::load(&self.paths.config_file, is_named)?.source, edit)
        };
        let mut done = attempt();
        for _ in 1..TRIES {
            if !matches!(done, Err(ConfigError::ChangedElsewhere(_))) {
                break;
            }
            done = attempt();
        }
        Ok(done?)
    }

    fn account(&self, name: &str) -> Result<Account, Refusal> {
        let config = self.read()?;
        let account = account_of(&config.settings, Some(name), &self.paths);
        account.cloned().map_err(|why| Refusal(Exit::Config, why))
    }

    fn stores(&self) -> Result<Stores, Refusal> {
        Ok(prompt::stores(&self.paths, &self.read()?.settings))
    }

    fn change_and_say(&self, edit: &Edit, says: impl Display) -> Outcome {
        self.change(edit)?;
        say::out(says);
        Ok(())
    }

    /// The names that are taken.
    fn names(&self) -> Result<Vec<String>, Refusal> {
        let config = config::load(&self.paths.config_file, false)?;
        Ok(config.settings.accounts.into_iter().map(|account| account.name).collect())
    }
}

/// `name`, or with a number behind it if that is taken.
fn free_name(name: &str, taken: &[String]) -> String {
    let is_free = |name: &String| !taken.contains(name);
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    std::iter::once(name.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
}

/// Asks whoever sits at the terminal; None: nobody does.
fn agrees(question: &str, is_yes_usual: bool) -> Option<bool> {
    if !std::io::stdin().is_terminal() {
        return None;
    }
    say::err(format_args!("{question} {}", if is_yes_usual { "[Y/n]" } else { "[y/N]" }));
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer).ok()?;
    match answer.trim().to_ascii_lowercase().as_str() {
        // The end of the input is no consent.
        "" => Some(is_yes_usual && !answer.is_empty()),
        answer => Some(["y", "yes"].contains(&answer)),
    }
}

fn cloud(text: &str) -> Result<Cloud, String> {
    let found = Cloud::ALL.into_iter().find(|cloud| cloud.as_str() == text);
    found.ok_or_else(|| format!("there are {}", Cloud::ALL.map(Cloud::as_str).join(", ")))
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        let exit = match error {
            StoreError::Busy { .. } => Exit::TempFail,
            StoreError::NoHome => Exit::Config,
            _ => Exit::Io,
        };
        Self(exit, error.to_string())
    }
}

impl From<ConfigError> for Refusal {
    fn from(error: ConfigError) -> Self {
        let exit = match &error {
            ConfigError::Store(StoreError::Busy { .. }) | ConfigError::ChangedElsewhere(_) => Exit::TempFail,
            ConfigError::ReadOnly(_) | ConfigError::Dangling(_) => Exit::Io,
            ConfigError::Store(StoreError::Io { doing, .. }) if *doing != "read" => Exit::Io,
            ConfigError::Edit {
                why: EditError::Settings(_) | EditError::AtTheEnd(..) | EditError::NoIdentity { .. },
                ..
            } => Exit::Usage,
            ConfigError::Store(_)
            | ConfigError::Settings { .. }
            | ConfigError::Named(_)
            | ConfigError::Edit { .. } => Exit::Config,
        };
        Self(exit, error.to_string())
    }
}
