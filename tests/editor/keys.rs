use super::{alt, assert_shows, body, ctrl, field, key, press, shift};
use sendoff::app::editor::Edit;
use tui_textarea::{Input, Key};

#[test]
fn readline_keys_do_what_they_do_everywhere() {
    let stories: [(&str, &[Input], &str); 19] = [
        ("one two|", &[ctrl('a')], "|one two"),
        ("one| two", &[ctrl('e')], "one two|"),
        ("one| two", &[ctrl('b')], "on|e two"),
        ("one| two", &[ctrl('f')], "one |two"),
        ("one| two", &[ctrl('h')], "on| two"),
        ("one| two", &[ctrl('d')], "one|two"),
        ("one| two", &[ctrl('k')], "one|"),
        ("one| two", &[ctrl('u')], "| two"),
        ("to ana@contoso.com |", &[ctrl('w')], "to |"),
        ("to ana@contoso.com|", &[alt(Key::Backspace)], "to ana@|"),
        ("to ana@contoso.com|", &[alt(Key::Char('b'))], "to ana@|contoso.com"),
        ("to| ana@contoso.com", &[alt(Key::Char('f'))], "to ana|@contoso.com"),
        ("to| ana@contoso.com", &[alt(Key::Char('d'))], "to|@contoso.com"),
        ("one two| three", &[ctrl('w'), ctrl('y')], "one two| three"),
        ("one two| three", &[ctrl('w'), ctrl('k'), ctrl('a'), ctrl('y')], "two three|one "),
        ("one two|", &[ctrl('w'), ctrl('w'), ctrl('y'), ctrl('y')], "one twoone two|"),
        ("one two|", &[ctrl('w'), ctrl('a'), ctrl('k'), ctrl('k'), ctrl('y')], "one |"),
        ("one |two", &[ctrl('u'), ctrl('u'), ctrl('e'), ctrl('y')], "twoone |"),
        ("one| two", &[ctrl('k'), ctrl('a'), ctrl('u'), ctrl('y')], " two|one"),
    ];
    for (before, keys, after) in stories {
        let mut editor = field(before);
        press(&mut editor, keys);
        assert_shows(&editor, after);
    }
}

#[test]
fn kills_at_the_edge_of_a_line() {
    let mut editor = body("one\n|two");
    assert_eq!(editor.key(&ctrl('u')), Some(false), "Ctrl-U never joins lines");
    assert_eq!(editor.key(&ctrl('k')), Some(true));
    assert_shows(&editor, "one\n|");
    editor.edit(Edit::Left);
    assert_eq!(editor.key(&ctrl('k')), Some(true), "Ctrl-K takes the newline when nothing else is left");
    assert_shows(&editor, "one|");
    assert_eq!(editor.key(&ctrl('k')), Some(false));
}

#[test]
fn keys_that_move_over_the_whole_text() {
    let mut editor = body("one two\nthree| four\nfive");
    for (key, after) in [
        (Input { ctrl: true, ..key(Key::Right) }, "one two\nthree four|\nfive"),
        (Input { ctrl: true, ..key(Key::Right) }, "one two\nthree four\n|five"),
        (key(Key::End), "one two\nthree four\nfive|"),
        (Input { ctrl: true, ..key(Key::Left) }, "one two\nthree four\n|five"),
        (Input { ctrl: true, ..key(Key::Left) }, "one two\nthree four|\nfive"),
        (key(Key::Home), "one two\n|three four\nfive"),
        (Input { ctrl: true, ..key(Key::End) }, "one two\nthree four\nfive|"),
        (Input { ctrl: true, ..key(Key::Home) }, "|one two\nthree four\nfive"),
    ] {
        assert_eq!(editor.key(&key), Some(false));
        assert_shows(&editor, after);
    }
}

#[test]
fn keys_of_the_application_are_left_to_it() {
    let mut editor = body("one|");
    for other in [ctrl('x'), ctrl('s'), ctrl('z'), alt(Key::Char('u')), key(Key::F(1)), key(Key::Tab)] {
        assert_eq!(editor.key(&other), None);
    }
    assert_shows(&editor, "one|");
}

#[test]
fn shift_selects_and_anything_else_lets_go() {
    let mut editor = body("one |two\nthree");
    press(&mut editor, &[shift(Key::Down), shift(Key::Left)]);
    assert_eq!(editor.selection().as_deref(), Some("two\nthr"));
    press(&mut editor, &[key(Key::Left)]);
    assert_eq!(editor.selection(), None);
    editor.edit(Edit::SelectAll);
    assert_eq!(editor.selection().as_deref(), Some("one two\nthree"));
    editor.edit(Edit::Unselect);
    assert_eq!(editor.selection(), None);
}
