//! What a word, or an address alone, tells of a server.

use std::path::Path;

use sendoff::mail::account::{Auth, Security};
use sendoff::mail::address::Address;
use sendoff::mail::preset::{Certainty, PRESETS, guess};
use sendoff::mail::settings::Settings;

fn names(address: &str) -> Vec<(&'static str, String, Certainty)> {
    let guesses = guess(&Address::parse(address).unwrap());
    guesses.into_iter().map(|guess| (guess.preset.name, guess.host, guess.certainty)).collect()
}

#[test]
fn every_preset_is_an_account_by_itself() {
    for preset in &PRESETS {
        let text = format!(
            "[[account]]\nname = \"a\"\nfrom = \"ana@mail.contoso.com\"\npreset = \"{}\"\n",
            preset.name
        );
        let account = Settings::parse(&text, Path::new("")).expect(preset.name).accounts.remove(0);
        assert_eq!(
            (account.port, account.security, account.auth),
            (preset.port, preset.security, preset.auth)
        );
        assert_eq!(account.host, preset.host("mail.contoso.com"));
        for text in [preset.title, preset.purpose, preset.secret] {
            assert!(!text.is_empty() && !text.contains('\n') && !text.contains("  "), "{text}");
        }
    }
}

#[test]
fn a_relay_has_the_name_of_the_senders_domain() {
    let text = "[[account]]\nname = \"a\"\nfrom = \"Ana <ana@Mail.Contoso.com>\"\npreset = \"direct-send\"\n";
    let account = Settings::parse(text, Path::new("")).unwrap().accounts.remove(0);
    assert_eq!(account.host, "mail-contoso-com.mail.protection.outlook.com");
    assert_eq!((account.port, account.security, account.auth), (25, Security::StartTls, Auth::None));
}

#[test]
fn an_address_is_enough_to_start_from() {
    for (address, name, host) in [
        ("ana@outlook.com", "outlook.com", "smtp-mail.outlook.com"),
        ("ana@HOTMAIL.co.uk", "outlook.com", "smtp-mail.outlook.com"),
        ("ana@gmail.com", "gmail", "smtp.gmail.com"),
        ("ana@contoso.onmicrosoft.com", "microsoft365", "smtp.office365.com"),
        ("ana@contoso.partner.onmschina.cn", "21vianet", "smtp.partner.outlook.cn"),
        ("ana@yahoo.com", "tls", "smtp.mail.yahoo.com"),
        ("ana@icloud.com", "starttls", "smtp.mail.me.com"),
    ] {
        assert_eq!(names(address), [(name, host.to_owned(), Certainty::Sure)], "{address}");
    }
    assert_eq!(names("ana@contoso.onmicrosoft.us")[0].0, "gcc-high");
}

#[test]
fn a_domain_of_ones_own_is_microsoft_365_first_and_never_for_sure() {
    for address in [
        "ana@contoso.com",
        "ana@notgmail.com",
        "ana@outlook.contoso.com",
        "ana@contoso.us",
        "ana@evilonmicrosoft.com",
    ] {
        let guesses = names(address);
        assert_eq!(guesses[0].0, "microsoft365", "{address}");
        assert!(guesses.iter().all(|guess| guess.2 != Certainty::Sure) && guesses.len() == 3, "{address}");
    }
    assert_eq!(names("ana@contoso.com")[1].1, "smtp.contoso.com");
    assert_eq!(names("ana@contoso.cn")[1].0, "21vianet");
}
