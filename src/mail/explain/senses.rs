//! What the words of a refusal stand for, whoever wrote it: `<person>` in a sign is any of the words for whom it is about.

/// The words of each class. They follow the rules of a sign's own words.
#[rustfmt::skip]
const CLASSES: &[(&str, &[&str])] = &[
    ("mismatched", &["mismatch", "does not match", "doesn't match", "not match", "must match",
        "must be the same", "must equal", "not the same", "differs"]),
    ("another's", &["not one of your", "not your own", "registered alias", "verified alias", "not belong",
        "don't own", "do not own", "not own"]),
    ("sign in", &["authenticat", "authentification", "authoriz", "authoris", "smtp auth", "log in", "login",
        "logon", "sign in"]),
    ("wrong", &["wrong", "invalid", "incorrect", "bad", "mismatch", "expired", "transition", "not accepted",
        "rejected", "changed"]),
    ("not passed on", &["den*", "not", "reject*", "refus*", "prohibit*", "forbidden", "disallowed", "disabled",
        "no", "without", "unauthorized", "authenticat*", "must"]),
    ("room", &["quota", "inbox", "mailbox", "mail box", "maildir", "mailfolder", "storage", "disk", "space",
        "spool"]),
    ("used up", &["full", "exceed*", "exhausted", "over", "no space", "used up", "out of", "limit",
        "insufficient", "not enough", "lack", "maximum"]),
    ("other limit", &["message size", "messages per", "hour", "day", "minute", "daily", "rate", "too large",
        "server", "system", "sending", "connection", "recipients"]),
    ("not in dns", &["not found", "does not exist", "doesn't exist", "not exist", "unknown", "invalid",
        "non-existent", "nonexistent", "not resolve", "unresolvable", "cannot be resolved",
        "could not be resolved", "no such", "no mx", "no a record", "not valid"]),
    ("sender", &["sender", "envelope from", "mail from", "return path", "return-path", "reverse-path",
        "from address"]),
    ("not believed", &["invalid", "not valid", "unknown", "does not exist", "syntax", "malformed", "not exist",
        "undeliverable", "unverifiable", "verify", "verification", "not found", "must contain"]),
    ("person", &["recipient", "rcpt", "user", "username", "mailbox", "mail box", "account", "address", "alias",
        "local part", "addressee", "person", "customer", "member", "email", "e-mail"]),
    ("unknown", &["unknown", "not found", "not exist", "no such", "doesn't exist", "no longer", "not known",
        "not valid", "not present", "not in", "unrouteable", "unroutable", "left the", "does not have",
        "doesn't have", "isn't", "not here", "no mailbox", "could not be found", "not listed",
        "not registered", "no one"]),
    ("closed", &["disabled", "inactive", "not active", "unavailable", "closed", "deactivated", "suspended",
        "removed", "deleted", "terminated", "expired", "cancelled", "canceled", "moved", "dormant",
        "abandoned", "retired", "undeliverable", "not available", "frozen"]),
    ("malformed", &["syntax", "invalid", "reserved", "malformed", "illegal", "improper", "bad", "unparsable",
        "not rfc"]),
    ("barred", &["suspended", "disabled", "barred", "banned", "restricted", "deactivated", "blacklist*",
        "black list", "blocked"]),
    ("machine", &["ip", "ip address", "client host", "your server", "your host", "mail server", "your network",
        "your isp", "mta", "sending server", "sending host"]),
    ("too much", &["too many", "too much", "too frequent", "too often", "too fast", "too quickly", "excessive"]),
    ("unwilling", &["does not accept", "doesn't accept", "not accept", "only accepts", "accepts only",
        "does not wish", "not want", "refuses", "refused by", "rejected by", "blocked by", "denied by",
        "filter", "whitelist", "allow list", "permission", "not authorized", "not allowed", "restricted"]),
    ("forbidden", &["not accepted", "not allowed", "not permitted", "forbidden", "block*", "reject*", "banned",
        "prohibited", "den*", "encrypted", "password"]),
    ("faulty", &["no", "missing", "invalid", "illegal", "malformed", "required", "exceed*", "bad", "without",
        "too long", "maximum"]),
    ("for now", &["try again", "temporar", "later", "retry", "deferr", "deferring", "busy", "unavailable",
        "overload", "unable to", "cannot", "not available"]),
];

/// The words that `name` stands for.
pub(super) fn class(name: &str) -> &'static [&'static str] {
    let found = CLASSES.iter().find(|(known, _)| *known == name);
    debug_assert!(found.is_some(), "there is no class <{name}>");
    found.map_or(&[], |(_, words)| words)
}
