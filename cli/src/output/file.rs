//! Files: compressed or plain by their extension, written whole or not at all.

use crate::input::stdin::Waiting;
use crate::input::zstd::Frames;
use crate::signals;
use anyhow::{Context, Result};
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes read at a time: with the text and the pages that they become, as much as the nearer caches hold.
pub const BLOCK: usize = 1 << 16;

/// Names of temporary files begin so; a later run removes what a killed one left.
pub const TEMPORARY: &str = ".qingyang-tmp-";

/// Says a line on standard error. A reader of it that has gone away is no reason to fail.
pub fn say(line: std::fmt::Arguments) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Whether the reader of our output has gone.
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|e| e.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe))
}

/// Whether it was the output that failed: no other input will fare better.
pub fn is_output(error: &anyhow::Error) -> bool {
    error.is::<Unwritten>()
}

/// Whether every later output will fail as well: the disk is full, or cannot be written at all.
pub fn is_full(error: &anyhow::Error) -> bool {
    use io::ErrorKind::{QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    let full = |e: &io::Error| matches!(e.kind(), StorageFull | QuotaExceeded | ReadOnlyFilesystem);
    error.chain().any(|e| e.downcast_ref::<io::Error>().is_some_and(full))
}

/// What failed is the output, not the input.
#[derive(Debug)]
struct Unwritten(String);

impl std::fmt::Display for Unwritten {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Says why an output could not be written.
pub fn unwritten(error: io::Error) -> anyhow::Error {
    let (said, error) = said(error, "write");
    anyhow::Error::new(error).context(Unwritten(said))
}

/// Opens an input, decompressing by its extension.
pub fn open(path: &Path) -> Result<Box<dyn Read>> {
    let file = File::open(path).map_err(|e| explain(e, "read"))?;
    if file.metadata().is_ok_and(|m| m.is_dir()) {
        anyhow::bail!("is a folder");
    }
    Ok(match extension(path) {
        Some("gz") => Box::new(flate2::read::MultiGzDecoder::new(io::BufReader::with_capacity(BLOCK, file))),
        Some("zst") => Box::new(Frames::new(io::BufReader::with_capacity(BLOCK, file))),
        _ => Box::new(file),
    })
}

/// Standard input; where signals are listened to, one ends the waiting for it.
pub fn stdin() -> Box<dyn Read> {
    if signals::listened() { Box::new(Waiting::new()) } else { Box::new(io::stdin().lock()) }
}

fn extension(path: &Path) -> Option<&str> {
    path.extension().and_then(OsStr::to_str)
}

/// How many files this process may have open, where the system says so.
pub fn open_at_once() -> usize {
    let limits = fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = limits.lines().find_map(|l| l.strip_prefix("Max open files"));
    line.and_then(|l| l.split_whitespace().next()?.parse().ok()).unwrap_or(usize::MAX)
}

/// Says what an I/O error means and what to do.
pub fn explain(error: io::Error, doing: &str) -> anyhow::Error {
    let (said, error) = said(error, doing);
    anyhow::Error::new(error).context(said)
}

fn said(error: io::Error, doing: &str) -> (String, io::Error) {
    let hint = match error.kind() {
        io::ErrorKind::StorageFull => "the disk is full: make room and run again (a folder with --resume)",
        io::ErrorKind::QuotaExceeded => "the quota is used up: make room and run again (a folder with --resume)",
        io::ErrorKind::ReadOnlyFilesystem => "the target is read-only: choose another -o",
        io::ErrorKind::PermissionDenied => "permission denied: check the owner and mode",
        _ if error.raw_os_error() == Some(24) => "too many open files: raise 'ulimit -n' or lower --jobs",
        _ => "",
    };
    (if hint.is_empty() { format!("cannot {doing}") } else { format!("cannot {doing}: {hint}") }, error)
}

/// An output that appears under its name only when it is whole.
pub struct Output {
    writer: Option<Writer>,
    /// `None` for a device or a pipe, which is written to as it stands.
    temporary: Option<PathBuf>,
    target: PathBuf,
    done: bool,
}

enum Writer {
    Plain(BufWriter<File>),
    Gzip(flate2::write::GzEncoder<BufWriter<File>>),
    /// The encoder wants the whole input at once; `ruzstd` has no streaming one.
    Zstd(Vec<u8>, BufWriter<File>),
}

static COUNT: AtomicU64 = AtomicU64::new(0);

impl Output {
    /// Begins an output that the user named: a link is followed to what it names, as `/dev/stdout` is.
    pub fn named(target: &Path) -> Result<Output> {
        let link = fs::symlink_metadata(target).is_ok_and(|m| m.is_symlink());
        match target.canonicalize() {
            Ok(real) if link => Output::create(&real),
            _ => Output::create(target),
        }
    }

    /// Begins an output beside its target, in the same folder.
    pub fn create(target: &Path) -> Result<Output> {
        // Renaming over /dev/null or a FIFO would put a file in its place.
        let special = fs::metadata(target).is_ok_and(|m| !m.is_file() && !m.is_dir());
        if special {
            let file = File::options().write(true).open(target).map_err(|e| explain(e, "write here"))?;
            let writer = Some(Output::writer(target, file));
            return Ok(Output { writer, temporary: None, target: target.to_path_buf(), done: false });
        }
        let folder = match target.parent() {
            Some(p) if !p.as_os_str().is_empty() => p,
            _ => Path::new("."),
        };
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let temporary = folder.join(format!("{TEMPORARY}{}-{number}", std::process::id()));
        let file = File::create(&temporary).map_err(|e| explain(e, "write here"))?;
        let writer = Some(Output::writer(target, file));
        Ok(Output { writer, temporary: Some(temporary), target: target.to_path_buf(), done: false })
    }

    fn writer(target: &Path, file: File) -> Writer {
        let file = BufWriter::with_capacity(1 << 16, file);
        match extension(target) {
            Some("gz") => Writer::Gzip(flate2::write::GzEncoder::new(file, flate2::Compression::default())),
            Some("zst") => Writer::Zstd(Vec::new(), file),
            _ => Writer::Plain(file),
        }
    }

    /// Gives the output the permissions of the file that it replaces.
    pub fn permissions(&self, permissions: fs::Permissions) {
        if let Some(temporary) = &self.temporary {
            let _ = fs::set_permissions(temporary, permissions);
        }
    }

    /// Leaves it unwritten since an input failed, and says so.
    pub fn give_up(self) {
        if self.temporary.is_some() {
            say(format_args!("qingyang: {}: not written, for an input failed", self.target.display()));
        }
    }

    /// Puts the whole output under its name.
    pub fn commit(mut self) -> Result<u64> {
        let file = match self.writer.take() {
            Some(Writer::Plain(w)) => w,
            Some(Writer::Gzip(w)) => w.finish().map_err(unwritten)?,
            Some(Writer::Zstd(bytes, mut w)) => {
                // Into memory first: the encoder panics where its writer fails.
                let level = ruzstd::encoding::CompressionLevel::Fastest;
                w.write_all(&ruzstd::encoding::compress_to_vec(bytes.as_slice(), level)).map_err(unwritten)?;
                w
            }
            None => anyhow::bail!("written twice"),
        };
        let file = file.into_inner().map_err(|e| unwritten(e.into_error()))?;
        let len = file.metadata().map(|m| m.len()).unwrap_or(0);
        drop(file);
        if let Some(temporary) = &self.temporary {
            fs::rename(temporary, &self.target).map_err(|e| explain(e, "put the output under its name"))?;
        }
        self.done = true;
        Ok(len)
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.writer {
            Some(Writer::Plain(w)) => w.write(bytes),
            Some(Writer::Gzip(w)) => w.write(bytes),
            Some(Writer::Zstd(buffer, _)) => buffer.write(bytes),
            None => Err(io::Error::other("written after its end")),
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

impl Drop for Output {
    fn drop(&mut self) {
        if !self.done {
            self.writer = None;
            if let Some(temporary) = &self.temporary {
                let _ = fs::remove_file(temporary);
            }
        }
    }
}

/// Puts `suffix` before a name's extension: `a.txt.gz` and `-clean` give `a-clean.txt.gz`.
pub fn with_suffix(name: &OsStr, suffix: &OsStr) -> OsString {
    if suffix.is_empty() {
        return name.to_os_string();
    }
    let bytes = name.as_encoded_bytes();
    let stem = |bytes: &[u8]| bytes.iter().rposition(|&b| b == b'.').filter(|&k| k > 0);
    let mut cut = stem(bytes).unwrap_or(bytes.len());
    if matches!(&bytes[cut..], b".gz" | b".zst") {
        cut = stem(&bytes[..cut]).unwrap_or(cut);
    }
    let text = name.to_string_lossy();
    match (text.get(..cut), text.get(cut..), name.to_str()) {
        (Some(head), Some(tail), Some(_)) => {
            let mut out = OsString::from(head);
            out.push(suffix);
            out.push(tail);
            out
        }
        _ => {
            let mut out = name.to_os_string();
            out.push(suffix);
            out
        }
    }
}

/// Puts another extension in place of a text's: `a.txt.gz` and `md` give `a.md.gz`. A name that is not a text's keeps
/// what it has, so that `page.2023` and `page.2024` stay two.
pub fn with_extension(name: &OsStr, extension: &str) -> OsString {
    let path = Path::new(name);
    let packed = path.extension().filter(|e| *e == "gz" || *e == "zst");
    let plain = path.file_stem().filter(|_| packed.is_some()).map_or(path, Path::new);
    let text = plain.extension().is_some_and(|e| e.eq_ignore_ascii_case("txt") || e.eq_ignore_ascii_case("text"));
    let stem = plain.file_stem().filter(|_| text);
    let mut out = stem.unwrap_or(plain.as_os_str()).to_os_string();
    for part in [Some(OsStr::new(extension)), packed].into_iter().flatten() {
        out.push(".");
        out.push(part);
    }
    out
}

/// Reads all of an input.
pub fn read_all(path: Option<&Path>) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match path {
        Some(path) => open(path)?.read_to_end(&mut bytes).map_err(|e| explain(e, "read"))?,
        None => stdin().read_to_end(&mut bytes).context("cannot read standard input")?,
    };
    Ok(bytes)
}

/// The names in a list: one a line, or parted by NUL bytes, as `find -print0` gives them.
pub fn names(list: &[u8]) -> Result<Vec<PathBuf>> {
    let nul = list.contains(&0);
    let names = list.split(|&b| b == if nul { 0 } else { b'\n' });
    names
        .map(|n| if nul { n } else { n.strip_suffix(b"\r").unwrap_or(n) })
        .filter(|n| !n.is_empty())
        .map(path)
        .collect()
}

#[cfg(unix)]
fn path(bytes: &[u8]) -> Result<PathBuf> {
    Ok(std::os::unix::ffi::OsStrExt::from_bytes(bytes)).map(|s: &OsStr| s.into())
}

#[cfg(not(unix))]
fn path(bytes: &[u8]) -> Result<PathBuf> {
    Ok(std::str::from_utf8(bytes).with_context(|| format!("{:?} is not UTF-8", String::from_utf8_lossy(bytes)))?.into())
}

/// An input's name for messages.
pub fn name(path: Option<&Path>) -> String {
    path.map_or_else(|| "standard input".to_string(), |p| p.display().to_string())
}

/// The inputs to go through, standard input as `None`.
pub fn inputs(given: &[PathBuf]) -> Vec<Option<&Path>> {
    if given.is_empty() {
        return vec![None];
    }
    given.iter().map(|p| (p.as_os_str() != "-").then_some(p.as_path())).collect()
}
