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
        "mechanisms do not fulfill", "xoauth is no longer", "auth type unimplemented", "auth() command failed & unknown|unimplemented|unrecognized|not implemented", "authentication not allowed & servers",
        "loginbadmethod|0 possible authenticators|find an authenticator supported|not a supported authentication method",
        "auth extension is not|smtp auth is not supported",
        "plaintext passwords & does not allow|doesn't allow|not allow",
        "support|unterstützt & no authentication|keine authentifizierung",
        "?auth|?token & @502|@504", "unexpected server response|unexpected server challenge & auth", "\"command\":\"auth & @500|@502",
        "auth: command not|unrecognized command auth|unrecognized command: auth",
        "not include auth|doesn't include auth|no authentication types",
        "no authentication method in common|no auth method in common", "authnotadvertised|no supported auth",
        "@535 & mechanism & not available|not supported|unsupported|unknown",
        "no form of authorization supported", "command unknown: 'auth'",
        "command unknown: auth", "requires sasl", "requested type not available",
        "does not seem to support encrypted passwords", "not advertise auth", "authentication method gssapi",
        "not compiled in & auth",
        "supported by both",
        "<mechanism> & <not there> & !local user",
        "server|host & does not support|doesn't support|does not offer|doesn't offer|doesn't advertise|does not advertise & auth|authentication|mechanism|sasl & !tls|sap system",
        "xoauth2|oauthbearer|cram-md5|digest-md5|ntlm|gssapi & not supported|unsupported|not available|not offered",
        "missing_requirement & auth", "auth method not", "invalid auth & mechanism",
        "mechanism & not offered", "does not support the requested auth",
        "unrecognized authentication", "unrecognised authentication", "authentication type not supported",
        "no suitable authentication", "no authentication mechanism",
        "no mutually acceptable", "auth extension not", "does not support auth", "doesn't support auth",
        "cannot use a secure authentication", "cannot find a usable authentication", "no acceptable auth",
        "none of the authentication methods",
        "authentication mechanism & not supported", "auth command used when not advertised",
        "authentication method & not supported", "unsupported auth", "@504 & auth", "unknown sasl mechanism",
        "no mechanism available", "no worthy mechs", "no compatible authentication", "auth not available",
        "authentication not available", "authentication is not supported", "authentication not supported",
        "authentication not enabled", "mechanism not supported", "no auth mechanism", "authmechanism",
        "auth not supported", "no sasl mechanism", "does not support any authentication", "unsupported sasl",
        "not support & auth login", "not support & auth plain", "auth command not", "auth & not implemented",
        "authentication mechanism is too weak & !password", "no authenticator", "auth= & not offered",
        "none of the available authentication", "requested authentication & not", "no known authentication",
        "no common & mechanism", "auth command is not", "sasl mechanism & unavailable", "no usable & mechanism",
        "unencrypted connection & auth", "auth login & @504", "#5.7.4",
    ])
    .confirmed(),
];
