//! `sendoff sandbox`: the built-in server alone, for another client, or for another sendoff with a configuration.

use std::path::PathBuf;

use clap::Args;

use crate::mail::text::Shown;
use crate::runtime::sandbox::start;
use crate::sandbox::identity::CLIENT;
use crate::sandbox::words::Words;
use crate::sandbox::{PASSWORD, Report, Sandbox, Scenario, SignInScenario, TOKEN, USER};

use super::{Exit, say};

#[derive(Debug, Args)]
pub struct Server {
    /// The port of 127.0.0.1 to listen on; 0 takes any that is free
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// How it behaves: wrong-password, send-as-denied, slow, ... (--list shows all)
    #[arg(long, value_name = "NAME", default_value = "accepts")]
    scenario: Scenario,
    /// How its sign-in service behaves: approves, expired-token, device-code-blocked, ... (--list shows all)
    #[arg(long, value_name = "NAME", default_value = "asks")]
    sign_in: SignInScenario,
    /// Show every scenario, first of mail and then of signing in: its name, the step at which it strikes, what the server says there, and whether that text is
    /// confirmed by Microsoft's pages or a public transcript
    #[arg(long)]
    list: bool,
    /// Answer at once, also where Exchange Online takes seconds to refuse
    #[arg(long)]
    no_delays: bool,
    /// Write every message that is taken into this folder, as 1.eml, 2.eml, ...
    #[arg(long, value_name = "FOLDER")]
    keep: Option<PathBuf>,
    /// Where to write the certificate authority that `ca_file` has to name
    #[arg(long, value_name = "FILE", default_value = "sendoff-sandbox-ca.pem")]
    ca: PathBuf,
}

/// Serves until it is interrupted, and says what it takes.
pub(super) async fn run(server: &Server) -> Exit {
    if server.list {
        return list();
    }
    let scenario = server.scenario;
    let mut running = match start(server.port, move || scenario, server.sign_in, !server.no_delays).await {
        Ok(running) => running,
        Err(error) => {
            say::complain(format_args!("cannot listen on 127.0.0.1:{}: {error}", server.port));
            return Exit::Io;
        }
    };
    if let Err(error) = std::fs::write(&server.ca, &running.sandbox.ca_pem) {
        say::complain(format_args!("cannot write {}: {error}", server.ca.display()));
        return Exit::Io;
    }
    if let Some(folder) = &server.keep
        && let Err(error) = std::fs::create_dir_all(folder)
    {
        say::complain(format_args!("cannot make {}: {error}", folder.display()));
        return Exit::Io;
    }
    say::out(greeting(server, &running.sandbox));
    let mut count = 0;
    while let Some(report) = running.reports.recv().await {
        match report {
            Report::Accepted(mail) => {
                count += 1;
                if let Some(folder) = &server.keep
                    && let Err(error) = std::fs::write(folder.join(format!("{count}.eml")), &mail.data)
                {
                    say::complain(format_args!("cannot write into {}: {error}", folder.display()));
                    return Exit::Io;
                }
                say::out(format_args!(
                    "accepted from {} for {}: {} bytes",
                    mail.from,
                    mail.to.join(", "),
                    mail.data.len()
                ));
            }
            Report::Violation(what) => say::out(format_args!("violation: {}", Shown::new(&what))),
        }
    }
    Exit::Ok
}

/// Where it listens, what it plays, and the accounts that reach it: one by password, one by OAuth.
fn greeting(server: &Server, sandbox: &Sandbox) -> String {
    let Sandbox { host, authority, .. } = sandbox;
    let (port, scenario, sign_in) = (sandbox.addr.port(), server.scenario, server.sign_in);
    let ca = std::path::absolute(&server.ca).unwrap_or_else(|_| server.ca.clone());
    let account = |name: &str| {
        format!(
            "[[account]]\nname = \"{name}\"\nfrom = \"Ana Silva <{USER}>\"\nhost = \"{host}\"\nport = {port}\n\
             ca_file = \"{}\"\n",
            ca.display()
        )
    };
    format!(
        "The sandbox listens on {host}, port {port}, and plays \u{201c}{}\u{201d}: {}\n\n{}\n\
         Its user is \u{201c}{USER}\u{201d}, its password \u{201c}{PASSWORD}\u{201d}, its access token \u{201c}{TOKEN}\u{201d}.\n\n\
         To sign in by OAuth instead there is {authority}, which plays \u{201c}{}\u{201d}: {}\n\n{}\n\
         [account.oauth]\nclient_id = \"{CLIENT}\"\nauthority = \"{authority}\"\n\n\
         Ctrl-C ends it.",
        scenario.name(),
        scenario.says(),
        account("sandbox"),
        sign_in.name(),
        sign_in.says(),
        account("sandbox-oauth"),
    )
}

/// Every scenario, a line each.
fn list() -> Exit {
    for scenario in Scenario::all() {
        let reply = scenario.reply();
        let says = reply.map_or_else(|| scenario.says().to_owned(), Words::outline);
        let known = match reply {
            Some(words) if words.confirmed => "confirmed",
            Some(_) => "text not confirmed",
            None => "",
        };
        say::out(format_args!("{:<26}  {:<8}  {known:<18}  {says}", scenario.name(), scenario.step()));
    }
    say::out("\nOf signing in (--sign-in):");
    for scenario in SignInScenario::all() {
        let refusal = scenario.refusal();
        let says = refusal.map_or_else(
            || scenario.says().to_owned(),
            |refusal| format!("{} {} {}", refusal.status(), refusal.error, refusal.sentence()),
        );
        let known = match refusal {
            Some(refusal) if refusal.confirmed => "confirmed",
            Some(_) => "text not confirmed",
            None => "",
        };
        say::out(format_args!("{:<26}  {:<8}  {known:<18}  {says}", scenario.name(), scenario.step()));
    }
    Exit::Ok
}
