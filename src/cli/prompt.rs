//! Asks whoever sits at the terminal for a secret.

use crate::mail::account::Account;
use crate::mail::secret::Secret;

/// What was entered; `None` without a terminal, or for nothing.
pub(super) async fn secret(account: &Account) -> Option<Secret> {
    let word = capitalised(account.secret_word());
    let prompt = format!("{word} for {} at {}: ", account.username, account.host);
    let typed = tokio::task::spawn_blocking(move || rpassword::prompt_password(prompt)).await;
    typed.ok()?.ok().filter(|text| !text.is_empty()).map(Secret::new)
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
