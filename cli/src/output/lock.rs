//! The lock of an output folder: one run over folders at a time writes into it.

use crate::failure::Failure;
use crate::messages::{Action, FileFault, Note, Place};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// The file that is locked. It says which process holds the lock, and is removed at the end of the run.
const NAME: &str = ".qingyang-lock";

/// A lock that the kernel releases when the process ends, however that happens.
#[derive(Debug)]
pub struct FolderLock {
    path: PathBuf,
    /// Closing it releases the lock.
    _file: File,
}

impl FolderLock {
    /// Locks a folder that exists. `Err(Ok(note))` is a warning: the file system has no locks.
    pub fn take(folder: &Path) -> Result<FolderLock, Result<Note, Failure>> {
        let path = folder.join(NAME);
        let failed = |e: io::Error| Err(Failure::io(Action::Create, &e).at(Place::path(folder)));
        loop {
            // A link is never followed: the lock's text would overwrite another file.
            if fs::symlink_metadata(&path).is_ok_and(|m| !m.is_file()) {
                return Err(Err(Failure::input(FileFault::PlaceTaken).at(Place::path(&path))));
            }
            let file = File::options().create(true).read(true).write(true).truncate(false).open(&path);
            let mut file = file.map_err(failed)?;
            match fs4::FileExt::try_lock(&file) {
                Ok(()) if is_at(&file, &path) => {
                    let _ = file.set_len(0).and_then(|()| write!(file, "{}", std::process::id()));
                    return Ok(FolderLock { path, _file: file });
                }
                // The run that held it has removed the file since it was opened.
                Ok(()) => {}
                Err(fs4::TryLockError::WouldBlock) => {
                    let mut holder = String::new();
                    let _ = file.read_to_string(&mut holder);
                    let holder = holder.trim().parse().ok();
                    return Err(Err(Failure::input(FileFault::FolderLocked { holder }).at(Place::path(folder))));
                }
                Err(fs4::TryLockError::Error(_)) => return Err(Ok(Note::NoLocks { folder: folder.to_path_buf() })),
            }
        }
    }
}

impl Drop for FolderLock {
    fn drop(&mut self) {
        // While the lock is held: whoever opens the file now finds that it is no longer at its path.
        let _ = fs::remove_file(&self.path);
    }
}

/// Whether the open file is the one at this path.
fn is_at(file: &File, path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let same = |a: fs::Metadata, b: fs::Metadata| a.ino() == b.ino() && a.dev() == b.dev();
        file.metadata().and_then(|a| Ok(same(a, fs::symlink_metadata(path)?))).unwrap_or(false)
    }
    #[cfg(not(unix))]
    {
        let _ = file;
        path.exists()
    }
}
