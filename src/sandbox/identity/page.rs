//! What a person sees in the browser: plain pages, no script.

use super::CLIENT;
use super::scope::Scopes;

/// Where the browser ends when there is no program to go back to.
pub(super) const ARRIVED: &str = "<!DOCTYPE html><meta charset=utf-8><title>Signed in</title>\
    <h1>Signed in</h1><p>Copy the address of this page from the browser's bar and paste it where you were asked to.";

fn page(title: &str, inside: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=en><meta charset=utf-8><title>{title}</title>\
         <style>body{{font:1.1em sans-serif;max-width:34em;margin:3em auto}}</style>\
         <p>The sandbox of sendoff: nothing here reaches Microsoft.<h1>{title}</h1>{inside}</html>\n"
    )
}

/// Asks for the code; `what` stands above, if something is to be said.
pub(super) fn enter_code(what: &str) -> String {
    let form = "<form action=/device method=get><label>The code that your device shows \
        <input name=code autocomplete=off autofocus></label> <button>Next</button></form>";
    page("Enter code", &format!("<p>{what}</p>{form}"))
}

/// Says who asks for what, and lets a person decide.
pub(super) fn consent(scopes: &Scopes, people: &[String], hidden: &[(&str, &str)], action: &str) -> String {
    let granted: Vec<_> = scopes.told().iter().map(|scope| format!("<li>{}</li>", escaped(scope))).collect();
    let people: Vec<_> =
        people.iter().map(|person| format!("<option>{}</option>", escaped(person))).collect();
    let hidden: Vec<_> = hidden
        .iter()
        .map(|(name, value)| format!("<input type=hidden name={name} value=\"{}\">", escaped(value)))
        .collect();
    let [granted, people, hidden] = [granted, people, hidden].map(|parts| parts.concat());
    let inside = format!(
        "<p>The application \u{201c}{CLIENT}\u{201d} asks for:</p><ul>{granted}</ul>\
         <p>Approve only if you have started this sign-in yourself.</p>\
         <form action=\"{}\" method=post>{hidden}<label>Sign in as <select name=person>{people}</select></label>\
         <p><button name=decision value=approve>Approve</button> \
         <button name=decision value=decline>Decline</button></form>",
        escaped(action)
    );
    page("Sign in?", &inside)
}

/// It has been decided.
pub(super) fn decided(is_approved: bool) -> String {
    if is_approved {
        page("Signed in", "<p>You have signed in on your device. You may close this page.")
    } else {
        page("Declined", "<p>Nobody has signed in. You may close this page.")
    }
}

/// A refusal that only the person hears of.
pub(super) fn refused(description: &str) -> String {
    page("Sorry, but we're having trouble signing you in.", &format!("<pre>{}</pre>", escaped(description)))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
