//! The command line: one file a subcommand, each thin. What they have in common is here: the arguments and the exit codes.

#![expect(clippy::disallowed_methods, reason = "the commands read standard input and files that were named")]

mod accounts;
mod check;
mod exit;
mod explain;
mod log;
mod output;
mod prompt;
mod sandbox;
mod say;
mod send;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

pub use exit::Exit;

use crate::mail::account::Account;
use crate::mail::mailto;
use crate::mail::settings::Settings;
use crate::runtime::{self, NoTerminal, Start};
use crate::sandbox::{Scenario, SignInScenario};
use crate::store::config;
use crate::store::paths::Paths;

/// Write mail in a terminal, send it by SMTP, and watch every line of the dialogue.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
pub struct Arguments {
    /// A mailto: link to fill the draft from (only To, Cc, Bcc, subject and body are taken)
    pub mailto: Option<String>,
    /// Open on the built-in server; needs no account and no configuration
    #[arg(long)]
    pub sandbox: bool,
    /// How the built-in server behaves: wrong-password, slow, ... (`sendoff sandbox --list` shows all)
    #[arg(long, value_name = "NAME", requires = "sandbox")]
    pub scenario: Option<Scenario>,
    /// Sign in there by OAuth; its service behaves like this: approves, expired-token, ... (`sendoff sandbox --list` shows all)
    #[arg(long, value_name = "NAME", requires = "sandbox")]
    pub sign_in: Option<SignInScenario>,
    /// The account to start with
    #[arg(short, long, global = true, value_name = "NAME")]
    pub account: Option<String>,
    /// dark, light, high-contrast, ansi-16, or one of your own
    #[arg(long, global = true, value_name = "NAME")]
    pub theme: Option<String>,
    /// Another configuration than the usual config.toml
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Send one message without a screen; its text comes from standard input
    Send(send::Send),
    /// List, add, change and import accounts
    Accounts(accounts::Accounts),
    /// Find out why an account cannot send: look-up, TLS, sign-in, senders; nothing is sent
    Check(check::CheckAccount),
    /// Run only the built-in server, and say how to reach it
    Sandbox(sandbox::Server),
    /// List, read and export the recorded sessions
    Log(log::Log),
    /// Say what a server's reply means
    Explain(explain::Explain),
}

/// Does what was asked, and says with which code to leave.
pub fn run() -> Exit {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { Exit::Usage } else { Exit::Ok };
        }
    };
    if arguments.sandbox
        && let Some(Command::Send(_) | Command::Accounts(_) | Command::Check(_)) = arguments.command
    {
        say::complain(
            "--sandbox opens the composer on the built-in server, and this command has none; \
             `sendoff sandbox` runs that server and prints an account for it",
        );
        return Exit::Usage;
    }
    runtime::harden();
    let runtime = match runtime::tokio() {
        Ok(runtime) => runtime,
        Err(error) => {
            say::complain(format_args!("cannot start: {error}"));
            return Exit::Software;
        }
    };
    let exit = runtime.block_on(async {
        match arguments.command {
            Some(Command::Send(ref send)) => send::run(send, &arguments).await,
            Some(Command::Accounts(ref accounts)) => accounts::run(accounts, &arguments).await,
            Some(Command::Check(ref check)) => {
                Box::pin(prompt::unless_interrupted(check::run(check, &arguments))).await
            }
            Some(Command::Sandbox(ref server)) => sandbox::run(server).await,
            Some(Command::Log(ref log)) => log::run(log, &arguments).await,
            Some(Command::Explain(ref explain)) => explain::run(explain),
            None => Box::pin(composer(arguments)).await,
        }
    });
    // A keyring or a look-up that never answers must not keep the process.
    runtime.shutdown_background();
    exit
}

/// The account of that name; the default one where none is named.
fn account_of<'a>(settings: &'a Settings, name: Option<&str>, paths: &Paths) -> Result<&'a Account, String> {
    let Some(name) = name else {
        return settings.accounts.get(settings.default).ok_or_else(|| {
            format!("there is no account yet; describe one in {}", paths.config_file.display())
        });
    };
    settings.named(name).ok_or_else(|| {
        let names: Vec<&str> = settings.accounts.iter().map(|account| account.name.as_str()).collect();
        let there_are = match names.as_slice() {
            [] => "there is none".to_owned(),
            [one] => format!("there is only {one}"),
            names => format!("there are {}", names.join(", ")),
        };
        format!("no account is called \u{201c}{name}\u{201d}; {there_are}")
    })
}

/// Opens the screen.
async fn composer(arguments: Arguments) -> Exit {
    let start = match start(&arguments) {
        Ok(start) => start,
        Err((exit, why)) => {
            say::complain(&why);
            return exit;
        }
    };
    match Box::pin(runtime::run(start)).await {
        Ok(()) => Exit::Ok,
        Err(error) => {
            say::complain(&error);
            if matches!(error, NoTerminal::Io(_)) { Exit::Software } else { Exit::Usage }
        }
    }
}

fn start(arguments: &Arguments) -> Result<Start, (Exit, String)> {
    let paths = Paths::find(arguments.config.as_deref(), arguments.sandbox)
        .map_err(|error| (Exit::Config, error.to_string()))?;
    let mut warnings = Vec::new();
    let filled = match &arguments.mailto {
        None => None,
        Some(link) => {
            let (draft, left_out) =
                mailto::parse(link).map_err(|why| (Exit::Usage, format!("{link}: {why}")))?;
            if !left_out.is_empty() {
                warnings
                    .push(format!("the link also asked for {}, which no link may set", left_out.join(", ")));
            }
            Some(draft)
        }
    };
    let (settings, source) = if arguments.sandbox {
        (Settings::default(), None)
    } else {
        let config = config::load(&paths.config_file, arguments.config.is_some())
            .map_err(|error| (Exit::Config, error.to_string()))?;
        warnings.extend(config.warnings);
        (config.settings, Some(config.source))
    };
    if let Some(name) = &arguments.account
        && !arguments.sandbox
        && settings.named(name).is_none()
    {
        return Err((
            Exit::Config,
            format!("no account is called \u{201c}{name}\u{201d} in {}", paths.config_file.display()),
        ));
    }
    Ok(Start {
        settings,
        source,
        paths,
        theme: arguments.theme.clone(),
        account: arguments.account.clone(),
        sandbox: arguments.sandbox.then(|| arguments.scenario.unwrap_or(Scenario::ACCEPTS)),
        sign_in: arguments.sign_in,
        filled,
        warnings,
    })
}
