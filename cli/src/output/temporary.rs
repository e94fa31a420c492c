//! Temporary files: random names, exclusive creation, mode 0600, and a lock that says that their run is alive.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use tempfile::TempPath;

/// The name of a temporary file is this and [`RANDOM`] letters or digits.
const TEMPORARY: &str = ".qingyang-tmp-";

/// Random characters in the name of a temporary file.
const RANDOM: usize = 16;

/// Creates a temporary file, which is locked and removed when the path is dropped.
pub fn create(folder: &Path) -> io::Result<(File, TempPath)> {
    loop {
        // Created exclusively: a link or a file of another run that has this name is never followed or overwritten.
        // Not `tempfile_in`, whose errors have the random name and not the number of the system.
        let temporary = tempfile::Builder::new().prefix(TEMPORARY).rand_bytes(RANDOM).make_in(folder, open)?;
        let (file, path) = temporary.into_parts();
        // Another run that looked at it before it was locked may take it for a leftover.
        match fs4::FileExt::try_lock(&file) {
            Ok(()) if path.exists() => return Ok((file, path)),
            Ok(()) | Err(fs4::TryLockError::WouldBlock) => {}
            // A file system without locks: nobody can tell a leftover, so nobody removes one.
            Err(fs4::TryLockError::Error(_)) => return Ok((file, path)),
        }
    }
}

/// Creates a file of this name that is not there yet, for its owner only.
fn open(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// The folder of a file.
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(p) if !p.as_os_str().is_empty() => p,
        _ => Path::new("."),
    }
}

/// Removes the temporary files that dead runs left below a folder. A file of a run that is alive is locked and stays.
pub fn remove_leftovers(folder: &Path) {
    for entry in walkdir::WalkDir::new(folder).into_iter().flatten() {
        let is_ours = entry.file_type().is_file() && entry.file_name().to_str().is_some_and(is_temporary);
        if !is_ours {
            continue;
        }
        // Held while the file is removed: a run that made it just now finds it locked and makes another.
        let file = File::open(entry.path());
        if file.as_ref().is_ok_and(|file| fs4::FileExt::try_lock(file).is_ok()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn is_temporary(name: &str) -> bool {
    let random = name.strip_prefix(TEMPORARY).unwrap_or_default();
    random.len() == RANDOM && random.bytes().all(|b| b.is_ascii_alphanumeric())
}
