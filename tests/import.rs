//! Accounts that other programs know: what is read from their files, what is left out, and that no secret comes along.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use sendoff::mail::form::Key;
use sendoff::mail::import::{Candidate, Found, Program};
use sendoff::mail::settings::Settings;
use sendoff::store::import::search;

const CANARY: &str = "hunter2-canary";

fn read(program: Program, text: &str) -> Found {
    let found = program.read("~/file", text);
    assert!(!format!("{found:?}").contains(CANARY), "a secret came along: {found:?}");
    for candidate in &found.candidates {
        let toml = candidate.form.to_toml().unwrap();
        let accounts = Settings::parse(&toml, Path::new("")).expect(&toml).accounts;
        assert_eq!(accounts.len(), 1);
    }
    found
}

fn toml(candidate: &Candidate) -> String {
    candidate.form.to_toml().unwrap()
}

fn left_out(candidate: &Candidate) -> Vec<&str> {
    candidate.left_out.iter().map(|left_out| left_out.what.as_str()).collect()
}

#[test]
fn msmtp_accounts_build_on_defaults_and_on_each_other() {
    let text = format!(
        "# mine\ndefaults\ntls on\nauth on\ntls_trust_file /etc/ssl/ca.crt\n\naccount work\nhost smtp.office365.com\nport 587\n\
         from ana@contoso.com\nuser ana@contoso.com\npasswordeval pass show work\n\naccount shared : work\nfrom sales@contoso.com\n\
         password {CANARY}\n\naccount home\nhost mail.fabrikam.com\ntls_starttls off\nuser ana\nfrom \"ana@fabrikam.com\"\n\
         passwordeval \"gpg -d ~/.pw | head -1\"\ntls_certcheck off\n\naccount default : work\n"
    );
    let found = read(Program::Msmtp, &text);
    let [work, shared, home] = found.candidates.as_slice() else { panic!("{found:?}") };
    assert_eq!(
        toml(work),
        "[[account]]\nname = \"work\"\nfrom = \"ana@contoso.com\"\npassword_command = [\"pass\", \"show\", \"work\"]\n"
    );
    assert_eq!((work.line, work.file.as_str(), left_out(work)), (7, "~/file", vec![]));
    assert_eq!(
        (shared.form.value(Key::From), shared.form.value(Key::Username)),
        ("sales@contoso.com", "ana@contoso.com")
    );
    assert_eq!(left_out(shared), ["password"]);
    assert_eq!(
        toml(home),
        "[[account]]\nname = \"home\"\nfrom = \"ana@fabrikam.com\"\nhost = \"mail.fabrikam.com\"\nsecurity = \"tls\"\n\
         username = \"ana\"\npassword_command = [\"sh\", \"-c\", \"gpg -d ~/.pw | head -1\"]\n"
    );
    assert_eq!(left_out(home), ["tls_certcheck off"]);
    assert!(found.remarks.is_empty());
}

#[test]
fn msmtp_files_of_all_kinds() {
    let found = read(
        Program::Msmtp,
        "account relay\nhost localhost\nfrom ana@contoso.com\naccount clear\nhost mail.contoso.com\nfrom ana@contoso.com\nauth cram-md5\nuser ana\n\
         account odd : missing\nhost x\naccount nobody\nhost h\naccount bad\nhost a b\nfrom ana@contoso.com\naccount port\nhost mail.contoso.com\nport many\nfrom ana@contoso.com\neval echo x\n\
         account default\nhost smtp.contoso.com\nfrom dan@contoso.com\n",
    );
    let names: Vec<&str> = found.candidates.iter().map(|candidate| candidate.form.value(Key::Name)).collect();
    assert_eq!(names, ["relay", "clear", "port", "default"]);
    assert_eq!(
        toml(&found.candidates[0]),
        "[[account]]\nname = \"relay\"\nfrom = \"ana@contoso.com\"\nhost = \"localhost\"\nport = 25\nsecurity = \"none\"\nauth = \"none\"\n"
    );
    assert_eq!(found.candidates[1].form.value(Key::Host), "mail.contoso.com");
    assert_eq!(left_out(&found.candidates[1]), ["auth cram-md5", "no encryption"]);
    assert!(left_out(&found.candidates[2]).contains(&"port"));
    assert_eq!(found.remarks.len(), 4, "{found:?}");
    assert!(found.remarks[0].starts_with("line 9: account \u{201c}odd\u{201d} builds on one"), "{found:?}");
    assert!(
        found.remarks[2]
            .contains("~/file:11: account \u{201c}nobody\u{201d} was not taken: it names no sender"),
        "{found:?}"
    );
}

#[test]
fn a_command_that_holds_the_secret_is_a_secret() {
    for command in ["echo {}", "/bin/echo '{}'", "printf '{}' | tr a a", "sh -c 'printf %s {}'"] {
        let command = command.replace("{}", CANARY);
        let text = format!(
            "account a\nhost mail.contoso.com\nauth on\ntls on\nfrom ana@contoso.com\npasswordeval {command}\n"
        );
        let found = read(Program::Msmtp, &text);
        assert!(left_out(&found.candidates[0])[0].starts_with("passwordeval, which may hold"), "{found:?}");
    }
}

#[test]
fn mutt_sets_quotes_variables_and_commands() {
    let found = read(
        Program::Mutt,
        "set realname = \"Ana Silva\" from='ana@contoso.com' # me\nset my_user = ana@contoso.com\nset \\\n  smtp_url=\"smtp://$my_user@smtp.office365.com:587/\"\n\
         set smtp_pass=\"`pass show work`\"\nset smtp_authenticators = \"gssapi:login\"\nsource ~/.mutt/secret\nset nomove sort=threads\n\
         folder-hook . 'set smtp_url=smtp://x@y'\n",
    );
    let [one] = found.candidates.as_slice() else { panic!("{found:?}") };
    assert_eq!(
        toml(one),
        "[[account]]\nname = \"mutt\"\nfrom = \"Ana Silva <ana@contoso.com>\"\nauth = \"login\"\npassword_command = [\"pass\", \"show\", \"work\"]\n"
    );
    assert_eq!((one.line, found.remarks.len()), (3, 2));
    assert!(found.remarks[0].starts_with("line 7: another file is read"), "{found:?}");
}

#[test]
fn mutt_secrets_stay_where_they_are_and_tokens_come_from_their_command() {
    for text in [
        format!("set from=ana@contoso.com\nset smtp_url=smtps://ana%40contoso.com:{CANARY}@mail.contoso.com"),
        format!(
            "set from=ana@contoso.com smtp_url=smtps://ana%40contoso.com@mail.contoso.com\nset smtp_pass=\"{CANARY}\""
        ),
        format!(
            "set from=ana@contoso.com my_pass={CANARY}\nset smtp_url=smtps://ana@contoso.com:$my_pass@mail.contoso.com"
        ),
    ] {
        let found = read(Program::Mutt, &text);
        let one = &found.candidates[0];
        assert_eq!((one.form.value(Key::Username), one.form.value(Key::Security)), ("", "tls"), "{text}");
        assert_eq!(one.left_out.len(), 1, "{text}");
    }
    let token = "set from=ana@contoso.com\nset smtp_url=smtp://ana@contoso.com@smtp.office365.com:587\n\
                 set smtp_authenticators=xoauth2\nset smtp_oauth_refresh_command=\"token --user ana\"";
    let form = &read(Program::Mutt, token).candidates[0].form;
    assert_eq!((form.value(Key::Auth), form.value(Key::PasswordCommand)), ("xoauth2", "token --user ana"));
    assert_eq!(read(Program::Mutt, "set imap_user=ana"), Found::default());
}

#[test]
fn aerc_servers_are_addresses() {
    let found = read(
        Program::Aerc,
        &format!(
            "; mine\n[Work]\nsource = imaps://x\noutgoing = smtp+login://ana%40contoso.com@smtp.office365.com:587\n\
             outgoing-cred-cmd = pass show work\nfrom = Ana Silva <ana@contoso.com>\n\n[Secret]\noutgoing=smtps://ana:{CANARY}@mail.contoso.com\n\
             from=ana@contoso.com\n[Token]\noutgoing = smtp+xoauth2://ana%40contoso.com:{CANARY}@smtp.office365.com:587?client_id=1&client_secret={CANARY}\n\
             outgoing-cred-cmd = token\nfrom = ana@contoso.com\n[Local]\noutgoing = /usr/sbin/sendmail -t\nfrom = ana@contoso.com\n[None]\nfrom = ana@contoso.com\n"
        ),
    );
    let [work, secret, token] = found.candidates.as_slice() else { panic!("{found:?}") };
    assert_eq!(
        toml(work),
        "[[account]]\nname = \"Work\"\nfrom = \"Ana Silva <ana@contoso.com>\"\nauth = \"login\"\npassword_command = [\"pass\", \"show\", \"work\"]\n"
    );
    assert_eq!(left_out(secret), ["the password in outgoing"]);
    assert_eq!(
        left_out(token),
        ["the password in outgoing", "the OAuth parameters of outgoing", "outgoing-cred-cmd"]
    );
    assert_eq!(token.form.value(Key::PasswordCommand), "");
    assert_eq!(found.remarks.len(), 2);
}

#[test]
fn himalaya_accounts_are_tables() {
    let found = read(
        Program::Himalaya,
        &format!(
            "[accounts.work]\ndefault = true\nemail = \"ana@contoso.com\"\ndisplay-name = \"Ana Silva\"\n\
             message.send.backend.type = \"smtp\"\nmessage.send.backend.host = \"smtp.office365.com\"\nmessage.send.backend.port = 587\n\
             message.send.backend.encryption.type = \"start-tls\"\nmessage.send.backend.login = \"ana@contoso.com\"\n\
             message.send.backend.auth.type = \"password\"\nmessage.send.backend.auth.cmd = \"pass show work\"\n\
             [accounts.home]\nemail = \"ana@fabrikam.com\"\n[accounts.home.message.send.backend]\ntype = \"smtp\"\nhost = \"mail.fabrikam.com\"\n\
             port = 465\nauth.type = \"password\"\nauth.raw = \"{CANARY}\"\n[accounts.local]\nemail = \"ana@contoso.com\"\n\
             message.send.backend.type = \"sendmail\"\n"
        ),
    );
    let [work, home] = found.candidates.as_slice() else { panic!("{found:?}") };
    assert_eq!(
        toml(work),
        "[[account]]\nname = \"work\"\nfrom = \"Ana Silva <ana@contoso.com>\"\npassword_command = [\"pass\", \"show\", \"work\"]\n"
    );
    assert_eq!(
        (home.form.value(Key::Security), left_out(home)),
        ("tls", vec!["message.send.backend.auth.raw"])
    );
    assert_eq!(
        found.remarks,
        ["line 20: account \u{201c}local\u{201d} was not taken: it does not send by SMTP"]
    );
    let broken = read(Program::Himalaya, "[accounts.work]\nemail = \n");
    assert!(
        broken.candidates.is_empty() && broken.remarks[0].starts_with("line 2: it is not TOML"),
        "{broken:?}"
    );
}

#[test]
fn nonsense_ends_in_remarks_and_never_in_a_panic() {
    for text in [
        "",
        "\u{feff}",
        "\0\0\0",
        "account",
        "account :",
        "account a:a",
        "set",
        "set =",
        "set smtp_url",
        "set smtp_url=",
        "set smtp_url=\"smtp://",
        "set smtp_url=smtp://%zz%c3@[::1",
        "set smtp_url=`x",
        "[",
        "[]\noutgoing=://",
        "[a]\noutgoing=smtp://@:@:",
        "accounts = 1",
        "[accounts]\na = 2",
        "accounts.a.message.send.backend = \"smtp\"",
        "host\nfrom\naccount x\nhost\u{1b}[2J\nfrom é@x",
        "set smtp_url=smtp://%é@x from=\\",
    ] {
        for program in Program::ALL {
            let _ = read(program, text);
        }
    }
    let escape = read(Program::Msmtp, "account a\u{1b}[2J\nhost mail.contoso.com\nfrom ana@contoso.com\n");
    assert_eq!(escape.candidates[0].form.value(Key::Name), "a[2J");
}

#[test]
fn files_that_cannot_be_read_do_not_stop_the_others() {
    let home = tempfile::tempdir().unwrap();
    let config = home.path().join(".config");
    fs::create_dir_all(config.join("msmtp")).unwrap();
    fs::create_dir_all(config.join("aerc/accounts.conf")).unwrap();
    fs::create_dir_all(config.join("himalaya")).unwrap();
    fs::write(home.path().join(".msmtprc"), vec![b'#'; 300 * 1024]).unwrap();
    fs::write(
        config.join("msmtp/config"),
        b"# \xff\xfe\naccount a\nhost mail.contoso.com\nfrom ana@contoso.com\n",
    )
    .unwrap();
    rustix::fs::mknodat(
        rustix::fs::CWD,
        config.join("himalaya/config.toml"),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR,
        0,
    )
    .unwrap();
    symlink("nowhere", home.path().join(".muttrc")).unwrap();
    let reads = search(&Program::ALL, home.path(), &config);
    let said: Vec<_> = reads
        .iter()
        .map(|read| {
            (read.program, read.found.as_ref().map(|found| found.candidates.len()).map_err(String::as_str))
        })
        .collect();
    assert_eq!(
        said,
        [
            (Program::Msmtp, Err("it is larger than 256 KiB")),
            (Program::Msmtp, Ok(1)),
            (Program::Aerc, Err("it is not a file")),
            (Program::Himalaya, Err("it is not a file")),
        ]
    );
    assert_eq!(reads[1].found.as_ref().unwrap().candidates[0].file, "~/.config/msmtp/config");
}
