//! Messages on their way in: the dots of DATA undone, lines checked, the size bounded. Whole runs are scanned at a time.

use memchr::{memchr, memchr2, memmem};

use super::violation::{Place, Violation};
use super::words::SIZE;

/// The longest line of a message without its CR LF, in octets (RFC 5321, section 4.5.3.1.6).
const LINE: usize = 998;

/// Undoes dot-stuffing and finds the end of the message (RFC 5321, section 4.5.2). It remembers where in a line it
/// stands, so the octets may come chopped anywhere. Only CR LF ends a line, so a lone LF hides no second message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unstuff {
    LineStart,
    /// A dot at the start of a line, held back.
    Dot,
    /// A dot and a CR at the start of a line, the CR held back.
    DotCr,
    Text,
    /// A CR within text, not held back.
    TextCr,
}

impl Unstuff {
    /// Appends what belongs to the message to `message`, and notes a dot that no other follows, though text does. At the
    /// end of the message, says how many of `bytes` were used.
    pub(super) fn feed(
        &mut self,
        bytes: &[u8],
        message: &mut Vec<u8>,
        undoubled: &mut bool,
    ) -> Option<usize> {
        let mut at = 0;
        while let Some(&next) = bytes.get(at) {
            *undoubled |= match *self {
                Self::Dot => !matches!(next, b'.' | b'\r'),
                Self::DotCr => next != b'\n',
                _ => false,
            };
            (*self, at) = match (*self, next) {
                (Self::LineStart, b'.') => (Self::Dot, at + 1),
                (Self::Dot, b'\r') => (Self::DotCr, at + 1),
                (Self::DotCr, b'\n') => return Some(at + 1),
                (Self::DotCr, _) => {
                    message.push(b'\r');
                    (Self::Text, at)
                }
                (Self::TextCr, b'\n') => {
                    message.push(b'\n');
                    (Self::LineStart, at + 1)
                }
                _ => {
                    let (place, used) = Self::run(&bytes[at..], message);
                    (place, at + used)
                }
            };
        }
        None
    }

    /// Copies up to the next line that starts with a dot, or all there is.
    fn run(text: &[u8], message: &mut Vec<u8>) -> (Self, usize) {
        if let Some(end) = memmem::find(text, b"\r\n.") {
            message.extend_from_slice(&text[..end + 2]);
            return (Self::Dot, end + 3);
        }
        message.extend_from_slice(text);
        let place = match text {
            [.., b'\r', b'\n'] => Self::LineStart,
            [.., b'\r'] => Self::TextCr,
            _ => Self::Text,
        };
        (place, text.len())
    }
}

/// One message as it grows.
#[derive(Debug, Default)]
pub(super) struct Content {
    data: Vec<u8>,
    /// Octets so far. Over [`SIZE`] they are counted and thrown away.
    size: u64,
    lines: Lines,
    undoubled_dot: bool,
    nul: bool,
    eight_bit: bool,
}

impl Content {
    /// Takes dot-stuffed octets. At the end of the message, says how many of them were used.
    pub(super) fn stuffed(&mut self, unstuff: &mut Unstuff, bytes: &[u8]) -> Option<usize> {
        let before = self.data.len();
        let end = unstuff.feed(bytes, &mut self.data, &mut self.undoubled_dot);
        self.settle(before);
        end
    }

    /// Takes octets as they are.
    pub(super) fn plain(&mut self, bytes: &[u8]) {
        let before = self.data.len();
        self.data.extend_from_slice(bytes);
        self.settle(before);
    }

    fn settle(&mut self, before: usize) {
        let new = &self.data[before..];
        self.lines.check(new);
        self.nul |= memchr(0, new).is_some();
        self.eight_bit |= !new.is_ascii();
        self.size += new.len() as u64;
        if self.too_large() {
            self.data = Vec::new();
        }
    }

    pub(super) fn too_large(&self) -> bool {
        self.size > SIZE
    }

    /// Octets of the message, dots undone.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// Whether there are octets over 127.
    pub(super) fn is_eight_bit(&self) -> bool {
        self.eight_bit
    }

    pub(super) fn data(&self) -> &[u8] {
        &self.data
    }

    pub(super) fn into_data(self) -> Vec<u8> {
        self.data
    }

    /// What was wrong with the lines so far, whatever the envelope said of them.
    pub(super) fn violations(&self) -> impl Iterator<Item = Violation> + use<> {
        let Lines { bare_line_feed, bare_carriage_return, long, .. } = self.lines;
        [
            (bare_line_feed, Violation::BareLineFeed(Place::Message)),
            (bare_carriage_return, Violation::BareCarriageReturn(Place::Message)),
            (long, Violation::LongLine),
            (self.undoubled_dot, Violation::UndoubledDot),
            (self.nul, Violation::Nul(Place::Message)),
        ]
        .into_iter()
        .filter_map(|(seen, violation)| seen.then_some(violation))
    }
}

/// Watches the line ends and lengths of a message that comes in pieces.
#[derive(Debug, Default, Clone, Copy)]
struct Lines {
    /// Octets of the present line so far.
    length: usize,
    /// The last octet was a CR: the next one tells whether the line ended.
    after_cr: bool,
    bare_line_feed: bool,
    bare_carriage_return: bool,
    long: bool,
}

impl Lines {
    fn check(&mut self, mut piece: &[u8]) {
        while let Some((&next, after)) = piece.split_first() {
            if self.after_cr {
                self.after_cr = false;
                if next == b'\n' {
                    self.length = 0;
                    piece = after;
                    continue;
                }
                self.bare_carriage_return = true;
                self.grow(1);
            }
            let Some(end) = memchr2(b'\r', b'\n', piece) else { return self.grow(piece.len()) };
            self.grow(end);
            if piece[end] == b'\r' {
                self.after_cr = true;
            } else {
                self.bare_line_feed = true;
                self.grow(1);
            }
            piece = &piece[end + 1..];
        }
    }

    fn grow(&mut self, octets: usize) {
        self.length += octets;
        self.long |= self.length > LINE;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every string over the letters that matter, up to six long.
    fn strings() -> impl Iterator<Item = Vec<u8>> {
        let letters = |length: u32| (0..4_usize.pow(length)).map(move |number| (length, number));
        (0..=6).flat_map(letters).map(|(length, number)| {
            (0..length).map(|place| b".\r\na"[number / 4_usize.pow(place) % 4]).collect()
        })
    }

    /// What RFC 5321 says, without a thought for speed: the message and the octets used, if the end is there.
    fn by_the_book(wire: &[u8]) -> (Vec<u8>, Option<usize>) {
        let framed = [b"\r\n", wire].concat();
        let end = memmem::find(&framed, b"\r\n.\r\n");
        let lines = String::from_utf8(framed[..end.map_or(framed.len(), |end| end + 2)].to_vec()).unwrap();
        (lines.replace("\r\n.", "\r\n")[2..].into(), end.map(|end| end + 3))
    }

    /// Whether a line that begins with one dot goes on with something else than another, or the end.
    fn has_undoubled(wire: &[u8]) -> bool {
        let wire = String::from_utf8(wire.to_vec()).unwrap();
        wire.split("\r\n").enumerate().any(|(nth, line)| {
            let is_last = wire.split("\r\n").count() == nth + 1;
            line.strip_prefix('.')
                .is_some_and(|rest| !(rest.is_empty() || rest.starts_with('.') || is_last && rest == "\r"))
        })
    }

    #[test]
    fn dots_are_undone_as_the_book_says_however_the_octets_are_chopped() {
        for wire in strings() {
            let (expected, end) = by_the_book(&wire);
            for cut in 0..=wire.len() {
                let (mut unstuff, mut message, mut undoubled) = (Unstuff::LineStart, Vec::new(), false);
                let first = unstuff.feed(&wire[..cut], &mut message, &mut undoubled);
                let used =
                    first.or_else(|| Some(cut + unstuff.feed(&wire[cut..], &mut message, &mut undoubled)?));
                assert_eq!(undoubled, has_undoubled(&wire[..used.unwrap_or(wire.len())]), "{wire:?}");

                assert_eq!(used, end, "{} cut at {cut}", wire.escape_ascii());
                // Held back at the end of what came: it may yet turn out to be the end of the message.
                if unstuff == Unstuff::DotCr && used.is_none() {
                    message.push(b'\r');
                }
                assert_eq!(message, expected, "{} cut at {cut}", wire.escape_ascii());
            }
        }
    }

    #[test]
    fn every_stuffed_message_comes_out_as_it_was() {
        for mut message in strings() {
            message.extend(b"\r\n");
            let stuffed =
                String::from_utf8([b"\r\n", &message[..]].concat()).unwrap().replace("\r\n.", "\r\n..");
            let wire = format!("{}.\r\nQUIT\r\n", &stuffed[2..]);

            let (mut out, mut undoubled) = (Vec::new(), false);
            let used = Unstuff::LineStart.feed(wire.as_bytes(), &mut out, &mut undoubled);

            assert_eq!((out, used, undoubled), (message, Some(wire.len() - 6), false), "{wire:?}");
        }
    }

    #[test]
    fn line_faults_are_seen_wherever_the_pieces_break() {
        let long = [&[b'a'; 999][..], b"\r\n"].concat();
        let two = [b"a\r\n", &long[1..]].concat();
        let lines: [(&[u8], &[Violation]); 8] = [
            (b"a\r\nb\r\n", &[]),
            (&two, &[]),
            (&long, &[Violation::LongLine]),
            (b"a\nb\r\n", &[Violation::BareLineFeed(Place::Message)]),
            (b"a\rb\r\n", &[Violation::BareCarriageReturn(Place::Message)]),
            (b"a\r\r\n", &[Violation::BareCarriageReturn(Place::Message)]),
            (b"\n\r", &[Violation::BareLineFeed(Place::Message)]),
            (b"a\0b\r\n", &[Violation::Nul(Place::Message)]),
        ];
        for (text, expected) in lines {
            for cut in 0..=text.len() {
                let mut content = Content::default();
                content.plain(&text[..cut]);
                content.plain(&text[cut..]);

                let seen: Vec<_> = content.violations().collect();
                assert_eq!(seen, expected, "{} cut at {cut}", text.escape_ascii());
            }
        }
    }
}
