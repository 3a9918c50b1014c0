//! What the screen looks like, told as stories: keys and news go through the mind, and the face is compared with a picture.

#[path = "support/picture.rs"]
mod picture;

mod gallery;
mod screens;
mod sizes;
mod story;

use story::Story;
