//! A port of this machine to which the browser comes back, once (RFC 8252 section 7.3).
//!
//! The browser opens connections that it never uses, extensions and other programs knock: so several callers are heard at once,
//! and whoever does not bring the one right answer is refused while the wait goes on.

mod head;

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout, timeout_at};
use zeroize::Zeroizing;

use super::SignInError;
use super::code::{Answer, Authorization};
use crate::mail::oauth::Way;
use crate::mail::secret::Secret;
use head::Head;

/// How long the port is open.
const LIFE: Duration = Duration::from_mins(2);
/// How long a caller may take for its request, and how long that may be. Codes of Microsoft have about 1500 octets.
const PATIENCE: Duration = Duration::from_secs(10);
const LONGEST: usize = 16 * 1024;
const PAUSE: Duration = Duration::from_millis(100);
/// Callers at once; others wait in the queue of the port.
const CALLERS: usize = 16;
/// Ports that are tried until one is free for both kinds of addresses.
const TRIES: usize = 8;

/// A listening port. It closes when this goes, at the latest two minutes after it was opened.
pub struct Loopback {
    v4: TcpListener,
    /// Browsers try `localhost` here first; none on a machine without IPv6.
    v6: Option<TcpListener>,
    port: u16,
    until: Instant,
}

impl Loopback {
    /// Opens a random port on 127.0.0.1, and the same one on `::1` where there is such an address.
    pub async fn bind() -> Result<Self, SignInError> {
        let refused = |error: io::Error| SignInError::NoPort(error.kind().to_string());
        for _ in 0..TRIES {
            let v4 = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(refused)?;
            let port = v4.local_addr().map_err(refused)?.port();
            let v6 = match TcpListener::bind((Ipv6Addr::LOCALHOST, port)).await {
                Ok(listener) => Some(listener),
                // Somebody else listens there, and would be given the code.
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => continue,
                Err(_no_such_address) => None,
            };
            return Ok(Self { v4, v6, port, until: Instant::now() + LIFE });
        }
        Err(SignInError::NoPort("other programs hold the ports".to_owned()))
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// As Microsoft wants it: `http://localhost` is registered, and any port of it is then accepted.
    pub fn redirect(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// Waits for the browser that was sent to `asked.url`, tells it that it may close, and returns the address that it called, for
    /// [`super::Client::redeem`]. Closes the port.
    pub async fn wait(self, asked: &Authorization) -> Result<Secret, SignInError> {
        let over = |_elapsed| SignInError::Expired(Way::Loopback);
        timeout_at(self.until, self.answer(asked.state())).await.map_err(over)
    }

    async fn answer(&self, state: &str) -> Secret {
        let door =
            Arc::new(Door { port: self.port, state: state.to_owned(), is_answered: AtomicBool::new(false) });
        // These tasks live as long as the set, which is no longer than this call.
        let mut callers = JoinSet::new();
        loop {
            tokio::select! {
                Some(done) = callers.join_next(), if !callers.is_empty() => {
                    if let Ok(Some(address)) = done {
                        return address;
                    }
                }
                arrived = self.caller(), if callers.len() < CALLERS => match arrived {
                    Ok(stream) => {
                        let door = Arc::clone(&door);
                        callers.spawn(async move { door.hear(stream).await });
                    }
                    // Out of file descriptors, say: that may pass, and must not be asked about without pause.
                    Err(_refused) => sleep(PAUSE).await,
                },
            }
        }
    }

    async fn caller(&self) -> io::Result<impl AsyncRead + AsyncWrite + Unpin + Send + use<>> {
        let (stream, _from) = match &self.v6 {
            Some(v6) => tokio::select! { one = self.v4.accept() => one, other = v6.accept() => other },
            None => self.v4.accept().await,
        }?;
        Ok(stream)
    }
}

/// What all callers have in common.
struct Door {
    port: u16,
    state: String,
    is_answered: AtomicBool,
}

impl Door {
    /// Hears one caller out. Returns the address that it called if that is the answer.
    async fn hear<S: AsyncRead + AsyncWrite + Unpin>(&self, mut stream: S) -> Option<Secret> {
        let head = timeout(PATIENCE, read(&mut stream)).await.ok()??;
        let judged = self.judge(&head);
        let reply = match &judged {
            Ok(_) => head::page("200 OK", "You can close this", "The rest happens in sendoff."),
            Err(status) => {
                head::page(status, "Not here", "sendoff waits for an answer to a sign-in, and this is none.")
            }
        };
        let told = async {
            stream.write_all(reply.as_bytes()).await?;
            stream.shutdown().await
        };
        // Whether the browser still listens makes no difference to the code.
        let _ = timeout(PATIENCE, told).await;
        judged.ok()
    }

    fn judge(&self, head: &[u8]) -> Result<Secret, &'static str> {
        let head = Head::read(head).ok_or("400 Bad Request")?;
        if !head.is_for(self.port) {
            return Err("421 Misdirected Request");
        }
        if head.method != "GET" {
            return Err("405 Method Not Allowed");
        }
        let query = head.target.strip_prefix("/?").ok_or("404 Not Found")?;
        let answer = Answer::read(query).map_err(|_odd| "400 Bad Request")?;
        let is_ours = answer.state.as_ref() == Some(&self.state);
        if !is_ours || answer.code.is_none() && answer.error.is_none() {
            return Err("403 Forbidden");
        }
        if self.is_answered.swap(true, Ordering::Relaxed) {
            return Err("410 Gone");
        }
        Ok(Secret::new(format!("http://localhost:{}/?{query}", self.port)))
    }
}

/// Reads to the empty line; `None` if the caller goes, or says too much.
async fn read(stream: &mut (impl AsyncRead + Unpin)) -> Option<Zeroizing<Vec<u8>>> {
    let mut head = Zeroizing::new(Vec::with_capacity(LONGEST));
    loop {
        if let Some(end) = memchr::memmem::find(&head, b"\r\n\r\n") {
            head.truncate(end);
            return Some(head);
        }
        let room = LONGEST - head.len();
        if room == 0 || stream.take(room as u64).read_buf(&mut *head).await.ok()? == 0 {
            return None;
        }
    }
}
