//! Texts about the session and the message as such: greetings, order of commands, forbidden content, servers that are busy.

use super::Cause::{ConnectionTimeout, ContentRejected, HelloRejected, IdleTimeout, Unknown};
use super::Who::{Administrator, Recipient, Wait, You};
use super::row::{Row, row};
use super::said;

/// What is wrong with the greeting stands before everything else that follows from it.
#[rustfmt::skip]
pub(super) const GREETING: &[Row] = &[
    row(
        HelloRejected,
        You,
        "The server does not accept the name that this machine says hello with.",
        "Set helo in the account to a full host name or an address in brackets, such as [192.0.2.7].",
    )
    .when(&[
        "need fully-qualified hostname|need fully qualified hostname|need a fully-qualified hostname",
        "helo|ehlo & does not match|doesn't match|mismatch|invalid domain",
        "@501 & invalid hostname",
        "does not accept ehlo|does not accept helo|did not accept ehlo|did not accept helo",
        "invalid domain name & !transaction failed|@554", "helo & fully-qualified",
        "helo|ehlo & fully qualified & !sender|recipient", "helo & fqdn", "ehlo failed & @5",
        "helo failed & @5", "ehlo syntax error|helo syntax error", "helo/ehlo & !first|before",
        "ehlo/helo & !first|before", "ehlo not accepted from server & !too many", "#5.7.506",
        "hostname you use & helo", "ehlo name|helo/ehlo name & not valid|is invalid",
        "ehlo|helo & must be fqdn|must be a fqdn|must be fully|hostname must",
        "ehlo command failed & @5",
        "helo|ehlo & bogus|forged|our own name|my own name|own hostname|impersonat*",
        "?helo & @501|@504|@550|@553|@554 & !ip|blocked|listed|dnsbl|rbl|spam|ptr|reverse|relay",
        "bad ehlo", "bad helo", "ehlo argument", "ehlo command rejected", "ehlo rejected", "ehlo requires",
        "helo access denied", "helo argument", "helo command rejected", "helo host", "helo name",
        "helo rejected", "helo requires", "helohost", "invalid ehlo", "invalid helo", "my name was rejected",
        "rejected ehlo", "rejected helo", "smtphelloerror", "smtpheloerror",
    ])
    .confirmed(),
];

/// The server's own settings are wrong, whatever command they spoil.
pub(super) const TROUBLE: &[Row] = &[said::BUSY.when(&[
    "mailbox logon failure|mapiexceptionlogonfailed|connectionfailedtransient",
    "address rejected & internal error|internal server error|internal failure|request failed|system error|database error",
    "qq trouble|qq crash|qq internal|qq write|qq read|qq out of|qqt failure|exec qq|qq temporary|qq timeout|qq waitpid|trouble in home directory",
    "could not complete sender verify", "create user output file", "rejected: server error",
    "rejected: service temporarily unavailable", "server configuration error", "server configuration problem",
    "server is too busy", "system incorrectly configured", "virus scanners failed",
])];

/// A message that lacks a header: its sender is not what is wrong with it.
#[rustfmt::skip]
pub(super) const HEADERS: &[Row] = &[
    row(
        ContentRejected,
        You,
        "The message is not built as the mail standard asks: a header such as From is missing, or there twice.",
        "Send the text as a new message; if a program made it, it must write one From, one Date and one Message-ID.",
    )
    .when(&[
        "message|mail|email & not rfc|not compliant|non-compliant|does not comply|violates & 5322|2822 & !addr-spec|spf|address|recipient|emailaddress",
        "'from' header|\"from\" header|from: header|from header|header from & is missing|missing or|was missing|not present",
        "missing & data|field|value & in the header|in header|in the headers",
        "no from header|no date header|no subject header|no message-id header",
        "more than one from|more than one date|more than one subject",
        "missing a valid address in|having no from|without a from header|without from header",
        "encoded-word", "no resent-from",
    ])
    .confirmed(),
];

#[rustfmt::skip]
pub(super) const CONTENT: &[Row] = &[
    row(
        ContentRejected,
        You,
        "The server does not take messages with such an attachment or with what its scanner took for a virus.",
        "Send the file as a link, or in another format; scan it for viruses first.",
    )
    .when(&[
        "attachment|file type & is not allowed|are not allowed|not permitted",
        "~attachment & not allowed", "~attachment & block", "~attachment & reject", "~file type",
        "~executable",
        "not accept & messages containing & attachment|attachments|images",
        "~dangerous", "~security issue",
        "attachment type", "b-attach", "banned attachment", "banned file", "banned: ", "blocked attachment",
        "blocked for security reasons", "blockedmessage", "content presents a potential",
        "form of attachment", "illegal attachment", "number of attachments",
    ])
    .confirmed(),
    row(
        ContentRejected,
        You,
        "The message is not built as the mail standard asks: line ends, line lengths or headers are wrong.",
        "Send the text as a new message; if a program made it, it must end lines with CR LF, keep them under 998 bytes and write one From, Date and Message-ID.",
    )
    .when(&[
        "~unrecognized|unrecognised|unknown|wrong|bad|unexpected & header format|patch header|header line",
        "~mime & invalid", "mime & reject|invalid structure|malformed|broken|structure",
        "header values can't contain|header injection|newlines in header|newline in header",
        "header value|header field|headers & not allowed|not permitted|invalid|illegal|malformed|rejected|too long|too large|missing",
        "invalid data in message|invalid data in mail",
        "character set|character sets|charsets & not accept|not allowed",
        "mail data|message data & refused|rejected|denied",
        "line length|maximum allowed line|line exceeds|lines exceed|line longer",
        "no subject|missing subject|empty subject|subject is missing|empty message|empty body|blank subject & !alternative",
        "format restriction|restriction violation & format|message", "policy restrictions & c=hi",
        "bare <lf>", "bare line feed|bare line-feed", "bare <cr>", "headers too large|header too large",
        "longer than & 998", "rfc 2822 & !addr-spec & !address in mailbox", "~multiple & header|headers",
        "~header & missing", "~not compliant", "~rfc compliant", "~non-compliant", "#5.6.11",
        "message-id & missing", "bare & lines", "~8bit", "~8-bit",
        "invalid characters & !recipient|address|local", "too many hops & content",
        "header error & !mass mail", "~invalid message", "syntax error & header", "~no body",
        "illegal & header", "~unqualified & header", "~nul & message", "~null & character", "~no date",
        "822.bis", "822bis", "bare cr", "bare lf", "bare newline", "barelinefeed", "corrupt message content",
        "does not conform to standards", "duplicate header", "header syntax", "improper use of 8",
        "invalid header", "invalid message content", "line is too long", "line too long", "lines too long",
        "lone cr", "lone lf", "malformed header", "malformed message", "message is malformed",
        "messageid header", "mime error", "mime parts", "non-rfc", "rfc 5322", "rfc 822", "rfc2822",
        "rfc5322", "smtplf",
    ])
    .confirmed(),
    said::CONTENT
        .when(&[
            "#5.6 & !spam|invalid address|unsolicited|junk|smtputf8|utf-8 address|non-ascii|unicode address",
            "message content & !rejected|spam|ube|uce|unsolicited|suspicious",
            "message body & reject", "mailpolicy violation|mail policy violation & !email policy",
            "reject for policy reason & !spam|junk|phish*",
            "attachment guidelines", "banned content",
        ]),
];

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row(
        IdleTimeout,
        Wait,
        "The server closed the session because it had lasted longer than it allows.",
        "Send it again; a new connection is made.",
    )
    .when(&[
        "maximum lifetime", "maximum session", "session duration", "session lifetime", "session time limit",
        "session too long",
    ])
    .confirmed(),
    row(
        IdleTimeout,
        Wait,
        "The server closed the session because nothing came from this side for too long.",
        "Send it again; a new connection is made.",
    )
    .when(&[
        "idle timeout|idle time-out|idle time out", "@421|@451 & time-out|time out",
        "~timeout exceeded & !connect", "#4.4.1 & @421", "~inactivity", "timeout & closing & @451",
        "timed out & @421", "timeout & @421", "~idle connection", "~connection idle", "~no activity",
        "~session timed out", "~session timeout", "#4.4.2 & timeout & !bad connection",
        "incomplete sequence & timeout", "~waiting for input",
        "#4.4.1 & connection timed out & smtpcommandexception|smtpexception|server response",
        "autologout", "closing idle", "command timeout", "connection expired", "idle for too long",
        "idle too long", "inactive client", "input timeout", "session has been idle", "timed out waiting for client", "timeout - closing", "timeout waiting for client",
        "timeout waiting for data", "you took too long",
    ])
    .confirmed(),
    said::BUSY.when(&[
        "recipient server|remote server|destination server|mail server & unavailable|busy|overloaded|not available & !connect & !block",
        "errorserverbusy|server cannot service this request", "@421 & #4.7.0 & try again later, closing",
        "internal resource|internal problem|internal failure|internal issue & temporar|try|later",
        "server configuration|local configuration & error & @451|@421|@450",
        "service unavailable & !#5 & !block & !client host & !rejected & !@554 & !@550 & !command output",
        "~temporarily unavailable", "~temporary failure", "~internal error", "~system resources",
        "~try again later & !block", "~try later & !@550|@554", "~server error", "~temporary error",
        "~system error",
        "temporarily rejected & !temporarily rejected rcpt|temporarily rejected mail|temporarily rejected after",
        "~network is busy", "system not capable & !features", "~overloaded", "~high load", "~heavy load",
        "virus scanners failed|error in processing & scan*", "~could not check|can't check|cannot check",
        "queue has been stopped|disk full condition", "~requested action aborted",
        "~lookup failure & !host name lookup|hostname lookup", "~cannot process", "~could not be processed",
        "~currently unavailable", "~server unavailable", "~unable to process", "~please try again",
        "~maintenance", "~out of service", "~shutting down", "~unexpected failure", "~processing error",
        "milter & @451|@421|@452",
        "congestion", "could not complete sender verify", "load average", "load too high",
        "local error in processing", "mail server temporarily", "mail system full",
        "mail transport unavailable", "not accepting connections", "not accepting network messages",
        "not active, closing", "queue file write error", "resources are temporarily unavailable",
        "resources temporarily", "server busy", "server configuration error", "server configuration problem",
        "server is busy", "server shutdown", "service is unavailable", "service not active",
        "service not available", "service temporarily unavailable", "storagetransientexception",
        "storedrv.storage", "system incorrectly configured", "temporarily deferred",
        "temporary local problem", "temporary lookup", "temporary problem", "temporary server error",
        "temporary system problem", "too busy", "too many errors", "too much load", "try your request again",
        "verify address at this time",
    ])
    .confirmed(),
    said::OUT_OF_ORDER
    .when(&[
        "talk too soon|too early|early talker|earlytalker|pregreet|before greeting|before the greeting|before banner",
        "command|commands & out of order|wrong order|not expected|unexpected order|before",
        "already said helo|already said ehlo|already greeted|helo already|ehlo already|already issued",
        "not permitted when tls|when tls active|tls already active|already in tls|already using tls|already running tls",
        "smtp protocol violation & !synchron", "protocol error & #5.5.1",
        "must have sender|must have recipient",
        "ora-29277|use ehlo/helo before|use helo/ehlo before|use mail before|use rcpt before|use helo before|use ehlo before",
        "~sequence error", "~protocol error",
        "multiple mail commands|auth command already|already authenticated",
        "~rcpt first", "~mail first", "~out of sequence", "~need recipient", "~say hello",
        "~expecting & command", "~hello first", "~no transaction", "unexpected & command & @503",
        "bad sequence", "command out of", "command pipelining", "duplicate helo", "ehlo first", "helo first",
        "mail from first", "must be preceded", "need mail before", "need mail command", "need rcpt",
        "nested mail", "no identity changes permitted", "not permitted during a mail",
        "polite people say hello", "protocol deviation", "protocol synchronization", "send hello first",
        "sender already given", "sender already specified", "sender not specified", "sender not yet given",
        "sequence of commands", "synchronization error", "valid rcpt command must precede", "without rcpt",
    ])
    .confirmed(),
    said::UNRECOGNISED
    .when(&[
        "syntax error & @500", "syntax error & @501 & !address & !sender & !recipient", "~not implemented",
        "~unknown command", "~command unknown", "~invalid arguments", "invalid input & @500|@502",
        "~syntax error, goodbye",
        "too many unrecognized commands|too many unknown commands|too many bad commands",
        "~unimplemented", "command rejected & !pipelining & !helo & !#5.7 & !@550", "~bad command",
        "~parameters not", "~parameter not", "parameter & not recognized", "~command is not",
        "not recognized & command", "~not recognised", "~command line", "~command error",
        "~unsupported & option",
        "bad syntax", "command disabled", "command not implemented", "command not recognised",
        "command not supported", "command parameter not implemented", "command unrecognized",
        "i can break rules, too", "invalid command", "non-smtp command", "not capable of selected features",
        "syntax error - line", "syntax error in parameters", "syntax error, command", "unexpected command",
        "unrecognised command", "unrecognized command", "unrecognized parameter", "unsupported command",
        "unsupported option", "unsupported parameter",
    ])
    .confirmed(),
    row(
        Unknown,
        Administrator,
        "The message went round in a circle between servers (a mail loop).",
        "Check forwarding rules, the MX record and, in Exchange, whether the domain is authoritative or internal relay.",
    )
    .when(&[
        "#5.4.6", "#5.4.14", "~too many hops",
        "hop count", "loop detected", "loops back to", "mail loop", "routing loop",
    ])
    .confirmed(),
    row(
        ConnectionTimeout,
        Recipient,
        "The message could not be handed over in time: the receiving server did not take it for a day or more.",
        "Ask the recipient's side whether their server runs; send it again.",
    )
    .when(&[
        "message expired & !suspiciousremote", "#4.4.7", "#5.4.7", "#5.4.300", "failing for & days|hours",
        "unable to deliver & days", "could not be delivered & days & !refused",
        "delivery expired", "delivery time expired", "expired from queue", "has been in the queue too long",
        "has been queued too long", "in queue too long", "message timeout", "retry timeout exceeded",
    ])
    .confirmed(),
];
