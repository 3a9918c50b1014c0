//! One more sender, as somebody fills it in.

use std::fmt::Write as _;

use crate::mail::account::Identity;
use crate::mail::address::Mailbox;

use super::IdentityKey;

/// The values of one more sender.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IdentityForm {
    pub from: String,
    pub username: String,
    pub reply_to: String,
    pub signature: String,
}

impl IdentityForm {
    pub fn of(identity: &Identity) -> Self {
        let mailbox =
            |mailbox: &Option<Mailbox>| mailbox.as_ref().map(ToString::to_string).unwrap_or_default();
        Self {
            from: identity.from.to_string(),
            username: identity.username.clone().unwrap_or_default(),
            reply_to: mailbox(&identity.reply_to),
            signature: identity.signature.clone().unwrap_or_default(),
        }
    }

    pub fn value(&self, key: IdentityKey) -> &str {
        match key {
            IdentityKey::From => &self.from,
            IdentityKey::Username => &self.username,
            IdentityKey::ReplyTo => &self.reply_to,
            IdentityKey::Signature => &self.signature,
        }
    }

    pub fn set(&mut self, key: IdentityKey, value: String) {
        *match key {
            IdentityKey::From => &mut self.from,
            IdentityKey::Username => &mut self.username,
            IdentityKey::ReplyTo => &mut self.reply_to,
            IdentityKey::Signature => &mut self.signature,
        } = value;
    }

    /// Is this value right as it stands? The reason is for a person.
    pub fn check(&self, key: IdentityKey) -> Result<(), String> {
        let value = self.value(key);
        let is_needed = key == IdentityKey::From;
        match key {
            IdentityKey::From | IdentityKey::ReplyTo if is_needed || !value.is_empty() => {
                Mailbox::parse(value).map(|_mailbox| ()).map_err(|error| error.to_string())
            }
            _ => Ok(()),
        }
    }

    /// Its lines, from `[[account.identity]]` on.
    pub fn to_toml(&self) -> String {
        let mut text = "[[account.identity]]\n".to_owned();
        for key in IdentityKey::ALL {
            if !self.value(key).is_empty() || key == IdentityKey::From {
                let _ = writeln!(text, "{} = {}", key.as_str(), toml_edit::Value::from(self.value(key)));
            }
        }
        text
    }
}
