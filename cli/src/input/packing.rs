//! How a file is packed, by its name.

use std::ffi::OsStr;
use std::path::Path;

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    Plain,
    Gzip,
    Zstd,
}

impl Packing {
    /// By the extension, in capitals or not.
    pub fn of(path: &Path) -> Packing {
        match path.extension() {
            Some(e) if e.eq_ignore_ascii_case("gz") => Packing::Gzip,
            Some(e) if e.eq_ignore_ascii_case("zst") => Packing::Zstd,
            _ => Packing::Plain,
        }
    }

    /// The name without the extension of the packing.
    pub fn unpacked(name: &OsStr) -> &OsStr {
        match Packing::of(Path::new(name)) {
            Packing::Plain => name,
            _ => Path::new(name).file_stem().unwrap_or(name),
        }
    }
}
