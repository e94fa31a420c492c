//! The original of a file that is replaced, under another name.

use super::{attributes, temporary};
use crate::failure::Failure;
use crate::messages::{Action, FileFault};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::Path;

/// Keeps a file under its name and a suffix. An existing backup is kept if it holds the same bytes: it may be that of a
/// run that was interrupted.
pub fn keep(path: &Path, suffix: &OsStr) -> Result<(), Failure> {
    let mut name = path.as_os_str().to_os_string();
    name.push(suffix);
    let backup = Path::new(&name);
    let failed = |e: io::Error| Failure::io(Action::Backup, &e);
    if backup.exists() {
        let same = || -> io::Result<bool> {
            Ok(fs::metadata(backup)?.len() == fs::metadata(path)?.len() && fs::read(backup)? == fs::read(path)?)
        };
        return match same().map_err(failed)? {
            true => Ok(()),
            false => Err(Failure::input(FileFault::BackupDiffers { backup: backup.to_path_buf() })),
        };
    }
    fs::hard_link(path, backup).or_else(|_| copy(path, backup)).map_err(failed)
}

/// Copies a file where the file system has no hard links. A run that is killed leaves no half of a backup.
fn copy(path: &Path, backup: &Path) -> io::Result<()> {
    let (mut file, temporary) = temporary::create(temporary::folder_of(backup))?;
    // What a copy cannot keep, the new file cannot keep either, and that is said once.
    let _ = attributes::keep(path, &file);
    io::copy(&mut File::open(path)?, &mut file)?;
    temporary.persist_noclobber(backup).map_err(|e| e.error)
}
