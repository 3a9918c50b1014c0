//! Finds in a pasted dialogue which command was refused.

/// What a client says, and what the step is called.
const COMMANDS: &[(&str, &str)] = &[
    ("ehlo ", "helo"),
    ("helo ", "helo"),
    ("auth ", "auth"),
    ("mail from:", "mail"),
    ("rcpt to:", "rcpt"),
    ("data", "data"),
    ("starttls", "starttls"),
];

/// What programs print before a line of the client.
const CLIENT: &[&str] = &["c: ", ">>> ", ">> ", "-> ", "~> ", "> ", "send: '", "client: ", "smtp >> "];

/// As many lines as stand between a command and the refusal at the most: the server's greeting with its extensions.
const BETWEEN: usize = 30;

/// The last command in `before`, what stands before the first refusal.
pub(super) fn asked(before: &str) -> Option<&'static str> {
    before.lines().rev().take(BETWEEN).find_map(command)
}

fn command(line: &str) -> Option<&'static str> {
    let line = line.trim_end();
    let said = CLIENT.iter().filter_map(|mark| line.split_once(mark).map(|(_, said)| said)).chain([line]);
    said.into_iter().find_map(|said| {
        let is_said = |word: &str| {
            said.strip_prefix(word).is_some_and(|rest| word.ends_with([' ', ':']) || rest.is_empty())
        };
        COMMANDS.iter().find(|(word, _)| is_said(word)).map(|(_, step)| *step)
    })
}
