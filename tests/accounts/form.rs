//! What is typed about an account is checked as it is typed, by the rules of the file.

use std::path::Path;

use sendoff::mail::address::Mailbox;
use sendoff::mail::edit::Change;
use sendoff::mail::form::{AccountForm, IdentityForm, Key};
use sendoff::mail::preset::guess;
use sendoff::mail::settings::{EXAMPLE, Settings};

fn ana() -> AccountForm {
    let from = Mailbox::parse("Ana Silva <ana@contoso.com>").unwrap();
    AccountForm::new("work", &from, &guess(&from.address)[0])
}

#[test]
fn a_form_from_an_address_is_right_and_short() {
    assert_eq!(ana().problems(&[]), []);
    let short =
        "[[account]]\nname = \"work\"\nfrom = \"Ana Silva <ana@contoso.com>\"\npreset = \"microsoft365\"\n";
    assert_eq!(ana().shortest().to_toml().unwrap(), short);
}

#[test]
fn each_field_says_what_is_wrong_with_it_while_others_are_wrong_too() {
    for (key, typed, why) in [
        (Key::Name, " ", "it must be a visible word"),
        (Key::Name, "home", "another account is called that; give this one another name"),
        (Key::From, "ana", "\u{201c}ana\u{201d}: there is no @ in it"),
        (Key::Host, "a b", "it must be the name or address of a server, such as smtp.office365.com"),
        (Key::Port, "x", "it must be a number from 1 to 65535"),
        (Key::Port, "0", "it must be from 1 to 65535; leave the line out for the usual one"),
        (Key::Port, "465", "Microsoft 365 does not serve 465; leave the line out (587 with STARTTLS)"),
        (Key::Security, "ssl", "it must be one of starttls, tls, none"),
        (Key::Security, "none", "\"none\" is only for a server on this machine (localhost, 127.0.0.1)"),
        (
            Key::PasswordCommand,
            "pass | head",
            "| has a meaning only in a shell; for a shell, write sh -c 'COMMAND'",
        ),
        (Key::Notify, "sometimes", "occasion"),
        (Key::Proxy, "x://y", "socks5h"),
        (Key::ClientId, "a b", "application (client) id"),
        (Key::Tenant, "contoso.com", ""),
    ] {
        let mut form = ana();
        form.set(key, typed);
        form.set(Key::ReplyTo, "nobody");
        let taken = ["home".to_owned()];
        let said = form.check(key, &taken).err().unwrap_or_default();
        assert!(said.contains(why) && said.is_empty() == why.is_empty(), "{key:?} {typed}: {said}");
        assert!(form.check(Key::ReplyTo, &taken).is_err(), "{key:?}");
        assert_eq!(form.check(Key::Helo, &taken), Ok(()));
    }
}

#[test]
fn a_form_of_an_account_reads_as_that_account() {
    let text = "[[account]]\nname = \"work\"\nfrom = \"ana@contoso.com\"\nnotify = \"failure,delay\"\nreturn = \"full\"\n\
        proxy = \"socks5h://[::1]:1080\"\nchunking = true\nconnect_ahead = false\npassword_command = [\"pass\", \"a b\", \"it's\"]\n\
        [[account.identity]]\nfrom = \"Sales <sales@contoso.com>\"\nusername = \"sales@contoso.com\"\n\
        [account.oauth]\nclient_id = \"1-2\"\ntenant = \"contoso.com\"\ngrant = \"service\"\ncertificate = \"/etc/app.pem\"\n";
    // A program prints the client secret, or there is a certificate.
    let command = "password_command = [\"pass\", \"a b\", \"it's\"]\n";
    let by_secret = text.replace("certificate = \"/etc/app.pem\"\n", "");
    for text in [text.replace(command, ""), by_secret, EXAMPLE.to_owned()] {
        let account = Settings::parse(&text, Path::new("")).unwrap().accounts.remove(0);
        let form = AccountForm::of(&account);
        assert_eq!(form.read().unwrap(), account);
        assert_eq!(form.shortest().read().unwrap(), account);
    }
}

#[test]
fn changes_are_what_differs() {
    let before = ana();
    let mut after = before.clone();
    assert_eq!(after.changes_from(&before), []);
    after.set(Key::Port, "2525");
    after.identities.push(IdentityForm { from: "sales@contoso.com".into(), ..IdentityForm::default() });
    let port = Change::Set { key: Key::Port, value: "2525".into() };
    assert_eq!(after.changes_from(&before), [port, Change::AddIdentity(after.identities[0].clone())]);
    assert_eq!(before.changes_from(&after)[1], Change::RemoveIdentity(0));
}

#[test]
fn a_user_name_that_was_the_address_follows_it() {
    let mut form = ana();
    form.set(Key::Username, "ana@contoso.com");
    form.set(Key::From, "Ana <ana.silva@contoso.com>");
    assert_eq!(form.value(Key::Username), "ana.silva@contoso.com");
    form.set(Key::Username, "CONTOSO\\ana");
    form.set(Key::From, "ana@contoso.com");
    assert_eq!(form.value(Key::Username), "CONTOSO\\ana");
}

#[test]
fn an_application_brings_the_directory_of_its_organisation_and_takes_it_away() {
    let form = |address: &str, preset: &str| {
        let mut form = AccountForm::default();
        form.set(Key::Name, "work");
        form.set(Key::From, address);
        form.set(Key::Preset, preset);
        form.set(Key::ClientId, "1");
        form
    };
    let mut work = form("Ana Silva <ana@Contoso.com>", "microsoft365");
    assert_eq!(work.value(Key::Tenant), "contoso.com");
    work.set(Key::ClientId, "12");
    work.set(Key::Tenant, "fabrikam.com");
    work.set(Key::ClientId, "");
    assert_eq!(work.value(Key::Tenant), "fabrikam.com", "what somebody wrote is theirs");
    work.set(Key::Tenant, "");
    work.set(Key::ClientId, "1");
    work.set(Key::ClientId, "");
    assert_eq!(work.value(Key::Tenant), "");
    assert_eq!(form("ana@outlook.com", "outlook.com").value(Key::Tenant), "consumers");
    assert_eq!(form("ana@contoso.com", "gmail").value(Key::Tenant), "");
}
