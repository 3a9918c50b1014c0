//! A search in the session that is shown: the lines that hold what was typed, found as it is typed.

use std::ops::Range;

use super::rows::Filter;
use super::session::Session;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// As it was typed.
    pub text: String,
    needle: String,
    /// Lines, by their number.
    pub matches: Vec<usize>,
}

impl Search {
    /// Finds `text`. What goes on from the search `before` can only be where that was found.
    pub(super) fn new(text: &str, before: Option<&Self>, session: &Session, filter: Filter) -> Self {
        let mut search = Self { text: text.to_owned(), needle: text.to_lowercase(), matches: Vec::new() };
        match before.filter(|before| !before.needle.is_empty() && search.needle.starts_with(&before.needle)) {
            Some(before) => {
                let lines = before.matches.iter().copied();
                search.matches = lines.filter(|nth| search.is_at(*nth, session)).collect();
            }
            None => search.renew(session, filter),
        }
        search
    }

    /// Looks through all lines again; costs as much as there are.
    pub(super) fn renew(&mut self, session: &Session, filter: Filter) {
        let lines = session.lines().iter().enumerate();
        let found = lines.filter(|(nth, line)| filter.passes(line) && self.is_at(*nth, session));
        self.matches = found.map(|(nth, _)| nth).collect();
    }

    pub(super) fn grow(&mut self, session: &Session, filter: Filter) {
        if let Some((nth, line)) = session.lines().iter().enumerate().next_back()
            && filter.passes(line)
            && self.is_in(line.1.text.as_str())
        {
            self.matches.push(nth);
        }
    }

    /// In the line, or in what is said below it.
    fn is_at(&self, nth: usize, session: &Session) -> bool {
        session.line(nth).is_some_and(|line| self.is_in(line.text.as_str()))
            || session.remarks(nth).iter().any(|remark| self.is_in(remark))
    }

    fn is_in(&self, text: &str) -> bool {
        !self.needle.is_empty() && !find(text, &self.needle, 0).is_empty()
    }

    /// The next match after `line`, or before it; from the other end where there is none.
    pub(super) fn from(&self, line: usize, is_backward: bool) -> Option<usize> {
        let (after, matches) = (self.matches.partition_point(|found| *found <= line), &self.matches);
        let before = self.matches.partition_point(|found| *found < line);
        if is_backward {
            before.checked_sub(1).map(|nth| matches[nth]).or(matches.last().copied())
        } else {
            matches.get(after).or(matches.first()).copied()
        }
    }

    /// Which of the matches this line is, counted from 1.
    pub fn rank(&self, line: Option<usize>) -> Option<usize> {
        self.matches.binary_search(&line?).ok().map(|nth| nth + 1)
    }

    /// Where in a text it stands, for its colour.
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        let mut places = Vec::new();
        let mut from = 0;
        loop {
            let place = find(text, &self.needle, from);
            if place.is_empty() {
                return places;
            }
            from = place.end;
            places.push(place);
        }
    }
}

/// The first place from `from` on where `needle`, which is in lower case, stands in `text` in any case; empty where it does not.
fn find(text: &str, needle: &str, from: usize) -> Range<usize> {
    if needle.is_empty() {
        return 0..0;
    }
    if text.is_ascii() && needle.is_ascii() {
        let (hay, first) = (&text.as_bytes()[from..], needle.as_bytes()[0]);
        let part = |at: usize| hay.get(at..at + needle.len());
        let is_it = |at: &usize| part(*at).is_some_and(|part| part.eq_ignore_ascii_case(needle.as_bytes()));
        let at = memchr::memchr2_iter(first, first.to_ascii_uppercase(), hay).find(is_it);
        return at.map_or(0..0, |at| from + at..from + at + needle.len());
    }
    let mut starts = text[from..].char_indices().map(|(at, _)| from + at);
    starts.find_map(|start| matched(&text[start..], needle).map(|len| start..start + len)).unwrap_or(0..0)
}

/// The bytes at the start of `text` that are `needle` in any case.
fn matched(text: &str, needle: &str) -> Option<usize> {
    let mut rest = needle.chars();
    for (at, c) in text.char_indices() {
        for lower in c.to_lowercase() {
            if rest.next()? != lower {
                return None;
            }
        }
        if rest.as_str().is_empty() {
            return Some(at + c.len_utf8());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn case_does_not_count_and_places_are_whole_letters() {
        assert_eq!(find("250 Recipient OK", "recipient", 0), 4..13);
        assert_eq!(find("250 Recipient OK", "recipient", 5), 0..0);
        assert_eq!(find("Zo\u{cb} Gr\u{dc}SSE", "gr\u{fc}sse", 0), 5..12);
        assert_eq!(find("\u{130}x", "x", 0), 2..3);
        assert_eq!(find("abc", "", 0), 0..0);
        assert_eq!(find("", "a", 0), 0..0);
    }
}
