//! The lines that a person reads: a mark, the step, its time, what was said; under a failure what it means.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use crate::mail::check::{CheckStep, Standing, Verdict};
use crate::mail::text::Shown;
use crate::mail::transcript::Took;
use crate::runtime::look;
use crate::ui::glyphs::Glyphs;

/// Columns of a step's name and what it is about.
const NAME: usize = 34;

/// Writes each step once it is over; on a terminal that can take a line back, also while it runs.
pub(super) struct Lines {
    is_coloured: bool,
    glyphs: &'static Glyphs,
}

/// Codes of SGR (ECMA-48 section 8.3.117).
const GREEN: &str = "32";
const RED: &str = "31";
const DIM: &str = "2";
const BOLD: &str = "1";

impl Lines {
    pub(super) fn new() -> Self {
        Self { is_coloured: look::is_coloured(), glyphs: look::glyphs() }
    }

    pub(super) fn step(&mut self, step: &CheckStep) {
        let name = Shown::new(format!("{} {}", step.stage.title(), step.about).trim_end()).to_string();
        let (mark, colour) = match step.standing {
            Standing::Passed => (self.glyphs.good, GREEN),
            Standing::Failed => (self.glyphs.error, RED),
            Standing::Skipped => (self.glyphs.rest, DIM),
            Standing::Running if self.is_coloured => {
                return self.write(&format!("\r\x1b[K{} {name} ...", self.paint(DIM, self.glyphs.info)));
            }
            Standing::Running | Standing::Waiting => return,
        };
        let took = match step.standing {
            Standing::Skipped => String::new(),
            _ => Took(step.took).to_string(),
        };
        let mut lines = if self.is_coloured { "\r\x1b[K".to_owned() } else { String::new() };
        let text = if step.standing == Standing::Skipped {
            self.paint(DIM, step.text.as_str())
        } else {
            step.text.to_string()
        };
        let _ = writeln!(lines, "{} {name:<NAME$} {took:>7}  {text}", self.paint(colour, mark));
        if let Some(explanation) = &step.explanation {
            let says = Shown::new(&explanation.says);
            let _ = writeln!(lines, "    {says}");
            let _ = writeln!(lines, "    Who can change it: {}.", explanation.who.as_str());
            let _ = writeln!(lines, "    {}", explanation.todo);
        }
        self.write(&lines);
    }

    pub(super) fn verdict(&mut self, verdict: &Verdict) {
        let mut lines = if self.is_coloured { "\r\x1b[K\n".to_owned() } else { "\n".to_owned() };
        if let Some(caveat) = &verdict.caveat {
            let _ = writeln!(lines, "{caveat}");
        }
        let (mark, colour) = if verdict.ok { (self.glyphs.good, GREEN) } else { (self.glyphs.error, RED) };
        let says = Shown::new(&verdict.says);
        let _ = writeln!(lines, "{} {}", self.paint(colour, mark), self.paint(BOLD, says.as_str()));
        self.write(&lines);
    }

    fn paint(&self, code: &str, text: &str) -> String {
        if self.is_coloured { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// A reader that has gone away is no reason to stop.
    #[expect(clippy::unused_self, reason = "reads as who writes")]
    fn write(&self, text: &str) {
        let mut stdout = io::stdout().lock();
        let _ = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
    }
}
