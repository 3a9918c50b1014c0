//! How many colours a terminal shows.

use termprofile::TermProfile;

/// How many colours a terminal shows, the richest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Depth {
    /// 24 bits, any colour.
    TrueColor,
    /// The 256 colours that look the same on every terminal, mostly.
    Ansi256,
    /// The 16 colours each terminal paints in its own way.
    Ansi16,
    /// None: bold, dim, underline and reverse say it all (`NO_COLOR`).
    None,
}

impl Depth {
    /// The depth of a terminal that `termprofile` has looked at.
    pub fn from_profile(profile: TermProfile) -> Self {
        match profile {
            TermProfile::TrueColor => Self::TrueColor,
            TermProfile::Ansi256 => Self::Ansi256,
            TermProfile::Ansi16 => Self::Ansi16,
            TermProfile::NoColor | TermProfile::NoTty => Self::None,
        }
    }
}
