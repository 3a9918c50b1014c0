//! The ways in which a sign-in is refused, however right it is.

use super::Deed::Say;
use super::Point::{Auth, Mail, SignIn};
use super::{Scenario, row};
use crate::sandbox::words;

#[rustfmt::skip]
pub(super) const TABLE: &[Scenario] = &[
    row(14, "wrong-password", SignIn, Say(words::WRONG_CREDENTIALS),
        "The password or token is wrong."),
    row(15, "smtp-auth-disabled", SignIn, Say(words::SMTP_AUTH_DISABLED),
        "SMTP sending is switched off for the organisation."),
    row(16, "smtp-auth-disabled-mailbox", SignIn, Say(words::SMTP_AUTH_DISABLED_MAILBOX),
        "SMTP sending is switched off for the mailbox."),
    row(17, "security-defaults", SignIn, Say(words::SECURITY_DEFAULTS),
        "Security defaults block passwords."),
    row(18, "conditional-access", SignIn, Say(words::CONDITIONAL_ACCESS),
        "A Conditional Access policy blocks the sign-in."),
    row(19, "basic-auth-disabled", SignIn, Say(words::BASIC_AUTH_DISABLED),
        "Passwords are switched off for the account."),
    row(20, "credentials-incorrect", SignIn, Say(words::CREDENTIALS_INCORRECT),
        "The password is wrong, or not enough."),
    row(21, "federation-unreachable", SignIn, Say(words::FEDERATION_UNREACHABLE),
        "The organisation's own sign-in service is down."),
    row(22, "federation-without-https", SignIn, Say(words::FEDERATION_WITHOUT_HTTPS),
        "The organisation's own sign-in service has no HTTPS."),
    row(23, "sign-in-refused", SignIn, Say(words::NO_REASON),
        "The sign-in is refused, and no reason is given."),
    row(24, "basic-auth-retired", SignIn, Say(words::BASIC_AUTH_RETIRED),
        "Passwords have been retired."),
    row(25, "mechanism-refused", Auth, Say(words::UNKNOWN_MECHANISM),
        "The way to sign in is refused, though it was offered."),
    row(26, "not-signed-in", Mail, Say(words::NOT_SIGNED_IN),
        "Nobody has signed in, the server says at MAIL."),
    row(26, "not-signed-in-older", Mail, Say(words::NOT_SIGNED_IN_OLDER),
        "Nobody has signed in, the server says in the words of before 2024."),
    row(27, "token-malformed", SignIn, Say(words::MALFORMED_TOKEN),
        "The access token is refused as malformed."),
    row(28, "proxy-failed-prx2", SignIn, Say(words::PROXY_FAILED[0]),
        "The mailbox cannot be reached at the moment (PRX2)."),
    row(28, "proxy-failed-prx3", SignIn, Say(words::PROXY_FAILED[1]),
        "The mailbox cannot be reached at the moment (PRX3)."),
    row(28, "proxy-failed-prx4", SignIn, Say(words::PROXY_FAILED[2]),
        "The mailbox cannot be reached at the moment (PRX4)."),
    row(28, "proxy-failed-prx5", SignIn, Say(words::PROXY_FAILED[3]),
        "The mailbox cannot be reached at the moment (PRX5)."),
    row(29, "account-locked", SignIn, Say(words::ACCOUNT_LOCKED),
        "The account is locked."),
    row(29, "password-expired", SignIn, Say(words::PASSWORD_EXPIRED),
        "The password has expired."),
    row(29, "password-must-change", SignIn, Say(words::PASSWORD_MUST_CHANGE),
        "The password must be changed first."),
];
