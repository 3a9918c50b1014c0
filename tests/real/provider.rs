//! The provider of sign-ins that `tests/real/run` started, as a browser sees it: sign-ins are decided by requests.

use std::collections::BTreeMap;

use serde_json::Value;
use ureq::Agent;
use ureq::http::Response;
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

    /// Somebody types the code on another device and approves.
    pub(crate) fn approve(&self, user_code: &str, user: &str) {
        self.decide("approve", &[("user_code", user_code), ("user", user)]);
    }

    /// Somebody types the code and declines.
    pub(crate) fn decline(&self, user_code: &str) {
        self.decide("decline", &[("user_code", user_code)]);
    }

    /// Nobody typed it in time.
    pub(crate) fn expire(&self, user_code: &str) {
        self.decide("expire", &[("user_code", user_code)]);
    }

    fn decide(&self, what: &str, fields: &[(&str, &str)]) {
        let to = format!("{}/{what}", self.issuer);
        let answer = self.agent.post(to).send_form(fields.iter().copied()).unwrap();
        assert_eq!(answer.status(), 204, "{what}: {fields:?}");
    }

    /// Opens the address as a browser would, in which `user` signs in and agrees to all, or nobody does and declines; the
    /// address at which that ends, and the page there.
    pub(crate) fn browse(&self, address: &str, user: Option<&str>) -> (String, String) {
        let (mut at, mut cookies) = (address.to_owned(), BTreeMap::new());
        for _ in 0..HOPS {
            let jar: Vec<_> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            let mut asked = self.agent.get(&at);
            // What belongs to the provider is told to nobody else.
            if at.starts_with(&self.issuer) {
                asked = asked.header("Cookie", jar.join("; ")).header("X-User", user.unwrap_or_default());
            }
            let mut answer = asked.call().unwrap();
            cookies.extend(set(&answer));
            let Some(to) = answer.headers().get("location") else {
                let page = answer.body_mut().read_to_string().unwrap();
                assert_eq!(answer.status(), 200, "{at}: {page}");
                return (at, page);
            };
            let to = to.to_str().unwrap();
            at = if to.starts_with('/') { format!("{}{to}", self.issuer) } else { to.to_owned() };
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
