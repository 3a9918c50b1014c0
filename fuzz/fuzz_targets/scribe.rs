//! Whatever a server says: what the scribe writes down is inert, and holds no secret, nor what base64 makes of it.
#![no_main]

use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use sendoff::mail::secret::Secret;
use sendoff::mail::transcript::Kind;
use sendoff::smtp::Scribe;

/// `secret-word`, and the parts of its base64 that do not depend on its neighbours.
const FORMS: [&str; 4] = ["secret-word", "c2VjcmV0LXdvcm", "NlY3JldC13b3Jk", "zZWNyZXQtd29yZ"];

fuzz_target!(|data: &[u8]| {
    let mut scribe = Scribe::default();
    scribe.hide("ana@contoso.com", &Secret::new("secret-word".to_owned()));
    let said = String::from_utf8_lossy(data);
    let line = |line: sendoff::mail::transcript::Line| line.text.to_string();
    let written = [
        scribe.masked(data).to_string(),
        line(scribe.reply_line(Duration::ZERO, true, data)),
        line(scribe.note(Duration::ZERO, Kind::Note, &said)),
    ];
    for text in written {
        assert!(!text.contains(char::is_control), "{text}");
        for form in FORMS {
            assert!(!text.contains(form), "{form} in {text}");
        }
    }
});
