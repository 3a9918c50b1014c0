//! The look that fits the terminal: theme, depth of colour, and which characters it can show.

use std::io::{self, Write as _};

use termprofile::{DetectorSettings, TermProfile};

use crate::store;
use crate::store::paths::Paths;
use crate::ui::glyphs::Glyphs;
use crate::ui::theme::{Depth, Theme};

/// The theme called `name`, for this terminal; the default, with the reason, when it cannot be used.
pub(super) fn theme(name: Option<&str>, paths: &Paths) -> (Theme, Vec<String>) {
    let own = |name: &str| store::read_text(&paths.themes.join(format!("{name}.toml"))).ok();
    let (theme, warnings) = match Theme::load(name.unwrap_or("dark"), &own) {
        Ok((theme, warnings)) => (theme, warnings.iter().map(ToString::to_string).collect()),
        Err(error) => (Theme::fallback(), vec![format!("{error} The default theme is used.")]),
    };
    // Without a question to the terminal: an answer would take a round trip.
    let profile = TermProfile::detect(&io::stdout(), DetectorSettings::new());
    (theme.at_depth(Depth::from_profile(profile)), warnings)
}

/// Does standard output show colours?
pub(crate) fn is_coloured() -> bool {
    TermProfile::detect(&io::stdout(), DetectorSettings::new()) >= TermProfile::Ansi16
}

/// Line drawing and marks, or ASCII where the locale is not UTF-8.
pub(crate) fn glyphs() -> &'static Glyphs {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .unwrap_or_default()
        .to_lowercase();
    // No locale at all is what many containers and cron jobs have; their terminals speak UTF-8 all the same.
    let is_utf8 = locale.is_empty() || locale.contains("utf-8") || locale.contains("utf8");
    if is_utf8 { &Glyphs::UNICODE } else { &Glyphs::ASCII }
}

/// Says something on the way out; a terminal that is gone is no reason to panic.
pub(super) fn complain(text: &str) {
    let _ = writeln!(io::stderr(), "sendoff: {text}");
}
