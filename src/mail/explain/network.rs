//! Texts of failures below SMTP, in the words of the libraries that report them: sockets, look-ups, lost connections.

use super::Cause::ServerBusy;
use super::Who::Wait;
use super::row::{Row, row};
use super::said;

/// A line that broke in the middle of an encrypted session is no failed handshake.
#[rustfmt::skip]
pub(super) const BROKEN: &[Row] = &[said::LOST.when(&[
    "protocol is shutdown|protocol_is_shutdown", "bad write retry|ssl3_write_pending|ssl_write:bad length",
])];

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    said::NO_NAME
    .when(&[
        "dns server & no data|answer", "lookup & :53 & timeout|misbehaving",
        "hostname|host|name & resolving error|resolve failed|resolution failed|servfail",
        "^host & could not be found",
        "dns failure|dns resolve|dns problem|dns failed|resolving host",
        "name server timeout|nameserver timeout|dns timeout|dns query|querymx",
        "could not|cannot|can't|couldn't|unable to|failed to|failure & look up|lookup|resolve|find host|find the host|find server|find the server & !user|mailbox|recipient|table|login",
        "dns name does not exist|dns name not",
        "address for host|address of host|ip address of & could not|cannot|can't|failed|unable",
        "smtp server|mail server|server & is unknown & !user|recipient|sender",
        "enotfound & !modulenotfound|filenotfound|resourcenotfound", "invalid host & !address|hostentry",
        "11001", "can't resolve", "cannot locate", "cannot resolve", "could not be resolved",
        "could not find host", "could not resolve", "couldn't resolve", "dial tcp: lookup", "dns error",
        "dns lookup", "dns resolution", "eai_again", "eai_noname", "edns", "enodata", "errno 8]",
        "failed to lookup address", "failed to resolve", "gaierror", "getaddrinfo", "gethostbyname",
        "host is unresolvable", "host lookup", "host not found", "hostname could not be", "invalid hostname",
        "lookup failed", "name does not resolve", "name lookup", "name or service not known",
        "name resolution", "name service error for name=smtp", "name service error for relayhost",
        "no address associated with hostname", "no dns", "no such host", "nodename nor servname",
        "non-recoverable failure in name", "nxdomain", "querya", "requested name is valid, but",
        "resolver error", "server is unknown", "server misbehaving", "unable to look up host",
        "unable to resolve", "unknown host", "unknown smtp host", "unknownhostexception",
        "unresolved address", "valid name, no data", "wsahost_not_found",
    ])
    .confirmed(),
    said::REFUSED
    .when(&[
        "permission denied & connect",
        "couldn't connect to host & !timed out|sockettimeout|unreachable|; timeout 1|; timeout 2|; timeout 3|; timeout 5|; timeout 6",
        "couldn't connect to server & !timed out|unreachable",
        "failed to connect to & port & !timed out| after |timeout|enetunreach|unreachable|etimedout|no route",
        "eacces & connect", "eperm & connect",
        "10013", "10061", "active rejection by the target", "actively refused", "connect refused",
        "connection denied", "connection refused", "connection was refused", "connectionrefused",
        "econnrefused", "errno 111", "errno 61]", "failed to connect to mailserver",
        "forbidden by its access permissions", "no connection could be made", "os error 111",
        "refused by host", "refused connection", "refused the connection",
    ])
    .confirmed(),
    said::LOST
    .when(&[
        "connection reset|connectionreset", "suspiciousremote|disconnected abruptly",
        "^%104|%103|%107|%108|%32|%54|%53|%57|%4077|%4079|%4047|%10052|%10053|%10054|%10057|%10058",
        "software caused connection abort|transport endpoint|end of file on communication|shutdown of the socket",
        "greeting failed|could not read from & remote host said|server",
        "^could not read from & !file|/|input",
        "broken pipe", "econnreset", "message ended early", "unexpected socket close",
    ])
    .confirmed(),
    said::NO_ANSWER
        .when(&[
            "operation was canceled|operationcanceled|taskcanceled & connect",
            "timedout|timed_out|operation timed|time out|time-out|timeouterror",
            "not respond within|not answer within|not complete in time",
            "no answer from host|no answer from server|no reply from server|no response from host",
            "server did not respond|host did not respond|did not reply in time & !anything",
            "greeting never received|greeting was never", "#4.4.1",
            "10060", "connection to mail exchanger failed", "deadline exceeded", "did not properly respond",
            "errno 110", "execution expired", "failed to respond", "have been failing for a long time",
            "not respond in time", "os error 11)", "os error 110", "timed out", "timed-out", "timeout",
            "took too long",
        ])
        .confirmed(),
    said::NO_WAY
    .when(&[
        "10049", "10051", "10065", "address not available", "ehostdown", "ehostunreach", "enetdown",
        "enetunreach", "host is down", "network is down", "no route to host", "noroutetohost", "unreachable",
    ])
    .confirmed(),
    said::LOST
    .when(&[
        "but got empty code|an empty code",
        "terminates connection|terminates the connection|terminated the connection|drops the connection|closes the connection|aborts the connection|resets the connection",
        "non-properly terminated|not properly terminated",
        "data sending failed|sending data failed|failed to send data",
        "unable to read response|response is empty", "on closed pipe|closed pipe",
        "eofexception|incompleteread|endofstream|eoferror",
        "closed|terminated|disconnected & unexpectedly|by server|by the server|by remote|by foreign|by the remote|by peer|by the peer|during & !channel|closing transmission",
        "remote|server|peer & closed|hung up|hangup|went away & !transmission|mailbox|account",
        "error, :closed|errno :closed|{:error, :closed",
        "connection|session|line & dropped|drop|lost|broken|broke|interrupted|hung up|cut off & !ratelimit",
        "10053", "10054", ": eof", "[eof]", "aborted by the software", "broken pipe",
        "can't send command to smtp host", "closed by peer", "closed by remote", "closed connection",
        "closed the connection", "closed unexpectedly", "connection aborted", "connection closed",
        "connection dropped", "connection has been closed", "connection has ended", "connection interrupted",
        "connection is closed", "connection lost", "connection reset", "connection terminated",
        "connection to server lost", "connection was aborted", "connection was closed",
        "connection was forcibly", "connection was reset", "connection was terminated", "connectionlost",
        "disconnected from server", "disconnected unexpectedly", "econnaborted", "econnection", "econnreset",
        "empty reply", "empty response", "end of file", "eof", "eof from", "epipe",
        "exception reading response", "failed sending data to the peer", "failed to read", "forcibly closed",
        "got code \"\", with", "incomplete response", "io: incomplete", "lost connection",
        "lost in the middle", "lost the connection", "net_io", "no response from server", "peer closed",
        "please run connect() first", "premature close", "read error", "receiving data from the peer",
        "remote host closed", "response reading failed", "response: -1", "server disconnected",
        "server dropped", "server not connected", "smtpserverdisconnected", "socket closed", "socket hang up",
        "socket has been shut down", "stream closed", "unable to read data from the transport",
        "unable to write data to the transport", "unexpected disconnect", "unexpected eof",
        "unexpected socket close", "unexpectedly closed", "unexpectedly disconnected",
        "unexpectedly terminated", "use of closed network connection", "without being connected",
        "write error",
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
        "closing connection & !closing connection to",
        "closing channel", "closing transmission channel", "service closing", "service shutting",
    ]),
];
