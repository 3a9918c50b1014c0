//! Texts about the sender's address: one that may not be used, does not exist, or is blocked.

use super::Cause::{BadAddress, ConnectorMismatch, SendAsDenied, SenderBlocked, UnknownDomain};
use super::Who::{Administrator, You};
use super::row::{Row, row};
use super::said;

#[rustfmt::skip]
const BLOCKED: Row = row(
    SenderBlocked,
    Administrator,
    "Microsoft has restricted this account because spam went out from it.",
    "Lift it on the Restricted entities page (security.microsoft.com/restrictedentities), once the account is secure: \
     new password, multi-factor sign-in.",
);

/// Asked before what is said of accounts that cannot sign in.
#[rustfmt::skip]
pub(super) const BARRED: &[Row] = &[
    BLOCKED.when(&[
        "continue sending & sign in|verify|log in",
        "<stopped> & <of sending> & !smtp sending is disabled|smtpclientauthentication|recipient|listed at|ip|client host|dnsbl|rbl",
        "sending & account & is disabled|has been disabled|is suspended|is blocked|has been blocked|has been suspended & !smtp is disabled",
        "account & has been & blocked|disabled|suspended & from sending|spam complaints|due to spam|because of spam",
        "sending paused|sending is paused|sending has been paused|sending is disabled|sending disabled for",
        "not yet activated & smtp|send|sending",
        "account isn't allowed to send", "account suspended for sending", "blocked from sending",
        "restricted from sending", "sending has been disabled", "sending suspended",
    ]).confirmed(),
];

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row(
        SendAsDenied,
        Administrator,
        "The account you signed in with may not send as the address in From.",
        "Use your own address, or have Send As granted for it (that takes up to an hour): Add-RecipientPermission NAME -AccessRights SendAs -Trustee YOU.",
    )
    .when(&[
        "#5.7.60",
        "send a message on behalf of|send messages on behalf of|send on behalf of & permission|right",
        "not allow the sender address|does not allow this sender",
        "permission to send the message on behalf|on behalf of the specified user",
        "not allowed to send as", "permission to send as", "permissions to send as",
        "right to send mail on behalf", "sendasdenied", "sendonbehalfof",
    ])
    .confirmed(),
    said::NOT_THEIRS
    .when(&[
        "not allowed to use this sender|not allowed to use the sender|not allowed to use that sender",
        "domain & is not verified|not verified. please|unauthorized sending domain",
        "domain|sender|from & not been linked|not linked|isn't linked",
        "~username|user name|login & sender & don't match|doesn't match|does not match|not match|mismatch",
        "sender|from & not valid for your account|not authorized to send for|not allowed for this account",
        "from address|sender|from & isn't allowed|not allowed|not permitted|isn't permitted & for login|for user|for this login|for your login|for account|for your account|for this account & !relay*|sign in|log in",
        "not permitted to use|not allowed to use|not authorised to use|may not use|cannot use|can't use & from address|this from|that from|sender & !relay*",
        "sender|from address & is not the & authenticated|account|login|user",
        "sending|sender|from|domain & validate your sender|authenticate your domain|verify your sender|verify your domain|validate your domain",
        "invalidated from|invalidated sender", "sender & not in my domain",
        "sandbox & authorized recipients|test purposes",
        "trial account|free account|test account|testing emails|test mode|demo domain & only send|only be sent|only be used|can only|your own|limited to",
        "not allowed in header|not allowed in the header|not allowed in from|not allowed in the from|not permitted in header|not permitted in from",
        "is not authorized to perform & sendemail|sendrawemail|send & !verifyemail",
        "must send from|send from the address|from address you signed in",
        "envelope from address & not authorized", "sender identity & !was invalid",
        "username is not allowed|user is not allowed|login is not allowed & send",
        "sending domain & unconfigured|unregistered|not configured|not registered|not set up|unknown",
        "sender|from|address & isn't yours|not yours to use",
        "from-header|from header|header from & not permitted|not allowed|not authorized & login|user|account",
        "domain & is not validated|not validated|not authenticated in & !dkim",
        "sender header|from header|header from|from field|sender or from & incorrect|not allowed|not permitted|not authorized|not owned|must match|mismatch|not match|does not belong|forged & !multiple",
        "from|sender & not associated|is not registered|not an alias|not belong|does not belong|doesn't belong|not assigned|not listed & account|user|login|authenticated|mailbox|alias",
        "sending from & is not allowed|not permitted|not authorized|is not verified",
        "from: address|from address|sender address & must match & your|account|login",
        "may not|cannot|can't & send & with this from|from this address|with that from",
        "from|sender & must be & your account|authenticated|verified|alias|login|same|one of & !fqdn|fully",
        "sender is not allowed & !null|empty",
        "sender not allowed & !to post|group|mailing list|distribution",
        "mailfrom & not match", "spoofing & auth", "not verified & sender", "sender address & does not match",
        "mail from|sender address|from address & must match|must equal & user|login|account|authenticated",
        "mail from & authorized user", "from header & match", "sender is not allowed & auth",
        "not allowed to use & from", "not authorised to send & from", "envelope sender & not & match & auth",
        "~sender mismatch", "domain & is unverified & !recipient",
        "unverified address & !recipient address|host or domain", "sender verification & authenticated",
        "not match & smtp username", "from & not & verified", "authenticated & not allowed & sender",
        "sender rejected: not & user", "sender & unauthorized for user",
        "sender address rejected: user & !unknown",
        "domain is not allowed to send & !per day|per hour|per month",
        "requested mail action aborted & alias", "from: & !spf & not & registered & sender",
        "address not verified", "address you are sending from", "cannot send as", "cannot send from",
        "conform with authentication", "does not match authenticated", "doesn't match the authenticated",
        "domain not verified", "email address is not owned", "email address is not verified",
        "from address does not match", "from address is not allowed", "from/sender name",
        "identities failed the check", "mail from address must be same", "mail from must equal",
        "must be same as authorization user", "must be the same as", "must match the authenticated",
        "not a verified", "not allowed to send email from", "not allowed to send from",
        "not allowed to send mail from", "not authorised to use", "not authorized to send as",
        "not authorized to send from", "not authorized to send on behalf", "not authorized to use",
        "not logged in as owner", "not one of your addresses", "not owned by", "not permitted to send from",
        "not valid for your login", "rejected a (p1)", "relaying disallowed as",
        "sender address is not allowed", "sender address is not owned", "sender address must match",
        "sender address not allowed", "sender address rejected: not auth",
        "sender address rejected: not owned", "sender is not authorized",
        "sender is not same as smtp authenticate", "sender is not the same as", "sender signature",
        "server rejected the sender address", "unauthorized sender address", "unconfigured sending",
        "unverified domain", "unverified sender", "use of sender address", "verified sender identity",
        "you are not allowed to send",
    ])
    .confirmed(),
    BLOCKED.when(&[
        "?mail & @550|@553|@554 & access denied|no access & !ip|{ip}|host|client|relay|spf|dkim|dmarc|authenticat*|login|domain",
        "domain|sender|account & is banned|was banned|has been banned & !ip|{ip}",
        "~sender|your domain|your address & not welcome|unwelcome & !ip|{ip}",
        "~account blocked", "sender is spammer|sender is a spammer|you are a spammer",
        "weren't recognized as a valid sender|suspected of sending spam",
        "address & has been blacklisted|is blacklisted & !ip address",
        "sender blacklisted|sender blocklisted|sender is blacklisted|badmailfrom|blacklisted user|blacklisted sender",
        "your domain|sender's domain|sender domain|from domain|your address|your email|your email address & blacklist*|black list|blacklisted|banned|is blocked|has been blocked & !{ip}|ip|dnsbl|rbl|relay",
        "sender address rejected: access denied|sender address rejected: blocked|sender address rejected: black*|sender address blacklisted|address blacklisted & !ip address",
        "sender address & blocked using", "^sender on & blacklist*|block list",
        "~sending domain|sender domain|sender's domain|mail domain & banned|is blocked|has been blocked|blacklisted & !using|rbl|{ip}",
        "sender|your address|from address & blocked by administrator|blocked by the administrator|blocked by admin",
        "our list of blocked senders|our blocked senders|our list of banned senders|domain blacklist|blacklisted domain",
        "sender|account|sending & reported for spam*|abuse reports|abuse complaints|reported as spam* & !ip|{ip}",
        "sandbox & testing|verified|production",
        "trial account|free account|test account|testing emails|test mode|demo domain|account is in & only send|only be sent|can only|your own|approved|limited to",
        "account|domain & pending approval|under review|not yet approved|awaiting approval|has not been approved|not approved & send|email|mail",
        "outbound & suspended", "account & suspended & send", "outgoing mail & suspended",
        "#5.1.8 & access denied",
        "account is not allowed to send", "bad outbound sender", "denies the sender", "outboundspam",
        "outgoing blocked", "registered as spammer", "sender is rejected", "sending disabled",
        "sending is suspended", "unusual sending", "wascl useraction",
    ]).confirmed(),
    row(
        ConnectorMismatch,
        Administrator,
        "No connector of the organisation fits this machine's address or certificate.",
        "Correct the inbound connector: Exchange admin centre, Mail flow, Connectors (Set-InboundConnector NAME -SenderIPAddresses ...).",
    )
    .when(&["tenantattribution", "#5.7.64", "tenantinboundattribution & connector", "#5.7.51"])
    .confirmed(),
    row(
        UnknownDomain,
        You,
        "The domain of the sender's address (From) cannot be found.",
        "Correct from in the account; if the address is right, its domain is missing in DNS.",
    )
    .when(&[
        "sender domain|sender's domain|domain of the sender|domain of sender|domain in mail from & must exist|must resolve|does not exist|doesn't exist|not found|no mx|no a record|no a or mx|cannot be resolved|not resolve|unknown",
        "sender verify fail*|verification failed & unrouteable address|unroutable address|no such domain",
        "unroutable sender|unrouteable sender", "~sender domain & not & !reverse dns", "~domain must resolve",
        "unresolvable & sender", "~sender & domain & does not exist", "~sender & domain not found",
        "~sender & domain does not",
        "from: domain is invalid|from domain is invalid|sender domain is invalid",
        "bad sender's system", "domain of sender address", "sender address rejected: domain",
        "sender domain resolve",
    ])
    .confirmed(),
    row(
        BadAddress,
        You,
        "The From of the message is not one that the mail standard allows: it names several people, or holds no whole address.",
        "Send the text as a new message; if a program made it, it must write one From with one address (RFC 5322 section 3.6.2).",
    )
    .when(&["#5.1.20|#5.7.512", "multiple from"])
    .confirmed(),
    row(
        BadAddress,
        You,
        "The server does not accept the address in From as one that exists and can be answered.",
        "Correct from in the account: it must be a full address with a domain that takes mail.",
    )
    .when(&[
        "mail from & invalid address",
        "verify|verification & mailfrom|mail from|sender & failed & !you must",
        "mail from|rcpt to & syntax|malformed & !fqdn|helo|ehlo|@500|command unrec",
        "sender|from address & must contain a domain|needs a domain|domain name required",
        "null sender|empty sender|fake sender|blank sender & not|reject|refus|is|den",
        "postmaster verification|verification failed while checking|callback verification|call-out|callout & fail*|reject|denied|checking",
        "'from' header|from-header & missing|empty|invalid|malformed & !domain",
        "~sender unknown", "~unknown sender", "#5.1.7", "from: header & missing",
        "~no from", "from header & invalid", "syntax & sender", "~missing from", "~from field",
        "~from header & !multiple",
        "bad return path", "bad sender", "callout verification", "could not verify sender",
        "from address is not valid", "from address is required", "from header is missing", "invalid from",
        "invalid mail from", "invalid return path", "invalid sender", "ip addresses are not allowed as",
        "malformed sender", "need fully-qualified address", "not a valid sender",
        "sender address does not exist", "sender address invalid", "sender address is invalid",
        "sender address rejected: improper", "sender address rejected: need",
        "sender address rejected: undeliverable", "sender address rejected: unknown",
        "sender address rejected: unverified", "sender address rejected: user unknown",
        "sender address verification", "sender callout", "sender does not exist", "sender is invalid",
        "sender rejected: invalid", "sender verification failed", "sender verify failed",
        "without a sender address",
    ])
    .confirmed(),
];
