//! What stands around a pane: a frame where there is room for one, else a line above it. Either is thick where the keys go,
//! so that the focus shows without colours too.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Look;
use super::cells::{blank, cut_line, line_width, short};
use super::glyphs::Lines;
use super::layout::row;

/// How a pane is set off from the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    Frame,
    /// One line above it, with the title.
    Rule,
}

/// Where a pane is drawn, and how.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) area: Rect,
    pub(super) edge: Edge,
    pub(super) has_focus: bool,
}

impl Place {
    /// What is left for the pane: a blank column lies between the edge and it.
    pub(super) fn inside(self) -> Rect {
        let (x, top, bottom) = match self.edge {
            Edge::Frame => (2, 1, 1),
            Edge::Rule => (1, 1, 0),
        };
        let area = self.area;
        Rect {
            x: area.x.saturating_add(x).min(area.right()),
            y: area.y.saturating_add(top).min(area.bottom()),
            width: area.width.saturating_sub(2 * x),
            height: area.height.saturating_sub(top + bottom),
        }
    }

    /// Draws the edge on clean ground, with a title and, at the other end of its line, a state; returns the inside.
    pub(super) fn open(self, title: Line<'_>, state: Line<'_>, look: &Look<'_>, buf: &mut Buffer) -> Rect {
        let (theme, area) = (look.theme, self.area);
        blank(buf, area, theme.background);
        let (line, style) = if self.has_focus {
            (theme.border_focus, theme.title_focus)
        } else {
            (theme.border, theme.title)
        };
        let lines = lines(look, self.has_focus);
        match self.edge {
            Edge::Frame => frame(buf, area, lines, line),
            Edge::Rule => run(buf, row(area, 0), lines.across, line),
        }
        let dash = u16::from(self.edge == Edge::Frame);
        let head = Head { title: title.style(style), state, dash, ground: theme.background };
        head.draw(row(area, 0), look, buf);
        self.inside()
    }
}

pub(super) fn lines<'a>(look: &Look<'a>, has_focus: bool) -> &'a Lines {
    if has_focus { &look.glyphs.thick } else { &look.glyphs.thin }
}

/// A frame of `lines` along the border of `area`.
pub(super) fn frame(buf: &mut Buffer, area: Rect, lines: &Lines, style: Style) {
    if area.width < 2 || area.height < 2 {
        return;
    }
    let (right, bottom) = (area.right() - 1, area.bottom() - 1);
    for y in [area.y, bottom] {
        run(buf, Rect { y, height: 1, ..area }, lines.across, style);
    }
    for x in [area.x, right] {
        run(buf, Rect { x, width: 1, ..area }, lines.down, style);
    }
    for (y, pair) in [area.y, bottom].into_iter().zip(lines.corners) {
        for (x, corner) in [area.x, right].into_iter().zip(pair) {
            buf.set_string(x, y, corner, style);
        }
    }
}

/// One character all over `area`.
pub(super) fn run(buf: &mut Buffer, area: Rect, symbol: &str, style: Style) {
    for position in area.intersection(buf.area).positions() {
        buf[position].set_symbol(symbol).set_style(style);
    }
}

/// What is written into the upper line of a pane: a title and, at the other end, a state.
pub(super) struct Head<'a> {
    pub(super) title: Line<'a>,
    pub(super) state: Line<'a>,
    /// Cells of the line that are seen before the title and after the state.
    pub(super) dash: u16,
    pub(super) ground: Style,
}

impl Head<'_> {
    pub(super) fn draw(self, strip: Rect, look: &Look<'_>, buf: &mut Buffer) {
        // Either has a blank before and after it; between them some of the line is left.
        let room = usize::from(strip.width.saturating_sub(2 * self.dash));
        let state = cut_line(self.state, room.saturating_sub(8), look.glyphs.more);
        let width = line_width(&state);
        let taken = if width > 0 { width + 2 } else { 0 };
        let style = self.title.style;
        let title = cut_line(self.title, room.saturating_sub(taken + 3), look.glyphs.more).style(style);
        write(buf, strip.x + self.dash, strip, title, self.ground);
        write(buf, strip.right().saturating_sub(self.dash + short(taken)), strip, state, self.ground);
    }
}

fn write(buf: &mut Buffer, x: u16, strip: Rect, text: Line<'_>, ground: Style) {
    let width = short(line_width(&text) + 2);
    if width == 2 {
        return;
    }
    let mut spans = vec![Span::raw(" ")];
    spans.extend(text.spans);
    spans.push(Span::raw(" "));
    blank(buf, Rect { x, width, height: 1, ..strip }.intersection(strip), ground.patch(text.style));
    buf.set_line(x, strip.y, &Line::from(spans), width.min(strip.right().saturating_sub(x)));
}

/// Where one frame hangs under another, and they share a line: the line and its ends belong to the one with the focus.
pub(super) fn hinge(buf: &mut Buffer, line: Rect, has_focus: [bool; 2], look: &Look<'_>) {
    let (theme, glyphs) = (look.theme, look.glyphs);
    let (ends, style) = match has_focus {
        [true, _] => (glyphs.hinges[1], theme.border_focus),
        [_, true] => (glyphs.hinges[2], theme.border_focus),
        _ => (glyphs.hinges[0], theme.border),
    };
    if has_focus[0] {
        // The lower pane drew the line last, and with its title, which stays.
        for at in line.positions() {
            if buf[at].symbol() == glyphs.thin.across {
                buf[at].reset();
                buf[at].set_symbol(glyphs.thick.across).set_style(theme.background).set_style(style);
            }
        }
    }
    for (x, end) in [line.x, line.right() - 1].into_iter().zip(ends) {
        blank(buf, Rect { x, width: 1, ..line }, theme.background);
        buf.set_string(x, line.y, end, style);
    }
}
