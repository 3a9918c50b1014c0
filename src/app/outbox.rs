//! The outbox pane: what is being sent, what was sent in this run, what an earlier run left behind, and the drafts.

use jiff::Timestamp;

use crate::mail::draft::Draft;
use crate::mail::outbox::{Entry, Fate, LetterId};
use crate::mail::outcome::{Outcome as How, Report, Step};
use crate::mail::text::Shown;

use super::action::Action;
use super::dialog::Dialog;
use super::effect::Effect;
use super::model::{DraftKey, Model, SendId, Severity};
use super::msg::Saved;

#[derive(Debug, Default)]
pub struct Outbox {
    /// Of this run, newest first.
    pub sends: Vec<Sending>,
    /// Left by earlier runs, newest first.
    pub kept: Vec<Entry>,
    /// Drafts that nobody holds, newest first.
    pub drafts: Vec<Saved>,
    pub selected: usize,
}

/// One send of this run.
#[derive(Debug)]
pub struct Sending {
    pub id: SendId,
    pub letter: Option<LetterId>,
    pub title: String,
    pub account: String,
    pub at: Option<Timestamp>,
    pub step: Step,
    /// Others go first.
    pub waits: bool,
    /// Bytes that left, of so many.
    pub progress: (u64, u64),
    /// The dot may have left: it cannot be stopped any more.
    pub is_past_dot: bool,
    pub report: Option<Box<Report>>,
    /// What was typed, to be given back if it does not go out.
    pub draft: (DraftKey, Draft),
    /// The task is gone.
    pub is_over: bool,
    /// Somebody said stop before it had begun.
    pub is_unwanted: bool,
}

/// A row of the pane.
#[derive(Debug, Clone, Copy)]
pub enum Row<'a> {
    Send(&'a Sending),
    Kept(&'a Entry),
    Drafts(usize),
}

impl Outbox {
    pub fn rows(&self) -> Vec<Row<'_>> {
        let mut rows: Vec<Row<'_>> = self.sends.iter().map(Row::Send).collect();
        rows.extend(self.kept.iter().filter(|entry| !self.is_of_this_run(&entry.id)).map(Row::Kept));
        rows.push(Row::Drafts(self.drafts.len()));
        rows
    }

    fn is_of_this_run(&self, id: &LetterId) -> bool {
        self.sends.iter().any(|send| send.letter.as_ref() == Some(id))
    }

    pub fn send(&self, id: SendId) -> Option<&Sending> {
        self.sends.iter().find(|send| send.id == id)
    }

    pub(super) fn send_mut(&mut self, id: SendId) -> Option<&mut Sending> {
        self.sends.iter_mut().find(|send| send.id == id)
    }

    /// Sends whose outcome is still out.
    pub fn in_flight(&self) -> impl Iterator<Item = &Sending> {
        self.sends.iter().filter(|send| send.report.is_none())
    }

    /// Everything that a person has to look at: unfinished, failed, unknown.
    pub fn open_count(&self) -> usize {
        let rows = self.rows();
        rows.iter()
            .filter(|row| match row {
                Row::Send(send) => send.report.as_ref().is_none_or(|report| !report.outcome.is_taken()),
                Row::Kept(entry) => entry.fate.is_open() && !entry.is_busy,
                Row::Drafts(_) => false,
            })
            .count()
    }
}

/// One sentence about a letter of an earlier run.
pub fn says(entry: &Entry) -> String {
    if entry.is_busy {
        return "another sendoff is sending it".to_owned();
    }
    match &entry.fate {
        Fate::NotSent => "not sent: the program ended before it went out".to_owned(),
        Fate::Unknown => {
            "unknown: it may have been sent; the program ended before the server's answer".to_owned()
        }
        Fate::Done { outcome: How::Unknown, says, .. } => format!("unknown: it may have been sent; {says}"),
        Fate::Done { outcome, says, .. } => format!("{outcome}: {says}"),
    }
}

/// How a send ended that nobody watched.
fn told(entry: &Entry) -> String {
    let outcome = match &entry.fate {
        Fate::Done { outcome, .. } => outcome.as_str(),
        Fate::NotSent | Fate::Unknown => "left open",
    };
    format!("\u{201c}{}\u{201d} was {outcome}", Shown::new(&entry.envelope.subject))
}

/// Keys of the pane.
pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    let last = model.outbox.rows().len().saturating_sub(1);
    let selected = model.outbox.selected.min(last);
    match action {
        Action::Up => model.outbox.selected = selected.saturating_sub(1),
        Action::Down => model.outbox.selected = (selected + 1).min(last),
        Action::Top | Action::PageUp => model.outbox.selected = 0,
        Action::Bottom | Action::PageDown => model.outbox.selected = last,
        Action::Open => return open(model, selected),
        Action::Discard => return discard(model, selected),
        _ => {}
    }
    Vec::new()
}

fn open(model: &mut Model, selected: usize) -> Vec<Effect> {
    let text = match model.outbox.rows().get(selected) {
        Some(Row::Drafts(_)) => return vec![Effect::ChooseDraft],
        // It never reached the disk: its text is here and nowhere else.
        Some(Row::Send(send)) if send.is_over && send.letter.is_none() => {
            let id = send.id;
            return super::drafts::exchange(model, id);
        }
        Some(Row::Send(send)) => {
            let id = send.id;
            model.log.show(id);
            model.focus = super::model::Pane::Log;
            return Vec::new();
        }
        Some(Row::Kept(entry)) => (entry.envelope.subject.clone(), details(entry)),
        None => return Vec::new(),
    };
    model.dialogs.push(Dialog::text(text.0, text.1));
    Vec::new()
}

fn details(entry: &Entry) -> Vec<String> {
    let mut lines = vec![says(entry), String::new(), format!("from       {}", entry.envelope.from)];
    lines.extend(entry.envelope.to.iter().map(|to| format!("to         {to}")));
    lines.push(format!("account    {}", entry.account));
    lines.push(format!("message id {}", entry.envelope.message_id));
    if let Fate::Done { server_id: Some(id), .. } = &entry.fate {
        lines.push(format!("server id  {id}"));
    }
    if entry.fate.is_unknown() {
        lines.push(String::new());
        lines.push("Look in Sent Items, or ask a recipient, before you send it again.".to_owned());
    }
    lines
}

fn discard(model: &mut Model, selected: usize) -> Vec<Effect> {
    match model.outbox.rows().get(selected) {
        Some(Row::Kept(entry)) if !entry.is_busy => {
            let (id, subject) = (entry.id.clone(), entry.envelope.subject.clone());
            let is_risky = entry.fate.is_open();
            if is_risky {
                model.dialogs.push(Dialog::discard_letter(id, &subject));
                return Vec::new();
            }
            model.outbox.kept.retain(|kept| kept.id != id);
            vec![Effect::DiscardLetter(id)]
        }
        Some(Row::Send(send)) if send.is_over && send.letter.is_some() => {
            let (id, letter, subject) = (send.id, send.letter.clone(), send.title.clone());
            let is_taken = send.report.as_ref().is_some_and(|report| report.outcome.is_taken());
            if let (false, Some(letter)) = (is_taken, &letter) {
                model.dialogs.push(Dialog::discard_letter(letter.clone(), &subject));
                return Vec::new();
            }
            model.outbox.kept.retain(|kept| Some(&kept.id) != letter.as_ref());
            model.outbox.sends.retain(|send| send.id != id);
            letter.map(Effect::DiscardLetter).into_iter().collect()
        }
        _ => {
            model.say(Severity::Info, "nothing to remove here");
            Vec::new()
        }
    }
}

/// What an earlier run left: said in the status line, never in the way of typing. What ended unwatched comes first.
pub(super) fn first_look(model: &mut Model, drafts: Vec<Saved>, letters: Vec<Entry>) -> Vec<Effect> {
    let count = |is_so: &dyn Fn(&Entry) -> bool| letters.iter().filter(|l| !l.is_busy && is_so(l)).count();
    let unknown = count(&|letter| letter.fate.is_unknown());
    let not_sent = count(&|letter| letter.fate == Fate::NotSent);
    let news: Vec<&Entry> =
        letters.iter().filter(|letter| letter.is_news && !letter.fate.is_unknown()).collect();
    let mut says: Vec<String> = news.iter().take(2).map(|letter| told(letter)).collect();
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
