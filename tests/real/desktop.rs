//! A desktop of its own for one story: a session bus, and on it a real gnome-keyring, in one state or another.

use std::fs;
use std::io::{BufRead as _, BufReader, Lines, Write as _};
use std::mem::ManuallyDrop;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};

use crate::rig::wait_for;
use crate::support::terminal::Home;

/// What answers to those who look for a keyring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keyring {
    Unlocked,
    /// Of somebody who never had one: a daemon, but nobody has said a password that could lock it.
    Fresh,
    /// A bus on which nobody offers to keep anything.
    Nobody,
    /// No bus at all, as over SSH.
    NoBus,
    /// A bus that takes calls and answers none.
    Silent,
}

pub(crate) struct Desktop {
    address: String,
    runtime: String,
    daemon: Option<Pid>,
    /// What ends with it. A story that runs on the desktop does not own it.
    session: Option<Child>,
    _silent: Option<UnixListener>,
}

/// Says where the bus is, and ends when its input does.
const SCRIPT: &str = "echo \"$DBUS_SESSION_BUS_ADDRESS\"; cat >/dev/null";
const UNLOCKED: &str = "printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; ";
const FRESH: &str = "gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1; ";

/// A bus that starts nobody who is asked for.
const BARE: &str = r#"<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"#;

/// Tells a test that it is the story itself, and who the daemon is.
const HERE: &str = "SENDOFF_DESKTOP";

/// Runs `story`, which is all of a test, on such a desktop. In a process of its own: which bus there is, is said by the
/// environment, and asked once in the life of a process.
pub(crate) fn on<S: AsyncFnOnce(Desktop)>(keyring: Keyring, story: S) {
    if let Some(desktop) = Desktop::here() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        // Never ended: that would wait for calls that hang.
        return ManuallyDrop::new(runtime).block_on(story(desktop));
    }
    // The closure of a test is named after it: `real::keyring::NAME::{{closure}}`.
    let name = std::any::type_name::<S>().trim_start_matches("real::").trim_end_matches("::{{closure}}");
    let home = Home::new();
    let desktop = Desktop::start(&home, keyring);
    let told = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture", "--test-threads=1"])
        .envs(desktop.environment())
        .env("HOME", home.path())
        .env(HERE, desktop.daemon.map_or(0, Pid::as_raw_pid).to_string())
        .output()
        .unwrap();
    let says = |bytes| String::from_utf8_lossy(bytes).into_owned();
    let told = says(&told.stdout) + &says(&told.stderr);
    assert!(told.contains("1 passed"), "{name} on a desktop of its own:\n{told}");
}

impl Desktop {
    pub(crate) fn start(home: &Home, keyring: Keyring) -> Self {
        let runtime = home.path().join("run");
        fs::create_dir(&runtime).unwrap();
        let bare = home.file("bare.conf", BARE.as_bytes()).display().to_string();
        let (mut session, mut silent) = (None, None);
        let mut open = |options: &[&str], first| {
            let (child, address) = bus(home, &runtime, options, first);
            session = Some(child);
            address
        };
        let address = match keyring {
            Keyring::Unlocked => open(&[], UNLOCKED),
            Keyring::Fresh => open(&[], FRESH),
            Keyring::Nobody => open(&["--config-file", &bare], ""),
            Keyring::NoBus => "unix:path=/nonexistent".to_owned(),
            Keyring::Silent => {
                let socket = runtime.join("bus");
                silent = Some(UnixListener::bind(&socket).unwrap());
                format!("unix:path={}", socket.display())
            }
        };
        let runtime = runtime.display().to_string();
        let mut desktop = Self { address, runtime, daemon: None, session, _silent: silent };
        if matches!(keyring, Keyring::Unlocked | Keyring::Fresh) {
            desktop.daemon = Some(wait_for("the keyring on its bus", || desktop.pid()));
        }
        desktop
    }

    /// The one on which this process runs, if it was started by [`on`].
    fn here() -> Option<Self> {
        let get = |name| std::env::var(name).ok();
        let daemon = Pid::from_raw(get(HERE)?.parse().unwrap());
        let (address, runtime) = (get("DBUS_SESSION_BUS_ADDRESS")?, get("XDG_RUNTIME_DIR")?);
        Some(Self { address, runtime, daemon, session: None, _silent: None })
    }

    pub(crate) fn environment(&self) -> [(&str, &str); 2] {
        [("DBUS_SESSION_BUS_ADDRESS", &self.address), ("XDG_RUNTIME_DIR", &self.runtime)]
    }

    /// Who holds the name of the keyring.
    fn pid(&self) -> Option<Pid> {
        let asked = Command::new("dbus-send")
            .args([
                "--session",
                "--print-reply=literal",
                "--dest=org.freedesktop.DBus",
                "/org/freedesktop/DBus",
            ])
            .args(["org.freedesktop.DBus.GetConnectionUnixProcessID", "string:org.freedesktop.secrets"])
            .envs(self.environment())
            .output()
            .unwrap();
        let said = String::from_utf8(asked.stdout).unwrap();
        Pid::from_raw(said.split_whitespace().last()?.parse().ok()?)
    }

    /// Stops the daemon or ends it.
    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.daemon.unwrap(), signal).unwrap();
    }

    pub(crate) fn lock(&self) {
        self.secret_tool(&["lock", "--collection=login"], b"");
    }

    /// Starts the daemon anew, by the same password.
    pub(crate) fn unlock(&self) {
        Command::new("sh").args(["-c", UNLOCKED]).envs(self.environment()).status().unwrap();
    }

    pub(crate) fn secret_tool(&self, arguments: &[&str], input: &[u8]) -> String {
        let mut tool = Command::new("secret-tool")
            .args(arguments)
            .envs(self.environment())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("secret-tool is there; tests/real/run installs it");
        tool.stdin.take().unwrap().write_all(input).unwrap();
        String::from_utf8(tool.wait_with_output().unwrap().stdout).unwrap()
    }

    /// What goes over the bus from now on.
    pub(crate) fn calls(&self) -> Calls {
        let mut monitor = Command::new("dbus-monitor")
            .args(["--session"])
            .envs(self.environment())
            .stdout(Stdio::piped())
            .spawn()
            .expect("dbus-monitor comes with the bus");
        let lines = BufReader::new(monitor.stdout.take().unwrap()).lines();
        let mut calls = Calls { monitor, lines };
        calls.until("NameAcquired");
        calls
    }
}

/// A session bus, and its address, once `first` has been done on it.
fn bus(home: &Home, runtime: &Path, options: &[&str], first: &str) -> (Child, String) {
    let mut session = Command::new("dbus-run-session")
        .args(options)
        .args(["--", "sh", "-c", &format!("{first}{SCRIPT}")])
        .env("HOME", home.path())
        .env("XDG_RUNTIME_DIR", runtime)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("dbus-run-session is there; tests/real/run installs it");
    let mut address = String::new();
    BufReader::new(session.stdout.take().unwrap()).read_line(&mut address).unwrap();
    (session, address.trim().to_owned())
}

impl Drop for Desktop {
    fn drop(&mut self) {
        let Some(mut session) = self.session.take() else { return };
        // A stopped one does not hear that the bus ends; and another may have come in the place of one that was killed.
        if let Some(daemon) = self.pid() {
            let _ = kill_process(daemon, Signal::KILL);
        }
        drop(session.stdin.take());
        let _ = session.wait();
    }
}

/// The calls on a bus, as they are made.
pub(crate) struct Calls {
    monitor: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Calls {
    pub(crate) fn until(&mut self, call: &str) {
        let found = self.lines.by_ref().map_while(Result::ok).any(|line| line.contains(call));
        assert!(found, "the bus ended before {call}");
    }
}

impl Drop for Calls {
    fn drop(&mut self) {
        let _ = self.monitor.kill();
        let _ = self.monitor.wait();
    }
}
