//! What Exchange Online takes from one mailbox: one line at a time from here, and less than 30 messages a minute. More is
//! refused after the message has been sent, so the wait is on this side, and said.
//! Microsoft: "Message storage and concurrent connection throttling for SMTP Authenticated Submission".

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::sleep;

/// One less than the limit: another program may send for the mailbox, too.
const MESSAGES: usize = 29;
const MINUTE: Duration = Duration::from_mins(1);

/// The way out of one mailbox.
#[derive(Clone)]
pub(super) struct Lane {
    line: Arc<Semaphore>,
    minute: Arc<Semaphore>,
}

/// The line is taken for as long as this lives.
pub(super) struct Line {
    _permit: OwnedSemaphorePermit,
}

impl Lane {
    pub(super) fn new() -> Self {
        Self { line: Arc::new(Semaphore::new(1)), minute: Arc::new(Semaphore::new(MESSAGES)) }
    }

    pub(super) fn try_line(&self) -> Option<Line> {
        let permit = Arc::clone(&self.line).try_acquire_owned().ok()?;
        Some(Line { _permit: permit })
    }

    /// Waits until nothing else is being sent from here.
    pub(super) async fn line(&self) -> Line {
        let permit = Arc::clone(&self.line).acquire_owned().await;
        Line { _permit: permit.expect("the semaphore is never closed") }
    }

    /// Counts a message, if there is room for it in this minute.
    pub(super) fn try_turn(&self) -> bool {
        let permit = Arc::clone(&self.minute).try_acquire_owned();
        permit.map(give_back).is_ok()
    }

    /// Counts a message, once there is room for it.
    pub(super) async fn turn(&self) {
        let permit = Arc::clone(&self.minute).acquire_owned().await;
        give_back(permit.expect("the semaphore is never closed"));
    }
}

fn give_back(permit: OwnedSemaphorePermit) {
    tokio::spawn(async move {
        sleep(MINUTE).await;
        drop(permit);
    });
}

#[cfg(test)]
mod tests {
    use tokio::time::Instant;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_minute_takes_no_more_than_its_number_of_messages() {
        let (lane, start) = (Lane::new(), Instant::now());
        for _ in 0..MESSAGES {
            assert!(lane.try_turn());
        }
        assert!(!lane.try_turn());
        lane.turn().await;
        assert_eq!(start.elapsed(), MINUTE);
        for _ in 0..3 * MESSAGES {
            lane.turn().await;
        }
        assert_eq!(start.elapsed(), 4 * MINUTE);
    }

    #[tokio::test(start_paused = true)]
    async fn there_is_one_line_at_a_time() {
        let lane = Lane::new();
        let first = lane.try_line().unwrap();
        assert!(lane.try_line().is_none());
        let second = tokio::join!(lane.line(), async {
            sleep(Duration::from_secs(5)).await;
            drop(first);
        });
        assert!(lane.try_line().is_none());
        drop(second);
        assert!(lane.try_line().is_some());
    }
}
