//! Texts about the session and the message as such: greetings, order of commands, forbidden content, servers that are busy.

use super::Cause::{
    BadSequence, CommandUnrecognised, ConnectionTimeout, ContentRejected, HelloRejected, IdleTimeout,
    ServerBusy, Unknown,
};
use super::Who::{Administrator, Recipient, Wait, You};
use super::row::{Row, row};

#[rustfmt::skip]
const BUSY: Row = row(
    ServerBusy,
    Wait,
    "The server is too busy at the moment, or has trouble of its own.",
    "Try again in a few minutes.",
);

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
        "my name was rejected", "helo|ehlo & does not match|doesn't match|mismatch|invalid domain",
        "@501 & invalid hostname",
        "helo command rejected", "ehlo command rejected",
        "does not accept ehlo|does not accept helo|did not accept ehlo|did not accept helo",
        "invalid domain name & !transaction failed|@554", "helo & fully-qualified", "helo|ehlo & fully qualified & !sender|recipient", "bad ehlo",
        "helo & fqdn", "rejected ehlo", "rejected helo", "ehlo failed & @5", "helo failed & @5",
        "ehlo syntax error|helo syntax error", "smtphelloerror",
        "smtpheloerror", "invalid helo", "helohost", "invalid ehlo", "bad helo", "helo rejected",
        "ehlo rejected",
        "helo name", "helo/ehlo & !first|before",
        "ehlo/helo & !first|before",
        "ehlo not accepted from server & !too many", "helo access denied", "helo host", "helo argument",
        "ehlo argument", "#5.7.506", "helo requires", "ehlo requires", "hostname you use & helo",
        "ehlo name|helo/ehlo name & not valid|is invalid",
        "ehlo|helo & must be fqdn|must be a fqdn|must be fully|hostname must",
        "ehlo command failed & @5",
        "helo|ehlo & bogus|forged|our own name|my own name|own hostname|impersonat*",
        "?helo & @501|@504|@550|@553|@554 & !ip|blocked|listed|dnsbl|rbl|spam|ptr|reverse|relay",
    ])
    .confirmed(),
];

/// The server's own settings are wrong, whatever command they spoil.
pub(super) const TROUBLE: &[Row] = &[BUSY.when(&[
    "server configuration problem",
    "server configuration error",
    "system incorrectly configured",
    "server is too busy",
    "mailbox logon failure|mapiexceptionlogonfailed|connectionfailedtransient",
    "could not complete sender verify",
    "virus scanners failed",
    "create user output file",
    "rejected: service temporarily unavailable",
    "address rejected & internal error|internal server error|internal failure|request failed|system error|database error", "rejected: server error",
    "qq trouble|qq crash|qq internal|qq write|qq read|qq out of|qqt failure|exec qq|qq temporary|qq timeout|qq waitpid|trouble in home directory",
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
        "encoded-word", "no resent-from", "missing & data|field|value & in the header|in header|in the headers",
        "no from header|no date header|no subject header|no message-id header",
        "more than one from|more than one date|more than one subject",
        "missing a valid address in|having no from|without a from header|without from header",
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
        "illegal attachment", "attachment|file type & is not allowed|are not allowed|not permitted",
        "blocked for security reasons", "banned: ", "blocked attachment",
        "~attachment & not allowed",
        "attachment type", "form of attachment", "b-attach", "number of attachments", "~attachment & block", "~attachment & reject", "~file type",
        "~executable",
        "banned attachment", "not accept & messages containing & attachment|attachments|images", "~dangerous",
        "banned file", "blockedmessage", "~security issue",
        "content presents a potential",
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
        "corrupt message content", "invalid message content", "bare lf", "bare <lf>", "bare newline",
        "bare line feed|bare line-feed", "mime parts", "bare cr", "bare <cr>", "barelinefeed", "smtplf", "line is too long", "line too long",
        "lines too long", "headers too large|header too large", "longer than & 998", "822.bis", "822bis", "rfc 5322",
        "rfc5322",
        "rfc 2822 & !addr-spec & !address in mailbox", "rfc2822", "rfc 822", "duplicate header",
        "~multiple & header|headers", "~header & missing", "~not compliant",
        "~rfc compliant",
        "~non-compliant", "#5.6.11", "invalid header", "message-id & missing", "bare & lines", "~8bit",
        "~8-bit", "invalid characters & !recipient|address|local", "malformed message", "message is malformed", "does not conform to standards",
        "malformed header", "mime error",
        "improper use of 8", "too many hops & content", "header error & !mass mail", "lone cr",
        "lone lf", "~invalid message", "header syntax", "syntax error & header", "~no body", "illegal & header",
        "non-rfc", "~unqualified & header", "~nul & message", "~null & character", "~no date",
        "messageid header",
    ])
    .confirmed(),
    row(ContentRejected, You, "The server does not like what is in the message.", "Read its reply; change the message.")
        .when(&[
            "#5.6 & !spam|invalid address|unsolicited|junk|smtputf8|utf-8 address|non-ascii|unicode address", "banned content",
            "message content & !rejected|spam|ube|uce|unsolicited|suspicious",
            "message body & reject", "attachment guidelines",
            "mailpolicy violation|mail policy violation & !email policy", "reject for policy reason & !spam|junk|phish*",
        ]),
];

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row(
        IdleTimeout,
        Wait,
        "The server closed the session because nothing came from this side for too long.",
        "Send it again; a new connection is made.",
    )
    .when(&[
        "idle timeout|idle time-out|idle time out", "connection expired", "@421|@451 & time-out|time out",
        "timeout waiting for client", "timeout waiting for data", "timeout - closing",
        "~timeout exceeded & !connect", "inactive client", "command timeout",
        "idle too long", "#4.4.1 & @421", "session duration",
        "timed out waiting for client", "idle for too long", "~inactivity",
        "input timeout", "timeout & closing & @451",
        "timed out & @421", "timeout & @421", "~idle connection", "~connection idle", "closing idle",
        "~no activity", "~session timed out", "~session timeout", "session too long", "#4.4.2 & timeout & !bad connection",
        "incomplete sequence & timeout", "~waiting for input", "you took too long", "session has been idle",
        "autologout", "maximum lifetime", "session lifetime", "session time limit", "maximum session",
        "#4.4.1 & connection timed out & smtpcommandexception|smtpexception|server response",
    ])
    .confirmed(),
    BUSY.when(&[
        "recipient server|remote server|destination server|mail server & unavailable|busy|overloaded|not available & !connect & !block",
        "errorserverbusy|server cannot service this request",
        "@421 & #4.7.0 & try again later, closing",
        "internal resource|internal problem|internal failure|internal issue & temporar|try|later",
        "server configuration|local configuration & error & @451|@421|@450", "storagetransientexception",
        "not active, closing", "service not active", "resources are temporarily unavailable",
        "storedrv.storage", "temporary server error",
        "temporary system problem", "mail transport unavailable", "temporary local problem", "service not available",
        "service unavailable & !#5 & !block & !client host & !rejected & !@554 & !@550 & !command output",
        "service temporarily unavailable", "server busy", "server is busy", "too busy",
        "~temporarily unavailable", "~temporary failure", "~internal error",
        "local error in processing", "~system resources", "~try again later & !block",
        "~try later & !@550|@554", "~server error", "~temporary error", "~system error",
        "temporarily rejected & !temporarily rejected rcpt|temporarily rejected mail|temporarily rejected after",
        "temporary problem", "congestion", "~network is busy", "mail system full",
        "verify address at this time", "system not capable & !features", "queue file write error",
        "resources temporarily", "try your request again", "not accepting network messages", "~overloaded",
        "system incorrectly configured", "server configuration problem", "server configuration error",
        "~high load", "~heavy load", "too much load", "virus scanners failed|error in processing & scan*",
        "not accepting connections",
        "could not complete sender verify", "~could not check|can't check|cannot check", "load average", "queue has been stopped|disk full condition", "load too high", "~requested action aborted",
        "~lookup failure & !host name lookup|hostname lookup", "~cannot process", "~could not be processed", "temporarily deferred",
        "service is unavailable", "temporary lookup", "mail server temporarily", "~currently unavailable",
        "~server unavailable", "~unable to process", "~please try again", "~maintenance", "~out of service",
        "~shutting down", "server shutdown", "too many errors",
        "~unexpected failure", "~processing error", "milter & @451|@421|@452",
    ])
    .confirmed(),
    row(
        BadSequence,
        Administrator,
        "The server expected another command first.",
        "Is this a mail submission server, and the right port? A proxy or virus scanner on the way may drop commands.",
    )
    .when(&[
        "talk too soon|too early|early talker|earlytalker|pregreet|before greeting|before the greeting|before banner",
        "command|commands & out of order|wrong order|not expected|unexpected order|before",
        "already said helo|already said ehlo|already greeted|helo already|ehlo already|already issued",
        "protocol deviation",
        "not permitted when tls|when tls active|tls already active|already in tls|already using tls|already running tls",
        "smtp protocol violation & !synchron", "protocol error & #5.5.1", "must have sender|must have recipient",
        "bad sequence", "ora-29277|use ehlo/helo before|use helo/ehlo before|use mail before|use rcpt before|use helo before|use ehlo before", "~sequence error", "nested mail",
        "send hello first",
        "need mail command", "need mail before", "need rcpt", "~protocol error",
        "sender not yet given", "without rcpt", "not permitted during a mail", "no identity changes permitted",
        "multiple mail commands|auth command already|already authenticated",
        "sender already specified", "polite people say hello", "~rcpt first", "~mail first", "~out of sequence",
        "command out of", "sequence of commands", "ehlo first", "helo first", "valid rcpt command must precede",
        "sender already given", "sender not specified", "command pipelining", "~need recipient",
        "~say hello", "must be preceded", "~expecting & command", "~hello first", "~no transaction",
        "duplicate helo", "mail from first", "unexpected & command & @503", "synchronization error",
        "protocol synchronization",
    ])
    .confirmed(),
    row(
        CommandUnrecognised,
        Administrator,
        "The server does not know, or does not allow, a command that was sent.",
        "Is this a mail submission server, and the right port? A proxy or firewall on the way (such as SMTP inspection) may spoil commands.",
    )
    .when(&[
        "syntax error in parameters", "syntax error, command", "command unrecognized", "syntax error - line",
        "command parameter not implemented", "bad syntax", "syntax error & @500",
        "syntax error & @501 & !address & !sender & !recipient", "unrecognized command", "unrecognised command",
        "command not recognised", "command not implemented", "~not implemented",
        "~unknown command", "~command unknown", "invalid command", "command not supported",
        "~invalid arguments", "i can break rules, too",
        "unsupported command", "invalid input & @500|@502", "~syntax error, goodbye", "not capable of selected features",
        "too many unrecognized commands|too many unknown commands|too many bad commands", "~unimplemented",
        "command rejected & !pipelining & !helo & !#5.7 & !@550", "~bad command",
        "~parameters not", "~parameter not", "unrecognized parameter", "unsupported option",
        "unsupported parameter", "command disabled", "parameter & not recognized", "~command is not",
        "not recognized & command", "~not recognised", "~command line", "~command error", "unexpected command",
        "~unsupported & option", "non-smtp command",
    ])
    .confirmed(),
    row(
        Unknown,
        Administrator,
        "The message went round in a circle between servers (a mail loop).",
        "Check forwarding rules, the MX record and, in Exchange, whether the domain is authoritative or internal relay.",
    )
    .when(&[
        "#5.4.6", "#5.4.14", "hop count", "~too many hops", "mail loop", "routing loop", "loops back to",
        "loop detected",
    ])
    .confirmed(),
    row(
        ConnectionTimeout,
        Recipient,
        "The message could not be handed over in time: the receiving server did not take it for a day or more.",
        "Ask the recipient's side whether their server runs; send it again.",
    )
    .when(&[
        "message expired & !suspiciousremote", "#4.4.7", "#5.4.7", "#5.4.300", "delivery expired",
        "retry timeout exceeded", "delivery time expired", "failing for & days|hours", "has been in the queue too long",
        "in queue too long", "has been queued too long", "unable to deliver & days",
        "could not be delivered & days & !refused", "expired from queue", "message timeout",
    ])
    .confirmed(),
];
