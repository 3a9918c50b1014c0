//! The first and the last line: who is writing and what is on its way; which keys help here, or what there is to say.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use crate::app::Model;
use crate::app::action::Action;
use crate::app::dialog::Dialog;
use crate::app::model::{Leaving, Notice, Pane, Severity};
use crate::app::outbox::Sending;
use crate::mail::explain::Who;
use crate::mail::outcome::Step;
use crate::mail::text::Shown;

use super::cells::{cut, spread, width, wrap};
use super::layout::{Class, Layout, row};
use super::{Look, keys};

/// The line at the top. Nothing in it ticks.
pub(super) fn draw_head(model: &Model, look: &Look<'_>, layout: &Layout, buf: &mut Buffer) {
    let (theme, dot) = (look.theme, look.glyphs.dot);
    buf.set_style(layout.head, theme.status_bar);
    let mut left = vec![Span::styled(" sendoff", theme.heading)];
    let account = model.accounts.current();
    // Where the accounts are a row of tabs, they say it themselves.
    if let Some(account) = account
        && layout.tabs.is_none()
    {
        left.push(Span::raw("   "));
        left.push(Span::styled(Shown::new(&account.name).to_string(), theme.account_current));
        left.push(Span::raw(format!(" {dot} {}", account.sender())));
    }
    if model.is_sandbox || account.is_some_and(|account| account.is_sandbox) {
        left.push(Span::raw("   "));
        let scenario = model.scenario.as_deref().filter(|name| *name != "accepts");
        let plays = scenario.map(|name| format!("{dot} {name} ")).unwrap_or_default();
        let badge = format!(" sandbox {plays}");
        left.push(Span::styled(badge, theme.warning.add_modifier(Modifier::REVERSED)));
    }
    let mut right = Vec::new();
    if let Some(send) = model.outbox.in_flight().next() {
        let leaving = if model.leaving == Leaving::No { "" } else { ", then leaving" };
        let doing = format!("{} {}{leaving}", look.glyphs.sending, doing(send));
        right.push(Span::styled(doing, theme.accent));
    }
    let open = model.outbox.open_count();
    if open > 0 {
        right.push(Span::raw(if right.is_empty() { "" } else { "   " }));
        right.push(Span::raw(format!("outbox {open}")));
    }
    right.push(Span::raw(" "));
    spread(buf, layout.head, Line::from(left), Line::from(right), look.glyphs.more);
}

/// What is being done for a send that has no outcome yet.
pub(super) fn doing(send: &Sending) -> String {
    match percent(send.progress.0, send.progress.1) {
        _ if send.waits => "waiting for its turn".to_owned(),
        Some(percent) if send.step == Step::Body => format!("{} {percent} %", send.step.doing()),
        _ => send.step.doing().to_owned(),
    }
}

/// How much of `total` is done, from 0 to 100; nothing before it is known.
pub(super) fn percent(done: u64, total: u64) -> Option<u64> {
    (done.min(total) * 100).checked_div(total)
}

/// Rows that the foot needs: a second one only for a notice that would not be read to its end in one.
pub(super) fn foot_rows(model: &Model, look: &Look<'_>, area: Rect) -> u16 {
    let Some(notice) = &model.notice else { return 1 };
    let is_long = width(Shown::new(&notice.text).as_str()) > notice_room(look, notice.severity, area);
    if is_long && Class::of(area) != Class::Small { 2 } else { 1 }
}

fn notice_room(look: &Look<'_>, severity: Severity, area: Rect) -> usize {
    let (mark, _) = mark(look, severity);
    usize::from(area.width).saturating_sub(width(mark) + 3)
}

/// The line at the foot: a notice while there is one, else the keys.
pub(super) fn draw_foot(model: &Model, look: &Look<'_>, foot: Rect, buf: &mut Buffer) {
    buf.set_style(foot, look.theme.status_bar);
    if let Some(notice) = &model.notice {
        return draw_notice(notice, look, foot, buf);
    }
    if let Some(Dialog::Checking) = model.dialog() {
        let text = format!(" Looking at the message and its attachments{}", look.glyphs.more);
        buf.set_stringn(foot.x, foot.y, text, foot.width.into(), look.theme.dim);
    }
    if model.dialogs.is_empty() {
        let hints: Vec<_> =
            useful(model).into_iter().filter_map(|action| keys::hint(model, action)).collect();
        let line = keys::line(&hints, usize::from(foot.width).saturating_sub(2), look);
        buf.set_line(foot.x + 1, foot.y, &line, foot.width.saturating_sub(1));
    }
}

fn draw_notice(notice: &Notice, look: &Look<'_>, foot: Rect, buf: &mut Buffer) {
    let (mark, style) = mark(look, notice.severity);
    let room = notice_room(look, notice.severity, foot);
    let text = Shown::new(&notice.text);
    let rows = wrap(text.as_str(), room);
    let indent = width(mark) + 2;
    for (nth, text) in (0..foot.height).zip(&rows) {
        let is_last = nth + 1 == foot.height;
        let text = match rows.get(usize::from(nth) + 1) {
            Some(next) if is_last => cut(&format!("{text} {next}"), room, look.glyphs.more),
            _ => (*text).to_owned(),
        };
        let start = if nth == 0 { format!(" {mark} ") } else { " ".repeat(indent) };
        let line = Line::from(vec![Span::styled(start, style), Span::styled(text, style)]);
        let strip = row(foot, nth);
        buf.set_line(strip.x, strip.y, &line, strip.width);
    }
}

/// A mark that says without colour how important a notice is.
fn mark<'a>(look: &Look<'a>, severity: Severity) -> (&'a str, Style) {
    let (theme, glyphs) = (look.theme, look.glyphs);
    match severity {
        Severity::Info => (glyphs.info, theme.text),
        Severity::Good => (glyphs.good, theme.ok),
        Severity::Warning => (glyphs.warning, theme.warning),
        Severity::Error => (glyphs.error, theme.error),
    }
}

/// What helps most in the pane with the focus, the best first.
fn useful(model: &Model) -> Vec<Action> {
    let mut actions = Vec::new();
    let is_sending = model.outbox.in_flight().next().is_some();
    let has_accounts = !model.accounts.list().is_empty();
    match model.focus {
        Pane::Compose => {
            actions.extend([Action::Send, Action::Attach, Action::EditExternally]);
            if model.accounts.list().len() > 1 {
                actions.push(Action::NextAccount);
            }
        }
        Pane::Accounts if !has_accounts => {
            actions.extend([Action::AddAccount, Action::TrySandbox, Action::WriteExample]);
        }
        Pane::Accounts => actions.extend(useful_in_accounts(model)),
        Pane::Outbox => actions.extend([Action::Open, Action::Discard]),
        Pane::Log => actions.extend(useful_in_log(model)),
    }
    if is_sending {
        actions.insert(0, Action::Cancel);
    }
    let is_in_accounts = model.focus == Pane::Accounts && has_accounts;
    if is_in_accounts {
        // So many keys are worth knowing there that the one which tells them all comes before those that are the same everywhere.
        actions.extend([Action::Help, Action::NextPane, Action::Back, Action::Quit]);
    } else {
        actions.extend((model.focus != Pane::Compose).then_some(Action::Back));
        actions.extend([Action::NextPane, Action::Help, Action::Quit]);
    }
    if matches!(model.focus, Pane::Accounts | Pane::Outbox) {
        actions.extend([Action::Up, Action::Down]);
    }
    if model.focus == Pane::Log && model.log.session().is_some() {
        actions.extend([Action::Certificate, Action::Copy, Action::Export, Action::Timeline]);
    }
    if model.focus == Pane::Compose {
        actions.extend([Action::Drafts, Action::Palette, Action::Find, Action::Zoom]);
    }
    actions
}

/// Signing in where there is an application, so that one sees how.
fn useful_in_accounts(model: &Model) -> Vec<Action> {
    let mut actions = vec![Action::Open, Action::AddAccount, Action::EditAccount, Action::TestAccount];
    let selected = model.accounts.list().get(model.accounts.selected);
    if selected.is_some_and(|account| account.oauth.is_some()) {
        actions.push(Action::SignIn);
    }
    actions.push(Action::Secrets);
    actions
}

/// In the log: what ends what one is in the middle of, then what this session has to offer.
fn useful_in_log(model: &Model) -> Vec<Action> {
    let (log, mut actions) = (&model.log, Vec::new());
    let Some(session) = log.session() else {
        return if log.sessions().is_empty() { Vec::new() } else { vec![Action::Sessions] };
    };
    if log.view.anchor.is_some() {
        return vec![Action::Copy, Action::Select];
    }
    if log.view.search.is_some() {
        actions.extend([Action::NextMatch, Action::PreviousMatch]);
    }
    if !log.view.follows && session.outcome().is_none() && !session.is_over {
        actions.push(Action::Bottom);
    }
    if session.explanation().is_some_and(|why| why.who == Who::Administrator) {
        actions.push(Action::Note);
    }
    actions.extend([Action::Search, Action::Filter, Action::Telling]);
    if session.legs().iter().any(|leg| leg.problem.is_some()) {
        actions.push(Action::Problem);
    }
    if log.sessions().len() > 1 {
        actions.push(Action::Sessions);
    }
    if !log.mails.is_empty() {
        actions.push(Action::ShowMail);
    }
    actions.push(Action::Zoom);
    actions
}
