//! `sendoff explain`: what a reply means, in plain words.

use std::io::Read as _;

use clap::Args;

use crate::mail::explain;
use crate::mail::reply::Reply;

use super::{Exit, output, say};

#[derive(Debug, Args)]
pub struct Explain {
    /// The reply, such as "535 5.7.3 Authentication unsuccessful"; else standard input
    text: Vec<String>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Explain) -> Exit {
    let mut text = arguments.text.join(" ");
    if text.is_empty() && std::io::stdin().take(64 * 1024).read_to_string(&mut text).is_err() {
        say::complain("standard input is not text");
        return Exit::Data;
    }
    let Ok(reply) = Reply::parse(text.trim()) else {
        say::complain(
            "this is no SMTP reply: it has to begin with a three-digit code, as in 550 5.1.1 No such user",
        );
        return Exit::Data;
    };
    let explanation = explain::reply(None, &reply);
    if arguments.json {
        output::print(&output::Explained {
            cause: explanation.cause,
            says: explanation.says,
            who: explanation.who.as_str(),
            todo: explanation.todo,
            confirmed: explanation.is_confirmed,
        });
    } else {
        say::out(format_args!(
            "{}\nWho can change it: {}.\n{}",
            explanation.says,
            explanation.who.as_str(),
            explanation.todo
        ));
    }
    Exit::Ok
}
