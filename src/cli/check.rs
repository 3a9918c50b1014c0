//! `sendoff check`: why can't I send? Each step as it happens, and at the end a sentence.

mod lines;

use clap::Args;
use serde::Serialize;

use crate::mail::account::Account;
use crate::mail::check::{Check, CheckStep, Standing, Verdict};
use crate::mail::explain::Explanation;
use crate::mail::outcome::Failure;
use crate::mail::secret::Secret;
use crate::runtime::chain;
use crate::runtime::check::{self, Job, PROBES};
use crate::runtime::recorder::Shelf;
use crate::runtime::stores::Stores;
use crate::runtime::tokens::Remembered;
use crate::smtp::Progress;
use crate::store::config;
use crate::store::paths::Paths;

use super::prompt::{self, AtTerminal};
use super::{Arguments, Exit, output, say};
use lines::Lines;

#[derive(Debug, Args)]
pub struct CheckAccount {
    /// The account; without one the default is checked
    #[arg(value_name = "ACCOUNT")]
    name: Option<String>,
    /// Print one JSON object with every step
    #[arg(long)]
    json: bool,
}

impl CheckAccount {
    /// Of the account called `name`, for a person to read.
    pub(super) fn of(name: &str) -> Self {
        Self { name: Some(name.to_owned()), json: false }
    }
}

/// `check --json`.
#[derive(Serialize)]
struct Checked<'a> {
    ok: bool,
    account: &'a str,
    says: &'a str,
    cause: Option<&'static str>,
    who: Option<&'static str>,
    #[serde(rename = "do")]
    todo: Option<&'static str>,
    caveat: Option<&'a str>,
    steps: Vec<Step<'a>>,
}

#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "the names are those that scripts read")]
struct Step<'a> {
    step: &'static str,
    /// The address, port or sender that it is about.
    about: &'a str,
    /// `null` where it was not tried.
    ok: Option<bool>,
    ms: u128,
    cause: Option<&'static str>,
    text: &'a str,
    says: Option<&'a str>,
    who: Option<&'static str>,
    #[serde(rename = "do")]
    todo: Option<&'static str>,
}

pub(super) async fn run(arguments: &CheckAccount, all: &Arguments) -> Exit {
    match attempt(arguments, all).await {
        Ok(exit) => exit,
        Err(says) => {
            if arguments.json {
                let verdict = Verdict { ok: false, says: says.clone(), caveat: None, explanation: None };
                let name = arguments.name.as_deref().unwrap_or_default();
                output::print(&Checked::of(name, &verdict, &Check::default()));
            }
            say::complain(&says);
            Exit::Config
        }
    }
}

async fn attempt(arguments: &CheckAccount, all: &Arguments) -> Result<Exit, String> {
    let paths = Paths::find(all.config.as_deref(), false).map_err(|error| error.to_string())?;
    let config = config::load(&paths.config_file, all.config.is_some()).map_err(|error| error.to_string())?;
    for warning in &config.warnings {
        say::complain(warning);
    }
    let name = arguments.name.as_deref().or(all.account.as_deref());
    let account = super::account_of(&config.settings, name, &paths)?.clone();
    let (secret, missing) = secret(&account, &prompt::stores(&paths, &config.settings)).await;
    let log = Shelf::of(config.settings.log, &paths);
    let job = Job { account, secret, missing, log, probes: PROBES };
    let mut lines = (!arguments.json).then(Lines::new);
    let (check, tidying) = check::run(&job, |progress| {
        if let (Some(lines), Progress::Step(step)) = (&mut lines, &progress) {
            lines.step(step);
        }
    })
    .await;
    let verdict = check.verdict(&job.account);
    match &mut lines {
        Some(lines) => lines.verdict(&verdict),
        None => output::print(&Checked::of(&job.account.name, &verdict, &check)),
    }
    tidying.wait();
    Ok(check.report().map_or(Exit::Ok, |report| Exit::of(&report)))
}

/// The secret, from the chain or from whoever sits at the terminal; without one, why there is none.
async fn secret(account: &Account, stores: &Stores) -> (Option<Secret>, Option<Failure>) {
    match chain::find(account, Remembered::default(), stores, &mut AtTerminal(account)).await {
        Ok(found) => (found.secret.map(|secret| Secret::new(secret.reveal().to_owned())), None),
        Err(missing) => (None, Some(missing.failure(account))),
    }
}

impl<'a> Checked<'a> {
    fn of(account: &'a str, verdict: &'a Verdict, check: &'a Check) -> Self {
        let explanation = verdict.explanation.as_ref();
        Self {
            ok: verdict.ok,
            account,
            says: &verdict.says,
            cause: explanation.map(|explanation| explanation.cause),
            who: explanation.map(|explanation| explanation.who.as_str()),
            todo: explanation.map(|explanation| explanation.todo),
            caveat: verdict.caveat.as_deref(),
            steps: check.steps().iter().map(Step::of).collect(),
        }
    }
}

impl<'a> Step<'a> {
    fn of(step: &'a CheckStep) -> Self {
        let explanation: Option<&'a Explanation> = step.explanation.as_ref();
        Self {
            step: step.stage.as_str(),
            about: &step.about,
            ok: match step.standing {
                Standing::Passed => Some(true),
                Standing::Failed => Some(false),
                Standing::Waiting | Standing::Running | Standing::Skipped => None,
            },
            ms: step.took.as_millis(),
            cause: explanation.map(|explanation| explanation.cause),
            text: step.text.as_str(),
            says: explanation.map(|explanation| explanation.says.as_str()),
            who: explanation.map(|explanation| explanation.who.as_str()),
            todo: explanation.map(|explanation| explanation.todo),
        }
    }
}
