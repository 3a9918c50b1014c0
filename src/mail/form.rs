//! An account as somebody fills it in: every value a text as it was typed, right or not. What is right is said by
//! `Settings::parse` alone: a form is written as the file would have it, and read.

mod identity;
mod key;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

pub use identity::IdentityForm;
pub use key::{IdentityKey, Key, Kind};

use super::account::{Account, Auth, Trust};
use super::address::Mailbox;
use super::argv;
use super::edit::Change;
use super::oauth::Grant;
use super::preset::{Guess, PRESETS, Preset};
use super::proxy::Proxy;
use super::settings::{Settings, SettingsError};

/// The values of an account. A key that is not there, or is empty, is left to its default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountForm {
    values: BTreeMap<Key, String>,
    pub identities: Vec<IdentityForm>,
}

/// A value that cannot stay as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// None: an identity, or the account as a whole.
    pub key: Option<Key>,
    pub why: String,
}

/// Stand-ins for what is wrong, so that the rest can be read, too.
const ANY_NAME: &str = "account";
const ANY_SENDER: &str = "nobody@localhost";

impl AccountForm {
    /// A form to start from, with what an address and a guess tell.
    pub fn new(name: &str, from: &Mailbox, guess: &Guess) -> Self {
        let mut form = Self::default();
        form.set(Key::Name, name);
        form.set(Key::From, from.to_string());
        form.choose(guess);
        form
    }

    /// Takes the server lines of a guess in place of those that are there.
    pub fn choose(&mut self, guess: &Guess) {
        self.set(Key::Preset, guess.preset.name);
        self.set(Key::Host, guess.host.as_str());
        self.set(Key::Port, guess.port.to_string());
        self.set(Key::Security, guess.security.as_str());
        self.set(Key::Auth, guess.preset.auth.as_str());
    }

    /// The form of an account as it is in force, its defaults filled in.
    pub fn of(account: &Account) -> Self {
        let mut form = Self::default();
        form.set(Key::Name, account.name.as_str());
        form.set(Key::From, account.from.to_string());
        form.set_server(account);
        form.set_rest(account);
        form.set_oauth(account);
        form.identities = account.identities.iter().map(IdentityForm::of).collect();
        form
    }

    fn set_server(&mut self, account: &Account) {
        let domain = account.sender().domain();
        let is_it = |preset: &&Preset| {
            preset.host(domain).eq_ignore_ascii_case(&account.host)
                && (preset.port, preset.security) == (account.port, account.security)
                && (preset.auth == Auth::None) == (account.auth == Auth::None)
        };
        self.set(Key::Preset, PRESETS.iter().find(is_it).map_or("", |preset| preset.name));
        self.set(Key::Host, account.host.as_str());
        self.set(Key::Port, account.port.to_string());
        self.set(Key::Security, account.security.as_str());
        self.set(Key::Auth, account.auth.as_str());
        self.set(Key::Username, account.username.as_str());
        let command = account.password_command.as_deref();
        self.set(Key::PasswordCommand, command.map(argv::join).unwrap_or_default());
        if let Trust::SystemAnd(file) = &account.trust {
            self.set(Key::CaFile, file.display().to_string());
        }
    }

    fn set_rest(&mut self, account: &Account) {
        self.set(Key::ReplyTo, account.reply_to.as_ref().map(ToString::to_string).unwrap_or_default());
        self.set(Key::Signature, account.signature.clone().unwrap_or_default());
        if let Some(dsn) = account.extras.dsn {
            self.set(Key::Notify, dsn.notify.to_string().to_ascii_lowercase());
            self.set(Key::Return, if dsn.ret == super::dsn::Return::Full { "full" } else { "headers" });
        }
        self.set(
            Key::Proxy,
            match &account.extras.proxy {
                Proxy::FromEnvironment => String::new(),
                Proxy::Direct => "none".to_owned(),
                Proxy::Via(server) => server.to_url(),
            },
        );
        self.set(Key::ConnectAhead, flag(account.extras.connect_ahead));
        self.set(Key::Chunking, flag(account.extras.chunking));
        self.set(Key::Helo, account.helo.as_str());
    }

    fn set_oauth(&mut self, account: &Account) {
        let Some(oauth) = &account.oauth else { return };
        self.set(Key::ClientId, oauth.client_id.as_str());
        self.set(Key::Tenant, oauth.tenant.as_str());
        self.set(Key::Cloud, oauth.cloud.as_str());
        self.set(Key::Authority, oauth.authority.clone().unwrap_or_default());
        self.set(Key::SignInAs, oauth.person.as_str());
        self.set(Key::AcceptBroader, flag(oauth.accepts_broader));
        match &oauth.grant {
            Grant::Person => self.set(Key::Grant, "person"),
            Grant::Service { certificate } => {
                self.set(Key::Grant, "service");
                let file = certificate.as_ref().map(|file| file.display().to_string());
                self.set(Key::Certificate, file.unwrap_or_default());
            }
        }
    }

    /// What was typed; empty where nothing was.
    pub fn value(&self, key: Key) -> &str {
        self.values.get(&key).map_or("", String::as_str)
    }

    /// What was the sender's address by default follows the sender; the tenant comes and goes with the application.
    pub fn set(&mut self, key: Key, typed: impl Into<String>) {
        let typed = typed.into();
        if key == Key::ClientId && typed.is_empty() != self.value(key).is_empty() {
            let home = self.home_tenant();
            if typed.is_empty() && self.value(Key::Tenant) == home {
                self.values.remove(&Key::Tenant);
            } else if self.value(Key::Tenant).is_empty() && !home.is_empty() {
                self.values.insert(Key::Tenant, home);
            }
        }
        if key == Key::From
            && let (Ok(before), Ok(after)) = (Mailbox::parse(self.value(key)), Mailbox::parse(&typed))
        {
            let was = |value: &String| *value == before.address.to_string();
            for follower in [Key::Username, Key::SignInAs] {
                if self.values.get(&follower).is_some_and(was) {
                    self.values.insert(follower, after.address.to_string());
                }
            }
        }
        if typed.is_empty() {
            self.values.remove(&key);
        } else {
            self.values.insert(key, typed);
        }
    }

    /// The directory in which the sender's organisation registers an application of its own: by default such an application knows
    /// no other, and `organizations` would be refused. Empty where it cannot be told.
    fn home_tenant(&self) -> String {
        match self.value(Key::Preset) {
            "outlook.com" => "consumers".to_owned(),
            "microsoft365" | "gcc-high" | "dod" | "21vianet" => {
                let sender = Mailbox::parse(self.value(Key::From));
                sender.map(|sender| sender.address.domain().to_ascii_lowercase()).unwrap_or_default()
            }
            _ => String::new(),
        }
    }

    /// Is this value right, seen with the others? `taken` are the names of the other accounts.
    pub fn check(&self, key: Key, taken: &[String]) -> Result<(), String> {
        let problem = self.problems(taken).into_iter().find(|problem| problem.key == Some(key));
        problem.map_or(Ok(()), |problem| Err(problem.why))
    }

    /// Everything that is wrong, in the order of the keys.
    pub fn problems(&self, taken: &[String]) -> Vec<Problem> {
        let mut form = self.clone();
        let mut problems = Vec::new();
        if taken.iter().any(|name| name == self.value(Key::Name)) {
            let why = "another account is called that; give this one another name".to_owned();
            problems.push(Problem { key: Some(Key::Name), why });
            form.set(Key::Name, ANY_NAME);
        }
        // Each round takes one mistake out, so that those behind it are seen; there are no more than keys.
        while let Err(problem) = form.read() {
            if problems.iter().any(|known: &Problem| known.key == problem.key) {
                break;
            }
            match problem.key {
                Some(Key::Name) => form.set(Key::Name, ANY_NAME),
                Some(Key::From) => form.set(Key::From, ANY_SENDER),
                Some(Key::ClientId) => form.values.retain(|key, _| !key.is_oauth()),
                Some(key) => form.set(key, ""),
                None => form.identities.clear(),
            }
            problems.push(problem);
        }
        problems.sort_by_key(|problem| problem.key);
        problems
    }

    /// The account that the form describes; `Err` is the first mistake. Relative paths in it start nowhere yet.
    pub fn read(&self) -> Result<Account, Problem> {
        let required = |key: Key, why: &str| match self.value(key).trim() {
            "" => Err(Problem { key: Some(key), why: why.to_owned() }),
            _ => Ok(()),
        };
        required(Key::Name, "it must be a visible word")?;
        required(Key::From, "it must be your address, such as Ana Silva <ana@contoso.com>")?;
        if self.values.keys().any(|key| key.is_oauth()) {
            required(Key::ClientId, "the lines for OAuth need the application (client) id beside them")?;
        }
        let settings = Settings::parse(&self.to_toml()?, Path::new("")).map_err(|error| match error {
            SettingsError::Value { key, why, .. } => Problem { key: Key::named(key), why },
            SettingsError::Syntax(says) => {
                // The keys are ours, so what cannot be read is a value; serde names it by its line alone.
                let key = Key::ALL.into_iter().find(|key| says.contains(&format!("| {} = ", key.leaf())));
                let why = says.lines().last().unwrap_or_default().to_owned();
                Problem { key, why }
            }
            other => Problem { key: None, why: other.to_string() },
        })?;
        settings.accounts.into_iter().next().ok_or(Problem { key: None, why: "it is empty".into() })
    }

    /// The lines of the file that say the same.
    pub fn to_toml(&self) -> Result<String, Problem> {
        let mut text = "[[account]]\n".to_owned();
        let lines = |wanted: bool| self.values.iter().filter(move |(key, _)| key.is_oauth() == wanted);
        for (key, typed) in lines(false) {
            line(&mut text, *key, typed)?;
        }
        if lines(true).next().is_some() {
            text.push_str("\n[account.oauth]\n");
            for (key, typed) in lines(true) {
                line(&mut text, *key, typed)?;
            }
        }
        for identity in &self.identities {
            text.push('\n');
            text.push_str(&identity.to_toml());
        }
        Ok(text)
    }

    /// The same without what the file need not say, since it would mean the same without it.
    #[must_use]
    pub fn shortest(&self) -> Self {
        let Ok(account) = self.read() else { return self.clone() };
        let mut short = self.clone();
        let kept = [Key::Name, Key::From, Key::Preset, Key::ClientId];
        // A server that is guessed from the sender would change with it.
        let is_guess = Preset::named(self.value(Key::Preset)).is_some_and(Preset::is_guess);
        let is_kept = |key: &Key| kept.contains(key) || *key == Key::Host && is_guess;
        for key in Key::ALL.into_iter().filter(|key| !is_kept(key)) {
            let mut shorter = short.clone();
            shorter.set(key, "");
            if shorter.read().as_ref() == Ok(&account) {
                short = shorter;
            }
        }
        short
    }

    /// What has to be changed to come here from `before`.
    pub fn changes_from(&self, before: &Self) -> Vec<Change> {
        let set = |key: Key| Change::Set { key, value: self.value(key).to_owned() };
        let differs = |key: &Key| self.value(*key) != before.value(*key);
        let mut changes: Vec<Change> = Key::ALL.into_iter().filter(differs).map(set).collect();
        let shared = self.identities.len().min(before.identities.len());
        for (index, (new, old)) in self.identities.iter().zip(&before.identities).enumerate() {
            for key in IdentityKey::ALL.into_iter().filter(|key| new.value(*key) != old.value(*key)) {
                changes.push(Change::SetIdentity { index, key, value: new.value(key).to_owned() });
            }
        }
        // From the end, so that the numbers of the others stay.
        changes.extend((shared..before.identities.len()).rev().map(Change::RemoveIdentity));
        changes.extend(self.identities[shared..].iter().cloned().map(Change::AddIdentity));
        changes
    }
}

fn flag(is_on: bool) -> &'static str {
    if is_on { "true" } else { "false" }
}

fn line(text: &mut String, key: Key, typed: &str) -> Result<(), Problem> {
    let value = key.value(typed).map_err(|why| Problem { key: Some(key), why })?;
    let _ = writeln!(text, "{} = {value}", key.leaf());
    Ok(())
}
