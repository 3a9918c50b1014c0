//! The opening: from the greeting to the point where the next word is MAIL.

use std::future::{Future, poll_fn};
use std::io;
use std::pin::pin;
use std::task::Poll;

use tokio::time::{Instant, timeout};

use crate::mail::account::{Auth, Security};
use crate::mail::address::Address;
use crate::mail::outcome::Step;
use crate::mail::reply::Class;
use crate::mail::text::Shown;
use crate::mail::transcript::{Kind, Wire};
use crate::smtp::auth::{Mechanism, sign_in};
use crate::smtp::capability::Capabilities;
use crate::smtp::command::Command;
use crate::smtp::error::SmtpError;
use crate::smtp::limits;
use crate::smtp::tap::Stream;
use crate::smtp::trust::TlsClient;

use super::{Session, Stop, expect};

impl<S: Stream> Session<'_, S> {
    /// Greeting, EHLO, and TLS before or after them, as the account says.
    pub(super) async fn open(&mut self, client: &TlsClient) -> Result<(), Stop> {
        let account = self.submission.account;
        if account.security == Security::Tls {
            self.enter(Step::Tls);
            self.tls = Some(self.tap.upgrade(client, &account.host).await?);
        }
        self.enter(Step::Greeting);
        let greeting = self.tap.greeting().await?;
        expect(greeting, 220, "a 220 greeting")?;
        self.ehlo().await?;
        if account.security == Security::StartTls {
            self.enter(Step::StartTls);
            if !self.offered.starttls {
                let why = format!("{} does not offer STARTTLS, so the session ends here", account.host);
                return Err(SmtpError::NoTls(why).into());
            }
            let reply = self.tap.ask(Command::starttls(), "starting TLS").await?;
            if reply.code() != 220 {
                return Err(match reply.class() {
                    Class::Later | Class::No => Stop::Reply(reply),
                    Class::Done | Class::GoOn => {
                        SmtpError::NoTls(format!("STARTTLS was answered with {reply}, not 220")).into()
                    }
                });
            }
            self.enter(Step::Tls);
            self.tls = Some(self.tap.upgrade(client, &account.host).await?);
            // What was offered in the clear counts no more (RFC 3207 section 4.2).
            self.offered = Capabilities::default();
            self.ehlo().await?;
        }
        Ok(())
    }

    async fn ehlo(&mut self) -> Result<(), Stop> {
        self.enter(Step::Ehlo);
        let reply = self.tap.ask(Command::ehlo(&self.submission.account.helo), "saying hello").await?;
        let reply = expect(reply, 250, "250")?;
        self.offered = Capabilities::read(&reply);
        self.tap.tell(Wire::Offered(reply.lines().skip(1).map(Shown::new).collect()));
        Ok(())
    }

    pub(super) async fn authenticate(&mut self) -> Result<(), Stop> {
        let account = self.submission.account;
        if account.auth == Auth::None {
            return Ok(());
        }
        self.enter(Step::Auth);
        let secret = self.submission.secret.ok_or(SmtpError::NoSecret)?;
        let mechanism = Mechanism::choose(account.auth, &self.offered)?;
        let reply = sign_in(&mut self.tap, mechanism, &account.username, secret).await?;
        if !reply.is_done() {
            return Err(Stop::Reply(reply));
        }
        self.signed_in = true;
        Ok(())
    }

    /// What the server cannot carry is not offered to it.
    pub(super) fn check_limits(&mut self) -> Result<(), Stop> {
        let envelope = self.submission.envelope;
        if let Some(limit @ 1..) = self.offered.size
            && envelope.size > limit
        {
            return Err(SmtpError::TooLarge { size: envelope.size, limit }.into());
        }
        if envelope.smtputf8 && !self.offered.smtputf8 {
            let needing =
                std::iter::once(&envelope.from).chain(&envelope.to).find(|address| address.needs_smtputf8());
            return Err(SmtpError::NeedsSmtpUtf8(needing.map(Address::to_string).unwrap_or_default()).into());
        }
        if envelope.eight_bit && !self.offered.eight_bit {
            return Err(SmtpError::NeedsEightBit.into());
        }
        if envelope.dsn.is_some() && !self.offered.dsn {
            self.tap.note(Kind::Note, "the server does not offer DSN: it is not asked for delivery reports");
        }
        Ok(())
    }

    /// Waits for the letter. It is there at once, unless the session was opened ahead of it: then the line is listened to
    /// meanwhile, since a server that gave up waiting must not be given a letter.
    pub(super) async fn letter<B>(
        &mut self,
        letter: impl Future<Output = Option<io::Result<B>>>,
    ) -> Result<B, Stop> {
        let mut letter = pin!(letter);
        let began = Instant::now();
        let mut has_waited = false;
        let come = poll_fn(|cx| {
            if let Poll::Ready(letter) = letter.as_mut().poll(cx) {
                // Both at once: the line is looked at once more before it is used.
                let is_stale = has_waited && self.tap.poll_early(cx).is_ready();
                return Poll::Ready(if is_stale { Err(Stop::Stale) } else { given(letter) });
            }
            has_waited = true;
            self.tap.poll_early(cx).map(|_closed_or_spoke| Err(Stop::Stale))
        });
        let come = timeout(limits::AHEAD, come).await.unwrap_or(Err(Stop::Stale));
        if has_waited {
            self.waited = began.elapsed();
            self.step_began = Instant::now();
        }
        come
    }
}

fn given<B>(letter: Option<io::Result<B>>) -> Result<B, Stop> {
    let letter = letter.ok_or(Stop::Unwanted)?;
    letter.map_err(|error| SmtpError::Spool(error).into())
}
