use sendoff::app::editor::{Edit, Editor};

mod editing;
mod keys;
mod random;
mod undo;
mod view;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use tui_textarea::{Input, Key};
use unicode_segmentation::UnicodeSegmentation as _;

const FAMILY: &str = "👨\u{200d}👩\u{200d}👧";
const FLAG: &str = "🇮🇳";
const ACUTE_E: &str = "e\u{301}";
const HEART: &str = "❤\u{fe0f}";

fn key(key: Key) -> Input {
    Input { key, ..Input::default() }
}

fn ctrl(c: char) -> Input {
    Input { key: Key::Char(c), ctrl: true, ..Input::default() }
}

fn alt(key: Key) -> Input {
    Input { key, alt: true, ..Input::default() }
}

fn shift(key: Key) -> Input {
    Input { key, shift: true, ..Input::default() }
}

fn type_text(editor: &mut Editor, text: &str) {
    for c in text.chars() {
        assert_eq!(editor.key(&key(Key::Char(c))), Some(true));
    }
}

fn press(editor: &mut Editor, keys: &[Input]) {
    for key in keys {
        assert!(editor.key(key).is_some(), "{key:?} is a key of the editor");
    }
}

/// A body with the cursor where the bar is.
fn body(text: &str) -> Editor {
    let (before, after) = text.split_once('|').expect("a bar for the cursor");
    let mut editor = Editor::body(after);
    editor.insert(before);
    editor
}

/// A field with the cursor where the bar is.
fn field(text: &str) -> Editor {
    let (before, after) = text.split_once('|').expect("a bar for the cursor");
    let mut editor = Editor::field(after);
    editor.edit(Edit::Top);
    editor.insert(before);
    editor
}

/// The text, with a bar where the cursor is.
#[track_caller]
fn assert_shows(editor: &Editor, expected: &str) {
    let (line, column) = editor.cursor();
    let mut lines: Vec<_> = editor.text().split('\n').map(str::to_owned).collect();
    let byte = lines[line].grapheme_indices(true).nth(column).map_or(lines[line].len(), |(byte, _)| byte);
    lines[line].insert(byte, '|');
    assert_eq!(lines.join("\n"), expected);
}

/// The text on an empty screen, the selection in blue.
fn drawn(editor: &Editor, area: Rect) -> Buffer {
    let mut buf = Buffer::empty(area);
    editor.draw(area, &mut buf, Style::new(), Style::new().bg(Color::Blue));
    buf
}
