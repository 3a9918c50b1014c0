//! The built-in server, and the one account that trusts its throw-away certificate.

use std::io;

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::app::msg::SandboxScenario;
use crate::mail::account::{Account, Auth, Security, Trust};
use crate::mail::address::Mailbox;
use crate::mail::secret::Secret;
use crate::sandbox::words::Words;
use crate::sandbox::{self, Options, PASSWORD, Report, Sandbox, Scenario, USER};

use super::clock;

/// A sandbox that serves until the process ends.
pub struct Running {
    pub sandbox: Sandbox,
    pub reports: UnboundedReceiver<Report>,
}

/// Starts the server on a port of 127.0.0.1 (0: any that is free). Every session asks which scenario it is to play. With
/// `delays` it takes its time as Exchange does.
pub async fn start(
    port: u16,
    scenario: impl Fn() -> Scenario + Send + 'static,
    delays: bool,
) -> io::Result<Running> {
    let listening = sandbox::bind(port).await?;
    let sandbox = listening.sandbox().clone();
    let (sender, reports) = unbounded_channel();
    let options = Options { delays, users: vec![USER.to_owned()], now: clock::now };
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
        is_sandbox: true,
    }
}

pub fn secret() -> Secret {
    Secret::new(PASSWORD.to_owned())
}
