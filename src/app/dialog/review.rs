//! The review: what is about to go out, to whom, and what a careful colleague would ask.

use tui_textarea::{Input, Key};

use crate::app::model::Model;
use crate::app::msg::Candidate;
use crate::app::send;
use crate::mail::address::Mailbox;
use crate::mail::letter::Letter;
use crate::mail::size::Size;

use super::{Scroll, Step};

pub struct Review {
    /// What is shown here, and nothing else, is what Enter sends.
    ready: Option<(Letter, Candidate)>,
    pub from: String,
    pub account: String,
    /// Every recipient, with the field it stands in.
    pub recipients: Vec<(&'static str, String)>,
    pub subject: String,
    pub attachments: Vec<String>,
    /// Octets, as they go over the wire.
    pub size: u64,
    pub doubts: Vec<String>,
    /// The account has a sign-in.
    pub signs_in: bool,
    /// Delivery reports that are asked for.
    pub reports: Option<String>,
    /// Rows of recipients that are scrolled away.
    pub scroll: Scroll,
}

impl Review {
    pub(super) fn new(letter: Letter, candidate: Candidate) -> Self {
        let Candidate { draft, account, .. } = &candidate;
        let may_be_sent = candidate.may_be_sent.then(|| {
            "it may have been sent already: look in Sent Items, or ask a recipient, first".to_owned()
        });
        let list = |field: &'static str, text: &str| -> Vec<(&'static str, String)> {
            let mailboxes = Mailbox::parse_list(text).unwrap_or_default();
            mailboxes.iter().map(|mailbox| (field, mailbox.to_string())).collect()
        };
        let mut recipients = list("To", &draft.to);
        recipients.extend(list("Cc", &draft.cc));
        recipients.extend(list("Bcc", &draft.bcc));
        let attachments = draft.attachments.iter().map(|file| format!("{} {}", file.name(), Size(file.len)));
        Self {
            from: account.from.to_string(),
            account: account.name.clone(),
            recipients,
            subject: letter.envelope.subject.clone(),
            attachments: attachments.collect(),
            size: letter.envelope.size,
            doubts: may_be_sent.into_iter().chain(draft.doubts(account, &letter)).collect(),
            signs_in: account.needs_secret(),
            reports: letter.envelope.dsn.map(|dsn| dsn.notify.to_string().to_lowercase().replace(',', ", ")),
            ready: Some((letter, candidate)),
            scroll: Scroll::default(),
        }
    }

    pub(super) fn key(&mut self, model: &mut Model, input: &Input, is_cancel: bool) -> Step {
        if is_cancel {
            return Step::CLOSE;
        }
        if input.key == Key::Enter {
            let ready = self.ready.take();
            let queue = |(letter, candidate)| send::queue(model, letter, candidate);
            return Step::Close(ready.map_or_else(Vec::new, queue));
        }
        self.scroll.key(input);
        Step::STAY
    }
}
