//! A scripted server at the far end of a pipe. It says and hears what its script says, and writes down all that it is told.
//!
//! | line of the script | what the server does |
//! |---|---|
//! | `S: 250 OK` | says a line; such lines in a row leave in one write |
//! | `S\| 250 O\xFFK\n` | says these bytes and no line end: `\r` `\n` `\\` `\xFF` |
//! | `C: EHLO *` | hears a line; a `*` at the end stands for any rest |
//! | `== tls` `== tls in pieces` | shakes hands; in records of one octet, as long as they are in the clear |
//! | `== bytes 1000` | hears so many bytes, whatever they are |
//! | `== message` | hears a message to its dot |
//! | `== wait 59 s` `== wait 20 ms` | lets time pass |
//! | `== drip 250-x` | says these bytes, one a second, over and over |
//! | `== chop 250 OK\r\n` | says these bytes, one a millisecond |
//! | `== flood 250-x\r\n` | says these bytes over and over, as fast as they are taken |
//! | `== deaf` | reads nothing any more |
//! | `== close` `== reset` | hangs up, in order or not |
//!
//! At the end of its script it goes on listening until the client hangs up. A client that says anything else than what the
//! script expects fails the test; one that hangs up early leaves the rest of the script unplayed.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, DuplexStream, ReadBuf};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::sleep;
use tokio_rustls::TlsAcceptor;

use super::splinter::Splinter;

/// Who swallows this much of a flood has no limit.
const FLOOD: usize = 300 << 20;

/// What the server was told, before and under TLS.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    pub(crate) clear: Vec<u8>,
    pub(crate) secured: Vec<u8>,
    /// How many bytes it could say before it was hung up on, above TLS.
    pub(crate) said: usize,
    /// Lines of the script that the client did not stay for.
    pub(crate) unplayed: usize,
}

impl Heard {
    pub(crate) fn clear(&self) -> &str {
        str::from_utf8(&self.clear).unwrap()
    }

    pub(crate) fn secured(&self) -> &str {
        str::from_utf8(&self.secured).unwrap()
    }
}

pub(crate) trait Pipe: AsyncRead + AsyncWrite + Unpin {}
impl<T: AsyncRead + AsyncWrite + Unpin> Pipe for T {}

pub(crate) struct Server {
    io: Option<Box<dyn Pipe>>,
    reset: Arc<AtomicBool>,
    acceptor: TlsAcceptor,
    is_tls: bool,
    /// Read and not looked at yet.
    inbox: Vec<u8>,
    heard: Heard,
}

/// The client's end of the pipe. Keeps each write apart, and can break as TCP does.
pub(crate) struct Line {
    io: DuplexStream,
    writes: UnboundedSender<Vec<u8>>,
    reset: Arc<AtomicBool>,
}

/// A pipe that holds `room` bytes each way, and the client's writes as they were made.
pub(crate) fn pipe(room: usize, acceptor: TlsAcceptor) -> (Line, Server, UnboundedReceiver<Vec<u8>>) {
    let (near, far) = tokio::io::duplex(room);
    let (writes, written) = unbounded_channel();
    let reset = Arc::new(AtomicBool::new(false));
    let line = Line { io: near, writes, reset: Arc::clone(&reset) };
    (line, Server { reset, ..Server::on(far, acceptor) }, written)
}

/// The client has hung up, or broken the line.
struct Gone;

impl From<io::Error> for Gone {
    fn from(_: io::Error) -> Self {
        Self
    }
}

impl Server {
    /// A server at the end of any stream, such as a socket.
    pub(crate) fn on(io: impl Pipe + 'static, acceptor: TlsAcceptor) -> Self {
        let (io, reset): (Option<Box<dyn Pipe>>, _) = (Some(Box::new(io)), Arc::default());
        Self { io, reset, acceptor, is_tls: false, inbox: Vec::new(), heard: Heard::default() }
    }

    pub(crate) async fn play(mut self, script: &str) -> Heard {
        let lines: Vec<&str> = script.lines().map(str::trim_start).filter(|line| !line.is_empty()).collect();
        let mut at = 0;
        while at < lines.len() {
            let said = speech(&lines[at..]);
            let step = match said.count {
                0 => self.step(lines[at]).await,
                _ => self.say(&said.bytes).await,
            };
            if step.is_err() {
                self.heard.unplayed = lines.len() - at;
                return self.heard;
            }
            at += said.count.max(1);
        }
        while self.hear_more().await.is_ok() {}
        self.heard
    }

    async fn step(&mut self, line: &str) -> Result<(), Gone> {
        if let Some(wanted) = line.strip_prefix("C:") {
            return self.hear_line(wanted.trim()).await;
        }
        let (verb, rest) = line.strip_prefix("== ").expect(line).split_once(' ').unwrap_or((&line[3..], ""));
        match verb {
            "tls" => return self.shake_hands(!rest.is_empty()).await,
            "bytes" => return self.hear_bytes(rest.parse().unwrap()).await,
            "message" => return self.hear_message().await,
            "wait" => sleep(duration(rest)).await,
            "drip" => return self.drip(rest).await,
            "chop" => return self.chop(rest).await,
            "flood" => return self.flood(rest).await,
            "deaf" => sleep(Duration::from_hours(2)).await,
            "close" => self.io = None,
            "reset" => {
                self.reset.store(true, Ordering::Relaxed);
                self.io = None;
            }
            _ => panic!("not a line of a script: {line}"),
        }
        Ok(())
    }

    async fn say(&mut self, bytes: &[u8]) -> Result<(), Gone> {
        let io = self.io.as_mut().ok_or(Gone)?;
        let mut rest = bytes;
        while !rest.is_empty() {
            let n = io.write(rest).await?;
            self.heard.said += n;
            rest = &rest[n..];
        }
        Ok(io.flush().await?)
    }

    async fn chop(&mut self, text: &str) -> Result<(), Gone> {
        for byte in bytes_of(text) {
            self.say(&[byte]).await?;
            sleep(Duration::from_millis(1)).await;
        }
        Ok(())
    }

    async fn flood(&mut self, text: &str) -> Result<(), Gone> {
        let bytes = bytes_of(text).repeat(16 * 1024 / text.len() + 1);
        while self.heard.said < FLOOD {
            self.say(&bytes).await?;
        }
        panic!("the client took {FLOOD} bytes and did not hang up");
    }

    async fn drip(&mut self, text: &str) -> Result<(), Gone> {
        for byte in bytes_of(text).iter().cycle() {
            self.say(&[*byte]).await?;
            sleep(Duration::from_secs(1)).await;
        }
        Ok(())
    }

    async fn shake_hands(&mut self, in_pieces: bool) -> Result<(), Gone> {
        assert!(self.inbox.is_empty(), "the client spoke on before the handshake");
        let io = self.io.take().ok_or(Gone)?;
        let io = if in_pieces { Box::new(Splinter::new(io)) } else { io };
        let tls = self.acceptor.accept(io).await?;
        self.io = Some(Box::new(tls));
        self.is_tls = true;
        Ok(())
    }

    async fn hear_line(&mut self, wanted: &str) -> Result<(), Gone> {
        while !self.inbox.contains(&b'\n') {
            self.hear_more().await?;
        }
        let end = self.inbox.iter().position(|&b| b == b'\n').unwrap();
        let line: Vec<u8> = self.inbox.drain(..=end).collect();
        let line = String::from_utf8_lossy(&line);
        let told = line.strip_suffix("\r\n").expect("a command ends in CRLF");
        let fits = wanted.strip_suffix('*').map_or(told == wanted, |start| told.starts_with(start));
        assert!(fits, "the script has “{wanted}”, the client said “{told}”");
        Ok(())
    }

    async fn hear_bytes(&mut self, count: usize) -> Result<(), Gone> {
        while self.inbox.len() < count {
            self.hear_more().await?;
        }
        self.inbox.drain(..count);
        Ok(())
    }

    async fn hear_message(&mut self) -> Result<(), Gone> {
        let mut searched = 0;
        let end = loop {
            let from = &self.inbox[searched..];
            if self.inbox.starts_with(b".\r\n") {
                break 3;
            }
            if let Some(at) = memchr::memmem::find(from, b"\r\n.\r\n") {
                break searched + at + 5;
            }
            searched = self.inbox.len().saturating_sub(4);
            self.hear_more().await?;
        };
        self.inbox.drain(..end);
        Ok(())
    }

    async fn hear_more(&mut self) -> Result<(), Gone> {
        let mut chunk = vec![0; 16 * 1024];
        let n = self.io.as_mut().ok_or(Gone)?.read(&mut chunk).await?;
        self.inbox.extend_from_slice(&chunk[..n]);
        let heard = if self.is_tls { &mut self.heard.secured } else { &mut self.heard.clear };
        heard.extend_from_slice(&chunk[..n]);
        if n == 0 { Err(Gone) } else { Ok(()) }
    }
}

/// `59 s`, `20 ms`.
fn duration(text: &str) -> Duration {
    let (number, unit) = text.split_once(' ').unwrap();
    let number = number.parse().unwrap();
    if unit == "ms" { Duration::from_millis(number) } else { Duration::from_secs(number) }
}

struct Speech {
    bytes: Vec<u8>,
    count: usize,
}

/// The lines at the beginning that the server says in one go.
fn speech(lines: &[&str]) -> Speech {
    let mut speech = Speech { bytes: Vec::new(), count: 0 };
    for line in lines {
        if let Some(text) = line.strip_prefix("S:") {
            speech.bytes.extend_from_slice(text.strip_prefix(' ').unwrap_or(text).as_bytes());
            speech.bytes.extend_from_slice(b"\r\n");
        } else if let Some(text) = line.strip_prefix("S| ") {
            speech.bytes.extend(bytes_of(text));
        } else {
            break;
        }
        speech.count += 1;
    }
    speech
}

/// Text with its escapes resolved.
fn bytes_of(text: &str) -> Vec<u8> {
    let (mut bytes, mut rest) = (Vec::new(), text);
    while let Some((plain, escaped)) = rest.split_once('\\') {
        bytes.extend_from_slice(plain.as_bytes());
        let (byte, taken) = match escaped.as_bytes()[0] {
            b'r' => (b'\r', 1),
            b'n' => (b'\n', 1),
            b'\\' => (b'\\', 1),
            b'x' => (u8::from_str_radix(&escaped[1..3], 16).unwrap(), 3),
            other => panic!("\\{} is not an escape", char::from(other)),
        };
        bytes.push(byte);
        rest = &escaped[taken..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}

impl Line {
    fn broken(&self) -> Option<io::Error> {
        self.reset.load(Ordering::Relaxed).then(|| io::ErrorKind::ConnectionReset.into())
    }
}

impl AsyncRead for Line {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        ready!(Pin::new(&mut self.io).poll_read(cx, buf))?;
        let is_end = buf.filled().len() == before;
        Poll::Ready(self.broken().filter(|_| is_end).map_or(Ok(()), Err))
    }
}

impl AsyncWrite for Line {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        if let Some(error) = self.broken() {
            return Poll::Ready(Err(error));
        }
        let n = ready!(Pin::new(&mut self.io).poll_write(cx, buf))?;
        let _ = self.writes.send(buf[..n].to_vec());
        Poll::Ready(Ok(n))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(cx)
    }
}
