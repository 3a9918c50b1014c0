//! The log: what it says of a dialogue, how it gives way in narrow places, and that its length does not matter.

mod cursor;
mod rows;
mod scene;
mod search;
mod sheets;
mod storm;
pub mod views;

use sendoff::app::msg::{Msg, News, Prelude};
use sendoff::mail::outcome::{Outcome, Step};
use sendoff::mail::session::{Head, Session};
use sendoff::mail::transcript::{Kind, Line, Mark, Wire};
use tui_textarea::Key;

use super::Story;

/// The rows of the log with this in them.
fn rows<'a>(screen: &'a str, text: &str) -> Vec<&'a str> {
    screen.lines().filter(|row| row.contains(text)).collect()
}

fn zoomed() -> Story {
    let mut story = Story::new();
    story.sends();
    story.press(Key::F(6)).alt('z');
    story
}

#[test]
fn a_line_says_when_how_long_who_and_what() {
    let mut story = zoomed();
    story.connects();
    let screen = story.screen(120, 32);
    assert!(screen.contains("14:03:01.126          == connecting to smtp.office365.com:587"), "{screen}");
    assert!(screen.contains("14:03:01.205   41 ms  <- 220 PN4P287CA0064"), "{screen}");
    assert!(screen.contains("14:03:01.245          -> STARTTLS"), "{screen}");
    assert!(screen.contains("14:03:01.368   84 ms  == TLS 1.3"), "since the line before: {screen}");
    assert!(screen.contains("~> AUTH LOGIN [hidden]"), "{screen}");
}

#[test]
fn a_reply_of_many_lines_says_its_time_once() {
    let mut story = zoomed();
    story.connects();
    let screen = story.screen(120, 32);
    assert!(!rows(&screen, "250-PIPELINING")[0].contains("14:03"), "{screen}");
    assert!(rows(&screen, "250-PN4P")[0].contains("14:03"), "{screen}");
}

#[test]
fn times_are_of_the_persons_own_zone() {
    let mut story = zoomed();
    story.model.zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(-5));
    story.connects();
    assert!(story.screen(120, 32).contains("09:03:01.126          == connecting"));
}

#[test]
fn in_a_narrow_place_the_time_goes_first_and_then_how_long_it_took() {
    let mut story = zoomed();
    story.connects();
    let sees = |columns: u16, text: &str| story.screen(columns, 32).contains(text);
    assert!(sees(80, "14:03:01.284   39 ms  <- 220 2.0.0"));
    assert!(!sees(66, "14:03:01") && sees(66, "   39 ms  <- 220 2.0.0"));
    assert!(!sees(50, "39 ms") && sees(50, "<- 220 2.0.0 SMTP server ready"));
}

#[test]
fn a_long_line_goes_on_below_its_words() {
    let mut story = zoomed();
    story.is_refused();
    let screen = story.screen(80, 24);
    let column = |text: &str| rows(&screen, text)[0].find(text);
    assert_eq!(column("SmtpClientAuthentication is"), column("535 5.7.139"));
}

#[test]
fn a_refusal_is_explained_below_it_with_who_can_change_it() {
    let mut story = Story::new();
    story.sends().is_refused();
    let screen = story.screen(120, 32);
    let at = |text: &str| {
        screen.lines().position(|row| row.contains(text)).unwrap_or_else(|| panic!("{text}\n{screen}"))
    };
    assert!(at("535 5.7.139") < at("\u{21b3} SMTP sending is switched off for your organisation."));
    assert!(at("\u{21b3} SMTP") < at("For your administrator: Switch it on"));
}

#[test]
fn the_message_has_a_bar_that_grows() {
    let mut story = Story::new();
    story.sends().uploads(442_086);
    let bar = |story: &Story| {
        let screen = story.screen(120, 32);
        let row = rows(&screen, "~> message, 1.8 MB")[0].to_owned();
        (row.matches('\u{2501}').count(), row)
    };
    let (before, row) = bar(&story);
    assert!(row.contains(" 25 %") && row.contains("443 KB"), "{row}");
    story.news(News::Wire(Wire::Progress { sent: 1_768_344, total: 1_768_344 }));
    let (after, row) = bar(&story);
    assert!(before == 10 && after == 40, "{before} {after}");
    assert!(row.contains("100 %") && !row.contains('\u{2500}'), "{row}");
}

#[test]
fn the_title_names_subject_place_and_encryption_and_what_fits() {
    let mut story = Story::new();
    story.sends().connects();
    let title = |columns| rows(&story.screen(columns, 32), "Log")[0].to_owned();
    assert!(
        title(120).contains("Log \u{b7} Q3 numbers \u{b7} smtp.office365.com:587 \u{b7} TLS 1.3 AES-256-GCM")
    );
    assert!(
        title(80).contains("Log \u{b7} Q3 numbers \u{b7} smtp.office365.com:587 \u{b7} TLS 1.3 \u{2500}")
    );
    assert!(title(50).contains("Log \u{b7} Q3 numbers \u{2500}") || title(50).contains("TLS 1.3"));
    assert!(title(120).contains("following \u{b7} 0.29 s"), "{}", title(120));
}

#[test]
fn who_looks_back_sees_how_much_is_below_and_the_log_does_not_run_away() {
    let mut story = Story::new();
    story.sends().uploads(0);
    story.press(Key::F(6)).press(Key::PageUp);
    // How much a page is, is known once the log was drawn.
    story.screen(80, 24);
    story.press(Key::PageUp);
    let before = story.screen(80, 24);
    story.says(true, "NOOP");
    let after = story.screen(80, 24);
    let below = |screen: &str| {
        let title = rows(screen, " below")[0].split(" below").next().unwrap().to_owned();
        title.rsplit(' ').next().unwrap().parse::<usize>().unwrap()
    };
    assert_eq!(below(&after), below(&before) + 1, "{after}");
    assert_eq!(rows(&before, "<~"), rows(&after, "<~"));
    assert!(!after.contains("NOOP"));
    story.press(Key::End);
    assert!(story.screen(80, 24).contains("following"));
}

#[test]
fn a_short_log_leaves_nothing_blank_for_nothing() {
    let mut story = zoomed();
    story.connects().press(Key::Home);
    let screen = story.screen(120, 32);
    assert!(screen.contains("connecting to") && screen.contains("AUTH LOGIN"), "{screen}");
    assert!(!screen.contains("below") && screen.contains("staying"), "all of it is in sight: {screen}");
}

#[test]
fn the_beginning_of_a_long_log_stands_at_the_top() {
    let mut story = Story::new();
    story.sends().uploads(0);
    story.press(Key::F(6)).press(Key::Home);
    let screen = story.screen(80, 24);
    let title = screen.lines().position(|row| row.starts_with(" Log")).unwrap();
    assert!(screen.lines().nth(title + 1).unwrap().contains("connecting to"), "{screen}");
}

#[test]
fn a_hundred_thousand_rows_cost_no_more_than_those_in_sight() {
    let mut story = zoomed();
    story.connects();
    for n in 0..100_000 {
        let line = Line {
            at: std::time::Duration::ZERO,
            took: None,
            mark: Mark::SentTls,
            kind: Kind::Command,
            text: format!("NOOP {n}").as_str().into(),
        };
        story.news(News::Wire(Wire::Line(line)));
    }
    let began = std::time::Instant::now();
    assert!(story.screen(120, 32).contains("NOOP 99999"));
    assert!(began.elapsed() < std::time::Duration::from_millis(500), "{:?}", began.elapsed());
}

#[test]
fn what_a_server_says_cannot_move_the_cursor_or_turn_the_text() {
    let mut story = Story::new();
    story.types("a@b.example").press(Key::Tab).press(Key::Tab).press(Key::Tab);
    story.tell(Msg::Paste("in\u{202e}voice \u{7}".to_owned())).ctrl('x').press(Key::Enter);
    story.connects().hears(true, 3, "550 5.1.1 \u{1b}[2J\u{202e}gone").reports(
        Outcome::Refused,
        Step::Rcpt,
        "550 \u{1b}[2J",
    );
    for (columns, rows) in [(120, 32), (80, 24), (50, 16)] {
        let screen = story.screen(columns, rows);
        assert!(!screen.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{screen}");
        assert!(columns < 80 || screen.contains("^[[2J<U+202E>gone"), "{screen}");
    }
}

#[test]
fn in_one_row_the_last_line_and_how_far_it_is() {
    let mut story = Story::new();
    story.sends().uploads(884_172);
    let screen = story.screen(50, 16);
    assert_eq!(screen.lines().nth(14), Some(" ~> message, 1.8 MB  50 %"), "{screen}");
}

#[test]
fn a_session_opened_ahead_that_begins_too_late_does_not_take_the_pane() {
    let mut story = Story::new();
    story.sends().connects();
    let head = Head {
        title: "Q3 (opened ahead)".into(),
        account: "work".into(),
        host: "smtp.contoso.com".into(),
        port: 587,
        started: "2026-11-21T14:03:00Z".parse().unwrap(),
    };
    let id = || "<1@contoso.com>".to_owned();
    story.tell(Msg::Prelude(id(), Prelude::Begun(head.clone())));
    story.tell(Msg::Prelude(id(), Prelude::Wire(Wire::Line(Line::remark("connecting")))));
    let mut record = Session::new(head);
    record.hear(&Wire::Line(Line::remark("connecting")));
    story.tell(Msg::Prelude(id(), Prelude::Over(Box::new(record))));
    let screen = story.screen(120, 32);
    assert!(screen.contains("Log 1/2") && screen.contains("AUTH LOGIN [hidden]"), "{screen}");
    assert_eq!(story.model.log.sessions().len(), 2, "it is in the list");
}
