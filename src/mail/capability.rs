//! What a server offers in its reply to EHLO, each keyword in one plain sentence (RFC 5321 section 4.1.1.1).

use super::size::Size;
use super::text::Shown;

/// One line of the offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capability {
    /// In upper case: keywords are compared without case.
    pub keyword: Shown,
    pub parameters: Shown,
    /// `None` for a keyword that is not in the table.
    pub meaning: Option<Meaning>,
}

/// What a keyword says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    /// One sentence.
    pub says: &'static str,
    /// Where it is defined: `RFC 1870`.
    pub source: &'static str,
}

const fn row(keyword: &'static str, says: &'static str, source: &'static str) -> (&'static str, Meaning) {
    (keyword, Meaning { says, source })
}

#[rustfmt::skip]
const KEYWORDS: &[(&str, Meaning)] = &[
    row("8BITMIME", "Text may travel in eight bits, as it was written.", "RFC 6152"),
    row("ATRN", "A client may ask for mail that waits for its own domain.", "RFC 2645"),
    row("AUTH", "It lets clients sign in, by the mechanisms that are named.", "RFC 4954"),
    row("BINARYMIME", "A message may hold raw binary data, if it is sent in chunks.", "RFC 3030"),
    row("BURL", "A message may be fetched from an IMAP server instead of being uploaded.", "RFC 4468"),
    row("CHECKPOINT", "A broken upload can be taken up again where it stopped.", "RFC 1845"),
    row("CHUNKING", "A message may be sent in counted pieces (BDAT), without a final dot.", "RFC 3030"),
    row("CONNEG", "It can say which kinds of content the recipient can show.", "RFC 4141"),
    row("CONPERM", "It can allow servers on the way to convert the content.", "RFC 4141"),
    row("DELIVERBY", "A message may carry a time by which it has to be delivered.", "RFC 2852"),
    row("DSN", "The sender may ask to be told of delivery, delay or failure.", "RFC 3461"),
    row("ENHANCEDSTATUSCODES", "Replies carry a second, finer code such as 5.7.139.", "RFC 2034"),
    row("ETRN", "A client may ask for the queue of a domain to be worked through.", "RFC 1985"),
    row("EXPN", "It may list the members of a mailing list.", "RFC 5321"),
    row("FUTURERELEASE", "A message may be left here to go out later.", "RFC 4865"),
    row("HELP", "It answers the command HELP.", "RFC 5321"),
    row("LIMITS", "It tells how many mails and recipients a session may have.", "RFC 9422"),
    row("MT-PRIORITY", "A message may carry a priority.", "RFC 6710"),
    row("MTRK", "A message may be tracked on its way.", "RFC 3885"),
    row("NO-SOLICITING", "It names the kinds of advertising that it does not want.", "RFC 3865"),
    row("PIPELINING", "Several commands may be sent at once, which saves round trips.", "RFC 2920"),
    row("REQUIRETLS", "The sender may insist on TLS at every step of the way.", "RFC 8689"),
    row("RRVS", "It can refuse mail to an address that has changed hands.", "RFC 7293"),
    row("SIZE", "It names the largest message it takes, and may refuse one by its size before the upload.", "RFC 1870"),
    row("SMTPUTF8", "Addresses and headers may hold letters beyond ASCII.", "RFC 6531"),
    row("STARTTLS", "The connection can be encrypted from here on.", "RFC 3207"),
    row("SUBMITTER", "The sender that is responsible may be named beside the envelope.", "RFC 4405"),
    row("TURN", "Client and server may change places; obsolete, since nobody proves who they are.", "RFC 5321"),
    row("UTF8SMTP", "An early form of SMTPUTF8, which has taken its place.", "RFC 5336"),
    row("VRFY", "It may say whether an address exists.", "RFC 5321"),
    row("XCLIENT", "A proxy that it trusts may tell for whom it speaks.", "Postfix"),
    row("XFORWARD", "A filter that it trusts may tell where a message came from.", "Postfix"),
];

impl Capability {
    /// Reads a line of the offer, without code and separator.
    pub fn read(line: &Shown) -> Self {
        // Some old servers write AUTH=LOGIN.
        let line = line.as_str().trim();
        let (keyword, parameters) = line.split_once([' ', '=']).unwrap_or((line, ""));
        let keyword = keyword.to_ascii_uppercase();
        let row = KEYWORDS.iter().find(|(known, _)| *known == keyword);
        Self {
            meaning: row.map(|(_, meaning)| *meaning),
            keyword: Shown::new(&keyword),
            parameters: Shown::new(parameters.trim()),
        }
    }

    /// The parameters as a person reads them: `150 MB` where `SIZE` counts bytes.
    pub fn readable(&self) -> String {
        let parameters = self.parameters.as_str();
        match (self.keyword.as_str(), parameters.parse::<u64>()) {
            ("SIZE", Ok(0)) => "no limit".to_owned(),
            ("SIZE", Ok(bytes)) => format!("{parameters} ({})", Size(bytes)),
            _ => parameters.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Capability {
        Capability::read(&line.into())
    }

    #[test]
    fn a_keyword_is_explained_whatever_its_case() {
        let size = read("size 157286400");
        assert_eq!((size.keyword.as_str(), size.readable().as_str()), ("SIZE", "157286400 (157.3 MB)"));
        assert_eq!(size.meaning.map(|meaning| meaning.source), Some("RFC 1870"));
        assert_eq!(read("SIZE 0").readable(), "no limit");
        assert_eq!(read("AUTH=LOGIN").parameters.as_str(), "LOGIN");
        assert_eq!(read("AUTH LOGIN XOAUTH2").readable(), "LOGIN XOAUTH2");
    }

    #[test]
    fn what_is_not_known_is_shown_and_not_explained() {
        let odd = read("XEXCH50 2");
        assert_eq!((odd.keyword.as_str(), odd.meaning), ("XEXCH50", None));
        assert_eq!(read("").keyword.as_str(), "");
    }

    #[test]
    fn the_table_is_in_order_and_every_row_is_a_sentence() {
        assert!(KEYWORDS.is_sorted_by_key(|(keyword, _)| *keyword));
        for (keyword, meaning) in KEYWORDS {
            assert!(meaning.says.ends_with('.') && !meaning.source.is_empty(), "{keyword}");
        }
    }
}
