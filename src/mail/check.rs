//! A check: every step that a send would take up to its message, how each went, and what that comes to. Plain data; whoever
//! runs it tells it step by step, and whoever shows it reads it at any moment.

mod verdict;

use std::fmt;
use std::time::Duration;

use super::account::{Account, Auth, Security};
use super::explain::{self, Explanation};
use super::outcome::{Failure, Outcome, Report, Step};
use super::reply::Reply;
use super::text::Shown;

pub use verdict::Verdict;

/// What is looked at, in the order of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// The account's settings, and the roots that it trusts.
    Config,
    Lookup,
    /// Once for every address of the server.
    Connect,
    /// Another port, once for each: only where the account's own is not reached.
    Probe,
    Greeting,
    Ehlo,
    StartTls,
    Tls,
    /// What the server offers on the line that one signs in on.
    Capabilities,
    Auth,
    /// MAIL, once for every sender of the account.
    Mail,
    /// RCPT to oneself.
    Rcpt,
    Rset,
    Quit,
}

impl Stage {
    /// Its name for scripts; those that a send has, too, are called as there.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Probe => "probe",
            Self::Capabilities => "capabilities",
            Self::Rset => "rset",
            stage => stage.step().as_str(),
        }
    }

    /// What is looked at, for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Config => "Settings",
            Self::Lookup => "Look-up",
            Self::Connect => "Connect",
            Self::Probe => "Other port",
            Self::Greeting => "Greeting",
            Self::Ehlo => "EHLO",
            Self::StartTls => "STARTTLS",
            Self::Tls => "Certificate",
            Self::Capabilities => "Offers",
            Self::Auth => "Sign-in",
            Self::Mail => "MAIL as",
            Self::Rcpt => "RCPT to",
            Self::Rset => "RSET",
            Self::Quit => "QUIT",
        }
    }

    /// The step of a send that it is a part of.
    pub fn step(self) -> Step {
        match self {
            Self::Config => Step::Config,
            Self::Lookup => Step::Lookup,
            Self::Connect | Self::Probe => Step::Connect,
            Self::Greeting => Step::Greeting,
            Self::Ehlo | Self::Capabilities => Step::Ehlo,
            Self::StartTls => Step::StartTls,
            Self::Tls => Step::Tls,
            Self::Auth => Step::Auth,
            Self::Mail | Self::Rset => Step::Mail,
            Self::Rcpt => Step::Rcpt,
            Self::Quit => Step::Quit,
        }
    }

    /// Does the account stop here if this fails? The other ports only help to find out why, and a goodbye changes nothing.
    fn decides(self) -> bool {
        !matches!(self, Self::Probe | Self::Quit)
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Its turn has not come.
    Waiting,
    Running,
    Passed,
    Failed,
    /// It could not be tried, or had no need to be; the text says why.
    Skipped,
}

impl Standing {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
        }
    }
}

/// What made a step fail: the server's word, or the lack of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    Reply(Reply),
    Failure(Failure),
}

/// One step of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckStep {
    pub stage: Stage,
    /// The address, port or sender that it is about; empty where there is only one of its stage.
    pub about: String,
    pub standing: Standing,
    pub took: Duration,
    /// The reply, masked; the bare facts; or why it was skipped.
    pub text: Shown,
    pub why: Option<Why>,
    pub explanation: Option<Explanation>,
}

impl CheckStep {
    fn new(stage: Stage, about: &str, standing: Standing, took: Duration, text: &str) -> Self {
        let text = Shown::new(text);
        Self { stage, about: about.to_owned(), standing, took, text, why: None, explanation: None }
    }

    pub fn running(stage: Stage, about: &str) -> Self {
        Self::new(stage, about, Standing::Running, Duration::ZERO, "")
    }

    pub fn passed(stage: Stage, about: &str, took: Duration, text: &str) -> Self {
        Self::new(stage, about, Standing::Passed, took, text)
    }

    pub fn skipped(stage: Stage, about: &str, reason: &str) -> Self {
        Self::new(stage, about, Standing::Skipped, Duration::ZERO, reason)
    }

    pub fn failed(stage: Stage, about: &str, took: Duration, why: Why) -> Self {
        let (text, explanation) = match &why {
            Why::Reply(reply) => (reply.to_string(), explain::reply(Some(stage.step()), reply)),
            Why::Failure(failure) => (failure.detail.clone(), explain::failure(failure)),
        };
        // A port that is tried for a comparison explains the one that is not reached, not itself.
        let explanation = (stage != Stage::Probe).then_some(explanation);
        Self { why: Some(why), explanation, ..Self::new(stage, about, Standing::Failed, took, &text) }
    }

    fn is(&self, stage: Stage, standing: Standing) -> bool {
        (self.stage, self.standing) == (stage, standing)
    }
}

/// All steps of one check, from the first that is planned to the last that was made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Check {
    steps: Vec<CheckStep>,
    /// The server that greeted is one of Exchange, whose habits are known.
    pub is_exchange: bool,
}

impl Check {
    /// The steps that `account` needs, none of them made yet.
    pub fn planned(account: &Account) -> Self {
        let mut stages = vec![Stage::Lookup, Stage::Connect];
        stages.extend((account.security == Security::Tls).then_some(Stage::Tls));
        stages.extend([Stage::Greeting, Stage::Ehlo]);
        if account.security == Security::StartTls {
            stages.extend([Stage::StartTls, Stage::Tls]);
        }
        stages.push(Stage::Capabilities);
        stages.extend((account.auth != Auth::None).then_some(Stage::Auth));
        let waiting =
            |stage, about: &str| CheckStep::new(stage, about, Standing::Waiting, Duration::ZERO, "");
        let mut steps: Vec<CheckStep> = stages.into_iter().map(|stage| waiting(stage, "")).collect();
        for (nth, sender) in account.senders().enumerate() {
            let address = sender.from.address.to_string();
            steps.push(waiting(Stage::Mail, &address));
            if nth == 0 {
                steps.push(waiting(Stage::Rcpt, &address));
            }
        }
        steps.push(waiting(Stage::Rset, ""));
        steps.push(waiting(Stage::Quit, ""));
        Self { steps, is_exchange: account.is_exchange_online() }
    }

    /// What the log calls the session.
    pub fn title(account: &Account) -> String {
        format!("test of {}", account.name)
    }

    pub fn steps(&self) -> &[CheckStep] {
        &self.steps
    }

    /// Takes in how a step stands now: in its planned place, or behind the last of its stage.
    pub fn hear(&mut self, step: CheckStep) {
        let is_it = |known: &CheckStep| known.stage == step.stage && known.about == step.about;
        let is_placeholder =
            |known: &CheckStep| known.is(step.stage, Standing::Waiting) && known.about.is_empty();
        let place = self.steps.iter().position(is_it).or_else(|| self.steps.iter().position(is_placeholder));
        if let Some(place) = place {
            self.steps[place] = step;
            return;
        }
        let before = self.steps.iter().rposition(|known| {
            known.stage == step.stage || (step.stage == Stage::Probe && known.stage == Stage::Connect)
        });
        let place =
            before.map_or(if step.stage == Stage::Config { 0 } else { self.steps.len() }, |at| at + 1);
        self.steps.insert(place, step);
    }

    /// The steps whose turn never came.
    pub fn left(&self) -> impl Iterator<Item = &CheckStep> {
        self.steps.iter().filter(|step| matches!(step.standing, Standing::Waiting | Standing::Running))
    }

    /// How far the session came when `stage` passed, for some address, port or sender at least.
    pub fn has_passed(&self, stage: Stage) -> bool {
        self.steps.iter().any(|step| step.is(stage, Standing::Passed))
    }

    /// What stops the account, if anything does: the first step that failed and has none beside it that passed. Of several
    /// senders the first that is refused.
    pub fn failure(&self) -> Option<&CheckStep> {
        self.steps.iter().find(|step| {
            let has_a_way_round = step.stage == Stage::Connect && self.has_passed(Stage::Connect);
            step.standing == Standing::Failed && step.stage.decides() && !has_a_way_round
        })
    }

    /// What stops it as the report of an attempt: for the log, the exit code, and the note to an administrator.
    pub fn report(&self) -> Option<Report> {
        let step = self.failure()?;
        let (outcome, reply, failure) = match step.why.clone()? {
            Why::Reply(reply) => (Outcome::of_refusal(reply.class()), Some(reply), None),
            Why::Failure(failure) => (failure.trouble.outcome(), None, Some(failure)),
        };
        let total = self.steps.iter().map(|step| step.took).sum();
        Some(Report {
            outcome,
            step: step.stage.step(),
            reply,
            failure,
            recipients: Vec::new(),
            message_id: String::new(),
            server_id: None,
            tls: None,
            times: Vec::new(),
            total,
            signed_in: self.has_passed(Stage::Auth),
        })
    }
}
