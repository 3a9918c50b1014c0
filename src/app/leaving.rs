//! Stopping and leaving: Ctrl-C, Ctrl-Q, a signal, a terminal that is gone.

use super::action::Action;
use super::compose::Saving;
use super::dialog::{Answer, Button, Dialog, Question};
use super::drafts;
use super::effect::Effect;
use super::model::{Leaving, Model, Severity};

pub(super) fn cancel(model: &mut Model) -> Vec<Effect> {
    let stoppable = model.outbox.in_flight().find(|send| !send.is_past_dot);
    let Some(send) = stoppable.or_else(|| model.outbox.in_flight().next()) else {
        let quit = model.keymap.key_for(Action::Quit).unwrap_or_default();
        model.say(Severity::Info, format!("nothing to cancel; {quit} saves and leaves"));
        return Vec::new();
    };
    let (id, title) = (send.id, send.title.clone());
    if send.is_past_dot {
        model.say(
            Severity::Warning,
            "it is with the server already and cannot be stopped; waiting for its answer",
        );
        return Vec::new();
    }
    model.dialogs.push(Dialog::Question(Question::new(
        "Stop sending?",
        vec![format!(
            "\u{201c}{title}\u{201d} has not been handed over yet. Your text comes back into the composer."
        )],
        vec![Button::new("Go on sending", Answer::Nothing), Button::new("Stop it", Answer::CancelSend(id))],
    )));
    Vec::new()
}

pub(super) fn quit(model: &mut Model) -> Vec<Effect> {
    let count = model.outbox.in_flight().count();
    if model.leaving == Leaving::WhenSent && count == 0 {
        // Asked twice, while a disk does not answer.
        return vec![Effect::Quit];
    }
    if let Saving::Failed(why) = &model.compose.saved {
        let lines = vec![format!("The last words are not on disk: {why}")];
        let buttons = vec![
            Button::new("Stay", Answer::Nothing),
            Button::new("Leave without them", Answer::LeaveUnsaved),
        ];
        model.dialogs.push(Dialog::Question(Question::new("Leave without saving?", lines, buttons)));
        return Vec::new();
    }
    let effects = drafts::save_now(model);
    if count == 0 {
        model.leaving = Leaving::WhenSent;
        return effects;
    }
    let mut buttons = vec![
        Button::new("Stay", Answer::Nothing),
        Button::new("Leave when it is sent", Answer::LeaveWhenSent),
    ];
    if model.outbox.in_flight().all(|send| !send.is_past_dot) {
        buttons.push(Button::new("Stop it and leave", Answer::CancelAllAndLeave));
    }
    let lines = vec!["A message is being sent. Your text is saved either way.".to_owned()];
    model.dialogs.push(Dialog::Question(Question::new("Leave now?", lines, buttons)));
    effects
}

/// Nobody is there any more: save, answer open questions with "no", and finish what is on its way.
pub(super) fn hang_up(model: &mut Model) -> Vec<Effect> {
    model.leaving = Leaving::Unwatched;
    leave_questions(model)
}

pub(super) fn leave_questions(model: &mut Model) -> Vec<Effect> {
    let mut effects = drafts::save_now(model);
    for dialog in std::mem::take(&mut model.dialogs) {
        match dialog {
            Dialog::Secret(prompt) => effects.extend(prompt.give_up()),
            Dialog::Passphrase(_) => effects.push(Effect::UsePassphrase(None)),
            Dialog::Check(sheet) => effects.push(Effect::StopTest(sheet.id)),
            Dialog::Question(question) => {
                effects.extend(question.lends().map(|id| Effect::LendTerminal(id, false)));
                let asked: Vec<_> = model.outbox.in_flight().map(|send| send.id).collect();
                let decided = asked.into_iter().filter(|id| question.decides(*id));
                effects.extend(decided.map(|id| Effect::Decide { id, send_to_accepted: false }));
            }
            _ => {}
        }
    }
    effects
}
