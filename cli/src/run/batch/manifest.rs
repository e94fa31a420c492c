//! The manifest of an output folder: which inputs are done, with which version and settings. One line per file,
//! appended when the output has its name. A torn last line, as `kill -9` may leave it, is ignored.

use super::tasks::Task;
use crate::checksum::Checksum;
use crate::cli::plan::{Batch, Mode, Plan, Records};
use crate::failure::{At, Failure};
use crate::input::beginning::Source;
use crate::input::file::BLOCK;
use crate::messages::{Action, FileFault, Place};
use crate::output::temporary::remove_leftovers;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::fs::{self, File, FileType};
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;
use std::time::{Duration, Instant, UNIX_EPOCH};

const NAME: &str = ".qingyang-manifest.jsonl";

/// What tells a file from a changed one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    pub size: u64,
    /// Nanoseconds since 1970 of its last change.
    changed: u128,
}

impl Stamp {
    /// The file as it is now.
    pub fn of(path: &Path) -> Result<Stamp, Failure> {
        Stamp::looked_at(path).map(|(stamp, _)| stamp)
    }

    /// The same of an input, which must be a file: a pipe or a device has no end that could be told from a change.
    pub fn of_input(path: &Path) -> Result<Stamp, Failure> {
        let (stamp, kind) = Stamp::looked_at(path)?;
        if kind.is_file() || kind.is_dir() { Ok(stamp) } else { Err(Failure::input(FileFault::NotRegular)) }
    }

    fn looked_at(path: &Path) -> Result<(Stamp, FileType), Failure> {
        let look = || -> io::Result<(Stamp, FileType)> {
            let meta = fs::metadata(path)?;
            let changed = meta.modified()?.duration_since(UNIX_EPOCH).map_or(0, |d| d.as_nanos());
            Ok((Stamp { size: meta.len(), changed }, meta.file_type()))
        };
        look().map_err(|e| Failure::io(Action::Read, &e))
    }
}

/// A file that is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    pub input: Stamp,
    /// Bytes of the output, or of all its files.
    pub written: u64,
    /// Names of the files of articles in the output folder, if each article has a file.
    pub articles: Option<Vec<String>>,
    /// Checksum of the output. With the size alone a file that something else wrote, or that a power failure left
    /// full of NULs, would count as whole.
    pub checksum: String,
    /// The settings that it was cleaned with.
    pub options: String,
}

/// The files that an earlier run finished.
#[derive(Debug, Default)]
pub struct Done(HashMap<String, Finished>);

impl Done {
    /// From the manifest of an output folder.
    pub fn read(out: &Path, plan: &Plan) -> Result<Done, Failure> {
        let path = out.join(NAME);
        check_place(&path)?;
        Ok(Done::of(&path, &head(plan)).unwrap_or_default())
    }

    /// `None` if there is no manifest with this head.
    fn of(path: &Path, head: &Value) -> Option<Done> {
        let bytes = fs::read(path).ok()?;
        let mut lines = bytes.split(|&b| b == b'\n').map(|l| serde_json::from_slice::<Value>(l).ok());
        lines.next().flatten().filter(|first| first == head)?;
        let mut done = Done::default();
        for record in lines.flatten() {
            let number = |k: &str| record[k].as_u64().unwrap_or(0);
            let changed = record["changed"].as_str().and_then(|s| s.parse().ok()).unwrap_or(0);
            if let Some(path) = record["path"].as_str() {
                let options = record["options"].as_str().unwrap_or_default().to_string();
                let input = Stamp { size: number("size"), changed };
                let checksum = record["checksum"].as_str().unwrap_or_default().to_string();
                let names = record["articles"].as_array();
                let articles = names.map(|all| all.iter().filter_map(Value::as_str).map(String::from).collect());
                let done_file = Finished { input, written: number("written"), articles, checksum, options };
                done.0.insert(path.to_string(), done_file);
            }
        }
        Some(done)
    }

    /// Whether a task is done with these settings: its input has not changed and its output is whole.
    pub fn contains(&self, task: &Task, options: &str) -> bool {
        let Some(done) = self.0.get(&key(&task.below)).filter(|done| done.options == options) else { return false };
        if !Stamp::of(&task.input).is_ok_and(|stamp| stamp == done.input) {
            return false;
        }
        match &done.articles {
            None => {
                fs::metadata(&task.output).is_ok_and(|m| m.len() == done.written)
                    && checksum_of(&task.output).is_ok_and(|found| found == done.checksum)
            }
            Some(names) => {
                let files = names.iter().map(|name| checksum_of(&task.output.join(name)));
                files.collect::<io::Result<Vec<_>>>().is_ok_and(|all| Checksum::of_all(&all) == done.checksum)
            }
        }
    }
}

/// The checksum of a file. A pipe in its place is not opened: it would never end.
fn checksum_of(path: &Path) -> io::Result<String> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut file = File::open(path)?;
    let mut sum = Checksum::default();
    let mut block = vec![0; BLOCK];
    loop {
        match file.read(&mut block)? {
            0 => return Ok(sum.finish()),
            n => sum.add(&block[..n]),
        }
    }
}

/// Fails if something else has the place of the manifest: a link would be followed, and a pipe has no end.
fn check_place(path: &Path) -> Result<(), Failure> {
    match fs::symlink_metadata(path) {
        Ok(meta) if !meta.is_file() => Err(Failure::input(FileFault::PlaceTaken).at(Place::path(path))),
        _ => Ok(()),
    }
}

/// A path as a string, different for each path, whatever bytes it has.
fn key(path: &Path) -> String {
    match path.to_str() {
        Some(s) => s.to_string(),
        None => path.as_os_str().as_encoded_bytes().iter().map(|b| format!("%{b:02X}")).collect(),
    }
}

/// Lines that wait for one write, and how long they wait at most. A killed run loses them, and a resumed run cleans these
/// files again.
const MAX_WAITING: u32 = 64;
const MAX_WAIT: Duration = Duration::from_millis(100);

/// The manifest of an output folder, open for appending.
pub struct Manifest {
    file: BufWriter<File>,
    done: Done,
    waiting: u32,
    written: Instant,
}

impl Manifest {
    /// Opens it. A resumed run with the same version and options continues the manifest; others begin a new one.
    /// Temporary files that a killed run left are removed.
    pub fn open(out: &Path, plan: &Plan, resume: bool) -> Result<Manifest, Failure> {
        let path = out.join(NAME);
        check_place(&path)?;
        let head = head(plan);
        remove_leftovers(out);
        let done = if resume { Done::of(&path, &head) } else { None };
        let keep = done.is_some();
        let file = File::options().create(true).write(true).append(keep).truncate(!keep).open(&path);
        let mut file = BufWriter::new(file.map_err(unwritten).at(|| Place::path(&path))?);
        // The first line feed ends a torn line.
        let first = if keep { writeln!(file) } else { writeln!(file, "{head}") };
        first.and_then(|()| file.flush()).map_err(unwritten)?;
        Ok(Manifest { file, done: done.unwrap_or_default(), waiting: 0, written: Instant::now() })
    }

    /// What an earlier run finished.
    pub fn take_done(&mut self) -> Done {
        std::mem::take(&mut self.done)
    }

    /// Adds a finished file.
    pub fn add(&mut self, below: &Path, done: &Finished) -> Result<(), Failure> {
        let mut record = json!({
            "path": key(below), "size": done.input.size, "changed": done.input.changed.to_string(), "written": done.written,
            "checksum": done.checksum, "options": done.options,
        });
        if let Some(names) = &done.articles {
            record["articles"] = json!(names);
        }
        writeln!(self.file, "{record}").map_err(unwritten)?;
        self.waiting += 1;
        if self.waiting < MAX_WAITING && self.written.elapsed() < MAX_WAIT {
            return Ok(());
        }
        (self.waiting, self.written) = (0, Instant::now());
        self.file.flush().map_err(unwritten)
    }

    /// Ends it.
    pub fn close(mut self) -> Result<(), Failure> {
        self.file.flush().map_err(unwritten)
    }
}

fn unwritten(error: io::Error) -> Failure {
    Failure::io(Action::WriteManifest, &error)
}

/// The first line.
pub fn head(plan: &Plan) -> Value {
    json!({ "version": env!("CARGO_PKG_VERSION"), "options": fingerprint(plan) })
}

/// What the command line says that changes the output. Settings files are not part of it: each file has its own.
fn fingerprint(plan: &Plan) -> String {
    let mut text = plan.settings.given_fingerprint();
    if plan.source != Source::Content {
        text.push_str(&format!(" from={:?}", plan.source));
    }
    if let Mode::Batch(Batch { records: Some(records), .. }) = &plan.mode {
        let Records { table, fields, to, add, on_error, .. } = records;
        let form = if *table { "parquet" } else { "jsonl" };
        text.push_str(&format!(" {form} fields={fields:?} to={to:?} add={add:?} on_error={on_error:?}"));
    }
    if let Some(lists) = &plan.apply {
        text.push_str(&format!(" apply={}", lists.sha256));
    }
    text
}
