//! The file of a table. Its footer is at its end, so what has no end that can be sought is copied to a temporary file first.

use super::Input;
use super::source::begins;
use crate::failure::{Failure, Kind};
use crate::input::file::{self, BLOCK, Hold, read_block};
use crate::messages::{Action, Place};
use crate::signals::Signals;
use std::fs::{self, File};
use std::io::{self, Read, Seek, Write};

/// Opens it.
///
/// # Errors
/// If it cannot be read, or not be copied.
pub fn open(input: Input<'_>, signals: &Signals) -> Result<File, Failure> {
    let file = match input.path {
        Some(path) if fs::metadata(path).is_ok_and(|m| !m.is_file() && !m.is_dir()) => None,
        Some(path) => Some(File::open(path)),
        None => input.stdin_file.filter(|file| is_at_its_beginning(file)).map(File::try_clone),
    };
    match file {
        Some(file) => file.map_err(|e| Failure::io(Action::Read, &e)),
        None => copied(&mut *file::open_input(input.path, input.stdin, Hold::Pieces, signals)?, signals),
    }
}

/// Whether nobody has read a part of it.
fn is_at_its_beginning(mut file: &File) -> bool {
    file.stream_position().is_ok_and(|at| at == 0)
}

/// A copy without a name, which the system removes with the process. It ends early if the source does not begin as a table
/// does, so that a long input of another kind is told at once.
fn copied(source: &mut dyn Read, signals: &Signals) -> Result<File, Failure> {
    let mut copy = tempfile::tempfile().map_err(uncopied)?;
    let mut block = vec![0; BLOCK];
    let mut is_first = true;
    loop {
        let n = read_block(source, &mut block, signals)?;
        let piece = &block[..n];
        copy.write_all(piece).map_err(uncopied)?;
        if n == 0 || is_first && !begins(piece) {
            return Ok(copy);
        }
        is_first = false;
    }
}

/// The input is what fails: the output can be written still.
fn uncopied(error: io::Error) -> Failure {
    let failure = Failure::io(Action::Copy, &error);
    Failure { kind: Kind::Input, ..failure }.at(Place::path(&std::env::temp_dir()))
}
