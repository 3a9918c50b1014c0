//! What the screen looks like, told as stories: keys and news go through the mind, and the face is looked at.

mod account;
mod ascii;
mod check;
mod compose;
mod dialog;
mod focus;
mod gallery;
mod log;
mod outbox;
mod pictures;
mod screens;
mod secrets;
mod sign_in;
mod sizes;
mod status;
mod story;

use story::Story;
