//! The good dialogues, and the places in them: `@Name` stands before the reply that a fault takes the place of.

use std::time::Duration;

use sendoff::mail::account::Auth;
use sendoff::mail::outcome::Step;
use sendoff::smtp::limits;

use super::TOKEN;
use super::fault::Means;
use crate::support::attempt::{BODY, PASSWORD};

/// Where the server goes wrong: in its answer to this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Greeting,
    Ehlo,
    StartTls,
    Handshake,
    EhloAgain,
    AuthPlain,
    LoginName,
    LoginPassword,
    Token,
    /// The answer to the empty line that asks why a token was refused.
    TokenReason,
    Mail,
    FirstRcpt,
    LaterRcpt,
    Data,
    FlightMail,
    FlightRcpt,
    FlightData,
    /// In the middle of the message.
    Body,
    /// The message is out, and leave for the dot is not given yet.
    BeforeDot,
    Dot,
    Quit,
}

/// How long leave for the dot takes at `Place::BeforeDot`.
pub(super) const LEAVE: Duration = Duration::from_secs(1);

/// Two recipients, everything in turns.
const TURNS: &str = "
    @Greeting
    S: 220 mail.contoso.com ready
    C: EHLO [127.0.0.1]
    @Ehlo
    S: 250-mail.contoso.com
    S: 250 STARTTLS
    C: STARTTLS
    @StartTls
    S: 220 go ahead
    == bytes 64
    @Handshake
    == tls
    C: EHLO [127.0.0.1]
    @EhloAgain
    S: 250-mail.contoso.com
    S: 250 AUTH PLAIN
    C: AUTH PLAIN *
    @AuthPlain
    S: 235 2.7.0 welcome
    C: MAIL FROM:<ana@contoso.com>*
    @Mail
    S: 250 2.1.0 sender fine
    C: RCPT TO:<bob@fabrikam.com>
    @FirstRcpt
    S: 250 2.1.5 recipient fine
    C: RCPT TO:<carol@contoso.com>
    @LaterRcpt
    S: 250 2.1.5 recipient fine
    C: DATA
    @Data
    S: 354 go ahead
    == message
    @Dot
    S: 250 2.0.0 OK <theirs@mail.contoso.com>
    C: QUIT
    @Quit
    S: 221 bye
    == close";

/// From the second EHLO on: the same in one flight.
const FLIGHT: &str = "
    S: 250-mail.contoso.com
    S: 250-PIPELINING
    S: 250 AUTH PLAIN
    C: AUTH PLAIN *
    S: 235 2.7.0 welcome
    C: MAIL FROM:<ana@contoso.com>*
    C: RCPT TO:<bob@fabrikam.com>
    C: RCPT TO:<carol@contoso.com>
    C: DATA
    @FlightMail
    S: 250 2.1.0 sender fine
    @FlightRcpt
    S: 250 2.1.5 recipient fine
    S: 250 2.1.5 recipient fine
    @FlightData
    S: 354 go ahead
    == message
    S: 250 2.0.0 OK <theirs@mail.contoso.com>
    C: QUIT
    S: 221 bye";

/// From the second EHLO on: a password by LOGIN.
const LOGIN: &str = "
    S: 250-mail.contoso.com
    S: 250 AUTH LOGIN
    C: AUTH LOGIN *
    @LoginName
    S: 334 UGFzc3dvcmQ6
    C: *
    @LoginPassword
    S: 235 2.7.0 welcome";

/// From the second EHLO on: a token that is taken.
const BEARER: &str = "
    S: 250-mail.contoso.com
    S: 250 AUTH XOAUTH2
    C: AUTH XOAUTH2 *
    @Token
    S: 235 2.7.0 welcome";

/// From the second EHLO on: a token that is not taken at once.
const DOUBTED: &str = "
    S: 250-mail.contoso.com
    S: 250 AUTH XOAUTH2
    C: AUTH XOAUTH2 *
    S: 334 eyJzdGF0dXMiOiI0MDAifQ==
    C:
    @TokenReason
    S: 235 2.7.0 welcome after all";

/// A message of some hundred kilobytes: more than any pipe between the two holds.
pub(super) fn long_body() -> Vec<u8> {
    b".a line that begins with a dot, and goes on for some time\r\n".repeat(5_000)
}

impl Place {
    /// The dialogue that it stands in, with its marks.
    fn dialogue(self) -> String {
        let start = TURNS.split_once("@EhloAgain").expect("every dialogue begins with TLS").0;
        let envelope = TURNS.split_once("welcome").expect("a sign-in ends well").1;
        let from_data = |place: &str| TURNS.replacen("    == message", place, 1);
        match self {
            Self::FlightMail | Self::FlightRcpt | Self::FlightData => [start, FLIGHT].concat(),
            Self::LoginName | Self::LoginPassword => [start, LOGIN, envelope].concat(),
            Self::Token => [start, BEARER, envelope].concat(),
            Self::TokenReason => [start, DOUBTED, envelope].concat(),
            Self::Body => from_data("== bytes 1000\n@Body\nS: 250 a reply\n== message"),
            Self::BeforeDot => {
                // One more than the letter has: the dot that is stuffed.
                from_data(&format!("== bytes {}\n@BeforeDot\nS: 250 a reply\n== message", BODY.len() + 1))
            }
            _ => TURNS.to_owned(),
        }
    }

    /// The dialogue up to here, and from here on.
    fn cut(self) -> (String, String) {
        let dialogue = self.dialogue();
        let (before, after) = dialogue.split_once(&format!("@{self:?}\n")).expect("every place has its mark");
        let without_marks = |text: &str| {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('@'));
            lines.collect::<Vec<_>>().join("\n")
        };
        let hears_hello = |line: &str| line == "== bytes 64";
        let before = without_marks(before);
        // A handshake needs its first bytes itself; who breaks it waits for them.
        let before = if self == Self::Handshake {
            before
        } else {
            before.lines().filter(|line| !hears_hello(line)).collect::<Vec<_>>().join("\n")
        };
        let after =
            without_marks(after).lines().filter(|line| !hears_hello(line)).collect::<Vec<_>>().join("\n");
        (before, after)
    }

    pub(super) fn before(self) -> String {
        self.cut().0
    }

    /// The good reply's code and the text of each of its lines.
    pub(super) fn good(self) -> (u16, Vec<String>) {
        let after = self.cut().1;
        let lines: Vec<&str> = after.lines().map_while(|line| line.strip_prefix("S: ")).collect();
        let length = lines.iter().position(|line| line.as_bytes()[3] == b' ').map_or(0, |last| last + 1);
        let code = lines.first().map_or(250, |line| line[..3].parse().unwrap());
        let texts = lines[..length].iter().map(|line| line[4..].to_owned());
        (code, if length == 0 { vec!["a reply".to_owned()] } else { texts.collect() })
    }

    /// What follows the good reply.
    pub(super) fn after(self) -> String {
        let (_, texts) = self.good();
        let skip = if self == Self::Handshake { 0 } else { texts.len() };
        self.cut().1.lines().skip(skip).collect::<Vec<_>>().join("\n")
    }

    /// What the server says besides, if its answer here is not the good one: there are more recipients to ask about.
    pub(super) fn meanwhile(self, means: Means) -> &'static str {
        match (self, means) {
            (_, Means::Code(421)) => "",
            (Self::FirstRcpt, Means::Code(400..)) => "C: RCPT TO:<carol@contoso.com>\nS: 250 fine",
            (Self::FlightRcpt, Means::Code(_)) => "S: 250 fine\nS: 354 go ahead",
            _ => "",
        }
    }

    pub(super) fn step(self) -> Step {
        match self {
            Self::Greeting => Step::Greeting,
            Self::Ehlo | Self::EhloAgain => Step::Ehlo,
            Self::StartTls => Step::StartTls,
            Self::Handshake => Step::Tls,
            Self::AuthPlain | Self::LoginName | Self::LoginPassword | Self::Token | Self::TokenReason => {
                Step::Auth
            }
            Self::Mail | Self::FlightMail => Step::Mail,
            Self::FirstRcpt | Self::LaterRcpt | Self::FlightRcpt => Step::Rcpt,
            Self::Data | Self::FlightData => Step::Data,
            Self::Body => Step::Body,
            Self::BeforeDot | Self::Dot | Self::Quit => Step::Dot,
        }
    }

    /// How long the answer here may take.
    pub(super) fn deadline(self) -> Duration {
        match self {
            Self::Handshake => limits::TLS,
            Self::Dot => limits::AFTER_DOT,
            Self::Quit => limits::QUIT,
            Self::BeforeDot => LEAVE + limits::REPLY,
            _ => limits::REPLY,
        }
    }

    pub(super) fn auth(self) -> Auth {
        match self {
            Self::LoginName | Self::LoginPassword => Auth::Login,
            Self::Token | Self::TokenReason => Auth::Xoauth2,
            _ => Auth::Auto,
        }
    }

    pub(super) fn secret(self) -> &'static str {
        if self.auth() == Auth::Xoauth2 { TOKEN } else { PASSWORD }
    }

    /// Has the server been told the secret when it answers here?
    pub(super) fn knows_secret(self) -> bool {
        self >= Self::AuthPlain && self != Self::LoginName
    }
}
