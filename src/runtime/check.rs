//! One check, from the account to the verdict: its ends, its record, and what it tells.

use std::time::Duration;

use crate::mail::account::Account;
use crate::mail::check::{Check, CheckStep, Stage, Standing, Why};
use crate::mail::outcome::Failure;
use crate::mail::secret::Secret;
use crate::mail::session::Head;
use crate::mail::transcript::{Line, Wire};
use crate::smtp::{self, Progress, Trial};

use super::recorder::{self, Recorder, Shelf, Tidying};
use super::route::Route;
use super::{clock, trust};

/// Ports that are tried for a comparison: the other one of mail, and the one that is open everywhere.
pub const PROBES: &[u16] = &[25, 443];

/// What is to be checked.
pub struct Job {
    pub account: Account,
    /// `None` where the account needs none, or there is none to be had.
    pub secret: Option<Secret>,
    /// Why there is none to be had.
    pub missing: Option<Failure>,
    /// Where it is recorded, if it is.
    pub log: Option<Shelf>,
    pub probes: &'static [u16],
}

/// Goes as far as it can. Dropped in the middle, it leaves the line without another word.
pub async fn run(job: &Job, mut tell: impl FnMut(Progress)) -> (Check, Tidying) {
    let account = &job.account;
    let what = Head {
        title: Check::title(account),
        account: account.name.clone(),
        host: account.host.clone(),
        port: account.port,
        started: clock::now(),
    };
    let mut recorder = job.log.clone().map(|shelf| Recorder::start(shelf, &what));
    let mut latest = Duration::ZERO;
    let mut hear = |progress: Progress| {
        if let Progress::Wire(Wire::Line(line)) = &progress {
            latest = latest.max(line.at);
        }
        if let (Some(recorder), Progress::Wire(wire)) = (&mut recorder, &progress) {
            recorder.hear_wire(wire);
        }
        tell(progress);
    };
    let route = Route::of(account);
    let check = match trust::config(account).await.and_then(|client| Ok((client, route?))) {
        Ok((client, route)) => {
            let trial = Trial {
                account,
                secret: job.secret.as_ref(),
                missing: job.missing.as_ref(),
                client: &client,
                way: route.as_ref().map(Route::way),
                probes: job.probes,
            };
            smtp::check(trial, &mut hear).await
        }
        Err(error) => unusable(account, Failure::from(&error), &mut hear),
    };
    let verdict = Line::remark(&check.verdict(account).says);
    let verdict = Wire::Line(Line { at: latest, ..verdict });
    if let Some(recorder) = &mut recorder {
        recorder.hear_wire(&verdict);
    }
    tell(Progress::Wire(verdict));
    if let (Some(recorder), Some(report)) = (&mut recorder, check.report()) {
        recorder.end(&report);
    }
    let tidying = recorder::finished(recorder).await;
    (check, tidying)
}

/// The settings already stop it.
fn unusable(account: &Account, failure: Failure, hear: &mut impl FnMut(Progress)) -> Check {
    let mut check = Check::planned(account);
    let left: Vec<CheckStep> = check.left().cloned().collect();
    let failed = CheckStep::failed(Stage::Config, "", Duration::ZERO, Why::Failure(failure));
    let skipped = left.into_iter().map(|step| CheckStep {
        standing: Standing::Skipped,
        text: "not tried, since the settings cannot be used".into(),
        ..step
    });
    for step in std::iter::once(failed).chain(skipped) {
        check.hear(step.clone());
        hear(Progress::Step(step));
    }
    check
}
