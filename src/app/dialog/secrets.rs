//! Where the secrets of an account are, why not in a better place, and what can be done about it.

use tui_textarea::{Input, Key};

use crate::app::effect::Effect;
use crate::app::model::{Model, Severity};
use crate::mail::account::Account;
use crate::mail::secret::Kind;
use crate::mail::stores::{Deed, Holding, Store, Survey};

use super::{
    Answer, Button, Dialog, Masked, Purpose, Question, SecretPrompt, SignIn, Step, moved, sign_in::Then,
};

pub struct SecretsSheet {
    pub account: Account,
    /// None until the stores have answered.
    pub survey: Option<Survey>,
    pub selected: usize,
}

/// A store and one secret: what the keys are about.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    pub kind: Kind,
    pub store: Store,
    pub holding: &'a Holding,
    /// Is it the first of its kind?
    pub is_first: bool,
}

pub(in crate::app) fn begin(model: &mut Model, account: Account) -> Vec<Effect> {
    let look = Effect::Secrets { account: Box::new(account.clone()), deed: Deed::Look };
    model.dialogs.push(Dialog::Secrets(Box::new(SecretsSheet { account, survey: None, selected: 0 })));
    vec![look]
}

/// The stores have answered.
pub(in crate::app) fn surveyed(model: &mut Model, survey: Survey, done: Result<String, String>) {
    let sheet = model.dialogs.iter_mut().find_map(|dialog| match dialog {
        Dialog::Secrets(sheet) if sheet.account.name == survey.account => Some(sheet),
        _ => None,
    });
    if let Some(sheet) = sheet {
        let is_first = sheet.survey.replace(survey).is_none();
        sheet.selected = sheet.selected.min(sheet.rows().len().saturating_sub(1));
        if is_first {
            sheet.selected = sheet.likeliest();
        }
    }
    match done {
        Ok(says) if says.is_empty() => {}
        Ok(says) => model.say(Severity::Good, says),
        Err(why) => model.say(Severity::Warning, why),
    }
}

impl SecretsSheet {
    pub fn rows(&self) -> Vec<Row<'_>> {
        let secrets = self.survey.iter().flat_map(|survey| &survey.secrets);
        let row = |kind, nth, (store, holding)| Row { kind, store, holding, is_first: nth == 0 };
        secrets
            .flat_map(|secret| {
                let stores = secret.stores.iter().enumerate();
                stores.map(move |(nth, (store, holding))| row(secret.kind, nth, (*store, holding)))
            })
            .collect()
    }

    /// The row of the cursor.
    pub fn row(&self) -> Option<Row<'_>> {
        self.rows().get(self.selected).copied()
    }

    /// Does the kernel keyring have the vault's passphrase? It goes with what else is deleted there.
    pub fn has_passphrase(&self) -> bool {
        self.survey.as_ref().is_some_and(|survey| survey.has_passphrase)
    }

    /// The row that people come for: what is kept, else where something could be.
    fn likeliest(&self) -> usize {
        let rows = self.rows();
        let held = rows.iter().position(|row| *row.holding == Holding::Held);
        held.or_else(|| rows.iter().position(|row| row.is_usable())).unwrap_or(0)
    }

    /// The best other store that would take what is in this row.
    pub fn target(&self) -> Option<Store> {
        let row = self.row().filter(|row| *row.holding == Holding::Held)?;
        // The kernel keyring is a cache, and no place to move to.
        let would = |other: &&Row<'_>| {
            other.kind == row.kind && ![row.store, Store::Kernel].contains(&other.store) && other.is_usable()
        };
        self.rows().iter().find(would).map(|other| other.store)
    }

    pub fn is_vault_locked(&self) -> bool {
        self.rows().iter().any(|row| *row.holding == Holding::Locked)
    }

    pub(super) fn key(&mut self, model: &mut Model, input: &Input, is_cancel: bool) -> Step {
        if is_cancel || input.key == Key::Enter {
            return Step::CLOSE;
        }
        if let Some(selected) = moved(input, self.selected, self.rows().len()) {
            self.selected = selected;
            return Step::STAY;
        }
        let account = || Box::new(self.account.clone());
        let Some(Row { kind, store, holding, .. }) = self.row() else { return Step::STAY };
        match input.key {
            Key::Char('u') if self.is_vault_locked() => {
                Step::Stay(vec![Effect::Secrets { account: account(), deed: Deed::Unlock }])
            }
            Key::Char('m') => {
                let deed = self.target().map(|to| Deed::Move(kind, to));
                Step::Stay(
                    deed.map(|deed| Effect::Secrets { account: account(), deed }).into_iter().collect(),
                )
            }
            Key::Char('d')
                if *holding == Holding::Held || store == Store::Kernel && self.has_passphrase() =>
            {
                Step::Open(Box::new(delete(account(), kind, store)))
            }
            Key::Char('r') if kind == Kind::RefreshToken => {
                let sign_in = SignIn::new(self.account.clone(), &model.ways, Then::Nothing, true);
                Step::Open(Box::new(Dialog::SignIn(Box::new(sign_in))))
            }
            Key::Char('r') if self.row().is_some_and(Row::is_usable) => {
                Step::Open(Box::new(Dialog::Secret(SecretPrompt {
                    purpose: Purpose::Store(account(), kind, store),
                    word: kind.as_str(),
                    user: self.account.username.clone(),
                    host: self.account.host.clone(),
                    notes: Vec::new(),
                    field: Masked::new(),
                    is_armed: true,
                })))
            }
            _ => Step::STAY,
        }
    }
}

impl Row<'_> {
    /// Would this store keep something?
    pub fn is_usable(self) -> bool {
        !matches!(self.holding, Holding::Unavailable(_))
    }
}

fn delete(account: Box<Account>, kind: Kind, store: Store) -> Dialog {
    let (what, from) = (kind.as_str(), store.as_str());
    Dialog::Question(Question::new(
        format!("Delete the {what} from the {from}?"),
        vec![format!("{} will be asked for it again, unless another place has it.", account.name)],
        vec![
            Button::new("Leave it there", Answer::Nothing),
            Button::new("Delete it", Answer::DeleteSecret(account, kind, store)),
        ],
    ))
}
