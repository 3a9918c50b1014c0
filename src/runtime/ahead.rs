//! Connect ahead: while the review is open a session is brought up to "signed in", so that the letter which is confirmed there
//! needs two round trips more. It belongs to that one letter, asks nobody for a secret, and tells the review how far it is.

use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;

use crate::app::model::SendId;
use crate::app::msg::{Ahead as State, Ended, Msg, News, Prelude};
use crate::mail::account::Account;
use crate::mail::explain;
use crate::mail::letter::Envelope;
use crate::mail::outcome::{Report, Step, Trouble};
use crate::mail::secret::{Kind, Secret};
use crate::mail::session::{Head, Session};
use crate::mail::transcript::{Line, Wire};
use crate::store::outbox::Held;

use super::chain::{self, Found, Person, Source};
use super::event::Event;
use super::pace::Lane;
use super::recorder::{self, Recorder, Shelf};
use super::route::Route;
use super::sends::{self, Job, Told};
use super::stores::Stores;
use super::submit::Submit;
use super::tokens::{Fresh, Missing, Remembered};
use super::{clock, trust};

/// The end of it that waits for the letter. Dropped, it says goodbye to the server.
pub(super) struct Ahead {
    message_id: String,
    id: oneshot::Sender<SendId>,
    letter: oneshot::Sender<Held>,
    cancel: oneshot::Sender<()>,
}

/// What it begins with.
pub(super) struct Opening {
    pub(super) remembered: Remembered,
    pub(super) stores: Stores,
    pub(super) lane: Option<Lane>,
    /// Where it is recorded, if it is.
    pub(super) log: Option<Shelf>,
}

impl Ahead {
    pub(super) fn open(
        account: Account,
        envelope: Envelope,
        opening: Opening,
        events: UnboundedSender<Event>,
    ) -> Self {
        let Opening { remembered, stores, lane, log } = opening;
        let (id, named) = oneshot::channel();
        let (letter, coming) = oneshot::channel();
        let (cancel, wish) = oneshot::channel();
        let message_id = envelope.message_id.clone();
        let audience = Audience {
            account,
            envelope,
            named,
            events,
            early: Vec::new(),
            submit: None,
            report: None,
            log,
            recorder: None,
            is_doubtful: false,
            began: clock::now(),
        };
        tokio::spawn(audience.attend(remembered, stores, lane, coming, wish));
        Self { message_id, id, letter, cancel }
    }

    /// Gives it its letter. It comes back if the session is gone, or was opened for another one.
    pub(super) fn adopt(self, id: SendId, message_id: &str, held: Held) -> Result<oneshot::Sender<()>, Held> {
        if self.message_id != message_id {
            return Err(held);
        }
        // The name first: whoever hears that the letter has come asks for it.
        let _ = self.id.send(id);
        self.letter.send(held)?;
        Ok(self.cancel)
    }
}

/// Whoever hears what the session tells: the review first, then the send that it has become.
struct Audience {
    account: Account,
    envelope: Envelope,
    named: oneshot::Receiver<SendId>,
    events: UnboundedSender<Event>,
    /// What was said before there was a send to tell it to.
    early: Vec<Wire>,
    submit: Option<Submit>,
    /// How it ended without one.
    report: Option<Report>,
    log: Option<Shelf>,
    recorder: Option<Recorder>,
    /// Is the secret one that may have become wrong since it was kept?
    is_doubtful: bool,
    began: Timestamp,
}

impl Audience {
    async fn attend(
        mut self,
        remembered: Remembered,
        stores: Stores,
        lane: Option<Lane>,
        mut coming: oneshot::Receiver<Held>,
        cancel: oneshot::Receiver<()>,
    ) {
        let way_out = lane.as_ref().map(Lane::try_line);
        if matches!(way_out, Some(None)) {
            // Another send has the line; this one takes its turn when it is confirmed.
            return self.give_up(coming);
        }
        self.state(State::Opening);
        let mut early = Early(self.events.clone());
        let found = tokio::select! {
            biased;
            found = chain::find(&self.account, remembered, &stores, &mut early) => found,
            // Faster than the secret: the ordinary way can ask for it, and can be stopped.
            held = &mut coming => return self.give_back(held.ok()),
        };
        let found = match found {
            Ok(found) => found,
            Err(missing) => return self.give_up_for(coming, &missing),
        };
        self.early.extend(found.age().map(|age| Wire::Line(Line::remark(&age))));
        let Found { secret, source, .. } = found;
        self.is_doubtful = matches!(source, Source::Memory | Source::Kept(_) | Source::SignIn);
        let route = Route::of(&self.account);
        let ends = trust::config(&self.account).await.and_then(|config| Ok((config, route?)));
        // What is wrong with the settings is said when it is sent.
        let Ok((config, proxy)) = ends else {
            return self.give_up(coming);
        };
        if let Some(secret) = &secret {
            // From here on it is looked for in whatever is to leave.
            let (user, secret) = (self.account.username.clone(), Arc::clone(secret));
            let _ = self.events.send(Event::Known { user, secret });
        }
        let copy = secret.as_ref().map(|secret| Secret::new(secret.reveal().to_owned()));
        let job = Job {
            account: self.account.clone(),
            envelope: self.envelope.clone(),
            secret: copy,
            config,
            proxy,
        };
        self.began = clock::now();
        self.prelude(Prelude::Begun(self.head()));
        let done = sends::run_ahead(job, coming, cancel, |told| self.hear(told)).await;
        if let Some((report, held)) = done {
            // Let go of before the mind hears that it is over: what comes next may want to hold it.
            drop(held);
            self.forget_if_refused(&report);
            recorder::finished(self.recorder.take()).await;
            if let Some(submit) = &self.submit {
                submit.tell(News::Ended(Ended { offer_to_keep: None }));
            }
        } else {
            self.keep_prelude().await;
        }
    }

    fn prelude(&self, prelude: Prelude) {
        let msg = Msg::Prelude(self.envelope.message_id.clone(), prelude);
        let _ = self.events.send(Event::Msg(msg));
    }

    /// No send took it over: it stands for itself, on the screen and on disk.
    async fn keep_prelude(mut self) {
        let mut session = Session::new(self.head());
        let mut recorder = self.log.take().map(|shelf| Recorder::start(shelf, &session.head));
        for wire in &self.early {
            session.hear(wire);
            if let Some(recorder) = &mut recorder {
                recorder.hear_wire(wire);
            }
        }
        if let Some(report) = &self.report {
            session.end(report);
            if let Some(recorder) = &mut recorder {
                recorder.end(report);
            }
        }
        self.prelude(Prelude::Over(Box::new(session)));
        recorder::finished(recorder).await;
    }

    fn head(&self) -> Head {
        let title = format!("{} (opened ahead)", self.envelope.subject);
        let Account { name, host, port, .. } = &self.account;
        Head { title, account: name.clone(), host: host.clone(), port: *port, started: self.began }
    }

    /// It cannot be done ahead. A letter that has come meanwhile goes the ordinary way.
    fn give_up(self, coming: oneshot::Receiver<Held>) {
        self.end(coming, State::Closed);
    }

    /// Nobody is asked while the review is open, but what will be asked, or cannot be had at all, is said there.
    fn give_up_for(self, coming: oneshot::Receiver<Held>, missing: &Missing) {
        let state = match missing {
            Missing::NotSignedIn(_) => State::Asks(Kind::RefreshToken.as_str()),
            Missing::NotGiven(_) => State::Asks(self.account.secret_word()),
            Missing::Failed(why) => State::Failed(why.clone()),
        };
        self.end(coming, state);
    }

    fn end(self, mut coming: oneshot::Receiver<Held>, state: State) {
        coming.close();
        self.state(state);
        self.give_back(coming.try_recv().ok());
    }

    fn give_back(mut self, held: Option<Held>) {
        if let (Some(held), Ok(id)) = (held, self.named.try_recv()) {
            let _ = self.events.send(Event::Again { id, envelope: self.envelope, held: Box::new(held) });
        }
    }

    fn state(&self, state: State) {
        let msg = Msg::Ahead(self.envelope.message_id.clone(), state);
        let _ = self.events.send(Event::Msg(msg));
    }

    fn hear(&mut self, told: Told) {
        if let Some(submit) = &self.submit {
            if let Some(recorder) = &mut self.recorder {
                recorder.hear(&told);
            }
            return submit.pass_on(told);
        }
        match told {
            Told::Wire(wire) => {
                self.prelude(Prelude::Wire(wire.clone()));
                self.early.push(wire);
            }
            Told::Ready => self.state(State::Ready),
            Told::Begun => self.begin(),
            Told::Report(report) => {
                self.forget_if_refused(&report);
                self.state(state_of(&report, &self.account));
                self.report = Some(report);
            }
            Told::Decide { .. } | Told::PointOfNoReturn | Told::JournalTrouble(_) => {}
        }
    }

    /// The send hears all that it missed.
    fn begin(&mut self) {
        let Ok(id) = self.named.try_recv() else { return };
        let submit = Submit {
            id,
            account: self.account.clone(),
            envelope: self.envelope.clone(),
            events: self.events.clone(),
            lane: None,
            log: self.log.clone(),
        };
        submit.tell(News::Started(self.began));
        self.recorder = submit.recorder(self.began);
        for told in self.early.drain(..).map(Told::Wire) {
            if let Some(recorder) = &mut self.recorder {
                recorder.hear(&told);
            }
            submit.pass_on(told);
        }
        self.submit = Some(submit);
    }

    fn forget_if_refused(&self, report: &Report) {
        if self.is_doubtful && report.step == Step::Auth && !report.signed_in {
            let _ = self.events.send(Event::Forget(Box::new(self.account.clone())));
        }
    }
}

/// Nobody is asked, but what was fetched is remembered.
struct Early(UnboundedSender<Event>);

impl Person for Early {
    fn keeper(&self) -> impl FnOnce(Fresh) + Send + 'static {
        let events = self.0.clone();
        move |fresh| drop(events.send(Event::Token(fresh)))
    }
}

/// What the review is told of a session that ended before its letter came.
fn state_of(report: &Report, account: &Account) -> State {
    let is_harmless = report.failure.as_ref().is_some_and(|failure| {
        failure.trouble == Trouble::Cancelled || report.signed_in && failure.trouble == Trouble::Lost
    });
    match explain::report(report).filter(|_| !is_harmless) {
        Some(explanation) if report.step == Step::Auth && report.reply.is_some() => {
            State::Refused(Box::new(account.clone()), explanation.says)
        }
        Some(explanation) => State::Failed(explanation.says),
        None => State::Closed,
    }
}
