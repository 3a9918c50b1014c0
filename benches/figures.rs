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

use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{TerminalOptions, Viewport};
use sendoff::app::effect::Effect;
use sendoff::app::keymap::Keymap;
use sendoff::app::model::{SendId, Setup};
use sendoff::app::msg::{Msg, News};
use sendoff::app::{Model, update};
use sendoff::mail::draft::Stamp;
use sendoff::mail::reply::Class;
use sendoff::mail::settings::Settings;
use sendoff::mail::transcript::{Kind, Line, Mark, Wire};
use sendoff::ui::glyphs::Glyphs;
use sendoff::ui::theme::Theme;
use sendoff::ui::{Look, view};
use tui_textarea::Key;

use server::Server;
use terminal::{Home, Terminal, key};

const RTT: Duration = Duration::from_millis(100);
const LOGIN: &str = "auth = \"login\"\npassword_command = [\"printf\", \"open-sesame\"]";
const XOAUTH2: &str = "auth = \"xoauth2\"\npassword_command = [\"printf\", \"sandbox-token\"]";

fn main() {
    println!("sendoff {}: figures from this machine\n", env!("CARGO_PKG_VERSION"));
    round_trips();
    ahead();
    small_message();
    large_attachment();
    screen();
    log_flood();
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

/// What is left to wait for once the review has been read: the session has been opened meanwhile.
fn ahead() {
    let home = Home::new();
    let mut server = Server::start(&home, "accepts");
    server.port = slow_line(server.port);
    home.config(&server.config(XOAUTH2));
    let mut terminal = Terminal::start(&home, (120, 40), &[]);
    terminal.sees("Subject").press("bob@fabrikam.com\t\t\tfigures\tHello");
    terminal.press(key::CTRL_X).sees("signed in");
    let start = Instant::now();
    terminal.press(key::ENTER).sees("accepted: figures");
    let ms = start.elapsed().as_secs_f64() * 1e3;
    say("  from Enter in the review to the answer", &format!("{:.1} round trips ({ms:.0} ms)", ms / 100.0));
}

/// Ticks of processor time that ended children of this process have used.
fn children_ticks() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    fields[13].parse::<u64>().unwrap() + fields[14].parse::<u64>().unwrap()
}

/// Under what one mailbox may send in a minute: the sandbox counts as Exchange Online does.
const MESSAGES: u32 = 25;

fn small_message() {
    println!("\nA message of 2 KB on loopback, process start to exit, mean of {MESSAGES}");
    let home = Home::new();
    let server = Server::start(&home, "accepts");
    home.config(&server.config(XOAUTH2));
    let body = "0123456789012345678901234567890123456789012345678\n".repeat(40);
    let before = children_ticks();
    let walls: Vec<Duration> = (0..MESSAGES).map(|_| send(&home, &[], &body).wall).collect();
    let ticks = children_ticks() - before;
    let mean = walls.iter().sum::<Duration>() / MESSAGES;
    say("  wall", &format!("{:.1} ms", mean.as_secs_f64() * 1e3));
    // A tick of the kernel is 10 ms; the password helper is counted in.
    say(
        "  processor, with the password helper",
        &format!("{:.1} ms", u32::try_from(ticks).map_or(0.0, f64::from) * 10.0 / f64::from(MESSAGES)),
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

/// A person who sends to Bob, as far as the log is concerned: one session, and the id that its lines go to.
fn flooded() -> (Model, SendId) {
    let text = "[[account]]\nname = \"work\"\nfrom = \"Ana Silva <ana@contoso.com>\"\n";
    let settings = Settings::parse(text, std::path::Path::new("/")).unwrap();
    let mut model = Model::new(Setup {
        accounts: settings.accounts,
        current: 0,
        keymap: Keymap::default(),
        zone: jiff::tz::TimeZone::UTC,
        config_file: "config.toml".into(),
        size: (120, 40),
        is_sandbox: false,
        ways: Vec::new(),
    });
    let press = |model: &mut Model, key, ctrl| {
        update(model, Msg::Key(tui_textarea::Input { key, ctrl, ..tui_textarea::Input::default() }))
    };
    for c in "bob@fabrikam.com\t\t\tflood\tHello".chars() {
        press(&mut model, if c == '\t' { Key::Tab } else { Key::Char(c) }, false);
    }
    let asked = press(&mut model, Key::Char('x'), true).into_iter().find_map(|effect| match effect {
        Effect::Check(candidate) => Some(candidate),
        _ => None,
    });
    let asked = asked.unwrap();
    let stamp = Stamp { date: std::time::SystemTime::UNIX_EPOCH, token: [1; 16] };
    let checked = asked.draft.check(&asked.account, &[], &stamp);
    update(&mut model, Msg::Checked(asked, Box::new(checked)));
    let id = press(&mut model, Key::Enter, false).into_iter().find_map(|effect| match effect {
        Effect::Queue { id, .. } => Some(id),
        _ => None,
    });
    press(&mut model, Key::F(6), false);
    (model, id.unwrap())
}

/// The line `n` of a dialogue that does not end.
fn line(n: u64) -> Wire {
    let (mark, kind, text) = match n % 4 {
        0 => (Mark::SentTls, Kind::Command, format!("RCPT TO:<reader{n}@contoso.com>")),
        1 => (Mark::ReceivedTls, Kind::Reply(Class::Done), format!("250 2.1.5 reader{n} OK")),
        2 => (
            Mark::Note,
            Kind::Note,
            format!("note {n} of a length that has to be broken in a narrow place, and that is not so rare"),
        ),
        _ => (Mark::ReceivedTls, Kind::Reply(Class::No), format!("550 5.1.1 reader{n} is not known here")),
    };
    let took = (n % 4 == 1).then_some(Duration::from_millis(n % 300));
    Wire::Line(Line { at: Duration::from_micros(n * 50), took, mark, kind, text: text.as_str().into() })
}

/// 100,000 lines that arrive while the log is looked at; between two frames as many as come in a thirtieth of a second.
fn log_flood() {
    const LINES: u64 = 100_000;
    const BATCH: u64 = 500;
    /// Those that are there when the keys are pressed.
    const FIRST: u64 = 100;
    println!("\nA log of 100,000 lines while they arrive, 120x40, the pane zoomed");
    let theme = Theme::fallback();
    let look = Look { theme: &theme, glyphs: &Glyphs::UNICODE };
    for (name, keys) in
        [("following", ""), ("from its beginning", "g"), ("with a search", "/reader"), ("summary", "ee")]
    {
        let before = status(std::process::id(), "VmRSS");
        let (mut model, id) = flooded();
        model.is_zoomed = true;
        for n in 0..FIRST {
            update(&mut model, Msg::Send(id, News::Wire(line(n))));
        }
        for c in keys.chars() {
            let input = tui_textarea::Input { key: Key::Char(c), ..tui_textarea::Input::default() };
            update(&mut model, Msg::Key(input));
        }
        let counter = Counter::default();
        let backend = CrosstermBackend::new(counter.clone());
        let options = TerminalOptions { viewport: Viewport::Fixed(Rect::new(0, 0, 120, 40)) };
        let mut screen = ratatui::Terminal::with_options(backend, options).unwrap();
        let (mut frames, mut taking) = (Vec::new(), Duration::ZERO);
        for n in FIRST..LINES {
            let start = Instant::now();
            update(&mut model, Msg::Send(id, News::Wire(line(n))));
            taking += start.elapsed();
            if n % BATCH == 0 {
                let start = Instant::now();
                screen.draw(|frame| view(&model, &look, frame)).unwrap();
                frames.push(start.elapsed());
            }
        }
        let count = u32::try_from(frames.len()).unwrap();
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        let (mean, most) = (frames.iter().sum::<Duration>() / count, frames.iter().max().copied().unwrap());
        say(
            &format!("  a frame, {name}"),
            &format!("{:.2} ms, at most {:.2} ms ({count} frames)", ms(mean), ms(most)),
        );
        say("    bytes for a frame, mean", &(counter.0.get() / u64::from(count)).to_string());
        let each = taking.as_secs_f64() * 1e6 / f64::from(u32::try_from(LINES).unwrap());
        say("    taking in a line", &format!("{each:.2} \u{b5}s"));
        let start = Instant::now();
        for c in "/permission".chars() {
            let input = tui_textarea::Input { key: Key::Char(c), ..tui_textarea::Input::default() };
            update(&mut model, Msg::Key(input));
        }
        say("    a letter typed into a search, mean", &format!("{:.2} ms", ms(start.elapsed() / 11)));
        let after = status(std::process::id(), "VmRSS");
        say("    memory more than before", &format!("{:.1} MiB", mib(after.saturating_sub(before))));
    }
}

/// Counts what is written.
#[derive(Clone, Default)]
struct Counter(std::rc::Rc<std::cell::Cell<u64>>);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.set(self.0.get() + bytes.len() as u64);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
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
