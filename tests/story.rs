//! What a person does and sees, from the first key to the server's answer, on a real pseudo-terminal.

use crate::support::terminal::{Home, Terminal, key};

/// Two sizes of screen: the classic one, and a window.
const SCREENS: [(u16, u16); 2] = [(80, 24), (120, 40)];

#[test]
fn compose_review_send_and_watch() {
    for screen in SCREENS {
        let home = Home::new();
        home.file("report.pdf", &vec![b'%'; 300_000]);
        let mut terminal = Terminal::start(&home, screen, &["--sandbox"]);
        terminal.sees("sandbox").sees("Subject");
        terminal.press("bob@fabrikam.com").press(key::TAB).press("carol@contoso.com").press(key::TAB);
        terminal
            .press(key::TAB)
            .press("Q3 numbers")
            .press(key::TAB)
            .press("Hi both,\r\rthe numbers are attached.");
        terminal
            .press(key::CTRL_T)
            .sees("Attach")
            .press("rep")
            .sees("report.pdf")
            .press(key::TAB)
            .press(key::ENTER);
        terminal.sees("300 KB");
        terminal.press(key::CTRL_X).sees("Send this?").sees("carol@contoso.com").sees("412 KB");
        terminal.press(key::ENTER).sees("accepted: Q3 numbers");
        // The dialogue, from its beginning: the whole pane is not high enough for it.
        terminal.press(key::F6).press("\x1bz").sees("221 2.0.0").press(key::HOME).sees(" below");
        for line in [
            "connected to 127.0.0.1",
            "<- 220 ",
            "-> EHLO [127.0.0.1]",
            "-> STARTTLS",
            "== TLS 1.3",
            "~> EHLO [127.0.0.1]",
            "<~ 250-AUTH LOGIN XOAUTH2",
            "~> AUTH LOGIN [hidden]",
            "<~ 235 2.7.0",
            "~> MAIL FROM:<ana@contoso.com>",
            "~> RCPT TO:<bob@fabrikam.com>",
            "<~ 354",
            "100 %",
            "<~ 250 2.0.0 OK",
            "~> QUIT",
            "<~ 221 2.0.0",
        ] {
            terminal.scrolls_to(line);
        }
        // What the server took is what was typed.
        terminal.press("m").sees("RCPT TO:<carol@contoso.com>").sees("Subject: Q3 numbers");
        terminal.press(key::ESC).misses("Subject: Q3 numbers").press(key::CTRL_Q);
        assert_eq!(terminal.exit_code(), 0);
        assert!(
            !terminal.raw().windows(4).any(|bytes| bytes == b"\x1b[6n"),
            "no question is asked of the terminal"
        );
    }
}
