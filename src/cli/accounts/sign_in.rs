//! `sendoff accounts sign-in` and `sign-out`: OAuth 2.0 on the command line.

use clap::{Args, ValueEnum};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use crate::mail::account::Account;
use crate::mail::explain::Who;
use crate::mail::oauth::{Grant, Way};
use crate::mail::secret::Secret;
use crate::mail::sign_in::News;
use crate::runtime::{self, sign_in};

use super::{Exit, File, Outcome, Refusal, say};
use crate::cli::prompt;

#[derive(Debug, Args)]
pub(super) struct SignIn {
    name: String,
    /// The way in; without it the one that fits this host
    #[arg(long, value_enum)]
    way: Option<AWay>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum AWay {
    /// A short code, typed on any other device
    DeviceCode,
    /// A browser on this machine, or an SSH tunnel to it
    Browser,
    /// Any browser; the address where it ends is brought back
    Paste,
}

impl From<AWay> for Way {
    fn from(way: AWay) -> Self {
        match way {
            AWay::DeviceCode => Self::DeviceCode,
            AWay::Browser => Self::Loopback,
            AWay::Paste => Self::PasteBack,
        }
    }
}

pub(super) async fn sign_in(wanted: &SignIn, file: &File) -> Outcome {
    let account = file.account(&wanted.name)?;
    match account.oauth.as_ref().map(|application| &application.grant) {
        Some(Grant::Person) => {}
        Some(Grant::Service { .. }) => {
            return Err(Refusal(Exit::Usage, "a service signs in by itself; there is nobody to ask".into()));
        }
        None => {
            let why = format!(
                "{} signs in with a {}; for OAuth it needs an application: sendoff accounts guide",
                account.name,
                account.secret_word()
            );
            return Err(Refusal(Exit::Config, why));
        }
    }
    let ways = runtime::ways();
    let way = wanted.way.map_or(ways[0], Way::from);
    let (bring, mut brought) = unbounded_channel();
    let done = sign_in::run(&account, way, &file.stores()?, &mut brought, |news| tell(&news, &bring)).await;
    let signed_in = done.map_err(|error| Refusal(Exit::NoPermission, blocked(&sign_in::failed(&error))))?;
    match signed_in.kept {
        Ok(kept) => {
            say::out(format_args!("{} is signed in. {kept}", signed_in.who));
            Ok(())
        }
        Err(why) => {
            let says = format!(
                "{} signed in, but the sign-in ends with this command: {why}; sign in from the composer, which keeps it until you leave",
                signed_in.who
            );
            Err(Refusal(Exit::NoPermission, says))
        }
    }
}

pub(super) async fn sign_out(name: &str, file: &File) -> Outcome {
    let account: Account = file.account(name)?;
    let says = sign_in::sign_out(&account, &file.stores()?).await.map_err(|why| Refusal(Exit::Io, why))?;
    say::out(says);
    Ok(())
}

/// What the person has to do now.
fn tell(news: &News, bring: &UnboundedSender<Secret>) {
    match news {
        News::Code { user_code, uri, left } => {
            say::out(format_args!("On any device open {uri}\nand type            {user_code}"));
            say::out(format_args!(
                "Only for yourself: nobody will ever send you such a code. Waiting for {} minutes; Ctrl-C stops.",
                left.as_secs() / 60
            ));
        }
        News::Link { url, port: Some(port), tunnel } => {
            if let Some(tunnel) = tunnel {
                say::out(format_args!("First, on your own machine:\n  {tunnel}"));
            }
            say::out(format_args!(
                "Open in a browser:\n  {url}\nWaiting on port {port} for two minutes; Ctrl-C stops."
            ));
        }
        News::Link { url, .. } => {
            say::out(format_args!(
                "Open in any browser and sign in:\n  {url}\nYou will end at an empty page; its whole address belongs here."
            ));
            ask_address(bring);
        }
        News::NotIt { why, .. } => {
            say::complain(why);
            ask_address(bring);
        }
        News::Waiting { .. } | News::Done { .. } | News::Failed(_) => {}
    }
}

/// Nothing entered ends it.
fn ask_address(bring: &UnboundedSender<Secret>) {
    let bring = bring.clone();
    tokio::task::spawn_blocking(move || {
        let typed = prompt::typed("Address: ").unwrap_or_else(|| Secret::new(String::new()));
        let _ = bring.send(typed);
    });
}

fn blocked(news: &News) -> String {
    let News::Failed(blocked) = news else { return String::new() };
    let for_whom =
        if blocked.explanation.who == Who::Administrator { "For your administrator: " } else { "" };
    let others: Vec<_> = blocked.others.iter().map(|way| way_name(*way)).collect();
    let other = if others.is_empty() {
        String::new()
    } else {
        format!("\nanother way may be open: --way {}", others.join(", or --way "))
    };
    let explanation = &blocked.explanation;
    // Where the words are our own, they are the detail.
    let is_own = explanation.says.trim_end_matches('.').eq_ignore_ascii_case(&blocked.detail);
    let says = if is_own { String::new() } else { format!("\n{}", explanation.says) };
    format!("{}{says}\n{for_whom}{}{other}", blocked.detail, explanation.todo)
}

fn way_name(way: Way) -> &'static str {
    match way {
        Way::DeviceCode => "device-code",
        Way::Loopback => "browser",
        Way::PasteBack => "paste",
    }
}
