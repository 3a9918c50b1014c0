//! The help: the keys, made from the table that binds them.

use super::action::ALL;
use super::dialog::Dialog;
use super::keymap::Scope;
use super::model::Model;

/// The keys, made from the table that binds them.
pub(super) fn keys(model: &Model) -> Dialog {
    const PARTS: [(Scope, &str); 6] = [
        (Scope::Everywhere, "Everywhere"),
        (Scope::Compose, "In the message (with the readline keys)"),
        (Scope::Lists, "In accounts, outbox and log"),
        (Scope::Accounts, "In accounts"),
        (Scope::Outbox, "In the outbox"),
        (Scope::Log, "In the log"),
    ];
    let mut lines = Vec::new();
    for (scope, title) in PARTS {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(title.to_owned());
        for row in ALL {
            let bound = model.keymap.bindings().iter().filter(|b| b.scope == scope && b.action == row.action);
            let keys: Vec<String> = bound.map(|binding| binding.press.to_string()).collect();
            if !keys.is_empty() {
                lines.push(format!("  {:<18} {}", keys.join(", "), row.says));
            }
        }
    }
    lines.push(String::new());
    lines.push(
        "Another key for a command: [keys] in the configuration, such as \"f2\" = \"send\".".to_owned(),
    );
    Dialog::text("Keys", lines)
}
