//! The colours. A theme gives each *role* on the screen a style; nothing else in `ui` names a colour.
//!
//! Knows: the roles, the form of a theme file, how themes inherit, and how one shrinks to 256, 16 or no colours.
//! Must not know: files, the environment, the terminal, or what a pane shows. The texts of a user's themes and the
//! depth of the terminal come in as values.
//!
//! [`Theme`] is made in three steps: `lineage` finds a file and its ancestors, `file` reads each, `form` settles
//! what a role looks like at every depth. `themes/base.toml` explains the format to its users.

mod colour;
mod depth;
mod fault;
mod file;
mod form;
mod lineage;

use ratatui::style::Style;

pub use depth::Depth;
pub use fault::{Expected, Place, ThemeError, Unknown, Warning};
use form::Forms;

/// The themes a user can choose from, the default first. `base`, which all of them inherit from, is not one.
pub fn builtin_names() -> impl Iterator<Item = &'static str> {
    lineage::BUILTIN.iter().map(|(name, _)| *name).filter(|name| *name != lineage::BASE)
}

macro_rules! roles {
    ($($(#[$doc:meta])+ $field:ident,)+) => {
        /// A style for every role. Text roles set no background, so they sit on whatever is painted below them.
        #[derive(Debug, Clone, PartialEq)]
        pub struct Theme {
            $($(#[$doc])+ pub $field: Style,)+
            forms: Forms,
        }

        /// The roles by the names they have in a theme file.
        fn role_names() -> impl Iterator<Item = &'static str> {
            [$(name_in_file(stringify!($field))),+].into_iter()
        }

        impl Theme {
            fn from_forms(forms: Forms, depth: Depth) -> Self {
                Self { $($field: forms.style(name_in_file(stringify!($field)), depth),)+ forms }
            }

            /// Every role with its name in a theme file, in the order of the struct.
            pub fn roles(&self) -> impl Iterator<Item = (&'static str, Style)> {
                [$((name_in_file(stringify!($field)), self.$field)),+].into_iter()
            }
        }
    };
}

roles! {
    /// The ground everything is drawn on, and the text that no other role claims.
    background,
    /// The lines at the top and the foot of the screen.
    status_bar,
    /// The ground of a dialog.
    dialog,
    /// The line the cursor is on, under text that keeps its own colours.
    cursor_line,
    /// Chosen text, or the chosen row of a list. Laid over it last, so that this text colour wins.
    selection,
    /// What a search found.
    match_,

    /// Text to be read: the body of a mail, the prose of a dialog.
    text,
    /// Text that may be overlooked: sizes, ages, "saved 14:02:58".
    dim,
    /// A heading inside a pane or dialog.
    heading,
    /// The one colour of emphasis: marks, links, codes to be typed elsewhere.
    accent,
    /// The name of a field: "Subject".
    label,
    /// What was typed into a field.
    value,
    /// What an empty field could hold.
    placeholder,
    /// The name of a key: "Ctrl-X".
    key,
    /// What that key does: "send".
    key_text,

    /// The border of a pane without the focus.
    border,
    /// The border of the pane with the focus.
    border_focus,
    /// The title of a pane without the focus.
    title,
    /// The title of the pane with the focus.
    title_focus,
    /// The border of a dialog.
    dialog_border,
    /// The title of a dialog.
    dialog_title,
    /// A button.
    button,
    /// The button that Enter presses.
    button_focus,

    /// The account in use.
    account_current,
    /// Any other account.
    account_other,

    /// A command of ours.
    sent,
    /// The text of a server's reply.
    received,
    /// The code of a reply that says yes or "go on" (2yz, 3yz).
    reply_ok,
    /// A reply that says "try again later" (4yz).
    reply_later,
    /// A reply that says no (5yz).
    reply_no,
    /// What a refusal means, in plain words, under the reply.
    explain,
    /// A remark of ours in the log (`==`).
    note,
    /// An error in the log (`**`), or anywhere else.
    error,
    /// Time stamps and durations.
    time,
    /// What stands in place of a secret.
    secret,
    /// Facts about the encryption of the connection.
    tls,
    /// The part of a progress bar that is done.
    progress_done,
    /// The part of a progress bar that is left.
    progress_rest,

    /// Something went well.
    ok,
    /// Something deserves a look before going on.
    warning,
}

/// `match` is a word of the language, so its field has a trailing underscore; its name in a file has none.
fn name_in_file(field: &'static str) -> &'static str {
    field.trim_end_matches('_')
}

impl Theme {
    /// The theme `name`, in full colour, and what was odd but harmless in its files.
    ///
    /// `user` gives the text of a user's own `NAME.toml`; it is asked first for `name` and for each parent, and the
    /// built-in themes come after it. It is never asked for anything but a plain file name.
    pub fn load(
        name: &str,
        user: &dyn Fn(&str) -> Option<String>,
    ) -> Result<(Self, Vec<Warning>), ThemeError> {
        let mut warnings = Vec::new();
        let files = lineage::trace(name, user, &mut warnings)?;
        let forms = Forms::settle(files, &mut warnings)?;
        Ok((Self::from_forms(forms, Depth::TrueColor), warnings))
    }

    /// The built-in dark theme, for when the one that was asked for cannot be used.
    #[expect(clippy::missing_panics_doc, reason = "the built-in text is right: a test loads it")]
    pub fn fallback() -> Self {
        let (theme, _) =
            Self::load(lineage::DEFAULT, &|_| None).expect("the built-in text is right: a test loads it");
        theme
    }

    /// This theme on a terminal that shows `depth` colours. Without colours, weight, underline and reverse remain.
    #[must_use]
    pub fn at_depth(&self, depth: Depth) -> Self {
        Self::from_forms(self.forms.clone(), depth)
    }
}
