//! The options of the command line. An option that no command reads is an error.

use anyhow::{Context, bail};
use std::path::PathBuf;
use std::str::FromStr;

/// The words of the command line that nothing has read yet.
pub struct Args(Vec<String>);

impl Args {
    /// Takes the words behind the name of the program.
    pub fn new(words: impl Iterator<Item = String>) -> Args {
        Args(words.collect())
    }

    /// Takes the first word, the name of the command.
    pub fn command(&mut self) -> Option<String> {
        (!self.0.is_empty()).then(|| self.0.remove(0))
    }

    /// Takes a switch, and says whether it is there.
    pub fn flag(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|word| word != name);
        self.0.len() < before
    }

    /// Takes an option with its value.
    pub fn value<T: FromStr>(&mut self, name: &str) -> anyhow::Result<Option<T>> {
        let Some(at) = self.0.iter().position(|word| word == name) else { return Ok(None) };
        self.0.remove(at);
        if at == self.0.len() {
            bail!("{name} needs a value");
        }
        let value = self.0.remove(at);
        Ok(Some(value.parse().ok().with_context(|| format!("{name} cannot be {value:?}"))?))
    }

    /// Takes an option whose value is a list, separated by commas.
    pub fn list(&mut self, name: &str) -> anyhow::Result<Vec<String>> {
        let value: Option<String> = self.value(name)?;
        Ok(value.iter().flat_map(|v| v.split(',')).map(str::to_string).collect())
    }

    /// Refuses the words that are left.
    pub fn finish(self) -> anyhow::Result<()> {
        match self.0.first() {
            Some(word) => bail!("this command has no option {word:?}"),
            None => Ok(()),
        }
    }
}

/// What both fits read.
pub struct Options {
    /// The bench: the pages that the folds are scored on, and the articles.
    pub dev: PathBuf,
    /// The folder that holds the sets of training pages.
    pub pages: PathBuf,
    /// The names of the sets.
    pub sets: Vec<String>,
    /// Passes over the pages.
    pub epochs: usize,
    /// Strength of the L2 penalty.
    pub l2: f32,
    /// Names of templates, or of kinds of evidence, that the fit leaves out.
    pub without: Vec<String>,
    /// Print the loss of each epoch.
    pub verbose: bool,
    /// Fit on all pages and write the weights.
    pub write: bool,
    /// Fit on all pages and compare with the weights in force.
    pub check: bool,
}

impl Options {
    /// Reads the options that both fits have; `sets` and the numbers are the model's own.
    pub fn read(args: &mut Args, sets: &[&str], epochs: usize, l2: f32) -> anyhow::Result<Options> {
        let named = args.list("--sets")?;
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
        Ok(Options {
            dev: args.value("--dev")?.unwrap_or_else(|| root.join("bench")),
            pages: args.value("--pages")?.unwrap_or_else(|| root.join("target/fit/pages")),
            sets: if named.is_empty() { sets.iter().map(|s| s.to_string()).collect() } else { named },
            epochs: args.value("--epochs")?.unwrap_or(epochs),
            l2: args.value("--l2")?.unwrap_or(l2),
            without: args.list("--without")?,
            verbose: args.flag("--verbose"),
            write: args.flag("--write"),
            check: args.flag("--check"),
        })
    }

    /// Whether a template is left out, by its name or its kind of evidence.
    pub fn leaves_out(&self, name: &str, kind: &str) -> bool {
        self.without.iter().any(|w| w == name || w == kind)
    }
}
