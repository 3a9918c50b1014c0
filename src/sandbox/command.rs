//! One command line, taken apart. Nothing here knows what has been said before.

use std::net::{Ipv4Addr, Ipv6Addr};

/// A command and its arguments, as they were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command<'a> {
    Helo(&'a str),
    Ehlo(&'a str),
    StartTls(&'a str),
    Auth { mechanism: &'a str, response: Option<&'a str> },
    Mail(&'a str),
    Rcpt(&'a str),
    Data(&'a str),
    Bdat(&'a str),
    Reset,
    Noop,
    Verify,
    Help,
    Quit,
    NotImplemented,
    Unknown,
}

impl<'a> Command<'a> {
    /// Reads a line without its end. Verbs are known in any case of letters (RFC 5321, section 2.4).
    pub(super) fn parse(line: &'a [u8]) -> Self {
        let Ok(line) = str::from_utf8(line) else { return Self::Unknown };
        if line.contains(['\r', '\0']) {
            return Self::Unknown;
        }
        let (verb, arguments) = line.split_once(' ').unwrap_or((line, ""));
        let arguments = arguments.trim();
        match verb.to_ascii_uppercase().as_str() {
            "HELO" => Self::Helo(arguments),
            "EHLO" => Self::Ehlo(arguments),
            "STARTTLS" => Self::StartTls(arguments),
            "AUTH" => match arguments.split_once(' ') {
                Some((mechanism, response)) => Self::Auth { mechanism, response: Some(response.trim()) },
                None => Self::Auth { mechanism: arguments, response: None },
            },
            "MAIL" => Self::Mail(arguments),
            "RCPT" => Self::Rcpt(arguments),
            "DATA" => Self::Data(arguments),
            "BDAT" => Self::Bdat(arguments),
            "RSET" => Self::Reset,
            "NOOP" => Self::Noop,
            "VRFY" => Self::Verify,
            "HELP" => Self::Help,
            "QUIT" => Self::Quit,
            "EXPN" | "ETRN" | "TURN" | "ATRN" => Self::NotImplemented,
            _ => Self::Unknown,
        }
    }

    /// The verb as it is written in RFCs.
    pub(super) fn verb(self) -> &'static str {
        match self {
            Self::Helo(_) => "HELO",
            Self::Ehlo(_) => "EHLO",
            Self::StartTls(_) => "STARTTLS",
            Self::Auth { .. } => "AUTH",
            Self::Mail(_) => "MAIL",
            Self::Rcpt(_) => "RCPT",
            Self::Data(_) => "DATA",
            Self::Bdat(_) => "BDAT",
            Self::Reset => "RSET",
            Self::Noop => "NOOP",
            Self::Verify => "VRFY",
            Self::Help => "HELP",
            Self::Quit => "QUIT",
            Self::NotImplemented | Self::Unknown => "an unknown command",
        }
    }

    /// Whether it must be the last of a flight (RFC 2920, section 3.1, and RFC 4954). STARTTLS is not among them: what
    /// follows it in clear is worse than hurried.
    pub(super) fn ends_a_flight(self) -> bool {
        matches!(
            self,
            Self::Helo(_)
                | Self::Ehlo(_)
                | Self::Auth { .. }
                | Self::Data(_)
                | Self::Verify
                | Self::Noop
                | Self::Quit
        )
    }
}

/// Whether EHLO may be given this: a name of any number of labels, or an address in brackets (RFC 5321, section 4.1.3).
pub(super) fn is_host(name: &str) -> bool {
    if let Some(literal) = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return match literal.strip_prefix("IPv6:") {
            Some(address) => address.parse::<Ipv6Addr>().is_ok(),
            None => literal.parse::<Ipv4Addr>().is_ok(),
        };
    }
    let is_label = |label: &str| {
        !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
    };
    name.split('.').all(is_label)
}

/// The address between angle brackets and the parameters behind them, from `FROM:<a@b> SIZE=1`. A bracket within
/// quotes belongs to the address.
pub(super) fn path<'a>(arguments: &'a str, keyword: &str) -> Option<(&'a str, Vec<&'a str>)> {
    let written = arguments.get(..keyword.len())?;
    let rest = &arguments[keyword.len()..];
    let rest = rest.strip_prefix(':').filter(|_| written.eq_ignore_ascii_case(keyword))?;
    let rest = rest.trim_start().strip_prefix('<')?;
    let (mut quoted, mut escaped) = (false, false);
    let end = rest.find(|c| {
        let ends = c == '>' && !quoted;
        quoted ^= c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    })?;
    let parameters = &rest[end + 1..];
    let apart = parameters.is_empty() || parameters.starts_with(' ');
    apart.then(|| (&rest[..end], parameters.split_ascii_whitespace().collect()))
}

/// Whether this can be an address: a local part, a domain or address literal, and nothing that breaks a line. Letters
/// beyond ASCII need SMTPUTF8.
pub(super) fn is_address(text: &str, utf8: bool) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let quoted = local.len() > 2 && local.starts_with('"') && local.ends_with('"');
    let plain =
        |c: char| !c.is_control() && !matches!(c, ' ' | '<' | '>' | '(' | ')' | '@' | ',' | ';' | '"');
    let local_ok = quoted || (!local.is_empty() && local.chars().all(plain));
    let domain_ok = if utf8 && !domain.is_ascii() { domain.chars().all(plain) } else { is_host(domain) };
    local_ok && domain_ok && (utf8 || text.is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        for good in ["[127.0.0.1]", "[IPv6:::1]", "localhost", "localhost.localdomain", "MACBOOK", "a_b.c-d"]
        {
            assert!(is_host(good), "{good}");
        }
        for bad in ["", "MacBook..", "a b", ".", "[127.0.0.1", "[::1]", "[300.0.0.1]", "<x>"] {
            assert!(!is_host(bad), "{bad}");
        }
    }

    #[test]
    fn paths() {
        assert_eq!(path("FROM:<>", "FROM"), Some(("", vec![])));
        assert_eq!(path("from: <a@b> SIZE=1  SMTPUTF8", "FROM"), Some(("a@b", vec!["SIZE=1", "SMTPUTF8"])));
        assert_eq!(path(r#"TO:<"a \"> b"@c>"#, "TO"), Some((r#""a \"> b"@c"#, vec![])));
        for bad in
            ["", "FROM", "FROM:", "FROM:a@b", "FROM:<a@b", "FROM:<a@b>SIZE=1", "TO:<a@b>", "FRÖM:<a@b>"]
        {
            assert_eq!(path(bad, "FROM"), None, "{bad}");
        }
    }

    #[test]
    fn addresses() {
        for good in ["bob@fabrikam.com", "\"bob ray\"@fabrikam.com", "bob@[192.0.2.1]", "b+c/d=e@x"] {
            assert!(is_address(good, false), "{good}");
        }
        for bad in [
            "",
            "bob",
            "@fabrikam.com",
            "bob@",
            "bob@fabrikam..com",
            "bob ray@x",
            "a@b@c",
            "josé@x",
            "a@exämple",
        ] {
            assert!(!is_address(bad, false), "{bad}");
        }
        assert!(is_address("josé@exämple", true));
    }
}
