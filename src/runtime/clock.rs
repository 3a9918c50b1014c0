//! The clock and the dice.

use std::time::SystemTime;

use jiff::Timestamp;

use crate::mail::draft::Stamp;
use crate::mail::outbox::LetterId;

/// What makes this letter differ from the next.
pub fn stamp() -> Result<Stamp, getrandom::Error> {
    let mut token = [0; 16];
    getrandom::fill(&mut token)?;
    Ok(Stamp { date: SystemTime::now(), token })
}

pub fn now() -> Timestamp {
    Timestamp::now()
}

/// The same for the record of a session: to the millisecond, since sessions follow one another fast.
pub fn record_name(stamp: &Stamp) -> String {
    let at = Timestamp::try_from(stamp.date).unwrap_or(Timestamp::UNIX_EPOCH);
    format!("{}-{}", at.strftime("%Y%m%dT%H%M%S%.3f"), &stamp.hex()[..8])
}

/// A name that sorts by time and is never taken.
pub fn letter_id(stamp: &Stamp) -> LetterId {
    let at = Timestamp::try_from(stamp.date).unwrap_or(Timestamp::UNIX_EPOCH);
    LetterId(format!("{}-{}", at.strftime("%Y%m%dT%H%M%S"), &stamp.hex()[..8]))
}
