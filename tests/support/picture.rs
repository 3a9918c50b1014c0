//! A screen as a picture: cells become an SVG, every character at the place of its cell, so that no font can shift a row.
//! `rsvg-convert` makes a PNG of it. For looking at what the tests draw, and for the README.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};

/// What a terminal shows where no colour was asked for, and its own sixteen.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    pub ink: u32,
    pub ground: u32,
    pub sixteen: [u32; 16],
}

impl Terminal {
    /// Light letters on a dark ground, as most are.
    pub const DARK: Self = Self {
        ink: 0xd5_db_e4,
        ground: 0x0f_14_1c,
        sixteen: [
            0x00_00_00, 0xcd_31_31, 0x0d_bc_79, 0xe5_e5_10, 0x24_72_c8, 0xbc_3f_bc, 0x11_a8_cd, 0xc5_c5_c5,
            0x66_66_66, 0xf1_4c_4c, 0x23_d1_8b, 0xf5_f5_43, 0x3b_8e_ea, 0xd6_70_d6, 0x29_b8_db, 0xff_ff_ff,
        ],
    };
    /// Dark letters on paper.
    pub const LIGHT: Self = Self { ink: 0x20_24_2b, ground: 0xfb_fb_fa, ..Self::DARK };
}

const FONTS: &str = "DejaVu Sans Mono, Noto Sans Mono, Noto Sans Mono CJK SC, Noto Color Emoji, monospace";
const SIZE: f64 = 14.0;
/// The advance and the line of the first of them, so that the pieces of a frame meet.
const WIDTH: f64 = SIZE * 0.602;
const HEIGHT: f64 = SIZE * 1.164;
const ASCENT: f64 = SIZE * 0.928;
const MARGIN: f64 = 10.0;

/// How one cell looks.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Look {
    ink: u32,
    ground: u32,
    weight: Modifier,
}

/// A cell with something in it.
struct Cell<'a> {
    x: u16,
    y: u16,
    width: u16,
    text: &'a str,
    look: Look,
}

/// What a test drew.
pub fn of_buffer(buffer: &Buffer, cursor: Option<Position>, terminal: Terminal) -> String {
    let area = buffer.area;
    let mut cells = Vec::new();
    for y in 0..area.height {
        let mut x = 0;
        while x < area.width {
            let cell = &buffer[(area.x + x, area.y + y)];
            let width = short(unicode_width::UnicodeWidthStr::width(cell.symbol()).max(1));
            let look = Look::new(
                terminal.colour(cell.fg, terminal.ink),
                terminal.colour(cell.bg, terminal.ground),
                cell.modifier,
            );
            cells.push(Cell { x, y, width, text: cell.symbol(), look });
            x += width;
        }
    }
    let cursor = cursor.map(|cursor| (cursor.x - area.x, cursor.y - area.y));
    svg((area.width, area.height), &cells, cursor, terminal)
}

/// What a terminal shows after the program wrote to it.
pub fn of_screen(screen: &vt100::Screen, terminal: Terminal) -> String {
    let (rows, columns) = screen.size();
    let (rows, columns) = (rows.get(), columns.get());
    let mut cells = Vec::new();
    for y in 0..rows {
        for x in 0..columns {
            let Some(cell) = screen.cell(y, x).filter(|cell| !cell.is_wide_continuation()) else { continue };
            let weights = [
                (cell.bold(), Modifier::BOLD),
                (cell.dim(), Modifier::DIM),
                (cell.italic(), Modifier::ITALIC),
                (cell.underline(), Modifier::UNDERLINED),
                (cell.inverse(), Modifier::REVERSED),
            ];
            let weight = weights.into_iter().filter(|(is_on, _)| *is_on).map(|(_, weight)| weight).collect();
            let look = Look::new(
                terminal.vt100(cell.fgcolor(), terminal.ink),
                terminal.vt100(cell.bgcolor(), terminal.ground),
                weight,
            );
            let width = if cell.is_wide() { 2 } else { 1 };
            cells.push(Cell { x, y, width, text: cell.contents(), look });
        }
    }
    let (y, x) = screen.cursor_position();
    svg((columns, rows), &cells, (!screen.hide_cursor()).then_some((x, y)), terminal)
}

impl Terminal {
    fn colour(&self, colour: Color, default: u32) -> u32 {
        match colour {
            Color::Rgb(r, g, b) => u32::from_be_bytes([0, r, g, b]),
            Color::Indexed(index) => self.indexed(index),
            Color::Reset => default,
            named => {
                const NAMED: [Color; 16] = [
                    Color::Black,
                    Color::Red,
                    Color::Green,
                    Color::Yellow,
                    Color::Blue,
                    Color::Magenta,
                    Color::Cyan,
                    Color::Gray,
                    Color::DarkGray,
                    Color::LightRed,
                    Color::LightGreen,
                    Color::LightYellow,
                    Color::LightBlue,
                    Color::LightMagenta,
                    Color::LightCyan,
                    Color::White,
                ];
                let index = NAMED.iter().position(|known| *known == named);
                index.map_or(default, |index| self.sixteen[index])
            }
        }
    }

    fn vt100(&self, colour: vt100::Color, default: u32) -> u32 {
        match colour {
            vt100::Color::Default => default,
            vt100::Color::Idx(index) => self.indexed(index),
            vt100::Color::Rgb(r, g, b) => u32::from_be_bytes([0, r, g, b]),
        }
    }

    /// The sixteen, a cube of six steps, and a ramp of greys.
    fn indexed(&self, index: u8) -> u32 {
        let step = |n: u8| if n == 0 { 0 } else { 55 + n * 40 };
        match index {
            0..16 => self.sixteen[usize::from(index)],
            16..232 => {
                let n = index - 16;
                u32::from_be_bytes([0, step(n / 36), step(n / 6 % 6), step(n % 6)])
            }
            232.. => u32::from(8 + (index - 232) * 10) * 0x01_01_01,
        }
    }
}

impl Look {
    fn new(ink: u32, ground: u32, weight: Modifier) -> Self {
        let (ink, ground) = if weight.contains(Modifier::REVERSED) { (ground, ink) } else { (ink, ground) };
        let ink = if weight.contains(Modifier::DIM) { between(ink, ground) } else { ink };
        Self { ink, ground, weight }
    }
}

/// Three fifths of the way from `ground` to `ink`.
fn between(ink: u32, ground: u32) -> u32 {
    let part = |shift: u32| (((ink >> shift) & 0xff) * 3 + ((ground >> shift) & 0xff) * 2) / 5;
    part(16) << 16 | part(8) << 8 | part(0)
}

fn svg(size: (u16, u16), cells: &[Cell<'_>], cursor: Option<(u16, u16)>, terminal: Terminal) -> String {
    let (width, height) =
        (f64::from(size.0) * WIDTH + 2.0 * MARGIN, f64::from(size.1) * HEIGHT + 2.0 * MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.2} {height:.2}\" font-family=\"{FONTS}\" font-size=\"{SIZE}\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#{:06x}\"/>\n\
         <g transform=\"translate({MARGIN} {MARGIN})\" xml:space=\"preserve\">\n",
        terminal.ground
    );
    for run in cells.chunk_by(|a, b| a.y == b.y && a.look.ground == b.look.ground) {
        if run[0].look.ground != terminal.ground {
            let cells = run.iter().map(|cell| cell.width).sum();
            push_rect(&mut svg, run[0].x, run[0].y, cells, run[0].look.ground);
        }
    }
    // A character of several code points has to begin a run of its own: its parts share one place.
    let is_one = |cell: &Cell<'_>| cell.text.chars().count() == 1;
    for run in cells.chunk_by(|a, b| a.y == b.y && a.look == b.look && is_one(a) && is_one(b)) {
        push_text(&mut svg, run);
    }
    if let Some((x, y)) = cursor {
        let _ = writeln!(
            svg,
            "<rect x=\"{:.2}\" y=\"{:.2}\" width=\"2\" height=\"{HEIGHT:.2}\" fill=\"#{:06x}\"/>",
            f64::from(x) * WIDTH,
            f64::from(y) * HEIGHT,
            terminal.ink
        );
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

fn push_rect(svg: &mut String, x: u16, y: u16, cells: u16, fill: u32) {
    let _ = writeln!(
        svg,
        "<rect x=\"{:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{:.2}\" fill=\"#{fill:06x}\" shape-rendering=\"crispEdges\"/>",
        f64::from(x) * WIDTH,
        f64::from(y) * HEIGHT,
        f64::from(cells) * WIDTH,
        HEIGHT
    );
}

fn push_text(svg: &mut String, run: &[Cell<'_>]) {
    let (first, weight) = (&run[0], run[0].look.weight);
    let is_underlined = weight.contains(Modifier::UNDERLINED);
    if !is_underlined && run.iter().all(|cell| cell.text.trim().is_empty()) {
        return;
    }
    let places: Vec<String> = run.iter().map(|cell| format!("{:.2}", f64::from(cell.x) * WIDTH)).collect();
    let _ = write!(
        svg,
        "<text y=\"{:.2}\" x=\"{}\" fill=\"#{:06x}\"",
        f64::from(first.y) * HEIGHT + ASCENT,
        places.join(" "),
        first.look.ink
    );
    let attributes = [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::ITALIC, " font-style=\"italic\""),
        (Modifier::UNDERLINED, " text-decoration=\"underline\""),
    ];
    for (_, attribute) in attributes.into_iter().filter(|(modifier, _)| weight.contains(*modifier)) {
        svg.push_str(attribute);
    }
    svg.push('>');
    for c in run.iter().flat_map(|cell| cell.text.chars()) {
        match c {
            '<' => svg.push_str("&lt;"),
            '>' => svg.push_str("&gt;"),
            '&' => svg.push_str("&amp;"),
            c => svg.push(c),
        }
    }
    svg.push_str("</text>\n");
}

fn short(cells: usize) -> u16 {
    u16::try_from(cells).unwrap_or(u16::MAX)
}
