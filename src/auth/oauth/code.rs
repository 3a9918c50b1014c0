//! RFC 6749 section 4.1 with PKCE (RFC 7636): the browser ends at an address that carries a code.

use oauth2::basic::BasicClient;
use oauth2::url::{Url, form_urlencoded};
use oauth2::{AuthUrl, ClientId, CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope};
use zeroize::Zeroizing;

use super::refusal::Refusal;
use super::{Client, SignInError, Tokens};
use crate::auth::http::HttpError;
use crate::mail::oauth::Way;
use crate::mail::secret::Secret;

/// One request for a code: good for one answer. Has no `Debug`: the verifier is a secret until the code is redeemed.
pub struct Authorization {
    /// What the browser is to open.
    pub url: String,
    redirect: String,
    way: Way,
    state: CsrfToken,
    verifier: PkceCodeVerifier,
}

/// Octets of a code that is brought without its address: 128 bits are no shorter, and words are.
const SHORTEST: usize = 20;
/// Octets of an address that is pasted or called.
const LONGEST: usize = 16 * 1024;

impl Client {
    /// Makes the address for the browser. `redirect` is [`super::Loopback::redirect`] or [`Client::paste_back`].
    pub fn authorize(&self, redirect: &str) -> Result<Authorization, SignInError> {
        let odd = |_| HttpError::NotPinned;
        let endpoint = AuthUrl::new(self.endpoint("authorize")).map_err(odd)?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let client = BasicClient::new(ClientId::new(self.application.client_id.clone()))
            .set_auth_uri(endpoint)
            .set_redirect_uri(RedirectUrl::new(redirect.to_owned()).map_err(odd)?);
        let (url, state) = client
            .authorize_url(CsrfToken::new_random)
            .add_scopes(self.application.scopes().into_iter().map(Scope::new))
            .set_pkce_challenge(challenge)
            .add_extra_param("response_mode", "query")
            .add_extra_param("login_hint", &self.application.person)
            .url();
        let way = if redirect == self.paste_back() { Way::PasteBack } else { Way::Loopback };
        Ok(Authorization { url: url.into(), redirect: redirect.to_owned(), way, state, verifier })
    }

    /// Microsoft's own page for programs that have none: it shows nothing, and the address bar holds the code.
    pub fn paste_back(&self) -> String {
        format!("{}/common/oauth2/nativeclient", self.application.authority())
    }

    /// Trades the address at which the browser ended, or the bare code in it, for tokens.
    pub async fn redeem(&self, asked: &Authorization, answer: &Secret) -> Result<Tokens, SignInError> {
        let code = asked.code_in(answer.reveal())?;
        let form = [
            ("grant_type", "authorization_code"),
            ("client_id", self.application.client_id.as_str()),
            ("code", code.reveal()),
            ("redirect_uri", &asked.redirect),
            ("code_verifier", asked.verifier.secret()),
        ];
        self.tokens(&form, Some(asked.way)).await
    }
}

impl Authorization {
    /// What was sent along, and has to come back.
    pub(super) fn state(&self) -> &str {
        self.state.secret()
    }

    fn code_in(&self, answer: &str) -> Result<Secret, SignInError> {
        if answer.len() > LONGEST {
            return Err(SignInError::NoCode("it is too long"));
        }
        let are_words = answer.trim().contains(' ');
        // A terminal breaks a long address over lines, and copying keeps the breaks.
        let answer: Zeroizing<String> = Zeroizing::new(answer.split_whitespace().collect());
        if !answer.contains(['=', '?', '/', '&', ':']) {
            if answer.len() < SHORTEST || are_words {
                return Err(SignInError::NoCode("there is no code in it; copy the whole address"));
            }
            return code(&answer);
        }
        let answer = Answer::read(&answer)?;
        match (&answer.state, &answer.error) {
            (Some(state), _) if self.state() != state => Err(SignInError::OtherSignIn),
            (None, _) => Err(SignInError::NoCode("it carries no state; copy all of it")),
            (Some(_), Some(error)) => {
                let text = answer.text.as_deref().unwrap_or_default();
                Err(SignInError::Refused(Refusal::new(error, None, text, Some(self.way))))
            }
            (Some(_), None) => {
                code(answer.code.as_ref().ok_or(SignInError::NoCode("there is no code in it"))?)
            }
        }
    }
}

/// The query of the address at which the browser ended (RFC 6749 sections 4.1.2 and 4.1.2.1).
#[derive(Default)]
pub(super) struct Answer {
    pub(super) code: Option<Zeroizing<String>>,
    pub(super) state: Option<String>,
    pub(super) error: Option<String>,
    text: Option<String>,
}

impl Answer {
    pub(super) fn read(address: &str) -> Result<Self, SignInError> {
        let url = Url::parse(address).ok();
        let query = match &url {
            Some(url) => url.query().or(url.fragment()),
            None => Some(address.split_once('?').map_or(address, |(_, query)| query)),
        };
        let mut answer = Self::default();
        for (name, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
            let value = value.into_owned();
            let is_second = match name.as_ref() {
                "code" => answer.code.replace(Zeroizing::new(value)).is_some(),
                "state" => answer.state.replace(value).is_some(),
                "error" => answer.error.replace(value).is_some(),
                "error_description" => answer.text.replace(value).is_some(),
                _ => false,
            };
            if is_second {
                return Err(SignInError::NoCode("it says the same twice"));
            }
        }
        Ok(answer)
    }
}

/// RFC 6749 appendix A.11: visible characters.
fn code(text: &str) -> Result<Secret, SignInError> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(SignInError::NoCode("its code is not one"));
    }
    Ok(Secret::new(text.to_owned()))
}
