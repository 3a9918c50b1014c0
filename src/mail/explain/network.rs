//! Texts of failures below SMTP, in the words of the libraries that report them: sockets, look-ups, lost connections.

use super::Cause::{ConnectionLost, ConnectionRefused, ConnectionTimeout, NameNotFound, ServerBusy};
use super::Who::{Administrator, Wait, You};
use super::row::{Row, row};

#[rustfmt::skip]
const NO_ANSWER: Row = row(
    ConnectionTimeout,
    Administrator,
    "The server did not answer in time.",
    "A firewall or the provider may block the port: outbound 587 has to be open (25 often is not). Port 465 is not served by Microsoft 365.",
);

#[rustfmt::skip]
const LOST: Row = row(
    ConnectionLost,
    Wait,
    "The connection broke before the server had answered.",
    "Send it again; if it keeps happening, check that port and security fit together (587 with \"starttls\", 465 with \"tls\").",
);

/// A line that broke in the middle of an encrypted session is no failed handshake.
#[rustfmt::skip]
pub(super) const BROKEN: &[Row] = &[LOST.when(&[
    "protocol is shutdown|protocol_is_shutdown", "bad write retry|ssl3_write_pending|ssl_write:bad length",
])];

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row(
        NameNotFound,
        You,
        "The server's name cannot be found.",
        "Check host in the account (no spaces, no https://), and that this machine can look names up. For Microsoft 365 it is smtp.office365.com.",
    )
    .when(&[
        "dns server & no data|answer", "dial tcp: lookup", "lookup & :53 & timeout|misbehaving",
        "hostname|host|name & resolving error|resolve failed|resolution failed|servfail",
        "^host & could not be found", "dns failure|dns resolve|dns problem|dns failed|resolving host",
        "name server timeout|nameserver timeout|dns timeout|dns query|querymx",
        "could not|cannot|can't|couldn't|unable to|failed to|failure & look up|lookup|resolve|find host|find the host|find server|find the server & !user|mailbox|recipient|table|login",
        "dns name does not exist|dns name not",
        "address for host|address of host|ip address of & could not|cannot|can't|failed|unable",
        "smtp server|mail server|server & is unknown & !user|recipient|sender", "could not find host",
        "unknown smtp host", "server is unknown", "nxdomain", "unable to look up host",
        "name service error for name=smtp", "name service error for relayhost", "invalid hostname",
        "hostname could not be",
        "enotfound & !modulenotfound|filenotfound|resourcenotfound", "eai_again", "eai_noname", "edns",
        "gethostbyname", "name or service not known",
        "nodename nor servname", "no address associated with hostname",
        "no such host", "name resolution", "could not resolve", "couldn't resolve",
        "cannot resolve", "can't resolve", "unable to resolve", "unknownhostexception", "unknown host",
        "host not found", "failed to lookup address",
        "failed to resolve", "name does not resolve", "dns error", "dns lookup", "dns resolution",
        "lookup failed", "resolver error", "could not be resolved", "enodata",
        "server misbehaving", "cannot locate", "getaddrinfo", "no dns", "wsahost_not_found", "11001",
        "non-recoverable failure in name", "requested name is valid, but", "querya",
        "invalid host & !address|hostentry",
        "host is unresolvable", "host lookup", "unresolved address", "valid name, no data", "errno 8]",
        "gaierror", "name lookup",
    ])
    .confirmed(),
    row(
        ConnectionRefused,
        Administrator,
        "Nothing listens there, or a firewall turned the connection away.",
        "Check host and port (\"localhost\" is this machine itself). Microsoft 365 serves 587 (and 25), not 465; networks often block 25.",
    )
    .when(&[
        "failed to connect to mailserver", "no connection could be made", "econnrefused", "connection refused",
        "connectionrefused", "actively refused", "10061", "connect refused", "refused by host", "errno 111",
        "os error 111",
        "connection was refused", "refused connection", "refused the connection", "connection denied",
        "forbidden by its access permissions", "errno 61]", "10013", "permission denied & connect",
        "active rejection by the target",
        "couldn't connect to host & !timed out|sockettimeout|unreachable|; timeout 1|; timeout 2|; timeout 3|; timeout 5|; timeout 6",
        "couldn't connect to server & !timed out|unreachable",
        "failed to connect to & port & !timed out| after |timeout|enetunreach|unreachable|etimedout|no route",
        "eacces & connect", "eperm & connect",
    ])
    .confirmed(),
    LOST
    .when(&[
        "connection reset|connectionreset", "suspiciousremote|disconnected abruptly", "message ended early",
        "^%104|%103|%107|%108|%32|%54|%53|%57|%4077|%4079|%4047|%10052|%10053|%10054|%10057|%10058",
        "software caused connection abort|transport endpoint|end of file on communication|shutdown of the socket",
        "greeting failed|could not read from & remote host said|server", "^could not read from & !file|/|input",
        "unexpected socket close", "econnreset",
        "broken pipe",
    ])
    .confirmed(),
    NO_ANSWER
        .when(&[
            "operation was canceled|operationcanceled|taskcanceled & connect",
            "timedout|timed_out|operation timed|time out|time-out|timeouterror", "execution expired",
            "connection to mail exchanger failed", "os error 11)", "have been failing for a long time",
            "failed to respond", "not respond within|not answer within|not complete in time",
            "timed out", "timeout", "10060", "did not properly respond",
            "deadline exceeded",
            "no answer from host|no answer from server|no reply from server|no response from host",
            "os error 110",
            "errno 110", "timed-out", "server did not respond|host did not respond|did not reply in time & !anything", "greeting never received|greeting was never",
            "#4.4.1", "took too long", "not respond in time",
        ])
        .confirmed(),
    row(
        ConnectionTimeout,
        Administrator,
        "There is no way to the server from here.",
        "Check this machine's network; where it has no IPv6, a server reached over IPv6 looks like this, too.",
    )
    .when(&[
        "address not available", "enetunreach", "ehostunreach", "no route to host",
        "unreachable", "host is down", "network is down", "10051", "10065", "enetdown",
        "noroutetohost", "ehostdown", "10049",
    ])
    .confirmed(),
    LOST
    .when(&[
        "but got empty code|an empty code", "empty response", "got code \"\", with",
        "terminates connection|terminates the connection|terminated the connection|drops the connection|closes the connection|aborts the connection|resets the connection",
        "without being connected", "non-properly terminated|not properly terminated",
        "data sending failed|sending data failed|failed to send data", "unable to read response|response is empty",
        "server not connected", "lost in the middle",
        "response reading failed", "failed sending data to the peer", "unexpectedly disconnected", "unexpected disconnect",
        "closed by remote", "closed by peer", "connection was terminated", "disconnected from server",
        "connection to server lost", "econnreset", "epipe", "econnaborted",
        "connection reset", "broken pipe", "unexpectedly closed", "connection closed", "connection lost",
        "lost connection", "closed the connection", "closed connection", "connection was closed",
        "forcibly closed", "unexpected eof", "eof", "[eof]", "server disconnected", "smtpserverdisconnected",
        "connection aborted", "on closed pipe|closed pipe", "socket hang up", "socket closed",
        "connection terminated",
        "unexpected socket close", "connection dropped", "aborted by the software", "10053",
        "eofexception|incompleteread|endofstream|eoferror",
        "closed|terminated|disconnected & unexpectedly|by server|by the server|by remote|by foreign|by the remote|by peer|by the peer|during & !channel|closing transmission",
        "remote|server|peer & closed|hung up|hangup|went away & !transmission|mailbox|account", "10054",
        "response: -1", "error, :closed|errno :closed|{:error, :closed", "empty reply",
        "connection|session|line & dropped|drop|lost|broken|broke|interrupted|hung up|cut off & !ratelimit",
        "remote host closed", "can't send command to smtp host", "exception reading response", "end of file",
        "disconnected unexpectedly", "closed unexpectedly", "unexpectedly terminated", "eof from",
        "connection has been closed", "connection has ended", "please run connect() first",
        "use of closed network connection", "server dropped", "connection is closed", "peer closed",
        "socket has been shut down", "connection interrupted", "connection was reset",
        "stream closed", "connectionlost", "incomplete response", "io: incomplete", "receiving data from the peer", "premature close", ": eof",
        "net_io", "no response from server", "connection was aborted", "connection was forcibly", "econnection",
        "lost the connection", "unable to read data from the transport",
        "unable to write data to the transport", "read error", "write error", "failed to read",
    ])
    // It was closed because of the refusal.
    .unless(&["@550|@551|@552|@553 & connection closed & !unexpected*|lost"])
    .confirmed(),
    row(
        ServerBusy,
        Wait,
        "The server closed the session: it is busy, or has had enough of this client.",
        "Try again in a few minutes.",
    )
    .when(&[
        "closing transmission channel", "closing channel", "service closing",
        "closing connection & !closing connection to",
        "service shutting",
    ]),
];
