//! Every scenario, where it strikes and what is heard there, in one table.

use std::fmt::Write as _;

use sendoff::sandbox::SignInScenario;
use sendoff::sandbox::identity::{Answer, CLIENT, Manner, SERVICE_CLIENT, SERVICE_SECRET};

use super::{DEVICE_CODE, Desk, SEND, VERIFIER, challenge, json, sent_back, text};

const CLIENT_ID: (&str, &str) = ("client_id", CLIENT);

/// Each part of a sign-in on this day, after a good day up to there. Chance gives always the same.
fn play(scenario: &str) -> [(&'static str, Answer); 6] {
    let parts = [device, poll, browser, code, refresh, service];
    let parts = parts.map(|part: fn(&mut Desk, SignInScenario) -> Answer| {
        let mut desk = Desk::with("approves", || [7; 32]);
        part(&mut desk, scenario.parse().unwrap())
    });
    let mut names = ["device", "poll", "browser", "code", "refresh", "service"].into_iter();
    parts.map(|answer| (names.next().unwrap(), answer))
}

fn device(desk: &mut Desk, today: SignInScenario) -> Answer {
    desk.scenario = today;
    desk.post("/organizations/oauth2/v2.0/devicecode", &[CLIENT_ID, ("scope", SEND)])
}

fn poll(desk: &mut Desk, today: SignInScenario) -> Answer {
    let device = desk.device_code();
    desk.scenario = today;
    let code = device["device_code"].as_str().unwrap();
    desk.token(&[CLIENT_ID, ("grant_type", DEVICE_CODE), ("device_code", code)])
}

fn browser(desk: &mut Desk, today: SignInScenario) -> Answer {
    desk.scenario = today;
    let challenge = challenge();
    let asked = [
        CLIENT_ID,
        ("response_type", "code"),
        ("redirect_uri", "http://localhost:1"),
        ("scope", SEND),
        ("state", "a-state"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ];
    desk.get("/common/oauth2/v2.0/authorize", &asked)
}

fn code(desk: &mut Desk, today: SignInScenario) -> Answer {
    let good = desk.scenario;
    let code = sent_back(&browser(desk, good)).1["code"].clone();
    desk.scenario = today;
    let redirect = ("redirect_uri", "http://localhost:1");
    let grant = ("grant_type", "authorization_code");
    desk.token(&[CLIENT_ID, grant, ("code", &code), redirect, ("code_verifier", VERIFIER)])
}

fn refresh(desk: &mut Desk, today: SignInScenario) -> Answer {
    let tokens = desk.tokens();
    desk.scenario = today;
    desk.refresh(&tokens["refresh_token"])
}

fn service(desk: &mut Desk, today: SignInScenario) -> Answer {
    desk.scenario = today;
    let scope = ("scope", "https://outlook.office365.com/.default");
    let secret = ("client_secret", SERVICE_SECRET);
    desk.token(&[("client_id", SERVICE_CLIENT), ("grant_type", "client_credentials"), scope, secret])
}

/// An answer in a line: how it differs from the usual one.
fn told(answer: &Answer, usual: &Answer) -> String {
    let mut told = answer.status.to_string();
    if answer.manner != Manner::Whole {
        write!(told, " {:?}", answer.manner).unwrap();
    }
    let (new, known) = ("Content-Type", "Content-Security-Policy");
    for (name, value) in answer.headers.iter().filter(|(name, _)| *name != known) {
        if !usual.headers.contains(&(name, value.clone())) {
            let value = if *name == new { value.split(';').next().unwrap() } else { value };
            write!(told, " {name}: {}", value.split("%0D%0ATrace").next().unwrap()).unwrap();
        }
    }
    if answer.body == usual.body {
        return told;
    }
    match serde_json::from_slice::<serde_json::Value>(&answer.body) {
        Ok(value) if value["error"].is_string() => told + " " + &refusal(&value),
        Ok(_) => told + " " + &members(text(answer), text(usual)),
        Err(_) if text_of_page(answer).is_some() => told + " " + &text_of_page(answer).unwrap(),
        Err(_) => told + " " + &shortened(&answer.body),
    }
}

fn refusal(value: &serde_json::Value) -> String {
    let description = value["error_description"].as_str().unwrap();
    let (sentence, trace) = description.split_once("\r\nTrace ID: ").unwrap();
    let [request, correlation] = ["trace_id", "correlation_id"].map(|name| value[name].as_str().unwrap());
    let time = value["timestamp"].as_str().unwrap();
    assert_eq!((request.len(), time), (36, "2026-11-21 10:00:00Z"));
    assert_eq!(trace, format!("{request}\r\nCorrelation ID: {correlation}\r\nTimestamp: {time}"));
    format!("{} {} {sentence}", value["error"].as_str().unwrap(), value["error_codes"])
}

/// What a page says to a person whom it refuses.
fn text_of_page(answer: &Answer) -> Option<String> {
    let page = str::from_utf8(&answer.body).ok()?.split("<pre>").nth(1)?;
    page.split("\r\nTrace").next().map(str::to_owned)
}

/// How the members of one object differ from those of another, both as they were written.
fn members(text: &str, usual: &str) -> String {
    let split = |text: &str| -> Vec<String> {
        text.trim_matches(['{', '}'])
            .split(",\"")
            .map(|part| part.trim_start_matches('"').to_owned())
            .collect()
    };
    let name = |part: &str| part.split('"').next().unwrap_or_default().to_owned();
    let (new, old) = (split(text), split(usual));
    let gone = old.iter().filter(|part| !new.iter().any(|other| name(other) == name(part)));
    let gone = gone.map(|part| format!("without {}", name(part)));
    let added = new.iter().filter(|part| !old.contains(part)).map(|part| shortened(part.as_bytes()));
    gone.chain(added).collect::<Vec<_>>().join(" ")
}

fn shortened(octets: &[u8]) -> String {
    let text = octets[..octets.len().min(60)].escape_ascii().to_string().replace("\\\"", "\"");
    let length = octets.len();
    if length > 60 { format!("{text}... ({length} octets)") } else { format!("{text} ({length} octets)") }
}

#[test]
fn every_scenario_strikes_at_its_place_and_nowhere_else() {
    let good = play("approves");
    let mut all = String::new();
    for scenario in SignInScenario::all() {
        let mark = match scenario.refusal() {
            Some(refusal) if refusal.confirmed => "+",
            Some(_) => "?",
            None => " ",
        };
        writeln!(all, "{mark} {}", scenario.name()).unwrap();
        let mut heard: Vec<(String, String)> = Vec::new();
        for ((part, answer), (_, usual)) in play(scenario.name()).iter().zip(&good) {
            let told = told(answer, usual);
            match heard.last_mut() {
                _ if answer == usual => {}
                Some((parts, before)) if *before == told => write!(parts, ", {part}").unwrap(),
                _ => heard.push(((*part).to_owned(), told)),
            }
        }
        for (parts, told) in heard {
            writeln!(all, "    {parts}: {}", told.replace(&chance_made(&good), "CODE")).unwrap();
        }
    }
    let kept = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sandbox/identity/scenarios.txt");
    if std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
        std::fs::write(kept, &all).unwrap();
    }
    let kept = std::fs::read_to_string(kept).unwrap();
    for (new, old) in all.lines().zip(kept.lines()) {
        assert_eq!(new, old, "INSTA_UPDATE=always keeps it");
    }
    assert_eq!(all.lines().count(), kept.lines().count());
}

/// The code of every browser here.
fn chance_made(good: &[(&str, Answer)]) -> String {
    sent_back(&good[2].1).1["code"].clone()
}

#[test]
fn gzip_holds_the_right_answer() {
    let [(_, right), ..] = play("approves");
    let [(_, packed), ..] = play("gzip");
    // One stored block: a head of 10 octets and 5, then the answer as it is, then checksum and length.
    assert_eq!(&packed.body[15..packed.body.len() - 8], right.body);
    assert_eq!(json(&right)["interval"], 5);
}
