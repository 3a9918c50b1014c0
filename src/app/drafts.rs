//! Drafts: saving what is in the composer, and what comes into it next.

use jiff::Timestamp;

use crate::mail::draft::Draft;

use super::compose::{Compose, Saving};
use super::dialog::{Dialog, DraftList};
use super::effect::Effect;
use super::model::{DraftKey, Leaving, Model, Pane, SendId, Severity};
use super::msg::Saved;

pub(super) fn save_now(model: &mut Model) -> Vec<Effect> {
    model.compose.saved = match model.compose.saved {
        Saving::Fresh => return Vec::new(),
        _ => Saving::Writing(false),
    };
    model.compose.writes += 1;
    vec![Effect::Save(model.compose.key, model.draft())]
}

pub(super) fn save_due(model: &mut Model) -> Vec<Effect> {
    if matches!(model.compose.saved, Saving::Changed | Saving::Failed(_)) {
        save_now(model)
    } else {
        Vec::new()
    }
}

pub(super) fn saved(model: &mut Model, key: DraftKey, result: Result<Timestamp, String>) -> Vec<Effect> {
    if model.compose.key != key {
        return Vec::new();
    }
    model.compose.writes = model.compose.writes.saturating_sub(1);
    match result {
        Err(why) => return not_saved(model, why),
        Ok(_) if model.compose.saved == Saving::Writing(true) => {
            model.compose.saved = Saving::Changed;
            return vec![Effect::SaveSoon];
        }
        // The answer to an older write says nothing about what was typed since.
        Ok(at) if model.compose.saved == Saving::Writing(false) && model.compose.writes == 0 => {
            model.compose.saved = Saving::At(at);
            return open_next(model);
        }
        Ok(_) => {}
    }
    Vec::new()
}

pub(super) fn not_saved(model: &mut Model, why: String) -> Vec<Effect> {
    let mut text = format!("the draft is not on disk: {why}");
    if model.leaving == Leaving::WhenSent {
        model.leaving = Leaving::No;
        text = format!("still here, since {text}");
    }
    if model.opening.take().is_some() {
        text = format!("not opened, since {text}");
    }
    model.say(Severity::Error, text);
    model.compose.saved = Saving::Failed(why);
    // The disk may come back.
    vec![Effect::SaveSoon]
}

/// What the composer is to hold next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Next {
    Draft(String),
    /// One that was written for the person.
    Filled(Box<Draft>),
    Blank,
}

/// Puts something else into the composer, once what is in it is on disk: a disk that refuses must not cost a word.
pub(super) fn open(model: &mut Model, next: Next) -> Vec<Effect> {
    model.opening = Some(next);
    if model.compose.is_blank() { open_next(model) } else { save_now(model) }
}

/// The composer's draft is on disk, and another was asked for.
pub(super) fn open_next(model: &mut Model) -> Vec<Effect> {
    let Some(next) = model.opening.take() else { return Vec::new() };
    let (old, is_blank) = (model.compose.key, model.compose.is_blank());
    let key = model.draft_key();
    let mut effects = vec![if is_blank { Effect::DropDraft(old) } else { Effect::ReleaseDraft(old) }];
    match next {
        Next::Draft(id) => effects.push(Effect::OpenDraft(key, id)),
        Next::Filled(draft) => {
            model.compose = Compose::of(key, &draft, model.signature());
            model.focus = Pane::Compose;
            effects.extend(model.compose.touch());
        }
        Next::Blank => {
            model.compose = Compose::new(key, model.signature());
            model.focus = Pane::Compose;
        }
    }
    effects.push(Effect::ListDrafts);
    effects
}

pub(super) fn choose_draft(model: &mut Model, drafts: Vec<Saved>) {
    model.outbox.drafts = drafts;
    if model.outbox.drafts.is_empty() {
        model.say(Severity::Info, "there are no saved drafts");
    } else {
        model.dialogs.push(Dialog::Drafts(DraftList::default()));
    }
}

pub(super) fn draft_opened(
    model: &mut Model,
    key: DraftKey,
    opened: Result<Draft, String>,
    may_be_sent: bool,
) -> Vec<Effect> {
    match opened {
        Ok(draft) => {
            choose_account(model, &draft);
            model.dialogs.retain(|dialog| !matches!(dialog, Dialog::Checking | Dialog::Review(_)));
            model.compose = Compose::of(key, &draft, model.signature());
            model.compose.may_be_sent = may_be_sent;
            model.focus = Pane::Compose;
            Vec::new()
        }
        Err(why) => {
            model.say(Severity::Error, why);
            Vec::new()
        }
    }
}

/// The account that a draft was written for, if it is still there; else that has to be seen before the draft goes out.
fn choose_account(model: &mut Model, draft: &Draft) {
    model.accounts.choose(&draft.account, draft.sender.as_deref());
    let is_known =
        model.accounts.list().iter().any(|account| account.name == draft.account && !account.is_disabled);
    if let Some(account) = model.accounts.current().filter(|_| !is_known && !draft.account.is_empty()) {
        let says = format!(
            "written for \u{201c}{}\u{201d}, which is no account now; it would go out from {}",
            draft.account, account.name
        );
        model.say(Severity::Warning, says);
    }
}

pub(super) fn filled(model: &mut Model, draft: &Draft) -> Vec<Effect> {
    model.compose = Compose::of(model.compose.key, draft, None);
    model.compose.sign(model.accounts.current().and_then(|account| account.signature.as_deref()));
    model.compose.touch()
}

/// Brings the text of a letter that never reached the disk back into the composer; what is there takes its place.
pub(super) fn exchange(model: &mut Model, id: SendId) -> Vec<Effect> {
    let here = (model.compose.key, model.draft());
    let Some(send) = model.outbox.send_mut(id) else { return Vec::new() };
    let (key, draft) = std::mem::replace(&mut send.draft, here.clone());
    here.1.title().clone_into(&mut send.title);
    if here.1.is_blank() {
        model.outbox.sends.retain(|send| send.id != id);
    }
    model.focus = Pane::Compose;
    take_back(model, key, &draft)
}

pub(super) fn take_back(model: &mut Model, key: DraftKey, draft: &Draft) -> Vec<Effect> {
    // The account that it was written for: another might be the sandbox.
    choose_account(model, draft);
    let new = Compose::of(key, draft, model.signature());
    let old = std::mem::replace(&mut model.compose, new);
    let mut effects = if old.is_blank() { vec![Effect::DropDraft(old.key)] } else { Vec::new() };
    effects.extend(model.compose.touch());
    effects
}

/// What was typed comes back: into the composer if that is free, else among the drafts.
pub(super) fn give_back(model: &mut Model, id: SendId, draft: &Draft) -> Vec<Effect> {
    let Some(key) = model.outbox.send(id).map(|send| send.draft.0) else { return Vec::new() };
    if !model.compose.is_blank() {
        return vec![Effect::ReleaseDraft(key), Effect::ListDrafts];
    }
    take_back(model, key, draft)
}
