//! Any size, any state: nothing panics.
