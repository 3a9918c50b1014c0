//! The screens that people meet, at the three sizes. A picture is read before it is accepted.

use jiff::Timestamp;
use sendoff::app::dialog::Dialog;
use sendoff::app::msg::{Msg, News, Saved};
use sendoff::mail::address::Address;
use sendoff::mail::draft::Draft;
use sendoff::mail::letter::Envelope;
use sendoff::mail::outbox::{Entry, Fate, LetterId};
use sendoff::mail::outcome::{Outcome, Step};
use tui_textarea::Key;

use super::{Story, check, secrets};

#[test]
fn every_screen_is_as_it_was_seen_and_liked() {
    for (name, story) in ALL {
        is_as_it_was(name, &story());
    }
}

/// The picture of it at three sizes, with where the cursor is.
pub fn is_as_it_was(name: &str, story: &Story) {
    is_as_it_was_at(&[(120, 32), (80, 24), (50, 16)], name, story);
}

pub fn is_as_it_was_at(sizes: &[(u16, u16)], name: &str, story: &Story) {
    let mut pictures = String::new();
    for &(columns, rows) in sizes {
        pictures += &[columns, rows].map(|cells| cells.to_string()).join(" x ");
        pictures += ", ";
        pictures += &story.cursor(columns, rows);
        pictures += "\n";
        pictures += &story.screen(columns, rows);
        pictures += "\n";
    }
    insta::with_settings!({
        snapshot_path => "../snapshots",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, { insta::assert_snapshot!(format!("ui-{name}"), pictures) });
}

type Screen = (&'static str, fn() -> Story);

/// Every screen by its name.
pub const ALL: [Screen; 27] = [
    ("secrets-locked", secrets::locked),
    ("secrets-in-the-vault", secrets::in_the_vault),
    ("secrets-passphrase", secrets::passphrase),
    ("blank", blank),
    ("no-account", no_account),
    ("typing", typing),
    ("review", review),
    ("sending", sending),
    ("refused", refused),
    ("unknown", unknown),
    ("outbox", outbox),
    ("help", help),
    ("attach", attach),
    ("secret", secret),
    ("question", question),
    ("palette", palette),
    ("drafts", drafts),
    ("find", find),
    ("zoomed", zoomed),
    ("sandbox", sandbox),
    ("scenario", scenario),
    ("many", many),
    ("accounts", accounts),
    ("readme", readme),
    ("check-running", check::running),
    ("check-passed", check::passed),
    ("check-refused", check::refused),
];

fn blank() -> Story {
    Story::new()
}

fn no_account() -> Story {
    let mut story = Story::with(Vec::new());
    story.press(Key::F(6)).press(Key::F(6));
    story
}

fn typing() -> Story {
    let mut story = Story::new();
    story.writes();
    story
}

fn review() -> Story {
    let mut story = Story::new();
    story.writes();
    story.model.compose.attachments.clear();
    story.ctrl('x');
    weigh(&mut story, 3_900);
    story
}

/// Sets what the reviewed letter weighs, so that a header more or less is not seen here.
fn weigh(story: &mut Story, size: u64) {
    if let Some(Dialog::Review(review)) = story.model.dialogs.last_mut() {
        review.size = size;
    }
}

fn sending() -> Story {
    let mut story = Story::new();
    story.sends().uploads(1_114_056);
    story.press(Key::F(6));
    story
}

fn refused() -> Story {
    let mut story = Story::new();
    story.sends().is_refused();
    story
}

fn unknown() -> Story {
    let mut story = Story::new();
    story.sends().uploads(1_768_344).step(Step::Dot).says(true, ".");
    story
        .news(News::PointOfNoReturn)
        .error(31_200, "the connection was lost while waiting for the answer to the message");
    story.reports(Outcome::Unknown, Step::Dot, "");
    story
}

pub fn entry(id: &str, subject: &str, fate: Fate, at: &str) -> Entry {
    let address = |text| Address::parse(text).unwrap();
    Entry {
        id: LetterId(id.to_owned()),
        account: "work".to_owned(),
        envelope: Envelope {
            from: address("ana@contoso.com"),
            to: vec![address("bob@fabrikam.com")],
            message_id: "<1@contoso.com>".to_owned(),
            subject: subject.to_owned(),
            size: 4_000,
            smtputf8: false,
            eight_bit: false,
            dsn: None,
        },
        fate,
        at: at.parse().unwrap(),
        is_busy: false,
        is_news: false,
        draft: None,
    }
}

pub fn saved(id: &str, subject: &str, to: &str, at: Timestamp) -> Saved {
    let draft = Draft { subject: subject.to_owned(), to: to.to_owned(), ..Draft::default() };
    Saved { id: id.to_owned(), draft, at, may_be_sent: false }
}

fn outbox() -> Story {
    let mut story = Story::new();
    story.sends().uploads(1_114_056);
    let done = |outcome, says: &str| Fate::Done { outcome, says: says.to_owned(), server_id: None };
    story.tell(Msg::Outbox(vec![
        entry("a", "Minutes", done(Outcome::Accepted, "250 2.0.0 OK"), "2026-11-21T14:01:10Z"),
        entry("b", "Invitation to the autumn review", Fate::Unknown, "2026-11-21T11:40:10Z"),
        entry(
            "c",
            "",
            done(Outcome::Refused, "550 5.1.10 RESOLVER.ADR.RecipientNotFound"),
            "2026-11-20T09:15:00Z",
        ),
        entry(
            "d",
            "Rota",
            done(Outcome::Deferred, "432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded"),
            "2026-11-20T08:00:00Z",
        ),
        entry("e", "Budget", done(Outcome::Partly, "550 5.1.1 unknown"), "2026-11-19T16:20:00Z"),
        entry("f", "Travel", Fate::NotSent, "2026-11-19T16:20:00Z"),
    ]));
    let at = super::story::noon();
    story.tell(Msg::Drafts(vec![
        saved("1", "Plans", "bob@fabrikam.com", at),
        saved("2", "", "carol@contoso.com", at),
    ]));
    story.press(Key::F(6)).press(Key::F(6)).press(Key::F(6)).press(Key::Down).press(Key::Down);
    story
}

fn help() -> Story {
    let mut story = Story::new();
    story.press(Key::F(1));
    story
}

fn attach() -> Story {
    let mut story = Story::new();
    story.types("bob@fabrikam.com").ctrl('t').types("docs/re");
    let names = ["docs/readme.txt", "docs/report.pdf", "docs/results/"].map(str::to_owned).to_vec();
    story.tell(Msg::Completions("docs/re".to_owned(), names)).press(Key::Down).press(Key::Down);
    story
}

fn secret() -> Story {
    let mut story = Story::new();
    story.sends();
    story.news(News::NeedSecret(vec![
        "The keyring is locked, and there is no display to unlock it on.".to_owned(),
        "No password_command is set for this account.".to_owned(),
    ]));
    story.types("hunter22");
    story
}

fn question() -> Story {
    let mut story = Story::new();
    story.sends().uploads(400_000).ctrl('q').press(Key::Tab);
    story
}

fn palette() -> Story {
    let mut story = Story::new();
    story.alt('x').types("pane").press(Key::Down);
    story
}

fn drafts() -> Story {
    let mut story = Story::new();
    let at = super::story::noon();
    story.tell(Msg::ChooseDraft(vec![
        saved("1", "Plans", "bob@fabrikam.com", at),
        saved("2", "", "carol@contoso.com", at),
        saved(
            "3",
            "A subject that is much too long for one row of this list, whatever its width may be",
            "",
            at,
        ),
    ]));
    story.press(Key::Down).press(Key::Delete);
    story
}

fn find() -> Story {
    let mut story = Story::new();
    story.writes().ctrl('f').types("nowhere").press(Key::Enter);
    story
}

fn zoomed() -> Story {
    let mut story = Story::new();
    story.sends().is_refused();
    story.press(Key::F(6)).alt('z');
    story
}

fn sandbox() -> Story {
    let mut story = Story::new();
    story.model.is_sandbox = true;
    story
}

/// Those of the real table that the list is about, and the one in force.
fn scenario() -> Story {
    let mut story = Story::in_sandbox();
    story.alt('x').types("goes wrong").press(Key::Enter);
    story.types("disabled").press(Key::Down);
    story
}

fn many() -> Story {
    let mut story = Story::new();
    let list: Vec<String> = (1..=40).map(|n| format!("reader{n}@contoso.com")).collect();
    story
        .types(&list.join(", "))
        .press(Key::Tab)
        .press(Key::Tab)
        .press(Key::Tab)
        .types("Minutes")
        .press(Key::Tab)
        .types("Here.");
    for n in 1..=7 {
        story.attaches(&format!("part-{n}.pdf"), 100_000);
    }
    story.ctrl('x').press(Key::Down).press(Key::Down);
    weigh(&mut story, 961_000);
    story
}

fn accounts() -> Story {
    let mut story = Story::new();
    story.press(Key::F(6)).press(Key::F(6)).press(Key::Down);
    story
}

fn readme() -> Story {
    let mut story = Story::new();
    story.sends().uploads(1_114_056);
    let done = |outcome, says: &str| Fate::Done { outcome, says: says.to_owned(), server_id: None };
    story.tell(Msg::Outbox(vec![entry(
        "a",
        "Minutes",
        done(Outcome::Accepted, "250 2.0.0 OK"),
        "2026-11-21T14:01:10Z",
    )]));
    story
        .types("Dora Lind <dora@fabrikam.com>")
        .press(Key::Tab)
        .press(Key::Tab)
        .press(Key::Tab)
        .types("Lunch on Friday?")
        .press(Key::Tab)
        .types("Hi Dora,\n\nthe numbers are out at last. Lunch on Friday to celebrate?\n\nA");
    story.tell(Msg::SaveDue);
    story
}
