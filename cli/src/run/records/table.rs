//! One file of Parquet to its output (feature `parquet`). Columns that are not cleaned are copied as they stand in the file.

#[cfg(feature = "parquet")]
mod cells;
#[cfg(feature = "parquet")]
mod cleaning;
#[cfg(feature = "parquet")]
mod columns;
#[cfg(feature = "parquet")]
mod groups;
#[cfg(feature = "parquet")]
mod rows;
#[cfg(feature = "parquet")]
mod seekable;
#[cfg(feature = "parquet")]
mod sink;
#[cfg(feature = "parquet")]
mod source;

use super::shard::{Counts, Told, Work};
use crate::cli::settings::Setting;
use crate::failure::Failure;
use crate::signals::Signals;
use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

/// How a table is cleaned.
#[cfg_attr(not(feature = "parquet"), allow(dead_code))]
pub struct Job<'a> {
    pub work: &'a Work<'a>,
    pub setting: &'a Setting,
    /// Workers that share the texts of a column.
    pub workers: usize,
    pub signals: &'a Signals,
}

/// A table that is read.
#[cfg_attr(not(feature = "parquet"), allow(dead_code))]
pub struct Input<'a> {
    /// `None` is standard input.
    pub path: Option<&'a Path>,
    pub stdin: &'a mut dyn Read,
    /// Standard input, if it is a file.
    pub stdin_file: Option<&'a File>,
}

impl Job<'_> {
    /// Cleans a table to its end. The first faults and suspicions go to `tell`.
    ///
    /// # Errors
    /// If the input is no Parquet, has not the columns, or breaks off; if the output cannot be written.
    #[cfg(feature = "parquet")]
    pub fn clean(
        &self,
        input: Input<'_>,
        output: &mut dyn Write,
        tell: &mut dyn FnMut(Told),
    ) -> Result<Counts, Failure> {
        let file = seekable::open(input, self.signals)?;
        groups::clean(self, source::Source::of(file)?, output, tell)
    }

    /// Fails: the command line refuses tables before this.
    #[cfg(not(feature = "parquet"))]
    pub fn clean(&self, _: Input<'_>, _: &mut dyn Write, _: &mut dyn FnMut(Told)) -> Result<Counts, Failure> {
        Err(Failure::usage(crate::messages::RecordConflict::WithoutParquet))
    }
}
