//! A proxy on a port of its own: SOCKS5 (RFC 1928, RFC 1929) or HTTP CONNECT (RFC 9110 section 9.3.6). It leads every name to
//! one port of this machine, or nowhere, and writes down what it was asked for.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What it speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Speech {
    Socks5,
    Http,
}

#[derive(Clone)]
pub(crate) struct Proxy {
    speech: Speech,
    pub(crate) port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

/// What it does with whoever comes.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Leads {
    /// Here, on this port of this machine.
    To(u16),
    /// The same for those alone who say `ana` and `p@ss`.
    KnownTo(u16),
    Nowhere,
}

impl Proxy {
    pub(crate) fn start(speech: Speech, leads: Leads) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let proxy = Self { speech, port, asked: Arc::default() };
        let serving = proxy.clone();
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let proxy = serving.clone();
                // Who hangs up in the middle has no more to ask.
                std::thread::spawn(move || proxy.serve(client, leads));
            }
        });
        proxy
    }

    /// As `proxy =` and `ALL_PROXY` name it, with this before its place (`ana:secret@`).
    pub(crate) fn url(&self, login: &str) -> String {
        let scheme = if self.speech == Speech::Http { "http" } else { "socks5h" };
        format!("{scheme}://{login}127.0.0.1:{}", self.port)
    }

    /// Every place that it was asked to connect to, `host:port`.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    fn serve(&self, mut client: TcpStream, leads: Leads) -> Option<()> {
        let (place, is_known) = match self.speech {
            Speech::Socks5 => socks5(&mut client, matches!(leads, Leads::KnownTo(_)))?,
            Speech::Http => http(&client)?,
        };
        self.asked.lock().unwrap().push(place);
        let server = match leads {
            Leads::To(port) => Some(port),
            Leads::KnownTo(port) => is_known.then_some(port),
            Leads::Nowhere => None,
        };
        let server = server.map(|port| TcpStream::connect(("127.0.0.1", port)).unwrap());
        let answer: &[u8] = match (self.speech, &server) {
            (Speech::Socks5, Some(_)) => &[5, 0, 0, 1, 127, 0, 0, 1, 0, 0],
            (Speech::Socks5, None) => &[5, 2, 0, 1, 0, 0, 0, 0, 0, 0],
            (Speech::Http, Some(_)) => b"HTTP/1.1 200 Go on\r\n\r\n",
            (Speech::Http, None) => b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n",
        };
        client.write_all(answer).ok()?;
        pass_on(client, server?);
        Some(())
    }
}

/// Both ways, until both are at their end.
fn pass_on(client: TcpStream, server: TcpStream) {
    let (mut back, mut forth) = (client.try_clone().unwrap(), server.try_clone().unwrap());
    let answers = std::thread::spawn(move || {
        let _ = std::io::copy(&mut forth, &mut back);
        let _ = back.shutdown(Shutdown::Write);
    });
    let (mut client, mut server) = (client, server);
    let _ = std::io::copy(&mut client, &mut server);
    let _ = server.shutdown(Shutdown::Write);
    let _ = answers.join();
}

/// The place that is asked for, and whether the right login came with it.
fn http(client: &TcpStream) -> Option<(String, bool)> {
    let mut lines = BufReader::new(client).lines();
    let place = lines.next()?.ok()?.strip_prefix("CONNECT ")?.strip_suffix(" HTTP/1.1")?.to_owned();
    let head: Vec<String> = lines.map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
    Some((place, head.iter().any(|line| line == "Proxy-Authorization: Basic YW5hOnBAc3M=")))
}

fn socks5(client: &mut TcpStream, wants_login: bool) -> Option<(String, bool)> {
    let methods = counted(client, 1)?;
    let method = if wants_login { 2 } else { 0 };
    if !methods.contains(&method) {
        client.write_all(&[5, 0xff]).ok()?;
        return None;
    }
    client.write_all(&[5, method]).ok()?;
    let mut is_known = false;
    if wants_login {
        let user = counted(client, 1)?;
        let password = counted(client, 0)?;
        is_known = user == b"ana" && password == b"p@ss";
        client.write_all(&[1, u8::from(!is_known)]).ok()?;
        if !is_known {
            return None;
        }
    }
    let mut head = [0; 4];
    client.read_exact(&mut head).ok()?;
    assert_eq!(head, [5, 1, 0, 3], "CONNECT to a name");
    let name = String::from_utf8(counted(client, 0)?).unwrap();
    let mut port = [0; 2];
    client.read_exact(&mut port).ok()?;
    Some((format!("{name}:{}", u16::from_be_bytes(port)), is_known))
}

/// A number of octets and the octets themselves, after `skipped` others.
fn counted(client: &mut TcpStream, skipped: usize) -> Option<Vec<u8>> {
    let mut head = vec![0; skipped + 1];
    client.read_exact(&mut head).ok()?;
    let mut octets = vec![0; usize::from(head[skipped])];
    client.read_exact(&mut octets).ok()?;
    Some(octets)
}
