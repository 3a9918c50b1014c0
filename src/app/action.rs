//! What a person may ask for: every one has a name to bind and a line in the help.

/// An intent. Not a key (`keymap` leads to it), not an event (`msg`), not a deed (`effect`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    NextField,
    PreviousField,
    NextPane,
    PreviousPane,
    Send,
    Attach,
    EditExternally,
    NextAccount,
    PreviousAccount,
    Undo,
    Redo,
    New,
    Drafts,
    Save,
    Find,
    Zoom,
    Palette,
    Help,
    Cancel,
    Suspend,
    Redraw,
    Quit,
    Up,
    Down,
    PageUp,
    PageDown,
    Top,
    Bottom,
    Open,
    Back,
    Discard,
    WriteExample,
    TrySandbox,
    SandboxScenario,
    OlderSession,
    NewerSession,
    ShowMail,
}

/// One row of the table from which help, palette and footer are made.
#[derive(Debug, Clone, Copy)]
pub struct Described {
    pub action: Action,
    /// What a configuration calls it.
    pub name: &'static str,
    /// A word or two for the footer.
    pub short: &'static str,
    /// A line for the help.
    pub says: &'static str,
}

const fn row(action: Action, name: &'static str, short: &'static str, says: &'static str) -> Described {
    Described { action, name, short, says }
}

#[rustfmt::skip]
pub const ALL: &[Described] = &[
    row(Action::Send, "send", "send", "Review the message and send it"),
    row(Action::Attach, "attach", "attach", "Attach a file, or take one off"),
    row(Action::NextField, "next-field", "next", "Go to the next field"),
    row(Action::PreviousField, "previous-field", "previous", "Go to the field before"),
    row(Action::EditExternally, "edit", "editor", "Edit the text in $VISUAL or $EDITOR"),
    row(Action::NextAccount, "next-account", "account", "Send from the next account; nothing typed is lost"),
    row(Action::PreviousAccount, "previous-account", "account", "Send from the account before"),
    row(Action::Undo, "undo", "undo", "Undo"),
    row(Action::Redo, "redo", "redo", "Redo"),
    row(Action::Find, "find", "find", "Find in the text"),
    row(Action::New, "new", "new", "Begin a new message; the one here becomes a draft"),
    row(Action::Drafts, "drafts", "drafts", "Show saved drafts; open one"),
    row(Action::Save, "save", "save", "Save the draft now (it is saved by itself, too)"),
    row(Action::NextPane, "next-pane", "pane", "Go to the next pane"),
    row(Action::PreviousPane, "previous-pane", "pane", "Go to the pane before"),
    row(Action::Zoom, "zoom", "zoom", "Give the pane the whole screen, or take it back"),
    row(Action::Palette, "palette", "commands", "List all commands; type to narrow"),
    row(Action::Help, "help", "help", "Show the keys"),
    row(Action::Cancel, "cancel", "cancel", "Cancel what is open or being sent; never loses text"),
    row(Action::Suspend, "suspend", "suspend", "Back to the shell; fg returns"),
    row(Action::Redraw, "redraw", "redraw", "Draw the screen anew"),
    row(Action::Quit, "quit", "quit", "Save and leave"),
    row(Action::Up, "up", "up", "One up"),
    row(Action::Down, "down", "down", "One down"),
    row(Action::PageUp, "page-up", "page up", "One page up"),
    row(Action::PageDown, "page-down", "page down", "One page down"),
    row(Action::Top, "top", "top", "To the first"),
    row(Action::Bottom, "bottom", "follow", "To the last; the log follows from there"),
    row(Action::Open, "open", "open", "Open or choose what is selected"),
    row(Action::Back, "back", "back", "Back to the message"),
    row(Action::Discard, "discard", "remove", "Remove what is selected"),
    row(Action::WriteExample, "write-example", "write an example", "Write a commented configuration to start from"),
    row(Action::TrySandbox, "sandbox", "try the sandbox", "Add the built-in server as an account"),
    row(Action::SandboxScenario, "scenario", "what goes wrong", "Sandbox: what goes wrong"),
    row(Action::OlderSession, "older-session", "older", "Show the session before"),
    row(Action::NewerSession, "newer-session", "newer", "Show the session after"),
    row(Action::ShowMail, "show-mail", "mail taken", "Look at the mail that the sandbox took"),
];

impl Action {
    pub fn described(self) -> &'static Described {
        ALL.iter().find(|row| row.action == self).unwrap_or(&ALL[0])
    }

    pub fn named(name: &str) -> Option<Self> {
        ALL.iter().find(|row| row.name == name).map(|row| row.action)
    }
}
