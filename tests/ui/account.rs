//! The accounts: a list, tabs, or how to get one.

use sendoff::mail::account::{Auth, Identity};
use sendoff::mail::address::Mailbox;
use tui_textarea::Key;

use super::Story;
use super::screens::is_as_it_was;
use super::story::account;

#[test]
fn the_one_in_use_is_marked_and_shows_its_address() {
    let mut story = Story::new();
    let screen = story.screen(120, 32);
    assert!(
        screen.contains("\u{25cf} work \u{b7} password") && screen.contains("  ana@contoso.com "),
        "{screen}"
    );
    assert!(screen.contains("\u{25cb} relay \u{b7} no sign-in"), "{screen}");
    story.alt('n');
    let screen = story.screen(120, 32);
    assert!(
        screen.contains("\u{25cf} personal \u{b7} token") && screen.contains("ana@outlook.com"),
        "{screen}"
    );
}

#[test]
fn tabs_say_who_is_writing_as_fully_as_they_can() {
    let story = Story::new();
    let tabs = |columns| story.screen(columns, 24).lines().nth(1).unwrap().to_owned();
    assert_eq!(
        tabs(80),
        " \u{25cf} work  Ana Silva <ana@contoso.com> \u{b7} password   \u{25cb} personal   \u{25cb} relay"
    );
    assert_eq!(tabs(56), " \u{25cf} work  ana@contoso.com   \u{25cb} personal   \u{25cb} relay");
    assert_eq!(tabs(40), " \u{25cf} work   \u{25cb} personal   \u{25cb} relay");
}

#[test]
fn among_many_accounts_the_chosen_one_is_in_sight() {
    let many = (0..40).map(|n| account(&format!("account-{n}"), "ana@contoso.com", Auth::Auto)).collect();
    let mut story = Story::with(many);
    story.press(Key::F(6)).press(Key::F(6)).press(Key::End);
    for (columns, rows) in [(120, 32), (80, 24), (50, 16), (40, 10)] {
        let screen = story.screen(columns, rows);
        assert!(screen.contains("account-39"), "{screen}");
    }
    story.press(Key::Enter);
    assert!(story.screen(80, 24).contains("\u{25cf} account-39"));
}

#[test]
fn without_an_account_the_composer_waits_and_the_pane_tells_the_way() {
    let mut story = Story::with(Vec::new());
    let screen = story.screen(80, 24);
    assert!(screen.contains("no account yet") && screen.contains("Subject"), "typing comes first: {screen}");
    story.press(Key::F(6)).press(Key::F(6));
    for (columns, rows) in [(120, 32), (80, 24), (50, 18)] {
        let screen = story.screen(columns, rows);
        for text in [
            "/home/ana/.config/sendoff/config.toml",
            "a  adds your account",
            "passwords never",
            "w  writes",
            "s  lets",
        ] {
            assert!(screen.contains(text), "{text}\n{screen}");
        }
    }
}

#[test]
fn several_senders_stand_under_the_account_in_use_and_one_that_is_off_says_so() {
    let mut work = account("work", "Ana Silva <ana@contoso.com>", Auth::Auto);
    work.identities.push(Identity {
        from: Mailbox::parse("Sales <sales@contoso.com>").unwrap(),
        reply_to: None,
        signature: None,
        username: None,
    });
    let mut old = account("old", "ana@fabrikam.com", Auth::Auto);
    old.is_disabled = true;
    let mut story = Story::with(vec![work, old]);
    story.alt('n');
    let screen = story.screen(120, 32);
    for text in ["    ana@contoso.com", "\u{25b8} sales@contoso.com", "old \u{b7} off"] {
        assert!(screen.contains(text), "{text}: {screen}");
    }
    let tabs = story.screen(80, 24).lines().nth(1).unwrap().to_owned();
    assert_eq!(tabs, " \u{25cf} work  Sales <sales@contoso.com> \u{b7} password   \u{25cb} old off");
}

#[test]
fn the_form_of_an_account_as_it_looks() {
    let mut story = Story::with(Vec::new());
    story.alt('w').alt('w').press(Key::Char('a')).types("Ana Silva <ana@contoso.com>");
    is_as_it_was("account-new", &story);
    story.press(Key::Tab).press(Key::Tab);
    is_as_it_was("account-guessed", &story);
    story.press(Key::Tab).types(" x");
    is_as_it_was("account-wrong", &story);
}
