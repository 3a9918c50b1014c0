//! The reader: bytes as they come, replies as they are complete. Pure and bounded; whoever has the socket pushes.

use crate::mail::reply::{Reply, ReplyLine};
use crate::mail::text::Shown;

use super::error::SmtpError;
use super::limits;

/// What has come and has not been understood yet.
#[derive(Default)]
pub struct Reader {
    inbox: Vec<u8>,
    /// Octets of the inbox in which no line end was found.
    searched: usize,
    /// The reply of which the last line is still to come.
    reply: Option<Reply>,
    /// Octets in its lines so far.
    octets: usize,
}

impl Reader {
    pub fn push(&mut self, bytes: &[u8]) {
        self.inbox.extend_from_slice(bytes);
    }

    /// What nobody has read yet.
    pub fn waiting(&self) -> &[u8] {
        &self.inbox
    }

    /// Is the next line the first of its reply?
    pub fn is_between_replies(&self) -> bool {
        self.reply.is_none()
    }

    /// The next whole line, without its end. A lone LF ends one, too: waiting for a CR that never comes would hang.
    pub fn line(&mut self) -> Result<Option<Vec<u8>>, SmtpError> {
        let end = memchr::memchr(b'\n', &self.inbox[self.searched..]).map(|at| self.searched + at);
        let Some(end) = end else {
            self.searched = self.inbox.len();
            return if self.searched > limits::LINE { Err(SmtpError::LineTooLong) } else { Ok(None) };
        };
        self.searched = 0;
        let mut line: Vec<u8> = self.inbox.drain(..=end).collect();
        line.pop();
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        if line.len() > limits::LINE { Err(SmtpError::LineTooLong) } else { Ok(Some(line)) }
    }

    /// Takes a line into the reply it belongs to; gives the reply with its last line. It is kept as the scribe has `shown` it,
    /// masked: an outcome may be shown, stored and mailed.
    pub fn take(&mut self, line: &[u8], shown: &Shown) -> Result<Option<Reply>, SmtpError> {
        self.octets += line.len();
        if self.octets > limits::ALL_LINES {
            return Err(SmtpError::ReplyTooLong);
        }
        let wrong = |why| SmtpError::NotAReply(why, shown.to_string());
        let heard = ReplyLine::parse(line).map_err(wrong)?;
        // The code and what parts it from the text stand there unchanged.
        let text = shown.as_str().get(line.len() - heard.text.len()..).unwrap_or_default();
        let parsed = ReplyLine { text: text.as_bytes(), ..heard };
        match &mut self.reply {
            None => self.reply = Some(Reply::first(&parsed)),
            Some(reply) => reply.push(&parsed).map_err(wrong)?,
        }
        if !parsed.is_last {
            return Ok(None);
        }
        self.octets = 0;
        Ok(self.reply.take())
    }
}
