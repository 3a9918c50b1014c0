//! `sendoff sandbox`: its list, a name that is not on it, and the accounts that reach it.

use std::io::{BufRead as _, BufReader};
use std::net::TcpStream;
use std::process::{Command, Output, Stdio};

use sendoff::mail::settings::Settings;
use sendoff::sandbox::{Scenario, SignInScenario};

use crate::support::terminal::Home;

fn sandbox(home: &Home, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sendoff"))
        .arg("sandbox")
        .args(arguments)
        .env_clear()
        .envs(home.environment())
        .current_dir(home.path())
        .output()
        .unwrap()
}

#[test]
fn every_scenario_has_its_line_and_nothing_else_is_done() {
    let home = Home::new();
    let output = sandbox(&home, &["--list"]);
    let list = String::from_utf8(output.stdout).unwrap();

    // Beside the scenarios, an empty line and a heading.
    assert_eq!(list.lines().count(), Scenario::all().count() + 2 + SignInScenario::all().count());
    for line in [
        "send-as-denied              dot       confirmed           554 5.2.252 SendAsDenied; ... not allowed to send as ...;",
        "server-full                 greeting  text not confirmed  421 4.3.2 The maximum number of concurrent",
        "reset                       ehlo                          The connection is reset at EHLO, without a reply.",
        "aadsts53003                 consent   confirmed           400 invalid_grant AADSTS53003: Access has been blocked",
        "unknown-error               poll      text not confirmed  400 unheard_of Something",
        "interval-zero               device                        The interval is 0.",
    ] {
        assert!(list.lines().any(|known| known.starts_with(line)), "{line} is missing in\n{list}");
    }
    assert_eq!((output.status.code(), home.path().join("sendoff-sandbox-ca.pem").exists()), (Some(0), false));
}

#[test]
fn a_name_that_is_not_on_it_is_told_the_nearest() {
    let home = Home::new();
    let output = sandbox(&home, &["--scenario", "send-as"]);
    let says = String::from_utf8(output.stderr).unwrap();

    assert_eq!(output.status.code(), Some(64));
    assert!(says.contains("did you mean send-as-denied or send-as-denied-older?"), "{says}");
}

#[test]
fn the_accounts_that_it_prints_are_ready_to_be_used() {
    let home = Home::new();
    let mut child = Command::new(env!("CARGO_BIN_EXE_sendoff"))
        .args(["sandbox", "--sign-in", "approves"])
        .env_clear()
        .envs(home.environment())
        .current_dir(home.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let said: Vec<_> = lines.take_while(|line| line != "Ctrl-C ends it.").collect();

    let is_toml = |line: &&String| line.is_empty() || line.starts_with('[') || line.contains(" = ");
    let config: Vec<_> = said.iter().filter(is_toml).map(String::as_str).collect();
    let settings = Settings::parse(&config.join("\n"), home.path()).unwrap();
    let [by_password, by_oauth] = &settings.accounts[..] else { panic!("{said:?}") };
    let application = by_oauth.oauth.as_ref().unwrap();
    let authority = application.authority();
    assert_eq!((by_password.port, by_password.oauth.is_none()), (by_oauth.port, true));
    assert_eq!(
        (application.client_id.as_str(), application.person.as_str()),
        ("sendoff-sandbox", "ana@contoso.com")
    );
    assert!(
        said.iter().any(|line| line.contains(&format!("{authority}, which plays \u{201c}approves\u{201d}")))
    );
    TcpStream::connect(authority.strip_prefix("https://").unwrap()).unwrap();

    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_way_of_signing_in_that_is_not_on_it_is_told_the_nearest() {
    let home = Home::new();
    for arguments in [&["sandbox", "--sign-in", "aprove"][..], &["--sandbox", "--sign-in", "aprove"]] {
        let output = Command::new(env!("CARGO_BIN_EXE_sendoff"))
            .args(arguments)
            .env_clear()
            .envs(home.environment())
            .output()
            .unwrap();
        let says = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(64));
        assert!(says.contains("did you mean approves?"), "{says}");
    }
}
