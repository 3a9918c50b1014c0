//! Any bytes as text: nothing in it acts on a screen, and making it safe twice changes nothing.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sendoff::mail::text::Shown;

fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fuzz_target!(|data: &[u8]| {
    let shown = Shown::from_bytes(data);
    assert!(!shown.as_str().contains(acts));
    assert_eq!(Shown::new(shown.as_str()), shown);
    if let Ok(text) = str::from_utf8(data) {
        assert_eq!(Shown::new(text), shown);
        assert!(text.contains(|c: char| !c.is_ascii_graphic() && c != ' ') || shown.as_str() == text);
    }
});
