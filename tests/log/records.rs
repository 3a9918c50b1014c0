//! A record is ours alone, grows while the session runs, and never stands in the way of a send.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use sendoff::mail::session::json;

use super::{records, run, send};
use crate::support::server::Server;
use crate::support::terminal::{Home, Terminal, key};

#[test]
fn a_sent_message_is_listed_shown_and_exported() {
    let home = Home::new();
    let _server = send(&home, "accepts");
    let (code, list, _) = run(&home, &["log"], "");
    assert_eq!(code, Some(0));
    assert!(
        list.starts_with("  1  2") && list.contains("accepted") && list.contains("Q3 <numbers>"),
        "{list}"
    );
    let (_, shown, _) = run(&home, &["log", "show"], "");
    for part in
        ["Outcome  accepted at dot", "TLS 1.3", "~> AUTH XOAUTH2 [hidden]", "<~ 235 2.7.0", "Its id   <"]
    {
        assert!(shown.contains(part), "{part} is not in\n{shown}");
    }
    let (_, json, _) = run(&home, &["log", "export", "last", "--form", "json"], "");
    let (session, damaged) = json::read(&json).unwrap();
    assert_eq!((session.head.title.as_str(), damaged), ("Q3 <numbers>", 0));
    assert!(!session.chain.is_empty() && !session.offered.is_empty() && session.ending.is_some());
    let (code, nothing, why) = run(&home, &["log", "show", "7"], "");
    assert_eq!((code, nothing.as_str()), (Some(66), ""));
    assert!(why.contains("there are 1 to 1"), "{why}");
}

#[test]
fn a_refusal_is_kept_with_what_it_means() {
    let home = Home::new();
    let _server = send(&home, "smtp-auth-disabled");
    let (_, shown, _) = run(&home, &["log", "show"], "");
    let refusal = shown.find("<~ 535 5.7.139").unwrap();
    let meaning = shown.find("# SMTP sending is switched off").unwrap();
    assert!(refusal < meaning && meaning < shown.find("~> QUIT").unwrap(), "{shown}");
}

#[test]
fn records_are_ours_alone() {
    let home = Home::new();
    let _server = send(&home, "accepts");
    let file = &records(&home)[0];
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(file), mode(file.parent().unwrap())), (0o600, 0o700));
}

#[test]
fn a_folder_that_takes_nothing_does_not_disturb_a_send() {
    let home = Home::new();
    // Something else is where the folder should be: nobody can write there, root included.
    std::fs::create_dir_all(home.state()).unwrap();
    std::fs::write(home.state().join("logs"), "a file").unwrap();
    let server = send(&home, "accepts");
    server.accepted();
    assert!(records(&home).is_empty());
}

#[test]
fn nothing_is_kept_where_nobody_wants_it() {
    let home = Home::new();
    let server = Server::start(&home, "accepts");
    home.config(&format!("[log]\nkeep = false\n{}", server.config(super::TOKEN)));
    let (code, _, _) = run(&home, &["send", "--to", "bob@fabrikam.com"], "Hello\n");
    assert_eq!((code, records(&home).len()), (Some(0), 0));
}

#[test]
fn a_record_that_was_cut_off_or_damaged_is_read_as_far_as_it_goes() {
    let home = Home::new();
    let _server = send(&home, "wrong-password");
    let whole = std::fs::read(&records(&home)[0]).unwrap();
    let text = String::from_utf8(whole.clone()).unwrap();
    let lines = json::read(&text).unwrap().0.lines.len();
    let first = text.find('\n').unwrap();
    for cut in (0..whole.len()).step_by(7) {
        let read = json::read(&String::from_utf8_lossy(&whole[..cut]));
        assert_eq!(read.is_some(), cut >= first, "cut at {cut}");
        assert!(read.is_none_or(|(session, damaged)| session.lines.len() <= lines && damaged <= 1));
    }
    for at in (0..whole.len()).step_by(11) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x15;
        // Whatever comes of it, it comes without a fault of ours.
        let _ = json::read(&String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn what_is_too_old_or_too_much_goes_and_nothing_else() {
    let home = Home::new();
    let _server = send(&home, "accepts");
    let first = records(&home)[0].clone();
    let folder = first.parent().unwrap().to_owned();
    std::fs::write(folder.join("notes.jsonl"), "mine").unwrap();
    run(&home, &["send", "--to", "bob@fabrikam.com"], "Hello\n");
    let (_, said, _) = run(&home, &["log", "prune", "--days", "3"], "");
    assert_eq!(said, "0 removed\n");
    age(&first);
    let (_, said, _) = run(&home, &["log", "prune", "--days", "3"], "");
    assert_eq!((said.as_str(), first.exists()), ("1 removed\n", false));
    let (_, said, _) = run(&home, &["log", "prune", "--all"], "");
    assert_eq!(said, "1 removed\n");
    assert!(folder.join("notes.jsonl").exists());
}

/// As if nothing had been written to it for five days.
fn age(record: &Path) {
    let old = SystemTime::now() - Duration::from_hours(24 * 5);
    std::fs::File::options().write(true).open(record).unwrap().set_modified(old).unwrap();
}

#[test]
fn a_send_and_a_check_remove_what_is_too_old() {
    for command in [&["send", "--to", "bob@fabrikam.com"][..], &["check"]] {
        let home = Home::new();
        let server = send(&home, "accepts");
        home.config(&format!("[log]\ndays = 3\n{}", server.config(super::TOKEN)));
        let first = records(&home)[0].clone();
        run(&home, command, "Hello\n");
        assert_eq!(records(&home).len(), 2, "what is new stays");
        age(&first);
        let folder = first.parent().unwrap();
        std::fs::write(folder.join("notes.jsonl"), "mine").unwrap();
        age(&folder.join("notes.jsonl"));
        let (code, said, _) = run(&home, command, "Hello\n");
        assert!(code == Some(0) && !said.is_empty());
        assert!(!first.exists() && records(&home).len() == 3, "{:?}", records(&home));
        assert!(folder.join("notes.jsonl").exists());
    }
}

#[test]
fn a_send_and_a_check_remove_what_is_too_much_the_oldest_first() {
    let home = Home::new();
    let server = send(&home, "accepts");
    let len = |record: &PathBuf| record.metadata().unwrap().len();
    // Room for two and a half: a subject makes a record no longer than the first one.
    let size = len(&records(&home)[0]) * 5 / 2;
    home.config(&format!("[log]\nsize = {size}\n{}", server.config(super::TOKEN)));
    for command in [&["send", "--to", "bob@fabrikam.com"][..], &["check"]].repeat(3) {
        let before = records(&home);
        run(&home, command, "Hello\n");
        let after = records(&home);
        let new = after.last().unwrap();
        assert!(!before.contains(new), "the newest stays");
        assert!(after.iter().map(len).sum::<u64>() <= size);
        assert!(
            before.ends_with(&after[..after.len() - 1]),
            "what stays is the newest: {before:?} {after:?}"
        );
    }
    assert!(records(&home).len() < 5);
}

#[test]
fn the_composer_keeps_the_limits_after_every_session() {
    let home = Home::new();
    let server = send(&home, "accepts");
    home.config(&format!("[log]\ndays = 3\n{}", server.config(super::TOKEN)));
    let mut terminal = Terminal::start(&home, (80, 24), &[]);
    // From here on the look at its start, which keeps them too, is over.
    terminal.sees("Subject").press(key::F6).sees("earlier run is kept").press(key::F6).press(key::F6);
    let first = records(&home)[0].clone();
    age(&first);
    terminal.press("\tbob@fabrikam.com\t\t\tSecond\tHello").press(key::CTRL_X);
    terminal.sees("Send this?").press(key::ENTER).sees("accepted: Second");
    let end = Instant::now() + Duration::from_mins(1);
    while first.exists() {
        assert!(Instant::now() < end, "the old record stays");
        std::thread::yield_now();
    }
    assert_eq!(records(&home).len(), 1);
}

#[test]
fn an_export_never_writes_over_a_file() {
    let home = Home::new();
    let _server = send(&home, "accepts");
    let file = home.file("mine.txt", b"mine");
    let (code, _, why) = run(&home, &["log", "export", "-o", file.to_str().unwrap()], "");
    assert_eq!((code, std::fs::read(&file).unwrap().as_slice()), (Some(74), &b"mine"[..]));
    assert!(why.contains("mine.txt"), "{why}");
}

#[test]
fn sessions_come_back_at_the_next_start_and_go_out_by_key() {
    let home = Home::new();
    let _server = send(&home, "smtp-auth-disabled");
    let mut terminal = Terminal::start(&home, (120, 40), &[]);
    terminal
        .sees("Subject")
        .press(key::F6)
        .sees("earlier run is kept")
        .press("s")
        .sees("Q3 <numbers>")
        .press(key::ENTER)
        .sees("535 5.7.139");
    terminal.press("o").sees("HTML").press(key::ENTER).sees("written:");
    terminal.press("Y");
    terminal.wait(|terminal| terminal.text().contains("clipboard"));
    assert!(terminal.raw().windows(7).any(|bytes| bytes == b"\x1b]52;c;"), "the clipboard is the terminal's");
}

#[test]
fn what_was_sent_in_the_sandbox_can_be_exported_too() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home, (80, 24), &["--sandbox"]);
    terminal.sees("Subject").press("bob@fabrikam.com\t\t\tSandbox\tHello").press(key::CTRL_X);
    terminal.sees("Send this?").press(key::ENTER).sees("accepted: Sandbox");
    terminal.press(key::F6).press("o").sees("Export").press(key::ENTER).sees("written: ");
}

#[test]
fn what_a_failure_came_to_stands_last_in_the_record_too_and_is_never_earlier_than_the_rest() {
    let home = Home::new();
    let server = Server::start(&home, "rcpt-refused");
    home.config(&server.config(super::TOKEN));
    run(&home, &["send", "--to", "bob@fabrikam.com", "--to", "nobody@fabrikam.com"], "Hello\n");
    let (_, json, _) = run(&home, &["log", "export", "last", "--form", "json"], "");
    let (session, _) = json::read(&json).unwrap();
    let (_, last) = session.lines.last().unwrap();
    assert!(last.text.as_str().contains("nothing was sent"), "{last}");
    assert!(session.lines.iter().all(|(_, line)| line.at <= last.at), "{json}");
    let (_, shown, _) = run(&home, &["log", "show"], "");
    assert!(shown.contains("nothing was sent"), "{shown}");
}
