//! The files of a report: one page for a pipe or for files, a folder of pages and an index for folders.

use super::file::{OutputFile, Written};
use super::temporary::remove_leftovers;
use crate::failure::{At, Failure, unwritten};
use crate::input::picture;
use crate::messages::{Action, FileFault, Note, Place};
use crate::signals::Signals;
use qingyang_tell::Language;
use qingyang_tell::report::{
    Collected, Index, Inputs, Listed, ORDER_FILE, Picture, SCRIPT_FILE, STYLE_FILE, SUMMARY_BYTES, Summary, file_page,
    script, style,
};
use std::fmt::Write as _;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

const OPTION: Place = Place::Option("--report");

/// The pages of a batch lie in this folder of the report, so that no input can have the name of the index.
const PAGES: &str = "pages";

const INDEX: &str = "index.html";

/// The report of a pipe or of files.
pub struct PageReport {
    output: OutputFile,
    pub inputs: Inputs,
}

impl PageReport {
    /// Begins the file.
    pub fn open(target: &Path, language: Language, signals: &Signals) -> Result<PageReport, Failure> {
        Ok(PageReport { output: OutputFile::named(target, signals)?, inputs: Inputs::new(language) })
    }

    /// Writes the page and gives it its name.
    pub fn finish(mut self) -> Result<Written, Failure> {
        self.inputs.write(&mut self.output).map_err(unwritten).at(|| OPTION)?;
        self.output.commit().at(|| OPTION)
    }

    /// Leaves the page unwritten, because the run ends early.
    pub fn give_up(self) -> Option<Failure> {
        self.output.give_up(FileFault::NotWrittenEnded).map(|failure| failure.at(OPTION))
    }
}

/// The report of a batch.
pub struct BatchReport {
    folder: PathBuf,
    index: Index,
}

impl BatchReport {
    /// Begins the report. Temporary files that a killed run left are removed.
    pub fn open(folder: &Path, language: Language) -> Result<BatchReport, Failure> {
        fs::create_dir_all(folder)
            .map_err(|e| Failure::io(Action::CreateReportFolder, &e))
            .at(|| Place::path(folder))?;
        remove_leftovers(folder);
        for (name, text) in [(STYLE_FILE, style(language)), (SCRIPT_FILE, script().to_string())] {
            write_file(&folder.join(name), &text)?;
        }
        Ok(BatchReport { folder: folder.to_path_buf(), index: Index::new(language) })
    }

    /// Adds a file that was done: `below` is its path below the input, `outcome` its summary, if this run wrote its
    /// page, or the reason why it failed.
    pub fn add(&mut self, below: &Path, output: Option<&Path>, outcome: Result<Option<Summary>, String>) {
        let outcome = outcome.map(|summary| summary.or_else(|| summary_of(&page_path(&self.folder, below))));
        let (name, page) = (below.to_string_lossy().into_owned(), link(&below_pages(below)));
        let output = output.and_then(|output| from(&self.folder, output));
        self.index.add(Listed { name, page, output, outcome });
    }

    /// Adds a file that was not taken.
    pub fn skip(&mut self, path: &Path) {
        self.index.skip(&path.to_string_lossy());
    }

    /// Leaves the index unwritten, because the run ends early.
    pub fn give_up(self) -> Failure {
        Failure::input(FileFault::NotWrittenEnded).at(Place::path(&self.folder.join(INDEX))).at(OPTION)
    }

    /// Writes the index.
    pub fn finish(self) -> Result<(), Failure> {
        for (name, text) in [(ORDER_FILE, self.index.order()), (INDEX, self.index.html())] {
            write_file(&self.folder.join(name), &text)?;
        }
        Ok(())
    }
}

fn write_file(path: &Path, text: &str) -> Result<(), Failure> {
    let mut output = OutputFile::create(path).at(|| Place::path(path)).at(|| OPTION)?;
    output.write_all(text.as_bytes()).map_err(unwritten).at(|| OPTION)?;
    output.commit().at(|| OPTION).map(drop)
}

/// The relative link from a folder to a file. `None` if they have nothing in common.
fn from(folder: &Path, file: &Path) -> Option<String> {
    let (folder, file) = (std::path::absolute(folder).ok()?, std::path::absolute(file).ok()?);
    let same = folder.components().zip(file.components()).take_while(|(a, b)| a == b).count();
    let up = folder.components().count() - same;
    let rest: PathBuf = file.components().skip(same).collect();
    (same > 0).then(|| "../".repeat(up) + &link(&rest))
}

/// The pictures beside a layout of so many pages, as its page of the report links to them, and one that is none.
pub fn pictures(folder: &Path, below: &Path, input: &Path, pages: usize) -> (Vec<Option<Picture>>, Option<Note>) {
    let target = page_path(folder, below);
    let mut bad = None;
    let mut linked = |path: PathBuf| {
        let href = from(target.parent()?, &path)?;
        picture::linked(&path, href).map_err(|_| bad = Some(Note::BadPicture { picture: path })).ok()
    };
    let all = picture::beside(input, pages).into_iter().map(|path| linked(path?)).collect();
    (all, bad)
}

/// Writes the page of a file of a batch; returns its summary for the index.
pub fn write_page(folder: &Path, below: &Path, input: &Collected) -> Result<Summary, Failure> {
    let target = page_path(folder, below);
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder).map_err(|e| Failure::io(Action::CreateReportFolder, &e)).at(|| OPTION)?;
    }
    let mut output = OutputFile::create(&target).at(|| Place::path(&target)).at(|| OPTION)?;
    let up = "../".repeat(below.components().count());
    let (page, summary) = file_page(&below.to_string_lossy(), &up, input);
    output.write_all(page.as_bytes()).map_err(unwritten).at(|| OPTION)?;
    output.commit().at(|| OPTION)?;
    Ok(summary)
}

/// Whether an earlier run wrote the page of this file, with this threshold.
pub fn has_page(folder: &Path, below: &Path, threshold: f32) -> bool {
    summary_of(&page_path(folder, below)).is_some_and(|s| s.threshold == threshold)
}

fn summary_of(page: &Path) -> Option<Summary> {
    let mut head = Vec::new();
    // A pipe in its place would never end.
    fs::metadata(page).ok().filter(fs::Metadata::is_file)?;
    fs::File::open(page).ok()?.take(SUMMARY_BYTES as u64).read_to_end(&mut head).ok()?;
    Summary::of_page(&String::from_utf8_lossy(&head))
}

fn page_path(folder: &Path, below: &Path) -> PathBuf {
    folder.join(below_pages(below))
}

fn below_pages(below: &Path) -> PathBuf {
    let mut name = below.as_os_str().to_os_string();
    name.push(".html");
    Path::new(PAGES).join(name)
}

/// A relative path as a link, whatever bytes its names have.
fn link(path: &Path) -> String {
    let mut out = String::new();
    for (n, name) in path.components().enumerate() {
        if n > 0 {
            out.push('/');
        }
        for &b in name.as_os_str().as_encoded_bytes() {
            if b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~') {
                out.push(char::from(b));
            } else {
                let _ = write!(out, "%{b:02X}");
            }
        }
    }
    out
}
