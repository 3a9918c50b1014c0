//! The built-in server, and the one account that trusts its throw-away certificate.

use std::io;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::watch;

use crate::app::msg::{Msg, SandboxMail, SandboxScenario};
use crate::mail::account::{Account, Auth, Extras, Security, Trust};
use crate::mail::address::Mailbox;
use crate::mail::oauth::{Application, Cloud, Grant};
use crate::mail::secret::Secret;
use crate::mail::text::Shown;
use crate::sandbox::identity::CLIENT;
use crate::sandbox::words::Words;
use crate::sandbox::{self, Options, PASSWORD, Report, Sandbox, Scenario, SignInScenario, USER};

use super::clock;
use super::event::Event;

/// A sandbox that serves until the process ends.
pub struct Running {
    pub sandbox: Sandbox,
    pub reports: UnboundedReceiver<Report>,
}

/// Starts the server on a port of 127.0.0.1 (0: any that is free). Every session asks which scenario it is to play; the
/// sign-in service beside it plays `sign_in`. With `delays` it takes its time as Exchange does.
pub async fn start(
    port: u16,
    scenario: impl Fn() -> Scenario + Send + 'static,
    sign_in: SignInScenario,
    delays: bool,
) -> io::Result<Running> {
    let listening = sandbox::bind(port).await?;
    let sandbox = listening.sandbox().clone();
    let (sender, reports) = unbounded_channel();
    let sign_in = watch::channel(sign_in).1;
    let options = Options { delays, users: vec![USER.to_owned()], sign_in, now: clock::now };
    tokio::spawn(listening.serve(scenario, options, sender));
    Ok(Running { sandbox, reports })
}

/// Every scenario, for somebody to choose from.
pub(super) fn scenarios() -> Vec<SandboxScenario> {
    let row = |scenario: Scenario| SandboxScenario {
        name: scenario.name(),
        step: scenario.step(),
        says: scenario.says(),
        reply: scenario.reply().map(Words::outline).unwrap_or_default(),
        is_confirmed: scenario.reply().is_none_or(|words| words.confirmed),
    };
    Scenario::all().map(row).collect()
}

/// Passes on what the sandbox takes, and what it objects to.
pub(super) fn hear(mut reports: UnboundedReceiver<Report>, events: UnboundedSender<Event>) {
    tokio::spawn(async move {
        while let Some(report) = reports.recv().await {
            let msg = match report {
                Report::Accepted(mail) => Msg::SandboxMail(SandboxMail {
                    from: mail.from,
                    to: mail.to,
                    text: shown_lines(&mail.data),
                }),
                Report::Violation(what) => Msg::SandboxViolation(Shown::new(&what).into()),
            };
            if events.send(Event::Msg(msg)).is_err() {
                return;
            }
        }
    });
}

/// Octets of a mail that are kept to be looked at.
const LOOKED_AT: usize = 256 * 1024;

fn shown_lines(data: &[u8]) -> String {
    let head = &data[..data.len().min(LOOKED_AT)];
    let lines = head.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    lines.map(|line| Shown::from_bytes(line).to_string()).collect::<Vec<_>>().join("\n")
}

/// The account that reaches it, and nothing else. Its secret is no secret.
pub fn account(sandbox: &Sandbox) -> Account {
    Account {
        name: "sandbox".to_owned(),
        from: Mailbox::parse(&format!("Ana Silva <{USER}>")).expect("the sandbox's own address is valid"),
        host: sandbox.host.clone(),
        port: sandbox.addr.port(),
        security: Security::StartTls,
        auth: Auth::Login,
        username: USER.to_owned(),
        password_command: None,
        trust: Trust::Only(sandbox.ca_pem.clone()),
        helo: "[127.0.0.1]".to_owned(),
        extras: Extras::default(),
        reply_to: None,
        signature: None,
        identities: Vec::new(),
        oauth: None,
        is_disabled: false,
        is_sandbox: true,
    }
}

/// The same for whoever signs in there by OAuth.
pub fn account_by_oauth(sandbox: &Sandbox) -> Account {
    Account {
        name: "sandbox-oauth".to_owned(),
        auth: Auth::Xoauth2,
        oauth: Some(application(sandbox)),
        ..account(sandbox)
    }
}

/// The application through which people sign in at the sandbox's own service.
pub fn application(sandbox: &Sandbox) -> Application {
    Application {
        client_id: CLIENT.to_owned(),
        tenant: "organizations".to_owned(),
        cloud: Cloud::Global,
        authority: Some(sandbox.authority.clone()),
        person: USER.to_owned(),
        grant: Grant::Person,
        accepts_broader: false,
    }
}

pub fn secret() -> Secret {
    Secret::new(PASSWORD.to_owned())
}
