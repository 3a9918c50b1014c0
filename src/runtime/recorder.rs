//! Keeps what a session told: hears what everybody hears, and writes it down on a thread of its own, so that a disk that is
//! full, slow or gone never holds up a send. The same thread keeps the limits on all records once its own is whole.

use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::time::Duration;

use crate::mail::outcome::{Report, Step};
use crate::mail::session::{Head, json};
use crate::mail::settings::LogSettings;
use crate::mail::transcript::{Line, Wire};
use crate::store::logs::{Keep, Logs};
use crate::store::paths::Paths;

use super::clock;
use super::sends::Told;

/// Lines that may wait for the disk; more than a dialogue has. What comes on top is lost to the record, which says so.
const WAITING: usize = 4_096;
/// What whoever leaves gives the disk.
const LAST: Duration = Duration::from_secs(1);

/// Where sessions are recorded, and how much of them is kept.
#[derive(Debug, Clone)]
pub struct Shelf {
    pub folder: PathBuf,
    pub keep: Keep,
}

impl Shelf {
    /// `None` where the settings want no records.
    pub fn of(settings: LogSettings, paths: &Paths) -> Option<Self> {
        settings.keep.then(|| Self { folder: paths.logs(), keep: settings.into() })
    }
}

/// One record, as long as it is written.
pub struct Recorder {
    pen: Pen,
    /// Nothing is ever said here: its end is the end of the writing.
    written: Receiver<Infallible>,
    tidied: Receiver<Infallible>,
}

impl Recorder {
    /// Begins a record on this shelf.
    pub fn start(shelf: Shelf, head: &Head) -> Self {
        let (pen, paper) = Pen::new(WAITING, json::head(head));
        let (writing, written) = channel();
        let (tidying, tidied) = channel();
        std::thread::spawn(move || {
            // Dropped at the end of the thread at the latest, which is what others wait for.
            let (writing, _tidying) = (writing, tidying);
            let Ok(logs) = Logs::open(shelf.folder) else { return };
            let record = clock::stamp().ok().and_then(|stamp| logs.begin(&clock::record_name(&stamp)).ok());
            if let Some(mut record) = record {
                // A disk that takes no more has had all that there will be.
                let _ = paper.lines().try_for_each(|line| record.append(&line));
            }
            drop(writing);
            // What cannot be removed now is tried again after the next session.
            let _ = logs.prune(shelf.keep, clock::now());
        });
        Self { pen, written, tidied }
    }

    pub fn hear(&mut self, told: &Told) {
        match told {
            Told::Wire(wire) => self.hear_wire(wire),
            Told::Report(report) => self.end(report),
            _ => {}
        }
    }

    pub(super) fn hear_wire(&mut self, wire: &Wire) {
        self.pen.hear(wire);
    }

    pub(super) fn end(&mut self, report: &Report) {
        self.pen.end(json::end(report));
    }

    /// Waits until all is written, but no longer than a second.
    pub fn finish(self) -> Tidying {
        let Self { pen, written, tidied } = self;
        drop(pen);
        let _ = written.recv_timeout(LAST);
        Tidying(Some(tidied))
    }
}

/// Waits for the record without holding up anything else.
pub(super) async fn finished(recorder: Option<Recorder>) -> Tidying {
    let Some(recorder) = recorder else { return Tidying(None) };
    let finished = tokio::task::spawn_blocking(move || recorder.finish()).await;
    finished.unwrap_or(Tidying(None))
}

/// Old records are being removed. That goes on by itself as long as the process does.
pub struct Tidying(Option<Receiver<Infallible>>);

impl Tidying {
    /// For whoever is about to leave and has said everything: waits for it, but no longer than a second.
    pub fn wait(self) {
        if let Some(tidied) = self.0 {
            let _ = tidied.recv_timeout(LAST);
        }
    }
}

/// The end that hears. It never waits; what finds no room it counts, and says how much that was.
struct Pen {
    lines: SyncSender<String>,
    /// What is still to be said when all is over, room or not.
    rest: Sender<String>,
    left_out: usize,
    ending: Option<String>,
    step: Step,
    /// When the last line was said.
    at: Duration,
}

/// The end that writes.
struct Paper {
    lines: Receiver<String>,
    rest: Receiver<String>,
}

impl Pen {
    fn new(room: usize, head: String) -> (Self, Paper) {
        let (lines, queue) = sync_channel(room);
        let (rest, last) = channel();
        let mut pen = Self { lines, rest, left_out: 0, ending: None, step: Step::Lookup, at: Duration::ZERO };
        pen.keep(head);
        (pen, Paper { lines: queue, rest: last })
    }

    fn hear(&mut self, wire: &Wire) {
        match wire {
            Wire::Step(step) => self.step = *step,
            Wire::Line(line) => self.at = line.at,
            _ => {}
        }
        if let Some(line) = json::wire(self.step, wire) {
            self.keep(line);
        }
    }

    /// The outcome is what a record is read for: it waits for its room until the end.
    fn end(&mut self, line: String) {
        self.ending = (!self.has_taken(line.clone())).then_some(line);
    }

    fn keep(&mut self, line: String) {
        if !self.has_taken(line) {
            self.left_out += 1;
        }
    }

    /// Is there room for the line? What was left out before it is said with it: said alone, it would take the room of a line.
    fn has_taken(&mut self, line: String) -> bool {
        let whole = match self.gap() {
            Some(gap) => format!("{gap}\n{line}"),
            None => line,
        };
        let is_taken = self.lines.try_send(whole).is_ok();
        if is_taken {
            self.left_out = 0;
        }
        is_taken
    }

    /// The remark in place of what is missing.
    fn gap(&self) -> Option<String> {
        let lines = match self.left_out {
            0 => return None,
            1 => "1 line".to_owned(),
            count => format!("{count} lines"),
        };
        let remark = Line::remark(&format!("{lines} left out here: the disk was slower than the session"));
        json::wire(self.step, &Wire::Line(Line { at: self.at, ..remark }))
    }
}

impl Drop for Pen {
    fn drop(&mut self) {
        for line in self.gap().into_iter().chain(self.ending.take()) {
            let _ = self.rest.send(line);
        }
    }
}

impl Paper {
    /// All lines in their order, as they come.
    fn lines(self) -> impl Iterator<Item = String> {
        self.lines.into_iter().chain(self.rest)
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use crate::mail::outcome::{Failure, Trouble};
    use crate::mail::session::Session;

    use super::*;

    /// A pen with room for so many lines, its head among them.
    fn pen(room: usize) -> (Pen, Paper) {
        let head = Head {
            title: "Q3 numbers".into(),
            account: "work".into(),
            host: "mail.contoso.com".into(),
            port: 587,
            started: Timestamp::UNIX_EPOCH,
        };
        Pen::new(room, json::head(&head))
    }

    fn say(pen: &mut Pen, text: &str) {
        pen.hear(&Wire::Line(Line { at: Duration::from_secs(7), ..Line::remark(text) }));
    }

    fn end(pen: &mut Pen) {
        let failure = Failure { trouble: Trouble::Lost, detail: "gone".into() };
        pen.end(json::end(&Report::untried(Step::Ehlo, failure, String::new())));
    }

    /// The record, as it is read again: its lines, and whether it has an end.
    fn read(lines: impl Iterator<Item = String>) -> (Vec<String>, bool) {
        let text: String = lines.map(|line| line + "\n").collect();
        let (session, damaged): (Session, _) = json::read(&text).unwrap();
        assert_eq!(damaged, 0, "{text}");
        (session.lines.iter().map(|(_, line)| line.text.to_string()).collect(), session.ending.is_some())
    }

    const GAP: &str = "left out here: the disk was slower than the session";

    #[test]
    fn a_record_with_room_has_every_line_and_no_remark() {
        let (mut pen, paper) = pen(10);
        say(&mut pen, "one");
        end(&mut pen);
        say(&mut pen, "two");
        drop(pen);
        // What the failure came to stands where the outcome does.
        assert_eq!(read(paper.lines()), (vec!["one".into(), "gone".into(), "two".into()], true));
    }

    #[test]
    fn what_found_no_room_is_counted_where_it_is_missing() {
        let (mut pen, paper) = pen(3);
        for text in ["one", "two", "three", "four"] {
            say(&mut pen, text);
        }
        let mut written = vec![paper.lines.recv().unwrap()];
        // One line more finds room; the remark needs none of its own.
        say(&mut pen, "five");
        say(&mut pen, "six");
        written.extend(paper.lines.try_iter());
        say(&mut pen, "seven");
        drop(pen);
        let (lines, _) = read(written.into_iter().chain(paper.lines()));
        let (two, one) = (format!("2 lines {GAP}"), format!("1 line {GAP}"));
        assert_eq!(lines, ["one", "two", &two, "five", &one, "seven"]);
    }

    #[test]
    fn the_outcome_and_the_last_gap_are_written_whatever_the_room() {
        let (mut pen, paper) = pen(2);
        for text in ["one", "two", "three"] {
            say(&mut pen, text);
        }
        end(&mut pen);
        say(&mut pen, "four");
        drop(pen);
        assert_eq!(read(paper.lines()), (vec!["one".into(), format!("3 lines {GAP}"), "gone".into()], true));
    }
}
