//! The accounts in the configuration: presets, forms, edits of the file, and `sendoff accounts`.

mod command;
mod composer;
mod edits;
mod file;
mod first;
mod form;
mod preset;
