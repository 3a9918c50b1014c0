//! The servers that `tests/real/run` started: where they listen, what they wrote down, what they delivered.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::mail::Mail;

/// Far more than a delivery takes, so that a slow machine is not a failed test.
const PATIENCE: Duration = Duration::from_mins(1);
const POLL: Duration = Duration::from_millis(10);

pub(crate) struct Rig {
    /// What `serve.sh` wrote to its `env`.
    facts: BTreeMap<String, String>,
    folder: PathBuf,
}

impl Rig {
    pub(crate) fn find() -> Self {
        let env = std::env::var_os("SENDOFF_REAL").map(PathBuf::from).expect(
            "SENDOFF_REAL is not set: these tests need Postfix and Dovecot, so start them by tests/real/run",
        );
        let text = fs::read_to_string(&env).unwrap_or_else(|why| {
            panic!("SENDOFF_REAL names {}, which cannot be read: {why}", env.display())
        });
        let facts = text.lines().filter_map(|line| line.split_once('='));
        Self {
            facts: facts.map(|(key, value)| (key.to_owned(), value.to_owned())).collect(),
            folder: env.parent().expect("a file is in a folder").to_owned(),
        }
    }

    pub(crate) fn fact(&self, key: &str) -> &str {
        self.facts.get(key).unwrap_or_else(|| panic!("serve.sh says nothing of {key}"))
    }

    pub(crate) fn port(&self, key: &str) -> u16 {
        self.fact(key).parse().expect("a port is a number")
    }

    /// The message with this Message-ID, as it lies in the mailbox of `to`.
    pub(crate) fn delivered(&self, to: &str, id: &str) -> Mail {
        let new = self.mailbox(to);
        let path = wait_for(&format!("{id} in the mailbox of {to}"), || {
            files(&new).into_iter().find(|path| bears(path, id))
        });
        Mail::read(&path)
    }

    /// Whether the message is there now; worth asking once a later one has arrived.
    pub(crate) fn has(&self, to: &str, id: &str) -> bool {
        files(&self.mailbox(to)).iter().any(|path| bears(path, id))
    }

    fn mailbox(&self, of: &str) -> PathBuf {
        let (name, _domain) = of.split_once('@').expect("an address has an @");
        Path::new(self.fact("MAIL_DIR")).join(name).join("new")
    }

    /// What Postfix wrote to its log so far.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.folder.join("postfix/log")).expect("Postfix writes a log")
    }

    /// The first line of the log that holds all of `words`, once it is there.
    pub(crate) fn logged(&self, words: &[&str]) -> String {
        wait_for(&format!("{words:?} in the log of Postfix"), || {
            let log = self.log();
            log.lines().find(|line| words.iter().all(|word| line.contains(word))).map(str::to_owned)
        })
    }
}

/// Asks until there is an answer.
pub(crate) fn wait_for<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(began.elapsed() < PATIENCE, "waited in vain for {what}");
        sleep(POLL);
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).expect("serve.sh made it").map(|entry| entry.unwrap().path()).collect()
}

/// Is this Message-ID in the headers? They are short, the rest may be many megabytes.
fn bears(path: &Path, id: &str) -> bool {
    let mut start = Vec::new();
    let file = fs::File::open(path).expect("delivered mail can be read");
    file.take(16 * 1024).read_to_end(&mut start).expect("delivered mail can be read");
    String::from_utf8_lossy(&start).contains(&format!("\nMessage-ID: {id}\n"))
}
