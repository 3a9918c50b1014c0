//! Our client signs Ana in at a certified provider, by every way, and the real mail server takes the tokens that it gets.
//!
//! The clock of these stories stands still while nothing happens, so nobody waits for a code to be asked about.

use std::time::Duration;

use sendoff::auth::oauth::Sense::{CodeGone, Declined, SignInAgain};
use sendoff::auth::oauth::{Authorization, Client, Loopback, Sense, SignInError, Tokens};
use sendoff::mail::oauth::{Application, Cloud, Grant};
use sendoff::mail::secret::Secret;
use tokio::task::spawn_blocking;
use tokio::time::{Instant, sleep};

use crate::ana::{Account, Ana, Sent};
use crate::provider::{CLIENT, Provider};
use crate::rig::Rig;
use crate::{ANA, BOB, CAROL};

struct Desk {
    rig: Rig,
    provider: Provider,
    client: Client,
}

impl Desk {
    fn of_ana() -> Self {
        Self::of(ANA)
    }

    /// The account names its own authority: the provider, for which the root in `ca_file` vouches.
    fn of(person: &str) -> Self {
        let rig = Rig::find();
        let provider = Provider::find(&rig);
        let application = Application {
            client_id: CLIENT.to_owned(),
            tenant: "organizations".to_owned(),
            cloud: Cloud::Global,
            authority: Some(provider.issuer.clone()),
            person: person.to_owned(),
            grant: Grant::Person,
            accepts_broader: false,
        };
        let root = std::fs::read_to_string(rig.fact("CA_FILE")).unwrap();
        let client = Client::new(&application, Some(&root)).unwrap();
        Self { rig, provider, client }
    }

    /// By a device code that `user` approves.
    async fn by_code(&self, user: &str) -> Result<Tokens, SignInError> {
        let code = self.client.device().await?;
        self.provider.approve(&code.user_code, user);
        self.client.poll(&code).await
    }

    /// By a browser that is sent to a port of this machine, in which `user` agrees or nobody does.
    async fn by_port(&self, user: Option<&'static str>) -> Result<Tokens, SignInError> {
        let port = Loopback::bind().await?;
        let asked = self.client.authorize(&port.redirect())?;
        let (provider, url) = (Provider::find(&self.rig), asked.url.clone());
        let browser = spawn_blocking(move || provider.browse(&url, user));
        let answer = port.wait(&asked).await?;
        let (_, page) = browser.await.unwrap();
        assert!(page.contains("You can close this"), "{page}");
        self.client.redeem(&asked, &answer).await
    }

    /// A browser that is to be brought back by hand: what it was sent with, and where it ended.
    fn by_hand(&self) -> (Authorization, Secret) {
        let asked = self.client.authorize(&self.client.paste_back()).unwrap();
        let (end, page) = self.provider.browse(&asked.url, Some(ANA));
        assert_eq!(page, "", "the page at which it ends says nothing");
        (asked, Secret::new(end))
    }

    /// One message of Ana's to Bob with this token.
    fn send(&self, token: &Secret) -> Sent {
        let secret = token.reveal().to_owned();
        let account = Account { auth: "xoauth2", secret, ..Account::usual(&self.rig) };
        Ana::with(&self.rig, account).send(&["--to", BOB, "--subject", "By OAuth"], "Hi Bob\n")
    }

    /// The mail server takes her message by this token, and knows her by it.
    fn sends(&self, token: &Secret) {
        let sent = self.send(token);
        self.rig.delivered(BOB, sent.accepted());
        let client = self.rig.logged(&[sent.queue_id(), "sasl_method="]);
        assert!(client.contains(&format!("sasl_method=XOAUTH2, sasl_username={ANA}")), "{client}");
    }

    /// The mail server takes no message by this token.
    fn does_not_send(&self, token: &Secret) {
        let sent = self.send(token);
        assert_eq!(sent.verdict(), (77, "refused", "auth"), "{sent}");
        assert_eq!(sent.text("cause"), "wrong-credentials", "{sent}");
    }
}

/// What the provider's refusal means, to us and by the public name of its cause.
#[track_caller]
fn refusal(done: Result<Tokens, SignInError>) -> (Sense, &'static str) {
    let error = done.err().expect("no tokens are given for that");
    let SignInError::Refused(refusal) = &error else { panic!("{error:?}") };
    assert!(error.is_final(), "{error:?}");
    (refusal.sense, error.cause().cause)
}

#[test]
fn its_endpoints_lie_where_microsoft_has_them() {
    let provider = Provider::find(&Rig::find());
    let said = provider.get("/.well-known/openid-configuration");
    assert_eq!(said["issuer"], provider.issuer.as_str());
    for (name, last) in [
        ("device_authorization_endpoint", "devicecode"),
        ("authorization_endpoint", "authorize"),
        ("token_endpoint", "token"),
    ] {
        assert_eq!(said[name], format!("{}/organizations/oauth2/v2.0/{last}", provider.issuer));
    }
}

#[tokio::test(start_paused = true)]
async fn a_code_that_is_entered_elsewhere_gives_tokens_that_send_mail() {
    let desk = Desk::of_ana();
    let code = desk.client.device().await.unwrap();
    assert_eq!(code.uri, format!("{}/device", desk.provider.issuer));

    let asked = Instant::now();
    let entered = async {
        sleep(Duration::from_millis(2500)).await;
        desk.provider.approve(&code.user_code, ANA);
    };
    let (tokens, ()) = tokio::join!(desk.client.poll(&code), entered);

    assert_eq!(asked.elapsed().as_secs(), 3, "twice it was told that nobody has entered it yet");
    let tokens = tokens.ok().unwrap();
    let who = tokens.who.unwrap();
    assert_eq!((who.address.as_str(), who.name.unwrap().as_str()), (ANA, "Ana Silva"));
    assert_eq!(tokens.expires.as_secs(), 3599);
    desk.sends(&tokens.access);
}

#[tokio::test(start_paused = true)]
async fn a_code_that_is_declined_too_old_or_used_gives_nothing() {
    let desk = Desk::of_ana();
    let code = desk.client.device().await.unwrap();
    desk.provider.decline(&code.user_code);
    assert_eq!(refusal(desk.client.poll(&code).await), (Declined, "sign-in-declined"));

    let code = desk.client.device().await.unwrap();
    desk.provider.expire(&code.user_code);
    assert_eq!(refusal(desk.client.poll(&code).await), (CodeGone, "code-expired"));

    let code = desk.client.device().await.unwrap();
    desk.provider.approve(&code.user_code, ANA);
    assert!(desk.client.poll(&code).await.is_ok());
    assert_eq!(refusal(desk.client.poll(&code).await), (SignInAgain, "code-expired"));
}

#[tokio::test(start_paused = true)]
async fn somebody_else_is_not_let_in() {
    let error = Desk::of_ana().by_code(CAROL).await.err().unwrap();
    assert_eq!(
        error.to_string(),
        format!("somebody else signed in: {CAROL}, where this account expects {ANA}")
    );
}

#[tokio::test]
async fn the_browser_comes_back_to_a_port_of_this_machine() {
    let desk = Desk::of_ana();
    let tokens = desk.by_port(Some(ANA)).await.ok().unwrap();
    assert_eq!(tokens.who.unwrap().address.as_str(), ANA);
    desk.sends(&tokens.access);
    assert_eq!(refusal(desk.by_port(None).await), (Declined, "sign-in-declined"));
}

#[tokio::test]
async fn the_address_at_which_the_browser_ended_is_brought_back() {
    let desk = Desk::of_ana();
    let (asked, end) = desk.by_hand();
    desk.sends(&desk.client.redeem(&asked, &end).await.ok().unwrap().access);
}

#[tokio::test]
async fn a_code_is_good_once_and_only_for_whom_it_was_made() {
    let desk = Desk::of_ana();
    let (asked, end) = desk.by_hand();
    let code = end.reveal().split(['=', '&']).nth(1).unwrap().to_owned();

    // Who reads it over her shoulder has not the proof that goes with it.
    let other = desk.client.authorize(&desk.client.paste_back()).unwrap();
    assert_eq!(refusal(desk.client.redeem(&other, &Secret::new(code)).await), (SignInAgain, "code-expired"));
    let invented = Secret::new("no-code-of-this-provider".to_owned());
    assert_eq!(refusal(desk.client.redeem(&asked, &invented).await), (SignInAgain, "code-expired"));

    assert!(desk.client.redeem(&asked, &end).await.is_ok());
    assert_eq!(refusal(desk.client.redeem(&asked, &end).await), (SignInAgain, "code-expired"));
}

#[tokio::test(start_paused = true)]
async fn each_renewal_brings_another_sign_in_and_the_old_one_is_void() {
    let desk = Desk::of_ana();
    let old = desk.by_code(ANA).await.ok().unwrap().refresh.unwrap();
    let renewed = desk.client.refresh(&old).await.ok().unwrap();
    let new = renewed.refresh.unwrap();
    assert!(new.reveal() != old.reveal(), "they rotate");
    desk.sends(&renewed.access);

    // One that comes back is a sign of theft to this provider: all that came of it is void.
    assert_eq!(refusal(desk.client.refresh(&old).await), (SignInAgain, "refresh-expired"));
    assert!(desk.client.refresh(&new).await.err().unwrap().needs_sign_in());
    desk.does_not_send(&renewed.access);
}

#[tokio::test(start_paused = true)]
async fn a_token_that_is_spoilt_or_of_somebody_else_sends_nothing() {
    let desk = Desk::of_ana();
    let good = desk.by_code(ANA).await.ok().unwrap().access;
    let spoilt: String = good.reveal().chars().rev().collect();
    desk.does_not_send(&Secret::new(spoilt));
    desk.does_not_send(&Desk::of(CAROL).by_code(CAROL).await.ok().unwrap().access);
    desk.sends(&good);
}
