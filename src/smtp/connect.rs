//! From a name to a TCP stream: look-up, then each address in turn.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use socket2::{SockRef, TcpKeepalive};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::{Instant, timeout};

use crate::mail::outcome::Step;
use crate::mail::text::Shown;
use crate::mail::transcript::{Kind, Line, Mark, Wire};

use super::error::SmtpError;
use super::{Event, Events, limits};

/// Octets that may wait in the kernel, unsent.
const UNSENT: u32 = 64 * 1024;

/// Where to.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    pub host: &'a str,
    pub port: u16,
    /// Refuse every address that is not this machine: a session without TLS.
    pub loopback_only: bool,
}

/// How long look-up and connect took.
pub(super) type Times = Vec<(Step, Duration)>;

/// A stream to the first address that answers, with the time of each step. `began` is the start of the transcript.
pub async fn connect(
    target: Target<'_>,
    events: &Events,
    began: Instant,
) -> Result<(TcpStream, Times), (Step, SmtpError)> {
    let Target { host, port, .. } = target;
    step(events, Step::Lookup);
    let start = Instant::now();
    let addresses = look_up(target).await.map_err(|error| (Step::Lookup, error))?;
    let looked_up = start.elapsed();
    step(events, Step::Connect);
    let start = Instant::now();
    let mut last = SmtpError::NameNotFound { host: host.to_owned(), why: "it has no address".into() };
    for address in addresses {
        note(events, began, Kind::Note, &format!("connecting to {host}:{port} ({})", address.ip()));
        match open(address).await {
            Ok(stream) => {
                note(events, began, Kind::Note, &format!("connected to {address}"));
                return Ok((stream, vec![(Step::Lookup, looked_up), (Step::Connect, start.elapsed())]));
            }
            Err(error) => {
                note(events, began, Kind::Error, &error.to_string());
                last = error;
            }
        }
    }
    Err((Step::Connect, last))
}

async fn look_up(target: Target<'_>) -> Result<Vec<SocketAddr>, SmtpError> {
    let Target { host, port, loopback_only } = target;
    let not_found = |why: String| SmtpError::NameNotFound { host: host.to_owned(), why };
    let addresses: Vec<SocketAddr> = match host.trim_matches(['[', ']']).parse::<IpAddr>() {
        Ok(address) => vec![SocketAddr::new(address, port)],
        Err(_a_name) => {
            let found = timeout(limits::LOOKUP, lookup_host((host, port))).await;
            let found = found.map_err(|_elapsed| SmtpError::TimedOut {
                doing: "looking up the server",
                limit: limits::LOOKUP,
            })?;
            found.map_err(|error| not_found(error.to_string()))?.take(limits::ADDRESSES).collect()
        }
    };
    if loopback_only && !addresses.iter().all(|address| address.ip().is_loopback()) {
        return Err(SmtpError::Config(format!(
            "{host} is not this machine, so nothing is sent to it in the clear"
        )));
    }
    Ok(addresses)
}

async fn open(address: SocketAddr) -> Result<TcpStream, SmtpError> {
    let wrong = |why| SmtpError::Connect { to: address.to_string(), why };
    let stream = match timeout(limits::CONNECT, TcpStream::connect(address)).await {
        Ok(connected) => connected.map_err(wrong)?,
        Err(_elapsed) => return Err(wrong(std::io::ErrorKind::TimedOut.into())),
    };
    // Commands are short and each waits for an answer: Nagle's delay would be added to every round trip.
    stream.set_nodelay(true).map_err(wrong)?;
    let keepalive =
        TcpKeepalive::new().with_time(Duration::from_mins(1)).with_interval(Duration::from_secs(15));
    let socket = SockRef::from(&stream);
    socket.set_tcp_keepalive(&keepalive).map_err(wrong)?;
    // Else the kernel swallows a megabyte at once, and the progress bar tells of what is still on this machine.
    #[cfg(target_os = "linux")]
    socket.set_tcp_notsent_lowat(UNSENT).map_err(wrong)?;
    Ok(stream)
}

fn step(events: &Events, step: Step) {
    let _ = events.send(Event::Wire(Wire::Step(step)));
}

fn note(events: &Events, began: Instant, kind: Kind, text: &str) {
    let mark = if kind == Kind::Error { Mark::Error } else { Mark::Note };
    let line = Line { at: began.elapsed(), took: None, mark, kind, text: Shown::new(text) };
    let _ = events.send(Event::Wire(Wire::Line(line)));
}
