//! Tokens anew from the stored sign-in.

use sendoff::mail::secret::Secret;
use serde_json::json;

use super::service::{ACCESS, REFRESH, Reply, Service, http, json, no, tokens, with, wrong};

fn stored() -> Secret {
    Secret::new("refresh-stored-5t4r3e".into())
}

#[tokio::test(start_paused = true)]
async fn a_renewal_brings_a_new_sign_in_to_store() {
    let service = Service::start([json(200, &tokens())]).await;
    let tokens = service.client().refresh(&stored()).await.ok().unwrap();
    assert_eq!((tokens.access.reveal(), tokens.refresh.unwrap().reveal()), (ACCESS, REFRESH));
    let asked = service.asked().remove(0);
    let expected = json!({
        "grant_type": "refresh_token", "refresh_token": "refresh-stored-5t4r3e",
        "client_id": "11111111-2222-3333-4444-555555555555",
        "scope": "https://outlook.office.com/SMTP.Send offline_access openid profile",
    });
    assert_eq!(json!(asked.form), expected);
}

#[tokio::test(start_paused = true)]
async fn the_old_sign_in_stays_where_no_new_one_comes() {
    let service = Service::start([json(200, &with(tokens(), &json!({ "refresh_token": null })))]).await;
    assert!(service.client().refresh(&stored()).await.ok().unwrap().refresh.is_none());
}

/// RFC 6749 section 6: no scope at all means what was granted.
#[tokio::test(start_paused = true)]
async fn where_less_was_granted_than_is_asked_for_that_is_renewed() {
    let too_much = || json(400, &json!({ "error": "invalid_scope" }));
    let service = Service::start([too_much(), json(200, &tokens())]).await;
    assert!(service.client().refresh(&stored()).await.is_ok());
    let asked = service.asked();
    assert_eq!(
        (asked[1].form.get("scope"), &asked[1].form["refresh_token"]),
        (None, &asked[0].form["refresh_token"])
    );

    let service = Service::start([too_much(), too_much()]).await;
    let error = wrong(service.client().refresh(&stored()).await);
    assert!(error.is_final() && !error.needs_sign_in(), "{error:?}");
    assert_eq!(service.asked().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn two_renewals_at_once_are_two_questions() {
    let service = Service::start([json(200, &tokens())]).await;
    let (first, second) = (service.client(), service.client());
    let (old, same) = (stored(), stored());
    let (one, two) = tokio::join!(first.refresh(&old), second.refresh(&same));
    assert!(one.is_ok() && two.is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_sign_in_that_has_ended_is_asked_about_once() {
    for (word, number) in
        [("invalid_grant", 700_082), ("invalid_grant", 50173), ("interaction_required", 50076)]
    {
        let service = Service::start([no(word, number)]).await;
        let error = wrong(service.client().refresh(&stored()).await);
        assert!(error.needs_sign_in() && error.is_final(), "{error:?}");
        assert_eq!(service.asked().len(), 1, "no second try with what was refused");
    }
}

#[tokio::test(start_paused = true)]
async fn trouble_of_the_service_is_no_reason_to_sign_in_again() {
    for reply in [http(503, "text/html", b"busy"), no("temporarily_unavailable", 90033), Reply::Close] {
        let service = Service::start([reply]).await;
        let error = wrong(service.client().refresh(&stored()).await);
        assert!(!error.needs_sign_in() && !error.is_final(), "{error:?}");
        assert_eq!(service.asked().len(), 1);
    }
}
