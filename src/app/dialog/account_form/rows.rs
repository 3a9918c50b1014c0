//! The rows of the form: what stands in each, and in which order.

use crate::mail::form::{AccountForm, IdentityKey, Key};

/// A row of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormRow {
    Value(Key),
    /// A line of one of the further senders.
    Sender(usize, IdentityKey),
    /// Enter on it adds one.
    AnotherSender,
}

/// The values, the necessary first.
pub(super) const VALUES: [Key; 26] = [
    Key::From,
    Key::Name,
    Key::Preset,
    Key::ClientId,
    Key::Tenant,
    Key::Host,
    Key::Port,
    Key::Security,
    Key::Auth,
    Key::Username,
    Key::PasswordCommand,
    Key::SignInAs,
    Key::ReplyTo,
    Key::Signature,
    Key::CaFile,
    Key::ConnectAhead,
    Key::Proxy,
    Key::Notify,
    Key::Return,
    Key::Chunking,
    Key::Helo,
    Key::Cloud,
    Key::Authority,
    Key::Grant,
    Key::Certificate,
    Key::AcceptBroader,
];

/// The further senders come behind this one.
const BEFORE_SENDERS: Key = Key::Signature;

/// Stands for a line break in the one line of a signature.
pub(super) const BREAK: &str = "\\n";

/// All of them: the values, with the further senders among them.
pub(super) fn of(form: &AccountForm) -> Vec<FormRow> {
    let senders = 0..form.identities.len();
    let lines = senders.flat_map(|nth| IdentityKey::ALL.map(|key| FormRow::Sender(nth, key)));
    let place = VALUES.iter().position(|key| *key == BEFORE_SENDERS).map_or(VALUES.len(), |at| at + 1);
    let (above, below) = VALUES.split_at(place);
    let value = |key: &Key| FormRow::Value(*key);
    above
        .iter()
        .map(value)
        .chain(lines)
        .chain([FormRow::AnotherSender])
        .chain(below.iter().map(value))
        .collect()
}

pub(super) fn shown(form: &AccountForm, row: FormRow) -> String {
    let value = match row {
        FormRow::Value(key) => form.value(key),
        FormRow::Sender(nth, key) => form.identities[nth].value(key),
        FormRow::AnotherSender => "",
    };
    if is_signature(row) { value.replace('\n', BREAK) } else { value.to_owned() }
}

pub(super) fn is_signature(row: FormRow) -> bool {
    matches!(row, FormRow::Value(Key::Signature) | FormRow::Sender(_, IdentityKey::Signature))
}
