//! `sendoff check`: what it prints, for people and for scripts, and how it leaves.

use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::support::canary;
use crate::support::server::Server;
use crate::support::terminal::Home;

const SECRET: &str = "password_command = [\"printf\", \"open-sesame\"]";

fn sendoff(home: &Home, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sendoff"))
        .args(arguments)
        .env_clear()
        .envs(home.environment())
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// The JSON of a check against a server that plays `scenario`.
fn checked(scenario: &str, account: &str) -> (Option<i32>, Value) {
    let home = Home::new();
    let server = Server::start(&home, scenario);
    home.config(&server.config(account));
    let output = sendoff(&home, &["check", "--json"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().count(), 1, "one object on one line: {text}");
    assert_eq!(server.drain(), 0, "nothing is sent");
    (output.status.code(), serde_json::from_str(&text).unwrap())
}

#[test]
fn success_is_told_step_by_step_with_all_senders() {
    let more = format!(
        "{SECRET}\n[[account.identity]]\nfrom = \"Sales <sales@contoso.com>\"\n[[account.identity]]\nfrom = \"info@contoso.com\""
    );
    let (code, json) = checked("accepts", &more);
    assert_eq!((code, json["ok"].as_bool(), json["cause"].is_null()), (Some(0), Some(true), true), "{json}");
    assert_eq!(json["says"], "You can send as ana@contoso.com, sales@contoso.com and info@contoso.com.");
    assert!(json["caveat"].as_str().unwrap().contains("cannot be seen"), "{json}");
    let steps: Vec<&str> =
        json["steps"].as_array().unwrap().iter().map(|step| step["step"].as_str().unwrap()).collect();
    assert_eq!(
        steps,
        [
            "lookup",
            "connect",
            "greeting",
            "ehlo",
            "starttls",
            "tls",
            "capabilities",
            "auth",
            "mail",
            "rcpt",
            "mail",
            "mail",
            "rset",
            "quit"
        ]
    );
    for step in json["steps"].as_array().unwrap() {
        assert_eq!(step["ok"], true, "{step}");
        assert!(step["ms"].is_u64() && step["text"].is_string() && step["cause"].is_null(), "{step}");
    }
}

#[test]
fn every_scenario_has_its_cause_and_its_exit_code() {
    // scenario, exit code, the step that failed, cause
    let table = [
        ("wrong-password", 77, "auth", "wrong-credentials"),
        ("smtp-auth-disabled", 77, "auth", "smtp-auth-disabled-tenant"),
        ("server-full", 75, "greeting", "too-many-connections"),
        ("reset", 75, "ehlo", "connection-lost"),
        ("starttls-refused", 75, "starttls", "tls-required"),
        ("intercepted", 76, "tls", "certificate-invalid"),
        ("tls-1.1-only", 76, "tls", "tls-too-old"),
        ("tls-too-old", 75, "capabilities", "tls-too-old"),
        ("invalid-sender", 69, "mail", "bad-address"),
        ("relay-denied", 69, "rcpt", "relay-denied"),
    ];
    std::thread::scope(|scope| {
        for (scenario, exit, step, cause) in table {
            scope.spawn(move || {
                let (code, json) = checked(scenario, SECRET);
                assert_eq!((code, json["ok"].as_bool()), (Some(exit), Some(false)), "{scenario}: {json}");
                assert_eq!(json["cause"], cause, "{scenario}: {json}");
                let failed =
                    json["steps"].as_array().unwrap().iter().find(|step| step["ok"] == false).unwrap();
                assert_eq!(
                    (&failed["step"], &failed["cause"]),
                    (&step.into(), &cause.into()),
                    "{scenario}: {json}"
                );
                assert!(failed["do"].is_string() && json["who"].is_string(), "{scenario}: {json}");
            });
        }
    });
}

#[test]
fn a_refusal_that_comes_after_the_message_is_not_seen() {
    let (code, json) =
        checked("send-as-denied", &format!("{SECRET}\n[[account.identity]]\nfrom = \"sales@contoso.com\""));
    assert_eq!(code, Some(0), "{json}");
    assert!(json["caveat"].as_str().unwrap().contains("Send As"), "{json}");
}

#[test]
fn without_a_secret_it_goes_as_far_as_it_can() {
    let (code, json) = checked("accepts", "password_command = [\"false\"]");
    assert_eq!((code, json["cause"].as_str()), (Some(77), Some("not-signed-in")), "{json}");
    let of = |name: &str| {
        json["steps"].as_array().unwrap().iter().find(|step| step["step"] == name).unwrap()["ok"].clone()
    };
    assert_eq!((of("tls"), of("auth"), of("mail")), (true.into(), false.into(), Value::Null));
}

#[test]
fn settings_that_cannot_be_used_are_told_in_json_too() {
    let home = Home::new();
    let output = sendoff(&home, &["check", "--json"]);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), json["ok"].as_bool()), (Some(78), Some(false)), "{json}");
    assert!(json["says"].as_str().unwrap().contains("no account yet"), "{json}");

    home.config("[[account]]\nname = \"work\"\nfrom = \"ana@contoso.com\"\nca_file = \"gone.pem\"\n");
    assert_eq!(sendoff(&home, &["check", "nobody"]).status.code(), Some(78));
    let output = sendoff(&home, &["check", "work", "--json"]);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (output.status.code(), json["steps"][0]["step"].as_str()),
        (Some(78), Some("config")),
        "{json}"
    );
}

#[test]
fn a_person_reads_a_line_a_step_and_the_verdict_last() {
    let home = Home::new();
    let server = Server::start(&home, "smtp-auth-disabled");
    // The account is not the default, and is named.
    home.config(&format!(
        "[[account]]\nname = \"other\"\nfrom = \"dan@fabrikam.com\"\ndefault = true\n{}",
        server.config(SECRET)
    ));
    let output = sendoff(&home, &["check", "work"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(77), "{text}");
    assert!(!text.contains('\x1b'), "a pipe has no colours: {text}");
    for line in [
        "\u{2713} Look-up ",
        "\u{2713} Certificate ",
        "\u{2717} Sign-in ",
        "    Who can change it: your administrator.",
        "\u{2500} MAIL as ana@contoso.com ",
        "\u{2713} QUIT ",
    ] {
        assert!(text.lines().any(|found| found.starts_with(line)), "{line} is missing in\n{text}");
    }
    assert_eq!(
        text.lines().last(),
        Some(
            "\u{2717} SMTP sending is switched off for your organisation; your administrator can change that."
        )
    );
}

#[test]
fn the_secret_stands_nowhere_afterwards() {
    const LONG: &str = "correct-horse-battery-staple";
    let home = Home::new();
    let server = Server::start(&home, "accepts");
    home.config(
        &server
            .config("password_command = [\"sh\", \"-c\", \"printf correct-; printf horse-battery-staple\"]"),
    );
    let forms = canary::forms(LONG);
    for arguments in [&["check"][..], &["check", "--json"]] {
        let output = sendoff(&home, arguments);
        assert_eq!(output.status.code(), Some(77));
        assert!(!canary::is_in(&output.stdout, &forms) && !canary::is_in(&output.stderr, &forms));
    }
    let records = home.all_bytes();
    assert!(records.iter().any(|(path, _)| path.starts_with(home.state().join("logs"))), "it is recorded");
    for (path, bytes) in records {
        assert!(!canary::is_in(&bytes, &forms), "{}", path.display());
    }
}

#[test]
fn the_log_calls_a_check_that_went_all_the_way_by_its_name() {
    let home = Home::new();
    let server = Server::start(&home, "accepts");
    home.config(&server.config("password_command = [\"printf\", \"open-sesame\"]"));
    assert_eq!(sendoff(&home, &["check"]).status.code(), Some(0));
    let listed = String::from_utf8(sendoff(&home, &["log", "list"]).stdout).unwrap();
    assert!(listed.contains("checked") && !listed.contains("cut off"), "{listed}");
    let shown = String::from_utf8(sendoff(&home, &["log", "show"]).stdout).unwrap();
    assert!(shown.contains("checked; no message was sent"), "{shown}");
}
