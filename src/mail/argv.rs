//! A command line as people type it, and the words that a program gets: no shell, so nothing in it is expanded.

/// Why a text is no list of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotWords {
    #[error("a quotation mark is not closed")]
    OpenQuote,
    #[error("it ends in a backslash")]
    OpenEscape,
    /// Only a shell knows what it means.
    #[error("{0} has a meaning only in a shell")]
    Shell(char),
}

/// What a shell would act on outside quotation marks.
const SHELL: &str = "|&;<>()$`*?[]{}#!\n";
/// And inside double ones.
const SHELL_QUOTED: &str = "$`";

/// Cuts `pass show "my work"` into words by spaces, quotation marks and backslashes. What needs a shell is an error.
pub fn split(text: &str) -> Result<Vec<String>, NotWords> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut chars = text.trim().chars();
    while let Some(c) = chars.next() {
        match c {
            ' ' | '\t' => words.extend(word.take()),
            '\'' => single(&mut chars, word.get_or_insert_default())?,
            '"' => double(&mut chars, word.get_or_insert_default())?,
            '\\' => word.get_or_insert_default().push(chars.next().ok_or(NotWords::OpenEscape)?),
            '~' if word.is_none() => return Err(NotWords::Shell('~')),
            c if SHELL.contains(c) => return Err(NotWords::Shell(c)),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    let is_assignment = words.first().is_some_and(|first: &String| first.contains('='));
    if is_assignment { Err(NotWords::Shell('=')) } else { Ok(words) }
}

fn single(chars: &mut impl Iterator<Item = char>, word: &mut String) -> Result<(), NotWords> {
    for c in chars {
        if c == '\'' {
            return Ok(());
        }
        word.push(c);
    }
    Err(NotWords::OpenQuote)
}

fn double(chars: &mut impl Iterator<Item = char>, word: &mut String) -> Result<(), NotWords> {
    while let Some(c) = chars.next() {
        match c {
            '"' => return Ok(()),
            '\\' => match chars.next().ok_or(NotWords::OpenQuote)? {
                escaped if "\"\\$`".contains(escaped) => word.push(escaped),
                other => word.extend(['\\', other]),
            },
            c if SHELL_QUOTED.contains(c) => return Err(NotWords::Shell(c)),
            c => word.push(c),
        }
    }
    Err(NotWords::OpenQuote)
}

/// One line that `split` reads as these words again.
pub fn join(words: &[String]) -> String {
    words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
}

fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./:@%+,".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// The words of a command that another program hands to a shell: as they are where no shell is needed, else by way of one.
pub fn of_shell(command: &str) -> Vec<String> {
    match split(command) {
        Ok(words) if !words.is_empty() => words,
        _ => vec!["sh".into(), "-c".into(), command.to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_as_a_shell_would_cut_them() {
        for (text, words) in [
            ("pass show work", &["pass", "show", "work"][..]),
            ("  pass\tshow  'my work' ", &["pass", "show", "my work"]),
            ("gpg -d \"a b\"c", &["gpg", "-d", "a bc"]),
            ("echo \\$HOME \"\\$x\" '$y'", &["echo", "$HOME", "$x", "$y"]),
            ("x ''", &["x", ""]),
            ("x --set=1", &["x", "--set=1"]),
            ("", &[]),
        ] {
            assert_eq!(split(text).unwrap(), words, "{text}");
            assert_eq!(split(&join(&split(text).unwrap())).unwrap(), words, "{text}");
        }
    }

    #[test]
    fn what_needs_a_shell_gets_one() {
        for (text, why) in [
            ("gpg -d ~/x", NotWords::Shell('~')),
            ("gpg -d x | head -1", NotWords::Shell('|')),
            ("echo \"$PASS\"", NotWords::Shell('$')),
            ("A=1 pass", NotWords::Shell('=')),
            ("pass 'x", NotWords::OpenQuote),
            ("pass x\\", NotWords::OpenEscape),
        ] {
            assert_eq!(split(text), Err(why), "{text}");
            assert_eq!(of_shell(text), ["sh", "-c", text]);
        }
    }
}
