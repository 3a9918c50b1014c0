//! Texts about recipients: unknown, unwilling, malformed, on another server, or to be tried again later.

use super::Cause::{
    BadAddress, Greylisted, RecipientRefusesSender, RelayDenied, UnknownDomain, UnknownRecipient,
};
use super::Who::{Recipient, Wait, You};
use super::row::{Row, row};
use crate::mail::outcome::Step;

#[rustfmt::skip]
const RELAY: Row = row(
    RelayDenied,
    You,
    "The server passes mail on to other domains only for people who are signed in.",
    "Set auth and username in the account; or the address is on another server than the one you gave.",
);

#[rustfmt::skip]
const NOBODY: Row = row(
    UnknownRecipient,
    You,
    "There is no such recipient.",
    "Correct the address; if it is right, ask the recipient by another way.",
);

/// What is said in so many words.
#[rustfmt::skip]
pub(super) const PARTICULAR: &[Row] = &[
    row(
        Greylisted,
        Wait,
        "The server wants to see a second try later (greylisting, a test that spam senders fail).",
        "Send it again in five to fifteen minutes.",
    )
    .when(&[
        "@450|@451 & try again in|retry in|come back in & minutes|seconds & !rate|limit|too many|overload|busy|connections|load",
        "first-time|first time|unknown sender & try again|later|minutes",
        "delayed by|deferred for|temporarily deferred & minutes & !rate|volume|complaints", "greylist",
        "graylist", "grey-list", "gray-list", "postgrey", "grey listed", "gray listed",
        "new sender & retry|try again|later", "#4.7.1 & try again later & !rate|service unavailable",
        "early-retry", "policy rejection- please try", "retrying too fast|retry too fast", "first time & try again",
        "sqlgrey", "milter-greylist", "deferred & try again in", "not yet authorized to deliver",
        "please try again in & seconds",
    ])
    .confirmed(),
    RELAY
        .when(&[
            "local user only|local users only",
            "not configured as a gateway|not hosted here|not hosted on this|not hosted by this",
            "external addresses|external recipients|external domains & authentication|authenticated & required|without|must & !submission",
            "authentication|authenticate & non-local|nonlocal|external recipient",
            "relaying & external|refused|rejected|forbidden", "credentials for relay", "relay not allowed",
            "relaying disallowed", "not local & relay", "that domain isn't", "we don't relay", "isn't relayed",
            "this server is not configured to relay", "i cannot deliver mail for", "relay access denied",
            "relay not permitted", "relaying denied", "relay denied", "unable to relay", "#5.7.54",
            "relaying not allowed", "not permitted to relay", "relaying is not", "relay is not", "no relay",
            "delivery is not allowed to this address", "cannot relay", "not allowed to relay",
            "relaying prohibited", "we do not relay", "do not relay",
            "relay access", "open relay", "denied by relay", "relay prohibited", "~not relay",
            "not an open relay", "relay attempt", "relay blocked", "not gateway", "~not a gateway",
            "relay restriction", "rejecting & relay", "~relayed", "~relay only", "relay operation rejected",
            "unauthorized relay", "isn't allowed to relay", "is not allowed to relay",
            "@554|#5.7.1|#4.7.1 & recipient address rejected: access denied & !#5.4.1", "rcpthosts",
            "isn't in my list of allowed", "insecure mail relay", "@521 & not accept mail", "domain isn't allowed to be relayed", "domain isn't in my list",
            "relay rejected", "can't relay",
            "forward path|forward-path & not allowed|not permitted|not accepted|refused|den*",
        ])
        .confirmed(),
    RELAY.when(&["relay & @550", "relay & @554", "relay & @551"]).at(&[Step::Mail, Step::Rcpt]),
    row(
        RecipientRefusesSender,
        Recipient,
        "The recipient, a group or a rule on their side does not accept mail from you.",
        "Ask the recipient by another way, or the owner of the group, to allow your address.",
    )
    .when(&[
        "refused to receive|refuses to receive|does not wish to receive|doesn't want to receive|does not want to receive|not willing to receive",
        "recipient's filter|recipient's rule|recipient's whitelist|recipient's policy|user's whitelist|user's filter|user's rule",
        "recipient|mailbox|user|group & only accepts|accepts only|accept mail only|accepts mail only & sender|senders|mail from|messages from",
        "not on & allowed|approved|permitted|safe & list|senders & recipient|group|mailbox|user",
        "recipient|user & doesn't want|does not want|don't want|not interested & mail|message",
        "administrative prohibition & !listed|rbl|blacklist*|dnsbl|blocklist|ip",
        "not in allowed senders|not in the allowed senders", "whitelist for rcpt", "not accept messages from this address", "route does not accept",
        "delivery to this address is restricted", "not allowed to post|only subscribers|members-only|non-member", "mailing list & prohibited", "envelope blocked", "~no access for this & !ip",
        "recipient address rejected: block", "rejection on the target", "blocked senders",
        "a policy that prohibited", "policy that prohibited the mail", "rejectmessage", "organization policy",
        "does not accept messages from & !ptr|ips", "not accept mail from this sender", "sender is blocked by recipient",
        "closed group", "you can't post", "is not allowed to send to this", "permission to post",
        "resolver.rst", "authrequired", "notauthorized", "transport.rules.reject",
        "delivery not authorized & !phish*|spam|junk",
        "not authorized to send to the recipient", "only accepts & sender", "only accepts & internal",
        "accepts messages only from", "restricted to authenticated", "you're not allowed to send to",
        "do not have permission to send to", "don't have permission to send",
        "permission to send to this recipient", "sender not authenticated for", "sender denied",
        "recipient refus", "rejected by recipient", "rejected by user", "recipient rejected your",
        "blocked by recipient", "recipient does not accept", "recipient & does not want", "#5.7.12", "#5.7.124",
        "#5.7.133", "#5.7.134", "#5.7.135", "#5.7.136", "#5.7.193", "#5.7.507", "does not accept mail from you",
        "rejected your message & rule", "this group & permission", 
        "sender rejected by recipient|recipient rejected sender|recipient rejected the sender", "sender is on & blocked", "~moderat", "members only",
        "~mailing list & not", "not subscribed", "your message was rejected by this user",
        "address is not allowed to post", "~sender blocked by", "message rejected by recipient",
        "not accepting mail from", "customer block list", "#5.7.513", "not in the & allowed senders",
        "user has blocked you", "recipient has blocked", "~has blocked you",
        "account|user|mailbox|recipient|address & not authorized to receive|not authorised to receive|not allowed to receive|not permitted to receive",
        "anti-spoofing|anti spoofing|antispoofing & policy|rule|lockout & !spf",
    ])
    .confirmed(),
];

/// Of the address itself: the domain, the name, the spelling.
#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row(
        UnknownDomain,
        You,
        "The recipient's domain (what stands behind the @) cannot be found or takes no mail.",
        "Correct the address.",
    )
    .when(&[
        "recipient address rejected: domain not found", "host or domain name not found & !relayhost", "domain not found",
        "domain does not exist", "the domain & couldn't be found|could not be found|wasn't found & !address", "no route found to domain", "~unable to route", "has no a, aaaa", "no valid domain", "#5.4.312|#4.4.312", "unrouteable address", "unroutable address", "unrouteable mail domain",
        "host unknown", "all relevant mx records", "domain & has no mx|no mx records|no mail hosts", "~no mx",
        "no mail server", "mx record & not",
        "non-existent domain", "nonexistent domain", "domain name not found", "~unknown domain",
        "bad destination host", "bad destination system", "unresolvable domain",
        "~invalid domain & !name & !helo", "dns & mx & fail", "~domain has no",
        "#5.1.2 & !user|<no box>|rfc-5321|rfc 5321|rfc5321 & !invalid host", "~null mx", "does not accept mail (nullmx)", "nullmx", "#5.1.10 & mx",
        "~domain lookup failed",
        "domain in the email address|domain in the e-mail address|domain in the recipient",
        "~name server & timeout|timed out", "cannot resolve & domain", "couldn't find any host named",
        "no such domain", "all hosts & mx & fail", "lookup of & mx", "#5.4.310", "infodomainnonexistent",
        "~dns domain", "~domain is not valid", "retry time not reached for any host & dns",
        "~doesn't exist & domain", "name service error", "~mail domain",
    ])
    .confirmed(),
    NOBODY
        .when(&[
            "~rcpt|recipient|user & not ok",
            "verification failed & recipient|no such user|user unknown & !sender", "recipients are invalid",
            "unknown local-part|unknown localpart",
            "not listed in & address book|directory|name &", "can't find & mailbox|user & !mx|domain",
            "recipient|user|mailbox|addressee & <gone> & !sender|domain|server|host|path|file|tls",
            "no such & user|mailbox|recipient|alias|account|person|address & !file",
            "may be misspelled|may not exist & recipient|address & !domain",
            "email address|e-mail address|address you entered|the address & couldn't be found|could not be found|can't be found|wasn't found",
            "unresolvable recipient|unresolvable user|unresolvable address",
            "not poped|not popped|inactive mailbox|mailbox inactive",
            "non-existent|nonexistent|inexistent & account|recipient|mailbox|user & !domain|host",
            "not in route list", "no longer in use", "unknown email", "address rejected & !sender",
            "mailbox not exist", "no such account", "email account that you", "unavailable mailbox",
            "objectnotfoundexception", "bad destination mailbox & !syntax", "destination mailbox address",
            "mailbox has been disabled", "invalid recipients", "not exist in our", "no account",
            "does not like recipient", "user doesn't exist", "user not exist", "recipient does not exist",
            "mailbox doesn't exist", "account does not exist", "address does not", "user is unknown",
            "recipient address does not exist", "not a valid recipient", "is not a known",
            "unknown to & system", "email address is not valid & recipient", "no such local user", "~account not found|not an active address|validrcptto|isn't allowed to receive|mailbox unallocated|no existe dicha persona", "badrcptto|archived recipient|recipient archived|user hangup", "dosn't exist|doesnt exist & !domain", "address was not found & unknown|receiving", "~bounced address|previously bounced",
            "unknown virtual user|wrong or no longer valid|is currently suspended|mailbox currently suspended",
            "cuenta & no existe", "~inconnu", "~unbekannt", "~nicht bekannt", "~desconocid", "~non existe",
            "~existiert nicht", "account or domain may not exist", "user unknown", "unknown user",
            "unknown recipient", "recipient unknown", "no such user", "no such recipient", "no such mailbox",
            "no such address", "user not found", "recipient not found", "mailbox not found",
            "mailbox unavailable & !spam & !relay & !block & !policy|limit exceeded|dns mx", "recipientnotfound",
            "~does not exist & !domain & !sender & !tenant", "~doesn't exist & !domain & !sender",
            "recipient address rejected: undeliverable", "recipient address rejected: access denied & !@554",
            "recipient address rejected: user", "recipient address rejected: unverified",
            "invalid recipient & !format|syntax|#5.1.3", "invalid mailbox", "not a known user",
            "unknown or illegal alias", "address unknown", "unknown address", "user doesn't have a",
            "mailbox does not exist", "no mailbox", "not our customer", "account that you tried to reach",
            "mailbox disabled", "~user disabled", "~account disabled", "~account is disabled",
            "~account has been disabled", "~discontinued", "inactive user", "inactive recipient",
            "mailbox is inactive", "user is inactive", "unknown local part", "~no longer available",
            "~no longer valid", "~no longer active", "~no longer works", "not found by smtp address lookup",
            "no account by that name", "recipient is not found", "~not listed in",
            "~recipient does not & !wish & !want", "mailbox unknown", "unknown mailbox", "user invalid",
            "no valid recipients & !helo & !relay|#5.5.1", "~user suspended", "sorry, no mailbox here",
            "addressee unknown", "invalid address & recipient", "recipient rejected & !policy & !spam",
            "not a valid mailbox", "not a valid user", "unknown in virtual", "unknown in local",
            "unknown account", "unknown alias", "destinataire inconnu", "utilisateur inconnu",
            "recipient invalid",
            "delivery to the following recipient failed permanently & !spam & !policy & !quota", "resolver.adr",
            "~no user", "user does not exist", "address does not exist", "no such person", "no local mailbox",
            "bad recipient address & !syntax", "mailbox is disabled",
            "address rejected & recipient & not & found", "user not known", "recipient no longer", "nosuchuser",
            "no such email", "address not found", "~couldn't be found & address", "wasn't found at",
            "~not known at this", "disabled or discontinued", "email address could not be found",
            "is not a valid recipient", "#5.1.1 & !sender", "#5.1.10", "#5.1.6 & !single label", "#5.2.1 & !rate", "#5.7.504",
            "#5.7.505", "suppression list", "on the suppression",
        ])
        .confirmed(),
    NOBODY.when(&["@550 & unknown", "@551 & unknown", "@553 & unknown"]).at(&[Step::Rcpt]),
    row(
        BadAddress,
        You,
        "The server finds an address malformed.",
        "Correct the address: one name, one @, one domain, no spaces or stray brackets.",
    )
    .when(&[
        "a line must not contain cr or lf", "invalid input from", "restricted characters & address", "all addresses are properly formed", "specify at least one recipient", "single label domain", "rcpt to|mail from|recipient|sender & should not be empty|must not be empty|cannot be empty", "~smtputf8 & declare|without|need*|require*|support*", "~utf-8 address|non-ascii address|unicode address", "\"@\" or \".\" expected",
        "~blank from|empty from|null from & not allowed|not accepted|rejected", "~transaction failed: invalid domain name",
        "address|addresses & not a valid|invalid|is not valid & rfc-5321|rfc 5321|rfc5321|rfc-5322|rfc-2821|rfc 2821",
        "@555 & #5.5.2 & goodbye|refused|mail from|rcpt to", "?mail|?rcpt & @501|@555 & syntax",
        "does not comply with addr-spec", "does not comply with rfc", "not in the form required for an e-mail",
        "recipient must be specified", "must have a \"to\"", "internationalized email|ascii local-part", "smtputf8 & require*|not support|does not|doesn't|not advertise|not offer",
        "address has an invalid host", "parameter & address & cannot be an empty string|cannot be null", "mail: & atom|quoted-string|angle-addr|phrase", "addresslist & parse", "only able to parse up to",
        "address|addresses & may not contain cr|may not contain line", "extract a valid address", "no address found", "you must include recipients|must include recipients",
        "^invalid to address|invalid from address|invalid cc address|invalid bcc address|invalid recipient \"|invalid sender \"", "missing final", "rcpt syntax",
        "parsing error: expected", "no recipients were specified",
        "you must provide at least one recipient",
        "invalid rcpt", "all recipients were invalid", "mail address & invalid", "address & is not valid",
        "invalid e-mail address", "bad email address", "recipients are empty", "recipient address & invalid",
        "empty recipient", "at least one recipient", "recipient address reserved", "address reserved by rfc",
        "mail: expected comma", "mail: missing", "mail: no angle-addr", "mail: invalid string",
        "mail: no address", "addressexception",
        "invalid character|illegal character|illegal whitespace|control or whitespace & address|mail header|mailbox|local",
        "invalid host name & @553|#5.1.2", "syntax & mail from|rcpt to|mail:<|rcpt:< & !ehlo|helo",
        "not a valid|not valid|is invalid|improper|incorrect & email address|e-mail address|mail address|address format",
        "address|recipient|e-mail|email|mailbox|local-part|local part & <unformed> & !message & !header|attachment",
        "mimekit.parseexception & token|offset|addr",
        "addr-spec|local-part|mailbox & expected|invalid token|invalid at",
        "email|e-mail|email address|mail address & is invalid|invalid email|is not an email & !@535",
        "local part|local-part & is invalid|invalid|illegal", "address syntax", "syntax error in address",
        "bad address", "malformed address", "invalid address & !invalid addresses", "invalid email address",
        "email address is invalid", "address is invalid", "recipient syntax", "#5.1.3", "illegal address",
        "illegal character & address", "not a valid address", "not a valid email", "not a valid e-mail",
        "syntax & address & !invalid addresses", "mailbox name not allowed", "malformed recipient",
        "~address format", "unparseable address", "bad local part", "invalid mailbox name", "malformed mail",
        "~address missing", "must contain a domain", "domain missing or malformed", "syntactically",
        "does not comply with & 5321", "~domain literal", "non-ascii & address",
        "recipient address rejected: need", "no recipients defined", "invalid local part",
        "syntax error, parameters & address", "empty address", "no at sign", "~missing domain", "illegal email",
        "illegal semicolon", "~unbalanced", "~imbalanced", "~angle bracket", "~address required",
        "~address must",
    ])
    .confirmed(),
];
