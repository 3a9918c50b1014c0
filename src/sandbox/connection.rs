//! One connection: carries a session's steps out, in clear and then under TLS.

use std::io;
use std::time::Duration;

use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc::UnboundedSender;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;

use super::server::Report;
use super::session::{Session, Step};

/// How long a client may be silent.
const IDLE: Duration = Duration::from_mins(5);

/// How long the server waits for the client to go, once it has closed its own side.
const LINGER: Duration = Duration::from_secs(2);

/// Octets read at once.
const CHUNK: usize = 64 * 1024;

/// Octets read at once by a server that dawdles: small, so that the client moves on in small steps.
const SMALL_CHUNK: usize = 16 * 1024;

/// What the system may hold for a server that dawdles. By itself it would grow this to megabytes, and a client would be
/// done with its upload before the server had read a word.
const SLOW_BUFFER: usize = 64 * 1024;

/// How a part of the conversation ended.
#[derive(Debug, PartialEq, Eq)]
enum End {
    StartTls,
    /// The server closes in good order.
    Close,
    /// Nothing more is to be said: the client has gone, or is to believe that the server has.
    Gone,
    /// The client is to see a reset.
    Reset,
}

/// A session with what it needs of the world, but for the socket.
pub(super) struct Connection {
    pub(super) session: Session,
    pub(super) reports: UnboundedSender<Report>,
    /// Hears of everyone whose message was taken.
    pub(super) taken: UnboundedSender<String>,
    /// Whether the session's waits are kept.
    pub(super) delays: bool,
    /// How fast to read, in octets a second, if not as fast as can be.
    pub(super) rate: Option<u32>,
}

impl Connection {
    /// Serves one client to the end. A client that breaks off is no news.
    pub(super) async fn run(mut self, mut tcp: TcpStream, tls: TlsAcceptor) -> io::Result<()> {
        tcp.set_nodelay(true)?;
        if self.rate.is_some() {
            SockRef::from(&tcp).set_recv_buffer_size(SLOW_BUFFER)?;
        }
        let greeting = self.session.greeting();
        let end = self.talk(&mut tcp, greeting).await?;
        if end == End::Reset {
            // Closed without time to linger, a socket says goodbye with a reset.
            return SockRef::from(&tcp).set_linger(Some(Duration::ZERO));
        }
        if end != End::StartTls {
            return end.close(&mut tcp).await;
        }
        let mut stream = timeout(IDLE, tls.accept(tcp)).await??;
        self.session.tls_started();
        let end = self.talk(&mut stream, Vec::new()).await?;
        end.close(&mut stream).await
    }

    /// Carries out these steps, and those that come of what the client says.
    async fn talk<S>(&mut self, stream: &mut S, mut steps: Vec<Step>) -> io::Result<End>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let mut chunk = vec![0; self.chunk()];
        loop {
            if let Some(end) = self.perform(stream, steps).await? {
                return Ok(end);
            }
            steps = match timeout(IDLE, stream.read(&mut chunk)).await {
                Ok(Ok(0)) => return Ok(End::Gone),
                Ok(read) => self.receive(&chunk[..read?]).await,
                Err(_silence) => self.session.timed_out(),
            };
        }
    }

    fn chunk(&self) -> usize {
        if self.rate.is_some() { SMALL_CHUNK } else { CHUNK }
    }

    async fn receive(&mut self, bytes: &[u8]) -> Vec<Step> {
        if let Some(rate) = self.rate {
            sleep(Duration::from_secs(bytes.len() as u64) / rate).await;
        }
        let known = self.session.violations().len();
        let steps = self.session.receive(bytes);
        for violation in &self.session.violations()[known..] {
            self.report(Report::Violation(violation.to_string()));
        }
        steps
    }

    /// Carries out these steps, up to one that ends this part of the conversation.
    async fn perform<S>(&mut self, stream: &mut S, steps: Vec<Step>) -> io::Result<Option<End>>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let mut end = None;
        for step in steps {
            match step {
                Step::Send(reply) => stream.write_all(&reply).await?,
                Step::Wait(time) if self.delays => {
                    stream.flush().await?;
                    sleep(time).await;
                }
                Step::Wait(_) => {}
                Step::Accepted(mail) => {
                    let _ = self.taken.send(mail.user.clone());
                    self.report(Report::Accepted(mail));
                }
                Step::StartTls => end = Some(End::StartTls),
                Step::Close => end = Some(End::Close),
                Step::Drop => end = Some(End::Gone),
                Step::Reset => end = Some(End::Reset),
                Step::Stall => {
                    stream.flush().await?;
                    until_gone(stream).await;
                    end = Some(End::Gone);
                }
            }
        }
        stream.flush().await?;
        Ok(end)
    }

    fn report(&self, report: Report) {
        // Whoever runs the server may have stopped listening; the client is served all the same.
        let _ = self.reports.send(report);
    }
}

impl End {
    /// Closes with TLS's own farewell where that is due, and lets the client read the last reply before the socket goes.
    async fn close<S>(self, stream: &mut S) -> io::Result<()>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        if self == Self::Close {
            stream.shutdown().await?;
            // In vain where the client stays: then it had its time to read.
            let _ = timeout(LINGER, until_gone(stream)).await;
        }
        Ok(())
    }
}

/// Reads and forgets.
async fn until_gone<S: AsyncRead + Unpin>(stream: &mut S) {
    let mut chunk = vec![0; CHUNK];
    while stream.read(&mut chunk).await.is_ok_and(|octets| octets > 0) {}
}

#[cfg(test)]
mod tests {
    use tokio::io::duplex;
    use tokio::sync::mpsc::unbounded_channel;
    use tokio::time::Instant;

    use super::super::facts::Facts;
    use super::super::scenario::Scenario;
    use super::*;

    fn connection(scenario: Scenario) -> Connection {
        let [front_end, back_end, forest, session_id, client, greeting_time, trace_time] = Default::default();
        let facts = Facts { front_end, back_end, forest, session_id, client, greeting_time, trace_time };
        Connection {
            session: Session::new(scenario.into(), facts),
            reports: unbounded_channel().0,
            taken: unbounded_channel().0,
            delays: true,
            rate: scenario.reading_rate(),
        }
    }

    /// What a client hears that says this at once and nothing more, and how long that takes.
    async fn hears(scenario: Scenario, words: &[u8]) -> (String, Duration) {
        let (mut server, mut client) = duplex(8192);
        let mut connection = connection(scenario);
        let begun = Instant::now();
        let serve = async {
            let end = connection.talk(&mut server, Vec::new()).await.unwrap();
            assert_eq!(end, End::Close);
            drop(server);
        };
        let listen = async {
            client.write_all(words).await.unwrap();
            let mut heard = String::new();
            client.read_to_string(&mut heard).await.unwrap();
            heard
        };
        let (heard, ()) = tokio::join!(listen, serve);
        (heard, begun.elapsed())
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_falls_silent_is_let_go_after_five_minutes() {
        let (heard, time) = hears(Scenario::ACCEPTS, b"NOO").await;

        assert_eq!(heard, "421 4.4.1 Connection timed out\r\n");
        assert_eq!(time.as_secs(), 300);
    }

    #[tokio::test(start_paused = true)]
    async fn refusals_take_their_time() {
        let (heard, time) = hears(Scenario::ACCEPTS, b"SING\r\nQUIT\r\n").await;

        assert!(heard.starts_with("500 5.3.3"), "{heard}");
        assert_eq!(time.as_secs(), 5);
    }

    #[tokio::test(start_paused = true)]
    async fn the_slow_server_reads_400_octets_a_millisecond_and_answers_after_300() {
        let (_, time) =
            hears("slow".parse().unwrap(), &[&[b' '; 8000 - 8][..], b"\r\nQUIT\r\n"].concat()).await;

        assert_eq!(time.as_millis(), 20 + 5000 + 300 + 300);
    }
}
