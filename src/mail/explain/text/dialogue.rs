//! Finds in a pasted dialogue which command was refused.

/// What a client says, and what the step is called.
const COMMANDS: &[(&str, &str)] = &[
    ("ehlo ", "helo"),
    ("helo ", "helo"),
    // CodeIgniter prints it before what the server answered.
    ("hello:", "helo"),
    ("auth xoauth2", "token"),
    ("auth oauthbearer", "token"),
    ("auth ", "auth"),
    ("mail from:", "mail"),
    ("rcpt to:", "rcpt"),
    ("data", "data"),
    ("starttls", "starttls"),
];

/// What programs print before a line of the client.
const CLIENT: &[&str] = &["c: ", ">>> ", ">> ", "-> ", "~> ", "> ", "send: '", "client: ", "smtp >> "];

/// What libraries say of a sign-in with a token on the line of the refusal itself.
const TOKEN: &[&str] = &["auth xoauth2", "authenticator xoauth2", "xoauth2 auth", "xoauth2 failed"];

/// The same of other steps.
const TOLD: &[(&str, &str)] =
    &[("with starttls:", "starttls"), ("auth login command", "auth"), ("auth plain command", "auth")];

/// The bytes with which TLS begins (RFC 8446 section 5.1), as logs show them that expected a command.
const HELLO: &[&str] = &["026 003 00", "x16 x03 x0", "u0016 u0003 u000"];

/// As many lines as stand between a command and the refusal at the most: the server's greeting with its extensions.
const BETWEEN: usize = 30;

/// The last command in `before`, what stands before the first refusal.
pub(super) fn asked(before: &str) -> Option<&'static str> {
    let told = before.lines().next_back().unwrap_or_default();
    if HELLO.iter().any(|bytes| before.contains(bytes)) {
        return Some("tls");
    }
    if TOKEN.iter().any(|mark| told.contains(mark)) {
        return Some("token");
    }
    if let Some((_, step)) = TOLD.iter().find(|(mark, _)| told.contains(mark)) {
        return Some(step);
    }
    before.lines().rev().take(BETWEEN).find_map(command)
}

fn command(line: &str) -> Option<&'static str> {
    let line = line.trim_end();
    let said = CLIENT.iter().filter_map(|mark| line.split_once(mark).map(|(_, said)| said)).chain([line]);
    said.into_iter().find_map(|said| {
        let is_said = |word: &str| {
            said.strip_prefix(word).is_some_and(|rest| {
                word.ends_with([' ', ':']) || rest.is_empty() || rest.starts_with(' ') && word != "data"
            })
        };
        COMMANDS.iter().find(|(word, _)| is_said(word)).map(|(_, step)| *step)
    })
}
