//! How a tenant registers the application by which sendoff signs in: every click, every permission, by cloud.
//!
//! Sources: Microsoft, "Register an application", "National clouds", "Authenticate an IMAP, POP or SMTP connection using OAuth".

use super::oauth::Cloud;

/// For somebody who signs in: a public client without a secret.
pub fn for_person(cloud: Cloud) -> String {
    let (portal, login) = (portal(cloud), cloud.login_host());
    format!(
        "Registering sendoff for people who sign in ({cloud})

An administrator of the tenant does this once; everybody in it can then use the application.

 1. Open {portal} and go to Identity > Applications > App registrations > New registration.
 2. Name: sendoff. Supported account types: Accounts in this organizational directory only (for personal Outlook.com
    mailboxes: Personal Microsoft accounts only). Redirect URI: Public client/native (mobile & desktop), http://localhost.
    Register.
 3. Overview: note the Application (client) ID and the Directory (tenant) ID.
 4. Authentication > Mobile and desktop applications: http://localhost is there; also tick
    https://{login}/common/oauth2/nativeclient. Allow public client flows: Yes. Save.
    (Without that Yes a sign-in by device code ends in AADSTS7000218.)
 5. API permissions > Add a permission > Microsoft Graph > Delegated permissions: SMTP.Send, offline_access, openid,
    profile. Where users may not consent for themselves: Grant admin consent.
 6. Certificates & secrets: nothing. A public client has no secret (with one a sign-in ends in AADSTS700025).
 7. Exchange: the mailbox has to be allowed to send by SMTP:
      Connect-ExchangeOnline{environment}
      Set-CASMailbox -Identity ana@contoso.com -SmtpClientAuthenticationDisabled $false

Then, here:
      sendoff accounts edit NAME client_id=CLIENT-ID tenant=TENANT-ID
      sendoff accounts sign-in NAME
",
        cloud = title(cloud),
        environment = environment(cloud),
    )
}

/// For a mailbox from which programs send: the application signs in by itself.
pub fn for_service(cloud: Cloud) -> String {
    format!(
        "Registering sendoff for a service mailbox, without a person ({cloud})

 1. Open {portal} and go to Identity > Applications > App registrations > New registration.
 2. Name: sendoff service. Supported account types: Accounts in this organizational directory only. No redirect URI. Register.
 3. Overview: note the Application (client) ID and the Directory (tenant) ID.
 4. API permissions > Add a permission > APIs my organization uses > Office 365 Exchange Online > Application permissions:
    SMTP.SendAsApp. Grant admin consent.
 5. Certificates & secrets: upload a certificate (better), or make a client secret. sendoff never reads a secret from its
    configuration: it asks for it, and can keep it in the keyring or the vault.
 6. Identity > Applications > Enterprise applications > sendoff service: note its Object ID. It is not the object ID that
    App registrations shows.
 7. Exchange PowerShell:
      Connect-ExchangeOnline{environment}
      New-ServicePrincipal -AppId CLIENT-ID -ObjectId OBJECT-ID      (older modules: -ServiceId in place of -ObjectId)
      Add-RecipientPermission -Identity service@contoso.com -Trustee OBJECT-ID -AccessRights SendAs
      Add-MailboxPermission -Identity service@contoso.com -User OBJECT-ID -AccessRights FullAccess
      Set-CASMailbox -Identity service@contoso.com -SmtpClientAuthenticationDisabled $false
    It takes 15 to 30 minutes until that is in force.

Then, here:
      sendoff accounts edit NAME client_id=CLIENT-ID tenant=TENANT-ID grant=service certificate=app.pem
      sendoff check NAME
",
        cloud = title(cloud),
        portal = portal(cloud),
        environment = environment(cloud),
    )
}

fn title(cloud: Cloud) -> &'static str {
    match cloud {
        Cloud::Global => "worldwide and GCC",
        Cloud::GccHigh => "GCC High",
        Cloud::Dod => "DoD",
        Cloud::China => "21Vianet",
    }
}

/// Each cloud has registrations of its own.
fn portal(cloud: Cloud) -> &'static str {
    match cloud {
        Cloud::Global => "https://entra.microsoft.com",
        Cloud::GccHigh | Cloud::Dod => "https://portal.azure.us (Microsoft Entra ID)",
        Cloud::China => "https://portal.azure.cn (Microsoft Entra ID)",
    }
}

/// What `Connect-ExchangeOnline` wants to know of a cloud.
fn environment(cloud: Cloud) -> &'static str {
    match cloud {
        Cloud::Global => "",
        Cloud::GccHigh => " -ExchangeEnvironmentName O365USGovGCCHigh",
        Cloud::Dod => " -ExchangeEnvironmentName O365USGovDoD",
        Cloud::China => " -ExchangeEnvironmentName O365China",
    }
}
