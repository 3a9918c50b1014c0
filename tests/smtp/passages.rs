//! Passages of dialogue that scripts are put together from.

/// Up to the first EHLO.
pub(crate) const GREETING: &str = "
    S: 220 mail.contoso.com ready
    C: EHLO [127.0.0.1]";

/// STARTTLS is offered and done, and hello said again.
pub(crate) const STARTTLS: &str = "
    S: 250-mail.contoso.com
    S: 250 STARTTLS
    C: STARTTLS
    S: 220 go ahead
    == tls
    C: EHLO [127.0.0.1]";

/// A password is taken by PLAIN; commands then go one by one.
pub(crate) const SIGN_IN: &str = "
    S: 250-mail.contoso.com
    S: 250 AUTH PLAIN LOGIN XOAUTH2
    C: AUTH PLAIN *
    S: 235 2.7.0 welcome";

/// As `SIGN_IN`, with PIPELINING.
pub(crate) const SIGN_IN_PIPELINING: &str = "
    S: 250-mail.contoso.com
    S: 250-PIPELINING
    S: 250 AUTH PLAIN
    C: AUTH PLAIN *
    S: 235 2.7.0 welcome";

/// Nothing is offered.
pub(crate) const BARE_HELLO: &str = "
    S: 250 mail.contoso.com";

/// PIPELINING and nothing else is offered.
pub(crate) const PIPELINING_HELLO: &str = "
    S: 250-mail.contoso.com
    S: 250 PIPELINING";

/// The envelope for one recipient, in turns.
pub(crate) const ENVELOPE: &str = "
    C: MAIL FROM:<ana@contoso.com>
    S: 250 2.1.0 sender fine
    C: RCPT TO:<bob@fabrikam.com>
    S: 250 2.1.5 recipient fine
    C: DATA
    S: 354 go ahead";

/// The same in one flight.
pub(crate) const FLIGHT: &str = "
    C: MAIL FROM:<ana@contoso.com>
    C: RCPT TO:<bob@fabrikam.com>
    C: DATA
    S: 250 2.1.0 sender fine
    S: 250 2.1.5 recipient fine
    S: 354 go ahead";

/// The message is taken, and the session ends in order.
pub(crate) const TAKEN: &str = "
    == message
    S: 250 2.0.0 OK <theirs@mail.contoso.com>
    C: QUIT
    S: 221 bye
    == close";
