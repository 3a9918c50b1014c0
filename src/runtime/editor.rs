//! `$VISUAL` or `$EDITOR` on the text of a draft, in a file that only its owner can read.

use tokio::process::Command;

use crate::store::scratch::Scratch;

/// A text larger than this is not taken back into the composer.
const MOST: u64 = 2_000_000;

/// The text as the editor left it, or why it stays as it was.
pub(super) async fn edit(text: &str) -> Result<String, String> {
    let named = ["VISUAL", "EDITOR"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.trim().is_empty()));
    let line = named.unwrap_or_else(|| "vi".to_owned());
    // The variable may hold arguments; it is no shell line.
    let mut words = line.split_whitespace();
    let program = words.next().unwrap_or("vi");
    let scratch = Scratch::new(text).map_err(|error| error.to_string())?;
    let status = Command::new(program).args(words).arg(scratch.path()).status().await;
    match status {
        Err(error) => Err(format!("{program} cannot be started: {error}; set VISUAL or EDITOR")),
        Ok(status) if !status.success() => {
            Err(format!("{program} ended with an error ({status}); the text is as it was"))
        }
        Ok(_) => scratch.read_back(MOST).map_err(|error| error.to_string()),
    }
}
