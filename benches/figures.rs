//! What must be fast, measured: `cargo bench` prints the figures. Nothing here can fail a build; a figure is for a person.
//!
//! Everything runs on this machine, against the built-in server; the program under measure is the real binary.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement, not the product"
)]
#![allow(
    dead_code,
    unreachable_pub,
    reason = "the support of the tests is shared, and only a part is used here"
)]

#[path = "../tests/support/server.rs"]
mod server;
#[path = "../tests/support/terminal.rs"]
mod terminal;

/// The support files name each other as they stand in the test program.
mod support {
    pub(crate) use super::terminal;
}

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use server::Server;
use terminal::{Home, Terminal, key};

const RTT: Duration = Duration::from_millis(100);
const LOGIN: &str = "auth = \"login\"\npassword_command = [\"printf\", \"sandbox\"]";
const XOAUTH2: &str = "auth = \"xoauth2\"\npassword_command = [\"printf\", \"sandbox-token\"]";

fn main() {
    println!("sendoff {}: figures from this machine\n", env!("CARGO_PKG_VERSION"));
    round_trips();
    small_message();
    large_attachment();
    screen();
    hang_up();
    binary();
}

fn say(what: &str, figure: &str) {
    println!("{what:<58} {figure}");
}

/// What one `sendoff send` took, by its own JSON and by the clock around it.
struct Sent {
    json: serde_json::Value,
    wall: Duration,
    /// KiB, at the most.
    peak: u64,
}

fn send(home: &Home, more: &[&str], body: &str) -> Sent {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_sendoff"))
        .args(["send", "--to", "bob@fabrikam.com", "--subject", "figures", "--json"])
        .args(more)
        .env_clear()
        .envs(home.environment())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(body.as_bytes()).unwrap();
    let status = format!("/proc/{}/status", child.id());
    let watch = thread::spawn(move || {
        let mut peak = 0;
        while let Ok(text) = std::fs::read_to_string(&status) {
            let Some(kib) = text.lines().find_map(|line| line.strip_prefix("VmHWM:")) else { break };
            peak = peak.max(kib.trim().trim_end_matches(" kB").parse().unwrap_or(0));
            thread::sleep(Duration::from_millis(2));
        }
        peak
    });
    let output = child.wait_with_output().unwrap();
    let wall = start.elapsed();
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("send prints JSON");
    assert_eq!(json["outcome"], "accepted", "{json}");
    Sent { json, wall, peak: watch.join().unwrap() }
}

/// A line of 100 ms: each direction takes half of it, and so does the handshake of TCP.
fn slow_line(to: u16) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        while let Ok((client, _)) = listener.accept() {
            thread::spawn(move || {
                thread::sleep(RTT);
                let server = TcpStream::connect(("127.0.0.1", to)).unwrap();
                for stream in [&client, &server] {
                    stream.set_nodelay(true).unwrap();
                }
                let back = (server.try_clone().unwrap(), client.try_clone().unwrap());
                thread::spawn(move || delay(back.0, back.1));
                delay(client, server);
            });
        }
    });
    port
}

/// Passes bytes on, each half a round trip after it came.
fn delay(mut from: TcpStream, mut to: TcpStream) {
    let (sender, receiver) = std::sync::mpsc::channel::<(Instant, Vec<u8>)>();
    thread::spawn(move || {
        while let Ok((due, bytes)) = receiver.recv() {
            thread::sleep(due.saturating_duration_since(Instant::now()));
            if to.write_all(&bytes).is_err() {
                return;
            }
        }
        let _ = to.shutdown(Shutdown::Write);
    });
    let mut chunk = [0; 16 * 1024];
    while let Ok(n @ 1..) = from.read(&mut chunk) {
        if sender.send((Instant::now() + RTT / 2, chunk[..n].to_vec())).is_err() {
            return;
        }
    }
}

fn round_trips() {
    println!("Round trips from TCP connect to the final 250 (three recipients), over a line of 100 ms");
    for (name, account) in [("LOGIN", LOGIN), ("XOAUTH2", XOAUTH2)] {
        let home = Home::new();
        let mut server = Server::start(&home, "accepts");
        server.port = slow_line(server.port);
        home.config(&server.config(account));
        let sent = send(&home, &["--to", "carol@contoso.com", "--cc", "dan@fabrikam.com"], "Hello\n");
        let ms = sent.json["ms"]["total"].as_f64().unwrap();
        say(&format!("  {name}"), &format!("{:.1} round trips ({ms:.0} ms)", ms / 100.0));
    }
}

/// Ticks of processor time that ended children of this process have used.
fn children_ticks() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    fields[13].parse::<u64>().unwrap() + fields[14].parse::<u64>().unwrap()
}

fn small_message() {
    println!("\nA message of 2 KB on loopback, process start to exit, mean of 50");
    let home = Home::new();
    let server = Server::start(&home, "accepts");
    home.config(&server.config(XOAUTH2));
    let body = "0123456789012345678901234567890123456789012345678\n".repeat(40);
    let before = children_ticks();
    let walls: Vec<Duration> = (0..50).map(|_| send(&home, &[], &body).wall).collect();
    let ticks = children_ticks() - before;
    let mean = walls.iter().sum::<Duration>() / 50;
    say("  wall", &format!("{:.1} ms", mean.as_secs_f64() * 1e3));
    // A tick of the kernel is 10 ms; the password helper is counted in.
    say(
        "  processor, with the password helper",
        &format!("{:.1} ms", u32::try_from(ticks).map_or(0.0, f64::from) * 10.0 / 50.0),
    );
}

fn large_attachment() {
    println!("\nAn attachment of 25 MB on loopback, under TLS 1.3");
    let home = Home::new();
    let bytes: Vec<u8> =
        (0..25_000_000_u32).map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()[3]).collect();
    let file = home.file("large.bin", &bytes);
    let server = Server::start(&home, "accepts");
    home.config(&server.config(XOAUTH2));
    let small = send(&home, &[], "Hello\n");
    let sent = send(&home, &["--attach", file.to_str().unwrap()], "Hello\n");
    let ms = sent.json["ms"]["body"].as_f64().unwrap() + sent.json["ms"]["dot"].as_f64().unwrap();
    let wire = 25.0 * 78.0 / 57.0;
    say(
        "  upload, first byte to the final 250",
        &format!("{:.0} MB/s ({wire:.1} MB in {ms:.0} ms)", wire / ms * 1e3),
    );
    say(
        "  process start to exit, spooling and fsync included",
        &format!("{:.0} ms", sent.wall.as_secs_f64() * 1e3),
    );
    say("  peak memory", &format!("{:.1} MiB", mib(sent.peak)));
    say("  peak memory of a message without attachment", &format!("{:.1} MiB", mib(small.peak)));
}

fn mib(kib: u64) -> f64 {
    u32::try_from(kib).map_or(0.0, f64::from) / 1024.0
}

fn status(pid: u32, field: &str) -> u64 {
    let text = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(field)).unwrap_or("0").to_owned();
    line.trim_matches([':', ' ', '\t']).trim_end_matches(" kB").trim().parse().unwrap_or(0)
}

fn screen() {
    println!("\nThe composer, 120x40, no account");
    let home = Home::new();
    let start = Instant::now();
    let mut terminal = Terminal::start(&home, (120, 40), &[]);
    terminal.sees("Subject");
    say("  process start to first frame", &format!("{:.1} ms", start.elapsed().as_secs_f64() * 1e3));
    say("  first frame", &format!("{} bytes", terminal.raw().len()));
    say("  memory when idle", &format!("{:.1} MiB", mib(status(terminal.pid(), "VmRSS"))));
    terminal.press("\t\t\t\t").press("x").sees("x");
    // Till the draft is saved and the title says so: nothing else is then in the way of the count.
    terminal.sees("saved");
    let (mut bytes, mut writes, letters) = (0, 0, "The quick brown fox jumps over the lazy dog");
    for letter in letters.chars() {
        let (before, chunks) = (terminal.raw().len(), terminal.chunks());
        terminal.press(&letter.to_string());
        terminal.wait(|terminal| terminal.chunks() > chunks);
        bytes += terminal.raw().len() - before;
        writes += terminal.chunks() - chunks;
    }
    let count = letters.len();
    #[expect(clippy::cast_precision_loss, reason = "small numbers")]
    let mean = |total: usize| total as f64 / count as f64;
    say("  bytes for a typed letter, mean (saves in between included)", &format!("{:.1}", mean(bytes)));
    say("  writes for a typed letter, mean", &format!("{:.2}", mean(writes)));
    let start = Instant::now();
    terminal.press(" ending");
    while !home.all_bytes().iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains(" ending")) {
        thread::sleep(Duration::from_millis(1));
    }
    say("  a typed word is on disk after", &format!("{:.0} ms", start.elapsed().as_secs_f64() * 1e3));
    terminal.press(key::CTRL_Q);
    terminal.exit_code();
}

fn hang_up() {
    println!("\nThe terminal closes while the program is idle");
    let home = Home::new();
    let mut terminal = Terminal::start(&home, (120, 40), &[]);
    terminal.sees("Subject").press("text to be saved").sees("text to be saved");
    terminal.close();
    let start = Instant::now();
    while !terminal.has_ended() {
        thread::sleep(Duration::from_millis(1));
    }
    say("  gone, with the draft on disk, after", &format!("{:.0} ms", start.elapsed().as_secs_f64() * 1e3));
}

fn binary() {
    let size = std::fs::metadata(env!("CARGO_BIN_EXE_sendoff")).map_or(0, |meta| meta.len());
    println!();
    say("The binary", &format!("{:.1} MiB", mib(size / 1024)));
}
