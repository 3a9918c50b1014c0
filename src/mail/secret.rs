//! A password or token: text that cannot be printed, cloned or stored by accident.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

/// Has no `Debug`, `Display`, `Clone` or `Serialize` on purpose; its memory is wiped when it goes.
pub struct Secret(Zeroizing<String>);

/// What a secret is for; each kind has a place of its own in every store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Password,
    /// A bearer token for XOAUTH2; good for about an hour.
    AccessToken,
    /// What fetches access tokens without the person; good for about 90 days, replaced at every use.
    RefreshToken,
    /// The secret of an application that signs in by itself.
    ClientSecret,
}

impl Kind {
    pub const ALL: [Self; 4] = [Self::Password, Self::AccessToken, Self::RefreshToken, Self::ClientSecret];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::AccessToken => "access token",
            Self::RefreshToken => "sign-in",
            Self::ClientSecret => "client secret",
        }
    }
}

impl Secret {
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text itself. Each caller is a place where a secret could leak: `smtp::auth` and the stores, nowhere else.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A secret with a line break or another control character cannot be framed in SASL; it is a mistake in the source.
    pub fn has_controls(&self) -> bool {
        self.0.chars().any(char::is_control)
    }

    /// What a server may echo, and what must be found nowhere: the text itself, in base64 wherever it begins in a group, in the
    /// frames of SASL (RFC 4616, XOAUTH2), in hexadecimal, percent-encoded. Whole frames first: a part of one that is masked
    /// would leave the rest of it standing.
    pub fn forms(&self, user: &str) -> Vec<Zeroizing<String>> {
        let plain = self.reveal();
        if plain.is_empty() {
            return Vec::new();
        }
        let mut forms = vec![
            STANDARD.encode(format!("user={user}\x01auth=Bearer {plain}\x01\x01")),
            STANDARD.encode(format!("\0{user}\0{plain}")),
            STANDARD.encode(plain),
            plain.to_owned(),
        ];
        if plain.len() >= SHORT {
            forms.extend(inside_base64(plain));
            forms.extend([
                hex(plain, "", false),
                hex(plain, "", true),
                hex(plain, "%", true),
                hex(plain, "%", false),
                hex(plain, "=", true),
                hex(plain, "\\x", true),
                hex(plain, "\\x", false),
                hex(plain, " ", true).trim_start().to_owned(),
                hex(plain, " ", false).trim_start().to_owned(),
            ]);
            forms.push(percent(plain));
            forms.push(plain.chars().flat_map(|c| [c, '\0']).collect());
            forms.push(plain.chars().map(|c| format!("&#{};", u32::from(c))).collect::<Vec<_>>().concat());
            forms.push(STANDARD.encode(plain.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()));
            forms.extend(inside_base64(plain).iter().filter(|form| form.contains(['+', '/'])).map(|form| {
                // RFC 4648 section 5: as it stands in addresses and in JSON Web Tokens.
                form.replace('+', "-").replace('/', "_")
            }));
        }
        forms.into_iter().map(Zeroizing::new).collect()
    }

    /// Long ones whose first [`HALF`] letters alone are a hint: itself, and in base64.
    pub fn hints(&self) -> Vec<Zeroizing<String>> {
        let plain = self.reveal();
        let hints = [plain.to_owned(), STANDARD.encode(plain)];
        if plain.len() >= LONG { hints.into_iter().map(Zeroizing::new).collect() } else { Vec::new() }
    }

    /// Does this text give the secret away: in one of its forms, broken over lines, or by its first half?
    pub fn is_in(&self, text: &str, user: &str) -> bool {
        if self.reveal().len() < SHORT {
            // A word so short stands in any text by chance.
            return false;
        }
        // Broken over lines: the breaks, and any space that was there before, count for nothing.
        let bare =
            |text: &str| Zeroizing::new(text.chars().filter(|c| !c.is_whitespace()).collect::<String>());
        let joined = bare(text);
        let quoted = Zeroizing::new(text.replace("^@", "\0"));
        let half =
            (self.reveal().len() >= LONG).then(|| self.reveal().chars().take(HALF).collect::<String>());
        let half = Zeroizing::new(half.unwrap_or_default());
        let has =
            |form: &str| text.contains(form) || joined.contains(bare(form).as_str()) || quoted.contains(form);
        self.forms(user).iter().any(|form| has(form)) || !half.is_empty() && has(&half)
    }
}

/// A secret of a few letters has no part that is worth hiding.
const SHORT: usize = 6;
/// Of a long one its first letters alone are a hint.
const LONG: usize = 16;
pub const HALF: usize = 8;

/// The part of a secret's base64 that does not depend on what stands before and behind it, for each of the three places
/// where it can begin in a group. A secret of a few letters has no such part worth hiding.
fn inside_base64(plain: &str) -> Vec<String> {
    let part = |before: usize| {
        let shifted = Zeroizing::new([&"\0\0"[..before], plain].concat());
        let encoded = Zeroizing::new(STANDARD.encode(&*shifted));
        let (start, end) = ((before * 8).div_ceil(6), (before + plain.len()) * 8 / 6);
        encoded[start..end].to_owned()
    };
    (0..3).map(part).collect()
}

/// Each octet as two digits behind `mark`.
fn hex(plain: &str, mark: &str, is_upper: bool) -> String {
    let digits = |byte: u8| if is_upper { format!("{mark}{byte:02X}") } else { format!("{mark}{byte:02x}") };
    plain.bytes().map(digits).collect::<Vec<_>>().concat()
}

/// RFC 3986: what is not a letter or a digit becomes `%NN`.
fn percent(plain: &str) -> String {
    let octet = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    plain.bytes().map(octet).collect::<Vec<_>>().concat()
}
