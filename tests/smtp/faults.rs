//! A hostile server, at every place of the dialogue where it can go wrong, in every way we could think of.
//!
//! `dialogue` has the places, `fault` what the server does there (in the `words` it has), `rule` what must come of it. Nothing here asks the program
//! what it thinks: the rules are written down beside the RFC and the promise that no letter is ever sent twice.

mod dialogue;
mod fault;
mod rule;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use sendoff::mail::outcome::Outcome;
use sendoff::smtp::limits;

use self::dialogue::Place;
use self::fault::{Fault, Means};
use self::rule::{Due, due};
use crate::support::attempt::{Answer, Attempt, Told};
use crate::support::authority::Ends;
use crate::support::canary::{forms, is_in};

/// A token looks like this one, and is longer.
const TOKEN: &str = "EwB4A8l6BAAUkj1NuJYtTVha.Mogk-HEiPbQo_04kPZ7v3A";

/// How many bytes a client may take from a server that never stops: its limits, and what the pipe and TLS hold meanwhile.
const SWALLOWED: usize = 512 << 10;

/// For QUIT, and again for TLS and TCP.
const GOODBYE: Duration = Duration::from_secs(2 * limits::QUIT.as_secs());

/// The places, by what is being done there.
const CLEAR: &[Place] = &[Place::Greeting, Place::Ehlo, Place::StartTls, Place::Handshake];
const SIGN_IN: &[Place] = &[
    Place::EhloAgain,
    Place::AuthPlain,
    Place::LoginName,
    Place::LoginPassword,
    Place::Token,
    Place::TokenReason,
];
const ENVELOPE: &[Place] = &[
    Place::Mail,
    Place::FirstRcpt,
    Place::LaterRcpt,
    Place::Data,
    Place::FlightMail,
    Place::FlightRcpt,
    Place::FlightData,
];
const MESSAGE: &[Place] = &[Place::Body, Place::BeforeDot, Place::Dot, Place::Quit];

/// What we say of ourselves: so many scripts at least, in all and at each place.
const FEWEST: usize = 400;
const FEWEST_AT_A_PLACE: usize = 30;

/// Plays every fault at these places, checks what came of it, and says in one line how many ended in which way.
#[expect(clippy::print_stdout, reason = "figures that a report quotes")]
async fn play(subject: &str, places: &[Place]) {
    let ends = Ends::new();
    let (mut outcomes, mut swallowed, mut longest) = (BTreeMap::new(), 0, Duration::ZERO);
    let mut wrong = Vec::new();
    for &place in places {
        let faults = fault::all(place);
        assert!(faults.len() >= FEWEST_AT_A_PLACE, "only {} at {place:?}", faults.len());
        for fault in faults {
            let due = due(place, &fault);
            let told = attempt(place, &fault, &due).between(&ends).run().await;
            wrong.extend(complaints(place, &fault, &due, &told));
            *outcomes.entry(told.report.outcome.as_str()).or_insert(0) += 1;
            (swallowed, longest) = (swallowed.max(told.heard.said), longest.max(told.took));
        }
    }
    let count: usize = outcomes.values().sum();
    println!(
        "{subject}: {count} scripts at {} places, {outcomes:?}, at most {swallowed} bytes taken and {} s waited",
        places.len(),
        longest.as_secs()
    );
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}

fn attempt(place: Place, fault: &Fault, due: &Due) -> Attempt {
    let rest = if due.goes_on { place.after() } else { place.meanwhile(fault.means).to_owned() };
    let attempt = Attempt::new(&[&place.before(), &fault.script, &rest])
        .auth(place.auth())
        .to(&["bob@fabrikam.com", "carol@contoso.com"])
        .secret(place.secret());
    match place {
        Place::Body => attempt.body(dialogue::long_body()),
        Place::BeforeDot => attempt.leave(Answer::After(dialogue::LEAVE, ())),
        _ => attempt,
    }
}

/// All that is not as it should be.
fn complaints(place: Place, fault: &Fault, due: &Due, told: &Told) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut check = |holds: bool, what: &str| {
        if !holds {
            wrong.push(format!("{place:?}, {}: {what}: {:?}, {}", fault.name, told.end(), told.says()));
        }
    };
    check(told.end() == (due.outcome, due.step, due.trouble), &format!("{due:?} is due"));
    check(told.report.total <= place.deadline() + due.more_time, "it waited too long");
    check(told.took <= told.report.total + GOODBYE, "the goodbye took too long");
    if fault.means == Means::Silence && !due.goes_on && due.is_timed_out() {
        check(told.report.total == place.deadline() + due.more_time, "it gave up too early");
    }
    check(told.heard.said <= SWALLOWED, "it took what never ends");

    let said = [told.heard.clear.as_slice(), &told.heard.secured].concat();
    let has = |bytes: &[u8], word: &[u8]| memchr::memmem::find(bytes, word).is_some();
    check(told.noted.before_dot.is_some() || !has(&said, b"\r\n.\r\n"), "a dot left without leave");
    check(told.said_quit || !has(&said, b"QUIT\r\n"), "QUIT left, and nobody meant it");
    check(!told.said_quit || due.may_quit, "QUIT does not fit here");
    check(told.said_quit || due.outcome != Outcome::Accepted, "a good session ends with QUIT");
    for word in [b"AUTH ".as_slice(), b"MAIL FROM", b"RCPT TO", b"Subject"] {
        check(!has(&told.heard.clear, word), "too much was said in the clear");
    }

    let secrets = forms(place.secret());
    check(!is_in(told.everything_shown().as_bytes(), &secrets), "a secret can be seen");
    check(!is_in(&told.raw(), &secrets), "a secret left outside TLS");
    let may_know = due.goes_on || place.knows_secret();
    check(may_know || !is_in(&told.heard.secured, &secrets), "a secret was said too early");
    let is_plain =
        |text: &str| !text.contains(|c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c));
    check(told.noted.lines.iter().all(|line| is_plain(line.text.as_str())), "a line could act on a screen");
    check(is_plain(&told.says()), "the failure could act on a screen");
    wrong
}

#[tokio::test(start_paused = true)]
async fn a_server_that_goes_wrong_before_the_line_is_encrypted() {
    play("in the clear", CLEAR).await;
}

#[tokio::test(start_paused = true)]
async fn a_server_that_goes_wrong_while_we_sign_in() {
    play("signing in", SIGN_IN).await;
}

#[tokio::test(start_paused = true)]
async fn a_server_that_goes_wrong_about_the_envelope() {
    play("the envelope", ENVELOPE).await;
}

#[tokio::test(start_paused = true)]
async fn a_server_that_goes_wrong_about_the_message() {
    play("the message", MESSAGE).await;
}

#[test]
fn no_place_is_left_out_and_no_script_is_counted_twice() {
    let places: BTreeSet<Place> = [CLEAR, SIGN_IN, ENVELOPE, MESSAGE].concat().into_iter().collect();
    assert_eq!(places.len(), [CLEAR, SIGN_IN, ENVELOPE, MESSAGE].concat().len());
    assert_eq!(places.len(), Place::Quit as usize + 1, "the last one");
    let scripts =
        |place| fault::all(place).into_iter().map(|fault| fault.script).collect::<BTreeSet<_>>().len();
    let counts: BTreeMap<Place, usize> = places.into_iter().map(|place| (place, scripts(place))).collect();
    assert!(counts.values().all(|count| *count >= FEWEST_AT_A_PLACE), "{counts:?}");
    assert!(counts.values().sum::<usize>() >= FEWEST, "{counts:?}");
}
