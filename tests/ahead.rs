//! Connect ahead, as a person sees it: the review says how far the session is, and what would stop the letter.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread;
use std::time::Duration;

use crate::log::run;
use crate::support::server::Server;
use crate::support::terminal::{Home, Terminal, key};

const TOKEN: &str = "auth = \"xoauth2\"\npassword_command = [\"printf\", \"sandbox-token\"]";

/// A message is typed, and the review is open.
fn review(home: &Home) -> Terminal {
    let mut terminal = Terminal::start(home, (120, 40), &[]);
    terminal.sees("Subject").press("bob@fabrikam.com\t\t\tQ3 numbers\tsome text");
    terminal.press(key::CTRL_X).sees("Send this?");
    terminal
}

/// A line to the server that counts its connections, and cuts each when told to.
fn counted_line(to: u16, cuts_first: bool) -> (u16, Arc<AtomicUsize>) {
    let (port, count, _ends) = line(to, cuts_first);
    (port, count)
}

/// The same, and it tells when the program has closed its end of a connection.
fn line(to: u16, cuts_first: bool) -> (u16, Arc<AtomicUsize>, Receiver<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (port, count) = (listener.local_addr().unwrap().port(), Arc::new(AtomicUsize::new(0)));
    let counter = Arc::clone(&count);
    let (ended, ends) = channel();
    thread::spawn(move || {
        while let Ok((client, _)) = listener.accept() {
            let is_cut = counter.fetch_add(1, Ordering::SeqCst) == 0 && cuts_first;
            let server = TcpStream::connect(("127.0.0.1", to)).unwrap();
            let (mut up, mut down) = (client.try_clone().unwrap(), server.try_clone().unwrap());
            let ended = ended.clone();
            thread::spawn(move || {
                pass(&mut up, &mut down, false);
                let _ = ended.send(());
            });
            thread::spawn(move || pass(&mut { server }, &mut { client }, is_cut));
        }
    });
    (port, count, ends)
}

/// Passes on what comes. A line that is to be cut is cut once nothing has been said for a while: then the session waits for its
/// letter.
fn pass(from: &mut TcpStream, to: &mut TcpStream, is_cut: bool) {
    let mut chunk = [0; 16 * 1024];
    from.set_read_timeout(is_cut.then_some(Duration::from_millis(300))).unwrap();
    while let Ok(n @ 1..) = from.read(&mut chunk) {
        if to.write_all(&chunk[..n]).is_err() {
            break;
        }
    }
    for stream in [from, to] {
        let _ = stream.shutdown(Shutdown::Both);
    }
}

#[test]
fn the_session_of_the_review_carries_the_letter() {
    let home = Home::new();
    let mut server = Server::start(&home, "accepts");
    let (line, count) = counted_line(server.port, false);
    server.port = line;
    home.config(&server.config(TOKEN));
    let mut terminal = review(&home);
    terminal.sees("signed in").press(key::ENTER).sees("accepted: Q3 numbers");
    server.accepted();
    assert_eq!(count.load(Ordering::SeqCst), 1, "one connection did it all");
    // The log tells it from the beginning.
    terminal.press(key::F6).press("\x1bz").sees("acceptance").press(key::HOME).sees("connected to 127.0.0.1");
}

#[test]
fn leaving_the_review_leaves_the_server() {
    let home = Home::new();
    let mut server = Server::start(&home, "accepts");
    let (line, count, ends) = line(server.port, false);
    server.port = line;
    home.config(&server.config(TOKEN));
    let mut terminal = review(&home);
    terminal.sees("signed in");
    assert_eq!(ends.try_recv(), Err(TryRecvError::Empty), "it waits for its letter");
    terminal.press(key::ESC).misses("Send this?");
    // Long before the minute is over after which it would be closed in any case.
    ends.recv_timeout(Duration::from_secs(20)).expect("the server is let go");
    terminal.press(" and more").sees("some text and more");
    // A new review opens a new session, for the letter as it is now.
    terminal
        .press(key::CTRL_X)
        .sees("Send this?")
        .sees("signed in")
        .press(key::ENTER)
        .sees("accepted: Q3 numbers");
    assert_eq!(count.load(Ordering::SeqCst), 2);
    server.accepted();
    assert_eq!(server.drain(), 0, "the first session sent nothing");
}

#[test]
fn what_would_stop_the_letter_is_said_before_enter() {
    let home = Home::new();
    let server = Server::start(&home, "smtp-auth-disabled");
    home.config(&server.config(TOKEN));
    let mut terminal = review(&home);
    terminal.sees("it cannot go out as things are: SMTP sending").press(key::ESC);
    terminal.misses("Send this?").sees("some text");
}

#[test]
fn what_was_said_ahead_stands_in_the_log_and_on_disk_and_is_not_asked_for_again() {
    let home = Home::new();
    let mut server = Server::start(&home, "smtp-auth-disabled");
    let (line, count) = counted_line(server.port, false);
    server.port = line;
    home.config(&server.config(TOKEN));
    let mut terminal = review(&home);
    terminal.sees("it cannot go out as things are").press(key::ESC).misses("Send this?");
    terminal.sees("Q3 numbers (opened ahead)").sees("<~ 535 5.7.139");
    // Whoever looks again does not sign in again; whoever wants it does.
    terminal.press(key::CTRL_X).sees("Send this?").sees("it cannot go out as things are");
    assert_eq!(count.load(Ordering::SeqCst), 1);
    terminal.press(key::ENTER).sees("\u{2717} Q3 numbers").misses("(opened ahead)");
    assert_eq!(count.load(Ordering::SeqCst), 2);
    let (_, list, _) = run(&home, &["log", "list"], "");
    assert!(list.contains("Q3 numbers (opened ahead)") && list.lines().count() == 2, "{list}");
}

#[test]
fn a_session_that_the_letter_takes_over_stands_in_the_log_once() {
    let home = Home::new();
    let server = Server::start(&home, "accepts");
    home.config(&server.config(TOKEN));
    let mut terminal = review(&home);
    terminal.sees("signed in").sees("(opened ahead)").press(key::ENTER).sees("accepted: Q3 numbers");
    terminal.misses("(opened ahead)");
    let (_, list, _) = run(&home, &["log", "list"], "");
    assert_eq!(list.lines().count(), 1, "{list}");
}

#[test]
fn a_line_that_died_meanwhile_is_replaced_without_a_word_lost() {
    let home = Home::new();
    let mut server = Server::start(&home, "accepts");
    let (line, count) = counted_line(server.port, true);
    server.port = line;
    home.config(&server.config(TOKEN));
    let mut terminal = review(&home);
    terminal.sees("signed in").misses("signed in").press(key::ENTER).sees("accepted: Q3 numbers");
    assert!(server.accepted().contains("bob@fabrikam.com"));
    assert_eq!((count.load(Ordering::SeqCst), server.drain()), (2, 0), "taken once, by the second line");
}

#[test]
fn an_account_can_do_without() {
    let home = Home::new();
    let mut server = Server::start(&home, "accepts");
    let (line, count) = counted_line(server.port, false);
    server.port = line;
    home.config(&server.config(&format!("{TOKEN}\nconnect_ahead = false")));
    let mut terminal = review(&home);
    terminal.sees("Size");
    assert_eq!(count.load(Ordering::SeqCst), 0);
    terminal.press(key::ENTER).sees("accepted: Q3 numbers");
    assert_eq!(count.load(Ordering::SeqCst), 1);
}
