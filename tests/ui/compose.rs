//! The composer: fields that find room, what the disk knows, what goes along.

use sendoff::app::compose::Saving;
use sendoff::app::msg::Msg;
use sendoff::mail::account::{Account, Auth};
use tui_textarea::Key;

use super::Story;
use super::story::account;

/// The row with this in it.
fn row(screen: &str, text: &str) -> String {
    screen.lines().find(|row| row.contains(text)).unwrap_or_else(|| panic!("{text}\n{screen}")).to_owned()
}

#[test]
fn cc_and_bcc_share_a_row_until_one_of_them_needs_it() {
    let mut story = Story::new();
    story.press(Key::Tab).types("bob@fabrikam.com");
    assert!(row(&story.screen(80, 24), "  Cc").contains("Bcc"));
    story.types(", carol@contoso.com, dora@fabrikam.com");
    let screen = story.screen(80, 24);
    assert!(
        !row(&screen, "  Cc").contains("Bcc") && row(&screen, "  Cc").contains("dora@fabrikam.com"),
        "{screen}"
    );
    assert!(row(&screen, " Bcc").trim() == "Bcc", "{screen}");
}

#[test]
fn the_cursor_goes_from_field_to_field_and_into_the_text() {
    let mut story = Story::new();
    let mut places = vec![story.cursor(80, 24)];
    for _ in 0..4 {
        places.push(story.press(Key::Tab).cursor(80, 24));
    }
    let expected = ["10, row 3", "10, row 4", "46, row 4", "10, row 5", "1, row 7"];
    assert_eq!(places, expected.map(|place| format!("cursor in column {place}")));
}

#[test]
fn the_title_says_what_the_disk_knows() {
    let mut story = Story::new();
    let title = |story: &Story| row(&story.screen(80, 24), " Compose ");
    assert!(title(&story).ends_with('\u{2501}'), "nothing was typed");
    story.types("a");
    assert!(title(&story).ends_with("saving"));
    story.tell(Msg::SaveDue);
    assert!(title(&story).ends_with("saved 14:02:58"));
    story.model.compose.saved = Saving::Failed("no space left on device".to_owned());
    assert!(title(&story).ends_with("! not saved: no space left on device"), "{}", title(&story));
}

#[test]
fn attachments_stand_in_a_row_of_their_own_with_what_they_weigh_on_the_wire() {
    let mut story = Story::new();
    assert!(!story.screen(80, 24).contains("Attach "));
    story.attaches("/tmp/report.pdf", 1_204_112).attaches("/tmp/a\u{202e}b.png", 87_402);
    let attach = row(&story.screen(80, 24), "Attach");
    assert!(attach.starts_with("  Attach  report.pdf 1.2 MB \u{b7} a<U+202E>b.png 88 KB"), "{attach}");
    assert!(attach.ends_with("1.8 MB of 35 MB"), "{attach}");
}

#[test]
fn only_exchange_has_a_limit_that_is_known() {
    let relay =
        Account { host: "mail.contoso.com".to_owned(), ..account("relay", "ana@contoso.com", Auth::None) };
    let mut story = Story::with(vec![relay]);
    story.attaches("/tmp/report.pdf", 40_000_000);
    assert!(row(&story.screen(80, 24), "Attach").ends_with("  54.7 MB"));
}

#[test]
fn a_low_pane_gives_up_attachments_and_rule_before_fields_and_text() {
    let mut story = Story::new();
    story.writes();
    let screen = story.screen(40, 10);
    for text in ["To", "Cc", "Bcc", "Subject", "Ana"] {
        assert!(screen.contains(text), "{text}\n{screen}");
    }
    assert!(!screen.contains("Attach "), "{screen}");
    for _ in 0..3 {
        story.press(Key::Up);
    }
    let narrow = "bob@fabrikam.com, carol@contoso.com";
    story.model.compose.field = sendoff::mail::draft::Field::Cc;
    story.types(narrow).press(Key::Tab).types(narrow);
    let screen = story.screen(40, 10);
    assert!(!screen.contains("\u{2500}\u{2500}\u{2500}"), "no rule: {screen}");
    assert_ne!(story.cursor(40, 10), "no cursor");
}

#[test]
fn a_blank_draft_says_what_to_do_and_a_typed_one_does_not() {
    let mut story = Story::new();
    assert!(story.screen(120, 32).contains("Write here.  Tab next field \u{b7} Ctrl-X send"));
    story.types("a");
    assert!(!story.screen(120, 32).contains("Write here"));
}

#[test]
fn keys_that_were_bound_anew_are_named_anew() {
    let mut story = Story::new();
    let keys = [("f2".to_owned(), "send".to_owned()), ("ctrl-x".to_owned(), "help".to_owned())];
    story.model.keymap = sendoff::app::keymap::Keymap::with(&keys.into()).0;
    let screen = story.screen(120, 32);
    assert!(screen.contains("F2 send \u{b7}") && screen.contains("F2 send"), "{screen}");
    assert!(!screen.contains("Ctrl-X send"), "{screen}");
}

#[test]
fn a_text_too_long_to_wrap_says_so() {
    let mut story = Story::new();
    story.model.compose.field = sendoff::mail::draft::Field::Body;
    story.tell(Msg::Paste("line\n".repeat(10_001)));
    assert!(row(&story.screen(120, 32), "Compose").contains("its rows are not wrapped"));
}
