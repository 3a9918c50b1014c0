//! The dialogs: what each must say, however little room there is.

use ratatui::style::Modifier;
use sendoff::app::effect::Effect;
use sendoff::app::msg::{Msg, News};
use sendoff::app::update;
use sendoff::mail::outcome::Recipient;
use sendoff::mail::reply::Reply;
use sendoff::ui::Look;
use sendoff::ui::glyphs::Glyphs;
use sendoff::ui::theme::{Depth, Theme};
use tui_textarea::{Input, Key};

use super::Story;

const SIZES: [(u16, u16); 4] = [(120, 32), (80, 24), (50, 16), (40, 10)];

fn many() -> Story {
    let mut story = Story::new();
    let list: Vec<String> = (1..=40).map(|n| format!("reader{n}@contoso.com")).collect();
    story.types(&list.join(", ")).press(Key::Tab).press(Key::Tab).types("boss@contoso.com");
    story.press(Key::Tab).types("Minutes").press(Key::Tab).types("Here.").ctrl('x');
    story
}

#[test]
fn the_review_names_everyone_by_scrolling_and_its_keys_always() {
    for (columns, rows) in SIZES {
        let mut story = many();
        let mut seen = String::new();
        for _ in 0..41 {
            let screen = story.screen(columns, rows);
            assert!(screen.contains("Enter send   Esc back"), "{screen}");
            seen += &screen;
            story.press(Key::Down);
        }
        for n in 1..=40 {
            assert!(seen.contains(&format!(" reader{n}@")), "reader{n} at {columns}");
        }
        assert!(seen.contains("Bcc  boss@contoso.com"), "{columns}\n{}", story.screen(columns, rows));
    }
}

#[test]
fn the_review_counts_who_is_not_in_sight() {
    let screen = many().screen(80, 24);
    assert!(screen.contains("31 more"), "{screen}");
}

#[test]
fn a_doubt_is_seen_in_the_review() {
    let mut story = Story::new();
    story.types("bob@fabrikam.com").ctrl('x');
    for (columns, rows) in &SIZES[..3] {
        let screen = story.screen(*columns, *rows);
        assert!(
            screen.contains("!  the subject is empty") && screen.contains("!  the message is empty"),
            "{screen}"
        );
    }
}

#[test]
fn the_button_that_enter_presses_is_in_brackets_and_reversed() {
    let mut story = Story::new();
    story.sends().uploads(10).ctrl('q');
    for (columns, rows) in SIZES {
        assert!(story.screen(columns, rows).contains("[ Stay ]"));
    }
    story.press(Key::Tab);
    assert!(story.screen(80, 24).contains("[ Leave when it is sent ]"));
    let theme = Theme::fallback().at_depth(Depth::None);
    let (buffer, _) = story.cells((80, 24), &Look { theme: &theme, glyphs: &Glyphs::UNICODE });
    let reversed: String = buffer
        .content
        .iter()
        .filter(|cell| cell.modifier.contains(Modifier::REVERSED))
        .map(ratatui::buffer::Cell::symbol)
        .collect();
    assert_eq!(reversed, " Leave now? [ Leave when it is sent ]");
}

#[test]
fn refused_recipients_are_named_with_what_the_server_said() {
    let mut story = Story::new();
    story.sends().connects();
    let recipient = |address: &str, reply: &str| Recipient {
        address: sendoff::mail::address::Address::parse(address).unwrap(),
        reply: Reply::parse(reply).ok(),
    };
    story.news(News::Decide(vec![
        recipient("bob@fabrikam.com", "250 2.1.5 Recipient OK"),
        recipient("carol@contoso.com", "550 5.1.10 Recipient not found"),
    ]));
    let screen = story.screen(80, 24);
    for text in
        ["carol@contoso.com  550 5.1.10 Recipient not found", "1 of 2 accepted", "[ Stop and correct ]"]
    {
        assert!(screen.contains(text), "{text}\n{screen}");
    }
}

#[test]
fn a_secret_shows_as_dots_and_nowhere_else() {
    let mut story = Story::new();
    story.sends().news(News::NeedSecret(Vec::new())).types("hunter22");
    for (columns, rows) in SIZES {
        let screen = story.screen(columns, rows);
        assert!(!screen.contains("hunter"), "{screen}");
        assert!(
            screen.contains("Password  \u{2022}\u{2022}\u{2022}\u{2022}\u{2022}\u{2022}\u{2022}\u{2022}"),
            "{screen}"
        );
        assert_ne!(story.cursor(columns, rows), "no cursor");
    }
    story.types(&"x".repeat(200));
    assert_eq!(story.screen(80, 24).matches('\u{2022}').count(), 24, "how long it is stays a secret");
}

#[test]
fn attaching_says_what_went_wrong_and_lists_what_is_attached() {
    let mut story = Story::new();
    story.ctrl('t');
    assert!(story.screen(80, 24).contains("Type a path"));
    story.types("nowhere.pdf").press(Key::Enter);
    story.tell(Msg::Attached(Err("nowhere.pdf is not there".to_owned())));
    for (columns, rows) in SIZES {
        assert!(
            story.screen(columns, rows).contains("\u{2717} nowhere.pdf is not there"),
            "{}",
            story.screen(columns, rows)
        );
    }
    let mut story = Story::new();
    story.attaches("/tmp/report.pdf", 300_000).ctrl('t').press(Key::Down);
    let screen = story.screen(80, 24);
    assert!(
        screen.contains("\u{25b8} report.pdf  300 KB") && screen.contains("Del takes it off"),
        "{screen}"
    );
}

#[test]
fn the_palette_names_commands_with_their_keys() {
    let mut story = Story::new();
    story.alt('x').types("review");
    let screen = story.screen(80, 24);
    let row = screen.lines().find(|row| row.contains("Review the message and send it")).unwrap();
    assert!(row.contains("\u{25b8}") && row.contains("Ctrl-X"), "{row}");
    story.types(" xyz");
    assert!(story.screen(80, 24).contains("no command has these words"));
}

#[test]
fn only_who_has_a_sandbox_is_asked_what_goes_wrong_in_it() {
    let mut story = Story::new();
    story.alt('x').types("goes wrong");
    assert!(story.screen(80, 24).contains("no command has these words"));
    let mut story = Story::in_sandbox();
    story.alt('x').types("goes wrong").press(Key::Enter);
    assert!(story.screen(80, 24).contains("Sandbox: what goes wrong"));
    // One that is there already is not offered once more.
    let mut story = Story::in_sandbox();
    story.alt('x').types("sandbox").press(Key::Enter);
    assert!(story.screen(80, 24).contains("Sandbox: what goes wrong"));
}

#[test]
fn a_scenario_is_found_by_any_of_its_words_chosen_and_seen_from_then_on() {
    let mut story = Story::in_sandbox();
    let open = |story: &mut Story| {
        story.alt('x').types("scenario").press(Key::Enter);
    };
    open(&mut story);
    for (columns, rows) in SIZES {
        let screen = story.screen(columns, rows);
        assert!(screen.contains("\u{25b8} \u{25cf} accepts"), "{screen}");
        assert_ne!(story.cursor(columns, rows), "no cursor");
    }
    story.types("5.2.252 dot");
    let screen = story.screen(80, 24);
    assert!(
        screen.contains("\u{25b8}   send-as-denied ") && screen.contains("This sign-in may not"),
        "{screen}"
    );
    assert!(!screen.contains("not confirmed"), "{screen}");

    let effects = update(&mut story.model, Msg::Key(Input { key: Key::Enter, ..Input::default() }));

    assert!(matches!(&effects[..], [Effect::SetScenario(name)] if name == "send-as-denied"));
    for (columns, rows) in SIZES {
        let screen = story.screen(columns, rows);
        assert!(screen.lines().next().unwrap().contains("sandbox \u{b7} send-as-denied"), "{screen}");
    }
    assert!(
        story.screen(120, 32).contains("plays send-as-denied: This sign-in may not send as that address.")
    );
    open(&mut story);
    assert!(story.screen(80, 24).contains("\u{25b8} \u{25cf} send-as-denied"));
    story.types("xyz");
    assert!(story.screen(80, 24).contains("no scenario has these words"));
    story.press(Key::Enter).press(Key::Esc);
    assert_eq!(story.model.scenario.as_deref(), Some("send-as-denied"));
}

#[test]
fn words_that_are_not_confirmed_are_told_from_those_that_are() {
    for (name, is_confirmed) in
        [("conditional-access", false), ("credentials-incorrect", true), ("stall", true)]
    {
        let mut story = Story::in_sandbox();
        story.alt('x').types("scenario").press(Key::Enter).types(name);
        assert_eq!(story.screen(80, 24).contains("! the words are not confirmed"), !is_confirmed, "{name}");
    }
}

#[test]
fn what_the_sandbox_objects_to_is_a_warning() {
    let mut story = Story::in_sandbox();
    story.tell(Msg::SandboxViolation("more was sent behind QUIT".to_owned()));
    let screen = story.screen(80, 24);
    assert!(screen.contains(" ! the sandbox objects: more was sent behind QUIT"), "{screen}");
}

#[test]
fn a_text_scrolls_to_its_end_and_no_further() {
    let mut story = Story::new();
    story.press(Key::F(1));
    let ending = "Another key for a command";
    for (columns, rows) in SIZES {
        assert!(!story.screen(columns, rows).contains(ending));
    }
    story.press(Key::End);
    for (columns, rows) in SIZES {
        let screen = story.screen(columns, rows);
        assert!(screen.contains("such as") && screen.contains(" end "), "{screen}");
    }
}

#[test]
fn find_is_a_bar_at_the_foot() {
    let mut story = Story::new();
    story.ctrl('f').types("Q3");
    for (columns, rows) in SIZES {
        let screen = story.screen(columns, rows);
        let foot = screen.lines().last().unwrap();
        assert!(foot.starts_with(" Find  Q3") && foot.contains("Enter next"), "{foot}");
    }
    story.press(Key::Enter);
    assert!(story.screen(80, 24).lines().last().unwrap().ends_with("! not in the text"));
}

#[test]
fn del_is_asked_for_twice() {
    let mut story = Story::new();
    let at = super::story::noon();
    story.tell(Msg::ChooseDraft(vec![super::screens::saved("1", "Plans", "bob@fabrikam.com", at)]));
    assert!(story.screen(80, 24).contains("Plans  to bob@fabrikam.com"));
    assert!(story.screen(80, 24).contains("2026-11-21 14:03"));
    story.press(Key::Delete);
    assert!(story.screen(80, 24).contains("! Del again removes it"));
}
