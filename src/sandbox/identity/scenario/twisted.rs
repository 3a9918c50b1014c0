//! Answers that are right but for one member.

use super::Deed;
use super::Place::{self, DeviceCode, Return, Token};
use super::Twist::{self, Again, Long, Set, Without};
use super::{SignInScenario, row};

const fn twist(name: &'static str, place: Place, twist: Twist, says: &'static str) -> SignInScenario {
    row(name, place, Deed::Twist(twist), says)
}

#[rustfmt::skip]
pub(super) const TABLE: &[SignInScenario] = &[
    // How often to ask, and how long (RFC 8628, section 3.2).
    twist("interval-missing", DeviceCode, Without("interval"), "No interval is named, which means five seconds."),
    twist("interval-zero", DeviceCode, Set("interval", "0"), "The interval is 0."),
    twist("interval-negative", DeviceCode, Set("interval", "-5"), "The interval is negative."),
    twist("interval-huge", DeviceCode, Set("interval", "4294967296"), "The interval is 136 years."),
    twist("interval-text", DeviceCode, Set("interval", "\"5\""), "The interval is text, as some services have it."),
    twist("expiry-missing", DeviceCode, Without("expires_in"), "The device code does not say how long it lives."),
    twist("expiry-negative", DeviceCode, Set("expires_in", "-1"), "The device code has expired before it came."),
    twist("expiry-huge", DeviceCode, Set("expires_in", "18446744073709551615"), "The device code lives for ever."),
    // Where to go and what to type.
    twist("uri-http", DeviceCode, Set("verification_uri", "\"http://localhost/device\""), "The page to open is not secured."),
    twist("uri-elsewhere", DeviceCode, Set("verification_uri", "\"https://login.contoso.example/device\""), "The page to open is on another host."),
    twist("uri-userinfo", DeviceCode, Set("verification_uri", "\"https://login.microsoftonline.com@contoso.example/device\""), "The page to open has a user name that looks like a host."),
    twist("uri-escapes", DeviceCode, Set("verification_uri", "\"https://localhost/\\u001b]8;;https://contoso.example\\u0007device\""), "The page to open holds control characters."),
    twist("uri-lookalike", DeviceCode, Set("verification_uri", "\"https://login.micros\u{43e}ftonline.com/device\""), "The page to open has a Cyrillic letter in its host."),
    twist("uri-long", DeviceCode, Long("verification_uri"), "The page to open has an address of 10 kB."),
    twist("uri-missing", DeviceCode, Without("verification_uri"), "No page to open is named."),
    twist("code-escapes", DeviceCode, Set("user_code", "\"\\u001b[2JABC\""), "The code to type holds control characters."),
    twist("code-odd", DeviceCode, Set("user_code", "\"\u{202e}ABC \u{430}\\nDEF\""), "The code to type holds letters that nobody can tell apart."),
    twist("code-empty", DeviceCode, Set("user_code", "\"\""), "The code to type is empty."),
    twist("code-long", DeviceCode, Long("user_code"), "The code to type is 10 kB long."),
    twist("device-code-missing", DeviceCode, Without("device_code"), "There is no device code in the answer."),
    twist("device-code-twice", DeviceCode, Again("device_code", "\"another\""), "The device code stands there twice."),
    // The way back from the browser.
    twist("state-wrong", Return, Set("state", "another"), "The browser comes back with another state."),
    twist("state-missing", Return, Without("state"), "The browser comes back without the state."),
    twist("state-twice", Return, Again("state", "another"), "The browser comes back with two states."),
    twist("code-missing", Return, Without("code"), "The browser comes back without a code."),
    twist("code-wrong", Return, Set("code", "another"), "The browser comes back with a code that nobody issued."),
    // Tokens (RFC 6749, section 5.1).
    twist("token-missing", Token, Without("access_token"), "There is no access token in the answer."),
    twist("token-empty", Token, Set("access_token", "\"\""), "The access token is empty."),
    twist("token-twice", Token, Again("access_token", "\"another\""), "The access token stands there twice."),
    twist("token-number", Token, Set("access_token", "12345"), "The access token is a number."),
    twist("token-with-newline", Token, Set("access_token", "\"good\\r\\nAUTH LOGIN\""), "The access token holds a line end."),
    twist("token-with-separator", Token, Set("access_token", "\"good\\u0001user=bob@fabrikam.com\""), "The access token holds the separator of XOAUTH2."),
    twist("token-type-missing", Token, Without("token_type"), "The type of the token is not told."),
    twist("token-type-other", Token, Set("token_type", "\"mac\""), "The type of the token is not Bearer."),
    twist("lifetime-missing", Token, Without("expires_in"), "The access token does not say how long it lives."),
    twist("lifetime-negative", Token, Set("expires_in", "-3599"), "The access token has expired before it came."),
    twist("lifetime-huge", Token, Set("expires_in", "18446744073709551615"), "The access token lives for ever."),
    twist("no-refresh-token", Token, Without("refresh_token"), "There is no refresh token in the answer."),
    twist("no-id-token", Token, Without("id_token"), "The answer does not say who signed in."),
    twist("id-token-garbled", Token, Set("id_token", "\"only.two\""), "What tells who signed in cannot be read."),
    twist("scope-broader", Token, Set("scope", "\"https://outlook.office.com/SMTP.Send https://outlook.office.com/IMAP.AccessAsUser.All\""), "More is granted than was asked for."),
    twist("scope-other", Token, Set("scope", "\"https://outlook.office.com/IMAP.AccessAsUser.All\""), "Something else is granted than was asked for."),
];
