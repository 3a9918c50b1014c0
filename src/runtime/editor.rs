//! `$VISUAL` or `$EDITOR` on the text of a draft, in a file that only its owner can read.

use tokio::process::Command;

use crate::store::scratch::Scratch;

/// A text larger than this is not taken back into the composer.
const MOST: u64 = 2_000_000;

/// The text as the editor left it, with a warning if it ended badly; or why it stays as it was.
pub(super) async fn edit(text: &str) -> Result<(String, Option<String>), String> {
    let named = ["VISUAL", "EDITOR"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.trim().is_empty()));
    let line = named.unwrap_or_else(|| "vi".to_owned());
    // The variable may hold arguments; it is no shell line.
    let mut words = line.split_whitespace();
    let program = words.next().unwrap_or("vi");
    let scratch = Scratch::new(text).map_err(|error| error.to_string())?;
    let status = Command::new(program).args(words).arg(scratch.path()).status().await;
    let status =
        status.map_err(|error| format!("{program} cannot be started: {error}; set VISUAL or EDITOR"))?;
    let left = scratch.read_back(MOST);
    match left {
        Ok(left) if status.success() => Ok((left, None)),
        // Killed by a hang-up after many a save: what was written counts.
        Ok(left) if left != text => {
            let warning = format!(
                "{program} ended with an error ({status}); what it had written is taken, undo takes it back"
            );
            Ok((left, Some(warning)))
        }
        Ok(_) => Err(format!("{program} ended with an error ({status}); the text is as it was")),
        Err(error) => Err(format!("{error}; it is kept in {}", scratch.keep().display())),
    }
}
