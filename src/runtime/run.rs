//! The loop: one message in, the mind changed, the deeds begun, everything that is ready drained, one frame out.
//!
//! Nothing ticks. The loop wakes for a key, a signal, a task, a written frame, or the pause before a save.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::tz::TimeZone;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::{oneshot, watch};
use tokio::time::{Instant, sleep_until, timeout};

use crate::app::effect::Effect;
use crate::app::keymap::Keymap;
use crate::app::model::{Leaving, Notice, SendId, Setup, Severity};
use crate::app::msg::Msg;
use crate::app::{Model, update};
use crate::auth::helper;
use crate::mail::account::Account;
use crate::mail::settings::{LogSettings, Settings};
use crate::sandbox::{Scenario, SignInScenario};
use crate::store::logs::Keep;
use crate::store::paths::Paths;
use crate::ui::glyphs::Glyphs;
use crate::ui::theme::Theme;
use crate::ui::{Look, view};

use super::event::Event;
use super::keyboard::{Heard, Keyboard};
use super::perform::Hands;
use super::screen::{Screen, Writer};
use super::terminal::NoTerminal;
use super::worker::{Done, Job, Worker};
use super::{editor, look, sandbox, terminal};

/// What the composer is started with.
pub struct Start {
    pub settings: Settings,
    pub paths: Paths,
    pub theme: Option<String>,
    pub account: Option<String>,
    /// Open on the built-in server.
    pub sandbox: Option<Scenario>,
    /// How its sign-in service behaves, for whoever wants to sign in there by OAuth.
    pub sign_in: Option<SignInScenario>,
    /// A draft from a mailto: link.
    pub filled: Option<crate::mail::draft::Draft>,
    /// What is wrong, but does not stop the start.
    pub warnings: Vec<String>,
}

/// How long after a change the draft is saved; with the time that the disk takes, well within two seconds.
const PAUSE: Duration = Duration::from_millis(800);
/// How long a save may take when the terminal is gone or somebody leaves.
const LAST_SAVE: Duration = Duration::from_secs(5);
/// How long the last frame may take to get out.
const LAST_FRAME: Duration = Duration::from_millis(500);
/// Octets of base64 that xterm takes for its clipboard.
const CLIPBOARD: usize = 74_994;
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
    let signals = Signals::new()?;
    program.enter()?;
    program.live(queue, signals).await;
    program.leave().await;
    Ok(())
}

struct Program {
    model: Model,
    hands: Hands,
    theme: Theme,
    glyphs: &'static Glyphs,
    screen: Screen,
    writer: Writer,
    keyboard: Keyboard,
    /// A frame is on its way to the terminal.
    is_writing: bool,
    is_dirty: bool,
    /// The next frame need not wait, since it answers a person.
    is_prompt: bool,
    drawn_at: Option<Instant>,
    has_terminal: bool,
    save_at: Option<Instant>,
    is_over: bool,
    /// What goes to the terminal's clipboard with the next frame.
    clipboard: Vec<u8>,
}

impl Program {
    async fn new(start: Start, inputs: UnboundedSender<Input>) -> Result<Self, NoTerminal> {
        let (theme, mut warnings) =
            look::theme(start.theme.as_deref().or(start.settings.theme.as_deref()), &start.paths);
        warnings.extend(start.warnings);
        let (keymap, errors) = Keymap::with(&start.settings.keys);
        warnings.extend(errors.iter().map(ToString::to_string));
        let (events, tasks) = unbounded_channel();
        forward(tasks, inputs.clone());
        let (scenario, in_force) = watch::channel(start.sandbox.unwrap_or(Scenario::ACCEPTS));
        let accounts = match start.sandbox {
            Some(_) => open_sandbox(in_force, start.sign_in, &events).await?,
            None => start.settings.accounts,
        };
        let named = start.account.and_then(|name| accounts.iter().position(|account| account.name == name));
        let (size, ways) = (terminal::size(), super::ways());
        let setup = Setup {
            current: named.unwrap_or(start.settings.default),
            accounts,
            keymap,
            zone: TimeZone::system(),
            config_file: start.paths.config_file.display().to_string(),
            size,
            is_sandbox: start.sandbox.is_some(),
            ways,
        };
        let (folder, keep) = records(start.settings.log, &start.paths);
        let state = (start.paths.state.clone(), start.settings.cache);
        let worker = start_worker(start.paths, events.clone());
        worker.ask(Job::FirstLook);
        worker.ask(Job::PastSessions(keep));
        let (heard, written) = (inputs.clone(), inputs);
        let mut program = Self {
            model: Model::new(setup),
            hands: Hands::new(folder, state, worker, events, scenario),
            theme,
            glyphs: look::glyphs(),
            screen: Screen::new(size)?,
            writer: Writer::start(move |is_out| drop(written.send(Input::Written(is_out)))),
            keyboard: Keyboard::start(move |what| drop(heard.send(Input::Heard(what))))?,
            is_writing: false,
            is_dirty: true,
            is_prompt: true,
            drawn_at: None,
            has_terminal: true,
            save_at: None,
            is_over: false,
            clipboard: Vec::new(),
        };
        let scenario = start.sandbox.unwrap_or(Scenario::ACCEPTS).name().to_owned();
        program.happen(Msg::Scenarios(sandbox::scenarios(), scenario)).await;
        if let Some(draft) = start.filled {
            program.happen(Msg::Filled(draft)).await;
        }
        for warning in warnings {
            program.happen(Msg::Warning(warning)).await;
        }
        Ok(program)
    }

    fn enter(&mut self) -> io::Result<()> {
        self.writer.write(terminal::enter()?);
        self.is_writing = true;
        Ok(())
    }

    async fn live(&mut self, mut queue: UnboundedReceiver<Input>, mut signals: Signals) {
        self.draw();
        while !self.is_over {
            let (pause, frame) = (self.save_at, self.next_frame());
            tokio::select! {
                biased;
                caught = signals.next() => self.caught(caught).await,
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

    /// Gives the terminal away, and takes it back when `meanwhile` is done.
    async fn without_terminal<T>(&mut self, meanwhile: impl AsyncFnOnce() -> T) -> T {
        self.keyboard.pause();
        self.writer.settle(LAST_FRAME);
        terminal::leave();
        let result = meanwhile().await;
        if let Ok(bytes) = terminal::enter() {
            self.writer.write(bytes);
            self.is_writing = true;
        }
        self.keyboard.resume();
        self.anew();
        let (columns, rows) = terminal::size();
        self.model.size = (columns, rows);
        result
    }

    async fn edit(&mut self, text: String) {
        let edited = self.without_terminal(async || editor::edit(&text).await).await;
        let edited = edited.map(|(text, warning)| {
            self.model.notice = warning.map(|text| Notice { severity: Severity::Warning, text });
            text
        });
        Box::pin(self.happen(Msg::Edited(edited))).await;
    }

    /// `password_command` asks whatever it has to ask.
    async fn lend(&mut self, id: SendId) {
        let Some(argv) = self.hands.helper_of(id).filter(|_| self.has_terminal) else {
            return self.hands.lent(id, None);
        };
        let lent = self
            .without_terminal(async || {
                look::complain(&format!("{} has the terminal", argv.join(" ")));
                helper::run(&argv, helper::Terminal::Free).await
            })
            .await;
        self.hands.lent(id, Some(lent));
    }

    async fn suspend(&mut self) {
        // The whole process stops here, and goes on here when the shell says so.
        self.without_terminal(async || {
            let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::TSTP);
        })
        .await;
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

/// Where sessions are recorded, if they are, and how much of that is kept.
fn records(log: LogSettings, paths: &Paths) -> (Option<PathBuf>, Keep) {
    (log.keep.then(|| paths.logs()), Keep { days: log.days, size: log.size })
}

async fn open_sandbox(
    scenario: watch::Receiver<Scenario>,
    sign_in: Option<SignInScenario>,
    events: &UnboundedSender<Event>,
) -> io::Result<Vec<Account>> {
    let plays = sign_in.unwrap_or(SignInScenario::ASKS);
    let running = sandbox::start(0, move || *scenario.borrow(), plays, true).await?;
    sandbox::hear(running.reports, events.clone());
    let by_oauth = sign_in.map(|_| sandbox::account_by_oauth(&running.sandbox));
    Ok(by_oauth.into_iter().chain([sandbox::account(&running.sandbox)]).collect())
}

fn start_worker(paths: Paths, events: UnboundedSender<Event>) -> Worker {
    Worker::start(paths, move |done| {
        let event = match done {
            Done::Msg(msg) => Event::Msg(msg),
            Done::Queued { id, account, envelope, held } => Event::Queued { id, account, envelope, held },
        };
        let _ = events.send(event);
    })
}

fn forward(mut tasks: UnboundedReceiver<Event>, inputs: UnboundedSender<Input>) {
    tokio::spawn(async move {
        while let Some(event) = tasks.recv().await {
            if inputs.send(Input::Event(Box::new(event))).is_err() {
                return;
            }
        }
    });
}

enum Caught {
    Resized,
    HangUp,
    Terminate,
}

struct Signals {
    resize: Signal,
    hang_up: Signal,
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Self {
            resize: signal(SignalKind::window_change())?,
            hang_up: signal(SignalKind::hangup())?,
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn next(&mut self) -> Caught {
        tokio::select! {
            _ = self.resize.recv() => Caught::Resized,
            _ = self.hang_up.recv() => Caught::HangUp,
            _ = self.terminate.recv() => Caught::Terminate,
            // In raw mode Ctrl-C is a key; this one comes from elsewhere.
            _ = self.interrupt.recv() => Caught::Terminate,
        }
    }
}
