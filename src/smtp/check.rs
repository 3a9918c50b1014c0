//! A check: the way of a send as far as RCPT, told step by step. The handshake is the send's own (`session::rehearsal`); what is
//! added is that every address is tried, every sender named, and that it goes on where only one of several failed.

mod alone;
mod reach;
mod watch;

use tokio::net::TcpStream;

use crate::mail::account::{Account, Auth, Identity};
use crate::mail::address::Address;
use crate::mail::check::{Check, CheckStep, Stage, Why};
use crate::mail::letter::Envelope;
use crate::mail::outcome::{Failure, Step, Trouble};
use crate::mail::reply::Reply;
use crate::mail::secret::Secret;
use crate::mail::transcript::Wire;

use super::proxy::Way;
use super::session::{Rehearsal, Submission};
use super::trust::TlsClient;
use watch::Watch;

/// What is to be checked, and with what.
#[derive(Clone, Copy)]
pub struct Trial<'a> {
    pub account: &'a Account,
    /// `None` where the account needs none, or there is none to be had: then all before the sign-in is looked at.
    pub secret: Option<&'a Secret>,
    /// Why there is none to be had.
    pub missing: Option<&'a Failure>,
    pub client: &'a TlsClient,
    /// The proxy through which a send would go.
    pub way: Option<Way<'a>>,
    /// Ports that are tried for a comparison where the account's own is not reached.
    pub probes: &'a [u16],
}

/// What whoever started a check hears of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// The dialogue, as a send tells it.
    Wire(Wire),
    /// How a step stands now: when it begins, and when it is over.
    Step(CheckStep),
}

/// Octets that are announced in MAIL: those of a short message.
const SIZE: u64 = 1_000;

/// Goes as far as it can, and returns all steps. Dropped in the middle, it leaves the line without another word.
pub async fn check(trial: Trial<'_>, tell: impl FnMut(Progress)) -> Check {
    let mut watch = Watch::new(Check::planned(trial.account), tell);
    if let Some(stream) = watch.reach(&trial).await {
        let envelopes: Vec<Envelope> =
            trial.account.senders().map(|sender| envelope(&sender.from.address)).collect();
        watch.converse(&trial, stream, &envelopes).await;
        let others = trial.account.senders().zip(&envelopes);
        for (sender, envelope) in
            others.filter(|(sender, _)| user_of_its_own(trial.account, sender).is_some())
        {
            if watch.has_signed_in() && is_by_token(trial.account) {
                watch.alone(&trial, &sender, envelope).await;
            }
        }
    }
    watch.finish()
}

/// The envelope of a message that is never sent.
fn envelope(from: &Address) -> Envelope {
    Envelope {
        from: from.clone(),
        to: vec![from.clone()],
        message_id: String::new(),
        subject: String::new(),
        size: SIZE,
        smtputf8: from.needs_smtputf8(),
        eight_bit: false,
        dsn: None,
    }
}

/// The line is of no use any more: nothing can be said on it, not even goodbye.
struct Over;

impl<T: FnMut(Progress)> Watch<T> {
    async fn converse(&mut self, trial: &Trial<'_>, stream: TcpStream, envelopes: &[Envelope]) {
        let Some(own) = envelopes.first() else { return };
        let submission = Submission { account: trial.account, envelope: own, secret: trial.secret };
        let mut line = Rehearsal::new(stream, submission, self.events(), self.began());
        let went = match self.during(line.open(trial.client)).await {
            Ok(()) => {
                self.opened();
                self.sign_in(trial, &mut line).await
            }
            Err(why) => self.came_to_nothing(why),
        };
        let went = match went {
            Ok(true) => self.envelopes(trial.account, &mut line, envelopes).await,
            other => other.map(drop),
        };
        match went {
            Ok(()) => {
                self.begin(Stage::Quit, "");
                self.during(line.goodbye().say()).await;
                self.parted();
            }
            Err(Over) => self.remark("connection dropped"),
        }
    }

    /// Signs in, if the account does; says whether senders can be named then.
    async fn sign_in(
        &mut self,
        trial: &Trial<'_>,
        line: &mut Rehearsal<'_, TcpStream>,
    ) -> Result<bool, Over> {
        if trial.account.auth == Auth::None {
            return Ok(true);
        }
        if let Err(why) = line.offers_sign_in() {
            self.refuse(Stage::Capabilities, why);
            return Ok(false);
        }
        if trial.secret.is_none() {
            let unknown = || Failure { trouble: Trouble::NoSecret, detail: "there is none".to_owned() };
            self.refuse(Stage::Auth, Why::Failure(trial.missing.cloned().unwrap_or_else(unknown)));
            return Ok(false);
        }
        match self.during(line.sign_in()).await {
            Ok(()) => {
                self.arrived();
                Ok(true)
            }
            Err(why) => self.came_to_nothing(why),
        }
    }

    /// MAIL as everybody that the account can send as, RCPT to oneself.
    async fn envelopes<'a>(
        &mut self,
        account: &Account,
        line: &mut Rehearsal<'a, TcpStream>,
        envelopes: &'a [Envelope],
    ) -> Result<(), Over> {
        for (nth, (sender, envelope)) in account.senders().zip(envelopes).enumerate() {
            let about = envelope.from.to_string();
            if let Some(user) = user_of_its_own(account, &sender) {
                if !is_by_token(account) {
                    let reason = format!(
                        "signs in as {user}, with a password of its own; {} is tested here",
                        account.username
                    );
                    self.hear(CheckStep::skipped(Stage::Mail, &about, &reason));
                }
                continue;
            }
            self.begin(Stage::Mail, &about);
            let named = self.during(line.mail(envelope)).await;
            let is_named = self.settle(named)?;
            if nth == 0 && is_named {
                self.begin(Stage::Rcpt, &about);
                let taken = self.during(line.rcpt(&envelope.from)).await;
                self.settle(taken)?;
            }
            if is_named {
                self.begin(Stage::Rset, "");
                let reset = self.during(line.rset()).await;
                if !self.settle(reset)? {
                    // The next MAIL would be a second one.
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// The step that runs is over; did it pass?
    fn settle(&mut self, answer: Result<Reply, Why>) -> Result<bool, Over> {
        match answer {
            Ok(reply) => {
                self.pass(&reply.to_string());
                Ok(true)
            }
            Err(why) => self.came_to_nothing(why),
        }
    }

    /// The step that runs failed. After a refusal the server waits for the next command; after anything else it does not.
    fn came_to_nothing(&mut self, why: Why) -> Result<bool, Over> {
        let is_over = is_over(&why);
        self.fail(why);
        if is_over { Err(Over) } else { Ok(false) }
    }

    /// A step that failed without a word on the wire.
    fn refuse(&mut self, stage: Stage, why: Why) {
        self.tell_step(stage.step());
        self.begin(stage, "");
        self.fail(why);
    }

    fn tell_step(&mut self, step: Step) {
        self.tell(Progress::Wire(Wire::Step(step)));
    }
}

fn is_over(why: &Why) -> bool {
    match why {
        Why::Reply(reply) => reply.code() == 421,
        Why::Failure(failure) => failure.trouble != Trouble::CannotCarry,
    }
}

/// A token is the person's, and opens every mailbox that is delegated; a password is the mailbox's.
fn is_by_token(account: &Account) -> bool {
    account.auth == Auth::Xoauth2
}

/// The name under which this sender signs in, if it is another than the account's.
fn user_of_its_own(account: &Account, sender: &Identity) -> Option<String> {
    sender.username.clone().filter(|user| !user.eq_ignore_ascii_case(&account.username))
}
