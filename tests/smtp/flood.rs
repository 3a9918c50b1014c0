//! Servers that say too much, or listen too little: what a client takes has an end, and so has its memory.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use sendoff::mail::outcome::Outcome;
use tokio::net::TcpListener;
use tokio::time::sleep;

use super::passages::{ENVELOPE, GREETING, SIGN_IN, STARTTLS, TAKEN};
use crate::support::attempt::Attempt;
use crate::support::authority::{Authority, lasting};
use crate::support::terminal::Home;
use crate::support::wire::{Heard, Server};

/// How much more memory a hostile server may cost than a good one.
const ROOM: u64 = 16 << 20;

/// An attachment that is much larger than that.
const LARGE: usize = 32 << 20;

/// Places where a server can begin to say more than anybody wants to hear, and the words.
fn floods() -> Vec<(&'static str, String)> {
    let after = |passages: &[&str], flood: &str| format!("{}\n{flood}", passages.join("\n"));
    let auth = "S: 250-mail.contoso.com\nS: 250 AUTH PLAIN LOGIN\nC: AUTH PLAIN *";
    vec![
        ("a greeting without a line end", "== flood 220 aaaaaaaaaaaaaaaa".into()),
        ("a greeting of endless lines", "== flood 220-aaaaaaaaaaaaaaaa\\r\\n".into()),
        ("NULs", "== flood \\x00".into()),
        ("endless features", after(&[GREETING], "== flood 250-X-FEATURE\\r\\n")),
        ("endless features under TLS", after(&[GREETING, STARTTLS], "== flood 250-X-FEATURE\\r\\n")),
        ("a challenge without end", after(&[GREETING, STARTTLS, auth], "S| 334 \n== flood dXNlcm5hbWU6")),
        ("a refusal without end", after(&[GREETING, STARTTLS, auth], "== flood 535-5.7.3 no\\r\\n")),
        ("a receipt without end", {
            after(&[GREETING, STARTTLS, SIGN_IN, ENVELOPE, "== message"], "== flood 250-taken\\r\\n")
        }),
    ]
}

#[tokio::test(start_paused = true)]
async fn a_client_stops_reading_what_never_ends() {
    let mut most = 0;
    for (name, script) in floods() {
        let told = Attempt::new(&[&script]).run().await;
        let due = if script.contains("== message") { Outcome::Unknown } else { Outcome::Failed };
        assert_eq!(told.report.outcome, due, "{name}: {}", told.says());
        assert!(told.report.total < Duration::from_secs(1), "{name}: it is cut off, not waited for");
        assert!(told.heard.said < 1 << 20, "{name}: {} bytes were taken", told.heard.said);
        let shown: usize = told.noted.lines.iter().map(|line| line.text.as_str().len()).sum();
        assert!(shown < 256 << 10, "{name}: {shown} octets of it are kept");
        most = most.max(told.heard.said);
    }
    println!("{} floods: at most {most} bytes were taken", floods().len());
}

#[tokio::test(start_paused = true)]
async fn a_client_reads_no_more_of_a_letter_than_is_listened_to() {
    for room in [4 << 10, 64 << 10, 1 << 20] {
        let script = [GREETING, STARTTLS, SIGN_IN, ENVELOPE, "== bytes 1000\n== deaf"];
        let told = Attempt::new(&script).body(vec![b'x'; LARGE]).room(room).run().await;
        assert_eq!(told.report.outcome, Outcome::Deferred);
        let (sent, _) = told.noted.progress.unwrap_or_default();
        // What the pipe holds, what TLS holds, and one chunk.
        assert!(
            sent < room as u64 + (256 << 10),
            "{sent} bytes are said to be sent, through a pipe for {room}"
        );
    }
}

/// The program itself, sending an attachment.
fn sendoff(home: &Home, port: u16, authority: &Authority) -> Child {
    let ca = home.file("ca.pem", authority.pem().as_bytes());
    let attachment = home.file("large.bin", &vec![b'x'; LARGE]);
    home.config(&format!(
        "[[account]]\nname = \"work\"\nfrom = \"Ana Silva <ana@contoso.com>\"\nhost = \"localhost\"\nport = {port}\n\
         ca_file = \"{}\"\npassword_command = [\"printf\", \"open-sesame\"]\n",
        ca.display(),
    ));
    Command::new(env!("CARGO_BIN_EXE_sendoff"))
        .args(["send", "--to", "bob@fabrikam.com", "--subject", "Hi", "--log", "--attach"])
        .arg(attachment)
        .env_clear()
        .envs(home.environment())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// The most memory that a process has had, in bytes; none once it is gone.
fn most_memory(child: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() << 10)
}

/// What the program came to in one run against this script: exit code, memory, and what the server heard and said.
async fn run(script: &str) -> (Option<i32>, u64, Heard) {
    let authority = Authority::new("ours");
    let acceptor = authority.server(&lasting(&["localhost"]));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let home = Home::new();
    let mut child = sendoff(&home, listener.local_addr().unwrap().port(), &authority);
    let server = async {
        let (socket, _) = listener.accept().await.unwrap();
        Server::on(socket, acceptor).play(script).await
    };
    let watcher = async {
        let mut most = 0;
        loop {
            most = most_memory(&child).unwrap_or_default().max(most);
            if let Some(status) = child.try_wait().unwrap() {
                return (status.code(), most);
            }
            sleep(Duration::from_millis(2)).await;
        }
    };
    let (heard, (code, most)) = tokio::join!(Box::pin(server), watcher);
    (code, most, heard)
}

#[tokio::test]
async fn the_program_stays_small_whatever_a_server_says() {
    let good =
        [GREETING, STARTTLS, SIGN_IN, &ENVELOPE.replace("<ana@contoso.com>", "<ana@contoso.com>*"), TAKEN]
            .join("\n");
    let (code, idle, heard) = run(&good).await;
    assert_eq!((code, heard.unplayed), (Some(0), 0));
    let deaf = good.replace("== message", "== bytes 100000\n== wait 1 s\n== close\n");
    let deaf = deaf.split_once("S: 250 2.0.0").unwrap().0.to_owned();
    let mut most = (0, "");
    for (name, script) in floods().into_iter().chain([("a server that stops listening", deaf)]) {
        let (code, memory, heard) = run(&script).await;
        assert!(matches!(code, Some(75 | 76)), "{name}: {code:?}");
        assert!(memory < idle + ROOM, "{name}: {memory} bytes, {idle} against a good server");
        assert!((heard.said as u64) < ROOM, "{name}: {} bytes were taken", heard.said);
        most = most.max((memory, name));
    }
    println!("memory: {} KiB against a good server, at most {} KiB ({})", idle >> 10, most.0 >> 10, most.1);
}
