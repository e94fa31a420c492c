//! Output files: compressed or plain by their extension, written whole or not at all.

use super::zstd::ZstdWriter;
use super::{attributes, temporary, waiting};
use crate::checksum::Checksum;
use crate::failure::{Failure, unwritten};
use crate::input::packing::Packing;
use crate::messages::{Action, Attribute, FileFault, Note, Place};
use crate::signals::Signals;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::TempPath;

/// Bytes collected before a write.
const BUFFER: usize = 1 << 16;

/// An output that appears under its name only when it is whole.
pub struct OutputFile {
    writer: Option<Writer>,
    /// `None` for a device or a pipe, which is written to directly.
    place: Option<NewFile>,
    target: PathBuf,
}

/// Where an output is until it gets its name.
struct NewFile {
    /// Removes the file if it is dropped.
    temporary: TempPath,
    /// The permissions of a new output. One that replaces a file has them from the beginning.
    permissions: Option<fs::Permissions>,
    /// What the file that is replaced has and the output cannot have.
    lost: Vec<Attribute>,
    /// Whether the data must be on the disk before the output gets its name.
    sync: bool,
}

enum Writer {
    Plain(BufWriter<Summed>),
    Gzip(Box<flate2::write::GzEncoder<BufWriter<Summed>>>),
    Zstd(ZstdWriter<BufWriter<Summed>>),
}

/// An output that is whole and has no name yet.
pub struct WholeFile {
    /// Keeps the lock of the temporary file.
    file: File,
    place: Option<NewFile>,
    target: PathBuf,
    written: Written,
}

/// What was written.
#[derive(Debug)]
pub struct Written {
    /// Size of the file.
    pub bytes: u64,
    /// Checksum of the bytes in the file.
    pub checksum: String,
    /// What the file that was replaced had and this one has not.
    pub warning: Option<Note>,
}

impl OutputFile {
    /// Begins an output that the user named. If the name is a link, the file behind the link is written. A file that it
    /// replaces may be the only copy of something, so the new data is on the disk before the old is gone.
    pub fn named(target: &Path, signals: &Signals) -> Result<OutputFile, Failure> {
        let link = fs::symlink_metadata(target).is_ok_and(|m| m.is_symlink());
        let output = match target.canonicalize() {
            // By its own name: what is behind /dev/stdout may have none.
            _ if is_special(target) => OutputFile::to_special(target, signals),
            Ok(real) if link => OutputFile::create(&real),
            _ => OutputFile::create(target),
        };
        let mut output = output.map_err(|f| f.at(Place::path(target)))?;
        if let Some(place) = &mut output.place {
            place.sync = target.exists();
        }
        Ok(output)
    }

    /// Begins an output next to its target, in the same folder. A pipe or a device has no place there: the run could wait
    /// for its reader for ever, and renaming would replace it by a file.
    pub fn create(target: &Path) -> Result<OutputFile, Failure> {
        let known = fs::metadata(target);
        if known.as_ref().is_ok_and(|m| !m.is_file() && !m.is_dir()) {
            return Err(Failure::input(FileFault::PlaceTaken));
        }
        let failed = |e: io::Error| Failure::io(Action::Create, &e);
        let (file, temporary) = temporary::create(temporary::folder_of(target)).map_err(failed)?;
        let (lost, permissions) = match known.is_ok() {
            true => (attributes::keep(target, &file), None),
            false => (Vec::new(), attributes::of_new_files()),
        };
        let place = Some(NewFile { temporary, permissions, lost, sync: false });
        OutputFile::begin(target, file, place, None)
    }

    /// Begins an output to a pipe or a device that the user named.
    fn to_special(target: &Path, signals: &Signals) -> Result<OutputFile, Failure> {
        let file = waiting::open(target, signals).map_err(|e| Failure::io(Action::Create, &e))?;
        OutputFile::begin(target, file, None, Some(signals.clone()))
    }

    fn begin(
        target: &Path,
        file: File,
        place: Option<NewFile>,
        signals: Option<Signals>,
    ) -> Result<OutputFile, Failure> {
        let summed = Summed { file, signals, sum: Box::default(), bytes: 0 };
        let writer = writer(target, summed).map_err(|e| Failure::io(Action::Create, &e))?;
        Ok(OutputFile { writer: Some(writer), place, target: target.to_path_buf() })
    }

    /// Drops the output. Returns what to report; `None` for a device, which has been written to already.
    pub fn give_up(self, why: FileFault) -> Option<Failure> {
        self.place.as_ref().map(|_| Failure::input(why).at(Place::path(&self.target)))
    }

    /// Gives the whole output its name.
    pub fn commit(self) -> Result<Written, Failure> {
        let whole = self.finish()?;
        if whole.place.as_ref().is_some_and(|place| place.sync) {
            whole.file.sync_data().map_err(unwritten)?;
        }
        whole.name()
    }

    /// Ends the output, which keeps its temporary name.
    pub fn finish(mut self) -> Result<WholeFile, Failure> {
        let file = match self.writer.take() {
            Some(Writer::Plain(w)) => w,
            Some(Writer::Gzip(w)) => w.finish().map_err(unwritten)?,
            Some(Writer::Zstd(w)) => w.finish().map_err(unwritten)?,
            None => return Err(Failure::input(FileFault::WrittenAfterEnd)),
        };
        let Summed { file, sum, bytes, .. } = file.into_inner().map_err(|e| unwritten(e.into_error()))?;
        let written = Written { bytes, checksum: sum.finish(), warning: None };
        Ok(WholeFile { file, place: self.place.take(), target: self.target, written })
    }
}

impl WholeFile {
    /// Its open file, to bring its data to the disk.
    pub fn file(&self) -> &File {
        &self.file
    }

    /// Gives the output its name.
    pub fn name(self) -> Result<Written, Failure> {
        let WholeFile { file, place, target, mut written } = self;
        let Some(NewFile { temporary, permissions, lost, .. }) = place else { return Ok(written) };
        if let Some(permissions) = permissions {
            // A file system without modes refuses; the text is whole all the same.
            let _ = file.set_permissions(permissions);
        }
        temporary.persist(&target).map_err(|e| Failure::io(Action::Rename, &e.error))?;
        // With its lock, which has kept others from taking it for a leftover.
        drop(file);
        written.warning = (!lost.is_empty()).then_some(Note::NotKept { path: target, lost });
        Ok(written)
    }
}

/// Whether something that is neither a file nor a folder has this name.
fn is_special(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|m| !m.is_file() && !m.is_dir())
}

fn writer(target: &Path, file: Summed) -> io::Result<Writer> {
    let file = BufWriter::with_capacity(BUFFER, file);
    Ok(match Packing::of(target) {
        Packing::Plain => Writer::Plain(file),
        Packing::Gzip => Writer::Gzip(Box::new(flate2::write::GzEncoder::new(file, flate2::Compression::default()))),
        Packing::Zstd => Writer::Zstd(ZstdWriter::new(file)?),
    })
}

impl Write for OutputFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.writer {
            Some(Writer::Plain(w)) => w.write(bytes),
            Some(Writer::Gzip(w)) => w.write(bytes),
            Some(Writer::Zstd(w)) => w.write(bytes),
            None => Err(io::Error::other(FileFault::WrittenAfterEnd)),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.writer {
            Some(Writer::Plain(w)) => w.flush(),
            Some(Writer::Gzip(w)) => w.flush(),
            Some(Writer::Zstd(w)) => w.flush(),
            None => Ok(()),
        }
    }
}

/// A file, and the checksum of what was written to it.
struct Summed {
    file: File,
    /// Of a pipe or a device: what ends waiting for it.
    signals: Option<Signals>,
    sum: Box<Checksum>,
    bytes: u64,
}

impl Write for Summed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = match self.signals.as_ref().filter(|signals| signals.listening()) {
            Some(signals) => waiting::wait(&self.file, bytes.len(), signals)?,
            None => bytes.len(),
        };
        let n = self.file.write(&bytes[..n])?;
        self.sum.add(&bytes[..n]);
        self.bytes += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
