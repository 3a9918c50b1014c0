//! What a check comes to, in a sentence.

use crate::mail::account::Account;
use crate::mail::explain::{Explanation, Who};

use super::{Check, CheckStep, Stage, Standing};

/// Whether the account can send, or what stops it and who can change that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Every sender that was tried was taken.
    pub ok: bool,
    /// One sentence.
    pub says: String,
    /// What a check cannot see, where that matters.
    pub caveat: Option<String>,
    /// Of what stops it.
    pub explanation: Option<Explanation>,
}

/// What stands beside a verdict on Exchange: the right to send as somebody is looked at later than a check may go.
const SEND_AS: &str = "Exchange Online decides about Send As only once a whole message is there, which a check never sends: \
                       a refusal of that kind cannot be seen here.";

impl Check {
    /// What all steps come to. Before the last of them it tells how far it is.
    pub fn verdict(&self, account: &Account) -> Verdict {
        let explanation = self.failure().and_then(|step| step.explanation.clone());
        let says = match self.failure() {
            Some(step) if matches!(step.stage, Stage::Mail | Stage::Rcpt | Stage::Rset) => {
                self.envelope(step)
            }
            Some(step) => changed_by(&self.stopped(step, account), explanation.as_ref()),
            None if !self.has_passed(Stage::Mail) => "The check was stopped before it could tell.".to_owned(),
            None => self.can_send(),
        };
        let ok = self.failure().is_none() && self.has_passed(Stage::Mail) && self.has_passed(Stage::Rcpt);
        let is_another = |step: &CheckStep| !step.about.eq_ignore_ascii_case(&account.username);
        let is_open = self.is_exchange && self.of(Standing::Passed).any(is_another);
        Verdict { ok, says, caveat: is_open.then(|| SEND_AS.to_owned()), explanation }
    }

    /// The senders that stand so.
    fn of(&self, standing: Standing) -> impl Iterator<Item = &CheckStep> {
        self.steps.iter().filter(move |step| step.stage == Stage::Mail && step.standing == standing)
    }

    fn senders(&self, standing: Standing) -> String {
        let names: Vec<&str> = self.of(standing).map(|step| step.about.as_str()).collect();
        match names.as_slice() {
            [] => String::new(),
            [one] => (*one).to_owned(),
            [most @ .., last] => format!("{} and {last}", most.join(", ")),
        }
    }

    /// `You can send as ana@contoso.com and sales@contoso.com; shared@contoso.com was not tried.`
    fn can_send(&self) -> String {
        let (yes, untried) = (self.senders(Standing::Passed), self.senders(Standing::Skipped));
        match untried.as_str() {
            "" => format!("You can send as {yes}."),
            _ => format!("You can send as {yes}; {untried} was not tried."),
        }
    }

    /// Signed in, and then a sender or the recipient was refused.
    fn envelope(&self, step: &CheckStep) -> String {
        let explanation = step.explanation.as_ref();
        let because = explanation.map(|explanation| explanation.says.as_str()).unwrap_or_default();
        let (yes, no) = (self.senders(Standing::Passed), self.senders(Standing::Failed));
        let says = match step.stage {
            Stage::Mail if yes.is_empty() => format!("You cannot send as {no}: {because}"),
            Stage::Mail => format!("You can send as {yes}, but not as {no}: {because}"),
            Stage::Rcpt => {
                format!("You are let in, but not even {} may be written to: {because}", step.about)
            }
            _ => format!("You can send as {yes}; whether as others was not to be found out: {because}"),
        };
        changed_by(&says, explanation)
    }

    /// The explanation of a step without which there is no session, with what the other ports tell of it.
    fn stopped(&self, step: &CheckStep, account: &Account) -> String {
        let says = step.explanation.as_ref().map(|explanation| explanation.says.clone()).unwrap_or_default();
        if step.stage != Stage::Connect || !self.steps.iter().any(|step| step.stage == Stage::Probe) {
            return says;
        }
        let ports = |standing| {
            let probes = self.steps.iter().filter(move |step| step.is(Stage::Probe, standing));
            probes.map(|step| step.about.as_str()).collect::<Vec<_>>().join(" and ")
        };
        let (open, says, port) = (ports(Standing::Passed), says.trim_end_matches('.'), account.port);
        if open.is_empty() {
            format!(
                "{says} (nor does anything answer on its port {}: is this machine on the network at all?).",
                ports(Standing::Failed).replace(" and ", " or ")
            )
        } else {
            format!("{says} (its port {open} can be reached, so it is port {port} that a firewall closes).")
        }
    }
}

/// The same sentence, with who can change it.
fn changed_by(says: &str, explanation: Option<&Explanation>) -> String {
    let says = says.trim_end_matches('.');
    match explanation.map(|explanation| explanation.who) {
        Some(Who::Wait) => format!("{says}; nobody has to change that: wait and try again."),
        Some(who) => format!("{says}; {} can change that.", who.as_str()),
        None => format!("{says}."),
    }
}
