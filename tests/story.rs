//! What a person does and sees, from the first key to the server's answer, on a real pseudo-terminal.

use mail_parser::{MessageParser, MimeHeaders as _};

use crate::support::server::Server;
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
        terminal.press(key::F6).press("\x1bz").sees("221 2.0.0").press(key::HOME).sees("== connecting to");
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

const WORK_AND_PERSONAL: &str = "[[account]]
name = \"work\"
from = \"Ana Silva <ana@contoso.com>\"

[[account]]
name = \"personal\"
from = \"Ana <ana@fabrikam.com>\"
host = \"localhost\"
auth = \"none\"
";

#[test]
fn switching_the_account_in_mid_draft_changes_from_and_nothing_else() {
    for screen in SCREENS {
        let home = Home::new();
        home.config(WORK_AND_PERSONAL);
        let mut terminal = Terminal::start(&home, screen, &[]);
        terminal.sees("Ana Silva <ana@contoso.com>").press("bob@fabrikam.com\t\t\tHalf a draft\tsome text");
        terminal.press(key::ALT_N).sees("Ana <ana@fabrikam.com>").press(" and more");
        for text in ["bob@fabrikam.com", "Half a draft", "some text and more"] {
            terminal.sees(text);
        }
        // Back by the account pane: F6 from compose goes to log, then to accounts.
        terminal
            .press(key::F6)
            .press(key::F6)
            .press("\x1b[A")
            .press(key::ENTER)
            .sees("Ana Silva <ana@contoso.com>");
        terminal.press("!").sees("some text and more!");
    }
}

#[test]
fn without_a_configuration_the_account_pane_leads_on() {
    for screen in SCREENS {
        let home = Home::new();
        let mut terminal = Terminal::start(&home, screen, &[]);
        // Typing stays typing: the way to the account pane is said, not taken.
        terminal.sees("Subject").press(key::CTRL_X).sees("no account").press("x").press("\x7f");
        terminal.press(key::F6).press(key::F6).sees("config.toml");
        terminal.press("w").sees("written:");
        let example = home.path().join(".config/sendoff/config.toml");
        let text = std::fs::read_to_string(&example).unwrap();
        assert!(text.contains("[[account]]") && text.contains("password_command"), "{text}");
        terminal.press("s").sees("the sandbox is an account now");
        terminal
            .press("bob@fabrikam.com\t\t\tfirst\tHello")
            .press(key::CTRL_X)
            .sees("Send this?")
            .press(key::ENTER);
        terminal.sees("accepted: first");
        terminal.press(key::CTRL_Q);
        assert_eq!(terminal.exit_code(), 0);

        // The example is a configuration that works.
        let mut again = Terminal::start(&home, screen, &[]);
        again.sees("Ana Silva <ana@contoso.com>").sees("work");
    }
}

#[test]
fn every_script_arrives_as_it_was_typed() {
    let (name, subject) = (
        "\u{5c71}\u{7530} \u{1f469}\u{200d}\u{1f4bb} Zoe\u{308}",
        "\u{8cc7}\u{6599} \u{1f1e7}\u{1f1f7} cafe\u{301} \u{5d0}\u{5d1}",
    );
    let body = "\u{3053}\u{3093}\u{306b}\u{3061}\u{306f}\u{3001}\u{1f44b}\u{1f3fd}\rZu\u{308}rich, \u{e01}\u{e33}\u{e19}\r.\r..";
    let file = "\u{8868} \u{1f4ce} re\u{301}sume\u{301}.bin";
    let bytes = b"\x00\xff\r\n.\r\n";
    let home = Home::new();
    home.file(file, bytes);
    let server = Server::keeping(&home, home.path());
    home.config(&server.config("password_command = [\"printf\", \"open-sesame\"]"));
    let mut terminal = Terminal::start(&home, (120, 40), &[]);
    terminal.sees("Subject").press(&format!("{name} <bob@fabrikam.com>\t\t\t{subject}\t{body}"));
    terminal.press(key::CTRL_T).sees("Attach a file").paste(file).press(key::ENTER).sees("attached");
    terminal.press(key::CTRL_X).sees("Send this?").press(key::ENTER).sees("accepted");
    server.accepted();

    let taken = std::fs::read(home.path().join("1.eml")).unwrap();
    let message = MessageParser::default().parse(&taken).unwrap();
    assert_eq!(message.to().unwrap().first().unwrap().name(), Some(name));
    assert_eq!(message.subject(), Some(subject));
    assert_eq!(message.body_text(0).unwrap().trim_end(), body.replace('\r', "\r\n"));
    let attachment = message.attachments().next().unwrap();
    assert_eq!((attachment.attachment_name(), attachment.contents()), (Some(file), &bytes[..]));
}

#[test]
fn what_is_typed_right_after_enter_belongs_to_the_next_message() {
    let home = Home::new();
    let server = Server::start(&home, "accepts");
    home.config(&server.config("password_command = [\"printf\", \"open-sesame\"]"));
    let mut terminal = Terminal::start(&home, (120, 40), &[]);
    terminal
        .sees("Subject")
        .press("bob@fabrikam.com\t\t\tfirst\tHello")
        .press(key::CTRL_X)
        .sees("Send this?");
    // In one burst: no screen in between, no answer from the disk.
    terminal.press("\rcarol@contoso.com\t\t\tsecond\tnot lost");
    terminal.sees("accepted: first").sees("carol@contoso.com").sees("second").sees("not lost");
}

#[test]
fn a_new_message_puts_the_old_one_among_the_drafts() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home, (120, 40), &["--sandbox"]);
    terminal.sees("Subject").press("bob@fabrikam.com\t\t\thalf written\tHello").press(key::CTRL_N);
    terminal.misses("half written").sees("Drafts 1").press("carol@contoso.com\t\t\tanother");
    terminal.press(key::CTRL_O).sees("half written").press(key::ENTER).sees("bob@fabrikam.com").sees("Hello");
    terminal.press(key::CTRL_O).sees("another");
}

#[test]
fn a_screen_that_shows_nothing_takes_no_keys() {
    let home = Home::new();
    let mut terminal = Terminal::start(&home, (100, 30), &["--sandbox"]);
    terminal
        .sees("Subject")
        .press("bob@fabrikam.com\t\t\tunseen\tHello")
        .press(key::CTRL_X)
        .sees("Send this?");
    terminal.resize((30, 8));
    // Enter does nothing; leaving is the one thing that can be asked for unseen, and nothing is lost by it.
    terminal.sees("needs").press(key::ENTER).press(key::CTRL_Q);
    assert_eq!(terminal.exit_code(), 0);
    let files = home.all_bytes();
    assert!(!files.iter().any(|(path, _)| path.ends_with("journal")), "nothing was sent");
    assert!(
        files.iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains("unseen")),
        "the draft is there"
    );
}

#[test]
fn a_theme_that_cannot_be_used_is_named_and_the_default_stands_in() {
    let home = Home::new();
    home.file(".config/sendoff/themes/mine.toml", b"[roles]\ntext = \"no colour\"\n");
    for (name, says) in [("mine", "no colour"), ("nowhere", "nowhere")] {
        let mut terminal = Terminal::start(&home, (120, 40), &["--sandbox", "--theme", name]);
        terminal.sees("Subject").sees(says).press("x").misses(says);
    }
    home.file(".config/sendoff/themes/mine.toml", b"inherits = \"dark\"\n[palette]\nblue = \"#112233\"\n");
    let mut terminal = Terminal::start_with(
        &home,
        (120, 40),
        &["--sandbox", "--theme", "mine"],
        &[("COLORTERM", "truecolor")],
    );
    terminal.sees("Subject").press("x").sees("saved");
}

#[test]
fn a_terminal_that_cannot_draw_is_told_so_in_a_sentence() {
    let home = Home::new();
    let mut terminal = Terminal::start_with(&home, (80, 24), &["--sandbox"], &[("TERM", "dumb")]);
    terminal.sees("TERM is dumb");
    assert_eq!(terminal.exit_code(), 64);
}

#[test]
fn without_colour_nothing_is_coloured() {
    let home = Home::new();
    let mut terminal = Terminal::start_with(&home, (100, 30), &["--sandbox"], &[("NO_COLOR", "1")]);
    terminal.sees("Subject").press("bob@fabrikam.com").sees("saved");
    let raw = String::from_utf8_lossy(terminal.raw()).into_owned();
    let colours = raw.split("\x1b[").skip(1).filter_map(|code| code.split_once('m').map(|(code, _)| code));
    let is_colour = |code: &str| {
        code.split(';')
            .any(|n| matches!(n, "30" | "31" | "32" | "33" | "34" | "35" | "36" | "37" | "38" | "48"))
    };
    let found: Vec<&str> = colours.filter(|code| code.len() < 20 && is_colour(code)).collect();
    assert!(found.is_empty(), "{found:?}");
}
