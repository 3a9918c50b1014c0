//! Every reply, bounce and sign-in error that Microsoft is known to give, and the cause it stands for.

use sendoff::mail::explain::{self, Cause};

const SUFFIX: &str = "[BMXPR01CA0083.INDPRD01.PROD.OUTLOOK.COM 2025-04-26T18:06:35.781Z 08DD842467C8274D]";

#[rustfmt::skip]
const CONNECTING: &[(&str, &str)] = &[
    ("connect to smtp.office365.com port 587: Connection timed out", "connection-timeout"),
    ("TLS handshake failed after 220 2.0.0 SMTP server ready: received fatal alert: HandshakeFailure", "tls-failed"),
    ("421 4.7.66 TLS 1.0 and 1.1 are not supported. Please upgrade/update your client to support TLS 1.2. Visit https://aka.ms/smtp_auth_tls", "tls-too-old"),
    ("tls: first record does not look like a TLS handshake", "tls-failed"),
    ("getaddrinfo ENOTFOUND smtp-emea.outlook.com", "name-not-found"),
    ("501 5.5.4 Invalid domain name", "hello-rejected"),
    ("503 5.5.2 Send hello first", "bad-sequence"),
    ("451 5.7.3 STARTTLS is required to send mail", "tls-required"),
    ("454 4.7.0 TLS not available due to local problem", "tls-failed"),
    ("421 4.3.2 The maximum number of concurrent server connections has exceeded a limit, closing transmission channel", "too-many-connections"),
    ("421 4.3.2 Service not available", "server-busy"),
    ("421 4.4.1 Connection timed out. Total session duration: 00:20:55.28", "idle-timeout"),
    ("421 4.7.0 Too many errors on this connection, closing transmission channel", "server-busy"),
    ("read ECONNRESET", "connection-lost"),
];

#[rustfmt::skip]
const SIGNING_IN: &[(&str, &str)] = &[
    ("535 5.7.3 Authentication unsuccessful", "wrong-credentials"),
    ("535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.", "smtp-auth-disabled-tenant"),
    ("535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. Visit https://aka.ms/smtp_auth_disabled for more information.", "smtp-auth-disabled-mailbox"),
    ("535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy. Contact your administrator.", "security-defaults"),
    ("535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. Contact your administrator.", "conditional-access"),
    ("535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", "basic-auth-disabled"),
    ("535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.", "wrong-credentials"),
    ("535 5.7.139 Authentication unsuccessful, federated STS service was unreachable.", "sign-in-service-down"),
    ("535 5.7.139 Authentication unsuccessful, the federated STS URL does not support HTTPS.", "sign-in-service-down"),
    ("535 5.7.139 Authentication unsuccessful", "wrong-credentials"),
    ("550 5.7.30 Basic authentication is not supported for Client Submission.", "basic-auth-disabled"),
    ("504 5.7.4 Unrecognized authentication type", "mechanism-not-offered"),
    ("530 5.7.57 Client not authenticated to send mail.", "not-signed-in"),
    ("530 5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM", "not-signed-in"),
    ("501 5.5.124 Invalid XOAUTH2 auth data", "token-rejected"),
    ("451 4.7.0 Temporary server error. Please try again later. PRX2", "server-busy"),
    ("451 4.7.0 Temporary server error. Please try again later. PRX5", "server-busy"),
    ("535 5.7.139 Authentication unsuccessful, the account is locked", "account-locked"),
];

#[rustfmt::skip]
const SENDING: &[(&str, &str)] = &[
    ("500 5.3.3 Unrecognized command", "command-unrecognised"),
    ("502 5.3.3 Command not implemented", "command-unrecognised"),
    ("503 5.5.2 Need mail command", "bad-sequence"),
    ("503 5.5.2 Need rcpt command", "bad-sequence"),
    ("503 5.5.2 Sender already specified", "bad-sequence"),
    ("501 5.5.4 Invalid arguments", "command-unrecognised"),
    ("501 5.1.3 Invalid address", "bad-address"),
    ("501 5.1.7 Invalid address", "bad-address"),
    ("550 5.1.7 Invalid address", "bad-address"),
    ("452 4.5.3 Too many recipients", "too-many-recipients"),
    ("552 5.3.4 Message size exceeds fixed maximum message size", "message-too-large"),
    ("452 4.3.1 Insufficient system resources", "server-busy"),
    ("550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain", "relay-denied"),
    ("550 5.7.64 TenantAttribution; Relay Access Denied", "connector-mismatch"),
    ("550 5.7.68 TenantInboundAttribution; Direct Send not allowed for this organization from unauthorized sources", "direct-send-rejected"),
    ("554 5.2.252 SendAsDenied; ana@contoso.com not allowed to send as bob@fabrikam.com; STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; Failed to process message", "send-as-denied"),
    ("554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied", "send-as-denied"),
    ("550 5.7.60 SMTP; Client does not have permissions to send as this sender", "send-as-denied"),
    ("550 5.7.1 Client does not have permissions to send as this sender", "send-as-denied"),
    ("432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more information.", "too-many-connections"),
    ("432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded", "too-many-connections"),
    ("421 4.4.2 Message submission rate for this client has exceeded the configured limit", "rate-limited"),
    ("554 5.2.2 mailbox full; STOREDRV.Submission.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded", "mailbox-full"),
    ("554 5.2.0 STOREDRV.Submission.Exception:QuotaExceededException.MapiExceptionQuotaExceeded", "mailbox-full"),
    ("554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException", "daily-limit"),
    ("550 5.1.8 Access denied, bad outbound sender AS(42003)", "sender-blocked"),
    ("550 5.1.90 Your message can't be sent because you've reached your daily limit for message recipients", "daily-limit"),
    ("550 5.2.3 Message too large for this sender", "message-too-large"),
    ("550 5.7.512 Access denied, message must be RFC 5322 section 3.6.2 compliant", "bad-address"),
    ("550 5.1.20 Multiple From addresses are not allowed without Sender address", "bad-address"),
    ("550 5.6.11 SMTPSEND.BareLinefeedsAreIllegal; message contains bare linefeeds; Invalid characters", "content-rejected"),
];

#[rustfmt::skip]
const BOUNCES: &[(&str, &str)] = &[
    ("550 5.1.1 RESOLVER.ADR.RecipientNotFound; not found", "unknown-recipient"),
    ("550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup", "unknown-recipient"),
    ("550 5.4.1 Recipient address rejected: Access denied", "unknown-recipient"),
    ("550 5.4.1 Relay Access Denied", "relay-denied"),
    ("550 5.5.0 Requested action not taken: mailbox unavailable", "unknown-recipient"),
    ("550 5.5.3 RESOLVER.ADR.RecipLimit; too many recipients", "too-many-recipients"),
    ("550 5.7.1 Delivery not authorized, message refused", "recipient-refuses-sender"),
    ("550 5.7.1 TRANSPORT.RULES.RejectMessage; the message was rejected by organization policy", "recipient-refuses-sender"),
    ("550 5.7.1 RESOLVER.RST.AuthRequired; authentication required", "recipient-refuses-sender"),
    ("550 5.7.12 Sender was not authenticated by organization", "recipient-refuses-sender"),
    ("550 5.7.133 Sender not authenticated for group", "recipient-refuses-sender"),
    ("550 5.7.134 Sender not authenticated for mailbox", "recipient-refuses-sender"),
    ("550 5.7.136 Sender not authenticated for mail user", "recipient-refuses-sender"),
    ("550 5.7.193 UnifiedGroupAgent; Delivery failed because the sender isn't a group member", "recipient-refuses-sender"),
    ("550 5.7.124 Sender not in allowed-senders list", "recipient-refuses-sender"),
    ("550 5.2.121 Recipient's per hour message receive limit exceeded", "rate-limited"),
    ("550 5.2.122 The recipient has exceeded their limit for the number of messages they can receive per hour", "rate-limited"),
    ("550 5.2.2 Submission quota exceeded", "daily-limit"),
    ("550 4.4.7 QUEUE.Expired; message expired", "connection-timeout"),
    ("550 5.4.300 Message expired", "connection-timeout"),
    ("450 4.4.316 Connection refused [Message=Socket error code 10061]", "connection-refused"),
    ("450 4.4.317 Cannot connect to remote server [Message=451 5.7.3 STARTTLS is required to send mail]", "tls-required"),
    ("550 5.4.6 ROUTING.LoopDetected; mail loop detected", "unknown"),
    ("550 5.4.14 Hop count exceeded - possible mail loop", "unknown"),
    ("550 5.4.8 MX hosts of fabrikam.com failed MTA-STS validation", "tls-failed"),
    ("550 5.7.5 Remote certificate failed MTA-STS validation", "tls-failed"),
    ("450 4.7.321 starttls-not-supported: Destination mail server must support TLS to receive mail", "tls-required"),
    ("450 4.7.322 certificate-expired: Destination mail server's certificate is expired", "certificate-invalid"),
    ("450 4.7.323 tlsa-invalid: The domain failed DANE validation", "certificate-invalid"),
    ("550 5.7.324 dnssec-invalid: Destination domain returned invalid DNSSEC records", "tls-failed"),
    ("550 5.7.325 certificate-host-mismatch: Remote certificate MUST have a common name or subject alternative name matching the hostname", "certificate-invalid"),
    ("451 4.7.500 Access denied, please try again later", "rate-limited"),
    ("451 4.7.850 Access denied, please try again later", "rate-limited"),
    ("550 5.7.23 The message was rejected because of Sender Policy Framework violation", "spf-rejected"),
    ("550-5.7.26 This mail is unauthenticated, which poses a security risk", "dmarc-rejected"),
    ("550 5.7.25 The sending IPv6 address must have a reverse DNS record", "blocklisted-ip"),
    ("550 5.7.501 Access denied, spam abuse detected", "sender-blocked"),
    ("550 5.7.502 Access denied, banned sender", "sender-blocked"),
    ("550 5.7.503 Access denied, banned sender", "sender-blocked"),
    ("550 5.7.511 Access denied, banned sender[203.0.113.7]. To request removal from this list, forward this message to delist@microsoft.com", "blocklisted-ip"),
    ("550 5.7.606 Access denied, banned sending IP [203.0.113.7]", "blocklisted-ip"),
    ("550 5.7.800 Access denied, banned domain", "sender-blocked"),
    ("550 5.7.504 Recipient address rejected: Access denied", "unknown-recipient"),
    ("550 5.7.505 Access denied, banned recipient", "unknown-recipient"),
    ("550 5.7.506 Access Denied, Bad HELO", "hello-rejected"),
    ("550 5.7.507 Access denied, rejected by recipient", "recipient-refuses-sender"),
    ("550 5.7.508 Access denied, [2001:db8::1] has exceeded permitted limits within range", "blocklisted-ip"),
    ("550 5.7.509 Access denied, sending domain contoso.com does not pass DMARC verification", "dmarc-rejected"),
    ("550 5.7.510 Access denied, contoso.com does not accept email over IPv6", "blocklisted-ip"),
    ("550 5.7.513 Service unavailable, Client host [203.0.113.7] blocked by recipient domain using Customer Block list", "recipient-refuses-sender"),
    ("550 5.7.515 Access denied, sending domain contoso.com does not meet the required authentication level.", "dmarc-rejected"),
    ("550 5.7.520 Access denied, Your organization does not allow external forwarding. AS(7555)", "unknown"),
    ("550 5.7.703 Your message can't be delivered because one or more recipients are blocked by your organization's tenant allow/block list policy", "recipient-refuses-sender"),
    ("550 5.7.705 Access denied, tenant has exceeded threshold", "sender-blocked"),
    ("550 5.7.708 Access denied, traffic not accepted from this IP", "sender-blocked"),
    ("550 5.7.750 Service unavailable. Client blocked from sending from unregistered domain", "sender-blocked"),
    ("550 5.7.232 Your message can't be sent because your trial tenant has exceeded its tenant external recipient rate limit", "daily-limit"),
    ("550 5.7.233 Your message can't be sent because your tenant has exceeded its tenant external recipient rate limit", "daily-limit"),
    ("550 5.7.367 Remote server returned not permitted to relay", "recipient-refuses-sender"),
];

#[rustfmt::skip]
const SIGN_IN_ERRORS: &[(&[u32], &str)] = &[
    (&[70016], "not-signed-in"),
    (&[70018, 70019, 90119, 90120, 50134, 54005, 501_481], "code-expired"),
    (&[7_000_218], "public-client-off"),
    (&[7_000_215, 7_000_222], "wrong-credentials"),
    (&[700_025], "unknown"),
    (&[700_016, 700_011, 70001, 7_000_112], "app-not-found"),
    (&[50194, 9_002_332, 9_001_023, 90130, 90002, 90038, 1_000_104, 50020, 90072, 500_208, 50034, 51004, 500_011], "wrong-tenant"),
    (&[65001], "consent-needed"),
    (&[65004], "sign-in-declined"),
    (&[90094, 90095, 650_056, 650_057, 650_052, 65005, 50105], "admin-consent-needed"),
    (&[50076, 50074, 50079, 50072, 50078, 53004, 53010, 53011], "mfa-needed"),
    (&[53000, 53001, 53002, 50097, 50129, 53003, 530_032, 50131], "conditional-access"),
    (&[530_035], "security-defaults"),
    (&[530_033], "device-flow-blocked"),
    (&[50053, 50057], "account-locked"),
    (&[50055, 50126, 50144], "wrong-credentials"),
    (&[50173, 70008, 700_082, 70043, 70000, 50089], "refresh-expired"),
    (&[50011, 70011, 700_022, 28002], "unknown"),
    (&[50196, 90055], "rate-limited"),
    (&[90006, 90033, 50033, 90024], "sign-in-service-down"),
];

#[test]
fn every_known_reply_and_bounce_has_its_cause() {
    for (text, cause) in [CONNECTING, SIGNING_IN, SENDING, BOUNCES].concat() {
        assert_eq!(explain::text(text).cause, cause, "{text}");
        assert_eq!(explain::text(&format!("{text} {SUFFIX}")).cause, cause, "{text} as Exchange ends it");
        assert_eq!(explain::text(&text.to_uppercase()).cause, cause, "{text} in capitals");
        assert_eq!(explain::text(&format!("ERROR send: {text:?},")).cause, cause, "{text} in a log line");
    }
}

#[test]
fn every_sign_in_error_has_its_cause_however_it_is_written() {
    for (number, cause) in
        SIGN_IN_ERRORS.iter().flat_map(|(numbers, cause)| numbers.iter().map(move |n| (n, *cause)))
    {
        let json = format!(
            "{{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS{number}: Something.\\r\\nTrace ID: 0\"}}"
        );
        for text in
            [format!("AADSTS{number}: something"), json, format!("\"error_codes\": [\n  {number}\n ]")]
        {
            assert_eq!(explain::text(&text).cause, cause, "{text}");
        }
    }
}

#[test]
fn where_the_number_is_missing_the_words_of_the_sign_in_tell() {
    let table = [
        ("{\"error\":\"authorization_pending\"}", "not-signed-in"),
        ("{\"error\":\"authorization_declined\"}", "sign-in-declined"),
        ("{\"error\":\"expired_token\"}", "code-expired"),
        ("{\"error\":\"slow_down\"}", "rate-limited"),
        ("access blocked: device code flow is blocked by a Conditional Access policy", "device-flow-blocked"),
        (
            "Need admin approval: this app needs permission to access resources in your organization",
            "admin-consent-needed",
        ),
    ];
    for (text, cause) in table {
        assert_eq!(explain::text(text).cause, cause, "{text}");
    }
}

#[test]
fn how_sure_a_text_is_follows_its_source() {
    let sure = |text| explain::text(text).is_confirmed;
    assert!(sure("535 5.7.139 SmtpClientAuthentication is disabled for the Tenant."));
    assert!(!sure("535 5.7.139 SmtpClientAuthentication is disabled for the Mailbox."));
    assert!(!sure("550 5.7.515 sending domain does not meet the required authentication level"));
    assert!(!sure("550 5.7.1 refused"), "what is not known");
}

#[test]
fn the_names_of_the_causes_are_public_and_stay() {
    assert_eq!(Cause::ALL.len(), 58);
    for cause in Cause::ALL {
        assert_eq!(Cause::named(cause.as_str()), Some(cause));
    }
    assert_eq!(Cause::named("none of them"), None);
}
