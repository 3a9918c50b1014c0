//! User names and passwords: not to be checked now, wrong, or not given at all.

use crate::mail::explain::Cause::WrongCredentials;
use crate::mail::explain::Who::You;
use crate::mail::explain::row::{Row, row};
use crate::mail::explain::said;
use crate::mail::outcome::Step;

#[rustfmt::skip]
pub(in crate::mail::explain) const ROWS: &[Row] = &[
    said::NO_CHECK
    .when(&[
        "@435 & authenticat",
        "authentication failed temporarily|authentication failure temporarily",
        "@451|@454 & auth error",
        "auth*|login|credential & backend|database|directory|service|server & unavailable|not available|down|unreachable|cannot connect|not responding & !recipient|@535|service not active",
        "authentication server & unavailable", "temporary lookup failure & auth",
        "authentication & internal error", "sasl & connect to & failed", "auth server & not respond",
        "authentication service", "authentication temporarily", "cannot authenticate due to temporary",
        "connection lost to authentication server", "i can't auth", "temporarily unable to authenticate",
        "temporary auth", "temporary internal authentication", "unable to authenticate at present",
        "unable to authenticate at this time", "unable to connect to dovecot",
    ])
    .confirmed(),
    said::NO_CHECK
        .when(&["@454 & #4.7.0 & !temporary server error", "@451 & #4.7.0 & !temporary server error"])
        .at(&[Step::Auth]),
    row(
        WrongCredentials,
        You,
        "The password has expired, or has to be changed before it is taken again.",
        "Change it on the web (Microsoft 365: portal.office.com), then use the new one here.",
    )
    .when(&[
        "password & must be changed|has to be changed|needs to be changed|must change",
        "must change the password|must change your password|change the password|change your password & @5",
        "password expired", "password has expired",
    ])
    .confirmed(),
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
    said::NOT_SIGNED_IN.when(&[
        "could not get password|couldn't get password", "needs a user name|needs a username|needs a password",
        "no password specified|no password given|no password was given",
        "missing required authentication credential",
    ]),
    said::WRONG
        .when(&[
            "authenticate|authentication & result=\"failed\"|result=failed|status=failed|success=false|outcome=failure & !dkim|spf|dmarc",
            "cannot decode response & !@555",
            "credential verification failed|credentials verification failed",
            "informations d'identification|凭据 & correctes|正确",
            "login|sign-in|authentication & not possible & !connect|without",
            "login|user name|password & verify that your|are correct & !relay denied",
            "not accept|refused|rejected & user name / password|username / password|username and password|user name and password|user/password|name or password|password combination & !without",
            "password|login|user name|username & is not valid|was not accepted|is not accepted|was refused|is not correct|isn't correct|is wrong|was wrong & !app|address|port",
            "api key is invalid|invalid api key|api key invalid|invalid private key|wrong api key|api key not valid",
            "authorization grant is invalid & !invalid_grant",
            "authentication to|login to|logging in to|signing in to & failed|unsuccessful & !connect|timed out|temporar|send mail",
            "rejected your login|login was rejected|login rejected",
            "verify account name or password|verification of the account name or password",
            "smtp verification error|smtp verification failed", "auth_failed|eauth & 535",
            "login to server & failed", "authorization failed & !envelope from",
            "errorauthentication & !errorauthenticationrequired", "unable to log in & smtp",
            "wrong auth & user", "credentials & wrong", "sasl authentication failed & !mechanism & !temporar",
            "not accepted & credentials", "login & incorrect", "user & password & not match",
            "unable to authenticate & !dns & !time", "credentials & incorrect",
            "authenticationfailed & !no password|vxnlcm5hbwu6", "invalid login: & @535",
            "authentication error & @535", "unauthorized & @535", "credentials & rejected",
            "credentials & invalid & !relay denied|for relay", "#5.7.8 & authenticat",
            "authentication failed & !sender & !dmarc & !spf & !dkim & !credits & !inner exception",
            "authentication failure & !sender & !dmarc & !spf & !dkim", "authenticate & failed & @535",
            "not authenticate & password", "not able to authenticate & @535",
            "auth failed", "auth failure", "auth_failed", "authenticate failure",
            "authentication credentials invalid", "authentication fails", "authentication has failed",
            "authentication refused", "authentication rejected", "authentication unsuccessful",
            "authentication was unsuccessful", "authorization.failed", "authorizationfailed",
            "bad authentication", "bad credentials", "bad username / password", "badcredentials",
            "couldn't authenticate", "failed to authenticate on smtp server", "incorrect auth",
            "incorrect password", "incorrect username", "invalid password", "invalid user name",
            "invalid user/password", "invalid username", "login denied", "login fail", "login or password",
            "logon attempt failed", "logon denied", "no authentication type succeeded", "password incorrect", "password is incorrect", "password is invalid",
            "password is wrong", "password mismatch", "sasl login authentication failed",
            "sasl plain authentication failed", "smtpclientauthenticationexception",
            "ticket was not accepted", "unable to authenticate to outgoing server", "user name or password",
            "user or password", "userid or password", "username and password not accepted",
            "username or password", "username/password", "wrong password",
        ])
        .confirmed(),
    said::NOT_SIGNED_IN
    .when(&[
        "@530 & authentication required|authentication is required|authentication needed|must authenticate|not authenticated",
        "^authenticationfailed & vxnlcm5hbwu6|ugfzc3dvcmq6",
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
        "not permitted to send & auth", "unauthenticated & not allowed & !spf & !dmarc", "#5.7.57",
        "authentication required & !relay", "authentication is required & !relay",
        "must authenticate & !relay & !relaying",
        "must be authenticated & !sender|group|recipient is|recipient requires",
        "not logged in & !greylist|as owner",
        "passwd is null|password is null|username is null|empty username|empty password",
        "user name and password|username and password & are necessary|must assign|must be specified|must be given|not specified|not given|are missing",
        "please authenticate & !relay", "need to authenticate & !relay",
        "not authenticated & !relay & !sender is", "you are not authorized to send & !as|from that|send to",
        "authentification & requ*", "no password & account", "requires auth & !non-local|external",
        "without authentication & !relay", "anonymous & not allowed & !relay",
        "auth first", "authenticate first", "authentication has not", "authentication needed",
        "cannot achieve exchange server authentication", "client host rejected: access denied",
        "client not authenticated", "client was not authenticated", "credentials required", "log in first",
        "login first", "missing credentials", "must be logged in", "need to log in", "no credentials",
        "requires a login", "requires login", "requires smtp auth", "sign in first", "smtp auth is required",
        "smtp-auth requested but missing", "smtp-auth required", "submission requires auth",
        "too many unauthenticated commands", "unauthenticated senders not allowed", "user not authenticated",
        "username and password required",
    ])
    .confirmed(),
];
