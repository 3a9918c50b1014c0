//! Signing in (RFC 4954): XOAUTH2, PLAIN, LOGIN. Only under TLS.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::mail::account::Auth;
use crate::mail::reply::{Class, Reply};
use crate::mail::secret::Secret;
use crate::mail::text::Shown;
use crate::mail::transcript::Kind;

use super::capability::Capabilities;
use super::command::Command;
use super::error::SmtpError;
use super::tap::{Stream, Tap};

const DOING: &str = "signing in";

/// The mechanism that is used: what the account asks for, among what the server offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mechanism {
    Xoauth2,
    Plain,
    Login,
}

impl Mechanism {
    pub(super) fn choose(auth: Auth, offered: &Capabilities) -> Result<Self, SmtpError> {
        let wanted: &[Self] = match auth {
            Auth::Auto => &[Self::Plain, Self::Login],
            Auth::Xoauth2 => &[Self::Xoauth2],
            Auth::Plain => &[Self::Plain],
            Auth::Login | Auth::None => &[Self::Login],
        };
        wanted.iter().copied().find(|mechanism| offered.offers(mechanism.as_str())).ok_or_else(|| {
            let wanted = wanted.iter().map(|mechanism| mechanism.as_str()).collect::<Vec<_>>().join(" or ");
            let offers = match offered.auth.as_slice() {
                [] => "no sign-in at all".to_owned(),
                mechanisms => mechanisms.join(", "),
            };
            SmtpError::NoMechanism(format!("the account asks for {wanted}, the server offers {offers}"))
        })
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Xoauth2 => "XOAUTH2",
            Self::Plain => "PLAIN",
            Self::Login => "LOGIN",
        }
    }
}

/// Leads the exchange to its deciding reply: 235, or a refusal.
pub(super) async fn sign_in<S: Stream>(
    tap: &mut Tap<S>,
    mechanism: Mechanism,
    user: &str,
    secret: &Secret,
) -> Result<Reply, SmtpError> {
    if !tap.is_tls() {
        return Err(SmtpError::NoTls("the line is not encrypted, so no sign-in is tried on it".into()));
    }
    if secret.has_controls() {
        return Err(SmtpError::Config(
            "the password or token contains a control character; is it cut from a file?".into(),
        ));
    }
    tap.hide(user, secret);
    let reply = match mechanism {
        Mechanism::Xoauth2 => xoauth2(tap, user, secret).await?,
        Mechanism::Plain => tap.ask(Command::auth_plain(user, secret), DOING).await?,
        Mechanism::Login => login(tap, user, secret).await?,
    };
    match reply.code() {
        // No other 2yz: a reply that answered something else must not count as a sign-in.
        235 => Ok(reply),
        _ if matches!(reply.class(), Class::Later | Class::No) => Ok(reply),
        334 => {
            tap.send(&[Command::cancel()]).await?;
            Err(SmtpError::WrongChallenge(challenge(&reply)))
        }
        _ => Err(SmtpError::WrongReply { got: reply.to_string(), wanted: "235" }),
    }
}

/// A server that refuses a token may first send its reasons as a challenge; the refusal itself follows an empty line.
async fn xoauth2<S: Stream>(tap: &mut Tap<S>, user: &str, token: &Secret) -> Result<Reply, SmtpError> {
    let reply = tap.ask(Command::auth_xoauth2(user, token), DOING).await?;
    if reply.code() != 334 {
        return Ok(reply);
    }
    let reason = challenge(&reply);
    if !reason.is_empty() {
        tap.note(Kind::Note, &format!("the server's reason: {reason}"));
    }
    tap.ask(Command::empty_response(), DOING).await
}

/// LOGIN has no standard; Exchange takes the user name along with the command. A server that does not is asked again.
async fn login<S: Stream>(tap: &mut Tap<S>, user: &str, password: &Secret) -> Result<Reply, SmtpError> {
    let mut reply = tap.ask(Command::auth_login(Some(user)), DOING).await?;
    let mut user_sent = true;
    if matches!(reply.code(), 501 | 504 | 535) {
        tap.note(Kind::Note, "the server wants to ask for the user name itself");
        reply = tap.ask(Command::auth_login(None), DOING).await?;
        user_sent = false;
    } else if reply.code() == 334 && asks_for_user(&reply) {
        user_sent = false;
    }
    if reply.code() == 334 && !user_sent {
        reply = tap.ask(Command::response(user), DOING).await?;
    }
    if reply.code() == 334 {
        if asks_for_user(&reply) {
            // It has the user name already; the password must not go where a name is expected, and logged.
            return Ok(reply);
        }
        reply = tap.ask(Command::response(password.reveal()), DOING).await?;
    }
    Ok(reply)
}

/// "Username:" in whatever form. Any other prompt, or none, counts as the next in order.
fn asks_for_user(reply: &Reply) -> bool {
    challenge(reply).to_ascii_lowercase().contains("user")
}

/// A challenge in plain text (RFC 4954 section 4: base64, but some servers send it bare).
pub fn challenge(reply: &Reply) -> String {
    let text = reply.text();
    STANDARD
        .decode(text.trim())
        .map_or_else(|_not_base64| text.clone(), |bytes| Shown::from_bytes(&bytes).into())
}
