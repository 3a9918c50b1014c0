//! What happens to the model when something happens. Each pane's file does its own part; `send`, `drafts` and `leaving` do what
//! belongs to no pane alone.

use tui_textarea::Input;

use crate::mail::draft::{Attachment, Field};
use crate::mail::dsn::Dsn;
use crate::mail::size::Size;

use super::action::Action;
use super::compose::Saving;
use super::dialog::{self, AttachPrompt, Dialog, FindBar, Palette, ScenarioList};
use super::effect::Effect;
use super::model::{Leaving, Model, Pane, Severity};
use super::msg::{Ahead, Msg, Prelude};
use super::{account, drafts, help, leaving, log, outbox, send};

/// Columns and rows of the smallest screen on which anything can be seen.
pub const SMALLEST: (u16, u16) = (40, 10);

/// The whole mind: one message in, deeds out.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let mut effects = happened(model, msg);
    if model.ahead.is_some() && !model.dialogs.iter().any(|dialog| matches!(dialog, Dialog::Review(_))) {
        model.ahead = None;
        effects.push(Effect::LeaveAhead);
    }
    if model.is_ready_to_leave() {
        if model.compose.saved == Saving::Changed {
            effects.extend(drafts::save_now(model));
        }
        effects.push(Effect::Quit);
    }
    effects
}

fn happened(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Key(input) => return pressed(model, &input),
        Msg::Paste(text) => return paste(model, &text),
        Msg::Resize(columns, rows) => model.size = (columns, rows),
        Msg::Filled(draft) => return drafts::filled(model, &draft),
        Msg::SaveDue => return drafts::save_due(model),
        Msg::Saved(key, result) => return drafts::saved(model, key, result),
        Msg::Drafts(drafts) => model.outbox.drafts = drafts,
        Msg::ChooseDraft(drafts) => drafts::choose_draft(model, drafts),
        Msg::DraftOpened { key, opened, may_be_sent } => {
            return drafts::draft_opened(model, key, opened, may_be_sent);
        }
        Msg::Outbox(entries) => model.outbox.kept = entries,
        Msg::FirstLook { drafts, letters } => return outbox::first_look(model, drafts, letters),
        Msg::Checked(candidate, checked) => return send::checked(model, *candidate, *checked),
        Msg::Send(id, news) => return send::news(model, id, news),
        Msg::Ahead(message_id, news) => ahead(model, &message_id, news),
        Msg::Prelude(message_id, prelude) => heard_ahead(model, message_id, prelude),
        Msg::Test(id, news) => return dialog::check::news(model, id, news),
        Msg::Completions(typed, names) => {
            if let Some(Dialog::Attach(prompt)) = model.dialogs.last_mut() {
                prompt.complete(&typed, names);
            }
        }
        Msg::Attached(attached) => return attach(model, attached),
        Msg::Edited(Ok(text)) => {
            model.compose.body.set_text(&text);
            model.compose.field = Field::Body;
            return model.compose.touch();
        }
        told @ (Msg::SecretKept(_)
        | Msg::ExampleWritten(_)
        | Msg::Exported(_)
        | Msg::SignedOut(_)
        | Msg::Warning(_)
        | Msg::SandboxViolation(_)
        | Msg::Edited(Err(_))
        | Msg::SandboxReady(Err(_))
        | Msg::Trouble(_)) => say(model, told),
        Msg::SandboxReady(Ok(account)) => account::add_sandbox(model, *account),
        Msg::AccountsEdited(result) => return account::edited(model, result),
        Msg::AccountsRead(result) => account::read(model, result),
        Msg::Secrets(survey, done) => dialog::secrets::surveyed(model, *survey, done),
        Msg::Passphrase(wish) => return dialog::passphrase::asked(model, wish),
        Msg::SignIn(id, news) => dialog::sign_in::news(model, id, news),
        Msg::SandboxMail(mail) => model.log.mails.push(mail),
        Msg::PastSessions(sessions) => model.log.recall(sessions),
        Msg::Scenarios(all, current) => (model.scenarios, model.scenario) = (all, Some(current)),
        Msg::HangUp => return leaving::hang_up(model),
        Msg::Terminate => {
            if model.leaving != Leaving::Unwatched {
                model.leaving = Leaving::Ordered;
            }
            return leaving::leave_questions(model);
        }
    }
    Vec::new()
}

/// What is only said.
fn say(model: &mut Model, told: Msg) {
    match told {
        Msg::SecretKept(Ok(store)) => {
            model.say(Severity::Good, format!("kept in the {}", store.as_str()));
        }
        Msg::SecretKept(Err(why)) => model.say(Severity::Warning, format!("not kept: {why}")),
        Msg::ExampleWritten(Ok(())) => model.say(Severity::Good, example_written(&model.config_file)),
        Msg::Exported(Ok(path)) => model.say(Severity::Good, format!("written: {}", path.display())),
        Msg::SignedOut(Ok(says)) => model.say(Severity::Good, says),
        Msg::Warning(why) => model.say_also(Severity::Warning, &why),
        Msg::SandboxViolation(what) => {
            model.say_also(Severity::Warning, &format!("the sandbox objects: {what}"));
        }
        Msg::Edited(Err(why))
        | Msg::ExampleWritten(Err(why))
        | Msg::SandboxReady(Err(why))
        | Msg::Exported(Err(why))
        | Msg::SignedOut(Err(why))
        | Msg::Trouble(why) => model.say(Severity::Error, why),
        _ => {}
    }
}

/// How far the session is that is opened for the letter in the review, if that is still the letter.
fn ahead(model: &mut Model, message_id: &str, news: Ahead) {
    if let Ahead::Refused(account, why) = &news {
        model.refused_ahead = Some((account.clone(), why.clone()));
    }
    if let Some((_, state)) = model.ahead.as_mut().filter(|(known, _)| known == message_id) {
        *state = news;
    }
}

/// What such a session says. One whose review was left, or sent, before it began is not shown while it runs.
fn heard_ahead(model: &mut Model, message_id: String, prelude: Prelude) {
    let is_late = model.ahead.as_ref().is_none_or(|(known, _)| *known != message_id);
    if !(is_late && matches!(prelude, Prelude::Begun(_))) {
        model.log.prelude(message_id, prelude);
    }
}

/// Delivery reports for this message: success, failure and delay, or what the account says.
fn toggle_reports(model: &mut Model) -> Vec<Effect> {
    model.compose.dsn = if model.compose.dsn.is_some() { None } else { Some(Dsn::ALWAYS) };
    let text = match model.compose.dsn {
        Some(_) => {
            "delivery reports are asked for: on success, failure and delay (where the server offers DSN)"
        }
        None => "no delivery reports are asked for beyond what the account says",
    };
    model.say(Severity::Info, text);
    model.compose.touch()
}

fn example_written(config_file: &str) -> String {
    format!("written: {config_file}; edit it in another window, and come back")
}

fn pressed(model: &mut Model, input: &Input) -> Vec<Effect> {
    let effects = key(model, input);
    if effects.iter().any(Effect::may_ask) {
        model.begun = model.keys;
    }
    if effects.iter().any(Effect::changes_sign_in) {
        model.refused_ahead = None;
    }
    effects
}

fn key(model: &mut Model, input: &Input) -> Vec<Effect> {
    // Whatever was said has been seen once a key is pressed.
    model.notice = None;
    model.keys += 1;
    let action = model.keymap.action(model.focus, input);
    let (columns, rows) = model.size;
    if (columns < SMALLEST.0 || rows < SMALLEST.1) && !matches!(action, Some(Action::Suspend | Action::Quit))
    {
        // Nothing can be seen, so nothing is done.
        return Vec::new();
    }
    let is_question =
        |dialog: &Dialog| matches!(dialog, Dialog::Question(_) | Dialog::Secret(_) | Dialog::Passphrase(_));
    if action == Some(Action::Quit) && !model.dialog().is_some_and(is_question) {
        model.dialogs.clear();
    }
    if matches!(action, Some(Action::Suspend | Action::Redraw)) {
        return action.map(|action| act(model, action)).unwrap_or_default();
    }
    if model.dialog().is_some_and(|dialog| dialog.takes(input)) {
        return dialog::key(model, input);
    }
    match action {
        Some(action) => act(model, action),
        None if model.focus == Pane::Compose => model.compose.key(input),
        None => Vec::new(),
    }
}

fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    if model.dialog().is_some_and(Dialog::takes_text) {
        return dialog::paste(model, text);
    }
    model.focus = Pane::Compose;
    model.compose.paste(text)
}

/// Does what a person asked, whether by a key or by the palette.
pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Send => return send::review(model),
        Action::Attach => {
            model.dialogs.push(Dialog::Attach(AttachPrompt::new()));
        }
        Action::Reports => return toggle_reports(model),
        Action::EditExternally => {
            let mut effects = drafts::save_now(model);
            effects.push(Effect::EditExternally(model.compose.body.text()));
            return effects;
        }
        Action::NextAccount => return account::turn(model, 1),
        Action::PreviousAccount => return account::turn(model, -1),
        Action::New => return drafts::open(model, drafts::Next::Blank),
        Action::Drafts => return vec![Effect::ChooseDraft],
        Action::Save => return drafts::save_now(model),
        Action::Find => model.dialogs.push(Dialog::Find(FindBar::new())),
        Action::Zoom => model.is_zoomed = !model.is_zoomed,
        Action::Palette => model.dialogs.push(Dialog::Palette(Palette::new(model.has_sandbox()))),
        Action::SandboxScenario if model.has_sandbox() => {
            model.dialogs.push(Dialog::Scenarios(ScenarioList::new(model)));
        }
        Action::SandboxScenario => {
            model.say(Severity::Info, "there is no sandbox here; the account pane can add it");
        }
        Action::AddAccount
        | Action::EditAccount
        | Action::DuplicateAccount
        | Action::MoveUp
        | Action::MoveDown
        | Action::SwitchAccount
        | Action::DefaultAccount
        | Action::PutBack
        | Action::SignIn
        | Action::SignOut => return account::act(model, action),
        Action::TestAccount => return account::test(model),
        Action::Secrets => return account::secrets(model),
        Action::Help => {
            let help = help::keys(model);
            model.dialogs.push(help);
        }
        Action::NextPane => turn_pane(model, 1),
        Action::PreviousPane => turn_pane(model, 3),
        Action::Cancel => return leaving::cancel(model),
        Action::Suspend => return vec![Effect::Suspend],
        Action::Redraw => return vec![Effect::Redraw],
        Action::Quit => return leaving::quit(model),
        Action::Back if model.focus != Pane::Log => model.focus = Pane::Compose,
        Action::NextField | Action::PreviousField | Action::Undo | Action::Redo => {
            model.focus = Pane::Compose;
            return model.compose.act(action);
        }
        _ => return act_in_pane(model, action),
    }
    Vec::new()
}

fn act_in_pane(model: &mut Model, action: Action) -> Vec<Effect> {
    if action.is_of_log() {
        // From the palette, say.
        model.focus = Pane::Log;
    }
    match model.focus {
        Pane::Accounts => account::act(model, action),
        Pane::Outbox => outbox::act(model, action),
        Pane::Log => log::act(model, action),
        Pane::Compose => Vec::new(),
    }
}

fn turn_pane(model: &mut Model, by: usize) {
    const ORDER: [Pane; 4] = [Pane::Accounts, Pane::Outbox, Pane::Compose, Pane::Log];
    let position = ORDER.iter().position(|pane| *pane == model.focus).unwrap_or(0);
    model.focus = ORDER[(position + by) % ORDER.len()];
}

fn attach(model: &mut Model, attached: Result<Attachment, String>) -> Vec<Effect> {
    match attached {
        Ok(file) => {
            if let Some(Dialog::Attach(_)) = model.dialogs.last() {
                model.dialogs.pop();
            }
            model.say(Severity::Info, format!("attached {} ({})", file.name(), Size(file.len)));
            model.compose.attachments.push(file);
            model.compose.touch()
        }
        Err(why) => {
            match model.dialogs.last_mut() {
                Some(Dialog::Attach(prompt)) => prompt.error = Some(why),
                _ => model.say(Severity::Error, why),
            }
            Vec::new()
        }
    }
}
