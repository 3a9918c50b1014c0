//! Tokens of OAuth that the mail server refused.

use crate::mail::explain::Cause::TokenRejected;
use crate::mail::explain::Who::You;
use crate::mail::explain::row::{Row, row};

#[rustfmt::skip]
pub(in crate::mail::explain) const ROWS: &[Row] = &[
    row(
        TokenRejected,
        You,
        "The access token (the proof of sign-in that stands in for a password) was not accepted.",
        "Fetch a new token for this mailbox and for the scope SMTP.Send of outlook.office.com.",
    )
    .when(&[
        "#5.5.124", "?token & @535",
        "invalid token format|token validity: invalid|token is invalid|token is not valid|token was rejected & !refresh|csrf",
        "oauth* & asked for more",
        "oauth*|xoauth2|oauthbearer & @535|#5.7.3|#5.7.8|authentication failed|authentication unsuccessful|authentication error|authentication failure|authenticationfailed & !plain|auth login|login xoauth2|app password|less secure",
        "idx10223|lifetime validation failed|wrong audience|audience is invalid|invalid audience",
        "invalidauthenticationtoken|compacttoken",
        "oauth|bearer|access token|jwt|access_token & invalid|expired|not yet valid|malformed|rejected|revoked|not valid & !refresh",
        "access token & expired", "access token & invalid", "token has expired & smtp",
        "token is expired & smtp",
        "jwt is not well formed|token is empty|token contains no permissions",
        "authenticationfailed & xoauth2", "auth xoauth2 & authentication unsuccessful", "oauthbearer & fail*",
        "authenticate xoauth2 & fail*", "oauth token & expired", "authxoauth2 & fail*", "authxoauth2 & 535",
        "oauth2 & @535",
        "\"schemes\":\"bearer", "authenticator xoauth2 returned", "eyjzdgf0dxmioi", "invalid bearer token",
        "invalid oauth", "invalid sasl argument", "invalid xoauth2", "invalid_token", "saslxoauth2",
        "xoauth2 authentication failed", "xoauth2 failed",
    ])
    .confirmed(),
];
