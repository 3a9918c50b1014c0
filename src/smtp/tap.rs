//! The stream with the listener on it: plain TCP first, then TLS in place, and a bounded reader of lines above both.
//!
//! All that passes goes by the scribe, so the transcript is what was said and not what was meant.

use std::io;
use std::pin::Pin;
use std::sync::mpsc;
use std::task::{Context, Poll};
use std::time::Duration;

use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, ReadBuf};
use tokio::time::{Instant, timeout};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::mail::reply::Reply;
use crate::mail::secret::Secret;
use crate::mail::tls::TlsFacts;
use crate::mail::transcript::{Kind, Line, Wire};

use super::command::Command;
use super::error::{GREETING, SmtpError};
use super::reader::Reader;
use super::scribe::Scribe;
use super::trust::TlsClient;
use super::{Event, Events, chain, limits, trust};

/// What the wire is made of: a TCP stream, or a pipe in tests.
pub trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send> Stream for S {}

pub(super) struct Tap<S> {
    io: Io<S>,
    reader: Reader,
    scribe: Scribe,
    events: Events,
    began: Instant,
}

enum Io<S> {
    Plain(S),
    Tls(Box<TlsStream<S>>),
    /// A handshake that failed or was given up: nothing can be sent by mistake any more.
    Gone,
}

impl<S: Stream> Tap<S> {
    pub(super) fn new(stream: S, events: Events, began: Instant) -> Self {
        Self { io: Io::Plain(stream), reader: Reader::default(), scribe: Scribe::default(), events, began }
    }

    pub(super) fn is_tls(&self) -> bool {
        matches!(self.io, Io::Tls(_))
    }

    pub(super) fn hide(&mut self, user: &str, secret: &Secret) {
        self.scribe.hide(user, secret);
    }

    pub(super) fn tell(&self, wire: Wire) {
        // Nobody listening is no reason to stop: a hang-up must not end a send.
        let _ = self.events.send(Event::Wire(wire));
    }

    pub(super) fn note(&self, kind: Kind, text: &str) {
        let line = self.scribe.note(self.at(), kind, text);
        self.tell(Wire::Line(line));
    }

    pub(super) fn masked(&self, text: &str) -> String {
        self.scribe.masked(text.as_bytes()).into()
    }

    fn at(&self) -> Duration {
        self.began.elapsed()
    }

    /// Writes all commands at once, in one TLS record. Nothing may be waiting to be read: an answer that comes before the
    /// question is not an answer.
    pub(super) async fn send(&mut self, commands: &[Command]) -> Result<(), SmtpError> {
        if self.reader.waiting().starts_with(b"421") {
            // The server is closing and says why (RFC 5321 section 3.8); that is the answer to whatever is asked now.
            return Ok(());
        }
        if !self.reader.waiting().is_empty() {
            return Err(SmtpError::Unasked(self.scribe.masked(self.reader.waiting()).to_string()));
        }
        let mut wire = zeroize::Zeroizing::new(Vec::with_capacity(512));
        for command in commands {
            wire.extend_from_slice(command.wire()?);
        }
        for command in commands {
            let line = self.scribe.command(self.at(), command);
            self.tell(Wire::Line(line));
        }
        let write = async {
            self.write_all(&wire).await?;
            self.flush().await
        };
        timeout(limits::REPLY, write)
            .await
            .map_err(|_elapsed| SmtpError::TimedOut { doing: "sending a command", limit: limits::REPLY })??;
        Ok(())
    }

    /// Reads one whole reply within `limit`.
    pub(super) async fn reply(&mut self, doing: &'static str, limit: Duration) -> Result<Reply, SmtpError> {
        timeout(limit, self.read_reply()).await.unwrap_or(Err(SmtpError::TimedOut { doing, limit }))
    }

    /// The first reply. Silence from the beginning is another thing than an answer that breaks off.
    pub(super) async fn greeting(&mut self) -> Result<Reply, SmtpError> {
        let greeting = self.reply(GREETING, limits::REPLY).await;
        let is_silent = self.reader.waiting().is_empty() && self.reader.is_between_replies();
        match greeting {
            Err(SmtpError::TimedOut { .. }) if is_silent && !self.is_tls() => Err(SmtpError::NoGreeting),
            other => other,
        }
    }

    /// One command and its reply.
    pub(super) async fn ask(&mut self, command: Command, doing: &'static str) -> Result<Reply, SmtpError> {
        self.send(&[command]).await?;
        self.reply(doing, limits::REPLY).await
    }

    async fn read_reply(&mut self) -> Result<Reply, SmtpError> {
        loop {
            while let Some(bytes) = self.reader.line()? {
                let line = self.scribe.reply_line(self.at(), self.reader.is_between_replies(), &bytes);
                let shown = line.text.clone();
                self.tell(Wire::Line(line));
                if let Some(reply) = self.reader.take(&bytes, &shown)? {
                    return Ok(reply);
                }
            }
            self.read_more().await?;
        }
    }

    async fn read_more(&mut self) -> Result<(), SmtpError> {
        let mut chunk = [0; 4096];
        match self.read(&mut chunk).await {
            Ok(0) => Err(SmtpError::Closed),
            Ok(n) => {
                self.reader.push(&chunk[..n]);
                Ok(())
            }
            // A peer that hangs up without close_notify: for SMTP, whose replies end in line ends, a plain end of stream.
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Err(SmtpError::Closed),
            Err(error) => Err(trust::broken(error)),
        }
    }

    /// Has the server said something, now? Looks without waiting.
    pub(super) fn poll_early(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), SmtpError>> {
        if !self.reader.waiting().is_empty() {
            return Poll::Ready(Ok(()));
        }
        let mut chunk = [0; 4096];
        let mut buffer = ReadBuf::new(&mut chunk);
        match Pin::new(&mut *self).poll_read(cx, &mut buffer) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(Ok(())) if buffer.filled().is_empty() => Poll::Ready(Err(SmtpError::Closed)),
            Poll::Ready(Ok(())) => {
                self.reader.push(buffer.filled());
                Poll::Ready(Ok(()))
            }
            Poll::Ready(Err(error)) => Poll::Ready(Err(trust::broken(error))),
        }
    }

    /// Swaps plain TCP for TLS. What is already buffered came in the clear and would be taken for the server's word later:
    /// then there is no handshake at all (RFC 3207 section 6, "response injection").
    pub(super) async fn upgrade(&mut self, client: &TlsClient, host: &str) -> Result<TlsFacts, SmtpError> {
        if !self.reader.waiting().is_empty() {
            return Err(SmtpError::Injected(self.reader.waiting().len()));
        }
        let name = ServerName::try_from(host.trim_matches(['[', ']']).to_owned())
            .map_err(|_invalid| SmtpError::Config(format!("{host} is neither a host name nor an address")))?;
        // Until the handshake is done there is no stream: whoever gives up in the middle leaves nothing to write to.
        let Io::Plain(stream) = std::mem::replace(&mut self.io, Io::Gone) else {
            return Err(SmtpError::Tls("TLS is already in use".into()));
        };
        let (shown, seen) = mpsc::channel();
        let handshake = TlsConnector::from(client.config(shown)?).connect(name, stream);
        let shaken = timeout(limits::TLS, handshake).await;
        // Told even if the handshake failed: what the server showed is what one wants to see then.
        if let Ok(chain) = seen.try_recv() {
            self.tell(Wire::Chain(chain::read(&chain)));
        }
        let tls = match shaken {
            Err(_elapsed) => return Err(SmtpError::TimedOut { doing: "setting up TLS", limit: limits::TLS }),
            Ok(Err(error)) => return Err(trust::refusal(error, host)),
            Ok(Ok(tls)) => tls,
        };
        let facts = facts(&tls, host);
        self.io = Io::Tls(Box::new(tls));
        self.scribe.tls_started();
        self.note(
            Kind::Tls,
            &format!("{}, {}; certificate proves {}", facts.short(), facts.group, facts.name),
        );
        self.tell(Wire::Tls(facts.clone()));
        Ok(facts)
    }

    /// The line of a command whose octets go out together with the message.
    pub(super) fn command_line(&mut self, command: &Command) {
        let line = self.scribe.command(self.at(), command);
        self.tell(Wire::Line(line));
    }

    /// A line about the message, which never appears itself.
    pub(super) fn message_line(&mut self, text: &str) -> Line {
        self.scribe.message(self.at(), text)
    }

    /// Says goodbye to TLS and TCP, as far as that goes without waiting.
    pub(super) async fn close(&mut self) {
        let _ = timeout(limits::QUIT, self.shutdown()).await;
    }
}

fn facts<S>(tls: &TlsStream<S>, host: &str) -> TlsFacts {
    let session = tls.get_ref().1;
    let protocol = match session.protocol_version() {
        Some(rustls::ProtocolVersion::TLSv1_3) => "TLS 1.3".to_owned(),
        Some(rustls::ProtocolVersion::TLSv1_2) => "TLS 1.2".to_owned(),
        other => format!("{other:?}"),
    };
    let suite =
        session.negotiated_cipher_suite().map(|suite| format!("{:?}", suite.suite())).unwrap_or_default();
    let group = session
        .negotiated_key_exchange_group()
        .map(|group| format!("{:?}", group.name()))
        .unwrap_or_default();
    TlsFacts { protocol, cipher: cipher_name(&suite), group, name: host.to_owned() }
}

/// `TLS13_AES_256_GCM_SHA384` as `AES-256-GCM`.
fn cipher_name(suite: &str) -> String {
    let name = suite.rsplit_once("WITH_").map_or(suite, |(_, name)| name);
    let name = name.strip_prefix("TLS13_").unwrap_or(name);
    let name = name.rsplit_once("_SHA").map_or(name, |(name, _)| name);
    name.replace('_', "-")
}

impl<S: Stream> AsyncRead for Tap<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match &mut self.io {
            Io::Plain(stream) => Pin::new(stream).poll_read(cx, buf),
            Io::Tls(stream) => Pin::new(stream).poll_read(cx, buf),
            Io::Gone => Poll::Ready(Err(io::ErrorKind::NotConnected.into())),
        }
    }
}

impl<S: Stream> AsyncWrite for Tap<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        match &mut self.io {
            Io::Plain(stream) => Pin::new(stream).poll_write(cx, buf),
            Io::Tls(stream) => Pin::new(stream).poll_write(cx, buf),
            Io::Gone => Poll::Ready(Err(io::ErrorKind::NotConnected.into())),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.io {
            Io::Plain(stream) => Pin::new(stream).poll_flush(cx),
            Io::Tls(stream) => Pin::new(stream).poll_flush(cx),
            Io::Gone => Poll::Ready(Err(io::ErrorKind::NotConnected.into())),
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.io {
            Io::Plain(stream) => Pin::new(stream).poll_shutdown(cx),
            Io::Tls(stream) => Pin::new(stream).poll_shutdown(cx),
            Io::Gone => Poll::Ready(Ok(())),
        }
    }
}
