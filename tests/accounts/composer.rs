//! Accounts in the composer: a form that starts from the address, and what the file says afterwards.

use crate::support::server::Server;
use crate::support::terminal::{Home, Terminal, key};

fn config(home: &Home) -> String {
    std::fs::read_to_string(home.path().join(".config/sendoff/config.toml")).unwrap_or_default()
}

#[test]
fn the_address_is_enough_to_begin_and_every_guess_can_be_corrected() {
    let home = Home::new();
    let server = Server::start(&home, "accepts");
    let mut terminal = Terminal::start(&home, (80, 24), &[]);
    terminal.sees("Subject").press(key::F6).press(key::F6).sees("add").press("a").sees("New account");
    terminal.press("Ana Silva <ana@contoso.com>\t").sees("contoso").sees("smtp.office365.com");
    // Down to the host, another one; the port; the root.
    terminal.press("\t\t\t\t").press("\x15localhost\t").press(&format!("\x15{}", server.port));
    for _ in 0..9 {
        terminal.press("\t");
    }
    terminal.press(server.ca.to_str().unwrap()).press("\x13");
    // It tests itself at once.
    terminal
        .sees("Can \u{201c}contoso\u{201d} send?")
        .sees("Password")
        .press("open-sesame")
        .press(key::ENTER);
    terminal.sees("You can send as").press(key::ENTER);
    let file = config(&home);
    for line in ["name = \"contoso\"", "from = \"Ana Silva <ana@contoso.com>\"", "host = \"localhost\""] {
        assert!(file.contains(line), "{line}: {file}");
    }
    assert!(!file.contains("open-sesame"), "no password in the file: {file}");
}

#[test]
fn what_is_wrong_is_said_while_it_is_typed_and_nothing_is_saved() {
    let home = Home::new();
    home.config("# mine\n[[account]]\nname = \"work\" # the first\nfrom = \"ana@contoso.com\"\n");
    let mut terminal = Terminal::start(&home, (80, 24), &[]);
    terminal.sees("Subject").press(key::F6).press(key::F6).press("e").sees("Account \u{b7} work");
    terminal.press("\x15nobody").sees("there is no @").press("\x13").sees("From");
    assert!(config(&home).contains("from = \"ana@contoso.com\""));
    terminal.press("\x15bob@fabrikam.com\x13").sees("work is changed");
    assert_eq!(
        config(&home),
        "# mine\n[[account]]\nname = \"work\" # the first\nfrom = \"bob@fabrikam.com\"\n"
    );
}

#[test]
fn an_account_that_is_removed_comes_back_to_the_letter() {
    let text = "# mine\n[[account]]\nname = \"work\"\nfrom = \"ana@contoso.com\"\n\n# the other\n[[account]]\nname = \"home\"\nfrom = \"ana@outlook.com\"\n";
    let home = Home::new();
    home.config(text);
    let mut terminal = Terminal::start(&home, (80, 24), &[]);
    terminal
        .sees("Subject")
        .press(key::F6)
        .press(key::F6)
        .press("d")
        .sees("work is removed")
        .sees("you write as home now");
    assert!(!config(&home).contains("work"));
    terminal.press("u").sees("work is back").sees("\u{25cf} work");
    assert_eq!(config(&home), text);
    terminal.press("x").sees("work is switched off").press("x").sees("work is offered again");
    terminal.press("c").sees("work-2 is a copy of work");
}

#[test]
fn further_senders_are_added_changed_and_removed_in_the_form() {
    let home = Home::new();
    home.config("[[account]]\nname = \"work\"\nfrom = \"ana@contoso.com\"\n");
    let mut terminal = Terminal::start(&home, (80, 24), &[]);
    let down = |terminal: &mut Terminal, to: &str| {
        for _ in 0..30 {
            if terminal.text().lines().any(|line| line.contains('\u{25b8}') && line.contains(to)) {
                return;
            }
            let before = terminal.text();
            terminal.press("\t");
            terminal.wait(|terminal| terminal.text() != before);
        }
        panic!("{to} is not reached: {}", terminal.text());
    };
    terminal.sees("Subject").press(key::F6).press(key::F6).press("e").sees("Account \u{b7} work");
    down(&mut terminal, "Another sender");
    terminal.press(key::ENTER).sees("Sender 2").press("sales").sees("there is no @");
    terminal.press("@contoso.com\t\t\tSales\x13").sees("work is changed");
    let added = "[[account]]\nname = \"work\"\nfrom = \"ana@contoso.com\"\n\n[[account.identity]]\nfrom = \"sales@contoso.com\"\nsignature = \"Sales\"\n";
    assert_eq!(config(&home), added);
    // While one writes it is one key away.
    terminal.press(key::F6).press(key::F6).press(key::ALT_N).sees("sales@contoso.com").sees("Sales");
    terminal.press(key::F6).press(key::F6).press("e").sees("Account \u{b7} work");
    down(&mut terminal, "Sender 2");
    terminal.press("\x04").misses("Sender 2").press("\x13").sees("work is changed");
    assert_eq!(config(&home), "[[account]]\nname = \"work\"\nfrom = \"ana@contoso.com\"\n");
}

const ONE: &str = "[[account]]\nname = \"work\"\nfrom = \"ana@contoso.com\"\n";
const TWO: &str = "[[account]]\nname = \"work\"\nfrom = \"Ana Silva <ana@contoso.com>\"\n\n[[account]]\nname = \"home\"\nfrom = \"ana@outlook.com\"\n";

#[test]
fn what_another_program_writes_into_the_file_counts_at_the_next_key() {
    let home = Home::new();
    home.config(ONE);
    let mut terminal = Terminal::start(&home, (80, 24), &["mailto:bob@fabrikam.com?subject=Hello&body=Hi"]);
    terminal.sees("Subject").sees("Hello");
    home.config(TWO);
    // Also where that key is the one which sends: what is asked about is what would be sent.
    terminal.press(key::CTRL_X).sees("Send this?").sees("Ana Silva <ana@contoso.com> \u{b7} work");
    terminal.press(key::ESC).misses("Send this?").sees("\u{25cb} home");
}

#[test]
fn a_mistake_that_another_program_writes_is_told_and_changes_nothing() {
    let home = Home::new();
    home.config(TWO);
    let mut terminal = Terminal::start(&home, (80, 24), &[]);
    terminal.sees("Subject").sees("home");
    home.config(&TWO.replace("ana@outlook.com", "nobody"));
    terminal.press("b").sees("config.toml:7").sees("there is no @").sees("\u{25cb} home");

    // And an account that is gone takes nobody's words with it.
    home.config(&TWO.replace("[[account]]\nname = \"work\"", "[[account]]\nname = \"office\""));
    let mut terminal = Terminal::start(&home, (80, 24), &["mailto:bob@fabrikam.com?body=Hi"]);
    terminal.sees("office").sees("Hi");
    home.config(TWO);
    terminal.press(key::F6).sees("you write as work").sees("Hi");
}

#[test]
fn a_corrected_address_is_guessed_anew_and_no_guess_is_saved_unseen() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home, (80, 24), &[]);
    terminal.sees("Subject").press(key::F6).press(key::F6).sees("add").press("a").sees("New account");
    terminal.press("ana@contoso.com\x13").sees("look at what was made").sees("smtp.office365.com");
    assert_eq!(config(&home), "", "nothing is saved, and nobody was contacted");
    terminal.press("\x15ana@gmail.com\t").sees("smtp.gmail.com").sees("Name              gmail");
    // What somebody said stays: here the host, by five rows down.
    terminal.press("\t\t\t\t\x15mail.contoso.com").press("\x1b[A\x1b[A\x1b[A\x1b[A\x1b[A");
    terminal.press("\x15ana@fabrikam.com\t").sees("fabrikam.com").sees("mail.contoso.com");
}
