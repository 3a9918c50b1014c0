//! `sendoff accounts`, as it is run.
