//! Texts about signing in to a mail server: switched off, blocked, wrong, or not done at all.

use super::Cause::{
    AccountLocked, AppPasswordNeeded, BasicAuthDisabled, ConditionalAccess, MechanismNotOffered, NotSignedIn,
    RateLimited, SecurityDefaults, SignInServiceDown, SmtpAuthDisabledMailbox, SmtpAuthDisabledTenant,
    TokenRejected, WrongCredentials,
};
use super::Who::{Administrator, Wait, You};
use super::row::{Row, row};
use crate::mail::outcome::Step;

const SWITCH_ON: &str = "Switch it on for this mailbox: Set-CASMailbox NAME -SmtpClientAuthenticationDisabled \
                         $false, or admin centre, user, Mail, Manage email apps, Authenticated SMTP.";

#[rustfmt::skip]
const TENANT: Row = row(
    SmtpAuthDisabledTenant,
    Administrator,
    "SMTP sending is switched off for your organisation.",
    SWITCH_ON,
);

#[rustfmt::skip]
const WRONG: Row = row(
    WrongCredentials,
    You,
    "The server did not accept user name and password (or token).",
    "Check both (the user name is most often the whole address); with multi-factor sign-in an app password or a token is needed.",
);

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    TENANT.when(&["smtpclientauthentication is disabled for the tenant"]).confirmed(),
    row(SmtpAuthDisabledMailbox, Administrator, "SMTP sending is switched off for this mailbox.", SWITCH_ON)
        .when(&[
            "user has no permission", "does not have access rights to this service", "smtp access & disabled",
            "smtp is disabled for", "smtp service is not open", "smtp sending is disabled",
            "smtp service & not enabled", "smtp is not enabled for",
            "smtpclientauthentication is disabled for the mailbox", "smtp auth is disabled for the mailbox",
        ]),
    TENANT.when(&[
        "smtpclientauthentication is disabled", "smtp_auth_disabled", "smtp auth is disabled for the tenant",
    ]),
    row(
        SecurityDefaults,
        Administrator,
        "Your organisation's security defaults block signing in with a password.",
        "Use auth = \"xoauth2\" with a token; or an administrator replaces security defaults by policies.",
    )
    .when(&["security defaults"]),
    row(
        ConditionalAccess,
        Administrator,
        "A Conditional Access policy (a rule of your organisation on who may sign in from where) blocked this sign-in.",
        "Use auth = \"xoauth2\" with a token; or ask your administrator which policy blocked it (Entra admin centre, Sign-in logs).",
    )
    .when(&["did not meet the criteria to be authenticated", "conditional access", "conditionalaccess",
        "#5.7.139 & critério|criterios|critères|criteri|kriterien|条件"]),
    row(
        BasicAuthDisabled,
        You,
        "Signing in with a password is switched off for this account.",
        "Use auth = \"xoauth2\" with a token. App passwords do not help here.",
    )
    .when(&[
        "basic authentication is disabled", "basic authentication is not supported", "basic auth is disabled",
        "#5.7.30", "basic authentication is blocked", "basic authentication has been disabled",
        "basic authentication & no longer", "authentication policy & block",
    ])
    .confirmed(),
    row(
        SignInServiceDown,
        Administrator,
        "Your organisation's own sign-in service cannot be reached.",
        "Tell your administrator: the federation server (AD FS) has to answer over HTTPS with TLS 1.2.",
    )
    .when(&["federated sts"])
    .confirmed(),
    row(
        AppPasswordNeeded,
        You,
        "This account does not take its normal password from mail programs: it wants an app password.",
        "Make an app password in the account's security settings on the web (Google: myaccount.google.com/apppasswords; it needs \
         2-Step Verification) and use it here; or use auth = \"xoauth2\".",
    )
    .when(&[
        "application-specific password", "application specific password", "app-specific password",
        "app specific password", "application password", "invalidsecondfactor", "app password is required",
        "app password required", "need app password", "log in via your web browser",
        "log in with your web browser", "log in through your web browser", "webloginrequired",
        "login via your web browser", "sign in via your web browser", "less secure app", "less-secure app",
        "continuesignin", "signin/continue", "#5.7.14", "@534 & !mechanism|size|encryption",
        "authorization code to login",
        "authorized code",
        "authorization code is required|with authorization code|enter your authorization code",
        "authorization code & smtp", "use an app password", "third-party app password",
        "~app passwords", "generate app password", "#5.7.9 & !relay & !policy & !mechanism",
        "create|generate|use|make|need|requires|set up & app password|app-password|application-password|app passwords|apppassword|authorization code to",
    ])
    .confirmed(),
    row(
        RateLimited,
        Wait,
        "There were too many sign-ins in a short time.",
        "Wait ten minutes to an hour; send several messages over one connection.",
    )
    .when(&[
        "too many bad auth & !app password|@535", "too many attempts & login", "too many login attempts",
        "authenticate too many times",
        "too many logins", "too many authentication attempts", "too many auth", "login rate",
        "login frequency & !password is incorrect", "too frequent login", "login fail & frequen",
        "too many failures", "too many & auth* & @421|@454",
    ])
    .confirmed(),
    row(
        AccountLocked,
        Administrator,
        "The account is locked, disabled or blocked.",
        "Wait half an hour, then sign in on the web; if that fails, ask your administrator (Entra admin centre, Users, the account).",
    )
    .when(&[
        "too many bad auth & @535",
        "not yet activated", "account is not activated", "account has been temporarily disabled",
        "temporarily disabled & account", "account is not active & !recipient & !mailbox",
        "verify your account",
        "account is on hold", "account has expired & @5", "password has expired & locked", "#5.7.139 & locked",
        "account is locked", "account has been locked", "account locked", "user is locked",
        "account is disabled & auth", "temporarily locked", "account is blocked & !sender & !recipient",
        "account has been blocked & !recipient", "user is blocked & auth", "account is suspended & !recipient",
        "account has been suspended & auth", "account disabled & auth", "too many failed login",
        "account is deactivated", "your account has been disabled", "your account is disabled",
        "account has been disabled & administrator",
        "user account is disabled", "@525 & !ip address", "too many failed auth & !@421 & !@454",
        "mailbox is locked",
        "user disabled & auth", "your account has been suspended", "too many invalid login",
        "account is temporarily blocked", "account is inactive & auth", "smtp account & disabled",
        "@535 & disabled & account", "@535 & suspended", "@535 & blocked", "@535 & locked",
        "account has been temporarily suspended",
    ]),
    row(
        TokenRejected,
        You,
        "The access token (the proof of sign-in that stands in for a password) was not accepted.",
        "Fetch a new token for this mailbox and for the scope SMTP.Send of outlook.office.com.",
    )
    .when(&[
        "#5.5.124", "idx10223|lifetime validation failed|wrong audience|audience is invalid|invalid audience",
        "invalidauthenticationtoken|compacttoken",
        "oauth|bearer|access token|jwt|access_token & invalid|expired|not yet valid|malformed|rejected|revoked|not valid & !refresh",
        "invalid xoauth2", "access token & expired", "access token & invalid", "token has expired & smtp",
        "token is expired & smtp", "invalid_token",
        "jwt is not well formed|token is empty|token contains no permissions", "eyjzdgf0dxmioi",
        "\"schemes\":\"bearer",
        "xoauth2 authentication failed",
        "authenticationfailed & xoauth2", "auth xoauth2 & authentication unsuccessful", "auth xoauth2 & @535",
        "oauthbearer & fail*", "authenticate xoauth2 & fail*", "xoauth2 & invalid_token",
        "invalid sasl argument", "invalid oauth", "oauth token & expired", "authxoauth2 & fail*",
        "authxoauth2 & 535", "saslxoauth2", "xoauth2 failed", "oauth2 & @535", "xoauth2 & @535 & !auth login",
        "invalid bearer token",
    ])
    .confirmed(),
    row(
        MechanismNotOffered,
        You,
        "The server does not offer the way to sign in that was asked for, or none at all on this connection.",
        "Set auth to one that it offers (see AUTH in the log), or to auto; many servers offer sign-in only after TLS, so check \
         security and port, too.",
    )
    .when(&[
        "?auth & @502|@504", "\"command\":\"auth & @500|@502",
        "auth: command not|unrecognized command auth|unrecognized command: auth",
        "not include auth|doesn't include auth|no authentication types",
        "no authentication method in common|no auth method in common", "authnotadvertised|no supported auth",
        "@535 & mechanism & not available|not supported|unsupported|unknown",
        "no form of authorization supported", "requested auth method not available", "command unknown: 'auth'",
        "command unknown: auth", "no authenticators available", "requires sasl",
        "does not seem to support encrypted passwords", "not advertise auth", "authentication method gssapi",
        "unsupported authentication mechanism", "not compiled in & auth",
        "authentication not supported by the remote", "supported by both",
        "<mechanism> & <not there>",
        "server|host & does not support|doesn't support|does not offer|doesn't offer|doesn't advertise|does not advertise & auth|authentication|mechanism|sasl & !tls",
        "xoauth2|oauthbearer|cram-md5|digest-md5|ntlm|gssapi & not supported|unsupported|not available|not offered",
        "missing_requirement & auth", "auth method not", "invalid auth & mechanism",
        "no acceptable authentication", "mechanism & not offered", "does not support the requested auth",
        "unrecognized authentication", "unrecognised authentication", "authentication type not supported",
        "no supported authentication", "no suitable authentication", "no authentication mechanism",
        "no mutually acceptable", "auth extension not", "does not support auth", "doesn't support auth",
        "cannot use a secure authentication", "cannot find a usable authentication", "no acceptable auth",
        "none of the authentication methods", "unsupported authentication",
        "authentication mechanism & not supported", "auth command used when not advertised",
        "authentication method & not supported", "unsupported auth", "@504 & auth", "unknown sasl mechanism",
        "no mechanism available", "no worthy mechs", "no compatible authentication", "auth not available",
        "authentication not available", "authentication is not supported", "authentication not supported",
        "authentication not enabled", "mechanism not supported", "no auth mechanism", "authmechanism",
        "auth not supported", "no sasl mechanism", "does not support any authentication", "unsupported sasl",
        "smtp server doesn't support authentication", "authentication methods & not supported",
        "not support & auth login", "not support & auth plain", "auth command not", "auth & not implemented",
        "authentication mechanism is too weak & !password", "no authenticator", "auth= & not offered",
        "none of the available authentication", "requested authentication & not", "no known authentication",
        "no common & mechanism", "auth command is not", "sasl mechanism & unavailable", "no usable & mechanism",
        "unencrypted connection & auth", "auth login & @504", "#5.7.4",
    ])
    .confirmed(),
    row(
        SignInServiceDown,
        Wait,
        "The server cannot check sign-ins at the moment.",
        "Try again in a few minutes.",
    )
    .when(&[
        "temporary authentication", "temporary internal authentication", "temporarily unable to authenticate",
        "temporary auth", "authentication service",
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
    WRONG
        .when(&[
            "login|user name|password & verify that your|are correct & !relay denied",
            "rejected your login|login was rejected|login rejected", "authenticate failure",
            "auth_failed|eauth & 535", "login to server & failed",
        "authorization failed", "unable to authenticate to outgoing server",
            "failed to authenticate on smtp server", "errorauthentication", "unable to log in & smtp",
            "incorrect auth", "no authentication type succeeded", "authorization.failed",
            "invalid user/password", "wrong auth & user", "credentials & wrong", "auth_failed",
            "sasl authentication failed & !mechanism & !temporar", "password expired", "password has expired",
            "smtpclientauthenticationexception", "authentication was unsuccessful",
            "not accepted & credentials", "login & incorrect", "user & password & not match",
            "unable to authenticate & !dns & !time", "couldn't authenticate", "authentication refused",
            "username and password not accepted", "incorrect authentication data", "invalid login or password",
            "invalid credentials & !relay", "badcredentials", "bad username or password",
            "bad username / password", "authentication credentials invalid", "authentication unsuccessful",
            "auth failure", "auth failed", "authentication rejected", "invalid user or password",
            "wrong password", "incorrect password", "could not authenticate & !must", "login failed",
            "incorrect username", "username or password", "password is incorrect", "password is wrong",
            "invalid username",
            "login denied", "password is invalid", "invalid password", "logon denied",
            "sasl plain authentication failed", "sasl login authentication failed", "bad credentials",
            "bad authentication", "credentials & incorrect", "login fail", "invalid user name",
            "user or password", "login or password", "user name or password", "password incorrect",
            "authenticationfailed & !no password", "invalid login: & @535", "authentication error & @535",
            "username/password", "password mismatch", "unauthorized & @535", "credentials & rejected",
            "credentials & invalid & !relay denied", "#5.7.8 & authenticat",
            "authentication failed & !sender & !dmarc & !spf & !dkim & !credits & !inner exception",
            "authentication failure & !sender & !dmarc & !spf & !dkim", "authenticate & failed & @535",
            "not authenticate & password", "userid or password", "authentication has failed",
            "authentication fails", "not able to authenticate & @535",
        ])
        .confirmed(),
    row(
        NotSignedIn,
        You,
        "The server takes mail only from those who have signed in, and no sign-in took place.",
        "Set auth and username in the account, and see that a password or token is there.",
    )
    .when(&[
        "@530 & authentication required|authentication is required|authentication needed|must authenticate|not authenticated",
        "too many unauthenticated commands", "no password specified", "authentication has not",
        "submission requires auth", "client host rejected: access denied", "not permitted to send & auth",
        "must be logged in", "need to log in", "username and password required", "requires a login",
        "unauthenticated & not allowed & !spf & !dmarc", "smtp-auth required", "client not authenticated",
        "client was not authenticated", "#5.7.57", "authentication required & !relay",
        "authentication is required & !relay", "~auth required", "must authenticate & !relay & !relaying",
        "must be authenticated & !sender|group|recipient is|recipient requires", "not logged in",
        "missing credentials",
        "missing username", "please authenticate & !relay", "need to authenticate & !relay",
        "authenticate first", "authentication needed", "not authenticated & !relay & !sender is",
        "you are not authorized to send & !as", "authentification & requ*", "no password & account",
        "requires authentication & !recipient & !group", "auth first", "log in first", "login first",
        "requires smtp auth", "smtp auth is required", "requires auth", "sign in first",
        "without authentication & !relay", "unauthenticated senders not allowed", "user not authenticated",
        "anonymous & not allowed & !relay", "no credentials", "credentials required", "requires login",
    ])
    .confirmed(),
];
