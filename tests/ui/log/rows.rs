//! What stands among the lines: folds, the summary, the ids, and where the time went.

use sendoff::app::log::{Leg, Row};
use sendoff::mail::outcome::{Outcome, Report, Step};
use tui_textarea::Key;

use super::scene::{accepted, accepted_aside, ends, ms, refused, report};
use crate::ui::Story;

fn rows(story: &Story) -> Vec<Row> {
    let view = &story.model.log.view;
    (0..view.count()).filter_map(|nth| view.row(nth)).collect()
}

#[test]
fn the_id_of_the_server_stands_below_its_word_and_says_if_it_took_the_place_of_ours() {
    let screen = accepted().screen(120, 40);
    let at = |text: &str| screen.lines().position(|row| row.contains(text)).expect(text);
    assert_eq!(at("\u{21b3} accepted as <PN4P287MB1234@"), at("Queued mail for delivery") + 1);
    assert_eq!(at("your Message-ID <07070707@contoso.com> was replaced"), at("accepted as") + 1);
}

#[test]
fn the_receipt_stays_in_sight_and_the_timeline_begins_below_it() {
    for (columns, rows) in [(80, 24), (120, 40)] {
        let screen = accepted_aside().screen(columns, rows);
        let at = |text: &str| screen.lines().position(|row| row.contains(text)).expect(&screen);
        assert_eq!(
            at("your Message-ID <07070707@contoso.com> was replaced"),
            at("accepted as <PN4P287MB1234@") + 1
        );
        assert!(at("Where the time went") > at("closed"));
    }
    // Where all of it has a place, nothing of it is below the foot.
    for (columns, rows) in [(80, 24), (120, 40)] {
        let screen = accepted().screen(columns, rows);
        assert!(screen.contains("accepted as <") && screen.contains("total          1.4 s"), "{screen}");
    }
    // One that is called up again is looked at in the same way.
    let mut story = accepted();
    story.press(Key::Home).types("s").press(Key::Enter).alt('z');
    assert!(story.screen(80, 24).contains("was replaced"), "{}", story.screen(80, 24));
}

#[test]
fn an_id_that_the_server_kept_is_told_once() {
    let mut story = Story::new();
    story.sends();
    story.press(Key::F(6)).alt('z').uploads(10).step(Step::Dot);
    let reply = "250 2.0.0 <07070707@contoso.com> queued";
    story.hears(true, 5, reply);
    let server_id = Some("<07070707@contoso.com>".to_owned());
    ends(&mut story, Report { server_id, ..report(Outcome::Accepted, Step::Dot, reply) });
    assert!(rows(&story).contains(&Row::Accepted) && !rows(&story).contains(&Row::Replaced));
    let status = story.screen(120, 40).lines().last().unwrap().to_owned();
    assert!(status.ends_with("accepted: Q3 numbers  <07070707@contoso.com>"), "{status}");
}

#[test]
fn raw_is_the_lines_alone_and_the_summary_a_row_for_each_step() {
    let mut story = accepted();
    let lines = story.model.log.session().unwrap().lines().len();
    story.types("e");
    assert_eq!(rows(&story), (0..lines).map(Row::Line).collect::<Vec<_>>());
    story.types("e");
    let screen = story.screen(120, 40);
    for text in [
        "\u{2713} sign-in      212 ms  235 2.7.0 Authentication successful",
        "\u{2713} TLS          123 ms  TLS 1.3 AES-256-GCM",
        "\u{2713} EHLO          40 ms  SIZE, PIPELINING, STARTTLS, SMTPUTF8",
    ] {
        assert!(screen.contains(text), "{text}\n{screen}");
    }
    story.types("e");
    assert!(rows(&story).contains(&Row::Accepted));
}

#[test]
fn the_summary_marks_what_went_wrong_and_explains_it() {
    let mut story = refused();
    story.types("ee");
    let screen = story.screen(120, 40);
    let at = |text: &str| screen.lines().position(|row| row.contains(text)).expect(text);
    assert_eq!(
        at("\u{2717} sign-in       5.1 s  535 5.7.139") + 1,
        at("\u{21b3} SMTP sending is switched off")
    );
}

#[test]
fn a_refusal_is_not_pushed_out_of_sight_by_where_the_time_went() {
    let mut story = refused();
    assert!(!rows(&story).contains(&Row::Heading));
    assert!(story.screen(80, 24).contains("SMTP sending is switched off"));
    story.types("T");
    let screen = story.screen(80, 24);
    assert!(screen.contains("Where the time went") && screen.contains("sign-in        5.1 s"), "{screen}");
    story.types("T");
    assert!(!rows(&story).contains(&Row::Heading));
}

#[test]
fn the_timeline_has_a_bar_for_each_step_where_it_began() {
    let story = accepted();
    let legs: Vec<(&str, u128, u128)> = story
        .model
        .log
        .session()
        .unwrap()
        .timeline()
        .map(|leg| (leg.stage.as_str(), leg.start.as_millis(), leg.took().as_millis()))
        .collect();
    let expected = [
        ("look-up", 0, 3),
        ("TCP", 3, 38),
        ("greeting", 41, 41),
        ("EHLO", 82, 40),
        ("TLS", 122, 123),
        ("EHLO", 245, 41),
        ("sign-in", 286, 212),
        ("envelope", 498, 113),
        // No line says when the last byte was out: that is in the report.
        ("upload", 611, 391),
        ("acceptance", 1002, 412),
    ];
    assert_eq!(legs, expected);
    let screen = story.screen(120, 40);
    let bars: Vec<usize> = expected
        .iter()
        .enumerate()
        .skip(1)
        .map(|(nth, (name, ..))| {
            let name = if nth == 5 { "EHLO 2" } else { name };
            let row = screen.lines().find(|row| row.starts_with(&format!("\u{2503} {name:10}"))).expect(name);
            row.chars().position(|c| ('\u{2588}'..='\u{258f}').contains(&c)).expect(row)
        })
        .collect();
    assert!(bars.is_sorted(), "{bars:?}\n{screen}");
}

#[test]
fn the_time_in_which_a_session_waits_for_its_letter_is_the_persons_own() {
    let mut story = Story::new();
    story.sends();
    story.press(Key::F(6)).alt('z').connects().hears(true, 212, "235 2.7.0 Authentication successful");
    story.step(Step::Mail).waits(12_000).says(true, "MAIL FROM:<ana@contoso.com>");
    story.hears(true, 98, "250 2.1.0 Sender OK");
    let session = story.model.log.session().unwrap();
    let of = |leg: &Leg| (leg.stage.as_str(), leg.start.as_millis(), leg.took().as_millis());
    let timeline: Vec<_> = session.timeline().map(|leg| of(&leg)).collect();
    assert_eq!(timeline[6..], [("sign-in", 286, 212), ("envelope", 498, 98)]);
    let legs: Vec<_> = session.legs().iter().map(of).collect();
    assert_eq!(legs[6..], [("sign-in", 286, 212), ("waiting", 498, 12_000), ("envelope", 12_498, 98)]);
    story.types("ee");
    let screen = story.screen(120, 40);
    let row = screen.lines().find(|row| row.contains("waiting")).expect(&screen);
    assert!(row.contains("12") && !row.contains("MAIL"), "{row}");
}

#[test]
fn the_time_in_which_a_person_thinks_about_refused_recipients_is_theirs_too() {
    let mut story = Story::new();
    story.sends();
    story.press(Key::F(6)).alt('z').connects().hears(true, 212, "235 2.7.0 Authentication successful");
    story.step(Step::Mail).says(true, "MAIL FROM:<ana@contoso.com>").says(true, "RCPT TO:<bob@fabrikam.com>");
    story.hears(true, 98, "250 2.1.0 Sender OK").hears(true, 40, "550 5.1.1 User unknown");
    story.step(Step::Data).waits(19_000).says(true, "DATA").hears(true, 60, "354 go on");
    let session = story.model.log.session().unwrap();
    let of = |leg: &Leg| (leg.stage.as_str(), leg.took().as_millis());
    let timeline: Vec<_> = session.timeline().map(|leg| of(&leg)).collect();
    assert_eq!(timeline[6..], [("sign-in", 212), ("envelope", 198)]);
    let legs: Vec<_> = session.legs().iter().map(of).collect();
    assert_eq!(legs[7..], [("envelope", 138), ("waiting", 19_000), ("envelope", 60)]);
}

#[test]
fn in_a_narrow_place_the_figures_are_left() {
    let screen = accepted().screen(50, 40);
    assert!(screen.contains("acceptance   412 ms"), "{screen}");
    assert!(accepted().screen(40, 40).contains("acceptance   412 ms"));
}

#[test]
fn a_reply_of_many_lines_folds_into_one_and_opens_again() {
    let mut story = accepted();
    story.press(Key::Home);
    for _ in 0..6 {
        story.press(Key::Down);
    }
    let before = rows(&story).len();
    story.types("x");
    assert_eq!(rows(&story).len(), before - 4);
    let screen = story.screen(120, 40);
    assert!(
        screen.contains("<- 250-\u{2026} 4 extensions  SIZE, PIPELINING, STARTTLS, SMTPUTF8"),
        "{screen}"
    );
    story.types("x");
    assert_eq!(rows(&story).len(), before);
    story.press(Key::Home).types("x");
    assert!(story.screen(80, 24).lines().last().unwrap().contains("only a reply of several lines"));
}

#[test]
fn a_folded_reply_that_is_still_coming_stays_one_row() {
    let mut story = Story::new();
    story.sends();
    story.press(Key::F(6)).step(Step::Ehlo);
    story.hears(false, 4, "250-one\n250-two").types("x");
    assert_eq!(rows(&story), [Row::Fold(0, 1)]);
    story.hears(false, 1, "250-three").hears(false, 1, "250 four").says(false, "QUIT");
    assert_eq!(rows(&story), [Row::Fold(0, 3), Row::Line(4)]);
}

#[test]
fn long_lines_are_broken_or_scrolled_sideways() {
    let mut story = refused();
    let tall = |story: &Story| story.screen(80, 40).matches("aka.ms").count();
    assert_eq!(tall(&story), 1);
    story.types("w");
    assert_eq!(tall(&story), 0, "cut at the edge");
    assert!(story.screen(80, 40).contains("535 5.7.139 Authentication unsuccessful, SmtpClientA\u{2026}\n"));
    for _ in 0..9 {
        story.press(Key::Right);
    }
    assert_eq!(tall(&story), 1, "{}", story.screen(80, 40));
    assert!(story.screen(80, 40).contains("14:03:06.513   5.1 s  <~ "), "the times stay");
    story.types("w");
    assert!(story.screen(80, 40).contains("535 5.7.139"));
}

#[test]
fn the_border_says_how_it_ended() {
    assert!(accepted().screen(80, 24).contains("accepted \u{b7} 1.42 s"));
    assert!(refused().screen(80, 24).contains("refused \u{b7} 5.39 s"));
    let mut story = Story::new();
    story.sends();
    story.press(Key::F(6)).connects();
    ends(&mut story, Report { total: ms(300), ..report(Outcome::Unknown, Step::Dot, "") });
    assert!(story.screen(80, 24).contains("unknown \u{b7} 0.30 s"));
}

#[test]
fn of_a_letter_taken_for_some_the_first_refusal_is_explained_and_the_receipt_shown() {
    let mut story = Story::new();
    story.sends();
    story.press(Key::F(6)).alt('z').connects().step(Step::Rcpt);
    story.hears(true, 3, "250 2.1.5 OK").hears(true, 0, "550 5.1.1 no such user").hears(
        true,
        0,
        "550 5.1.1 nor this",
    );
    let receipt = "250 2.6.0 <x@y> queued";
    story.step(Step::Dot).hears(true, 3, receipt);
    let mut told =
        Report { server_id: Some("<x@y>".to_owned()), ..report(Outcome::Partly, Step::Dot, receipt) };
    told.recipients = vec![sendoff::mail::outcome::Recipient {
        address: sendoff::mail::address::Address::parse("nobody@contoso.com").unwrap(),
        reply: sendoff::mail::reply::Reply::parse("550 5.1.1 no such user").ok(),
    }];
    ends(&mut story, told);
    let screen = story.screen(120, 60);
    let at = |text: &str| screen.lines().position(|row| row.contains(text)).expect(text);
    assert!(at("no such user") + 1 == at("\u{21b3}") && at("\u{21b3}") < at("nor this"), "{screen}");
    assert_eq!(at("queued") + 1, at("accepted as <x@y>"));
}

#[test]
fn the_summary_keeps_up_with_what_comes_and_with_the_filter() {
    let mut story = Story::new();
    story.sends();
    story.press(Key::F(6)).alt('z').types("ee").connects();
    assert!(story.screen(80, 24).contains("\u{2191} sign-in"), "under way: {}", story.screen(80, 24));
    story.hears(true, 9, "454 4.7.0 later");
    assert!(story.screen(80, 24).contains("\u{2717} sign-in"));
    story.types("f").press(Key::Down).press(Key::Enter);
    let screen = story.screen(80, 24);
    assert!(screen.contains("sign-in") && !screen.contains("greeting"), "{screen}");
}

#[test]
fn the_cursor_stays_on_its_line_from_one_view_to_the_next() {
    let mut story = accepted();
    story.types("/STARTTLS").press(Key::Enter).types("n");
    let line = |story: &Story| story.model.log.view.line().unwrap();
    let here = line(&story);
    story.types("e");
    assert_eq!(line(&story), here, "raw");
    story.types("e");
    let screen = story.screen(120, 40);
    let row = screen.lines().find(|row| row.contains('\u{25b8}')).unwrap();
    assert!(row.contains("TLS"), "the step that it belongs to: {row}");
}

#[test]
fn the_goodbye_does_not_push_the_explanation_out_of_six_rows() {
    let mut story = Story::new();
    story.sends().is_refused();
    story.step(Step::Quit).says(true, "QUIT").hears(true, 3, "221 2.0.0 bye").note(1, "closed");
    let screen = story.screen(80, 24);
    assert!(screen.contains("\u{21b3} SMTP sending is switched off"), "{screen}");
    assert!(screen.contains("refused \u{b7} 3 below"), "{screen}");
    // The same when one comes back to it.
    story.press(Key::F(6)).types("s").press(Key::Enter);
    assert!(story.screen(80, 24).contains("\u{21b3} SMTP sending is switched off"));
    // Where one looks oneself, nothing moves.
    let mut story = Story::new();
    story.sends().connects().press(Key::F(6)).press(Key::Home);
    let reply = "535 5.7.3 Authentication unsuccessful";
    story.hears(true, 3, reply);
    ends(&mut story, report(Outcome::Refused, Step::Auth, reply));
    assert_eq!(story.model.log.view.cursor, 0);
}
