//! Which files of a folder are text: `.txt` and `.text` (also `.gz` and `.zst` of them) and what `--include` names.
//! `.gitignore` and the like are not looked at: no file vanishes silently.

use crate::cli::args::Run;
use anyhow::{Context, Result};
use globset::{Glob, GlobSet, GlobSetBuilder};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// A file that was found.
pub enum Found {
    /// To be cleaned.
    Text(PathBuf),
    /// Not text by its name: counted and skipped.
    Other(PathBuf),
}

/// The files below a folder, in the order of their names.
pub struct Walk {
    walk: walkdir::IntoIter,
    root: PathBuf,
    include: GlobSet,
    exclude: GlobSet,
    hidden: bool,
}

impl Walk {
    /// Of this folder, as the arguments ask.
    pub fn new(run: &Run, root: &Path) -> Result<Walk> {
        let walk = walkdir::WalkDir::new(root).follow_links(run.args.follow).sort_by_file_name().into_iter();
        Ok(Walk {
            walk,
            root: root.to_path_buf(),
            include: globs(&run.args.include).context("--include")?,
            exclude: globs(&run.args.exclude).context("--exclude")?,
            hidden: run.args.hidden,
        })
    }
}

fn globs(patterns: &[String]) -> Result<GlobSet> {
    let mut set = GlobSetBuilder::new();
    for p in patterns {
        set.add(Glob::new(p)?);
    }
    Ok(set.build()?)
}

/// Whether a name is that of a text file.
pub fn is_text(path: &Path) -> bool {
    let plain = match path.extension().and_then(OsStr::to_str) {
        Some("gz" | "zst") => path.file_stem().map(Path::new),
        _ => Some(path),
    };
    let extension = plain.and_then(Path::extension).and_then(OsStr::to_str);
    extension.is_some_and(|e| e.eq_ignore_ascii_case("txt") || e.eq_ignore_ascii_case("text"))
}

impl Iterator for Walk {
    type Item = Result<Found>;

    fn next(&mut self) -> Option<Result<Found>> {
        loop {
            let entry = match self.walk.next()? {
                Ok(entry) => entry,
                // A loop of links is left where it closes.
                Err(error) if error.loop_ancestor().is_some() => continue,
                Err(error) => return Some(Err(error.into())),
            };
            let name = entry.file_name();
            let below = entry.path().strip_prefix(&self.root).unwrap_or(entry.path());
            let hidden = entry.depth() > 0 && name.as_encoded_bytes().starts_with(b".");
            let ours = name.as_encoded_bytes().starts_with(b".qingyang-");
            let excluded = entry.depth() > 0 && (self.exclude.is_match(below) || self.exclude.is_match(name));
            let ours = ours || name == crate::cli::settings::NAME;
            if hidden && !self.hidden || excluded || ours {
                if entry.file_type().is_dir() {
                    self.walk.skip_current_dir();
                }
                continue;
            }
            let kind = entry.file_type();
            if kind.is_dir() || kind.is_symlink() {
                continue;
            }
            if !kind.is_file() {
                // A FIFO, a socket, a device: never opened, for it might never end.
                return Some(Ok(Found::Other(entry.into_path())));
            }
            let named = self.include.is_match(below) || self.include.is_match(name);
            let path = entry.into_path();
            return Some(Ok(if named || is_text(&path) { Found::Text(path) } else { Found::Other(path) }));
        }
    }
}
