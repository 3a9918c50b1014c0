//! Each edit changes its lines and nothing else: comments, empty lines, order and line ends stay to the byte.

use std::path::Path;

use sendoff::mail::address::Address;
use sendoff::mail::edit::{Change, Direction, Edit};
use sendoff::mail::form::{AccountForm, IdentityForm, IdentityKey, Key};
use sendoff::mail::preset::guess;
use sendoff::mail::settings::{EXAMPLE, Settings};
use sendoff::store::config::{EditError, Edited, apply};

const TWO: &str = "\
# my accounts
theme = \"dark\"   # as at night

# the office
[[account]]
name = \"work\"      # short
  from = \"Ana Silva <ana@contoso.com>\"
# port = 587
host = 'mail.contoso.com'

# --- private ---

# at home
[[account]]
name = \"home\"
from = \"ana@fabrikam.com\"
port = 2525 # odd
[account.oauth]
client_id = \"1-2\"

[keys]
# mine
\"ctrl-x\" = \"send\"
";

fn done(text: &str, edit: &Edit) -> Edited {
    apply(text, Path::new("/etc"), edit).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn refused(text: &str, edit: &Edit) -> String {
    apply(text, Path::new("/etc"), edit).expect_err("it cannot be done").to_string()
}

fn set(account: &str, key: Key, value: &str) -> Edit {
    changes(account, vec![Change::Set { key, value: value.into() }])
}

fn changes(account: &str, changes: Vec<Change>) -> Edit {
    Edit::Change { account: account.into(), changes, seen: None }
}

fn named(text: &str) -> Vec<String> {
    let settings = Settings::parse(text, Path::new("/etc")).unwrap();
    settings.accounts.into_iter().map(|account| account.name).collect()
}

fn form(name: &str) -> AccountForm {
    let mut form = AccountForm::default();
    form.set(Key::Name, name);
    form.set(Key::From, "carol@contoso.com");
    form
}

#[test]
fn a_value_is_replaced_where_it_stands() {
    let new = done(TWO, &set("home", Key::Port, "26")).text;
    assert_eq!(new, TWO.replace("port = 2525 # odd", "port = 26 # odd"));
    let new = done(TWO, &set("work", Key::Host, "smtp.contoso.com")).text;
    assert_eq!(new, TWO.replace("'mail.contoso.com'", "\"smtp.contoso.com\""));
}

#[test]
fn a_new_line_stands_behind_those_that_come_before_it() {
    let new = done(TWO, &set("work", Key::Username, "ana")).text;
    assert_eq!(new, TWO.replace("'mail.contoso.com'\n", "'mail.contoso.com'\nusername = \"ana\"\n"));
    let new = done(TWO, &set("work", Key::Preset, "gmail")).text;
    assert_eq!(new, TWO.replace("contoso.com>\"\n", "contoso.com>\"\n  preset = \"gmail\"\n"));
    let new = done(TWO, &set("home", Key::Tenant, "fabrikam.com")).text;
    assert_eq!(new, TWO.replace("\"1-2\"\n", "\"1-2\"\ntenant = \"fabrikam.com\"\n"));
}

#[test]
fn what_is_the_default_again_has_no_line() {
    for value in ["587", ""] {
        let new = done(TWO, &set("home", Key::Port, value)).text;
        assert_eq!(new, TWO.replace("port = 2525 # odd\n", ""));
    }
    assert_eq!(done(TWO, &set("home", Key::Security, "starttls")).text, TWO);
    let new = done(TWO, &set("home", Key::ClientId, "")).text;
    assert_eq!(new, TWO.replace("[account.oauth]\nclient_id = \"1-2\"\n", ""));
}

#[test]
fn a_chosen_preset_stands_for_its_lines() {
    let before = Settings::parse(TWO, Path::new("/etc")).unwrap();
    let old = AccountForm::of(before.named("work").unwrap());
    let mut form = old.clone();
    form.choose(&guess(&Address::parse("ana@gmail.com").unwrap())[0]);
    let new = done(TWO, &changes("work", form.changes_from(&old)));
    assert_eq!(
        new.text,
        TWO.replace("host = 'mail.contoso.com'\n", "")
            .replace("com>\"\n#", "com>\"\n  preset = \"gmail\"\n#")
    );
    let home = AccountForm::of(before.named("home").unwrap());
    let mut form = home.clone();
    form.choose(&guess(&Address::parse("ana@contoso.onmicrosoft.com").unwrap())[0]);
    let new = done(TWO, &changes("home", form.changes_from(&home)));
    assert_eq!(new.text, TWO.replace("port = 2525 # odd\n", ""));
}

#[test]
fn an_application_is_a_table_of_its_own() {
    let both = vec![
        Change::Set { key: Key::Tenant, value: "contoso.com".into() },
        Change::Set { key: Key::ClientId, value: "3-4".into() },
    ];
    let new = done(TWO, &changes("work", both)).text;
    let table = "'mail.contoso.com'\n\n[account.oauth]\nclient_id = \"3-4\"\ntenant = \"contoso.com\"\n";
    assert_eq!(new, TWO.replace("'mail.contoso.com'\n", table));
    assert_eq!(done(&new, &set("work", Key::ClientId, "")).text, TWO);
}

#[test]
fn identities_come_change_and_go() {
    let sales = IdentityForm { from: "Sales <sales@contoso.com>".into(), ..IdentityForm::default() };
    let new = done(TWO, &changes("work", vec![Change::AddIdentity(sales)])).text;
    let table = "'mail.contoso.com'\n\n[[account.identity]]\nfrom = \"Sales <sales@contoso.com>\"\n";
    assert_eq!(new, TWO.replace("'mail.contoso.com'\n", table));
    let user =
        Change::SetIdentity { index: 0, key: IdentityKey::Username, value: "sales@contoso.com".into() };
    let more = done(&new, &changes("work", vec![user])).text;
    assert_eq!(
        more,
        new.replace(
            "Sales <sales@contoso.com>\"\n",
            "Sales <sales@contoso.com>\"\nusername = \"sales@contoso.com\"\n"
        )
    );
    assert_eq!(done(&more, &changes("work", vec![Change::RemoveIdentity(0)])).text, TWO);
    let none = refused(TWO, &changes("work", vec![Change::RemoveIdentity(1)]));
    assert_eq!(none, "account \u{201c}work\u{201d} has no identity 2; it has 0");
}

#[test]
fn an_account_moves_with_its_comments_and_the_default_stays() {
    let new = done(TWO, &Edit::Move { account: "home".into(), to: Direction::Up });
    let wanted = "\
# my accounts
theme = \"dark\"   # as at night

# at home
[[account]]
name = \"home\"
from = \"ana@fabrikam.com\"
port = 2525 # odd
[account.oauth]
client_id = \"1-2\"

# --- private ---

# the office
[[account]]
name = \"work\"      # short
  from = \"Ana Silva <ana@contoso.com>\"
# port = 587
host = 'mail.contoso.com'
  default = true

[keys]
# mine
\"ctrl-x\" = \"send\"
";
    let at_host = wanted.replace("  default = true\n", "default = true\n");
    assert_eq!(new.text, at_host);
    assert_eq!(new.settings.default, 1);
    let end = refused(TWO, &Edit::Move { account: "work".into(), to: Direction::Up });
    assert_eq!(end, "account \u{201c}work\u{201d} is already the first");
}

#[test]
fn a_removed_account_comes_back_to_the_byte() {
    for name in ["work", "home"] {
        let gone = done(TWO, &Edit::Remove { account: name.into() });
        assert!(!named(&gone.text).contains(&name.to_owned()) && gone.text.contains("# --- private ---"));
        let removed = gone.removed.unwrap();
        assert_eq!(done(&gone.text, &Edit::PutBack(removed.clone())).text, TWO);
        // Also where something else has changed meanwhile.
        let changed = gone.text.replace("\"dark\"", "\"light\"");
        assert_eq!(named(&done(&changed, &Edit::PutBack(removed)).text), ["work", "home"]);
    }
    let gone = done(TWO, &Edit::Remove { account: "work".into() }).text;
    assert_eq!(gone, TWO.replace(&TWO[TWO.find("# the office").unwrap()..TWO.find("# --- p").unwrap()], ""));
}

#[test]
fn a_new_account_stands_behind_the_others_and_a_copy_behind_its_original() {
    let new = done(TWO, &Edit::Add(form("carol"))).text;
    let block = "\"1-2\"\n\n[[account]]\nname = \"carol\"\nfrom = \"carol@contoso.com\"\n";
    assert_eq!(new, TWO.replace("\"1-2\"\n", block));
    let copy = done(TWO, &Edit::Duplicate { account: "work".into(), name: "again".into() }).text;
    let original = &TWO[TWO.find("# the office").unwrap()..TWO.find("\n# --- p").unwrap()];
    assert_eq!(
        copy,
        TWO.replace(original, &format!("{original}\n{}", original.replace("\"work\"", "\"again\"")))
    );
    assert_eq!(named(&copy), ["work", "again", "home"]);
    let same = refused(TWO, &Edit::Duplicate { account: "work".into(), name: "home".into() });
    assert_eq!(same, "two accounts are called \u{201c}home\u{201d}; give one of them another name");
    let first = done("", &Edit::Add(form("carol"))).text;
    assert!(first.starts_with("# The configuration of sendoff."), "{first}");
    assert_eq!(named(&done("theme = \"dark\"", &Edit::Add(form("carol"))).text), ["carol"]);
    assert_eq!(named(&done(EXAMPLE, &Edit::Add(form("carol"))).text), ["work", "carol"]);
}

#[test]
fn one_default_and_switched_off_accounts() {
    let default = |account: &str| Edit::MakeDefault { account: account.into() };
    let home = done(TWO, &default("home"));
    assert_eq!((home.settings.default, home.text.matches("default = true").count()), (1, 1));
    assert_eq!(done(&home.text, &default("work")).text, TWO);
    let off = |is_disabled| Edit::Disable { account: "work".into(), is_disabled };
    let without = done(TWO, &off(true));
    assert_eq!(without.text, TWO.replace("'mail.contoso.com'\n", "'mail.contoso.com'\ndisabled = true\n"));
    assert_eq!(without.settings.default, 1, "what is not offered is not the default");
    assert_eq!(done(&without.text, &off(false)).text, TWO);
}

#[test]
fn line_ends_of_another_system_and_a_missing_one_stay() {
    let dos = TWO.replace('\n', "\r\n");
    let new = done(&dos, &set("work", Key::Username, "ana")).text;
    assert_eq!(new, done(TWO, &set("work", Key::Username, "ana")).text.replace('\n', "\r\n"));
    assert_eq!(
        done(&dos, &Edit::Add(form("carol"))).text,
        done(TWO, &Edit::Add(form("carol"))).text.replace('\n', "\r\n")
    );
    let open = "[[account]]\nname = \"a\"\nfrom = \"ana@contoso.com\"";
    assert_eq!(done(open, &set("a", Key::Port, "26")).text, format!("{open}\nport = 26\n"));
    let marked = format!("\u{feff}{TWO}");
    assert_eq!(done(&marked, &set("home", Key::Port, "26")).text, marked.replace("2525", "26"));
}

#[test]
fn other_shapes_are_changed_in_place_or_refused() {
    let dotted = "[[account]]\nname = \"a\"\nfrom = \"ana@contoso.com\"\noauth.client_id = \"1\"\n# end\n";
    let new = done(dotted, &set("a", Key::Tenant, "contoso.com")).text;
    assert_eq!(new, dotted.replace("\"1\"\n", "\"1\"\noauth.tenant = \"contoso.com\"\n"));
    assert_eq!(
        done(&new, &set("a", Key::ClientId, "")).text,
        dotted.replace("oauth.client_id = \"1\"\n", "")
    );
    let inline =
        "[[account]]\nname = \"a\"\nfrom = \"ana@contoso.com\"\noauth = { client_id = \"1\" } # app\n";
    let new = done(inline, &set("a", Key::Tenant, "contoso.com")).text;
    assert_eq!(new, inline.replace("\"1\" }", "\"1\", tenant = \"contoso.com\" }"));
    assert_eq!(
        done(&new, &set("a", Key::ClientId, "")).text,
        inline.replace("oauth = { client_id = \"1\" } # app\n", "")
    );
    let list = "theme = \"dark\"\naccount = [{ name = \"a\", from = \"ana@contoso.com\" }]\n";
    assert!(
        refused(list, &set("a", Key::Port, "26"))
            .starts_with("line 2: the accounts are written as one value")
    );
    let scattered = "[[account]]\nname = \"a\"\nfrom = \"ana@contoso.com\"\n[log]\nkeep = true\n[account.oauth]\nclient_id = \"1\"\n";
    assert!(refused(scattered, &set("a", Key::Port, "26")).starts_with("line 4: this table stands between"));
}

#[test]
fn text_that_looks_like_a_header_is_only_text() {
    let odd = "[[account]]\nname = \"a\"\nfrom = \"ana@contoso.com\"\nsignature = \"\"\"\n[[account]]\n# no comment\n\"\"\"\n\
               password_command = [\n  \"x\", # one\n  \"[y]\",\n]\n[[account]]\nname = \"b\"\nfrom = \"bob@fabrikam.com\"\n";
    assert_eq!(
        done(odd, &set("a", Key::PasswordCommand, "")).text,
        odd.replace("password_command = [\n  \"x\", # one\n  \"[y]\",\n]\n", "")
    );
    let back = done(odd, &Edit::Move { account: "b".into(), to: Direction::Up });
    assert_eq!(named(&back.text), ["b", "a"]);
    assert_eq!(
        done(odd, &set("a", Key::Signature, "")).text,
        odd.replace("signature = \"\"\"\n[[account]]\n# no comment\n\"\"\"\n", "")
    );
}

#[test]
fn what_would_be_wrong_is_not_made() {
    assert_eq!(
        refused(TWO, &set("work", Key::Security, "none")),
        "account \u{201c}work\u{201d}, security: \"none\" is only for a server on this machine (localhost, 127.0.0.1)"
    );
    assert_eq!(
        refused(TWO, &set("work", Key::Port, "many")),
        "account \u{201c}work\u{201d}, port: it must be a number from 1 to 65535"
    );
    assert_eq!(
        refused(TWO, &set("x", Key::Port, "1")),
        "no account is called \u{201c}x\u{201d}; there are work, home"
    );
    assert!(matches!(apply("x = [", Path::new(""), &set("x", Key::Port, "1")), Err(EditError::Settings(_))));
}

/// Many small files, every edit: the other accounts are what they were, and an undone edit is no edit.
#[test]
fn whatever_the_file_looks_like_the_others_stay() {
    let heads = ["", "# a\n\n# b\n"];
    let tails = [
        "",
        "# port = 1\n",
        "\n# [account.oauth]\n# client_id = \"1\"\n",
        "\n\n# between\n\n",
        "[account.oauth]\nclient_id = \"1\"\n",
        "disabled = true\n",
        "default = true\n",
        "[[account.identity]]\nfrom = \"dan@fabrikam.com\"\n# last\n",
    ];
    let ends = ["", "[log]\nkeep = true\n", "\n# over\n[keys]\n"];
    let mut count = 0;
    for head in heads {
        for (one, two) in tails.iter().flat_map(|one| tails.iter().map(move |two| (*one, *two))) {
            for end in ends {
                if one == two && one.contains("default") {
                    continue;
                }
                let account = |name: &str, more: &str| {
                    format!("# {name}\n[[account]]\nname = \"{name}\"\nfrom = \"{name}@contoso.com\"\n{more}")
                };
                let text =
                    [head, &account("ana", one), &account("bob", two), &account("carol", ""), end].concat();
                every_edit(&text);
                count += 1;
            }
        }
    }
    assert_eq!(count, 2 * 63 * 3);
}

fn every_edit(text: &str) {
    let before = Settings::parse(text, Path::new("/etc")).unwrap();
    for name in ["ana", "bob", "carol"] {
        let account = || name.to_owned();
        let edits = [
            Edit::Add(form("dan")),
            set(name, Key::Port, "26"),
            set(name, Key::ClientId, "7"),
            changes(
                name,
                vec![Change::AddIdentity(IdentityForm {
                    from: "x@contoso.com".into(),
                    ..IdentityForm::default()
                })],
            ),
            Edit::Duplicate { account: account(), name: "dan".into() },
            Edit::Move {
                account: account(),
                to: if name == "ana" { Direction::Down } else { Direction::Up },
            },
            Edit::Disable { account: account(), is_disabled: true },
            Edit::MakeDefault { account: account() },
            Edit::Remove { account: account() },
        ];
        for edit in edits {
            let after = done(text, &edit);
            for old in before.accounts.iter().filter(|old| old.name != name) {
                assert_eq!(
                    after.settings.named(&old.name),
                    Some(old),
                    "{edit:?}\n{text}\n---\n{}",
                    after.text
                );
            }
            let comments = |text: &str| text.lines().filter(|line| line.starts_with('#')).count();
            let kept = comments(&after.text) >= comments(text);
            assert!(kept || matches!(edit, Edit::Remove { .. }), "{edit:?}\n{text}\n---\n{}", after.text);
            match &edit {
                Edit::Remove { .. } => {
                    assert_eq!(done(&after.text, &Edit::PutBack(after.removed.clone().unwrap())).text, text);
                }
                Edit::Move { .. } => {
                    let default = |settings: &Settings| settings.accounts[settings.default].name.clone();
                    assert_eq!(default(&after.settings), default(&before), "{text}");
                }
                _ => {}
            }
        }
    }
}

/// Files with two of their lines gone: whatever they still say, an edit is made or refused, and never a panic.
#[test]
fn odd_files_are_changed_or_refused() {
    let lines: Vec<&str> = TWO.lines().collect();
    let mut count = 0;
    for (one, two) in (0..lines.len()).flat_map(|one| (0..one).map(move |two| (one, two))) {
        let keep =
            |(number, line): (usize, &&str)| (number != one && number != two).then(|| format!("{line}\n"));
        let text: String = lines.iter().enumerate().filter_map(keep).collect();
        let Ok(before) = Settings::parse(&text, Path::new("/etc")) else { continue };
        for account in &before.accounts {
            let name = account.name.as_str();
            let edits = [
                set(name, Key::Port, "26"),
                set(name, Key::Tenant, "contoso.com"),
                set(name, Key::ClientId, ""),
                Edit::Move { account: name.into(), to: Direction::Up },
                Edit::Duplicate { account: name.into(), name: "copy".into() },
                Edit::Remove { account: name.into() },
                Edit::MakeDefault { account: name.into() },
            ];
            for edit in edits {
                count += usize::from(apply(&text, Path::new("/etc"), &edit).is_ok());
            }
        }
    }
    assert!(count > 1000, "{count}");
}
