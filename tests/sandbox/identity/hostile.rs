//! Requests that are too long, too short, or none.

use sendoff::sandbox::identity::{Reading, Request};

use super::posted;

fn status(octets: &str) -> Option<u16> {
    match Request::read(octets.as_bytes()) {
        Reading::Refused(status) => Some(status),
        Reading::More | Reading::Whole(_) => None,
    }
}

fn post(headers: &str) -> String {
    format!("POST /token HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n")
}

const FORM: &str = "Content-Type: application/x-www-form-urlencoded\r\n";

#[test]
fn what_is_out_of_bounds_is_refused_by_its_status() {
    let long = "a".repeat(16 * 1024);
    for (octets, expected) in [
        (format!("GET /{long} HTTP/1.1\r\n"), 431),
        (format!("GET / HTTP/1.1\r\nCookie: {long}\r\n\r\n"), 431),
        (format!("GET / HTTP/1.1\r\n{}\r\n", "A: b\r\n".repeat(65)), 431),
        (post(FORM), 411),
        (post(&format!("{FORM}Content-Length: 1\r\nContent-Length: 2\r\n")), 411),
        (post(&format!("{FORM}Transfer-Encoding: chunked\r\n")), 501),
        (post(&format!("{FORM}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n")), 501),
        (post(&format!("{FORM}Content-Length: 65537\r\n")), 413),
        (post(&format!("{FORM}Content-Length: -1\r\n")), 400),
        (post(&format!("{FORM}Content-Length: +1\r\n")), 400),
        (post(&format!("{FORM}Content-Length: 99999999999999999999999\r\n")), 400),
        (post("Content-Length: 0\r\n"), 415),
        (post("Content-Type: application/json\r\nContent-Length: 0\r\n"), 415),
        ("BREW / HTTP/1.1\r\n\r\n".to_owned(), 405),
        ("GET http://localhost/ HTTP/1.1\r\n\r\n".to_owned(), 400),
        ("EHLO [127.0.0.1]\r\n".to_owned(), 400),
        ("\x16\x03\x01".to_owned(), 400),
    ] {
        assert_eq!(status(&octets), Some(expected), "{}", &octets[..octets.len().min(100)]);
    }
}

#[test]
fn a_request_may_be_chopped_anywhere() {
    let whole = posted("/common/oauth2/v2.0/token?a=b%20c", &[("scope", "x y&z"), ("state", "\u{e4}\n")]);
    for cut in 0..whole.len() {
        assert_eq!(Request::read(&whole.as_bytes()[..cut]), Reading::More, "cut at {cut}");
    }
    let Reading::Whole(request) = Request::read(whole.as_bytes()) else { panic!("it is whole") };
    assert_eq!((request.path.as_str(), request.query.get("a")), ("/common/oauth2/v2.0/token", "b c"));
    assert_eq!((request.form.get("scope"), request.form.get("state")), ("x y&z", "\u{e4}\n"));
    assert_eq!((request.form.get("none"), request.form.repeated()), ("", None));
}
