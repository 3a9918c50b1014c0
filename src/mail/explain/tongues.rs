//! The same failures in other languages: what mail programs, .NET, Windows, the C library and providers say where the system
//! does not speak English. The classes of words that the signs share are in `senses`.

pub(super) mod line;
pub(super) mod refusals;
pub(super) mod sign_in;
