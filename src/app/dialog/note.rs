//! A note to the administrator: what has to be changed, ready to be copied or mailed.

use tui_textarea::{Input, Key};

use crate::app::drafts;
use crate::app::effect::Effect;
use crate::app::log::Session;
use crate::app::model::{Model, Severity};
use crate::mail::draft::Draft;
use crate::mail::explain::Who;
use crate::mail::text::Shown;

use super::{Scroll, Step};

#[derive(Debug)]
pub struct NoteSheet {
    pub subject: String,
    pub lines: Vec<String>,
    pub scroll: Scroll,
}

impl NoteSheet {
    /// `None` for a session in which there is nothing that an administrator could change.
    pub(in crate::app) fn new(session: &Session) -> Option<Self> {
        session.explanation().filter(|why| why.who == Who::Administrator)?;
        let (subject, lines) = write(session)?;
        Some(Self { subject, lines, scroll: Scroll::default() })
    }

    pub(super) fn key(&mut self, model: &mut Model, input: &Input, is_cancel: bool) -> Step {
        if is_cancel {
            return Step::CLOSE;
        }
        match input.key {
            Key::Char('c' | 'y') => {
                model.say(Severity::Good, "the note was handed to the terminal's clipboard");
                return Step::Close(vec![Effect::Copy(self.lines.join("\n"))]);
            }
            Key::Char('m') => {
                let (subject, body) = (self.subject.clone(), self.lines.join("\n"));
                let draft = Draft { subject, body, account: model.account_name(), ..Draft::default() };
                return Step::Close(drafts::open(model, drafts::Next::Filled(Box::new(draft))));
            }
            _ => {
                self.scroll.key(input);
            }
        }
        Step::STAY
    }
}

/// The subject and the text.
fn write(session: &Session) -> Option<(String, Vec<String>)> {
    let (record, why) = (&session.record, session.explanation()?);
    let reply = record.ending.as_ref().and_then(|ending| ending.reply.as_ref());
    let mut lines = vec![
        "Hello,".to_owned(),
        String::new(),
        format!(
            "sending mail through {} does not work. {}",
            Shown::new(&record.place()),
            Shown::new(&why.says)
        ),
        String::new(),
        why.todo.to_owned(),
    ];
    if let Some(reply) = reply {
        lines.extend([
            String::new(),
            "The server's words:".to_owned(),
            format!("    {}", Shown::new(&reply.to_string())),
        ]);
    }
    if let Some(began) = session.started() {
        lines.extend([String::new(), format!("Time of the attempt: {began:.0}")]);
    }
    Some(("Sending mail by SMTP does not work".to_owned(), lines))
}
