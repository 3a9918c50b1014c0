//! Real lines that no table was made from: what `sendoff explain` is worth to somebody who pastes a line of their own.
//!
//! They were collected from public trackers as they came, and labelled by two people apart, neither of whom knew the
//! program's tables or each other's labels; a line is right if the answer is one of theirs. Whoever works on the tables does
//! so without these lines, from `lines.tsv` and `wordings.tsv`; a line that somebody has learned from moves there.

use std::collections::BTreeMap;

use sendoff::mail::explain::{self, Cause};

use super::lines::{Line, read};

/// As `lines.tsv`, with every label that an expert gave: `cause|cause`.
const LINES: &str = include_str!("unseen.tsv");

#[test]
fn of_lines_that_no_table_was_made_from_90_in_100_are_explained_rightly() {
    let lines = read(LINES);
    let (mut silent, mut misses) = (0, BTreeMap::<_, usize>::new());
    for Line { cause, text, .. } in &lines {
        let found = explain::text(text).cause;
        if !cause.split('|').any(|label| label == found) {
            silent += usize::from(found == Cause::Unknown.as_str());
            // Which, not what: the texts are to stay unseen.
            *misses.entry((*cause, found)).or_default() += 1;
        }
    }
    let (all, wrong) = (lines.len(), misses.values().sum::<usize>());
    let right = all - wrong;
    println!(
        "{right} of {all} unseen public lines are explained rightly, {silent} not at all, {} wrongly",
        wrong - silent
    );
    assert!(all >= 200 && right * 10 >= all * 9, "{right} of {all} are right; the rest: {misses:?}");
}

#[test]
fn every_unseen_line_is_labelled_with_public_causes_and_stands_nowhere_else() {
    let known = read(include_str!("lines.tsv")).into_iter().map(|line| line.text).collect::<Vec<_>>();
    for Line { cause, seen, text } in read(LINES) {
        assert!(cause.split('|').all(|label| Cause::named(label).is_some()), "{seen}: {cause}");
        assert!(!known.contains(&text), "{seen} is known");
    }
}
