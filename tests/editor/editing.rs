use super::{ACUTE_E, FAMILY, FLAG, HEART, assert_shows, body, field, key, type_text};
use sendoff::app::editor::{Edit, Editor};
use tui_textarea::Key;

#[test]
fn a_cluster_is_one_step_and_one_backspace() {
    let text = format!("{FAMILY}{FLAG}{FLAG}{ACUTE_E}{HEART}");
    let mut editor = Editor::field(&text);
    assert_eq!(editor.cursor(), (0, 5));
    for column in (0..5).rev() {
        editor.edit(Edit::Left);
        assert_eq!(editor.cursor(), (0, column));
    }
    editor.edit(Edit::Right);
    assert_shows(&editor, &format!("{FAMILY}|{FLAG}{FLAG}{ACUTE_E}{HEART}"));
    assert!(editor.edit(Edit::Backspace));
    assert!(editor.edit(Edit::Delete));
    assert_shows(&editor, &format!("|{FLAG}{ACUTE_E}{HEART}"));
}

#[test]
fn the_cursor_is_never_inside_a_cluster_that_grew_around_it() {
    let mut editor = field("|\u{301}lan");
    type_text(&mut editor, "e");
    assert_eq!(editor.cursor(), (0, 1));
    editor.edit(Edit::Backspace);
    assert_eq!(editor.text(), "lan");
}

#[test]
fn words_begin_and_end_between_clusters() {
    let mut editor = field("|กำ");
    editor.edit(Edit::WordRight);
    assert_shows(&editor, "กำ|");
    let mut editor = field("a \u{301}b|");
    editor.edit(Edit::WordBack);
    assert_shows(&editor, "a|");
}

#[test]
fn lines_join_and_part() {
    let mut editor = body("Hi both,\n|the numbers");
    editor.edit(Edit::Backspace);
    assert_shows(&editor, "Hi both,|the numbers");
    assert_eq!(editor.key(&key(Key::Char('\r'))), Some(true));
    editor.edit(Edit::Left);
    editor.edit(Edit::Delete);
    assert_shows(&editor, "Hi both,|the numbers");
}

#[test]
fn a_paste_is_cleaned_and_one_step() {
    let mut editor = body("|.");
    editor.insert("a\r\nb\rc\nd\u{2028}e\tf\0\u{1b}[31m\u{7f}\u{85}\u{9b}g");
    assert_shows(&editor, "a\nb\nc\nd\ne\tf[31mg|.");
    editor.undo();
    assert_shows(&editor, "|.");
    editor.insert("\0\u{1b}");
    assert!(!editor.undo(), "nothing came in, so there is nothing to take back");
}

#[test]
fn a_field_is_one_line_whatever_comes() {
    let mut editor = Editor::field("Q3\r\n\r\nnumbers");
    assert_shows(&editor, "Q3 numbers|");
    editor.insert(" and\ncharts\tof");
    assert_shows(&editor, "Q3 numbers and charts of|");
    assert!(!editor.edit(Edit::Newline));
    let others = [Key::Enter, Key::Up, Key::Down, Key::PageUp, Key::PageDown, Key::Tab, Key::Esc];
    for other in others.into_iter().chain(['\n', '\r', '\0', '\t'].map(Key::Char)) {
        assert_eq!(editor.key(&key(other)), None, "{other:?} leads out of the field");
    }
    editor.set_text("\n");
    assert_eq!((editor.text().as_str(), editor.line_count()), (" ", 1));
}

#[test]
fn cut_copy_and_yank() {
    let mut editor = body("|one two");
    editor.select(Edit::WordRight);
    assert!(!editor.edit(Edit::Copy));
    assert_eq!((editor.killed(), editor.selection().as_deref()), ("one", Some("one")));
    assert!(editor.edit(Edit::Cut));
    editor.edit(Edit::Bottom);
    editor.edit(Edit::Yank);
    assert_shows(&editor, " twoone|");
    assert!(!editor.edit(Edit::Cut), "nothing is selected");
    let mut subject = Editor::field("");
    subject.set_killed("two\nlines");
    subject.edit(Edit::Yank);
    assert_eq!(subject.text(), "two lines");
}

#[test]
fn find_is_plain_ignores_case_and_goes_round() {
    let mut editor = body("|Totals (Q3)\nsee q3 and Q3.");
    for expected in [
        "Totals (|Q3)\nsee q3 and Q3.",
        "Totals (Q3)\nsee |q3 and Q3.",
        "Totals (Q3)\nsee q3 and |Q3.",
        "Totals (|Q3)\nsee q3 and Q3.",
    ] {
        assert!(editor.find("Q3", false));
        assert_shows(&editor, expected);
    }
    assert!(editor.find("q3", true));
    assert_shows(&editor, "Totals (Q3)\nsee q3 and |Q3.");
    assert!(editor.find("(q3)", false));
    assert_shows(&editor, "Totals |(Q3)\nsee q3 and Q3.");
    for missing in ["Q.", "^see", "", "Q4", "3)\nsee"] {
        assert!(!editor.find(missing, false), "{missing:?}");
    }
    assert_shows(&editor, "Totals |(Q3)\nsee q3 and Q3.");
}

#[test]
fn edits_reach_every_place_of_a_very_large_text() {
    let long = "x".repeat(70_000);
    let mut editor = Editor::body(&format!("{}{long}", "\n".repeat(70_000)));
    editor.edit(Edit::Bottom);
    editor.edit(Edit::Left);
    type_text(&mut editor, "a");
    editor.edit(Edit::Backspace);
    editor.edit(Edit::LineStart);
    editor.insert("b\n");
    assert_eq!(editor.cursor(), (70_001, 0));
    editor.edit(Edit::Top);
    assert!(editor.find("xb", true) || editor.find("b", true));
    assert_eq!(editor.cursor(), (70_000, 0));
    while editor.undo() {}
    assert_eq!(editor.text(), format!("{}{long}", "\n".repeat(70_000)));
}
