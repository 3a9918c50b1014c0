//! What a key does in the pane.

use crate::app::action::Action;
use crate::app::dialog::{
    Dialog, ExportPrompt, FilterList, NoteSheet, SearchBar, SessionList, capabilities, certificate,
};
use crate::app::effect::Effect;
use crate::app::model::{Model, Pane, Severity};

use super::{Filter, Log, Session, View, is_problem, words};

pub(in crate::app) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Up | Action::Down | Action::PageUp | Action::PageDown | Action::Top | Action::Bottom => {
            steer(&mut model.log, action);
        }
        Action::OlderSession => turn(model, true),
        Action::NewerSession => turn(model, false),
        Action::Open => model.is_zoomed = !model.is_zoomed,
        Action::Back => back(model),
        Action::NextMatch => next_match(model, false),
        Action::PreviousMatch => next_match(model, true),
        Action::Copy => return copy(model),
        Action::CopySession => return copy_session(model),
        Action::ShowMail => show_mail(model),
        Action::Search
        | Action::Filter
        | Action::Sessions
        | Action::Certificate
        | Action::Capabilities
        | Action::Export
        | Action::Note => open(model, action),
        _ => view(model, action),
    }
    Vec::new()
}

/// Opens what lies over the log; says why not where there is nothing to show.
fn open(model: &mut Model, action: Action) {
    let (log, zone) = (&model.log, &model.zone);
    let session = log.session();
    let dialog = match action {
        Action::Search => session.map(|_| Dialog::Search(SearchBar::new(log))),
        Action::Filter => session.map(|_| Dialog::Filter(FilterList::new(log))),
        Action::Sessions if log.sessions.is_empty() => None,
        Action::Sessions => Some(Dialog::Sessions(SessionList::new(log))),
        Action::Certificate => {
            session.and_then(|session| certificate::sheet(session, zone)).map(Dialog::Facts)
        }
        Action::Capabilities => session.and_then(capabilities::sheet).map(Dialog::Facts),
        Action::Export => session.and_then(|session| ExportPrompt::new(session, zone)).map(Dialog::Export),
        _ => session.and_then(|session| {
            let account =
                model.accounts.list().iter().find(|account| account.name == session.record.head.account);
            // Of an account that is no more its name is all that is known.
            let address = account.map_or(session.record.head.account.as_str(), |account| &account.username);
            NoteSheet::new(session, address, zone).map(Dialog::Note)
        }),
    };
    let otherwise = match action {
        Action::Certificate => "no TLS in this session yet: there is nothing to show",
        Action::Capabilities => "the server has not said yet what it offers",
        Action::Note => "nothing here that an administrator would have to change",
        _ => "nothing has passed yet",
    };
    match dialog {
        Some(dialog) => model.dialogs.push(dialog),
        None => model.say(Severity::Info, otherwise),
    }
}

fn next_match(model: &mut Model, is_backward: bool) {
    match &model.log.view.search {
        None => model.say(Severity::Info, "nothing is searched for yet"),
        Some(search) if search.matches.is_empty() => {
            model.say(Severity::Info, "it is not in this session");
        }
        Some(_) => model.log.next_match(is_backward),
    }
}

/// Keys that change how the session is looked at.
fn view(model: &mut Model, action: Action) {
    let mut says = None;
    model.log.look(|view, session| match action {
        Action::Select => {
            view.anchor = if view.anchor.is_some() { None } else { Some(view.cursor) };
            view.go(view.cursor);
        }
        Action::Telling => {
            view.telling = view.telling.next();
            view.renew(session);
        }
        Action::Fold if !view.fold(session) => says = Some("only a reply of several lines can be folded"),
        Action::Wrap => view.sideways = if view.sideways.is_some() { None } else { Some(0) },
        Action::Left | Action::Right => {
            const STEP: usize = 8;
            const FURTHEST: usize = 2_000;
            let shift = view.sideways.unwrap_or(0);
            let shift = if action == Action::Left { shift.saturating_sub(STEP) } else { shift + STEP };
            view.sideways = Some(shift.min(FURTHEST));
        }
        Action::Problem => match next_problem(view, session) {
            Some(line) => view.go_to_line(line, session),
            None => says = Some("no problem in this session"),
        },
        Action::Timeline => {
            let is_wanted = !view.has_timeline(session);
            view.timeline = Some(is_wanted);
            view.renew(session);
            if is_wanted {
                view.bottom();
            }
            if session.outcome().is_none() {
                says = Some("where the time went is drawn when the session has ended");
            }
        }
        _ => {}
    });
    if let Some(says) = says {
        model.say(Severity::Info, says);
    }
}

/// The first problem after the line that one is on; from the end of a log that follows, and from the last one, the first.
fn next_problem(view: &View, session: &Session) -> Option<usize> {
    let here = view.line().filter(|_| !view.follows);
    let problems = session.lines().iter().enumerate().filter(|(_, (_, line))| is_problem(line));
    let mut places = problems.map(|(nth, _)| nth);
    let first = places.next();
    let next = first.into_iter().chain(places).find(|nth| here.is_some_and(|here| *nth > here));
    next.or(first)
}

fn steer(log: &mut Log, action: Action) {
    let view = &mut log.view;
    match action {
        Action::Up => view.up(),
        Action::Down => view.down(),
        Action::PageUp => view.page(true),
        Action::PageDown => view.page(false),
        Action::Top => view.top(),
        _ => view.bottom(),
    }
}

/// To the session before, or after. Where none is shown yet, the newest is the one before.
fn turn(model: &mut Model, is_older: bool) {
    let count = model.log.sessions.len();
    let to = match model.log.shown {
        None => count.checked_sub(1),
        Some(shown) if is_older => shown.checked_sub(1),
        Some(shown) => Some(shown + 1).filter(|next| *next < count),
    };
    match to {
        Some(to) => model.log.turn_to(to),
        None if is_older => model.say(Severity::Info, "this is the oldest session"),
        None => model.say(Severity::Info, "this is the newest session"),
    }
}

/// What was begun last ends first: a selection, a search, a filter; then the pane is left.
fn back(model: &mut Model) {
    let view = &mut model.log.view;
    if view.anchor.take().is_some() || view.search.take().is_some() {
        return;
    }
    if view.filter == Filter::All {
        model.focus = Pane::Compose;
    } else {
        model.log.filter(Filter::All);
    }
}

fn copy(model: &mut Model) -> Vec<Effect> {
    let Log { view, sessions, shown, .. } = &mut model.log;
    let Some(session) = shown.and_then(|shown| sessions.get(shown)) else { return nothing(model) };
    let rows = view.selection().unwrap_or(view.cursor..=view.cursor);
    let lines = words::rows(view, session, rows);
    view.anchor = None;
    hand_over(model, &lines)
}

fn copy_session(model: &mut Model) -> Vec<Effect> {
    match model.log.session().map(words::session) {
        Some(lines) => hand_over(model, &lines),
        None => nothing(model),
    }
}

fn hand_over(model: &mut Model, lines: &[String]) -> Vec<Effect> {
    if lines.is_empty() {
        return nothing(model);
    }
    let count = if lines.len() == 1 { "1 line".to_owned() } else { format!("{} lines", lines.len()) };
    model.say(Severity::Good, format!("{count} handed to the terminal's clipboard"));
    vec![Effect::Copy(lines.join("\n"))]
}

fn nothing(model: &mut Model) -> Vec<Effect> {
    model.say(Severity::Info, "there is nothing to copy yet");
    Vec::new()
}

fn show_mail(model: &mut Model) {
    let Some(mail) = model.log.mails.last() else {
        return model.say(Severity::Info, "the sandbox has not taken any mail in this run");
    };
    let title = format!("mail {} that the sandbox took", model.log.mails.len());
    let mut lines = vec![format!("MAIL FROM:<{}>", mail.from)];
    lines.extend(mail.to.iter().map(|to| format!("RCPT TO:<{to}>")));
    lines.push(String::new());
    lines.extend(mail.text.lines().map(str::to_owned));
    model.dialogs.push(Dialog::text(title, lines));
}
