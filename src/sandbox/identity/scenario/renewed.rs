//! The sign-in went well, and is no longer good: refusals of a refresh token.

use super::Place::Refresh;
use super::SignInScenario;
use super::refused::refuse;
use crate::sandbox::identity::refusal::{REVOKED, believed, documented};

#[rustfmt::skip]
pub(super) const TABLE: &[SignInScenario] = &[
    refuse("aadsts50173", Refresh, REVOKED),
    refuse("aadsts70008", Refresh, documented("invalid_grant", 70008, "The refresh token has expired due to inactivity.")),
    refuse("aadsts700082", Refresh, documented("invalid_grant", 700_082, "The refresh token has expired due to inactivity.")),
    refuse("aadsts70043", Refresh, documented("invalid_grant", 70043, "The refresh token has expired or is invalid due to sign-in frequency checks by Conditional Access.")),
    refuse("aadsts70000", Refresh, documented("invalid_grant", 70000, "Authentication failed. The refresh token isn't valid.")),
    refuse("aadsts50089", Refresh, documented("invalid_grant", 50089, "Authentication failed due to flow token expired.")),
    refuse("refresh-needs-mfa", Refresh, believed("interaction_required", 50076, "Due to a configuration change made by the admin, the user must use multifactor authentication.")),
];
