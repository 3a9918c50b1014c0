//! The sockets: a listener on loopback and one task a connection.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use super::certificate::{HOST, Identity};
use super::connection::Connection;
use super::facts::Facts;
use super::identity::{Door, Service, SignInScenario};
use super::limits::{MINUTE, Mailbox};
use super::scenario::{Scenario, Script};
use super::session::{Mail, Session};
use super::tokens::Tokens;

/// Connections served at a time; others wait to be let in.
const CONNECTIONS: usize = 32;

/// The wait before the next try when the system cannot give us a socket.
const BREATH: Duration = Duration::from_millis(100);

/// How long a device is told to wait between two questions, in seconds.
const INTERVAL: i64 = 5;

/// What a client needs to know to reach the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sandbox {
    pub addr: SocketAddr,
    /// The authority to trust, made for this run alone.
    pub ca_pem: String,
    /// The name that the certificate is for.
    pub host: String,
    /// Where tokens are to be had, such as `https://localhost:40123`; the same authority vouches for it.
    pub authority: String,
    /// Where the sign-in service listens.
    pub door: SocketAddr,
}

/// What the server has to tell whoever runs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    Accepted(Mail),
    /// A client did what SMTP forbids: what it was, in one line.
    Violation(String),
}

/// How the server runs, whatever the scenario.
#[derive(Debug, Clone)]
pub struct Options {
    /// Whether it takes its time as Exchange does. Without, all is answered at once.
    pub delays: bool,
    /// Addresses that may sign in, with [`PASSWORD`](super::PASSWORD), [`TOKEN`](super::TOKEN) or a token of their own.
    pub users: Vec<String>,
    /// How the sign-in service behaves; looked at for every request.
    pub sign_in: watch::Receiver<SignInScenario>,
    /// The clock, read once a connection, and once a request for tokens.
    pub now: fn() -> Timestamp,
}

/// A bound server that does not serve yet: clients may connect, and wait.
pub struct Listening {
    sandbox: Sandbox,
    listener: TcpListener,
    tls: TlsAcceptor,
    /// Where tokens are to be had.
    door: Door,
    /// Whose authority nobody is told of.
    stranger: TlsAcceptor,
    /// Where the count of sessions starts, by chance.
    first_session: u64,
}

/// Takes a port of 127.0.0.1 (0: any that is free), another for the sign-in service, and makes a new certificate.
pub async fn bind(port: u16) -> io::Result<Listening> {
    bind_as(port, &[], None).await
}

/// The same, with a certificate that is also for `names`, and a sign-in service that goes by another authority: for tests in which
/// a proxy leads the clients of both here.
pub async fn bind_as(port: u16, names: &[&str], authority: Option<&str>) -> io::Result<Listening> {
    let Identity { ca_pem, config } = Identity::generate(names)?;
    let stranger = Identity::generate(&[])?.config.into();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    let tls = TlsAcceptor::from(config);
    let door = Door { listener: TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?, tls: tls.clone() };
    let door_addr = door.listener.local_addr()?;
    let authority = authority.map_or_else(|| format!("https://{HOST}:{}", door_addr.port()), str::to_owned);
    let sandbox =
        Sandbox { addr: listener.local_addr()?, ca_pem, host: HOST.to_owned(), authority, door: door_addr };
    let first_session = getrandom::u64().map_err(|error| io::Error::other(error.to_string()))?;
    Ok(Listening { sandbox, listener, tls, door, stranger, first_session })
}

impl Listening {
    pub fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }

    /// Serves until it is dropped, and every connection with it. Each new connection asks which scenario it is to play.
    pub async fn serve(
        self,
        scenario: impl Fn() -> Scenario + Send,
        options: Options,
        reports: UnboundedSender<Report>,
    ) {
        let mailboxes: Vec<Mailbox> = options.users.iter().map(Mailbox::new).collect();
        let (mut connections, mut counted) = (JoinSet::new(), JoinSet::new());
        let (taken, mut news) = unbounded_channel();
        let mut session_id = self.first_session;
        let (issued, tokens) = Tokens::new();
        let interval = if options.delays { INTERVAL } else { 1 };
        let service = Service::new(self.sandbox.authority, options.users, interval, chance);
        let door = self.door.serve(service, options.sign_in, options.now, issued, reports.clone());
        tokio::pin!(door);
        loop {
            tokio::select! {
                () = &mut door => {}
                accepted = self.listener.accept(), if connections.len() < CONNECTIONS => match accepted {
                    Ok((tcp, peer)) => {
                        session_id = session_id.wrapping_add(1);
                        let script = Script {
                            scenario: scenario(),
                            mailboxes: mailboxes.clone(),
                            tokens: tokens.clone(),
                        };
                        let tls = if script.scenario.is_a_stranger() { &self.stranger } else { &self.tls };
                        let connection = Connection {
                            rate: script.scenario.reading_rate().filter(|_| options.delays),
                            delays: options.delays,
                            reports: reports.clone(),
                            taken: taken.clone(),
                            session: Session::new(script, facts(session_id, peer.ip(), (options.now)())),
                        };
                        connections.spawn(connection.run(tcp, tls.clone()));
                    }
                    Err(_) => tokio::time::sleep(BREATH).await,
                },
                Some(_) = connections.join_next() => {}
                Some(user) = news.recv() => {
                    counted.spawn(async move {
                        tokio::time::sleep(MINUTE).await;
                        user
                    });
                }
                Some(Ok(user)) = counted.join_next() => {
                    mailboxes.iter().filter(|mailbox| mailbox.is(&user)).for_each(Mailbox::let_go);
                }
            }
        }
    }
}

/// What nobody can guess. Where the system has nothing of the kind, no certificate could have been made either.
fn chance() -> [u8; 32] {
    let mut octets = [0; 32];
    getrandom::fill(&mut octets).expect("there was randomness for the keys");
    octets
}

/// One of Exchange Online's servers, as it would introduce itself.
fn facts(session_id: u64, client: IpAddr, now: Timestamp) -> Facts {
    Facts {
        front_end: "PN4P287CA0064".to_owned(),
        back_end: "PN4P287MB0456".to_owned(),
        forest: "INDP287".to_owned(),
        session_id: format!("{session_id:016X}"),
        client: client.to_string(),
        greeting_time: now.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string(),
        trace_time: now.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string(),
    }
}
