//! Sender, recipients and what the server can carry: in one flight where it takes that, else in turns.

use std::time::Duration;

use sendoff::mail::outcome::{Outcome, Step, Trouble};
use sendoff::smtp::Choice;

use super::passages::{
    BARE_HELLO, ENVELOPE, FLIGHT, GREETING, PIPELINING_HELLO, SIGN_IN_PIPELINING, STARTTLS, TAKEN,
};
use crate::support::attempt::{Answer, Attempt, BODY, Told};

const THREE: [&str; 3] = ["bob@fabrikam.com", "carol@contoso.com", "dora@contoso.com"];

/// Three recipients in one flight, each with its own answer, then the answer to DATA.
fn flight_of_three(answers: [&str; 3], data: &str) -> String {
    let [bob, carol, dora] = answers;
    format!(
        "C: MAIL FROM:<ana@contoso.com>
         C: RCPT TO:<bob@fabrikam.com>
         C: RCPT TO:<carol@contoso.com>
         C: RCPT TO:<dora@contoso.com>
         C: DATA
         S: 250 sender fine
         S: {bob}
         S: {carol}
         S: {dora}
         S: {data}"
    )
}

/// The same in turns, up to the last RCPT.
fn turns_of_three(answers: [&str; 3]) -> String {
    let [bob, carol, dora] = answers;
    format!(
        "C: MAIL FROM:<ana@contoso.com>
         S: 250 sender fine
         C: RCPT TO:<bob@fabrikam.com>
         S: {bob}
         C: RCPT TO:<carol@contoso.com>
         S: {carol}
         C: RCPT TO:<dora@contoso.com>
         S: {dora}"
    )
}

/// Both ways of asking about three recipients.
fn both_ways(answers: [&str; 3]) -> [Attempt; 2] {
    let flight = [GREETING, PIPELINING_HELLO, &flight_of_three(answers, "354 go ahead")];
    let turns = [GREETING, BARE_HELLO, &turns_of_three(answers)];
    [Attempt::in_the_clear(&flight).to(&THREE), Attempt::in_the_clear(&turns).to(&THREE)]
}

fn verdicts(told: &Told) -> Vec<Option<u16>> {
    told.report.recipients.iter().map(|to| to.reply.as_ref().map(sendoff::mail::reply::Reply::code)).collect()
}

/// No line of a message left, nor a lone dot.
fn assert_no_body(told: &Told) {
    let said = told.heard.clear();
    assert!(!said.contains("Q3 numbers") && !said.contains("\r\n.\r\n"), "{said}");
    assert_eq!(told.noted.before_dot, None);
}

#[tokio::test(start_paused = true)]
async fn a_flight_is_one_write() {
    let told = Attempt::in_the_clear(&[
        GREETING,
        PIPELINING_HELLO,
        &flight_of_three(["250 1", "250 2", "250 3"], "354 go"),
        TAKEN,
    ])
    .to(&THREE)
    .run()
    .await;
    assert_eq!(told.report.outcome, Outcome::Accepted);
    let flight = "MAIL FROM:<ana@contoso.com>\r\nRCPT TO:<bob@fabrikam.com>\r\nRCPT TO:<carol@contoso.com>\r\n\
                  RCPT TO:<dora@contoso.com>\r\nDATA\r\n";
    assert_eq!(told.noted.writes[1], flight.as_bytes());
    let texts: Vec<String> =
        told.report.recipients.iter().map(|to| to.reply.as_ref().unwrap().text()).collect();
    assert_eq!(texts, ["1", "2", "3"], "each recipient has its own answer");
}

#[tokio::test(start_paused = true)]
async fn a_flight_is_one_record_under_tls() {
    let told = Attempt::new(&[GREETING, STARTTLS, SIGN_IN_PIPELINING, FLIGHT, TAKEN]).run().await;
    assert_eq!(told.report.outcome, Outcome::Accepted);
    // Type 23, version 3.3, length: the flight, the content type and the tag (RFC 8446 section 5.2).
    let flight = "MAIL FROM:<ana@contoso.com>\r\nRCPT TO:<bob@fabrikam.com>\r\nDATA\r\n".len() + 1 + 16;
    let flight = u8::try_from(flight).unwrap();
    assert!(
        told.noted
            .writes
            .iter()
            .any(|write| write.starts_with(&[23, 3, 3, 0, flight]) && write.len() == usize::from(flight) + 5)
    );
}

#[tokio::test(start_paused = true)]
async fn without_pipelining_each_command_waits_for_its_answer() {
    let told = Attempt::in_the_clear(&[GREETING, BARE_HELLO, ENVELOPE, TAKEN]).run().await;
    assert_eq!(told.report.outcome, Outcome::Accepted);
    let commands = [
        "EHLO [127.0.0.1]\r\n",
        "MAIL FROM:<ana@contoso.com>\r\n",
        "RCPT TO:<bob@fabrikam.com>\r\n",
        "DATA\r\n",
    ];
    assert_eq!(told.noted.writes[..4], commands.map(|command| command.as_bytes().to_vec()));
}

#[tokio::test(start_paused = true)]
async fn a_person_decides_about_refused_recipients() {
    for attempt in both_ways(["250 fine", "550 5.1.1 no Carol here", "251 will forward"]) {
        let told = attempt.choice(Answer::Now(Choice::Stop)).run().await;
        assert_eq!((told.report.outcome, told.trouble()), (Outcome::Refused, Some(Trouble::Stopped)));
        assert_eq!(told.says(), "1 of 3 recipients refused; nothing was sent");
        assert_eq!(told.report.reply.as_ref().unwrap().to_string(), "550 5.1.1 no Carol here");
        assert_eq!(verdicts(&told), [Some(250), Some(550), Some(251)]);
        assert_eq!(told.noted.decide.as_ref(), Some(&told.report.recipients));
        assert_no_body(&told);
        assert!(!told.said_quit, "QUIT would be taken for the message");
    }
}

#[tokio::test(start_paused = true)]
async fn the_others_can_have_it() {
    let answers = ["250 fine", "450 4.2.1 later", "550 5.1.1 nobody"];
    let flight = [GREETING, PIPELINING_HELLO, &flight_of_three(answers, "354 go ahead"), TAKEN];
    let turns = [GREETING, BARE_HELLO, &turns_of_three(answers), "C: DATA\nS: 354 go ahead", TAKEN];
    for script in [flight.as_slice(), &turns] {
        let told = Attempt::in_the_clear(script)
            .to(&THREE)
            .choice(Answer::After(Duration::from_secs(59), Choice::SendToAccepted))
            .run()
            .await;
        assert_eq!(told.end(), (Outcome::Partly, Step::Dot, None));
        assert_eq!(verdicts(&told), [Some(250), Some(450), Some(550)]);
        assert_eq!(told.report.server_id.as_deref(), Some("<theirs@mail.contoso.com>"));
        assert!(told.heard.clear().ends_with("\r\n..hidden dot\r\n.\r\nQUIT\r\n"));
    }
}

#[tokio::test(start_paused = true)]
async fn no_decision_is_a_no() {
    for (answer, seconds) in [
        (Answer::Never, 60),
        (Answer::Dropped, 0),
        (Answer::After(Duration::from_secs(61), Choice::SendToAccepted), 60),
    ] {
        for attempt in both_ways(["450 later", "250 fine", "250 fine"]) {
            let told = attempt.choice(answer).run().await;
            assert_eq!((told.report.outcome, told.trouble()), (Outcome::Deferred, Some(Trouble::Stopped)));
            assert_eq!(told.report.total, Duration::from_secs(seconds));
            assert_no_body(&told);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn when_nobody_is_left_nothing_goes_out() {
    for data in ["554 no valid recipients", "503 5.5.2 need rcpt", "354 go ahead all the same"] {
        let flight = flight_of_three(["550 5.1.1 a", "550 5.1.1 b", "450 c"], data);
        let told = Attempt::in_the_clear(&[GREETING, PIPELINING_HELLO, &flight]).to(&THREE).run().await;
        assert_eq!(told.end(), (Outcome::Refused, Step::Rcpt, Some(Trouble::Stopped)), "{data}");
        assert_eq!(told.says(), "3 of 3 recipients refused; nothing was sent");
        assert!(told.noted.decide.is_none() && !told.said_quit, "{data}");
        assert_no_body(&told);
    }
    let turns = turns_of_three(["450 a", "451 b", "452 c"]);
    let told = Attempt::in_the_clear(&[GREETING, BARE_HELLO, &turns]).to(&THREE).run().await;
    assert_eq!(told.end(), (Outcome::Deferred, Step::Rcpt, Some(Trouble::Stopped)));
    assert!(!told.heard.clear().contains("DATA"));
}

#[tokio::test(start_paused = true)]
async fn a_refused_sender_ends_a_flight_without_a_word() {
    let script = "
        C: MAIL FROM:<ana@contoso.com>
        C: RCPT TO:<bob@fabrikam.com>
        C: DATA
        S: 530 5.7.57 Client not authenticated to send mail.
        S: 503 5.5.2 need mail
        S: 503 5.5.2 need mail";
    let told = Attempt::in_the_clear(&[GREETING, PIPELINING_HELLO, script]).run().await;
    assert_eq!(told.end(), (Outcome::Refused, Step::Mail, None));
    assert_eq!(told.says(), "530 5.7.57 Client not authenticated to send mail.");
    assert_eq!(verdicts(&told), [None]);
    assert!(!told.said_quit, "what the server takes it for depends on its answer to DATA");
    assert_no_body(&told);
}

#[tokio::test(start_paused = true)]
async fn wrong_words_end_the_envelope() {
    let wrong = [
        ("S: 250 hm\nS: 250 hm\nS: 250 not 354", Outcome::Failed, Some(Trouble::Protocol)),
        ("S: 250 hm\nS: 250 hm\nS: 554 5.5.1 no", Outcome::Refused, None),
        ("S: 250 hm\nS: 250 hm\nS: 451 later", Outcome::Deferred, None),
        ("S: 250 hm\nS: 421 closing\n== close", Outcome::Deferred, None),
        ("S: 354 hm", Outcome::Failed, Some(Trouble::Protocol)),
        ("S: 250 hm\nS: what?", Outcome::Failed, Some(Trouble::Protocol)),
    ];
    for (answers, outcome, trouble) in wrong {
        let flight = format!("C: MAIL *\nC: RCPT *\nC: DATA\n{answers}");
        let told = Attempt::in_the_clear(&[GREETING, PIPELINING_HELLO, &flight]).run().await;
        assert_eq!((told.report.outcome, told.trouble()), (outcome, trouble), "{answers}");
        assert_no_body(&told);
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_closes_between_recipients_is_believed() {
    let turns = [GREETING, BARE_HELLO, "C: MAIL *\nS: 250 fine\nC: RCPT *\nS: 421 4.4.2 too many\n== close"];
    let flight = [
        GREETING,
        PIPELINING_HELLO,
        "C: MAIL *\nC: RCPT *\nC: RCPT *\nC: RCPT *\nC: DATA\nS: 250 fine\nS: 421 4.4.2 too many\n== close",
    ];
    for script in [turns, flight] {
        let told = Attempt::in_the_clear(&script).to(&THREE).run().await;
        assert_eq!(told.end(), (Outcome::Deferred, Step::Rcpt, None));
        assert_eq!(
            (told.says().as_str(), verdicts(&told)),
            ("421 4.4.2 too many", vec![Some(421), None, None])
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_letter_too_large_is_not_offered() {
    let hello = "S: 250-mail.contoso.com\nS: 250 SIZE 2000000";
    let told = Attempt::in_the_clear(&[GREETING, hello]).size(2_000_001).run().await;
    assert_eq!(told.end(), (Outcome::Failed, Step::Mail, Some(Trouble::CannotCarry)));
    let told_figures = Attempt::in_the_clear(&[GREETING, hello]).size(38_250_000).run().await;
    assert_eq!(told_figures.says(), "the message has 38.2 MB, the server takes 2.0 MB at most");
    assert_eq!(told.raw(), b"EHLO [127.0.0.1]\r\n");
}

#[tokio::test(start_paused = true)]
async fn the_size_is_announced_where_it_is_asked_for() {
    let size = "S: 250-mail.contoso.com\nS: 250 SIZE";
    let announced = format!("C: MAIL FROM:<ana@contoso.com> SIZE={}", BODY.len());
    let rest = ENVELOPE.split_once("S: 250 2.1.0").unwrap().1;
    for limit in ["", " 45", " 0", " -1", " 99999999999999999999999", " plenty"] {
        let script = [GREETING, &format!("{size}{limit}"), &announced, &format!("S: 250 2.1.0{rest}"), TAKEN];
        let told = Attempt::in_the_clear(&script).run().await;
        assert_eq!(told.report.outcome, Outcome::Accepted, "SIZE{limit}: {}", told.says());
    }
}

#[tokio::test(start_paused = true)]
async fn a_local_part_outside_ascii_needs_smtputf8() {
    let jürgen = ["jürgen@fabrikam.com"];
    let told = Attempt::in_the_clear(&[GREETING, PIPELINING_HELLO]).to(&jürgen).run().await;
    assert_eq!(told.end(), (Outcome::Failed, Step::Mail, Some(Trouble::CannotCarry)));
    assert_eq!(told.says(), "jürgen@fabrikam.com needs SMTPUTF8, which the server does not offer");
    assert_eq!(told.raw(), b"EHLO [127.0.0.1]\r\n");

    let script = "
        S: 250-mail.contoso.com
        S: 250 smtputf8
        C: MAIL FROM:<ana@contoso.com> SMTPUTF8
        S: 250 fine
        C: RCPT TO:<jürgen@fabrikam.com>
        S: 250 fine
        C: DATA
        S: 354 go ahead";
    let told = Attempt::in_the_clear(&[GREETING, script, TAKEN]).to(&jürgen).run().await;
    assert_eq!(told.report.outcome, Outcome::Accepted);
}
