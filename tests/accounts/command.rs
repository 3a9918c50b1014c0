//! `sendoff accounts`, as it is run.

use std::fs;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::support::server::Server;
use crate::support::terminal::{Home, Terminal};

fn accounts(home: &Home, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sendoff"))
        .arg("accounts")
        .args(arguments)
        .env_clear()
        .envs(home.environment())
        .current_dir(home.path())
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

#[track_caller]
fn done(home: &Home, arguments: &[&str]) -> String {
    let output = accounts(home, arguments);
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {complaint}");
    String::from_utf8(output.stdout).unwrap()
}

#[track_caller]
fn refused(home: &Home, arguments: &[&str]) -> (i32, String) {
    let output = accounts(home, arguments);
    assert_ne!(output.status.code(), Some(0), "{arguments:?}");
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

fn text(home: &Home) -> String {
    fs::read_to_string(home.path().join(".config/sendoff/config.toml")).unwrap()
}

const HEADER: &str = "# The configuration of sendoff. `sendoff accounts` changes it; so may you.\n\n";

#[test]
fn from_an_address_alone_to_an_account() {
    let home = Home::new();
    let said = done(&home, &["add", "Ana Silva <ana@contoso.com>"]);
    assert!(said.starts_with("Microsoft 365 (a guess): mailboxes"), "{said}");
    assert!(said.contains("  or --preset starttls: smtp.contoso.com:587."), "{said}");
    assert!(
        said.contains("Server: smtp.office365.com, port 587, starttls; user name ana@contoso.com"),
        "{said}"
    );
    assert!(said.contains("Next: sendoff check contoso\n"), "{said}");
    let lines = "[[account]]\nname = \"contoso\"\nfrom = \"Ana Silva <ana@contoso.com>\"\npreset = \"microsoft365\"\n";
    assert_eq!(text(&home), format!("{HEADER}{lines}"));
    done(&home, &["add", "ana@contoso.com", "--preset", "direct-send", "--default"]);
    let more = "\n[[account]]\nname = \"contoso-2\"\nfrom = \"ana@contoso.com\"\npreset = \"direct-send\"\ndefault = true\n";
    assert_eq!(text(&home), format!("{HEADER}{lines}{more}"));
    let list = done(&home, &[]);
    assert!(
        list.contains("* contoso-2")
            && list.contains("contoso-com.mail.protection.outlook.com:25  no sign-in"),
        "{list}"
    );
}

#[test]
fn what_is_said_overrules_what_is_guessed() {
    let home = Home::new();
    let said = done(
        &home,
        &[
            "add",
            "bob@fabrikam.com",
            "--name",
            "home",
            "--host",
            "mail.fabrikam.com",
            "--security",
            "tls",
            "--username",
            "bob",
            "--password-command",
            "pass show 'my mail'",
        ],
    );
    assert!(said.contains("Server: mail.fabrikam.com, port 465, tls; user name bob"), "{said}");
    assert!(
        text(&home).contains("preset = \"tls\"\nhost = \"mail.fabrikam.com\"\nusername"),
        "{}",
        text(&home)
    );
    let unsure = done(&home, &["add", "bob@fabrikam.com", "--preset", "tls", "--dry-run"]);
    assert!(
        unsure.contains("smtp.fabrikam.com is a guess") && unsure.contains("\nhost = \"smtp.fabrikam.com\""),
        "{unsure}"
    );
    let oauth = done(&home, &["add", "ana@contoso.com", "--client-id", "1-2", "--tenant", "contoso.com"]);
    assert!(oauth.contains("Next: sendoff accounts sign-in contoso"), "{oauth}");
    let json: Vec<Value> =
        done(&home, &["list", "--json"]).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(json.len(), 2);
    assert_eq!(
        (&json[0]["port"], &json[0]["password_command"], &json[0]["default"]),
        (&465.into(), &true.into(), &true.into())
    );
    assert_eq!((&json[1]["oauth"]["tenant"], &json[1]["sign_in"]), (&"contoso.com".into(), &"OAuth".into()));
    assert!(!text(&home).contains("microsoft365\"\nhost"), "{}", text(&home));
}

#[test]
fn an_account_is_changed_copied_moved_and_removed() {
    let home = Home::new();
    home.config("# mine\n[[account]]\nname = \"work\" # short\nfrom = \"ana@contoso.com\"\n");
    done(
        &home,
        &[
            "edit",
            "work",
            "port=25",
            "client-id=1-2",
            "identity+=Sales <sales@contoso.com>",
            "identity.1.username=sales@contoso.com",
        ],
    );
    assert_eq!(
        text(&home),
        "# mine\n[[account]]\nname = \"work\" # short\nfrom = \"ana@contoso.com\"\nport = 25\n\n[account.oauth]\nclient_id = \"1-2\"\n\n\
         [[account.identity]]\nfrom = \"Sales <sales@contoso.com>\"\nusername = \"sales@contoso.com\"\n"
    );
    done(&home, &["edit", "work", "port=", "client_id=", "identity.1="]);
    assert_eq!(text(&home), "# mine\n[[account]]\nname = \"work\" # short\nfrom = \"ana@contoso.com\"\n");
    done(&home, &["duplicate", "work", "again"]);
    done(&home, &["disable", "work"]);
    let list = done(&home, &["move", "again", "up"]);
    assert!(list.starts_with("* again") && list.contains("(disabled)"), "{list}");
    done(&home, &["enable", "work"]);
    done(&home, &["default", "work"]);
    let gone = done(&home, &["remove", "again"]);
    assert!(
        gone.contains("these were its lines:\n\n# mine\n[[account]]\nname = \"again\" # short\n"),
        "{gone}"
    );
    assert_eq!(
        text(&home),
        "# mine\n[[account]]\nname = \"work\" # short\nfrom = \"ana@contoso.com\"\ndefault = true\n"
    );
}

#[test]
fn mistakes_leave_by_their_code_and_leave_the_file_alone() {
    let home = Home::new();
    let before = "[[account]]\nname = \"work\"\nfrom = \"ana@contoso.com\"\n";
    home.config(before);
    for (arguments, code, says) in [
        (&["add", "ana"][..], 64, "there is no @ in it"),
        (&["add", "ana@contoso.com", "--name", "work"], 64, "name: another account is called that"),
        (&["add", "ana@contoso.com", "--port", "465"], 64, "port: Microsoft 365 does not serve 465"),
        (&["add", "ana@contoso.com", "--preset", "aol"], 64, "there are microsoft365, "),
        (&["edit", "work", "port=x"], 64, "port: it must be a number"),
        (&["edit", "work", "password=hunter2"], 64, "a secret is never kept in this file"),
        (&["edit", "work", "prot=1"], 64, "prot: there is no such key; there are name, from, "),
        (&["edit", "work", "default=true"], 64, "sendoff accounts default NAME"),
        (&["edit", "work", "identity.2.from=x@y.z"], 64, "has no identity 2; it has 0"),
        (&["edit", "work"], 64, "KEY=VALUE"),
        (&["remove", "home"], 78, "no account is called \u{201c}home\u{201d}; there are work"),
        (&["move", "work", "up"], 64, "is already the first"),
        (&["--config", "none.toml", "list"], 78, "none.toml is not there"),
    ] {
        let (exit, said) = refused(&home, arguments);
        assert!(exit == code && said.contains(says), "{arguments:?}: {exit} {said}");
        assert!(!said.contains("hunter2"), "{said}");
    }
    assert_eq!(text(&home), before);
    home.config("[[account]]\nname = \"work\"\nfrom = \"ana\"\n");
    let (exit, said) = refused(&home, &["list"]);
    assert!(exit == 78 && said.contains("config.toml:3: account \u{201c}work\u{201d}, from: "), "{said}");
}

#[test]
fn accounts_of_other_programs_are_shown_and_kept_when_somebody_agrees() {
    let home = Home::new();
    home.file(".msmtprc", b"account work\nhost smtp.office365.com\nport 587\ntls on\nauth on\nuser ana@contoso.com\nfrom ana@contoso.com\npassword hunter2-canary\n");
    home.file(
        ".config/aerc/accounts.conf",
        b"[work]\noutgoing = smtps://bob@mail.fabrikam.com\nfrom = bob@fabrikam.com\n",
    );
    let shown = done(&home, &["import"]);
    assert!(shown.contains("work (msmtp, ~/.msmtprc:1)\n  [[account]]\n  name = \"work\"\n"), "{shown}");
    assert!(shown.contains("  left out: password (a secret is never read from a file;"), "{shown}");
    assert!(shown.ends_with("2 found, 0 kept\n") && !home.path().join(".config/sendoff").exists(), "{shown}");
    let kept = done(&home, &["import", "--yes"]);
    assert!(kept.ends_with("2 found, 2 kept\n") && !kept.contains("hunter2"), "{kept}");
    assert!(text(&home).contains("name = \"work-2\"") && !text(&home).contains("hunter2"), "{}", text(&home));
    let again = done(&home, &["import", "--yes", "--from", "msmtp"]);
    assert!(again.contains("is here already, as work\n") && again.ends_with("1 found, 0 kept\n"), "{again}");
    assert_eq!(refused(&home, &["import", "--from", "himalaya"]).0, 66);
}

#[test]
fn the_guide_knows_each_cloud() {
    let home = Home::new();
    let guide = done(&home, &["guide"]);
    for part in [
        "https://entra.microsoft.com",
        "Allow public client flows: Yes",
        "SMTP.Send, offline_access",
        "login.microsoftonline.com/common/oauth2/nativeclient",
    ] {
        assert!(guide.contains(part), "{part}");
    }
    let service = done(&home, &["guide", "--service", "--cloud", "gcc-high"]);
    for part in ["SMTP.SendAsApp", "New-ServicePrincipal -AppId", "O365USGovGCCHigh", "portal.azure.us"] {
        assert!(service.contains(part), "{part}");
    }
    assert!(done(&home, &["guide", "--cloud", "21vianet"]).contains("login.partner.microsoftonline.cn"));
}

#[test]
fn whoever_sits_there_is_asked() {
    let home = Home::new();
    home.file(".msmtprc", b"account relay\nhost localhost\nfrom ana@contoso.com\n");
    let mut add = Terminal::start(&home, (100, 40), &["accounts", "add", "ana@contoso.com"]);
    add.sees("Write this? [Y/n]").press("n\r").sees("nothing was written");
    assert_eq!(add.exit_code(), 0);
    let mut import = Terminal::start(&home, (100, 40), &["accounts", "import"]);
    import.sees("Keep it? [y/N]").press("\r").sees("1 found, 0 kept");
    assert!(!home.path().join(".config/sendoff").exists());
    let mut add = Terminal::start(&home, (100, 40), &["accounts", "add", "ana@contoso.com"]);
    add.sees("Write this? [Y/n]").press("\r").sees("Next: sendoff check contoso");
    add.sees("Test it now? [Y/n]").press("n\r");
    assert_eq!(add.exit_code(), 0);
    let mut import = Terminal::start(&home, (100, 40), &["accounts", "import"]);
    import.sees("Keep it? [y/N]").press("y\r").sees("1 found, 1 kept");
    assert!(text(&home).contains("name = \"contoso\"") && text(&home).contains("name = \"relay\""));
    // The end of the input is no consent.
    let mut add = Terminal::start(&home, (100, 40), &["accounts", "add", "dan@fabrikam.com"]);
    add.sees("Write this? [Y/n]").press("\u{4}").sees("nothing was written");
}

#[test]
fn a_new_account_is_tested_at_once_when_one_agrees() {
    let home = Home::new();
    let server = Server::start(&home, "accepts");
    let (port, ca) = (server.port.to_string(), server.ca.display().to_string());
    let arguments = [
        "accounts",
        "add",
        "ana@contoso.com",
        "--host",
        "localhost",
        "--port",
        &port,
        "--ca-file",
        &ca,
        "--security",
        "starttls",
        "--auth",
        "auto",
    ];
    let mut add = Terminal::start(&home, (100, 40), &arguments);
    add.sees("Write this? [Y/n]").press("\r").sees("Test it now? [Y/n]").press("\r");
    add.sees("Password for ana@contoso.com").press("open-sesame\r").sees("You can send as ana@contoso.com.");
    assert_eq!(add.exit_code(), 0);
}

#[test]
fn commands_at_once_lose_nothing() {
    let home = Home::new();
    let names = ["a", "b", "c", "d", "e", "f"];
    std::thread::scope(|scope| {
        for name in names {
            let home = &home;
            scope.spawn(move || {
                // Who was overtaken too often says so, and has written nothing.
                while accounts(home, &["add", "ana@contoso.com", "--name", name]).status.code() == Some(75) {}
            });
        }
    });
    let list = done(&home, &["list", "--json"]);
    let mut found: Vec<String> = list
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["name"].as_str().unwrap().to_owned())
        .collect();
    found.sort();
    assert_eq!(found, names);
}

#[test]
fn what_is_switched_off_sends_nothing() {
    let home = Home::new();
    home.config("[[account]]\nname = \"old\"\nfrom = \"ana@contoso.com\"\ndisabled = true\n");
    let output = Command::new(env!("CARGO_BIN_EXE_sendoff"))
        .args(["send", "-a", "old", "--to", "bob@fabrikam.com", "--dry-run"])
        .env_clear()
        .envs(home.environment())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let says = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        (output.status.code(), says.contains("sendoff accounts enable old")),
        (Some(78), true),
        "{says}"
    );
}

#[test]
fn the_documentation_of_the_registration_is_what_the_program_says() {
    let (home, docs) = (Home::new(), include_str!("../../docs/oauth.md"));
    for arguments in [&["guide"][..], &["guide", "--service"]] {
        let says = done(&home, arguments);
        assert!(
            says.lines().count() > 10 && docs.contains(says.trim_end()),
            "docs/oauth.md lacks {arguments:?}"
        );
    }
}
