//! The whole command line, for `python -m qingyang`.

use pyo3::prelude::*;
use std::ffi::OsString;
use std::process::ExitCode;

/// Run the command line with these words, without the name of the program, on the streams of the process.
///
/// Returns the exit status. Signals are the tool's while it runs.
#[pyfunction]
pub fn run_command(py: Python<'_>, args: Vec<OsString>) -> u8 {
    let code = py.detach(|| qingyang_cli::run_process(args));
    // An exit code can be compared and nothing else.
    (0..=u8::MAX).find(|&status| ExitCode::from(status) == code).unwrap_or(1)
}
