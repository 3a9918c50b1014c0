//! The loop: one message in, the mind changed, the deeds begun, everything that is ready drained, one frame out.
//!
//! Nothing ticks. The loop wakes for a key, a signal, a task, a written frame, or the pause before a save.

mod loan;
mod start;

use std::io;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep_until, timeout};

use crate::app::effect::Effect;
use crate::app::model::{Leaving, Notice, Severity};
use crate::app::msg::Msg;
use crate::app::{Model, update};
use crate::ui::glyphs::Glyphs;
use crate::ui::theme::Theme;
use crate::ui::{Look, view};

pub use start::Start;

use super::event::Event;
use super::keyboard::{Heard, Keyboard};
use super::look;
use super::perform::Hands;
use super::screen::{Screen, Writer};
use super::signals::{Caught, Signals};
use super::terminal::{self, NoTerminal};
use super::worker::Job;

/// How long after a change the draft is saved; with the time that the disk takes, well within two seconds.
const PAUSE: Duration = Duration::from_millis(800);
/// How long a save may take when the terminal is gone or somebody leaves.
const LAST_SAVE: Duration = Duration::from_secs(5);
/// How long the last frame may take to get out.
const LAST_FRAME: Duration = Duration::from_millis(500);
/// Octets of base64 that xterm takes for its clipboard.
const CLIPBOARD: usize = 74_994;
/// Between two keys that are further apart, somebody may have been elsewhere.
const AWAY: Duration = Duration::from_secs(2);
/// Messages that are taken in before a frame is drawn.
const DRAIN: usize = 10_000;
/// The least time between two frames that nobody pressed a key for: 30 a second, however fast lines come.
const BEAT: Duration = Duration::from_millis(33);

enum Input {
    Heard(Heard),
    Event(Box<Event>),
    /// A frame is out; `false`: the terminal is gone.
    Written(bool),
}

/// Runs the composer until it is left.
pub async fn run(start: Start) -> Result<(), NoTerminal> {
    terminal::probe()?;
    let (inputs, queue) = unbounded_channel();
    let mut program = Program::new(start, inputs).await?;
    terminal::restore_on_panic();
    program.enter()?;
    program.live(queue).await;
    program.leave().await;
    Ok(())
}

struct Program {
    model: Model,
    hands: Hands,
    theme: Theme,
    glyphs: &'static Glyphs,
    screen: Screen,
    signals: Signals,
    writer: Writer,
    keyboard: Keyboard,
    /// A frame is on its way to the terminal.
    is_writing: bool,
    is_dirty: bool,
    /// The next frame need not wait, since it answers a person.
    is_prompt: bool,
    drawn_at: Option<Instant>,
    /// When the configuration was last looked at.
    looked_at: Option<Instant>,
    has_terminal: bool,
    save_at: Option<Instant>,
    is_over: bool,
    /// What goes to the terminal's clipboard with the next frame.
    clipboard: Vec<u8>,
}

impl Program {
    fn enter(&mut self) -> io::Result<()> {
        self.writer.write(terminal::enter()?);
        self.is_writing = true;
        Ok(())
    }

    async fn live(&mut self, mut queue: UnboundedReceiver<Input>) {
        self.draw();
        while !self.is_over {
            let (pause, frame) = (self.save_at, self.next_frame());
            tokio::select! {
                biased;
                caught = self.signals.next() => self.caught(caught).await,
                Some(input) = queue.recv() => {
                    self.take(input).await;
                    // All that is ready goes into one frame; a burst of keys costs no more than one.
                    for _ in 0..DRAIN {
                        let Ok(input) = queue.try_recv() else { break };
                        self.take(input).await;
                    }
                }
                () = sleep_until(pause.unwrap_or_else(Instant::now)), if pause.is_some() => {
                    self.save_at = None;
                    self.happen(Msg::SaveDue).await;
                }
                () = sleep_until(frame.unwrap_or_else(Instant::now)), if frame.is_some() => {}
            }
            self.draw();
        }
    }

    async fn take(&mut self, input: Input) {
        self.is_prompt |= matches!(input, Input::Heard(_));
        if matches!(input, Input::Heard(Heard::Key(_))) {
            self.look_at_config();
        }
        match input {
            Input::Heard(Heard::Key(key)) => self.happen(Msg::Key(key)).await,
            Input::Heard(Heard::Paste(text)) => self.happen(Msg::Paste(text)).await,
            Input::Heard(Heard::HangUp) | Input::Written(false) => self.hang_up().await,
            Input::Written(true) => self.is_writing = false,
            Input::Event(event) => {
                if let Some(msg) = self.hands.hear(*event) {
                    self.happen(msg).await;
                }
            }
        }
    }

    /// Who comes back from another window may have edited the configuration there.
    fn look_at_config(&mut self) {
        let now = Instant::now();
        if self.looked_at.replace(now).is_none_or(|before| now >= before + AWAY) {
            self.hands.worker().ask(Job::ReadAccounts);
        }
    }

    async fn caught(&mut self, caught: Caught) {
        match caught {
            Caught::Resized => {
                let (columns, rows) = terminal::size();
                self.anew();
                self.happen(Msg::Resize(columns, rows)).await;
            }
            Caught::HangUp => self.hang_up().await,
            Caught::Terminate => self.happen(Msg::Terminate).await,
        }
    }

    /// Once; what is being sent goes on without anybody watching.
    async fn hang_up(&mut self) {
        if self.has_terminal {
            self.has_terminal = false;
            self.happen(Msg::HangUp).await;
        }
    }

    async fn happen(&mut self, msg: Msg) {
        // Progress of nothing visible, such as a save that is due, draws an equal frame, which is no bytes at all.
        self.is_dirty = true;
        for effect in update(&mut self.model, msg) {
            match effect {
                Effect::SaveSoon => {
                    self.save_at = Some(self.save_at.unwrap_or_else(|| Instant::now() + PAUSE));
                }
                Effect::EditExternally(text) => self.edit(text).await,
                Effect::LendTerminal(id, true) => self.lend(id).await,
                Effect::Suspend => self.suspend().await,
                Effect::Redraw => self.anew(),
                Effect::Copy(text) => self.copy(&text),
                Effect::Quit => self.is_over = true,
                effect => self.hands.perform(effect),
            }
        }
    }

    /// When a frame that waits for its turn is due; nothing ticks while there is none.
    fn next_frame(&self) -> Option<Instant> {
        let is_waiting = self.is_dirty && !self.is_writing && self.has_terminal;
        self.drawn_at.filter(|_| is_waiting).map(|drawn| drawn + BEAT)
    }

    /// Hands text to the terminal's clipboard, with the next frame. What is longer than terminals take is cut off by them
    /// without a word, so it does not go.
    fn copy(&mut self, text: &str) {
        let (severity, says) = if self.hands.gives_away(text) {
            (
                Severity::Error,
                "not copied: a password or token of this run is in it, which the masking has missed",
            )
        } else {
            let encoded = STANDARD.encode(text);
            if encoded.len() <= CLIPBOARD {
                self.clipboard = format!("\x1b]52;c;{encoded}\x1b\\").into_bytes();
                return;
            }
            (Severity::Warning, "too long for the terminal's clipboard: export it to a file")
        };
        self.model.notice = Some(Notice { severity, text: says.to_owned() });
    }

    fn draw(&mut self) {
        if !self.is_dirty || self.is_writing || !self.has_terminal {
            return;
        }
        let now = Instant::now();
        if !self.is_prompt && self.drawn_at.is_some_and(|drawn| now < drawn + BEAT) {
            return;
        }
        (self.is_dirty, self.is_prompt, self.drawn_at) = (false, false, Some(now));
        let look = Look { theme: &self.theme, glyphs: self.glyphs };
        let model = &self.model;
        match self.screen.draw(|frame| view(model, &look, frame)) {
            Ok(bytes) if bytes.is_empty() && self.clipboard.is_empty() => {}
            Ok(frame) => {
                let mut bytes = std::mem::take(&mut self.clipboard);
                bytes.extend(frame);
                self.writer.write(bytes);
                self.is_writing = true;
            }
            Err(_) => self.anew(),
        }
    }

    /// Forgets what is on the screen: the next frame is drawn whole.
    fn anew(&mut self) {
        if let Ok(screen) = Screen::new(terminal::size()) {
            self.screen = screen;
        }
        (self.is_dirty, self.is_prompt) = (true, true);
    }

    /// The last save is on disk, the terminal as it was. Nobody is waited for longer than a few seconds.
    async fn leave(&mut self) {
        let (done, saved) = oneshot::channel();
        self.hands.worker().ask(Job::Flush(done));
        let is_saved = matches!(timeout(LAST_SAVE, saved).await, Ok(Ok(())));
        if self.has_terminal && self.model.leaving != Leaving::Unwatched {
            // What is typed from here on is for the shell.
            self.keyboard.pause();
            self.writer.settle(LAST_FRAME);
            terminal::leave();
            if !is_saved {
                look::complain("the disk did not answer in 5 s; the last words may not be saved");
            }
            if self.model.leaving == Leaving::Ordered
                && let Some(notice) = &self.model.notice
            {
                look::complain(&notice.text);
            }
        } else {
            // A signal may say that nobody is there while the terminal is: it is given back as far as it takes it.
            let (left, is_left) = std::sync::mpsc::channel();
            std::thread::spawn(move || {
                terminal::leave();
                let _ = left.send(());
            });
            let _ = is_left.recv_timeout(LAST_FRAME);
        }
    }
}
