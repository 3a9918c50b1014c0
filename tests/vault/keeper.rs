//! Whoever has the vault: one at a time in a run, in turns with other runs, and the passphrase asked once.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use sendoff::mail::place::Place;
use sendoff::mail::secret::Secret;
use sendoff::mail::stores::Wish;
use sendoff::runtime::vault::{Asking, Keeper, Latch, VaultTrouble};
use tempfile::tempdir;

const PASSPHRASE: &str = "correct horse battery";

/// Somebody who gives these answers in turn, the last one for ever, and counts the questions.
#[derive(Clone)]
struct Somebody {
    answers: Vec<Option<&'static str>>,
    asked: Arc<AtomicUsize>,
}

impl Somebody {
    fn who(answers: &[Option<&'static str>]) -> Self {
        Self { answers: answers.to_vec(), asked: Arc::default() }
    }

    fn knows() -> Self {
        Self::who(&[Some(PASSPHRASE)])
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

impl Latch for Somebody {
    fn ask(&mut self, wish: Wish) -> Option<Secret> {
        let nth = self.asked.fetch_add(1, Ordering::SeqCst);
        assert_eq!(wish.why.is_some(), nth > 0 && !wish.is_new, "a second question says what was wrong");
        let answer = self.answers[nth.min(self.answers.len() - 1)];
        answer.map(|text| Secret::new(text.to_owned()))
    }

    fn remembered(&mut self) -> Option<Secret> {
        None
    }

    fn worked(&mut self, _passphrase: &Secret) {}
}

fn place(user: &str) -> Place {
    Place { service: "sendoff:smtp.office365.com".into(), user: user.into() }
}

async fn keep(keeper: &Keeper, user: &str) -> Result<(), VaultTrouble> {
    keeper.keep(place(user), Secret::new(format!("of {user}"))).await
}

async fn has(keeper: &Keeper, user: &str) -> bool {
    let kept = keeper.get(place(user), Asking::Allowed).await.unwrap();
    kept.is_some_and(|secret| secret.reveal() == format!("of {user}"))
}

/// A vault with Ana's secret in it.
async fn filled(folder: &Path) {
    keep(&Keeper::begin(folder.to_owned(), Somebody::knows()), "ana").await.unwrap();
}

#[tokio::test]
async fn many_who_ask_at_once_are_one_question() {
    let folder = tempdir().unwrap();
    filled(folder.path()).await;
    let somebody = Somebody::who(&[Some("not this"), Some(PASSPHRASE)]);
    let keeper = Keeper::begin(folder.path().to_owned(), somebody.clone());
    let (one, two, three) = tokio::join!(has(&keeper, "ana"), has(&keeper, "ana"), has(&keeper, "bob"));
    assert!(one && two && !three);
    assert_eq!(somebody.asked(), 2, "once wrong, once right, and never again");
}

#[tokio::test]
async fn who_may_not_ask_does_not_and_a_no_is_taken() {
    let folder = tempdir().unwrap();
    let somebody = Somebody::who(&[None]);
    let keeper = Keeper::begin(folder.path().to_owned(), somebody.clone());
    let locked = |asking| keeper.get(place("ana"), asking);
    assert_eq!(
        locked(Asking::Allowed).await.err(),
        Some(VaultTrouble::Absent),
        "nobody is asked for nothing"
    );
    assert_eq!(keep(&keeper, "ana").await, Err(VaultTrouble::Unwanted));
    assert_eq!(somebody.asked(), 1);

    filled(folder.path()).await;
    let somebody = Somebody::who(&[None]);
    let keeper = Keeper::begin(folder.path().to_owned(), somebody.clone());
    assert_eq!(keeper.get(place("ana"), Asking::Forbidden).await.err(), Some(VaultTrouble::Locked));
    assert_eq!(somebody.asked(), 0);
    assert_eq!(keeper.get(place("ana"), Asking::Allowed).await.err(), Some(VaultTrouble::Locked));
}

#[tokio::test]
async fn two_runs_at_once_lose_nothing_of_each_other() {
    let folder = tempdir().unwrap();
    filled(folder.path()).await;
    let keepers = [(); 2].map(|()| Keeper::begin(folder.path().to_owned(), Somebody::knows()));
    let (one, two) = tokio::join!(keep(&keepers[0], "bob"), keep(&keepers[1], "carol"));
    assert_eq!((one, two), (Ok(()), Ok(())));
    for keeper in &keepers {
        for user in ["ana", "bob", "carol"] {
            assert!(has(keeper, user).await, "{user}");
        }
    }
}

#[tokio::test]
async fn a_vault_that_another_run_removed_begins_anew() {
    let folder = tempdir().unwrap();
    let somebody = Somebody::knows();
    let keeper = Keeper::begin(folder.path().to_owned(), somebody.clone());
    keep(&keeper, "ana").await.unwrap();
    std::fs::remove_file(folder.path().join("vault.age")).unwrap();
    assert_eq!(keeper.get(place("ana"), Asking::Allowed).await.err(), Some(VaultTrouble::Absent));
    assert_eq!(keeper.delete(place("ana")).await, Ok(false));
    keep(&keeper, "bob").await.unwrap();
    assert!(has(&keeper, "bob").await && !has(&keeper, "ana").await);
}

#[tokio::test]
async fn what_is_damaged_is_said_and_left_as_it_is() {
    let folder = tempdir().unwrap();
    filled(folder.path()).await;
    let file = folder.path().join("vault.age");
    let whole = std::fs::read(&file).unwrap();
    std::fs::write(&file, &whole[..whole.len() - 5]).unwrap();
    let keeper = Keeper::begin(folder.path().to_owned(), Somebody::knows());
    let trouble = keep(&keeper, "bob").await.unwrap_err();
    assert!(trouble.to_string().contains("damaged"), "{trouble}");
    assert_eq!(std::fs::read(&file).unwrap().len(), whole.len() - 5, "nothing is written over it");
}
