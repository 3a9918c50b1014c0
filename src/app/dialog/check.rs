//! A check of an account, filled in step by step while it runs, with the verdict at its foot.

use tui_textarea::{Input, Key};

use crate::app::effect::Effect;
use crate::app::log::Session;
use crate::app::model::{Leaving, Model, SendId};
use crate::app::msg::Testing;
use crate::app::send;
use crate::app::send::{need_terminal, offer_to_keep};
use crate::mail::account::Account;
use crate::mail::check::{Check, Standing, Verdict};
use crate::mail::explain::note;

use super::{Dialog, Masked, NoteSheet, Purpose, Scroll, SecretPrompt, Step};

#[derive(Debug)]
pub struct CheckSheet {
    pub id: SendId,
    pub account: Account,
    pub check: Check,
    /// Once it is over.
    pub verdict: Option<Verdict>,
    pub scroll: Scroll,
    /// The step that runs, or the one that failed, stays in sight until somebody scrolls.
    pub follows: bool,
}

/// Opens the sheet, and the session in the log beside it.
pub(in crate::app) fn begin(model: &mut Model, account: Account) -> Vec<Effect> {
    let id = model.send_id();
    model.log.begin(Session::new(id, send::head(&Check::title(&account), &account)));
    let sheet = CheckSheet {
        id,
        check: Check::planned(&account),
        account: account.clone(),
        verdict: None,
        scroll: Scroll::default(),
        follows: true,
    };
    model.dialogs.push(Dialog::Check(Box::new(sheet)));
    vec![Effect::TestAccount { id, account: Box::new(account) }]
}

/// What happens to it. The log hears all of it, also when nobody looks at the sheet any more.
pub(in crate::app) fn news(model: &mut Model, id: SendId, news: Testing) -> Vec<Effect> {
    match news {
        Testing::Started(at) => model.log.started(id, at),
        Testing::Wire(wire) => model.log.hear(id, &wire),
        Testing::Step(step) => {
            if let Some(sheet) = sheet(model, id) {
                sheet.check.hear(step);
            }
        }
        Testing::NeedTerminal(_) if model.leaving != Leaving::No => {
            return vec![Effect::LendTerminal(id, false)];
        }
        Testing::NeedTerminal(why) => {
            need_terminal(model, id, why);
            return vec![Effect::Redraw];
        }
        Testing::NeedSecret(notes) => return need_secret(model, id, notes),
        Testing::Over(check) => over(model, id, *check),
        Testing::OfferToKeep(store) => {
            let place =
                sheet(model, id).map(|sheet| format!("{}:{}", sheet.account.host, sheet.account.port));
            if let Some(place) = place {
                // The sheet has the keys: nobody is typing.
                offer_to_keep(model, id, store, &place, true);
            }
        }
    }
    Vec::new()
}

fn sheet(model: &mut Model, id: SendId) -> Option<&mut CheckSheet> {
    model.dialogs.iter_mut().find_map(|dialog| match dialog {
        Dialog::Check(sheet) if sheet.id == id => Some(&mut **sheet),
        _ => None,
    })
}

fn need_secret(model: &mut Model, id: SendId, notes: Vec<String>) -> Vec<Effect> {
    let is_watched = model.leaving == Leaving::No;
    let Some(account) = sheet(model, id).filter(|_| is_watched).map(|sheet| sheet.account.clone()) else {
        return vec![Effect::GiveUp(id)];
    };
    model.dialogs.push(Dialog::Secret(SecretPrompt {
        purpose: Purpose::Check(id),
        word: account.secret_word(),
        user: account.username,
        host: account.host,
        notes,
        field: Masked::new(),
        // The sheet was opened by a key and takes no text: what is typed now is meant for this.
        is_armed: true,
    }));
    Vec::new()
}

fn over(model: &mut Model, id: SendId, check: Check) {
    if let Some(report) = check.report() {
        model.log.ended(id, &report);
    }
    if let Some(session) = model.log.of(id) {
        session.is_over = true;
    }
    if let Some(sheet) = sheet(model, id) {
        sheet.verdict = Some(check.verdict(&sheet.account));
        sheet.check = check;
    }
}

impl CheckSheet {
    /// Is there something that an administrator could change?
    pub fn has_note(&self) -> bool {
        let explanation = self.verdict.as_ref().and_then(|verdict| verdict.explanation.as_ref());
        explanation.is_some_and(note::helps)
    }

    /// The step that is looked at while nobody scrolls: the one that decided, else the last that has begun.
    pub fn looked_at(&self) -> usize {
        let steps = self.check.steps();
        let failed = self.check.failure();
        let decided = failed.and_then(|failed| steps.iter().position(|step| step == failed));
        decided.or_else(|| steps.iter().rposition(|step| step.standing != Standing::Waiting)).unwrap_or(0)
    }

    pub(super) fn key(&mut self, model: &mut Model, input: &Input, is_cancel: bool) -> Step {
        let is_over = self.verdict.is_some();
        match input.key {
            _ if is_cancel && !is_over => {
                if let Some(session) = model.log.of(self.id) {
                    session.is_over = true;
                }
                return Step::Close(vec![Effect::StopTest(self.id)]);
            }
            _ if is_cancel => return Step::CLOSE,
            Key::Enter if is_over => return Step::CLOSE,
            Key::Char('n') if self.has_note() => {
                let (user, zone) = (self.account.username.as_str(), &model.zone);
                let note = model.log.of(self.id).and_then(|session| NoteSheet::new(session, user, zone));
                if let Some(note) = note {
                    return Step::Open(Box::new(Dialog::Note(note)));
                }
            }
            _ if self.scroll.key(input) => self.follows = false,
            _ => {}
        }
        Step::STAY
    }
}
