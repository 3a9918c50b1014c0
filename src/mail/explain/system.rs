//! What the machine itself says of the line: errors of sockets and of name look-ups, by name, number and words, on every
//! system. Asked first where no server has refused anything: whatever a program adds, this is what happened.
//!
//! Numbers: `errno` of Linux and macOS, Windows sockets (10004 and up), libuv on Windows (40xx) and its look-ups (30xx).

use super::row::Row;
use super::said;

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    said::NO_NAME
        .when(&[
            "getaddrinfo|getnameinfo|gethostbyname|gethostbyaddr|gaierror|php_network_getaddresses|res_query|res_search",
            "errno -2]|errno -3]|errno -5]",
            "eai_noname|eai_again|eai_nodata|eai_fail|eai_system|edns'|edns\"|code: edns",
            "enotfound & !modulenotfound|filenotfound|resourcenotfound|module_not_found",
            "querya |querymx|queryaaaa|querytxt|querysrv|dial tcp: lookup|lookup & :53",
            "name or service not known|nodename nor servname|no address associated with|name does not resolve|unknown node or service",
            "smtp server|e-mail server|mail server|(smtp) server & cannot be found|cannot find|could not be found|can't be found|couldn't find & !relay",
            "cannot find the smtp|cannot find the e-mail server|cannot find the mail server",
            "bad hostname|gethostentry|gethostaddresses|resolving timed out|resolve timed out|lookup timed out|resolution timed out",
            "name resolution|resolution of name|host name lookup|hostname lookup|hostname resolution|name lookup",
            "no such host|host not found|hostnotfound|unknownhost|the remote name could not be resolved|nxdomain|servfail",
            "valid, but no data|valid name, no data|no data of the requested type|database lookup",
            "wsahost_not_found|wsatry_again|wsano_recovery|wsano_data|%11001|%11002|%11003|%11004",
            "%3008|%3001|%3004|%3007", "cannotfindhost|dnslookupfailed|%1003|%1006",
            "name not resolved",
        ])
        // What a mail server says of a recipient's domain.
        .unless(&["host or domain name not found & type=mx|type=aaaa|type=a & !relayhost", "'mx' lookup|badrcptdomain|domain name not found & !relayhost", "域名|收件人"])
        .confirmed(),
    said::REFUSED
        .when(&[
            "econnrefused|connection refused|connectionrefused|actively refused|wsaeconnrefused",
            "%111|%61|%10061|%4078", "0x274d|0x8007274d|%1004|cannotconnecttohost",
            "is refusing smtp connections",
        ])
        .confirmed(),
    said::NO_WAY
        .when(&[
            "enetunreach|ehostunreach|enetdown|ehostdown|wsaenetunreach|wsaehostunreach|wsaenetdown|wsaehostdown|noroutetohost",
            "network is unreachable|network unreachable|no route to host|host is unreachable|host is down|network is down|unreachable network|unreachable host|dead network",
            "connection appears to be offline|%1009",
            "%101|%113|%112|%100|%51|%64|%65|%10050|%10051|%10064|%10065|%4062|%4063",
        ])
        .confirmed(),
    said::NO_ANSWER
        .when(&[
            "etimedout|esockettimedout|wsaetimedout|connection timed out|operation timed out|connect timed out",
            "%110|%10060|%4039|%60|0x274c|0x8007274c|%1001",
            "did not properly respond",
        ])
        .unless(&["handshake|ssl_connect|tls_connect|enable_crypto"])
        .confirmed(),
];
