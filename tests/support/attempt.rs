//! One attempt of ours against a scripted server, and all that came of it.

use std::path::Path;
use std::time::Duration;

use rcgen::CertificateParams;
use sendoff::mail::account::{Account, Auth, Security};
use sendoff::mail::address::Address;
use sendoff::mail::dsn::Dsn;
use sendoff::mail::letter::Envelope;
use sendoff::mail::outcome::{Outcome, Recipient, Report, Step, Trouble};
use sendoff::mail::secret::Secret;
use sendoff::mail::settings::Settings;
use sendoff::mail::text::Shown;
use sendoff::mail::tls::Certificate;
use sendoff::mail::transcript::{Line, Wire};
use sendoff::smtp::{Choice, Event, Submission, submit};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep};

use super::authority::{Authority, Ends, HOST, lasting};
use super::wire::{Heard, pipe};

pub(crate) const USER: &str = "ana@contoso.com";
pub(crate) const PASSWORD: &str = "correct-horse-battery";
pub(crate) const BODY: &[u8] = b"Subject: Q3 numbers\r\n\r\nHi Bob,\r\n.hidden dot\r\n";

/// What is about to be tried, against which script.
pub(crate) struct Attempt {
    script: String,
    pub(crate) account: Account,
    to: Vec<&'static str>,
    body: Vec<u8>,
    size: Option<u64>,
    dsn: Option<Dsn>,
    letter: Answer<bool>,
    secret: Option<&'static str>,
    choice: Answer<Choice>,
    leave: Answer<()>,
    room: usize,
    certificate: CertificateParams,
    is_trusted: bool,
    ends: Option<Ends>,
}

/// How a question of the session is answered.
#[derive(Clone, Copy)]
pub(crate) enum Answer<T> {
    Now(T),
    After(Duration, T),
    /// The question is held and never answered.
    Never,
    /// Whoever was asked is gone.
    Dropped,
}

/// What came of it.
pub(crate) struct Told {
    pub(crate) report: Report,
    pub(crate) heard: Heard,
    /// Was there a line left on which QUIT could be said?
    pub(crate) said_quit: bool,
    /// Opened ahead, and no good any more when the letter came.
    pub(crate) is_stale: bool,
    /// From the first byte to the closed line, the goodbye included.
    pub(crate) took: Duration,
    pub(crate) noted: Noted,
}

/// What the session told while it ran, and what left meanwhile.
#[derive(Default)]
pub(crate) struct Noted {
    /// Each write of the client, as the socket saw it.
    pub(crate) writes: Vec<Vec<u8>>,
    /// How many of them had left when leave for the dot was asked; none, if it never was.
    pub(crate) before_dot: Option<usize>,
    pub(crate) lines: Vec<Line>,
    pub(crate) steps: Vec<Step>,
    /// The certificates that the server showed.
    pub(crate) chain: Vec<Certificate>,
    /// What the last reply to EHLO offers.
    pub(crate) offered: Vec<Shown>,
    /// The last progress told: bytes sent, of so many.
    pub(crate) progress: Option<(u64, u64)>,
    /// Who was named when a decision about refused recipients was asked.
    pub(crate) decide: Option<Vec<Recipient>>,
}

/// The account that every attempt starts from.
pub(crate) fn account() -> Account {
    let text = format!("[[account]]\nname = \"work\"\nfrom = \"Ana Silva <{USER}>\"\nhost = \"{HOST}\"");
    Settings::parse(&text, Path::new("/")).unwrap().accounts.remove(0)
}

impl Attempt {
    /// An account with STARTTLS and a password, and one recipient.
    pub(crate) fn new(script: &[&str]) -> Self {
        Self {
            script: script.join("\n"),
            account: account(),
            to: vec!["bob@fabrikam.com"],
            body: BODY.to_vec(),
            size: None,
            dsn: None,
            letter: Answer::Now(true),
            secret: Some(PASSWORD),
            choice: Answer::Dropped,
            leave: Answer::Now(()),
            room: 64 * 1024,
            certificate: lasting(&[HOST]),
            is_trusted: true,
            ends: None,
        }
    }

    /// An account without TLS and sign-in, as for a relay on the machine itself.
    pub(crate) fn in_the_clear(script: &[&str]) -> Self {
        let mut attempt = Self::new(script);
        (attempt.account.security, attempt.account.auth) = (Security::None, Auth::None);
        attempt
    }

    pub(crate) fn auth(mut self, auth: Auth) -> Self {
        self.account.auth = auth;
        self
    }

    pub(crate) fn security(mut self, security: Security) -> Self {
        self.account.security = security;
        self
    }

    pub(crate) fn secret(mut self, secret: &'static str) -> Self {
        self.secret = Some(secret);
        self
    }

    pub(crate) fn no_secret(mut self) -> Self {
        self.secret = None;
        self
    }

    pub(crate) fn to(mut self, to: &[&'static str]) -> Self {
        self.to = to.to_vec();
        self
    }

    pub(crate) fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// When the letter comes, and whether it does.
    pub(crate) fn letter(mut self, letter: Answer<bool>) -> Self {
        self.letter = letter;
        self
    }

    /// Delivery reports that are asked for.
    pub(crate) fn dsn(mut self, dsn: Dsn) -> Self {
        self.dsn = Some(dsn);
        self
    }

    /// What the envelope says of the body's size, true or not.
    pub(crate) fn size(mut self, size: u64) -> Self {
        self.size = Some(size);
        self
    }

    pub(crate) fn choice(mut self, choice: Answer<Choice>) -> Self {
        self.choice = choice;
        self
    }

    pub(crate) fn leave(mut self, leave: Answer<()>) -> Self {
        self.leave = leave;
        self
    }

    /// How many bytes the pipe holds before a writer has to wait.
    pub(crate) fn room(mut self, room: usize) -> Self {
        self.room = room;
        self
    }

    pub(crate) fn certificate(mut self, certificate: CertificateParams) -> Self {
        self.certificate = certificate;
        self
    }

    /// The server's authority is one that the client never heard of.
    pub(crate) fn stranger(mut self) -> Self {
        self.is_trusted = false;
        self
    }

    /// TLS at both ends as it was made before: for those who try hundreds of scripts.
    pub(crate) fn between(mut self, ends: &Ends) -> Self {
        self.ends = Some(ends.clone());
        self
    }

    fn envelope(&self) -> Envelope {
        let to: Vec<Address> = self.to.iter().map(|to| Address::parse(to).unwrap()).collect();
        Envelope {
            from: self.account.sender().clone(),
            smtputf8: to.iter().any(Address::needs_smtputf8),
            to,
            message_id: "<ours@contoso.com>".into(),
            subject: "Q3 numbers".into(),
            size: self.size.unwrap_or(self.body.len() as u64),
            eight_bit: !self.body.is_ascii(),
            dsn: self.dsn,
        }
    }

    /// Lets client and server talk to the end.
    pub(crate) async fn run(self) -> Told {
        let Ends { server: acceptor, client: tls } = self.ends.clone().unwrap_or_else(|| {
            let authority = Authority::new("ours");
            let client =
                if self.is_trusted { authority.client() } else { Authority::new("another").client() };
            Ends { server: authority.server(&self.certificate), client }
        });
        let (line, server, written) = pipe(self.room, acceptor);
        let (events, inbox) = unbounded_channel();
        let began = Instant::now();
        let client = async {
            let (secret, envelope) = (self.secret.map(|text| Secret::new(text.into())), self.envelope());
            let submission =
                Submission { account: &self.account, envelope: &envelope, secret: secret.as_ref() };
            let mut body = self.body.as_slice();
            let letter = come(self.letter, &mut body);
            let finished = submit(line, &tls, submission, letter, events, began, Vec::new()).await;
            let (said_quit, is_stale) = (finished.goodbye.is_some(), finished.is_stale);
            if let Some(goodbye) = finished.goodbye {
                goodbye.say().await;
            }
            (finished.report, said_quit, is_stale, began.elapsed())
        };
        let listener = Listener { choice: self.choice, leave: self.leave, written, noted: Noted::default() };
        let ((report, said_quit, is_stale, took), heard, noted) =
            tokio::join!(Box::pin(client), Box::pin(server.play(&self.script)), listener.listen(inbox));
        Told { report, heard, said_quit, is_stale, took, noted }
    }
}

/// The letter, at its time; or nothing.
async fn come<B>(answer: Answer<bool>, body: B) -> Option<std::io::Result<B>> {
    match answer {
        Answer::Now(comes) => comes.then_some(Ok(body)),
        Answer::After(time, comes) => {
            sleep(time).await;
            comes.then_some(Ok(body))
        }
        Answer::Never => std::future::pending().await,
        Answer::Dropped => None,
    }
}

/// Hears what the session tells and answers what it asks.
struct Listener {
    choice: Answer<Choice>,
    leave: Answer<()>,
    written: UnboundedReceiver<Vec<u8>>,
    noted: Noted,
}

impl Listener {
    async fn listen(mut self, mut inbox: UnboundedReceiver<Event>) -> Noted {
        let mut unanswered = Vec::new();
        while let Some(event) = inbox.recv().await {
            match event {
                Event::Wire(Wire::Line(line)) => self.noted.lines.push(line),
                Event::Wire(Wire::Step(step)) => self.noted.steps.push(step),
                Event::Wire(Wire::Progress { sent, total }) => self.noted.progress = Some((sent, total)),
                Event::Wire(Wire::Chain(chain)) => self.noted.chain = chain,
                Event::Wire(Wire::Offered(lines)) => self.noted.offered = lines,
                Event::Wire(Wire::Tls(_)) => {}
                Event::Decide { recipients, answer } => {
                    self.noted.decide = Some(recipients);
                    match self.choice {
                        Answer::Now(choice) => answer.send(choice).unwrap(),
                        Answer::After(time, choice) => {
                            sleep(time).await;
                            let _too_late = answer.send(choice);
                        }
                        Answer::Never => unanswered.push(answer),
                        Answer::Dropped => drop(answer),
                    }
                }
                Event::MayDot(leave) => self.may_dot(leave).await,
            }
        }
        self.count_writes();
        self.noted
    }

    async fn may_dot(&mut self, leave: oneshot::Sender<()>) {
        let before = self.count_writes();
        self.noted.before_dot = Some(before);
        if let Answer::After(time, ()) = self.leave {
            sleep(time).await;
            assert_eq!(self.count_writes(), before, "something left without leave");
        }
        if !matches!(self.leave, Answer::Dropped) {
            let _gone_meanwhile = leave.send(());
        }
    }

    fn count_writes(&mut self) -> usize {
        while let Ok(write) = self.written.try_recv() {
            self.noted.writes.push(write);
        }
        self.noted.writes.len()
    }
}

impl Told {
    pub(crate) fn trouble(&self) -> Option<Trouble> {
        self.report.failure.as_ref().map(|failure| failure.trouble)
    }

    /// The outcome, the last step, and what stopped it if no reply did.
    pub(crate) fn end(&self) -> (Outcome, Step, Option<Trouble>) {
        (self.report.outcome, self.report.step, self.trouble())
    }

    /// What the failure says, or the reply that decided.
    pub(crate) fn says(&self) -> String {
        match (&self.report.failure, &self.report.reply) {
            (Some(failure), _) => failure.detail.clone(),
            (None, reply) => reply.as_ref().map(ToString::to_string).unwrap_or_default(),
        }
    }

    /// The transcript without times: `<~ 250 OK`.
    pub(crate) fn transcript(&self) -> Vec<String> {
        self.noted.lines.iter().map(|line| format!("{} {}", line.mark.as_str(), line.text)).collect()
    }

    /// All that anybody could read of it afterwards.
    pub(crate) fn everything_shown(&self) -> String {
        format!("{}\n{:?}\n{}", self.transcript().join("\n"), self.report, self.says())
    }

    /// Every byte that left, as the socket saw it.
    pub(crate) fn raw(&self) -> Vec<u8> {
        self.noted.writes.concat()
    }
}
