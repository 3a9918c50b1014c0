//! Watches a session and makes steps of what it tells: a step is over when the next one begins.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::Instant;

use crate::mail::check::{Check, CheckStep, Stage, Standing, Why};
use crate::mail::outcome::{Failure, Step, Trouble};
use crate::mail::text::Shown;
use crate::mail::transcript::{Kind, Line, Wire};
use crate::smtp::{Event, Events};

use super::Progress;

pub(super) struct Watch<T> {
    check: Check,
    tell: T,
    events: Events,
    inbox: UnboundedReceiver<Event>,
    began: Instant,
    /// The step that runs, and since when.
    running: Option<(Stage, String, Instant)>,
    /// The last reply since it began, line by line, and the facts that count more than it.
    said: Vec<String>,
    facts: Option<String>,
    /// When the certificate in use expires.
    expires: Option<String>,
}

impl<T: FnMut(Progress)> Watch<T> {
    pub(super) fn new(check: Check, tell: T) -> Self {
        let (events, inbox) = unbounded_channel();
        let began = Instant::now();
        let (running, said, facts, expires) = (None, Vec::new(), None, None);
        Self { check, tell, events, inbox, began, running, said, facts, expires }
    }

    pub(super) fn events(&self) -> Events {
        self.events.clone()
    }

    pub(super) fn began(&self) -> Instant {
        self.began
    }

    pub(super) fn has_signed_in(&self) -> bool {
        self.check.has_passed(Stage::Auth)
    }

    pub(super) fn tell(&mut self, progress: Progress) {
        (self.tell)(progress);
    }

    /// Takes in how a step stands, and passes it on.
    pub(super) fn hear(&mut self, step: CheckStep) {
        self.check.hear(step.clone());
        self.tell(Progress::Step(step));
    }

    pub(super) fn begin(&mut self, stage: Stage, about: &str) {
        self.running = Some((stage, about.to_owned(), Instant::now()));
        self.said.clear();
        self.facts = None;
        self.hear(CheckStep::running(stage, about));
    }

    pub(super) fn pass(&mut self, text: &str) {
        if let Some((stage, about, since)) = self.running.take() {
            self.hear(CheckStep::passed(stage, &about, since.elapsed(), text));
        }
    }

    pub(super) fn fail(&mut self, why: Why) {
        if let Some((stage, about, since)) = self.running.take() {
            self.hear(CheckStep::failed(stage, &about, since.elapsed(), why));
        }
    }

    /// The step that runs has led on: what the server said is its text.
    pub(super) fn arrived(&mut self) {
        let said = self.facts.take().unwrap_or_else(|| self.said.join(" "));
        self.pass(&said);
    }

    /// The same of the last step before the sign-in.
    pub(super) fn opened(&mut self) {
        self.arrived();
        if !self.check.has_passed(Stage::Capabilities) {
            // There was no second EHLO: the first one told it all.
            let offers = self.check.steps().iter().find(|step| step.stage == Stage::Ehlo);
            let text = offers.map(|step| step.text.to_string()).unwrap_or_default();
            self.hear(CheckStep::passed(Stage::Capabilities, "", Duration::ZERO, &text));
        }
    }

    /// QUIT was said; its answer is a courtesy.
    pub(super) fn parted(&mut self) {
        if self.said.is_empty() {
            let detail = "no answer; that changes nothing".to_owned();
            self.fail(Why::Failure(Failure { trouble: Trouble::Lost, detail }));
        } else {
            self.arrived();
        }
    }

    pub(super) fn remark(&mut self, text: &str) {
        let line = Line { at: self.began.elapsed(), ..Line::remark(text) };
        self.tell(Progress::Wire(Wire::Line(line)));
    }

    /// Waits for `doing`, and hears meanwhile what it tells.
    pub(super) async fn during<F: Future>(&mut self, doing: F) -> F::Output {
        let mut doing = pin!(doing);
        let done = loop {
            tokio::select! {
                biased;
                Some(event) = self.inbox.recv() => self.take(event),
                done = &mut doing => break done,
            }
        };
        self.drain();
        done
    }

    pub(super) fn drain(&mut self) {
        while let Ok(event) = self.inbox.try_recv() {
            self.take(event);
        }
    }

    fn take(&mut self, event: Event) {
        // Nothing is asked before there is a message.
        let Event::Wire(wire) = event else { return };
        match &wire {
            Wire::Step(step) => self.came_to(*step),
            Wire::Line(Line { kind: Kind::Reply(_), text, took, .. }) => {
                if took.is_some() {
                    // The first line of another reply: the last one counts.
                    self.said.clear();
                }
                self.said.push(text.to_string());
            }
            Wire::Chain(chain) => {
                let until = chain.first().map(|own| own.valid_until.strftime("%Y-%m-%d").to_string());
                self.expires = until;
            }
            Wire::Tls(facts) => {
                let until = self.expires.as_ref().map(|day| format!(" until {day}")).unwrap_or_default();
                self.facts = Some(format!("{}, proves {}{until}", facts.short(), facts.name));
            }
            Wire::Offered(lines) => {
                self.facts = Some(lines.iter().map(Shown::as_str).collect::<Vec<_>>().join(", "));
            }
            Wire::Line(_) | Wire::Progress { .. } => {}
        }
        if let Wire::Line(Line { kind: Kind::Reply(_), text, .. }) = &wire {
            self.check.is_exchange |= text.as_str().contains("Microsoft ESMTP MAIL Service");
        }
        self.tell(Progress::Wire(wire));
    }

    /// The opening goes on to its next step by itself.
    fn came_to(&mut self, step: Step) {
        let stage = match step {
            Step::Greeting => Stage::Greeting,
            Step::Ehlo if self.check.has_passed(Stage::StartTls) => Stage::Capabilities,
            Step::Ehlo => Stage::Ehlo,
            Step::StartTls => Stage::StartTls,
            Step::Tls => Stage::Tls,
            Step::Auth => Stage::Auth,
            // These are begun by whoever says them.
            _ => return,
        };
        self.arrived();
        self.begin(stage, "");
    }

    /// Says of what was not tried why it was not.
    pub(super) fn finish(mut self) -> Check {
        let before = self.check.failure().and_then(|step| step.stage.title().split(' ').next());
        let before = before.map(str::to_owned);
        let left: Vec<(Stage, String)> =
            self.check.left().map(|step| (step.stage, step.about.clone())).collect();
        for (stage, about) in left {
            let reason = match &before {
                Some(step) => format!("not tried: {step} failed"),
                None => "not tried".to_owned(),
            };
            self.hear(CheckStep::skipped(stage, &about, &reason));
        }
        debug_assert!(!self.check.steps().iter().any(|step| step.standing == Standing::Running));
        self.check
    }
}
