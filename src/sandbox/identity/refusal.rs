//! A refusal as the identity platform words it: the `error` of OAuth 2.0, the number behind AADSTS, and a sentence.

use jiff::Timestamp;
use serde_json::{Value, json};

/// One refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// What a client may react on (RFC 6749, section 5.2; RFC 8628, section 3.5).
    pub error: &'static str,
    /// The number behind AADSTS; 0 where the service gives none.
    pub code: u32,
    pub text: &'static str,
    /// Whether Microsoft's page of error codes has the number and this sentence. The others may differ in wording.
    pub confirmed: bool,
}

/// What stands beside a refusal in every answer.
pub(super) struct Trace {
    pub(super) now: Timestamp,
    /// Of this request.
    pub(super) request: String,
    /// Of the whole sign-in.
    pub(super) correlation: String,
}

/// Source: Microsoft, "Microsoft Entra authentication and authorization error codes".
pub(super) const fn documented(error: &'static str, code: u32, text: &'static str) -> Refusal {
    Refusal { error, code, text, confirmed: true }
}

pub(super) const fn believed(error: &'static str, code: u32, text: &'static str) -> Refusal {
    Refusal { error, code, text, confirmed: false }
}

impl Refusal {
    /// The HTTP status: 400, as Microsoft documents it for the device code, but for two that are believed to differ.
    pub fn status(self) -> u16 {
        match self.error {
            "invalid_client" => 401,
            "temporarily_unavailable" => 503,
            _ => 400,
        }
    }

    /// The number and the sentence, without the trace behind them.
    pub fn sentence(self) -> String {
        if self.code == 0 { self.text.to_owned() } else { format!("AADSTS{}: {}", self.code, self.text) }
    }

    /// What `error_description` says.
    pub(super) fn description(self, trace: &Trace) -> String {
        let Trace { request, correlation, .. } = trace;
        let sentence = self.sentence();
        let time = trace.time();
        format!("{sentence}\r\nTrace ID: {request}\r\nCorrelation ID: {correlation}\r\nTimestamp: {time}")
    }

    pub(super) fn json(self, trace: &Trace) -> Value {
        let codes: &[u32] = if self.code == 0 { &[] } else { &[self.code] };
        json!({
            "error": self.error,
            "error_description": self.description(trace),
            "error_codes": codes,
            "timestamp": trace.time(),
            "trace_id": trace.request,
            "correlation_id": trace.correlation,
        })
    }
}

impl Trace {
    fn time(&self) -> String {
        self.now.strftime("%Y-%m-%d %H:%M:%SZ").to_string()
    }
}

// What the service says of itself, whatever the scenario.
pub(super) const PENDING: Refusal =
    documented("authorization_pending", 70016, "OAuth 2.0 device flow error. Authorization is pending.");
pub(super) const DECLINED: Refusal =
    believed("authorization_declined", 65004, "The end user denied the authorization request.");
pub(super) const BAD_CODE: Refusal = documented(
    "bad_verification_code",
    70018,
    "Invalid verification code due to User typing in wrong user code for device code flow.",
);
pub(super) const CODE_EXPIRED: Refusal = documented("expired_token", 70019, "Verification code expired.");
/// RFC 8628 has it; Microsoft's table does not.
pub(super) const SLOW_DOWN: Refusal = believed("slow_down", 0, "Poll less often.");
pub(super) const MALFORMED: Refusal =
    documented("invalid_request", 9_002_313, "Request is malformed or invalid.");
pub(super) const MISSING: Refusal =
    believed("invalid_request", 900_144, "The request body is missing a parameter that it must contain.");
pub(super) const NO_APP: Refusal =
    documented("unauthorized_client", 700_016, "The application wasn't found in the directory/tenant.");
pub(super) const NO_TENANT: Refusal =
    documented("invalid_request", 90002, "The tenant name wasn't found in the data store.");
pub(super) const NOT_FOR_CONSUMERS: Refusal = believed(
    "invalid_request",
    9_002_332,
    "Application 'sendoff-sandbox' is configured for use by Microsoft Entra users only.",
);
pub(super) const GRANT_TYPE: Refusal =
    documented("unsupported_grant_type", 70003, "The app returned an unsupported grant type.");
pub(super) const SCOPE: Refusal =
    documented("invalid_scope", 70011, "The scope requested by the app is invalid.");
pub(super) const TWO_RESOURCES: Refusal = documented(
    "invalid_scope",
    700_022,
    "The provided value for the input parameter scope isn't valid because it contains more than one resource.",
);
pub(super) const PUBLIC_WITH_SECRET: Refusal = documented(
    "invalid_client",
    700_025,
    "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
);
pub(super) const SECRET_NEEDED: Refusal = documented(
    "invalid_client",
    7_000_218,
    "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
);
pub(super) const WRONG_SECRET: Refusal =
    documented("invalid_client", 7_000_215, "Invalid client secret is provided.");
pub(super) const WRONG_ASSERTION: Refusal =
    documented("invalid_client", 700_027, "Client assertion failed signature validation.");
pub(super) const REDIRECT: Refusal = documented(
    "invalid_request",
    50011,
    "The reply address is missing, misconfigured, or doesn't match reply addresses configured for the app.",
);
pub(super) const RESPONSE_TYPE: Refusal =
    documented("unsupported_response_type", 70005, "The app returned an unsupported response type.");
pub(super) const CHALLENGE: Refusal =
    documented("invalid_request", 50147, "The size of the code challenge parameter isn't valid.");
pub(super) const VERIFIER: Refusal = documented(
    "invalid_grant",
    501_481,
    "The Code_Verifier doesn't match the code_challenge supplied in the authorization request.",
);
pub(super) const REDEEMED: Refusal = documented(
    "invalid_grant",
    54005,
    "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.",
);
pub(super) const BAD_GRANT: Refusal = believed("invalid_grant", 70000, "The provided grant isn't valid.");
pub(super) const CODE_TOO_OLD: Refusal =
    believed("invalid_grant", 70008, "The provided authorization code or refresh token has expired.");
pub(super) const REVOKED: Refusal = documented(
    "invalid_grant",
    50173,
    "The provided grant has expired due to it being revoked, and a fresh auth token is needed.",
);
