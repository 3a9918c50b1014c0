//! The sockets: HTTPS on loopback, one request a connection. The service has one owner; connections ask it.

use std::io;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use socket2::SockRef;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::sync::{oneshot, watch};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::answer::{Answer, Manner};
use super::request::{Reading, Request};
use super::scenario::SignInScenario;
use super::service::Service;
use crate::sandbox::server::Report;
use crate::sandbox::tokens::Issued;

/// Connections served at a time; others wait to be let in.
const CONNECTIONS: usize = 32;
/// How long a client may take for its handshake and its whole request.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a client may take to read the answer, however it comes.
const READING: Duration = Duration::from_mins(5);
/// How long the service waits for the client to go.
const LINGER: Duration = Duration::from_secs(2);
/// The wait before the next try when the system cannot give us a socket.
const BREATH: Duration = Duration::from_millis(100);

/// Where the service listens.
pub(in crate::sandbox) struct Door {
    pub(in crate::sandbox) listener: TcpListener,
    pub(in crate::sandbox) tls: TlsAcceptor,
}

type Question = (Request, oneshot::Sender<Answer>);

impl Door {
    /// Serves until it is dropped. Tokens go to `tokens` before the client has them; what clients do wrong, to `reports`.
    pub(in crate::sandbox) async fn serve(
        self,
        mut service: Service,
        scenario: watch::Receiver<SignInScenario>,
        now: fn() -> Timestamp,
        tokens: watch::Sender<Vec<Issued>>,
        reports: UnboundedSender<Report>,
    ) {
        let mut connections = JoinSet::new();
        let (ask, mut questions) = unbounded_channel::<Question>();
        let mut until = None;
        loop {
            tokio::select! {
                accepted = self.listener.accept(), if connections.len() < CONNECTIONS => match accepted {
                    Ok((tcp, _)) => {
                        connections.spawn(serve(tcp, self.tls.clone(), ask.clone()));
                    }
                    Err(_) => sleep(BREATH).await,
                },
                Some(_) = connections.join_next() => {}
                Some((request, reply)) = questions.recv() => {
                    let today = *scenario.borrow();
                    let answer = service.answer(&request, today, now());
                    for objection in service.objections() {
                        let _ = reports.send(Report::Violation(objection));
                    }
                    until = service.expire(now());
                    tokens.send_replace(service.issued().to_vec());
                    // A client that has gone needs no answer.
                    let _ = reply.send(answer);
                }
                () = wait(until, now()) => {
                    until = service.expire(now());
                    tokens.send_replace(service.issued().to_vec());
                }
            }
        }
    }
}

/// Until then, or for ever.
async fn wait(until: Option<Timestamp>, now: Timestamp) {
    match until {
        Some(until) => {
            let left = until.duration_since(now).max(SignedDuration::from_millis(10));
            sleep(left.unsigned_abs()).await;
        }
        None => std::future::pending().await,
    }
}

/// One client, one request, one answer.
async fn serve(tcp: TcpStream, tls: TlsAcceptor, ask: UnboundedSender<Question>) -> io::Result<()> {
    tcp.set_nodelay(true)?;
    let heard = timeout(PATIENCE, async {
        let mut stream = tls.accept(tcp).await?;
        let reading = read(&mut stream).await?;
        io::Result::Ok((stream, reading))
    });
    let (mut stream, reading) = heard.await??;
    let answer = match reading {
        Reading::Whole(request) => {
            let (reply, answered) = oneshot::channel();
            let _ = ask.send((request, reply));
            answered.await.map_err(io::Error::other)?
        }
        Reading::Refused(status) => Answer::bare(status),
        Reading::More => return Ok(()),
    };
    timeout(READING, write(&mut stream, &answer)).await??;
    if answer.manner == Manner::Reset {
        return SockRef::from(stream.get_ref().0).set_linger(Some(Duration::ZERO));
    }
    stream.shutdown().await?;
    let _ = timeout(LINGER, until_gone(&mut stream)).await;
    Ok(())
}

/// The request, or how far it got when the client went.
async fn read(stream: &mut TlsStream<TcpStream>) -> io::Result<Reading> {
    let mut octets = Vec::new();
    loop {
        if stream.read_buf(&mut octets).await? == 0 {
            return Ok(Reading::More);
        }
        match Request::read(&octets) {
            Reading::More => {}
            whole => return Ok(whole),
        }
    }
}

async fn write(stream: &mut TlsStream<TcpStream>, answer: &Answer) -> io::Result<()> {
    const SPACES: [u8; 16 * 1024] = [b' '; 16 * 1024];
    let octets = answer.octets();
    match answer.manner {
        Manner::Whole => stream.write_all(&octets).await?,
        Manner::Padded(spaces) => {
            stream.write_all(&octets).await?;
            for _ in 0..spaces / SPACES.len() {
                stream.write_all(&SPACES).await?;
            }
            stream.write_all(&SPACES[..spaces % SPACES.len()]).await?;
        }
        Manner::Dripping => {
            for octet in octets {
                stream.write_all(&[octet]).await?;
                stream.flush().await?;
                sleep(Duration::from_secs(1)).await;
            }
        }
        Manner::Silent => until_gone(stream).await,
        Manner::Reset => {}
    }
    stream.flush().await
}

/// Reads and forgets.
async fn until_gone(stream: &mut TlsStream<TcpStream>) {
    let mut chunk = [0; 4096];
    while stream.read(&mut chunk).await.is_ok_and(|octets| octets > 0) {}
}
