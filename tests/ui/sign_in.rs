//! Signing in by OAuth 2.0 as it looks, at the sizes where it counts.

use std::time::Duration;

use sendoff::app::dialog::Dialog;
use sendoff::app::msg::Msg;
use sendoff::mail::explain;
use sendoff::mail::oauth::Way;
use sendoff::mail::sign_in::{Blocked, News};
use tui_textarea::Key;

use super::Story;
use super::screens::is_as_it_was;
use super::story::account_by_oauth;

/// Ana at her account, which has an application of her company's.
fn story() -> Story {
    let mut story = Story::with(vec![account_by_oauth()]);
    story.alt('w').alt('w').press(Key::Char('i'));
    story
}

impl Story {
    /// The sign-in that was begun last says something.
    fn hear(&mut self, news: News) -> &mut Self {
        self.tell(Msg::SignIn(self.sign_in, news))
    }
}

fn code() -> News {
    News::Code {
        user_code: "FJC4ZK9Q".into(),
        uri: "https://microsoft.com/devicelogin".into(),
        left: Duration::from_secs(14 * 60 + 32),
    }
}

fn link(port: Option<u16>) -> News {
    let url = format!(
        "https://login.microsoftonline.com/contoso.com/oauth2/v2.0/authorize?response_type=code&client_id=1111&state={}",
        "x".repeat(300)
    );
    News::Link {
        url,
        port,
        tunnel: port.map(|port| format!("ssh -L {port}:127.0.0.1:{port} ana@jump.contoso.com")),
    }
}

fn blocked() -> News {
    let text = "AADSTS50097: Device authentication is required.";
    News::Failed(Blocked {
        explanation: explain::text(text),
        detail: text.into(),
        others: vec![Way::Loopback, Way::PasteBack],
        may_repeat: false,
    })
}

#[test]
fn each_stage_as_it_looks() {
    let mut story = story();
    is_as_it_was("sign-in-ways", &story);
    story.press(Key::Enter).hear(code());
    is_as_it_was("sign-in-code", &story);
    story.hear(blocked());
    is_as_it_was("sign-in-blocked", &story);
    story.press(Key::Enter).hear(link(Some(49152)));
    is_as_it_was("sign-in-browser", &story);
    story.press(Key::Char('w')).press(Key::Down).press(Key::Down).press(Key::Enter).hear(link(None));
    story.tell(Msg::Paste("http://localhost/?code=SECRET-CODE&state=x".into()));
    let screen = story.screen(80, 24);
    assert!(!screen.contains("SECRET-CODE"), "{screen}");
    is_as_it_was("sign-in-paste", &story);
    story.press(Key::Enter).hear(News::Done {
        who: "ana@contoso.com".into(),
        kept: "The sign-in is kept in the keyring; it lasts about 90 days and renews itself when used."
            .into(),
    });
    is_as_it_was("sign-in-done", &story);
    story.press(Key::Enter);
    assert!(story.model.dialogs.is_empty());
}

#[test]
fn the_time_that_is_left_is_renewed_when_the_authority_was_asked_again() {
    let mut story = story();
    story.press(Key::Enter).hear(code());
    assert!(story.screen(80, 24).contains("14:32 left"));
    story.hear(News::Waiting { left: Duration::from_secs(62) });
    assert!(story.screen(80, 24).contains("1:02 left"));
}

#[test]
fn a_sign_in_that_was_left_says_nothing_in_the_next_dialog() {
    let mut story = story();
    story.press(Key::Enter).hear(code());
    let left = story.sign_in;
    story.press(Key::Char('w')).tell(Msg::SignIn(left, blocked()));
    assert!(!story.screen(80, 24).contains("not possible now"));
    story.press(Key::Esc).press(Key::Char('i')).press(Key::Enter);
    let done = News::Done { who: "bob@fabrikam.com".into(), kept: "It is kept.".into() };
    story.tell(Msg::SignIn(left, done));
    assert!(!story.screen(80, 24).contains("bob@fabrikam.com"));
    story.hear(code());
    let screen = story.screen(80, 24);
    assert!(screen.contains("F J C 4 Z K 9 Q"), "{screen}");
}

#[test]
fn the_way_that_is_left_is_the_one_that_enter_takes_next() {
    let mut story = story();
    story.press(Key::Enter).hear(code()).hear(blocked());
    let screen = story.screen(80, 24);
    assert!(screen.contains("not possible now"), "{screen}");
    let Some(sendoff::app::dialog::Dialog::SignIn(dialog)) = story.model.dialogs.last() else { panic!() };
    assert_eq!(dialog.ways[dialog.selected], Way::Loopback);
}

#[test]
fn what_the_file_says_meanwhile_counts_until_a_way_is_begun() {
    let changed = || {
        let mut account = account_by_oauth();
        account.oauth.as_mut().unwrap().accepts_broader = true;
        account
    };
    let accepts = |story: &Story| match story.model.dialogs.last() {
        Some(Dialog::SignIn(dialog)) => dialog.account.oauth.as_ref().unwrap().accepts_broader,
        _ => unreachable!("the dialog is open"),
    };
    let mut story = story();
    assert!(!accepts(&story));
    story.tell(Msg::AccountsRead(Ok(vec![changed()])));
    assert!(accepts(&story));
    story.press(Key::Enter).tell(Msg::AccountsRead(Ok(vec![account_by_oauth()])));
    assert!(accepts(&story), "what was begun goes on as it began");
}
