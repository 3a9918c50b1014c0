//! From the name to a stream: every address is tried, at the same time, and other ports where none answers.

use std::net::SocketAddr;

use tokio::net::TcpStream;
use tokio::time::Instant;

use crate::mail::account::Security;
use crate::mail::check::{CheckStep, Stage, Why};
use crate::mail::outcome::{Failure, Step};
use crate::mail::proxy::ProxyKind;
use crate::mail::transcript::Kind;
use crate::smtp::connect::{Opening, Target, Tell, connect, first, look_up, open};
use crate::smtp::error::SmtpError;
use crate::smtp::proxy::Way;

use super::watch::Watch;
use super::{Progress, Trial};

impl<T: FnMut(Progress)> Watch<T> {
    /// A stream to the server, by the way that a send would go.
    pub(super) async fn reach(&mut self, trial: &Trial<'_>) -> Option<TcpStream> {
        let loopback_only = trial.account.security == Security::None;
        if let Some(way) = trial.way.filter(|_| !loopback_only) {
            return self.by_proxy(trial, way).await;
        }
        let addresses = self.look_up(trial, loopback_only).await?;
        let stream = self.connect_to_all(&addresses).await;
        if stream.is_none() {
            self.probe(trial.probes, &addresses).await;
        }
        stream
    }

    async fn by_proxy(&mut self, trial: &Trial<'_>, way: Way<'_>) -> Option<TcpStream> {
        let about = format!("by the proxy {}", way.server);
        let says = match way.server.kind {
            ProxyKind::Socks5 => "looked up here for the proxy, which is told the first address",
            ProxyKind::Socks5h | ProxyKind::Http => "not looked up here: the proxy looks the server up",
        };
        self.hear(CheckStep::skipped(Stage::Lookup, "", says));
        self.begin(Stage::Connect, &about);
        let account = trial.account;
        let target = Target { host: &account.host, port: account.port, loopback_only: false, way: Some(way) };
        let (events, began) = (self.events(), self.began());
        let connected = self.during(connect(target, &events, began)).await;
        match connected {
            Ok((stream, _times)) => {
                self.pass(&format!("connected to {}:{}", account.host, account.port));
                Some(stream)
            }
            Err((_step, error)) => {
                self.fail(Why::Failure(Failure::from(&error)));
                None
            }
        }
    }

    async fn look_up(&mut self, trial: &Trial<'_>, loopback_only: bool) -> Option<Vec<SocketAddr>> {
        let (host, port) = (trial.account.host.as_str(), trial.account.port);
        self.note_step(Step::Lookup);
        self.begin(Stage::Lookup, "");
        let none = || SmtpError::NameNotFound { host: host.to_owned(), why: "it has no address".into() };
        let found = self.during(look_up(host, port, loopback_only)).await;
        match found.and_then(|found| if found.is_empty() { Err(none()) } else { Ok(found) }) {
            Ok(addresses) => {
                let all: Vec<String> = addresses.iter().map(|address| address.ip().to_string()).collect();
                self.pass(&format!("{host} is {}", all.join(", ")));
                Some(addresses)
            }
            Err(error) => {
                self.note(Kind::Error, &error.to_string());
                self.fail(Why::Failure(Failure::from(&error)));
                None
            }
        }
    }

    /// All at once; the session goes on with the one that answered first.
    async fn connect_to_all(&mut self, addresses: &[SocketAddr]) -> Option<TcpStream> {
        self.note_step(Step::Connect);
        let mut fastest = None;
        self.open_all(Stage::Connect, addresses, SocketAddr::to_string, |stream| {
            fastest.get_or_insert(stream);
        })
        .await;
        fastest
    }

    /// The same machine on other ports: is it this port that is closed, or the way there?
    async fn probe(&mut self, ports: &[u16], addresses: &[SocketAddr]) {
        let Some(first) = addresses.first() else { return };
        let places: Vec<SocketAddr> = ports
            .iter()
            .map(|port| SocketAddr::new(first.ip(), *port))
            .filter(|place| place != first)
            .collect();
        self.open_all(Stage::Probe, &places, |place| place.port().to_string(), drop).await;
    }

    async fn open_all(
        &mut self,
        stage: Stage,
        places: &[SocketAddr],
        about: impl Fn(&SocketAddr) -> String,
        mut opened: impl FnMut(TcpStream),
    ) {
        let mut running: Vec<(SocketAddr, Opening)> = Vec::with_capacity(places.len());
        for place in places {
            self.hear(CheckStep::running(stage, &about(place)));
            self.note(Kind::Note, &format!("connecting to {place}"));
            running.push((*place, Box::pin(open(*place))));
        }
        let since = Instant::now();
        while !running.is_empty() {
            let (place, result) = first(&mut running).await;
            let (about, took) = (about(&place), since.elapsed());
            match result {
                Ok(stream) => {
                    self.note(Kind::Note, &format!("connected to {place}"));
                    self.hear(CheckStep::passed(stage, &about, took, "connected"));
                    opened(stream);
                }
                Err(error) => {
                    self.note(Kind::Error, &error.to_string());
                    let why = Why::Failure(Failure::from(&error));
                    self.hear(CheckStep::failed(stage, &about, took, why));
                }
            }
        }
    }

    fn note(&mut self, kind: Kind, text: &str) {
        Tell { events: &self.events(), began: self.began() }.note(kind, text);
        self.drain();
    }

    fn note_step(&mut self, step: Step) {
        Tell { events: &self.events(), began: self.began() }.step(step);
        self.drain();
    }
}
