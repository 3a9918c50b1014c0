//! Few descriptors (`ulimit -n`): what cannot be done says so, and no part of others ends in a fault of its own.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use crate::support::terminal::Home;

const DOCUMENTED: [i32; 11] = [0, 64, 65, 66, 69, 70, 74, 75, 76, 77, 78];

/// Runs `sendoff` where it may have so many files open at once.
fn with(limit: u32, home: &Home, arguments: &[&str]) -> Output {
    let mut child = Command::new("sh")
        .args(["-c", &format!("ulimit -n {limit}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_sendoff")])
        .args(arguments)
        .env_clear()
        .envs(home.environment())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that cannot start does not read its input.
    let _ = child.stdin.take().unwrap().write_all(b"Hello\n");
    child.wait_with_output().unwrap()
}

#[test]
fn whatever_the_limit_it_ends_in_a_sentence_and_a_code_that_is_documented() {
    let home = Home::new();
    home.config("[[account]]\nname = \"work\"\nfrom = \"Ana Silva <ana@contoso.com>\"\nhost = \"localhost\"\nport = 1\n");
    let mut said = String::new();
    for limit in 6..=24 {
        for arguments in
            [&["send", "--to", "bob@fabrikam.com"][..], &["check"], &["accounts", "secrets", "work"]]
        {
            let output = with(limit, &home, arguments);
            let says = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
            assert!(!says.is_empty() && !says.contains("panicked"), "{limit} {arguments:?}: {says}");
            let code = output.status.code().unwrap();
            assert!(DOCUMENTED.contains(&code), "{limit} {arguments:?}: {code}: {says}");
            said.push_str(&says);
        }
    }
    for sentence in
        ["cannot start: Too many open files", "may open too few files at once", "there is no keyring"]
    {
        assert!(said.contains(sentence), "{sentence} is not in\n{said}");
    }
}
