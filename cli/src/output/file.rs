//! Output files: compressed or plain by their extension, written whole or not at all.

use crate::failure::{Failure, unwritten};
use crate::messages::{Action, FileFault, Place};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// The names of temporary files begin with this; a later run removes those that a killed run left.
const TEMPORARY: &str = ".qingyang-tmp-";

/// Bytes collected before a write.
const BUFFER: usize = 1 << 16;

/// An output that appears under its name only when it is whole.
pub struct OutputFile {
    writer: Option<Writer>,
    /// `None` for a device or a pipe, which is written to directly.
    temporary: Option<PathBuf>,
    target: PathBuf,
    done: bool,
}

enum Writer {
    Plain(BufWriter<File>),
    Gzip(flate2::write::GzEncoder<BufWriter<File>>),
    /// The encoder of `ruzstd` cannot stream: it needs the whole input at once.
    Zstd(Vec<u8>, BufWriter<File>),
}

/// Makes the names of the temporary files of this process differ.
static COUNT: AtomicU64 = AtomicU64::new(0);

impl OutputFile {
    /// Begins an output that the user named. If the name is a link, the file behind the link is written.
    pub fn named(target: &Path) -> Result<OutputFile, Failure> {
        let link = fs::symlink_metadata(target).is_ok_and(|m| m.is_symlink());
        let output = match target.canonicalize() {
            Ok(real) if link => OutputFile::create(&real),
            _ => OutputFile::create(target),
        };
        output.map_err(|f| f.at(Place::path(target)))
    }

    /// Begins an output next to its target, in the same folder.
    pub fn create(target: &Path) -> Result<OutputFile, Failure> {
        let failed = |e: io::Error| Failure::io(Action::Create, &e);
        // Renaming over /dev/null or a FIFO would replace it by a file.
        let special = fs::metadata(target).is_ok_and(|m| !m.is_file() && !m.is_dir());
        if special {
            let file = File::options().write(true).open(target).map_err(failed)?;
            let writer = Some(writer(target, file));
            return Ok(OutputFile { writer, temporary: None, target: target.to_path_buf(), done: false });
        }
        let folder = match target.parent() {
            Some(p) if !p.as_os_str().is_empty() => p,
            _ => Path::new("."),
        };
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let temporary = folder.join(format!("{TEMPORARY}{}-{number}", std::process::id()));
        let file = File::create(&temporary).map_err(failed)?;
        let writer = Some(writer(target, file));
        Ok(OutputFile { writer, temporary: Some(temporary), target: target.to_path_buf(), done: false })
    }

    /// Gives the output the permissions of the file that it replaces.
    pub fn set_permissions(&self, permissions: fs::Permissions) {
        if let Some(temporary) = &self.temporary {
            let _ = fs::set_permissions(temporary, permissions);
        }
    }

    /// Drops the output because an input failed. Returns the failure to report; `None` for a device, which has been
    /// written to already.
    pub fn give_up(self) -> Option<Failure> {
        self.temporary.as_ref().map(|_| Failure::input(FileFault::NotWritten).at(Place::path(&self.target)))
    }

    /// Gives the whole output its name. Returns its size.
    pub fn commit(mut self) -> Result<u64, Failure> {
        let file = match self.writer.take() {
            Some(Writer::Plain(w)) => w,
            Some(Writer::Gzip(w)) => w.finish().map_err(unwritten)?,
            Some(Writer::Zstd(bytes, mut w)) => {
                // Into memory first: the encoder panics if its writer fails.
                let level = ruzstd::encoding::CompressionLevel::Fastest;
                w.write_all(&ruzstd::encoding::compress_to_vec(bytes.as_slice(), level)).map_err(unwritten)?;
                w
            }
            None => return Err(Failure::input(FileFault::WrittenAfterEnd)),
        };
        let file = file.into_inner().map_err(|e| unwritten(e.into_error()))?;
        let len = file.metadata().map(|m| m.len()).unwrap_or(0);
        drop(file);
        if let Some(temporary) = &self.temporary {
            fs::rename(temporary, &self.target).map_err(|e| Failure::io(Action::Rename, &e))?;
        }
        self.done = true;
        Ok(len)
    }
}

fn writer(target: &Path, file: File) -> Writer {
    let file = BufWriter::with_capacity(BUFFER, file);
    match target.extension().and_then(OsStr::to_str) {
        Some("gz") => Writer::Gzip(flate2::write::GzEncoder::new(file, flate2::Compression::default())),
        Some("zst") => Writer::Zstd(Vec::new(), file),
        _ => Writer::Plain(file),
    }
}

impl Write for OutputFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.writer {
            Some(Writer::Plain(w)) => w.write(bytes),
            Some(Writer::Gzip(w)) => w.write(bytes),
            Some(Writer::Zstd(buffer, _)) => buffer.write(bytes),
            None => Err(io::Error::other(FileFault::WrittenAfterEnd)),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.writer {
            Some(Writer::Plain(w)) => w.flush(),
            Some(Writer::Gzip(w)) => w.flush(),
            _ => Ok(()),
        }
    }
}

impl Drop for OutputFile {
    fn drop(&mut self) {
        if !self.done {
            self.writer = None;
            if let Some(temporary) = &self.temporary {
                let _ = fs::remove_file(temporary);
            }
        }
    }
}

/// Removes the temporary files that a killed run left below a folder.
pub fn remove_temporary(folder: &Path) {
    for entry in walkdir::WalkDir::new(folder).into_iter().flatten() {
        if entry.file_name().as_encoded_bytes().starts_with(TEMPORARY.as_bytes()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}
