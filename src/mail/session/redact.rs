//! Without people: for a transcript that is to be pasted where everybody reads it.

use std::fmt::Write as _;

use crate::mail::text::Shown;

use super::Session;

/// Every local part of an address as `user1`, `user2`, the same person by the same name; no subject.
pub(super) fn without_people(session: &Session) -> Session {
    let mut people = Vec::new();
    let mut plain = session.clone();
    for name in [&mut plain.head.title, &mut plain.head.account] {
        "(left out)".clone_into(name);
    }
    for (_, line) in &mut plain.lines {
        line.text = Shown::new(&nameless(line.text.as_str(), &mut people));
    }
    if let Some(ending) = &mut plain.ending {
        ending.message_id = nameless(&ending.message_id, &mut people);
        ending.server_id = ending.server_id.as_deref().map(|id| nameless(id, &mut people));
        if let Some(failure) = &mut ending.failure {
            failure.detail = nameless(&failure.detail, &mut people);
        }
        ending.reply = None;
    }
    plain
}

fn nameless(text: &str, people: &mut Vec<String>) -> String {
    let is_local = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.\"".contains(c);
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find('@') {
        let local = rest[..at]
            .rfind(|c| !is_local(c))
            .map_or(0, |before| before + rest[before..].chars().next().map_or(0, char::len_utf8));
        out.push_str(&rest[..local]);
        let person = &rest[local..at];
        if !person.is_empty() {
            let known = people.iter().position(|known| known == person).unwrap_or_else(|| {
                people.push(person.to_owned());
                people.len() - 1
            });
            let _ = write!(out, "user{}", known + 1);
        }
        out.push('@');
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_have_numbers_and_domains_stay() {
        let mut people = Vec::new();
        let mut say = |text: &str| nameless(text, &mut people);
        assert_eq!(say("MAIL FROM:<ana@contoso.com> SIZE=1"), "MAIL FROM:<user1@contoso.com> SIZE=1");
        assert_eq!(say("RCPT TO:<bob.ray+x@fabrikam.com>"), "RCPT TO:<user2@fabrikam.com>");
        assert_eq!(
            say("ana@contoso.com is not bob.ray+x@y, nor zo\u{eb}@z @"),
            "user1@contoso.com is not user2@y, nor user3@z @"
        );
    }
}
