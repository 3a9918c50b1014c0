//! Finds a secret where it must not be: as it is, or anywhere inside something that was encoded in base64.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// What the secret looks like: itself, and what base64 makes of it after 0, 1 or 2 other octets (modulo 3). What depends on
/// its neighbours is cut off, so these stand in every encoded text that holds the secret, such as `AUTH PLAIN`'s.
pub(crate) fn forms(secret: &str) -> Vec<String> {
    let after = |octets: usize| {
        let text = [&[0; 2][..octets], secret.as_bytes()].concat();
        let (start, end) = ((octets * 8).div_ceil(6), text.len() * 8 / 6);
        STANDARD.encode(text)[start..end].to_owned()
    };
    vec![secret.to_owned(), after(0), after(1), after(2)]
}

pub(crate) fn is_in(text: &[u8], forms: &[String]) -> bool {
    forms.iter().any(|form| memchr::memmem::find(text, form.as_bytes()).is_some())
}

#[test]
fn a_planted_secret_is_found_in_whatever_form() {
    let secret = "correct horse battery";
    let forms = forms(secret);
    let framed = [
        secret.to_owned(),
        STANDARD.encode(secret),
        STANDARD.encode(format!("\0ana@contoso.test\0{secret}")),
        STANDARD.encode(format!("user=ana@contoso.test\x01auth=Bearer {secret}\x01\x01")),
        STANDARD.encode(format!("1{secret}8")),
        STANDARD.encode(format!("12{secret}89")),
        STANDARD.encode(format!("123{secret}")),
    ];
    for text in framed {
        assert!(is_in(format!("~> AUTH {text} and so on").as_bytes(), &forms), "{text}");
    }

    assert!(!is_in(b"~> AUTH PLAIN [hidden]", &forms));
    assert!(!is_in(STANDARD.encode("correct horse buttery").as_bytes(), &forms));
}
