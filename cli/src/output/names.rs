//! The names of output files.

use crate::input::packing::Packing;
use std::ffi::{OsStr, OsString};
use std::path::Path;

/// Puts `suffix` before a name's extension: `a.txt.gz` and `-clean` give `a-clean.txt.gz`.
pub fn with_suffix(name: &OsStr, suffix: &OsStr) -> OsString {
    if suffix.is_empty() {
        return name.to_os_string();
    }
    let bytes = name.as_encoded_bytes();
    let stem = |bytes: &[u8]| bytes.iter().rposition(|&b| b == b'.').filter(|&k| k > 0);
    let mut cut = stem(bytes).unwrap_or(bytes.len());
    if Packing::of(Path::new(name)) != Packing::Plain {
        cut = stem(&bytes[..cut]).unwrap_or(cut);
    }
    // A name that is not UTF-8 gets the suffix at its end.
    let (head, tail) = name.to_str().and_then(|n| n.split_at_checked(cut)).map_or((name, ""), |(h, t)| (h.as_ref(), t));
    let mut out = head.to_os_string();
    out.push(suffix);
    out.push(tail);
    out
}

/// The name of a file without its extensions: `a.txt.gz` gives `a`.
pub fn stem(path: &Path) -> OsString {
    let name = path.file_name().unwrap_or(path.as_os_str());
    let plain = Path::new(Packing::unpacked(name));
    plain.file_stem().unwrap_or(plain.as_os_str()).to_os_string()
}

/// Replaces the extension of a layout, whatever it is: `a.json.gz` and `txt` give `a.txt.gz`.
pub fn of_layout(name: &OsStr, extension: &str) -> OsString {
    let path = Path::new(name);
    let packed = path.extension().filter(|_| Packing::of(path) != Packing::Plain);
    let plain = Path::new(Packing::unpacked(name));
    let mut out = plain.file_stem().unwrap_or(plain.as_os_str()).to_os_string();
    for part in [Some(OsStr::new(extension)), packed].into_iter().flatten() {
        out.push(".");
        out.push(part);
    }
    out
}

/// Replaces the extension of a text file: `a.txt.gz` and `md` give `a.md.gz`. Other names keep what they have, so that
/// `page.2023` and `page.2024` stay two.
pub fn with_extension(name: &OsStr, extension: &str) -> OsString {
    let path = Path::new(name);
    let packed = path.extension().filter(|_| Packing::of(path) != Packing::Plain);
    let plain = Path::new(Packing::unpacked(name));
    let text = plain.extension().is_some_and(|e| e.eq_ignore_ascii_case("txt") || e.eq_ignore_ascii_case("text"));
    let stem = plain.file_stem().filter(|_| text);
    let mut out = stem.unwrap_or(plain.as_os_str()).to_os_string();
    for part in [Some(OsStr::new(extension)), packed].into_iter().flatten() {
        out.push(".");
        out.push(part);
    }
    out
}
