use super::{drawn, key};
use ratatui::buffer::CellWidth as _;
use ratatui::layout::Rect;
use sendoff::app::editor::{Edit, Editor};
use tui_textarea::Key;
use unicode_segmentation::UnicodeSegmentation as _;

/// A generator of the kind printed in every textbook: the same numbers on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % sides
    }

    fn pick<T: Copy>(&mut self, things: &[T]) -> T {
        things[self.roll(things.len())]
    }
}

#[rustfmt::skip]
const NASTY: [&str; 32] = [
    "a", "b c", "- q3, Q3.", "https://contoso.com/", " ", "   ", "\u{a0}", "\t", "\n", "\r\n", "\r", "\u{2028}",
    "\0", "\u{1b}[31m", "\u{7f}\u{85}", "e\u{301}", "\u{301}", "👨\u{200d}👩\u{200d}👧", "\u{200d}", "🇮", "🇮🇳",
    "❤\u{fe0f}", "👍🏽", "漢字", "ｶﾞ", "ᄀ", "क्षि", "กำ", "\u{600}", "\u{200b}", "\u{202e}", "\u{200f}",
];

const MOTIONS: usize = 12;

#[rustfmt::skip]
const EDITS: [Edit; 25] = [
    Edit::Left, Edit::Right, Edit::Up, Edit::Down, Edit::WordLeft, Edit::WordRight, Edit::LineStart, Edit::LineEnd,
    Edit::Top, Edit::Bottom, Edit::PageUp, Edit::PageDown,
    Edit::Backspace, Edit::Delete, Edit::WordBack, Edit::PartBack, Edit::WordForward, Edit::KillToEnd,
    Edit::KillToStart, Edit::Yank, Edit::Newline, Edit::SelectAll, Edit::Unselect, Edit::Copy, Edit::Cut,
];

fn act(editor: &mut Editor, dice: &mut Dice) {
    let before = editor.text();
    let changed = match dice.roll(16) {
        0..4 => editor.edit(dice.pick(&EDITS)),
        4 => {
            editor.select(dice.pick(&EDITS[..MOTIONS]));
            false
        }
        5..9 => {
            let paste: Vec<_> = (0..8).map(|_| dice.pick(&NASTY)).collect();
            editor.insert(&paste.concat());
            return;
        }
        9..13 => {
            let c = dice.pick(&NASTY).chars().next().expect("none of them is empty");
            editor.key(&key(Key::Char(c))).unwrap_or(false)
        }
        13 => match dice.roll(4) {
            0 => editor.redo(),
            _ => editor.undo(),
        },
        14 => {
            let backward = dice.roll(2) == 0;
            editor.find(dice.pick(&NASTY), backward);
            false
        }
        _ => {
            editor.scroll(i16::try_from(dice.roll(9)).expect("small") - 4);
            false
        }
    };
    assert_eq!(changed, editor.text() != before, "says whether the text changed");
}

/// What holds whatever was done: clean text, the cursor in it, and on the screen over what it stands on.
fn assert_sound(editor: &Editor, one_line: bool, dice: &mut Dice) {
    let text = editor.text();
    assert!(!text.contains(|c: char| c.is_control() && (one_line || !matches!(c, '\n' | '\t'))), "{text:?}");
    assert_eq!((editor.is_empty(), editor.line_count()), (text.is_empty(), text.split('\n').count()));
    let (line, column) = editor.cursor();
    let clusters: Vec<_> = text.split('\n').nth(line).expect("the cursor's line").graphemes(true).collect();
    assert!(column <= clusters.len());

    let size = |dice: &mut Dice| u16::try_from(dice.roll(13)).expect("small");
    let area = Rect::new(0, 0, size(dice), size(dice) / 3);
    let first = editor.screen_cursor(area);
    let buf = drawn(editor, area);
    assert_eq!(first, editor.screen_cursor(area), "the same before and after drawing");
    let Some(at) = first else { return };
    assert!(area.contains(at));
    let Some(under) = clusters.get(column) else { return };
    let fits =
        !under.starts_with(char::is_whitespace) && (1..=area.right() - at.x).contains(&under.cell_width());
    assert!(!fits || buf[at].symbol() == *under, "{under:?} at {at:?} in {buf:?}");
}

fn play(one_line: bool) {
    let blank = || if one_line { Editor::field("") } else { Editor::body("") };
    let mut dice = Dice(2026);
    let mut editor = blank();
    for turn in 1..=10_000 {
        act(&mut editor, &mut dice);
        assert_sound(&editor, one_line, &mut dice);
        if turn % 400 == 0 {
            let now = editor.text();
            let undone = std::iter::from_fn(|| editor.undo().then_some(())).count();
            assert_eq!(editor.text(), "", "undo leads back to where it began");
            assert!((0..undone).all(|_| editor.redo()));
            assert_eq!(editor.text(), now);
            editor = blank();
        }
    }
}

#[test]
fn no_hand_can_break_a_body() {
    play(false);
}

#[test]
fn no_hand_can_break_a_field() {
    play(true);
}
