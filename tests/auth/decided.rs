//! The `error` word decides; the number explains, and opens no door.

use sendoff::auth::oauth::{Refusal, Sense, SignInError};
use sendoff::mail::explain::Cause;
use sendoff::mail::oauth::Way;
use sendoff::mail::secret::Secret;
use serde_json::json;

use super::service::{DEVICE, REFRESH, Service, device_code, json, no, tokens, wrong};

/// All numbers of Microsoft's list that a sign-in for mail can meet.
const NUMBERS: &[u32] = &[
    70016, 70018, 70019, 90119, 90120, 50134, 7_000_218, 700_025, 7_000_215, 7_000_222, 700_016, 700_011,
    70001, 7_000_112, 50194, 9_002_332, 9_001_023, 90130, 90002, 90038, 1_000_104, 65001, 65004, 90094,
    90095, 650_056, 650_057, 650_052, 65005, 500_011, 50020, 90072, 500_208, 50034, 51004, 50105, 50076,
    50074, 50079, 50072, 50078, 53000, 53001, 53002, 50097, 50129, 53003, 530_032, 50131, 530_035, 530_033,
    53004, 53010, 53011, 50053, 50055, 50126, 50057, 50144, 50173, 70008, 700_082, 70043, 70000, 50089,
    54005, 50011, 501_481, 70011, 700_022, 28002, 50196, 90055, 90006, 90033, 50033, 90024,
];

fn refusal(error: &SignInError) -> &Refusal {
    match error {
        SignInError::Refused(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn each_number_is_explained_and_none_decides() {
    let words = ["invalid_grant", "authorization_declined", "temporarily_unavailable", "something_new"];
    let senses = [Sense::SignInAgain, Sense::Declined, Sense::Passing, Sense::Unknown];
    let script = NUMBERS.iter().flat_map(|number| words.map(|word| no(word, *number)));
    let service = Service::start(script).await;
    let client = service.client();
    for number in NUMBERS {
        for (word, sense) in words.iter().zip(senses) {
            let error = wrong(client.refresh(&Secret::new(REFRESH.into())).await);
            let refusal = refusal(&error);
            assert_eq!((refusal.error.as_str(), refusal.number), (*word, Some(*number)));
            assert_eq!(refusal.sense, sense, "{number}");
            assert_eq!(error.is_final(), sense != Sense::Passing, "{word} {number}");
            assert_eq!(error.needs_sign_in(), sense == Sense::SignInAgain, "{word} {number}");
            let cause = error.cause();
            assert!(cause.cause != Cause::Unknown.as_str() || cause.is_confirmed, "{number}: {cause:?}");
            assert!(error.other_ways().is_empty(), "a renewal has no other way");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_number_that_sounds_final_does_not_stop_the_asking() {
    let pending = NUMBERS.iter().map(|number| no("authorization_pending", *number));
    let start = json(200, &device_code());
    let service = Service::start([start].into_iter().chain(pending).chain([json(200, &tokens())])).await;
    let client = service.client();
    let code = client.device().await.unwrap();
    assert!(client.poll(&code).await.is_ok());
    assert_eq!(service.asked().len(), NUMBERS.len() + 2);
}

#[tokio::test(start_paused = true)]
async fn where_a_policy_blocks_the_code_the_browser_is_offered() {
    for number in [
        53003, 530_033, 530_036, 50097, 530_032, 50199, 53000, 53001, 50129, 50131, 530_035, 50076, 7_000_218,
    ] {
        let service = Service::start([json(200, &device_code()), no("invalid_grant", number)]).await;
        let client = service.client();
        let code = client.device().await.unwrap();
        let error = wrong(client.poll(&code).await);
        assert_eq!(error.other_ways(), [Way::Loopback, Way::PasteBack], "{number}");
        assert!(error.is_final());
        assert_ne!(error.cause().cause, "refresh-expired", "{number}");
    }
    // Which of them a person may simply begin again.
    for (word, number, may_repeat) in [
        ("invalid_client", 700_016, false),
        ("unauthorized_client", 700_016, false),
        ("authorization_declined", 65004, true),
        ("expired_token", 70019, true),
        ("server_error", 90033, true),
    ] {
        let service = Service::start([json(200, &device_code()), no(word, number)]).await;
        let client = service.client();
        let code = client.device().await.unwrap();
        let error = wrong(client.poll(&code).await);
        assert!(error.other_ways().is_empty() && error.may_repeat() == may_repeat, "{word} {number}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_number_is_found_in_the_text_where_there_is_no_list() {
    let text = "AADSTS53003: Access has been blocked.\r\nTrace ID: 1";
    let service =
        Service::start([json(400, &json!({ "error": "invalid_grant", "error_description": text }))]).await;
    let error = wrong(service.client().refresh(&Secret::new(REFRESH.into())).await);
    assert_eq!(refusal(&error).number, Some(53003));
    assert_eq!(refusal(&error).text.as_str(), "AADSTS53003: Access has been blocked.");
    assert_eq!(error.to_string(), "the sign-in service refused (invalid_grant, AADSTS53003)");
    assert_eq!(error.cause().cause, "conditional-access");
}

/// Another service than Microsoft's has no numbers.
#[tokio::test(start_paused = true)]
async fn a_word_without_a_number_is_not_taken_for_a_reply_to_mail() {
    for (word, says) in [
        ("invalid_client", "The sign-in service refused (invalid_client). It says: no such client"),
        ("something_new", "The sign-in service refused (something_new). It says: no such client"),
        ("server_error", "Microsoft's sign-in service has trouble at the moment."),
        ("unauthorized_client", "The sign-in service does not know the app"),
    ] {
        let said = json!({ "error": word, "error_description": "no such client" });
        let service = Service::start([json(400, &said)]).await;
        let cause = wrong(service.client().refresh(&Secret::new(REFRESH.into())).await).cause();
        assert!(cause.says.starts_with(says), "{word}: {cause:?}");
        assert!(!cause.todo.contains("bounce"), "{word}: {cause:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_sent_is_not_shown_when_it_comes_back() {
    for field in ["error", "error_description"] {
        let mut said = json!({ "error": "invalid_grant", "error_description": "no" });
        said[field] = json!(format!("your {REFRESH} and your {DEVICE} are odd"));
        let service = Service::start([json(400, &said)]).await;
        wrong(service.client().refresh(&Secret::new(REFRESH.into())).await);
        let service = Service::start([json(200, &device_code()), json(400, &said)]).await;
        let client = service.client();
        let code = client.device().await.unwrap();
        let error = client.poll(&code).await.err().unwrap();
        assert!(!format!("{error:?}{error}").contains(DEVICE), "{error:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn words_without_end_are_cut_and_cleaned() {
    let said = json!({ "error": "\u{1b}[31mx".repeat(1000), "error_description": "\u{202e}y".repeat(9000) });
    let service = Service::start([json(400, &said)]).await;
    let error = wrong(service.client().refresh(&Secret::new(REFRESH.into())).await);
    assert!(error.to_string().len() < 200 && refusal(&error).text.as_str().len() < 3000, "{error}");
    assert!(!format!("{error}{error:?}").contains(['\u{1b}', '\u{202e}']));
}
