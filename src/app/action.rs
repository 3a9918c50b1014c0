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
    Reports,
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
    AddAccount,
    EditAccount,
    DuplicateAccount,
    MoveUp,
    MoveDown,
    SwitchAccount,
    DefaultAccount,
    PutBack,
    SignIn,
    SignOut,
    WriteExample,
    TrySandbox,
    SandboxScenario,
    TestAccount,
    Secrets,
    OlderSession,
    NewerSession,
    ShowMail,
    Search,
    NextMatch,
    PreviousMatch,
    Problem,
    Filter,
    Telling,
    Fold,
    Timeline,
    Wrap,
    Left,
    Right,
    Select,
    Copy,
    CopySession,
    Certificate,
    Capabilities,
    Sessions,
    Export,
    Note,
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
    row(Action::Reports, "delivery-reports", "reports", "Ask for delivery reports for this message, or do not"),
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
    row(Action::AddAccount, "add-account", "add", "Add an account, starting from its address"),
    row(Action::EditAccount, "edit-account", "edit", "Change the account: server, sign-in, signature and all else"),
    row(Action::DuplicateAccount, "duplicate-account", "copy", "Copy the account under another name"),
    row(Action::MoveUp, "move-account-up", "move up", "Move the account up in the list"),
    row(Action::MoveDown, "move-account-down", "move down", "Move the account down in the list"),
    row(Action::SwitchAccount, "switch-account", "on/off", "Switch the account off, or on again"),
    row(Action::DefaultAccount, "default-account", "default", "Start new messages with this account"),
    row(Action::PutBack, "put-back", "put back", "Put the removed account back"),
    row(Action::SignIn, "sign-in", "sign in", "Sign in by OAuth 2.0 with the account's application"),
    row(Action::SignOut, "sign-out", "sign out", "Remove every secret of the account, wherever it is kept"),
    row(Action::WriteExample, "write-example", "write an example", "Write a commented configuration to start from"),
    row(Action::TrySandbox, "sandbox", "try the sandbox", "Add the built-in server as an account"),
    row(Action::SandboxScenario, "scenario", "what goes wrong", "Sandbox: what goes wrong"),
    row(Action::Secrets, "secrets", "secrets", "See where the account's secrets are; move or delete them"),
    row(Action::TestAccount, "test-account", "test", "Test the account: can it send, and if not, why?"),
    row(Action::OlderSession, "older-session", "older", "Show the session before"),
    row(Action::NewerSession, "newer-session", "newer", "Show the session after"),
    row(Action::ShowMail, "show-mail", "mail taken", "Look at the mail that the sandbox took"),
    row(Action::Search, "search", "search", "Search in the log as you type"),
    row(Action::NextMatch, "next-match", "next", "To the next match"),
    row(Action::PreviousMatch, "previous-match", "previous", "To the match before"),
    row(Action::Problem, "problem", "problem", "To the first line that tells of a problem; again: to the next"),
    row(Action::Filter, "filter", "filter", "Show only problems, what was sent or received, or one step"),
    row(Action::Telling, "telling", "view", "Turn from explained to raw, to a summary by steps, and back"),
    row(Action::Fold, "fold", "fold", "Fold the reply of several lines under the cursor, or open it"),
    row(Action::Timeline, "timeline", "times", "Show where the time went, or not"),
    row(Action::Wrap, "wrap", "wrap", "Break long lines, or scroll them sideways"),
    row(Action::Left, "left", "left", "Scroll long lines back"),
    row(Action::Right, "right", "right", "Scroll long lines sideways"),
    row(Action::Select, "select", "select", "Begin to select lines, or stop"),
    row(Action::Copy, "copy", "copy", "Copy the line, or what is selected"),
    row(Action::CopySession, "copy-session", "copy all", "Copy the whole session with its times"),
    row(Action::Certificate, "certificate", "TLS", "Show the encryption and the chain of certificates"),
    row(Action::Capabilities, "capabilities", "offers", "Show what the server offers, and what each of it means"),
    row(Action::Sessions, "sessions", "sessions", "List the sessions, also of earlier runs; type to narrow"),
    row(Action::Export, "export", "export", "Write the session to a file: text, JSON lines or HTML"),
    row(Action::Note, "note", "note to the administrator", "Write to the administrator what has to be changed"),
];

impl Action {
    pub fn described(self) -> &'static Described {
        ALL.iter().find(|row| row.action == self).unwrap_or(&ALL[0])
    }

    /// Is it about the log, wherever the keys go? Its rows stand together in the table.
    pub(super) fn is_of_log(self) -> bool {
        let place = |action| ALL.iter().position(|row| row.action == action);
        (place(Self::OlderSession)..=place(Self::Note)).contains(&place(self))
    }

    pub fn named(name: &str) -> Option<Self> {
        ALL.iter().find(|row| row.name == name).map(|row| row.action)
    }
}
