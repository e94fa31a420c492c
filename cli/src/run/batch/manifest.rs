//! The manifest: which inputs are done, with which version and options: a file's own, since settings files may differ.
//! One line a file, appended when the output stands under its name; a torn last line, as kill -9 may leave it, is
//! passed over.

use super::tasks::Task;
use crate::cli::args::Run;
use crate::output::file as files;
use crate::output::file::TEMPORARY;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

const NAME: &str = ".qingyang-manifest.jsonl";

/// What tells a file from a changed one: its size and time of change.
#[derive(Debug, Clone, PartialEq)]
pub struct Stamp {
    pub size: u64,
    /// Whether it is a file that has a beginning and an end.
    pub regular: bool,
    changed: u128,
    below: PathBuf,
    written: u64,
    options: String,
}

impl Stamp {
    /// Of the file as it is now.
    pub fn look(path: &Path) -> io::Result<Stamp> {
        let meta = fs::metadata(path)?;
        let changed = meta.modified()?.duration_since(UNIX_EPOCH).map_or(0, |d| d.as_nanos());
        Ok(Stamp {
            size: meta.len(),
            regular: meta.is_file() || meta.is_dir(),
            changed,
            below: PathBuf::new(),
            written: 0,
            options: String::new(),
        })
    }

    /// As the stamp of a task whose output has so many bytes.
    pub fn of(self, task: &Task, options: String, written: u64) -> Stamp {
        Stamp { below: task.below.clone(), written, options, ..self }
    }
}

/// The files that an earlier run finished.
#[derive(Debug, Default)]
pub struct Done(HashMap<String, (u64, u128, u64, String)>);

impl Done {
    /// As the manifest of an output folder has it.
    pub fn read(out: &Path, run: &Run) -> Done {
        Done::look(&out.join(NAME), &head(run)).unwrap_or_default()
    }

    /// `None` where there is no manifest with this head.
    fn look(path: &Path, head: &Value) -> Option<Done> {
        let bytes = fs::read(path).ok()?;
        let mut lines = bytes.split(|&b| b == b'\n').map(|l| serde_json::from_slice::<Value>(l).ok());
        lines.next().flatten().filter(|first| first == head)?;
        let mut done = Done::default();
        for record in lines.flatten() {
            let number = |k: &str| record[k].as_u64().unwrap_or(0);
            let changed = record["changed"].as_str().and_then(|s| s.parse().ok()).unwrap_or(0);
            if let Some(below) = record["path"].as_str() {
                let options = record["options"].as_str().unwrap_or_default().to_string();
                done.0.insert(below.to_string(), (number("size"), changed, number("written"), options));
            }
        }
        Some(done)
    }

    /// Whether this task is done: its input is unchanged, its output whole, and it is to be done as it was.
    pub fn holds(&self, task: &Task, options: &str) -> bool {
        let Some(&(size, changed, written, ref done)) = self.0.get(&key(&task.below)) else { return false };
        if done != options {
            return false;
        }
        let same = Stamp::look(&task.input).is_ok_and(|s| s.size == size && s.changed == changed);
        same && fs::metadata(&task.output).is_ok_and(|m| m.is_file() && m.len() == written)
    }
}

/// A path as a string that no two paths share, whatever bytes it has.
fn key(path: &Path) -> String {
    match path.to_str() {
        Some(s) => s.to_string(),
        None => path.as_os_str().as_encoded_bytes().iter().map(|b| format!("%{b:02X}")).collect(),
    }
}

/// The manifest of an output folder, open for appending.
pub struct Manifest {
    file: io::BufWriter<File>,
    done: Done,
}

impl Manifest {
    /// Opens it: with `--resume` and the same version and options it goes on, otherwise it begins anew.
    /// Temporary files that a killed run left are removed.
    pub fn open(out: &Path, run: &Run) -> Result<Manifest> {
        let path = out.join(NAME);
        let head = head(run);
        let mut done = Done::default();
        let mut keep = false;
        if run.args.resume {
            for entry in walkdir::WalkDir::new(out).into_iter().flatten() {
                if entry.file_name().as_encoded_bytes().starts_with(TEMPORARY.as_bytes()) {
                    let _ = fs::remove_file(entry.path());
                }
            }
            (done, keep) = match Done::look(&path, &head) {
                Some(done) => (done, true),
                None => (done, false),
            };
        }
        let file = File::options().create(true).write(true).append(keep).truncate(!keep).open(&path);
        let file =
            file.map_err(|e| files::explain(e, "write the manifest")).with_context(|| path.display().to_string())?;
        let mut file = io::BufWriter::new(file);
        if keep {
            file.write_all(b"\n")?; // ends a torn line
        } else {
            writeln!(file, "{head}")?;
        }
        file.flush().map_err(|e| files::explain(e, "write the manifest"))?;
        Ok(Manifest { file, done })
    }

    /// What an earlier run finished.
    pub fn take_done(&mut self) -> Done {
        std::mem::take(&mut self.done)
    }

    /// Enters a finished file.
    pub fn add(&mut self, stamp: &Stamp) -> Result<()> {
        let record = json!({
            "path": key(&stamp.below), "size": stamp.size, "changed": stamp.changed.to_string(), "written": stamp.written,
            "options": stamp.options,
        });
        writeln!(self.file, "{record}")
            .and_then(|()| self.file.flush())
            .map_err(|e| files::explain(e, "write the manifest"))
    }

    /// Ends it.
    pub fn close(mut self) -> Result<()> {
        self.file.flush().map_err(|e| files::explain(e, "write the manifest"))
    }
}

/// The first line.
fn head(run: &Run) -> Value {
    json!({ "version": env!("CARGO_PKG_VERSION"), "options": fingerprint(run) })
}

/// What the command line says that changes what comes out; settings files are told file by file.
pub fn fingerprint(run: &Run) -> String {
    let mut said = run.settings.given_fingerprint();
    if let Some(lists) = &run.apply {
        said.push_str(&format!(" apply={}", lists.sha256));
    }
    said
}
