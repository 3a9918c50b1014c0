//! A request of HTTP/1.1, read with bounds. What is out of bounds is refused by its status alone (RFC 9110, section 15.5).

use httparse::{EMPTY_HEADER, Status};
use oauth2::url::form_urlencoded;

/// Octets of the request line and all headers.
const HEAD: usize = 16 * 1024;
/// Headers of one request.
const HEADERS: usize = 64;
/// Octets of a form.
const FORM: usize = 64 * 1024;

/// What somebody asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub is_post: bool,
    pub path: String,
    /// What stands behind the question mark.
    pub query: Fields,
    /// The body, empty in a GET.
    pub form: Fields,
}

/// Names and values in their order, decoded from `application/x-www-form-urlencoded`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(pub Vec<(String, String)>);

/// How far the octets so far go.
#[derive(Debug, PartialEq, Eq)]
pub enum Reading {
    /// Not to the end.
    More,
    Whole(Request),
    /// Nothing more is read: the answer has this status.
    Refused(u16),
}

impl Fields {
    fn decode(text: &[u8]) -> Self {
        let pairs = form_urlencoded::parse(text);
        Self(pairs.map(|(name, value)| (name.into_owned(), value.into_owned())).collect())
    }

    /// The value, empty where there is none: both mean the same (RFC 6749, section 3.1).
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// A name that stands there twice, which RFC 6749 forbids.
    pub fn repeated(&self) -> Option<&str> {
        let names = || self.0.iter().map(|(name, _)| name.as_str());
        names()
            .enumerate()
            .find(|(nth, name)| names().take(*nth).any(|known| known == *name))
            .map(|(_, name)| name)
    }
}

impl Request {
    /// Reads a request from the octets that have come.
    pub fn read(octets: &[u8]) -> Reading {
        let mut headers = [EMPTY_HEADER; HEADERS];
        let mut head = httparse::Request::new(&mut headers);
        let length = match head.parse(octets) {
            Ok(Status::Complete(length)) => length,
            Ok(Status::Partial) if octets.len() < HEAD => return Reading::More,
            Ok(Status::Partial) | Err(httparse::Error::TooManyHeaders) => return Reading::Refused(431),
            Err(_) => return Reading::Refused(400),
        };
        if length > HEAD {
            return Reading::Refused(431);
        }
        match Self::behind(&head, &octets[length..]) {
            Ok(Some(request)) => Reading::Whole(request),
            Ok(None) => Reading::More,
            Err(status) => Reading::Refused(status),
        }
    }

    /// The whole request, once its form is there.
    fn behind(head: &httparse::Request<'_, '_>, rest: &[u8]) -> Result<Option<Self>, u16> {
        let target = head.path.unwrap_or_default();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let is_post = match head.method.unwrap_or_default() {
            "GET" => false,
            "POST" => true,
            _ => return Err(405),
        };
        if !path.starts_with('/') {
            return Err(400);
        }
        if !of(head, "transfer-encoding").is_empty() {
            return Err(501);
        }
        let form = if is_post { form(head)? } else { 0 };
        let Some(form) = rest.get(..form) else { return Ok(None) };
        let query = Fields::decode(query.as_bytes());
        Ok(Some(Self { is_post, path: path.to_owned(), query, form: Fields::decode(form) }))
    }
}

/// How long the form is.
fn form(head: &httparse::Request<'_, '_>) -> Result<usize, u16> {
    let [length] = of(head, "content-length")[..] else { return Err(411) };
    let digits = str::from_utf8(length).ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    let length = digits.and_then(|digits| digits.parse().ok()).ok_or(400_u16)?;
    if length > FORM {
        return Err(413);
    }
    let [kind] = of(head, "content-type")[..] else { return Err(415) };
    let kind = kind.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
    if kind.eq_ignore_ascii_case(b"application/x-www-form-urlencoded") { Ok(length) } else { Err(415) }
}

fn of<'h>(head: &httparse::Request<'_, 'h>, name: &str) -> Vec<&'h [u8]> {
    head.headers
        .iter()
        .filter(|header| header.name.eq_ignore_ascii_case(name))
        .map(|header| header.value)
        .collect()
}
