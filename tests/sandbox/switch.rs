//! The scenario is switched in the composer while the sandbox runs: the next session plays it.

use std::io::Write as _;
use std::net::TcpStream;

use crate::support::terminal::{Home, Terminal, key};

const ALT_X: &str = "\x1bx";

#[test]
fn what_goes_wrong_is_chosen_and_the_next_message_meets_it() {
    for screen in [(80, 24), (120, 40)] {
        let home = Home::new();
        let mut terminal = Terminal::start(&home, screen, &["--sandbox"]);
        terminal.sees("Subject").press("bob@fabrikam.com\t\t\tQ3 numbers\tHello");
        terminal.press(key::CTRL_X).sees("Send this?").press(key::ENTER).sees("accepted: Q3 numbers");

        // At one go: the list is there before the next key is.
        terminal.press(&format!("{ALT_X}goes wrong{}mailbox-full", key::ENTER)).sees("554 5.2.2");
        terminal.press(key::ENTER);
        terminal.sees("plays mailbox-full").sees("sandbox \u{b7} mailbox-full");

        terminal.press("carol@contoso.com\t\t\tQ4 numbers\tHello");
        terminal
            .press(key::CTRL_X)
            .sees("Send this?")
            .press(key::ENTER)
            .sees("refused: Your own mailbox is full");
        terminal.sees("MapiExceptionShutoffQuotaExceeded");
    }
}

#[test]
fn the_scenario_of_the_command_line_is_seen_from_the_start() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home, (80, 24), &["--sandbox", "--scenario", "wrong-password"]);
    terminal.sees("sandbox \u{b7} wrong-password");
}

#[test]
fn what_another_client_does_wrong_is_said_in_the_composer() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home, (120, 40), &["--sandbox"]);
    terminal.sees("Subject").press("bob@fabrikam.com\t\t\tQ3 numbers\tHello");
    terminal.press(key::CTRL_X).sees("Send this?").press(key::ENTER).sees("accepted: Q3 numbers");
    let text = terminal.text();
    let port: String =
        text.split("localhost:").nth(1).unwrap().chars().take_while(char::is_ascii_digit).collect();

    let mut client = TcpStream::connect(("127.0.0.1", port.parse().unwrap())).unwrap();
    client.write_all(b"NOOP\n").unwrap();

    terminal.sees("objects: a line feed without a carriage return in a command");
}

#[test]
fn once_another_scenario_plays_the_sign_in_that_was_refused_ahead_is_tried_again() {
    let home = Home::new();
    let scenario = ["--sandbox", "--scenario", "smtp-auth-disabled"];
    let mut terminal = Terminal::start(&home, (120, 40), &scenario);
    terminal.sees("Subject").press("bob@fabrikam.com\t\t\tQ3 numbers\tHello").press(key::CTRL_X);
    terminal.sees("it cannot go out as things are").press(key::ESC).misses("Send this?");
    terminal.press("\x1bx").press("goes wrong\r").sees("Sandbox: what goes wrong").press("accepts\r");
    terminal.misses("sandbox \u{b7} smtp").press(key::CTRL_X).sees("Send this?").sees("signed in");
    assert!(!terminal.text().contains("it cannot go out"), "{}", terminal.text());
}
