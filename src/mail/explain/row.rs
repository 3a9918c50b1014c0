//! One row of the tables: the signs by which a cause is known, and what is said of it.

use super::senses::class;
use super::text::{Found, Text};
use super::{Cause, Explanation, Who};
use crate::mail::outcome::Step;

/// What is said when one of the signs is there.
///
/// A sign is a list of parts joined by ` & `, all of which must hold:
/// `words` stand in the text (lower case, reply codes taken out), `!words` do not, `#5.7.1` is an enhanced code that was
/// found (or one below it), `@535` a reply code, `%110` an error's number on this machine, `?auth` the command that was
/// refused, where a dialogue shows it.
/// A word of up to four letters stands by itself; `den*` is the beginning of one.
/// Of `user|mailbox` one is enough, and of `!user|mailbox` none may be there; `<person>` is any word of that class ([`class`]).
/// A sign that begins with `~` counts only in a server's refusal: its words are too common to mean anything by themselves.
/// One that begins with `^` counts only where no server has refused anything.
/// In a long list the signs of several parts stand first, then the plain words, from a to z.
#[derive(Clone, Copy)]
pub(super) struct Row {
    pub(super) cause: Cause,
    who: Who,
    says: &'static str,
    todo: &'static str,
    signs: &'static [&'static str],
    /// None of the signs counts where one of these stands.
    unless: &'static [&'static str],
    /// Only in these steps; none means any. Text that was pasted has no step.
    steps: &'static [Step],
    is_confirmed: bool,
}

/// A row without signs yet.
pub(super) const fn row(cause: Cause, who: Who, says: &'static str, todo: &'static str) -> Row {
    Row { cause, who, says, todo, signs: &[], unless: &[], steps: &[], is_confirmed: false }
}

impl Row {
    pub(super) const fn when(mut self, signs: &'static [&'static str]) -> Self {
        self.signs = signs;
        self
    }

    pub(super) const fn unless(mut self, signs: &'static [&'static str]) -> Self {
        self.unless = signs;
        self
    }

    pub(super) const fn at(mut self, steps: &'static [Step]) -> Self {
        self.steps = steps;
        self
    }

    /// The texts behind the signs are known from Microsoft's pages or from dialogues posted in public.
    pub(super) const fn confirmed(mut self) -> Self {
        self.is_confirmed = true;
        self
    }

    /// Does one of the signs stand in `text`, of whose codes only `found` count?
    pub(super) fn fits(&self, step: Option<Step>, text: &Text, found: &[Found]) -> bool {
        (self.steps.is_empty() || step.is_some_and(|step| self.steps.contains(&step)))
            && self.signs.iter().any(|sign| stands(sign, text, found))
            && !self.unless.iter().any(|sign| stands(sign, text, found))
    }

    pub(super) fn explanation(&self) -> Explanation {
        Explanation {
            cause: self.cause.as_str(),
            says: self.says.to_owned(),
            who: self.who,
            todo: self.todo,
            is_confirmed: self.is_confirmed,
        }
    }
}

fn stands(sign: &str, text: &Text, found: &[Found]) -> bool {
    let all = match sign.as_bytes().first() {
        Some(b'~') if !text.is_refusal => return false,
        Some(b'^') if text.is_refusal => return false,
        Some(b'~' | b'^') => &sign[1..],
        _ => sign,
    };
    all.split(" & ").all(|part| match part.strip_prefix('!') {
        Some(none) => !none.split('|').any(|one| holds(one, text, found)),
        None => part.split('|').any(|one| holds(one, text, found)),
    })
}

/// Shorter words stand inside others: `ip` in `recipient`.
const SHORT: usize = 4;

fn is_word(word: &str, text: &str) -> bool {
    let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(word).any(|(at, _)| {
        is_edge(text[..at].chars().next_back()) && is_edge(text[at + word.len()..].chars().next())
    })
}

fn holds(part: &str, text: &Text, found: &[Found]) -> bool {
    if let Some(name) = part.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) {
        return class(name).iter().any(|word| holds(word, text, found));
    }
    if let Some(prefix) = part.strip_prefix('#') {
        return found.iter().filter_map(|found| found.enhanced.as_deref()).any(|code| is_under(code, prefix));
    }
    if let Some(code) = part.strip_prefix('@') {
        return found.iter().any(|found| found.code.is_some_and(|it| code.parse() == Ok(it)));
    }
    if let Some(number) = part.strip_prefix('%') {
        return number.parse().is_ok_and(|number| text.errors.contains(&number));
    }
    if let Some(command) = part.strip_prefix('?') {
        return text.asked == Some(command);
    }
    if let Some(stem) = part.strip_suffix('*') {
        return text.words.may_hold(stem)
            && text.words.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(stem));
    }
    if part.len() <= SHORT && part.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return text.words.may_hold(part) && is_word(part, &text.words);
    }
    text.words.hold(part)
}

/// `5.7.1` is under `5.7`, `5.7.139` is not under `5.7.1`.
fn is_under(enhanced: &str, prefix: &str) -> bool {
    enhanced.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
