//! What may enter the text, whoever sends it: a key, a paste, a draft, another program.

/// `text` without control characters but newline and tab; for a field, with a space for each run of newlines and for
/// each tab.
pub(super) fn clean(text: &str, one_line: bool) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' | '\n' | '\u{2028}' | '\u{2029}' if one_line => {
                while chars.next_if(|&c| matches!(c, '\r' | '\n' | '\u{2028}' | '\u{2029}')).is_some() {}
                clean.push(' ');
            }
            '\r' => {
                chars.next_if_eq(&'\n');
                clean.push('\n');
            }
            '\n' | '\u{2028}' | '\u{2029}' => clean.push('\n'),
            '\t' => clean.push(if one_line { ' ' } else { '\t' }),
            c if c.is_control() => {}
            c => clean.push(c),
        }
    }
    clean
}
