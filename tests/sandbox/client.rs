//! Every scenario as `sendoff send` meets it: one server a thread, which is switched while it runs.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Command, Stdio};
use std::sync::mpsc;

use sendoff::sandbox::{Options, Report, Sandbox, Scenario, SignInScenario, USER, bind};
use serde_json::Value;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::sync::watch;

use crate::support::terminal::Home;

/// Scenario, outcome, step, cause. An empty cause: the table of explanations has no row of its own for it.
#[rustfmt::skip]
const TABLE: &[(&str, &str, &str, &str)] = &[
    ("accepts", "accepted", "dot", ""),
    ("message-id-kept", "accepted", "dot", ""),
    ("slow", "accepted", "dot", ""),
    ("no-answer", "failed", "greeting", ""),
    ("handshake-fails", "failed", "tls", "tls-failed"),
    ("tls-1.1-only", "failed", "tls", "tls-too-old"),
    ("intercepted", "failed", "tls", "certificate-invalid"),
    ("tls-too-old", "deferred", "ehlo", "tls-too-old"),
    ("no-tls-there", "failed", "tls", "tls-failed"),
    ("hello-rejected", "refused", "ehlo", "hello-rejected"),
    ("hello-first", "refused", "auth", "bad-sequence"),
    ("starttls-required", "deferred", "mail", "tls-required"),
    ("starttls-refused", "deferred", "starttls", "tls-required"),
    ("server-full", "deferred", "greeting", "too-many-connections"),
    ("not-available", "deferred", "greeting", "server-busy"),
    ("idle-timeout", "deferred", "mail", "idle-timeout"),
    ("session-too-long", "deferred", "data", "idle-timeout"),
    ("too-many-errors", "deferred", "auth", "server-busy"),
    ("reset", "deferred", "ehlo", "connection-lost"),
    ("wrong-password", "refused", "auth", "wrong-credentials"),
    ("smtp-auth-disabled", "refused", "auth", "smtp-auth-disabled-tenant"),
    ("smtp-auth-disabled-mailbox", "refused", "auth", "smtp-auth-disabled-mailbox"),
    ("security-defaults", "refused", "auth", "security-defaults"),
    ("conditional-access", "refused", "auth", "conditional-access"),
    ("basic-auth-disabled", "refused", "auth", "basic-auth-disabled"),
    ("credentials-incorrect", "refused", "auth", "wrong-credentials"),
    ("federation-unreachable", "refused", "auth", "sign-in-service-down"),
    ("federation-without-https", "refused", "auth", "sign-in-service-down"),
    ("sign-in-refused", "refused", "auth", "wrong-credentials"),
    ("basic-auth-retired", "refused", "auth", "basic-auth-disabled"),
    ("mechanism-refused", "refused", "auth", "mechanism-not-offered"),
    ("not-signed-in", "refused", "mail", "not-signed-in"),
    ("not-signed-in-older", "refused", "mail", "not-signed-in"),
    ("token-malformed", "refused", "auth", "token-rejected"),
    ("proxy-failed-prx2", "deferred", "auth", "server-busy"),
    ("proxy-failed-prx3", "deferred", "auth", "server-busy"),
    ("proxy-failed-prx4", "deferred", "auth", "server-busy"),
    ("proxy-failed-prx5", "deferred", "auth", "server-busy"),
    ("account-locked", "refused", "auth", "account-locked"),
    ("password-expired", "refused", "auth", "wrong-credentials"),
    ("password-must-change", "refused", "auth", "wrong-credentials"),
    ("command-unrecognised", "refused", "mail", "command-unrecognised"),
    ("command-not-implemented", "refused", "mail", "command-unrecognised"),
    ("need-mail", "refused", "rcpt", "bad-sequence"),
    ("need-rcpt", "refused", "data", "bad-sequence"),
    ("sender-already-given", "refused", "mail", "bad-sequence"),
    ("invalid-arguments", "refused", "mail", "command-unrecognised"),
    ("invalid-recipient", "refused", "rcpt", "bad-address"),
    ("invalid-sender", "refused", "mail", "bad-address"),
    ("invalid-sender-501", "refused", "mail", "bad-address"),
    ("too-many-recipients", "deferred", "data", "too-many-recipients"),
    ("too-many-of-one-domain", "deferred", "data", "too-many-recipients"),
    ("message-too-large", "refused", "mail", "message-too-large"),
    ("no-resources", "deferred", "mail", "server-busy"),
    ("relay-denied", "refused", "rcpt", "relay-denied"),
    ("no-connector", "refused", "rcpt", "connector-mismatch"),
    ("direct-send-rejected", "refused", "rcpt", "direct-send-rejected"),
    ("rcpt-refused", "refused", "data", "unknown-recipient"),
    ("all-refused", "refused", "rcpt", "unknown-recipient"),
    ("stall", "failed", "mail", ""),
    ("drop-after-dot", "unknown", "dot", "connection-lost"),
    ("body-too-large", "refused", "dot", "message-too-large"),
    ("send-as-denied", "refused", "dot", "send-as-denied"),
    ("send-as-denied-older", "refused", "dot", "send-as-denied"),
    ("no-permission", "refused", "dot", "send-as-denied"),
    ("no-permission-5.7.1", "refused", "dot", "send-as-denied"),
    ("too-many-connections", "deferred", "dot", "too-many-connections"),
    ("sender-thread-limit", "deferred", "dot", "too-many-connections"),
    ("too-many-messages", "deferred", "dot", "rate-limited"),
    ("mailbox-full", "refused", "dot", "mailbox-full"),
    ("mailbox-over-quota", "refused", "dot", "mailbox-full"),
    ("submission-quota", "refused", "dot", "daily-limit"),
    ("sender-blocked", "refused", "dot", "sender-blocked"),
    ("daily-limit", "refused", "dot", "daily-limit"),
    ("too-large-for-sender", "refused", "dot", "message-too-large"),
    ("no-from", "refused", "dot", "bad-address"),
    ("several-from", "refused", "dot", "bad-address"),
    ("invalid-characters", "refused", "dot", "content-rejected"),
];

/// Scenarios in which the server falls silent, and the line of the log behind which nothing more comes. To wait for the
/// client's patience to end would take a minute, so it is interrupted there.
const SILENT: [(&str, &str); 2] = [("no-answer", "connected to"), ("stall", "~> DATA")];

/// A server on a thread of its own. It goes when this is dropped.
struct Running {
    sandbox: Sandbox,
    scenario: watch::Sender<Scenario>,
    reports: UnboundedReceiver<Report>,
}

impl Running {
    fn start() -> Self {
        let (scenario, in_force) = watch::channel(Scenario::ACCEPTS);
        let (sender, reports) = unbounded_channel();
        let (ready, is_ready) = mpsc::channel();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let server = bind(0).await.unwrap();
                ready.send(server.sandbox().clone()).unwrap();
                let options = Options {
                    delays: false,
                    users: vec![USER.to_owned()],
                    sign_in: watch::channel(SignInScenario::ASKS).1,
                    now: || jiff::Timestamp::UNIX_EPOCH,
                };
                let mut over = in_force.clone();
                tokio::select! {
                    () = server.serve(move || *in_force.borrow(), options, sender) => {}
                    () = async { while over.changed().await.is_ok() {} } => {}
                }
            });
        });
        Self { sandbox: is_ready.recv().unwrap(), scenario, reports }
    }

    /// What `sendoff send --json` says when the server plays this.
    fn send(&self, home: &Home, scenario: Scenario) -> Value {
        self.scenario.send_replace(scenario);
        let auth = if scenario.name() == "token-malformed" { "xoauth2" } else { "login" };
        let secret = if auth == "xoauth2" { "sandbox-token" } else { "open-sesame" };
        let ca = home.path().join("ca.pem");
        std::fs::write(&ca, &self.sandbox.ca_pem).unwrap();
        home.config(&format!(
            "[[account]]\nname = \"work\"\nfrom = \"Ana Silva <{USER}>\"\nhost = \"localhost\"\nport = {}\nca_file = \"{}\"\n\
             auth = \"{auth}\"\npassword_command = [\"printf\", \"{secret}\"]\n",
            self.sandbox.addr.port(),
            ca.display(),
        ));
        let mut child = Command::new(env!("CARGO_BIN_EXE_sendoff"))
            .args([
                "send",
                "--json",
                "--log",
                "--to",
                "bob@fabrikam.com, carol@contoso.com, dan@fabrikam.com",
            ])
            .env_clear()
            .envs(home.environment())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all("Grüße,\n.\nAna\n".as_bytes()).unwrap();
        let silent = SILENT.iter().find(|(name, _)| *name == scenario.name());
        let mut log = String::new();
        for line in BufReader::new(child.stderr.take().unwrap()).lines() {
            let line = line.unwrap();
            if silent.is_some_and(|(_, last)| line.contains(last)) {
                let pid = rustix::process::Pid::from_child(&child);
                rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
            }
            log += &(line + "\n");
        }
        let mut json = String::new();
        child.stdout.take().unwrap().read_to_string(&mut json).unwrap();
        child.wait().unwrap();
        serde_json::from_str(&json).unwrap_or_else(|error| panic!("{}: {error}\n{log}", scenario.name()))
    }
}

#[test]
fn the_client_understands_every_scenario_and_does_nothing_wrong_in_any() {
    let threads: usize = 4;
    let told: Vec<(usize, [String; 4])> = std::thread::scope(|scope| {
        let play = |first: usize| {
            let (home, mut running) = (Home::new(), Running::start());
            let mut told = Vec::new();
            for (nth, scenario) in Scenario::all().enumerate().skip(first).step_by(threads) {
                let json = running.send(&home, scenario);
                let word = |key: &str| json[key].as_str().unwrap_or_default().to_owned();
                told.push((nth, [scenario.name().to_owned(), word("outcome"), word("step"), word("cause")]));
                while let Ok(report) = running.reports.try_recv() {
                    assert!(!matches!(report, Report::Violation(_)), "{}: {report:?}", scenario.name());
                }
            }
            told
        };
        let threads: Vec<_> = (0..threads).map(|first| scope.spawn(move || play(first))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(told.len(), TABLE.len(), "a row for every scenario");
    for (nth, told) in told {
        let (name, outcome, step, cause) = TABLE[nth];
        let cause = if cause.is_empty() { told[3].clone() } else { cause.to_owned() };
        assert_eq!(told, [name, outcome, step, &cause]);
    }
}
