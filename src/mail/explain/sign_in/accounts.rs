//! Accounts that want another password, that tried too often, or that are locked.

use crate::mail::explain::Cause::{AccountLocked, AppPasswordNeeded, RateLimited};
use crate::mail::explain::Who::{Administrator, Wait, You};
use crate::mail::explain::row::{Row, row};

#[rustfmt::skip]
pub(in crate::mail::explain) const ROWS: &[Row] = &[
    row(
        AppPasswordNeeded,
        You,
        "This account does not take its normal password from mail programs: it wants an app password.",
        "Make an app password in the account's security settings on the web (Google: myaccount.google.com/apppasswords; it needs \
         2-Step Verification) and use it here; or use auth = \"xoauth2\".",
    )
    .when(&[
        "使用授权码|授权码登录|专用密码", "application-specific password", "application specific password", "app-specific password",
        "app specific password", "application password", "invalidsecondfactor", "app password is required",
        "app password required", "need app password", "log in via your web browser",
        "log in with your web browser", "log in through your web browser", "webloginrequired",
        "login via your web browser", "sign in via your web browser", "less secure app", "less-secure app",
        "continuesignin", "signin/continue", "#5.7.14", "@534 & !mechanism|size|encryption",
        "authorization code to login",
        "authorized code", "enter your authorization",
        // 163 and QQ say so in Chinese, whose letters (GBK) logs spell out; or only their help page is left.
        "no=1001256", "xca xda xc8 xa8 xc2 xeb",
        "authorization code is required|with authorization code|enter your authorization code",
        "authorization code & smtp", "use an app password", "third-party app password",
        "~app passwords", "#5.7.9 & !relay & !policy & !mechanism",
        "create|generate|use|make|need|needs|wants|demands|requires|set up & app password|app-password|application-password|app passwords|apppassword|authorization code to",
    ])
    .confirmed(),
    row(
        RateLimited,
        Wait,
        "There were too many sign-ins in a short time.",
        "Wait ten minutes to an hour; send several messages over one connection.",
    )
    .when(&[
        "too many bad auth & !app password|@535", "too many attempts & login",
        "login frequency & !password is incorrect", "login fail & frequen & !password is incorrect",
        "too many failures & !tried all", "too many & auth* & @421|@454",
        "authenticate too many times", "login rate", "too frequent login", "too many auth",
        "too many login attempts", "too many logins",
    ])
    .confirmed(),
    row(
        AccountLocked,
        Administrator,
        "The account is locked, disabled or blocked.",
        "Wait half an hour, then sign in on the web; if that fails, ask your administrator (Entra admin centre, Users, the account).",
    )
    .when(&[
        "too many bad auth & @535", "unlock & account|mailbox & blocked|locked|suspended",
        "temporarily disabled & account", "account is not active & !recipient & !mailbox",
        "account has expired & @5", "password has expired & locked", "#5.7.139 & locked",
        "account is locked & !bounced",
        "account has been temporarily blocked|account is temporarily blocked|account was temporarily blocked",
        "account is disabled & auth*", "account is blocked & !sender & !recipient",
        "account has been blocked & !recipient", "user is blocked & auth*",
        "account is suspended & !recipient|#5.2.1", "account has been suspended & auth*",
        "account disabled & auth*", "account has been disabled & administrator", "@525 & !ip address",
        "too many failed auth & !@421 & !@454", "not allowed to send & account disabled",
        "user disabled & auth*", "account is inactive & auth*", "smtp account & disabled",
        "@535 & disabled & account", "@535 & suspended",
        "@535 & account|user|mailbox & inactive|deactivated|not active|not activated",
        "@535 & locked",
        "account has been locked", "account has been temporarily suspended", "account is deactivated",
        "account is not activated", "account is on hold", "account locked", "mailbox is locked",
        "not yet activated", "temporarily locked", "too many failed login", "too many invalid login",
        "user account is disabled", "user is locked", "verify your account", "your account has been disabled",
        "your account has been suspended", "your account is disabled",
    ]),
];
