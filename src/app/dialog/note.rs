//! A note to the administrator: what has to be changed, ready to be copied or mailed.

use jiff::tz::TimeZone;
use tui_textarea::{Input, Key};

use crate::app::drafts;
use crate::app::effect::Effect;
use crate::app::log::Session;
use crate::app::model::{Model, Severity};
use crate::mail::draft::Draft;
use crate::mail::explain::Explanation;
use crate::mail::explain::note::{Attempt, note};
use crate::mail::text::Shown;
use crate::mail::transcript::Line;

use super::{Scroll, Step};

#[derive(Debug)]
pub struct NoteSheet {
    pub subject: String,
    pub lines: Vec<String>,
    pub scroll: Scroll,
}

impl NoteSheet {
    /// `None` for a session in which there is nothing that an administrator could change.
    pub(in crate::app) fn new(session: &Session, address: &str, zone: &TimeZone) -> Option<Self> {
        let lines = write(session, session.explanation()?, address, zone)?;
        let subject = format!("Sending mail as {} does not work", Shown::new(address));
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

/// The text, which the sheet shows line by line.
fn write(session: &Session, why: &Explanation, address: &str, zone: &TimeZone) -> Option<Vec<String>> {
    let record = &session.record;
    let ending = record.ending.as_ref()?;
    let reply = ending.reply.as_ref().map(ToString::to_string);
    let detail = ending.failure.as_ref().map(|failure| failure.detail.clone());
    let when =
        session.started().map(|at| at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M:%S %:z").to_string());
    let lines: Vec<Line> = record.lines.iter().map(|(_, line)| line.clone()).collect();
    let attempt = Attempt {
        tried: if ending.message_id.is_empty() {
            "testing the account; nothing was sent"
        } else {
            "sending a message by SMTP"
        },
        address,
        server: &record.place(),
        when: &when.unwrap_or_default(),
        reply: &reply.or(detail).unwrap_or_default(),
        lines: &lines,
    };
    Some(note(&attempt, why)?.lines().map(str::to_owned).collect())
}
