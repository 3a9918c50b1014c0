//! Access tokens without the person: fetched with the stored sign-in, or by the application's own proof, and shared by all tasks
//! of the run until five minutes before their end.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use crate::auth::helper::{self, Terminal};
use crate::auth::http::HttpError;
use crate::auth::oauth::{Client, ServiceProof, SignInError, Tokens};
use crate::mail::account::{Account, Trust};
use crate::mail::oauth::{Application, Grant};
use crate::mail::outcome::{Failure, Trouble};
use crate::mail::place::Place;
use crate::mail::secret::{Kind, Secret};
use crate::mail::stores::Memory;
use crate::store;

use super::clock;
use super::stores::Stores;
use super::vault::Asking;

/// A token that is nearer to its end than this is replaced before it is used.
const MARGIN: Duration = Duration::from_mins(5);

/// What is known of an account's secrets in this run; never on disk.
#[derive(Clone, Default)]
pub struct Remembered {
    /// What opens the session: a password that was accepted, or a token that is still good.
    pub secret: Option<Arc<Secret>>,
    /// A sign-in that no store would keep.
    pub sign_in: Option<Arc<Secret>>,
    /// How long the token is still good for.
    pub left: Option<Duration>,
    /// What a store holds was refused by the server: it is no use to try it again.
    pub is_refused: bool,
}

/// All of them. One owner: the loop.
#[derive(Default)]
pub(super) struct Wallet {
    /// What was typed and accepted, by server and user: an account may be given others under the same name.
    typed: HashMap<Place, Arc<Secret>>,
    /// Access tokens and their ends, by the sign-in that they come from.
    access: HashMap<Place, (Arc<Secret>, Instant)>,
    sign_ins: HashMap<Place, Arc<Secret>>,
    /// Whose kept password was refused.
    refused: HashSet<Place>,
}

/// New tokens of a sign-in.
#[derive(Clone)]
pub struct Fresh {
    pub(super) of: Place,
    pub(super) access: Arc<Secret>,
    pub(super) until: Instant,
    /// Where no store would keep it.
    pub(super) sign_in: Option<Arc<Secret>>,
}

impl Fresh {
    /// How long the access token is good for.
    pub(super) fn left(&self) -> Duration {
        self.until.saturating_duration_since(Instant::now())
    }
}

impl Wallet {
    pub(super) fn of(&self, account: &Account) -> Remembered {
        let Some(application) = &account.oauth else {
            let is_refused = self.refused.contains(&Place::of_session(account));
            return Remembered {
                secret: self.typed.get(&Place::of_session(account)).cloned(),
                sign_in: None,
                left: None,
                is_refused,
            };
        };
        let place = place(account, application);
        let good = self.access.get(&place).filter(|(_, until)| *until > Instant::now() + MARGIN);
        let left = good.map(|(_, until)| until.saturating_duration_since(Instant::now()));
        let secret = good.map(|(secret, _)| Arc::clone(secret));
        Remembered { secret, left, sign_in: self.sign_ins.get(&place).cloned(), is_refused: false }
    }

    pub(super) fn typed(&self, account: &Account) -> Option<&Arc<Secret>> {
        self.typed.get(&Place::of_session(account))
    }

    /// What of the account's secrets goes with the run.
    pub(super) fn memory(&self, account: &Account) -> Memory {
        let place = account.oauth.as_ref().map(|application| place(account, application));
        let token = place.as_ref().and_then(|place| self.access.get(place));
        Memory {
            has_typed: self.typed.contains_key(&Place::of_session(account)),
            has_sign_in: place.as_ref().is_some_and(|place| self.sign_ins.contains_key(place)),
            token: token.map(|(_, until)| until.saturating_duration_since(Instant::now())),
        }
    }

    /// A password that was accepted. A token is remembered with its end, or not at all.
    pub(super) fn remember(&mut self, account: &Account, secret: Arc<Secret>) {
        if account.oauth.is_none() {
            let place = Place::of_session(account);
            self.refused.remove(&place);
            self.typed.insert(place, secret);
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
        let session = Place::of_session(account);
        let was_typed = self.typed.remove(&session).is_some();
        if !was_typed && account.oauth.is_none() {
            self.refused.insert(session);
        }
        if let Some(application) = &account.oauth {
            self.access.remove(&place(account, application));
        }
    }

    /// What a store holds now is not what was refused.
    pub(super) fn replaced(&mut self, account: &Account) {
        let session = Place::of_session(account);
        self.typed.remove(&session);
        self.refused.remove(&session);
    }

    pub(super) fn sign_out(&mut self, account: &Account) {
        self.replaced(account);
        if let Some(application) = &account.oauth {
            let place = place(account, application);
            self.access.remove(&place);
            self.sign_ins.remove(&place);
        }
    }
}

/// Why there is no token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Missing {
    /// Nobody is signed in, or no more; the stores said this.
    #[error("nobody is signed in for this account: {}", .0.join("; "))]
    NotSignedIn(Vec<String>),
    #[error("{0}")]
    Failed(String),
    /// No store had it, as these notes say, and nobody entered it.
    #[error("{}", .0.join("; "))]
    NotGiven(Vec<String>),
}

impl Missing {
    /// As the log and the report tell it.
    pub fn failure(&self, account: &Account) -> Failure {
        let (trouble, detail) = match self {
            Self::NotSignedIn(notes) => {
                (Trouble::NotSignedIn, format!("nobody is signed in: {}", notes.join("; ")))
            }
            Self::Failed(why) => (Trouble::NoToken, why.clone()),
            Self::NotGiven(notes) => {
                let (word, user) = (account.secret_word(), &account.username);
                (Trouble::NoSecret, format!("no {word} was given for {user}: {}", notes.join("; ")))
            }
        };
        Failure { trouble, detail }
    }
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

/// New tokens for `account`, from the sign-in in the stores or the one that only this run knows; `tell` hears of them first. A
/// renewal is finished even if nobody waits for it any more: half of one would lose what replaces the old sign-in.
pub(super) async fn fetch(
    account: &Account,
    sign_in: Option<Arc<Secret>>,
    stores: &Stores,
    means: (Asking, Terminal),
    tell: impl FnOnce(Fresh) + Send + 'static,
) -> Result<Fresh, Missing> {
    let (account, stores) = (account.clone(), stores.clone());
    let renewal = async move {
        let fresh = fetch_now(&account, sign_in, &stores, means).await?;
        tell(fresh.clone());
        Ok(fresh)
    };
    let ended = |_fault| Err(Missing::Failed("the renewal ended by a fault of ours".to_owned()));
    tokio::spawn(renewal).await.unwrap_or_else(ended)
}

async fn fetch_now(
    account: &Account,
    sign_in: Option<Arc<Secret>>,
    stores: &Stores,
    (asking, terminal): (Asking, Terminal),
) -> Result<Fresh, Missing> {
    let application = account.oauth.as_ref().ok_or_else(no_application)?;
    let (tokens, unkept) = match &application.grant {
        Grant::Person => renew(account, sign_in, stores, asking).await?,
        Grant::Service { certificate } => {
            let means = (asking, terminal);
            (of_service(account, certificate.as_deref(), stores, means).await?, None)
        }
    };
    let until = Instant::now() + tokens.expires;
    Ok(Fresh { of: place(account, application), access: Arc::new(tokens.access), until, sign_in: unkept })
}

/// By the application's own proof.
async fn of_service(
    account: &Account,
    certificate: Option<&Path>,
    stores: &Stores,
    (asking, terminal): (Asking, Terminal),
) -> Result<Tokens, Missing> {
    let proof = if let Some(file) = certificate {
        let file = file.to_owned();
        let text = tokio::task::spawn_blocking(move || store::read_text(&file)).await;
        let text = text.map_err(|error| Missing::Failed(error.to_string()))?;
        ServiceProof::Certificate(Secret::new(text.map_err(|why| Missing::Failed(why.to_string()))?))
    } else if let Some(argv) = &account.password_command {
        let secret = helper::run(argv, terminal).await;
        ServiceProof::Secret(secret.map_err(|error| Missing::Failed(error.to_string()))?)
    } else {
        let place = Place::of(Kind::ClientSecret, account).ok_or_else(no_application)?;
        let looked = stores.look(&place, Kind::ClientSecret.as_str(), asking).await;
        let (secret, _) = looked.found.ok_or(Missing::NotGiven(looked.notes))?;
        ServiceProof::Secret(secret)
    };
    let client = client(account).await.map_err(|error| failed(&error))?;
    client.service(&proof, clock::now()).await.map_err(|error| failed(&error))
}

/// New tokens, and the sign-in if no store would keep it. The new sign-in is stored before the token is used: a crash in between
/// leaves the old one, which stays good at Microsoft.
async fn renew(
    account: &Account,
    sign_in: Option<Arc<Secret>>,
    stores: &Stores,
    asking: Asking,
) -> Result<(Tokens, Option<Arc<Secret>>), Missing> {
    let place = Place::of(Kind::RefreshToken, account).ok_or_else(no_application)?;
    let what = Kind::RefreshToken.as_str();
    // First what may take a person's time, then the turn: another sendoff need not wait for a passphrase.
    let seen = stores.look(&place, what, asking).await;
    let _turn = stores.turn().await;
    let looked = if seen.found.is_some() { stores.look(&place, what, Asking::Forbidden).await } else { seen };
    let (old, store) = match (looked.found, sign_in) {
        (Some((kept, store)), _) => (kept, Some(store)),
        (None, Some(remembered)) => (Secret::new(remembered.reveal().to_owned()), None),
        (None, None) => return Err(Missing::NotSignedIn(looked.notes)),
    };
    let client = client(account).await.map_err(|error| failed(&error))?;
    let mut tokens = client.refresh(&old).await.map_err(|error| failed(&error))?;
    let new = tokens.refresh.take().unwrap_or(old);
    let is_kept = match store {
        Some(store) => stores.keep_in(store, &place, &new).await.is_ok(),
        None => false,
    };
    Ok((tokens, (!is_kept).then(|| Arc::new(new))))
}

fn no_application() -> Missing {
    Missing::NotSignedIn(vec!["the account has no application".to_owned()])
}

fn failed(error: &SignInError) -> Missing {
    let cause = error.cause();
    if error.needs_sign_in() {
        Missing::NotSignedIn(vec![cause.says])
    } else {
        Missing::Failed(format!("{} {}", cause.says, cause.todo))
    }
}
