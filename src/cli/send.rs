//! `sendoff send`: one message, one attempt, no screen.

use std::convert::Infallible;
use std::fmt::Display;
use std::io::{IsTerminal as _, Read as _, Write as _};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;

use crate::mail::account::Account;
use crate::mail::draft::{Attachment, Draft, Field, FileFact};
use crate::mail::dsn::{Dsn, Notify, Return};
use crate::mail::explain;
use crate::mail::letter::Letter;
use crate::mail::outcome::{Failure, Outcome, Report, Step, Trouble};
use crate::mail::place::Place;
use crate::mail::secret::Secret;
use crate::mail::session::Head;
use crate::mail::settings::Settings;
use crate::mail::stores::Store;
use crate::mail::transcript::{Mark, Wire};
use crate::runtime::chain::{self, Found, Source};
use crate::runtime::recorder::{Recorder, Shelf};
use crate::runtime::route::Route;
use crate::runtime::sends::{self, Job, Told};
use crate::runtime::stores::Stores;
use crate::runtime::tokens::{Missing, Remembered};
use crate::runtime::{clock, trust};
use crate::smtp::{Choice, SmtpError};
use crate::store::outbox::{Origin, Outbox};
use crate::store::paths::Paths;
use crate::store::{self, config};

use super::prompt::{self, AtTerminal};
use super::{Arguments, Exit, output, say};

#[derive(Debug, Args)]
pub struct Send {
    /// A recipient; may be given several times, or hold several with commas
    #[arg(long, value_name = "ADDRESS", required_unless_present_any = ["cc", "bcc"])]
    to: Vec<String>,
    /// A recipient of a copy
    #[arg(long, value_name = "ADDRESS")]
    cc: Vec<String>,
    /// A recipient that the others do not see
    #[arg(long, value_name = "ADDRESS")]
    bcc: Vec<String>,
    #[arg(long, default_value = "")]
    subject: String,
    /// A file to go along; may be given several times (-a is the account, not this)
    #[arg(long, value_name = "FILE")]
    attach: Vec<PathBuf>,
    /// Ask for delivery reports: success, failure, delay (with commas), or never
    #[arg(long, value_name = "WHEN")]
    notify: Option<Notify>,
    /// How much of the message a delivery report brings back
    #[arg(long = "return", value_name = "WHAT", default_value = "headers", requires = "notify")]
    ret: Return,
    /// When some recipients are refused: send to the others, or stop
    #[arg(long, value_enum, default_value = "stop")]
    partial: Partial,
    /// Print one JSON object with the outcome
    #[arg(long)]
    json: bool,
    /// Print the dialogue to standard error as it happens; secrets are masked
    #[arg(long)]
    log: bool,
    /// Print the finished message and its envelope, and send nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Partial {
    Ok,
    Stop,
}

/// Why nothing was tried: what to say, and how to leave.
struct Refusal {
    exit: Exit,
    step: Step,
    trouble: Trouble,
    says: String,
}

impl Refusal {
    fn config(says: impl Display) -> Self {
        Self { exit: Exit::Config, step: Step::Config, trouble: Trouble::Config, says: says.to_string() }
    }

    fn io(says: impl Display) -> Self {
        Self { exit: Exit::Io, step: Step::Config, trouble: Trouble::Disk, says: says.to_string() }
    }
}

pub(super) async fn run(send: &Send, arguments: &Arguments) -> Exit {
    match attempt(send, arguments).await {
        Ok(exit) => exit,
        Err(refusal) => {
            if send.json {
                let failure = Failure { trouble: refusal.trouble, detail: refusal.says.clone() };
                output::print(&output::Sent::of(&Report::untried(refusal.step, failure, String::new())));
            }
            say::complain(&refusal.says);
            refusal.exit
        }
    }
}

async fn attempt(send: &Send, arguments: &Arguments) -> Result<Exit, Refusal> {
    let paths = Paths::find(arguments.config.as_deref(), false).map_err(Refusal::config)?;
    let config = config::load(&paths.config_file, arguments.config.is_some()).map_err(Refusal::config)?;
    for warning in &config.warnings {
        say::complain(warning);
    }
    let account =
        super::account_of(&config.settings, arguments.account.as_deref(), &paths).map_err(Refusal::config)?;
    if account.is_disabled {
        let name = &account.name;
        return Err(Refusal::config(format!("{name} is switched off; sendoff accounts enable {name}")));
    }
    let letter = letter(send, account)?;
    if send.dry_run {
        return dry_run(&letter);
    }
    submit(send, account.clone(), letter, &paths, &config.settings).await
}

/// What the arguments and standard input make.
fn letter(send: &Send, account: &Account) -> Result<Letter, Refusal> {
    let mut body = Vec::new();
    if std::io::stdin().is_terminal() {
        say::err("Write the message; Ctrl-D on an empty line ends it.");
    }
    std::io::stdin()
        .read_to_end(&mut body)
        .map_err(|why| Refusal::io(format!("reading standard input: {why}")))?;
    let body = String::from_utf8(body).map_err(|_not_utf8| Refusal {
        exit: Exit::Data,
        step: Step::Config,
        trouble: Trouble::Config,
        says: "the text on standard input is not UTF-8; convert it, or send it as --attach".into(),
    })?;
    let files = store::file_facts(send.attach.iter().map(PathBuf::as_path));
    let len = |position: usize| match files.get(position) {
        Some(FileFact::File(len)) => *len,
        _ => 0,
    };
    let attachments = send.attach.iter().enumerate();
    let draft = Draft {
        account: account.name.clone(),
        sender: None,
        to: send.to.join(", "),
        cc: send.cc.join(", "),
        bcc: send.bcc.join(", "),
        subject: send.subject.clone(),
        attachments: attachments.map(|(n, path)| Attachment { path: path.clone(), len: len(n) }).collect(),
        body,
        dsn: send.notify.map(|notify| Dsn { notify, ret: send.ret }),
    };
    let stamp = clock::stamp().map_err(Refusal::io)?;
    draft.check(account, &files, &stamp).map_err(|problems| {
        let exit = if problems.iter().all(|problem| problem.field == Field::Attach) {
            Exit::NoInput
        } else {
            Exit::Data
        };
        let says = problems.iter().map(|problem| format!("{}: {}", problem.field.as_str(), problem.what));
        let says = says.collect::<Vec<_>>().join("\nsendoff: ");
        Refusal { exit, step: Step::Config, trouble: Trouble::Config, says }
    })
}

/// Prints the envelope as comments to standard error and the message, byte for byte, to standard output.
fn dry_run(letter: &Letter) -> Result<Exit, Refusal> {
    let envelope = &letter.envelope;
    say::err(format_args!("MAIL FROM:<{}>", envelope.from));
    for to in &envelope.to {
        say::err(format_args!("RCPT TO:<{to}>"));
    }
    let mut stdout = std::io::stdout().lock();
    store::write_letter(letter, &mut stdout).map_err(Refusal::io)?;
    stdout.flush().map_err(Refusal::io)?;
    Ok(Exit::Ok)
}

async fn submit(
    send: &Send,
    account: Account,
    letter: Letter,
    paths: &Paths,
    settings: &Settings,
) -> Result<Exit, Refusal> {
    let tls = trust::config(&account).await.map_err(|error| refusal_of(&error))?;
    let proxy = Route::of(&account).map_err(|error| refusal_of(&error))?;
    let stores = prompt::stores(paths, settings);
    let Found { secret, source, .. } = prompt::unless_interrupted(secret(&account, &stores)).await?;
    let copy = secret.as_ref().map(|secret| Secret::new(secret.reveal().to_owned()));
    let stamp = clock::stamp().map_err(Refusal::io)?;
    let name = account.name.clone();
    let (folder, queued) = (paths.outbox(), letter.envelope.clone());
    let held = tokio::task::spawn_blocking(move || {
        Outbox::open(folder)?.queue(
            clock::letter_id(&stamp),
            Origin { account: &name, draft: None },
            &letter,
            clock::now(),
        )
    });
    let held = held.await.map_err(Refusal::io)?.map_err(Refusal::io)?;
    let what = Head {
        title: queued.subject.clone(),
        account: account.name.clone(),
        host: account.host.clone(),
        port: account.port,
        started: clock::now(),
    };
    let mut recorder = Shelf::of(settings.log, paths).map(|shelf| Recorder::start(shelf, &what));
    let place = Place::of_session(&account);
    let job = Job { account, envelope: queued, secret: copy, config: tls, proxy };
    let (cancel, wish) = oneshot::channel();
    // A line that drops does not stop what has begun; Ctrl-C and SIGTERM do, as long as no dot has left.
    let _unheard = signal(SignalKind::hangup());
    let mut terminate = signal(SignalKind::terminate()).map_err(Refusal::io)?;
    let interrupt = async {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        let _ = cancel.send(());
        // From here the attempt ends itself: at once, or with the answer to its dot.
        std::future::pending::<Infallible>().await
    };
    let (report, held) = tokio::select! {
        done = sends::run(job, held, wish, |told| {
            if let Some(recorder) = &mut recorder {
                recorder.hear(&told);
            }
            hear(send, told);
        }) => done,
        never = interrupt => match never {},
    };
    if let Some(secret) = secret {
        settle(&stores, &place, &secret, source, &report).await;
    }
    // One attempt: only what may have got through stays to be looked at.
    if report.outcome != Outcome::Unknown {
        let _ = held.discard();
    }
    say(send, &report);
    if let Some(recorder) = recorder {
        recorder.finish().wait();
    }
    Ok(Exit::of(&report))
}

/// The secret, from the chain or from whoever sits at the terminal.
async fn secret(account: &Account, stores: &Stores) -> Result<Found, Refusal> {
    let found = chain::find(account, Remembered::default(), stores, &mut AtTerminal(account)).await;
    found.map_err(|missing| no_secret(account, &missing))
}

/// What was typed and accepted may be cached; what was refused is not tried again.
async fn settle(stores: &Stores, place: &Place, secret: &Secret, source: Source, report: &Report) {
    match source {
        Source::Typed(_) if report.signed_in => stores.cache(place, secret).await,
        Source::Kept(Store::Kernel) if report.step == Step::Auth && !report.signed_in => {
            stores.uncache(place).await;
        }
        _ => {}
    }
}

fn no_secret(account: &Account, missing: &Missing) -> Refusal {
    let name = &account.name;
    let says = match missing {
        Missing::NotSignedIn(notes) => format!(
            "nobody is signed in for account \u{201c}{name}\u{201d}: {}; sendoff accounts sign-in {name}",
            notes.join("; "),
        ),
        Missing::Failed(why) => why.clone(),
        Missing::NotGiven(notes) => format!(
            "there is no {} for account \u{201c}{name}\u{201d}: {}; name a password_command, or run this in a terminal",
            account.secret_word(),
            notes.join("; "),
        ),
    };
    Refusal { exit: Exit::NoPermission, step: Step::Secret, trouble: missing.failure(account).trouble, says }
}

fn refusal_of(error: &SmtpError) -> Refusal {
    Refusal {
        exit: Exit::Config,
        step: Step::Config,
        trouble: Failure::from(error).trouble,
        says: error.to_string(),
    }
}

fn hear(send: &Send, told: Told) {
    match told {
        Told::Wire(Wire::Line(line)) if send.log => say::err(&line),
        Told::Wire(_) | Told::Ready | Told::Begun | Told::PointOfNoReturn | Told::Report(_) => {}
        Told::Decide { recipients, answer } => {
            for refused in recipients.iter().filter(|recipient| recipient.is_refused()) {
                let reply = refused.reply.as_ref().map(ToString::to_string).unwrap_or_default();
                say::complain(format_args!("{} was refused: {reply}", refused.address));
            }
            let choice = if send.partial == Partial::Ok { Choice::SendToAccepted } else { Choice::Stop };
            let _ = answer.send(choice);
        }
        Told::JournalTrouble(why) => say::complain(format_args!("the outbox could not be written: {why}")),
    }
}

/// The outcome, for a person or for a program.
fn say(send: &Send, report: &Report) {
    if send.json {
        return output::print(&output::Sent::of(report));
    }
    let reply = report.reply.as_ref().map(ToString::to_string);
    let facts = report.failure.as_ref().map(|failure| failure.detail.clone()).or(reply).unwrap_or_default();
    if report.outcome.is_taken() {
        say::out(format_args!("{}: {}", report.outcome, report.receipt()));
    } else {
        say::complain(format_args!("{} ({}): {facts}", report.outcome, report.step));
    }
    if report.outcome == Outcome::Unknown {
        say::err(format_args!("== Its Message-ID is {}; the letter stays in the outbox.", report.message_id));
    }
    if let Some(explanation) = explain::report(report) {
        let mark = Mark::Note.as_str();
        say::err(format_args!("{mark} {}\n{mark} {}", explanation.says, explanation.todo));
    }
}
