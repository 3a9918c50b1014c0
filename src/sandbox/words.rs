//! Every fixed text of the server, in one table.
//!
//! `confirmed` texts stand in Microsoft's documentation or in a transcript somebody posted; the others are what Exchange
//! is believed to say, and may differ in wording. Blanks in braces are filled by [`Facts`](super::Facts) or, for the
//! last four, by the session: `{host}` `{client}` `{time}` `{id}` `{trace}` `{mailbox}` `{octets}` `{message_id}`
//! `{login}` `{sender}`.

/// The SIZE that EHLO advertises: 150 MiB, in octets of the message on the wire.
pub const SIZE: u64 = 157_286_400;

/// One reply as it stands on the wire, without its last line end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// The code and the text, blanks in braces.
    pub text: &'static str,
    /// Whether a public transcript or Microsoft's documentation has this text.
    pub confirmed: bool,
}

const fn confirmed(text: &'static str) -> Words {
    Words { text, confirmed: true }
}

const fn unconfirmed(text: &'static str) -> Words {
    Words { text, confirmed: false }
}

impl Words {
    /// Whether the reply is a 4yz or a 5yz.
    pub fn is_refusal(self) -> bool {
        self.text.starts_with(['4', '5'])
    }

    /// The text for a list: three dots for every blank.
    pub fn outline(self) -> String {
        let mut parts = self.text.split('{');
        let plain = parts.next().unwrap_or_default().to_owned();
        parts.fold(plain, |text, part| text + "..." + part.split_once('}').map_or("", |(_, rest)| rest))
    }

    /// Whether the server closes the connection with it (RFC 5321, section 3.8).
    pub fn ends_the_session(self) -> bool {
        self.text.starts_with("421")
    }
}

// Connecting.
pub const GREETING: Words = confirmed("220 {host} Microsoft ESMTP MAIL Service ready at {time} [{id}]");
pub const HELO: Words = confirmed("250 {host} Hello [{client}]");
/// Before TLS. [`EHLO_ENCRYPTED`] differs in one line, which stands at the same place.
pub const EHLO: Words = confirmed(
    "250-{host} Hello [{client}]\r\n250-SIZE 157286400\r\n250-PIPELINING\r\n250-DSN\r\n250-ENHANCEDSTATUSCODES\r\n\
     250-STARTTLS\r\n250-8BITMIME\r\n250-BINARYMIME\r\n250-CHUNKING\r\n250 SMTPUTF8",
);
pub const EHLO_ENCRYPTED: Words = confirmed(
    "250-{host} Hello [{client}]\r\n250-SIZE 157286400\r\n250-PIPELINING\r\n250-DSN\r\n250-ENHANCEDSTATUSCODES\r\n\
     250-AUTH LOGIN XOAUTH2\r\n250-8BITMIME\r\n250-BINARYMIME\r\n250-CHUNKING\r\n250 SMTPUTF8",
);
pub const INVALID_DOMAIN: Words = confirmed("501 5.5.4 Invalid domain name [{trace}]");
pub const HELLO_FIRST: Words = confirmed("503 5.5.2 Send hello first [{trace}]");
pub const START_TLS: Words = confirmed("220 2.0.0 SMTP server ready");
pub const ALREADY_ENCRYPTED: Words =
    unconfirmed("503 5.5.2 Only one STARTTLS command can be issued per session");
pub const TIMED_OUT: Words = confirmed("421 4.4.1 Connection timed out");
/// As the servers for incoming mail say it, who add how long it was.
pub const SESSION_TOO_LONG: Words =
    confirmed("421 4.4.1 Connection timed out. Total session duration: 00:20:55.28");
pub const TLS_TOO_OLD: Words = confirmed(
    "421 4.7.66 TLS 1.0 and 1.1 are not supported. Please upgrade/update your client to support TLS 1.2. \
     Visit https://aka.ms/smtp_auth_tls",
);
/// The code is known, the text is that of RFC 3207, section 4.
pub const TLS_UNAVAILABLE: Words = unconfirmed("454 4.7.0 TLS not available due to temporary reason");
pub const SERVER_FULL: Words = unconfirmed(
    "421 4.3.2 The maximum number of concurrent server connections has exceeded a limit, \
     closing transmission channel",
);
pub const NOT_AVAILABLE: Words = unconfirmed("421 4.3.2 Service not available");
pub const TOO_MANY_ERRORS: Words =
    unconfirmed("421 4.7.0 Too many errors on this connection, closing transmission channel");

// Signing in.
pub const ASK_USER: Words = confirmed("334 VXNlcm5hbWU6");
pub const ASK_PASSWORD: Words = confirmed("334 UGFzc3dvcmQ6");
/// Code, space, nothing: the client's turn to send its XOAUTH2 blob.
pub const ASK_TOKEN: Words = confirmed("334 ");
pub const SIGNED_IN: Words = confirmed("235 2.7.0 Authentication successful");
pub const WRONG_CREDENTIALS: Words = confirmed("535 5.7.3 Authentication unsuccessful [{trace}]");
pub const SMTP_AUTH_DISABLED: Words = confirmed(
    "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. \
     Visit https://aka.ms/smtp_auth_disabled for more information. [{trace}]",
);
pub const SMTP_AUTH_DISABLED_MAILBOX: Words = unconfirmed(
    "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. \
     Visit https://aka.ms/smtp_auth_disabled for more information. [{trace}]",
);
pub const SECURITY_DEFAULTS: Words = unconfirmed(
    "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy. \
     Contact your administrator. [{trace}]",
);
pub const CONDITIONAL_ACCESS: Words = unconfirmed(
    "535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated \
     successfully. Contact your administrator. [{trace}]",
);
pub const BASIC_AUTH_DISABLED: Words =
    confirmed("535 5.7.139 Authentication unsuccessful, basic authentication is disabled. [{trace}]");
pub const CREDENTIALS_INCORRECT: Words =
    confirmed("535 5.7.139 Authentication unsuccessful, the user credentials were incorrect. [{trace}]");
pub const FEDERATION_UNREACHABLE: Words =
    confirmed("535 5.7.139 Authentication unsuccessful, federated STS service was unreachable. [{trace}]");
pub const FEDERATION_WITHOUT_HTTPS: Words = confirmed(
    "535 5.7.139 Authentication unsuccessful, the federated STS URL does not support HTTPS. [{trace}]",
);
pub const NO_REASON: Words = confirmed("535 5.7.139 Authentication unsuccessful [{trace}]");
pub const BASIC_AUTH_RETIRED: Words =
    confirmed("550 5.7.30 Basic authentication is not supported for Client Submission.");
/// That there are such replies is known; of the three, no text is.
pub const ACCOUNT_LOCKED: Words =
    unconfirmed("535 5.7.139 Authentication unsuccessful, the user account is locked. [{trace}]");
pub const PASSWORD_EXPIRED: Words =
    unconfirmed("535 5.7.139 Authentication unsuccessful, the user password has expired. [{trace}]");
pub const PASSWORD_MUST_CHANGE: Words =
    unconfirmed("535 5.7.139 Authentication unsuccessful, the user must change the password. [{trace}]");
/// The way from the front end to the mailbox failed, in one of four manners.
pub const PROXY_FAILED: [Words; 4] = [
    confirmed("451 4.7.0 Temporary server error. Please try again later. PRX2"),
    confirmed("451 4.7.0 Temporary server error. Please try again later. PRX3"),
    confirmed("451 4.7.0 Temporary server error. Please try again later. PRX4"),
    confirmed("451 4.7.0 Temporary server error. Please try again later. PRX5"),
];
pub const MALFORMED_TOKEN: Words = confirmed("501 5.5.124 Invalid XOAUTH2 auth data");
pub const UNKNOWN_MECHANISM: Words = confirmed("504 5.7.4 Unrecognized authentication type [{trace}]");
pub const ALREADY_SIGNED_IN: Words = unconfirmed("503 5.5.2 Already authenticated");
pub const NOT_SIGNED_IN: Words = confirmed("530 5.7.57 Client not authenticated to send mail. [{trace}]");
/// As it was said before 2024.
pub const NOT_SIGNED_IN_OLDER: Words = confirmed(
    "530 5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM [{trace}]",
);
pub const NOT_ENCRYPTED: Words = unconfirmed("451 5.7.3 STARTTLS is required to send mail [{trace}]");

// The envelope.
pub const SENDER_OK: Words = confirmed("250 2.1.0 Sender OK");
pub const RECIPIENT_OK: Words = confirmed("250 2.1.5 Recipient OK");
pub const INVALID_SENDER: Words = confirmed("550 5.1.7 Invalid address");
pub const INVALID_SENDER_501: Words = confirmed("501 5.1.7 Invalid address");
pub const INVALID_RECIPIENT: Words = unconfirmed("501 5.1.3 Invalid address");
/// Confirmed in bounces only: Exchange Online as a rule finds out after it has accepted the message.
pub const UNKNOWN_RECIPIENT: Words = unconfirmed(
    "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup [{trace}]",
);
pub const TOO_MANY_RECIPIENTS: Words = confirmed("452 4.5.3 Too many recipients");
pub const SENDER_TWICE: Words = unconfirmed("503 5.5.2 Sender already specified");
pub const MAIL_FIRST: Words = unconfirmed("503 5.5.2 Need mail command");
pub const RCPT_FIRST: Words = unconfirmed("503 5.5.2 Need rcpt command");
pub const INVALID_ARGUMENTS: Words = unconfirmed("501 5.5.4 Invalid arguments");
pub const TOO_LARGE: Words = unconfirmed("552 5.3.4 Message size exceeds fixed maximum message size");
pub const NO_RESOURCES: Words = unconfirmed("452 4.3.1 Insufficient system resources");
pub const RELAY_DENIED: Words =
    unconfirmed("550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain");
pub const NO_CONNECTOR: Words = confirmed("550 5.7.64 TenantAttribution; Relay Access Denied");
pub const DIRECT_SEND_REJECTED: Words = confirmed(
    "550 5.7.68 TenantInboundAttribution; Direct Send not allowed for this organization from unauthorized sources",
);

// The message.
pub const START_INPUT: Words = confirmed("354 Start mail input; end with <CRLF>.<CRLF>");
pub const CHUNK_OK: Words = unconfirmed("250 2.6.0 CHUNK received OK, {octets} octets");
pub const BDAT_BEGUN: Words = unconfirmed("503 5.5.2 DATA cannot follow BDAT or BODY=BINARYMIME");
pub const ACCEPTED: Words = confirmed("250 2.0.0 OK <{message_id}> [Hostname={mailbox}]");
pub const SEND_AS_DENIED: Words = confirmed(
    "554 5.2.252 SendAsDenied; {login} not allowed to send as {sender}; \
     STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; Failed to process message due to a \
     permanent exception with message [BeginDiagnosticData]Cannot submit message.[EndDiagnosticData] \
     [Hostname={mailbox}]",
);
/// As it was said until about 2021. Transcripts are cut short behind the exception; the rest is that of the newer text.
pub const SEND_AS_DENIED_OLDER: Words = confirmed(
    "554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; Failed to process \
     message due to a permanent exception with message Cannot submit message. [Hostname={mailbox}]",
);
pub const NO_PERMISSION: Words =
    confirmed("550 5.7.60 SMTP; Client does not have permissions to send as this sender");
pub const NO_PERMISSION_571: Words =
    confirmed("550 5.7.1 Client does not have permissions to send as this sender");
pub const TOO_MANY_CONNECTIONS: Words = confirmed(
    "432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more information. \
     [Hostname={mailbox}]",
);
pub const THREAD_LIMIT: Words = confirmed("432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded");
pub const TOO_MANY_MESSAGES: Words =
    unconfirmed("421 4.4.2 Message submission rate for this client has exceeded the configured limit");
pub const MAILBOX_FULL: Words = confirmed(
    "554 5.2.2 mailbox full; \
     STOREDRV.Submission.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded",
);
pub const MAILBOX_OVER_QUOTA: Words = confirmed(
    "554 5.2.2 mailbox full; STOREDRV.Submission.Exception:QuotaExceededException.MapiExceptionQuotaExceeded",
);
pub const SUBMISSION_QUOTA: Words =
    confirmed("554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException");
pub const SENDER_BLOCKED: Words = confirmed("550 5.1.8 Access denied, bad outbound sender");
pub const DAILY_LIMIT: Words = confirmed(
    "550 5.1.90 Your message can't be sent because you've reached your daily limit for message recipients",
);
pub const TOO_LARGE_FOR_SENDER: Words =
    unconfirmed("550 5.2.3 RESOLVER.RST.SendSizeLimit.Sender; message too large for this sender");
/// The code 550 is assumed, the rest is known.
pub const NO_FROM: Words =
    confirmed("550 5.7.512 Access denied, message must be RFC 5322 section 3.6.2 compliant");
pub const SEVERAL_FROM: Words =
    unconfirmed("550 5.1.20 Multiple From addresses are not allowed without Sender address");
/// Shown shortened in the documentation.
pub const INVALID_CHARACTERS: Words = confirmed("550 5.6.11 Invalid characters");

// The rest.
pub const RESET: Words = unconfirmed("250 2.0.0 Resetting");
pub const NOTHING_DONE: Words = unconfirmed("250 2.0.0 OK");
pub const CANNOT_VERIFY: Words = unconfirmed("252 2.1.5 Cannot VRFY user");
pub const HELP: Words = unconfirmed(
    "214-This server supports the following commands:\r\n\
     214 HELO EHLO STARTTLS RCPT DATA RSET MAIL QUIT HELP AUTH BDAT NOOP VRFY",
);
pub const GOODBYE: Words = confirmed("221 2.0.0 Service closing transmission channel");
pub const UNKNOWN_COMMAND: Words = confirmed("500 5.3.3 Unrecognized command");
pub const NOT_IMPLEMENTED: Words = confirmed("502 5.3.3 Command not implemented");
pub const LINE_TOO_LONG: Words = unconfirmed("500 5.5.2 Line too long");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ehlo_swaps_starttls_for_auth_at_the_same_place_and_names_the_size() {
        let before: Vec<_> = EHLO.text.lines().collect();
        let after: Vec<_> = EHLO_ENCRYPTED.text.lines().collect();
        let changed: Vec<_> = before.iter().zip(&after).filter(|(old, new)| old != new).collect();

        assert_eq!(changed, [(&"250-STARTTLS", &"250-AUTH LOGIN XOAUTH2")]);
        assert_eq!(before.len(), after.len());
        assert_eq!(before[1], format!("250-SIZE {SIZE}"));
    }
}
