//! A real pseudo-terminal with the real program in it, and a VT parser that sees what a person would see.

use std::io::{Read as _, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Generous: a loaded machine must not fail a test. Nothing waits this long unless it is going to fail.
const DEADLINE: Duration = Duration::from_mins(1);

/// A home of its own, gone when the test is.
pub struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder can be made") }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn state(&self) -> PathBuf {
        self.path().join(".local/state/sendoff")
    }

    pub fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path().join(name);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).expect("a folder can be made");
        }
        std::fs::write(&path, bytes).expect("a file can be written");
        path
    }

    pub fn config(&self, text: &str) {
        self.file(".config/sendoff/config.toml", text.as_bytes());
    }

    /// The environment of a person who came by SSH: no desktop, no keyring.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        vec![
            ("HOME", self.path().display().to_string()),
            ("PATH", std::env::var("PATH").unwrap_or_default()),
            ("TERM", "xterm-256color".to_owned()),
            ("LANG", "C.UTF-8".to_owned()),
            ("TZ", "UTC".to_owned()),
            ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent".to_owned()),
        ]
    }

    /// Every byte in every file below, for a search.
    pub fn all_bytes(&self) -> Vec<(PathBuf, Vec<u8>)> {
        fn walk(folder: &Path, found: &mut Vec<(PathBuf, Vec<u8>)>) {
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    walk(&path, found);
                } else if let Ok(bytes) = std::fs::read(&path) {
                    found.push((path, bytes));
                }
            }
        }
        let mut found = Vec::new();
        walk(self.path(), &mut found);
        found
    }
}

/// The program on a screen.
pub struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    master: Option<Box<dyn MasterPty + Send>>,
    keys: Option<Box<dyn Write + Send>>,
    output: Receiver<Vec<u8>>,
    /// Holds the master open, too, as long as it listens.
    listener: Option<JoinHandle<()>>,
    is_closing: Arc<AtomicBool>,
    parser: vt100::Parser,
    raw: Vec<u8>,
    chunks: usize,
}

impl Terminal {
    #[track_caller]
    pub fn start(home: &Home, (columns, rows): (u16, u16), arguments: &[&str]) -> Self {
        Self::start_with(home, (columns, rows), arguments, &[])
    }

    #[track_caller]
    pub fn start_with(
        home: &Home,
        (columns, rows): (u16, u16),
        arguments: &[&str],
        more: &[(&str, &str)],
    ) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_sendoff"));
        command.args(arguments);
        Self::spawn(home, (columns, rows), command, more)
    }

    /// A shell with job control, for those who want to suspend.
    #[track_caller]
    pub fn shell(home: &Home, screen: (u16, u16)) -> Self {
        let mut command = CommandBuilder::new("bash");
        command.args(["--norc", "--noprofile", "-i"]);
        Self::spawn(home, screen, command, &[("PS1", "$ ")])
    }

    /// Starts it by way of another program, which gets its path as last argument.
    #[track_caller]
    pub fn start_under(home: &Home, screen: (u16, u16), other: &[&str], more: &[(&str, &str)]) -> Self {
        let mut command = CommandBuilder::new(other[0]);
        command.args(&other[1..]);
        command.arg(env!("CARGO_BIN_EXE_sendoff"));
        Self::spawn(home, screen, command, more)
    }

    fn spawn(
        home: &Home,
        (columns, rows): (u16, u16),
        mut command: CommandBuilder,
        more: &[(&str, &str)],
    ) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal can be opened");
        command.env_clear();
        for (name, value) in home.environment() {
            command.env(name, value);
        }
        for (name, value) in more {
            command.env(name, value);
        }
        command.cwd(home.path());
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("the master can be read");
        let (sender, output) = channel();
        let is_closing = Arc::new(AtomicBool::new(false));
        let closing = Arc::clone(&is_closing);
        let listener = std::thread::spawn(move || {
            let mut chunk = [0; 4096];
            while let Ok(n @ 1..) = reader.read(&mut chunk) {
                if closing.load(Ordering::SeqCst) || sender.send(chunk[..n].to_vec()).is_err() {
                    return;
                }
            }
        });
        let keys = pair.master.take_writer().expect("the master can be written");
        let parser = vt100::Parser::new(
            rows.try_into().expect("a screen has rows"),
            columns.try_into().expect("a screen has columns"),
            0,
        );
        Self {
            child,
            master: Some(pair.master),
            keys: Some(keys),
            output,
            listener: Some(listener),
            is_closing,
            parser,
            raw: Vec::new(),
            chunks: 0,
        }
    }

    pub fn pid(&self) -> u32 {
        self.child.process_id().expect("the program has a process id")
    }

    /// Sends keys, as the bytes that a terminal sends.
    #[track_caller]
    pub fn press(&mut self, keys: &str) -> &mut Self {
        let writer = self.keys.as_mut().expect("the terminal is open");
        writer.write_all(keys.as_bytes()).and_then(|()| writer.flush()).expect("the terminal takes keys");
        self
    }

    #[track_caller]
    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.press(&format!("\x1b[200~{text}\x1b[201~"))
    }

    /// Waits until the screen shows `text`.
    #[track_caller]
    pub fn sees(&mut self, text: &str) -> &mut Self {
        let is_there = self.wait(|terminal| terminal.text().contains(text));
        assert!(is_there, "\u{201c}{text}\u{201d} does not appear on\n{}", self.text());
        self
    }

    /// Waits until the screen shows `text` no more.
    #[track_caller]
    pub fn misses(&mut self, text: &str) -> &mut Self {
        let is_gone = self.wait(|terminal| !terminal.text().contains(text));
        assert!(is_gone, "\u{201c}{text}\u{201d} does not go from\n{}", self.text());
        self
    }

    /// Scrolls the log down, row by row, until it shows `text`. How far down it is stands in the title of the pane.
    #[track_caller]
    pub fn scrolls_to(&mut self, text: &str) -> &mut Self {
        while !self.text().contains(text) {
            let before = self.text();
            assert!(
                self.rows_below().is_some(),
                "\u{201c}{text}\u{201d} stands nowhere in the log, which ends with\n{}",
                self.text()
            );
            self.press(key::DOWN);
            let has_moved = self.wait(|terminal| terminal.text() != before);
            assert!(has_moved, "the log does not move from\n{}", self.text());
        }
        self
    }

    fn rows_below(&self) -> Option<usize> {
        let text = self.text();
        text.split(" below")
            .next()
            .filter(|before| before.len() < text.len())?
            .rsplit(' ')
            .next()?
            .parse()
            .ok()
    }

    /// Takes in what the program writes until `is_so`, or until the deadline.
    pub fn wait(&mut self, is_so: impl Fn(&Self) -> bool) -> bool {
        let end = Instant::now() + DEADLINE;
        loop {
            while let Ok(bytes) = self.output.try_recv() {
                self.take(&bytes);
            }
            if is_so(self) {
                return true;
            }
            match self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.take(&bytes),
                Err(_) => return is_so(self),
            }
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.parser.process(bytes);
        self.raw.extend_from_slice(bytes);
        self.chunks += 1;
    }

    pub fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    pub fn text(&self) -> String {
        self.screen().contents()
    }

    /// Everything that was written to the terminal so far.
    pub fn raw(&mut self) -> &[u8] {
        while let Ok(bytes) = self.output.try_recv() {
            self.take(&bytes);
        }
        &self.raw
    }

    #[allow(dead_code, reason = "a story of one program, not of all that share this file")]
    pub fn resize(&mut self, (columns, rows): (u16, u16)) {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.parser.screen_mut().set_size(
            rows.try_into().expect("a screen has rows"),
            columns.try_into().expect("a screen has columns"),
        );
        self.master
            .as_ref()
            .expect("the terminal is open")
            .resize(size)
            .expect("the terminal can be resized");
    }

    /// The window is closed, or the line drops.
    pub fn close(&mut self) {
        self.is_closing.store(true, Ordering::SeqCst);
        // Wakes the listener: a new size makes the program draw.
        let size = PtySize { rows: 20, cols: 60, pixel_width: 0, pixel_height: 0 };
        self.master
            .as_ref()
            .expect("the terminal is open")
            .resize(size)
            .expect("the terminal can be resized");
        self.listener.take().expect("it listens").join().expect("the listener does not panic");
        self.keys = None;
        self.master = None;
    }

    /// In how many pieces the output came; where it is read as fast as it comes, the program's writes.
    #[allow(dead_code, reason = "for the figures")]
    pub fn chunks(&self) -> usize {
        self.chunks
    }

    pub fn has_ended(&mut self) -> bool {
        self.child.try_wait().is_ok_and(|status| status.is_some())
    }

    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Waits until the program has ended.
    #[track_caller]
    pub fn exit_code(&mut self) -> u32 {
        let end = Instant::now() + DEADLINE;
        loop {
            if let Some(status) = self.child.try_wait().expect("the program can be waited for") {
                while let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(200)) {
                    self.take(&bytes);
                }
                return status.exit_code();
            }
            assert!(Instant::now() < end, "the program does not end; it shows\n{}", self.text());
            // Its output has to be drained, or it could not write its last frame.
            if let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(20)) {
                self.take(&bytes);
            }
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Keys by name.
pub mod key {
    pub const ENTER: &str = "\r";
    pub const TAB: &str = "\t";
    pub const ESC: &str = "\x1b";
    pub const F6: &str = "\x1b[17~";
    pub const CTRL_C: &str = "\x03";
    pub const CTRL_N: &str = "\x0e";
    pub const CTRL_O: &str = "\x0f";
    pub const CTRL_Q: &str = "\x11";
    pub const CTRL_T: &str = "\x14";
    pub const CTRL_X: &str = "\x18";
    pub const CTRL_BACKSLASH: &str = "\x1c";
    pub const ALT_N: &str = "\x1bn";
    pub const HOME: &str = "\x1b[H";
    pub const DOWN: &str = "\x1b[B";
    pub const RIGHT: &str = "\x1b[C";
}
