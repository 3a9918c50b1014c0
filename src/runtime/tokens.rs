//! Access tokens without the person: fetched with the stored sign-in, or by the application's own proof, and shared by all tasks
//! of the run until five minutes before their end.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc::UnboundedSender;
use tokio::time::Instant;

use crate::auth::http::HttpError;
use crate::auth::keyring;
use crate::auth::oauth::{Client, ServiceProof, SignInError, Tokens};
use crate::mail::account::{Account, Trust};
use crate::mail::oauth::{Application, Grant};
use crate::mail::place::Place;
use crate::mail::secret::{Kind, Secret};
use crate::store;

use super::clock;
use super::perform::Event;

/// A token that is nearer to its end than this is replaced before it is used.
const MARGIN: Duration = Duration::from_mins(5);

/// What is known of an account's secrets in this run; never on disk.
#[derive(Clone, Default)]
pub(super) struct Remembered {
    /// What opens the session: a password that was accepted, or a token that is still good.
    pub(super) secret: Option<Arc<Secret>>,
    /// A sign-in that no store would keep.
    pub(super) sign_in: Option<Arc<Secret>>,
}

/// All of them. One owner: the loop.
#[derive(Default)]
pub(super) struct Wallet {
    /// What was typed and accepted, by account.
    typed: HashMap<String, Arc<Secret>>,
    /// Access tokens and their ends, by the sign-in that they come from.
    access: HashMap<Place, (Arc<Secret>, Instant)>,
    sign_ins: HashMap<Place, Arc<Secret>>,
}

/// New tokens of a sign-in.
pub(super) struct Fresh {
    pub(super) of: Place,
    pub(super) access: Arc<Secret>,
    pub(super) until: Instant,
    /// Where no store would keep it.
    pub(super) sign_in: Option<Arc<Secret>>,
}

impl Wallet {
    pub(super) fn of(&self, account: &Account) -> Remembered {
        let Some(application) = &account.oauth else {
            return Remembered { secret: self.typed.get(&account.name).cloned(), sign_in: None };
        };
        let place = place(account, application);
        let good = self.access.get(&place).filter(|(_, until)| *until > Instant::now() + MARGIN);
        let secret = good.map(|(secret, _)| Arc::clone(secret));
        Remembered { secret, sign_in: self.sign_ins.get(&place).cloned() }
    }

    pub(super) fn typed(&self, account: &Account) -> Option<&Arc<Secret>> {
        self.typed.get(&account.name)
    }

    /// A password that was accepted. A token is remembered with its end, or not at all.
    pub(super) fn remember(&mut self, account: &Account, secret: Arc<Secret>) {
        if account.oauth.is_none() {
            self.typed.insert(account.name.clone(), secret);
        }
    }

    pub(super) fn take_in(&mut self, fresh: Fresh) {
        if let Some(sign_in) = fresh.sign_in {
            self.sign_ins.insert(fresh.of.clone(), sign_in);
        }
        self.access.insert(fresh.of, (fresh.access, fresh.until));
    }

    /// The server refused it: the next attempt fetches another, or asks.
    pub(super) fn forget(&mut self, account: &Account) {
        self.typed.remove(&account.name);
        if let Some(application) = &account.oauth {
            self.access.remove(&place(account, application));
        }
    }

    pub(super) fn sign_out(&mut self, account: &Account) {
        self.forget(account);
        if let Some(application) = &account.oauth {
            self.sign_ins.remove(&place(account, application));
        }
    }
}

/// Why there is no token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Missing {
    #[error("nobody is signed in for this account")]
    NotSignedIn,
    #[error("{0}")]
    Failed(String),
}

/// The names of the sign-in, and of what the application proves itself by.
pub(super) fn place(account: &Account, application: &Application) -> Place {
    let kind = match application.grant {
        Grant::Person => Kind::RefreshToken,
        Grant::Service { .. } => Kind::ClientSecret,
    };
    Place::of(kind, account).expect("the account has an application")
}

/// Whoever speaks to the sign-in service of the account. Reads files, so it works on a thread of its own.
pub(super) async fn client(account: &Account) -> Result<Client, SignInError> {
    let (oauth, trust) = (account.oauth.clone(), account.trust.clone());
    let proxy = account.extras.proxy.clone();
    let made = tokio::task::spawn_blocking(move || {
        let application = oauth.expect("only accounts with an application sign in");
        let extra = match trust {
            // A root that is named and cannot be read is a mistake, not a reason to go on without it.
            Trust::SystemAnd(file) => Some(store::read_text(&file).map_err(|_unreadable| HttpError::Root)?),
            Trust::Only(pem) => Some(pem),
            Trust::System => None,
        };
        Client::new(&application, extra.as_deref())?.through(&proxy)
    });
    made.await.unwrap_or(Err(SignInError::NoCode("the client could not be made")))
}

/// A token for `account`, from what the stores and this run know.
pub async fn fetch(account: &Account) -> Result<Secret, Missing> {
    renew(account, None).await.map(|(tokens, _)| tokens.access)
}

/// The same for a task of the composer: what is new is told to the loop.
pub(super) async fn fetch_for_run(
    account: &Account,
    sign_in: Option<Arc<Secret>>,
    events: &UnboundedSender<Event>,
) -> Result<Arc<Secret>, Missing> {
    let application = account.oauth.as_ref().ok_or(Missing::NotSignedIn)?;
    let (tokens, unkept) = renew(account, sign_in).await?;
    let access = Arc::new(tokens.access);
    let fresh = Fresh {
        of: place(account, application),
        access: Arc::clone(&access),
        until: Instant::now() + tokens.expires,
        sign_in: unkept,
    };
    let _ = events.send(Event::Token(fresh));
    Ok(access)
}

/// New tokens, and the sign-in if no store would keep it. The new sign-in is stored before the token is used: a crash in between
/// leaves the old one, which stays good at Microsoft.
async fn renew(
    account: &Account,
    sign_in: Option<Arc<Secret>>,
) -> Result<(Tokens, Option<Arc<Secret>>), Missing> {
    let application = account.oauth.as_ref().ok_or(Missing::NotSignedIn)?;
    let place = place(account, application);
    let stored = keyring::get(place.clone()).await;
    let failed = |error: SignInError| {
        let cause = error.cause();
        if error.needs_sign_in() {
            Missing::NotSignedIn
        } else {
            Missing::Failed(format!("{} {}", cause.says, cause.todo))
        }
    };
    if let Grant::Service { certificate } = &application.grant {
        let proof = match (certificate.clone(), stored) {
            (Some(file), _) => {
                let text = tokio::task::spawn_blocking(move || store::read_text(&file)).await;
                let text = text.map_err(|error| Missing::Failed(error.to_string()))?;
                ServiceProof::Certificate(Secret::new(text.map_err(|why| Missing::Failed(why.to_string()))?))
            }
            (None, Ok(Some(secret))) => ServiceProof::Secret(secret),
            (None, Ok(None)) => return Err(Missing::NotSignedIn),
            (None, Err(trouble)) => return Err(Missing::Failed(trouble.to_string())),
        };
        let client = client(account).await.map_err(failed)?;
        return Ok((client.service(&proof, clock::now()).await.map_err(failed)?, None));
    }
    let is_stored = matches!(stored, Ok(Some(_)));
    let old = match (stored, sign_in) {
        (Ok(Some(stored)), _) => stored,
        (_, Some(remembered)) => Secret::new(remembered.reveal().to_owned()),
        (_, None) => return Err(Missing::NotSignedIn),
    };
    let client = client(account).await.map_err(failed)?;
    let mut tokens = client.refresh(&old).await.map_err(failed)?;
    let new = tokens.refresh.take().unwrap_or(old);
    if is_stored {
        let copy = Secret::new(new.reveal().to_owned());
        if keyring::keep(place, copy).await.is_ok() {
            return Ok((tokens, None));
        }
    }
    Ok((tokens, Some(Arc::new(new))))
}
