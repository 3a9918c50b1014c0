//! The table of replies. The first row that fits wins, so the particular stands before the general.

use super::Who::{self, Administrator, Recipient, Wait, You};
use crate::mail::outcome::Step;

/// One row: what it looks for, and what that means.
pub(super) struct Row {
    pub(super) cause: &'static str,
    /// Reply codes; none means any.
    codes: &'static [u16],
    /// What the enhanced code begins with; empty means any.
    enhanced: &'static str,
    /// All of these stand in the text (which is compared in lower case).
    words: &'static [&'static str],
    /// Only in these steps; none means any.
    steps: &'static [Step],
    pub(super) says: &'static str,
    pub(super) who: Who,
    pub(super) todo: &'static str,
    pub(super) is_confirmed: bool,
}

impl Row {
    pub(super) fn fits(&self, step: Option<Step>, code: u16, enhanced: &str, text: &str) -> bool {
        (self.codes.is_empty() || self.codes.contains(&code))
            && (self.enhanced.is_empty() || is_under(enhanced, self.enhanced))
            && self.words.iter().all(|word| text.contains(word))
            && (self.steps.is_empty() || step.is_none_or(|step| self.steps.contains(&step)))
    }

    const fn new(
        cause: &'static str,
        codes: &'static [u16],
        enhanced: &'static str,
        words: &'static [&'static str],
    ) -> Self {
        Self { cause, codes, enhanced, words, steps: &[], says: "", who: You, todo: "", is_confirmed: false }
    }

    const fn at(mut self, steps: &'static [Step]) -> Self {
        self.steps = steps;
        self
    }

    const fn says(mut self, says: &'static str, who: Who, todo: &'static str) -> Self {
        self.says = says;
        self.who = who;
        self.todo = todo;
        self
    }

    const fn confirmed(mut self) -> Self {
        self.is_confirmed = true;
        self
    }
}

/// `5.7.1` is under `5.7`, `5.7.139` is not under `5.7.1`.
fn is_under(enhanced: &str, prefix: &str) -> bool {
    enhanced.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

const SWITCH_ON: &str = "An administrator can switch it on for this mailbox: Set-CASMailbox NAME -SmtpClientAuthenticationDisabled \
                         $false, or admin centre, user, Mail, Manage email apps, Authenticated SMTP.";

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    // Signing in.
    Row::new("smtp-auth-disabled-tenant", &[], "", &["smtpclientauthentication is disabled for the tenant"])
        .says("SMTP sending is switched off for your organisation.", Administrator, SWITCH_ON).confirmed(),
    Row::new("smtp-auth-disabled-mailbox", &[], "", &["smtpclientauthentication is disabled for the mailbox"])
        .says("SMTP sending is switched off for this mailbox.", Administrator, SWITCH_ON),
    Row::new("security-defaults", &[], "", &["security defaults policy"])
        .says("Your organisation's security defaults block signing in with a password.", Administrator,
              "Use auth = \"xoauth2\" with a token; or an administrator replaces security defaults by policies."),
    Row::new("conditional-access", &[], "", &["did not meet the criteria to be authenticated"])
        .says("A Conditional Access policy of your organisation blocked this sign-in.", Administrator,
              "Use auth = \"xoauth2\" with a token; or ask which policy blocked it."),
    Row::new("basic-auth-disabled", &[], "", &["basic authentication is disabled"])
        .says("Signing in with a password is switched off for this account.", You,
              "Use auth = \"xoauth2\" with a token. App passwords do not help here.").confirmed(),
    Row::new("basic-auth-disabled", &[], "5.7.30", &[])
        .says("Microsoft no longer takes passwords for sending by SMTP here.", You,
              "Use auth = \"xoauth2\" with a token.").confirmed(),
    Row::new("account-locked", &[], "5.7.139", &["locked"])
        .says("The account is locked.", Administrator, "Wait, then sign in on the web; or ask your administrator."),
    Row::new("sign-in-service-down", &[], "", &["federated sts"])
        .says("Your organisation's own sign-in service cannot be reached.", Administrator, "Tell your administrator.").confirmed(),
    Row::new("wrong-credentials", &[], "", &["the user credentials were incorrect"])
        .says("User name or password is wrong, or a password alone is not taken for this account.", You,
              "Check both; an account with multi-factor sign-in needs an app password or a token.").confirmed(),
    Row::new("token-rejected", &[], "5.5.124", &[])
        .says("The access token is malformed.", You, "Fetch a new token for the scope SMTP.Send of outlook.office.com.").confirmed(),
    Row::new("mechanism-not-offered", &[504], "", &[])
        .says("The server does not take this way of signing in.", You, "Set auth to one that it offers, or to auto.").confirmed(),
    Row::new("not-signed-in", &[530], "5.7.57", &[])
        .says("The server wants a sign-in before it takes mail.", You, "Set auth and username in the account.").confirmed(),
    Row::new("tls-required", &[530, 451], "5.7", &["starttls"])
        .says("The server wants TLS first.", You, "Set security = \"starttls\" in the account."),
    Row::new("tls-required", &[530], "5.7.0", &[])
        .says("The server wants TLS or a sign-in first.", You, "Set security = \"starttls\" and auth in the account."),
    Row::new("app-password-needed", &[534], "", &[])
        .says("This account needs an app password.", You, "Make one in the account's security settings and use it here."),
    Row::new("wrong-credentials", &[535], "5.7.3", &[])
        .says("User name or password (or token) is wrong, or the mailbox may not send by SMTP.", You,
              "Check both; with a token: it must be for this mailbox and for the scope SMTP.Send.").confirmed(),
    Row::new("wrong-credentials", &[535], "", &[])
        .says("The server did not accept user name and password (or token).", You,
              "Check both; with multi-factor sign-in an app password or a token is needed.").confirmed(),
    Row::new("server-busy", &[451], "4.7.0", &["temporary server error"])
        .says("Microsoft's servers could not reach the mailbox.", Wait, "Try again; if it lasts, ask your administrator.").confirmed(),
    Row::new("sign-in-service-down", &[454, 451], "4.7.0", &[]).at(&[Step::Auth])
        .says("The server cannot check sign-ins at the moment.", Wait, "Try again in a few minutes."),
    // Limits.
    Row::new("too-many-connections", &[432, 421], "4.3.2", &["concurrent"])
        .says("Too many messages are being sent from this mailbox at the same time (three is the limit).", Wait,
              "Send it again in half a minute.").confirmed(),
    Row::new("too-many-connections", &[432], "4.3.2", &["thread limit"])
        .says("Too many messages are being sent from this mailbox at the same time (three is the limit).", Wait,
              "Send it again in half a minute.").confirmed(),
    Row::new("rate-limited", &[], "4.4.2", &["rate"])
        .says("More than 30 messages in a minute went out from this mailbox.", Wait, "Wait a minute."),
    Row::new("daily-limit", &[], "", &["submissionquotaexceeded"])
        .says("The mailbox has reached its 10,000 recipients of a day.", Wait, "Wait until tomorrow.").confirmed(),
    Row::new("daily-limit", &[], "5.1.90", &[])
        .says("The mailbox has reached its limit of recipients a day.", Wait, "Wait until tomorrow.").confirmed(),
    Row::new("recipient-mailbox-full", &[452, 552], "", &["full"]).at(&[Step::Rcpt])
        .says("The recipient's mailbox is full.", Recipient, "Tell them by another way."),
    Row::new("mailbox-full", &[], "5.2.2", &["mailbox full"])
        .says("Your own mailbox is full, and Sent Items counts.", You, "Free some space in it.").confirmed(),
    Row::new("mailbox-full", &[], "", &["quotaexceeded"])
        .says("Your own mailbox is full, and Sent Items counts.", You, "Free some space in it.").confirmed(),
    Row::new("message-too-large", &[552], "", &[])
        .says("The message is larger than the server takes.", You, "Make it smaller, or send a link instead of the file."),
    Row::new("message-too-large", &[], "5.3.4", &[])
        .says("The message is larger than the server takes.", You, "Make it smaller, or send a link instead of the file."),
    Row::new("message-too-large", &[], "5.2.3", &[])
        .says("The message is larger than this mailbox may send.", Administrator, "Make it smaller; 35 MB is the default limit."),
    Row::new("too-many-recipients", &[452], "4.5.3", &[])
        .says("There are more recipients than the server takes at once.", You, "Send it in smaller groups.").confirmed(),
    // Sender.
    Row::new("send-as-denied", &[], "", &["sendasdenied"])
        .says("The account you signed in with may not send as the address in From.", Administrator,
              "Use your own address, or have Send As granted for it (that takes up to an hour).").confirmed(),
    Row::new("send-as-denied", &[], "5.7.60", &[])
        .says("The account you signed in with may not send as the address in From.", Administrator,
              "Use your own address, or have Send As granted for it.").confirmed(),
    Row::new("sender-blocked", &[], "5.1.8", &[])
        .says("Microsoft has restricted this account because spam went out from it.", Administrator,
              "An administrator can lift it on the Restricted entities page, once the account is secure.").confirmed(),
    Row::new("bad-address", &[], "5.1.7", &[])
        .says("The address in From is not valid for the server.", You, "Correct from in the account."),
    // Recipients.
    Row::new("relay-denied", &[], "5.7.54", &[])
        .says("The server passes mail on only for people who are signed in.", You, "Set auth and username in the account."),
    Row::new("connector-mismatch", &[], "5.7.64", &[])
        .says("No connector of the organisation fits this machine's address or certificate.", Administrator,
              "Correct the inbound connector.").confirmed(),
    Row::new("direct-send-rejected", &[], "5.7.68", &[])
        .says("The organisation does not take unauthenticated mail in its own name.", Administrator,
              "Sign in, or have a connector set up.").confirmed(),
    Row::new("relay-denied", &[], "", &["relay"]).at(&[Step::Mail, Step::Rcpt])
        .says("The server passes mail on only for people who are signed in.", You, "Set auth and username in the account."),
    Row::new("unknown-recipient", &[], "5.1.1", &[])
        .says("There is no such recipient.", You, "Correct the address.").confirmed(),
    Row::new("unknown-recipient", &[], "5.1.10", &[])
        .says("There is no such recipient.", You, "Correct the address.").confirmed(),
    Row::new("unknown-recipient", &[550, 551, 553], "", &["unknown"]).at(&[Step::Rcpt])
        .says("There is no such recipient.", You, "Correct the address."),
    Row::new("unknown-domain", &[], "5.1.2", &[])
        .says("The recipient's domain does not exist.", You, "Correct the address."),
    Row::new("bad-address", &[], "5.1.3", &[])
        .says("The server finds an address malformed.", You, "Correct the address."),
    Row::new("greylisted", &[450, 451], "", &["greylist"])
        .says("The server wants to see a second try later.", Wait, "Send it again in five minutes."),
    // Content and policy.
    Row::new("spam-rejected", &[], "", &["spam"])
        .says("The server takes the message for spam.", You, "Change the text; ask the recipient's side if it is wrong."),
    Row::new("content-rejected", &[554, 550], "5.6", &[])
        .says("The server does not like what is in the message.", You, "Read its reply; change the message."),
    // The session.
    Row::new("tls-too-old", &[], "4.7.66", &[])
        .says("The server wants TLS 1.2 or later.", Administrator, "A proxy on the way may weaken the connection.").confirmed(),
    Row::new("tls-required", &[454], "", &[]).at(&[Step::StartTls])
        .says("The server cannot do TLS at the moment, so nothing was sent.", Wait, "Try again in a few minutes."),
    Row::new("idle-timeout", &[421], "4.4.1", &[])
        .says("The server closed the session because it lasted too long.", Wait, "Send it again.").confirmed(),
    Row::new("server-busy", &[421, 450, 451, 452], "4.3", &[])
        .says("The server is too busy at the moment.", Wait, "Try again in a few minutes."),
    Row::new("server-busy", &[421], "", &[])
        .says("The server closed the session: it is busy, or has had enough of this client.", Wait, "Try again in a few minutes."),
    Row::new("hello-rejected", &[501, 550], "", &["invalid domain name"])
        .says("The server does not accept the name that this client says hello with.", You, "Set helo in the account.").confirmed(),
    Row::new("command-unrecognised", &[500, 502], "", &[])
        .says("The server does not know a command that was sent.", Administrator, "Is this a mail submission server?"),
    Row::new("bad-sequence", &[503], "", &[])
        .says("The server expected another command first.", Administrator, "Is this a mail submission server?"),
];
