//! A pipe that breaks handshake records into pieces of one octet: allowed by TLS (RFC 8446 section 5.1), and rarely seen.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

pub(crate) struct Splinter<S> {
    io: S,
    /// Records of which the end is still to come.
    whole: Vec<u8>,
    /// What is broken already and not written yet.
    pieces: Vec<u8>,
    /// From here on records are encrypted, and stay as they are.
    is_secret: bool,
}

const CHANGE_CIPHER: u8 = 20;
const HANDSHAKE: u8 = 22;
const HEADER: usize = 5;

impl<S> Splinter<S> {
    pub(crate) fn new(io: S) -> Self {
        Self { io, whole: Vec::new(), pieces: Vec::new(), is_secret: false }
    }

    fn break_up(&mut self) {
        while let Some((header, rest)) = self.whole.split_first_chunk::<HEADER>() {
            let length = usize::from(u16::from_be_bytes([header[3], header[4]]));
            let Some(content) = rest.get(..length) else { return };
            self.is_secret |= header[0] == CHANGE_CIPHER;
            if header[0] == HANDSHAKE && !self.is_secret {
                for octet in content {
                    self.pieces.extend_from_slice(&[header[0], header[1], header[2], 0, 1, *octet]);
                }
            } else {
                self.pieces.extend_from_slice(&self.whole[..HEADER + length]);
            }
            self.whole.drain(..HEADER + length);
        }
    }
}

impl<S: AsyncWrite + Unpin> Splinter<S> {
    fn poll_pieces(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.pieces.is_empty() {
            let n = ready!(Pin::new(&mut self.io).poll_write(cx, &self.pieces))?;
            self.pieces.drain(..n);
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Splinter<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_read(cx, buf)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Splinter<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        ready!(self.poll_pieces(cx))?;
        self.whole.extend_from_slice(buf);
        self.break_up();
        Poll::Ready(Ok(buf.len()))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_pieces(cx))?;
        Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_pieces(cx))?;
        Pin::new(&mut self.io).poll_shutdown(cx)
    }
}
