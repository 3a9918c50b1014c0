//! Where everything is: a size and what is looked at become rectangles. Pure, and right for any size.

use ratatui::layout::Rect;

use crate::app::Model;
use crate::app::model::Pane;

use super::edge::Edge;

/// The smallest screen on which anything is drawn: columns and rows.
pub(super) const LEAST: (u16, u16) = (40, 10);

/// How much room there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Accounts and outbox in a column of their own, frames around everything.
    Wide,
    /// All panes, without frames; accounts are a row of tabs.
    Medium,
    /// One pane, and a row for each of the others.
    Small,
}

/// The places of one screen. A pane without a place is not drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) class: Class,
    pub(super) edge: Edge,
    pub(super) head: Rect,
    pub(super) accounts: Option<Rect>,
    /// The accounts in one row.
    pub(super) tabs: Option<Rect>,
    /// How to get an account, where there is none.
    pub(super) guide: Option<Rect>,
    pub(super) outbox: Option<Rect>,
    pub(super) compose: Option<Rect>,
    pub(super) log: Option<Rect>,
    /// The last line of the log alone.
    pub(super) log_line: Option<Rect>,
    pub(super) foot: Rect,
}

/// What decides about the places, besides the size.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    pub(super) focus: Pane,
    pub(super) is_zoomed: bool,
    /// How many there are.
    pub(super) accounts: usize,
    /// What the one in use can send as.
    pub(super) senders: usize,
    /// Rows of the foot: one for the keys, two where a notice needs them.
    pub(super) foot: u16,
}

impl Class {
    pub(super) fn of(area: Rect) -> Self {
        match (area.width, area.height) {
            (100.., 28..) => Self::Wide,
            (_, 20..) => Self::Medium,
            _ => Self::Small,
        }
    }
}

impl Wanted {
    pub(super) fn of(model: &Model, foot: u16) -> Self {
        let senders = model.accounts.current().map_or(1, |account| account.identities.len() + 1);
        let accounts = model.accounts.list().len();
        Self { focus: model.focus, is_zoomed: model.is_zoomed, accounts, senders, foot }
    }
}

impl Layout {
    /// `None` where there is no room for anything but a hint.
    pub(super) fn of(area: Rect, wanted: Wanted) -> Option<Self> {
        if area.width < LEAST.0 || area.height < LEAST.1 {
            return None;
        }
        let class = Class::of(area);
        let (head, rest) = split(area, 1);
        let (middle, foot) = split(rest, rest.height - wanted.foot.min(rest.height / 2));
        let empty = Self {
            class,
            edge: if class == Class::Wide { Edge::Frame } else { Edge::Rule },
            head,
            accounts: None,
            tabs: None,
            guide: None,
            outbox: None,
            compose: None,
            log: None,
            log_line: None,
            foot,
        };
        // What the foot takes for a notice, the log gives: nothing above it moves.
        let full = Rect { height: rest.height - 1, ..rest };
        Some(match class {
            _ if wanted.is_zoomed => empty.zoomed(middle, wanted),
            Class::Wide => empty.wide(full, middle, wanted),
            Class::Medium => empty.medium(full, middle, wanted),
            Class::Small => empty.small(middle, wanted),
        })
    }

    /// The screen without its head and foot.
    pub(super) fn between(&self) -> Rect {
        let top = self.head.bottom();
        Rect { y: top, height: self.foot.y.saturating_sub(top), ..self.head }
    }

    fn zoomed(mut self, middle: Rect, wanted: Wanted) -> Self {
        match wanted.focus {
            Pane::Accounts if wanted.accounts == 0 => self.guide = Some(middle),
            Pane::Accounts => self.accounts = Some(middle),
            _ => self.put(middle, wanted),
        }
        self
    }

    /// Accounts and outbox hang together on the left: the lower frame's upper line is the upper frame's lower line.
    fn wide(mut self, full: Rect, middle: Rect, wanted: Wanted) -> Self {
        let log = (full.height * 2 / 5).max(8);
        let (upper, _) = split(full, full.height - log);
        let (_, lower) = split(middle, upper.height);
        let (left, right) = split_columns(upper, (full.width / 5).clamp(26, 36));
        // A row for each account, one for each address of the one in use, and the frame; the outbox gets the rest.
        let rows = u16::try_from(wanted.accounts + wanted.senders).unwrap_or(u16::MAX);
        let accounts = rows.clamp(2, left.height / 2 - 2) + 2;
        self.accounts = Some(split(left, accounts).0);
        self.outbox = Some(split(left, accounts - 1).1);
        self.log = Some(lower);
        match wanted.focus {
            Pane::Accounts if wanted.accounts == 0 => self.guide = Some(right),
            _ => self.compose = Some(right),
        }
        self
    }

    fn medium(mut self, full: Rect, middle: Rect, wanted: Wanted) -> Self {
        // Six lines of dialogue and the title; more on a taller screen.
        let log = (full.height / 3).max(7);
        let (upper, _) = split(full, full.height - log);
        self.log = Some(split(middle, upper.height).1);
        let (tabs, main) = split(upper, 1);
        self.tabs = Some(tabs);
        self.put(main, Wanted { focus: not_log(wanted.focus), ..wanted });
        self
    }

    fn small(mut self, middle: Rect, wanted: Wanted) -> Self {
        let (tabs, rest) = split(middle, 1);
        self.tabs = Some(tabs);
        if wanted.focus == Pane::Log {
            self.log = Some(rest);
            return self;
        }
        let (main, line) = split(rest, rest.height.saturating_sub(1));
        self.log_line = Some(line);
        self.put(main, wanted);
        self
    }

    /// What is looked at takes the place; the composer has it otherwise.
    fn put(&mut self, main: Rect, wanted: Wanted) {
        match wanted.focus {
            Pane::Outbox => self.outbox = Some(main),
            Pane::Log => self.log = Some(main),
            Pane::Accounts if wanted.accounts == 0 => self.guide = Some(main),
            Pane::Accounts | Pane::Compose => self.compose = Some(main),
        }
    }
}

/// Where the log has a place of its own, it takes no other.
fn not_log(focus: Pane) -> Pane {
    if focus == Pane::Log { Pane::Compose } else { focus }
}

/// The first `rows` of `area`, and the rest.
pub(super) fn split(area: Rect, rows: u16) -> (Rect, Rect) {
    let rows = rows.min(area.height);
    (Rect { height: rows, ..area }, Rect { y: area.y + rows, height: area.height - rows, ..area })
}

/// The first `columns` of `area`, and the rest.
pub(super) fn split_columns(area: Rect, columns: u16) -> (Rect, Rect) {
    let columns = columns.min(area.width);
    (Rect { width: columns, ..area }, Rect { x: area.x + columns, width: area.width - columns, ..area })
}

/// The row `nth` of `area`, empty when there is none.
pub(super) fn row(area: Rect, nth: u16) -> Rect {
    split(split(area, nth).1, 1).0
}
