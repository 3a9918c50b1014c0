//! The program is killed, again and again, at points spread over typing and sending. No text that was on disk is lost, no
//! message is taken twice, and "unknown" stands exactly where nobody can know.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use sendoff::mail::draft::{Draft, Stamp};
use sendoff::mail::outbox::{Event, LetterId};
use sendoff::mail::outcome::Outcome;
use sendoff::mail::settings::Settings;
use sendoff::store::drafts::Drafts;
use sendoff::store::outbox::{Origin, Outbox};

use crate::support::server::Server;
use crate::support::terminal::{Home, Terminal, key};

const SCREEN: (u16, u16) = (100, 30);
const SECRET: &str = "password_command = [\"printf\", \"open-sesame\"]";

/// Files of the given name below the state folder.
fn files(home: &Home, name: &str) -> Vec<PathBuf> {
    let all = home.all_bytes().into_iter().map(|(path, _)| path);
    all.filter(|path| path.file_name().is_some_and(|found| found == name)).collect()
}

fn journal(home: &Home) -> String {
    files(home, "journal").iter().map(|path| std::fs::read_to_string(path).unwrap_or_default()).collect()
}

/// Looks again and again until it is so; a file gives no other sign.
#[track_caller]
fn until(what: &str, is_so: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_mins(1);
    while !is_so() {
        assert!(Instant::now() < end, "it never came to: {what}");
        std::thread::yield_now();
    }
}

fn draft_on_disk(home: &Home, text: &str) -> bool {
    let is_draft = |path: &Path| {
        path.extension().is_some_and(|ending| ending == "toml") && path.to_string_lossy().contains("drafts")
    };
    home.all_bytes()
        .iter()
        .any(|(path, bytes)| is_draft(path) && String::from_utf8_lossy(bytes).contains(text))
}

/// Kill after `saved` words are on disk and `more` were typed on top of them.
fn killed_while_typing(point: usize) {
    let home = Home::new();
    home.config("[[account]]\nname = \"work\"\nfrom = \"ana@contoso.com\"\n");
    let mut terminal = Terminal::start(&home, SCREEN, &[]);
    terminal.sees("Subject").press("bob@fabrikam.com\t\t\tkill test\t");
    let words: Vec<String> = (0..=point).map(|n| format!("word{n}")).collect();
    let (saved, more) = words.split_at(point / 2 + 1);
    let saved = saved.join(" ");
    terminal.press(&saved);
    until("the words are on disk", || draft_on_disk(&home, &saved));
    terminal.press(" ").press(&more.join(" "));
    if point.is_multiple_of(3) {
        terminal.sees(words.last().unwrap());
    }
    terminal.kill();

    let mut again = Terminal::start(&home, SCREEN, &[]);
    again
        .sees("draft")
        .press(key::CTRL_O)
        .sees("kill test")
        .press(key::ENTER)
        .sees(&saved[saved.len() - 5..]);
    assert!(draft_on_disk(&home, &saved), "the words are still on disk");
}

#[test]
fn typed_text_survives_kill_9() {
    in_parallel((0..22).collect(), killed_while_typing);
}

/// Where in a send the program is killed.
#[derive(Debug, Clone, Copy)]
enum Point {
    /// The log shows this.
    Shows(&'static str),
    /// The journal holds this record.
    Records(&'static str),
}

const POINTS: [Point; 15] = [
    Point::Records("queued"),
    Point::Records("sending"),
    Point::Shows("connected to"),
    Point::Shows("220 "),
    Point::Shows("EHLO"),
    Point::Shows("250-SIZE"),
    Point::Shows("STARTTLS"),
    Point::Shows("TLS 1.3"),
    Point::Shows("AUTH LOGIN XOAUTH2"),
    Point::Shows("[hidden]"),
    Point::Shows("235 2.7.0"),
    Point::Shows("354"),
    Point::Records("dot-intent"),
    Point::Records("outcome"),
    Point::Shows("accepted:"),
];

/// Sends to a server that takes its time, is killed at `point`, and is started again; what the ledger, the journal and the
/// screen say must agree.
fn killed_while_sending((point, scenario): (Point, &'static str)) {
    let home = Home::new();
    let server = Server::unhurried(&home, scenario);
    home.config(&server.config(SECRET));
    // High enough for the log to show all of it at once.
    let mut terminal = Terminal::start(&home, (120, 140), &[]);
    terminal
        .sees("Subject")
        .press("bob@fabrikam.com\t\t\tledger test\tHello")
        .press(key::CTRL_X)
        .sees("Enter");
    terminal.press(key::ENTER);
    match point {
        Point::Shows(text) => {
            terminal.sees(text);
        }
        Point::Records(record) => until(record, || journal(&home).contains(&format!("\"{record}\""))),
    }
    terminal.kill();

    let records = journal(&home);
    let (intended, has_outcome) = (records.contains("\"dot-intent\""), records.contains("\"outcome\""));
    let mut again = Terminal::start(&home, (120, 40), &[]);
    again.sees("Outbox");
    if intended && !has_outcome || records.contains("\"unknown\"") {
        again
            .sees("may have been sent")
            .press(key::CTRL_O)
            .misses("From an earlier run")
            .sees("may have been sent");
    } else if !has_outcome && records.contains("queued") {
        again.sees("was not sent");
    } else {
        again.sees("Drafts");
        assert!(!again.text().contains("may have been sent"), "{}", again.text());
    }
    // Whatever the ledger says, it says it once at the most; and a message without dot-intent it never saw.
    drop(again);
    let taken = server.drain();
    assert!(taken <= 1, "{point:?}: taken {taken} times");
    assert!(intended || taken == 0, "{point:?}: taken although no dot was intended");
}

#[test]
fn a_send_survives_kill_9_at_every_point() {
    let slow = POINTS.into_iter().map(|point| (point, "slow"));
    // A server that takes the message and never says so: the border itself.
    let silent = POINTS[..13].iter().map(|point| (*point, "drop-after-dot"));
    in_parallel(slow.chain(silent).collect(), killed_while_sending);
}

/// Kills are mostly waiting; a few at a time do not disturb each other.
fn in_parallel<T: Send>(points: Vec<T>, kill: impl Fn(T) + Sync) {
    let queue = std::sync::Mutex::new(points);
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                loop {
                    let Some(point) = queue.lock().unwrap().pop() else { return };
                    kill(point);
                }
            });
        }
    });
}

/// A crash between the receipt and the removal of the draft: the draft goes at the next start, unless it was changed since.
#[test]
fn a_draft_that_went_out_is_not_offered_again_but_new_words_are_kept() {
    // When the letter was queued, against a draft that is saved now.
    for (queued, is_kept) in [("2100-01-01T00:00:00Z", false), ("1990-01-01T00:00:00Z", true)] {
        let home = Home::new();
        let draft = Draft { to: "bob@fabrikam.com".into(), subject: "went out".into(), ..Draft::default() };
        let drafts = Drafts::open(home.state().join("sandbox/drafts")).unwrap();
        drafts.claim("one").unwrap().save(&draft).unwrap();
        let stamp = Stamp { date: std::time::SystemTime::UNIX_EPOCH, token: [1; 16] };
        let text = "[[account]]\nname = \"sandbox\"\nfrom = \"ana@contoso.com\"\n";
        let settings = Settings::parse(text, Path::new("/")).unwrap();
        let letter = draft.check(&settings.accounts[0], &[], &stamp).unwrap();
        let outbox = Outbox::open(home.state().join("sandbox/outbox")).unwrap();
        let origin = Origin { account: "sandbox", draft: Some("one") };
        let at = queued.parse().unwrap();
        let mut held = outbox.queue(LetterId("1".into()), origin, &letter, at).unwrap();
        let outcome = Event::Outcome { outcome: Outcome::Accepted, says: "250".into(), server_id: None };
        held.record(at, outcome).unwrap();
        drop(held);

        let mut terminal = Terminal::start(&home, SCREEN, &["--sandbox"]);
        terminal.sees("was accepted").sees(if is_kept { "Drafts 1" } else { "Drafts 0" });
        assert_eq!(draft_on_disk(&home, "went out"), is_kept, "queued {queued}");
    }
}
