//! Every character on the screen that is not text: lines, marks, bars. One set for most terminals, one for those that show
//! ASCII alone.

use ratatui::buffer::Buffer;

/// The characters that a screen is made of. Each is one cell wide; only `more` may be wider.
#[derive(Debug)]
pub struct Glyphs {
    /// Around a pane without the focus, and a dialog.
    pub thin: Lines,
    /// Around the pane with the focus.
    pub thick: Lines,
    /// Where one frame hangs under another: neither has the focus, the upper has it, the lower has it; left and right.
    pub hinges: [[&'static str; 2]; 3],
    /// The account in use, and any other.
    pub current: &'static str,
    pub other: &'static str,
    /// Before what is chosen in a list.
    pub chosen: &'static str,
    pub sending: &'static str,
    pub accepted: &'static str,
    pub partly: &'static str,
    pub refused: &'static str,
    pub deferred: &'static str,
    pub unknown: &'static str,
    /// Before a notice, by its severity.
    pub info: &'static str,
    pub good: &'static str,
    pub warning: &'static str,
    pub error: &'static str,
    /// Between two facts.
    pub dot: &'static str,
    /// Where text was cut.
    pub more: &'static str,
    /// Before the explanation of a line above.
    pub because: &'static str,
    pub done: &'static str,
    pub rest: &'static str,
    /// One to eight eighths of a cell, from the left.
    pub eighths: &'static [&'static str; 8],
    /// One character of a secret.
    pub secret: &'static str,
    is_ascii: bool,
}

/// The pieces of a frame. The joints are where a thin line crosses it.
#[derive(Debug)]
pub struct Lines {
    pub across: &'static str,
    pub down: &'static str,
    pub corners: [[&'static str; 2]; 2],
    pub joints: [&'static str; 2],
}

impl Glyphs {
    pub const UNICODE: Self = Self {
        thin: Lines {
            across: "\u{2500}",
            down: "\u{2502}",
            corners: [["\u{256d}", "\u{256e}"], ["\u{2570}", "\u{256f}"]],
            joints: ["\u{251c}", "\u{2524}"],
        },
        thick: Lines {
            across: "\u{2501}",
            down: "\u{2503}",
            corners: [["\u{250f}", "\u{2513}"], ["\u{2517}", "\u{251b}"]],
            joints: ["\u{2520}", "\u{2528}"],
        },
        hinges: [["\u{251c}", "\u{2524}"], ["\u{2521}", "\u{2529}"], ["\u{2522}", "\u{252a}"]],
        current: "\u{25cf}",
        other: "\u{25cb}",
        chosen: "\u{25b8}",
        sending: "\u{2191}",
        accepted: "\u{2713}",
        partly: "\u{25d0}",
        refused: "\u{2717}",
        deferred: "\u{21bb}",
        unknown: "?",
        info: "\u{2022}",
        good: "\u{2713}",
        warning: "!",
        error: "\u{2717}",
        dot: "\u{b7}",
        more: "\u{2026}",
        because: "\u{21b3}",
        done: "\u{2501}",
        rest: "\u{2500}",
        eighths: &[
            "\u{258f}", "\u{258e}", "\u{258d}", "\u{258c}", "\u{258b}", "\u{258a}", "\u{2589}", "\u{2588}",
        ],
        secret: "\u{2022}",
        is_ascii: false,
    };

    pub const ASCII: Self = Self {
        thin: Lines { across: "-", down: "|", corners: [["+", "+"], ["+", "+"]], joints: ["+", "+"] },
        thick: Lines { across: "=", down: "#", corners: [["#", "#"], ["#", "#"]], joints: ["#", "#"] },
        hinges: [["+", "+"], ["#", "#"], ["#", "#"]],
        current: "*",
        other: "o",
        chosen: ">",
        sending: "^",
        accepted: "+",
        partly: "%",
        refused: "x",
        deferred: "~",
        unknown: "?",
        info: "-",
        good: "+",
        warning: "!",
        error: "x",
        dot: "-",
        more: "..",
        because: "`",
        done: "=",
        rest: "-",
        eighths: &[".", ".", ".", "-", "-", "-", "=", "="],
        secret: "*",
        is_ascii: true,
    };

    /// Puts something legible in place of what the terminal cannot show, whoever wrote it.
    pub(super) fn spell(&self, buf: &mut Buffer) {
        if !self.is_ascii {
            return;
        }
        for cell in buf.content.iter_mut().filter(|cell| !cell.symbol().is_ascii()) {
            let plain = plain(cell.symbol());
            cell.set_symbol(plain);
        }
    }
}

/// The nearest ASCII character.
fn plain(symbol: &str) -> &'static str {
    match symbol {
        "\u{201c}" | "\u{201d}" | "\u{201e}" => "\"",
        "\u{2018}" | "\u{2019}" => "'",
        "\u{2013}" | "\u{2014}" | "\u{b7}" => "-",
        "\u{2022}" => "*",
        "\u{2191}" => "^",
        "\u{2193}" => "v",
        "\u{a0}" | "\u{202f}" => " ",
        _ => "?",
    }
}
