//! The text files of a folder: `.txt` and `.text` (also `.gz` and `.zst` of them), the names that the user includes, and files
//! that begin as layouts do.
//! `.gitignore` and the like are not read, so that no file is left out silently.

use super::beginning;
use super::packing::Packing;
use crate::failure::Failure;
use crate::messages::{Action, FileFault, Place};
use globset::GlobSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// The name of a settings file, which is never an input of a folder.
pub const SETTINGS: &str = "qingyang.toml";

/// Files of the tool itself begin with this: temporary files and the manifest.
const OWN_FILES: &[u8] = b".qingyang-";

/// Which files of a folder are taken.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Names or paths below the folder that are taken beside text files.
    pub include: GlobSet,
    /// Names or paths below the folder that are left out.
    pub exclude: GlobSet,
    /// Take hidden files and folders.
    pub hidden: bool,
    /// Follow symbolic links.
    pub follow: bool,
    /// Take layouts too.
    pub layouts: bool,
    /// Which files are taken by their names.
    pub kind: FileKind,
}

/// What the files of a folder are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FileKind {
    /// Text.
    #[default]
    Pages,
    /// JSON Lines.
    Records,
    /// Parquet.
    Tables,
}

impl FileKind {
    /// Whether a name is that of such a file.
    fn takes(self, path: &Path) -> bool {
        match self {
            FileKind::Pages => is_text(path),
            FileKind::Records => has_extension(path.file_name().map(Packing::unpacked), &["jsonl", "ndjson"]),
            FileKind::Tables => has_extension(path.file_name(), &["parquet"]),
        }
    }
}

/// A file of a folder.
pub enum Found {
    /// A text file.
    Text(PathBuf),
    /// It has the name and the beginning of a layout; its end may tell otherwise.
    Layout(PathBuf),
    /// Not text by its name: counted and skipped.
    Other(PathBuf),
    /// A symbolic link that is not followed: counted and skipped.
    Link(PathBuf),
}

/// The files below a folder, in the order of their names.
pub struct Walk<'a> {
    walk: walkdir::IntoIter,
    root: &'a Path,
    filter: &'a Filter,
}

impl<'a> Walk<'a> {
    /// Of this folder.
    pub fn new(filter: &'a Filter, root: &'a Path) -> Walk<'a> {
        let walk = walkdir::WalkDir::new(root).follow_links(filter.follow).sort_by_file_name().into_iter();
        Walk { walk, root, filter }
    }
}

/// Why a folder cannot be walked.
fn not_walked(error: &walkdir::Error, root: &Path) -> Failure {
    let failure = match error.io_error() {
        Some(error) => Failure::io(Action::Read, error),
        None => Failure::input(FileFault::CannotWalk(error.to_string())),
    };
    failure.at(Place::path(error.path().unwrap_or(root)))
}

/// Whether a name is that of a text file.
pub fn is_text(path: &Path) -> bool {
    has_extension(path.file_name().map(Packing::unpacked), &["txt", "text"])
}

/// Whether a name has one of these extensions, in capitals or not.
fn has_extension(name: Option<&OsStr>, extensions: &[&str]) -> bool {
    let extension = name.map(Path::new).and_then(Path::extension).and_then(OsStr::to_str);
    extension.is_some_and(|e| extensions.iter().any(|known| e.eq_ignore_ascii_case(known)))
}

impl Iterator for Walk<'_> {
    type Item = Result<Found, Failure>;

    fn next(&mut self) -> Option<Result<Found, Failure>> {
        loop {
            let entry = match self.walk.next()? {
                Ok(entry) => entry,
                // The walk leaves a loop of links where the loop closes.
                Err(error) if error.loop_ancestor().is_some() => continue,
                Err(error) => return Some(Err(not_walked(&error, self.root))),
            };
            let name = entry.file_name();
            let below = entry.path().strip_prefix(self.root).unwrap_or(entry.path());
            let inside = entry.depth() > 0;
            let hidden = inside && name.as_encoded_bytes().starts_with(b".") && !self.filter.hidden;
            let excluded = inside && (self.filter.exclude.is_match(below) || self.filter.exclude.is_match(name));
            let own = name.as_encoded_bytes().starts_with(OWN_FILES) || name == SETTINGS;
            let kind = entry.file_type();
            if hidden || excluded || own {
                if kind.is_dir() {
                    self.walk.skip_current_dir();
                }
                continue;
            }
            if kind.is_dir() {
                continue;
            }
            if kind.is_symlink() {
                return Some(Ok(Found::Link(entry.into_path())));
            }
            if !kind.is_file() {
                // A FIFO, a socket or a device is never opened: it might never end.
                return Some(Ok(Found::Other(entry.into_path())));
            }
            let included = self.filter.include.is_match(below) || self.filter.include.is_match(name);
            let path = entry.into_path();
            return Some(Ok(match () {
                () if included => Found::Text(path),
                () if self.filter.kind.takes(&path) => Found::Text(path),
                () if self.filter.layouts && beginning::is_layout(&path) => Found::Layout(path),
                () => Found::Other(path),
            }));
        }
    }
}
