//! `sendoff log`: the sessions that were recorded, to list, to read, to give away.

use std::io::IsTerminal as _;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::auth::helper::{self, Terminal};
use crate::mail::place::Place;
use crate::mail::secret::{Kind, Secret};
use crate::mail::session::{Form, Session};
use crate::mail::settings::Settings;
use crate::mail::text::Shown;
use crate::mail::transcript::Took;
use crate::runtime::clock;
use crate::runtime::stores::Stores;
use crate::runtime::vault::Asking;
use crate::store::logs::{Keep, Logs};
use crate::store::paths::Paths;
use crate::store::{self, config};

use super::{Arguments, Exit, output, say};

#[derive(Debug, Args)]
pub struct Log {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// The sessions, newest first
    List {
        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
        /// No more than so many
        #[arg(short = 'n', long, value_name = "COUNT", default_value_t = 20)]
        count: usize,
    },
    /// One session, as text
    Show {
        /// Its number in the list, or its name
        #[arg(default_value = "1")]
        which: String,
    },
    /// One session, to give away
    Export {
        /// Its number in the list, or its name
        #[arg(default_value = "1")]
        which: String,
        #[arg(long, value_enum, default_value = "text")]
        form: Shape,
        /// A file that is not there yet; else standard output
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Leave out the subject, and put numbers in place of people
        #[arg(long)]
        redact: bool,
    },
    /// Remove what is older than the configuration says, or than so many days
    Prune {
        #[arg(long, value_name = "DAYS", conflicts_with = "all")]
        days: Option<u32>,
        /// Remove every session
        #[arg(long)]
        all: bool,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Shape {
    Text,
    Json,
    Html,
}

/// `log list --json`.
#[derive(Serialize)]
struct Listed<'a> {
    number: usize,
    name: &'a str,
    began: String,
    outcome: &'static str,
    account: &'a str,
    place: String,
    subject: &'a str,
    ms: u128,
}

pub(super) async fn run(log: &Log, arguments: &Arguments) -> Exit {
    let done = match Paths::find(arguments.config.as_deref(), arguments.sandbox) {
        Ok(paths) => act(log, arguments, &paths).await,
        Err(error) => Err((Exit::Config, error.to_string())),
    };
    done.unwrap_or_else(|(exit, why)| {
        say::complain(&why);
        exit
    })
}

async fn act(log: &Log, arguments: &Arguments, paths: &Paths) -> Result<Exit, (Exit, String)> {
    let io = |error: store::StoreError| (Exit::Io, error.to_string());
    let settings = config::load(&paths.config_file, arguments.config.is_some());
    let settings = settings.map_err(|error| (Exit::Config, error.to_string()))?.settings;
    let logs = Logs::open(paths.logs()).map_err(io)?;
    match log.command.as_ref().unwrap_or(&Command::List { json: false, count: 20 }) {
        Command::List { json, count } => list(&logs, *json, *count).map_err(io),
        Command::Show { which } => {
            say::out(session(&logs, which)?.write(Form::Text, &TimeZone::system()).trim_end());
            Ok(Exit::Ok)
        }
        Command::Export { which, form, output, redact } => {
            let session = session(&logs, which)?;
            let session = if *redact { session.without_people() } else { session };
            let form = match form {
                Shape::Text => Form::Text,
                Shape::Json => Form::Json,
                Shape::Html => Form::Html,
            };
            let text = session.write(form, &TimeZone::system());
            if gives_away(&session, &settings, paths.state.clone(), &text).await {
                let why =
                    "not exported: the account's password or token is in it, which the masking has missed";
                return Err((Exit::Software, why.to_owned()));
            }
            match output {
                Some(file) => store::write_new(file, &text).map_err(io)?,
                None => say::out(text.trim_end()),
            }
            Ok(Exit::Ok)
        }
        Command::Prune { days, all } => {
            let limits = Keep::from(settings.log);
            let keep = Keep { days: days.unwrap_or(limits.days), size: if *all { 0 } else { limits.size } };
            let gone = logs.prune(keep, clock::now()).map_err(io)?;
            say::out(format_args!("{gone} removed"));
            Ok(Exit::Ok)
        }
    }
}

fn list(logs: &Logs, is_json: bool, count: usize) -> Result<Exit, store::StoreError> {
    let names = logs.names()?;
    if names.is_empty() && !is_json && std::io::stdout().is_terminal() {
        say::out("no session has been recorded yet");
    }
    for (nth, name) in names.iter().take(count).enumerate() {
        // What cannot be read is passed over here; `show` says why.
        let Ok((session, _damaged)) = logs.read(name) else { continue };
        let listed = Listed {
            number: nth + 1,
            name,
            began: session
                .head
                .started
                .to_zoned(TimeZone::system())
                .strftime("%Y-%m-%d %H:%M:%S")
                .to_string(),
            outcome: session.ending.as_ref().map_or(session.unended(), |ending| ending.outcome.as_str()),
            account: &session.head.account,
            place: session.place(),
            subject: &session.head.title,
            ms: session.ending.as_ref().map_or(0, |ending| ending.total.as_millis()),
        };
        if is_json {
            output::print(&listed);
        } else {
            let took =
                session.ending.as_ref().map(|ending| Took(ending.total).to_string()).unwrap_or_default();
            let (account, subject) = (Shown::new(listed.account), Shown::new(listed.subject));
            say::out(format_args!(
                "{:>3}  {}  {:8} {took:>7}  {account}  {subject}",
                listed.number, listed.began, listed.outcome
            ));
        }
    }
    Ok(Exit::Ok)
}

fn session(logs: &Logs, which: &str) -> Result<Session, (Exit, String)> {
    let io = |error: store::StoreError| (Exit::Io, error.to_string());
    let names = logs.names().map_err(io)?;
    let name = match which.parse::<usize>() {
        Ok(number) => number.checked_sub(1).and_then(|nth| names.get(nth)),
        Err(_not_a_number) if which == "last" => names.first(),
        Err(_not_a_number) => names.iter().find(|name| name.as_str() == which),
    };
    let Some(name) = name else {
        let there_are = if names.is_empty() {
            "none has been recorded yet".to_owned()
        } else {
            format!("there are 1 to {}", names.len())
        };
        return Err((
            Exit::NoInput,
            format!("there is no session \u{201c}{}\u{201d}; {there_are}", Shown::new(which)),
        ));
    };
    let (session, damaged) = logs.read(name).map_err(io)?;
    if damaged > 0 {
        say::complain(format_args!("{damaged} lines of this record cannot be read and are left out"));
    }
    Ok(session)
}

/// The second look: masked where it was captured, and searched once more for all that the account's stores hold today.
async fn gives_away(session: &Session, settings: &Settings, state: PathBuf, text: &str) -> bool {
    let Some(account) = settings.named(&session.head.account).filter(|account| account.needs_secret()) else {
        return false;
    };
    let is_in = |secret: &Secret| secret.is_in(text, &account.username);
    if let Some(argv) = &account.password_command
        && helper::run(argv, Terminal::Taken).await.is_ok_and(|secret| is_in(&secret))
    {
        return true;
    }
    // A vault that is locked stays so: what is in it was masked when it was used.
    let stores = Stores::new(state, None, |_wish| None);
    for kind in Kind::ALL {
        let Some(place) = Place::of(kind, account) else { continue };
        let looked = stores.look(&place, kind.as_str(), Asking::Forbidden).await;
        if looked.found.is_some_and(|(secret, _)| is_in(&secret)) {
            return true;
        }
    }
    false
}
