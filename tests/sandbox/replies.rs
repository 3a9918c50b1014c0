//! What every scenario says, and when: the words as they stand in Microsoft's documentation and in public transcripts.

use std::collections::BTreeSet;

use sendoff::sandbox::{Scenario, Step};

use super::{facts, session};

/// A submission, part by part. Three recipients, two of one domain.
const PARTS: [(&str, &str); 12] = [
    ("ehlo", "EHLO [127.0.0.1]"),
    ("starttls", "STARTTLS"),
    ("tls", "\x16\x03\x01 as a handshake begins"),
    ("ehlo", "EHLO [127.0.0.1]"),
    ("auth", "AUTH LOGIN YW5hQGNvbnRvc28uY29t"),
    ("auth", "b3Blbi1zZXNhbWU="),
    ("mail", "MAIL FROM:<ana@contoso.com>"),
    ("rcpt", "RCPT TO:<bob@fabrikam.com>"),
    ("rcpt", "RCPT TO:<carol@contoso.com>"),
    ("rcpt", "RCPT TO:<dan@fabrikam.com>"),
    ("data", "DATA"),
    ("dot", "Message-ID: <1@contoso.com>\r\n\r\nHello\r\n."),
];

/// All that is heard, part by part.
fn play(scenario: Scenario) -> Vec<(&'static str, String)> {
    let mut session = session(scenario);
    let mut shakes_hands = false;
    let mut heard = vec![("greeting", tell(session.greeting(), &mut shakes_hands))];
    for (part, words) in PARTS {
        if part == "tls" && shakes_hands {
            session.tls_started();
            heard.push((part, "TLS".to_owned()));
        } else {
            let steps = session.receive(format!("{words}\r\n").as_bytes());
            heard.push((part, tell(steps, &mut shakes_hands)));
        }
    }
    heard
}

fn tell(steps: Vec<Step>, shakes_hands: &mut bool) -> String {
    let mut told = Vec::new();
    for step in steps {
        match step {
            Step::Send(reply) if reply.starts_with(&[21]) => told.push(format!("alert {}", reply[6])),
            Step::Send(reply) => told.push(String::from_utf8(reply).unwrap().trim_end().to_owned()),
            Step::Wait(_) | Step::Accepted(_) => {}
            Step::StartTls => *shakes_hands = true,
            Step::Close => told.push("closes".to_owned()),
            Step::Drop => told.push("breaks off".to_owned()),
            Step::Reset => told.push("resets".to_owned()),
            Step::Stall => told.push("falls silent".to_owned()),
        }
    }
    told.join(", ")
}

/// How a day differs from a good one: at which part first, what is heard there, and how often.
fn difference(scenario: Scenario) -> (&'static str, String, usize) {
    let (good, day) = (play(Scenario::ACCEPTS), play(scenario));
    let Some(nth) = (0..day.len()).find(|&nth| good.get(nth) != day.get(nth)) else {
        return ("", String::new(), 0);
    };
    let (part, said) = day[nth].clone();
    let times = day.iter().filter(|heard| **heard == (part, said.clone())).count();
    (part, said, times)
}

#[test]
fn every_scenario_says_its_words_at_its_step_and_nothing_before() {
    let trace = {
        let facts = facts();
        format!(
            "[{}.{}.PROD.OUTLOOK.COM {} {}]",
            facts.front_end, facts.forest, facts.trace_time, facts.session_id
        )
    };
    let mut told = String::new();
    for scenario in Scenario::all() {
        let (part, said, times) = difference(scenario);
        let said = said
            .replace(&trace, "[TRACE]")
            .replace("[Hostname=PN4P287MB0456.indp287.prod.outlook.com]", "[MAILBOX]");
        let mark = match scenario.reply() {
            Some(words) if words.confirmed => "+",
            Some(_) => "?",
            None => " ",
        };
        let number = scenario.number().map(|number| number.to_string()).unwrap_or_default();
        let times = if times > 1 { format!(" ({times} times)") } else { String::new() };
        told += format!("{number:>2} {mark} {} | {part} | {said}{times}", scenario.name()).trim_end();
        told += "\n";
        // What differs in the certificate or in time alone is not for a session to show.
        if !part.is_empty() {
            assert_eq!(scenario.step(), part, "{}", scenario.name());
        }
    }
    assert_eq!(told, TABLE);
}

#[test]
fn all_known_ways_of_saying_no_are_played_but_one() {
    let scenarios: Vec<_> = Scenario::all().collect();
    let played: BTreeSet<u8> = scenarios.iter().filter_map(|scenario| scenario.number()).collect();
    println!(
        "{} scenarios of the sandbox, which play {} of the {KNOWN} known ways of saying no",
        scenarios.len(),
        played.len()
    );
    assert_eq!((played.len() + Scenario::LEFT_OUT.len(), played.last()), (KNOWN, Some(&54)));
}

/// What Microsoft's pages and public dialogues know.
const KNOWN: usize = 54;

/// Number, `+` for a confirmed text and `?` for another, name | step | what is heard there.
const TABLE: &str = include_str!("replies.txt");
