//! Ways to sign in that the server does not offer.

use crate::mail::explain::Cause::MechanismNotOffered;
use crate::mail::explain::Who::You;
use crate::mail::explain::row::{Row, row};

#[rustfmt::skip]
pub(in crate::mail::explain) const ROWS: &[Row] = &[
    row(
        MechanismNotOffered,
        You,
        "The server does not offer the way to sign in that was asked for, or none at all on this connection.",
        "Set auth to one that it offers (see AUTH in the log), or to auto; many servers offer sign-in only after TLS, so check \
         security and port, too.",
    )
    .when(&[
        "auth() command failed & unknown|unimplemented|unrecognized|not implemented",
        "authentication not allowed & servers",
        "loginbadmethod|0 possible authenticators|find an authenticator supported|not a supported authentication method",
        "auth extension is not|smtp auth is not supported",
        "plaintext passwords & does not allow|doesn't allow|not allow",
        "support|unterstützt & no authentication|keine authentifizierung",
        "?auth|?token & @502|@504",
        "unexpected server response|unexpected server challenge & auth",
        "\"command\":\"auth & @500|@502",
        "auth: command not|unrecognized command auth|unrecognized command: auth",
        "not include auth|doesn't include auth|no authentication types",
        "no authentication method in common|no auth method in common",
        "authnotadvertised|no supported auth",
        "@535 & mechanism & not available|not supported|unsupported|unknown",
        "not compiled in & auth", "<mechanism> & <not there> & !local user",
        "server|host & does not support|doesn't support|does not offer|doesn't offer|doesn't advertise|does not advertise & auth|authentication|mechanism|sasl & !tls|sap system",
        "xoauth2|oauthbearer|cram-md5|digest-md5|ntlm|gssapi & not supported|unsupported|not available|not offered",
        "missing_requirement & auth", "invalid auth & mechanism", "mechanism & not offered",
        "authentication mechanism & not supported", "authentication method & not supported", "@504 & auth",
        "not support & auth login", "not support & auth plain", "auth & not implemented",
        "authentication mechanism is too weak & !password", "auth= & not offered",
        "requested authentication & not", "no common & mechanism", "sasl mechanism & unavailable",
        "no usable & mechanism", "unencrypted connection & auth", "auth login & @504", "#5.7.4",
        "auth command is not", "auth command not", "auth command used when not advertised",
        "auth extension not", "auth method not", "auth not available", "auth not supported",
        "auth type unimplemented", "authentication is not supported", "authentication method gssapi",
        "authentication not available", "authentication not enabled", "authentication not supported",
        "authentication type not supported", "authmechanism", "cannot find a usable authentication",
        "cannot use a secure authentication", "command unknown: 'auth'", "command unknown: auth",
        "does not seem to support encrypted passwords", "does not support any authentication",
        "does not support auth", "does not support the requested auth", "doesn't support auth",
        "mechanism not supported", "mechanisms do not fulfill", "no acceptable auth", "no auth mechanism",
        "no authentication mechanism", "no authenticator", "no compatible authentication",
        "no form of authorization supported", "no known authentication", "no mechanism available",
        "no mutually acceptable", "no sasl mechanism", "no suitable authentication", "no worthy mechs",
        "none of the authentication methods", "none of the available authentication", "not advertise auth",
        "requested type not available", "requires sasl", "supported by both", "unknown sasl mechanism",
        "unrecognised authentication", "unrecognized authentication", "unsupported auth", "unsupported sasl",
        "xoauth is no longer",
    ])
    .confirmed(),
];
