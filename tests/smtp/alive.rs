//! Whatever a server does, a person goes on typing: keys are echoed while the session waits, reads or stalls.

use std::time::{Duration, Instant};

use tokio::net::TcpListener;

use super::passages::{ENVELOPE, GREETING, SIGN_IN, STARTTLS};
use crate::support::authority::{Authority, lasting};
use crate::support::terminal::{Home, Terminal, key};
use crate::support::wire::Server;

/// Generous, since the machine may be loaded; a frozen screen takes as long as the session's deadline.
const ECHO: Duration = Duration::from_secs(5);

/// Plays the script to whoever connects, until the test is over. Gives the port.
fn hostile(script: String, authority: &Authority) -> u16 {
    let acceptor = authority.server(&lasting(&["localhost"]));
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = TcpListener::from_std(listener).unwrap();
            let (socket, _) = listener.accept().await.unwrap();
            Server::on(socket, acceptor).play(&script).await;
        });
    });
    port
}

/// Sends a letter, and once the log shows what is meant to be seen, types another one; gives the longest that a word took to appear.
fn type_while(seen: &str, script: String) -> Duration {
    let (home, authority) = (Home::new(), Authority::new("ours"));
    let port = hostile(script, &authority);
    let ca = home.file("ca.pem", authority.pem().as_bytes());
    home.config(&format!(
        "[[account]]\nname = \"work\"\nfrom = \"Ana Silva <ana@contoso.com>\"\nhost = \"localhost\"\nport = {port}\n\
         ca_file = \"{}\"\npassword_command = [\"printf\", \"open-sesame\"]\n",
        ca.display(),
    ));
    let mut terminal = Terminal::start(&home, (100, 30), &[]);
    terminal.sees("Subject").press("bob@fabrikam.com\t\t\tfirst\tHello").sees("Hello");
    terminal.press(key::CTRL_X).sees("Send this?").press(key::ENTER).sees(seen);
    let mut longest = Duration::ZERO;
    for word in ["alpha", "bravo", "charlie", "delta", "echo"] {
        let pressed = Instant::now();
        terminal.press(word).sees(word);
        longest = longest.max(pressed.elapsed());
    }
    terminal.kill();
    longest
}

#[test]
fn keys_are_echoed_whatever_the_server_does() {
    let after = |passages: &[&str], more: &str| format!("{}\n{more}", passages.join("\n"));
    let envelope = ENVELOPE.replace("contoso.com>", "contoso.com>*");
    let slow_features = format!("== chop {}", "250-X-FEATURE\\r\\n".repeat(500));
    // What the server does, and what the log shows by then.
    let cases = [
        ("silence", "connected to", String::new()),
        ("an octet a second", "connected to", "== drip 220-x".into()),
        ("features an octet a millisecond", "X-FEATURE", after(&[GREETING], &slow_features)),
        (
            "silence in the handshake",
            "220 go",
            after(&[GREETING], "S: 250-x\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go\n== deaf"),
        ),
        (
            "no word on the password",
            "[hidden]",
            after(&[GREETING, STARTTLS], "S: 250-x\nS: 250 AUTH PLAIN\nC: AUTH PLAIN *\n== deaf"),
        ),
        (
            "no word on the message",
            "message, ",
            after(&[GREETING, STARTTLS, SIGN_IN, &envelope], "== message\n== deaf"),
        ),
    ];
    let mut longest = (Duration::ZERO, "");
    for (name, seen, script) in cases {
        let took = type_while(seen, script);
        assert!(took < ECHO, "{name}: {took:?}");
        longest = longest.max((took, name));
    }
    println!("the longest that a key waited for its echo: {longest:?}");
}
