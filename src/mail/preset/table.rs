//! The presets, in the order in which they are offered.

use crate::mail::account::{Auth, OFFICE365, SUBMISSION, SUBMISSIONS, Security};

use super::{Host, Preset};

/// RFC 5321 section 4.5.4.2: server to server, and to a relay.
const RELAY: u16 = 25;
/// Where the built-in server is asked to listen.
const SANDBOX: u16 = 2587;

const OAUTH_OR_PASSWORD: &str = "OAuth: sign in with `sendoff accounts sign-in` once your application is registered \
     (`sendoff accounts guide`). Or the password, or an app password where multi-factor sign-in is on.";

const PASSWORDS_END: &str = "Signing in by password goes away: off by default for existing tenants from the end of December 2026 \
     (an administrator can switch it on again), not offered to tenants made after that; the day of its final removal \
     is to be announced in the second half of 2027. OAuth stays.";
const SWITCH: &str = "An administrator may have switched SMTP sending off (SmtpClientAuthenticationDisabled); \
                      that stops OAuth, too.";
const NO_465: &str = "Port 465 is not served; 587 with STARTTLS is.";
const OWN_CLOUD: &str =
    "A cloud of its own: the application has to be registered there, and the sign-in page is another.";
const PORT_25: &str =
    "Many networks block port 25 on the way out; `sendoff check` shows whether it is open from here.";
const MX: &str = "The server is made from the domain of the sender. A domain whose MX ends in mx.microsoft has another: put \
                  that into host.";

pub const PRESETS: [Preset; 14] = [
    Preset {
        name: "microsoft365",
        title: "Microsoft 365",
        purpose: "mailboxes of companies and schools at Exchange Online, GCC included",
        host: Host::Fixed(OFFICE365),
        port: SUBMISSION,
        security: Security::StartTls,
        auth: Auth::Auto,
        secret: OAUTH_OR_PASSWORD,
        notes: &[PASSWORDS_END, SWITCH, NO_465],
    },
    Preset {
        name: "outlook.com",
        title: "Outlook.com",
        purpose: "personal mailboxes at outlook.com, hotmail.com, live.com, msn.com",
        host: Host::Fixed("smtp-mail.outlook.com"),
        port: SUBMISSION,
        security: Security::StartTls,
        auth: Auth::Auto,
        secret: "OAuth, with tenant = \"consumers\"; passwords were switched off in September 2024.",
        notes: &["Sending by SMTP may be refused for personal mailboxes; reports differ.", NO_465],
    },
    Preset {
        name: "gcc-high",
        title: "GCC High",
        purpose: "Microsoft 365 for agencies and contractors of the United States (office365.us)",
        host: Host::Fixed("smtp.office365.us"),
        port: SUBMISSION,
        security: Security::StartTls,
        auth: Auth::Auto,
        secret: OAUTH_OR_PASSWORD,
        notes: &[OWN_CLOUD, PASSWORDS_END, SWITCH],
    },
    Preset {
        name: "dod",
        title: "DoD",
        purpose: "Microsoft 365 for the Department of Defense of the United States",
        host: Host::Fixed("outlook-dod.office365.us"),
        port: SUBMISSION,
        security: Security::StartTls,
        auth: Auth::Auto,
        secret: OAUTH_OR_PASSWORD,
        notes: &[OWN_CLOUD, PASSWORDS_END, SWITCH],
    },
    Preset {
        name: "21vianet",
        title: "21Vianet",
        purpose: "Microsoft 365 operated by 21Vianet in China",
        host: Host::Fixed("smtp.partner.outlook.cn"),
        port: SUBMISSION,
        security: Security::StartTls,
        auth: Auth::Auto,
        secret: OAUTH_OR_PASSWORD,
        notes: &[OWN_CLOUD, PASSWORDS_END],
    },
    Preset {
        name: "high-volume",
        title: "High Volume Email",
        purpose: "accounts of the High Volume Email service: many messages to people of the own organisation",
        host: Host::Fixed("smtp-hve.office365.com"),
        port: SUBMISSION,
        security: Security::StartTls,
        auth: Auth::Auto,
        secret: "The password that the administrator set for the High Volume Email account.",
        notes: &[
            "Recipients outside the organisation are refused; nothing is kept in Sent Items; the service is paid for.",
            "Passwords are accepted there until September 2028.",
        ],
    },
    Preset {
        name: "relay-connector",
        title: "Relay through a connector",
        purpose: "mail from a known address or certificate to anybody, through an inbound connector, without sign-in",
        host: Host::Mx,
        port: RELAY,
        security: Security::StartTls,
        auth: Auth::None,
        secret: "None: the connector knows the address from which one connects.",
        notes: &[
            "An administrator of Exchange Online has to make an inbound connector for your public address first.",
            MX,
            PORT_25,
        ],
    },
    Preset {
        name: "direct-send",
        title: "Direct send",
        purpose: "mail to people of the own organisation alone, without sign-in and without a connector",
        host: Host::Mx,
        port: RELAY,
        security: Security::StartTls,
        auth: Auth::None,
        secret: "None: it is ordinary incoming mail for the organisation.",
        notes: &[
            "Recipients elsewhere are refused. Where RejectDirectSend is on, all of it is (550 5.7.68).",
            "Put your public address into the SPF record of the domain, or the mail is taken for spam.",
            MX,
            PORT_25,
        ],
    },
    Preset {
        name: "azure-communication",
        title: "Azure Communication Services",
        purpose: "mail of programs through an Azure Communication Services resource",
        host: Host::Fixed("smtp.azurecomm.net"),
        port: SUBMISSION,
        security: Security::StartTls,
        auth: Auth::Auto,
        secret: "The client secret of an Entra application that may send through the resource.",
        notes: &[
            "username is RESOURCE|APPLICATION ID|TENANT ID, or an SMTP user name made in the resource.",
            "A domain that Azure provides for trying is limited to few messages an hour.",
        ],
    },
    Preset {
        name: "gmail",
        title: "Gmail",
        purpose: "mailboxes at gmail.com and Google Workspace",
        host: Host::Fixed("smtp.gmail.com"),
        port: SUBMISSIONS,
        security: Security::Tls,
        auth: Auth::Auto,
        secret: "An app password, which needs two-step verification; the password of the account is refused.",
        notes: &["An administrator of Google Workspace may have switched app passwords off."],
    },
    Preset {
        name: "starttls",
        title: "Another server, STARTTLS",
        purpose: "any other submission server on port 587 (RFC 6409)",
        host: Host::Habit,
        port: SUBMISSION,
        security: Security::StartTls,
        auth: Auth::Auto,
        secret: "The password of the mailbox, or an app password.",
        notes: &[
            "The name of the server is a guess from the address; your provider's help page has the right one.",
        ],
    },
    Preset {
        name: "tls",
        title: "Another server, TLS",
        purpose: "any other submission server on port 465, encrypted from the first byte (RFC 8314)",
        host: Host::Habit,
        port: SUBMISSIONS,
        security: Security::Tls,
        auth: Auth::Auto,
        secret: "The password of the mailbox, or an app password.",
        notes: &[
            "The name of the server is a guess from the address; your provider's help page has the right one.",
        ],
    },
    Preset {
        name: "local-relay",
        title: "Relay on this machine",
        purpose: "a mail server on this machine (Postfix, Exim, ...) that takes mail without sign-in",
        host: Host::Fixed("localhost"),
        port: RELAY,
        security: Security::None,
        auth: Auth::None,
        secret: "None.",
        notes: &["Whether mail gets any further is up to that server."],
    },
    Preset {
        name: "sandbox",
        title: "Sandbox",
        purpose: "the built-in server that speaks like Exchange Online; nothing leaves this machine",
        host: Host::Fixed("localhost"),
        port: SANDBOX,
        security: Security::StartTls,
        auth: Auth::Auto,
        secret: "The password that `sendoff sandbox` prints.",
        notes: &[
            "Start it with `sendoff sandbox --port 2587`; ca_file has to name the certificate that it writes. \
             `sendoff --sandbox` needs none of this.",
        ],
    },
];
