//! A password or token: text that cannot be printed, cloned or stored by accident.

use zeroize::Zeroizing;

/// Has no `Debug`, `Display`, `Clone` or `Serialize` on purpose; its memory is wiped when it goes.
pub struct Secret(Zeroizing<String>);

impl Secret {
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text itself. Each caller is a place where a secret could leak: `smtp::auth` and the stores, nowhere else.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A secret with a line break or another control character cannot be framed in SASL; it is a mistake in the source.
    pub fn has_controls(&self) -> bool {
        self.0.chars().any(char::is_control)
    }
}
