//! The same thing said in other words has the same cause; words that are only alike have another.

use sendoff::mail::explain::{self, Cause};

use super::lines::{Line, read};

/// How systems, libraries, mail programs and servers word it: `cause<TAB>who says it<TAB>the text as a JSON string`.
const SAYINGS: &str = include_str!("wordings.tsv");

#[rustfmt::skip]
const WORDINGS: &[(&str, &str)] = &[
    ("550 5.7.1 domain of forward-path not permitted", "relay-denied"),
    ("553 5.7.2 [TSS09] All messages from 192.0.2.7 will be permanently deferred; Retrying will NOT succeed.", "blocklisted-ip"),
    ("421 4.7.0 [TSS04] Messages from 192.0.2.7 temporarily deferred due to unexpected volume or user complaints", "rate-limited"),
    ("temporarily rejected RCPT <bob@fabrikam.com>", "unknown"),
    ("H=mx.contoso.com [192.0.2.7] F=<ana@contoso.com> temporarily rejected RCPT <bob@fabrikam.com>: greylisted, try again in 5 minutes", "greylisted"),
    ("554 5.7.1 Mail policy violation", "content-rejected"),
    ("554 5.7.1 Policy violation: message looks like spam", "spam-rejected"),
    ("421 4.7.0 Too many mails per session", "rate-limited"),
    ("452 maximum emails per session reached", "rate-limited"),
    ("452 4.5.3 Too many recipients per message", "too-many-recipients"),
    ("504 5.5.2 <pc>: need fully qualified hostname", "hello-rejected"),
    ("504 5.5.2 <ana>: Sender address rejected: need fully-qualified address", "bad-address"),
    ("550 5.1.2 unknown mailbox", "unknown-recipient"),
    ("550 5.1.2 Recipient address rejected: Domain not found", "unknown-domain"),
    ("550 5.7.1 This mailbox is not allowed to receive mail from outside", "recipient-refuses-sender"),
    ("554 5.7.1 IP 192.0.2.7 blocked by our reputation service", "blocklisted-ip"),
    ("550 Access denied: mail not accepted from this IP", "blocklisted-ip"),
    ("550 5.7.708 Access denied, traffic not accepted from this IP", "sender-blocked"),
    ("status=deferred (mail transport unavailable)", "unknown"),
    ("Service invoked too many times in a day: urlfetch", "daily-limit"),
    ("552 Limite d'envoi atteinte", "daily-limit"),
    ("550 Versandlimit erreicht", "daily-limit"),
    ("550 Ha superado la cuota de envío", "daily-limit"),
    ("450 Límite de envíos por hora superado", "rate-limited"),
    ("450 4.7.1 Ihr Sendelimit pro Stunde ist erreicht", "rate-limited"),
    ("552 5.2.2 Le quota de la boîte est dépassé", "recipient-mailbox-full"),
    ("550 5.2.2 folder is full", "recipient-mailbox-full"),
    ("550 Rejected by header based Anti-Spoofing policy: ana@contoso.com", "recipient-refuses-sender"),
    ("550 5.7.1 Messages missing a From: header is not RFC 5322 compliant", "content-rejected"),
    ("550-5.7.1 This message is not RFC 5322 compliant: multiple From headers", "content-rejected"),
    ("553 5.1.7 The sender address is not a valid RFC-5321 address", "bad-address"),
    ("553 5.1.3 The recipient address <bob> is not a valid RFC 5321 address. gsmtp", "bad-address"),
    ("\"errorCode\": 50053, \"failureReason\": \"blocked\"", "account-locked"),
    ("{\"status\":{\"errorCode\":50126,\"failureReason\":\"Invalid username or password\"}}", "wrong-credentials"),
    ("WS-Trust endpoint returned HTTP error: 502 Bad Gateway", "sign-in-service-down"),
    ("server_error: 90033 - [2021-08-02 15:36:10Z]: A transient error has occurred", "sign-in-service-down"),
    ("The user cancelled the sign-in", "sign-in-declined"),
    ("BrowserAuthError: user_cancelled: User cancelled the flow.", "sign-in-declined"),
    ("authentication_canceled: the user canceled authentication", "sign-in-declined"),
    ("OAuth2 user code has expired", "code-expired"),
    ("verification code has timed out", "code-expired"),
    ("450 4.7.1 <bob@fabrikam.com>: Recipient address rejected: Policy rejection; Message count quota exceeded", "rate-limited"),
    ("452 4.2.2 Quota exceeded for user", "recipient-mailbox-full"),
    ("Closing connection to the server", "unknown"),
    ("quota exceeded: your mailbox is full, Sent Items folder full", "mailbox-full"),
    ("550 5.2.5 The folder is full", "recipient-mailbox-full"),
    ("550 Your account is blocked from sending outgoing mail", "sender-blocked"),
    ("550 5.7.1 Outgoing mail from this account has been blocked due to spam", "sender-blocked"),
    ("550 5.7.1 outgoing email blocked: IP 192.0.2.7 is on a blocklist", "blocklisted-ip"),
];

#[test]
fn other_words_for_the_same_thing_have_the_same_cause() {
    for (text, cause) in WORDINGS {
        assert_eq!(explain::text(text).cause, *cause, "{text}");
    }
}

#[test]
fn however_a_system_a_library_or_a_server_words_it_the_cause_is_the_same() {
    let mut wrong = Vec::new();
    for Line { cause, seen, text } in read(SAYINGS) {
        assert!(Cause::named(cause).is_some(), "{seen}: {cause}");
        let found = explain::text(&text).cause;
        if found != cause {
            wrong.push(format!("{seen}: {found} instead of {cause}\n    {text}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
