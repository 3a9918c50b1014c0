//! Ana and her machine: a home of her own, one account in her `config.toml`, and the command line.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};

use serde_json::Value;
use tempfile::TempDir;

use crate::rig::Rig;
use crate::{ANA, BOB, SENDOFF, canary};

/// What a story may want to be otherwise in the account.
pub(crate) struct Account {
    pub(crate) from: String,
    pub(crate) port: u16,
    pub(crate) security: &'static str,
    pub(crate) auth: &'static str,
    /// What `password_command` prints.
    pub(crate) secret: String,
}

impl Account {
    /// By password, on the port where everything is as it should be.
    pub(crate) fn usual(rig: &Rig) -> Self {
        Self {
            from: format!("Ana Silva <{ANA}>"),
            port: rig.port("STARTTLS_PORT"),
            security: "starttls",
            auth: "auto",
            secret: rig.fact("PASSWORD").to_owned(),
        }
    }

    fn config(&self, rig: &Rig, secret_file: &Path) -> String {
        // A JSON string is a TOML string.
        let quoted = |text: &str| Value::from(text).to_string();
        format!(
            "[[account]]\nname = \"work\"\nfrom = {}\nhost = \"localhost\"\nport = {}\nsecurity = \"{}\"\nauth = \"{}\"\n\
             password_command = [\"cat\", {}]\nca_file = {}\n",
            quoted(&self.from),
            self.port,
            self.security,
            self.auth,
            quoted(secret_file.to_str().unwrap()),
            quoted(rig.fact("CA_FILE")),
        )
    }
}

pub(crate) struct Ana<'a> {
    rig: &'a Rig,
    secret: String,
    folder: TempDir,
}

/// What came back from one `sendoff send`.
pub(crate) struct Sent {
    pub(crate) exit: i32,
    /// The object of `--json`.
    pub(crate) report: Value,
    /// Standard error: the dialogue of `--log`, and what is said beside it.
    pub(crate) told: String,
}

impl<'a> Ana<'a> {
    pub(crate) fn at(rig: &'a Rig) -> Self {
        Self::with(rig, Account::usual(rig))
    }

    pub(crate) fn with(rig: &'a Rig, account: Account) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["home", "config/sendoff", "state", "files", "out"] {
            fs::create_dir_all(folder.path().join(name)).unwrap();
        }
        let private = |name: &str, text: &str| {
            let mut options = fs::OpenOptions::new();
            options.write(true).create_new(true).mode(0o600);
            options.open(folder.path().join(name)).unwrap().write_all(text.as_bytes()).unwrap();
        };
        private("secret", &format!("{}\n", account.secret));
        private("config/sendoff/config.toml", &account.config(rig, &folder.path().join("secret")));
        Self { rig, secret: account.secret, folder }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Makes a file in the folder in which she types her commands.
    pub(crate) fn file(&self, name: &str, content: &[u8]) {
        fs::write(self.path("files").join(name), content).unwrap();
    }

    /// `sendoff send --json --log ARGUMENTS < body`
    pub(crate) fn send(&self, arguments: &[&str], body: &str) -> Sent {
        let mut child = self.start(arguments, body);
        let status = child.wait().unwrap();
        self.finish(status)
    }

    /// The same, to look at it while it runs: `sh` becomes it, so the process is sendoff.
    pub(crate) fn start(&self, arguments: &[&str], body: &str) -> Child {
        fs::write(self.path("out/body"), body).unwrap();
        let create = |name: &str| fs::File::create(self.path(name)).unwrap();
        // With a umask that hides nothing: what is private all the same, sendoff made so.
        Command::new("sh")
            .args(["-c", "umask 0; exec \"$0\" \"$@\"", SENDOFF, "send", "--json", "--log"])
            .args(arguments)
            // Nothing of whoever runs the tests: no session bus, no locale, no proxy.
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.path("home"))
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("XDG_STATE_HOME", self.path("state"))
            .current_dir(self.path("files"))
            .stdin(fs::File::open(self.path("out/body")).unwrap())
            .stdout(create("out/stdout"))
            .stderr(create("out/stderr"))
            .spawn()
            .expect("sh starts")
    }

    /// Reads what came back, and sees that the promises are kept that hold for every send.
    pub(crate) fn finish(&self, status: ExitStatus) -> Sent {
        let read = |name: &str| fs::read_to_string(self.path(name)).unwrap();
        let (stdout, told) = (read("out/stdout"), read("out/stderr"));
        let exit = status.code().unwrap_or_else(|| panic!("sendoff ended by {status}\n{told}"));
        let line = stdout.strip_suffix('\n').filter(|line| !line.contains('\n'));
        let report = line.and_then(|line| serde_json::from_str(line).ok());
        let report = report.unwrap_or_else(|| panic!("not one line of JSON: {stdout:?}\n{told}"));
        assert_eq!(self.leaks(), [] as [String; 0], "a secret is to be seen");
        assert_eq!(self.letters(), [] as [PathBuf; 0], "a letter stayed behind");
        assert_eq!(self.loose_modes(), [] as [String; 0], "others can look into it");
        Sent { exit, report, told }
    }

    /// Where the secret is to be seen: in what was printed and in every file but the one that it is kept in.
    pub(crate) fn leaks(&self) -> Vec<String> {
        let forms = canary::forms(&self.secret);
        let files = tree(self.folder.path()).into_iter().filter(|path| path.is_file());
        files
            .filter(|path| *path != self.path("secret"))
            .filter(|path| canary::is_in(&fs::read(path).unwrap(), &forms))
            .map(|path| path.strip_prefix(self.folder.path()).unwrap().display().to_string())
            .collect()
    }

    /// What is in the outbox.
    pub(crate) fn letters(&self) -> Vec<PathBuf> {
        tree(&self.path("state/sendoff/outbox"))
    }

    /// Everything that sendoff made and that is not its owner's alone.
    pub(crate) fn loose_modes(&self) -> Vec<String> {
        let mode = |path: &Path| {
            fs::symlink_metadata(path).map(|meta| (meta.is_dir(), meta.permissions().mode() & 0o7777))
        };
        let paths = tree(&self.path("state"));
        // A file that is gone by now cannot be looked into either.
        let modes = paths.iter().filter_map(|path| Some((path, mode(path).ok()?)));
        modes
            .filter(|(_, (is_folder, mode))| *mode != if *is_folder { 0o700 } else { 0o600 })
            .map(|(path, (_, mode))| format!("{} is {mode:o}", path.display()))
            .collect()
    }

    /// Bob got nothing of it, and the server never saw it: known as soon as something later has arrived.
    pub(crate) fn never_arrived(&self, sent: &Sent) {
        let later = Ana::at(self.rig).send(&["--to", BOB, "--subject", "Something later"], "Later.\n");
        self.rig.delivered(BOB, later.accepted());
        assert!(!self.rig.has(BOB, sent.id()), "{} was delivered", sent.id());
        assert!(!self.rig.log().contains(sent.id()), "the server saw {}", sent.id());
    }
}

impl Sent {
    /// The Message-ID, in angle brackets, which is how a message is told from all others.
    pub(crate) fn id(&self) -> &str {
        self.report["message_id"].as_str().filter(|id| !id.is_empty()).expect("a letter has a Message-ID")
    }

    /// The Message-ID of what must have been accepted.
    pub(crate) fn accepted(&self) -> &str {
        assert_eq!(self.verdict(), (0, "accepted", "dot"), "{self}");
        assert_eq!(self.report["code"], 250, "{self}");
        assert_eq!(self.report["cause"], Value::Null, "{self}");
        self.id()
    }

    /// Exit code, outcome, and the last step.
    pub(crate) fn verdict(&self) -> (i32, &str, &str) {
        (self.exit, self.text("outcome"), self.text("step"))
    }

    pub(crate) fn text(&self, key: &str) -> &str {
        self.report[key].as_str().unwrap_or_default()
    }

    /// The name under which Postfix logs it.
    pub(crate) fn queue_id(&self) -> &str {
        self.text("text").rsplit_once(" as ").expect("Postfix says as what it is queued").1
    }

    /// What was said to the server.
    pub(crate) fn commands(&self) -> Vec<&str> {
        self.lines(&["->", "~>"])
    }

    /// What the server said.
    pub(crate) fn replies(&self) -> Vec<&str> {
        self.lines(&["<-", "<~"])
    }

    /// Time and duration stand before the mark, in 19 columns.
    fn lines(&self, marks: &[&str]) -> Vec<&str> {
        let marked =
            self.told.lines().filter(|line| line.get(19..21).is_some_and(|mark| marks.contains(&mark)));
        marked.map(|line| &line[22..]).collect()
    }
}

/// For the message of a failed assertion.
impl std::fmt::Display for Sent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}\n{}", self.report, self.told)
    }
}

/// Everything under a folder that may not exist.
fn tree(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut found = Vec::new();
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            found.extend(tree(&path));
        }
        found.push(path);
    }
    found
}
