//! A scenario by its name, and the names that come near a wrong one.

use std::str::FromStr;

use super::Scenario;

/// A name that no scenario has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no scenario {given:?}{}; sendoff sandbox --list shows all", meant(.nearest))]
pub struct UnknownScenario {
    pub given: String,
    /// Those that were perhaps meant, the likeliest first.
    pub nearest: Vec<&'static str>,
}

fn meant(nearest: &[&str]) -> String {
    match nearest {
        [] => String::new(),
        [one] => format!(", did you mean {one}?"),
        [others @ .., last] => format!(", did you mean {} or {last}?", others.join(", ")),
    }
}

impl FromStr for Scenario {
    type Err = UnknownScenario;

    fn from_str(given: &str) -> Result<Self, Self::Err> {
        let named = |scenario: &Self| scenario.name().eq_ignore_ascii_case(given);
        Self::all().find(named).ok_or_else(|| UnknownScenario::new(given, Self::all().map(Self::name)))
    }
}

impl UnknownScenario {
    pub(in crate::sandbox) fn new(given: &str, names: impl Iterator<Item = &'static str>) -> Self {
        Self { given: given.to_owned(), nearest: nearest(&given.to_ascii_lowercase(), names) }
    }
}

/// Up to three names: those that hold every word of what was given, then those with the fewest letters to change, if at
/// least half of them is right.
fn nearest(given: &str, names: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    const SHOWN: usize = 3;
    let is_within = |name: &str| !given.is_empty() && given.split('-').all(|word| name.contains(word));
    let mut names: Vec<_> = names
        .map(|name| (!is_within(name), distance(given, name), name))
        .filter(|(is_other, distance, name)| !is_other || distance * 2 <= name.len())
        .collect();
    names.sort_unstable();
    names.into_iter().map(|(_, _, name)| name).take(SHOWN).collect()
}

/// How many letters must be added, dropped or changed to make one word the other (Levenshtein).
fn distance(given: &str, name: &str) -> usize {
    let mut row: Vec<usize> = (0..=name.len()).collect();
    for (above, letter) in given.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = above + 1;
        for (left, wanted) in name.chars().enumerate() {
            let change = diagonal + usize::from(letter != wanted);
            diagonal = row[left + 1];
            row[left + 1] = change.min(diagonal + 1).min(row[left] + 1);
        }
    }
    row[name.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scenario_is_found_by_its_name() {
        for scenario in Scenario::all() {
            assert_eq!(scenario.name().parse(), Ok(scenario));
        }
        assert_eq!("Wrong-Password".parse::<Scenario>().unwrap().name(), "wrong-password");
    }

    #[test]
    fn a_wrong_name_gets_the_nearest() {
        let said = |given: &str| given.parse::<Scenario>().unwrap_err().to_string();

        assert_eq!(
            said("wrong-pasword"),
            "there is no scenario \"wrong-pasword\", did you mean wrong-password?; sendoff sandbox --list shows all"
        );
        assert!(said("smtp-auth").contains("mean smtp-auth-disabled or smtp-auth-disabled-mailbox?"));
        assert!(said("prx").contains("mean proxy-failed-prx2, proxy-failed-prx3 or proxy-failed-prx4?"));
        for given in ["zzzzzzzzzzzz", ""] {
            assert!(!said(given).contains("did you mean"), "{}", said(given));
        }
    }
}
