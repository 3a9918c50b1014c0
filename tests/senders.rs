//! Who writes: accounts and their further senders, in the middle of a draft.

mod story;

use jiff::tz::TimeZone;
use sendoff::app::effect::Effect;
use sendoff::app::keymap::Keymap;
use sendoff::app::model::Setup;
use sendoff::app::msg::Msg;
use sendoff::app::{Model, update};
use sendoff::mail::draft::{Draft, Stamp};
use sendoff::mail::letter::Piece;
use sendoff::mail::settings::Settings;
use tui_textarea::{Input, Key};

const ACCOUNTS: &str = r#"
[[account]]
name = "work"
from = "Ana Silva <ana@contoso.com>"
signature = "Ana"
[[account.identity]]
from = "Sales <sales@contoso.com>"
reply_to = "team@contoso.com"
signature = "The sales team"
username = "sales@contoso.com"
[account.oauth]
client_id = "1-2"

[[account]]
name = "old"
from = "ana@fabrikam.com"
disabled = true

[[account]]
name = "plain"
from = "Ana <ana@outlook.com>"
"#;

fn model() -> Model {
    let settings = Settings::parse(ACCOUNTS, std::path::Path::new("/")).unwrap();
    Model::new(Setup {
        accounts: settings.accounts,
        current: 0,
        keymap: Keymap::default(),
        zone: TimeZone::UTC,
        config_file: "config.toml".into(),
        size: (120, 40),
        is_sandbox: false,
        ways: sendoff::mail::oauth::Way::ALL.to_vec(),
    })
}

fn alt(model: &mut Model, c: char) -> Vec<Effect> {
    update(model, Msg::Key(Input { key: Key::Char(c), ctrl: false, alt: true, shift: false }))
}

fn types(model: &mut Model, text: &str) {
    for c in text.chars() {
        let key = if c == '\t' { Key::Tab } else { Key::Char(c) };
        update(model, Msg::Key(Input { key, ctrl: false, alt: false, shift: false }));
    }
}

fn body(model: &Model) -> String {
    model.compose.body.text()
}

fn sender(model: &Model) -> String {
    model.accounts.current().unwrap().sender().to_string()
}

#[test]
fn one_key_goes_through_all_senders_and_leaves_out_what_is_switched_off() {
    let mut model = model();
    let mut seen = vec![sender(&model)];
    for _ in 0..3 {
        alt(&mut model, 'n');
        seen.push(sender(&model));
    }
    assert_eq!(seen, ["ana@contoso.com", "sales@contoso.com", "ana@outlook.com", "ana@contoso.com"]);
    alt(&mut model, 'p');
    assert_eq!(sender(&model), "ana@outlook.com");
}

#[test]
fn an_untouched_signature_follows_the_sender_and_the_text_stays() {
    let mut model = model();
    assert_eq!(body(&model), "\n\n-- \nAna");
    assert!(model.compose.is_blank(), "a signature alone is nothing typed");
    types(&mut model, "\t\t\t\tHello");
    assert_eq!(body(&model), "Hello\n\n-- \nAna");
    alt(&mut model, 'n');
    assert_eq!(body(&model), "Hello\n\n-- \nThe sales team");
    types(&mut model, " Bob");
    alt(&mut model, 'n');
    assert_eq!(body(&model), "Hello Bob", "this account has no signature");
    alt(&mut model, 'n');
    assert_eq!(body(&model), "Hello Bob\n\n-- \nAna");
    alt(&mut model, 'u');
    assert_eq!(body(&model), "Hello Bob", "it is a step of its own to undo");
}

#[test]
fn a_signature_that_was_changed_is_somebodys_words() {
    let mut model = model();
    types(&mut model, "\t\t\t\t");
    update(&mut model, Msg::Key(Input { key: Key::End, ctrl: true, alt: false, shift: false }));
    types(&mut model, " Silva");
    assert_eq!(body(&model), "\n\n-- \nAna Silva");
    for _ in 0..3 {
        alt(&mut model, 'n');
        assert_eq!(body(&model), "\n\n-- \nAna Silva");
    }
}

#[test]
fn a_draft_comes_back_with_its_sender_and_its_signature_can_still_follow() {
    let mut model = model();
    let draft = Draft {
        account: "work".into(),
        sender: Some("sales@contoso.com".into()),
        body: "Hello\n\n-- \nThe sales team".into(),
        ..Draft::default()
    };
    let key = model.compose.key;
    update(&mut model, Msg::DraftOpened { key, opened: Ok(draft), may_be_sent: false });
    assert_eq!(sender(&model), "sales@contoso.com");
    alt(&mut model, 'p');
    assert_eq!(body(&model), "Hello\n\n-- \nAna");
    // What it was signed with before is no sender's here any more.
    let draft = Draft { account: "work".into(), body: "Hello\n\n-- \nAna S.".into(), ..Draft::default() };
    update(&mut model, Msg::DraftOpened { key, opened: Ok(draft), may_be_sent: false });
    alt(&mut model, 'n');
    assert_eq!(body(&model), "Hello\n\n-- \nAna S.");
}

#[test]
fn another_sender_brings_its_reply_to_and_its_mailbox_and_is_pointed_out() {
    let mut model = model();
    alt(&mut model, 'n');
    let account = model.accounts.current().unwrap().clone();
    assert_eq!((account.username.as_str(), account.signs_in_as()), ("sales@contoso.com", "ana@contoso.com"));
    let draft =
        Draft { to: "bob@fabrikam.com".into(), subject: "Hi".into(), body: "Hi".into(), ..Draft::default() };
    let stamp = Stamp { date: std::time::SystemTime::UNIX_EPOCH, token: [1; 16] };
    let letter = draft.check(&account, &[], &stamp).unwrap();
    let Some(Piece::Bytes(bytes)) = letter.pieces.first() else { panic!("a text alone is one piece") };
    let text = String::from_utf8_lossy(bytes);
    assert!(text.contains("From: Sales <sales@contoso.com>\r\n"), "{text}");
    assert!(text.contains("Reply-To: team@contoso.com\r\n"), "{text}");
    let doubts = draft.doubts(&account, &letter);
    assert!(
        doubts
            .iter()
            .any(|doubt| doubt.contains("ana@contoso.com signs in, and sales@contoso.com goes into From")),
        "{doubts:?}"
    );
    alt(&mut model, 'p');
    let own = model.accounts.current().unwrap().clone();
    let letter = draft.check(&own, &[], &stamp).unwrap();
    assert!(!draft.doubts(&own, &letter).iter().any(|doubt| doubt.contains("signs in")));
}
