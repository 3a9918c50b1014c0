//! `sendoff send`: one message, no screen. Exit codes, JSON and dialogue as scripts rely on them.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::support::server::Server;
use crate::support::terminal::Home;

const SECRET: &str = "password_command = [\"printf\", \"open-sesame\"]";

/// Runs `sendoff` with `body` on standard input.
fn sendoff(home: &Home, arguments: &[&str], body: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sendoff"))
        .args(arguments)
        .env_clear()
        .envs(home.environment())
        .current_dir(home.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses its arguments does not read its input.
    let _ = child.stdin.take().unwrap().write_all(body.as_bytes());
    child.wait_with_output().unwrap()
}

/// Sends to Bob against a server that plays `scenario`, and reads the JSON.
fn sent(scenario: &str, account: &str, more: &[&str]) -> (Option<i32>, Value, Home) {
    let home = Home::new();
    let server = Server::start(&home, scenario);
    home.config(&server.config(account));
    let mut arguments = vec!["send", "--to", "bob@fabrikam.com", "--subject", "Hi", "--json"];
    arguments.extend(more);
    let output = sendoff(&home, &arguments, "Hello\n");
    let json = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    (output.status.code(), json, home)
}

/// Letters that an earlier attempt left behind.
fn left_in_outbox(home: &Home) -> usize {
    std::fs::read_dir(home.state().join("outbox")).map_or(0, Iterator::count)
}

#[test]
fn an_accepted_message_leaves_by_0_with_both_ids() {
    let (code, json, home) = sent("accepts", SECRET, &[]);
    assert_eq!(code, Some(0), "{json}");
    assert_eq!(json["outcome"], "accepted");
    assert_eq!(json["step"], "dot");
    assert_eq!(json["code"], 250);
    assert!(json["message_id"].as_str().unwrap().ends_with("@contoso.com>"));
    assert!(json["server_id"].as_str().unwrap().ends_with("OUTLOOK.COM>"));
    assert_eq!(json["recipients"][0]["address"], "bob@fabrikam.com");
    assert_eq!(json["recipients"][0]["accepted"], true);
    assert_eq!(json["tls"]["protocol"], "TLS 1.3");
    for step in [
        "lookup", "connect", "greeting", "ehlo", "starttls", "tls", "auth", "mail", "rcpt", "data", "body",
        "dot", "total",
    ] {
        assert!(json["ms"][step].is_u64(), "{step} is missing in {}", json["ms"]);
    }
    assert_eq!(left_in_outbox(&home), 0);
}

#[test]
fn a_person_is_told_both_ids_where_the_server_put_its_own() {
    let home = Home::new();
    let server = Server::start(&home, "accepts");
    home.config(&server.config(SECRET));
    let output = sendoff(&home, &["send", "--to", "bob@fabrikam.com"], "Hello\n");
    let says = String::from_utf8(output.stdout).unwrap();
    let ids = says.strip_prefix("accepted: <").and_then(|rest| rest.split_once("> (your Message-ID <"));
    let (theirs, rest) = ids.expect(&says);
    let ours = rest.strip_suffix("> was replaced)\n").expect(&says);
    assert!(theirs.ends_with("OUTLOOK.COM") && ours.ends_with("@contoso.com"), "{says}");
}

#[test]
fn an_access_token_goes_out_by_xoauth2() {
    let account = "auth = \"xoauth2\"\npassword_command = [\"printf\", \"sandbox-token\"]";
    let (code, json, _home) = sent("accepts", account, &["--log"]);
    assert_eq!((code, json["outcome"].as_str()), (Some(0), Some("accepted")), "{json}");
}

#[test]
fn every_scenario_has_its_outcome_and_its_exit_code() {
    // scenario, exit code, outcome, step, cause, letters that stay in the outbox
    let table = [
        ("wrong-password", 77, "refused", "auth", "wrong-credentials", 0),
        ("smtp-auth-disabled", 77, "refused", "auth", "smtp-auth-disabled-tenant", 0),
        ("send-as-denied", 69, "refused", "dot", "send-as-denied", 0),
        ("too-many-connections", 75, "deferred", "dot", "too-many-connections", 0),
        ("drop-after-dot", 76, "unknown", "dot", "connection-lost", 1),
    ];
    std::thread::scope(|scope| {
        for (scenario, exit, outcome, step, cause, left) in table {
            scope.spawn(move || {
                let (code, json, home) = sent(scenario, SECRET, &[]);
                assert_eq!(code, Some(exit), "{scenario}: {json}");
                assert_eq!(
                    (json["outcome"].as_str(), json["step"].as_str()),
                    (Some(outcome), Some(step)),
                    "{scenario}: {json}"
                );
                assert_eq!(json["cause"], cause, "{scenario}: {json}");
                assert_eq!(left_in_outbox(&home), left, "{scenario}");
            });
        }
    });
}

#[test]
fn refused_recipients_stop_everything_unless_partial_is_ok() {
    let (code, json, _home) = sent("rcpt-refused", SECRET, &["--to", "nobody@fabrikam.com"]);
    assert_eq!((code, json["outcome"].as_str()), (Some(69), Some("refused")), "{json}");
    assert_eq!(json["recipients"][0]["accepted"], true);
    assert_eq!(json["recipients"][1]["accepted"], false);
    assert_eq!(json["recipients"][1]["code"], 550);
    let (code, json, _home) =
        sent("rcpt-refused", SECRET, &["--to", "nobody@fabrikam.com", "--partial", "ok"]);
    assert_eq!((code, json["outcome"].as_str()), (Some(69), Some("partly")), "{json}");
}

#[test]
fn what_cannot_be_tried_says_why_in_json_too() {
    let home = Home::new();
    let table: [(&str, &[&str], i32, &str); 5] = [
        ("", &["send", "--to", "bob@fabrikam.com", "--json"], 78, "no account yet"),
        (
            "[[account]]\nname = \"a\"\nfrom = \"ana@contoso.com\"\nport = \"x\"\n",
            &["send", "--to", "b@x", "--json"],
            78,
            "line 4",
        ),
        (
            "[[account]]\nname = \"a\"\nfrom = \"ana@contoso.com\"\n",
            &["send", "-a", "b", "--to", "b@x", "--json"],
            78,
            "there is only a",
        ),
        (
            "[[account]]\nname = \"a\"\nfrom = \"ana@contoso.com\"\n",
            &["send", "--to", "bob at x", "--json"],
            65,
            "no @",
        ),
        (
            "[[account]]\nname = \"a\"\nfrom = \"ana@contoso.com\"\n",
            &["send", "--to", "b@x", "--attach", "gone.pdf", "--json"],
            66,
            "gone.pdf is not there",
        ),
    ];
    for (config, arguments, exit, says) in table {
        home.config(config);
        let output = sendoff(&home, arguments, "Hello");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(exit), "{stderr}");
        assert!(stderr.contains(says), "{says}: {stderr}");
        let json: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(json["outcome"], "failed");
        assert!(json["text"].as_str().unwrap().contains(says), "{json}");
    }
}

#[test]
fn without_a_secret_and_without_a_terminal_it_leaves_by_77() {
    let (code, json, _home) = sent("accepts", "password_command = [\"false\"]", &[]);
    assert_eq!(
        (code, json["step"].as_str(), json["cause"].as_str()),
        (Some(77), Some("secret"), Some("not-signed-in"))
    );
}

#[test]
fn a_dry_run_prints_message_and_envelope_and_touches_nothing() {
    let home = Home::new();
    home.config("[[account]]\nname = \"a\"\nfrom = \"Ana Silva <ana@contoso.com>\"\nport = 1\n");
    let arguments =
        ["send", "--to", "bob@fabrikam.com", "--bcc", "dan@fabrikam.com", "--subject", "Grüße", "--dry-run"];
    let output = sendoff(&home, &arguments, "Hallo\n");
    assert_eq!(output.status.code(), Some(0));
    let envelope = String::from_utf8(output.stderr).unwrap();
    assert!(envelope.contains("RCPT TO:<dan@fabrikam.com>"), "{envelope}");
    let message = mail_parser::MessageParser::default().parse(&output.stdout).unwrap();
    assert_eq!(message.subject(), Some("Grüße"));
    assert!(!String::from_utf8_lossy(&output.stdout).contains("dan@"));
    assert_eq!(left_in_outbox(&home), 0);
}

#[test]
fn the_dialogue_goes_to_standard_error_as_swaks_would_print_it() {
    let home = Home::new();
    let server = Server::start(&home, "accepts");
    home.config(&server.config(SECRET));
    let output = sendoff(&home, &["send", "--to", "bob@fabrikam.com", "--log"], "Hello");
    let log = String::from_utf8(output.stderr).unwrap();
    for line in
        ["<- 220 ", "-> EHLO [127.0.0.1]", "== TLS 1.3", "~> AUTH LOGIN [hidden]", "<~ 235 ", "~> QUIT"]
    {
        assert!(log.contains(line), "{line} is missing in\n{log}");
    }
}

#[test]
fn help_and_version_answer_and_the_composer_wants_a_terminal() {
    let home = Home::new();
    for argument in ["--help", "--version"] {
        assert_eq!(sendoff(&home, &[argument], "").status.code(), Some(0));
    }
    let output = sendoff(&home, &["--sandbox"], "");
    assert_eq!(output.status.code(), Some(64));
    assert!(String::from_utf8_lossy(&output.stderr).contains("needs a terminal"));
    assert_eq!(sendoff(&home, &["--scenario", "x"], "").status.code(), Some(64));
}

#[test]
fn a_reader_that_goes_away_does_not_stop_a_send() {
    let home = Home::new();
    let server = Server::start(&home, "accepts");
    home.config(&server.config(SECRET));
    let mut child = Command::new(env!("CARGO_BIN_EXE_sendoff"))
        .args(["send", "--to", "bob@fabrikam.com", "--log"])
        .env_clear()
        .envs(home.environment())
        .stdin(Stdio::piped())
        .stdout(std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stderr.take());
    drop(child.stdin.take());
    assert!(server.accepted().contains("bob@fabrikam.com"));
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(left_in_outbox(&home), 0);
}

#[test]
fn foreign_text_cannot_act_on_the_terminal() {
    let home = Home::new();
    home.config("[[account]]\nname = \"a\"\nfrom = \"ana@contoso.com\"\n");
    let output = sendoff(&home, &["send", "--to", "bob\x1b]52;c;x\x07@x y", "--attach", "\x1b[2Jgone"], "");
    assert!(!output.stderr.contains(&0x1b), "{}", String::from_utf8_lossy(&output.stderr));
    let output = sendoff(&home, &["http:\x1b[2J"], "");
    assert!(!output.stderr.contains(&0x1b), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn what_would_go_past_the_sandbox_is_refused() {
    let home = Home::new();
    let server = Server::start(&home, "accepts");
    home.config(&server.config(SECRET));
    let arguments = ["--sandbox", "send", "--to", "bob@fabrikam.com"];
    let output = sendoff(&home, &arguments, "Hello\n");
    assert_eq!(output.status.code(), Some(64));
    assert!(String::from_utf8_lossy(&output.stderr).contains("sendoff sandbox"), "{output:?}");
    assert_eq!(left_in_outbox(&home), 0);
}
