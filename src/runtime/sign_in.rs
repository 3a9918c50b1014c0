//! Signing in by OAuth 2.0 with the person: one way in from its start to a sign-in that is stored.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use tokio::time::{Instant, interval_at};

use crate::app::model::SignInId;
use crate::app::msg::Msg;
use crate::auth::oauth::{Client, Loopback, SignInError, Tokens};
use crate::mail::account::Account;
use crate::mail::oauth::Way;
use crate::mail::place::Place;
use crate::mail::secret::{Kind, Secret};
use crate::mail::sign_in::{Blocked, News};
use crate::mail::stores::Store;

use super::event::Event;
use super::stores::Stores;
use super::tokens::{self, Fresh};

/// How often the time that is left is told anew.
const TOLD: Duration = Duration::from_secs(15);

/// One that goes on. Dropped, it stops.
pub(super) struct SigningIn {
    _stop: oneshot::Sender<()>,
    pasted: UnboundedSender<Secret>,
}

impl SigningIn {
    pub(super) fn begin(
        id: SignInId,
        account: Account,
        way: Way,
        stores: Stores,
        events: UnboundedSender<Event>,
    ) -> Self {
        let (stop, stopped) = oneshot::channel::<()>();
        let (pasted, mut brought) = unbounded_channel();
        tokio::spawn(async move {
            let tell = |news| drop(events.send(Event::Msg(Msg::SignIn(id, news))));
            let done = tokio::select! {
                biased;
                _ = stopped => return,
                done = run(&account, way, &stores, &mut brought, tell) => done,
            };
            match done {
                Err(error) => tell(failed(&error)),
                Ok(signed_in) => {
                    let who = signed_in.who.clone();
                    let is_lasting = signed_in.sign_in.is_some();
                    let kept = signed_in.kept.clone().unwrap_or_else(|why| in_memory(&why, is_lasting));
                    let _ = events.send(Event::Token(signed_in.fresh(&account)));
                    tell(News::Done { who, kept });
                }
            }
        });
        Self { _stop: stop, pasted }
    }

    pub(super) fn bring(&self, pasted: Secret) {
        let _ = self.pasted.send(pasted);
    }
}

/// How it ended well.
pub struct SignedIn {
    pub who: String,
    /// Where the sign-in is, and how long it lasts: a sentence or two. `Err`: why it ends with this run.
    pub kept: Result<String, String>,
    tokens: Tokens,
    /// Where no store would keep it.
    sign_in: Option<Arc<Secret>>,
}

impl SignedIn {
    fn fresh(self, account: &Account) -> Fresh {
        let application = account.oauth.as_ref().expect("it signed in by its application");
        Fresh {
            of: tokens::place(account, application),
            until: Instant::now() + self.tokens.expires,
            access: Arc::new(self.tokens.access),
            sign_in: self.sign_in,
        }
    }
}

/// What is told of one that did not come about.
pub fn failed(error: &SignInError) -> News {
    let others = error.other_ways().to_vec();
    News::Failed(Blocked {
        explanation: error.cause(),
        detail: error.to_string(),
        others,
        may_repeat: error.may_repeat(),
    })
}

/// Signs in. `brought` gives the address at which the browser ended, where the way asks for it.
pub async fn run(
    account: &Account,
    way: Way,
    stores: &Stores,
    brought: &mut UnboundedReceiver<Secret>,
    tell: impl Fn(News),
) -> Result<SignedIn, SignInError> {
    let client = tokens::client(account).await?;
    let mut tokens = match way {
        Way::DeviceCode => by_code(&client, &tell).await?,
        Way::Loopback => {
            let port = Loopback::bind().await?;
            let asked = client.authorize(&port.redirect())?;
            let (url, number) = (asked.url.clone(), port.port());
            tell(News::Link { url, port: Some(number), tunnel: tunnel(number) });
            let answer = port.wait(&asked).await?;
            client.redeem(&asked, &answer).await?
        }
        Way::PasteBack => {
            let asked = client.authorize(&client.paste_back())?;
            tell(News::Link { url: asked.url.clone(), port: None, tunnel: None });
            loop {
                let answer = brought.recv().await.ok_or(SignInError::NoCode("none was brought"))?;
                match client.redeem(&asked, &answer).await {
                    // Nobody was asked with it, so what is there still waits.
                    Err(error @ (SignInError::OtherSignIn | SignInError::NoCode(_)))
                        if !answer.is_empty() =>
                    {
                        tell(News::NotIt { url: asked.url.clone(), why: error.to_string() });
                    }
                    done => break done?,
                }
            }
        }
    };
    let who = tokens
        .who
        .as_ref()
        .map_or_else(|| "somebody whose name was not told".to_owned(), |who| who.address.to_string());
    let (kept, sign_in) = keep(account, tokens.refresh.take(), stores).await;
    Ok(SignedIn { who, kept, tokens, sign_in })
}

async fn by_code(client: &Client, tell: &impl Fn(News)) -> Result<Tokens, SignInError> {
    let code = client.device().await?;
    let until = Instant::now() + code.expires;
    tell(News::Code { user_code: code.user_code.clone(), uri: code.uri.clone(), left: code.expires });
    let mut clock = interval_at(Instant::now() + TOLD, TOLD);
    let done = client.poll(&code);
    tokio::pin!(done);
    loop {
        tokio::select! {
            done = &mut done => return done,
            _ = clock.tick() => tell(News::Waiting { left: until.saturating_duration_since(Instant::now()) }),
        }
    }
}

/// Stores the sign-in in the best place that this host has. Says where it is; or why it ends with this run, and gives it back.
async fn keep(
    account: &Account,
    refresh: Option<Secret>,
    stores: &Stores,
) -> (Result<String, String>, Option<Arc<Secret>>) {
    let place = account.oauth.as_ref().map(|application| tokens::place(account, application));
    let (Some(refresh), Some(place)) = (refresh, place) else {
        return (Err("no lasting sign-in (offline_access) was granted".into()), None);
    };
    if account.is_sandbox {
        return (Err("that of the sandbox is worth nothing elsewhere".into()), Some(Arc::new(refresh)));
    }
    match stores.keep(&place, &refresh).await {
        Ok(store) => {
            if store == Store::Kernel {
                return (Ok("The sign-in is kept in the kernel keyring for some hours (cache_hours in [secrets]).".into()), None);
            }
            let store = store.as_str();
            (
                Ok(format!(
                    "The sign-in is kept in the {store}. At Microsoft it lasts 90 days from its last use."
                )),
                None,
            )
        }
        Err(why) => (Err(why), Some(Arc::new(refresh))),
    }
}

fn in_memory(why: &str, is_lasting: bool) -> String {
    if is_lasting {
        format!("The sign-in is kept in memory until you leave: {why}.")
    } else {
        format!("It ends with its access token, in about an hour: {why}.")
    }
}

/// Removes every secret of an account from the stores; says what was done.
pub async fn sign_out(account: &Account, stores: &Stores) -> Result<String, String> {
    let (mut emptied, mut troubles) = (Vec::new(), Vec::new());
    for store in Store::ALL {
        for place in Kind::ALL.into_iter().filter_map(|kind| Place::of(kind, account)) {
            match stores.delete(store, &place).await {
                Ok(was_there) => emptied.extend(was_there.then_some(store.as_str())),
                Err(why) => {
                    troubles.push(format!("not out of the {}: {why}", store.as_str()));
                    // The next place is behind the same door.
                    break;
                }
            }
        }
    }
    stores.forget_passphrase().await;
    emptied.dedup();
    let name = &account.name;
    if !troubles.is_empty() {
        return Err(format!("{name}: signed out of this run, but {}", troubles.join("; ")));
    }
    Ok(match emptied.as_slice() {
        [] => format!("{name}: signed out; no store of this host held anything of it"),
        stores => format!("{name}: signed out; the {} holds nothing of it any more", stores.join(" or the ")),
    })
}

/// What lets a browser on one's own machine reach a port of this one, where one came by SSH.
fn tunnel(port: u16) -> Option<String> {
    let host = super::ssh_host()?;
    Some(format!("ssh -L {port}:127.0.0.1:{port} {host}"))
}
