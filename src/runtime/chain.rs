//! The chain: what opens a session, from wherever there is one. First hit wins: what this run remembers, `password_command`, the
//! keyring, the vault, and then the person. An account with an application gets its token from the sign-in that is kept.

use std::sync::Arc;
use std::time::Duration;

use crate::auth::helper::{self, HelperError, Terminal};
use crate::mail::account::Account;
use crate::mail::place::Place;
use crate::mail::secret::Secret;
use crate::mail::stores::Store;

use super::sandbox;
use super::stores::Stores;
use super::tokens::{self, Fresh, Missing, Remembered};
use super::vault::Asking;

/// What `password_command` gave when it had the terminal.
pub type Lent = Result<Secret, HelperError>;

/// Whoever can be asked; as it stands here, nobody.
pub trait Person: Send {
    /// May the passphrase of the vault be asked for?
    const ASKING: Asking = Asking::Forbidden;
    /// Who has the terminal while a helper program runs.
    const TERMINAL: Terminal = Terminal::Taken;

    /// Hands the terminal to `password_command`, which may have something to ask there; `why`: what it said without.
    fn lend(&mut self, _why: &str) -> impl Future<Output = Option<Lent>> + Send {
        async { None }
    }

    /// A password or token, typed; `notes` say why nothing else had one.
    fn secret(&mut self, _notes: &[String]) -> impl Future<Output = Option<Secret>> + Send {
        async { None }
    }

    /// The token of somebody who signs in now; `notes` say what the stores had to say.
    fn sign_in(&mut self, _notes: &[String]) -> impl Future<Output = Option<Secret>> + Send {
        async { None }
    }

    /// Whoever keeps new tokens for later searches of this run.
    fn keeper(&self) -> impl FnOnce(Fresh) + Send + 'static {
        |_fresh| {}
    }
}

/// For looks that trouble no one.
pub struct Nobody;

impl Person for Nobody {}

/// What was found.
pub struct Found {
    /// None where the account signs in with none.
    pub secret: Option<Arc<Secret>>,
    pub source: Source,
    /// How long it is good for, where that is known: of access tokens.
    pub left: Option<Duration>,
}

impl Found {
    /// What the log says of its age, where it has one.
    pub fn age(&self) -> Option<String> {
        let minutes = self.left?.as_secs() / 60;
        let what = if self.source == Source::SignIn { "a new access token" } else { "the access token" };
        Some(format!("{what}, good for {minutes} min"))
    }
}

/// Where it is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The account needs none, or it is that of the sandbox.
    Given,
    /// It was good before in this run.
    Memory,
    Command,
    Kept(Store),
    /// A token of a sign-in.
    SignIn,
    /// Entered by a person now; it could be kept in this store.
    Typed(Store),
}

/// Looks for what opens a session of `account`. Takes up to 33 s if everything hangs, and as long as a person takes.
pub async fn find<P: Person>(
    account: &Account,
    remembered: Remembered,
    stores: &Stores,
    person: &mut P,
) -> Result<Found, Missing> {
    let found = |secret, source| Ok(Found { secret: Some(secret), source, left: None });
    if !account.needs_secret() {
        return Ok(Found { secret: None, source: Source::Given, left: None });
    }
    if account.is_sandbox && account.oauth.is_none() {
        return found(Arc::new(sandbox::secret()), Source::Given);
    }
    if let Some(secret) = remembered.secret {
        return Ok(Found { secret: Some(secret), source: Source::Memory, left: remembered.left });
    }
    if account.oauth.is_some() {
        return token(account, remembered.sign_in, stores, person).await;
    }
    let mut notes = Vec::new();
    if let Some(argv) = &account.password_command {
        match helper::run(argv, P::TERMINAL).await {
            Ok(secret) => return found(Arc::new(secret), Source::Command),
            Err(error @ HelperError::Start(..)) => notes.push(error.to_string()),
            // It may have wanted to ask.
            Err(error) => match person.lend(&error.to_string()).await {
                Some(Ok(secret)) => return found(Arc::new(secret), Source::Command),
                Some(Err(error)) => notes.push(error.to_string()),
                None => notes.push(error.to_string()),
            },
        }
    }
    let looked = stores.look(&Place::of_session(account), account.secret_word(), P::ASKING).await;
    match looked.found {
        Some((_, store)) if remembered.is_refused => {
            notes.push(format!("the server refused the {} in the {}", account.secret_word(), store.as_str()));
        }
        Some((secret, store)) => return found(Arc::new(secret), Source::Kept(store)),
        None => notes.extend(looked.notes),
    }
    match person.secret(&notes).await {
        Some(secret) => found(Arc::new(secret), Source::Typed(looked.best)),
        None => Err(Missing::NotGiven(notes)),
    }
}

/// A token of the sign-in that is kept; where there is none that works, the person signs in first.
async fn token<P: Person>(
    account: &Account,
    sign_in: Option<Arc<Secret>>,
    stores: &Stores,
    person: &mut P,
) -> Result<Found, Missing> {
    let means = (P::ASKING, P::TERMINAL);
    let (secret, left) = match tokens::fetch(account, sign_in, stores, means, person.keeper()).await {
        Ok(fresh) => (Arc::clone(&fresh.access), Some(fresh.left())),
        Err(Missing::NotSignedIn(notes)) => {
            let access = person.sign_in(&notes).await.ok_or(Missing::NotSignedIn(notes))?;
            (Arc::new(access), None)
        }
        Err(missing) => return Err(missing),
    };
    Ok(Found { secret: Some(secret), source: Source::SignIn, left })
}
