//! Where the text of one file goes: one output, or a file for each article.

use super::tasks::Task;
use crate::cli::plan::{Batch, Plan};
use crate::cli::settings::Setting;
use crate::failure::{At, Failure};
use crate::input::origin::Origin;
use crate::messages::{Action, Message, Place};
use crate::output::article_files::Files;
use crate::output::file::OutputFile;
use crate::output::views::View;
use qingyang::Proof;
use std::fs;

/// Takes the proofs of a file.
pub enum Writer {
    One(OutputFile, Box<View>),
    Articles(Files),
}

/// What was written, without its names yet.
pub enum Whole {
    One(OutputFile),
    Articles(Files),
}

/// Begins the one output of a task, with the folder that it lies in. Mostly the file before it has made the folder.
pub fn output_of(task: &Task) -> Result<OutputFile, Failure> {
    let output = match (OutputFile::create(&task.output), task.output.parent()) {
        (Err(failure), Some(folder)) if has_no_folder(&failure) => {
            fs::create_dir_all(folder).map_err(|e| Failure::io(Action::CreateOutputFolder, &e))?;
            OutputFile::create(&task.output)
        }
        (output, _) => output,
    };
    // The input is named anyway.
    if task.output == task.input { output } else { output.at(|| Place::path(&task.output)) }
}

/// Whether an output was not begun because its folder is not there.
fn has_no_folder(failure: &Failure) -> bool {
    use std::io::ErrorKind::{NotADirectory, NotFound};
    matches!(&*failure.message, Message::Io { error, .. } if matches!(error.kind, NotFound | NotADirectory))
}

impl Writer {
    /// Begins the output of a task.
    pub fn begin(plan: &Plan, batch: &Batch, task: &Task, setting: &Setting) -> Result<Writer, Failure> {
        let name = task.input.display().to_string();
        let order = setting.options.order;
        if batch.per_article {
            return Ok(Writer::Articles(Files::new(task.output.clone(), plan.format, order, Some(&name))));
        }
        let output = output_of(task)?;
        let mut view = View::new(plan.format, plan.mark);
        view.tell_breaks(setting.uncertain, plan.language);
        view.begin_input(Some(&name), order);
        Ok(Writer::One(output, Box::new(view)))
    }

    /// Writes a proof.
    pub fn put(&mut self, proof: &Proof, origin: Origin<'_>) -> Result<(), Failure> {
        match self {
            Writer::One(output, view) => view.put(proof, origin, output),
            Writer::Articles(files) => files.put(proof, origin),
        }
    }

    /// Ends the text.
    pub fn end(self) -> Result<Whole, Failure> {
        match self {
            Writer::One(mut output, mut view) => {
                view.end(false, &mut output)?;
                Ok(Whole::One(output))
            }
            Writer::Articles(files) => Ok(Whole::Articles(files)),
        }
    }
}
