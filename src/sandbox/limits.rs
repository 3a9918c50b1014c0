//! What one mailbox may do, counted over all its sessions. Source: Microsoft, "Message storage and concurrent connection
//! throttling for SMTP Authenticated Submission".

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};

/// Sessions of one mailbox at a time.
const SESSIONS: usize = 3;

/// Messages of one mailbox in [`MINUTE`].
const MESSAGES: usize = 30;

/// How long a message counts.
pub(super) const MINUTE: Duration = Duration::from_mins(1);

/// A mailbox that may sign in. Clones count together.
#[derive(Debug, Clone)]
pub struct Mailbox {
    address: String,
    sessions: Arc<Semaphore>,
    messages: Arc<Semaphore>,
}

/// A session's place among the three; given back when it is dropped.
#[derive(Debug)]
pub(super) struct Seat(#[expect(dead_code, reason = "it is held, not looked at")] OwnedSemaphorePermit);

impl Mailbox {
    pub fn new(address: impl Into<String>) -> Self {
        let of = |count| Arc::new(Semaphore::new(count));
        Self { address: address.into(), sessions: of(SESSIONS), messages: of(MESSAGES) }
    }

    pub(super) fn is(&self, user: &str) -> bool {
        self.address.eq_ignore_ascii_case(user)
    }

    /// A seat, if one is free.
    pub(super) fn enter(&self) -> Option<Seat> {
        Arc::clone(&self.sessions).try_acquire_owned().ok().map(Seat)
    }

    /// Counts a message; `false` if it is one too many. Each that was counted has to be let go a minute later.
    pub(super) fn submit(&self) -> bool {
        self.messages.try_acquire().map(SemaphorePermit::forget).is_ok()
    }

    /// A message that was counted is a minute old.
    pub(super) fn let_go(&self) {
        self.messages.add_permits(1);
    }
}
