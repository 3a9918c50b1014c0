//! What is said of a cause that several tables know, each by its own signs: one sentence, and what to do.

use super::Cause::{
    BadAddress, BadSequence, BlocklistedIp, CertificateInvalid, CommandUnrecognised, ConnectionLost,
    ConnectionRefused, ConnectionTimeout, ContentRejected, DailyLimit, DmarcRejected, Greylisted,
    MessageTooLarge, NameNotFound, NotSignedIn, RateLimited, RecipientMailboxFull, RecipientRefusesSender,
    RelayDenied, SendAsDenied, ServerBusy, SignInServiceDown, SpamRejected, SpfRejected, TlsFailed,
    TooManyRecipients, UnknownDomain, UnknownRecipient, WrongCredentials,
};
use super::Who::{Administrator, Recipient, Wait, You};
use super::row::{Row, row};

pub(super) const MALFORMED: Row = row(
    BadAddress,
    You,
    "The server finds an address malformed.",
    "Correct the address: one name, one @, one domain, no spaces or stray brackets.",
);

pub(super) const OUT_OF_ORDER: Row = row(
    BadSequence,
    Administrator,
    "The server expected another command first.",
    "Is this a mail submission server, and the right port? A proxy or virus scanner on the way may drop \
     commands.",
);

pub(super) const UNRECOGNISED: Row = row(
    CommandUnrecognised,
    Administrator,
    "The server does not know, or does not allow, a command that was sent.",
    "Is this a mail submission server, and the right port? A proxy or firewall on the way (such as SMTP \
     inspection) may spoil commands.",
);

pub(super) const LISTED: Row = row(
    BlocklistedIp,
    Administrator,
    "The receiving side blocks the address (IP) of the server that the mail came from, most often because \
     it stands on a blocklist.",
    "Look the address up at the list that the reply names and ask there to be taken off; on a home or \
     cloud line send through your provider's server on port 587 instead of directly.",
);

pub(super) const UNTRUSTED: Row = row(
    CertificateInvalid,
    Administrator,
    "The server's certificate is not one that this machine trusts: expired, self-made, for another name, \
     or from an unknown issuer.",
    "Check host and this machine's clock. For a server of your own, name its root certificate in ca_file; \
     where a virus scanner or proxy opens TLS, its root has to be known. There is no switch to skip the \
     check.",
);

pub(super) const LOST: Row = row(
    ConnectionLost,
    Wait,
    "The connection broke before the server had answered.",
    "Send it again; if it keeps happening, check that port and security fit together (587 with \
     \"starttls\", 465 with \"tls\").",
);

pub(super) const REFUSED: Row = row(
    ConnectionRefused,
    Administrator,
    "Nothing listens there, or a firewall turned the connection away.",
    "Check host and port (\"localhost\" is this machine itself). Microsoft 365 serves 587 (and 25), not \
     465; networks often block 25.",
);

pub(super) const NO_ANSWER: Row = row(
    ConnectionTimeout,
    Administrator,
    "The server did not answer in time.",
    "A firewall or the provider may block the port: outbound 587 has to be open (25 often is not). Port \
     465 is not served by Microsoft 365.",
);

pub(super) const NO_WAY: Row = row(
    ConnectionTimeout,
    Administrator,
    "There is no way to the server from here.",
    "Check this machine's network; where it has no IPv6, a server reached over IPv6 looks like this, too.",
);

pub(super) const CONTENT: Row = row(
    ContentRejected,
    You,
    "The server does not like what is in the message.",
    "Read its reply; change the message.",
);

pub(super) const NOBODY: Row = row(
    UnknownRecipient,
    You,
    "There is no such recipient, or the mailbox is closed.",
    "Correct the address; if it is right, ask the recipient by another way.",
);

pub(super) const NO_DOMAIN: Row = row(
    UnknownDomain,
    You,
    "The recipient's domain (what stands behind the @) cannot be found or takes no mail.",
    "Correct the address.",
);

pub(super) const NO_NAME: Row = row(
    NameNotFound,
    You,
    "The server's name cannot be found.",
    "Check host in the account (no spaces, no https://), and that this machine can look names up. For \
     Microsoft 365 it is smtp.office365.com.",
);

pub(super) const HANDSHAKE: Row = row(
    TlsFailed,
    Administrator,
    "The encryption of the connection (TLS) could not be set up.",
    "Check host and port (587 with \"starttls\"); both ends must speak TLS 1.2 or later, and a proxy or \
     virus scanner on the way may interfere.",
);

pub(super) const WRONG: Row = row(
    WrongCredentials,
    You,
    "The server did not accept user name and password (or token).",
    "Check both (the user name is most often the whole address); with multi-factor sign-in an app \
     password or a token is needed.",
);

pub(super) const RELAY: Row = row(
    RelayDenied,
    You,
    "The server passes mail on to other domains only for people who are signed in.",
    "Set auth and username in the account; or the address is on another server than the one you gave.",
);

pub(super) const FULL: Row = row(
    RecipientMailboxFull,
    Recipient,
    "The recipient's mailbox is full.",
    "Tell them by another way; send it again once they have made room.",
);

pub(super) const TOO_LARGE: Row = row(
    MessageTooLarge,
    You,
    "The message is larger than the server takes.",
    "Make it smaller, or send a link instead of the file.",
);

pub(super) const MANY_RECIPIENTS: Row = row(
    TooManyRecipients,
    You,
    "There are more recipients than the server takes at once.",
    "Send it in smaller groups.",
);

pub(super) const BUSY: Row = row(
    ServerBusy,
    Wait,
    "The server is too busy at the moment, or has trouble of its own.",
    "Try again in a few minutes.",
);

pub(super) const SPAM: Row = row(
    SpamRejected,
    You,
    "The server takes the message for spam (unwanted advertising) or for something dangerous.",
    "Send it without links, attachments or a copied layout to see what it minds; if it is wrong, ask the \
     recipient's side to let your address through.",
);

pub(super) const NOT_THEIRS: Row = row(
    SendAsDenied,
    You,
    "The server does not let the account you signed in with send as the address in From.",
    "Set from in the account to the address you sign in with, or have the other address confirmed or \
     allowed at the provider.",
);

pub(super) const DAY_IS_FULL: Row = row(
    DailyLimit,
    Wait,
    "The account has sent as much as its provider allows in a day.",
    "Wait until tomorrow (24 hours), or ask the provider for a higher limit.",
);

pub(super) const TOO_FAST: Row = row(
    RateLimited,
    Wait,
    "The server takes no more from here for now: too much came in a short time, or it does not know this \
     sender well enough yet.",
    "Wait (from some minutes to an hour), then send more slowly.",
);

pub(super) const NO_CHECK: Row = row(
    SignInServiceDown,
    Wait,
    "The server cannot check sign-ins at the moment.",
    "Try again in a few minutes.",
);

pub(super) const NOT_SIGNED_IN: Row = row(
    NotSignedIn,
    You,
    "The server takes mail only from those who have signed in, and no sign-in took place.",
    "Set auth and username in the account, and see that a password or token is there.",
);

pub(super) const UNWILLING: Row = row(
    RecipientRefusesSender,
    Recipient,
    "The recipient, a group or a rule on their side does not accept mail from you.",
    "Ask the recipient by another way, or the owner of the group, to allow your address.",
);

pub(super) const SPF: Row = row(
    SpfRejected,
    Administrator,
    "The receiving side found that this server is not one that your domain names as its own (SPF, a \
     record in DNS).",
    "Add the sending server to the TXT record of your domain; for Microsoft 365: v=spf1 \
     include:spf.protection.outlook.com -all. And switch DKIM on.",
);

pub(super) const DMARC: Row = row(
    DmarcRejected,
    Administrator,
    "The receiving side could not confirm that the mail is from your domain, and the domain asks to \
     refuse such mail (DMARC).",
    "Send through a server that your domain allows (SPF) and that signs for it (DKIM): Defender portal, \
     Email authentication settings, DKIM; check the TXT record _dmarc of the domain.",
);

pub(super) const GREYLISTED: Row = row(
    Greylisted,
    Wait,
    "The server wants to see a second try later (greylisting, a test that spam senders fail).",
    "Send it again in five to fifteen minutes.",
);
