//! Switching in mid-draft on a terminal: what changes, what stays, and what the server gets.

use crate::support::server::Server;
use crate::support::terminal::{Home, Terminal, key};

fn account(name: &str, from: &str, signature: &str, server: &Server) -> String {
    format!(
        "[[account]]\nname = \"{name}\"\nfrom = \"{from}\"\nusername = \"ana@contoso.com\"\nhost = \"localhost\"\nport = {}\nca_file = \"{}\"\n\
         signature = \"{signature}\"\npassword_command = [\"printf\", \"open-sesame\"]\n",
        server.port,
        server.ca.display(),
    )
}

#[test]
fn the_sender_and_an_untouched_signature_change_and_the_text_stays() {
    let (home, mails) = (Home::new(), Home::new());
    let server = Server::keeping(&home, mails.path());
    let work = account("work", "Ana Silva <ana@contoso.com>", "Ana, at work", &server);
    let home_account = account("home", "Ana <ana@contoso.com>", "Ana, at home", &server);
    home.config(&(work + &home_account));
    let mut terminal = Terminal::start(&home, (80, 24), &[]);
    terminal.sees("Ana, at work").press("bob@fabrikam.com\t\t\tBetween\tHalf of a sentence");
    terminal.press(key::ALT_N).sees("Ana, at home").misses("Ana, at work").press(" and the other half");
    terminal.sees("Half of a sentence and the other half").press(key::CTRL_X).sees("Send this?");
    terminal.press(key::ENTER).sees("accepted: Between");
    server.accepted();
    let mail = mails.all_bytes().into_iter().map(|(_, bytes)| String::from_utf8(bytes).unwrap());
    let mail = mail.into_iter().find(|mail| mail.contains("Subject: Between")).unwrap();
    for line in ["From: Ana <ana@contoso.com>", "Half of a sentence and the other half", "Ana, at home"] {
        assert!(mail.contains(line), "{line}: {mail}");
    }
    assert!(!mail.contains("at work"), "{mail}");
}

#[test]
fn a_draft_of_an_account_that_is_gone_says_so_before_it_goes_out_from_another() {
    let home = Home::new();
    let server = Server::start(&home, "accepts");
    let work = account("work", "Ana Silva <ana@contoso.com>", "", &server);
    home.config(&work);
    let mut terminal = Terminal::start(&home, (80, 24), &[]);
    terminal.sees("Subject").press("bob@fabrikam.com\t\t\tKept\tHello").press("\x13").sees("saved");
    terminal.press(key::CTRL_Q);
    terminal.exit_code();
    home.config(&work.replace("name = \"work\"", "name = \"office\""));
    let mut terminal = Terminal::start(&home, (80, 24), &[]);
    terminal.sees("Subject").press(key::CTRL_O).sees("Kept").press(key::ENTER);
    terminal.sees("written for \u{201c}work\u{201d}").sees("would go out from office");
}
