//! Commands: the bytes that go out, and beside them what may be seen of them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use lettre::transport::smtp::commands::{Data, Mail, Quit, Rcpt, Rset, Starttls};
use lettre::transport::smtp::extension::{MailBodyParameter, MailParameter, RcptParameter};
use zeroize::Zeroizing;

use crate::mail::address::Address;
use crate::mail::dsn::Dsn;
use crate::mail::letter::Envelope;
use crate::mail::secret::Secret;

use super::capability::Capabilities;
use super::error::SmtpError;

/// What stands in the log for a secret. Always the same length: the length of a password is a hint, too.
pub(super) const HIDDEN: &str = "[hidden]";

/// One command line.
pub(super) struct Command {
    wire: Zeroizing<String>,
    shown: Option<String>,
}

impl Command {
    pub(super) fn ehlo(name: &str) -> Self {
        Self::open(format!("EHLO {name}\r\n"))
    }

    pub(super) fn starttls() -> Self {
        Self::open(Starttls.to_string())
    }

    /// `MAIL FROM:<...>` with what the letter needs and the server offers (RFC 1870, RFC 6152, RFC 6531, RFC 3461).
    pub(super) fn mail(envelope: &Envelope, offered: &Capabilities) -> Self {
        let mut parameters = Vec::new();
        if offered.size.is_some()
            && let Ok(size) = usize::try_from(envelope.size)
        {
            parameters.push(MailParameter::Size(size));
        }
        if envelope.eight_bit && offered.eight_bit {
            parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        if envelope.smtputf8 {
            parameters.push(MailParameter::SmtpUtfEight);
        }
        if let Some(dsn) = envelope.dsn.filter(|_| offered.dsn) {
            // The report that comes back can be matched with its message by this.
            let id = envelope.message_id.trim_matches(['<', '>']);
            let other = |keyword: &str, value: &str| MailParameter::Other {
                keyword: keyword.to_owned(),
                value: Some(value.to_owned()),
            };
            parameters.extend([other("RET", dsn.ret.as_str()), other("ENVID", id)]);
        }
        Self::open(Mail::new(Some(envelope.from.as_lettre().clone()), parameters).to_string())
    }

    pub(super) fn rcpt(to: &Address, dsn: Option<Dsn>) -> Self {
        let notify = dsn.map(|dsn| RcptParameter::Other {
            keyword: "NOTIFY".to_owned(),
            value: Some(dsn.notify.to_string()),
        });
        Self::open(Rcpt::new(to.as_lettre().clone(), notify.into_iter().collect()).to_string())
    }

    /// So many octets of the message follow the line end at once (RFC 3030).
    pub(super) fn bdat(octets: usize, is_last: bool) -> Self {
        Self::open(format!("BDAT {octets}{}\r\n", if is_last { " LAST" } else { "" }))
    }

    pub(super) fn data() -> Self {
        Self::open(Data.to_string())
    }

    pub(super) fn rset() -> Self {
        Self::open(Rset.to_string())
    }

    pub(super) fn quit() -> Self {
        Self::open(Quit.to_string())
    }

    /// RFC 4616, with an initial response (RFC 4954 section 4).
    pub(super) fn auth_plain(user: &str, password: &Secret) -> Self {
        let blob = Zeroizing::new(format!("\0{user}\0{}", password.reveal()));
        let blob = Zeroizing::new(STANDARD.encode(&*blob));
        Self::masked(format!("AUTH PLAIN {}\r\n", *blob), "AUTH PLAIN")
    }

    /// Microsoft's "SASL XOAUTH2": `user=` and `auth=Bearer`, each closed by Ctrl-A.
    pub(super) fn auth_xoauth2(user: &str, token: &Secret) -> Self {
        let blob = Zeroizing::new(format!("user={user}\x01auth=Bearer {}\x01\x01", token.reveal()));
        let blob = Zeroizing::new(STANDARD.encode(&*blob));
        Self::masked(format!("AUTH XOAUTH2 {}\r\n", *blob), "AUTH XOAUTH2")
    }

    /// LOGIN with the user name as initial response; `None` asks to be prompted for it.
    pub(super) fn auth_login(user: Option<&str>) -> Self {
        match user {
            Some(user) => Self::masked(format!("AUTH LOGIN {}\r\n", STANDARD.encode(user)), "AUTH LOGIN"),
            None => Self::open("AUTH LOGIN\r\n".to_owned()),
        }
    }

    /// The answer to a challenge. Masked whatever it is: it belongs to a sign-in.
    pub(super) fn response(text: &str) -> Self {
        let encoded = Zeroizing::new(STANDARD.encode(text));
        Self { wire: Zeroizing::new(format!("{}\r\n", *encoded)), shown: Some(HIDDEN.to_owned()) }
    }

    /// The empty answer that makes a server say why it refuses a token.
    pub(super) fn empty_response() -> Self {
        Self { wire: Zeroizing::new("\r\n".to_owned()), shown: Some("(empty line)".to_owned()) }
    }

    /// Cancels a sign-in (RFC 4954 section 4).
    pub(super) fn cancel() -> Self {
        Self::open("*\r\n".to_owned())
    }

    fn open(wire: String) -> Self {
        Self { wire: Zeroizing::new(wire), shown: None }
    }

    fn masked(wire: String, words: &str) -> Self {
        Self { wire: Zeroizing::new(wire), shown: Some(format!("{words} {HIDDEN}")) }
    }

    /// The line as it goes out. A control character in it would be a second command.
    pub(super) fn wire(&self) -> Result<&[u8], SmtpError> {
        let line = self.wire.strip_suffix("\r\n").ok_or(SmtpError::UnsafeCommand)?;
        if line.bytes().any(|byte| byte.is_ascii_control()) {
            return Err(SmtpError::UnsafeCommand);
        }
        Ok(self.wire.as_bytes())
    }

    /// The line as it may be seen.
    pub(super) fn shown(&self) -> &str {
        self.shown.as_deref().unwrap_or_else(|| self.wire.trim_end())
    }
}
