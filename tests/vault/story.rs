//! The vault as people meet it on a host without a keyring: the real program on a terminal, and from the command line.

use sendoff::sandbox::PASSWORD;

use crate::support::canary::{forms, is_in};
use crate::support::server::Server;
use crate::support::terminal::{Home, Terminal, key};

const PASSPHRASE: &str = "canary-Xq7#vB2-passphrase";
const SCREEN: (u16, u16) = (80, 24);

/// Ana's home, and a server that takes her password.
struct Stage {
    home: Home,
    server: Server,
}

fn stage() -> Stage {
    let home = Home::new();
    let server = Server::start(&home, "accepts");
    home.config(&server.config(""));
    Stage { home, server }
}

impl Stage {
    fn open(&self) -> Terminal {
        Terminal::start(&self.home, SCREEN, &[])
    }

    /// On a terminal of its own.
    fn run(&self, arguments: &[&str]) -> Terminal {
        Terminal::start(&self.home, SCREEN, arguments)
    }

    /// The sandbox's password is a word like any other; the passphrase is not.
    #[track_caller]
    fn assert_no_trace(&self, terminal: &mut Terminal) {
        let forms = forms(PASSPHRASE);
        assert!(!is_in(terminal.raw(), &forms), "the passphrase was on the screen");
        for (path, bytes) in self.home.all_bytes() {
            assert!(!is_in(&bytes, &forms), "the passphrase is in {}", path.display());
        }
    }
}

fn write_and_send(terminal: &mut Terminal, subject: &str) {
    terminal.sees("Subject").press(&format!("bob@fabrikam.com\t\t\t{subject}\tHello")).press(key::CTRL_X);
    terminal.sees("Send this?").press(key::ENTER);
}

fn leave(mut terminal: Terminal, stage: &Stage) {
    terminal.press(key::CTRL_Q);
    assert_eq!(terminal.exit_code(), 0);
    stage.assert_no_trace(&mut terminal);
}

/// Types a password once, and has it kept.
fn keep_one(stage: &Stage) {
    let mut terminal = stage.open();
    write_and_send(&mut terminal, "First");
    terminal.sees("asks for the password").sees("no keyring").press(PASSWORD).press(key::ENTER);
    terminal.sees("Keep it in the vault?").press(key::ENTER).sees("Enter choose");
    terminal.press(key::RIGHT).press(key::ENTER).sees("New passphrase");
    terminal.press("short").press(key::ENTER).sees("8 letters or more");
    terminal.press(PASSPHRASE).press(key::ENTER).sees("Once more");
    terminal.press("something else").press(key::ENTER).sees("not the same");
    terminal.press(PASSPHRASE).press(key::ENTER).sees("Once more");
    terminal.press(PASSPHRASE).press(key::ENTER).sees("kept in the vault");
    leave(terminal, stage);
}

#[test]
fn a_password_that_is_kept_in_the_vault_is_not_asked_for_again() {
    let stage = stage();
    keep_one(&stage);

    // The next run asks for the passphrase, once.
    let mut terminal = stage.open();
    write_and_send(&mut terminal, "Second");
    terminal.sees("What you kept on this host").press("not this one").press(key::ENTER);
    terminal.sees("this is not its passphrase").press(PASSPHRASE).press(key::ENTER).sees("accepted: Second");
    write_and_send(&mut terminal, "Third");
    terminal.sees("accepted: Third");
    leave(terminal, &stage);

    // The command line asks on its terminal.
    let mut terminal = stage.run(&["check"]);
    terminal.sees("Passphrase of the vault:").press(PASSPHRASE).press(key::ENTER).sees("You can send as");
    assert_eq!(terminal.exit_code(), 0);
    stage.assert_no_trace(&mut terminal);
    assert_eq!(stage.server.drain(), 3);
}

#[test]
fn a_vault_that_stays_locked_leaves_the_password_to_be_typed() {
    let stage = stage();
    keep_one(&stage);
    let mut terminal = stage.open();
    write_and_send(&mut terminal, "Second");
    terminal.sees("What you kept on this host").press(key::ESC);
    terminal.sees("asks for the password").sees("the vault is locked").press(PASSWORD).press(key::ENTER);
    terminal.sees("accepted: Second");
    leave(terminal, &stage);
}

#[test]
fn signing_out_empties_the_vault_and_takes_the_file_along() {
    let stage = stage();
    keep_one(&stage);
    let vault = stage.home.state().join("vault.age");
    assert!(vault.exists());
    let mut terminal = stage.run(&["accounts", "sign-out", "work"]);
    terminal.sees("Passphrase of the vault:").press(PASSPHRASE).press(key::ENTER);
    terminal.sees("the vault holds nothing of it any more");
    assert_eq!(terminal.exit_code(), 0);
    assert!(!vault.exists(), "the last secret takes the file along");
}

#[test]
fn a_password_of_the_vault_that_is_refused_is_asked_for_and_can_be_replaced() {
    let home = Home::new();
    let server = Server::start(&home, "accepts");
    home.config(&server.config(""));
    let stage = Stage { home, server };
    keep_one(&stage);
    let refusing = Server::start(&stage.home, "wrong-password");
    stage.home.config(&refusing.config(""));
    let mut terminal = stage.open();
    write_and_send(&mut terminal, "Second");
    terminal
        .sees("What you kept on this host")
        .press(PASSPHRASE)
        .press(key::ENTER)
        .sees("is wrong, or the mailbox");
    terminal.press(key::CTRL_X).sees("Send this?").press(key::ENTER);
    terminal.sees("the server refused the password in the vault").press(key::ESC).sees("not sent");
    leave(terminal, &stage);
}

#[test]
fn where_the_secrets_are_is_said_on_the_command_line() {
    let stage = stage();
    let mut terminal = stage.run(&["accounts", "secrets", "work"]);
    terminal.sees("there is no keyring on this host").sees("none yet; keeping something there makes one");
    assert_eq!(terminal.exit_code(), 0);
    let mut terminal = stage.run(&["accounts", "secrets", "work", "--set", "vault"]);
    terminal.sees("Password of ana@contoso.com:").press(PASSWORD).press(key::ENTER);
    terminal.sees("New passphrase").press(PASSPHRASE).press(key::ENTER);
    terminal.sees("Once more").press(PASSPHRASE).press(key::ENTER).sees("the password is in the vault now");
    assert_eq!(terminal.exit_code(), 0);
    let mut terminal = stage.run(&["accounts", "secrets", "work", "--json"]);
    terminal.sees("\"store\":\"vault\",\"state\":\"locked\"");
    let mut terminal = stage.run(&["accounts", "secrets", "work", "--unlock", "--json"]);
    terminal.sees("Passphrase of the vault:").press(PASSPHRASE).press(key::ENTER);
    terminal.sees("\"store\":\"vault\",\"state\":\"held\"");
    stage.assert_no_trace(&mut terminal);
    // A keyring that is not there takes nothing, and what was in the vault stays.
    let mut terminal = stage.run(&["accounts", "secrets", "work", "--move-to", "keyring"]);
    terminal.sees("Passphrase of the vault:").press(PASSPHRASE).press(key::ENTER);
    terminal.sees("there is no keyring on this host");
    assert_eq!(terminal.exit_code(), 74);
    assert!(stage.home.state().join("vault.age").exists());
    // Without its passphrase nobody can say what is in it.
    let mut terminal = stage.run(&["accounts", "secrets", "work", "--move-to", "keyring"]);
    terminal.sees("Passphrase of the vault:").press(key::ENTER).sees("nothing to move: ").sees("the vault");
    assert_eq!(terminal.exit_code(), 74);
    let mut terminal = stage.run(&["accounts", "secrets", "work", "--delete-from", "vault"]);
    terminal.sees("Passphrase of the vault:").press(PASSPHRASE).press(key::ENTER);
    terminal.sees("the password is gone from the vault");
    assert_eq!(terminal.exit_code(), 0);
    assert!(!stage.home.state().join("vault.age").exists());
}

#[test]
fn what_was_not_asked_for_on_a_terminal_is_refused_with_a_reason() {
    let stage = stage();
    let mut terminal = stage.run(&["accounts", "secrets", "work", "--set", "vault"]);
    terminal.sees("Password of ana@contoso.com:").press(key::ENTER).sees("no password was given");
    assert_eq!(terminal.exit_code(), 77);
}

#[test]
fn in_the_composer_a_password_is_put_into_the_vault_seen_there_and_deleted() {
    let stage = stage();
    let mut terminal = stage.open();
    terminal.sees("Subject").press(key::F6).press(key::F6).sees("t test").press("p");
    terminal.sees("Secrets of work").sees("keeping something here makes one").press("r");
    terminal.sees("Keep this password").press(PASSWORD).press(key::ENTER).sees("New passphrase");
    terminal.press(PASSPHRASE).press(key::ENTER).sees("Once more").press(PASSPHRASE).press(key::ENTER);
    terminal.sees("the password is in the vault now").sees("kept until you delete it");
    terminal.press("d").sees("Delete the password from the vault?").press(key::RIGHT).press(key::ENTER);
    terminal.sees("is gone from the vault").sees("keeping something here makes one");
    assert!(!stage.home.state().join("vault.age").exists());
    leave(terminal, &stage);
}

/// Does the kernel of this machine let us? In many containers it does not.
fn has_kernel_keyring() -> bool {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(sendoff::auth::kernel::probe()).is_ok()
}

#[test]
fn the_kernel_keyring_spares_the_passphrase_from_run_to_run() {
    if !has_kernel_keyring() {
        return;
    }
    let stage = stage();
    // By another name than the other stories use: this keyring is one for all of them.
    let config = stage.server.config("").replace("localhost", "127.0.0.1");
    stage.home.config(&format!("[secrets]\ncache_hours = 1\n{config}"));
    keep_one(&stage);
    // Neither the password nor the passphrase is asked for, on the screen or without one.
    let mut terminal = stage.open();
    write_and_send(&mut terminal, "Second");
    terminal.sees("accepted: Second").press(key::F6).press(key::F6).press("p");
    terminal.sees("kept for as many hours").sees("the vault's passphrase, for cache_hours");
    leave(terminal, &stage);
    let mut terminal = stage.run(&["accounts", "secrets", "work", "--delete-from", "kernel"]);
    terminal.sees("the password is gone from the kernel keyring");
    assert_eq!(terminal.exit_code(), 0);
    // With the passphrase gone, too, the vault asks again.
    let mut terminal = stage.run(&["check"]);
    terminal.sees("Passphrase of the vault:").press(PASSPHRASE).press(key::ENTER).sees("You can send as");
    // And from here on it is remembered.
    let mut terminal = stage.run(&["check"]);
    terminal.sees("You can send as");
    assert!(has_passphrase(&stage));
    // Signing out leaves nothing in the kernel either, though nobody uses it any more.
    stage.home.config(&config);
    let mut terminal = stage.run(&["accounts", "sign-out", "work"]);
    terminal.sees("Passphrase of the vault:").press(PASSPHRASE).press(key::ENTER).sees("signed out");
    assert_eq!(terminal.exit_code(), 0);
    assert!(!stage.home.state().join("vault.age").exists());
    assert!(!has_passphrase(&stage), "the passphrase of a vault that is gone");
}

fn has_passphrase(stage: &Stage) -> bool {
    let place = sendoff::mail::stores::passphrase_place(&stage.home.state().display().to_string());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(sendoff::auth::kernel::get(place)).unwrap().is_some()
}
