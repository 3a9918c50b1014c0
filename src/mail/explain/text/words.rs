//! The words of a text, with an index that says quickly what is not among them: thousands of signs are looked for, few are there.

use std::ops::Deref;

/// One bit for each group of three bytes (by its hash) that stands somewhere.
const BITS: usize = 1 << 16;

/// Text to look for signs in.
pub(in crate::mail::explain) struct Words {
    text: String,
    groups: Vec<u64>,
}

impl Words {
    pub(super) fn new(text: String) -> Self {
        let mut groups = vec![0; BITS / 64];
        for group in text.as_bytes().windows(3) {
            let at = hash(group);
            groups[at / 64] |= 1 << (at % 64);
        }
        Self { text, groups }
    }

    /// `false`: `sign` stands nowhere. `true`: it may.
    pub(in crate::mail::explain) fn may_hold(&self, sign: &str) -> bool {
        sign.as_bytes().windows(3).map(hash).all(|at| self.groups[at / 64] >> (at % 64) & 1 == 1)
    }

    /// Does `sign` stand anywhere, even inside a word?
    pub(in crate::mail::explain) fn hold(&self, sign: &str) -> bool {
        self.may_hold(sign) && self.text.contains(sign)
    }
}

impl Deref for Words {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

/// Mixes three bytes into a number below [`BITS`].
fn hash(group: &[u8]) -> usize {
    let number = group.iter().fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
    (number.wrapping_mul(0x9E37_79B1) >> 16) as usize % BITS
}
