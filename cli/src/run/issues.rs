//! `--issue`: which inputs are the pages of one issue, and their proofs. The given files are one issue, in the given
//! order; the files of each folder are one issue, in the order of their names (2.txt before 10.txt). An issue is read and
//! cleaned as a whole when the first of its files is asked for; the proofs of the others wait for their turn.

use crate::checksum::Checksum;
use crate::cli::plan::{Mode, Plan};
use crate::failure::Failure;
use crate::input::beginning::{self, Reading};
use crate::input::file;
use crate::input::limited::MAX_UNPACKED;
use crate::input::packing::Packing;
use crate::input::walk::{Found, Walk};
use crate::messages::FileFault;
use crate::signals::{POLL, Signals};
use crossbeam_channel::{RecvTimeoutError, bounded};
use qingyang::decode::{Encoding, decode};
use qingyang::reading::content;
use qingyang::{Issue, Proof};
use std::cmp::Ordering;
use std::collections::HashMap;
use std::ffi::OsStr;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::UNIX_EPOCH;

/// A file of an issue that has been cleaned.
pub struct Cleaned {
    pub proof: Proof,
    /// The bytes of the file, if they are needed again (`--check`, `--diff`, `--report`).
    pub bytes: Vec<u8>,
    pub encoding: Encoding,
    pub malformed: u64,
}

impl Cleaned {
    /// Gives the bytes away to be read again.
    pub fn reader<'a>(&mut self) -> Box<dyn Read + 'a> {
        Box::new(io::Cursor::new(std::mem::take(&mut self.bytes)))
    }
}

/// The proofs of an issue; each is taken once.
type Proofs = Mutex<Vec<Option<Result<Cleaned, Failure>>>>;

/// The issues of a run.
pub struct Issues<'a> {
    plan: &'a Plan,
    /// Found when the first input is asked for.
    found: OnceLock<Places>,
}

/// Where each input belongs.
#[derive(Default)]
struct Places {
    /// The number of its issue and its place there; standard input is `None`.
    places: HashMap<Option<PathBuf>, (usize, usize)>,
    issues: Vec<Pages>,
}

/// The inputs of one issue.
#[derive(Default)]
struct Pages {
    inputs: Vec<Option<PathBuf>>,
    proofs: OnceLock<Proofs>,
    stamp: OnceLock<String>,
}

impl<'a> Issues<'a> {
    /// Nothing is looked up before the first input is asked for.
    pub fn new(plan: &'a Plan) -> Issues<'a> {
        Issues { plan, found: OnceLock::new() }
    }

    /// The proof of an input; `None` without `--issue`.
    pub fn take(&self, input: Option<&Path>, stdin: &mut dyn Read) -> Option<Result<Cleaned, Failure>> {
        if !self.plan.issue {
            return None;
        }
        let found = self.found.get_or_init(|| Places::of(self.plan));
        let input = input.map(Path::to_path_buf);
        match found.places.get(&input) {
            Some(&(issue, place)) => found.issues[issue].take(self.plan, place, stdin),
            // It came after the folder was walked: an issue of its own.
            None => Pages { inputs: vec![input], ..Pages::default() }.take(self.plan, 0, stdin),
        }
    }

    /// Changes whenever a page of the input's issue is changed, added or removed; `None` without `--issue`.
    pub fn stamp(&self, input: &Path) -> Option<String> {
        if !self.plan.issue {
            return None;
        }
        let found = self.found.get_or_init(|| Places::of(self.plan));
        let place = found.places.get(&Some(input.to_path_buf()));
        Some(place.map_or_else(String::new, |&(issue, _)| found.issues[issue].stamp().to_string()))
    }
}

impl Places {
    fn of(plan: &Plan) -> Places {
        let mut all = Places::default();
        let (folders, given): (Vec<_>, Vec<_>) =
            file::inputs(&plan.inputs).into_iter().partition(|i| i.is_some_and(Path::is_dir));
        all.add(given.into_iter().map(|i| i.map(Path::to_path_buf)).collect());
        for root in folders.into_iter().flatten() {
            let mut pages: HashMap<PathBuf, Vec<PathBuf>> = HashMap::new();
            // A folder that cannot be walked is reported by the walk that lists the work.
            for found in Walk::new(&plan.filter, root).flatten() {
                if let Found::Text(path) = found {
                    pages.entry(path.parent().unwrap_or(root).to_path_buf()).or_default().push(path);
                }
            }
            for mut list in pages.into_values() {
                list.sort_by(|a, b| by_name(a.as_os_str(), b.as_os_str()));
                all.add(list.into_iter().map(Some).collect());
            }
        }
        all
    }

    fn add(&mut self, inputs: Vec<Option<PathBuf>>) {
        for (place, input) in inputs.iter().enumerate() {
            self.places.insert(input.clone(), (self.issues.len(), place));
        }
        self.issues.push(Pages { inputs, ..Pages::default() });
    }
}

impl Pages {
    fn take(&self, plan: &Plan, place: usize, stdin: &mut dyn Read) -> Option<Result<Cleaned, Failure>> {
        let proofs = self.proofs.get_or_init(|| Mutex::new(self.clean(plan, stdin)));
        let mut proofs = proofs.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = proofs.get_mut(place)?.take();
        Some(taken.unwrap_or_else(|| Err(Failure::input(FileFault::TwiceInIssue))))
    }

    fn clean(&self, plan: &Plan, stdin: &mut dyn Read) -> Vec<Option<Result<Cleaned, Failure>>> {
        // Before anything is read: if a page changes in the meantime, the stamp is that of the older page.
        self.stamp();
        // An issue has one setting: that of its first page.
        let setting = match plan.settings.of(self.inputs.first().and_then(|i| i.as_deref())) {
            Ok(setting) => setting,
            Err(failure) => return self.all(&failure),
        };
        let mut issue = Issue::new(setting.options.clone());
        let mut read = Vec::with_capacity(self.inputs.len());
        let mut room = MAX_UNPACKED;
        for input in &self.inputs {
            if plan.signals.caught().is_some() {
                return self.all(&Failure::input(FileFault::Interrupted));
            }
            let page = add(plan, input.as_deref(), &mut issue, stdin, &mut room);
            if page.is_err() {
                // The pages after it keep their numbers.
                issue.page("");
            }
            read.push(page);
        }
        let Some(proofs) = finish(issue, &plan.signals) else {
            return self.all(&Failure::input(FileFault::Interrupted));
        };
        let proofs = proofs.into_iter().zip(read);
        proofs.map(|(proof, read)| Some(read.map(|read| Cleaned { proof, ..read }))).collect()
    }

    /// One failure for all pages.
    fn all(&self, failure: &Failure) -> Vec<Option<Result<Cleaned, Failure>>> {
        self.inputs.iter().map(|_| Some(Err(failure.clone()))).collect()
    }

    /// Names, sizes and times of change of all files.
    fn stamp(&self) -> &str {
        self.stamp.get_or_init(|| {
            let mut sum = Checksum::default();
            for path in self.inputs.iter().flatten() {
                let meta = std::fs::metadata(path).ok();
                let modified = meta.as_ref().and_then(|m| m.modified().ok()?.duration_since(UNIX_EPOCH).ok());
                let name = path.file_name().unwrap_or_default().as_encoded_bytes();
                // The length keeps apart where a name ends and the next field begins.
                sum.add(&name.len().to_le_bytes());
                sum.add(name);
                sum.add(&meta.map_or(u64::MAX, |m| m.len()).to_le_bytes());
                sum.add(&modified.map_or(u128::MAX, |d| d.as_nanos()).to_le_bytes());
            }
            sum.finish()
        })
    }
}

/// Cleans an issue; `None` if a signal comes. Cleaning takes as long as the issue is large, so it runs in a thread that is
/// left to the end of the process.
fn finish(issue: Issue, signals: &Signals) -> Option<Vec<Proof>> {
    if !signals.listening() {
        return Some(issue.finish());
    }
    let (sender, finished) = bounded(1);
    let cleaning = std::thread::spawn(move || {
        let _ = sender.send(issue.finish());
    });
    loop {
        match finished.recv_timeout(POLL) {
            Ok(proofs) => return Some(proofs),
            Err(RecvTimeoutError::Timeout) if signals.caught().is_some() => return None,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => match cleaning.join() {
                Ok(()) => return None,
                Err(panic) => std::panic::resume_unwind(panic),
            },
        }
    }
}

/// Reads an input into its issue. Its proof comes when the issue is complete.
fn add(
    plan: &Plan,
    input: Option<&Path>,
    issue: &mut Issue,
    stdin: &mut dyn Read,
    room: &mut u64,
) -> Result<Cleaned, Failure> {
    if let (Some(path), Mode::Batch(_)) = (input, &plan.mode) {
        file::refuse_special(path)?;
    }
    let bytes = file::read_all(input, stdin, *room, &plan.signals)?;
    if input.is_some_and(|path| Packing::of(path) != Packing::Plain) {
        *room -= bytes.len() as u64;
    }
    if beginning::to_read(plan.source, content(&bytes))? != Reading::Text {
        return Err(Failure::input(FileFault::LayoutInIssue));
    }
    let setting = plan.settings.of(input)?;
    let decoded = decode(&bytes, setting.encoding, setting.lossy)?;
    let (encoding, malformed) = (decoded.encoding, decoded.malformed);
    issue.decoded(decoded);
    let needed = matches!(plan.mode, Mode::Preview(_)) || plan.report.is_some();
    Ok(Cleaned { proof: Proof::default(), bytes: if needed { bytes } else { Vec::new() }, encoding, malformed })
}

/// The order in which people sort names: numbers by their value.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_sorted_by_their_numbers() {
        let mut names = ["b/10.txt", "b/2.txt", "b/02b.txt", "a/3.txt", "b/A10.txt", "b/A9.txt", "b/1.txt"];
        names.sort_by(|a, b| by_name(OsStr::new(a), OsStr::new(b)));
        assert_eq!(names, ["a/3.txt", "b/1.txt", "b/2.txt", "b/02b.txt", "b/10.txt", "b/A9.txt", "b/A10.txt"]);
    }
}
