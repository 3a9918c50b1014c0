//! A challenge to a sign-in, in base64 or not: what is shown of it is inert.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sendoff::mail::reply::Reply;
use sendoff::smtp::challenge;

fuzz_target!(|text: &str| {
    let line = text.replace(['\r', '\n'], " ");
    let Ok(reply) = Reply::parse(&format!("334 {line}")) else { return };
    assert!(!challenge(&reply).contains(char::is_control));
});
