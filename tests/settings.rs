//! `config.toml`: what it may say, what it means where it is silent, and what is said of mistakes.

use std::path::{Path, PathBuf};

use sendoff::mail::account::{Account, Auth, Security, Trust};
use sendoff::mail::oauth::{Cloud, Grant};
use sendoff::mail::settings::{EXAMPLE, Settings, SettingsError, is_loopback};

const FOLDER: &str = "/home/ana/.config/sendoff";
const ACCOUNT: &str = "[[account]]\nname = \"work\"\nfrom = \"Ana Silva <ana@contoso.com>\"\n";

fn parse(text: &str) -> Result<Settings, SettingsError> {
    Settings::parse(text, Path::new(FOLDER))
}

/// One account with further lines.
fn account(lines: &str) -> Account {
    parse(&format!("{ACCOUNT}{lines}")).expect(lines).accounts.remove(0)
}

/// What is said of an account with further lines.
fn refusal(lines: &str) -> String {
    parse(&format!("{ACCOUNT}{lines}")).expect_err(lines).to_string()
}

#[test]
fn two_lines_are_an_account_at_office_365() {
    let account = account("");
    assert_eq!(
        (account.host.as_str(), account.port, account.security),
        ("smtp.office365.com", 587, Security::StartTls)
    );
    assert_eq!((account.auth, account.username.as_str()), (Auth::Auto, "ana@contoso.com"));
    assert_eq!((account.password_command, account.trust), (None, Trust::System));
    assert_eq!((account.helo.as_str(), account.is_sandbox), ("[127.0.0.1]", false));
    assert_eq!(account.from.name.as_deref(), Some("Ana Silva"));
}

#[test]
fn every_line_can_be_said() {
    let text = r#"
        theme = "dark"
        [keys]
        "ctrl-x" = "send"
        [[account]]
        name = "first"
        from = "bob@fabrikam.com"
        [[account]]
        name = "second"
        from = "Ana Silva <ana@contoso.com>"
        host = "mail.contoso.com"
        port = 2525
        security = "tls"
        auth = "xoauth2"
        username = "ana"
        password_command = ["pass", "show", "work"]
        ca_file = "corp-ca.pem"
        helo = "client.contoso.com"
        default = true"#;
    let settings = parse(text).unwrap();
    assert_eq!((settings.theme.as_deref(), settings.default), (Some("dark"), 1));
    assert_eq!(settings.keys.get("ctrl-x").map(String::as_str), Some("send"));
    let account = settings.named("second").unwrap();
    assert_eq!(
        (account.host.as_str(), account.port, account.security),
        ("mail.contoso.com", 2525, Security::Tls)
    );
    assert_eq!(
        (account.auth, account.username.as_str(), account.helo.as_str()),
        (Auth::Xoauth2, "ana", "client.contoso.com")
    );
    assert_eq!(account.password_command.as_deref().unwrap(), ["pass", "show", "work"]);
    assert_eq!(account.trust, Trust::SystemAnd(PathBuf::from("/home/ana/.config/sendoff/corp-ca.pem")));
    assert!(settings.named("third").is_none());
}

#[test]
fn the_first_account_is_the_default_and_none_is_none() {
    let two = format!("{ACCOUNT}[[account]]\nname = \"home\"\nfrom = \"ana@fabrikam.com\"\n");
    assert_eq!(parse(&two).unwrap().default, 0);
    let empty = parse("").unwrap();
    assert_eq!(empty, Settings::default());
}

#[test]
fn a_ca_file_starts_at_the_folder_of_the_configuration() {
    let trust = |file: &str| account(&format!("ca_file = {file:?}")).trust;
    assert_eq!(trust("certs/ca.pem"), Trust::SystemAnd(Path::new(FOLDER).join("certs/ca.pem")));
    assert_eq!(trust("/etc/ssl/corp.pem"), Trust::SystemAnd("/etc/ssl/corp.pem".into()));
}

#[test]
fn a_preset_gives_the_server_lines_and_each_can_be_overruled() {
    let table = [
        ("microsoft365", "smtp.office365.com", 587, Security::StartTls),
        ("outlook.com", "smtp-mail.outlook.com", 587, Security::StartTls),
        ("gcc-high", "smtp.office365.us", 587, Security::StartTls),
        ("dod", "outlook-dod.office365.us", 587, Security::StartTls),
        ("21vianet", "smtp.partner.outlook.cn", 587, Security::StartTls),
        ("high-volume", "smtp-hve.office365.com", 587, Security::StartTls),
        ("azure-communication", "smtp.azurecomm.net", 587, Security::StartTls),
        ("gmail", "smtp.gmail.com", 465, Security::Tls),
    ];
    for (preset, host, port, security) in table {
        let account = account(&format!("preset = \"{preset}\""));
        assert_eq!((account.host.as_str(), account.port, account.security), (host, port, security));
    }
    let mixed = account("preset = \"gmail\"\nsecurity = \"starttls\"\nhost = \"mail.contoso.com\"");
    assert_eq!(
        (mixed.host.as_str(), mixed.port, mixed.security),
        ("mail.contoso.com", 587, Security::StartTls)
    );
    assert_eq!(account("security = \"tls\"").port, 465);
    let unknown = refusal("preset = \"aol\"");
    assert!(
        unknown.starts_with(
            "account “work”, preset: there is none called “aol”; there are microsoft365, outlook.com, "
        ),
        "{unknown}"
    );
}

#[test]
fn a_server_in_the_clear_is_only_this_machine_and_never_signs_in() {
    for host in ["localhost", "LOCALHOST", "127.0.0.1", "127.8.8.8", "::1"] {
        let account = account(&format!("host = \"{host}\"\nsecurity = \"none\"\nauth = \"none\""));
        assert_eq!(
            (account.security, account.auth, account.needs_secret()),
            (Security::None, Auth::None, false)
        );
        assert!(is_loopback(host));
    }
    for host in [
        "mail.contoso.com",
        "192.0.2.1",
        "localhost.contoso.com",
        "0.0.0.0",
        "127.0.0.1.contoso.com",
        "2001:db8::1",
    ] {
        let refusal = refusal(&format!("host = \"{host}\"\nsecurity = \"none\"\nauth = \"none\""));
        assert_eq!(
            refusal,
            "account “work”, security: \"none\" is only for a server on this machine (localhost, 127.0.0.1)"
        );
        assert!(!is_loopback(host));
    }
    for auth in ["", "auth = \"auto\"", "auth = \"plain\"", "auth = \"login\"", "auth = \"xoauth2\""] {
        let refusal = refusal(&format!("host = \"localhost\"\nsecurity = \"none\"\n{auth}"));
        assert_eq!(
            refusal,
            "account “work”, security: \"none\" never goes with a sign-in; add auth = \"none\""
        );
    }
}

#[test]
fn a_password_in_the_file_is_refused_with_the_way_out() {
    for value in ["\"hunter2\"", "42", "[\"hunter2\"]", "{ a = 1 }"] {
        let refusal = refusal(&format!("password = {value}"));
        assert_eq!(
            refusal,
            "account “work”, password: a password is never read from this file; name a program in password_command, or leave \
             the line out and sendoff asks and can keep it in the keyring"
        );
    }
}

#[test]
fn each_wrong_value_is_named_with_its_line() {
    let table = [
        ("name = \"\"", "name: it must be a visible word"),
        ("name = \" \\t\"", "name: it must be a visible word"),
        ("name = \"a\\nb\"", "name: it must be a visible word"),
        ("from = \"ana\"", "from: “ana”: there is no @ in it"),
        ("host = \"\"", "host: it must be the name or address of a server, such as smtp.office365.com"),
        (
            "host = \"mail contoso\"",
            "host: it must be the name or address of a server, such as smtp.office365.com",
        ),
        (
            "host = \"mail\\r\\n\"",
            "host: it must be the name or address of a server, such as smtp.office365.com",
        ),
        ("username = \"\"", "username: it must be what you sign in with, usually your full address"),
        ("username = \"a\\u0001b\"", "username: it must be what you sign in with, usually your full address"),
        (
            "password_command = []",
            "password_command: it must name a program, such as [\"pass\", \"show\", \"work\"]",
        ),
        ("helo = \"\"", "helo: it must be a host name or an address in square brackets"),
        ("helo = \"a b\"", "helo: it must be a host name or an address in square brackets"),
        ("helo = \"a\\r\\nRCPT TO:<b@c>\"", "helo: it must be a host name or an address in square brackets"),
    ];
    for (line, says) in table {
        let key = line.split(' ').next().unwrap();
        let lines: Vec<&str> = ["name = \"work\"", "from = \"ana@contoso.com\""]
            .into_iter()
            .filter(|known| !known.starts_with(key))
            .collect();
        let refused = parse(&format!("[[account]]\n{}\n{line}", lines.join("\n"))).expect_err(line);
        let SettingsError::Value { key: named, .. } = &refused else { panic!("{refused}") };
        assert_eq!(*named, key);
        assert!(refused.to_string().ends_with(says), "{refused}");
    }
}

#[test]
fn what_cannot_be_read_is_named_by_line_and_key() {
    let table = [
        ("passwrod = \"x\"", "unknown field `passwrod`"),
        ("port = \"587\"", "invalid type: string \"587\", expected a number from 1 to 65535"),
        ("port = 65536", "invalid value: integer `65536`, expected a number from 1 to 65535"),
        ("port = -1", "invalid value: integer `-1`, expected a number from 1 to 65535"),
        ("security = \"ssl\"", "unknown variant `ssl`, expected one of `starttls`, `tls`, `none`"),
        ("security = \"StartTLS\"", "unknown variant `StartTLS`"),
        (
            "auth = \"ntlm\"",
            "unknown variant `ntlm`, expected one of `auto`, `xoauth2`, `login`, `plain`, `none`",
        ),
        ("password_command = \"pass show work\"", "expected a list"),
        ("default = \"yes\"", "expected a boolean"),
        ("name = \"again\"", "duplicate key"),
        ("host = smtp.contoso.com", "string values must be quoted"),
    ];
    for (line, says) in table {
        let refusal = refusal(line);
        assert!(refusal.contains("line 4") && refusal.contains(says), "{line}: {refusal}");
        let key = line.split('=').next().unwrap();
        assert!(refusal.contains(&format!("{key}=")), "the line itself is shown: {refusal}");
    }
    assert!(parse("accounts = 1").unwrap_err().to_string().contains("unknown field `accounts`"));
    assert!(parse("[[account]]\nname = \"work\"").unwrap_err().to_string().contains("missing field `from`"));
    assert!(
        parse("[[account]]\nfrom = \"a@b.com\"").unwrap_err().to_string().contains("missing field `name`")
    );
}

#[test]
fn names_and_defaults_are_given_once() {
    assert_eq!(parse(&ACCOUNT.repeat(2)), Err(SettingsError::SameName("work".into())));
    assert_eq!(
        parse(&ACCOUNT.repeat(2)).unwrap_err().to_string(),
        "two accounts are called “work”; give one of them another name"
    );
    let two = ["work", "home"]
        .map(|name| format!("[[account]]\nname = \"{name}\"\nfrom = \"a@b.com\"\ndefault = true\n"));
    assert_eq!(parse(&two.concat()), Err(SettingsError::TwoDefaults));
    assert_eq!(
        SettingsError::TwoDefaults.to_string(),
        "more than one account says default = true; only one can"
    );
    let one = two.concat().replacen("default = true", "default = false", 1);
    assert_eq!(parse(&one).unwrap().default, 1);
}

#[test]
fn the_example_can_be_used_as_it_is_and_with_every_line_in_force() {
    let work = parse(EXAMPLE).unwrap().accounts.remove(0);
    assert_eq!((work.name.as_str(), work.host.as_str()), ("work", "smtp.office365.com"));
    // A program prints a password, or an application signs in; no account needs both.
    let (above, application) = EXAMPLE.split_once("# [account.oauth]").unwrap();
    let in_force =
        |text: &str| parse(&uncommented(text)).expect("every commented line is right").accounts.remove(0);
    assert!(in_force(above).password_command.is_some());
    let without = above.lines().filter(|line| !line.starts_with("# password_command"));
    let explained =
        in_force(&format!("{}\n# [account.oauth]{application}", without.collect::<Vec<_>>().join("\n")));
    let Account { host, port, security, auth, username, .. } = account("");
    assert_eq!(
        (&explained.host, explained.port, explained.security),
        (&host, port, security),
        "the defaults are what it says"
    );
    assert_eq!((auth, &explained.username), (Auth::Auto, &username));
    assert_eq!(explained.auth, Auth::Xoauth2, "the application at its end signs in");
}

fn uncommented(text: &str) -> String {
    text.lines()
        .skip(1)
        .map(|line| line.strip_prefix("# ").unwrap_or(line))
        .flat_map(|line| [line, "\n"])
        .collect()
}

#[test]
fn accounts_know_what_they_are_called_in_prompts() {
    let words = |auth: &str| {
        let account = account(&format!("auth = \"{auth}\""));
        (account.secret_word(), account.sign_in_word())
    };
    assert_eq!(words("auto"), ("password", "password"));
    assert_eq!(words("xoauth2"), ("access token", "token"));
    assert_eq!(words("none"), ("password", "no sign-in"));
    assert!(account("host = \"outlook-dod.office365.us\"").is_exchange_online());
    assert!(account("").is_exchange_online() && !account("host = \"mail.contoso.com\"").is_exchange_online());
}

#[test]
fn an_application_signs_in_where_the_account_names_one() {
    let account = account("[account.oauth]\nclient_id = \"11112222-bbbb-3333-cccc-4444dddd5555\"\n");
    assert_eq!((account.auth, account.sign_in_word()), (Auth::Xoauth2, "OAuth"));
    let oauth = account.oauth.unwrap();
    assert_eq!(
        (oauth.tenant.as_str(), oauth.cloud, oauth.grant.clone()),
        ("organizations", Cloud::Global, Grant::Person)
    );
    assert_eq!(
        (oauth.authority().as_str(), oauth.person.as_str()),
        ("https://login.microsoftonline.com", "ana@contoso.com")
    );
    assert_eq!(
        oauth.scopes().join(" "),
        "https://outlook.office.com/SMTP.Send offline_access openid profile"
    );
}

#[test]
fn a_program_beside_an_application_is_asked_for_a_client_secret_or_refused() {
    let lines = "password_command = [\"pass\", \"show\", \"work\"]\n[account.oauth]\nclient_id = \"1111\"\n";
    assert!(refusal(lines).contains("password_command: with an [account.oauth]"), "{}", refusal(lines));
    let certificate = format!("{lines}grant = \"service\"\ncertificate = \"app.pem\"\n");
    assert!(refusal(&certificate).contains("password_command: with an [account.oauth]"));
    let service = account(&format!("{lines}grant = \"service\"\n"));
    assert_eq!(service.password_command.unwrap(), ["pass", "show", "work"]);
}

#[test]
fn a_national_cloud_has_an_authority_and_scopes_of_its_own() {
    for (host, cloud, authority, scope) in [
        (
            "smtp.office365.us",
            Cloud::GccHigh,
            "https://login.microsoftonline.us",
            "https://outlook.office365.us/SMTP.Send",
        ),
        (
            "outlook-dod.office365.us",
            Cloud::Dod,
            "https://login.microsoftonline.us",
            "https://outlook.office365.us/SMTP.Send",
        ),
        (
            "smtp.partner.outlook.cn",
            Cloud::China,
            "https://login.partner.microsoftonline.cn",
            "https://partner.outlook.cn/SMTP.Send",
        ),
    ] {
        let oauth =
            account(&format!("host = \"{host}\"\n[account.oauth]\nclient_id = \"1-2\"\n")).oauth.unwrap();
        assert_eq!(
            (oauth.cloud, oauth.authority().as_str(), oauth.scopes()[0].as_str()),
            (cloud, authority, scope)
        );
    }
}

#[test]
fn a_service_signs_in_by_itself() {
    let lines = "[account.oauth]\nclient_id = \"1-2\"\ntenant = \"contoso.com\"\ngrant = \"service\"\ncertificate = \"app.pem\"\n";
    let oauth = account(lines).oauth.unwrap();
    assert_eq!(oauth.grant, Grant::Service { certificate: Some(PathBuf::from(format!("{FOLDER}/app.pem"))) });
    assert_eq!(oauth.scopes(), ["https://outlook.office365.com/.default"]);
}

#[test]
fn a_shared_mailbox_is_signed_in_to_by_its_delegate() {
    let account = account(
        "signature = \"Ana\"\n[[account.identity]]\nfrom = \"Sales <sales@contoso.com>\"\nusername = \"sales@contoso.com\"\n\
         reply_to = \"team@contoso.com\"\nsignature = \"Sales\"\n[account.oauth]\nclient_id = \"1-2\"\n",
    );
    let senders: Vec<_> = account.senders().collect();
    assert_eq!(senders.len(), 2);
    let sales = account.sending_as(&senders[1]);
    assert_eq!(
        (sales.sender().to_string().as_str(), sales.username.as_str()),
        ("sales@contoso.com", "sales@contoso.com")
    );
    assert_eq!(sales.oauth.unwrap().person, "ana@contoso.com");
    assert_eq!(sales.reply_to.unwrap().address.to_string(), "team@contoso.com");
    assert_eq!(account.sending_as(&senders[0]), account);
}

#[test]
fn what_cannot_be_an_application_is_refused_with_the_reason() {
    for (lines, key) in [
        ("[account.oauth]\nclient_id = \"\"\n", "oauth.client_id"),
        ("[account.oauth]\nclient_id = \"a b\"\n", "oauth.client_id"),
        ("[account.oauth]\nclient_id = \"1\"\ntenant = \"a/b\"\n", "oauth.tenant"),
        ("[account.oauth]\nclient_id = \"1\"\nauthority = \"http://login.contoso.com\"\n", "oauth.authority"),
        ("[account.oauth]\nclient_id = \"1\"\nauthority = \"https://ana@contoso.com\"\n", "oauth.authority"),
        ("[account.oauth]\nclient_id = \"1\"\nclient_secret = \"x\"\n", "oauth.client_secret"),
        ("[account.oauth]\nclient_id = \"1\"\ncertificate = \"x.pem\"\n", "oauth.certificate"),
        (
            "[account.oauth]\nclient_id = \"1\"\ngrant = \"service\"\naccept_broader = true\n",
            "oauth.accept_broader",
        ),
        ("auth = \"login\"\n[account.oauth]\nclient_id = \"1\"\n", "auth"),
        ("[[account.identity]]\nfrom = \"nobody\"\n", "identity.from"),
        ("reply_to = \"nobody\"\n", "reply_to"),
    ] {
        let says = refusal(lines);
        assert!(says.contains(&format!("work\u{201d}, {key}: ")), "{lines}: {says}");
    }
}

#[test]
fn what_may_be_a_secret_is_not_quoted_from_a_file_that_cannot_be_read() {
    let account = "[[account]]\nname = \"work\"\nfrom = \"ana@contoso.com\"\n";
    for line in [
        "password = hunter2",
        "passwrod = \"hunter2\"",
        "hunter2",
        "[account.oauth]\nclient_secret = hunter2",
        "password_command = [ \"echo\", \"hunter2\"",
    ] {
        let says = Settings::parse(&format!("{account}{line}\n"), Path::new("")).unwrap_err().to_string();
        assert!(!says.contains("hunter2") && says.contains("line "), "{line}: {says}");
        assert!(!says.contains("`password`") && !says.contains("`client_secret`"), "{line}: {says}");
    }
    let says = Settings::parse(&format!("{account}port = \"x\"\n"), Path::new("")).unwrap_err().to_string();
    assert!(says.contains("port = \"x\""), "what is no secret is shown: {says}");
}
