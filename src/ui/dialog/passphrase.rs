//! The prompt for the passphrase of the vault.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::dialog::PassphrasePrompt;
use crate::ui::Look;

use super::secret::{Masking, draw as masked};

pub(super) fn draw(
    prompt: &PassphrasePrompt,
    look: &Look<'_>,
    area: Rect,
    buf: &mut Buffer,
) -> Option<Position> {
    let is_new = prompt.wish.is_new;
    let text = if is_new {
        "No keyring on this host would keep your password or sign-in. A vault can: a file that only a passphrase opens. Choose one; it is asked for once a run, and nobody can bring it back if it is forgotten."
    } else {
        "What you kept on this host is in the vault. Its passphrase opens it until you leave."
    };
    let (label, enter, esc) = match (is_new, prompt.is_again()) {
        (false, _) => ("Passphrase", "open", "leave it locked"),
        (true, false) => ("New passphrase", "go on", "do not keep it"),
        (true, true) => ("Once more", "make the vault", "do not keep it"),
    };
    let masking = Masking {
        title: "Vault",
        text: text.to_owned(),
        notes: prompt.wish.why.iter().map(|why| (*why).to_owned()).collect(),
        label,
        field: &prompt.field,
        is_armed: prompt.is_armed,
        keys: &[("Enter", enter), ("Esc", esc), ("Ctrl-U", "clear")],
    };
    masked(&masking, look, area, buf)
}
