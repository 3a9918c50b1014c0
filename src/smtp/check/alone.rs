//! A sender with a mailbox of its own: it takes a session of its own, all of which counts as one step.

use std::pin::pin;

use tokio::sync::mpsc::unbounded_channel;
use tokio::time::Instant;

use crate::mail::account::{Account, Identity, Security};
use crate::mail::check::{Stage, Why};
use crate::mail::letter::Envelope;
use crate::mail::outcome::Failure;
use crate::mail::reply::Reply;
use crate::smtp::connect::{Target, connect};
use crate::smtp::session::{Rehearsal, Submission};
use crate::smtp::{Event, Events};

use super::watch::Watch;
use super::{Progress, Trial, is_over};

impl<T: FnMut(Progress)> Watch<T> {
    /// Signs in to the mailbox of `sender` with the token that the account has, and names it.
    pub(super) async fn alone(&mut self, trial: &Trial<'_>, sender: &Identity, envelope: &Envelope) {
        let acting = trial.account.sending_as(sender);
        self.begin(Stage::Mail, &envelope.from.to_string());
        self.remark(&format!("another session, signed in as {}", acting.username));
        let (events, mut inbox) = unbounded_channel();
        let mut session = pin!(session(trial, &acting, envelope, events, self.began()));
        // Its steps are not those of the check, so they are told as they are, and not taken for any.
        let named = loop {
            tokio::select! {
                biased;
                Some(event) = inbox.recv() => self.pass_on(event),
                named = &mut session => break named,
            }
        };
        while let Ok(event) = inbox.try_recv() {
            self.pass_on(event);
        }
        match named {
            Ok(reply) => self.pass(&reply.to_string()),
            Err(why) => self.fail(why),
        }
    }

    fn pass_on(&mut self, event: Event) {
        if let Event::Wire(wire) = event {
            self.tell(Progress::Wire(wire));
        }
    }
}

async fn session(
    trial: &Trial<'_>,
    acting: &Account,
    envelope: &Envelope,
    events: Events,
    began: Instant,
) -> Result<Reply, Why> {
    let loopback_only = acting.security == Security::None;
    let way = trial.way.filter(|_| !loopback_only);
    let target = Target { host: &acting.host, port: acting.port, loopback_only, way };
    let connected = connect(target, &events, began).await;
    let (stream, _times) = connected.map_err(|(_step, error)| Why::Failure(Failure::from(&error)))?;
    let submission = Submission { account: acting, envelope, secret: trial.secret };
    let mut line = Rehearsal::new(stream, submission, events, began);
    line.open(trial.client).await?;
    let named = match line.sign_in().await {
        Ok(()) => line.mail(envelope).await,
        Err(why) => Err(why),
    };
    if !named.as_ref().is_err_and(is_over) {
        line.goodbye().say().await;
    }
    named
}
