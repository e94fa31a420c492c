//! The native module of the Python package `qingyang`.
//!
//! From below: `errors` (what Python is told), `options` (keyword arguments become the library's options), `pool`
//! (cleaners that are kept), `record` (one text), `rows` and `batch` (many texts on several threads), `columns` (their
//! structure), then the classes `proof` and `cleaner`, and `command`, the command line.
#![forbid(unsafe_code)]

mod batch;
mod cleaner;
mod columns;
mod command;
mod errors;
mod options;
mod pool;
mod proof;
mod record;
mod rows;

use pyo3::prelude::*;

/// The native part of the package; import from `qingyang` instead.
#[pymodule]
mod _qingyang {
    #[pymodule_export]
    use super::cleaner::{Cleaner, clean, clean_bytes, clean_many};
    #[pymodule_export]
    use super::command::run_command;
    #[pymodule_export]
    use super::proof::{Article, Break, Entry, Part, Proof, Unit};

    /// The name that Python gives a version.
    #[pymodule_export]
    #[allow(non_upper_case_globals)]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
