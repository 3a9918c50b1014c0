//! Why a sign-in did not come about.

use super::refusal::{Refusal, Sense};
use crate::auth::http::HttpError;
use crate::mail::explain::{self, Cause, Explanation};
use crate::mail::oauth::Way;
use crate::mail::text::Shown;

/// Plain data without a secret in it; `Display` says what, [`SignInError::cause`] why and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    #[error(transparent)]
    Http(#[from] HttpError),
    #[error("the sign-in service refused ({0})")]
    Refused(Refusal),
    /// A status of HTTP that says so, without a word of OAuth.
    #[error("the sign-in service is out of order (HTTP {0})")]
    Unavailable(u16),
    #[error("the answer of the sign-in service cannot be used: {0}")]
    Odd(&'static str),
    #[error("the time for signing in ({}) is over", .0.as_str())]
    Expired(Way),
    #[error("somebody else signed in: {signed_in}, where this account expects {expected}")]
    SomebodyElse { expected: Shown, signed_in: Shown },
    #[error("sending mail (SMTP.Send) was not granted, only: {granted}")]
    NotGranted { granted: Shown },
    #[error("this sign-in may do more than send mail: {more}")]
    Broader { more: Shown },
    #[error("that address belongs to another sign-in than this one")]
    OtherSignIn,
    #[error("that is not the address at which the browser ended: {0}")]
    NoCode(&'static str),
    #[error("this machine gives no port for the browser to come back to: {0}")]
    NoPort(String),
    #[error("the certificate file of the application: {0}")]
    Proof(&'static str),
}

impl SignInError {
    /// Will the same attempt fail again until somebody changes something? If not, it may be repeated in a moment.
    pub fn is_final(&self) -> bool {
        match self {
            Self::Http(error) => !error.is_passing(),
            Self::Unavailable(_) => false,
            Self::Refused(refusal) => {
                !matches!(refusal.sense, Sense::Passing | Sense::Pending | Sense::SlowDown)
            }
            _ => true,
        }
    }

    /// Is the stored sign-in of no more use, so that a person has to sign in again?
    pub fn needs_sign_in(&self) -> bool {
        matches!(self, Self::Refused(refusal) if refusal.sense == Sense::SignInAgain)
    }

    /// May the same sign-in lead in if a person begins it again, with nothing changed at the account?
    pub fn may_repeat(&self) -> bool {
        match self {
            Self::Http(error) => error.is_passing(),
            Self::Refused(refusal) => {
                matches!(refusal.sense, Sense::Passing | Sense::Declined | Sense::CodeGone)
            }
            Self::NoPort(_) | Self::Proof(_) | Self::NotGranted { .. } => false,
            // Somebody else may sign in, the registration or the account be mended meanwhile: nothing stands in the way.
            _ => true,
        }
    }

    /// The other ways in that are worth trying after this.
    pub fn other_ways(&self) -> &'static [Way] {
        match self {
            Self::Refused(refusal) => refusal.other_ways(),
            // A policy against device codes is told in the browser, and only there.
            Self::Expired(Way::DeviceCode) => &[Way::Loopback, Way::PasteBack],
            // The browser may run on another machine than this one.
            Self::Expired(Way::Loopback) | Self::NoPort(_) => &[Way::PasteBack, Way::DeviceCode],
            // What was brought was not it; nothing stands in the way of another try.
            Self::OtherSignIn | Self::NoCode(_) => &[Way::PasteBack, Way::DeviceCode, Way::Loopback],
            _ => &[],
        }
    }

    /// What it means, who can change it, and what to do.
    pub fn cause(&self) -> Explanation {
        match self {
            Self::Refused(refusal) => match refusal.explanation() {
                known if known.cause != Cause::Unknown.as_str() || known.is_confirmed => known,
                unknown => quoting(refusal, self.own(unknown, UNKNOWN)),
            },
            Self::Http(error) => {
                let todo = match error {
                    HttpError::Certificate(_) | HttpError::NoRoots => TRUST,
                    HttpError::Root | HttpError::NotPinned | HttpError::NoProxy => SETTINGS,
                    _ => REACH,
                };
                self.own(explain::failure(&error.failure()), todo)
            }
            Self::Unavailable(_) => explain::text("AADSTS90033"),
            Self::Expired(_) => self.own(explain::text("expired_token"), AGAIN),
            Self::SomebodyElse { .. } => self.own(explain::text("AADSTS50020"), WHO),
            Self::NotGranted { .. } => self.own(explain::text("AADSTS650056"), GRANT),
            Self::Broader { .. } => self.own(explain::text(""), LESS),
            Self::OtherSignIn | Self::NoCode(_) => self.own(explain::text("AADSTS70016"), ADDRESS),
            Self::NoPort(_) => self.own(explain::text("AADSTS70016"), OTHER_WAY),
            Self::Proof(_) => self.own(explain::text("AADSTS700027"), PROOF),
            Self::Odd(_) => self.own(explain::text("AADSTS90033"), REACH),
        }
    }

    /// The name of a known cause, with words of our own.
    fn own(&self, mut cause: Explanation, todo: &'static str) -> Explanation {
        let mut says = self.to_string();
        if let Some(first) = says.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        says.push('.');
        cause.says = says;
        cause.todo = todo;
        cause
    }
}

/// Nobody here has better words than the service.
fn quoting(refusal: &Refusal, mut cause: Explanation) -> Explanation {
    if !refusal.text.as_str().is_empty() {
        cause.says = format!("{} It says: {}", cause.says, refusal.text);
    }
    cause
}

const TRUST: &str =
    "A device on the way that opens TLS needs its root in ca_file. There is no switch to skip the check.";
const SETTINGS: &str = "Correct ca_file, proxy and oauth.authority in the account.";
const REACH: &str = "Signing in needs HTTPS (port 443) to the host of the sign-in service: check the network, a portal that \
                     wants a visit first, and HTTPS_PROXY where there is a proxy.";
const UNKNOWN: &str = "Check client_id, tenant and authority of oauth in the account, and what the registration of the application \
                       may ask for.";
const AGAIN: &str =
    "Start the sign-in again. Did the browser say that it is blocked? Then take another way in.";
const WHO: &str = "Sign out in the browser (or use a private window) and sign in as the person of the account; for a shared \
                   mailbox, name yourself in oauth.sign_in_as.";
const GRANT: &str = "Entra admin centre, App registrations, the app, API permissions: add the delegated permission SMTP.Send, \
                     then sign in again.";
const LESS: &str = "Whoever got hold of it could do that, too, so it is not kept. Use a registration with SMTP.Send alone, or write \
                    accept_broader = true in oauth of the account; then sign in again.";
const ADDRESS: &str =
    "Sign in with the address shown here, then copy all of the address bar of the page where it ends.";
const OTHER_WAY: &str = "Take another way in: paste the address back, or a device code.";
const PROOF: &str = "The file must hold the certificate of the registration and its RSA key, without a passphrase, both as PEM.";
