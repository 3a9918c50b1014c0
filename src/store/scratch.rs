//! A text handed to another program: in a folder of its own, gone with this value.

use std::path::{Path, PathBuf};

use super::{StoreError, atomic};

#[derive(Debug)]
pub struct Scratch {
    /// Made 0700 by tempfile; editors may leave swap and backup files in it, which go with it.
    folder: tempfile::TempDir,
    file: PathBuf,
}

impl Scratch {
    pub fn new(text: &str) -> Result<Self, StoreError> {
        let temporary = std::env::temp_dir();
        let folder = tempfile::Builder::new()
            .prefix("sendoff-")
            .tempdir()
            .map_err(StoreError::io("make a folder in", &temporary))?;
        let file = folder.path().join("message.txt");
        atomic::write(&file, text.as_bytes())?;
        Ok(Self { folder, file })
    }

    pub fn path(&self) -> &Path {
        &self.file
    }

    /// Leaves it where it is, for a person to look at.
    pub fn keep(self) -> PathBuf {
        let _ = self.folder.keep();
        self.file
    }

    /// What the program left, if it is no larger than `most` bytes. An editor's last line end is not part of the text.
    pub fn read_back(&self, most: u64) -> Result<String, StoreError> {
        let len = std::fs::metadata(&self.file).map_err(StoreError::io("read", &self.file))?.len();
        if len > most {
            let why = format!("{len} bytes are more than the composer takes; attach the text as a file");
            return Err(StoreError::Unreadable { path: self.file.clone(), why });
        }
        let bytes = std::fs::read(&self.file).map_err(StoreError::io("read", &self.file))?;
        let text = String::from_utf8_lossy(&bytes);
        Ok(text.strip_suffix('\n').unwrap_or(&text).to_owned())
    }
}
