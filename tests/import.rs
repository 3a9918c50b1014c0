//! Accounts that other programs know.
