//! Whether the themes can be read, and by whom.

use ratatui::style::{Color, Style};
use sendoff::ui::theme::{Depth, Theme};

use super::builtin;

/// The themes that choose their own colours; `ansi-16` leaves them to the terminal.
const PAINTED: [&str; 3] = ["dark", "light", "high-contrast"];
/// What is painted below other roles.
const GROUNDS: [&str; 4] = ["background", "status_bar", "dialog", "cursor_line"];
/// What is drawn in lines, not letters.
const LINES: [&str; 5] = ["border", "border_focus", "dialog_border", "progress_done", "progress_rest"];

fn style(theme: &Theme, role: &str) -> Style {
    theme.roles().find(|(name, _)| *name == role).expect("a role").1
}

#[test]
fn text_is_legible_on_every_ground() {
    for name in PAINTED {
        let limit = if name == "high-contrast" { 7.0 } else { 4.5 };
        for depth in [Depth::TrueColor, Depth::Ansi256] {
            let theme = builtin(name).at_depth(depth);
            assert_contrast(&theme, limit, 3.0, eye::fixed, &format!("{name} at {depth:?}"));
        }
    }
}

#[test]
fn sixteen_colours_are_legible_on_the_usual_palettes() {
    for name in PAINTED {
        let theme = builtin(name).at_depth(Depth::Ansi16);
        assert_contrast(&theme, 4.0, 2.5, eye::vga, &format!("{name} on a VGA palette"));
        assert_contrast(&theme, 4.0, 2.5, eye::xterm, &format!("{name} on an xterm palette"));
    }
}

/// Every text against every ground, or against its own; every line against the background.
#[track_caller]
fn assert_contrast(theme: &Theme, text: f64, line: f64, light: fn(Color) -> eye::Light, label: &str) {
    let letters = theme.roles().filter(|(name, _)| !GROUNDS.contains(name) && !LINES.contains(name));
    for (name, role) in letters {
        let own = role.bg.map(|_| name);
        for ground in own.map_or(GROUNDS.to_vec(), |own| vec![own]) {
            let ground_colour = style(theme, ground).bg.expect("a ground is painted");
            let ratio = eye::contrast(light(role.fg.expect("a text has a colour")), light(ground_colour));
            assert!(ratio >= text, "{label}: {name} on {ground} is {ratio:.2}");
        }
    }
    for name in LINES {
        let colours =
            [style(theme, name).fg, theme.background.bg].map(|c| light(c.expect("both are painted")));
        let ratio = eye::contrast(colours[0], colours[1]);
        assert!(ratio >= line, "{label}: {name} is {ratio:.2}");
    }
}

#[test]
fn yes_later_and_no_differ_for_every_eye() {
    for name in PAINTED {
        for depth in [Depth::TrueColor, Depth::Ansi256] {
            let theme = builtin(name).at_depth(depth);
            let replies = [theme.reply_ok, theme.reply_later, theme.reply_no];
            for (a, b) in [(0, 1), (0, 2), (1, 2)] {
                assert_ne!(replies[a].add_modifier, replies[b].add_modifier, "{name}");
                for (kind, eye) in &eye::EYES {
                    let [a, b] = [a, b].map(|i| eye::seen_by(eye, eye::fixed(replies[i].fg.unwrap())));
                    let distance = eye::distance(a, b);
                    assert!(distance > 0.075, "{name} at {depth:?}, {kind}: {a:?} and {b:?}: {distance:.3}");
                }
            }
        }
    }
}

/// What an eye makes of colours.
mod eye {
    use ratatui::style::Color;
    use termprofile::AdaptableColor;
    use termprofile::anstyle::{Ansi256Color, RgbColor};

    /// Red, green and blue as amounts of light, from 0 to 1.
    pub(super) type Light = [f64; 3];

    /// The sixteen as VGA drew them, and the Linux console still does.
    const VGA: [u32; 16] = [
        0x00_00_00, 0xaa_00_00, 0x00_aa_00, 0xaa_55_00, 0x00_00_aa, 0xaa_00_aa, 0x00_aa_aa, 0xaa_aa_aa,
        0x55_55_55, 0xff_55_55, 0x55_ff_55, 0xff_ff_55, 0x55_55_ff, 0xff_55_ff, 0x55_ff_ff, 0xff_ff_ff,
    ];

    /// The sixteen as xterm draws them.
    const XTERM: [u32; 16] = [
        0x00_00_00, 0xcd_00_00, 0x00_cd_00, 0xcd_cd_00, 0x00_00_ee, 0xcd_00_cd, 0x00_cd_cd, 0xe5_e5_e5,
        0x7f_7f_7f, 0xff_00_00, 0x00_ff_00, 0xff_ff_00, 0x5c_5c_ff, 0xff_00_ff, 0x00_ff_ff, 0xff_ff_ff,
    ];

    /// A colour that is the same everywhere: 24 bits, or one of 256 above the sixteen.
    pub(super) fn fixed(colour: Color) -> Light {
        match colour {
            Color::Rgb(r, g, b) => light(RgbColor(r, g, b)),
            Color::Indexed(index @ 16..) => light(termprofile::ansi256_to_rgb(index.into())),
            other => unreachable!("{other} looks different on each terminal"),
        }
    }

    pub(super) fn vga(colour: Color) -> Light {
        of_sixteen(colour, &VGA)
    }

    pub(super) fn xterm(colour: Color) -> Light {
        of_sixteen(colour, &XTERM)
    }

    fn of_sixteen(colour: Color, palette: &[u32; 16]) -> Light {
        let index = Ansi256Color::from_ansi(colour.as_ansi_16().expect("one of the sixteen")).index();
        let [_, r, g, b] = palette[usize::from(index)].to_be_bytes();
        light(RgbColor(r, g, b))
    }

    fn light(RgbColor(r, g, b): RgbColor) -> Light {
        [r, g, b].map(|c| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        })
    }

    /// The contrast ratio of WCAG 2.1, from 1 to 21.
    pub(super) fn contrast(a: Light, b: Light) -> f64 {
        let luminance = |[r, g, b]: Light| 0.2126 * r + 0.7152 * g + 0.0722 * b;
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    type Matrix = [[f64; 3]; 3];

    fn times(matrix: &Matrix, v: [f64; 3]) -> [f64; 3] {
        matrix.map(|row| row[0] * v[0] + row[1] * v[1] + row[2] * v[2])
    }

    /// What is left of the light for those who lack one of the three cones (Machado, Oliveira and Fernandes, 2009).
    pub(super) const EYES: [(&str, Matrix); 4] = [
        ("all cones", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
        ("no red cones", [[0.1523, 1.0526, -0.2049], [0.1145, 0.7863, 0.0992], [-0.0039, -0.0481, 1.0520]]),
        ("no green cones", [[0.3673, 0.8606, -0.2280], [0.2801, 0.6725, 0.0474], [-0.0118, 0.0429, 0.9689]]),
        ("no blue cones", [[1.2555, -0.0767, -0.1788], [-0.0784, 0.9308, 0.1476], [0.0047, 0.6914, 0.3039]]),
    ];

    pub(super) fn seen_by(eye: &Matrix, colour: Light) -> Light {
        times(eye, colour).map(|c| c.clamp(0.0, 1.0))
    }

    /// How far apart two colours look, in Oklab: 0 is the same, black and white are 1 apart.
    pub(super) fn distance(a: Light, b: Light) -> f64 {
        let (a, b) = (oklab(a), oklab(b));
        (0..3).map(|i| (a[i] - b[i]).powi(2)).sum::<f64>().sqrt()
    }

    fn oklab(colour: Light) -> [f64; 3] {
        const CONES: Matrix = [[0.4122, 0.5363, 0.0514], [0.2119, 0.6807, 0.1074], [0.0883, 0.2817, 0.6300]];
        const LAB: Matrix = [[0.2105, 0.7936, -0.0041], [1.9780, -2.4286, 0.4506], [0.0259, 0.7828, -0.8087]];
        times(&LAB, times(&CONES, colour).map(f64::cbrt))
    }
}
