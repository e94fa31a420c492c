//! `--issue`: which inputs are the pages of one issue, and their proofs. The files given are one, in the order given;
//! the files of each folder are one, by their names (2.txt before 10.txt). An issue is read and cleaned as a whole when
//! the first of its files is asked for, and a file's proof is kept until its turn comes.

use crate::cli::args::{Mode, Run};
use crate::input::walk::{Found, Walk};
use crate::output::file as files;
use anyhow::Result;
use qingyang::Followed;
use qingyang::decode::{Encoding, decode};
use qingyang::{Issue, Proof};
use std::cmp::Ordering;
use std::collections::HashMap;
use std::ffi::OsStr;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

/// A file of an issue that is clean.
pub struct Cleaned {
    pub proof: Proof,
    /// What was read, where it is wanted again (`--check`, `--diff`, `--report`).
    pub bytes: Vec<u8>,
    pub encoding: Encoding,
    pub malformed: u64,
}

impl Cleaned {
    /// Gives its bytes away to be read again; none where they are not wanted.
    pub fn reader(&mut self) -> Box<dyn std::io::Read> {
        Box::new(std::io::Cursor::new(std::mem::take(&mut self.bytes)))
    }
}

/// The proofs of an issue that nobody took yet.
type Proofs = Mutex<Vec<Option<Result<Cleaned>>>>;

/// All issues of a run.
#[derive(Default)]
pub struct Issues {
    /// For each input its issue, and its place there; standard input is `None`.
    places: HashMap<Option<PathBuf>, (usize, usize)>,
    issues: Vec<Pages>,
}

/// The inputs of one issue.
#[derive(Default)]
struct Pages {
    inputs: Vec<Option<PathBuf>>,
    proofs: OnceLock<Proofs>,
    stamp: OnceLock<u64>,
}

/// The clean text of an input, where it belongs to an issue; `None` without `--issue`.
pub fn take(run: &Run, input: Option<&Path>) -> Option<Result<Cleaned>> {
    if !run.args.issue {
        return None;
    }
    let issues = run.issues.get_or_init(|| Issues::of(run));
    let Some(&(issue, place)) = issues.places.get(&input.map(Path::to_path_buf)) else {
        // It came after the folder was walked: an issue of its own.
        return Pages { inputs: vec![input.map(Path::to_path_buf)], ..Pages::default() }.take(run, 0);
    };
    issues.issues[issue].take(run, place)
}

/// What tells the issue that a file belongs to from the issue with a page changed, added or gone; `None` without
/// `--issue`.
pub fn stamp(run: &Run, input: &Path) -> Option<u64> {
    if !run.args.issue {
        return None;
    }
    let issues = run.issues.get_or_init(|| Issues::of(run));
    let of = issues.places.get(&Some(input.to_path_buf()));
    Some(of.map_or(1, |&(issue, _)| *issues.issues[issue].stamp.get_or_init(|| issues.issues[issue].look())))
}

impl Issues {
    fn of(run: &Run) -> Issues {
        let mut issues = Issues::default();
        let (folders, given): (Vec<_>, Vec<_>) =
            files::inputs(&run.args.inputs).into_iter().partition(|i| i.is_some_and(Path::is_dir));
        issues.add(given.into_iter().map(|i| i.map(Path::to_path_buf)).collect());
        for root in folders.into_iter().flatten() {
            // What cannot be walked is named when the walk for the work comes to it.
            let Ok(walk) = Walk::new(run, root) else { continue };
            let mut pages: HashMap<PathBuf, Vec<PathBuf>> = HashMap::new();
            for found in walk.flatten() {
                if let Found::Text(path) = found {
                    pages.entry(path.parent().unwrap_or(root).to_path_buf()).or_default().push(path);
                }
            }
            for mut list in pages.into_values() {
                list.sort_by(|a, b| by_name(a.as_os_str(), b.as_os_str()));
                issues.add(list.into_iter().map(Some).collect());
            }
        }
        issues
    }

    fn add(&mut self, inputs: Vec<Option<PathBuf>>) {
        for (place, input) in inputs.iter().enumerate() {
            self.places.insert(input.clone(), (self.issues.len(), place));
        }
        self.issues.push(Pages { inputs, ..Pages::default() });
    }
}

impl Pages {
    fn take(&self, run: &Run, place: usize) -> Option<Result<Cleaned>> {
        let proofs = self.proofs.get_or_init(|| Mutex::new(self.clean(run)));
        let mut proofs = proofs.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = proofs.get_mut(place)?.take();
        Some(taken.unwrap_or_else(|| Err(anyhow::anyhow!("is given twice: an issue has each page once"))))
    }

    fn clean(&self, run: &Run) -> Vec<Option<Result<Cleaned>>> {
        // Before anything is read: a page that changes meanwhile makes the stamp an old one.
        self.stamp.get_or_init(|| self.look());
        // An issue is cleaned in one way: that of its first page.
        let setting = match run.settings.of(self.inputs.first().and_then(|i| i.as_deref())) {
            Ok(setting) => setting,
            Err(error) => {
                let said = format!("{error:#}");
                return self.inputs.iter().map(|_| Some(Err(anyhow::anyhow!(said.clone())))).collect();
            }
        };
        let mut issue = Issue::new(setting.options.clone());
        let mut read = Vec::with_capacity(self.inputs.len());
        for input in &self.inputs {
            let of = add(run, input.as_deref(), &mut issue);
            if of.is_err() {
                // The pages behind it keep their numbers.
                issue.page("");
            }
            read.push(of);
        }
        let proofs = issue.finish().into_iter().zip(read);
        proofs.map(|(proof, read)| Some(read.map(|read| Cleaned { proof, ..read }))).collect()
    }

    /// Names, sizes and times of change of all its files.
    fn look(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        for path in self.inputs.iter().flatten() {
            let meta = std::fs::metadata(path).ok();
            (path.file_name(), meta.as_ref().map(|m| m.len()), meta.and_then(|m| m.modified().ok())).hash(&mut hasher);
        }
        hasher.finish()
    }
}

/// Reads an input into its issue; its proof comes when the issue is whole.
fn add(run: &Run, input: Option<&Path>, issue: &mut Issue) -> Result<Cleaned> {
    if let Some(path) = input
        && run.mode == Mode::Batch
    {
        let meta = std::fs::metadata(path).map_err(|e| files::explain(e, "read"))?;
        anyhow::ensure!(meta.is_file(), "is a pipe or a device, not a file: send it through standard input");
    }
    let bytes = files::read_all(input)?;
    let setting = run.settings.of(input)?;
    let decoded = decode(&bytes, setting.encoding, setting.args.lossy)?;
    let (encoding, malformed) = (decoded.encoding, decoded.malformed);
    issue.decoded(decoded);
    let wanted = run.mode == Mode::Changes || run.args.report.is_some();
    let bytes = if wanted { bytes } else { Vec::new() };
    Ok(Cleaned { proof: Proof::default(), bytes, encoding, malformed })
}

/// Names in the order of people: digits by their number.
fn by_name(a: &OsStr, b: &OsStr) -> Ordering {
    let (a, b) = (a.as_encoded_bytes(), b.as_encoded_bytes());
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        let digits = |s: &[u8]| s.iter().take_while(|b| b.is_ascii_digit()).count();
        let (m, n) = (digits(&a[i..]), digits(&b[j..]));
        if m > 0 && n > 0 {
            let number = |s: &'_ [u8]| s.iter().skip_while(|&&b| b == b'0').copied().collect::<Vec<u8>>();
            let (x, y) = (number(&a[i..i + m]), number(&b[j..j + n]));
            let order = x.len().cmp(&y.len()).then(x.cmp(&y));
            if order != Ordering::Equal {
                return order;
            }
            (i, j) = (i + m, j + n);
        } else if a[i] == b[j] {
            (i, j) = (i + 1, j + 1);
        } else {
            return a[i].cmp(&b[j]);
        }
    }
    (a.len() - i).cmp(&(b.len() - j)).then(a.cmp(b))
}

/// Why a jump line was not followed, for people.
pub fn reason(followed: Followed) -> &'static str {
    match followed {
        Followed::Yes => "followed",
        Followed::Several => "not followed: several jump lines answer it, and no headline tells which",
        Followed::Nothing => "not followed: its text stands there already, or there is none",
        _ => "not followed: no jump line of the issue answers it",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_come_by_their_numbers() {
        let mut names = ["b/10.txt", "b/2.txt", "b/02b.txt", "a/3.txt", "b/A10.txt", "b/A9.txt", "b/1.txt"];
        names.sort_by(|a, b| by_name(OsStr::new(a), OsStr::new(b)));
        assert_eq!(names, ["a/3.txt", "b/1.txt", "b/2.txt", "b/02b.txt", "b/10.txt", "b/A9.txt", "b/A10.txt"]);
    }
}
