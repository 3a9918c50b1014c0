//! Texts about how far the receiving side trusts the sender: the domain's own records (SPF, DKIM, DMARC), blocks, lists, spam.

use super::Cause::{BlocklistedIp, SenderBlocked, SpamRejected};
use super::Who::{Administrator, You};
use super::row::{Row, row};
use super::said;

#[rustfmt::skip]
const SPAM: Row = said::SPAM
.when(&[
    "by local policy & spam", "content policy|due to content", "~policy violation", "~content denied",
    "~suspicious & !suspiciousremote", "~rejected for policy",
    "classified as spam|classified as rspam|marked as spam|flagged as spam|tagged as spam|rspam",
    "matching a prohibited|message filtered|mail filtered|email filtered",
    "as spam & !as spammer", "~spam score", "~spamassassin", "~spam filter",
    "one or more recipients & :blocked", "~virus", "~malware", "~infected", "~junk mail", "~junkmail",
    "~content filter", "~anti-spam", "~antispam", "~unsolicited", "~url & block", "~phish",
    "~spam & !registered as spammer", "~spoof", "policy reasons & content", "~bulk mail",
    "bulk email sender|bulk sender", "email rejected & reputation",
    "(s3140)", "blacklisted url", "blocked by content", "blocked due to spam", "bounce attack",
    "considered spam", "content rejected", "denied (mode", "dt:spm", "due to local policy", "due to policy",
    "due to security polic", "eicar", "email policy violation", "for policy reasons", "gen.uk", "gtube",
    "high spam", "ht204137", "hvu:b", "identified as spam", "is spam", "karma", "likely spam",
    "likely unsolicited", "looks like spam", "looks suspicious", "mail content denied", "mail was blocked",
    "mass mail", "message blocked", "message contains spam", "message has been blocked",
    "message rejected under suspicion", "no spam please", "not meet our delivery requirements",
    "policy restrictions", "probability of spam", "prohibited content", "recurrent pattern",
    "rejected by content", "rejected by policy", "similar to spam", "spam blocked", "spam classification",
    "spam content", "spam detected", "spam mail", "spam message", "spam or virus", "spam rejected",
    "spam-like", "spammy", "spamprofiler", "spamtext", "surbl", "suspected of being spam", "suspected spam",
    "suspicion of spam", "suspicious content", "trojan", "uribl",
]);

/// Checks of the sender's domain.
#[rustfmt::skip]
pub(super) const DOMAIN: &[Row] = &[
    said::DMARC
        .when(&[
            "unauthenticated email from|unauthenticated mail from", "unauthenticated & security risk",
            "#5.7.26", "#4.7.26", "domainkeys & not|fail*",
            "has not passed validation|fails to pass authentication checks|have authentication information",
            "arc validation|arc-seal|arc set", "#5.7.509", "#5.7.515", "#5.7.9 & for policy reasons",
            "either spf or dkim|both spf and dkim|neither spf nor dkim & !spf check",
            "spf or dkim & requires all senders|validation",
            "dkim & no valid|not valid|not found|missing|not signed|unsigned|required|must|bad|mismatch|does not verify|did not pass|not pass & !spf|record not found",
            "no aligned|not aligned|unaligned|alignment", "domain owner policy|domain owner's policy",
            "isn't aligned & dkim", "#4.7.32", "#5.7.32", "dkim signature & reject", "dkim & fail* & !spf",
            "unauthenticated mail & policy", "#5.7.20", "#5.7.21", "#5.7.22", "dkim & required & !spf",
            "authentication checks failed", "bad dkim", "dkim sender", "dkim validation",
            "dkim verification failed", "dmarc", "does not meet the required authentication level",
            "email is unauthenticated", "invalid dkim", "no dkim", "no passing dkim",
            "sender is unauthenticated", "senders must authenticate",
        ])
        .confirmed(),
    said::SPF.when(&[
        "spf & !unusual rate", "#5.7.23", "#5.7.24", "#4.7.27", "#5.7.27 & unauth",
        "permitted sender & domain",
        "mail from|mailfrom|sender & mismatches|does not match|not match|not permitted & client ip|sending ip|your ip",
        "does not designate|not designated|not authorized by domain|not a permitted sender|not permitted to send mail from|not allowed to send mail for",
        "invalid ip for sending", "not listed as a permitted sender", "openspf", "sender policy framework",
        "sender-policy",
    ])
    // Advice to those whose mail looks like spam.
    .unless(&["spam classification|classified as spam|due to spam|rejected as spam & set up spf|configure spf|spf records|add an spf", "content spam|behaviour spam"])
    .confirmed(),
];

/// An address (IP) that is named as the culprit, whatever else is refused because of it.
#[rustfmt::skip]
pub(super) const NAMED: &[Row] = &[
    said::LISTED.when(&[
        "#5.7.25|#4.7.25",
        "does not have a ptr|doesn't have a ptr|no ptr record|missing ptr",
        "spam|spams & from your ip", "client host rejected & generic|dynamic|dial|relay via",
        "{ip} & !failed after & sent|sends|sending|source of & spam", "remotehost & spam*",
        "abus detecte",
    ]),
    said::LISTED.when(&[
        "your ip|your server's ip|this ip|ip address & spammer|is filtered|was filtered|is blacklisted|is black listed|is blocklisted|for sending spam",
        "~blocked by & rbl*|ou=rbl*|dnsbl*|blocklist|blacklist*|block list|black list & !url|recipient",
        "your ip is on|your ip address is on|ip is on our|ip is on a",
        "black listed at|blacklisted at|ivmsip", "rejected because & is blacklisted|is blocked|is listed",
        "notauthorizederror|smtp relay at your service provider", "host blacklisted|realtime black",
        "this ip has been & blocked for", "network not allowed & host",
        "ip & blocked by & !url|uri|link|recipient|sender address",
        "traffic|mail|messages|connections & not accepted from this ip|not accepted from your ip & !#5.7.708",
        "~poor & sender score|senderscore", "denyip|deny_ip|blockip|blocked_ip|ipblock|/ip?",
        "~not allowed|not permitted|not authorized & to connect & !recipient|user",
        "{ip} blocked|{ip} is blocked|{ip} was blocked|{ip} has been blocked|{ip} rejected|{ip} is rejected|{ip} denied|{ip} banned",
        "{ip} is listed|{ip} listed|{ip} is not allowed|{ip} not allowed|{ip} is not welcome|{ip} is blacklisted|blocking {ip}",
        "spam ip|spammer ip|spamming ip",
        "namespace mining", "not allowed access from your location", "permanently deferred",
        "retrying will not succeed",
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
        "unresolvable relay host|unverifyable sending|unverifiable sending",
        "#5.7.25", "#4.7.25", "ip address is not & resolv",
        "cannot find your hostname", "cannot resolve your address", "does not have a valid ptr",
        "does not resolve to a hostname", "ip name lookup failed", "lookup failure: {ip}", "no ptr",
        "ptr record", "rdns", "reverse dns", "reverse hostname", "reverse lookup",
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
        "sending from unregistered domain", "spam abuse detected", "tenant has exceeded threshold",
    ])
    .confirmed(),
    row(
        SpamRejected,
        You,
        "The receiving side does not trust the domain of the sender, or one that the message names.",
        "Take links and addresses of other domains out of the message; your administrator looks your own domain up at the list that the reply names.",
    )
    .when(&[
        "surbl|uribl",
        "url|uri|link|website|web site & listed|blacklist*|blocked|block list & !http",
        "having a domain present", "reputation of the sending domain", "spamhaus dbl",
    ])
    .confirmed(),
    said::LISTED
        .when(&[
            "your access to & rejected|denied|blocked & system",
            "geographic|your country|country code & reject*|block*|not accepted",
            "ptr & no|missing|invalid|not found|mismatch|does not",
            "reverse & no|missing|invalid|not resolve|mismatch|entry|name & dns|name|lookup|address",
            "not in whitelist|not whitelisted|not on whitelist & ip|host & !rcpt domain",
            "ip in prison|ip is hangup|ip is rejected|ip rejected|ip is banned|ip is blocked",
            "ip found on|ip was found on|ip address was found", "client host & blocked",
            "ip= & problem occurred", "tosa@rx.t-online", "messages from & weren't sent",
            "ip & rejected due to", "network & blocked", "ip & on our block", "mail server ip & block",
            "ip & is blocked & !anti-spam",
            "~blacklist & !sender blacklisted & !may not exist & !sender on|sender is|url|uri|link|your domain|domain has|domain is|your address|your email|address blacklisted|blacklisted user|blacklisted sender",
            "~black list", "~blocklist", "~deny list|denylist|deny-list|blocked list", "~block list",
            "~black-list", "~rbl ", "~ rbl", "blocked using & !spam pattern", "#5.7.511", "#5.7.606",
            "~your ip & block", "~your ip & ban*", "~ip & listed", "client host rejected & block", "~delist",
            "~is blocked by", "~listed at & !url|uri|link|domain", "~listed in & !not listed & !user",
            "mail from ip & refused", "service refused & ip", "~ip lookup", "~dynamic ip", "~residential",
            "your host & blocked", "server & is blacklisted", "ip & has been blocked",
            "ip & has been temporarily blocked", "~sender ip", "from your ip address & block",
            "#5.7.513 & ip", "~ip address has been", "unwanted messages & sent from",
            "connection refused & ip & listed", "tcp/ip & policy & block", "~reject & your ip",
            "~ip & not allowed", "~ip & denied & !mailbox unavailable", "~currently blocked",
            "~dynamically assigned", "~no access & ip", "~banned & !content & !attachment & !file|banned:",
            "~reputation",
            "abuseat", "accepting mail from your ip", "access to this mail system has been rejected",
            "bad dns ptr", "banned ip", "banned sending ip", "barracuda reputation", "barracudacentral",
            "because the ip is in", "block listed", "blocked - see", "blocked by proofpoint",
            "blocked for spamming", "cloudmark", "connection rejected by policy",
            "connections not accepted from", "connections will not be accepted", "dnsbl", "geographic*",
            "host is blacklisted", "invaluement", "ip address is blocked", "ip address is not allowed",
            "ip blocked", "ip source bloquee", "ip that is not allowed", "ipcheck.proofpoint", "ipremoval",
            "is not allowed to connect", "low ip reputation", "mailspike", "network is on our block",
            "no smtp service", "not accepted from your ip", "not authorized to send email directly",
            "part of their network is on", "pbl", "poor sender reputation", "psbl", "senderscore",
            "sending mta", "sorbs", "spamcop", "spamhaus", "surriel", "trend micro", "uceprotect",
            "unauthorized ip", "unsolicited mail originating from your ip", "will be permanently deferred",
            "xbl",
        ])
        .confirmed(),
];

/// What is taken for spam.
#[rustfmt::skip]
pub(super) const CONTENT: &[Row] = &[SPAM];
