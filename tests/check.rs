//! A check: every step that it makes, what each failure is told as, and what it comes to. Against a scripted server on a socket
//! of this machine, and against the built-in one.

mod command;
mod envelope;
mod reach;
mod refusals;
mod story;

use std::fmt::Write as _;

use rcgen::CertificateParams;
use sendoff::mail::account::{Account, Auth};
use sendoff::mail::check::{Check, CheckStep, Stage, Standing, Verdict};
use sendoff::mail::outcome::Report;
use sendoff::mail::outcome::{Failure, Trouble};
use sendoff::mail::proxy::ProxyServer;
use sendoff::mail::secret::Secret;
use sendoff::smtp::{Progress, Trial, Way, check};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::support::attempt::{PASSWORD, account};
use crate::support::authority::{Authority, lasting};
use crate::support::wire::{Heard, Server};

/// A dialogue up to the point where one signs in.
const OPENING: &str = "S: 220 mail.contoso.com ready
    C: EHLO [127.0.0.1]
    S: 250-mail.contoso.com
    S: 250 STARTTLS
    C: STARTTLS
    S: 220 go
    == tls
    C: EHLO [127.0.0.1]
    S: 250-mail.contoso.com
    S: 250 AUTH PLAIN";

const SIGNED_IN: &str = "C: AUTH PLAIN *
    S: 235 2.7.0 Authentication successful";

/// What is to be checked, against which script.
struct Setting {
    account: Account,
    script: String,
    secret: Option<&'static str>,
    certificate: CertificateParams,
    is_trusted: bool,
    probes: Vec<u16>,
    /// The server's end is reached by a proxy of this kind.
    proxy: Option<&'static str>,
    /// From here on time is virtual: a step that lasts a minute takes none.
    pause_at: Option<Stage>,
}

/// What came of it.
struct Told {
    check: Check,
    verdict: Verdict,
    /// The steps as they were told, beginnings and ends.
    news: Vec<CheckStep>,
    heard: Heard,
    /// Everything that anybody could read of it.
    shown: String,
}

impl Setting {
    fn new(script: &[&str]) -> Self {
        Self {
            account: Account { host: "localhost".into(), ..account() },
            script: script.join("\n"),
            secret: Some(PASSWORD),
            certificate: lasting(&["localhost"]),
            is_trusted: true,
            probes: Vec::new(),
            proxy: None,
            pause_at: None,
        }
    }

    fn auth(mut self, auth: Auth) -> Self {
        self.account.auth = auth;
        self
    }

    async fn run(mut self) -> Told {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        self.account.port = listener.local_addr().unwrap().port();
        let authority = Authority::new("ours");
        let acceptor = authority.server(&self.certificate);
        let client = if self.is_trusted { authority.client() } else { Authority::new("another").client() };
        let server = async {
            let (mut stream, _) = listener.accept().await.unwrap();
            if self.proxy.is_some() {
                open_the_way(&mut stream).await;
            }
            Server::on(stream, acceptor).play(&self.script).await
        };
        let secret = self.secret.map(|text| Secret::new(text.to_owned()));
        let place = format!("{}://127.0.0.1:{}", self.proxy.unwrap_or("http"), self.account.port);
        let proxy = ProxyServer::parse(&place).unwrap();
        let detail = "the keyring has no password for ana@contoso.com".to_owned();
        let missing = Failure { trouble: Trouble::NoSecret, detail };
        let trial = Trial {
            account: &self.account,
            secret: secret.as_ref(),
            missing: Some(&missing),
            client: &client,
            way: self.proxy.map(|_| Way { server: &proxy, login: None }),
            probes: &self.probes,
        };
        let mut told = Told::blank();
        let checked = check(trial, |progress| told_of(&mut told, progress, self.pause_at));
        let (checked, heard) = tokio::join!(Box::pin(checked), Box::pin(server));
        (told.check, told.heard) = (checked, heard);
        told.conclude(&self.account)
    }

    /// The same where nobody listens.
    async fn run_alone(self) -> Told {
        let client = Authority::new("ours").client();
        let place = format!("{}://127.0.0.1:{}", self.proxy.unwrap_or("http"), self.account.port);
        let proxy = ProxyServer::parse(&place).unwrap();
        let secret = self.secret.map(|text| Secret::new(text.to_owned()));
        let trial = Trial {
            account: &self.account,
            secret: secret.as_ref(),
            missing: None,
            client: &client,
            way: self.proxy.map(|_| Way { server: &proxy, login: None }),
            probes: &self.probes,
        };
        let mut told = Told::blank();
        let checked = check(trial, |progress| told_of(&mut told, progress, self.pause_at)).await;
        told.check = checked;
        told.conclude(&self.account)
    }
}

/// What a proxy for HTTP says before it passes everything on.
async fn open_the_way(stream: &mut TcpStream) {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        request.push(stream.read_u8().await.unwrap());
    }
    assert!(request.starts_with(b"CONNECT "), "{}", String::from_utf8_lossy(&request));
    stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await.unwrap();
}

fn told_of(told: &mut Told, progress: Progress, pause_at: Option<Stage>) {
    let _ = writeln!(told.shown, "{progress:?}");
    let Progress::Step(step) = progress else { return };
    if step.standing == Standing::Running && pause_at == Some(step.stage) {
        tokio::time::pause();
    }
    told.news.push(step);
}

impl Told {
    fn blank() -> Self {
        Self {
            check: Check::default(),
            verdict: Verdict { ok: false, says: String::new(), caveat: None, explanation: None },
            news: Vec::new(),
            heard: Heard::default(),
            shown: String::new(),
        }
    }

    fn conclude(mut self, account: &Account) -> Self {
        self.verdict = self.check.verdict(account);
        let _ = write!(self.shown, "{:?}{:?}", self.check, self.verdict);
        assert!(!self.shown.contains(PASSWORD), "the password is shown");
        assert!(!self.heard.clear.windows(4).any(|word| word == b"DATA"), "no check goes so far");
        assert!(!self.heard.secured.windows(4).any(|word| word == b"DATA"), "no check goes so far");
        self
    }

    /// The steps by name, each with a mark: `+` passed, `x` failed, `-` skipped.
    fn marks(&self) -> String {
        let mark = |step: &CheckStep| match step.standing {
            Standing::Passed => '+',
            Standing::Failed => 'x',
            Standing::Skipped => '-',
            Standing::Waiting | Standing::Running => '?',
        };
        let steps = self.check.steps().iter().map(|step| format!("{}{}", mark(step), step.stage));
        steps.collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    fn step(&self, stage: Stage) -> &CheckStep {
        self.check.steps().iter().find(|step| step.stage == stage).expect("there is such a step")
    }

    fn cause(&self) -> &'static str {
        self.verdict.explanation.as_ref().map_or("", |explanation| explanation.cause)
    }

    fn report(&self) -> Report {
        self.check.report().expect("it failed")
    }
}
