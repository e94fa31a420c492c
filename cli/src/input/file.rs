//! Input files, decompressed by their extension, and lists of their names.

use super::gzip::Members;
use super::limited::{Limited, MAX_UNPACKED};
use super::packing::Packing;
use super::stdin::Special;
use super::zstd::Frames;
use crate::failure::Failure;
use crate::messages::{Action, FileFault};
use crate::signals::Signals;
use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

/// Bytes read at a time: with the text and the pages that they become, as much as the nearer caches hold.
pub const BLOCK: usize = 1 << 16;

/// The name of standard input in ledgers and lists: part of their format, so it is not translated.
const STANDARD_INPUT: &str = "standard input";

/// What a mode does with an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// It reads piece by piece, so that memory does not grow with the input.
    Pieces,
    /// It holds the whole input. The packed ones may unpack to so many bytes.
    Whole { room: u64 },
}

impl Hold {
    /// The whole of one input.
    pub const ONE: Hold = Hold::Whole { room: MAX_UNPACKED };
}

/// Opens an input; `None` is standard input.
pub fn open_input<'a>(
    input: Option<&Path>,
    stdin: &'a mut dyn Read,
    hold: Hold,
    signals: &Signals,
) -> Result<Box<dyn Read + 'a>, Failure> {
    match input {
        Some(path) => open(path, hold, signals),
        None => Ok(Box::new(stdin)),
    }
}

/// Opens an input file.
pub fn open(path: &Path, hold: Hold, signals: &Signals) -> Result<Box<dyn Read>, Failure> {
    let file: Box<dyn Read> = match fs::metadata(path) {
        Ok(meta) if meta.is_dir() => return Err(Failure::input(FileFault::IsAFolder)),
        Ok(meta) if !meta.is_file() && signals.listening() => Box::new(Special::open(path, signals)),
        _ => Box::new(File::open(path).map_err(|e| Failure::io(Action::Read, &e))?),
    };
    let packed = |file| BufReader::with_capacity(BLOCK, file);
    let reader: Box<dyn Read> = match Packing::of(path) {
        Packing::Plain => return Ok(file),
        Packing::Gzip => Box::new(Members::new(packed(file))),
        Packing::Zstd => Box::new(Frames::new(packed(file))),
    };
    Ok(match hold {
        Hold::Pieces => reader,
        Hold::Whole { room } => Box::new(Limited::new(reader, room)),
    })
}

/// Reads all of an input.
pub fn read_all(input: Option<&Path>, stdin: &mut dyn Read, room: u64, signals: &Signals) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let mut reader = open_input(input, stdin, Hold::Whole { room }, signals)?;
    reader.read_to_end(&mut bytes).map_err(|e| Failure::io(Action::Read, &e))?;
    Ok(bytes)
}

/// The inputs in their order; standard input is `None`.
pub fn inputs(given: &[PathBuf]) -> Vec<Option<&Path>> {
    if given.is_empty() {
        return vec![None];
    }
    given.iter().map(|p| (p.as_os_str() != "-").then_some(p.as_path())).collect()
}

/// The name of an input in ledgers, lists and views.
pub fn name(input: Option<&Path>) -> String {
    input.map_or_else(|| STANDARD_INPUT.to_string(), |p| p.display().to_string())
}

/// Fails unless the path is a file, or nothing that exists: a pipe or a device has no end that could be told from a
/// change.
pub fn refuse_special(path: &Path) -> Result<(), Failure> {
    let meta = fs::metadata(path).map_err(|e| Failure::io(Action::Read, &e))?;
    if meta.is_file() || meta.is_dir() { Ok(()) } else { Err(Failure::input(FileFault::NotRegular)) }
}

/// The names in a list: one per line, or separated by NUL bytes, as `find -print0` writes them.
pub fn names(list: &[u8]) -> Result<Vec<PathBuf>, Failure> {
    let nul = list.contains(&0);
    let names = list.split(|&b| b == if nul { 0 } else { b'\n' });
    names
        .map(|n| if nul { n } else { n.strip_suffix(b"\r").unwrap_or(n) })
        .filter(|n| !n.is_empty())
        .map(path)
        .collect()
}

#[cfg(unix)]
fn path(bytes: &[u8]) -> Result<PathBuf, Failure> {
    let name: &std::ffi::OsStr = std::os::unix::ffi::OsStrExt::from_bytes(bytes);
    Ok(name.into())
}

#[cfg(not(unix))]
fn path(bytes: &[u8]) -> Result<PathBuf, Failure> {
    let text = std::str::from_utf8(bytes);
    let name = String::from_utf8_lossy(bytes).into_owned();
    Ok(text.map_err(|_| Failure::input(FileFault::NameNotUtf8 { name }))?.into())
}

/// The path as it would be if it existed: links are resolved as far as the path exists.
pub fn resolved(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut tail = Vec::new();
    let mut head = path.as_path();
    loop {
        if let Ok(real) = head.canonicalize() {
            return tail.iter().rev().fold(real, |p: PathBuf, t: &std::ffi::OsString| p.join(t));
        }
        match (head.parent(), head.file_name()) {
            (Some(parent), Some(name)) => {
                tail.push(name.to_os_string());
                head = parent;
            }
            _ => return path,
        }
    }
}

/// How many files this process may have open, if the system says so.
pub fn max_open() -> usize {
    let limits = fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = limits.lines().find_map(|l| l.strip_prefix("Max open files"));
    line.and_then(|l| l.split_whitespace().next()?.parse().ok()).unwrap_or(usize::MAX)
}

/// Reads the next bytes; a call that a signal interrupted is repeated until the run is to end.
pub fn read_block(reader: &mut dyn Read, block: &mut [u8], signals: &Signals) -> Result<usize, Failure> {
    loop {
        match reader.read(block) {
            _ if signals.caught().is_some() => return Err(Failure::input(FileFault::Interrupted)),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            read => return read.map_err(|e| Failure::io(Action::Read, &e)),
        }
    }
}
