//! `sendoff sandbox --list` and a name that is not on it.

use std::process::{Command, Output};

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
