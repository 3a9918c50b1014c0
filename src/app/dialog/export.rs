//! Writing a session to a file: in which form, and where.

use jiff::tz::TimeZone;
use tui_textarea::{Input, Key};

use crate::app::editor::Editor;
use crate::app::effect::Effect;
use crate::app::log::Session;
use crate::mail::session::{self, Form};

use super::Step;

/// The forms, with the ending of a file in each and what it is good for.
pub const FORMS: [(Form, &str, &str); 3] = [
    (Form::Text, "txt", "Text, to read or to paste"),
    (Form::Json, "jsonl", "JSON lines, for programs"),
    (Form::Html, "html", "HTML, one page with colours"),
];

#[derive(Debug)]
pub struct ExportPrompt {
    pub path: Editor,
    /// Among `FORMS`.
    pub selected: usize,
    session: Box<session::Session>,
}

impl ExportPrompt {
    /// `None` where nothing has passed.
    pub(in crate::app) fn new(session: &Session, zone: &TimeZone) -> Option<Self> {
        let began = zone.to_datetime(session.started().filter(|_| !session.lines().is_empty())?);
        let (date, hour, minute) = (began.date(), began.hour(), began.minute());
        let path = format!("~/sendoff-{date}-{hour:02}{minute:02}.{}", FORMS[0].1);
        Some(Self { path: Editor::field(&path), selected: 0, session: Box::new(session.record.clone()) })
    }

    pub(super) fn key(&mut self, input: &Input, is_cancel: bool) -> Step {
        if is_cancel {
            return Step::CLOSE;
        }
        match input.key {
            Key::Up => self.choose(self.selected.checked_sub(1).unwrap_or(FORMS.len() - 1)),
            Key::Tab if input.shift => self.choose(self.selected.checked_sub(1).unwrap_or(FORMS.len() - 1)),
            Key::Down | Key::Tab => self.choose((self.selected + 1) % FORMS.len()),
            Key::Enter if self.path.text().trim().is_empty() => {}
            Key::Enter => {
                let (form, to) = (FORMS[self.selected].0, self.path.text().trim().into());
                return Step::Close(vec![Effect::Export { session: self.session.clone(), form, to }]);
            }
            _ => {
                self.path.key(input);
            }
        }
        Step::STAY
    }

    /// Another form; the ending of the name follows, if it was that of the form before.
    fn choose(&mut self, form: usize) {
        let text = self.path.text();
        if let Some(stem) = text.strip_suffix(&format!(".{}", FORMS[self.selected].1)) {
            self.path.set_text(&format!("{stem}.{}", FORMS[form].1));
        }
        self.selected = form;
    }
}
