//! The review: what is about to go out, to whom, and what a careful colleague would ask.

use tui_textarea::{Input, Key};

use crate::app::model::Model;
use crate::app::send;
use crate::mail::letter::Letter;

use super::{Scroll, Step};

pub struct Review {
    letter: Option<Letter>,
    pub from: String,
    pub account: String,
    /// Every recipient, with the field it stands in.
    pub recipients: Vec<(&'static str, String)>,
    pub subject: String,
    pub attachments: Vec<String>,
    /// Octets, as they go over the wire.
    pub size: u64,
    pub doubts: Vec<String>,
    /// Rows of recipients that are scrolled away.
    pub scroll: Scroll,
}

impl Review {
    pub(super) fn new(letter: Letter, model: &Model) -> Self {
        let account = model.accounts.current();
        let draft = model.compose.draft(account.map_or("", |account| account.name.as_str()));
        let list = |field: &'static str, text: &str| -> Vec<(&'static str, String)> {
            let mailboxes = crate::mail::address::Mailbox::parse_list(text).unwrap_or_default();
            mailboxes.iter().map(|mailbox| (field, mailbox.to_string())).collect()
        };
        let mut recipients = list("To", &draft.to);
        recipients.extend(list("Cc", &draft.cc));
        recipients.extend(list("Bcc", &draft.bcc));
        Self {
            from: account.map(|account| account.from.to_string()).unwrap_or_default(),
            account: account.map(|account| account.name.clone()).unwrap_or_default(),
            recipients,
            subject: letter.envelope.subject.clone(),
            attachments: draft
                .attachments
                .iter()
                .map(|file| format!("{} {}", file.name(), crate::mail::size::Size(file.len)))
                .collect(),
            size: letter.envelope.size,
            doubts: account.map(|account| draft.doubts(account, &letter)).unwrap_or_default(),
            letter: Some(letter),
            scroll: Scroll::default(),
        }
    }

    pub(super) fn key(&mut self, model: &mut Model, input: &Input, is_cancel: bool) -> Step {
        if is_cancel {
            return Step::CLOSE;
        }
        if input.key == Key::Enter {
            return Step::Close(
                self.letter.take().map_or_else(Vec::new, |letter| send::queue(model, letter)),
            );
        }
        self.scroll.key(input);
        Step::STAY
    }
}
