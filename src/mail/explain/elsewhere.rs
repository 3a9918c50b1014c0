//! What looks like a refusal of mail and is none: IMAP and POP, web pages, programs that fail by themselves. Nothing is guessed of it.

use super::Cause::Unknown;
use super::Who::{Administrator, You};
use super::row::{Row, row};

const PROGRAM: Row = row(
    Unknown,
    You,
    "A program failed by itself; this is not what a mail server said.",
    "Look in its own output for the server's reply, which begins with a number such as 550 5.7.1.",
);

/// Other services.
#[rustfmt::skip]
pub(super) const SERVICES: &[Row] = &[
    row(Unknown, You, "This is about fetching mail (IMAP or POP), not about sending it.", "Check the settings for incoming mail where that program keeps them.")
        .when(&[
            "imap & no [|bad [|bad command|no server|no login|no select|no mailbox & !smtp & !password required|app password",
            "imaplib|imap4.error|imapfilter|imapsync & !smtp & !app password|application-specific|timed out|refused|certificate",
            "no [cannot]|no [overquota]|no [trycreate]|no [limit]|no [inuse]|no [alreadyexists]|no [nonexistent]|no [serverbug]|no [unavailable]",
            "^incoming (pop3|incoming (imap|cannot get mail|task 'receiving' & !outgoing|smtp",
            "bad error in imap|bad [clientbug]|no mailbox does not exist",
            "^connect|connecting|connection & to imap server|to news server|to the news server|to pop3 server|to pop server",
            "host1 folder|host2 folder",
            "^no login failed|no: mailbox|no mailbox doesn't exist|bad user is authenticated|bad command argument",
            "^imapd: |imapd-ssl: |pop3d: |pop3d-ssl: |imap-login: |pop3-login: & fail*|disconnected|aborted",
            "^got|expected|greeting|response|unexpected|invalid|welcome|answered|received|banner & +ok|imap4rev1|ok [capability|pop3 server ready|imap server ready|http/1.1 4|http/1.0 4|http/1.1 3|http/1.1 2|ssh-2.0 & !authentication failed|login failed",
            "-err [|-err |: -err & !smtp & !application-specific",
        ]),
    row(Unknown, Administrator, "A web server, a database or a directory said this, not a mail server.", "Look at the program or the service whose page that was.")
        .when(&[
            "@500 & internal server error & !smtp & !#5 & !#4", "@502 & bad gateway & !ws-trust|wstrust",
            "@504 & gateway time", "^404 & not found & !mail|smtp|recipient",
            "^psql|pg_hba|ftp> |sftp|git: |fatal: authentication failed for|pam_unix|pam: & fail*|incorrect|denied|login",
            "^unix socket|unix:/|clamd|clamav & connect|failed|no such file|denied|refused|unavailable & !fastcgi",
            "ftp: & login|user", "bye autologout|bye disconnected|bye connection",
            "^ldap|slapd|ldap_bind & bind|binding|invalid credentials|err=49|data 52e|unreachable|can't contact|cannot contact|unavailable & !smtp",
            "^access denied for user|sqlstate[|connect failed to database & !smtp error",
            "^mongonetworkerror|mongoservererror", "^connection to database|fatal: password authentication",
            "^too many connections & mysql|mariadb|database|sql",
            "^database server|database connection|redis|postgres|postgresql|mysql|mongodb|kafka|kubectl & !smtp|mail|email",
            "connect to milter service",
        ]),
    row(Unknown, Administrator, "The account has no mailbox in Exchange Online that programs can reach.", "Ask your administrator whether the mailbox is licensed and in the cloud.")
        .when(&["mailboxnotenabledforrestapi"]),
    row(Unknown, Administrator, "This is about records in DNS or an entry in a log, and no server has refused anything.", "Correct the record that is named, if it is wrong.")
        .when(&[
            "^spf|dkim|dmarc|_dmarc & not found|no txt|no spf|no dmarc|no dkim|missing|not enabled|not configured|too many dns lookups|permerror & !reject|block|denied|refused|fail*|message|bounced",
            "^tls connection established & !reject|fail*|error|lost|deferred|bounced",
        ]),
];

/// What a log says of mail without a reason, and what a program did wrong before a server was asked.
#[rustfmt::skip]
pub(super) const REASONLESS: &[Row] = &[
    row(Unknown, Administrator, "The message was refused, and the line does not say why.", "Look for an earlier line of the same message in the log, or ask whoever runs the filter.")
        .when(&[
            "milter & command rejected ", "reject= & command rejected & #5.7",
            "#5.5.1 & error: no valid recipients & !helo|relay",
            "stat=service unavailable & !#4 & !said|blocked|denied|relay|spam|listed|our system|unsolicited|message",
        ]),
    row(Unknown, Administrator, "The message goes round in a circle between servers (a mail loop), or its server does not know that the domain is its own.",
        "Check the MX record and which domains the server takes as its own.")
        .when(&[
            "#4.4.6 & loop",
            "lowest numbered mx record points to local|loops back to myself|config error: mail loops back",
            "best-preference mx",
        ]),
    row(Unknown, Administrator, "The mail server could not hand the message to another program on its own machine (a filter, for example).",
        "Whoever runs that server checks that the program runs and that its name in the server's configuration is right.")
        .when(&["mail transport unavailable|connect to transport & !said"]),
    row(Unknown, You, "This machine could not use the local address that the connection was to come from.",
        "Check the source address in that program's settings, and whether the machine has it.")
        .when(&[
            "eaddrnotavail|cannot assign requested address|can't assign requested address|cannot bind|eaddrinuse|address already in use",
            "requested address is not valid in its context|only one usage of each socket address|%10049|%10048|%4090|%4091",
            "^eafnosupport|address family not supported|%10047|emfile|enfile|too many open files|%10024",
            "^enobufs|no buffer space|lacked sufficient buffer space|%10055|servname not supported|eai_service",
        ]),
    PROGRAM.when(&[
        "authentication succeeded & expected response|got code", "^wrong host name & !certificate|helo",
        "^fatal: in parameter|fatal: parameter|bad command startup",
        "^pem lib|could not load pem|cannot set x509|x509 trust file|pem_read_bio|no start line|pem routines",
        "^disk quota exceeded & errno",
        "unable to find the socket transport|extension missing: openssl",
        "^unexpected greeting",
        "^while decrypting|could not decrypt|cannot decrypt|decryption failed & credentials|token|password|secret",
        "^attempted too many times or run too long|maxattemptsexceeded",
        "^mail server is not configured|smtp server is not configured|smtp is not configured|outgoing server is not configured|mailer is not configured|email is not configured|smtp server has not been configured|mail server has not been configured|no mail server configured|smtp not configured|no mailer configured",
        "^failed to open|failed to expand|cannot open|can't open|could not open|couldn't open|unable to open|failed to read & permission denied|no such file|is a directory|access is denied & !socket|connection|connect",
        "^unknown option|unrecognized option|unrecognised option|invalid option|illegal option|usage error",
        "^unknown flag|unexpected argument|invalid value & for '--",
        "address verification in progress", "an invalid destination host was provided",
        "hello called after other methods", "invalidtoken()", "mutually exclusive",
    ]),
];

/// Programs that fail by themselves; asked after everything that a server says.
#[rustfmt::skip]
pub(super) const PROGRAMS: &[Row] = &[
    PROGRAM.when(&[
        "^no module named|cannot find module|modulenotfounderror|importerror:",
        "^noclassdeffound|classnotfound|nosuchprovider|nosuchmethod",
        "^object reference not set|nullreferenceexception|nullpointerexception|nil pointer dereference",
        "^attributeerror:|nameerror:|unicodeencodeerror|unicodedecodeerror|keyerror:|indexerror:",
        "^cannot read propert|is not a function|is not defined|undefined method|undefined function|call to undefined",
        "^filenotfound|no such file or directory & !getaddrinfo & !connect",
        "^allowed memory size|outofmemory|out of memory", "^publickey|ssh: & !smtp",
    ]),
];
