//! Signing in as a person sees it: the real program on a terminal, the sandbox for the mail, a scripted service for the tokens.

use std::process::{Command, Stdio};
use std::sync::mpsc::channel;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sendoff::sandbox::TOKEN;
use serde_json::json;

use super::service::{DEVICE, REFRESH, Reply, SCOPE, Service, device_code, json, no, tokens, with};
use crate::support::canary::{forms, is_in};
use crate::support::server::Server;
use crate::support::terminal::{Home, Terminal, key};

const CODE: &str = "code-canary-7u6y5t4r3e";

/// Ana's home, her mail server, and a service that answers as the script says.
struct Stage {
    home: Home,
    _server: Server,
    service: Service,
    /// Its thread goes when this is dropped.
    _over: tokio::sync::oneshot::Sender<()>,
}

fn stage(script: Vec<Reply>) -> Stage {
    let home = Home::new();
    let server = Server::start(&home, "accepts");
    let (ready, started) = channel();
    let (over, done) = tokio::sync::oneshot::channel::<()>();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            ready.send(Service::start(script).await).ok().unwrap();
            let _ = done.await;
        });
    });
    let service = started.recv().unwrap();
    let roots = std::fs::read_to_string(&server.ca).unwrap() + &service.root;
    std::fs::write(&server.ca, roots).unwrap();
    home.config(&server.config(&format!(
        "[account.oauth]\nclient_id = \"11111111-2222-3333-4444-555555555555\"\ntenant = \"contoso.com\"\nauthority = \"https://localhost:{}\"",
        service.port
    )));
    Stage { home, _server: server, service, _over: over }
}

/// A code that may be asked about each second, and tokens that the sandbox takes.
fn quick_code() -> Reply {
    json(200, &with(device_code(), &json!({ "interval": 1 })))
}

fn good_tokens() -> Reply {
    json(200, &with(tokens(), &json!({ "access_token": TOKEN })))
}

/// Neither the screen, nor a file, nor anything that can be taken out of the log holds one of them, in any of twelve encodings.
#[track_caller]
fn nothing_leaked(stage: &Stage, terminal: &mut Terminal) {
    let exports: Vec<_> = ["text", "json", "html"]
        .iter()
        .flat_map(|form| (1..4).map(move |nth| (form, nth.to_string())))
        .map(|(form, nth)| sendoff(stage, &["log", "export", &nth, "--form", form]).1)
        .collect();
    for secret in [REFRESH, DEVICE, CODE, TOKEN, PASSPHRASE] {
        let forms = forms(secret);
        assert!(!is_in(terminal.raw(), &forms), "{secret} is on the screen");
        for (path, bytes) in stage.home.all_bytes() {
            assert!(!is_in(&bytes, &forms), "{secret} is in {}", path.display());
        }
        for export in &exports {
            assert!(!is_in(export.as_bytes(), &forms), "{secret} is in an export: {export}");
        }
    }
}

#[test]
fn the_first_message_signs_in_by_device_code_and_the_second_does_not_ask() {
    let stage = stage(vec![quick_code(), no("authorization_pending", 70016), good_tokens()]);
    let mut terminal = Terminal::start(&stage.home, (80, 24), &[]);
    terminal.sees("Subject").press("bob@fabrikam.com\t\t\tFirst\tHello").press(key::CTRL_X);
    terminal.sees("Send this?").sees("will ask for the sign-in").press(key::ENTER);
    terminal.sees("Sign in").sees("device code").press(key::ENTER);
    terminal.sees("F J C 3 R G H P Q").sees("nobody will ever send you such a code");
    terminal.sees("New passphrase").press(key::ESC);
    terminal.sees("Ana@Contoso.com is signed in").sees("in memory until you leave").press(key::ENTER);
    terminal.sees("accepted: First");
    terminal.press("bob@fabrikam.com\t\t\tSecond\tHello").press(key::CTRL_X).sees("signed in");
    terminal.press(key::ENTER).sees("accepted: Second");
    // How old its token is stands at the head of each session.
    terminal.press("\x1bw").press("g").sees("== the access token, good for");
    assert_eq!(stage.service.asked().len(), 3, "a token that is good for an hour is used again");
    nothing_leaked(&stage, &mut terminal);
}

const PASSPHRASE: &str = "canary-Xq7#vB2-passphrase";

#[test]
fn without_a_keyring_the_sign_in_is_kept_in_the_vault() {
    let stage = stage(vec![quick_code(), good_tokens(), good_tokens(), good_tokens()]);
    let mut terminal = Terminal::start(&stage.home, (80, 24), &["accounts", "sign-in", "work"]);
    terminal.sees("FJC3RGHPQ").sees("New passphrase").press(PASSPHRASE).press(key::ENTER);
    terminal.sees("Once more").press(PASSPHRASE).press(key::ENTER).sees("kept in the vault");
    assert_eq!(terminal.exit_code(), 0);
    nothing_leaked(&stage, &mut terminal);

    // In the composer the passphrase is asked for at the first message, and nothing at the second.
    let mut terminal = Terminal::start(&stage.home, (80, 24), &[]);
    terminal.sees("Subject").press("bob@fabrikam.com\t\t\tFirst\tHello").press(key::CTRL_X);
    terminal.sees("Send this?").press(key::ENTER).sees("What you kept on this host");
    terminal.press(PASSPHRASE).press(key::ENTER).sees("accepted: First");
    terminal.press("bob@fabrikam.com\t\t\tSecond\tHello").press(key::CTRL_X).sees("signed in");
    terminal.press(key::ENTER).sees("accepted: Second");
    nothing_leaked(&stage, &mut terminal);
    terminal.press(key::CTRL_Q).exit_code();

    // Each refresh replaced the sign-in, and the last one is what is kept.
    let mut terminal = Terminal::start(&stage.home, (80, 24), &["check", "work"]);
    terminal.sees("Passphrase of the vault:").press(PASSPHRASE).press(key::ENTER).sees("You can send as");
    assert_eq!(terminal.exit_code(), 0);
    let grants: Vec<_> =
        stage.service.asked().iter().filter_map(|asked| asked.form.get("grant_type").cloned()).collect();
    assert_eq!(grants[1..], ["refresh_token", "refresh_token"]);
    nothing_leaked(&stage, &mut terminal);
}

#[test]
fn a_crash_between_the_new_sign_in_and_the_vault_costs_one_renewal_and_no_more() {
    let stage = stage(vec![quick_code(), good_tokens()]);
    let mut terminal = Terminal::start(&stage.home, (80, 24), &["accounts", "sign-in", "work"]);
    terminal.sees("New passphrase").press(PASSPHRASE).press(key::ENTER);
    terminal.sees("Once more").press(PASSPHRASE).press(key::ENTER).sees("kept in the vault");
    terminal.exit_code();
    let vault = std::fs::read(stage.home.state().join("vault.age")).unwrap();

    let mut terminal = Terminal::start(&stage.home, (80, 24), &["check", "work"]);
    terminal.sees("Passphrase of the vault:").press(PASSPHRASE).press(key::ENTER);
    // The service answers at once; sealing the vault takes most of a second, and is cut off.
    while stage.service.asked().len() < 3 {
        std::thread::yield_now();
    }
    terminal.kill();
    assert!(std::fs::read(stage.home.state().join("vault.age")).unwrap() == vault, "whole, and as it was");

    let mut terminal = Terminal::start(&stage.home, (80, 24), &["check", "work"]);
    terminal.sees("Passphrase of the vault:").press(PASSPHRASE).press(key::ENTER).sees("You can send as");
    assert_eq!(terminal.exit_code(), 0);
    assert_eq!(
        stage.service.asked()[2].form["refresh_token"],
        stage.service.asked()[3].form["refresh_token"]
    );
    nothing_leaked(&stage, &mut terminal);
}

#[test]
fn a_sign_in_that_may_do_more_than_send_is_refused_until_the_account_takes_it() {
    let scope = format!("{SCOPE} https://outlook.office.com/IMAP.AccessAsUser.All");
    let broad = || json(200, &with(tokens(), &json!({ "access_token": TOKEN, "scope": scope })));
    let stage = stage(vec![quick_code(), good_tokens(), broad(), quick_code(), broad(), broad()]);
    let mut terminal = Terminal::start(&stage.home, (80, 24), &["accounts", "sign-in", "work"]);
    terminal.sees("New passphrase").press(PASSPHRASE).press(key::ENTER);
    terminal.sees("Once more").press(PASSPHRASE).press(key::ENTER).sees("kept in the vault");

    // What is kept brings more than it did; nothing goes to the server with it.
    let mut terminal = Terminal::start(&stage.home, (80, 24), &["check", "work"]);
    terminal.sees("Passphrase of the vault:").press(PASSPHRASE).press(key::ENTER);
    terminal.sees("more than send mail: IMAP.AccessAsUser.All").sees("accept_broader = true");
    assert_ne!(terminal.exit_code(), 0);

    // Neither is a new one taken.
    let mut terminal = Terminal::start(&stage.home, (80, 24), &[]);
    terminal.sees("Subject").press(key::F6).press(key::F6).press("i").sees("device code").press(key::ENTER);
    terminal.sees("more than send mail: IMAP.AccessAsUser.All").sees("accept_broader = true");
    terminal.press(key::ESC).misses("more than send mail").press(key::CTRL_Q).exit_code();

    let config = std::fs::read_to_string(stage.home.path().join(".config/sendoff/config.toml")).unwrap();
    stage.home.config(&(config + "\naccept_broader = true\n"));
    let mut terminal = Terminal::start(&stage.home, (80, 24), &["check", "work"]);
    terminal.sees("Passphrase of the vault:").press(PASSPHRASE).press(key::ENTER).sees("You can send as");
    nothing_leaked(&stage, &mut terminal);
}

#[test]
fn where_device_codes_are_blocked_the_address_is_brought_back() {
    let stage = stage(vec![no("invalid_grant", 53003), good_tokens()]);
    let mut terminal = Terminal::start(&stage.home, (80, 24), &[]);
    terminal.sees("Subject").press(key::F6).press(key::F6).press("i").sees("device code").press(key::ENTER);
    terminal.sees("Conditional Access").sees("not possible now").press(key::ENTER);
    terminal.sees("Open this address").press("\x1bu").sees("in the clipboard");
    let address = copied(terminal.raw());
    let told = address.split("state=").nth(1).unwrap().split('&').next().unwrap();
    assert!(address.contains("code_challenge_method=S256") && address.contains("SMTP.Send"), "{address}");
    // What is not it says why, and the same address waits for the next try; the service is not asked.
    for (other, why) in [
        ("hello there this is surely wrong", "there is no code"),
        ("https://localhost/nativeclient?code=x&state=another", "belongs to another"),
    ] {
        terminal.paste(other).press(key::ENTER).sees(why);
    }
    assert_eq!(stage.service.asked().len(), 1);
    terminal.paste(&format!("https://localhost/nativeclient?code={CODE}&state={told}")).press(key::ENTER);
    terminal.sees("New passphrase").press(key::ESC).sees("Ana@Contoso.com is signed in");
    let asked = stage.service.asked();
    assert_eq!((asked.len(), asked[1].form["code"].as_str()), (2, CODE));
    nothing_leaked(&stage, &mut terminal);
}

/// What was handed to the terminal's clipboard last (OSC 52).
fn copied(raw: &[u8]) -> String {
    let raw = String::from_utf8_lossy(raw);
    let last = raw.rsplit("\x1b]52;c;").next().unwrap();
    let end = last.find(['\x07', '\x1b']).unwrap();
    String::from_utf8(STANDARD.decode(&last[..end]).unwrap()).unwrap()
}

#[test]
fn somebody_else_is_not_let_in() {
    let other = json!({ "access_token": TOKEN, "id_token": super::service::id_token(&json!({ "preferred_username": "eve@contoso.com" })) });
    let stage = stage(vec![quick_code(), json(200, &with(tokens(), &other))]);
    let mut terminal = Terminal::start(&stage.home, (80, 24), &[]);
    terminal.sees("Subject").press(key::F6).press(key::F6).press("i").sees("device code").press(key::ENTER);
    terminal.sees("Somebody else signed in: eve@contoso.com").sees("ana@contoso.com");
    nothing_leaked(&stage, &mut terminal);
}

fn sendoff(stage: &Stage, arguments: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_sendoff"))
        .args(arguments)
        .env_clear()
        .envs(stage.home.environment())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(text).unwrap())
}

#[test]
fn on_the_command_line_the_code_is_printed_and_a_missing_keyring_is_said() {
    let stage = stage(vec![quick_code(), good_tokens()]);
    let (code, says) = sendoff(&stage, &["accounts", "sign-in", "work"]);
    assert!(says.contains("FJC3RGHPQ") && says.contains("https://microsoft.com/devicelogin"), "{says}");
    assert!(says.contains("Ana@Contoso.com signed in") && says.contains("no keyring"), "{says}");
    assert_eq!(code, 77, "{says}");
    let (code, says) = sendoff(&stage, &["send", "--to", "bob@fabrikam.com"]);
    assert!(says.contains("nobody is signed in") && says.contains("sendoff accounts sign-in work"), "{says}");
    assert_eq!(code, 77);
    let (code, says) = sendoff(&stage, &["check", "work"]);
    assert!(says.contains("Nobody is signed in") && says.contains("sendoff accounts sign-in"), "{says}");
    assert!(code == 77 && !says.contains("password_command"), "{code}: {says}");
    let (code, says) = sendoff(&stage, &["accounts", "sign-out", "work"]);
    assert_eq!(code, 0, "{says}");
}

#[test]
fn a_service_proves_itself_by_what_its_program_prints_or_by_what_is_kept() {
    let stage = stage(vec![good_tokens(), good_tokens()]);
    let config = std::fs::read_to_string(stage.home.path().join(".config/sendoff/config.toml")).unwrap();
    let service = config + "\ngrant = \"service\"\n";
    let command = "password_command = [\"printf\", \"client-secret~8Q\"]\n[account.oauth]";
    stage.home.config(&service.replace("[account.oauth]", command));
    let (code, says) = sendoff(&stage, &["check", "work"]);
    assert_eq!(code, 0, "{says}");
    assert_eq!(stage.service.asked()[0].form["client_secret"], "client-secret~8Q");

    // Without the program it is asked for once, by name, and kept.
    stage.home.config(&service);
    let (code, says) = sendoff(&stage, &["check", "work"]);
    assert!(code == 77 && says.contains("no keyring"), "{code}: {says}");
    let set = ["accounts", "secrets", "work", "--set", "vault"];
    let mut terminal = Terminal::start(&stage.home, (80, 24), &set);
    terminal.sees("Client secret of").press("another-secret~8Q").press(key::ENTER).sees("New passphrase");
    terminal.press(PASSPHRASE).press(key::ENTER).sees("Once more").press(PASSPHRASE).press(key::ENTER);
    assert_eq!(terminal.exit_code(), 0);
    let mut terminal = Terminal::start(&stage.home, (80, 24), &["check", "work"]);
    terminal.sees("Passphrase of the vault:").press(PASSPHRASE).press(key::ENTER).sees("You can send as");
    assert_eq!(stage.service.asked()[1].form["client_secret"], "another-secret~8Q");
}

#[test]
fn a_refusal_names_the_other_ways() {
    let stage = stage(vec![no("invalid_grant", 50097)]);
    let (code, says) = sendoff(&stage, &["accounts", "sign-in", "work", "--way", "device-code"]);
    assert_eq!(code, 77);
    assert!(says.contains("--way browser") && says.contains("--way paste"), "{says}");
}

#[test]
fn the_sandbox_can_be_signed_in_to_with_nothing() {
    let home = Home::new();
    let arguments = ["--sandbox", "--sign-in", "approves"];
    let mut terminal = Terminal::start(&home, (80, 24), &arguments);
    terminal.sees("sandbox-oauth").press("bob@fabrikam.com\t\t\tFirst\tHello").press(key::CTRL_X);
    terminal.sees("Send this?").press(key::ENTER).sees("Sign in").press(key::ENTER);
    terminal.sees("nobody will ever send you such a code").sees("is signed in").press(key::ENTER);
    terminal.sees("accepted: First");
    assert!(!home.state().join("sandbox/vault.age").exists());
}
