//! The other end of the wire: a server that speaks like Exchange Online, over real TLS, on loopback, with every way of
//! saying no as a [`Scenario`].
//!
//! It knows SMTP as a server does: [`words`] holds every fixed text, [`Session`] is the conversation (no I/O, no clock),
//! [`Listening`] has the sockets. Beside it [`identity`] signs people in by OAuth; both share nothing but [`Tokens`]. It keeps nothing: mail, and what a client did wrong, go out as [`Report`]s. It must not
//! know our own end of the wire, accounts, files, clocks or the screen.

mod certificate;
mod command;
mod conduct;
mod connection;
mod content;
mod envelope;
mod facts;
pub mod identity;
mod limits;
mod scenario;
mod server;
mod session;
mod sign_in;
mod tokens;
mod violation;
pub mod words;

pub use facts::Facts;
pub use identity::SignInScenario;
pub use limits::Mailbox;
pub use scenario::{Scenario, Script, USER, UnknownScenario};
pub use server::{Listening, Options, Report, Sandbox, bind, bind_as};
pub use session::{Mail, Session, Step, TARPIT};
pub use sign_in::{PASSWORD, TOKEN};
pub use tokens::{Holder, Issued, Tokens};
pub use violation::{Place, Violation};
