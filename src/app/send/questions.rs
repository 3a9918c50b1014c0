//! What a send asks on its way. Every question may open under somebody's typing.

use crate::app::dialog::sign_in::Then;
use crate::app::dialog::{Answer, Button, Dialog, Masked, Purpose, Question, SecretPrompt, SignIn};
use crate::app::model::{Model, SendId};
use crate::mail::outcome::Recipient;
use crate::mail::stores::Store;

/// What asks on the terminal would get half of what is typed here, so it is handed over only when somebody says so.
pub(in crate::app) fn need_terminal(model: &mut Model, id: SendId, why: String) {
    let is_armed = model.is_awaiting();
    let lines = vec![why, String::new(), "It may have something to ask, such as a passphrase.".to_owned()];
    let buttons = vec![
        Button::new("Do without it", Answer::LendTerminal(id, false)),
        Button::new("Hand over the terminal", Answer::LendTerminal(id, true)),
    ];
    let question = Question::unasked(is_armed, "password_command failed", lines, buttons);
    model.dialogs.push(Dialog::Question(question));
}

pub(super) fn need_secret(model: &mut Model, id: SendId, notes: Vec<String>) {
    let Some(send) = model.outbox.send(id) else { return };
    // Who typed on since Enter is writing the next message, and must not find it in a password field.
    let is_armed = model.is_awaiting() && model.dialogs.is_empty();
    let name = send.account.clone();
    let Some(account) = model.accounts.list().iter().find(|account| account.name == name) else { return };
    let prompt = SecretPrompt {
        purpose: Purpose::Session(id),
        word: account.secret_word(),
        user: account.username.clone(),
        host: account.host.clone(),
        notes,
        field: Masked::new(),
        is_armed,
    };
    model.dialogs.push(Dialog::Secret(prompt));
}

/// The letter waits in the outbox while a person signs in.
pub(super) fn need_sign_in(model: &mut Model, id: SendId) {
    let Some(send) = model.outbox.send(id) else { return };
    let is_armed = model.is_awaiting() && model.dialogs.is_empty();
    let name = send.account.clone();
    let account = model.accounts.list().iter().find(|account| account.name == name).cloned();
    if let Some(account) = account {
        model.dialogs.push(Dialog::SignIn(Box::new(SignIn::new(
            account,
            &model.ways,
            Then::Send(id),
            is_armed,
        ))));
    }
}

/// Some recipients were refused: the server waits while a person decides.
pub(super) fn decide(model: &mut Model, id: SendId, recipients: &[Recipient]) {
    let refused = recipients.iter().filter(|recipient| recipient.is_refused());
    let mut lines: Vec<String> = refused
        .map(|recipient| {
            let reply = recipient.reply.as_ref().map(ToString::to_string).unwrap_or_default();
            format!("{}  {reply}", recipient.address)
        })
        .collect();
    let accepted = recipients.iter().filter(|recipient| recipient.is_accepted()).count();
    lines.push(String::new());
    lines.push(format!(
        "{accepted} of {} accepted. Nothing has been sent yet; there are 60 s to decide.",
        recipients.len()
    ));
    let is_armed = model.is_awaiting();
    model.dialogs.push(Dialog::Question(Question::unasked(
        is_armed,
        "Some recipients were refused",
        lines,
        vec![
            Button::new("Stop and correct", Answer::Decide { id, send_to_accepted: false }),
            Button::new("Send to the others", Answer::Decide { id, send_to_accepted: true }),
        ],
    )));
}

/// The server accepted what somebody typed as `user`, at the place that is named.
pub(in crate::app) fn offer_to_keep(model: &mut Model, id: SendId, store: Store, user: &str, is_armed: bool) {
    let (title, says) = match store {
        Store::Keyring => (
            "Keep it in the keyring?",
            "It can be kept in the keyring of this machine; else it is forgotten when you leave.",
        ),
        Store::Vault | Store::Kernel => (
            "Keep it in the vault?",
            "No keyring here would keep it. The vault is a file that only a passphrase opens; else it is forgotten when you leave.",
        ),
    };
    model.dialogs.push(Dialog::Question(Question::unasked(
        is_armed,
        title,
        vec![format!("{} accepted what you entered.", user), says.to_owned()],
        vec![Button::new("Not now", Answer::Nothing), Button::new("Keep it", Answer::KeepSecret(id, store))],
    )));
}
