//! What a server offers: every mechanism is one word in capitals, and stands there once.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sendoff::mail::reply::Reply;
use sendoff::smtp::Capabilities;

fuzz_target!(|text: &str| {
    let Ok(reply) = Reply::parse(text) else { return };
    let offered = Capabilities::read(&reply);
    for (at, mechanism) in offered.auth.iter().enumerate() {
        assert!(!mechanism.is_empty() && !mechanism.contains(char::is_control));
        assert!(!mechanism.bytes().any(|byte| byte.is_ascii_lowercase() || byte == b' '));
        assert!(!offered.auth[..at].contains(mechanism) && offered.offers(mechanism));
    }
    assert_eq!(offered, Capabilities::read(&reply));
});
