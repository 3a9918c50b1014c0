//! The line drops, the window closes, the shell says stop: what was typed is safe, what was being sent goes on.

use std::time::{Duration, Instant};

use crate::support::server::Server;
use crate::support::terminal::{Home, Terminal, key};

const SCREEN: (u16, u16) = (100, 30);
const SECRET: &str = "password_command = [\"printf\", \"open-sesame\"]";

fn journal(home: &Home) -> String {
    let files = home.all_bytes().into_iter().filter(|(path, _)| path.ends_with("journal"));
    files.map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned()).collect()
}

fn drafts(home: &Home) -> String {
    let files = home.all_bytes().into_iter().filter(|(path, _)| path.to_string_lossy().contains("/drafts/"));
    files.map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned()).collect()
}

/// Processor time that a process has used, in ticks of the kernel; `None` once it is gone.
fn processor_ticks(pid: u32) -> Option<u64> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let fields: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
    Some(fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?)
}

fn signal(pid: u32, name: &str) {
    let status = std::process::Command::new("kill").args([&format!("-{name}"), &pid.to_string()]).status();
    assert!(status.is_ok_and(|status| status.success()), "kill -{name}");
}

#[test]
fn a_closed_window_ends_an_idle_program_and_keeps_the_text() {
    // With the signal, and without it: under nohup, or where it is never delivered.
    for ignoring in [false, true] {
        let home = Home::new();
        home.config("[[account]]\nname = \"work\"\nfrom = \"ana@contoso.com\"\n");
        let mut terminal = if ignoring {
            Terminal::start_under(&home, SCREEN, &["sh", "-c", "trap '' HUP; exec \"$0\""], &[])
        } else {
            Terminal::start(&home, SCREEN, &[])
        };
        terminal.sees("Subject").press("bob@fabrikam.com\t\t\tlast words").sees("last words");
        let pid = terminal.pid();
        let before = processor_ticks(pid).unwrap();
        terminal.close();
        let closed = Instant::now();
        let mut after = before;
        while let Some(ticks) = processor_ticks(pid) {
            after = ticks;
            assert!(closed.elapsed() < Duration::from_secs(20), "it is still there after 20 s");
            if terminal.has_ended() {
                break;
            }
            std::thread::yield_now();
        }
        // A hundred ticks are a second: spinning for as long as this may take would use far more.
        assert!(after - before < 50, "{} ticks of processor time", after - before);
        assert!(drafts(&home).contains("last words"), "ignoring: {ignoring}");
    }
}

#[test]
fn a_window_closed_in_the_middle_of_a_send_does_not_stop_it() {
    let home = Home::new();
    let server = Server::unhurried(&home, "slow");
    home.config(&server.config(SECRET));
    let mut terminal = Terminal::start(&home, SCREEN, &[]);
    terminal
        .sees("Subject")
        .press("bob@fabrikam.com\t\t\tunwatched\tHello")
        .press(key::CTRL_X)
        .sees("Send this?");
    terminal.press(key::ENTER).sees("TLS 1.3");
    terminal.close();
    assert!(server.accepted().contains("bob@fabrikam.com"));
    terminal.exit_code();
    assert!(journal(&home).contains("\"accepted\""), "{}", journal(&home));

    let mut again = Terminal::start(&home, SCREEN, &[]);
    again.sees("\u{201c}unwatched\u{201d} was accepted").press(key::CTRL_Q);
    again.exit_code();
    // Told once; after that it is one of the letters in the outbox.
    let mut again = Terminal::start(&home, SCREEN, &[]);
    again.sees("unwatched");
    assert!(!again.text().contains("was accepted"), "{}", again.text());
    assert!(!drafts(&home).contains("unwatched"), "a message that went out is no draft");
}

#[test]
fn sigterm_saves_restores_the_terminal_and_leaves() {
    for name in ["TERM", "HUP", "INT"] {
        let home = Home::new();
        let mut terminal = Terminal::start(&home, SCREEN, &["--sandbox"]);
        terminal.sees("Subject").press("bob@fabrikam.com\t\t\tby signal").sees("by signal");
        signal(terminal.pid(), name);
        assert_eq!(terminal.exit_code(), 0, "{name}");
        assert!(drafts(&home).contains("by signal"), "{name}");
        assert!(!terminal.screen().alternate_screen(), "{name}: the other screen is left");
        assert!(!terminal.screen().bracketed_paste(), "{name}: pastes are not marked any more");
        assert!(!terminal.screen().hide_cursor(), "{name}: the cursor is back");
    }
}

#[test]
fn suspend_goes_back_to_the_shell_and_fg_returns() {
    let home = Home::new();
    let mut terminal = Terminal::shell(&home, SCREEN);
    terminal.press(&format!("{} --sandbox\r", env!("CARGO_BIN_EXE_sendoff"))).sees("Subject");
    terminal.press("bob@fabrikam.com").sees("bob@fabrikam.com").press("\x1a").sees("Stopped");
    assert!(!terminal.screen().alternate_screen(), "the shell's screen is back");
    terminal.press("fg\r").sees("Subject").sees("bob@fabrikam.com");
    assert!(terminal.screen().alternate_screen(), "and then ours again");
    terminal.press(key::TAB).press("carol@contoso.com").sees("carol@contoso.com").press(key::CTRL_Q);
    let prompt = |terminal: &Terminal| terminal.text().trim_end().ends_with('$');
    assert!(terminal.wait(prompt), "the shell asks for the next command: {}", terminal.text());
    terminal.press("exit\r");
    assert_eq!(terminal.exit_code(), 0);
}

#[test]
fn leaving_while_sending_asks_and_then_waits() {
    let home = Home::new();
    let server = Server::unhurried(&home, "slow");
    home.config(&server.config(SECRET));
    let mut terminal = Terminal::start(&home, SCREEN, &[]);
    terminal
        .sees("Subject")
        .press("bob@fabrikam.com\t\t\tpatience\tHello")
        .press(key::CTRL_X)
        .sees("Send this?");
    terminal
        .press(key::ENTER)
        .sees("220 ")
        .press(key::CTRL_Q)
        .sees("Leave now?")
        .press(key::RIGHT)
        .press(key::ENTER);
    assert!(server.accepted().contains("bob@fabrikam.com"));
    assert_eq!(terminal.exit_code(), 0);
    assert!(journal(&home).contains("\"accepted\""));
}

#[test]
fn a_send_is_stopped_before_the_dot_and_the_text_comes_back() {
    let home = Home::new();
    let server = Server::unhurried(&home, "stall");
    home.config(&server.config(SECRET));
    let mut terminal = Terminal::start(&home, SCREEN, &[]);
    terminal
        .sees("Subject")
        .press("bob@fabrikam.com\t\t\tstalled\tHello")
        .press(key::CTRL_X)
        .sees("Send this?");
    terminal.press(key::ENTER).sees("MAIL FROM").press(key::CTRL_C).sees("Stop sending?");
    terminal.press(key::RIGHT).press(key::ENTER).sees("not sent").sees("Hello");
    assert!(!journal(&home).contains("dot-intent"));
    assert_eq!(server.drain(), 0);
}

#[test]
fn leaving_waits_for_the_disk_and_says_so_when_it_refuses() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home, SCREEN, &["--sandbox"]);
    terminal.sees("Subject").press("bob@fabrikam.com").sees("saved");
    // Nothing can be written where a folder has become a file, whoever asks.
    let folder = home.state().join("sandbox/drafts");
    std::fs::rename(&folder, folder.with_extension("away")).unwrap();
    std::fs::write(&folder, "in the way").unwrap();
    terminal.press("\t\t\tnot saved").press(key::CTRL_Q).sees("still here").sees("not saved");
    terminal
        .press(key::CTRL_Q)
        .sees("Leave without saving?")
        .press(key::ENTER)
        .misses("Leave without saving?");
    // The disk comes back, and with it everything that was typed.
    std::fs::remove_file(&folder).unwrap();
    std::fs::rename(folder.with_extension("away"), &folder).unwrap();
    terminal.press(" any more").sees(" saved ").press(key::CTRL_Q);
    assert_eq!(terminal.exit_code(), 0);
    assert!(drafts(&home).contains("not saved any more"));
}
