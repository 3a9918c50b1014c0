//! The mind alone: messages in, deeds out, in the orders that a slow disk and quick fingers make.

use std::time::SystemTime;

use jiff::tz::TimeZone;
use sendoff::app::dialog::Dialog;
use sendoff::app::effect::Effect;
use sendoff::app::keymap::Keymap;
use sendoff::app::model::Setup;
use sendoff::app::msg::{Candidate, Msg, News, Saved};
use sendoff::app::{Model, update};
use sendoff::mail::draft::{Draft, Stamp};
use sendoff::mail::outbox::LetterId;
use sendoff::mail::settings::Settings;
use tui_textarea::{Input, Key};

const STAMP: Stamp = Stamp { date: SystemTime::UNIX_EPOCH, token: [1; 16] };

fn model() -> Model {
    let text = "[[account]]\nname = \"work\"\nfrom = \"Ana Silva <ana@contoso.com>\"\n";
    let settings = Settings::parse(text, std::path::Path::new("/")).unwrap();
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

fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    update(model, Msg::Key(Input { key, ctrl: false, alt: false, shift: false }))
}

fn ctrl(model: &mut Model, c: char) -> Vec<Effect> {
    update(model, Msg::Key(Input { key: Key::Char(c), ctrl: true, alt: false, shift: false }))
}

fn types(model: &mut Model, text: &str) {
    for c in text.chars() {
        key(model, if c == '\t' { Key::Tab } else { Key::Char(c) });
    }
}

/// What the disk is asked when a review is wanted.
#[track_caller]
fn candidate(effects: Vec<Effect>) -> Box<Candidate> {
    let asked = effects.into_iter().find_map(|effect| match effect {
        Effect::Check(candidate) => Some(candidate),
        _ => None,
    });
    asked.expect("a check is asked for")
}

fn answer(candidate: Box<Candidate>) -> Msg {
    let checked = candidate.draft.check(&candidate.account, &[], &STAMP);
    Msg::Checked(candidate, Box::new(checked))
}

/// Types a message to Bob and sends it off.
fn send(model: &mut Model) -> sendoff::app::model::SendId {
    types(model, "bob@fabrikam.com\t\t\tfor Bob\tHello");
    let asked = candidate(ctrl(model, 'x'));
    update(model, answer(asked));
    let effects = key(model, Key::Enter);
    let id = effects.iter().find_map(|effect| match effect {
        Effect::Queue { id, .. } => Some(*id),
        _ => None,
    });
    id.expect("the letter is queued")
}

#[test]
fn a_review_never_shows_one_draft_and_sends_another() {
    let mut model = model();
    types(&mut model, "bob@fabrikam.com\t\t\tfor Bob\tHello");
    let asked = candidate(ctrl(&mut model, 'x'));
    // Another draft comes into the composer before the answer does.
    let other = Draft { to: "alice@contoso.com".into(), subject: "for Alice".into(), ..Draft::default() };
    let opened = sendoff::app::model::DraftKey(77);
    update(&mut model, Msg::DraftOpened { key: opened, opened: Ok(other), may_be_sent: false });
    update(&mut model, answer(asked));
    assert!(model.dialogs.is_empty(), "the answer was for a draft that is not there any more");
    assert_eq!(model.compose.draft("work", None).to, "alice@contoso.com");
}

#[test]
fn stop_means_stop_also_while_the_letter_is_being_written_down() {
    let mut model = model();
    let id = send(&mut model);
    ctrl(&mut model, 'c');
    key(&mut model, Key::Right);
    let effects = key(&mut model, Key::Enter);
    assert!(matches!(effects.as_slice(), [Effect::Cancel(stopped)] if *stopped == id));
    // The disk answers only now.
    let effects = update(&mut model, Msg::Send(id, News::Queued(Ok(LetterId("1".into())))));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Cancel(stopped) if *stopped == id)));
}

#[test]
fn text_that_could_not_be_queued_comes_back_whatever_was_typed_since() {
    let mut model = model();
    let id = send(&mut model);
    types(&mut model, "carol@contoso.com");
    update(&mut model, Msg::Send(id, News::Queued(Err("the disk is full".into()))));
    assert_eq!(model.compose.draft("work", None).to, "carol@contoso.com", "what is being typed stays");
    // Enter on it in the outbox exchanges the two; nothing is lost in either direction.
    for expected in ["bob@fabrikam.com", "carol@contoso.com"] {
        model.focus = sendoff::app::model::Pane::Outbox;
        model.outbox.selected = 0;
        key(&mut model, Key::Enter);
        assert_eq!(model.compose.draft("work", None).to, expected);
    }
}

#[test]
fn a_password_prompt_does_not_swallow_what_is_meant_for_the_next_message() {
    let mut model = model();
    let id = send(&mut model);
    types(&mut model, "car");
    update(&mut model, Msg::Send(id, News::NeedSecret(Vec::new())));
    types(&mut model, "ol@contoso.com");
    assert_eq!(model.compose.draft("work", None).to, "carol@contoso.com");
    // Enter says: I see it. From then on the keys are the password's.
    key(&mut model, Key::Enter);
    types(&mut model, "secret");
    assert_eq!(model.compose.draft("work", None).to, "carol@contoso.com");
    assert!(matches!(key(&mut model, Key::Enter).as_slice(), [Effect::UseSecret(asked, secret)]
        if *asked == id && secret.reveal() == "secret"));
}

#[test]
fn removing_a_draft_means_the_one_that_was_seen() {
    let saved = |id: &str| Saved {
        id: id.to_owned(),
        draft: Draft { subject: id.to_owned(), ..Draft::default() },
        at: jiff::Timestamp::UNIX_EPOCH,
        may_be_sent: false,
    };
    let mut model = model();
    update(&mut model, Msg::ChooseDraft(vec![saved("old")]));
    key(&mut model, Key::Delete);
    // The list changes between the two presses.
    update(&mut model, Msg::Drafts(vec![saved("new"), saved("old")]));
    let effects = key(&mut model, Key::Delete);
    assert!(matches!(effects.as_slice(), [Effect::DiscardDraft(id)] if id == "old"));
    assert!(matches!(model.dialogs.last(), Some(Dialog::Drafts(_))));
    assert_eq!(model.outbox.drafts.len(), 1);
}

#[test]
fn an_answer_to_an_older_save_does_not_vouch_for_newer_words() {
    let mut model = model();
    types(&mut model, "bob");
    ctrl(&mut model, 's');
    ctrl(&mut model, 's');
    let key_of = model.compose.key;
    let at = jiff::Timestamp::UNIX_EPOCH;
    update(&mut model, Msg::Saved(key_of, Ok(at)));
    types(&mut model, "x");
    update(&mut model, Msg::Saved(key_of, Ok(at)));
    let effects = update(&mut model, Msg::SaveDue);
    assert!(
        effects.iter().any(|effect| matches!(effect, Effect::Save(_, draft) if draft.to == "bobx")),
        "the last letter still has to be saved"
    );
}
