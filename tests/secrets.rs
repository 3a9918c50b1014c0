//! A password and a token go through whole sessions, and are looked for in everything that these leave behind.

use std::os::unix::fs::PermissionsExt as _;

use rustix::process::{Pid, Signal, kill_process};

use sendoff::auth::helper;

use crate::support::canary::{forms, is_in};
use crate::support::server::Server;
use crate::support::terminal::{Home, Terminal, key};

const SCREEN: (u16, u16) = (100, 40);
/// What the sandbox takes; long and odd enough to be a canary.
const TOKEN: &str = "sandbox-token";
const WRONG: &str = "canary-Xq7#vB2-password";

/// Nothing on the screen, and in no file, ever held the secret.
#[track_caller]
fn assert_no_trace(terminal: &mut Terminal, home: &Home, secret: &str) {
    let forms = forms(secret);
    assert!(!is_in(terminal.raw(), &forms), "{secret} was on the screen");
    for (path, bytes) in home.all_bytes() {
        assert!(!is_in(&bytes, &forms), "{secret} is in {}", path.display());
    }
}

fn write_and_send(terminal: &mut Terminal) {
    terminal
        .sees("Subject")
        .press("bob@fabrikam.com\t\t\tcanary\tHello")
        .press(key::CTRL_X)
        .sees("Send this?");
    terminal.press(key::ENTER);
}

#[test]
fn a_typed_token_that_is_accepted_leaves_no_trace() {
    let home = Home::new();
    let server = Server::start(&home, "accepts");
    home.config(&server.config("auth = \"xoauth2\""));
    let mut terminal = Terminal::start(&home, SCREEN, &[]);
    write_and_send(&mut terminal);
    terminal.sees("access token").sees("no keyring").press(TOKEN).press(key::ENTER);
    // Where there is no keyring, nobody is asked about it.
    terminal.sees("accepted").sees("closed");
    assert!(!terminal.text().contains("Keep it"), "{}", terminal.text());
    assert!(server.accepted().contains("bob@fabrikam.com"));

    // It is remembered for this run, so nobody is asked twice.
    write_and_send(&mut terminal);
    assert!(server.accepted().contains("bob@fabrikam.com"));
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", terminal.pid())).unwrap();
    assert!(
        limits.lines().any(|line| line.starts_with("Max core file size") && line.contains(" 0 ")),
        "{limits}"
    );
    assert_no_trace(&mut terminal, &home, TOKEN);
    terminal.press(key::CTRL_Q);
    terminal.exit_code();
    assert_no_trace(&mut terminal, &home, TOKEN);
}

#[test]
fn a_typed_password_that_is_refused_leaves_no_trace_and_is_asked_for_again() {
    let home = Home::new();
    let server = Server::start(&home, "accepts");
    home.config(&server.config(""));
    let mut terminal = Terminal::start(&home, SCREEN, &[]);
    write_and_send(&mut terminal);
    terminal
        .sees("password")
        .sees("no keyring")
        .paste(WRONG)
        .press(key::ENTER)
        .sees("535 5.7.3")
        .sees("User name or password");
    // The text is back, and so is the question.
    terminal.sees("canary").press(key::CTRL_X).sees("Send this?").press(key::ENTER).sees("no keyring");
    terminal.press(key::ESC).sees("not sent").sees("Hello");
    assert_no_trace(&mut terminal, &home, WRONG);
    assert_eq!(server.drain(), 0);
}

#[test]
fn a_planted_trace_is_found() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home, SCREEN, &["--sandbox"]);
    terminal.sees("Subject").press(WRONG).sees("saved");
    let found = home.all_bytes().into_iter().filter(|(_, bytes)| is_in(bytes, &forms(WRONG))).count();
    assert_eq!(found, 1, "the draft holds what was typed into it");
    assert!(is_in(terminal.raw(), &forms(&WRONG[..6])), "and so does the screen");
}

/// Asks on the terminal whose name it was given, as pinentry does, and gives nothing without one.
const ASKS: &str = r#"#!/bin/sh
[ -n "$GPG_TTY" ] || { echo "Inappropriate ioctl for device" >&2; exit 2; }
printf 'Passphrase of the key: ' > "$GPG_TTY"
read -r typed < "$GPG_TTY"
[ "$typed" = "open" ] && echo open-sesame
"#;

/// Finds the terminal by itself, and says that all went well whatever it was told.
const TAKES: &str = r#"#!/bin/sh
printf 'PIN of the card: ' > /dev/tty
typed=$(head -n 1 < /dev/tty)
[ "$typed" = "1234" ] && echo open-sesame
exit 0
"#;

/// A composer whose account has this program as its `password_command`.
fn with_helper(home: &Home, server: &Server, script: &str) -> Terminal {
    let program = home.file("helper", script.as_bytes());
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    home.config(&server.config(&format!("password_command = [\"{}\"]", program.display())));
    Terminal::start(home, SCREEN, &[])
}

#[test]
fn a_program_that_asks_on_the_terminal_gets_it_when_a_person_says_so() {
    let home = Home::new();
    let server = Server::start(&home, "accepts");
    let mut terminal = with_helper(&home, &server, ASKS);
    write_and_send(&mut terminal);
    terminal.sees("password_command failed").sees("Inappropriate ioctl").press(key::RIGHT).press(key::ENTER);
    terminal.sees("Passphrase of the key:").press("open\r").sees("accepted: canary");
    // Who would rather not is asked for the password itself.
    write_and_send(&mut terminal);
    terminal.sees("password_command failed").press(key::ENTER).sees("asks for the password").press(key::ESC);
    terminal.sees("not sent");
}

#[test]
fn a_program_that_would_take_the_terminal_by_itself_has_none_until_a_person_says_so() {
    let home = Home::new();
    let server = Server::start(&home, "accepts");
    let mut terminal = with_helper(&home, &server, TAKES);
    write_and_send(&mut terminal);
    terminal.sees("password_command failed").sees("printed nothing");
    assert!(!is_in(terminal.raw(), &forms("PIN of the card")), "it wrote over the composer");
    terminal.press(key::RIGHT).press(key::ENTER);
    terminal.sees("PIN of the card:").press("1234\r").sees("accepted: canary");
}

#[test]
fn ctrl_c_ends_the_program_that_has_the_terminal_and_not_the_composer() {
    for typed in [key::CTRL_C, key::CTRL_BACKSLASH] {
        let home = Home::new();
        let server = Server::start(&home, "accepts");
        let mut terminal = with_helper(&home, &server, ASKS);
        write_and_send(&mut terminal);
        terminal.sees("password_command failed").press(key::RIGHT).press(key::ENTER);
        terminal.sees("Passphrase of the key:").press(typed).sees("asks for the password").press(key::ESC);
        terminal.sees("not sent").sees("Hello");
        // A later one is the composer's again.
        kill_process(Pid::from_raw(terminal.pid().try_into().unwrap()).unwrap(), Signal::INT).unwrap();
        assert_eq!(terminal.exit_code(), 0);
    }
}

#[test]
fn of_what_a_program_says_the_first_line_counts_and_the_rest_costs_nothing() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let run = |script: &str| {
        let argv = ["sh", "-c", script].map(str::to_owned);
        let said = runtime.block_on(helper::run(&argv, helper::Terminal::Taken));
        said.map(|secret| secret.reveal().to_owned()).map_err(|error| error.to_string())
    };
    assert_eq!(run("echo first; head -c 100000000 /dev/zero"), Ok("first".to_owned()));
    assert_eq!(run("printf 'first\\r\\nsecond\\n'"), Ok("first".to_owned()));
    assert_eq!(run("printf first"), Ok("first".to_owned()));
    // What goes on in the background is not waited for.
    let began = std::time::Instant::now();
    assert_eq!(run("echo first; sleep 60 &"), Ok("first".to_owned()));
    assert_eq!(run("printf first; sleep 60 &"), Ok("first".to_owned()));
    println!("with something in the background: {:?}", began.elapsed());
    let no = |script: &str| run(script).unwrap_err();
    assert!(no("echo; echo second").contains("nothing in its first line"));
    assert!(no("printf '\\377\\n'").contains("no text"));
    assert!(no("head -c 70000 /dev/zero | tr '\\0' a").contains("64 KiB"));
    let loud = no("yes complaint | head -c 1000000 >&2; echo 'last words' >&2; exit 3");
    assert!(loud.ends_with("failed (exit status: 3): last words"), "{loud}");
}

#[test]
fn a_typed_password_is_for_its_server_and_user_whatever_the_account_is_called() {
    let home = Home::new();
    let server = Server::start(&home, "accepts");
    home.config(&server.config(""));
    let mut terminal = Terminal::start(&home, SCREEN, &[]);
    write_and_send(&mut terminal);
    terminal.sees("no keyring").press("open-sesame").press(key::ENTER).sees("accepted: canary");
    terminal.press(key::F6).press(key::F6).press("e").sees("Account \u{b7} work").press("\t\t\t\t\t\t\t\t\t");
    terminal.sees("Who signs in").press("\x15bob@fabrikam.com\x13").sees("work is changed").press("t");
    terminal.sees("asks for the password of bob@fabrikam.com");
}

#[test]
fn ctrl_c_at_a_prompt_leaves_the_terminal_as_it_was() {
    let home = Home::new();
    let server = Server::start(&home, "accepts");
    home.config(&server.config(""));
    for command in ["check work", "send --to bob@fabrikam.com < /dev/null"] {
        let script = format!(
            "trap : INT; \"$0\" {command}; echo \"ended with $?\"; stty -a | tr ' ' '\\n' | grep -qx echo && echo 'it echoes'; read -r _"
        );
        let mut terminal = Terminal::start_under(&home, SCREEN, &["sh", "-c", &script], &[]);
        terminal.sees("Password for").press(key::CTRL_C).sees("ended with 130").sees("it echoes");
    }
}
