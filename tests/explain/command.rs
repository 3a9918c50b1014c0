//! `sendoff explain`, as it is run.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

fn explain(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sendoff"))
        .arg("explain")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It may answer before all is read.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).expect("one JSON object")
}

#[test]
fn a_traceback_on_standard_input_is_explained() {
    let output = explain(
        &["--json"],
        b"Traceback:\n  smtplib.SMTPServerDisconnected: Connection unexpectedly closed\n",
    );
    let value = json(&output);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        (value["cause"].as_str(), value["who"].as_str()),
        (Some("connection-lost"), Some("nobody: wait and try again"))
    );
    for name in ["says", "do"] {
        assert!(value[name].as_str().is_some_and(|text| !text.is_empty()), "{name}");
    }
    assert_eq!((value["confirmed"].as_bool(), value.get("recipients")), (Some(true), None));
}

#[test]
fn words_on_the_command_line_are_one_text() {
    let output = explain(&["--", "-550", "5.1.1", "User", "unknown"], b"");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(
        text.starts_with("There is no such recipient, or the mailbox is closed.\nWho can change it: you.\n"),
        "{text}"
    );
}

#[test]
fn nothing_is_no_text_to_explain() {
    for input in [&b""[..], b" \r\n\t\n"] {
        let output = explain(&[], input);
        assert_eq!(output.status.code(), Some(65));
        assert!(String::from_utf8_lossy(&output.stderr).contains("there is nothing to explain"));
    }
}

#[test]
fn a_bounce_names_its_recipients() {
    let bounce = b"Final-Recipient: rfc822; bob@fabrikam.com\nAction: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 mailbox full\n";
    let recipients = &json(&explain(&["--json"], bounce))["recipients"];
    assert_eq!(recipients[0]["recipient"], "bob@fabrikam.com");
    assert_eq!(recipients[0]["cause"], "recipient-mailbox-full");
    let text = String::from_utf8(explain(&[], bounce).stdout).unwrap();
    assert!(
        text.starts_with(
            "bob@fabrikam.com (failed 5.2.2): 552 5.2.2 mailbox full\nThe recipient's mailbox is full.\n"
        ),
        "{text}"
    );
}

#[test]
fn bytes_that_are_no_text_are_read_as_far_as_they_go() {
    let mut input = vec![0xff; 2 * 1024 * 1024];
    input[..24].copy_from_slice(b"550 5.7.1 Relay denied\r\n");
    assert_eq!(json(&explain(&["--json"], &input))["cause"], "relay-denied");
}

#[test]
fn the_name_of_a_file_stands_for_what_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let saved = |name: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, "Final-Recipient: rfc822; bob@fabrikam.com\nAction: failed\nStatus: 5.2.2\n")
            .unwrap();
        path.into_os_string().into_string().unwrap()
    };
    for name in ["bounce.eml", "Undelivered Mail.eml", "session.log"] {
        let value = json(&explain(&["--json", &saved(name)], b""));
        assert_eq!(value["cause"], "recipient-mailbox-full", "{name}");
    }
    // Of several words none is a file.
    let value = json(&explain(&["--json", "550 5.1.1 User unknown", &saved("bounce.eml")], b""));
    assert_eq!(value["cause"], "unknown-recipient");
}

#[test]
fn a_saved_mail_that_is_not_there_is_no_text() {
    let output = explain(&["gone.eml"], b"");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(66), 0));
    let says = String::from_utf8_lossy(&output.stderr);
    assert!(says.starts_with("sendoff: cannot read gone.eml: No such file"), "{says}");
    // A text of the same end, and one that is too long for any name, are still texts.
    let long = format!("550 5.1.1 User unknown {}", "x/y ".repeat(4_000));
    for text in ["550 5.1.1 User unknown: see bounce.eml", &long] {
        assert_eq!(json(&explain(&["--json", text], b""))["cause"], "unknown-recipient");
    }
}
