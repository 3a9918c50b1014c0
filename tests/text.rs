//! The sanitiser, sizes and times: what foreign text may do on a screen (nothing), and how numbers read.

use std::time::Duration;

use sendoff::mail::size::Size;
use sendoff::mail::text::Shown;
use sendoff::mail::transcript::Took;

#[test]
fn what_would_act_is_spelled_out() {
    let table = [
        (
            "plain text, Zoë, 王, 🇮🇳 👍🏽 👩\u{200d}🚀 ❤\u{fe0f}",
            "plain text, Zoë, 王, 🇮🇳 👍🏽 👩\u{200d}🚀 ❤\u{fe0f}",
        ),
        ("a\tb\r\nc", "a^Ib^M^Jc"),
        ("\0\x07\x08\x1b[2J\x7f", "^@^G^H^[[2J^?"),
        ("\u{9b}31m\u{9d}\u{85}", "<U+009B>31m<U+009D><U+0085>"),
        ("\u{202e}cod.exe\u{2066}\u{2069}", "<U+202E>cod.exe<U+2066><U+2069>"),
        ("a\u{ad}b\u{200b}c\u{feff}d\u{2028}e\u{2060}f", "a<U+00AD>b<U+200B>c<U+FEFF>d<U+2028>e<U+2060>f"),
        ("\u{e0041}\u{e007f}", "<U+E0041><U+E007F>"),
    ];
    for (text, shown) in table {
        assert_eq!(Shown::new(text).as_str(), shown);
        assert_eq!(Shown::from_bytes(text.as_bytes()).as_str(), shown);
    }
    assert_eq!(Shown::from_bytes(b"a\xFF\xC3(\x80\xE2\x82").as_str(), "a\\xFF\\xC3(\\x80\\xE2\\x82");
}

#[test]
fn no_character_at_all_gets_through_that_should_not() {
    let everything: String = (0..=0x0010_FFFF).filter_map(char::from_u32).collect();
    let shown = Shown::new(&everything);
    assert!(!shown.as_str().chars().any(char::is_control));
    for range in [
        '\u{200e}'..='\u{200f}',
        '\u{2028}'..='\u{202e}',
        '\u{2060}'..='\u{206f}',
        '\u{e0000}'..='\u{e007f}',
        '\u{61c}'..='\u{61c}',
        '\u{feff}'..='\u{feff}',
    ] {
        assert!(!shown.as_str().contains(|c| range.contains(&c)), "{range:?}");
    }
    assert_eq!(Shown::new(shown.as_str()), shown, "what is safe stays as it is");
}

#[test]
fn sizes_read_as_mail_limits_do() {
    let table = [
        (0, "0 B"),
        (999, "999 B"),
        (1_000, "1 KB"),
        (1_001, "2 KB"),
        (88_000, "88 KB"),
        (999_999, "1000 KB"),
        (1_000_000, "1.0 MB"),
        (1_849_999, "1.8 MB"),
        (35_000_000, "35.0 MB"),
        (2_500_000_000, "2.5 GB"),
    ];
    for (bytes, text) in table {
        assert_eq!(Size(bytes).to_string(), text);
    }
    assert_eq!(format!("[{:>8}]", Size(512)), "[   512 B]");
}

#[test]
fn times_fit_their_column() {
    let table = [
        (0, "<1 ms"),
        (1, "1 ms"),
        (999, "999 ms"),
        (1_000, "1.0 s"),
        (5_149, "5.1 s"),
        (59_949, "59.9 s"),
        (59_999, "60.0 s"),
        (60_000, "1 min"),
        (6_000_000, "100 min"),
    ];
    for (millis, text) in table {
        let took = Took(Duration::from_millis(millis)).to_string();
        assert_eq!(took, text);
        assert!(took.len() <= 7);
    }
}
