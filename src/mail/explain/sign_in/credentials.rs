//! User names and passwords: not to be checked now, wrong, or not given at all.

use crate::mail::explain::Cause::{NotSignedIn, SignInServiceDown, WrongCredentials};
use crate::mail::explain::Who::{Wait, You};
use crate::mail::explain::row::{Row, row};
use crate::mail::outcome::Step;

#[rustfmt::skip]
const WRONG: Row = row(
    WrongCredentials,
    You,
    "The server did not accept user name and password (or token).",
    "Check both (the user name is most often the whole address); with multi-factor sign-in an app password or a token is needed.",
);

#[rustfmt::skip]
const NOTHING_GIVEN: Row = row(
    NotSignedIn,
    You,
    "The server takes mail only from those who have signed in, and no sign-in took place.",
    "Set auth and username in the account, and see that a password or token is there.",
);

#[rustfmt::skip]
pub(in crate::mail::explain) const ROWS: &[Row] = &[
    row(
        SignInServiceDown,
        Wait,
        "The server cannot check sign-ins at the moment.",
        "Try again in a few minutes.",
    )
    .when(&[
        "@435 & authenticat", "authentication failed temporarily|authentication failure temporarily",
        "temporary internal authentication", "temporarily unable to authenticate",
        "temporary auth", "i can't auth", "@451|@454 & auth error", "authentication service",
        "auth*|login|credential & backend|database|directory|service|server & unavailable|not available|down|unreachable|cannot connect|not responding & !recipient|@535|service not active",
        "authentication server & unavailable", "authentication temporarily", "temporary lookup failure & auth",
        "cannot authenticate due to temporary", "authentication & internal error", "sasl & connect to & failed",
        "connection lost to authentication server", "unable to authenticate at present",
        "auth server & not respond", "unable to authenticate at this time", "unable to connect to dovecot",
    ])
    .confirmed(),
    row(SignInServiceDown, Wait, "The server cannot check sign-ins at the moment.", "Try again in a few minutes.")
        .when(&["@454 & #4.7.0 & !temporary server error", "@451 & #4.7.0 & !temporary server error"])
        .at(&[Step::Auth]),
    row(
        WrongCredentials,
        You,
        "User name or password (or token) is wrong, or the mailbox may not send by SMTP.",
        "Check both; with a token: it must be for this mailbox and for the scope SMTP.Send.",
    )
    .when(&["#5.7.3 & authentication unsuccessful"])
    .confirmed(),
    row(
        WrongCredentials,
        You,
        "User name or password is wrong, or a password alone is not taken for this account.",
        "Check both; an account with multi-factor sign-in needs an app password or a token.",
    )
    .when(&["the user credentials were incorrect", "#5.7.139"])
    .confirmed(),
    NOTHING_GIVEN.when(&["missing required authentication credential", "could not get password|couldn't get password", "needs a user name|needs a username|needs a password", "no password specified|no password given|no password was given"]),
    WRONG
        .when(&[
            "authenticate|authentication & result=\"failed\"|result=failed|status=failed|success=false|outcome=failure & !dkim|spf|dmarc",
            "cannot decode response & !@555", "authorizationfailed", "credential verification failed|credentials verification failed", "informations d'identification|凭据 & correctes|正确",
            "login|sign-in|authentication & not possible & !connect|without",
            "login|user name|password & verify that your|are correct & !relay denied",
            "not accept|refused|rejected & user name / password|username / password|username and password|user name and password|user/password|name or password|password combination & !without",
            "password|login|user name|username & is not valid|was not accepted|is not accepted|was refused|is not correct|isn't correct|is wrong|was wrong & !app|address|port",
            "api key is invalid|invalid api key|api key invalid|invalid private key|wrong api key|api key not valid",
            "authorization grant is invalid & !invalid_grant",
            "authentication to|login to|logging in to|signing in to & failed|unsuccessful & !connect|timed out|temporar|send mail",
            "rejected your login|login was rejected|login rejected", "authenticate failure",
            "verify account name or password|verification of the account name or password",
            "smtp verification error|smtp verification failed", "ticket was not accepted", "logon attempt failed",
            "auth_failed|eauth & 535", "login to server & failed",
        "authorization failed & !envelope from", "unable to authenticate to outgoing server",
            "failed to authenticate on smtp server", "errorauthentication & !errorauthenticationrequired",
            "unable to log in & smtp",
            "incorrect auth", "no authentication type succeeded", "authorization.failed",
            "invalid user/password", "wrong auth & user", "credentials & wrong", "auth_failed",
            "sasl authentication failed & !mechanism & !temporar", "password expired", "password has expired",
            "smtpclientauthenticationexception", "authentication was unsuccessful",
            "not accepted & credentials", "login & incorrect", "user & password & not match",
            "unable to authenticate & !dns & !time", "couldn't authenticate", "authentication refused",
            "username and password not accepted",
            "badcredentials",
            "bad username / password", "authentication credentials invalid", "authentication unsuccessful",
            "auth failure", "auth failed", "authentication rejected",
            "wrong password", "incorrect password",
            "incorrect username", "username or password", "password is incorrect", "password is wrong",
            "invalid username",
            "login denied", "password is invalid", "invalid password", "logon denied",
            "sasl plain authentication failed", "sasl login authentication failed", "bad credentials",
            "bad authentication", "credentials & incorrect", "login fail", "invalid user name",
            "user or password", "login or password", "user name or password", "password incorrect",
            "authenticationfailed & !no password|vxnlcm5hbwu6", "invalid login: & @535",
            "authentication error & @535",
            "username/password", "password mismatch", "unauthorized & @535", "credentials & rejected",
            "credentials & invalid & !relay denied|for relay", "#5.7.8 & authenticat",
            "authentication failed & !sender & !dmarc & !spf & !dkim & !credits & !inner exception",
            "authentication failure & !sender & !dmarc & !spf & !dkim", "authenticate & failed & @535",
            "not authenticate & password", "userid or password", "authentication has failed",
            "authentication fails", "not able to authenticate & @535",
        ])
        .confirmed(),
    NOTHING_GIVEN
    .when(&[
        "@530 & authentication required|authentication is required|authentication needed|must authenticate|not authenticated",
        "too many unauthenticated commands", "^authenticationfailed & vxnlcm5hbwu6|ugfzc3dvcmq6",
        "turn on|switch on|enable & smtp authentication in your|authentication in your mail|authentication in your email",
        "missing password|missing username|missing user name|password is missing|password missing|username is missing|username missing",
        "^password|passwd|username|user name|credentials & not set|is unset|not provided|not configured|not supplied|must not be empty|cannot be empty|can't be empty|is empty|are empty|is blank|be blank & !address|recipient|subject",
        "^username|user name|password|login|credentials & is required|are required & !app|application|change|new",
        "only accepts|accepts only|only from & authenticated clients|authenticated users|authenticated senders & !group|recipient|mailbox|list",
        "^password|secret|credential|credentials|passphrase & keychain|keyring|credential store|credential manager & not found|could not|cannot|failed|no",
        "~auth needed|auth required|auth necessary|auth is needed|auth mandatory",
        "permission to submit|permissions to submit",
        "log in to send|login to send|sign in to send|authenticate to send|sign in before|log in before|login before|authenticate before",
        "no passphrase|no password found|no password stored|no password for|no password in|password not found|no secret found",
        "pop before smtp|pop-before-smtp|pop3 before|pop-before-send|smtp after pop|smtp-after-pop|check your mail|check your email|check for mail|check mail|check for new mail|collect your mail|retrieve your mail|pop account|popped & first|before|pop",
        "authentication has not",
        "submission requires auth", "client host rejected: access denied", "not permitted to send & auth",
        "must be logged in", "need to log in", "username and password required", "requires a login",
        "unauthenticated & not allowed & !spf & !dmarc", "smtp-auth required", "client not authenticated",
        "client was not authenticated", "#5.7.57", "authentication required & !relay",
        "authentication is required & !relay", "must authenticate & !relay & !relaying",
        "must be authenticated & !sender|group|recipient is|recipient requires", "not logged in & !greylist|as owner",
        "missing credentials", "cannot achieve exchange server authentication",
        "passwd is null|password is null|username is null|empty username|empty password",
        "smtp-auth requested but missing",
        "user name and password|username and password & are necessary|must assign|must be specified|must be given|not specified|not given|are missing",
        "please authenticate & !relay", "need to authenticate & !relay",
        "authenticate first", "authentication needed", "not authenticated & !relay & !sender is",
        "you are not authorized to send & !as|from that|send to", "authentification & requ*", "no password & account",
        "auth first", "log in first",
        "login first",
        "requires smtp auth", "smtp auth is required", "requires auth & !non-local|external", "sign in first",
        "without authentication & !relay", "unauthenticated senders not allowed", "user not authenticated",
        "anonymous & not allowed & !relay", "no credentials", "credentials required", "requires login",
    ])
    .confirmed(),
];
