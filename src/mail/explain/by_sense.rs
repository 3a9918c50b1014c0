//! Beside a refusal's code a few words tell enough, however the sentence goes: whom it is about, and what is wrong with it.

use super::Cause::{BadAddress, SenderBlocked, SpamRejected, TlsRequired, UnknownDomain};
use super::Who::{Administrator, You};
use super::row::{Row, row};
use super::said;

/// What people are called, and what is said of those that are not there.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row(TlsRequired, You, "The server wants an encrypted connection (TLS) first.", "Set security = \"starttls\" with port 587 in the account.")
        .when(&[
            "~tls|starttls & required|needed|mandatory", "~tls|starttls & first & !hello|helo|ehlo",
            "~encrypt & required|needed", "~ssl & only",
        ]),
    said::NOT_THEIRS
        .when(&[
            "~sender|from & <mismatched> & login|logged|user|auth|account|authenticated",
            "~from|sender & <another's>", "~spoofed sender|spoof & send as|send only|only send as",
            "~may only send|may send only|can only send|only allowed to send & as|from",
        ]),
    said::NOT_SIGNED_IN
        .when(&[
            "~<sign in> & required|before|first|must be done|mandatory|needed|necessary & !relay & !relaying & !non-local & !group & !fail*|den*|invalid & !sender policy & !dkim",
            "~you must|you need to|you have to & authenticat|log in|login|sign in & !relay",
            "~auth command & required|first",
            "~authentication required|authentication is required & !relay access|relaying",
            "~not logged in|not signed in|not authenticated|unauthenticated & !relay & !spf & !dkim & !dmarc & !group",
        ]),
    said::WRONG
        .when(&[
            "~authenticat & !checks|relaying & fail*|invalid|den*|rejected|refused|unsuccessful|wrong & !sender & !dkim & !dmarc & !spf & !recipient",
            "~login|logon|sign-in & fail*|den*|refused|rejected|incorrect & !relay",
            "~password|passwd|passphrase|credential & <wrong> & !attachment|archive|zip",
        ]),
    said::RELAY
        .when(&[
            "~relay*|relaying|relays & <not passed on>", "~relay & don't|do not|doesn't|does not|won't",
            "~non-local recipient|nonlocal recipient", "~mail to & not accepted here|not handled here",
            "~external|foreign|non-local|remote|outside & domain|domains|recipients|addresses & not allowed|refused|den*|not permitted|requires auth|require auth|requires authentication",
            "~not a gateway|no gateway",
            "~do not|don't|not & accept|handle|serve & mail|domain & for that domain|for this domain|this domain|that domain & !sender & !spf",
        ]),
    said::FULL
        .when(&[
            "~<room> & <used up> & !<other limit>", "~full mailbox|mailbox would exceed|too many messages in",
            "~quota & !message|messages|sending|hour|day|rate",
        ]),
    row(UnknownDomain, You, "The domain of an address cannot be found.", "Correct the address.")
        .when(&[
            "~domain|domainname & <not in dns> & !helo|ehlo|spf|dkim|dmarc|user|reverse|ptr",
            "~host & not found",
            "~mx|dns & no record|not found|lookup fail*|cannot find|unresolvable & domain|recipient|sender|host",
        ]),
    row(BadAddress, You, "The server does not accept the address in From.", "Correct from in the account.")
        .when(&[
            "~<sender> & <not believed> & !domain is|reputation|spf|blocked",
            "~batv", "~envelope from & reject",
        ]),
    said::NOBODY
        .when(&[
            "~<person> & <unknown> & !mechanism|domain may not|valid mx|recipient domain|best-preference|allowed to send|sender|from address|domain is|policy|spam|list|black*|command|ip|spf|relay",
            "~recipient|user|mailbox|account|address & <closed> & !invalid dns|sender|sending|temporar|spam|policy|block|your account|authenticat*|server|too many",
            "~no mail box|not present in directory|not a local|not local|not our|no recipient|not in directory|no such alias",
            "~unable|cannot & verify|validate & recipient|mailbox",
        ]),
    said::MALFORMED
        .when(&[
            "~address|recipient|mailbox name|path & <malformed> & !ip address|command unrec|command not rec|unknown command",
            "~domain name required|hostname required|fully qualified email address",
            "@501|@553 & #5.1|domain name required|user address required",
            "~rcpt to|mail from & syntax",
        ]),
    row(SenderBlocked, Administrator, "The server does not take mail from this sender, because of what went out from it or because it is barred.", "Ask whoever runs the server; secure the account first.")
        .when(&[
            "~sender rejected|sender refused|sender denied & !relay",
            "~sending is|sending has|outgoing|outbound|sender|your account|domain & <barred> & !delivery temporarily|recipient|ip|host|server|spam content|url|relay|content|using",
        ]),
    said::LISTED
        .when(&[
            "~<machine> & block*|black*|banned|listed|whitelist|dynamic|reputation",
            "~ip|ip address|your server|your host & reject*|refus*|den*|not allowed|not accepted & !header|sender address|recipient address",
            "~open proxy", "~country & policy|reject*|block*", "~server of your isp",
            "~dynamic & address|ip|host", "~reverse & name|dns|lookup|entry|record",
            "~dnsbl|rbl|blocklist|blacklist|black list|block list|blackhole",
            "postmaster.info.aol.com",
        ]),
    said::TOO_FAST
        .when(&[
            "~limit & exceed*|exceeding|reached|over|hit & !size|recipients|length|attachments",
            "~<too much> & !recipients|hops|received|errors|unrecognized|load|bad commands",
            "~throttl|slow down|slow your|rate & limit*|exceed*|reduce|high",
        ]),
    said::UNWILLING
        .when(&[
            "~recipient|user|mailbox|group|list|member & <unwilling> & !by the server|commands|network messages|internal error|by policy|ip|spf|black*|spam|content|relay|auth*|rate|limit",
        ]),
    said::CONTENT
        .when(&[
            "~attachment|attachments|zip|archive|file|macro|extension & <forbidden>",
            "~header|subject|message-id|line length|date field & <faulty> & !helo",
            "~subject|body|from header|date header & missing|empty|blank|no & !alternative",
        ]),
    row(SpamRejected, You, "The server does not want this message: its content, or the sender's standing.", "Change the text; ask the recipient's side if it is wrong.")
        .when(&[
            "~content|policy & reject*|block*|violat*|refus*|den*|breach",
            "~message & policy", "~reputation", "~junk|abusix", "~denied & [cs]",
            "~phish*|spam & !domain has been|account has been",
            "~ube|uce|scam|unwanted|unsolicited|abuse|abusive|bulk",
        ]),
    said::NO_CHECK
        .when(&[
            "~authenticat|login|credential & backend|service|server|temporar*|unavailable|database & !required|failed|unrecognized|@535|@5|service not",
        ]),
    said::BUSY
        .when(&[
            "@421|@450|@451|@452 & <for now> & !connect|timed out|timeout|delivered",
            "~shutting down", "~server & overload",
        ]),
    // What JavaMail puts before every refusal of a recipient.
    said::MALFORMED.when(&[
        "~invalid addresses & !command unrec",
    ]),
];
