//! What happens to the model when something happens. Each pane's file does its own part.

use tui_textarea::Input;

use crate::mail::draft::{Attachment, Draft, Field};
use crate::mail::outbox::{Entry, Fate};
use crate::mail::size::Size;

use super::action::{ALL, Action};
use super::compose::{Compose, Saving};
use super::dialog::{self, Answer, AttachPrompt, Button, Dialog, DraftList, FindBar, Palette, Question};
use super::effect::Effect;
use super::keymap::Scope;
use super::model::{DraftKey, Leaving, Model, Pane, Severity};
use super::msg::{Msg, Saved};
use super::{account, log, outbox, send};

/// Columns and rows of the smallest screen on which anything can be seen.
pub const SMALLEST: (u16, u16) = (40, 10);

/// The whole mind: one message in, deeds out.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let mut effects = happened(model, msg);
    if model.is_ready_to_leave() {
        if model.compose.saved == Saving::Changed {
            effects.extend(save_now(model));
        }
        effects.push(Effect::Quit);
    }
    effects
}

fn happened(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Key(input) => return key(model, &input),
        Msg::Paste(text) => return paste(model, &text),
        Msg::Resize(columns, rows) => model.size = (columns, rows),
        Msg::Filled(draft) => return filled(model, &draft),
        Msg::SaveDue => return save_due(model),
        Msg::Saved(key, result) => return saved(model, key, result),
        Msg::Drafts(drafts) => model.outbox.drafts = drafts,
        Msg::ChooseDraft(drafts) => choose_draft(model, drafts),
        Msg::DraftOpened { key, opened, may_be_sent } => {
            return draft_opened(model, key, opened, may_be_sent);
        }
        Msg::Outbox(entries) => model.outbox.kept = entries,
        Msg::FirstLook { drafts, letters } => return first_look(model, drafts, letters),
        Msg::Checked(candidate, checked) => return send::checked(model, *candidate, *checked),
        Msg::Send(id, news) => return send::news(model, id, news),
        Msg::SecretKept(Ok(())) => model.say(Severity::Good, "kept in the keyring"),
        Msg::SecretKept(Err(why)) => model.say(Severity::Warning, format!("not kept: {why}")),
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
        Msg::ExampleWritten(Ok(())) => {
            let text = format!("written: {}; edit it, then start sendoff again", model.config_file);
            model.say(Severity::Good, text);
        }
        Msg::Warning(why) => model.say_also(Severity::Warning, &why),
        Msg::Edited(Err(why))
        | Msg::ExampleWritten(Err(why))
        | Msg::SandboxReady(Err(why))
        | Msg::Trouble(why) => {
            model.say(Severity::Error, why);
        }
        Msg::SandboxReady(Ok(account)) => {
            model.accounts.add(account);
            model.focus = Pane::Compose;
            model.say(
                Severity::Good,
                "the sandbox is an account now: whatever you send stays on this machine",
            );
        }
        Msg::SandboxMail(mail) => model.log.mails.push(mail),
        Msg::HangUp => return hang_up(model),
        Msg::Terminate => {
            if model.leaving != Leaving::Unwatched {
                model.leaving = Leaving::Ordered;
            }
            return leave_questions(model);
        }
    }
    Vec::new()
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
    let is_question = |dialog: &Dialog| matches!(dialog, Dialog::Question(_) | Dialog::Secret(_));
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
        Action::EditExternally => {
            let mut effects = save_now(model);
            effects.push(Effect::EditExternally(model.compose.body.text()));
            return effects;
        }
        Action::NextAccount => return account::turn(model, 1),
        Action::PreviousAccount => return account::turn(model, -1),
        Action::New => return send::open(model, send::Next::Blank),
        Action::Drafts => return vec![Effect::ChooseDraft],
        Action::Save => return save_now(model),
        Action::Find => model.dialogs.push(Dialog::Find(FindBar::new())),
        Action::Zoom => model.is_zoomed = !model.is_zoomed,
        Action::Palette => model.dialogs.push(Dialog::Palette(Palette::new())),
        Action::Help => {
            let help = help(model);
            model.dialogs.push(help);
        }
        Action::NextPane => turn_pane(model, 1),
        Action::PreviousPane => turn_pane(model, 3),
        Action::Cancel => return cancel(model),
        Action::Suspend => return vec![Effect::Suspend],
        Action::Redraw => return vec![Effect::Redraw],
        Action::Quit => return quit(model),
        Action::Back => model.focus = Pane::Compose,
        Action::NextField | Action::PreviousField | Action::Undo | Action::Redo => {
            model.focus = Pane::Compose;
            return model.compose.act(action);
        }
        _ => return act_in_pane(model, action),
    }
    Vec::new()
}

fn act_in_pane(model: &mut Model, action: Action) -> Vec<Effect> {
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

fn filled(model: &mut Model, draft: &Draft) -> Vec<Effect> {
    model.compose = Compose::of(model.compose.key, draft);
    model.compose.touch()
}

fn account_name(model: &Model) -> String {
    model.accounts.current().map(|account| account.name.clone()).unwrap_or_default()
}

pub(super) fn save_now(model: &mut Model) -> Vec<Effect> {
    model.compose.saved = match model.compose.saved {
        Saving::Fresh => return Vec::new(),
        _ => Saving::Writing(false),
    };
    model.compose.writes += 1;
    vec![Effect::Save(model.compose.key, model.compose.draft(&account_name(model)))]
}

fn save_due(model: &mut Model) -> Vec<Effect> {
    if matches!(model.compose.saved, Saving::Changed | Saving::Failed(_)) {
        save_now(model)
    } else {
        Vec::new()
    }
}

fn saved(model: &mut Model, key: DraftKey, result: Result<jiff::Timestamp, String>) -> Vec<Effect> {
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
            return send::open_next(model);
        }
        Ok(_) => {}
    }
    Vec::new()
}

fn not_saved(model: &mut Model, why: String) -> Vec<Effect> {
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

fn choose_draft(model: &mut Model, drafts: Vec<Saved>) {
    model.outbox.drafts = drafts;
    if model.outbox.drafts.is_empty() {
        model.say(Severity::Info, "there are no saved drafts");
    } else {
        model.dialogs.push(Dialog::Drafts(DraftList::default()));
    }
}

fn draft_opened(
    model: &mut Model,
    key: DraftKey,
    opened: Result<Draft, String>,
    may_be_sent: bool,
) -> Vec<Effect> {
    match opened {
        Ok(draft) => {
            model.accounts.choose(&draft.account);
            model.dialogs.retain(|dialog| !matches!(dialog, Dialog::Checking | Dialog::Review(_)));
            model.compose = Compose::of(key, &draft);
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

/// What an earlier run left: said in the status line, never in the way of typing. What ended unwatched comes first.
fn first_look(model: &mut Model, drafts: Vec<Saved>, letters: Vec<Entry>) -> Vec<Effect> {
    let count = |is_so: &dyn Fn(&Entry) -> bool| letters.iter().filter(|l| !l.is_busy && is_so(l)).count();
    let unknown = count(&|letter| letter.fate.is_unknown());
    let not_sent = count(&|letter| letter.fate == Fate::NotSent);
    let news: Vec<&Entry> =
        letters.iter().filter(|letter| letter.is_news && !letter.fate.is_unknown()).collect();
    let mut says: Vec<String> = news.iter().take(2).map(|letter| outbox::news(letter)).collect();
    let left = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {many}")),
    };
    says.extend(left(unknown, "letter may have been sent", "letters may have been sent"));
    says.extend(left(not_sent, "letter was not sent", "letters were not sent"));
    says.extend(left(drafts.len(), "draft was left", "drafts were left"));
    if !says.is_empty() {
        let is_good = unknown == 0 && news.iter().all(|letter| letter.fate.is_taken());
        let severity = if is_good { Severity::Info } else { Severity::Warning };
        let outbox = if unknown + not_sent + news.len() > 0 { "F6 leads to the outbox" } else { "" };
        let key = model.keymap.key_for(Action::Drafts).unwrap_or_default();
        let opens = if drafts.is_empty() { String::new() } else { format!("{key} opens drafts") };
        let ways: Vec<&str> = [outbox, &opens].into_iter().filter(|way| !way.is_empty()).collect();
        model.say_also(severity, &format!("From an earlier run: {}. {}.", says.join("; "), ways.join(", ")));
    }
    let seen = news.iter().map(|letter| Effect::MarkSeen(letter.id.clone())).collect();
    model.outbox.drafts = drafts;
    model.outbox.kept = letters;
    seen
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

fn cancel(model: &mut Model) -> Vec<Effect> {
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

fn quit(model: &mut Model) -> Vec<Effect> {
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
    let effects = save_now(model);
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
fn hang_up(model: &mut Model) -> Vec<Effect> {
    model.leaving = Leaving::Unwatched;
    leave_questions(model)
}

fn leave_questions(model: &mut Model) -> Vec<Effect> {
    let mut effects = save_now(model);
    for dialog in std::mem::take(&mut model.dialogs) {
        match dialog {
            Dialog::Secret(prompt) => effects.push(Effect::GiveUp(prompt.id)),
            Dialog::Question(question) => {
                let asked: Vec<_> = model.outbox.in_flight().map(|send| send.id).collect();
                let decided = asked.into_iter().filter(|id| question.decides(*id));
                effects.extend(decided.map(|id| Effect::Decide { id, send_to_accepted: false }));
            }
            _ => {}
        }
    }
    effects
}

/// The keys, made from the table that binds them.
fn help(model: &Model) -> Dialog {
    const PARTS: [(Scope, &str); 6] = [
        (Scope::Everywhere, "Everywhere"),
        (Scope::Compose, "In the message (with the readline keys)"),
        (Scope::Lists, "In accounts, outbox and log"),
        (Scope::Accounts, "In accounts"),
        (Scope::Outbox, "In the outbox"),
        (Scope::Log, "In the log"),
    ];
    let mut lines = Vec::new();
    for (scope, title) in PARTS {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(title.to_owned());
        for row in ALL {
            let bound = model.keymap.bindings().iter().filter(|b| b.scope == scope && b.action == row.action);
            let keys: Vec<String> = bound.map(|binding| binding.press.to_string()).collect();
            if !keys.is_empty() {
                lines.push(format!("  {:<18} {}", keys.join(", "), row.says));
            }
        }
    }
    lines.push(String::new());
    lines.push(
        "Another key for a command: [keys] in the configuration, such as \"f2\" = \"send\".".to_owned(),
    );
    Dialog::text("Keys", lines)
}
