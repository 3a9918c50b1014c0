//! A person at the keyboard, a disk that never fails and a server that is made up as it is told.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use sendoff::app::effect::Effect;
use sendoff::app::keymap::Keymap;
use sendoff::app::model::{SendId, Setup, SignInId};
use sendoff::app::msg::{Ended, Msg, News, SandboxScenario};
use sendoff::app::{Model, update};
use sendoff::mail::account::{Account, Auth, Extras, OFFICE365, SUBMISSION, Security, Trust};
use sendoff::mail::address::Mailbox;
use sendoff::mail::draft::{Attachment, FileFact, Stamp};
use sendoff::mail::oauth::{Application, Cloud, Grant};
use sendoff::mail::outbox::LetterId;
use sendoff::mail::outcome::{Outcome, Recipient, Report, Step};
use sendoff::mail::reply::{Class, Reply};
use sendoff::mail::tls::TlsFacts;
use sendoff::mail::transcript::{Kind, Line, Mark, Wire};
use sendoff::sandbox::Scenario;
use sendoff::sandbox::words::Words;
use sendoff::ui::glyphs::Glyphs;
use sendoff::ui::theme::Theme;
use sendoff::ui::{Look, view};
use tui_textarea::{Input, Key};

pub struct Story {
    pub model: Model,
    /// The send that the wire is told about.
    pub id: SendId,
    /// The sign-in that news are told of.
    pub sign_in: SignInId,
    clock: Duration,
}

/// Saturday, half past nothing: when everything here happens.
pub fn noon() -> Timestamp {
    "2026-11-21T14:03:01.123Z".parse().unwrap()
}

/// Ana's account, which has an application of her company's.
pub fn account_by_oauth() -> Account {
    let application = Application {
        client_id: "11112222-bbbb-3333-cccc-4444dddd5555".into(),
        tenant: "contoso.com".into(),
        cloud: Cloud::Global,
        authority: None,
        person: "ana@contoso.com".into(),
        grant: Grant::Person,
        accepts_broader: false,
    };
    Account { oauth: Some(application), ..account("work", "Ana Silva <ana@contoso.com>", Auth::Xoauth2) }
}

pub fn account(name: &str, from: &str, auth: Auth) -> Account {
    let from = Mailbox::parse(from).unwrap();
    Account {
        name: name.to_owned(),
        username: from.address.to_string(),
        from,
        host: OFFICE365.to_owned(),
        port: SUBMISSION,
        security: Security::StartTls,
        auth,
        password_command: None,
        trust: Trust::System,
        helo: "[127.0.0.1]".to_owned(),
        extras: Extras::default(),
        reply_to: None,
        signature: None,
        identities: Vec::new(),
        oauth: None,
        is_disabled: false,
        is_sandbox: false,
    }
}

fn scenario(scenario: Scenario) -> SandboxScenario {
    SandboxScenario {
        name: scenario.name(),
        step: scenario.step(),
        says: scenario.says(),
        reply: scenario.reply().map(Words::outline).unwrap_or_default(),
        is_confirmed: scenario.reply().is_none_or(|words| words.confirmed),
    }
}

impl Story {
    /// Ana, who has three accounts.
    pub fn new() -> Self {
        Self::with(vec![
            account("work", "Ana Silva <ana@contoso.com>", Auth::Auto),
            account("personal", "Ana <ana@outlook.com>", Auth::Xoauth2),
            account("relay", "Reports <reports@contoso.com>", Auth::None),
        ])
    }

    /// Ana, in the sandbox.
    pub fn in_sandbox() -> Self {
        let sandbox =
            Account { is_sandbox: true, ..account("sandbox", "Ana Silva <ana@contoso.com>", Auth::Login) };
        let mut story = Self::with(vec![sandbox]);
        story.model.is_sandbox = true;
        story.tell(Msg::Scenarios(Scenario::all().map(scenario).collect(), "accepts".to_owned()));
        story
    }

    pub fn with(accounts: Vec<Account>) -> Self {
        let model = Model::new(Setup {
            accounts,
            current: 0,
            keymap: Keymap::default(),
            zone: TimeZone::UTC,
            config_file: "/home/ana/.config/sendoff/config.toml".to_owned(),
            size: (80, 24),
            is_sandbox: false,
            ways: sendoff::mail::oauth::Way::ALL.to_vec(),
        });
        Self { model, id: SendId(0), sign_in: SignInId(0), clock: Duration::ZERO }
    }

    /// Something happens, and the disk does its part.
    pub fn tell(&mut self, msg: Msg) -> &mut Self {
        for effect in update(&mut self.model, msg) {
            match effect {
                Effect::Check(candidate) => {
                    let (draft, account) = (&candidate.draft, &candidate.account);
                    let files: Vec<_> =
                        draft.attachments.iter().map(|file| FileFact::File(file.len)).collect();
                    let stamp = Stamp { date: std::time::SystemTime::UNIX_EPOCH, token: [7; 16] };
                    let checked = draft.check(account, &files, &stamp);
                    self.tell(Msg::Checked(candidate, Box::new(checked)));
                }
                Effect::Queue { id, .. } => {
                    self.id = id;
                    self.clock = Duration::ZERO;
                    let letter = LetterId(format!("letter-{}", id.0));
                    self.tell(Msg::Send(id, News::Queued(Ok(letter))));
                    self.tell(Msg::Send(id, News::Started(noon())));
                }
                Effect::SignIn { id, .. } => self.sign_in = id,
                Effect::Save(key, _) => {
                    let at = "2026-11-21T14:02:58Z".parse().unwrap();
                    self.tell(Msg::Saved(key, Ok(at)));
                }
                _ => {}
            }
        }
        self
    }

    pub fn press(&mut self, key: Key) -> &mut Self {
        self.tell(Msg::Key(Input { key, ..Input::default() }))
    }

    pub fn ctrl(&mut self, c: char) -> &mut Self {
        self.tell(Msg::Key(Input { key: Key::Char(c), ctrl: true, ..Input::default() }))
    }

    pub fn alt(&mut self, c: char) -> &mut Self {
        self.tell(Msg::Key(Input { key: Key::Char(c), alt: true, ..Input::default() }))
    }

    pub fn types(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.press(if c == '\n' { Key::Enter } else { Key::Char(c) });
        }
        self
    }

    pub fn attaches(&mut self, name: &str, len: u64) -> &mut Self {
        self.tell(Msg::Attached(Ok(Attachment { path: name.into(), len })))
    }

    /// The mail that most of these stories are about.
    pub fn writes(&mut self) -> &mut Self {
        self.types("Bob Ray <bob@fabrikam.com>, carol@contoso.com");
        self.press(Key::Tab).press(Key::Tab).press(Key::Tab).types("Q3 numbers").press(Key::Tab);
        self.types("Hi both,\n\nthe numbers are attached. Page 4 has the table you asked for, Carol.\n\nAna");
        self.attaches("/home/ana/report.pdf", 1_204_112).attaches("/home/ana/chart.png", 87_402);
        self.tell(Msg::SaveDue)
    }

    /// Writes, reviews and says yes.
    pub fn sends(&mut self) -> &mut Self {
        self.writes().ctrl('x').press(Key::Enter)
    }

    /// News of the send.
    pub fn news(&mut self, news: News) -> &mut Self {
        let id = self.id;
        self.tell(Msg::Send(id, news))
    }

    fn line(&mut self, after: u64, took: Option<u64>, mark: Mark, kind: Kind, text: &str) -> &mut Self {
        self.clock += Duration::from_millis(after);
        let took = took.map(Duration::from_millis);
        let line = Line { at: self.clock, took, mark, kind, text: text.into() };
        self.news(News::Wire(Wire::Line(line)))
    }

    /// Nothing is said for so many milliseconds.
    pub fn waits(&mut self, time: u64) -> &mut Self {
        self.clock += Duration::from_millis(time);
        self
    }

    pub fn step(&mut self, step: Step) -> &mut Self {
        self.news(News::Wire(Wire::Step(step)))
    }

    pub fn note(&mut self, after: u64, text: &str) -> &mut Self {
        self.line(after, None, Mark::Note, Kind::Note, text)
    }

    pub fn error(&mut self, after: u64, text: &str) -> &mut Self {
        self.line(after, None, Mark::Error, Kind::Error, text)
    }

    pub fn says(&mut self, is_tls: bool, text: &str) -> &mut Self {
        let mark = if is_tls { Mark::SentTls } else { Mark::Sent };
        self.line(0, None, mark, Kind::Command, text)
    }

    /// A reply, all of its lines at once.
    pub fn hears(&mut self, is_tls: bool, took: u64, text: &str) -> &mut Self {
        let mark = if is_tls { Mark::ReceivedTls } else { Mark::Received };
        for (nth, text) in text.lines().enumerate() {
            let kind = Kind::Reply(Class::of(text[..3].parse().unwrap()));
            let (after, took) = if nth == 0 { (took, Some(took)) } else { (0, None) };
            self.line(after, took, mark, kind, text);
        }
        self
    }

    /// A dialogue up to the sign-in.
    pub fn connects(&mut self) -> &mut Self {
        self.step(Step::Connect).note(3, "connecting to smtp.office365.com:587 (203.0.113.10)");
        self.note(38, "connected to 203.0.113.10:587").step(Step::Greeting);
        self.hears(false, 41, "220 PN4P287CA0064.outlook.office365.com Microsoft ESMTP MAIL Service ready");
        self.step(Step::Ehlo).says(false, "EHLO [127.0.0.1]");
        self.hears(
            false,
            40,
            "250-PN4P287CA0064.outlook.office365.com Hello [198.51.100.7]\n250-SIZE 157286400\n250-PIPELINING\n250-STARTTLS\n250 SMTPUTF8",
        );
        self.step(Step::StartTls).says(false, "STARTTLS").hears(false, 39, "220 2.0.0 SMTP server ready");
        self.step(Step::Tls);
        let tls = TlsFacts {
            protocol: "TLS 1.3".to_owned(),
            cipher: "AES-256-GCM".to_owned(),
            group: "X25519".to_owned(),
            name: OFFICE365.to_owned(),
        };
        let text = format!("{}, X25519; certificate proves {OFFICE365}", tls.short());
        self.line(84, None, Mark::Note, Kind::Tls, &text);
        self.news(News::Wire(Wire::Tls(tls)));
        self.step(Step::Ehlo).says(true, "EHLO [127.0.0.1]");
        self.hears(true, 41, "250-PN4P287CA0064.outlook.office365.com Hello [198.51.100.7]\n250-AUTH LOGIN XOAUTH2\n250 SMTPUTF8");
        self.step(Step::Auth).says(true, "AUTH LOGIN [hidden]")
    }

    /// A dialogue up to the message, of which some has left.
    pub fn uploads(&mut self, sent: u64) -> &mut Self {
        self.connects().hears(true, 212, "235 2.7.0 Authentication successful");
        self.step(Step::Mail).says(true, "MAIL FROM:<ana@contoso.com> SIZE=1768344");
        self.says(true, "RCPT TO:<bob@fabrikam.com>")
            .says(true, "RCPT TO:<carol@contoso.com>")
            .says(true, "DATA");
        self.hears(true, 98, "250 2.1.0 Sender OK").hears(true, 1, "250 2.1.5 Recipient OK");
        self.hears(true, 0, "250 2.1.5 Recipient OK").step(Step::Data);
        self.hears(true, 12, "354 Start mail input; end with <CRLF>.<CRLF>").step(Step::Body);
        self.line(2, None, Mark::SentTls, Kind::Message, "message, 1.8 MB");
        self.news(News::Wire(Wire::Progress { sent, total: 1_768_344 }))
    }

    pub fn reports(&mut self, outcome: Outcome, step: Step, reply: &str) -> &mut Self {
        let address = |text: &str| Mailbox::parse(text).unwrap().address;
        let report = Report {
            outcome,
            step,
            reply: Reply::parse(reply).ok(),
            failure: None,
            recipients: ["bob@fabrikam.com", "carol@contoso.com"]
                .map(|to| Recipient {
                    address: address(to),
                    reply: Reply::parse("250 2.1.5 Recipient OK").ok(),
                })
                .to_vec(),
            message_id: "<07070707@contoso.com>".to_owned(),
            server_id: None,
            tls: None,
            times: Vec::new(),
            total: self.clock,
            signed_in: false,
        };
        self.news(News::Report(Box::new(report))).news(News::Ended(Ended { offer_to_keep: None }))
    }

    /// A sign-in that the organisation does not want.
    pub fn is_refused(&mut self) -> &mut Self {
        let reply = "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit \
                     https://aka.ms/smtp_auth_disabled for more information. [PN4P287CA0064.INDP287.PROD.OUTLOOK.COM]";
        self.connects().hears(true, 5_104, reply).reports(Outcome::Refused, Step::Auth, reply)
    }

    /// What is on the screen, as cells, and where the cursor is.
    pub fn cells(&self, size: (u16, u16), look: &Look<'_>) -> (Buffer, Option<Position>) {
        let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
        let mut cursor = None;
        let frame = terminal
            .draw(|frame| {
                view(&self.model, look, frame);
            })
            .unwrap();
        let buffer = frame.buffer.clone();
        if terminal.backend().cursor_visible() {
            cursor = Some(terminal.backend().cursor_position());
        }
        (buffer, cursor)
    }

    /// What is on the screen, as text.
    pub fn screen(&self, columns: u16, rows: u16) -> String {
        text(&self.plain(columns, rows).0)
    }

    /// Where the cursor is, in words.
    pub fn cursor(&self, columns: u16, rows: u16) -> String {
        let cursor = self.plain(columns, rows).1;
        cursor.map_or("no cursor".to_owned(), |at| format!("cursor in column {}, row {}", at.x, at.y))
    }

    fn plain(&self, columns: u16, rows: u16) -> (Buffer, Option<Position>) {
        let theme = Theme::fallback();
        self.cells((columns, rows), &Look { theme: &theme, glyphs: &Glyphs::UNICODE })
    }
}

/// The characters of a buffer, without blanks at the ends of rows.
pub fn text(buffer: &Buffer) -> String {
    let mut text = String::new();
    for y in buffer.area.rows() {
        let mut row = String::new();
        let mut hidden = 0;
        for position in y.positions() {
            let symbol = buffer[position].symbol();
            if hidden > 0 {
                hidden -= 1;
                continue;
            }
            hidden = unicode_width::UnicodeWidthStr::width(symbol).saturating_sub(1);
            row.push_str(symbol);
        }
        text.push_str(row.trim_end());
        text.push('\n');
    }
    text
}
