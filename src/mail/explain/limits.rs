//! Texts about limits: of connections, of messages in a minute or a day, of size, of recipients, of the mailbox.

use super::Cause::{DailyLimit, MailboxFull, MessageTooLarge, RateLimited, ServerBusy, TooManyConnections};
use super::Who::{Administrator, Wait, You};
use super::row::{Row, row};
use super::said;
use crate::mail::outcome::Step;

#[rustfmt::skip]
const THREE_AT_ONCE: Row = row(
    TooManyConnections,
    Wait,
    "Too many messages are being sent from this mailbox at the same time (three is the limit).",
    "Send it again in half a minute.",
);

#[rustfmt::skip]
const OWN_MAILBOX: Row = row(
    MailboxFull,
    You,
    "Your own mailbox is full, and Sent Items counts.",
    "Free some space in it: empty Deleted Items and large old mail, then send again.",
);

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    said::MANY_RECIPIENTS
        .when(&[
            "too many recipients & !this hour|per hour|today|per day", "#4.5.3", "#5.5.3 & !rcpthosts",
            "maximum limit of & recipients", "recipient limit & !wait|hour|rate|later",
            "recipients|addresses|receivers & per message|at a time|at once|per mail|per email & limit|maximum|only|no more|more than|up to",
            "recipients & limit|maximum|exceeded|allowed number & @452|@552|@550 & #4.5|#5.5",
            "too much recipient|too much addresses|to much recipients", "out of & rcpt",
            "rcpts & maximum|limit",
            "max recipients", "number of recipients", "recipient count exceed", "recipients exceed",
            "recipients limit", "reciplimit", "to many recipients", "too many addresses", "too many rcpt",
            "too many receivers",
        ])
        .confirmed(),
    THREE_AT_ONCE.when(&["concurrent connections limit", "sender thread limit", "concurrent_sending"]).confirmed(),
    row(
        TooManyConnections,
        Wait,
        "The server has more connections open, in all or from here, than it allows.",
        "Close other programs that send with this account and try again in a minute.",
    )
    .when(&[
        "outbound thread limit|connection thread limit", "exceeded & concurrent", "over & connection limit",
        "all server ports|all ports & busy", "too many & channels|open sessions|parallel",
        "connections|sessions & limit & reached|exceeded|over & !message",
        "simultaneous|concurrent|parallel & connections|sessions|smtp & limit|exceed*|maximum|too",
        "too many connections|too many open connection", "~connection limit", "~simultaneous connections",
        "~max connections", "~maximum connections", "too many & connections from",
        "concurrency limit", "concurrent connections", "connection count", "connections from your",
        "maximum concurrent", "maximum number of concurrent", "maximum number of connections",
        "too many concurrent", "too many sessions", "too many simultaneous", "too many smtp sessions",
        "trop de connexions",
    ])
    .confirmed(),
    row(
        RateLimited,
        Wait,
        "Messages went out from this mailbox faster than the server allows (Microsoft 365: 30 in a minute).",
        "Wait a minute, then send more slowly.",
    )
    .when(&["submission rate for this client", "#4.4.2 & rate"])
    .confirmed(),
    row(
        DailyLimit,
        Wait,
        "The mailbox has sent to as many recipients as it may in a day (Microsoft 365: 10,000).",
        "Wait until tomorrow: the limit looks at the last 24 hours.",
    )
    .when(&[
        "#5.1.90",
        "daily limit for message recipients", "submission quota exceeded", "submissionquotaexceeded",
    ])
    .confirmed(),
    row(
        DailyLimit,
        Wait,
        "Your organisation has sent to as many outside recipients as it may in a day.",
        "Wait until tomorrow; an administrator sees the limit in the Exchange admin centre under Reports, Mail flow.",
    )
    .when(&["#5.7.232", "#5.7.233", "tenant & external recipient"]),
    said::DAY_IS_FULL
    .when(&[
        "quota|limit & this month|for the month & exceeded|reached|used up & !size|mailbox",
        "outmail|outgoing mail|outbound mail & quota & !minute|hour",
        "quota limit & reached & !mailbox|storage", "limit for messages allowed & single day|day",
        "too many times|too often & one day|a day|per day|today|24 hours & !login|password|sign in",
        "daily|monthly|per day|24 hours|24-hour|per month & allotment|allowance|limit|quota|maximum & used up|exhausted|exceeded|reached|over & !minute|per hour|size",
        "account|plan|you & reached|exceeded|exhausted|used up & email quota|quota limit|email limit|sending limit|message limit|sending quota|monthly & !hour|minute|recipient's|mailbox",
        "too many|quota|limit & today & !size", "24 hours & limit", "~daily & quota", "~daily & limit",
        "max|maximum|limit & rcpt|recipients|sending & daily", "#5.4.5", "~per day & exceed",
        "exceeded & 24 hour", "~daily message", "~day & limit & reached", "sending limit & exceeded & !hour*",
        "sending limit & reached & !hour*", "send limit & 24", "exceeded your & credits", "~monthly & limit",
        "~monthly & quota", "exceeded & message limit & !hour*|minute",
        "message quota exceeded & !hour*|minute|policy rejection",
        "exceeded & messaging limits & !hour*|minute", "quota exceeded & sent & !sent items",
        "~you have reached & limit & !rate & !connection & !recipients & !hour",
        "24-hour", "credits exceeded", "daily message quota", "daily sending", "daily user sending",
        "emails per day", "limit per day", "maximum credits", "messages in 24 hours", "messages per day",
        "no credits", "out of credits", "quota for the day", "reached a limit for sending", "relay quota",
        "sending quota",
    ])
    .unless(&["per minute|minutes|per hour|hourly & !day|daily|24|today|month*|try again"])
    .confirmed(),
    said::TOO_FAST
    .when(&[
        "^try again in|try again after & second|seconds|minute|minutes & !will try|we'll try|i'll try|connect|timed out|login",
        "~maximum|limit|max & messages|mails|emails|submissions & minutes|hour|time period|time frame & !try again|day|size",
        "send limit exceeded|send limit reached",
        "send limit|sending limit|email limit|message limit & hour|hourly|per minute & exceed*|reached|over",
        "mails|mail|messages|emails|e-mails & per session|this session & limit|maximum|max|exceed*|only",
        "policy rejection|policyd|policy service & quota", "message threshold & exceed*",
        "mail from & was deferred", "hourly & limit",
        "too many messages this session|messages in this session", "recipients & this hour",
        "messages in past|messages in the past", "exceeds & emails per", "recent & excessive",
        "volume & exceeded", "#4.7.500 & access denied", "too many messages & !on the server", "~per hour",
        "~per minute", "~hourly", "~too fast", "~slow down", "~sending too", "message rate & !quota",
        "~quickly", "too much mail & !data", "too many & in a short", "~rate of & exceed", "~exceeded & rate",
        "#5.7.28", "reputation & try again later & !spam", "excessive & rate", "~high volume",
        "message from|messages from|mail from & temporarily deferred",
        "too much email|too much mail|too many emails|too many mails|too many messages & period|time|hour|minute|short|recently|quickly",
        "message deferred & !size|spam", "#4.7.28", "~burst", "too many & attempts & rcpt",
        "messages & limit & minute", "retry timeout exceeded & limit",
        "[ts0", "[tss0", "allowable number of", "as too many", "connection frequency", "emails per second",
        "excessive number of", "excessive volume", "frequency limit", "has exceeded the limit of outgoing",
        "ipts0", "limit on the number of allowed outgoing messages", "limits for your account", "mail flood",
        "mail limit exceeded", "mail rate", "mail rejected due to rate", "max defers", "max emails per hour",
        "message per connection", "messages per connection", "over rate", "per-hour",
        "please wait before sending", "queue quota", "quota for this hour", "rate exceeded", "rate limit",
        "rate-limit", "ratelimit", "receiving mail at a rate", "sending limit for", "sending rate",
        "sent too many", "temporarily deferred due to", "throttl", "too many emails", "too many mails",
        "too many new tls sessions", "too many recipient attempts", "too many requests", "unexpected volume",
        "unusual rate", "volume of mail", "you are sending too",
    ])
    .confirmed(),
    OWN_MAILBOX
        .when(&[
            "quotaexceededexception & !storedrv.deliver", "shutoffquota & !storedrv.deliver",
            "mapiexceptionquotaexceeded & !storedrv.deliver", "mailbox full & storedrv & !storedrv.deliver",
            "your own mailbox|your mailbox & over|full|exceeded & !recipient",
            "mailbox & full|quota & sent items",
            "errorquotaexceeded", "message store has reached", "your mailbox is full", "your mailbox is over",
        ])
        .confirmed(),
    row(
        MessageTooLarge,
        Administrator,
        "The message is larger than this mailbox may send.",
        "Make it smaller; 35 MB is the default limit, and an administrator can raise it to 150 MB (Set-Mailbox NAME -MaxSendSize 150MB).",
    )
    .when(&["submissionexceeded", "#5.2.3 & for this sender", "exceeds & sending limit"]),
    said::TOO_LARGE
        .when(&[
            "larger than|bigger than|greater than & limit|allowed|maximum|permitted & !mailbox|rate",
            "message|mail|email|attachment|attachments & too large|too big|too long|oversized|oversize|exceeds & !error writing|mail file|header|line|address|subject|rate|hour|quota|recipients|per|queue|number of",
            "too much mail data|too much data|too much message data", "storage limit & large message",
            "errormessagesizeexceeded|request entity too large|payload too large",
            "limit of|maximum of|max of & mb|kb|bytes|megabytes & !rate|header",
            "maximum size|size limit|limit size & of the message|of message|of a message|reached & !mailbox|quota|folder",
            "is more than|more than|longer than|is over & bytes|megabytes|kilobytes & !line|characters|octets",
            "exceeded & message size", "~size limit & !mailbox size", "~too large & !headers|header",
            "~exceeds the maximum & !mail file|header", "message size & limit", "message length & exceed",
            "~mail size", "attachment & size & exceed & !number of attachments",
            "attach & length|size & maximum", "is larger than & limit", "~too big", "~exceeds maximum",
            "exceeded storage allocation & size", "#5.3.4 & !header|number of attachments", "~size limits",
            "attachment is too long", "data size exceeds", "email size", "error exceed storage allocation",
            "exceed max size", "exceeds fixed", "exceeds size", "max message size", "maximum allowed size",
            "maximum message size", "maxsizeerror", "message exceeds", "message file too big",
            "message is too large", "message is too long", "message size exceeds", "message too big",
            "message too large", "size exceeded", "size larger than", "size of this message",
        ])
        .confirmed(),
    said::FULL
    .when(&[
        "storedrv.deliver & quota|full", "too many messages|mails & on the server",
        "mail file size|mail file & exceeds|quota",
        "cannot update mailbox|cannot append message & file too large|error writing",
        "folder full|folder is full|folder over quota & !sent",
        "quota|storage|space & <filled> & mailbox|user|recipient|disc|disk|maildir|inbox|account|limit & !insufficient disk space|free disk space|system|message size|sending|messages|sent|day|daily|hour|rate|server|credits|device",
        "mailbox|inbox|mail box|mailfolder & space|storage|capacity|limit & not enough|exceed|no|full|insufficient|over & !size limit|connection|rate|available",
        "enough space & mailbox|mail box", "quota exceed & !message|send|daily|day|hour", "~exceeded & quota",
        "~inbox is full", "insufficient disk space & mailbox", "~mailbox & exceeds", "~account is full",
        "is full & mailbox", "~disk quota", "~inbox full",
        "user is over & !messages allowed|limit for messages",
        "storage allocation & !message size|error exceed", "quota & full", "~user quota", "~lack of space",
        "boite du destinataire pleine", "due to a full mailbox", "mail box full", "mailbox full",
        "mailbox has exceeded", "mailbox is over", "mailbox quota", "mailbox size limit", "mailbox_full",
        "maildir delivery failed: the user", "maildir over", "mailfolder is full", "not enough storage space",
        "out of storage", "over quota", "over the quota", "over-quota", "overdrawn", "overquota",
        "quotaexceeded", "recipient storage full", "user has exhausted",
    ])
    .confirmed(),
    said::FULL
        .when(&["@452 & full", "@552 & full", "#5.2.2"])
        .at(&[Step::Rcpt]),
    row(
        ServerBusy,
        Wait,
        "The server has no space or memory left at the moment.",
        "Try again in a few minutes.",
    )
    .when(&[
        "server out of space|system out of space", "~no space left & !mailbox",
        "out of disk|disk full & !mailbox|user|quota", "~out of resources|no resources", "~out of memory",
        "~queue unavailable",
        "free disk space", "insufficient disk", "insufficient space", "insufficient storage",
        "insufficient system",
    ])
    .confirmed(),
];
