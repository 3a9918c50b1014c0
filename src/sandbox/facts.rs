//! What one session says about itself, and the filling of the blanks in its words.

use super::words::Words;

/// What a session is told about its surroundings: there is no clock, no network and no chance in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The server that answers, such as `PN4P287CA0064`.
    pub front_end: String,
    /// The server that takes the mail, such as `PN4P287MB0456`.
    pub back_end: String,
    /// The forest both stand in, such as `INDP287`.
    pub forest: String,
    /// Sixteen hexadecimal digits, in the greeting and behind every error.
    pub session_id: String,
    /// The address the client comes from, without brackets.
    pub client: String,
    /// The time in the greeting, such as `Sat, 26 Apr 2025 18:08:13 +0000`.
    pub greeting_time: String,
    /// The time behind errors, such as `2025-04-26T18:08:13.781Z`.
    pub trace_time: String,
}

impl Facts {
    /// The name of the front end in its greeting.
    pub fn host(&self) -> String {
        format!("{}.outlook.office365.com", self.front_end)
    }

    /// The Message-ID given to the `nth` message of this session, without angle brackets.
    pub(super) fn message_id(&self, nth: u32) -> String {
        let Self { back_end, forest, session_id, .. } = self;
        format!("{back_end}{session_id}{nth:04X}@{back_end}.{forest}.PROD.OUTLOOK.COM")
    }

    /// The reply as it goes over the wire. `more` fills what only the moment knows.
    pub(super) fn fill(&self, words: Words, more: &[(&str, &str)]) -> Vec<u8> {
        let mut reply = String::with_capacity(words.text.len() + 64);
        let mut rest = words.text;
        while let Some((plain, blank)) = rest.split_once('{') {
            let (name, after) = blank.split_once('}').expect("the table closes every brace");
            reply.push_str(plain);
            match more.iter().find(|(known, _)| *known == name) {
                Some((_, value)) => reply.push_str(value),
                None => reply.push_str(&self.value(name)),
            }
            rest = after;
        }
        reply.push_str(rest);
        reply.push_str("\r\n");
        reply.into_bytes()
    }

    fn value(&self, name: &str) -> String {
        let Self { front_end, back_end, forest, session_id, trace_time, .. } = self;
        match name {
            "host" => self.host(),
            "client" => self.client.clone(),
            "time" => self.greeting_time.clone(),
            "id" => session_id.clone(),
            "trace" => format!("{front_end}.{forest}.PROD.OUTLOOK.COM {trace_time} {session_id}"),
            "mailbox" => format!("{back_end}.{}.prod.outlook.com", forest.to_lowercase()),
            // Left open, a blank that nobody fills is seen on the wire.
            _ => format!("{{{name}}}"),
        }
    }
}
