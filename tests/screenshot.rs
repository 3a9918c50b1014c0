//! Makes the pictures in the README: `cargo test --test screenshot`. The real program on a real pseudo-terminal, against the
//! built-in server; what the VT parser sees becomes an SVG, and `rsvg-convert` (Debian's librsvg2-bin) a PNG of it.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and touches the world"
)]
#![allow(
    dead_code,
    unreachable_pub,
    reason = "the support of the tests is shared, and only a part is used here"
)]

#[path = "support/picture.rs"]
mod picture;
#[path = "support/server.rs"]
mod server;
#[path = "support/terminal.rs"]
mod terminal;

mod support {
    pub(crate) use super::terminal;
}

use std::path::Path;
use std::process::Command;

use server::Server;
use terminal::{Home, Terminal, key};

const MORE: &str = "password_command = [\"printf\", \"open-sesame\"]

[[account]]
name = \"personal\"
from = \"Ana <ana@fabrikam.com>\"

[[account]]
name = \"relay\"
from = \"Scanner <scanner@contoso.com>\"
host = \"localhost\"
auth = \"none\"
";

#[test]
fn picture_for_the_readme() {
    let home = Home::new();
    let server = Server::unhurried(&home, "slow");
    home.config(&server.config(MORE));
    home.file("report.pdf", &vec![0x55; 1_200_000]);
    home.file("chart.png", &vec![0xaa; 88_000]);
    let more = [("COLORTERM", "truecolor")];
    let mut terminal = Terminal::start_with(&home, (120, 34), &["--theme", "dark"], &more);
    terminal.sees("Subject").press("Carol <carol@contoso.com>\t\t\tMinutes\tAs agreed.");
    terminal
        .press(key::CTRL_X)
        .sees("Send this?")
        .press(key::ENTER)
        .sees("accepted: Minutes")
        .sees("Where the time went");
    terminal.press("Bob Ray <bob@fabrikam.com>, Carol <carol@contoso.com>\t\t\tQ3 numbers\t");
    terminal.press("Hi both,\r\rthe numbers are attached.\r\rAna");
    for file in ["report.pdf", "chart.png"] {
        terminal
            .press(key::CTRL_T)
            .sees("Attach a file")
            .paste(file)
            .press(key::ENTER)
            .sees(&format!("attached {file}"));
    }
    terminal.press(key::CTRL_X).sees("Send this?").press(key::ENTER).sees("RCPT TO:<bob@fabrikam.com>");
    terminal.press("Dan <dan@fabrikam.com>\t\t\tRe: Tuesday\tHi Dan,\r\rTuesday suits me; I come at ten.");
    terminal.sees("at ten.").sees("saved");
    let is_half_way =
        |terminal: &Terminal| (40..90).any(|percent| terminal.text().contains(&format!(" {percent} %")));
    assert!(terminal.wait(is_half_way), "{}", terminal.text());

    draw(&home, &terminal, "screenshot");
}

/// The log alone: a refusal with what it means, and a message that was taken with where its time went.
#[test]
fn pictures_of_the_log() {
    for (scenario, name, last) in
        [("smtp-auth-disabled", "refused", "note to the administrator"), ("slow", "accepted", "acceptance")]
    {
        let home = Home::new();
        let server = Server::unhurried(&home, scenario);
        home.config(&format!(
            "{}\nconnect_ahead = false",
            server.config("password_command = [\"printf\", \"open-sesame\"]")
        ));
        let more = [("COLORTERM", "truecolor")];
        let mut terminal = Terminal::start_with(&home, (120, 34), &["--theme", "dark"], &more);
        terminal
            .sees("Subject")
            .press("Bob Ray <bob@fabrikam.com>\t\t\tQ3 numbers\tHi Bob,\r\rhere they are.\r\rAna");
        terminal.press(key::CTRL_X).sees("Send this?").press(key::ENTER).sees("Q3 numbers");
        terminal.press(key::F6).press("\x1bz").sees(last);
        draw(&home, &terminal, name);
    }
}

fn draw(home: &Home, terminal: &Terminal, name: &str) {
    let svg = picture::of_screen(terminal.screen(), picture::Terminal::DARK);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(".assets");
    let source = home.file(&format!("{name}.svg"), svg.as_bytes());
    let made = Command::new("rsvg-convert")
        .args(["--zoom", "1.5", "--output"])
        .arg(folder.join(format!("{name}.png")))
        .arg(&source)
        .status()
        .expect("rsvg-convert is there (Debian: librsvg2-bin, fonts-dejavu-core)");
    assert!(made.success());
}
