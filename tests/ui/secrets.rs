//! Where the secrets of an account are, as it looks, and what its keys do.

use std::time::Duration;

use sendoff::app::effect::Effect;
use sendoff::app::msg::Msg;
use sendoff::app::update;
use sendoff::mail::account::Auth;
use sendoff::mail::secret::Kind;
use sendoff::mail::stores::{Deed, Holding, Memory, Store, Survey, Whereabouts, Wish};
use tui_textarea::{Input, Key};

use super::Story;
use super::story::{account, account_by_oauth};

/// Ana's account, with its secrets looked at.
fn begun(has_application: bool) -> Story {
    let by_password = || account("work", "Ana Silva <ana@contoso.com>", Auth::Auto);
    let mut story = Story::with(vec![if has_application { account_by_oauth() } else { by_password() }]);
    story.alt('w').alt('w').press(Key::Char('p'));
    story
}

fn whereabouts(kind: Kind, keyring: Holding, vault: Holding) -> Whereabouts {
    let kernel = Holding::Unavailable("not used; cache_hours in [secrets] turns it on".into());
    Whereabouts {
        kind,
        stores: vec![(Store::Keyring, keyring), (Store::Kernel, kernel), (Store::Vault, vault)],
    }
}

fn survey(secrets: Vec<Whereabouts>, memory: Memory) -> Msg {
    Msg::Secrets(
        Box::new(Survey { account: "work".into(), secrets, memory, has_passphrase: false }),
        Ok(String::new()),
    )
}

fn no_keyring() -> Holding {
    Holding::Unavailable("there is no keyring on this host (usual over SSH)".into())
}

/// Over SSH, with a vault that nobody has opened yet.
pub fn locked() -> Story {
    let mut story = begun(false);
    let memory = Memory { has_typed: true, ..Memory::default() };
    story.tell(survey(vec![whereabouts(Kind::Password, no_keyring(), Holding::Locked)], memory));
    story
}

/// At a desk, with a sign-in in the vault, a keyring that would be better, and an old password.
pub fn in_the_vault() -> Story {
    let mut story = begun(true);
    let sign_in = whereabouts(Kind::RefreshToken, Holding::Empty, Holding::Held);
    let password = whereabouts(Kind::Password, Holding::Held, Holding::Empty);
    let memory = Memory { token: Some(Duration::from_secs(41 * 60 + 7)), ..Memory::default() };
    story.tell(survey(vec![sign_in, password], memory));
    story
}

pub fn passphrase() -> Story {
    let mut story = locked();
    story.tell(Msg::Passphrase(Wish { is_new: false, why: Some("this is not its passphrase") }));
    story
}

/// What comes of a key.
fn deed(story: &mut Story, key: Key) -> Option<Deed> {
    let effects = update(&mut story.model, Msg::Key(Input { key, ..Input::default() }));
    effects.into_iter().find_map(|effect| match effect {
        Effect::Secrets { account, deed } if account.name == "work" => Some(deed),
        _ => None,
    })
}

#[test]
fn what_is_in_the_vault_moves_to_the_keyring() {
    let mut story = in_the_vault();
    assert!(matches!(deed(&mut story, Key::Char('m')), Some(Deed::Move(Kind::RefreshToken, Store::Keyring))));
    // Where nothing is, nothing can be moved.
    story.press(Key::Up);
    assert!(deed(&mut story, Key::Char('m')).is_none());
}

#[test]
fn deleting_asks_first() {
    let mut story = in_the_vault();
    story.press(Key::Char('d'));
    assert!(story.screen(80, 24).contains("Delete the sign-in from the vault?"));
    assert!(deed(&mut story, Key::Enter).is_none(), "the first button changes nothing");
    story.press(Key::Char('d')).press(Key::Right);
    assert!(matches!(deed(&mut story, Key::Enter), Some(Deed::Delete(Kind::RefreshToken, Store::Vault))));
}

#[test]
fn a_new_password_is_typed_unseen_and_goes_where_the_cursor_is() {
    let mut story = locked();
    story.press(Key::Home).press(Key::Char('r'));
    assert!(!story.screen(80, 24).contains("Keep this password"), "this host has no keyring");
    story.press(Key::Down).press(Key::Down).press(Key::Char('r'));
    assert!(story.screen(80, 24).contains("Keep this password of ana@contoso.com in the vault"));
    story.tell(Msg::Paste("canary-password".into()));
    assert!(!story.screen(80, 24).contains("canary"));
    match deed(&mut story, Key::Enter) {
        Some(Deed::Put(Kind::Password, Store::Vault, secret)) => {
            assert_eq!(secret.reveal(), "canary-password");
        }
        _ => panic!("nothing is kept"),
    }
}

#[test]
fn the_vault_opens_by_a_key_and_only_while_it_is_locked() {
    assert!(matches!(deed(&mut locked(), Key::Char('u')), Some(Deed::Unlock)));
    assert!(deed(&mut in_the_vault(), Key::Char('u')).is_none());
}

#[test]
fn the_passphrase_is_typed_where_one_waits_for_it_and_nowhere_else() {
    // Somebody is writing: the keys go on into the text until an Enter says that the question was seen.
    let mut story = Story::with(vec![account("work", "Ana Silva <ana@contoso.com>", Auth::Auto)]);
    story.types("bob");
    story.tell(Msg::Passphrase(Wish { is_new: false, why: None }));
    story.types("@fabrikam.com");
    assert_eq!(story.model.compose.to.text(), "bob@fabrikam.com");
    // In the sheet of the secrets, which a key has opened, it takes the keys at once.
    let mut story = passphrase();
    story.types("open sesame");
    let effects = update(&mut story.model, Msg::Key(Input { key: Key::Enter, ..Input::default() }));
    let typed = effects.into_iter().find_map(|effect| match effect {
        Effect::UsePassphrase(typed) => typed,
        _ => None,
    });
    assert_eq!(typed.unwrap().reveal(), "open sesame");
}

#[test]
fn who_leaves_leaves_the_vault_as_it_is() {
    let mut story = passphrase();
    let effects = update(&mut story.model, Msg::HangUp);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::UsePassphrase(None))));
    // And a question that comes after that is answered without anybody.
    let effects = update(&mut story.model, Msg::Passphrase(Wish { is_new: true, why: None }));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::UsePassphrase(None))));
}
