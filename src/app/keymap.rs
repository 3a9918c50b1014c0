//! Which key asks for what. One table makes the bindings, the help and the footer; a configuration may lay others over it.

use std::collections::BTreeMap;

use tui_textarea::{Input, Key};

use super::action::Action;
use super::model::Pane;

/// A key with its modifiers. Shift counts only where the character does not say it already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Press {
    pub key: Key,
    pub ctrl: bool,
    pub alt: bool,
    pub shift: bool,
}

/// Where a binding holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    Everywhere,
    Compose,
    /// Accounts, outbox and log: panes in which letters are keys.
    Lists,
    Accounts,
    Outbox,
    Log,
}

#[derive(Debug, Clone, Copy)]
pub struct Binding {
    pub scope: Scope,
    pub press: Press,
    pub action: Action,
}

/// All bindings in force.
#[derive(Debug, Clone)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

/// A line of `[keys]` that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    #[error("[keys] \u{201c}{0}\u{201d} is no key; write ctrl-x, alt-n, f6, enter, shift-tab or a letter")]
    NoKey(String),
    #[error("[keys] \u{201c}{0}\u{201d} = \u{201c}{1}\u{201d}: there is no such command; F1 lists them")]
    NoAction(String, String),
}

#[rustfmt::skip]
const DEFAULTS: &[(Scope, &str, Action)] = &[
    (Scope::Everywhere, "ctrl-x", Action::Send),
    (Scope::Everywhere, "ctrl-t", Action::Attach),
    (Scope::Everywhere, "alt-e", Action::EditExternally),
    (Scope::Everywhere, "alt-n", Action::NextAccount),
    (Scope::Everywhere, "alt-p", Action::PreviousAccount),
    (Scope::Everywhere, "f6", Action::NextPane),
    (Scope::Everywhere, "alt-w", Action::NextPane),
    (Scope::Everywhere, "shift-f6", Action::PreviousPane),
    (Scope::Everywhere, "f1", Action::Help),
    (Scope::Everywhere, "alt-h", Action::Help),
    (Scope::Everywhere, "alt-x", Action::Palette),
    (Scope::Everywhere, "alt-z", Action::Zoom),
    (Scope::Everywhere, "ctrl-n", Action::New),
    (Scope::Everywhere, "ctrl-o", Action::Drafts),
    (Scope::Everywhere, "ctrl-s", Action::Save),
    (Scope::Everywhere, "ctrl-f", Action::Find),
    (Scope::Everywhere, "alt-u", Action::Undo),
    (Scope::Everywhere, "alt-r", Action::Redo),
    (Scope::Everywhere, "ctrl-c", Action::Cancel),
    (Scope::Everywhere, "ctrl-z", Action::Suspend),
    (Scope::Everywhere, "ctrl-l", Action::Redraw),
    (Scope::Everywhere, "ctrl-q", Action::Quit),
    (Scope::Compose, "tab", Action::NextField),
    (Scope::Compose, "shift-tab", Action::PreviousField),
    (Scope::Lists, "up", Action::Up),
    (Scope::Lists, "k", Action::Up),
    (Scope::Lists, "down", Action::Down),
    (Scope::Lists, "j", Action::Down),
    (Scope::Lists, "pageup", Action::PageUp),
    (Scope::Lists, "pagedown", Action::PageDown),
    (Scope::Lists, "home", Action::Top),
    (Scope::Lists, "end", Action::Bottom),
    (Scope::Lists, "enter", Action::Open),
    (Scope::Lists, "esc", Action::Back),
    (Scope::Lists, "tab", Action::NextPane),
    (Scope::Lists, "shift-tab", Action::PreviousPane),
    (Scope::Accounts, "i", Action::SignIn),
    (Scope::Accounts, "o", Action::SignOut),
    (Scope::Accounts, "a", Action::AddAccount),
    (Scope::Accounts, "e", Action::EditAccount),
    (Scope::Accounts, "c", Action::DuplicateAccount),
    (Scope::Accounts, "K", Action::MoveUp),
    (Scope::Accounts, "J", Action::MoveDown),
    (Scope::Accounts, "x", Action::SwitchAccount),
    (Scope::Accounts, "D", Action::DefaultAccount),
    (Scope::Accounts, "d", Action::Discard),
    (Scope::Accounts, "u", Action::PutBack),
    (Scope::Accounts, "w", Action::WriteExample),
    (Scope::Accounts, "s", Action::TrySandbox),
    (Scope::Accounts, "t", Action::TestAccount),
    (Scope::Accounts, "p", Action::Secrets),
    (Scope::Outbox, "d", Action::Discard),
    (Scope::Log, "[", Action::OlderSession),
    (Scope::Log, "]", Action::NewerSession),
    (Scope::Log, "m", Action::ShowMail),
    (Scope::Log, "g", Action::Top),
    (Scope::Log, "G", Action::Bottom),
    (Scope::Log, "/", Action::Search),
    (Scope::Log, "ctrl-f", Action::Search),
    (Scope::Log, "n", Action::NextMatch),
    (Scope::Log, "N", Action::PreviousMatch),
    (Scope::Log, "p", Action::Problem),
    (Scope::Log, "!", Action::Problem),
    (Scope::Log, "f", Action::Filter),
    (Scope::Log, "e", Action::Telling),
    (Scope::Log, "x", Action::Fold),
    (Scope::Log, "T", Action::Timeline),
    (Scope::Log, "w", Action::Wrap),
    (Scope::Log, "left", Action::Left),
    (Scope::Log, "h", Action::Left),
    (Scope::Log, "right", Action::Right),
    (Scope::Log, "l", Action::Right),
    (Scope::Log, "v", Action::Select),
    (Scope::Log, "y", Action::Copy),
    (Scope::Log, "Y", Action::CopySession),
    (Scope::Log, "t", Action::Certificate),
    (Scope::Log, "c", Action::Capabilities),
    (Scope::Log, "s", Action::Sessions),
    (Scope::Log, "o", Action::Export),
    (Scope::Log, "a", Action::Note),
];

impl Default for Keymap {
    fn default() -> Self {
        let bindings = DEFAULTS.iter().map(|&(scope, key, action)| {
            let press = Press::parse(key).expect("every default key parses; a test reads them all");
            Binding { scope, press, action }
        });
        Self { bindings: bindings.collect() }
    }
}

impl Keymap {
    /// The defaults with the lines of `[keys]` laid over them. A key that is bound anew loses its old meaning everywhere.
    pub fn with(keys: &BTreeMap<String, String>) -> (Self, Vec<KeyError>) {
        let (mut keymap, mut errors) = (Self::default(), Vec::new());
        for (key, name) in keys {
            match (Press::parse(key), Action::named(name)) {
                (None, _) => errors.push(KeyError::NoKey(key.clone())),
                (_, None) => errors.push(KeyError::NoAction(key.clone(), name.clone())),
                (Some(press), Some(action)) => {
                    let is_letter = matches!(press.key, Key::Char(_)) && !press.ctrl && !press.alt;
                    let scope = if is_letter { Scope::Lists } else { Scope::Everywhere };
                    keymap.bindings.retain(|binding| binding.press != press);
                    keymap.bindings.push(Binding { scope, press, action });
                }
            }
        }
        (keymap, errors)
    }

    /// What `input` asks for in `pane`: the pane's own bindings before the general ones.
    pub fn action(&self, pane: Pane, input: &Input) -> Option<Action> {
        let press = Press::of(input);
        let scopes: [Option<Scope>; 3] = match pane {
            Pane::Compose => [Some(Scope::Compose), None, Some(Scope::Everywhere)],
            Pane::Accounts => [Some(Scope::Accounts), Some(Scope::Lists), Some(Scope::Everywhere)],
            Pane::Outbox => [Some(Scope::Outbox), Some(Scope::Lists), Some(Scope::Everywhere)],
            Pane::Log => [Some(Scope::Log), Some(Scope::Lists), Some(Scope::Everywhere)],
        };
        let binding =
            |scope| self.bindings.iter().rfind(|binding| binding.scope == scope && binding.press == press);
        scopes.into_iter().flatten().find_map(binding).map(|binding| binding.action)
    }

    /// The key to show for an action: the one bound last by the person, else the first of the defaults.
    pub fn key_for(&self, action: Action) -> Option<String> {
        self.bindings.iter().find(|binding| binding.action == action).map(|binding| binding.press.to_string())
    }

    pub fn bindings(&self) -> &[Binding] {
        &self.bindings
    }
}

impl Press {
    pub fn of(input: &Input) -> Self {
        let Input { key, ctrl, alt, shift } = *input;
        match key {
            // Terminals send Ctrl with a letter without its case, and a shifted letter as a capital.
            Key::Char(c) if ctrl => Self { key: Key::Char(c.to_ascii_lowercase()), ctrl, alt, shift: false },
            Key::Char(_) => Self { key, ctrl, alt, shift: false },
            _ => Self { key, ctrl, alt, shift },
        }
    }

    /// Reads `ctrl-x`, `shift-tab`, `f6`, `[`.
    pub fn parse(text: &str) -> Option<Self> {
        let (mut rest, mut press) = (text, Self { key: Key::Null, ctrl: false, alt: false, shift: false });
        loop {
            let (flag, after) = match rest.split_once('-') {
                Some(("ctrl", after)) => (&mut press.ctrl, after),
                Some(("alt", after)) => (&mut press.alt, after),
                Some(("shift", after)) => (&mut press.shift, after),
                _ => break,
            };
            *flag = true;
            rest = after;
        }
        let mut chars = rest.chars();
        press.key = match rest {
            "tab" => Key::Tab,
            "enter" => Key::Enter,
            "esc" => Key::Esc,
            "space" => Key::Char(' '),
            "up" => Key::Up,
            "down" => Key::Down,
            "left" => Key::Left,
            "right" => Key::Right,
            "home" => Key::Home,
            "end" => Key::End,
            "pageup" => Key::PageUp,
            "pagedown" => Key::PageDown,
            "delete" => Key::Delete,
            "backspace" => Key::Backspace,
            _ => match (chars.next()?, chars.as_str()) {
                (c, "") if !c.is_control() => Key::Char(c),
                ('f', number) => Key::F(number.parse().ok().filter(|n| (1..=24).contains(n))?),
                _ => return None,
            },
        };
        Some(press)
    }
}

/// As people write keys: `Ctrl-X`, `Shift-Tab`, `F6`, `m`.
impl std::fmt::Display for Press {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (is_on, name) in [(self.ctrl, "Ctrl-"), (self.alt, "Alt-"), (self.shift, "Shift-")] {
            if is_on {
                f.write_str(name)?;
            }
        }
        match self.key {
            Key::Char(' ') => f.write_str("Space"),
            Key::Char(c) if self.ctrl || self.alt => write!(f, "{}", c.to_uppercase()),
            Key::Char(c) => write!(f, "{c}"),
            Key::F(n) => write!(f, "F{n}"),
            Key::PageUp => f.write_str("PgUp"),
            Key::PageDown => f.write_str("PgDn"),
            Key::Delete => f.write_str("Del"),
            Key::Up => f.write_str("\u{2191}"),
            Key::Down => f.write_str("\u{2193}"),
            Key::Left => f.write_str("\u{2190}"),
            Key::Right => f.write_str("\u{2192}"),
            key => write!(f, "{key:?}"),
        }
    }
}
