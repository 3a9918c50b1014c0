//! Exit codes, after sysexits.h, so that scripts know whether to try again.

use std::process::ExitCode;

use crate::mail::outcome::{Outcome, Report, Step, Trouble};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    Ok = 0,
    Usage = 64,
    /// A message that cannot be sent as it is.
    Data = 65,
    /// An attachment is missing.
    NoInput = 66,
    /// Refused for good, or for some.
    Unavailable = 69,
    /// Our bug.
    Software = 70,
    /// Cannot write.
    Io = 74,
    /// Try later: surely not sent.
    TempFail = 75,
    /// The protocol went wrong, or nobody knows whether it was sent.
    Protocol = 76,
    /// Sign-in refused, or no secret.
    NoPermission = 77,
    Config = 78,
}

impl Exit {
    /// What a report means for a script. `Unknown` is never 75: that would invite a duplicate.
    pub(super) fn of(report: &Report) -> Self {
        match (report.outcome, report.failure.as_ref().map(|failure| failure.trouble)) {
            (Outcome::Accepted, _) => Self::Ok,
            (Outcome::Unknown, _) => Self::Protocol,
            (Outcome::Refused, _) if report.step == Step::Auth => Self::NoPermission,
            (Outcome::Partly | Outcome::Refused, _) | (_, Some(Trouble::CannotCarry)) => Self::Unavailable,
            (Outcome::Deferred, _) | (_, Some(Trouble::Cancelled)) => Self::TempFail,
            (
                Outcome::Failed,
                Some(Trouble::NoSecret | Trouble::NotSignedIn | Trouble::NoToken | Trouble::NoMechanism),
            ) => Self::NoPermission,
            (Outcome::Failed, Some(Trouble::Config)) => Self::Config,
            (Outcome::Failed, Some(Trouble::Disk)) => Self::Io,
            (Outcome::Failed, _) => Self::Protocol,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
