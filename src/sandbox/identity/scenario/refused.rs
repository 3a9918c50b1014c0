//! Refusals before there is a token, by their number. The numbers are Microsoft's; what is marked as documented has its
//! sentence on the page of error codes, too. Which `error` goes with a number, and where it strikes, is believed.

use super::Deed::Refuse;
use super::Place::{Browser, Code, Consent, DeviceCode, Poll, Service, Token};
use super::{Place, SignInScenario, row};
use crate::sandbox::identity::refusal::{
    BAD_CODE, CODE_EXPIRED, DECLINED, NO_APP, NO_TENANT, REDEEMED, REDIRECT, Refusal, SCOPE, SECRET_NEEDED,
    TWO_RESOURCES, VERIFIER, WRONG_SECRET, believed, documented,
};

pub(super) const fn refuse(name: &'static str, place: Place, refusal: Refusal) -> SignInScenario {
    row(name, place, Refuse(refusal), refusal.text)
}

const CONDITIONAL_ACCESS: Refusal = documented(
    "invalid_grant",
    53003,
    "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.",
);
const DEVICE_NEEDED: Refusal =
    documented("interaction_required", 50097, "Device authentication is required.");

#[rustfmt::skip]
pub(super) const TABLE: &[SignInScenario] = &[
    // The device code.
    refuse("authorization-declined", Poll, DECLINED),
    refuse("expired-token", Poll, CODE_EXPIRED),
    refuse("bad-verification-code", Poll, BAD_CODE),
    refuse("unknown-error", Poll, believed("unheard_of", 0, "Something that no page mentions has happened.")),
    refuse("aadsts70018", Poll, BAD_CODE),
    refuse("aadsts70019", Poll, CODE_EXPIRED),
    refuse("aadsts90119", Poll, documented("bad_verification_code", 90119, "The user code is null or empty.")),
    refuse("aadsts90120", Poll, documented("invalid_request", 90120, "The request was already authorized or declined.")),
    refuse("aadsts50134", Poll, documented("invalid_grant", 50134, "Wrong data center. To authorize a request that was initiated by an app in the OAuth 2.0 device flow, the authorizing party must be in the same data center where the original request resides.")),
    // Policies against device codes. A browser on the right device gets by.
    refuse("device-code-blocked", Poll, CONDITIONAL_ACCESS),
    refuse("device-code-blocked-530033", Poll, believed("invalid_grant", 530_033, "Remote device flow blocked due to device based conditional access policies.")),
    refuse("device-code-blocked-50097", Poll, DEVICE_NEEDED),
    // The registration of the application.
    refuse("public-client-off", Token, SECRET_NEEDED),
    refuse("aadsts7000218", Poll, SECRET_NEEDED),
    refuse("aadsts700025", Token, documented("invalid_client", 700_025, "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.")),
    refuse("aadsts7000215", Service, WRONG_SECRET),
    refuse("aadsts7000222", Service, documented("invalid_client", 7_000_222, "The provided client secret keys are expired.")),
    refuse("aadsts700016", DeviceCode, NO_APP),
    refuse("aadsts700011", DeviceCode, believed("unauthorized_client", 700_011, "Application with identifier 'sendoff-sandbox' was not found in the directory.")),
    refuse("aadsts70001", DeviceCode, documented("unauthorized_client", 70001, "The application is disabled.")),
    refuse("aadsts7000112", DeviceCode, documented("unauthorized_client", 7_000_112, "The application is disabled.")),
    refuse("aadsts50011", Browser, REDIRECT),
    refuse("aadsts70011", DeviceCode, SCOPE),
    refuse("aadsts700022", DeviceCode, TWO_RESOURCES),
    refuse("aadsts28002", Token, believed("invalid_scope", 28002, "Provided value for the input parameter scope isn't valid when requesting an access token.")),
    refuse("aadsts54005", Code, REDEEMED),
    refuse("aadsts501481", Code, VERIFIER),
    // The tenant.
    refuse("aadsts50194", DeviceCode, believed("invalid_request", 50194, "Application 'sendoff-sandbox' isn't configured as a multitenant application. Usage of the /common endpoint isn't supported for such applications.")),
    refuse("aadsts9002332", DeviceCode, believed("invalid_request", 9_002_332, "Application 'sendoff-sandbox' is configured for use by Microsoft Entra users only. Please do not use the /consumers endpoint to serve this request.")),
    refuse("aadsts9001023", DeviceCode, documented("invalid_request", 9_001_023, "The grant type isn't supported over the /common or /consumers endpoints. Please use the /organizations or tenant-specific endpoint.")),
    refuse("aadsts90130", DeviceCode, documented("invalid_request", 90130, "The application isn't supported over the `/common` or `/consumers` endpoints.")),
    refuse("aadsts90002", DeviceCode, NO_TENANT),
    refuse("aadsts90038", DeviceCode, believed("invalid_request", 90038, "The specified tenant 'contoso.com' belongs to the National Cloud 'AzureUSGovernment'.")),
    refuse("aadsts1000104", Consent, believed("invalid_request", 1_000_104, "Resource cloud 'AzureUSGovernment' isn't allowed on identity tenant 'contoso.com'.")),
    refuse("aadsts500011", Consent, believed("invalid_resource", 500_011, "The resource principal named https://outlook.office.com wasn't found in the tenant named contoso.com.")),
    // Consent.
    refuse("admin-consent", Consent, documented("consent_required", 90094, "Administrator consent is required.")),
    refuse("aadsts65001", Consent, documented("consent_required", 65001, "The user or administrator hasn't consented to use the application with ID X.")),
    refuse("aadsts65004", Consent, documented("access_denied", 65004, "User declined to consent to access the app.")),
    refuse("aadsts90094", Consent, documented("consent_required", 90094, "Administrator consent is required.")),
    refuse("aadsts90095", Consent, believed("consent_required", 90095, "Administrator consent is required; the user may ask for it.")),
    refuse("aadsts650056", Consent, documented("invalid_request", 650_056, "Misconfigured application.")),
    refuse("aadsts650057", Consent, documented("invalid_resource", 650_057, "Invalid resource. The client has requested access to a resource which isn't listed in the requested permissions in the client's application registration.")),
    refuse("aadsts650052", Consent, believed("invalid_resource", 650_052, "The app needs access to a service that your organization hasn't subscribed to or enabled.")),
    refuse("aadsts65005", Consent, documented("invalid_resource", 65005, "The app required resource access list doesn't contain apps discoverable by the resource.")),
    // The person.
    refuse("aadsts50020", Consent, believed("invalid_grant", 50020, "User account 'ana@contoso.com' from identity provider 'live.com' does not exist in tenant 'Contoso' and cannot access the application.")),
    refuse("aadsts90072", Consent, believed("invalid_grant", 90072, "The external account that the user signs in with doesn't exist on the tenant that they signed into.")),
    refuse("aadsts500208", Consent, believed("invalid_grant", 500_208, "The domain is not a valid login domain for the account type.")),
    refuse("aadsts50034", Consent, documented("invalid_grant", 50034, "To sign into this application, the account must be added to the directory.")),
    refuse("aadsts51004", Consent, believed("invalid_grant", 51004, "The user account doesn't exist in the directory.")),
    refuse("aadsts50105", Consent, documented("interaction_required", 50105, "The signed in user isn't assigned to a role for the signed in app.")),
    refuse("aadsts50053", Consent, documented("invalid_grant", 50053, "The account is locked because the user tried to sign in too many times with an incorrect user ID or password.")),
    refuse("aadsts50055", Consent, documented("invalid_grant", 50055, "The password is expired.")),
    refuse("aadsts50126", Consent, documented("invalid_grant", 50126, "Error validating credentials due to invalid username or password.")),
    refuse("aadsts50057", Consent, documented("invalid_grant", 50057, "The user account is disabled.")),
    refuse("aadsts50144", Consent, documented("invalid_grant", 50144, "User's Active Directory password has expired.")),
    // The second step.
    refuse("aadsts50076", Consent, documented("interaction_required", 50076, "Due to a configuration change made by the admin such as a Conditional Access policy, per-user enforcement, or because you moved to a new location, the user must use multifactor authentication to access the resource.")),
    refuse("aadsts50074", Consent, documented("interaction_required", 50074, "Strong authentication is required and the user did not pass the MFA challenge.")),
    refuse("aadsts50079", Consent, documented("interaction_required", 50079, "Due to a configuration change made by the admin such as a Conditional Access policy, per-user enforcement, or because the user moved to a new location, the user is required to use multifactor authentication.")),
    refuse("aadsts50072", Consent, documented("interaction_required", 50072, "User needs to enroll for second factor authentication (interactive).")),
    refuse("aadsts50078", Consent, documented("interaction_required", 50078, "Presented multifactor authentication has expired due to policies configured by your administrator.")),
    // Policies.
    refuse("aadsts53000", Consent, documented("interaction_required", 53000, "Conditional Access policy requires a compliant device, and the device isn't compliant.")),
    refuse("aadsts53001", Consent, documented("interaction_required", 53001, "Conditional Access policy requires a domain joined device, and the device isn't domain joined.")),
    refuse("aadsts53002", Consent, documented("interaction_required", 53002, "The app used isn't an approved app for Conditional Access.")),
    refuse("aadsts50097", Consent, DEVICE_NEEDED),
    refuse("aadsts50129", Consent, documented("interaction_required", 50129, "Workplace join is required to register the device.")),
    refuse("aadsts53003", Consent, CONDITIONAL_ACCESS),
    refuse("aadsts530032", Consent, documented("invalid_grant", 530_032, "The tenant admin has configured a security policy that blocks this request.")),
    refuse("aadsts530033", Consent, believed("invalid_grant", 530_033, "Remote device flow blocked due to device based conditional access policies.")),
    refuse("aadsts50131", Consent, believed("invalid_grant", 50131, "A Conditional Access policy has refused the device or the request.")),
    refuse("aadsts530035", Consent, documented("invalid_grant", 530_035, "Access has been blocked by security defaults.")),
    refuse("aadsts53004", Consent, documented("interaction_required", 53004, "User needs to complete the multifactor authentication registration process before accessing this content.")),
    refuse("aadsts53010", Consent, documented("interaction_required", 53010, "Cannot configure multifactor authentication methods because the organization requires this information to be set from specific locations or devices.")),
    refuse("aadsts53011", Consent, documented("invalid_grant", 53011, "User blocked due to risk on home tenant.")),
    // The service itself.
    refuse("aadsts50196", Token, documented("invalid_grant", 50196, "A client loop has been detected.")),
    refuse("aadsts90055", Token, documented("temporarily_unavailable", 90055, "There are too many incoming requests.")),
    refuse("aadsts90006", Token, documented("temporarily_unavailable", 90006, "The service is temporarily unavailable.")),
    refuse("aadsts90033", Token, documented("temporarily_unavailable", 90033, "The Microsoft Online Directory Service (MSODS) isn't available.")),
    refuse("aadsts50033", Token, believed("temporarily_unavailable", 50033, "A transient error has occurred.")),
    refuse("aadsts90024", Token, documented("temporarily_unavailable", 90024, "A transient error has occurred. Try again.")),
];
