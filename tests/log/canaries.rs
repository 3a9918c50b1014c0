//! No secret leaves: nine canaries in twelve encodings, looked for in everything that a run writes, prints or exports.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::time::Duration;

use sendoff::mail::secret::Secret;
use sendoff::smtp::Scribe;

use super::{records, run};
use crate::support::server::Server;
use crate::support::terminal::{Home, Terminal, key};

/// Passwords and tokens of several kinds: long, short, with signs, outside ASCII.
const CANARIES: [&str; 9] = [
    "correct-horse-battery",
    "p@ss w0rd%with+signs=",
    "Zo\u{eb}s-Gr\u{fc}nkohl-2026",
    "EwBwA8l6BAAUkj1NuJYtTVha-Mogk-token-canary-0123456789",
    "s3cret",
    "canary:with:colons",
    "0.AXoA-refresh-canary.AgABAAEAAAD",
    "\"quoted\\canary\"",
    "tr\u{e8}s-secret-canari",
];

const USER: &str = "ana@contoso.com";

fn octets(text: &str, form: impl Fn(u8) -> String) -> String {
    text.bytes().map(form).collect::<Vec<_>>().concat()
}

/// A text with the secret in it, in each of twelve ways.
fn encodings(secret: &str) -> Vec<(&'static str, String)> {
    let base64 = |before: &str| STANDARD.encode(format!("{before}{secret}"));
    let (head, tail) = secret.split_at(secret.char_indices().nth(4).unwrap().0);
    vec![
        ("raw", format!("535 no {secret} here")),
        ("base64", base64("")),
        ("base64, one octet on", base64("x")),
        ("base64, two octets on", base64("xy")),
        ("SASL PLAIN", STANDARD.encode(format!("\0{USER}\0{secret}"))),
        ("SASL XOAUTH2", STANDARD.encode(format!("user={USER}\x01auth=Bearer {secret}\x01\x01"))),
        ("hexadecimal", octets(secret, |byte| format!("{byte:02x}"))),
        ("hexadecimal in capitals", octets(secret, |byte| format!("{byte:02X}"))),
        ("percent", octets(secret, |byte| format!("%{byte:02X}"))),
        ("quoted-printable", octets(secret, |byte| format!("={byte:02X}"))),
        ("UTF-16", secret.chars().flat_map(|c| [c, '\0']).collect()),
        ("over two lines", format!("{head}\r\n{tail}")),
    ]
}

/// What a server may make of it besides.
fn others(secret: &str) -> Vec<(&'static str, String)> {
    let spaced = |form: fn(u8) -> String| secret.bytes().map(form).collect::<Vec<_>>().join(" ");
    let utf16 = secret.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    vec![
        ("percent in small letters", octets(secret, |byte| format!("%{byte:02x}"))),
        ("escapes of C", octets(secret, |byte| format!("\\x{byte:02x}"))),
        ("escapes of C in capitals", octets(secret, |byte| format!("\\x{byte:02X}"))),
        ("a dump", spaced(|byte| format!("{byte:02x}"))),
        ("a dump in capitals", spaced(|byte| format!("{byte:02X}"))),
        ("HTML", secret.chars().map(|c| format!("&#{};", u32::from(c))).collect::<Vec<_>>().concat()),
        ("UTF-16 in base64", STANDARD.encode(utf16)),
    ]
}

/// The reply as the scribe shows it, its lines without what stands before the text.
fn shown(scribe: &mut Scribe, lines: &[String]) -> String {
    let last = lines.len() - 1;
    let line = |(nth, text): (usize, &String)| {
        let wire = format!("535{}{text}", if nth == last { ' ' } else { '-' });
        let line = scribe.reply_line(Duration::ZERO, nth == 0, wire.as_bytes());
        line.text.as_str()[4..].to_owned()
    };
    lines.iter().enumerate().map(line).collect::<Vec<_>>().concat()
}

#[test]
fn a_server_that_repeats_a_secret_shows_nothing_of_it_wherever_it_breaks_the_line() {
    let mut replies = 0;
    for canary in CANARIES {
        let secret = Secret::new(canary.to_owned());
        let mut scribe = Scribe::default();
        scribe.hide(USER, &secret);
        for (name, text) in encodings(canary).into_iter().chain(others(canary)) {
            let text = text.replace("\r\n", "");
            for (at, _) in text.char_indices() {
                let lines = [format!("5.7.8 {}", &text[..at]), text[at..].to_owned()];
                let seen = shown(&mut scribe, &lines);
                assert!(!secret.is_in(&seen, USER), "{canary} as {name} at {at}: {seen}");
                // The parts by themselves: no more than its first few letters, or its last.
                let whole = canary.chars().count();
                let longest = (5..whole).rev().find(|&n| {
                    (0..=whole - n).any(|from| {
                        let part = canary.chars().skip(from).take(n).collect::<String>();
                        seen.contains(&part)
                    })
                });
                assert!(longest.is_none(), "{longest:?} letters of {canary} as {name} at {at}: {seen}");
                replies += 1;
            }
        }
    }
    println!(
        "{} canaries in {} encodings, in {replies} replies: nothing is shown",
        CANARIES.len(),
        12 + others("x").len()
    );
}

#[test]
fn the_second_look_finds_every_canary_in_every_encoding() {
    for canary in CANARIES {
        let secret = Secret::new(canary.to_owned());
        for (name, text) in encodings(canary) {
            assert!(secret.is_in(&text, USER), "{canary} as {name}: {text}");
        }
        assert!(!secret.is_in("250 2.1.0 Sender OK, nothing to see", USER));
    }
    let long = Secret::new(CANARIES[3].to_owned());
    assert!(long.is_in("the first letters: EwBwA8l6", USER), "the beginning of a long one is a hint");
}

#[test]
fn nothing_that_a_run_leaves_holds_a_canary() {
    for canary in CANARIES {
        let home = Home::new();
        for (scenario, auth) in
            [("wrong-password", "login"), ("wrong-password", "xoauth2"), ("accepts", "login")]
        {
            let server = Server::start(&home, scenario);
            let helper = home.file("secret", canary.as_bytes());
            let account =
                format!("auth = \"{auth}\"\npassword_command = [\"cat\", \"{}\"]", helper.display());
            home.config(&server.config(&account));
            let mut written = Vec::new();
            let commands: [&[&str]; 6] = [
                &["send", "--to", "bob@fabrikam.com", "--log", "--json"],
                &["log", "show"],
                &["log", "export", "--form", "text"],
                &["log", "export", "--form", "json"],
                &["log", "export", "--form", "html"],
                &["log", "list", "--json"],
            ];
            for command in commands {
                let (_, out, err) = run(&home, command, "Hello\n");
                assert!(command[0] == "send" || !out.is_empty(), "{command:?}: {err}");
                written.extend([out, err]);
            }
            assert!(!records(&home).is_empty());
            std::fs::remove_file(helper).unwrap();
            written.extend(
                home.all_bytes().into_iter().map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned()),
            );
            let secret = Secret::new(canary.to_owned());
            for text in &written {
                assert!(!secret.is_in(text, USER), "{canary}, {scenario}, {auth}: {text}");
            }
        }
    }
}

/// On the screen, in the clipboard, in what is exported there, in the note to the administrator, and in what is left on disk.
#[test]
fn nothing_that_the_composer_shows_copies_or_writes_holds_a_canary() {
    for canary in CANARIES {
        let home = Home::new();
        let server = Server::start(&home, "smtp-auth-disabled");
        let helper = home.file("secret", canary.as_bytes());
        home.config(&server.config(&format!("password_command = [\"cat\", \"{}\"]", helper.display())));
        let mut terminal = Terminal::start(&home, (120, 40), &[]);
        terminal.sees("Subject").press("bob@fabrikam.com\t\t\tcanary\tHello").press(key::CTRL_X);
        terminal.sees("it cannot go out as things are").press(key::ENTER).sees("\u{2717} canary");
        terminal.press(key::F6).press("Y").sees("clipboard").press("o").sees("Export").press(key::ENTER);
        terminal.sees("written: ").press("a").sees("A note to the administrator").press("c");
        terminal.sees("clipboard").press(key::ESC).misses("A note to").press("t").press(key::ESC).press("s");
        let screen = terminal.raw().to_vec();
        assert!(memchr::memmem::find(&screen, b"\x1b]52;").is_some(), "something was copied");
        terminal.kill();
        let mut written = vec![String::from_utf8_lossy(&screen).into_owned()];
        for command in [
            &["check", "--json"][..],
            &["log", "export", "--redact"],
            &["log", "show"],
            &["accounts", "list", "--json"],
            &["accounts", "secrets", "work"],
        ] {
            let (_, out, err) = run(&home, command, "");
            assert!(!out.is_empty(), "{command:?}: {err}");
            written.extend([out, err]);
        }
        std::fs::remove_file(helper).unwrap();
        written.extend(
            home.all_bytes().into_iter().map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned()),
        );
        let secret = Secret::new(canary.to_owned());
        for text in &written {
            assert!(!secret.is_in(text, USER), "{canary}: {text}");
        }
    }
}
