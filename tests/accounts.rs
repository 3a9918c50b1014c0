//! The accounts in the configuration: presets, forms, edits of the file, and `sendoff accounts`.

mod command;
mod edits;
mod file;
mod form;
mod preset;
