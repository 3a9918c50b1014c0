//! From a name to a TCP stream: look-up, then the addresses with a head start for the first, then a proxy's own handshake.

use std::future::{Future, poll_fn};
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use socket2::{SockRef, TcpKeepalive};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::{Instant, sleep, timeout};
use tokio_socks::TargetAddr;

use crate::mail::outcome::Step;
use crate::mail::proxy::ProxyKind;
use crate::mail::text::Shown;
use crate::mail::transcript::{Kind, Line, Mark, Wire};

use super::error::SmtpError;
use super::proxy::{Way, pass_through, silent, unreached};
use super::{Event, Events, limits};

/// Octets that may wait in the kernel, unsent.
const UNSENT: u32 = 64 * 1024;

/// Where to.
#[derive(Clone, Copy)]
pub struct Target<'a> {
    pub host: &'a str,
    pub port: u16,
    /// Refuse every address that is not this machine: a session without TLS.
    pub loopback_only: bool,
    /// The proxy through which it goes.
    pub way: Option<Way<'a>>,
}

/// How long look-up and connect took.
pub(super) type Times = Vec<(Step, Duration)>;

/// A stream to the first address that answers, with the time of each step. `began` is the start of the transcript.
pub async fn connect(
    target: Target<'_>,
    events: &Events,
    began: Instant,
) -> Result<(TcpStream, Times), (Step, SmtpError)> {
    let tell = Tell { events, began };
    let Target { host, port, .. } = target;
    tell.step(Step::Lookup);
    let start = Instant::now();
    let (near, far) = target.places();
    // Where there is a proxy, it is the proxy that was not found or not reached: the server was never asked.
    let of_proxy = |error| match far {
        Some(way) => unreached(way, error),
        None => error,
    };
    let addresses = look_up(near.0, near.1, target.loopback_only).await;
    let addresses = addresses.map_err(|error| (Step::Lookup, of_proxy(error)))?;
    let to = match far {
        Some(way) if way.server.kind == ProxyKind::Socks5 => {
            let found = look_up(host, port, false).await.map_err(|error| (Step::Lookup, error))?;
            found.first().copied().map(|address| (way, TargetAddr::Ip(address)))
        }
        Some(way) => Some((way, TargetAddr::Domain(host.into(), port))),
        None => None,
    };
    let looked_up = start.elapsed();
    tell.step(Step::Connect);
    let start = Instant::now();
    let connected = async {
        let stream = race(near, addresses, &tell).await.map_err(of_proxy)?;
        let Some((way, to)) = to else { return Ok(stream) };
        let passed = timeout(limits::CONNECT, pass_through(stream, way, to)).await;
        let stream = passed.unwrap_or_else(|_elapsed| Err(silent(way)))?;
        tell.note(Kind::Note, &format!("the proxy {} connects to {host}:{port}", way.server));
        Ok(stream)
    };
    match connected.await {
        Ok(stream) => Ok((stream, vec![(Step::Lookup, looked_up), (Step::Connect, start.elapsed())])),
        Err(error) => Err((Step::Connect, error)),
    }
}

impl<'a> Target<'a> {
    /// What is connected to, and the proxy that goes on from there. This machine is never reached by a detour.
    fn places(&self) -> ((&'a str, u16), Option<Way<'a>>) {
        match self.way.filter(|_| !self.loopback_only) {
            Some(way) => ((&way.server.host, way.server.port), Some(way)),
            None => ((self.host, self.port), None),
        }
    }
}

/// The addresses of a name, IPv6 and IPv4 in turn as RFC 8305 section 4 has them, the family of the first one first.
pub(super) async fn look_up(
    host: &str,
    port: u16,
    loopback_only: bool,
) -> Result<Vec<SocketAddr>, SmtpError> {
    let not_found = |why: String| SmtpError::NameNotFound { host: host.to_owned(), why };
    let addresses: Vec<SocketAddr> = match host.trim_matches(['[', ']']).parse::<IpAddr>() {
        Ok(address) => vec![SocketAddr::new(address, port)],
        Err(_a_name) => {
            let found = timeout(limits::LOOKUP, lookup_host((host, port))).await;
            let found = found.map_err(|_elapsed| SmtpError::TimedOut {
                doing: "looking up the server",
                limit: limits::LOOKUP,
            })?;
            in_turn(found.map_err(|error| not_found(error.to_string()))?.collect())
        }
    };
    if loopback_only && !addresses.iter().all(|address| address.ip().is_loopback()) {
        return Err(SmtpError::Config(format!(
            "{host} is not this machine, so nothing is sent to it in the clear"
        )));
    }
    Ok(addresses)
}

fn in_turn(addresses: Vec<SocketAddr>) -> Vec<SocketAddr> {
    let is_first_v6 = addresses.first().is_some_and(SocketAddr::is_ipv6);
    let (first, second): (Vec<_>, Vec<_>) =
        addresses.into_iter().partition(|address| address.is_ipv6() == is_first_v6);
    let mut turns = Vec::with_capacity(limits::ADDRESSES);
    let (mut first, mut second) = (first.into_iter(), second.into_iter());
    while turns.len() < limits::ADDRESSES {
        let before = turns.len();
        turns.extend(first.next());
        turns.extend(second.next());
        if turns.len() == before {
            break;
        }
    }
    turns.truncate(limits::ADDRESSES);
    turns
}

pub(super) type Opening = Pin<Box<dyn Future<Output = Result<TcpStream, SmtpError>> + Send>>;

/// The first that answers. Each address has a head start before the next is tried beside it (RFC 8305 section 5), and none
/// once it failed.
async fn race(
    place: (&str, u16),
    addresses: Vec<SocketAddr>,
    tell: &Tell<'_>,
) -> Result<TcpStream, SmtpError> {
    let (host, port) = place;
    let mut last = SmtpError::NameNotFound { host: host.to_owned(), why: "it has no address".into() };
    let mut waiting = addresses.into_iter().peekable();
    let mut running: Vec<(SocketAddr, Opening)> = Vec::new();
    loop {
        if let Some(address) = waiting.next() {
            tell.note(Kind::Note, &format!("connecting to {host}:{port} ({})", address.ip()));
            running.push((address, Box::pin(open(address))));
        }
        if running.is_empty() {
            return Err(last);
        }
        tokio::select! {
            biased;
            (address, opened) = first(&mut running) => match opened {
                Ok(stream) => {
                    tell.note(Kind::Note, &format!("connected to {address}"));
                    return Ok(stream);
                }
                Err(error) => {
                    tell.note(Kind::Error, &error.to_string());
                    last = error;
                }
            },
            () = sleep(limits::HEAD_START), if waiting.peek().is_some() => {}
        }
    }
}

/// The one that is done first, taken out of the others.
pub(super) async fn first(
    running: &mut Vec<(SocketAddr, Opening)>,
) -> (SocketAddr, Result<TcpStream, SmtpError>) {
    poll_fn(|cx| {
        for position in 0..running.len() {
            if let Poll::Ready(opened) = running[position].1.as_mut().poll(cx) {
                let (address, _) = running.swap_remove(position);
                return Poll::Ready((address, opened));
            }
        }
        Poll::Pending
    })
    .await
}

/// Opens a socket and sets it up for short commands and honest progress.
pub(super) async fn open(address: SocketAddr) -> Result<TcpStream, SmtpError> {
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

/// Where to say what happens, and since when.
pub(super) struct Tell<'a> {
    pub(super) events: &'a Events,
    pub(super) began: Instant,
}

impl Tell<'_> {
    pub(super) fn step(&self, step: Step) {
        let _ = self.events.send(Event::Wire(Wire::Step(step)));
    }

    pub(super) fn note(&self, kind: Kind, text: &str) {
        let mark = if kind == Kind::Error { Mark::Error } else { Mark::Note };
        let line = Line { at: self.began.elapsed(), took: None, mark, kind, text: Shown::new(text) };
        let _ = self.events.send(Event::Wire(Wire::Line(line)));
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use tokio::net::{TcpListener, TcpSocket};
    use tokio::sync::mpsc::unbounded_channel;

    use super::*;

    fn places(text: &str) -> Vec<SocketAddr> {
        text.split(' ').map(|address| address.parse().unwrap()).collect()
    }

    #[test]
    fn both_families_have_their_turn_and_there_is_an_end_to_it() {
        let found = places("[::1]:1 [::2]:1 [::3]:1 1.1.1.1:1 1.1.1.2:1");
        assert_eq!(in_turn(found), places("[::1]:1 1.1.1.1:1 [::2]:1 1.1.1.2:1 [::3]:1"));
        let many: Vec<SocketAddr> =
            (0..1_000_u32).map(|n| SocketAddr::from((Ipv4Addr::from(0x7f00_0001 + n), 1))).collect();
        assert_eq!(in_turn(many).len(), limits::ADDRESSES);
        assert!(in_turn(Vec::new()).is_empty());
    }

    async fn winner(addresses: Vec<SocketAddr>) -> (Result<SocketAddr, SmtpError>, usize) {
        let (events, mut inbox) = unbounded_channel();
        let tell = Tell { events: &events, began: Instant::now() };
        let won = race(("mail.contoso.com", 587), addresses, &tell).await;
        drop(events);
        let mut lines = 0;
        while inbox.recv().await.is_some() {
            lines += 1;
        }
        (won.map(|stream| stream.peer_addr().unwrap()), lines)
    }

    #[tokio::test]
    async fn an_address_that_refuses_makes_way_for_the_next() {
        let good = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (won, lines) = winner(vec![good, listener.local_addr().unwrap()]).await;
        assert_eq!((won.unwrap(), lines), (listener.local_addr().unwrap(), 4), "the first was let go before");
    }

    #[tokio::test]
    async fn an_address_that_says_nothing_does_not_hold_up_the_others() {
        // A queue of one that nobody serves: the second call is not answered.
        let deaf = TcpSocket::new_v4().unwrap();
        deaf.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let deaf = deaf.listen(0).unwrap();
        let silent = deaf.local_addr().unwrap();
        let _first = TcpStream::connect(silent).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (won, _) = winner(vec![silent, listener.local_addr().unwrap()]).await;
        assert_eq!(won.unwrap(), listener.local_addr().unwrap());
    }

    #[tokio::test]
    async fn without_any_that_answers_the_last_word_counts() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let gone = listener.local_addr().unwrap();
        drop(listener);
        assert!(matches!(winner(vec![gone, gone]).await.0, Err(SmtpError::Connect { .. })));
        assert!(matches!(winner(Vec::new()).await.0, Err(SmtpError::NameNotFound { .. })));
    }
}
