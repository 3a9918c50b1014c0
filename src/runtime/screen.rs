//! The screen: a canvas that turns the difference between two frames into the fewest bytes, and a thread that writes them.
//!
//! The pen and the cursor are remembered from frame to frame, so a typed letter is often one byte. Frames are written by a
//! thread of their own: a line that does not drain, or a terminal that is gone, holds up nothing but the next frame.

use std::io::{self, Write as _};
use std::sync::mpsc;
use std::time::Duration;

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::queue;
use crossterm::style::{Attribute, Print, SetAttribute};
use crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType as Clearing, EndSynchronizedUpdate};
use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::{Color, Modifier};
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};

/// A frame larger than this is marked as one update, for terminals that draw half of what they have read.
const LARGE: usize = 400;

/// Draws frames; never writes.
pub(super) struct Screen {
    terminal: Terminal<Canvas>,
}

impl Screen {
    pub(super) fn new((columns, rows): (u16, u16)) -> io::Result<Self> {
        let area = Rect::new(0, 0, columns, rows);
        let options = TerminalOptions { viewport: Viewport::Fixed(area) };
        Ok(Self { terminal: Terminal::with_options(Canvas::new(area.as_size()), options)? })
    }

    /// The bytes that lead from the last frame to this one; none when nothing changed.
    pub(super) fn draw(&mut self, view: impl FnOnce(&mut Frame<'_>)) -> io::Result<Vec<u8>> {
        self.terminal.draw(view)?;
        let canvas = self.terminal.backend_mut();
        canvas.settle_cursor()?;
        let frame = std::mem::take(&mut canvas.out);
        if frame.len() < LARGE {
            return Ok(frame);
        }
        let mut whole = Vec::with_capacity(frame.len() + 16);
        queue!(whole, BeginSynchronizedUpdate)?;
        whole.extend_from_slice(&frame);
        queue!(whole, EndSynchronizedUpdate)?;
        Ok(whole)
    }
}

struct Canvas {
    out: Vec<u8>,
    size: Size,
    pen: Pen,
    /// Where the terminal's cursor is known to stand.
    at: Option<Position>,
    /// Where it is to stand when the frame is done; `None` hides it.
    wanted: Option<Position>,
    is_shown: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Pen {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

const PLAIN: Pen = Pen { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

impl Canvas {
    /// Begins with a clear screen and a hidden cursor, whatever was there before.
    fn new(size: Size) -> Self {
        let mut out = Vec::with_capacity(8 * 1024);
        // Writing into memory does not fail.
        let _ = queue!(out, SetAttribute(Attribute::Reset), Clear(Clearing::All), Hide);
        Self { out, size, pen: PLAIN, at: None, wanted: None, is_shown: false }
    }

    fn take_up(&mut self, pen: Pen) -> io::Result<()> {
        if self.pen.modifier != pen.modifier {
            // No terminal takes every attribute off by itself; after a reset all is known again.
            queue!(self.out, SetAttribute(Attribute::Reset))?;
            for (modifier, attribute) in ATTRIBUTES {
                if pen.modifier.contains(modifier) {
                    queue!(self.out, SetAttribute(attribute))?;
                }
            }
            self.pen = Pen { modifier: pen.modifier, ..PLAIN };
        }
        if self.pen != pen {
            let (foreground, background) = (self.pen.fg != pen.fg, self.pen.bg != pen.bg);
            let codes = [foreground.then(|| code(pen.fg, 30)), background.then(|| code(pen.bg, 40))];
            let codes = codes.into_iter().flatten().collect::<Vec<_>>().join(";");
            write!(self.out, "\x1b[{codes}m")?;
            self.pen = pen;
        }
        Ok(())
    }

    fn move_to(&mut self, position: Position) -> io::Result<()> {
        if self.at != Some(position) {
            queue!(self.out, MoveTo(position.x, position.y))?;
            self.at = Some(position);
        }
        Ok(())
    }

    fn settle_cursor(&mut self) -> io::Result<()> {
        match self.wanted {
            Some(position) => {
                self.move_to(position)?;
                if !self.is_shown {
                    queue!(self.out, Show)?;
                }
            }
            None if self.is_shown => queue!(self.out, Hide)?,
            None => {}
        }
        self.is_shown = self.wanted.is_some();
        Ok(())
    }
}

/// What stands for a colour in SGR (ECMA-48 section 8.3.117), in the oldest form that has it: `base` is 30 for the letters, 40
/// for what is behind them.
fn code(colour: Color, base: u8) -> String {
    let named = |n: u8| (base + n).to_string();
    let bright = |n: u8| (base + 60 + n).to_string();
    match colour {
        Color::Reset => named(9),
        Color::Black => named(0),
        Color::Red => named(1),
        Color::Green => named(2),
        Color::Yellow => named(3),
        Color::Blue => named(4),
        Color::Magenta => named(5),
        Color::Cyan => named(6),
        Color::Gray => named(7),
        Color::DarkGray => bright(0),
        Color::LightRed => bright(1),
        Color::LightGreen => bright(2),
        Color::LightYellow => bright(3),
        Color::LightBlue => bright(4),
        Color::LightMagenta => bright(5),
        Color::LightCyan => bright(6),
        Color::White => bright(7),
        Color::Indexed(n) => format!("{};5;{n}", base + 8),
        Color::Rgb(r, g, b) => format!("{};2;{r};{g};{b}", base + 8),
    }
}

/// Do all terminals give it one cell? They agree on ASCII; and a terminal that gives lines two cells shows no frame at all.
fn is_narrow(symbol: &str) -> bool {
    let mut chars = symbol.chars();
    matches!((chars.next(), chars.next()), (Some(' '..='~' | '\u{2500}'..='\u{257f}'), None))
}

const ATTRIBUTES: [(Modifier, Attribute); 7] = [
    (Modifier::BOLD, Attribute::Bold),
    (Modifier::DIM, Attribute::Dim),
    (Modifier::ITALIC, Attribute::Italic),
    (Modifier::UNDERLINED, Attribute::Underlined),
    (Modifier::REVERSED, Attribute::Reverse),
    (Modifier::CROSSED_OUT, Attribute::CrossedOut),
    (Modifier::HIDDEN, Attribute::Hidden),
];

impl Backend for Canvas {
    type Error = io::Error;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> io::Result<()> {
        for (x, y, cell) in content {
            self.move_to(Position { x, y })?;
            self.take_up(Pen { fg: cell.fg, bg: cell.bg, modifier: cell.modifier })?;
            let symbol = cell.symbol();
            queue!(self.out, Print(symbol))?;
            // At the edge the cursor hangs between two places.
            let is_sure = is_narrow(symbol) && x + 1 < self.size.width;
            self.at = is_sure.then_some(Position { x: x + 1, y });
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.wanted = None;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        Ok(())
    }

    /// Never asked of the terminal: the answer may be long in coming, or never come.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.wanted.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.wanted = Some(position.into());
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        queue!(self.out, Clear(Clearing::All))
    }

    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        self.clear()
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::default() })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The thread that writes frames, one `write` each.
pub(super) struct Writer {
    orders: mpsc::Sender<Order>,
}

enum Order {
    Frame(Vec<u8>),
    /// Answered when all before it is out.
    Settle(mpsc::Sender<()>),
}

impl Writer {
    /// `done` is called after every frame: `true`, or `false` when the terminal is gone.
    pub(super) fn start(done: impl Fn(bool) + Send + 'static) -> Self {
        let (orders, queue) = mpsc::channel();
        std::thread::spawn(move || {
            while let Ok(order) = queue.recv() {
                match order {
                    Order::Frame(frame) => done(write_all(&frame).is_ok()),
                    Order::Settle(settled) => {
                        let _ = settled.send(());
                    }
                }
            }
        });
        Self { orders }
    }

    pub(super) fn write(&self, frame: Vec<u8>) {
        // The thread lives as long as this sender.
        let _ = self.orders.send(Order::Frame(frame));
    }

    /// Waits until all frames are out, but not for longer than `limit`: the line may be stuck.
    pub(super) fn settle(&self, limit: Duration) {
        let (settled, is_settled) = mpsc::channel();
        if self.orders.send(Order::Settle(settled)).is_ok() {
            let _ = is_settled.recv_timeout(limit);
        }
    }
}

fn write_all(mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match rustix::io::write(rustix::stdio::stdout(), bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(n) => bytes = &bytes[n..],
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
