//! Handshakes by hand: records of TLS as no library would send them (RFC 8446, RFC 5246).

use std::fmt::Write as _;

use sendoff::mail::outcome::{Outcome, Trouble};

pub(super) struct Case {
    pub(super) name: String,
    /// What the server says to our first message.
    pub(super) script: String,
    pub(super) due: (Outcome, Trouble),
    pub(super) says: &'static str,
}

/// What a record holds.
const ALERT: u8 = 21;
const HANDSHAKE: u8 = 22;
const APPLICATION: u8 = 23;

const REFUSED: (Outcome, Trouble) = (Outcome::Failed, Trouble::Tls);

/// A record as a script says it.
fn record(kind: u8, version: [u8; 2], content: &[u8]) -> String {
    let length = u16::try_from(content.len()).unwrap().to_be_bytes();
    escaped(&[&[kind], version.as_slice(), &length, content].concat())
}

fn escaped(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "\\x{byte:02X}");
        text
    })
}

/// The first answer of a server: this version, this cipher suite, no extension.
fn server_hello(version: [u8; 2], suite: [u8; 2]) -> Vec<u8> {
    let hello = [version.as_slice(), &[7; 32], &[0], &suite, &[0]].concat();
    [&[2, 0, 0, u8::try_from(hello.len()).unwrap()], hello.as_slice()].concat()
}

fn case(name: impl Into<String>, script: String, says: &'static str) -> Case {
    Case { name: name.into(), script, due: REFUSED, says }
}

pub(super) fn broken() -> Vec<Case> {
    let mut cases = old_versions();
    cases.extend(alerts());
    cases.extend(out_of_place());
    cases.extend(without_end());
    cases
}

fn old_versions() -> Vec<Case> {
    // TLS_RSA_WITH_AES_128_CBC_SHA, which all of them had.
    let suite = [0, 0x2f];
    let hello = |name: &str, version: [u8; 2]| {
        let script = format!("S| {}", record(HANDSHAKE, version, &server_hello(version, suite)));
        case(name, script, "no TLS session with mail.contoso.com")
    };
    let weak = |name: &str, suite: [u8; 2]| {
        let script = format!("S| {}", record(HANDSHAKE, [3, 3], &server_hello([3, 3], suite)));
        case(name, script, "no TLS session with mail.contoso.com")
    };
    // SSL 2 has no records of this kind at all.
    let ssl2 = format!("S| {}", escaped(&[0x80, 0x0b, 4, 0, 1, 0, 2, 0, 0, 0, 0, 0, 0]));
    vec![
        case("SSL 2", ssl2, "is the port right?"),
        hello("SSL 3", [3, 0]),
        hello("TLS 1.0", [3, 1]),
        hello("TLS 1.1", [3, 2]),
        hello("a version to come", [3, 9]),
        hello("DTLS", [0xfe, 0xfd]),
        weak("RC4", [0, 5]),
        weak("3DES", [0, 0x0a]),
        weak("no encryption", [0, 2]),
        weak("no authentication", [0, 0x34]),
        weak("a suite that was not offered", [0xc0, 0x14]),
    ]
}

fn alerts() -> Vec<Case> {
    let alert = |level: u8, code: u8| format!("S| {}", record(ALERT, [3, 3], &[level, code]));
    let mut cases: Vec<Case> = [
        ("a fatal unexpected_message", 10),
        ("a fatal bad_record_mac", 20),
        ("a fatal handshake_failure", 40),
        ("a fatal illegal_parameter", 47),
        ("a fatal decode_error", 50),
        ("a fatal protocol_version", 70),
        ("a fatal insufficient_security", 71),
        ("a fatal internal_error", 80),
        ("a fatal inappropriate_fallback", 86),
        ("a fatal unrecognized_name", 112),
        ("a fatal alert nobody knows", 199),
    ]
    .map(|(name, code)| case(name, alert(2, code), "received fatal alert"))
    .into();
    let warning = record(ALERT, [3, 3], &[1, 90]);
    cases.push(case("a storm of warnings", format!("S| {}", warning.repeat(1_000)), ""));
    cases.push(case("warnings for ever", format!("== flood {warning}"), ""));
    cases.push(case("an alert of three octets", format!("S| {}", record(ALERT, [3, 3], &[2, 40, 0])), ""));
    cases
}

fn out_of_place() -> Vec<Case> {
    let says = |kind, content: &[u8]| format!("S| {}", record(kind, [3, 3], content));
    vec![
        case("a HelloRequest", says(HANDSHAKE, &[0, 0, 0, 0]), ""),
        case("a ClientHello", says(HANDSHAKE, &[1, 0, 0, 2, 3, 3]), ""),
        case("a Finished", says(HANDSHAKE, &[20, 0, 0, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]), ""),
        case("a certificate before all", says(HANDSHAKE, &[11, 0, 0, 3, 0, 0, 0]), ""),
        case("a message nobody knows", says(HANDSHAKE, &[99, 0, 0, 1, 0]), ""),
        case("words in a handshake", says(HANDSHAKE, b"250 fine\r\n"), ""),
        case("replies as application data", says(APPLICATION, b"250 AUTH PLAIN\r\n"), ""),
        case("a heartbeat", says(24, &[1, 0xff, 0xff]), ""),
        case("a record of no kind", says(0, b"hello"), "is the port right?"),
        case("a record of another protocol", format!("S| {}", record(HANDSHAKE, [9, 9], b"hello")), ""),
        case("an empty handshake record", says(HANDSHAKE, &[]), ""),
        case(
            "a hello and a reply",
            format!(
                "S| {}250 AUTH PLAIN\\r\\n",
                record(HANDSHAKE, [3, 3], &server_hello([3, 3], [0xc0, 0x2b])),
            ),
            "",
        ),
    ]
}

fn without_end() -> Vec<Case> {
    let hello = record(HANDSHAKE, [3, 3], &server_hello([3, 3], [0xc0, 0x2b]));
    // A Certificate of 16 MiB, as far as its header goes, and then its contents.
    let certificate = record(HANDSHAKE, [3, 3], &[11, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfc]);
    let more = record(HANDSHAKE, [3, 3], &[0x30; 16 * 1024]);
    let change_cipher = record(20, [3, 3], &[1]);
    let too_long = escaped(&[HANDSHAKE, 3, 3, 0xff, 0xff]);
    let stalled = |name: &str, script: String| Case {
        name: name.into(),
        script,
        due: (Outcome::Deferred, Trouble::TimedOut),
        says: "no answer for 15 s while setting up TLS",
    };
    let lost = |name: &str, script: String| Case {
        name: name.into(),
        script,
        due: (Outcome::Deferred, Trouble::Lost),
        says: "",
    };
    vec![
        case("a certificate of 16 MiB", format!("S| {hello}{certificate}\n== flood {more}"), ""),
        case(
            "a hello of 16 MiB",
            format!("S| {}\n== flood {more}", record(HANDSHAKE, [3, 3], &[2, 0xff, 0xff, 0xff])),
            "",
        ),
        case("a record of 64 KiB", format!("S| {too_long}\n== flood aaaaaaaa"), ""),
        case("empty records for ever", format!("== flood {}", record(HANDSHAKE, [3, 3], &[])), ""),
        case("changes of cipher for ever", format!("== flood {change_cipher}"), ""),
        case("garbage for ever", "== flood \\xA5\\x5A\\x00\\xFF".into(), ""),
        stalled("half a record", "S| \\x16\\x03\\x03\\x00\\x7a\\x02\n== deaf".into()),
        stalled("a hello and silence", format!("S| {hello}\n== deaf")),
        stalled("an octet a second", "== drip \\x16\\x03\\x03\\x40\\x00\\x02\\x00\\x3f\\xff".into()),
        lost("a hello, then closed", format!("S| {hello}\n== close")),
        lost("a hello, then reset", format!("S| {hello}\n== reset")),
        lost("closed in order", format!("S| {}\n== close", record(ALERT, [3, 3], &[1, 0]))),
    ]
}
