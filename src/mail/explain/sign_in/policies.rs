//! What the organisation or the provider has switched off or made a rule of.

use crate::mail::explain::Cause::{
    BasicAuthDisabled, ConditionalAccess, SecurityDefaults, SignInServiceDown, SmtpAuthDisabledMailbox,
    SmtpAuthDisabledTenant,
};
use crate::mail::explain::Who::{Administrator, You};
use crate::mail::explain::row::{Row, row};

const SWITCH_ON: &str = "Switch it on for this mailbox: Set-CASMailbox NAME -SmtpClientAuthenticationDisabled \
                         $false, or admin centre, user, Mail, Manage email apps, Authenticated SMTP.";

#[rustfmt::skip]
const TENANT: Row = row(
    SmtpAuthDisabledTenant,
    Administrator,
    "SMTP sending is switched off for your organisation.",
    SWITCH_ON,
);

#[rustfmt::skip]
pub(in crate::mail::explain) const ROWS: &[Row] = &[
    TENANT.when(&["smtpclientauthentication is disabled for the tenant"]).confirmed(),
    row(SmtpAuthDisabledMailbox, Administrator, "SMTP sending is switched off for this mailbox.", SWITCH_ON)
        .when(&[
            "smtp access|smtp service|pop3/smtp|smtp/pop3|pop/imap/smtp & not enabled|disabled|not open|turned off|not activated|switched off & !server|tls",
            "smtp service & not enabled",
            "does not have access rights to this service", "smtp auth is disabled for the mailbox",
            "smtp is disabled for", "smtp is not enabled for", "smtp sending is disabled",
            "smtp service is not open", "smtpclientauthentication is disabled for the mailbox",
            "user has no permission",
        ]),
    TENANT.when(&[
        "smtp auth is disabled for the tenant", "smtp_auth_disabled", "smtpclientauthentication is disabled",
    ]),
    row(
        SecurityDefaults,
        Administrator,
        "Your organisation's security defaults block signing in with a password.",
        "Use auth = \"xoauth2\" with a token; or an administrator replaces security defaults by policies.",
    )
    .when(&["security defaults"]),
    row(
        ConditionalAccess,
        Administrator,
        "A Conditional Access policy (a rule of your organisation on who may sign in from where) blocked this sign-in.",
        "Use auth = \"xoauth2\" with a token; or ask your administrator which policy blocked it (Entra admin centre, Sign-in logs).",
    )
    .when(&[
        "#5.7.139 & critério|criterios|critères|criteri|kriterien|条件",
        "conditional access", "conditionalaccess", "did not meet the criteria to be authenticated",
    ]),
    row(
        BasicAuthDisabled,
        You,
        "Signing in with a password is switched off for this account.",
        "Use auth = \"xoauth2\" with a token. App passwords do not help here.",
    )
    .when(&[
        "#5.7.30 & !requiretls",
        "basic authentication|basic auth & no longer|deprecated|retired|turned off|switched off",
        "authentication policy & block",
        "basic auth is disabled", "basic authentication has been disabled", "basic authentication is blocked",
        "basic authentication is disabled", "basic authentication is not allowed",
        "basic authentication is not supported",
    ])
    .confirmed(),
    row(
        SignInServiceDown,
        Administrator,
        "Your organisation's own sign-in service cannot be reached.",
        "Tell your administrator: the federation server (AD FS) has to answer over HTTPS with TLS 1.2.",
    )
    .when(&["federated sts"])
    .confirmed(),
];
