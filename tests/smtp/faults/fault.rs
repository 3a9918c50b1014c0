//! What the server does in place of its good reply.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::dialogue::Place;
use super::words::{CODES, NONSENSE, TEXTS};
use crate::support::attempt::USER;

/// One way to go wrong, or to be right in an unusual way.
#[derive(Clone)]
pub(super) struct Fault {
    pub(super) name: String,
    /// Lines for the scripted server.
    pub(super) script: String,
    pub(super) means: Means,
    /// The server says nothing up to the deadline, or nearly.
    pub(super) is_mute: bool,
}

/// What a careful reader makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Means {
    /// One whole reply with this code.
    Code(u16),
    /// The good reply, but each line has a CR too many: a keyword in it is another keyword.
    Spoilt(u16),
    /// A line that is no reply, or more than a reply can be.
    Nonsense,
    /// Nothing whole in time.
    Silence,
    /// The line is gone before there was a whole reply.
    HungUp,
    /// The good reply, and more behind it that nobody asked for.
    Surplus(Second),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Second {
    Code(u16),
    Nonsense,
    Unfinished,
}

/// Every fault at this place.
pub(super) fn all(place: Place) -> Vec<Fault> {
    let good = Good::at(place);
    let mut faults = good.hang_ups();
    faults.extend(good.silences(place));
    faults.extend(CODES.map(|code| good.code(code)));
    faults.extend(NONSENSE.map(|(name, line)| good.nonsense(name, line)));
    faults.extend(good.mixed());
    faults.extend(good.endless());
    faults.extend(good.dressed());
    faults.extend(TEXTS.map(|(name, text)| good.with_text(name, text)));
    faults.extend(good.echoes(place.secret()));
    faults.extend(good.surplus());
    faults.retain(|fault| fault.fits(place));
    faults
}

/// The reply that should have come.
struct Good {
    code: u16,
    texts: Vec<String>,
}

impl Good {
    fn at(place: Place) -> Self {
        let (code, texts) = place.good();
        Self { code, texts }
    }

    /// The reply with this code, its lines ended in this way.
    fn wire(&self, code: u16, end: &str) -> String {
        let last = self.texts.len() - 1;
        let line =
            |(at, text): (usize, &String)| format!("{code}{}{text}{end}", if at == last { ' ' } else { '-' });
        self.texts.iter().enumerate().map(line).collect()
    }

    /// The same with these lines behind its first.
    fn with_lines(&self, lines: Vec<String>) -> Self {
        let mut texts = self.texts.clone();
        texts.splice(1..1, lines);
        Self { code: self.code, texts }
    }

    fn whole(&self) -> String {
        self.wire(self.code, "\\r\\n")
    }

    fn hang_ups(&self) -> Vec<Fault> {
        let code = self.code;
        let first = format!("{code}-fine\\r\\n");
        let starts = [
            ("nothing", String::new()),
            ("one digit", "2".into()),
            ("the code", code.to_string()),
            ("a line without end", format!("{code} fine")),
            ("a line and a CR", format!("{code} fine\\r")),
            ("the first of two lines", first.clone()),
            ("the first line and a code", format!("{first}{code}")),
        ];
        let ends = [("closed", "== close"), ("reset", "== reset")];
        let fault = |((said, bytes), (how, end)): ((&str, String), (&str, &str))| {
            let said_first = if bytes.is_empty() { String::new() } else { format!("S| {bytes}\n") };
            Fault::new(format!("{said}, then {how}"), format!("{said_first}{end}"), Means::HungUp)
        };
        starts.iter().flat_map(|start| ends.map(|end| fault((start.clone(), end)))).collect()
    }

    fn silences(&self, place: Place) -> Vec<Fault> {
        let (code, whole) = (self.code, self.whole());
        let deadline = place.deadline().as_millis();
        let mute =
            |name: &str, script: String, means| Fault { is_mute: true, ..Fault::new(name, script, means) };
        let silence = |name: &str, script: String| Fault::new(name, script, Means::Silence);
        vec![
            mute("silence", "== deaf".into(), Means::Silence),
            mute("a reply that is late", format!("== wait {} ms\nS| {whole}", deadline + 1), Means::Silence),
            mute(
                "a reply just in time",
                format!("== wait {} ms\nS| {whole}", deadline - 1),
                Means::Code(code),
            ),
            silence("half a code", "S| 2\n== deaf".into()),
            silence("the code alone", format!("S| {code}\n== deaf")),
            silence("a line without end", format!("S| {code} fine\n== deaf")),
            silence("CR for line ends", format!("S| {}\n== deaf", self.wire(code, "\\r"))),
            silence("no last line", format!("S| {code}-fine\\r\\n\n== deaf")),
            silence(
                "no last line among many",
                format!("S| {}\n== deaf", format!("{code}-\\r\\n").repeat(50)),
            ),
            silence("a kilobyte without a line end", format!("S| {}\n== deaf", "garbage ".repeat(128))),
            silence("a record of TLS", "S| \\x16\\x03\\x01\\x00\\x05hello\n== deaf".into()),
            silence("a byte a second, one line", format!("== drip {code} and so on")),
            silence("a byte a second, many lines", format!("== drip {code}-a\\r\\n")),
        ]
    }

    fn code(&self, code: u16) -> Fault {
        Fault::new(code.to_string(), format!("S| {}", self.wire(code, "\\r\\n")), Means::Code(code))
    }

    fn nonsense(&self, name: &str, line: &str) -> Fault {
        let line = line.replace("{}", &self.code.to_string());
        Fault::new(name, format!("S| {line}\\r\\n"), Means::Nonsense)
    }

    /// Lines that do not belong to one reply.
    fn mixed(&self) -> Vec<Fault> {
        let code = self.code;
        let other = if code == 550 { 250 } else { 550 };
        let lines = [
            ("two codes in one reply", format!("{code}-fine\\r\\n{other} or not\\r\\n")),
            ("two codes of one class", format!("{code}-fine\\r\\n{} or not\\r\\n", code + 1)),
            ("a line without a code", format!("{code}-fine\\r\\nfine\\r\\n")),
            ("a dot for a last line", format!("{code}-fine\\r\\n.\\r\\n")),
            ("an empty line inside", format!("{code}-fine\\r\\n\\r\\n{code} fine\\r\\n")),
            ("text before the reply", format!("Welcome!\\r\\n{}", self.whole())),
            ("an empty line before the reply", format!("\\r\\n{}", self.whole())),
        ];
        lines.map(|(name, bytes)| Fault::new(name, format!("S| {bytes}"), Means::Nonsense)).into()
    }

    fn endless(&self) -> Vec<Fault> {
        let code = self.code;
        let scripts = [
            ("a line of 3 KiB", format!("S| {code} {}\\r\\n", "a".repeat(3 << 10))),
            ("a line of 100 KiB", format!("S| {code}-{}\\r\\n", "a".repeat(100 << 10))),
            ("100 KiB of lines", format!("S| {}", format!("{code}-{}\\r\\n", "a".repeat(1_000)).repeat(102))),
            ("a line without end for ever", format!("== flood {code} aaaaaaaa")),
            ("lines for ever", format!("== flood {code}-a\\r\\n")),
            ("NULs for ever", "== flood \\x00".into()),
            ("spaces for ever", "== flood  ".into()),
        ];
        scripts.map(|(name, script)| Fault::new(name, script, Means::Nonsense)).into()
    }

    /// The good reply, written as it may be.
    fn dressed(&self) -> Vec<Fault> {
        let code = self.code;
        let means = Means::Code(code);
        let mut bare = Self { code, texts: self.texts.clone() };
        if bare.texts.len() > 1 {
            bare.texts.push(String::new());
        } else {
            bare.texts = vec![String::new()];
        }
        let bare_wire = bare.whole();
        let no_space = format!("{}\\r\\n", bare_wire.trim_end_matches("\\r\\n").trim_end());
        let many = self.with_lines((0..200).map(|n| format!("X-FEATURE-{n}")).collect());
        let empty = self.with_lines(vec![String::new(); 20]);
        let long = self.with_lines(vec!["a".repeat(2_000)]);
        let scripts = [
            ("LF for line ends", format!("S| {}", self.wire(code, "\\n"))),
            ("a code without a space", format!("S| {no_space}")),
            ("a code and a space", format!("S| {bare_wire}")),
            ("a byte at a time", format!("== chop {}", self.whole())),
            ("two hundred lines", format!("S| {}", many.whole())),
            ("lines of nothing", format!("S| {}", empty.whole())),
            ("a line of 2,000 octets", format!("S| {}", long.whole())),
        ];
        let spoilt = format!("S| {}", self.wire(code, "\\r\\r\\n"));
        let mut faults = scripts.map(|(name, script)| Fault::new(name, script, means)).to_vec();
        faults.push(Fault::new("CR CR LF for line ends", spoilt, Means::Spoilt(code)));
        faults
    }

    fn with_text(&self, name: &str, text: &str) -> Fault {
        let text = text.replace("{long}", &"w".repeat(1_500));
        let mut texts = self.texts.clone();
        texts[0] = format!("{} {text}", texts[0]);
        let dressed = Self { code: self.code, texts };
        Fault::new(name, format!("S| {}", dressed.whole()), Means::Code(self.code))
    }

    /// The server repeats what it was told, or what it knows from another time.
    fn echoes(&self, secret: &str) -> Vec<Fault> {
        let base64 = |text: String| STANDARD.encode(text);
        let echoes = [
            ("as it is", secret.to_owned()),
            ("in quotes", format!("\"{secret}\"")),
            ("twice", format!("{secret}{secret}")),
            ("in base64", base64(secret.to_owned())),
            ("in base64, one octet on", base64(format!("x{secret}y"))),
            ("in base64, two octets on", base64(format!("xy{secret}z"))),
            ("as PLAIN has it", base64(format!("\0{USER}\0{secret}"))),
            ("as XOAUTH2 has it", base64(format!("user={USER}\x01auth=Bearer {secret}\x01\x01"))),
        ];
        let echo = |(how, text): (&str, String)| self.with_text(&format!("our secret {how}"), &text);
        echoes.map(echo).into()
    }

    fn surplus(&self) -> Vec<Fault> {
        let seconds = [
            ("a 250", "250 forged\\r\\n", Second::Code(250)),
            ("a 235", "235 welcome\\r\\n", Second::Code(235)),
            ("a 354", "354 go on\\r\\n", Second::Code(354)),
            ("a 451", "451 later\\r\\n", Second::Code(451)),
            ("a 550", "550 no\\r\\n", Second::Code(550)),
            ("a 421", "421 closing\\r\\n", Second::Code(421)),
            ("features", "250-forged\\r\\n250 AUTH PLAIN LOGIN\\r\\n", Second::Code(250)),
            ("words", "and more\\r\\n", Second::Nonsense),
            ("an empty line", "\\r\\n", Second::Nonsense),
            ("half a reply", "25", Second::Unfinished),
            ("a NUL", "\\x00", Second::Unfinished),
        ];
        let fault = |(name, more, second): (&str, &str, Second)| {
            Fault::new(
                format!("{name} too much"),
                format!("S| {}{more}", self.whole()),
                Means::Surplus(second),
            )
        };
        seconds.map(fault).into()
    }
}

impl Fault {
    fn new(name: impl Into<String>, script: impl Into<String>, means: Means) -> Self {
        Self { name: name.into(), script: script.into(), means, is_mute: false }
    }

    /// Does it say a single octet in time?
    pub(super) fn speaks(&self) -> bool {
        let verbs = ["S| ", "== drip ", "== chop ", "== flood "];
        let begins = verbs.iter().any(|verb| self.script.starts_with(verb));
        begins || self.is_mute && self.means != Means::Silence
    }

    fn fits(&self, place: Place) -> bool {
        match place {
            // In a flight a reply too many is the answer to what comes next: nobody can tell. In the middle of the message
            // there is no reply due at all, and the first one decides.
            Place::FlightMail | Place::FlightRcpt | Place::Body => !matches!(self.means, Means::Surplus(_)),
            // Whoever says nothing before the dot does nothing wrong.
            Place::BeforeDot => !self.is_mute,
            _ => true,
        }
    }
}
