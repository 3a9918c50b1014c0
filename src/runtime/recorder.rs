//! Keeps what a session told: hears what everybody hears, and writes it down on a thread of its own, so that a disk that is
//! full, slow or gone never holds up a send.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, channel, sync_channel};
use std::time::Duration;

use crate::mail::outcome::{Report, Step};
use crate::mail::session::{Head, json};
use crate::mail::transcript::Wire;
use crate::store::logs::Logs;

use super::clock;
use super::sends::Told;

/// Lines that may wait for the disk; more than a dialogue has. What comes on top is lost to the record alone.
const WAITING: usize = 4_096;
/// What whoever leaves gives the disk.
const LAST: Duration = Duration::from_secs(1);

/// One record, as long as it is written.
pub struct Recorder {
    lines: SyncSender<String>,
    done: Receiver<()>,
    step: Step,
}

impl Recorder {
    /// Begins a record in `folder`.
    pub fn start(folder: PathBuf, head: &Head) -> Self {
        let (lines, queue) = sync_channel::<String>(WAITING);
        let (over, done) = channel::<()>();
        let _ = lines.try_send(json::head(head));
        std::thread::spawn(move || {
            // Dropped at the end of the thread, which is what `finish` waits for.
            let _over = over;
            let record = clock::stamp().ok().and_then(|stamp| {
                Logs::open(folder).and_then(|logs| logs.begin(&clock::record_name(&stamp))).ok()
            });
            let Some(mut record) = record else { return };
            while let Ok(line) = queue.recv() {
                if record.append(&line).is_err() {
                    return;
                }
            }
        });
        Self { lines, done, step: Step::Lookup }
    }

    pub fn hear(&mut self, told: &Told) {
        match told {
            Told::Wire(wire) => self.hear_wire(wire),
            Told::Report(report) => self.end(report),
            _ => {}
        }
    }

    pub(super) fn hear_wire(&mut self, wire: &Wire) {
        if let Wire::Step(step) = wire {
            self.step = *step;
        }
        self.keep(json::wire(self.step, wire));
    }

    pub(super) fn end(&self, report: &Report) {
        self.keep(Some(json::end(report)));
    }

    fn keep(&self, line: Option<String>) {
        if let Some(line) = line {
            let _ = self.lines.try_send(line);
        }
    }

    /// Waits until all is written, but no longer than a second.
    pub fn finish(self) {
        let Self { lines, done, .. } = self;
        drop(lines);
        let _: Result<(), RecvTimeoutError> = done.recv_timeout(LAST);
    }
}

/// Waits for the record without holding up anything else.
pub(super) async fn finished(recorder: Option<Recorder>) {
    if let Some(recorder) = recorder {
        let _ = tokio::task::spawn_blocking(move || recorder.finish()).await;
    }
}
