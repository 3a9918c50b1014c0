//! Signing in by OAuth 2.0: the ways in, in the order that fits the host, and what to do in each. Nothing starts but by a
//! key, and nobody is shown a code that they did not ask for.

use std::time::Duration;

use tui_textarea::{Input, Key};

use crate::app::effect::Effect;
use crate::app::model::{Model, SendId, Severity, SignInId};
use crate::mail::account::Account;
use crate::mail::oauth::Way;
use crate::mail::sign_in::{Blocked, News};

use super::{Dialog, Masked, Step, check, moved};

pub struct SignIn {
    pub account: Box<Account>,
    /// In the order in which they are offered.
    pub ways: Vec<Way>,
    pub selected: usize,
    pub stage: Stage,
    /// The attempt that goes on, or went last; news of others come too late.
    id: Option<SignInId>,
    then: Then,
    /// It came unasked, under somebody's typing: until an Enter says that it was seen, keys go where they were meant to go.
    pub is_armed: bool,
}

/// What comes of having signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum Then {
    Nothing,
    /// The send that waits for it goes on.
    Send(SendId),
    /// A new account is tested.
    Test,
}

impl SignIn {
    /// The account as the configuration has it now, as long as nothing was begun with it.
    pub(in crate::app) fn renew(&mut self, accounts: &[Account]) {
        let now = accounts.iter().find(|account| account.name == self.account.name);
        if let (Stage::Choose(_), Some(now)) = (&self.stage, now) {
            *self.account = now.clone();
        }
    }
}

/// How far it is.
pub enum Stage {
    /// Which way? After a failure: why the last one did not lead in.
    Choose(Option<Blocked>),
    /// The authority was asked.
    Asking,
    Code {
        user_code: String,
        uri: String,
        left: Duration,
    },
    /// The browser comes back to this machine.
    Browser {
        url: String,
        port: u16,
        tunnel: Option<String>,
    },
    /// The person brings the address back. It holds a code that is good for a token: it is masked like one.
    Paste {
        url: String,
        field: Masked,
        /// Why what was brought before is not it.
        wrong: Option<String>,
    },
    Done {
        who: String,
        kept: String,
    },
}

impl SignIn {
    pub(in crate::app) fn new(account: Account, ways: &[Way], then: Then, is_armed: bool) -> Self {
        let (account, ways) = (Box::new(account), ways.to_vec());
        Self { account, ways, selected: 0, stage: Stage::Choose(None), id: None, then, is_armed }
    }

    pub(super) fn key(&mut self, model: &mut Model, input: &Input, is_cancel: bool) -> Step {
        if is_cancel {
            return Step::Close(self.give_up(model));
        }
        if !self.is_armed {
            self.is_armed = input.key == Key::Enter;
            return Step::STAY;
        }
        match (&mut self.stage, input.key) {
            (Stage::Choose(_), Key::Enter) => return self.start(model),
            (Stage::Choose(_), _) => {
                self.selected = moved(input, self.selected, self.ways.len()).unwrap_or(self.selected);
            }
            (Stage::Done { .. }, Key::Enter) => return Step::Close(self.go_on(model)),
            (Stage::Code { user_code, .. }, Key::Char('c')) => {
                let code = user_code.clone();
                return copy(model, "the code", code);
            }
            (Stage::Code { uri, .. }, Key::Char('u')) => {
                let uri = uri.clone();
                return copy(model, "the address", uri);
            }
            (Stage::Browser { url, .. }, Key::Char('u')) => {
                let url = url.clone();
                return copy(model, "the address", url);
            }
            (Stage::Browser { tunnel: Some(tunnel), .. }, Key::Char('t')) => {
                let tunnel = tunnel.clone();
                return copy(model, "the command", tunnel);
            }
            (Stage::Code { .. } | Stage::Browser { .. }, Key::Char('w')) => return self.choose_again(),
            (Stage::Paste { url, .. }, Key::Char('u')) if input.alt => {
                let url = url.clone();
                return copy(model, "the address", url);
            }
            (Stage::Paste { .. }, Key::Char('w')) if input.alt => return self.choose_again(),
            (Stage::Paste { field, .. }, Key::Enter) if !field.is_empty() => {
                let pasted = field.take();
                self.stage = Stage::Asking;
                return Step::Stay(vec![Effect::PasteBack(pasted)]);
            }
            (Stage::Paste { field, .. }, _) => field.key(input),
            _ => {}
        }
        Step::STAY
    }

    fn start(&mut self, model: &mut Model) -> Step {
        let Some(&way) = self.ways.get(self.selected) else { return Step::STAY };
        let id = model.sign_in_id();
        (self.id, self.stage) = (Some(id), Stage::Asking);
        Step::Stay(vec![Effect::SignIn { id, account: self.account.clone(), way }])
    }

    fn choose_again(&mut self) -> Step {
        (self.id, self.stage) = (None, Stage::Choose(None));
        self.selected = (self.selected + 1) % self.ways.len().max(1);
        Step::Stay(vec![Effect::StopSignIn])
    }

    /// It is left; a send that waited for it has no token.
    fn give_up(&self, model: &mut Model) -> Vec<Effect> {
        if matches!(self.stage, Stage::Done { .. }) {
            return self.go_on(model);
        }
        let mut effects = vec![Effect::StopSignIn];
        if let Then::Send(id) = self.then {
            effects.push(Effect::GiveUp(id));
        }
        effects
    }

    fn go_on(&self, model: &mut Model) -> Vec<Effect> {
        match self.then {
            Then::Nothing => Vec::new(),
            Then::Send(id) => vec![Effect::SignedIn(id)],
            Then::Test => check::begin(model, (*self.account).clone()),
        }
    }

    pub(super) fn paste(&mut self, text: &str) {
        if let Stage::Paste { field, .. } = &mut self.stage {
            field.insert(text);
        }
    }

    fn hear(&mut self, news: News) {
        match news {
            News::Code { user_code, uri, left } => self.stage = Stage::Code { user_code, uri, left },
            News::Waiting { left: now } => {
                if let Stage::Code { left, .. } = &mut self.stage {
                    *left = now;
                }
            }
            News::Link { url, port: Some(port), tunnel } => self.stage = Stage::Browser { url, port, tunnel },
            News::Link { url, .. } => self.stage = Stage::Paste { url, field: Masked::new(), wrong: None },
            News::NotIt { url, why } => {
                self.stage = Stage::Paste { url, field: Masked::new(), wrong: Some(why) }
            }
            News::Done { who, kept } => self.stage = Stage::Done { who, kept },
            News::Failed(blocked) => {
                // The first of the ways that are left is the one to try next.
                let next = self.ways.iter().position(|way| blocked.others.contains(way));
                let same = if blocked.may_repeat { self.selected } else { 0 };
                self.selected = next.unwrap_or(same);
                self.stage = Stage::Choose(Some(blocked));
            }
        }
    }
}

fn copy(model: &mut Model, what: &str, text: String) -> Step {
    model.say(Severity::Info, format!("{what} is in the clipboard, if the terminal allows it"));
    Step::Stay(vec![Effect::Copy(text)])
}

/// News go to the dialog that asked, wherever it is on the stack. Of an attempt that was left nobody hears them.
pub(in crate::app) fn news(model: &mut Model, id: SignInId, news: News) {
    let dialog = model.dialogs.iter_mut().find_map(|dialog| match dialog {
        Dialog::SignIn(dialog) if dialog.id == Some(id) => Some(dialog),
        _ => None,
    });
    if let Some(dialog) = dialog {
        dialog.hear(news);
    }
}
