//! Replies as they come in a session: the step is known.

use sendoff::mail::outcome::Step;

use Step::{Auth, Dot, Ehlo, Greeting, Mail, Rcpt, StartTls};

use super::explain;

const SUFFIX: &str = "[BMXPR01CA0083.INDPRD01.PROD.OUTLOOK.COM 2025-04-26T18:06:35.781Z 08DD842467C8274D]";

const CONNECTING: &[(Step, &str, &str)] = &[
    (
        Ehlo,
        "421 4.7.66 TLS 1.0 and 1.1 are not supported. Please upgrade/update your client to support TLS 1.2. Visit https://aka.ms/smtp_auth_tls",
        "tls-too-old",
    ),
    (Ehlo, "501 5.5.4 Invalid domain name", "hello-rejected"),
    (Mail, "503 5.5.2 Send hello first", "bad-sequence"),
    (Mail, "451 5.7.3 STARTTLS is required to send mail", "tls-required"),
    (StartTls, "454 4.7.0 TLS not available", "tls-required"),
    (Greeting, "421 4.3.2 Service not available", "server-busy"),
    (
        Greeting,
        "421 4.3.2 The maximum number of concurrent server connections has exceeded a limit, closing transmission channel",
        "too-many-connections",
    ),
    (Mail, "421 4.4.1 Connection timed out. Total session duration: 00:20:55.28", "idle-timeout"),
    (Auth, "421 4.7.0 Too many errors on this connection, closing transmission channel", "server-busy"),
];

const SIGNING_IN: &[(Step, &str, &str)] = &[
    (Auth, "535 5.7.3 Authentication unsuccessful", "wrong-credentials"),
    (
        Auth,
        "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.",
        "smtp-auth-disabled-tenant",
    ),
    (
        Auth,
        "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. Visit https://aka.ms/smtp_auth_disabled for more information.",
        "smtp-auth-disabled-mailbox",
    ),
    (
        Auth,
        "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy. Contact your administrator.",
        "security-defaults",
    ),
    (
        Auth,
        "535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. Contact your administrator.",
        "conditional-access",
    ),
    (
        Auth,
        "535 5.7.139 Authentication unsuccessful, basic authentication is disabled.",
        "basic-auth-disabled",
    ),
    (
        Auth,
        "535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.",
        "wrong-credentials",
    ),
    (
        Auth,
        "535 5.7.139 Authentication unsuccessful, federated STS service was unreachable.",
        "sign-in-service-down",
    ),
    (
        Auth,
        "535 5.7.139 Authentication unsuccessful, the federated STS URL does not support HTTPS.",
        "sign-in-service-down",
    ),
    (Auth, "535 5.7.139 Authentication unsuccessful", "wrong-credentials"),
    (Auth, "535 5.7.139 Authentication unsuccessful, the account is locked", "account-locked"),
    (Auth, "550 5.7.30 Basic authentication is not supported for Client Submission.", "basic-auth-disabled"),
    (Auth, "504 5.7.4 Unrecognized authentication type", "mechanism-not-offered"),
    (Mail, "530 5.7.57 Client not authenticated to send mail.", "not-signed-in"),
    (
        Mail,
        "530 5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM",
        "not-signed-in",
    ),
    (Auth, "501 5.5.124 Invalid XOAUTH2 auth data", "token-rejected"),
    (Auth, "451 4.7.0 Temporary server error. Please try again later. PRX2", "server-busy"),
    (Auth, "454 4.7.0 Temporary authentication failure", "sign-in-service-down"),
];

const ENVELOPE: &[(Step, &str, &str)] = &[
    (Mail, "500 5.3.3 Unrecognized command", "command-unrecognised"),
    (Mail, "502 5.3.3 Command not implemented", "command-unrecognised"),
    (Rcpt, "503 5.5.2 Need mail command", "bad-sequence"),
    (Mail, "501 5.1.7 Invalid address", "bad-address"),
    (Mail, "550 5.1.7 Invalid address", "bad-address"),
    (Rcpt, "501 5.1.3 Invalid address", "bad-address"),
    (Rcpt, "452 4.5.3 Too many recipients", "too-many-recipients"),
    (Mail, "552 5.3.4 Message size exceeds fixed maximum message size", "message-too-large"),
    (Mail, "452 4.3.1 Insufficient system resources", "server-busy"),
    (Rcpt, "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain", "relay-denied"),
    (Rcpt, "550 5.7.64 TenantAttribution; Relay Access Denied", "connector-mismatch"),
    (
        Rcpt,
        "550 5.7.68 TenantInboundAttribution; Direct Send not allowed for this organization from unauthorized sources",
        "direct-send-rejected",
    ),
    (Rcpt, "550 5.1.1 RESOLVER.ADR.RecipientNotFound", "unknown-recipient"),
    (Rcpt, "550 5.1.10 RESOLVER.ADR.RecipientNotFound", "unknown-recipient"),
    (Rcpt, "554 Relay access denied", "relay-denied"),
    (Rcpt, "550 User unknown", "unknown-recipient"),
    (Rcpt, "450 4.2.0 Greylisted, come back later", "greylisted"),
    (Rcpt, "452 4.2.2 Mailbox full", "recipient-mailbox-full"),
    (Rcpt, "552 5.2.2 Mailbox full", "recipient-mailbox-full"),
];

const AFTER_THE_DOT: &[(Step, &str, &str)] = &[
    (
        Dot,
        "554 5.2.252 SendAsDenied; a@contoso.com not allowed to send as b@contoso.com; STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; Failed to process message",
        "send-as-denied",
    ),
    (
        Dot,
        "554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied",
        "send-as-denied",
    ),
    (Dot, "550 5.7.60 SMTP; Client does not have permissions to send as this sender", "send-as-denied"),
    (
        Dot,
        "432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more information.",
        "too-many-connections",
    ),
    (Dot, "432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded", "too-many-connections"),
    (
        Dot,
        "421 4.4.2 Message submission rate for this client has exceeded the configured limit",
        "rate-limited",
    ),
    (
        Dot,
        "554 5.2.2 mailbox full; STOREDRV.Submission.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded",
        "mailbox-full",
    ),
    (
        Dot,
        "554 5.2.0 STOREDRV.Submission.Exception:QuotaExceededException.MapiExceptionQuotaExceeded",
        "mailbox-full",
    ),
    (Dot, "554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException", "daily-limit"),
    (Dot, "550 5.1.8 Access denied, bad outbound sender AS(42003)", "sender-blocked"),
    (
        Dot,
        "550 5.1.90 Your message can't be sent because you've reached your daily limit for message recipients",
        "daily-limit",
    ),
    (Dot, "550 5.2.3 Message too large for this sender", "message-too-large"),
    (Dot, "550 5.6.11 SMTPSEND.BareLinefeedsAreIllegal; Invalid characters", "content-rejected"),
    (Dot, "554 5.7.1 Message rejected as spam", "spam-rejected"),
];

#[test]
fn each_known_reply_has_its_cause() {
    for (step, text, cause) in [CONNECTING, SIGNING_IN, ENVELOPE, AFTER_THE_DOT].concat() {
        assert_eq!(explain(step, text).cause, cause, "{text}");
        assert_eq!(explain(step, &format!("{text} {SUFFIX}")).cause, cause, "{text} as Exchange ends it");
        assert_eq!(explain(step, &text.to_uppercase()).cause, cause, "{text} in capitals");
    }
}

#[test]
fn most_are_known_without_the_step() {
    let by_their_step = [
        "554 Relay access denied",
        "454 4.7.0 TLS not available",
        "550 User unknown",
        "554 5.2.2 mailbox full",
        "452 4.2.2 Mailbox full",
        "552 5.2.2 Mailbox full",
    ];
    for (_, text, cause) in [CONNECTING, SIGNING_IN, ENVELOPE, AFTER_THE_DOT].concat() {
        if !by_their_step.iter().any(|known| text.starts_with(known)) {
            assert_eq!(explain(None, text).cause, cause, "{text}");
        }
    }
}
