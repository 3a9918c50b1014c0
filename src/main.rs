//! sendoff: see `lib.rs` for the map.

use std::process;

fn main() {
    // `exit`, not a return: a keyring call that never answers must not keep the process alive.
    process::exit(i32::from(sendoff::cli::run() as u8));
}
