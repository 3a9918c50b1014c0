//! The terminal in other hands: an editor's, a `password_command`'s, the shell's.

use super::{LAST_FRAME, Program};
use crate::app::model::{Notice, SendId, Severity};
use crate::app::msg::Msg;
use crate::auth::helper;
use crate::mail::text::Shown;
use crate::runtime::{editor, look, terminal};

impl Program {
    /// Gives the terminal away, and takes it back when `meanwhile` is done.
    async fn without_terminal<T>(&mut self, meanwhile: impl AsyncFnOnce() -> T) -> T {
        self.keyboard.pause();
        self.writer.settle(LAST_FRAME);
        terminal::leave();
        let result = meanwhile().await;
        self.signals.forget_keys().await;
        if let Ok(bytes) = terminal::enter() {
            self.writer.write(bytes);
            self.is_writing = true;
        }
        self.keyboard.resume();
        self.anew();
        let (columns, rows) = terminal::size();
        self.model.size = (columns, rows);
        result
    }

    pub(super) async fn edit(&mut self, text: String) {
        let edited = self.without_terminal(async || editor::edit(&text).await).await;
        let edited = edited.map(|(text, warning)| {
            self.model.notice = warning.map(|text| Notice { severity: Severity::Warning, text });
            text
        });
        Box::pin(self.happen(Msg::Edited(edited))).await;
    }

    /// `password_command` asks whatever it has to ask.
    pub(super) async fn lend(&mut self, id: SendId) {
        let Some(argv) = self.hands.helper_of(id).filter(|_| self.has_terminal) else {
            return self.hands.lent(id, None);
        };
        let lent = self
            .without_terminal(async || {
                look::complain(&format!("{} has the terminal; Ctrl-C ends it", Shown::new(&argv.join(" "))));
                helper::run(&argv, helper::Terminal::Free).await
            })
            .await;
        self.hands.lent(id, Some(lent));
    }

    pub(super) async fn suspend(&mut self) {
        // The whole process stops here, and goes on here when the shell says so.
        self.without_terminal(async || {
            let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::TSTP);
        })
        .await;
    }
}
