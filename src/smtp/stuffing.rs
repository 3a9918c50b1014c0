//! Line ends and dots (RFC 5321 section 4.5.2), as the message goes out.

/// Whatever comes in, what goes out has only CRLF line ends, a second dot before each line that begins with one, and a line
/// end last. A lone CR or LF counts as a line end, so that no server can see a different end of message than another.
#[derive(Debug, Clone)]
pub struct Stuffing {
    at_line_start: bool,
    /// The last byte was a CR that has been written as CRLF already.
    after_cr: bool,
}

/// What ends a message: written apart from the last line, so that the border between "not sent" and "unknown" is exact.
pub(super) const TERMINATOR: &[u8] = b".\r\n";

impl Default for Stuffing {
    fn default() -> Self {
        Self { at_line_start: true, after_cr: false }
    }
}

impl Stuffing {
    /// Appends `chunk` to `out` in its wire form. Chunks may be cut anywhere.
    pub fn push(&mut self, chunk: &[u8], out: &mut Vec<u8>) {
        let mut rest = chunk;
        if self.after_cr && !rest.is_empty() {
            self.after_cr = false;
            rest = rest.strip_prefix(b"\n").unwrap_or(rest);
        }
        while !rest.is_empty() {
            if self.at_line_start && rest[0] == b'.' {
                out.push(b'.');
            }
            let Some(end) = memchr::memchr2(b'\r', b'\n', rest) else {
                out.extend_from_slice(rest);
                self.at_line_start = false;
                return;
            };
            out.extend_from_slice(&rest[..end]);
            out.extend_from_slice(b"\r\n");
            self.at_line_start = true;
            let is_cr = rest[end] == b'\r';
            rest = &rest[end + 1..];
            if is_cr {
                self.after_cr = rest.is_empty();
                rest = rest.strip_prefix(b"\n").unwrap_or(rest);
            }
        }
    }

    /// Ends the last line, if it is not ended yet.
    pub fn finish(&mut self, out: &mut Vec<u8>) {
        if !self.at_line_start {
            out.extend_from_slice(b"\r\n");
            self.at_line_start = true;
        }
    }
}
