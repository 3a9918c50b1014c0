//! Real lines from public trackers, each as posted (with example addresses), and what an expert says their cause is. The
//! tables were made from them; what they are worth elsewhere is measured in `unseen`.

use sendoff::mail::explain::{self, Cause};

/// `cause<TAB>where it was seen<TAB>the text as a JSON string`.
const LINES: &str = include_str!("lines.tsv");

pub(super) struct Line {
    pub(super) cause: &'static str,
    pub(super) seen: &'static str,
    pub(super) text: String,
}

pub(super) fn read(table: &'static str) -> Vec<Line> {
    let read = |line: &'static str| {
        let [cause, seen, text] = line.splitn(3, '\t').collect::<Vec<_>>().try_into().expect("three columns");
        Line { cause, seen, text: serde_json::from_str(text).expect(line) }
    };
    table.lines().map(read).collect()
}

/// Lines that are known to be explained wrongly: too little in them, or two causes of which the other was meant.
const KNOWN_MISSES: usize = 71;

#[test]
fn of_real_lines_at_least_95_in_100_are_explained_rightly_and_none_is_lost() {
    let lines = read(LINES);
    let mut misses = Vec::new();
    for Line { cause, seen, text } in &lines {
        let found = explain::text(text).cause;
        if found != *cause {
            misses.push(format!("{seen}: {found} instead of {cause}\n    {text}"));
        }
    }
    let (all, wrong) = (lines.len(), misses.len());
    println!("{} of {all} public lines are explained as they are labelled", all - wrong);
    assert!(wrong * 20 <= all && wrong <= KNOWN_MISSES, "{wrong} of {all} are wrong\n{}", misses.join("\n"));
}

#[test]
fn every_line_is_labelled_with_a_public_cause() {
    for Line { cause, seen, .. } in read(LINES) {
        assert!(Cause::named(cause).is_some(), "{seen}: {cause}");
    }
}
