//! Words in the clear around STARTTLS, put there by somebody on the way (RFC 3207 section 6): none of them is ever believed,
//! whenever they come and wherever they are cut.

use std::collections::BTreeMap;

use sendoff::mail::outcome::{Outcome, Step, Trouble};
use sendoff::smtp::limits;

use super::passages::GREETING;
use crate::support::attempt::{Attempt, PASSWORD, Told, USER};
use crate::support::authority::Ends;
use crate::support::canary::{forms, is_in};

/// All that may be said in the clear.
const CLEAR: &[u8] = b"EHLO [127.0.0.1]\r\nSTARTTLS\r\n";

/// Up to the answer to STARTTLS.
const ASKED: &str = "S: 250-mail.contoso.com\nS: 250 STARTTLS\nC: STARTTLS";

/// A whole forged session: whoever believes it hands out the password, and takes a letter for sent that nobody has.
const FORGED: &str = "250-mail.contoso.com\\r\\n250-PIPELINING\\r\\n250 AUTH PLAIN LOGIN XOAUTH2\\r\\n235 2.7.0 welcome\\r\\n\
                      250 ok\\r\\n250 ok\\r\\n354 go ahead\\r\\n250 2.0.0 queued\\r\\n221 bye\\r\\n";

const INJECTIONS: [&str; 16] = [
    "250-mail.contoso.com\\r\\n250 AUTH PLAIN LOGIN\\r\\n",
    "250 mail.contoso.com\\r\\n",
    "250 ok\\r\\n",
    "235 ok\\r\\n",
    "334 VXNlcm5hbWU6\\r\\n",
    "354 go ahead\\r\\n",
    "421 closing\\r\\n",
    "454 TLS not available\\r\\n",
    "250-half a reply\\r\\n",
    "25",
    "2",
    "\\r\\n",
    "\\n",
    " ",
    "\\x00",
    "\\x15",
];

/// The same handshake as ever goes on behind the words: would they be believed, the session would be a good one.
const HANDSHAKE: &str = "== tls\nS: 250-mail.contoso.com\nS: 250 AUTH PLAIN";

/// How many points of the sweep ended in which way.
struct Sweep {
    ends: Ends,
    counts: BTreeMap<String, usize>,
}

impl Sweep {
    fn new() -> Self {
        Self { ends: Ends::new(), counts: BTreeMap::new() }
    }

    /// One point: the server says this behind the question. Nothing of it may count.
    async fn point(&mut self, script: &str) -> Told {
        let told = Attempt::new(&[GREETING, ASKED, script]).between(&self.ends).run().await;
        let end = told.end();
        assert_ne!(end.0, Outcome::Accepted, "{script}");
        assert!(
            told.report.step <= Step::Tls && told.report.tls.is_none() && !told.report.signed_in,
            "{script}: {end:?}"
        );
        assert!(!told.said_quit && told.noted.before_dot.is_none(), "{script}");
        assert_eq!(told.heard.secured(), "", "{script}");
        assert!(told.report.total <= limits::REPLY + limits::TLS, "{script}");
        let raw = told.raw();
        let behind = raw.strip_prefix(CLEAR).expect("hello, and the question");
        assert!(behind.is_empty() || behind.starts_with(b"\x16\x03"), "{script}: a handshake or nothing");
        for word in ["AUTH ", "MAIL FROM", USER] {
            assert!(memchr::memmem::find(behind, word.as_bytes()).is_none(), "{script}: {word} was said");
        }
        assert!(!is_in(behind, &forms(PASSWORD)), "{script}");
        let offered = told.noted.offered.iter().any(|line| line.as_str().starts_with("AUTH"));
        assert!(!offered, "{script}: a forged feature counts");
        *self.counts.entry(format!("{:?} {:?}", end.0, end.2)).or_default() += 1;
        told
    }

    fn count(&self) -> usize {
        self.counts.values().sum()
    }

    #[expect(clippy::print_stdout, reason = "figures that a report quotes")]
    fn tell(&self, subject: &str) {
        println!("{subject}: {} points, {:?}", self.count(), self.counts);
    }
}

/// The text cut in two at every octet of it: `\r` and `\x00` are one.
fn cuts(text: &str) -> Vec<(&str, &str)> {
    let (mut cuts, mut at) = (Vec::new(), 0);
    while at < text.len() {
        cuts.push(text.split_at(at));
        at += match &text.as_bytes()[at..] {
            [b'\\', b'x', ..] => 4,
            [b'\\', ..] => 2,
            _ => 1,
        };
    }
    cuts.push((text, ""));
    cuts
}

#[tokio::test(start_paused = true)]
async fn words_in_the_same_segment_are_an_attack() {
    let mut sweep = Sweep::new();
    for injected in INJECTIONS.into_iter().chain([FORGED]) {
        for rest in ["== deaf", HANDSHAKE] {
            let told = sweep.point(&format!("S| 220 go ahead\\r\\n{injected}\n{rest}")).await;
            assert_eq!(told.end(), (Outcome::Failed, Step::Tls, Some(Trouble::Injected)), "{injected}");
            assert_eq!(told.raw(), CLEAR, "{injected}: not even a handshake");
        }
    }
    sweep.tell("in the same segment");
}

#[tokio::test(start_paused = true)]
async fn wherever_the_segment_is_cut_the_words_behind_it_are_not_believed() {
    let mut sweep = Sweep::new();
    let text = format!("220 go ahead\\r\\n{FORGED}");
    let answer = "220 go ahead\\r\\n".len();
    for (before, behind) in cuts(&text) {
        for wait in ["1 ms", "250 ms"] {
            let told = sweep.point(&format!("S| {before}\n== wait {wait}\nS| {behind}\n{HANDSHAKE}")).await;
            // Whatever stood behind the answer when it was read is an attack; what comes later is no TLS.
            let due = if before.len() == answer { Trouble::Tls } else { Trouble::Injected };
            assert_eq!(told.end(), (Outcome::Failed, Step::Tls, Some(due)), "cut behind {before}");
        }
    }
    sweep.tell("cut at every octet");
    assert!(sweep.count() >= 300);
}

#[tokio::test(start_paused = true)]
async fn words_that_come_later_break_the_handshake() {
    let mut sweep = Sweep::new();
    for delay in 1..=500 {
        let injected = INJECTIONS[delay % 4];
        let told =
            sweep.point(&format!("S: 220 go ahead\n== wait {delay} ms\nS| {injected}\n{HANDSHAKE}")).await;
        assert_eq!(told.end(), (Outcome::Failed, Step::Tls, Some(Trouble::Tls)), "after {delay} ms");
    }
    sweep.tell("delayed by 1 to 500 ms");
    assert_eq!(sweep.count(), 500);
}

#[tokio::test(start_paused = true)]
async fn words_behind_our_first_message_break_the_handshake() {
    let mut sweep = Sweep::new();
    for injected in INJECTIONS.into_iter().chain([FORGED]) {
        for heard in [1, 5, 64, 200] {
            for rest in ["== close", "== reset", "== deaf"] {
                let script = format!("S: 220 go ahead\n== bytes {heard}\nS| {injected}\n{rest}");
                let told = sweep.point(&script).await;
                let (outcome, step, trouble) = told.end();
                // An octet that could begin a record may be waited with, or be cut off; then the line broke.
                let is_no_tls = (outcome, trouble) == (Outcome::Failed, Some(Trouble::Tls));
                let broke = outcome == Outcome::Deferred && injected == "\\x15";
                assert!(step == Step::Tls && (is_no_tls || broke), "{script}: {:?}", told.end());
            }
        }
    }
    sweep.tell("behind the first message");
}

/// What came before the question counts no more than what comes behind the answer.
#[tokio::test(start_paused = true)]
async fn words_before_the_question_are_not_its_answer() {
    let mut sweep = Sweep::new();
    let asks = "S: 250-mail.contoso.com\nS: 250 STARTTLS";
    for injected in ["220 go ahead\\r\\n", "2", "220", FORGED] {
        let script = format!("{asks}\nS| {injected}\nC: STARTTLS\nS: 220 go ahead\n{HANDSHAKE}");
        let told = Attempt::new(&[GREETING, &script]).between(&sweep.ends).run().await;
        assert_eq!(told.end(), (Outcome::Failed, Step::StartTls, Some(Trouble::Protocol)), "{injected}");
        assert_eq!(told.raw(), b"EHLO [127.0.0.1]\r\n", "{injected}");
        *sweep.counts.entry("before the question".into()).or_default() += 1;
    }
    sweep.tell("before the question");
}

/// Were the handshake undisturbed, it would be a good one: the sweep above fails for its words alone.
#[tokio::test(start_paused = true)]
async fn without_the_words_the_handshake_is_a_good_one() {
    let told =
        Attempt::new(&[GREETING, ASKED, "S: 220 go ahead\n== wait 250 ms\n== tls\nC: EHLO *"]).run().await;
    assert_eq!(told.report.step, Step::Ehlo);
    assert!(told.report.tls.is_some());
}
