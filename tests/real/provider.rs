//! The provider of sign-ins that `tests/real/run` started, as a browser sees it: sign-ins are decided by requests.

use std::collections::BTreeMap;

use serde_json::Value;
use ureq::Agent;
use ureq::http::{Response, Uri};
use ureq::tls::{Certificate, RootCerts, TlsConfig};

use crate::rig::Rig;

/// The application that it knows: a public client.
pub(crate) const CLIENT: &str = "sendoff-test";

/// Redirects that a sign-in may take.
const HOPS: usize = 10;

pub(crate) struct Provider {
    /// `https://localhost:PORT`; the endpoints lie under it where Microsoft has them, for the tenant `organizations`.
    pub(crate) issuer: String,
    agent: Agent,
}

impl Provider {
    pub(crate) fn find(rig: &Rig) -> Self {
        let pem = std::fs::read(rig.fact("CA_FILE")).expect("serve.sh wrote it");
        let roots = RootCerts::new_with_certs(&[Certificate::from_pem(&pem).expect("it is PEM")]);
        let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
        let tls = TlsConfig::builder().root_certs(roots).unversioned_rustls_crypto_provider(provider).build();
        let config =
            Agent::config_builder().tls_config(tls).http_status_as_error(false).max_redirects(0).proxy(None);
        Self { issuer: rig.fact("OIDC_ISSUER").to_owned(), agent: config.build().new_agent() }
    }

    /// A page under the issuer, as JSON.
    pub(crate) fn get(&self, path: &str) -> Value {
        let mut answer = self.agent.get(format!("{}{path}", self.issuer)).call().unwrap();
        serde_json::from_slice(&answer.body_mut().read_to_vec().unwrap()).unwrap()
    }

    /// Posts a form to an endpoint; the status and the JSON that comes back.
    pub(crate) fn post(&self, to: &str, fields: &[(&str, &str)]) -> (u16, Value) {
        let mut answer = self.agent.post(to).send_form(fields.iter().copied()).unwrap();
        let status = answer.status().as_u16();
        (status, serde_json::from_slice(&answer.body_mut().read_to_vec().unwrap()).unwrap_or_default())
    }

    /// Somebody types the code on another device and approves.
    pub(crate) fn approve(&self, user_code: &str, user: &str) {
        let fields = [("user_code", user_code), ("user", user)];
        assert_eq!(self.post(&format!("{}/approve", self.issuer), &fields).0, 204, "{user_code}");
    }

    /// Somebody types the code and declines.
    pub(crate) fn decline(&self, user_code: &str) {
        let fields = [("user_code", user_code)];
        assert_eq!(self.post(&format!("{}/decline", self.issuer), &fields).0, 204, "{user_code}");
    }

    /// Opens the address as a browser would, in which `user` signs in and agrees to all; where that ends outside of the
    /// provider, which is not asked any more.
    pub(crate) fn browse(&self, address: &str, user: &str) -> String {
        let (mut at, mut cookies) = (address.to_owned(), BTreeMap::new());
        for _ in 0..HOPS {
            let jar: Vec<_> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            let asked = self.agent.get(&at).header("Cookie", jar.join("; ")).header("X-User", user);
            let answer = asked.call().unwrap();
            cookies.extend(set(&answer));
            let to =
                answer.headers().get("location").unwrap_or_else(|| panic!("{at} leads nowhere: {answer:?}"));
            let to = to.to_str().unwrap();
            at = if to.starts_with('/') { format!("{}{to}", self.issuer) } else { to.to_owned() };
            if !at.starts_with(&self.issuer) {
                return at;
            }
        }
        panic!("{address} leads around in a circle")
    }
}

/// The cookies that an answer sets. Their paths do not matter here.
fn set<B>(answer: &Response<B>) -> Vec<(String, String)> {
    let set = answer.headers().get_all("set-cookie").into_iter();
    let pairs = set.filter_map(|cookie| cookie.to_str().unwrap().split(';').next()?.split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// The parameters of an address.
pub(crate) fn parameters(address: &str) -> BTreeMap<String, String> {
    let uri: Uri = address.parse().unwrap();
    let query = uri.query().unwrap_or_default().as_bytes();
    oauth2::url::form_urlencoded::parse(query).into_owned().collect()
}
