use super::{assert_shows, body, key, press, shift, type_text};
use sendoff::app::editor::{Edit, Editor};
use tui_textarea::Key;

#[test]
fn undo_takes_back_a_word_at_a_time() {
    let mut editor = Editor::body("");
    type_text(&mut editor, "the quick  fox");
    for expected in ["the quick|", "the|", "|"] {
        assert!(editor.undo());
        assert_shows(&editor, expected);
    }
    assert!(!editor.undo());
    for expected in ["the|", "the quick|", "the quick  fox|"] {
        assert!(editor.redo());
        assert_shows(&editor, expected);
    }
    assert!(!editor.redo());
}

#[test]
fn an_undo_step_ends_where_the_hand_does_something_else() {
    let mut editor = Editor::body("");
    type_text(&mut editor, "ab");
    editor.edit(Edit::Newline);
    type_text(&mut editor, "cd");
    press(&mut editor, &[key(Key::Left), key(Key::Right)]);
    type_text(&mut editor, "ef");
    editor.insert("paste");
    press(&mut editor, &[key(Key::Backspace), key(Key::Backspace), key(Key::Left), key(Key::Delete)]);
    assert_shows(&editor, "ab\ncdefpa|");
    let steps = ["ab\ncdefpa|s", "ab\ncdefpaste|", "ab\ncdef|", "ab\ncd|", "ab\n|", "ab|", "|"];
    for expected in steps {
        assert!(editor.undo());
        assert_shows(&editor, expected);
    }
    assert!(!editor.undo());
}

#[test]
fn typing_over_a_selection_is_one_step() {
    let mut editor = body("Hi |Bob");
    press(&mut editor, &[shift(Key::End)]);
    type_text(&mut editor, "Carol");
    assert_shows(&editor, "Hi Carol|");
    editor.undo();
    assert_shows(&editor, "Hi Bob|");
}

#[test]
fn what_was_undone_is_gone_once_something_is_typed() {
    let mut editor = Editor::field("");
    type_text(&mut editor, "a");
    editor.undo();
    type_text(&mut editor, "b");
    assert!(!editor.redo());
    assert_eq!(editor.text(), "b");
}

#[test]
fn setting_the_text_is_one_step() {
    let mut editor = body("Hi\n|both");
    editor.set_text("Hello\nBob");
    assert_shows(&editor, "|Hello\nBob");
    editor.undo();
    assert_shows(&editor, "Hi\n|both");
    let mut subject = Editor::field("Q3");
    subject.set_text("Q3 numbers");
    assert_shows(&subject, "Q3 numbers|");
}
