//! Every way in which line ends and dots can stand side by side.

use sendoff::smtp::Stuffing;

const ALPHABET: [u8; 4] = [b'\r', b'\n', b'.', b'a'];

/// The message as it goes over the wire, dot included.
fn wire(chunks: &[&[u8]]) -> Vec<u8> {
    let (mut stuffing, mut out) = (Stuffing::default(), Vec::new());
    for chunk in chunks {
        stuffing.push(chunk, &mut out);
    }
    stuffing.finish(&mut out);
    out.extend_from_slice(b".\r\n");
    out
}

/// What a reader makes of the wire: lines up to the dot, one leading dot taken off each (RFC 5321 section 4.5.2).
/// `None` when a CR or LF stands alone, or anything follows the dot.
fn read(wire: &[u8]) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    let mut rest = wire;
    loop {
        let end = memchr::memmem::find(rest, b"\r\n")?;
        let line = &rest[..end];
        rest = &rest[end + 2..];
        if line.contains(&b'\r') || line.contains(&b'\n') {
            return None;
        }
        if line == b"." {
            return rest.is_empty().then_some(text);
        }
        text.extend_from_slice(line.strip_prefix(b".").unwrap_or(line));
        text.extend_from_slice(b"\r\n");
    }
}

/// Every CR LF, lone CR and lone LF as one line end, and one at the end: told again, more slowly.
fn normalised(body: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    for (at, &byte) in body.iter().enumerate() {
        match byte {
            b'\n' if at > 0 && body[at - 1] == b'\r' => {}
            b'\r' | b'\n' => text.extend_from_slice(b"\r\n"),
            other => text.push(other),
        }
    }
    if !text.is_empty() && !text.ends_with(b"\r\n") {
        text.extend_from_slice(b"\r\n");
    }
    text
}

/// All strings of `length` over the alphabet.
fn strings(length: u32) -> impl Iterator<Item = Vec<u8>> {
    (0..4_usize.pow(length))
        .map(move |number| (0..length).map(|place| ALPHABET[number / 4_usize.pow(place) % 4]).collect())
}

#[test]
fn every_short_body_has_one_end_and_reads_back_the_same() {
    let mut count = 0;
    for body in (1..=8).flat_map(strings) {
        let wire = wire(&[&body]);
        assert_eq!(
            read(&wire),
            Some(normalised(&body)),
            "{:?} as {:?}",
            body.escape_ascii(),
            wire.escape_ascii()
        );
        count += 1;
    }
    assert_eq!(count, 87_380);
}

#[test]
fn it_does_not_matter_where_the_body_is_cut() {
    for body in (1..=6).flat_map(strings) {
        let whole = wire(&[&body]);
        for cut in 0..=body.len() {
            let (start, end) = body.split_at(cut);
            assert_eq!(wire(&[start, end]), whole, "{:?} cut at {cut}", body.escape_ascii());
        }
        let bytes: Vec<&[u8]> = body.chunks(1).collect();
        assert_eq!(wire(&bytes), whole, "{:?} byte by byte", body.escape_ascii());
    }
}

#[test]
fn an_empty_body_is_a_dot_alone() {
    assert_eq!(wire(&[]), b".\r\n");
    assert_eq!(wire(&[b"", b""]), b".\r\n");
}

#[test]
fn the_known_ways_to_smuggle_a_second_message_stay_inside_the_first() {
    for end in [
        "\n.\n",
        "\n.\r\n",
        "\r.\r",
        "\r.\r\n",
        "\r\n.\n",
        "\r\n.\r",
        "\r\n\0.\r\n",
        "\n.\r",
        "\r\r\n.\r\r\n",
    ] {
        let body = format!("Hi{end}MAIL FROM:<eve@example.com>\r\n");
        let wire = wire(&[body.as_bytes()]);
        assert_eq!(read(&wire), Some(normalised(body.as_bytes())), "{end:?}");
    }
}
