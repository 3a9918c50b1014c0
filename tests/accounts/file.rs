//! The configuration file under an edit: links, modes, other writers.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt as _, symlink};

use sendoff::mail::edit::{Change, Edit};
use sendoff::mail::form::{AccountForm, IdentityKey, Key};
use sendoff::store::StoreError;
use sendoff::store::config::{ConfigError, change, load};

const ONE: &str = "# mine\n[[account]]\nname = \"work\"\nfrom = \"ana@contoso.com\"\n";

fn port(value: &str) -> Edit {
    Edit::Change {
        account: "work".into(),
        changes: vec![Change::Set { key: Key::Port, value: value.into() }],
        seen: None,
    }
}

fn add(name: &str) -> Edit {
    let mut form = AccountForm::default();
    form.set(Key::Name, name);
    form.set(Key::From, "carol@contoso.com");
    Edit::Add(form)
}

#[test]
fn a_link_stays_a_link_and_the_mode_stays() {
    let home = tempfile::tempdir().unwrap();
    let (link, target) = (home.path().join("config.toml"), home.path().join("dotfiles.toml"));
    fs::write(&target, ONE).unwrap();
    fs::set_permissions(&target, Permissions::from_mode(0o640)).unwrap();
    symlink("dotfiles.toml", &link).unwrap();
    let source = load(&link, true).unwrap().source;
    let done = change(&source, &port("26")).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(&target).unwrap(), format!("{ONE}port = 26\n"));
    assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o640);
    // The next edit starts from what this one wrote.
    change(&done.source, &port("")).unwrap();
    assert_eq!(fs::read_to_string(&link).unwrap(), ONE);
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 2, "nothing is left beside them");
}

#[test]
fn a_file_changed_elsewhere_is_not_overwritten() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("config.toml");
    fs::write(&file, ONE).unwrap();
    let source = load(&file, true).unwrap().source;
    let theirs = format!("{ONE}# theirs\n");
    fs::write(&file, &theirs).unwrap();
    let error = change(&source, &port("26")).unwrap_err();
    assert!(matches!(error, ConfigError::ChangedElsewhere(_)), "{error}");
    assert!(error.to_string().contains("nothing was written. Read it again"), "{error}");
    assert_eq!(fs::read_to_string(&file).unwrap(), theirs);
    fs::remove_file(&file).unwrap();
    assert!(matches!(change(&source, &port("26")), Err(ConfigError::ChangedElsewhere(_))));
    assert!(!file.exists());
}

#[test]
fn of_writers_at_once_each_edit_is_there_or_said_to_be_missing() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("config.toml");
    fs::write(&file, ONE).unwrap();
    let write = |writer: usize| {
        for number in 0..8 {
            // Who comes late reads again, as a person would.
            while let Err(error) =
                change(&load(&file, true).unwrap().source, &add(&format!("{writer}-{number}")))
            {
                let is_told = matches!(
                    error,
                    ConfigError::ChangedElsewhere(_) | ConfigError::Store(StoreError::Busy { .. })
                );
                assert!(is_told, "{error}");
            }
        }
    };
    std::thread::scope(|scope| {
        for writer in 0..3 {
            scope.spawn(move || write(writer));
        }
    });
    assert_eq!(load(&file, true).unwrap().settings.accounts.len(), 1 + 3 * 8);
}

#[test]
fn a_missing_file_is_made_for_its_owner_alone() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("sendoff/config.toml");
    let source = load(&file, false).unwrap().source;
    change(&source, &add("carol")).unwrap();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&file), mode(file.parent().unwrap())), (0o600, 0o700));
    assert!(fs::read_to_string(&file).unwrap().starts_with("# The configuration of sendoff."));
    // Whoever believes that there is none yet comes too late.
    assert!(matches!(change(&source, &add("dan")), Err(ConfigError::ChangedElsewhere(_))));
}

#[test]
fn what_cannot_be_written_is_said_and_stays() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("config.toml");
    symlink("nowhere.toml", &file).unwrap();
    let source = load(&file, false).unwrap().source;
    assert!(matches!(change(&source, &add("carol")), Err(ConfigError::Dangling(_))));
    fs::remove_file(&file).unwrap();
    fs::write(&file, ONE).unwrap();
    let source = load(&file, false).unwrap().source;
    let wrong = change(&source, &port("465")).unwrap_err().to_string();
    assert_eq!(
        wrong,
        format!(
            "{}: account \u{201c}work\u{201d}, port: Microsoft 365 does not serve 465; leave the line out (587 with STARTTLS)",
            file.display()
        )
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), ONE);
    if rustix::process::geteuid().is_root() {
        // Whom no mode stops.
        return;
    }
    fs::set_permissions(&file, Permissions::from_mode(0o400)).unwrap();
    assert!(matches!(change(&source, &port("26")), Err(ConfigError::ReadOnly(_))));
    fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
    fs::set_permissions(home.path(), Permissions::from_mode(0o500)).unwrap();
    assert!(matches!(change(&source, &port("26")), Err(ConfigError::ReadOnly(_))));
    fs::set_permissions(home.path(), Permissions::from_mode(0o700)).unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), ONE);
}

#[test]
fn a_mistake_in_the_file_has_its_line() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("config.toml");
    fs::write(&file, format!("{ONE}port = 465\n")).unwrap();
    let error = load(&file, true).unwrap_err().to_string();
    assert!(
        error.starts_with(&format!("{}:5: account \u{201c}work\u{201d}, port: ", file.display())),
        "{error}"
    );
    fs::write(&file, format!("{ONE}[account.oauth]\nclient_id = \"a b\"\n")).unwrap();
    let error = load(&file, true).unwrap_err().to_string();
    assert!(error.starts_with(&format!("{}:6: ", file.display())), "{error}");
}

#[test]
fn what_another_program_changed_under_an_open_form_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    let text = format!(
        "{ONE}\n[[account.identity]]\nfrom = \"sales@contoso.com\"\n\n[[account.identity]]\nfrom = \"carol@contoso.com\"\n"
    );
    std::fs::write(&file, &text).unwrap();
    let seen = AccountForm::of(&load(&file, true).unwrap().settings.accounts[0]);
    let reply_to = |seen: Option<AccountForm>| Edit::Change {
        account: "work".into(),
        changes: vec![Change::SetIdentity {
            index: 0,
            key: IdentityKey::ReplyTo,
            value: "bob@fabrikam.com".into(),
        }],
        seen: seen.map(Box::new),
    };
    // Elsewhere the first sender goes, so that the number means another one.
    let other = text.replacen("[[account.identity]]\nfrom = \"sales@contoso.com\"\n\n", "", 1);
    std::fs::write(&file, &other).unwrap();
    let now = load(&file, true).unwrap();
    let refused = change(&now.source, &reply_to(Some(seen.clone()))).unwrap_err().to_string();
    assert!(refused.contains("changed by another program meanwhile"), "{refused}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), other);
    std::fs::write(&file, &text).unwrap();
    change(&load(&file, true).unwrap().source, &reply_to(Some(seen))).unwrap();
    assert!(std::fs::read_to_string(&file).unwrap().contains("bob@fabrikam.com"));
}

#[test]
fn what_is_wrong_with_the_whole_names_its_line_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    let other = "[[account]]\nname = \"home\"\nfrom = \"ana@outlook.com\"\n";
    for (text, place) in [
        (format!("{ONE}{ONE}"), "config.toml:7: "),
        (format!("{ONE}default = true\n{other}default = true\n"), "config.toml:9: "),
        (format!("{ONE}[secrets]\ncache_hours = 0\n"), "config.toml:6: "),
        (format!("{ONE}[log]\nsize = \"huge\"\n"), "config.toml:6: "),
    ] {
        std::fs::write(&file, &text).unwrap();
        let says = load(&file, true).unwrap_err().to_string();
        assert!(says.contains(place), "{place}: {says}");
    }
    std::fs::write(&file, format!("{ONE}port = \"x\"\n")).unwrap();
    assert!(load(&file, true).unwrap_err().to_string().contains("a number from 1 to 65535"));
}
