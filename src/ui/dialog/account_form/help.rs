//! What each row of the form is for, in a sentence or two.

use crate::app::dialog::{AccountSheet, FormRow};
use crate::mail::form::{IdentityKey, Key};
use crate::mail::preset::Preset;

/// What the row in hand is for.
pub(super) fn of(sheet: &AccountSheet) -> String {
    let key = match sheet.row() {
        FormRow::Value(key) => key,
        row => return help_of_sender(row).to_owned(),
    };
    let fixed = match key {
        Key::From => {
            "Your name and address, as recipients see them: Ana Silva <ana@contoso.com>. The address is enough; the rest is guessed and can be corrected."
        }
        Key::Name => "What you call this account; drafts remember it by this.",
        Key::Preset => {
            let preset = Preset::named(sheet.form.value(Key::Preset));
            let purpose = preset.map_or("server lines of your own", |preset| preset.purpose);
            return match &sheet.why {
                Some(why) => format!("{purpose}. {why}"),
                None => purpose.to_owned(),
            };
        }
        Key::Host | Key::Port => {
            return sheet.why.clone().unwrap_or_else(|| "The server that takes the mail.".to_owned());
        }
        Key::Security => {
            "starttls: encrypted from the second word on; tls: from the first; none: on this machine only, without a sign-in."
        }
        Key::Auth => {
            "auto: a password (PLAIN where offered, else LOGIN), or OAuth where there is a client id; xoauth2: an access token; none: a relay."
        }
        Key::Username => "Who signs in; usually the full address. For a shared mailbox: its own address.",
        Key::PasswordCommand => {
            "A program whose first line is the password, such as: pass show work. Empty: the keyring, or you are asked."
        }
        Key::ReplyTo => "Where answers go, if not to From.",
        Key::Signature => "Ends each new message; \\n begins a new line.",
        Key::CaFile => {
            "One more trusted root (PEM), for a server of your own or a proxy that opens TLS. There is no switch that turns the check off."
        }
        Key::ConnectAhead => {
            "Connect and sign in while the review is open, so that Enter is answered at once."
        }
        Key::Proxy => "socks5h://HOST:PORT, http://HOST:PORT, or none; empty: ALL_PROXY.",
        Key::Notify => "Delivery reports for every message: success, failure, delay, with commas; or never.",
        Key::Return => "What a delivery report brings back.",
        Key::Chunking => "Small messages to one recipient go by BDAT: a round trip less.",
        Key::Helo => "What EHLO says; the default gives no name away.",
        Key::ClientId
        | Key::Tenant
        | Key::SignInAs
        | Key::Cloud
        | Key::Authority
        | Key::Grant
        | Key::Certificate
        | Key::AcceptBroader => help_of_oauth(key),
    };
    fixed.to_owned()
}

fn help_of_oauth(key: Key) -> &'static str {
    match key {
        Key::ClientId => {
            "For OAuth: the application (client) id of your registration; sendoff accounts guide says how to get one. Empty: no OAuth."
        }
        Key::Tenant => {
            "The directory (tenant) id or a domain of it, as your organisation has it; consumers for outlook.com; empty: organizations, for applications that any may use."
        }
        Key::SignInAs => "The person who signs in, if the mailbox is a shared one.",
        Key::Cloud => "Where the tenant lives; national clouds have sign-in services of their own.",
        Key::Authority => {
            "Another sign-in service than Microsoft's, as https://HOST. Empty: the cloud's own."
        }
        Key::Grant => "person: somebody signs in; service: the application itself.",
        Key::Certificate => {
            "For a service: certificate and key of the registration (PEM). Empty: a client secret from the keyring."
        }
        Key::AcceptBroader => {
            "A sign-in that may do more than send, such as read mail, is refused; true takes it. Better: a registration that has SMTP.Send alone."
        }
        _ => "",
    }
}

fn help_of_sender(row: FormRow) -> &'static str {
    match row {
        FormRow::Sender(_, IdentityKey::From) => {
            "Another name and address that this account may write as: an alias, a shared mailbox, a mailbox you send on behalf of."
        }
        FormRow::Sender(_, IdentityKey::Username) => {
            "For a shared mailbox that one signs in to: its own address. Empty: as for the account."
        }
        FormRow::Sender(_, IdentityKey::ReplyTo) => "Where answers to this sender go, if not to its address.",
        FormRow::Sender(_, IdentityKey::Signature) => {
            "Ends new messages of this sender; \\n begins a new line."
        }
        _ => {
            "Aliases and shared mailboxes that this account may write as; Alt-N goes through them while you write."
        }
    }
}
