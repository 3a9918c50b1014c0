//! What a person does and sees in the composer, on a pseudo-terminal.

use crate::support::server::Server;
use crate::support::terminal::{Home, Terminal, key};

#[test]
fn one_key_in_the_account_pane_tells_whether_it_can_send() {
    let home = Home::new();
    let server = Server::start(&home, "accepts");
    home.config(&server.config("password_command = [\"printf\", \"open-sesame\"]"));
    let mut terminal = Terminal::start(&home, (80, 24), &[]);
    terminal.sees("Subject").press("bob@fabrikam.com").press(key::F6).press(key::F6).sees("t test");
    terminal.press("t").sees("Can \u{201c}work\u{201d} send?").sees("You can send as ana@contoso.com.");
    // The log has the verdict a moment before the dialog.
    terminal.sees("Enter close");
    terminal.press(key::ENTER).misses("Can \u{201c}work\u{201d} send?").sees("bob@fabrikam.com");
    // The dialogue stands in the log.
    terminal.press("\x1b[17;2~").press("\x1bz").sees("RSET").sees("221 2.0.0");
    assert_eq!(server.drain(), 0, "nothing was sent");
}

#[test]
fn a_refusal_leads_to_the_note_and_silence_can_be_left() {
    let home = Home::new();
    let server = Server::start(&home, "smtp-auth-disabled");
    home.config(&server.config("password_command = [\"printf\", \"open-sesame\"]"));
    let mut terminal = Terminal::start(&home, (80, 24), &[]);
    terminal.sees("Subject").press(key::F6).press(key::F6).press("t");
    terminal.sees("SMTP sending is switched off").press("n").sees("Set-CASMailbox").sees("ana@contoso.com");
    terminal
        .press(key::ESC)
        .sees("Can \u{201c}work\u{201d} send?")
        .press(key::ESC)
        .misses("Can \u{201c}work\u{201d} send?");

    let silent = Server::start(&home, "no-answer");
    home.config(&silent.config("password_command = [\"printf\", \"open-sesame\"]"));
    let mut terminal = Terminal::start(&home, (80, 24), &[]);
    terminal.sees("Subject").press(key::F6).press(key::F6).press("t").sees("Greeting").sees("Esc stop");
    terminal
        .press(key::ESC)
        .misses("Can \u{201c}work\u{201d} send?")
        .sees("t test")
        .press(key::ESC)
        .misses("t test")
        .press("carol@contoso.com")
        .sees("carol@");
}

#[test]
fn a_password_is_asked_for_once_in_a_run() {
    let home = Home::new();
    let server = Server::start(&home, "accepts");
    home.config(&server.config(""));
    let mut terminal = Terminal::start(&home, (80, 24), &[]);
    terminal.sees("Subject").press(key::F6).press(key::F6).press("t").sees("Password");
    terminal.press("open-sesame").press(key::ENTER).sees("You can send as");
    // What was typed could be kept; not now.
    terminal.sees("Keep it in the vault?").press(key::ENTER).misses("Keep it").press(key::ENTER);
    terminal.misses("Can \u{201c}work\u{201d} send?").press("t").sees("You can send as");
    // Whoever has none at hand still learns about the rest.
    let mut other = Terminal::start(&home, (80, 24), &[]);
    other.sees("Subject").press(key::F6).press(key::F6).press("t").sees("Password").press(key::ESC);
    other.sees("There is no password");
}

/// What stands in the way, and the words by which a person knows it.
const FAILURES: [(&str, &str); 11] = [
    ("wrong-password", "is wrong, or the mailbox may not send by SMTP"),
    ("smtp-auth-disabled", "SMTP sending is switched off"),
    ("basic-auth-disabled", "password"),
    ("security-defaults", "security defaults"),
    ("conditional-access", "Conditional Access"),
    ("account-locked", "locked"),
    ("no-tls-there", "TLS"),
    ("tls-1.1-only", "TLS"),
    ("intercepted", "does not prove that it is the server"),
    ("reset", "connection"),
    ("server-full", "connections"),
];

#[test]
fn each_failure_is_named_with_the_step_and_the_way_out_on_one_screen() {
    for (scenario, word) in FAILURES {
        let home = Home::new();
        let server = Server::start(&home, scenario);
        home.config(&server.config("password_command = [\"printf\", \"open-sesame\"]"));
        let mut terminal = Terminal::start(&home, (80, 24), &[]);
        terminal.sees("Subject").press(key::F6).press(key::F6).press("t").sees("Enter close");
        let screen = terminal.text();
        // As somebody reads it: lines go on in the next row.
        let words =
            screen.replace('\u{2502}', " ").split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let is_told = |word: &str| words.contains(&word.to_lowercase());
        assert!(is_told(word), "{scenario}: {word}: {screen}");
        assert!(screen.contains('\u{2717}'), "{scenario}: a step is marked: {screen}");
        assert!(
            is_told("you can change that")
                || is_told("administrator")
                || is_told("try again")
                || is_told("recipient"),
            "{scenario}: who can change it: {screen}"
        );
        assert!(!screen.contains("You can send as ana@contoso.com."), "{scenario}: {screen}");
    }
}
