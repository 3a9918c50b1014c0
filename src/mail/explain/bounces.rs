//! Codes that Exchange Online alone gives, in bounces above all: <https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online>.

use super::Cause::{
    BlocklistedIp, CertificateInvalid, ConnectionRefused, ConnectionTimeout, DirectSendRejected,
    DmarcRejected, HelloRejected, RateLimited, RecipientRefusesSender, RelayDenied, SenderBlocked,
    SpamRejected, SpfRejected, TlsFailed, TlsRequired, Unknown, UnknownRecipient,
};
use super::Who::{Administrator, Recipient, Wait, You};
use super::row::{Row, row};

const THEIR_TLS: &str = "Tell the recipient's side: their server must offer TLS with a certificate that fits what their domain promises in DNS.";

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row(DirectSendRejected, Administrator, "The organisation does not take unauthenticated mail in its own name.",
        "Sign in, or have a connector set up; an administrator can see the switch with Get-OrganizationConfig (RejectDirectSend).")
        .when(&["tenantinboundattribution & !connector", "direct send not allowed", "#5.7.68"]).confirmed(),
    row(TlsRequired, Recipient, "The recipient's server does not offer the encryption (STARTTLS) that has to be used with it.", THEIR_TLS)
        .when(&["#4.4.317", "#5.4.317", "#4.7.321", "#5.7.321", "starttls-not-supported"]).confirmed(),
    row(CertificateInvalid, Recipient, "The certificate of the recipient's server does not prove that it is theirs.", THEIR_TLS)
        .when(&[
            "#4.7.322", "#5.7.322", "#4.7.323", "#5.7.323", "#4.7.325", "#5.7.325",
            "certificate-expired", "certificate-host-mismatch", "tlsa-invalid",
        ]).confirmed(),
    row(TlsFailed, Recipient, "What the recipient's domain promises about encryption (DANE or MTA-STS) could not be verified.", THEIR_TLS)
        .when(&[
            "#4.7.324", "#5.7.324", "#5.4.8", "#4.4.8", "#5.7.5 & !spf & !dmarc",
            "dnssec-invalid", "mta-sts",
        ]).confirmed(),
    row(ConnectionTimeout, Recipient, "The recipient's server did not answer in time.", "Tell the recipient's side that their mail server does not answer; the message is tried again for a day.")
        .when(&["primary target ip address responded & connection timed out|unable to connect|failed to connect"]).confirmed(),
    row(ConnectionRefused, Recipient, "The recipient's server refused the connection.", "Tell the recipient's side that their mail server does not answer; the message is tried again for a day.")
        .when(&["#4.4.316", "#5.4.316"]).confirmed(),
    row(UnknownRecipient, You, "There is no such recipient in that organisation (its directory was asked before the message was taken).", "Correct the address.")
        .when(&["#5.4.1 & recipient address rejected|recipient addresses rejected"]).confirmed(),
    row(UnknownRecipient, You, "Microsoft takes no mail for this recipient: the address is not valid, or blocked.", "Correct the address; if it is right, ask the recipient by another way.")
        .when(&["#5.7.504", "#5.7.505"]).confirmed(),
    row(RelayDenied, Recipient, "The server that the recipient's domain names does not take mail for it.", "Tell the recipient's side: their MX record points to a server that does not know the domain.")
        .when(&["#5.4.1 & relay access denied", "mail relay denied"]).confirmed(),
    row(RecipientRefusesSender, Recipient, "The recipient, a group or a rule on their side does not accept mail from you.",
        "Ask the recipient by another way, or the owner of the group, to allow your address.")
        .when(&[
            "resolver.rst & !sizelimit|hourlimit", "#5.7.12", "#5.7.124", "#5.7.133", "#5.7.134", "#5.7.135",
            "#5.7.136", "#5.7.193", "#5.7.507",
            "transport.rules",
        ]).confirmed(),
    row(RateLimited, Wait, "The recipient gets more mail in an hour than their mailbox may.", "Send it again in an hour.")
        .when(&["#5.2.121", "#5.2.122", "#4.2.121", "#4.2.122"]).confirmed(),
    row(SpfRejected, Administrator, "The receiving side found that this server is not one that your domain names as its own (SPF, a record in DNS).",
        "Add the sending server to the TXT record of your domain; for Microsoft 365: v=spf1 include:spf.protection.outlook.com -all.")
        .when(&["#5.7.23"]).confirmed(),
    row(DmarcRejected, Administrator, "Outlook.com asks senders of much mail to prove their domain (SPF, DKIM and DMARC), and it is not proven.",
        "Switch on DKIM (Defender portal, Email authentication settings) and publish SPF and DMARC records.")
        .when(&["#5.7.515"]),
    row(Unknown, Administrator, "Your organisation does not allow mail to be forwarded automatically to outside addresses.",
        "Allow it for one sender: Defender portal, Anti-spam policies, outbound policy, Automatic forwarding (Set-HostedOutboundSpamFilterPolicy -AutoForwardingMode On).")
        .when(&["#5.7.520 & forward", "external forwarding"]),
    row(RecipientRefusesSender, Administrator, "Your own organisation's block list names one of the recipients, and one stops the message for all.",
        "Take that recipient out; or an administrator removes the entry: Defender portal, Tenant Allow/Block List.")
        .when(&["#5.7.703"]).confirmed(),
    row(RecipientRefusesSender, Recipient, "The server at the other end refused a message that was forwarded to it.", "Ask the recipient by another way; or send to the final address directly.")
        .when(&["#5.7.367"]),
    row(BlocklistedIp, Administrator, "Microsoft blocks the address (IP) of the server that the mail came from.",
        "Whoever runs that server asks for it to be lifted: sender.office.com (delist portal), or delist@microsoft.com for 5.7.511.")
        .when(&[
            "#5.7.511",
            "ip you're using|ip address you're using|ip you are using & not authorized|not allowed",
            "#5.7.508", "#5.7.510",
            "access denied, banned sending ip", "send email directly to our",
        ]).confirmed(),
    row(HelloRejected, Administrator, "The sending server says hello with a name that is not accepted.", "Whoever runs the sending server gives it a full host name that is in DNS.")
        .when(&["#5.7.506"]).confirmed(),
    row(RateLimited, Wait, "The receiving side takes less mail from the sending server for now, because it does not trust it enough.", "It is tried again; send less at a time for some days.")
        .when(&["access denied, please try again later", "#4.7.652 & !number of connections", "#4.7.651", "#4.7.650"]).confirmed(),
    row(SpamRejected, You, "Microsoft takes the message for spam.", "Change the text; ask the recipient's side if it is wrong.")
        .when(&["as(1000)"]),
    row(SenderBlocked, Administrator, "Microsoft does not take mail from this sender or organisation for now, because of what went out from it.",
        "Secure the accounts and ask Microsoft support (Microsoft 365 admin centre, Health, or a support request).")
        .when(&["#5.7.501", "#5.7.502", "#5.7.503", "#5.7.705", "#5.7.708", "#5.7.750", "#5.7.800"]).confirmed(),
];
