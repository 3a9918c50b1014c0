//! The files of other programs, read for the accounts in them.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags};

use crate::mail::import::{Found, Program};

/// No more of a file than this is read, in bytes.
const MOST: u64 = 256 * 1024;

/// What a file had, or why it could not be read.
#[derive(Debug)]
pub struct Read {
    pub program: Program,
    pub path: PathBuf,
    pub found: Result<Found, String>,
}

/// Every file of these programs that is there. `config` is the folder for configurations, such as `~/.config`. A file that
/// cannot be read does not stop the others.
pub fn search(programs: &[Program], home: &Path, config: &Path) -> Vec<Read> {
    let mut reads = Vec::new();
    for &program in programs {
        let (in_home, in_config) = program.files();
        let paths =
            in_home.iter().map(|file| home.join(file)).chain(in_config.iter().map(|file| config.join(file)));
        for path in paths {
            let found = match text(&path) {
                Err(why) if why.kind() == io::ErrorKind::NotFound => continue,
                Err(why) => Err(why.to_string()),
                Ok(text) => Ok(program.read(&shown(&path, home), &text)),
            };
            reads.push(Read { program, path, found });
        }
    }
    reads
}

/// The text of a file, as far as it goes; what is no UTF-8 in it becomes a mark.
fn text(path: &Path) -> io::Result<String> {
    // Not blocking, since a pipe of that name would never end.
    let file: File =
        rustix::fs::open(path, OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC, Mode::empty())?.into();
    let about = file.metadata()?;
    if !about.is_file() {
        return Err(io::Error::other("it is not a file"));
    }
    if about.len() > MOST {
        return Err(io::Error::other("it is larger than 256 KiB"));
    }
    let mut bytes = Vec::new();
    file.take(MOST).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// `~/.msmtprc` rather than the whole path.
fn shown(path: &Path, home: &Path) -> String {
    path.strip_prefix(home)
        .map_or_else(|_| path.display().to_string(), |rest| format!("~/{}", rest.display()))
}
