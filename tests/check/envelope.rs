//! The senders and the recipient, once it is signed in.

use sendoff::mail::account::{Account, Auth, Identity};
use sendoff::mail::address::Mailbox;
use sendoff::mail::check::{Check, Stage, Standing};
use sendoff::mail::outcome::{Outcome, Step};
use sendoff::mail::secret::Secret;
use sendoff::mail::transcript::Wire;
use sendoff::runtime::{self, check::Job};
use sendoff::sandbox::{self, Options, Scenario, SignInScenario};
use sendoff::smtp::Progress;
use tokio::sync::{mpsc::unbounded_channel, watch};

use super::{OPENING, SIGNED_IN, Setting};

fn identity(from: &str, username: Option<&str>) -> Identity {
    let from = Mailbox::parse(from).unwrap();
    Identity { from, reply_to: None, signature: None, username: username.map(str::to_owned) }
}

/// Ana, who also sends as sales, and as info.
fn three(script: &[&str]) -> Setting {
    let mut setting = Setting::new(&[&[OPENING, SIGNED_IN], script].concat());
    setting.account.identities =
        vec![identity("Sales <sales@contoso.com>", None), identity("info@contoso.com", None)];
    setting
}

const OWN: &str = "C: MAIL FROM:<ana@contoso.com>
    S: 250 2.1.0 Sender OK
    C: RCPT TO:<ana@contoso.com>
    S: 250 2.1.5 Recipient OK
    C: RSET
    S: 250 2.0.0 Resetting";
const SALES: &str = "C: MAIL FROM:<sales@contoso.com>";
const INFO: &str = "C: MAIL FROM:<info@contoso.com>
    S: 250 2.1.0 Sender OK
    C: RSET
    S: 250 2.0.0 Resetting
    C: QUIT
    S: 221 2.0.0 bye";

#[tokio::test]
async fn every_sender_is_named_in_turn_and_nothing_is_sent() {
    let told =
        three(&[OWN, SALES, "S: 250 2.1.0 Sender OK", "C: RSET", "S: 250 2.0.0 Resetting", INFO]).run().await;
    assert_eq!(told.verdict.says, "You can send as ana@contoso.com, sales@contoso.com and info@contoso.com.");
    assert!(told.verdict.ok && told.verdict.caveat.is_none(), "{:?}", told.verdict);
    assert_eq!(
        told.marks(),
        "+lookup +connect +greeting +ehlo +starttls +tls +capabilities +auth +mail +rcpt +mail +mail +rset +quit"
    );
    assert_eq!(told.heard.unplayed, 0);
    assert!(told.check.report().is_none());
    // Whoever watches was told of every beginning and of every end.
    for step in told.check.steps().iter().filter(|step| step.stage != Stage::Capabilities) {
        let of_it = |standing| {
            told.news
                .iter()
                .any(|told| (told.stage, &told.about, told.standing) == (step.stage, &step.about, standing))
        };
        assert!(of_it(Standing::Running) && of_it(Standing::Passed), "{}", step.stage);
    }
}

#[tokio::test]
async fn a_sender_that_is_refused_does_not_hide_the_others() {
    let refusal = "S: 550 5.7.60 SMTP; Client does not have permissions to send as this sender";
    let told = three(&[OWN, SALES, refusal, INFO]).run().await;
    assert!(!told.verdict.ok);
    assert_eq!(told.cause(), "send-as-denied");
    assert!(
        told.verdict.says.starts_with(
            "You can send as ana@contoso.com and info@contoso.com, but not as sales@contoso.com: "
        ),
        "{}",
        told.verdict.says
    );
    assert!(told.verdict.says.ends_with("your administrator can change that."), "{}", told.verdict.says);
    assert_eq!((told.report().outcome, told.report().step), (Outcome::Refused, Step::Mail));
}

#[tokio::test]
async fn of_exchange_it_is_said_what_a_check_cannot_see() {
    let greeting = OPENING.replacen("ready", "Microsoft ESMTP MAIL Service ready", 1);
    let script = [greeting.as_str(), SIGNED_IN, OWN, SALES, "S: 250 OK", "C: RSET", "S: 250 OK", INFO];
    let mut setting = three(&[]);
    setting.script = script.join("\n");
    let told = setting.run().await;
    assert!(told.verdict.ok);
    let caveat = told.verdict.caveat.unwrap();
    assert!(caveat.contains("Send As") && caveat.contains("cannot be seen"), "{caveat}");

    // Nobody but the mailbox itself: there is no right to be missed.
    let script = [greeting.as_str(), SIGNED_IN, OWN, "C: QUIT", "S: 221 bye"];
    let told = Setting::new(&script).run().await;
    assert!(told.verdict.ok && told.verdict.caveat.is_none(), "{:?}", told.verdict);
}

#[tokio::test]
async fn a_mailbox_with_a_password_of_its_own_is_not_tried_on_this_one() {
    let mut setting = Setting::new(&[OPENING, SIGNED_IN, OWN, "C: QUIT", "S: 221 bye"]);
    setting.account.identities = vec![identity("shared@contoso.com", Some("shared@contoso.com"))];
    let told = setting.run().await;
    assert_eq!(told.verdict.says, "You can send as ana@contoso.com; shared@contoso.com was not tried.");
    let skipped = told.check.steps().iter().find(|step| step.about == "shared@contoso.com").unwrap();
    assert_eq!(skipped.standing, Standing::Skipped);
    assert!(skipped.text.as_str().contains("a password of its own"), "{}", skipped.text);
    assert!(!told.heard.secured().contains("shared@"));
}

/// A check against the sandbox, by token, of an account with a shared mailbox beside it; these may sign in there.
async fn with_a_shared_mailbox(users: &[&str]) -> (Check, Account, Vec<String>) {
    let listening = sandbox::bind(0).await.unwrap();
    let mut account = runtime::sandbox::account(listening.sandbox());
    account.auth = Auth::Xoauth2;
    account.identities = vec![identity("shared@contoso.com", Some("shared@contoso.com"))];
    let options = Options {
        delays: false,
        users: users.iter().map(|user| (*user).to_owned()).collect(),
        sign_in: watch::channel(SignInScenario::ASKS).1,
        now: runtime::clock::now,
    };
    let (reports, _mails) = unbounded_channel();
    tokio::spawn(listening.serve(|| Scenario::ACCEPTS, options, reports));
    let secret = Some(Secret::new(sandbox::TOKEN.to_owned()));
    let job = Job { account, secret, missing: None, log: None, probes: &[] };
    let mut lines = Vec::new();
    let (check, _tidying) = runtime::check::run(&job, |progress| {
        if let Progress::Wire(Wire::Line(line)) = progress {
            lines.push(line.text.to_string());
        }
    })
    .await;
    (check, job.account, lines)
}

#[tokio::test]
async fn a_shared_mailbox_is_signed_in_to_with_the_same_token_in_a_session_of_its_own() {
    let (check, account, lines) = with_a_shared_mailbox(&["ana@contoso.com", "shared@contoso.com"]).await;
    let says = check.verdict(&account).says;
    assert_eq!(says, "You can send as ana@contoso.com and shared@contoso.com.", "{lines:?}");
    assert!(lines.iter().any(|line| line.contains("another session, signed in as shared@contoso.com")));
    assert_eq!(lines.iter().filter(|line| line.starts_with("QUIT")).count(), 2, "{lines:?}");
    assert!(!lines.iter().any(|line| line.starts_with("DATA") || line.starts_with("BDAT")));
}

#[tokio::test]
async fn a_shared_mailbox_that_is_not_delegated_is_told_from_the_account_itself() {
    let (check, account, _lines) = with_a_shared_mailbox(&["ana@contoso.com"]).await;
    let verdict = check.verdict(&account);
    assert!(!verdict.ok);
    assert!(
        verdict.says.starts_with("You can send as ana@contoso.com, but not as shared@contoso.com: "),
        "{}",
        verdict.says
    );
}

#[tokio::test]
async fn a_recipient_that_is_refused_is_told_as_that() {
    let script = [
        OPENING,
        SIGNED_IN,
        "C: MAIL FROM:<ana@contoso.com>",
        "S: 250 OK",
        "C: RCPT TO:<ana@contoso.com>",
        "S: 550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain",
        "C: RSET",
        "S: 250 OK",
        "C: QUIT",
        "S: 221 bye",
    ];
    let told = Setting::new(&script).run().await;
    assert!(told.marks().ends_with("+auth +mail xrcpt +rset +quit"), "{}", told.marks());
    assert_eq!(told.cause(), "relay-denied");
    assert!(!told.verdict.ok);
    assert!(told.verdict.says.contains("not even ana@contoso.com"), "{}", told.verdict.says);
}

#[tokio::test]
async fn a_line_that_breaks_in_the_middle_leaves_the_rest_untried() {
    let told = three(&[OWN, SALES, "S: 421 4.4.2 closing", "== close"]).run().await;
    assert!(told.marks().ends_with("+mail +rcpt xmail -mail +rset -quit"), "{}", told.marks());
    let text = told.step(Stage::Quit).text.as_str();
    assert_eq!(text, "not tried: MAIL failed");
}

#[tokio::test]
async fn a_secret_that_the_server_repeats_is_masked() {
    let script =
        [OPENING, "C: AUTH PLAIN *", "S: 535 5.7.8 no: correct-horse-battery", "C: QUIT", "S: 221 bye"];
    let told = Setting::new(&script).run().await;
    // That it stands nowhere is looked at for all of them.
    assert_eq!(told.step(Stage::Auth).text.as_str(), "535 5.7.8 no: [hidden]");
}
