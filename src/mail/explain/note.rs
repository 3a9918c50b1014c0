//! The note to an administrator.
