//! Output files: compressed or plain by their extension, written whole or not at all.

use crate::failure::{Failure, unwritten};
use crate::messages::{Action, FileFault, Place};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::TempPath;

/// The name of a temporary file is this and [`RANDOM`] letters or digits. A later run removes those that a killed run left.
const TEMPORARY: &str = ".qingyang-tmp-";

/// Random characters in the name of a temporary file.
const RANDOM: usize = 16;

/// Bytes collected before a write.
const BUFFER: usize = 1 << 16;

/// An output that appears under its name only when it is whole.
pub struct OutputFile {
    writer: Option<Writer>,
    /// Removes the file if it is dropped. `None` for a device or a pipe, which is written to directly.
    temporary: Option<TempPath>,
    /// The permissions that the output gets; until then only its owner can read it.
    permissions: Option<fs::Permissions>,
    target: PathBuf,
}

enum Writer {
    Plain(BufWriter<File>),
    Gzip(flate2::write::GzEncoder<BufWriter<File>>),
    /// The encoder of `ruzstd` cannot stream: it needs the whole input at once.
    Zstd(Vec<u8>, BufWriter<File>),
}

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
            return Ok(OutputFile { writer, temporary: None, permissions: None, target: target.to_path_buf() });
        }
        let folder = match target.parent() {
            Some(p) if !p.as_os_str().is_empty() => p,
            _ => Path::new("."),
        };
        // Created exclusively: a link or a file of another run that has this name is never followed or overwritten.
        let temporary = tempfile::Builder::new().prefix(TEMPORARY).rand_bytes(RANDOM).tempfile_in(folder);
        let (file, temporary) = temporary.map_err(failed)?.into_parts();
        // Another run may remove the file only after this one has ended.
        let _ = fs4::FileExt::try_lock(&file);
        let permissions = match fs::metadata(target) {
            Ok(existing) => Some(existing.permissions()),
            Err(_) => permissions_of_new_files(),
        };
        let writer = Some(writer(target, file));
        Ok(OutputFile { writer, temporary: Some(temporary), permissions, target: target.to_path_buf() })
    }

    /// Gives the output these permissions when it gets its name.
    pub fn set_permissions(&mut self, permissions: fs::Permissions) {
        self.permissions = Some(permissions);
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
        if let Some(temporary) = self.temporary.take() {
            if let Some(permissions) = self.permissions.take() {
                // A file system without modes refuses; the text is whole all the same.
                let _ = file.set_permissions(permissions);
            }
            drop(file);
            temporary.persist(&self.target).map_err(|e| Failure::io(Action::Rename, &e.error))?;
        }
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

/// The permissions that the system gives a new file: those of the umask. `None` where they are not known.
fn permissions_of_new_files() -> Option<fs::Permissions> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        use std::sync::OnceLock;
        static MODE: OnceLock<Option<u32>> = OnceLock::new();
        // A file in a folder of its own, since a process cannot read its umask without changing it.
        let measure = || {
            let folder = tempfile::tempdir().ok()?;
            let file = File::create(folder.path().join("mode")).ok()?;
            file.metadata().ok().map(|m| m.permissions().mode())
        };
        MODE.get_or_init(measure).map(fs::Permissions::from_mode)
    }
    #[cfg(not(unix))]
    None
}

/// Removes the temporary files that a killed run left below a folder. A file of a run that is alive is locked and stays.
pub fn remove_temporary(folder: &Path) {
    for entry in walkdir::WalkDir::new(folder).into_iter().flatten() {
        let is_ours = entry.file_type().is_file() && entry.file_name().to_str().is_some_and(is_temporary);
        if is_ours && File::open(entry.path()).is_ok_and(|file| fs4::FileExt::try_lock(&file).is_ok()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn is_temporary(name: &str) -> bool {
    let random = name.strip_prefix(TEMPORARY).unwrap_or_default();
    random.len() == RANDOM && random.bytes().all(|b| b.is_ascii_alphanumeric())
}
