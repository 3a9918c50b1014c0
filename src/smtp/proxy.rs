//! Through a proxy: the handshake that makes it pass everything on. What comes behind that handshake is the server's, so not
//! one byte more is read than the proxy's own answer has.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_socks::TargetAddr;
use tokio_socks::tcp::Socks5Stream;
use zeroize::Zeroizing;

use crate::mail::proxy::{ProxyKind, ProxyServer};
use crate::mail::secret::Secret;
use crate::mail::text::Shown;

use super::error::SmtpError;
use super::limits;

/// Octets of a proxy's answer.
const ANSWER: usize = 8 * 1024;

/// A proxy and what it may want to know first.
#[derive(Clone, Copy)]
pub struct Way<'a> {
    pub server: &'a ProxyServer,
    /// User and password.
    pub login: Option<(&'a str, &'a Secret)>,
}

/// Asks the proxy at the other end of `stream` for a connection to `to`.
pub(super) async fn pass_through(
    stream: TcpStream,
    way: Way<'_>,
    to: TargetAddr<'_>,
) -> Result<TcpStream, SmtpError> {
    match way.server.kind {
        ProxyKind::Socks5 | ProxyKind::Socks5h => socks5(stream, way, to).await,
        ProxyKind::Http => http(stream, way, &to.to_string()).await,
    }
}

async fn socks5(stream: TcpStream, way: Way<'_>, to: TargetAddr<'_>) -> Result<TcpStream, SmtpError> {
    let connected = match way.login {
        Some((user, password)) => {
            Socks5Stream::connect_with_password_and_socket(stream, to, user, password.reveal()).await
        }
        None => Socks5Stream::connect_with_socket(stream, to).await,
    };
    connected.map(Socks5Stream::into_inner).map_err(|error| refused(way, &error.to_string()))
}

async fn http(mut stream: TcpStream, way: Way<'_>, to: &str) -> Result<TcpStream, SmtpError> {
    let mut request = Zeroizing::new(format!("CONNECT {to} HTTP/1.1\r\nHost: {to}\r\n"));
    if let Some((user, password)) = way.login {
        let login = Zeroizing::new(format!("{user}:{}", password.reveal()));
        let login = Zeroizing::new(STANDARD.encode(&*login));
        request.push_str("Proxy-Authorization: Basic ");
        request.push_str(&login);
        request.push_str("\r\n");
    }
    request.push_str("\r\n");
    stream.write_all(request.as_bytes()).await.map_err(|error| refused(way, &error.to_string()))?;
    let mut answer = Vec::with_capacity(256);
    while !answer.ends_with(b"\r\n\r\n") {
        if answer.len() == ANSWER {
            return Err(refused(way, "its answer is longer than 8 KiB"));
        }
        match stream.read_u8().await {
            Ok(byte) => answer.push(byte),
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
                return Err(refused(way, "it closed the connection"));
            }
            Err(error) => return Err(refused(way, &error.to_string())),
        }
    }
    let status = answer.split(|byte| *byte == b'\r').next().unwrap_or_default();
    let is_open = status.starts_with(b"HTTP/1.") && status.get(9..12).is_some_and(|code| code[0] == b'2');
    if is_open { Ok(stream) } else { Err(refused(way, Shown::from_bytes(status).as_str())) }
}

/// There is no connection to the proxy itself.
pub(super) fn unreached(way: Way<'_>, error: SmtpError) -> SmtpError {
    match error {
        SmtpError::Connect { why, .. } => refused(way, &format!("it is not reached: {why}")),
        SmtpError::NameNotFound { why, .. } => refused(way, &format!("it is not found: {why}")),
        SmtpError::TimedOut { .. } => refused(way, &format!("it is not reached: {error}")),
        other => other,
    }
}

/// It was reached, and did not say in time whether it connects.
pub(super) fn silent(way: Way<'_>) -> SmtpError {
    refused(way, &format!("no answer for {} s", limits::CONNECT.as_secs()))
}

fn refused(way: Way<'_>, why: &str) -> SmtpError {
    SmtpError::Proxy { proxy: way.server.to_string(), why: why.to_owned() }
}
