//! The message goes out: in chunks from its frozen file, with an ear on the server, and the final dot as a write of its own.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite as _, AsyncWriteExt as _};
use tokio::sync::oneshot;
use tokio::time::sleep;

use crate::mail::reply::Reply;
use crate::mail::size::Size;
use crate::mail::transcript::{Kind, Wire};

use super::error::SmtpError;
use super::session::Phase;
use super::stuffing::{Stuffing, TERMINATOR};
use super::tap::{Stream, Tap};
use super::{Event, Events, limits};

/// What one read takes from the file; a few TLS records.
const CHUNK: usize = 64 * 1024;

/// How the body left.
pub(super) enum Body {
    Out,
    /// The server answered before the end: it wants no more of it.
    Interrupted(Reply),
}

/// How far a write came.
pub(super) enum Written {
    All,
    /// So many octets had gone when the server spoke.
    ServerSpoke(usize),
}

/// Sends the whole message, but not the dot.
pub(super) async fn body<S: Stream, B: AsyncRead + Unpin>(
    tap: &mut Tap<S>,
    body: &mut B,
    total: u64,
) -> Result<Body, SmtpError> {
    let line = tap.message_line(&format!("message, {}", Size(total)));
    tap.tell(Wire::Line(line));
    let mut chunk = vec![0; CHUNK];
    let mut wire = Vec::with_capacity(CHUNK + CHUNK / 16);
    let mut stuffing = Stuffing::default();
    let mut sent = 0;
    loop {
        let n = body.read(&mut chunk).await.map_err(SmtpError::Spool)?;
        wire.clear();
        if n == 0 {
            stuffing.finish(&mut wire);
        } else {
            stuffing.push(&chunk[..n], &mut wire);
        }
        if let Written::ServerSpoke(_) = write(tap, &wire).await? {
            return early(tap).await.map(Body::Interrupted);
        }
        sent += n as u64;
        tap.tell(Wire::Progress { sent: sent.min(total), total });
        if n == 0 {
            break;
        }
    }
    if sent != total {
        return Err(SmtpError::Spool(std::io::Error::other(format!("{sent} bytes were read of {total}"))));
    }
    match flush(tap).await? {
        Written::All => Ok(Body::Out),
        Written::ServerSpoke(_) => early(tap).await.map(Body::Interrupted),
    }
}

/// Asks for leave, writes the dot, and keeps `phase` true at every point where this can be given up.
pub(super) async fn dot<S: Stream>(
    tap: &mut Tap<S>,
    events: &Events,
    phase: &mut Phase,
) -> Result<Option<Reply>, SmtpError> {
    leave(events).await?;
    // An answer to a message that is not complete yet is a refusal, or something that must not be taken for a receipt.
    if poll_fn(|cx| Poll::Ready(tap.poll_early(cx).is_ready())).await {
        return early(tap).await.map(Some);
    }
    write_end(tap, TERMINATOR, phase).await?;
    Ok(None)
}

/// Waits until the journal says that the message is about to be complete.
pub(super) async fn leave(events: &Events) -> Result<(), SmtpError> {
    let (leave, granted) = oneshot::channel();
    let _ = events.send(Event::MayDot(leave));
    granted.await.map_err(|_refused| {
        SmtpError::Stopped("the outbox could not be written, so the message was not completed")
    })
}

/// The border: once the stream took the first byte of the end, the message may count as complete on the other side.
pub(super) async fn write_end<S: Stream>(
    tap: &mut Tap<S>,
    end: &[u8],
    phase: &mut Phase,
) -> Result<(), SmtpError> {
    let mut rest = end;
    while !rest.is_empty() {
        let write = poll_fn(|cx| {
            let written = Pin::new(&mut *tap).poll_write(cx, rest);
            if let Poll::Ready(Ok(1..)) = written {
                *phase = Phase::DotStarted;
            }
            written
        });
        let n = in_time(write).await??;
        if n == 0 {
            return Err(SmtpError::Closed);
        }
        rest = &rest[n..];
    }
    in_time(tap.flush()).await??;
    *phase = Phase::DotFlushed;
    Ok(())
}

/// Writes with an ear on the server: it may refuse in the middle, and its words would be lost in the reset that follows.
pub(super) async fn write<S: Stream>(tap: &mut Tap<S>, wire: &[u8]) -> Result<Written, SmtpError> {
    let mut gone = 0;
    while gone < wire.len() {
        let step = poll_fn(|cx| {
            if let Poll::Ready(heard) = tap.poll_early(cx) {
                return Poll::Ready(heard.map(|()| None));
            }
            Pin::new(&mut *tap).poll_write(cx, &wire[gone..]).map(|written| Ok(Some(written?)))
        });
        match in_time(step).await?? {
            None => return Ok(Written::ServerSpoke(gone)),
            Some(0) => return Err(SmtpError::Closed),
            Some(n) => gone += n,
        }
    }
    Ok(Written::All)
}

pub(super) async fn flush<S: Stream>(tap: &mut Tap<S>) -> Result<Written, SmtpError> {
    let step = poll_fn(|cx| {
        if let Poll::Ready(heard) = tap.poll_early(cx) {
            return Poll::Ready(heard.map(|()| Written::ServerSpoke(0)));
        }
        Pin::new(&mut *tap)
            .poll_flush(cx)
            .map(|flushed| flushed.map(|()| Written::All).map_err(SmtpError::from))
    });
    in_time(step).await?
}

async fn early<S: Stream>(tap: &mut Tap<S>) -> Result<Reply, SmtpError> {
    tap.note(Kind::Note, "the server answers before the message is complete");
    tap.reply("reading the server's early answer", limits::REPLY).await
}

/// One step of the upload. The clock is asked first: TLS may take bytes into a buffer of its own in the very moment when the
/// time is up, and that is no progress.
async fn in_time<F: Future>(step: F) -> Result<F::Output, SmtpError> {
    tokio::select! {
        biased;
        () = sleep(limits::UPLOAD) => {
            Err(SmtpError::TimedOut { doing: "sending the message", limit: limits::UPLOAD })
        }
        done = step => Ok(done),
    }
}
