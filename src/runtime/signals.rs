//! The signals that the composer answers to.

use std::future::ready;
use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};

pub(super) enum Caught {
    Resized,
    HangUp,
    Terminate,
}

pub(super) struct Signals {
    resize: Signal,
    hang_up: Signal,
    terminate: Signal,
    interrupt: Signal,
    quit: Signal,
}

impl Signals {
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self {
            resize: signal(SignalKind::window_change())?,
            hang_up: signal(SignalKind::hangup())?,
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            quit: signal(SignalKind::quit())?,
        })
    }

    pub(super) async fn next(&mut self) -> Caught {
        tokio::select! {
            _ = self.resize.recv() => Caught::Resized,
            _ = self.hang_up.recv() => Caught::HangUp,
            _ = self.terminate.recv() => Caught::Terminate,
            // In raw mode Ctrl-C and Ctrl-\ are keys; these come from elsewhere.
            _ = self.interrupt.recv() => Caught::Terminate,
            _ = self.quit.recv() => Caught::Terminate,
        }
    }

    /// While another program had the terminal, Ctrl-C and Ctrl-\ were for that one, though the terminal told us as well.
    pub(super) async fn forget_keys(&mut self) {
        // One turn of the driver: what came before the other program's end is here now.
        tokio::task::yield_now().await;
        for typed in [&mut self.interrupt, &mut self.quit] {
            tokio::select! {
                biased;
                _ = typed.recv() => {}
                () = ready(()) => {}
            }
        }
    }
}
