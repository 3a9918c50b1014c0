//! The life of a letter on disk: frozen, journalled, and read back after whatever happened.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use sendoff::mail::draft::{Attachment, Draft, FileFact, Stamp};
use sendoff::mail::letter::Letter;
use sendoff::mail::outbox::{Entry, Event, Fate, LetterId, Record};
use sendoff::mail::outcome::Outcome;
use sendoff::store::outbox::{Held, Origin, Outbox};
use sendoff::store::{StoreError, write_letter};
use tempfile::TempDir;

use crate::support::attempt::account;

use Outcome::{Accepted, Deferred, Failed, Partly, Refused, Unknown};

const WORK: Origin<'_> = Origin { account: "work", draft: None };

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

fn letter() -> Letter {
    let stamp = Stamp { date: SystemTime::UNIX_EPOCH + Duration::from_secs(1_790_000_000), token: [7; 16] };
    let draft = Draft {
        to: "bob@fabrikam.com".into(),
        bcc: "carol@contoso.com".into(),
        subject: "Q3 numbers".into(),
        body: "Hi.\n".into(),
        ..Draft::default()
    };
    draft.check(&account(), &[], &stamp).unwrap()
}

fn id(text: &str) -> LetterId {
    LetterId(text.into())
}

fn outbox() -> (TempDir, Outbox) {
    let home = tempfile::tempdir().unwrap();
    let outbox = Outbox::open(home.path().join("outbox")).unwrap();
    (home, outbox)
}

/// Queues one letter in a new outbox at `folder`.
pub(crate) fn queue_one(folder: &Path) -> Held {
    Outbox::open(folder.to_owned()).unwrap().queue(id("one"), WORK, &letter(), at(0)).unwrap()
}

fn outcome(outcome: Outcome) -> Event {
    Event::Outcome { outcome, says: format!("it was {outcome}"), server_id: None }
}

fn done(outcome: Outcome) -> Fate {
    Fate::Done { outcome, says: format!("it was {outcome}"), server_id: None }
}

/// An outbox with one letter to which these things happened, in order.
fn after(events: &[Event]) -> (TempDir, Outbox) {
    let (home, outbox) = outbox();
    let mut held = outbox.queue(id("one"), WORK, &letter(), at(0)).unwrap();
    for (second, event) in (1..).zip(events) {
        held.record(at(second), event.clone()).unwrap();
    }
    drop(held);
    (home, outbox)
}

fn only(outbox: &Outbox) -> Entry {
    let mut entries = outbox.list().unwrap();
    assert_eq!(entries.len(), 1);
    entries.remove(0)
}

fn journal_of(home: &TempDir) -> PathBuf {
    home.path().join("outbox/one/journal")
}

#[test]
fn a_queued_letter_is_on_disk_whole() {
    let (home, outbox) = outbox();
    let held = outbox.queue(id("one"), WORK, &letter(), at(0)).unwrap();
    let mut frozen = Vec::new();
    write_letter(&letter(), &mut frozen).unwrap();
    assert_eq!(fs::read(held.letter()).unwrap(), frozen);
    drop(held);
    let entry = only(&outbox);
    assert_eq!(
        (&entry.id, entry.account.as_str(), &entry.envelope),
        (&id("one"), "work", &letter().envelope)
    );
    assert_eq!((entry.fate, entry.at, entry.is_busy), (Fate::NotSent, at(0), false));
    assert_eq!(fs::read_dir(home.path().join("outbox")).unwrap().count(), 1);
}

#[test]
fn the_fate_is_what_the_journal_says() {
    use Event::{DotIntent, Sending};
    let table = [
        (vec![], Fate::NotSent),
        (vec![Sending], Fate::NotSent),
        (vec![Sending, DotIntent], Fate::Unknown),
        (vec![Sending, outcome(Deferred)], done(Deferred)),
        (vec![Sending, outcome(Failed)], done(Failed)),
        (vec![Sending, outcome(Refused)], done(Refused)),
        (vec![Sending, DotIntent, outcome(Accepted)], done(Accepted)),
        (vec![Sending, DotIntent, outcome(Partly)], done(Partly)),
        (vec![Sending, DotIntent, outcome(Refused)], done(Refused)),
        (vec![Sending, DotIntent, outcome(Deferred)], done(Deferred)),
        (vec![Sending, DotIntent, outcome(Unknown)], done(Unknown)),
        (vec![Sending, outcome(Deferred), Sending], Fate::NotSent),
        (vec![Sending, outcome(Deferred), Sending, DotIntent], Fate::Unknown),
        (vec![Sending, outcome(Deferred), Sending, DotIntent, outcome(Accepted)], done(Accepted)),
    ];
    for (events, fate) in table {
        let (_home, outbox) = after(&events);
        assert_eq!(only(&outbox).fate, fate, "{events:?}");
    }
}

#[test]
fn an_attempt_that_may_have_got_through_is_never_forgotten() {
    use Event::{DotIntent, Sending};
    for first in [vec![Sending, DotIntent], vec![Sending, DotIntent, outcome(Unknown)]] {
        for second in [
            vec![Sending],
            vec![Sending, outcome(Deferred)],
            vec![Sending, outcome(Failed)],
            vec![Sending, DotIntent, outcome(Refused)],
        ] {
            let events = [first.clone(), second].concat();
            let records: Vec<Record> =
                events.iter().map(|event| Record { at: at(0), event: event.clone() }).collect();
            assert!(Fate::of(&records).is_unknown(), "{events:?}");
            assert!(Fate::of(&records).is_open(), "{events:?}");
        }
        let events = [first, vec![Sending, DotIntent, outcome(Accepted)]].concat();
        let records: Vec<Record> = events.into_iter().map(|event| Record { at: at(0), event }).collect();
        assert_eq!(Fate::of(&records), done(Accepted), "this time it surely did");
    }
}

#[test]
fn what_a_person_has_to_look_at_is_open() {
    let is_open =
        [Accepted, Partly, Refused, Deferred, Failed, Unknown].map(|outcome| done(outcome).is_open());
    assert_eq!(is_open, [false, false, true, true, true, true]);
    assert!(Fate::NotSent.is_open() && Fate::Unknown.is_open());
    assert!(Fate::Unknown.is_unknown() && done(Unknown).is_unknown() && !Fate::NotSent.is_unknown());
}

#[test]
fn a_journal_torn_at_any_byte_says_what_was_synced() {
    use Event::{DotIntent, Sending};
    let (home, outbox) = after(&[Sending, DotIntent, outcome(Accepted)]);
    let whole = fs::read(journal_of(&home)).unwrap();
    let ends: Vec<usize> = memchr::memchr_iter(b'\n', &whole).map(|end| end + 1).collect();
    let fates = [Fate::NotSent, Fate::NotSent, Fate::NotSent, Fate::Unknown, done(Accepted)];
    for length in 0..=whole.len() {
        let synced = ends.iter().filter(|end| **end <= length).count();
        fs::write(journal_of(&home), &whole[..length]).unwrap();
        assert_eq!(only(&outbox).fate, fates[synced], "{length} bytes");
    }
}

#[test]
fn a_torn_journal_goes_on() {
    use Event::{DotIntent, Sending};
    let (home, outbox) = after(&[Sending, DotIntent]);
    let whole = fs::read(journal_of(&home)).unwrap();
    let start = memchr::memrchr(b'\n', &whole[..whole.len() - 1]).unwrap() + 1;
    for length in start..whole.len() {
        fs::write(journal_of(&home), &whole[..length]).unwrap();
        let mut held = outbox.hold(&id("one")).unwrap();
        assert_eq!(only(&outbox).fate, Fate::NotSent, "a torn dot-intent allowed no dot: {length} bytes");
        held.record(at(9), Sending).unwrap();
        assert_eq!(only(&outbox).fate, Fate::NotSent);
        held.record(at(9), outcome(Accepted)).unwrap();
        assert_eq!(only(&outbox).fate, done(Accepted), "{length} bytes");
    }
}

#[test]
fn a_tail_of_zeros_is_a_torn_line() {
    let (home, outbox) = after(&[Event::Sending]);
    let whole = fs::read(journal_of(&home)).unwrap();
    fs::write(journal_of(&home), [whole.as_slice(), &[0; 100]].concat()).unwrap();
    assert_eq!(only(&outbox).fate, Fate::NotSent);
    outbox.hold(&id("one")).unwrap().record(at(9), outcome(Refused)).unwrap();
    assert_eq!(only(&outbox).fate, done(Refused));
}

#[test]
fn a_damaged_byte_hides_no_letter_and_promises_nothing() {
    use Event::{DotIntent, Sending};
    let (home, outbox) = after(&[Sending, DotIntent]);
    let whole = fs::read(journal_of(&home)).unwrap();
    let start = memchr::memrchr(b'\n', &whole[..whole.len() - 1]).unwrap() + 1;
    for place in 0..whole.len() - 1 {
        for byte in [b'x', 0xFF, 0, b'\n'] {
            let mut damaged = whole.clone();
            damaged[place] = byte;
            fs::write(journal_of(&home), &damaged).unwrap();
            let fate = only(&outbox).fate;
            // Cut in two by a line end, the line before `dot-intent` may be two damaged lines: unknown, too.
            assert_eq!(
                fate,
                Fate::Unknown,
                "{byte:#x} at {place} of {}, dot-intent begins at {start}",
                whole.len()
            );
        }
    }
}

#[test]
fn a_damaged_letter_does_not_hide_the_others() {
    let (home, outbox) = outbox();
    for name in ["one", "two", "three"] {
        outbox.queue(id(name), WORK, &letter(), at(0)).unwrap();
    }
    fs::write(home.path().join("outbox/one/journal"), b"\xFF\xFE\n").unwrap();
    fs::write(home.path().join("outbox/two/envelope.json"), b"{").unwrap();
    fs::create_dir(home.path().join("outbox/not a letter")).unwrap();
    fs::write(home.path().join("outbox/a file"), "x").unwrap();
    let mut listed: Vec<String> = outbox.list().unwrap().into_iter().map(|entry| entry.id.0).collect();
    listed.sort();
    assert_eq!(listed, ["one", "three"]);
    assert!(home.path().join("outbox/two/letter.eml").exists(), "nothing is thrown away");
}

#[test]
fn what_never_became_whole_is_swept() {
    let (home, outbox) = outbox();
    let new = home.path().join("outbox/two.new");
    fs::create_dir(&new).unwrap();
    fs::write(new.join("journal"), "").unwrap();
    fs::write(new.join("letter.eml"), "half a let").unwrap();
    assert!(outbox.list().unwrap().is_empty() && !new.exists());

    fs::create_dir(&new).unwrap();
    fs::write(new.join("journal"), "").unwrap();
    let alive = fs::File::open(new.join("journal")).unwrap();
    alive.try_lock().unwrap();
    assert!(outbox.list().unwrap().is_empty() && new.exists(), "somebody is writing it now");
    drop(alive);
    assert!(outbox.list().unwrap().is_empty() && !new.exists());
}

#[test]
fn a_letter_has_one_sender_at_a_time() {
    let (_home, outbox) = outbox();
    let held = outbox.queue(id("one"), WORK, &letter(), at(0)).unwrap();
    assert!(only(&outbox).is_busy);
    assert!(matches!(outbox.hold(&id("one")), Err(StoreError::Busy { .. })));
    drop(held);
    assert!(!only(&outbox).is_busy);
    let again = outbox.hold(&id("one")).unwrap();
    assert!(only(&outbox).is_busy);
    again.discard().unwrap();
    assert!(outbox.list().unwrap().is_empty());
    assert!(matches!(outbox.hold(&id("one")), Err(StoreError::Io { .. })));
}

#[test]
fn a_draft_that_went_out_takes_its_failed_attempts_along_and_no_others() {
    use Event::{DotIntent, Sending};
    let (_home, outbox) = outbox();
    let letters = [
        ("queued", "draft", vec![]),
        ("deferred", "draft", vec![Sending, outcome(Deferred)]),
        ("refused", "draft", vec![Sending, DotIntent, outcome(Refused)]),
        ("silent", "draft", vec![Sending, DotIntent]),
        ("unknown", "draft", vec![Sending, DotIntent, outcome(Unknown)]),
        ("again", "draft", vec![Sending, DotIntent, outcome(Unknown), Sending, outcome(Failed)]),
        ("accepted", "draft", vec![Sending, DotIntent, outcome(Accepted)]),
        ("another's", "another draft", vec![Sending, outcome(Deferred)]),
    ];
    for (name, draft, events) in letters {
        let origin = Origin { draft: Some(draft), ..WORK };
        let mut held = outbox.queue(id(name), origin, &letter(), at(0)).unwrap();
        for event in events {
            held.record(at(1), event).unwrap();
        }
    }
    let busy = outbox.queue(id("busy"), Origin { draft: Some("draft"), ..WORK }, &letter(), at(0)).unwrap();
    outbox.settle_attempts("draft").unwrap();
    drop(busy);
    let mut left: Vec<String> = outbox.list().unwrap().into_iter().map(|entry| entry.id.0).collect();
    left.sort();
    assert_eq!(left, ["accepted", "again", "another's", "busy", "silent", "unknown"]);
}

#[test]
fn the_text_can_be_let_go_and_the_record_stays() {
    let (_home, outbox) = after(&[Event::Sending, Event::DotIntent, outcome(Accepted)]);
    let held = outbox.hold(&id("one")).unwrap();
    held.forget_letter();
    assert!(!held.letter().exists());
    assert_eq!(only(&outbox).fate, done(Accepted));
}

#[test]
fn fifty_finished_letters_are_kept_and_every_open_one() {
    let (home, outbox) = after(&[Event::Sending, Event::DotIntent, outcome(Accepted)]);
    let folder = home.path().join("outbox");
    let [cover, journal] =
        ["envelope.json", "journal"].map(|name| fs::read_to_string(folder.join("one").join(name)).unwrap());
    fs::remove_dir_all(folder.join("one")).unwrap();
    let other = |journal: &str, outcome: &str| journal.replace("accepted", outcome);
    for n in 0..70 {
        let letter = folder.join(format!("letter-{n:02}"));
        fs::create_dir(&letter).unwrap();
        fs::write(letter.join("envelope.json"), &cover).unwrap();
        let moved = journal.replace(&at(0).to_string(), &at(n).to_string());
        let fate = ["accepted", "unknown", "refused", "partly", "accepted", "accepted", "accepted"]
            [usize::try_from(n % 7).unwrap()];
        fs::write(letter.join("journal"), other(&moved, fate)).unwrap();
    }
    outbox.list().unwrap();
    for _ in 0..2 {
        let listed = outbox.list().unwrap();
        let finished: Vec<&Entry> = listed.iter().filter(|entry| !entry.fate.is_open()).collect();
        assert_eq!((finished.len(), listed.len()), (50, 70), "there are only fifty");
        assert!(listed.is_sorted_by(|newer, older| newer.at >= older.at));
    }
    for n in 70..80 {
        let letter = folder.join(format!("letter-{n}"));
        fs::create_dir(&letter).unwrap();
        fs::write(letter.join("envelope.json"), &cover).unwrap();
        fs::write(letter.join("journal"), journal.replace(&at(0).to_string(), &at(n).to_string())).unwrap();
    }
    outbox.list().unwrap();
    let listed = outbox.list().unwrap();
    assert_eq!(
        (listed.len(), listed.iter().filter(|entry| entry.fate.is_open()).count()),
        (70, 20),
        "the ten oldest finished ones went"
    );
    assert!(
        listed.iter().any(|entry| entry.id.0 == "letter-79")
            && !listed.iter().any(|entry| entry.id.0 == "letter-00")
    );
    assert!(listed.iter().any(|entry| entry.id.0 == "letter-01"), "old, and open");
}

#[test]
fn a_letter_whose_file_changed_is_not_queued() {
    let (home, outbox) = outbox();
    let file = home.path().join("data.bin");
    let stamp = Stamp { date: SystemTime::UNIX_EPOCH, token: [7; 16] };
    let draft = Draft {
        to: "bob@fabrikam.com".into(),
        attachments: vec![Attachment { path: file.clone(), len: 5 }],
        ..Draft::default()
    };
    let letter = draft.check(&account(), &[FileFact::File(5)], &stamp).unwrap();
    for now in ["", "four", "sixsix"] {
        fs::write(&file, now).unwrap();
        let refused = outbox.queue(id("one"), WORK, &letter, at(0)).unwrap_err();
        assert!(matches!(refused, StoreError::Changed { .. }), "{refused}");
        assert_eq!(fs::read_dir(home.path().join("outbox")).unwrap().count(), 0, "and nothing of it stays");
    }
    fs::write(&file, "fives").unwrap();
    let held = outbox.queue(id("one"), WORK, &letter, at(0)).unwrap();
    fs::write(&file, "later").unwrap();
    assert!(
        String::from_utf8(fs::read(held.letter()).unwrap()).unwrap().contains("Zml2ZXM="),
        "frozen as it was"
    );
}

#[test]
fn a_name_that_is_taken_stays_what_it_is() {
    let (home, outbox) = after(&[Event::Sending]);
    assert!(outbox.queue(id("one"), WORK, &letter(), at(5)).is_err());
    assert_eq!((only(&outbox).at, only(&outbox).fate), (at(0), Fate::NotSent));
    assert_eq!(fs::read_dir(home.path().join("outbox")).unwrap().count(), 1);
}

#[test]
fn links_in_the_place_of_a_letter_are_not_followed() {
    let (home, outbox) = outbox();
    let elsewhere = home.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    for name in ["one.new", "one"] {
        symlink(&elsewhere, home.path().join("outbox").join(name)).unwrap();
        let _queued_or_not = outbox.queue(id("one"), WORK, &letter(), at(0));
        assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0, "{name}");
        let _ = fs::remove_file(home.path().join("outbox").join(name));
    }
    let victim = home.path().join("victim");
    fs::write(&victim, "precious").unwrap();
    let new = home.path().join("outbox/two.new");
    fs::create_dir(&new).unwrap();
    for name in ["journal", "letter.eml", "envelope.json"] {
        symlink(&victim, new.join(name)).unwrap();
    }
    let _queued_or_not = outbox.queue(id("two"), WORK, &letter(), at(0));
    assert_eq!(fs::read_to_string(&victim).unwrap(), "precious");
}

#[test]
fn the_journal_is_lines_that_a_person_can_read() {
    let (home, _outbox) = after(&[
        Event::Sending,
        Event::DotIntent,
        Event::Outcome { outcome: Accepted, says: "250 OK".into(), server_id: Some("<theirs@x>".into()) },
    ]);
    let text = fs::read_to_string(journal_of(&home)).unwrap();
    let due = [
        r#"{"at":"2026-09-21T14:13:20Z","event":"queued"}"#,
        r#"{"at":"2026-09-21T14:13:21Z","event":"sending"}"#,
        r#"{"at":"2026-09-21T14:13:22Z","event":"dot-intent"}"#,
        r#"{"at":"2026-09-21T14:13:23Z","event":"outcome","outcome":"accepted","says":"250 OK","server_id":"<theirs@x>"}"#,
    ];
    assert_eq!(text.lines().collect::<Vec<_>>(), due);
}

#[test]
fn a_lock_that_was_let_go_is_free_though_programs_are_being_started() {
    let (_home, outbox) = after(&[Event::Sending]);
    // A program that is being started holds a copy of every open file until it runs.
    let starting = std::thread::spawn(|| {
        for _ in 0..300 {
            std::process::Command::new("true").status().unwrap();
        }
    });
    while !starting.is_finished() {
        drop(outbox.hold(&id("one")).expect("nobody else has it"));
    }
    starting.join().unwrap();
}
