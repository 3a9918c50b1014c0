//! The words of a hostile server, as lines of a script: `\x1B` is one octet.

/// Codes of every class: those that mean something somewhere in SMTP, and some that mean nothing.
pub(super) const CODES: [u16; 44] = [
    200, 211, 214, 220, 221, 235, 250, 251, 252, 259, 299, 300, 334, 354, 399, 400, 421, 422, 430, 431, 432,
    449, 450, 451, 452, 454, 455, 500, 501, 502, 503, 504, 521, 530, 534, 535, 538, 550, 551, 552, 553, 554,
    555, 599,
];

/// Lines that are no reply. `{}` stands for the good code.
pub(super) const NONSENSE: [(&str, &str); 34] = [
    ("a 1yz", "150 soon"),
    ("a 6yz", "650 x"),
    ("nines", "999 x"),
    ("zeros", "000 x"),
    ("an empty line", ""),
    ("a blank line", "    "),
    ("one digit", "2"),
    ("two digits", "25"),
    ("two digits and text", "25 x"),
    ("four digits", "{}0 x"),
    ("minus", "-{} x"),
    ("plus", "+{} x"),
    ("a space before", " {} x"),
    ("a tab before", "\t{} x"),
    ("a tab behind", "{}\tx"),
    ("no space behind", "{}x"),
    ("an underscore behind", "{}_x"),
    ("a dot behind", "{}.1 x"),
    ("a letter O for a zero", "25O x"),
    ("hexadecimal", "0xFA x"),
    ("full-width digits", "２５０ x"),
    ("Arabic digits", "٢٥٠ x"),
    ("superscript digits", "²⁵⁰ x"),
    ("a byte-order mark before", "\u{feff}{} x"),
    ("a direction override before", "\u{202e}{} x"),
    ("a NUL in the code", "2\\x0050 x"),
    ("a NUL before the code", "\\x00{} x"),
    ("bytes that are no text", "\\xFF\\xFE\\x80"),
    ("only words", "OK"),
    ("another protocol's OK", "+OK ready"),
    ("another protocol's greeting", "* OK [CAPABILITY IMAP4rev1] ready"),
    ("an SSH banner", "SSH-2.0-OpenSSH_9.7"),
    ("a page", "HTTP/1.1 302 Found\\r\\nLocation: https://captive.example.com/\\r\\n\\r\\n<html>"),
    ("an escape sequence", "\\x1B[2J\\x1B]0;title\\x07"),
];

/// Text that a good reply may carry without being any worse.
pub(super) const TEXTS: [(&str, &str); 18] = [
    ("a NUL in its text", "a\\x00b"),
    ("a CR in its text", "a\\rb"),
    ("bytes that are not UTF-8", "\\xFF\\xFE\\xC0\\x80"),
    ("half a character", "\\xE2\\x82"),
    ("escape sequences", "\\x1B[2J\\x1B[31m\\x1B]0;title\\x07"),
    ("a write to the clipboard", "\\x1B]52;c;ZXZpbA==\\x07"),
    ("a terminal query", "\\x1B[6n\\x1BP$qm\\x1B\\\\\\x05"),
    ("C1 controls in one byte", "\\x9B31m\\x90\\x9D\\x85"),
    ("C1 controls as characters", "\u{9b}31m\u{85}\u{90}"),
    ("direction overrides", "\u{202e}txt.exe\u{202c}\u{2066}x\u{2069}"),
    ("nothing to see", "\u{200b}\u{feff}\u{e0041}"),
    ("a heap of accents", "a\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}"),
    ("another code as text", "550 5.7.1 denied"),
    ("a class of its own in the enhanced code", "5.7.1 denied"),
    ("a redirection", "551 User not local; please try <evil@example.com> at mail.example.com:25"),
    ("a link", "see https://example.com/?u=ana and call +1 555 0100"),
    ("a format", "%s%n {} {0} ${HOME} $(id) `id`"),
    ("a long word", "{long}"),
];
