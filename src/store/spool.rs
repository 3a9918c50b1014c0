//! The frozen letter: its pieces in one file, attachments as base64, never more than a chunk in memory.

use std::fs::File;
use std::io::{BufWriter, Read as _, Write};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::mail::letter::{BASE64_LINE, Letter, Piece};

use super::{StoreError, atomic};

/// Lines of base64 that are read at a time: 57 KiB of the file.
const LINES: usize = 1024;

/// Writes `letter` to a new file and syncs it. Its size is exactly what the envelope says, or this fails.
pub(super) fn write(path: &Path, letter: &Letter) -> Result<(), StoreError> {
    let mut out = BufWriter::with_capacity(64 * 1024, atomic::new_file(path)?);
    copy(letter, &mut out)?;
    let file = out.into_inner().map_err(|error| StoreError::io("write", path)(error.into_error()))?;
    file.sync_all().map_err(StoreError::io("sync", path))?;
    let written = file.metadata().map_err(StoreError::io("read", path))?.len();
    if written == letter.envelope.size {
        Ok(())
    } else {
        let why = format!("{written} bytes were written, {} expected", letter.envelope.size);
        Err(StoreError::Unreadable { path: path.to_owned(), why })
    }
}

/// Writes the finished letter to `out`, reading its attachments as it goes.
pub fn copy(letter: &Letter, out: &mut impl Write) -> Result<(), StoreError> {
    for piece in &letter.pieces {
        match piece {
            Piece::Bytes(bytes) => {
                out.write_all(bytes).map_err(StoreError::io("write", Path::new("the message")))?;
            }
            Piece::File { path, len } => encode(path, *len, out)?,
        }
    }
    Ok(())
}

/// Copies one attachment as base64 in lines of 76, the last without its line end.
fn encode(path: &Path, len: u64, out: &mut impl Write) -> Result<(), StoreError> {
    let mut file = File::open(path).map_err(StoreError::io("read", path))?.take(len + 1);
    let mut chunk = Vec::with_capacity(BASE64_LINE * LINES);
    let mut line = [0; 78];
    let mut read = 0;
    let mut is_first = true;
    loop {
        chunk.clear();
        // `take` of a `take`: fills the chunk whatever the reads return, so that only the very last line may be short.
        let n = file
            .by_ref()
            .take((BASE64_LINE * LINES) as u64)
            .read_to_end(&mut chunk)
            .map_err(StoreError::io("read", path))?;
        if n == 0 {
            break;
        }
        read += n as u64;
        for bytes in chunk.chunks(BASE64_LINE) {
            if !is_first {
                out.write_all(b"\r\n").map_err(StoreError::io("write", Path::new("the message")))?;
            }
            is_first = false;
            // 57 octets are 76 characters: the line has room for them.
            let encoded = STANDARD.encode_slice(bytes, &mut line).unwrap_or(0);
            out.write_all(&line[..encoded]).map_err(StoreError::io("write", Path::new("the message")))?;
        }
    }
    if read == len { Ok(()) } else { Err(StoreError::Changed { path: path.to_owned() }) }
}
