//! How the composer comes up: what it is started with, and the program in its first state.

use std::io;

use jiff::tz::TimeZone;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::watch;

use super::{Input, Program};
use crate::app::Model;
use crate::app::keymap::Keymap;
use crate::app::model::Setup;
use crate::app::msg::Msg;
use crate::mail::account::Account;
use crate::mail::draft::Draft;
use crate::mail::settings::Settings;
use crate::runtime::event::Event;
use crate::runtime::keyboard::Keyboard;
use crate::runtime::perform::Hands;
use crate::runtime::recorder::Shelf;
use crate::runtime::screen::{Screen, Writer};
use crate::runtime::signals::Signals;
use crate::runtime::terminal::{self, NoTerminal};
use crate::runtime::worker::{Done, Job, Worker};
use crate::runtime::{look, sandbox};
use crate::sandbox::{Scenario, SignInScenario};
use crate::store::config::Source;
use crate::store::paths::Paths;

/// What the composer is started with.
pub struct Start {
    pub settings: Settings,
    /// The file that they are from, which other programs may change meanwhile.
    pub source: Option<Source>,
    pub paths: Paths,
    pub theme: Option<String>,
    pub account: Option<String>,
    /// Open on the built-in server.
    pub sandbox: Option<Scenario>,
    /// How its sign-in service behaves, for whoever wants to sign in there by OAuth.
    pub sign_in: Option<SignInScenario>,
    /// A draft from a mailto: link.
    pub filled: Option<Draft>,
    /// What is wrong, but does not stop the start.
    pub warnings: Vec<String>,
}

impl Program {
    pub(super) async fn new(start: Start, inputs: UnboundedSender<Input>) -> Result<Self, NoTerminal> {
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
        let (size, ways) = (terminal::size(), crate::runtime::ways());
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
        let shelf = Shelf::of(start.settings.log, &start.paths);
        let state = (start.paths.state.clone(), start.settings.cache);
        let worker = start_worker(start.paths, start.source, events.clone());
        worker.ask(Job::FirstLook);
        worker.ask(Job::PastSessions(start.settings.log.into()));
        let (heard, written) = (inputs.clone(), inputs);
        let mut program = Self {
            model: Model::new(setup),
            hands: Hands::new(shelf, state, worker, events, scenario),
            theme,
            glyphs: look::glyphs(),
            screen: Screen::new(size)?,
            signals: Signals::new()?,
            writer: Writer::start(move |is_out| drop(written.send(Input::Written(is_out)))),
            keyboard: Keyboard::start(move |what| drop(heard.send(Input::Heard(what))))?,
            is_writing: false,
            is_dirty: true,
            is_prompt: true,
            drawn_at: None,
            looked_at: None,
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

fn start_worker(paths: Paths, source: Option<Source>, events: UnboundedSender<Event>) -> Worker {
    Worker::start(paths, source, move |done| {
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
