//! The keys of the editor: the arrows and their company, and what readline has taught every hand. The application's own
//! keys come before these, and undo is one of them.

use super::{Edit, Editor, Kind, Streak};
use tui_textarea::{Input, Key};

impl Editor {
    /// Does what the key says: whether the text changed, or none when it is not a key of the editor. In a field Enter,
    /// Up and Down are not: they lead to other fields.
    pub fn key(&mut self, input: &Input) -> Option<bool> {
        if let Input { key: Key::Char(c), ctrl: false, alt: false, .. } = *input
            && !c.is_control()
        {
            self.streak = Streak::None;
            return Some(self.put(Kind::Typing, c.encode_utf8(&mut [0; 4])));
        }
        let edit = edit(input)?;
        let leaves = [Edit::Newline, Edit::Up, Edit::Down, Edit::PageUp, Edit::PageDown];
        if self.one_line && leaves.contains(&edit) {
            return None;
        }
        if input.shift && is_arrow(input.key) {
            self.select(edit);
            return Some(false);
        }
        Some(self.edit(edit))
    }
}

fn edit(input: &Input) -> Option<Edit> {
    Some(match (input.ctrl, input.alt, input.key) {
        (false, false, Key::Left) | (true, false, Key::Char('b')) => Edit::Left,
        (false, false, Key::Right) | (true, false, Key::Char('f')) => Edit::Right,
        (false, false, Key::Up) => Edit::Up,
        (false, false, Key::Down) => Edit::Down,
        (true, false, Key::Left) | (false, true, Key::Left | Key::Char('b')) => Edit::WordLeft,
        (true, false, Key::Right) | (false, true, Key::Right | Key::Char('f')) => Edit::WordRight,
        (false, false, Key::Home) | (true, false, Key::Char('a')) => Edit::LineStart,
        (false, false, Key::End) | (true, false, Key::Char('e')) => Edit::LineEnd,
        (true, false, Key::Home) => Edit::Top,
        (true, false, Key::End) => Edit::Bottom,
        (false, false, Key::PageUp) => Edit::PageUp,
        (false, false, Key::PageDown) => Edit::PageDown,
        (false, false, Key::Backspace) | (true, false, Key::Char('h')) => Edit::Backspace,
        (false, false, Key::Delete) | (true, false, Key::Char('d')) => Edit::Delete,
        (true, false, Key::Char('w')) => Edit::WordBack,
        (true, false, Key::Backspace) | (false, true, Key::Backspace) => Edit::PartBack,
        (true, false, Key::Delete) | (false, true, Key::Delete | Key::Char('d')) => Edit::WordForward,
        (true, false, Key::Char('k')) => Edit::KillToEnd,
        (true, false, Key::Char('u')) => Edit::KillToStart,
        (true, false, Key::Char('y')) => Edit::Yank,
        // What a terminal sends for newlines when it does not mark a paste as one.
        (false, false, Key::Enter | Key::Char('\n' | '\r')) | (true, false, Key::Char('j' | 'm')) => {
            Edit::Newline
        }
        _ => return None,
    })
}

fn is_arrow(key: Key) -> bool {
    use Key::{Down, End, Home, Left, PageDown, PageUp, Right, Up};
    matches!(key, Left | Right | Up | Down | Home | End | PageUp | PageDown)
}
