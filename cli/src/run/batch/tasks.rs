//! Which input goes to which output, and what is refused before anything is written.

use crate::Failed;
use crate::cli::args::Run;
use crate::input::walk::{Found, Walk};
use crate::output::file as files;
use anyhow::Result;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// One file to be cleaned.
#[derive(Debug, Clone)]
pub struct Task {
    pub input: PathBuf,
    pub output: PathBuf,
    /// The input's path below what was given: its name in the manifest.
    pub below: PathBuf,
}

/// What the plan says of a file.
pub enum Planned {
    Do(Task),
    /// Not text by its name.
    Skip(PathBuf),
}

/// The plan, file by file, as the folders are walked.
pub fn tasks(run: &Run) -> impl Iterator<Item = Result<Planned>> + '_ {
    run.args.inputs.iter().flat_map(move |root| -> Box<dyn Iterator<Item = Result<Planned>>> {
        if !root.is_dir() {
            let below = PathBuf::from(root.file_name().unwrap_or(root.as_os_str()));
            return Box::new(std::iter::once(Ok(Planned::Do(task(run, root.clone(), below)))));
        }
        match Walk::new(run, root) {
            Ok(walk) => Box::new(walk.map(move |found| {
                Ok(match found? {
                    Found::Text(path) => {
                        let below = path.strip_prefix(root).unwrap_or(&path).to_path_buf();
                        Planned::Do(task(run, path, below))
                    }
                    Found::Other(path) => Planned::Skip(path),
                })
            })),
            Err(error) => Box::new(std::iter::once(Err(error))),
        }
    })
}

fn task(run: &Run, input: PathBuf, below: PathBuf) -> Task {
    let output = match &run.args.output {
        Some(out) => {
            let name = files::with_suffix(below.file_name().unwrap_or(below.as_os_str()), &run.args.suffix);
            let name = match run.args.format.extension() {
                Some(extension) => files::with_extension(&name, extension),
                None => name,
            };
            out.join(below.with_file_name(name))
        }
        // A link stays one: what it names is written.
        None if input.is_symlink() => input.canonicalize().unwrap_or_else(|_| input.clone()),
        None => input.clone(),
    };
    Task { input, output, below }
}

/// The path as it would be if it existed, links resolved as far as it does.
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

/// Refuses an output inside the input, an output that is the input, and two inputs for one output.
pub fn refuse(run: &Run) -> Result<()> {
    let usage = |said: String| Err(Failed::Usage(said).into());
    for root in &run.args.inputs {
        if !root.exists() {
            continue; // named as a failure when its turn comes
        }
        if let Some(out) = &run.args.output {
            let (out, root_real) = (resolved(out), resolved(root));
            if out.is_file() {
                return usage(format!("{} is a file, not a folder", out.display()));
            }
            if root.is_dir() && out == root_real {
                return usage(format!("the output {} is the input: choose another, or use --in-place", out.display()));
            }
            if root.is_dir() && out.starts_with(&root_real) {
                return usage(format!(
                    "the output {} lies inside the input {}: choose another",
                    out.display(),
                    root_real.display()
                ));
            }
            let renamed = !run.args.suffix.is_empty() || run.args.format.extension().is_some();
            if !root.is_dir() && root.parent().map(resolved).as_deref() == Some(&out) && !renamed {
                return usage(format!(
                    "{} would be written over itself: choose another -o, or --suffix",
                    root.display()
                ));
            }
        }
    }
    if run.args.inputs.len() > 1 || run.args.format.extension().is_some() {
        let mut seen = Outputs { all: run.args.inputs.len() > 1, open: Vec::new() };
        for planned in tasks(run).flatten() {
            if let Planned::Do(task) = planned
                && let Some(other) = seen.meets(&task)
            {
                return usage(format!(
                    "{} and {} would both become {}",
                    other.display(),
                    task.input.display(),
                    task.output.display()
                ));
            }
        }
    }
    Ok(())
}

/// The outputs so far. Names of one folder map one to one as long as they keep their extension; several inputs may
/// meet anywhere.
struct Outputs {
    /// Whether all are kept, or those of the folders that the walk is in: memory stays flat however many files there are.
    all: bool,
    /// Folders, each in the one before it, with output and input of each file.
    open: Vec<(PathBuf, HashMap<PathBuf, PathBuf>)>,
}

impl Outputs {
    /// The earlier input with the same output.
    fn meets(&mut self, task: &Task) -> Option<PathBuf> {
        let output = if self.all { resolved(&task.output) } else { task.output.clone() };
        let folder = if self.all { Path::new("") } else { output.parent().unwrap_or(Path::new("")) };
        while self.open.last().is_some_and(|(last, _)| !folder.starts_with(last)) {
            self.open.pop();
        }
        if self.open.last().is_none_or(|(last, _)| last != folder) {
            self.open.push((folder.to_path_buf(), HashMap::new()));
        }
        let (_, files) = self.open.last_mut()?;
        files.insert(output, task.input.clone())
    }
}
