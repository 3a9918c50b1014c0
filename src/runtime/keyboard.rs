//! The keyboard: a thread that waits, without a tick, for bytes or for the end of the terminal.
//!
//! The reading is ours and the parsing is termina's: so a hang-up ends the thread at once, a paste is taken out before
//! anything in it could be a key, and the thread can step aside while an editor has the terminal.

use std::io;
use std::os::fd::OwnedFd;
use std::sync::mpsc;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::pipe::pipe;
use termina::event::{KeyCode, KeyEvent, KeyEventKind, Modifiers};
use termina::{Event, Parser};
use tui_textarea::{Input, Key};

/// What comes from the terminal.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Heard {
    Key(Input),
    Paste(String),
    HangUp,
}

/// The thread, and the way to make it step aside.
pub(super) struct Keyboard {
    wake: OwnedFd,
    orders: mpsc::Sender<Order>,
    paused: mpsc::Receiver<()>,
}

enum Order {
    Pause,
    Resume,
}

/// A lone Esc is told from the start of a sequence by what follows within this time; only then is there a time-out at all.
const ESCAPE: Duration = Duration::from_millis(40);
/// A paste that stalls is told as far as it came, but stays a paste: its rest must not become keys.
const STALLED: Duration = Duration::from_secs(2);
/// After this much silence its end will not come any more.
const ABANDONED: Duration = Duration::from_secs(30);

impl Keyboard {
    pub(super) fn start(tell: impl Fn(Heard) + Send + 'static) -> io::Result<Self> {
        let (woken, wake) = pipe()?;
        let (orders, ordered) = mpsc::channel();
        let (pausing, paused) = mpsc::channel();
        std::thread::spawn(move || {
            listen(&woken, &ordered, &pausing, &tell);
            tell(Heard::HangUp);
        });
        Ok(Self { wake, orders, paused })
    }

    /// Returns when the thread has let go of the terminal.
    pub(super) fn pause(&self) {
        if self.orders.send(Order::Pause).is_ok() && rustix::io::write(&self.wake, b"p").is_ok() {
            // An error means that the thread is gone, and with it the terminal.
            let _ = self.paused.recv();
        }
    }

    pub(super) fn resume(&self) {
        let _ = self.orders.send(Order::Resume);
    }
}

/// Ends when the terminal does.
fn listen(woken: &OwnedFd, orders: &mpsc::Receiver<Order>, paused: &mpsc::Sender<()>, tell: &impl Fn(Heard)) {
    let mut input = Decoder::default();
    let stdin = rustix::stdio::stdin();
    loop {
        let mut fds = [PollFd::new(&stdin, PollFlags::IN), PollFd::new(woken, PollFlags::IN)];
        let limit = input.patience().and_then(|limit| Timespec::try_from(limit).ok());
        match poll(&mut fds, limit.as_ref()) {
            Err(rustix::io::Errno::INTR) => continue,
            Err(_) => return,
            Ok(0) => {
                input.flush(tell);
                continue;
            }
            Ok(_) => {}
        }
        let (terminal, wake) = (fds[0].revents(), fds[1].revents());
        if wake.contains(PollFlags::IN) {
            let _ = rustix::io::read(woken, &mut [0; 1]);
            if let Ok(Order::Pause) = orders.recv() {
                let _ = paused.send(());
                let _ = orders.recv();
            }
            continue;
        }
        if terminal.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            return;
        }
        let mut bytes = [0; 4096];
        match rustix::io::read(stdin, &mut bytes) {
            Ok(0) => return,
            Ok(n) => input.feed(&bytes[..n], tell),
            Err(rustix::io::Errno::INTR | rustix::io::Errno::AGAIN) => {}
            Err(_) => return,
        }
    }
}

const PASTE_START: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";

/// Bytes to keys and pastes. Pure, but for telling.
#[derive(Default)]
struct Decoder {
    parser: Parser,
    /// Bytes that may be the beginning of a sequence.
    pending: Vec<u8>,
    paste: Option<Vec<u8>>,
}

impl Decoder {
    fn feed(&mut self, bytes: &[u8], tell: &impl Fn(Heard)) {
        self.pending.extend_from_slice(bytes);
        loop {
            if let Some(paste) = &mut self.paste {
                // The last end in what has come: an end within the pasted text must not make keys of the rest.
                let Some(end) = rfind(&self.pending, PASTE_END) else {
                    let keep = self.pending.len().saturating_sub(PASTE_END.len() - 1);
                    paste.extend(self.pending.drain(..keep));
                    return;
                };
                paste.extend(self.pending.drain(..end));
                self.pending.drain(..PASTE_END.len());
                self.end_paste(tell);
            }
            let Some(start) = find(&self.pending, PASTE_START) else {
                let whole = whole_length(&self.pending);
                let keys: Vec<u8> = self.pending.drain(..whole).collect();
                self.keys(&keys, true, tell);
                return;
            };
            let keys: Vec<u8> = self.pending.drain(..start).collect();
            self.keys(&keys, false, tell);
            self.pending.drain(..PASTE_START.len());
            self.paste = Some(Vec::new());
        }
    }

    /// How long to wait for the rest of what has begun; `None` waits for ever.
    fn patience(&self) -> Option<Duration> {
        match (&self.paste, self.pending.is_empty()) {
            (Some(paste), true) if paste.is_empty() => Some(ABANDONED),
            (Some(_), _) => Some(STALLED),
            (None, false) => Some(ESCAPE),
            (None, true) => None,
        }
    }

    /// The rest did not come: an Esc is an Esc, and a paste ends here.
    fn flush(&mut self, tell: &impl Fn(Heard)) {
        let rest = std::mem::take(&mut self.pending);
        if let Some(paste) = &mut self.paste {
            paste.extend(rest);
            let is_abandoned = paste.is_empty();
            self.end_paste(tell);
            self.paste = (!is_abandoned).then(Vec::new);
        } else {
            self.keys(&rest, false, tell);
        }
    }

    fn end_paste(&mut self, tell: &impl Fn(Heard)) {
        let bytes = self.paste.take().unwrap_or_default();
        let mut text = String::from_utf8_lossy(&bytes).into_owned();
        // Marks within the text were text, too, but nobody meant to paste them.
        text = text.replace("\x1b[200~", "").replace("\x1b[201~", "");
        if !text.is_empty() {
            tell(Heard::Paste(text));
        }
    }

    fn keys(&mut self, bytes: &[u8], is_more_due: bool, tell: &impl Fn(Heard)) {
        if bytes.is_empty() {
            return;
        }
        self.parser.parse(bytes, is_more_due);
        while let Some(event) = self.parser.pop() {
            if let Event::Key(key) = event
                && let Some(input) = input_of(key)
            {
                tell(Heard::Key(input));
            }
        }
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, wanted)
}

fn rfind(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    memchr::memmem::rfind(bytes, wanted)
}

/// How much of `bytes` is surely complete: all but a last escape sequence that may still go on.
fn whole_length(bytes: &[u8]) -> usize {
    let Some(escape) = memchr::memrchr(0x1b, bytes) else { return bytes.len() };
    let is_whole = match &bytes[escape + 1..] {
        [] | [b'[' | b'O'] => false,
        [b'[', parameters @ ..] => parameters.iter().any(|byte| (0x40..=0x7e).contains(byte)),
        _ => true,
    };
    if is_whole { bytes.len() } else { escape }
}

fn input_of(event: KeyEvent) -> Option<Input> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let mut shift = event.modifiers.contains(Modifiers::SHIFT);
    let key = match event.code {
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Enter => Key::Enter,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => {
            shift = true;
            Key::Tab
        }
        KeyCode::Escape => Key::Esc,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::Delete => Key::Delete,
        KeyCode::Function(n) => Key::F(n),
        _ => return None,
    };
    let (ctrl, alt) =
        (event.modifiers.contains(Modifiers::CONTROL), event.modifiers.contains(Modifiers::ALT));
    Some(Input { key, ctrl, alt, shift })
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    /// What is heard when the bytes come in these pieces, and the line then falls silent.
    fn heard(pieces: &[&[u8]]) -> Vec<Heard> {
        let told = RefCell::new(Vec::new());
        let tell = |heard| told.borrow_mut().push(heard);
        let mut decoder = Decoder::default();
        for piece in pieces {
            decoder.feed(piece, &tell);
        }
        while decoder.patience().is_some() {
            decoder.flush(&tell);
        }
        assert_eq!(decoder.patience(), None, "nothing is left that would need a time-out");
        told.into_inner()
    }

    fn key(key: Key, ctrl: bool, alt: bool, shift: bool) -> Heard {
        Heard::Key(Input { key, ctrl, alt, shift })
    }

    #[test]
    fn keys_arrive_whole_however_the_line_chops_them() {
        let bytes = b"a\x1bn\x1b[A\x1b[1;5C\x18\x1bOP\x1b[Z\x1b[17~";
        let whole = heard(&[bytes]);
        assert_eq!(
            whole,
            [
                key(Key::Char('a'), false, false, false),
                key(Key::Char('n'), false, true, false),
                key(Key::Up, false, false, false),
                key(Key::Right, true, false, false),
                key(Key::Char('x'), true, false, false),
                key(Key::F(1), false, false, false),
                key(Key::Tab, false, false, true),
                key(Key::F(6), false, false, false),
            ]
        );
        for cut in 1..bytes.len() {
            assert_eq!(heard(&[&bytes[..cut], &bytes[cut..]]), whole, "cut at {cut}");
        }
    }

    #[test]
    fn a_lone_escape_is_escape_once_nothing_follows() {
        assert_eq!(heard(&[b"\x1b"]), [key(Key::Esc, false, false, false)]);
    }

    #[test]
    fn a_paste_is_text_and_never_a_key() {
        let paste = b"\x1b[200~one\r\x18two\x1b[201~\x18\rthree\x1b[201~";
        let text = Heard::Paste("one\r\x18two\x18\rthree".to_owned());
        assert_eq!(heard(&[paste]), [text]);
    }

    #[test]
    fn a_paste_survives_being_chopped_and_losing_its_end() {
        let paste = "\x1b[200~grüße 👩‍👩‍👧\x1b[201~".as_bytes();
        for cut in 1..paste.len() {
            let pieces = [&paste[..cut], &paste[cut..]];
            assert_eq!(heard(&pieces), [Heard::Paste("grüße 👩‍👩‍👧".to_owned())], "cut at {cut}");
        }
        assert_eq!(heard(&[b"\x1b[200~half"]), [Heard::Paste("half".to_owned())]);
    }

    #[test]
    fn the_rest_of_a_paste_that_stalled_is_no_key_either() {
        let told = RefCell::new(Vec::new());
        let tell = |heard| told.borrow_mut().push(heard);
        let mut decoder = Decoder::default();
        decoder.feed(b"\x1b[200~one", &tell);
        decoder.flush(&tell);
        decoder.feed(b"\x18\rtwo\x1b[201~x", &tell);
        let paste = |text: &str| Heard::Paste(text.to_owned());
        assert_eq!(
            told.into_inner(),
            [paste("one"), paste("\x18\rtwo"), key(Key::Char('x'), false, false, false)]
        );
    }
}
