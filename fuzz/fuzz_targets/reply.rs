//! Bytes from a server, cut in two ways: the replies are the same, and what waits to be read stays small.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sendoff::mail::reply::Reply;
use sendoff::smtp::{Reader, Scribe, limits};

/// What a reader makes of a stream that comes in pieces of this size: replies up to the first error, and the error.
fn read(stream: &[u8], size: usize) -> (Vec<Reply>, Option<String>) {
    let (mut reader, scribe) = (Reader::default(), Scribe::default());
    let mut replies = Vec::new();
    for piece in stream.chunks(size) {
        reader.push(piece);
        loop {
            match reader.line().and_then(|line| line.map(|line| reader.take(&line, &scribe)).transpose()) {
                Ok(None) => break,
                Ok(Some(None)) => {}
                Ok(Some(Some(reply))) => replies.push(reply),
                Err(error) => return (replies, Some(error.to_string())),
            }
        }
        assert!(reader.waiting().len() <= limits::LINE);
    }
    (replies, None)
}

fuzz_target!(|data: &[u8]| {
    let Some((size, stream)) = data.split_first() else { return };
    let whole = read(stream, usize::MAX);
    assert_eq!(whole, read(stream, usize::from(*size).max(1)));
    for reply in &whole.0 {
        assert!((200..600).contains(&reply.code()));
        assert!(!reply.to_string().contains(char::is_control));
        let _ = (reply.text(), reply.enhanced(), reply.message_id());
    }
});
