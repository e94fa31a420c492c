//! What Python is told of an error: the library's message, and what to do in Python's terms.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use qingyang::ErrorKind;
use qingyang::reading::LayoutError as UnreadableLayout;
use std::fmt::Display;

/// The exceptions of the package, as `qingyang.errors` defines them.
mod python {
    pyo3::import_exception!(qingyang.errors, DecodeError);
    pyo3::import_exception!(qingyang.errors, LayoutError);
    pyo3::import_exception!(qingyang.errors, OptionError);
    pyo3::import_exception!(qingyang.errors, RowError);
}

/// Bytes that cannot be decoded.
pub fn undecoded(error: &qingyang::Error) -> PyErr {
    let advice = match error.kind() {
        ErrorKind::Malformed { detected: true, .. } | ErrorKind::Undetected { .. } => {
            "; pass encoding= if you know it, or lossy=True"
        }
        ErrorKind::Malformed { .. } => "; pass another encoding=, or lossy=True",
        _ => "",
    };
    python::DecodeError::new_err((format!("{error}{advice}"), error.offset()))
}

/// A file that is no layout.
pub fn no_layout(error: &UnreadableLayout) -> PyErr {
    python::LayoutError::new_err(error.to_string())
}

/// A value that an option cannot have.
pub fn option(name: &str, message: impl Display) -> PyErr {
    python::OptionError::new_err(format!("{name}: {message}"))
}

/// A value of a type that an option or an argument cannot have.
pub fn wrong_type(name: &str, expected: &str, value: &Bound<'_, PyAny>) -> PyErr {
    PyTypeError::new_err(format!("{name} must be {expected}, not {}", type_name(value)))
}

/// The type of a value.
pub fn type_name(value: &Bound<'_, PyAny>) -> String {
    value.get_type().name().map_or_else(|_| "object".to_string(), |name| name.to_string())
}

/// A row that cannot be cleaned.
pub fn row(index: usize, reason: &str) -> PyErr {
    python::RowError::new_err((format!("row {index}: {reason}"), index, reason.to_string()))
}
