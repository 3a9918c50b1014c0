//! The head of an HTTP request, as far as it is looked at, and the page that answers it (RFC 9112).

/// A request line and the one `Host`.
pub(super) struct Head<'a> {
    pub(super) method: &'a str,
    pub(super) target: &'a str,
    host: &'a str,
}

impl<'a> Head<'a> {
    /// `None` for what is not HTTP/1, and for less or more than one `Host`.
    pub(super) fn read(head: &'a [u8]) -> Option<Self> {
        let head = std::str::from_utf8(head).ok().filter(|head| head.is_ascii())?;
        let mut lines = head.split("\r\n");
        let mut words = lines.next()?.split(' ');
        let (method, target, version) = (words.next()?, words.next()?, words.next()?);
        if words.next().is_some() || !matches!(version, "HTTP/1.1" | "HTTP/1.0") {
            return None;
        }
        let fields = lines.filter_map(|line| line.split_once(':'));
        let mut hosts = fields.filter(|(name, _)| name.eq_ignore_ascii_case("host"));
        let (_, host) = hosts.next()?;
        hosts.next().is_none().then(|| Self { method, target, host: host.trim() })
    }

    /// Is it this port of this machine that was called? Another name is a page that had its own name point here.
    pub(super) fn is_for(&self, port: u16) -> bool {
        ["localhost", "127.0.0.1", "[::1]"]
            .iter()
            .any(|name| self.host.eq_ignore_ascii_case(&format!("{name}:{port}")))
    }
}

/// An answer that is complete, kept nowhere, and tells no other page where it was.
pub(super) fn page(status: &str, title: &str, text: &str) -> String {
    let body = format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>sendoff</title>\n<h1>{title}</h1>\n<p>{text}</p>\n"
    );
    let fields = "Content-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\n\
                  Content-Security-Policy: default-src 'none'\r\nConnection: close\r\n";
    format!("HTTP/1.1 {status}\r\n{fields}Content-Length: {}\r\n\r\n{body}", body.len())
}
