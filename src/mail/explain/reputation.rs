//! Texts about how far the receiving side trusts the sender: the domain's own records (SPF, DKIM, DMARC), blocks, lists, spam.

use super::Cause::{BlocklistedIp, DmarcRejected, SenderBlocked, SpamRejected, SpfRejected};
use super::Who::{Administrator, You};
use super::row::{Row, row};

#[rustfmt::skip]
const SPF: Row = row(
    SpfRejected,
    Administrator,
    "The receiving side found that this server is not one that your domain names as its own (SPF, a record in DNS).",
    "Add the sending server to the TXT record of your domain; for Microsoft 365: v=spf1 include:spf.protection.outlook.com -all. And switch DKIM on.",
);

#[rustfmt::skip]
const DMARC: Row = row(
    DmarcRejected,
    Administrator,
    "The receiving side could not confirm that the mail is from your domain, and the domain asks to refuse such mail (DMARC).",
    "Send through a server that your domain allows (SPF) and that signs for it (DKIM): Defender portal, Email authentication settings, DKIM; check \
     the TXT record _dmarc of the domain.",
);

#[rustfmt::skip]
const LISTED: Row = row(
    BlocklistedIp,
    Administrator,
    "The receiving side blocks the address (IP) of the server that the mail came from, most often because it stands on a blocklist.",
    "Look the address up at the list that the reply names and ask there to be taken off; on a home or cloud line send through your provider's \
     server on port 587 instead of directly.",
);

#[rustfmt::skip]
const SPAM: Row = row(
    SpamRejected,
    You,
    "The server takes the message for spam (unwanted advertising) or for something dangerous.",
    "Send it without links, attachments or a copied layout to see what it minds; if it is wrong, ask the recipient's side to let your address through.",
)
.when(&[
    "due to local policy", "by local policy & spam", "no spam please", "due to security polic", "spamtext", "mass mail", "bounce attack", "content policy|due to content",
    "email policy violation", "for policy reasons", "policy restrictions", "due to policy", "rejected by policy",
    "message blocked", "blocked due to spam", "ht204137",  "~policy violation",
     "mail content denied", "~content denied", "~suspicious & !suspiciousremote", "hvu:b",
    "message rejected under suspicion", "~rejected for policy", "identified as spam",
    "message has been blocked",
    "mail was blocked", "classified as spam|classified as rspam|marked as spam|flagged as spam|tagged as spam|rspam",
    "matching a prohibited|message filtered|mail filtered|email filtered", "high spam", "spam blocked", "spam classification",
    "spam or virus", "spam message",
    "as spam & !as spammer", "is spam", "spam detected", "spam content", "probability of spam", "considered spam",
    "~spam score",
    "~spamassassin", "likely spam", "likely unsolicited", "~spam filter", "dt:spm",
    "not meet our delivery requirements", "gtube", "spamprofiler", "recurrent pattern", "karma",
    "denied (mode", "one or more recipients & :blocked", "~virus", "~malware", "~infected", "trojan", "eicar",
    "~junk mail", "~junkmail",
    "looks like spam", "suspected spam", "suspicion of spam", "looks suspicious", "suspected of being spam", "suspicious content",
    "~content filter", "~anti-spam", "~antispam", "spammy", "spam-like",
    "spam rejected",
    "spam mail", "~unsolicited", "rejected by content", "content rejected",
    "blocked by content", "blacklisted url", "~url & block", "~phish", "~spam & !registered as spammer", "uribl",
    "surbl", "~spoof",
    "prohibited content", "gen.uk", "message contains spam", "similar to spam",
    "(s3140)", "policy reasons & content", "~bulk mail", "bulk email sender|bulk sender", "email rejected & reputation",
]);

/// Checks of the sender's domain.
#[rustfmt::skip]
pub(super) const DOMAIN: &[Row] = &[
    DMARC
        .when(&[
            "unauthenticated email from|unauthenticated mail from", "unauthenticated & security risk", "sender is unauthenticated",
            "email is unauthenticated", "senders must authenticate", "#5.7.26", "#4.7.26", "no passing dkim", "authentication checks failed",
            "dmarc", "domainkeys & not|fail*", "has not passed validation|fails to pass authentication checks|have authentication information", "arc validation|arc-seal|arc set", "#5.7.509",
            "does not meet the required authentication level", "#5.7.515",
            "#5.7.9 & for policy reasons",
            "either spf or dkim|both spf and dkim|neither spf nor dkim & !spf check",
            "spf or dkim & requires all senders|validation", "dkim sender",
            "dkim & no valid|not valid|not found|missing|not signed|unsigned|required|must|bad|mismatch|does not verify|did not pass|not pass & !spf|record not found",
            "no aligned|not aligned|unaligned|alignment", "domain owner policy|domain owner's policy",
            "isn't aligned & dkim", "#4.7.32", "#5.7.32", "dkim signature & reject", "dkim & fail* & !spf",
            "dkim verification failed", "bad dkim", "invalid dkim", "unauthenticated mail & policy",
            "dkim validation", "#5.7.20", "#5.7.21", "#5.7.22", "no dkim", "dkim & required & !spf",
        ])
        .confirmed(),
    SPF.when(&[
        
        "spf & !unusual rate", "sender policy framework", "#5.7.23", "#5.7.24",
        "openspf", "#4.7.27", "#5.7.27 & unauth",
        "not listed as a permitted sender", "permitted sender & domain",
        "mail from|mailfrom|sender & mismatches|does not match|not match|not permitted & client ip|sending ip|your ip",
        "invalid ip for sending", "does not designate|not designated|not authorized by domain|not a permitted sender|not permitted to send mail from|not allowed to send mail for",
        "sender-policy",
    ])
    // Advice to those whose mail looks like spam.
    .unless(&["spam classification|classified as spam|due to spam|rejected as spam & set up spf|configure spf|spf records|add an spf", "content spam|behaviour spam"])
    .confirmed(),
];

/// An address (IP) that is named as the culprit, whatever else is refused because of it.
#[rustfmt::skip]
pub(super) const NAMED: &[Row] = &[
    LISTED.when(&["#5.7.25|#4.7.25", "does not have a ptr|doesn't have a ptr|no ptr record|missing ptr", "spam|spams & from your ip", "client host rejected & generic|dynamic|dial|relay via", "{ip} & !failed after & sent|sends|sending|source of & spam", "abus detecte", "remotehost & spam*"]),
    LISTED.when(&[
        "your ip|your server's ip|this ip|ip address & spammer|is filtered|was filtered|is blacklisted|is black listed|is blocklisted|for sending spam",
        "~blocked by & rbl*|ou=rbl*|dnsbl*|blocklist|blacklist*|block list|black list & !url|recipient",
        "your ip is on|your ip address is on|ip is on our|ip is on a",
        "permanently deferred", "retrying will not succeed",
        "black listed at|blacklisted at|ivmsip", "rejected because & is blacklisted|is blocked|is listed", "namespace mining", "notauthorizederror|smtp relay at your service provider", "host blacklisted|realtime black", "not allowed access from your location", "this ip has been & blocked for", "network not allowed & host",
        "ip & blocked by & !url|uri|link|recipient|sender address",
        "traffic|mail|messages|connections & not accepted from this ip|not accepted from your ip & !#5.7.708",
        "~poor & sender score|senderscore", "denyip|deny_ip|blockip|blocked_ip|ipblock|/ip?",
        "~not allowed|not permitted|not authorized & to connect & !recipient|user",
        "{ip} blocked|{ip} is blocked|{ip} was blocked|{ip} has been blocked|{ip} rejected|{ip} is rejected|{ip} denied|{ip} banned",
        "{ip} is listed|{ip} listed|{ip} is not allowed|{ip} not allowed|{ip} is not welcome|{ip} is blacklisted|blocking {ip}",
        "spam ip|spammer ip|spamming ip",
    ]),
];

/// Blocks of servers and senders.
#[rustfmt::skip]
pub(super) const BLOCKS: &[Row] = &[
    row(
        BlocklistedIp,
        Administrator,
        "The receiving side wants the sending server's address to have a name in DNS (a PTR record, \"reverse DNS\"), and it has none that fits.",
        "Whoever runs the sending server sets its PTR record; or send through your provider's server on port 587.",
    )
    .when(&[
        "cannot find your hostname", "cannot resolve your address", "lookup failure: {ip}", "unresolvable relay host|unverifyable sending|unverifiable sending", "reverse dns", "ptr record", "no ptr",
        "rdns", "reverse hostname", "#5.7.25", "#4.7.25", "does not resolve to a hostname",
        "does not have a valid ptr", "ip name lookup failed", "ip address is not & resolv", "reverse lookup",
    ])
    .confirmed(),
    row(
        SenderBlocked,
        Administrator,
        "Microsoft does not take mail from your organisation or domain for now, because of what went out from it.",
        "Find the reason in the Microsoft 365 admin centre under Health and ask Microsoft support; secure the accounts first.",
    )
    .when(&[
        "#5.7.501", "#5.7.502", "#5.7.503", "#5.7.705", "#5.7.708", "#5.7.750", "#5.7.800",
        "tenant has exceeded threshold", "sending from unregistered domain", "spam abuse detected",
    ])
    .confirmed(),
    row(
        SpamRejected,
        You,
        "The receiving side does not trust the domain of the sender, or one that the message names.",
        "Take links and addresses of other domains out of the message; your administrator looks your own domain up at the list that the reply names.",
    )
    .when(&["surbl|uribl", "url|uri|link|website|web site & listed|blacklist*|blocked|block list & !http",
        "reputation of the sending domain", "spamhaus dbl", "having a domain present"])
    .confirmed(),
    LISTED
        .when(&[
            "your access to & rejected|denied|blocked & system",
            "geographic|your country|country code & reject*|block*|not accepted",
            "ptr & no|missing|invalid|not found|mismatch|does not",
            "reverse & no|missing|invalid|not resolve|mismatch|entry|name & dns|name|lookup|address",
            "not in whitelist|not whitelisted|not on whitelist & ip|host & !rcpt domain", "geographic*",
            "ip in prison|ip is hangup|ip is rejected|ip rejected|ip is banned|ip is blocked", "block listed",
            "not authorized to send email directly", "unauthorized ip", "connection rejected by policy",
            "ip found on|ip was found on|ip address was found", "will be permanently deferred", "because the ip is in", "is not allowed to connect",
            "client host & blocked", "ip= & problem occurred", "tosa@rx.t-online", "poor sender reputation",
            "messages from & weren't sent", "trend micro", "ip & rejected due to", "network & blocked", "pbl",
            "xbl", "access to this mail system has been rejected", "ip & on our block", "blocked - see",
            "ip that is not allowed", "connections will not be accepted",
            "ip address is not allowed", "host is blacklisted", "sending mta",
            "blocked for spamming", "mail server ip & block", "ip & is blocked & !anti-spam", "no smtp service",
            "spamhaus",
            "barracudacentral", "barracuda reputation", "sorbs", "spamcop", "cloudmark",
            "~blacklist & !sender blacklisted & !may not exist & !sender on|sender is|url|uri|link|your domain|domain has|domain is|your address|your email|address blacklisted|blacklisted user|blacklisted sender",
            "~black list", "~blocklist", "~deny list|denylist|deny-list|blocked list",
            "~block list", "~black-list", "dnsbl", "~rbl ", "~ rbl", "blocked using & !spam pattern", "uceprotect", "abuseat",
            "psbl", "surriel", "invaluement", "mailspike", "banned sending ip", "banned ip", "#5.7.511",
            "#5.7.606", "senderscore", "ip address is blocked", "ip blocked",
            "~your ip & block", "~your ip & ban*", "~ip & listed",
            "client host rejected & block", "ip source bloquee", "~delist",
            "low ip reputation", "network is on our block",
            "part of their network is on", "ipcheck.proofpoint",
            "blocked by proofpoint", "~is blocked by", "~listed at & !url|uri|link|domain",
            "~listed in & !not listed & !user", "mail from ip & refused",
            "service refused & ip", "ipremoval", "~ip lookup", "~dynamic ip", "~residential",
            "your host & blocked", "server & is blacklisted", "unsolicited mail originating from your ip",
            "ip & has been blocked", "ip & has been temporarily blocked", "~sender ip",
            "from your ip address & block", "#5.7.513 & ip", "~ip address has been",
            "connections not accepted from", "accepting mail from your ip", "unwanted messages & sent from", "connection refused & ip & listed", "tcp/ip & policy & block",
            "not accepted from your ip", "~reject & your ip", "bad dns ptr", "~ip & not allowed",
            "~ip & denied & !mailbox unavailable", "~currently blocked",
            "~dynamically assigned",
            "~no access & ip", "~banned & !content & !attachment & !file|banned:", "~reputation",
        ])
        .confirmed(),
];

/// What is taken for spam.
#[rustfmt::skip]
pub(super) const CONTENT: &[Row] = &[SPAM];
