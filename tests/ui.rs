//! What the screen looks like, told as stories: keys and news go through the mind, and the face is compared with a picture.

mod focus;
mod gallery;
mod log;
mod pictures;
mod screens;
mod sizes;
mod story;

use story::Story;
