//! `sendoff accounts import`: what other programs know, each account shown before it is kept.

use clap::{Args, ValueEnum};

use crate::cli::{Exit, say};
use crate::mail::account::Account;
use crate::mail::edit::Edit;
use crate::mail::form::{AccountForm, Key};
use crate::mail::import::{Candidate, Program};
use crate::store::config;
use crate::store::import::search;

use super::{File, Outcome, Refusal, agrees, free_name};

#[derive(Debug, Args)]
pub(super) struct Import {
    /// Look at this program's files alone; may be given several times
    #[arg(long, value_enum)]
    from: Vec<From>,
    /// Keep every account that is not here yet, without asking
    #[arg(short, long)]
    yes: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum From {
    Msmtp,
    /// Also neomutt
    Mutt,
    Aerc,
    Himalaya,
}

impl From {
    fn program(self) -> Program {
        match self {
            Self::Msmtp => Program::Msmtp,
            Self::Mutt => Program::Mutt,
            Self::Aerc => Program::Aerc,
            Self::Himalaya => Program::Himalaya,
        }
    }
}

pub(super) fn run(import: &Import, file: &File) -> Outcome {
    let programs: Vec<Program> = match import.from.as_slice() {
        [] => Program::ALL.to_vec(),
        some => some.iter().map(|from| from.program()).collect(),
    };
    let reads = search(&programs, &file.paths.home, &file.paths.configs);
    if reads.is_empty() {
        let names = programs.iter().map(|program| program.as_str()).collect::<Vec<_>>().join(", ");
        return Err(Refusal(Exit::NoInput, format!("there is no configuration of {names} here")));
    }
    let mut count = Count::default();
    for read in reads {
        let path = read.path.display();
        match read.found {
            Err(why) => say::complain(format_args!("{path}: {why}; it was passed over")),
            Ok(found) => {
                for remark in &found.remarks {
                    say::complain(format_args!("{path}: {remark}"));
                }
                for candidate in found.candidates {
                    offer(import, file, candidate, &mut count)?;
                }
            }
        }
    }
    if count.shown > 0 {
        say::out(format_args!("{} found, {} kept", count.shown, count.kept));
    }
    if count.unasked > 0 {
        say::err("nobody was there to be asked; --yes keeps them");
    }
    Ok(())
}

#[derive(Default)]
struct Count {
    shown: usize,
    kept: usize,
    unasked: usize,
}

fn offer(import: &Import, file: &File, candidate: Candidate, count: &mut Count) -> Outcome {
    let Candidate { program, file: place, line, mut form, left_out } = candidate;
    count.shown += 1;
    let known = config::load(&file.paths.config_file, false)?.settings.accounts;
    let twin = form.read().ok().and_then(|new| known.iter().find(|old| is_same(old, &new)));
    say::out(format_args!("{} ({}, {place}:{line})", form.value(Key::Name), program.as_str()));
    if let Some(twin) = twin {
        say::out(format_args!("  is here already, as {}\n\n", twin.name));
        return Ok(());
    }
    let taken: Vec<String> = known.iter().map(|account| account.name.clone()).collect();
    let name = free_name(form.value(Key::Name), &taken);
    form.set(Key::Name, name.as_str());
    for line in form.to_toml().unwrap_or_default().lines() {
        say::out(format_args!("  {line}"));
    }
    for left_out in &left_out {
        say::out(format_args!("  left out: {} ({})", left_out.what, left_out.why));
    }
    keep(import, file, form, count)?;
    say::out("\n");
    Ok(())
}

fn keep(import: &Import, file: &File, form: AccountForm, count: &mut Count) -> Outcome {
    let answer = if import.yes { Some(true) } else { agrees("Keep it?", false) };
    match answer {
        Some(true) => {
            file.change(&Edit::Add(form))?;
            count.kept += 1;
        }
        Some(false) => {}
        None => count.unasked += 1,
    }
    Ok(())
}

/// Would it send the same, from the same, in the same way?
fn is_same(old: &Account, new: &Account) -> bool {
    old.from.address.is_same(&new.from.address)
        && old.host.eq_ignore_ascii_case(&new.host)
        && (old.port, &old.username) == (new.port, &new.username)
}
