//! A send as the mind sees it: from Ctrl-X to the outcome, and what becomes of the draft.

mod questions;

use jiff::Timestamp;

use crate::mail::account::Account;
use crate::mail::draft::Problem;
use crate::mail::explain;
use crate::mail::letter::Letter;
use crate::mail::outbox::LetterId;
use crate::mail::outcome::{Failure, Outcome, Report, Step, Trouble};
use crate::mail::session::Head;
use crate::mail::transcript::Wire;

use super::action::Action;
use super::compose::Compose;
use super::dialog::{Dialog, Question};
use super::drafts;
use super::effect::Effect;
use super::log::Session;
use super::model::{Leaving, Model, Pane, SendId, Severity};
use super::msg::{Ahead, Candidate, Ended, News};
use super::outbox::Sending;

pub(super) use questions::{need_terminal, offer_to_keep};

fn current(model: &mut Model) -> Option<Account> {
    let account = model.accounts.current().cloned();
    if account.is_none() {
        let key = model.keymap.key_for(Action::PreviousPane).unwrap_or_default();
        model.say(
            Severity::Warning,
            format!("there is no account to send from yet; {key} twice leads to the account pane, which says how to add one"),
        );
    }
    account
}

/// Ctrl-X: what was typed is checked against the world first.
pub(super) fn review(model: &mut Model) -> Vec<Effect> {
    let Some(account) = current(model) else { return Vec::new() };
    model.dialogs.push(Dialog::Checking);
    vec![Effect::Check(Box::new(candidate(model, account)))]
}

fn candidate(model: &Model, account: Account) -> Candidate {
    Candidate {
        key: model.compose.key,
        draft: model.compose.draft(&account.name, model.accounts.identity()),
        account,
        may_be_sent: model.compose.may_be_sent,
    }
}

pub(super) fn checked(
    model: &mut Model,
    asked: Candidate,
    checked: Result<Letter, Vec<Problem>>,
) -> Vec<Effect> {
    let before = model.dialogs.len();
    model.dialogs.retain(|dialog| !matches!(dialog, Dialog::Checking));
    if model.dialogs.len() == before {
        // Esc was faster.
        return Vec::new();
    }
    let is_current = model.accounts.current().is_some_and(|now| candidate(model, now.clone()) == asked);
    if !is_current {
        // Another draft, account or attachment came in between: what is shown must be what is sent.
        return review(model);
    }
    match checked {
        Ok(letter) => {
            let ahead = if asked.account.extras.connect_ahead {
                open_ahead(model, &letter, &asked.account)
            } else {
                Vec::new()
            };
            model.dialogs.push(Dialog::review(letter, asked));
            return ahead;
        }
        Err(problems) => {
            if let Some(first) = problems.first() {
                model.focus = Pane::Compose;
                model.compose.field = first.field;
                let more = if problems.len() > 1 {
                    format!(" (and {} more)", problems.len() - 1)
                } else {
                    String::new()
                };
                model.say(Severity::Error, format!("{}: {}{more}", first.field.as_str(), first.what));
            }
        }
    }
    Vec::new()
}

/// What the server says to a sign-in can be known before anybody waits for it. One that it has refused is not tried again
/// until somebody wants it: too many lock the account.
fn open_ahead(model: &mut Model, letter: &Letter, account: &Account) -> Vec<Effect> {
    let envelope = Box::new(letter.envelope.clone());
    let message_id = envelope.message_id.clone();
    if let Some((refused, why)) = model.refused_ahead.as_ref().filter(|(refused, _)| **refused == *account) {
        model.ahead = Some((message_id, Ahead::Refused(refused.clone(), why.clone())));
        return Vec::new();
    }
    model.ahead = Some((message_id, Ahead::Closed));
    vec![Effect::OpenAhead { account: Box::new(account.clone()), envelope }]
}

/// Enter in the review: the letter is frozen, and the composer is free for the next.
pub(super) fn queue(model: &mut Model, letter: Letter, candidate: Candidate) -> Vec<Effect> {
    let Candidate { key, draft, account, .. } = candidate;
    // From here on the session that was opened for it is the send's, with all that was said.
    model.ahead = None;
    model.refused_ahead = None;
    model.log.forget_prelude(&letter.envelope.message_id);
    let id = model.send_id();
    let title = draft.title().to_owned();
    let total = letter.envelope.size;
    model.log.begin(Session::new(id, head(&title, &account)));
    let send = Sending {
        id,
        letter: None,
        title,
        account: account.name.clone(),
        at: None,
        step: Step::Secret,
        waits: false,
        progress: (0, total),
        is_past_dot: false,
        report: None,
        draft: (key, draft.clone()),
        is_over: false,
        is_unwanted: false,
    };
    model.outbox.sends.insert(0, send);
    let queue = Effect::Queue { id, draft: key, letter: Box::new(letter), account: Box::new(account) };
    // Free at once: what is typed from here on belongs to the next message.
    if model.compose.key == key {
        let key = model.draft_key();
        model.compose = Compose::new(key, model.signature());
    }
    // Saved once more as it was sent, so that the draft that may come back is the letter that went.
    vec![Effect::Save(key, draft), queue]
}

/// What is known of a session before it begins; when that is, it says itself.
pub(super) fn head(title: &str, account: &Account) -> Head {
    let (account, host, port) = (account.name.clone(), account.host.clone(), account.port);
    Head { title: title.to_owned(), account, host, port, started: Timestamp::UNIX_EPOCH }
}

/// What happens to a send on its way.
pub(super) fn news(model: &mut Model, id: SendId, news: News) -> Vec<Effect> {
    // Nobody is there to answer, or will not be for long.
    let is_unwatched = matches!(model.leaving, Leaving::Unwatched | Leaving::Ordered);
    match news {
        News::Queued(queued) => return self::queued(model, id, queued),
        News::Waits(waits) => {
            if let Some(send) = model.outbox.send_mut(id) {
                send.waits = waits;
            }
        }
        News::Started(at) => started(model, id, at),
        News::Wire(wire) => hear(model, id, &wire),
        News::NeedSecret(_) | News::NeedSignIn if is_unwatched => return vec![Effect::GiveUp(id)],
        News::NeedTerminal(_) if is_unwatched => return vec![Effect::LendTerminal(id, false)],
        News::NeedTerminal(why) => {
            questions::need_terminal(model, id, why);
            // It may have written over the screen.
            return vec![Effect::Redraw];
        }
        News::NeedSecret(notes) => questions::need_secret(model, id, notes),
        News::NeedSignIn => questions::need_sign_in(model, id),
        News::Decide(_) if is_unwatched => return vec![Effect::Decide { id, send_to_accepted: false }],
        News::Decide(recipients) => questions::decide(model, id, &recipients),
        News::PointOfNoReturn => {
            if let Some(send) = model.outbox.send_mut(id) {
                send.is_past_dot = true;
            }
        }
        News::Report(report) => return reported(model, id, report),
        News::Ended(ended) => return self::ended(model, id, ended),
    }
    Vec::new()
}

fn started(model: &mut Model, id: SendId, at: Timestamp) {
    model.log.started(id, at);
    if let Some(send) = model.outbox.send_mut(id) {
        send.at = Some(at);
    }
}

fn queued(model: &mut Model, id: SendId, queued: Result<LetterId, String>) -> Vec<Effect> {
    let Some(send) = model.outbox.send_mut(id) else { return Vec::new() };
    match queued {
        Ok(letter) => {
            send.letter = Some(letter);
            // Stopped while it was being written down: it begins, and ends at once, so that the journal tells of it.
            let stop = send.is_unwanted.then_some(Effect::Cancel(id));
            if stop.is_none() {
                model.say(Severity::Info, "on its way; the log shows every line");
            }
            std::iter::once(Effect::Submit(id)).chain(stop).collect()
        }
        Err(why) => {
            // The disk refuses: the only copy may be this one, so it stays at hand until it is back in the composer.
            let failure = Failure { trouble: Trouble::Disk, detail: why.clone() };
            send.report = Some(Box::new(Report::untried(Step::Config, failure, String::new())));
            send.is_over = true;
            let draft = send.draft.clone();
            model.log.forget(id);
            if model.compose.is_blank() {
                model.outbox.sends.retain(|send| send.id != id);
                model.say(Severity::Error, format!("not sent, nothing lost: {why}"));
                return drafts::take_back(model, draft.0, &draft.1);
            }
            model.say(Severity::Error, format!("not sent; Enter on it in the outbox brings it back: {why}"));
            Vec::new()
        }
    }
}

fn hear(model: &mut Model, id: SendId, wire: &Wire) {
    if let Some(send) = model.outbox.send_mut(id) {
        match wire {
            Wire::Step(step) => send.step = *step,
            Wire::Progress { sent, total } => send.progress = (*sent, *total),
            Wire::Line(_) | Wire::Chain(_) | Wire::Tls(_) | Wire::Offered(_) => {}
        }
    }
    model.log.hear(id, wire);
}

fn reported(model: &mut Model, id: SendId, report: Box<Report>) -> Vec<Effect> {
    let explanation = explain::report(&report);
    model.log.ended(id, &report);
    close_questions(model, id, report.outcome);
    let Some(send) = model.outbox.send_mut(id) else { return Vec::new() };
    let (key, draft) = send.draft.clone();
    let outcome = report.outcome;
    let text =
        sentence(&send.title, &report, explanation.as_ref().map(|explanation| explanation.says.as_str()));
    send.report = Some(report);
    if outcome.is_taken() {
        // Earlier attempts with the same draft that surely failed: nobody has to look at them any more.
        let is_settled = |send: &Sending| {
            send.draft.0 == key
                && send.id != id
                && send
                    .report
                    .as_ref()
                    .is_some_and(|report| !report.outcome.is_taken() && report.outcome != Outcome::Unknown)
        };
        model.outbox.sends.retain(|send| !is_settled(send));
    }
    match outcome {
        Outcome::Accepted => {
            model.say(Severity::Good, text);
            vec![Effect::DropDraft(key), Effect::ListDrafts]
        }
        Outcome::Partly => {
            model.say(Severity::Warning, text);
            vec![Effect::DropDraft(key), Effect::ListDrafts]
        }
        Outcome::Unknown => {
            model.say(Severity::Warning, text);
            vec![Effect::ReleaseDraft(key), Effect::ListOutbox, Effect::ListDrafts]
        }
        Outcome::Refused | Outcome::Deferred | Outcome::Failed => {
            let is_free = model.compose.is_blank();
            let effects = drafts::give_back(model, id, &draft);
            let key = model.keymap.key_for(Action::Drafts).unwrap_or_default();
            let place =
                if is_free { String::new() } else { format!(" The text is among the drafts ({key}).") };
            model.say(Severity::Error, format!("{text}{place}"));
            effects
        }
    }
}

/// Questions about a send that has ended have lost their sense. Who was about to leave leaves, unless there is a refusal to see.
fn close_questions(model: &mut Model, id: SendId, outcome: Outcome) {
    let is_last = model.outbox.in_flight().all(|send| send.id == id);
    let is_leaving = |dialog: &Dialog| matches!(dialog, Dialog::Question(question) if question.leaves());
    if is_last && outcome.is_taken() && model.dialogs.iter().any(is_leaving) {
        model.leaving = Leaving::WhenSent;
    } else if !outcome.is_taken() && model.leaving == Leaving::WhenSent {
        // It did not go out: that has to be seen before anybody leaves.
        model.leaving = Leaving::No;
    }
    let is_void = |question: &Question| {
        question.decides(id)
            || question.lends() == Some(id)
            || question.stops(id)
            || is_last && question.leaves()
    };
    model.dialogs.retain(|dialog| !matches!(dialog, Dialog::Question(question) if is_void(question)));
}

/// The outcome, in one line.
fn sentence(title: &str, report: &Report, cause: Option<&str>) -> String {
    let receipt = report.receipt();
    match report.outcome {
        Outcome::Accepted => format!("accepted: {title}  {receipt}"),
        Outcome::Partly => {
            format!("accepted for some, refused for {}: {title}  {receipt}", report.refused().count())
        }
        Outcome::Unknown => format!("unknown: {title} may have been sent. {}", cause.unwrap_or_default()),
        Outcome::Refused => format!("refused: {}", cause.unwrap_or("the server gave no reason")),
        Outcome::Deferred => format!("not sent, try again later: {}", cause.unwrap_or_default()),
        Outcome::Failed => format!("not sent: {}", cause.unwrap_or_default()),
    }
}

fn ended(model: &mut Model, id: SendId, ended: Ended) -> Vec<Effect> {
    let letter = model.outbox.send_mut(id).and_then(|send| {
        send.is_over = true;
        send.letter.clone()
    });
    let user = model.log.of(id).map(|session| {
        session.is_over = true;
        session.record.place()
    });
    if let Some(store) = ended.offer_to_keep {
        questions::offer_to_keep(model, id, store, &user.unwrap_or_default(), false);
    }
    // Without anybody watching it stays news, for the next start.
    let is_watched = model.leaving != Leaving::Unwatched;
    letter.filter(|_| is_watched).map(Effect::MarkSeen).into_iter().collect()
}
