//! Errors of the sign-in service (Microsoft Entra): the numbers behind AADSTS, and the `error` words of OAuth 2.0 (RFC 6749, RFC 8628).
//!
//! Source: <https://learn.microsoft.com/entra/identity-platform/reference-error-codes>.

use super::Cause::{
    AccountLocked, AdminConsentNeeded, AppNotFound, CodeExpired, ConditionalAccess, ConsentNeeded,
    DeviceFlowBlocked, MfaNeeded, NotSignedIn, PublicClientOff, RateLimited, RefreshExpired,
    SecurityDefaults, SignInDeclined, SignInServiceDown, Unknown, WrongCredentials, WrongTenant,
};
use super::Who::{Administrator, Wait, You};
use super::row::{Row, row};

#[rustfmt::skip]
const PENDING: Row = row(NotSignedIn, You, "Nobody has entered the code in the browser yet.", "Open the page that is named, enter the code there and sign in.");
#[rustfmt::skip]
const AGAIN: Row = row(CodeExpired, You, "The code for signing in is wrong, too old or already used.", "Start the sign-in again and enter the new code within 15 minutes.");
#[rustfmt::skip]
const PUBLIC: Row = row(PublicClientOff, Administrator, "The app registration does not allow sign-in without a client secret.",
    "Entra admin centre, App registrations, the app, Authentication: set \"Allow public client flows\" to Yes, and add the platform \"Mobile and desktop applications\" with http://localhost.");
#[rustfmt::skip]
const SECRET: Row = row(WrongCredentials, Administrator, "The app's client secret is wrong, expired, or one was sent where none belongs.",
    "Use an app registration that is a public client and needs no secret; or make a new secret (App registrations, Certificates & secrets).");
#[rustfmt::skip]
const NO_SECRET: Row = row(Unknown, You, "The app is a public client, which has no secret, and a client secret was sent.",
    "Take the client secret out of the settings.");
#[rustfmt::skip]
const NO_APP: Row = row(AppNotFound, You, "The sign-in service does not know the app (client id) in this organisation, or it is switched off there.",
    "Check the client id and the tenant; an administrator sees both in Entra admin centre, App registrations.");
#[rustfmt::skip]
const TENANT: Row = row(WrongTenant, You, "The sign-in went to the wrong organisation (tenant), or the account is not in it.",
    "Set the tenant to your organisation's domain or id instead of common or consumers; for a national cloud use its own addresses; sign in with the work account.");
#[rustfmt::skip]
const CONSENT: Row = row(ConsentNeeded, You, "Nobody has allowed the app to send mail for this account yet.",
    "Sign in once in the browser and accept what the app asks for (SMTP.Send and offline_access).");
#[rustfmt::skip]
const ADMIN: Row = row(AdminConsentNeeded, Administrator, "Only an administrator can allow the app in your organisation.",
    "Open Entra admin centre, Enterprise applications, the app, Permissions, and grant admin consent for SMTP.Send and offline_access.");
#[rustfmt::skip]
const MFA: Row = row(MfaNeeded, You, "A second step of sign-in (multi-factor authentication) is asked for, or has to be set up first.",
    "Sign in in the browser and finish the second step; set it up at aka.ms/mfasetup if you have none.");
#[rustfmt::skip]
const BLOCKED: Row = row(ConditionalAccess, Administrator, "A Conditional Access policy (a rule of your organisation on who may sign in from where) blocked this sign-in.",
    "Find the policy in Entra admin centre, Sign-in logs; signing in by browser instead of by code, or on a device that the organisation manages, may satisfy it.");
#[rustfmt::skip]
const DEVICE: Row = row(DeviceFlowBlocked, Administrator, "Your organisation does not allow signing in with a code on another device.",
    "Sign in by browser on this machine instead; or an administrator excludes the app from the policy (Conditional Access, Authentication flows).");
#[rustfmt::skip]
const LOCKED: Row = row(AccountLocked, Administrator, "The account is locked or switched off.",
    "Wait a quarter of an hour and sign in on the web; if that fails, an administrator looks at it in Entra admin centre, Users.");
#[rustfmt::skip]
const PASSWORD: Row = row(WrongCredentials, You, "User name or password is wrong, or the password has expired.", "Sign in on the web (portal.office.com) and change it there if asked.");
#[rustfmt::skip]
const EXPIRED: Row = row(RefreshExpired, You, "The stored sign-in is no longer valid: it was not used for too long, or the password was changed.", "Sign in again.");
#[rustfmt::skip]
const DOWN: Row = row(SignInServiceDown, Wait, "Microsoft's sign-in service has trouble at the moment.", "Try again in a few minutes.");
#[rustfmt::skip]
const FEDERATION: Row = row(SignInServiceDown, Administrator, "Your organisation's own sign-in service (federation) does not answer as it should.",
    "Try again in a few minutes; if it lasts, tell your administrator: the federation server (AD FS) has to answer over HTTPS.");
#[rustfmt::skip]
const SLOW: Row = row(RateLimited, Wait, "There were too many sign-ins or requests in a short time.", "Wait a few minutes, then sign in once.");
#[rustfmt::skip]
const DECLINED: Row = row(SignInDeclined, You, "The sign-in or the app's request was declined in the browser.", "Start the sign-in again and accept it.");
#[rustfmt::skip]
const REDIRECT: Row = row(Unknown, Administrator, "The address that the browser should come back to is not in the app registration.",
    "Entra admin centre, App registrations, the app, Authentication: add http://localhost under \"Mobile and desktop applications\".");
#[rustfmt::skip]
const SCOPE: Row = row(Unknown, You, "The permissions that were asked for are wrong, or belong to two services at once.",
    "Ask for https://outlook.office.com/SMTP.Send and offline_access alone, not together with Graph permissions.");

#[rustfmt::skip]
pub(super) const CODES: &[(&[u32], Row)] = &[
    (&[70016], PENDING.confirmed()),
    (&[50058, 16000, 50177], row(NotSignedIn, You, "Nobody is signed in, so no token can be had without asking.", "Sign in again in the browser.").confirmed()),
    (&[70018, 70019, 70020, 90119, 90120, 50134, 54005, 501_481, 50148, 50147], AGAIN.confirmed()),
    (&[7_000_218, 7_000_216, 70002], PUBLIC.confirmed()),
    (&[700_025], NO_SECRET.confirmed()),
    (&[7_000_215, 7_000_222, 50012, 700_027, 700_021, 700_023, 700_024], SECRET.confirmed()),
    (&[700_016, 700_011, 70001, 7_000_112, 7_000_229, 500_014], NO_APP.confirmed()),
    (&[50194, 9_002_332, 9_001_023, 90130, 90002, 90038, 1_000_104, 50020, 90072, 500_208, 50034, 51004, 500_011, 50128, 50059, 90010, 7_000_012, 51001, 90019, 50107, 50001, 50002, 500_207, 500_212, 500_213, 500_021, 500_022, 90027, 90051, 90112, 500_210, 900_023], TENANT.confirmed()),
    (&[65001], CONSENT.confirmed()),
    (&[65004], DECLINED.confirmed()),
    (&[90094, 90095, 90093, 90092, 90096, 90097, 90099, 90091, 650_056, 650_057, 650_052, 65005, 50105, 650_051, 650_054, 650_059, 7_000_114], ADMIN.confirmed()),
    (&[50076, 50074, 50079, 50072, 50078, 53004, 53010, 53011, 50158, 500_121, 50140, 50187, 50088, 50203, 50207, 500_126], MFA.confirmed()),
    (&[530_033, 530_036, 530_037], DEVICE),
    (&[53000, 53001, 53002, 53003, 53005, 50097, 50129, 530_032, 530_034, 50131, 530_021, 530_003, 530_001, 530_002, 530_004, 530_031, 53009, 53012, 53013, 50005, 50155, 50127, 135_011, 700_003, 500_139], BLOCKED.confirmed()),
    (&[530_035], row(SecurityDefaults, Administrator, "Your organisation's security defaults block this sign-in.",
        "Sign in by browser with the second step; or an administrator replaces security defaults by Conditional Access policies.").confirmed()),
    (&[50053, 50057, 500_341, 500_571, 80012, 54000, 81010], LOCKED.confirmed()),
    (&[50055, 50126, 50144, 50056, 50064, 50125, 50142, 50052, 50135, 50141, 120_000, 120_002, 120_003, 120_004, 120_005, 130_004, 130_005, 130_006, 80010, 80014], PASSWORD.confirmed()),
    (&[50173, 70008, 700_082, 70043, 70000, 50089, 700_081, 700_084, 50132, 50133, 500_133, 70044, 50013, 70046, 50085, 50086, 50139, 500_173, 700_083, 700_085], EXPIRED.confirmed()),
    (&[50011, 900_971, 700_054, 500_113, 500_112, 500_117, 70004], REDIRECT.confirmed()),
    (&[70011, 700_022, 28002, 28003, 650_053, 65002], SCOPE.confirmed()),
    (&[50196, 90055], SLOW.confirmed()),
    (&[90006, 90033, 50033, 90024, 90012, 90020, 70012, 50000, 50050, 80001, 80002, 80003, 80004, 80005, 80007, 80008, 80009, 81004], DOWN.confirmed()),
];

/// Of several numbers the last in this list counts least: it stands before the one that says what is wrong.
const VAGUE: &[u32] = &[70002, 65005, 50000, 70000];

/// What the numbers say, the particular before the vague.
pub(super) fn numbered(numbers: &[u32]) -> Option<&'static Row> {
    let row = |number: &u32| CODES.iter().find(|(numbers, _)| numbers.contains(number)).map(|(_, row)| row);
    let particular = numbers.iter().filter(|number| !VAGUE.contains(number)).find_map(row);
    particular.or_else(|| numbers.iter().find_map(row))
}

/// The same in words, where the number was cut off, and what other sign-in services say.
#[rustfmt::skip]
pub(super) const WORDS: &[Row] = &[
    PENDING.when(&["authorization_pending", "authorization pending"]).confirmed(),
    DECLINED.when(&[
        "access_denied & user has denied|user denied|resource owner denied",
        "access_denied & oauth", "user has denied access|user denied access|owner denied",
        "user_canceled|user_cancelled|auth_failed_cancelled|authentication_canceled|authentication_cancelled",
        "^login|sign-in|sign in|signing in|authorization & was cancelled|was canceled|cancelled by the user|canceled by the user",
        "user|cancelled by|canceled by & cancelled the|canceled the & flow|sign-in|sign in|login|authentication",
        "\"access_denied\"", "authorization_declined", "declined to consent", "error=access_denied",
        "user declined",
    ]).confirmed(),
    AGAIN.when(&[
        "authorization code & already", "device code & expired", "code you entered & expired",
        "^the code has expired|this code has expired|your code has expired",
        "verification code|user code & expired|has timed out",
        "authorization code has expired", "bad_verification_code", "code was already redeemed",
        "code_expired", "code_verifier", "expired_token",
    ]).confirmed(),
    DOWN.when(&[
        "temporarily_unavailable & !smtp",
        "login.microsoftonline|oauth2.googleapis|accounts.google & service unavailable|temporarily unavailable",
        "msal*|azure.identity & service is unavailable|service unavailable|serviceunavailable|503",
        "^error: server_error|error=server_error|\"server_error\"|error\":\"server_error",
    ]),
    FEDERATION.when(&[
        "ws-trust|wstrust|federation server|federation service & unavailable|internal server error|bad gateway|error: 5|timed out|unreachable",
    ]),
    SLOW.when(&["\"slow_down\"", "error=slow_down"]),
    DEVICE.when(&[
        "device flow|device code flow|device code sign-in & block|not allowed|disabled|not permitted|turned off",
        "remote device & block", "device code & conditional access", "device code authentication & block",
        "device_code & not allowed", "authentication flow & block",
        "authentication flows policy",
    ]),
    BLOCKED.when(&[
        "sign-in was successful & criteria|access this resource|admin|device",
        "cannot access this right now|can't access this right now",
        "can't get there from here", "only be accessed from devices",
    ]).confirmed(),
    PUBLIC.when(&[
        "client_secret & must contain",
        "client_secret|client secret & is missing|is required|must be provided|must be given|parameter is missing",
        "client_assertion", "public client flows",
    ]).confirmed(),
    TENANT.when(&[
        "personal account|personal microsoft account & work or school",
        "org_internal|restricted to users within its organization",
    ]),
    ADMIN.when(&[
        "admin_policy_enforced|restricted by policies within your organization",
        "client is unauthorized to retrieve access tokens",
    ]),
    REDIRECT.when(&[
        "redirect_uri|redirect uri & mismatch|not match|not registered|not allowed",
        "doesn't comply with|does not comply with & oauth 2.0 policy",
    ]),
    NO_SECRET.when(&["public clients can't send|client is public so neither"]),
    SECRET.when(&[
        "client secret|client_secret & invalid|incorrect|expired|wrong",
        "invalid_client|invalidclient & unauthorized & !not found",
        "invalid jwt signature",
    ]),
    AGAIN.when(&["malformed auth code"]),
    row(NotSignedIn, You, "Nobody is signed in, so no token can be had without asking.", "Sign in again in the browser.")
        .when(&["no account or login hint|acquiretokensilent"]),
    NO_APP.when(&[
        "invalid_client & not found",
        "could not determine client id|client id is missing|missing client id",
        "application with identifier", "deleted_client", "unauthorized_client",
        "was not found in the directory",
    ]).confirmed(),
    TENANT.when(&[
        "tenant & not found & !smtp|@5|#5",
        "/common endpoint", "/common or /consumers", "/consumers endpoint", "does not exist in tenant",
        "national cloud", "not supported over the", "tenant identifier",
    ]).confirmed(),
    ADMIN.when(&[
        "admin approval", "admin consent", "administrator consent", "approval required",
        "needs permission to access resources in your organization",
    ]).confirmed(),
    CONSENT.when(&[
        "not been granted consent|consent has not been|consent is required|requires consent|needs consent & !admin*",
        "consent_required", "not consented",
    ]).confirmed(),
    MFA.when(&[
        "second factor & required & !application",
        "enroll in multi-factor", "interaction_required", "mfa is required", "mfa required", "mfa_required",
        "multi-factor authentication is required", "must use multi factor", "must use multi-factor",
        "needs more information to keep your account", "required to use multi-factor",
        "strong authentication is required",
    ]).confirmed(),
    EXPIRED.when(&[
        "^session has expired|session expired|sign-in has expired|login has expired & reconnect|sign in again|log in again|reauth*|re-auth*",
        "refresh token & expired", "refresh token & revoked", "refresh token & invalid",
        "invalid_grant & !aadsts", "refresh_token & expired", "refresh_token & invalid",
        "grant has been revoked", "grant was expired", "token has been expired or revoked",
    ]).confirmed(),
];
