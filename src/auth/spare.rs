//! Descriptors to spare: whether a part of others that counts on them is called at all. Some of them end in a fault of their
//! own where they get none.

use std::io;
use std::os::fd::{AsFd as _, OwnedFd};

/// Fails if this process may not open `count` more files at once, as after `ulimit -n 10`. They are taken and given back.
pub fn descriptors(count: usize) -> io::Result<()> {
    let stderr = io::stderr();
    let taken: io::Result<Vec<OwnedFd>> = (0..count).map(|_| stderr.as_fd().try_clone_to_owned()).collect();
    taken.map(drop)
}
