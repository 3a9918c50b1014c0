//! What an administrator can do, by cause: the menu or the PowerShell (of Exchange Online, unless it says otherwise), and its source.

use super::Cause;

pub(super) struct Remedy {
    /// Lines; `MAILBOX` stands for the quoted address.
    pub(super) steps: &'static [&'static str],
    pub(super) source: &'static str,
}

const SUBMISSION: &str = "https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission";
const DEVICES: &str = "https://learn.microsoft.com/exchange/mail-flow-best-practices/how-to-set-up-a-multifunction-device-or-application-to-send-email-using-microsoft-365-or-office-365";
const REPORTS: &str = "https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online";
const ENTRA_CODES: &str = "https://learn.microsoft.com/entra/identity-platform/reference-error-codes";

/// None: what has to be done is not an administrator's.
pub(super) fn of(cause: Cause) -> Option<&'static Remedy> {
    REMEDIES.iter().find(|(causes, _)| causes.contains(&cause)).map(|(_, remedy)| remedy)
}

#[rustfmt::skip]
const REMEDIES: &[(&[Cause], Remedy)] = &[
    (&[Cause::SmtpAuthDisabledTenant, Cause::SmtpAuthDisabledMailbox], Remedy { source: SUBMISSION, steps: &[
        "Microsoft 365 admin centre, Users, Active users, the user, Mail, Manage email apps: tick Authenticated SMTP.",
        "Or in PowerShell, for this mailbox alone (it overrides the setting of the organisation):",
        "Set-CASMailbox -Identity MAILBOX -SmtpClientAuthenticationDisabled $false",
        "To see both settings:",
        "Get-CASMailbox -Identity MAILBOX | Format-List SmtpClientAuthenticationDisabled",
        "Get-TransportConfig | Format-List SmtpClientAuthenticationDisabled",
    ] }),
    (&[Cause::SecurityDefaults], Remedy { source: "https://learn.microsoft.com/entra/fundamentals/security-defaults", steps: &[
        "Security defaults block sign-in with a password alone. Signing in with a token (OAuth, XOAUTH2) works with them.",
        "Else: Entra admin centre, Identity, Overview, Properties, Manage security defaults: replace them by Conditional Access policies",
        "that require multi-factor sign-in and leave out this account.",
    ] }),
    (&[Cause::ConditionalAccess], Remedy { source: "https://learn.microsoft.com/entra/identity/conditional-access/troubleshoot-conditional-access", steps: &[
        "Entra admin centre, Monitoring, Sign-in logs (also the tab for non-interactive sign-ins), the sign-in of MAILBOX at this time,",
        "tab Conditional Access: the policy whose result is Failure.",
        "Change that policy, or leave this account or app out of it: Protection, Conditional Access, Policies, Users, Exclude.",
    ] }),
    (&[Cause::BasicAuthDisabled], Remedy { source: "https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/deprecation-of-basic-authentication-exchange-online", steps: &[
        "Signing in with a password (basic authentication) is being retired; a token (OAuth, XOAUTH2) is the way that stays.",
        "Until then an authentication policy decides for this mailbox:",
        "Get-User -Identity MAILBOX | Format-List AuthenticationPolicy",
        "Set-AuthenticationPolicy -Identity 'NAME OF THE POLICY' -AllowBasicAuthSmtp",
    ] }),
    (&[Cause::AccountLocked], Remedy { source: ENTRA_CODES, steps: &[
        "Entra admin centre, Users, MAILBOX: is the account enabled? Sign-in logs: why is it locked, from where did the failures come?",
        "If they were not the user's: reset the password and revoke the sessions (Revoke sessions) before it is enabled again.",
    ] }),
    (&[Cause::SignInServiceDown], Remedy { source: DEVICES, steps: &[
        "The organisation's federation server (AD FS) must be reachable over HTTPS with TLS 1.2 from Microsoft 365.",
        "On the server: Get-AdfsProperties, and the service Active Directory Federation Services.",
    ] }),
    (&[Cause::AdminConsentNeeded, Cause::ConsentNeeded], Remedy { source: "https://learn.microsoft.com/entra/identity/enterprise-apps/grant-admin-consent", steps: &[
        "Entra admin centre, Identity, Applications, Enterprise applications, the app, Permissions: Grant admin consent.",
        "What it asks for: SMTP.Send (send mail as the signed-in user by SMTP) and offline_access, both delegated.",
    ] }),
    (&[Cause::DeviceFlowBlocked], Remedy { source: "https://learn.microsoft.com/entra/identity/conditional-access/concept-authentication-flows", steps: &[
        "A Conditional Access policy blocks signing in with a device code (condition Authentication flows).",
        "Leave this app or user out of it: Protection, Conditional Access, Policies; or tell the user to sign in by browser instead.",
    ] }),
    (&[Cause::PublicClientOff], Remedy { source: "https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code", steps: &[
        "Entra admin centre, Applications, App registrations, the app, Authentication:",
        "Allow public client flows: Yes; and under Platform configurations: Mobile and desktop applications, http://localhost.",
    ] }),
    (&[Cause::AppNotFound, Cause::WrongTenant], Remedy { source: ENTRA_CODES, steps: &[
        "Entra admin centre, Applications, App registrations: is the app registered here, and enabled under Enterprise applications?",
        "The user needs its Application (client) ID and the Directory (tenant) ID.",
    ] }),
    (&[Cause::SendAsDenied], Remedy { source: "https://learn.microsoft.com/exchange/recipients-in-exchange-online/manage-permissions-for-recipients", steps: &[
        "Grant the right to send as the other address (it takes up to an hour):",
        "Add-RecipientPermission -Identity 'THE ADDRESS IN FROM' -AccessRights SendAs -Trustee MAILBOX",
        "Or \"on behalf of\": Set-Mailbox -Identity 'THE ADDRESS IN FROM' -GrantSendOnBehalfTo @{Add=MAILBOX}",
    ] }),
    (&[Cause::MessageTooLarge], Remedy { source: "https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits", steps: &[
        "Set-Mailbox -Identity MAILBOX -MaxSendSize 150MB",
        "(35 MB is the default, 150 MB the most; files grow by a third on the way.)",
    ] }),
    (&[Cause::DailyLimit], Remedy { source: "https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits", steps: &[
        "10,000 recipients in 24 hours is the limit of a mailbox; it cannot be raised. For more: High Volume Email (inside the organisation)",
        "or Azure Communication Services.",
    ] }),
    (&[Cause::SenderBlocked], Remedy { source: "https://learn.microsoft.com/defender-office-365/outbound-spam-restore-restricted-users", steps: &[
        "Secure the account first: new password, multi-factor sign-in, no forwarding or inbox rules that are not the user's.",
        "Then: Defender portal, Email & collaboration, Review, Restricted entities: Unblock. Or in PowerShell:",
        "Get-BlockedSenderAddress; Remove-BlockedSenderAddress -SenderAddress MAILBOX",
    ] }),
    (&[Cause::ConnectorMismatch], Remedy { source: REPORTS, steps: &[
        "Exchange admin centre, Mail flow, Connectors: the inbound connector must name this machine's address or certificate.",
        "Get-InboundConnector | Format-List Name,SenderIPAddresses,TlsSenderCertificateName",
        "Set-InboundConnector -Identity 'NAME' -SenderIPAddresses 'THE ADDRESS'",
    ] }),
    (&[Cause::DirectSendRejected], Remedy { source: "https://techcommunity.microsoft.com/blog/exchange/introducing-more-control-over-direct-send-in-exchange-online/4408790", steps: &[
        "Get-OrganizationConfig | Format-List RejectDirectSend",
        "Let the program sign in (port 587), or make an inbound connector for its address; only then, as a last way:",
        "Set-OrganizationConfig -RejectDirectSend $false",
    ] }),
    (&[Cause::BlocklistedIp], Remedy { source: "https://sender.office.com", steps: &[
        "Look up the sending server's address at the list that the answer names, and ask there to be taken off.",
        "Where Microsoft blocks it: the delist portal below. The address also needs a name in DNS (a PTR record).",
    ] }),
    (&[Cause::SpfRejected], Remedy { source: "https://learn.microsoft.com/defender-office-365/email-authentication-spf-configure", steps: &[
        "TXT record of the domain: v=spf1 include:spf.protection.outlook.com -all (plus every other server that sends for it).",
    ] }),
    (&[Cause::DmarcRejected], Remedy { source: "https://learn.microsoft.com/defender-office-365/email-authentication-dkim-configure", steps: &[
        "Switch DKIM on: Defender portal, Policies & rules, Threat policies, Email authentication settings, DKIM; publish both CNAME records.",
        "New-DkimSigningConfig -DomainName 'THE DOMAIN' -Enabled $true",
        "See that SPF names every server that sends for the domain; then look at the TXT record _dmarc.",
    ] }),
    (&[Cause::ConnectionTimeout, Cause::ConnectionRefused], Remedy { source: DEVICES, steps: &[
        "The firewall has to let TCP port 587 out to smtp.office365.com (outlook.office365.com for the address ranges).",
        "Port 465 is not served by Microsoft 365; port 25 is blocked by many networks.",
        "To test from Windows: Test-NetConnection smtp.office365.com -Port 587",
    ] }),
    (&[Cause::TlsTooOld], Remedy { source: "https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/opt-in-exchange-online-endpoint-for-legacy-tls-using-smtp-auth", steps: &[
        "TLS 1.2 or later is needed. A proxy on the way that opens TLS may weaken it: leave the mail server out of its inspection.",
        "For devices that cannot: Set-TransportConfig -AllowLegacyTLSClients $true, and smtp-legacy.office365.com as the server.",
    ] }),
    (&[Cause::TlsRequired, Cause::TlsFailed, Cause::CertificateInvalid], Remedy { source: DEVICES, steps: &[
        "Something between this machine and the server takes part in the TLS connection (SMTP inspection, a proxy, a virus scanner),",
        "or a certificate of a server of your own has expired. Leave smtp.office365.com:587 out of the inspection.",
    ] }),
];
