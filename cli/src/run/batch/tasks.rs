//! Which input goes to which output, and what is an error before anything is written.

use crate::cli::plan::{Batch, Plan, Target};
use crate::failure::{At, Failure};
use crate::input::beginning::{is_layout, is_recognised};
use crate::input::file::resolved;
use crate::input::walk::{Found, Walk};
use crate::messages::{Overwrite, Place, Side};
use crate::output::names::{of_layout, stem, with_extension, with_suffix};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

/// The extension of the text of a layout.
const TEXT: &str = "txt";

/// One file to be cleaned.
#[derive(Debug, Clone)]
pub struct Task {
    pub input: PathBuf,
    pub output: PathBuf,
    /// The input's path below the folder that was given: its name in the manifest.
    pub below: PathBuf,
    /// It was found because it begins as a layout does. If it is none after all, it is left out.
    pub optional: bool,
}

/// What becomes of a file.
pub enum Planned {
    Clean(Task),
    /// Not text by its name.
    Skip(PathBuf),
    /// A symbolic link that is not followed.
    Link(PathBuf),
}

/// The files in their order, found while the folders are walked.
/// With `own_names` the files of each folder stay below a folder of its name.
pub fn tasks<'a>(
    plan: &'a Plan,
    batch: &'a Batch,
    own_names: bool,
) -> impl Iterator<Item = Result<Planned, Failure>> + 'a {
    plan.inputs.iter().flat_map(move |root| -> Box<dyn Iterator<Item = Result<Planned, Failure>>> {
        let own = if own_names { own_name(root) } else { PathBuf::new() };
        let below = move |path: PathBuf, layout| {
            let below = own.join(path.strip_prefix(root).unwrap_or(&path));
            task(plan, batch, path, below, layout)
        };
        if !root.is_dir() {
            let below = PathBuf::from(root.file_name().unwrap_or(root.as_os_str()));
            let layout = plan.filter.layouts && is_layout(root);
            let task = Task { optional: false, ..task(plan, batch, root.clone(), below, layout) };
            return Box::new(std::iter::once(Ok(Planned::Clean(task))));
        }
        Box::new(Walk::new(&plan.filter, root).map(move |found| {
            Ok(match found? {
                Found::Text(path) => {
                    // A layout may be among the files that the user includes by name.
                    let layout = plan.filter.layouts && is_layout(&path);
                    Planned::Clean(Task { optional: false, ..below(path, layout) })
                }
                Found::Layout(path) => Planned::Clean(below(path, true)),
                Found::Other(path) => Planned::Skip(path),
                Found::Link(path) => Planned::Link(path),
            })
        }))
    })
}

/// The name of a folder, also of `.` and `..`.
fn own_name(root: &Path) -> PathBuf {
    let real = resolved(root);
    PathBuf::from(real.file_name().unwrap_or_default())
}

/// Whether the files of each folder must stay below a folder of its name: two folders have a file of one name, and their
/// own names differ.
pub fn need_own_names(plan: &Plan, batch: &Batch) -> bool {
    let folders: Vec<&PathBuf> = plan.inputs.iter().filter(|root| root.is_dir()).collect();
    if folders.len() < 2 || matches!(batch.target, Target::InPlace { .. }) {
        return false;
    }
    let names: HashSet<PathBuf> = folders.iter().map(|root| own_name(root)).collect();
    if names.len() < folders.len() || names.contains(Path::new("")) {
        return false;
    }
    let mut seen = HashSet::new();
    clean_tasks(plan, batch, false).any(|task| !seen.insert(task.output))
}

fn task(plan: &Plan, batch: &Batch, input: PathBuf, below: PathBuf, layout: bool) -> Task {
    let output = match &batch.target {
        Target::Folder { out, .. } if batch.per_article => out.join(below.with_file_name(stem(&below))),
        Target::Folder { out, suffix } => {
            let name = with_suffix(below.file_name().unwrap_or(below.as_os_str()), suffix);
            let name = match plan.format.extension() {
                extension if layout => of_layout(&name, extension.unwrap_or(TEXT)),
                Some(extension) => with_extension(&name, extension),
                None => name,
            };
            out.join(below.with_file_name(name))
        }
        // A link stays a link: the file behind it is written.
        Target::InPlace { .. } if input.is_symlink() => input.canonicalize().unwrap_or_else(|_| input.clone()),
        Target::InPlace { .. } => input.clone(),
    };
    Task { input, output, below, optional: layout }
}

/// Fails if an output is an input or lies inside one, or if two inputs would have the same output or page.
pub fn check(plan: &Plan, batch: &Batch, own_names: bool) -> Result<(), Failure> {
    if let Target::Folder { out, suffix } = &batch.target {
        let out = resolved(out);
        let renamed = !suffix.is_empty() || plan.format.extension().is_some() || batch.per_article;
        // A missing input is reported when its turn comes.
        for root in plan.inputs.iter().filter(|root| root.exists()) {
            apart(root, &out, renamed).map_err(Failure::usage)?;
        }
    }
    if plan.inputs.len() > 1 || plan.format.extension().is_some() || plan.filter.layouts || batch.per_article {
        let mut seen = Outputs { all: plan.inputs.len() > 1, open: Vec::new() };
        for task in clean_tasks(plan, batch, own_names) {
            // Two of one name: what is no layout after all will be left out.
            if let Some((first, optional)) = seen.insert(&task)
                && (!optional || is_recognised(&first))
                && (!task.optional || is_recognised(&task.input))
            {
                return Err(Failure::usage(Overwrite::SameOutput { first, second: task.input, output: task.output }));
            }
        }
    }
    match &plan.report {
        Some(folder) => {
            check_report(plan, batch, own_names, folder).at(|| Place::OptionPath("--report", folder.clone()))
        }
        None => Ok(()),
    }
}

fn clean_tasks<'a>(plan: &'a Plan, batch: &'a Batch, own_names: bool) -> impl Iterator<Item = Task> + 'a {
    tasks(plan, batch, own_names).flatten().filter_map(|planned| match planned {
        Planned::Clean(task) => Some(task),
        Planned::Skip(_) | Planned::Link(_) => None,
    })
}

/// Fails if an input and the output folder are not apart.
fn apart(root: &Path, out: &Path, renamed: bool) -> Result<(), Overwrite> {
    let real = resolved(root);
    let path = out.to_path_buf();
    match root.is_dir() {
        _ if out.is_file() => Err(Overwrite::OutputIsFile { path }),
        true if *out == real => Err(Overwrite::OutputIsInputFolder { path }),
        true if out.starts_with(&real) => Err(Overwrite::OutputInsideInput { output: path, input: real }),
        false if root.parent().map(resolved).as_deref() == Some(out) && !renamed => {
            Err(Overwrite::OverwritesItself { path: root.to_path_buf() })
        }
        _ => Ok(()),
    }
}

/// Fails if the report folder is a file, or lies in an input or an output, or if two inputs would have the same page.
fn check_report(plan: &Plan, batch: &Batch, own_names: bool, folder: &Path) -> Result<(), Failure> {
    if folder.exists() && !folder.is_dir() {
        return Err(Failure::usage(Overwrite::ReportIsFile));
    }
    let real = resolved(folder);
    let inputs = plan.inputs.iter().map(|input| (input, Side::Input));
    let output = match &batch.target {
        Target::Folder { out, .. } => Some((out, Side::Output)),
        Target::InPlace { .. } => None,
    };
    for (other, side) in inputs.chain(output) {
        let other_real = resolved(other);
        if real == other_real {
            return Err(Failure::usage(Overwrite::ReportIs { side }));
        }
        if real.starts_with(&other_real) {
            return Err(Failure::usage(Overwrite::ReportInside { side, folder: other.clone() }));
        }
    }
    if plan.inputs.len() > 1 {
        let mut seen: HashMap<PathBuf, PathBuf> = HashMap::new();
        for task in clean_tasks(plan, batch, own_names) {
            if let Some(first) = seen.insert(task.below, task.input.clone()) {
                return Err(Failure::usage(Overwrite::SamePage { first, second: task.input }));
            }
        }
    }
    Ok(())
}

/// An earlier input, and whether it may be left out.
type Earlier = (PathBuf, bool);

/// The outputs so far. Names of one folder stay apart unless their extension changes; outputs of several inputs may be
/// the same anywhere.
struct Outputs {
    /// Keep all outputs. Otherwise only those of the folders that the walk is in are kept, so that memory does not grow
    /// with the number of files.
    all: bool,
    /// Folders, each inside the one before it, with output and input of each file, and whether it may be left out.
    open: Vec<(PathBuf, HashMap<PathBuf, Earlier>)>,
}

impl Outputs {
    /// Adds a task; returns the earlier input with the same output, and whether it may be left out.
    fn insert(&mut self, task: &Task) -> Option<Earlier> {
        let output = if self.all { resolved(&task.output) } else { task.output.clone() };
        let folder = if self.all { Path::new("") } else { output.parent().unwrap_or(Path::new("")) };
        while self.open.last().is_some_and(|(last, _)| !folder.starts_with(last)) {
            self.open.pop();
        }
        if self.open.last().is_none_or(|(last, _)| last != folder) {
            self.open.push((folder.to_path_buf(), HashMap::new()));
        }
        let (_, files) = self.open.last_mut()?;
        files.insert(output, (task.input.clone(), task.optional))
    }
}
