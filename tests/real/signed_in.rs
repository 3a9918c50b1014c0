//! Ana signs in with the program, by each way; the sign-in is in a real keyring, and sends mail until it is taken away.

use std::io::{BufRead as _, BufReader};
use std::process::Child;

use crate::desktop::Keyring;
use crate::provider::{CLIENT, Provider};
use crate::rig::Rig;
use crate::seat::{Seat, ended};
use crate::support::terminal::{Terminal, key};
use crate::{ANA, BOB, CAROL};

struct Desk {
    ana: Seat,
    provider: Provider,
    /// Where the sign-in lies, for `secret-tool`.
    entry: [String; 4],
}

impl Desk {
    /// Her account names the provider as its own authority.
    fn new() -> Self {
        let provider = Provider::find(&Rig::find());
        let issuer = &provider.issuer;
        let oauth = format!("[account.oauth]\nclient_id = \"{CLIENT}\"\nauthority = \"{issuer}\"\n");
        let service = format!("sendoff-sign-in:{issuer}/organizations/{CLIENT}");
        let entry = ["service".to_owned(), service, "username".to_owned(), ANA.to_owned()];
        Self { ana: Seat::with(Keyring::Unlocked, &oauth), provider, entry }
    }

    fn secret_tool(&self, first: &[&str], input: &str) -> String {
        let entry = self.entry.each_ref().map(String::as_str);
        self.ana.desktop.secret_tool(&[first, &entry[..]].concat(), input.as_bytes())
    }

    /// The sign-in that is kept.
    fn stored(&self) -> String {
        self.secret_tool(&["lookup"], "")
    }

    /// Starts to sign in; the first line that holds `mark`, from there on.
    fn signs_in(&self, way: &str, mark: &str) -> (Child, String) {
        let mut child = self.ana.start(&["accounts", "sign-in", "work", "--way", way]);
        let mut lines = BufReader::new(child.stdout.as_mut().unwrap()).lines().map_while(Result::ok);
        let line = lines.find_map(|line| line.find(mark).map(|at| line[at..].to_owned())).expect(mark);
        (child, line)
    }

    /// By a code that `user` approves.
    fn signs_in_by_code(&self, user: &str) -> (i32, String) {
        let (child, line) = self.signs_in("device-code", "and type");
        self.provider.approve(line.split(' ').next_back().unwrap(), user);
        ended(child)
    }

    /// One message, without a question.
    fn sends(&self) {
        let sent = self.ana.send();
        self.ana.rig.delivered(BOB, sent.accepted());
        let client = self.ana.rig.logged(&[sent.queue_id(), "sasl_method="]);
        assert!(client.contains(&format!("sasl_method=XOAUTH2, sasl_username={ANA}")), "{client}");
        self.ana.has_no_trace_of(&self.stored(), sent.told.as_bytes());
    }

    /// No message, because nobody is signed in.
    fn does_not_send(&self) {
        let sent = self.ana.send();
        assert_eq!(
            (sent.verdict(), sent.text("cause")),
            ((77, "failed", "secret"), "not-signed-in"),
            "{sent}"
        );
        assert!(sent.text("text").ends_with("; sendoff accounts sign-in work"), "{sent}");
    }
}

#[track_caller]
fn is_signed_in((exit, says): (i32, String)) {
    assert_eq!(exit, 0, "{says}");
    assert!(says.contains(&format!("{ANA} is signed in. The sign-in is kept in the keyring.")), "{says}");
}

#[test]
fn by_a_code_and_each_message_renews_what_is_kept() {
    let desk = Desk::new();
    desk.does_not_send();
    is_signed_in(desk.signs_in_by_code(ANA));
    let mut kept = vec![desk.stored()];
    for _ in 0..2 {
        desk.sends();
        kept.push(desk.stored());
    }
    assert!(kept[0] != kept[1] && kept[1] != kept[2] && !kept[2].is_empty(), "each is good once");

    let (exit, says) = desk.ana.run(&["accounts", "sign-out", "work"]);
    assert_eq!((exit, desk.stored().as_str()), (0, ""), "{says}");
    desk.does_not_send();
}

/// A provider that voids a sign-in when an old token of it comes again forgives no race: each takes its turn.
#[test]
fn several_at_once_take_turns_and_the_sign_in_lives() {
    let desk = Desk::new();
    is_signed_in(desk.signs_in_by_code(ANA));
    let at_once: Vec<_> = (0..4).map(|_| desk.ana.start(&["check", "work"])).collect();
    for check in at_once {
        let (exit, says) = ended(check);
        assert_eq!(exit, 0, "{says}");
    }
    desk.sends();
}

#[test]
fn a_sign_in_that_was_used_elsewhere_has_ended() {
    let desk = Desk::new();
    is_signed_in(desk.signs_in_by_code(ANA));
    let first = desk.stored();
    desk.sends();
    // As if another machine had it, too.
    desk.secret_tool(&["store", "--label", "a copy"], &first);
    desk.does_not_send();
    is_signed_in(desk.signs_in_by_code(ANA));
    desk.sends();
}

#[test]
fn a_no_and_somebody_else_are_not_kept() {
    let desk = Desk::new();
    let (child, line) = desk.signs_in("device-code", "and type");
    desk.provider.decline(line.split(' ').next_back().unwrap());
    let (exit, says) = ended(child);
    assert_eq!(exit, 77, "{says}");
    assert!(says.contains("the sign-in service refused (access_denied)"), "{says}");

    let (exit, says) = desk.signs_in_by_code(CAROL);
    assert_eq!(exit, 77, "{says}");
    assert!(
        says.contains(&format!("somebody else signed in: {CAROL}, where this account expects {ANA}")),
        "{says}"
    );
    assert_eq!(desk.stored(), "");
}

#[test]
fn by_a_browser_on_this_machine() {
    let desk = Desk::new();
    let (child, address) = desk.signs_in("browser", "https://");
    let (_, page) = desk.provider.browse(&address, Some(ANA));
    assert!(page.contains("You can close this"), "{page}");
    is_signed_in(ended(child));
    desk.sends();
}

#[test]
fn by_an_address_that_is_brought_back() {
    let desk = Desk::new();
    let mut terminal = desk.ana.screen(&["accounts", "sign-in", "work", "--way", "paste"]);
    terminal.sees("Address:");
    let said = String::from_utf8_lossy(terminal.raw()).into_owned();
    let address = said.split_whitespace().find(|word| word.starts_with("https://")).unwrap();
    let (end, _) = desk.provider.browse(address, Some(ANA));
    terminal.press(&end).press(key::ENTER).sees("is signed in. The sign-in is kept in the keyring.");
    assert_eq!(terminal.exit_code(), 0);
    let code = end.split(['=', '&']).nth(1).unwrap();
    desk.ana.has_no_trace_of(code, terminal.raw());
    desk.sends();
}

#[test]
fn the_first_message_asks_and_the_next_composer_does_not() {
    let desk = Desk::new();
    let write = |terminal: &mut Terminal, subject: &str| {
        terminal.sees("Subject").press(&format!("{BOB}\t\t\t{subject}\tHello")).press(key::CTRL_X);
        terminal.sees("Send this?");
    };
    let mut terminal = desk.ana.screen(&[]);
    write(&mut terminal, "First");
    terminal
        .press(key::ENTER)
        .sees("Sign in")
        .sees("device code")
        .press(key::ENTER)
        .sees("nobody will ever send you");
    desk.provider.approve(&spaced(&terminal.text()), ANA);
    terminal.sees(&format!("{ANA} is signed in")).sees("kept in the keyring").press(key::ENTER);
    terminal.sees("accepted: First").sees("closed").press(key::CTRL_Q);
    assert_eq!(terminal.exit_code(), 0);
    desk.ana.has_no_trace_of(&desk.stored(), terminal.raw());

    let mut terminal = desk.ana.screen(&[]);
    write(&mut terminal, "Second");
    // Ahead of the letter. Whoever is faster than the token has it asked for twice, and this provider takes a sign-in once.
    terminal.sees("signed in").press(key::ENTER).sees("accepted: Second");
}

/// The code as it stands on the screen, letter by letter.
fn spaced(screen: &str) -> String {
    let is_code = |line: &&str| line.len() > 8 && line.split(' ').all(|letter| letter.len() == 1);
    screen.split(['\n', '\u{2502}']).map(str::trim).find(is_code).expect("a code").replace(' ', "")
}
