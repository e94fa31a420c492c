//! Rows of text: a list of Python, or an array of Arrow.

use crate::errors::{self, type_name};
use crate::options::Choices;
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};
use pyo3::types::{PyByteArray, PyBytes, PyString};
use qingyang::decode::{Encoding, decode};
use std::borrow::Cow;

/// What a row has.
pub enum Row<'a> {
    Null,
    Text(&'a str),
    /// A string of Arrow, which nobody has checked: Spark does not.
    Unchecked(&'a [u8]),
    Bytes(&'a [u8]),
    /// Why it has no text.
    Bad(&'a str),
}

impl<'a> Row<'a> {
    /// Its text; `None` for a null.
    ///
    /// # Errors
    /// Why there is no text.
    pub fn text(self, choices: &Choices) -> Result<Option<Cow<'a, str>>, String> {
        let (bytes, encoding) = match self {
            Row::Null => return Ok(None),
            Row::Text(text) => return Ok(Some(Cow::Borrowed(text))),
            Row::Bad(why) => return Err(why.to_string()),
            // A string has no byte order mark, which decoding would take away.
            Row::Unchecked(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => return Ok(Some(Cow::Borrowed(text))),
                Err(_) => (bytes, Some(Encoding::Utf8)),
            },
            Row::Bytes(bytes) => (bytes, choices.encoding),
        };
        decode(bytes, encoding, choices.lossy).map(|decoded| Some(decoded.text)).map_err(|e| e.to_string())
    }
}

/// An item of a list. Its text is borrowed from Python's object.
pub enum Item {
    Null,
    Text(PyBackedStr),
    Bytes(PyBackedBytes),
    Bad(String),
}

impl Item {
    fn of(value: &Bound<'_, PyAny>) -> Item {
        if value.is_none() {
            return Item::Null;
        }
        if let Ok(text) = value.cast::<PyString>() {
            // A lone surrogate has no UTF-8.
            let bad = |e: PyErr| Item::Bad(e.value(value.py()).to_string());
            return PyBackedStr::try_from(text.clone()).map_or_else(bad, Item::Text);
        }
        if let Ok(bytes) = value.cast::<PyBytes>() {
            return Item::Bytes(bytes.clone().into());
        }
        if let Ok(bytes) = value.cast::<PyByteArray>() {
            return Item::Bytes(bytes.clone().into());
        }
        Item::Bad(format!("expected str, bytes or None, not {}", type_name(value)))
    }

    /// The row.
    pub fn row(&self) -> Row<'_> {
        match self {
            Item::Null => Row::Null,
            Item::Text(text) => Row::Text(text),
            Item::Bytes(bytes) => Row::Bytes(bytes),
            Item::Bad(why) => Row::Bad(why),
        }
    }
}

/// The items of a list or of anything else that can be iterated. A single text is an error: it would be taken for a list
/// of its characters.
pub fn items(rows: &Bound<'_, PyAny>) -> PyResult<Vec<Item>> {
    let wrong = || errors::wrong_type("rows", "a list of str or an Arrow array", rows);
    if rows.is_instance_of::<PyString>() || rows.is_instance_of::<PyBytes>() || rows.is_instance_of::<PyByteArray>() {
        return Err(wrong());
    }
    rows.try_iter().map_err(|_| wrong())?.map(|item| Ok(Item::of(&item?))).collect()
}

/// An array of strings or binaries, seen as binaries.
pub struct Column {
    /// The type of the clean text: as wide as that of the array.
    pub text_type: DataType,
    binary: ArrayRef,
    strings: bool,
}

impl Column {
    /// The array. Its memory is shared.
    ///
    /// # Errors
    /// If it has no text.
    pub fn new(array: &ArrayRef) -> PyResult<Column> {
        let kind = array.data_type();
        let text_type = text_type(kind)?;
        let binary = match text_type {
            DataType::LargeUtf8 => DataType::LargeBinary,
            DataType::Utf8View => DataType::BinaryView,
            _ => DataType::Binary,
        };
        let strings = matches!(kind, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View);
        let binary = arrow_cast::cast(array, &binary).map_err(|e| PyTypeError::new_err(e.to_string()))?;
        Ok(Column { text_type, binary, strings })
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.binary.len()
    }

    /// The row at an index.
    pub fn row(&self, index: usize) -> Row<'_> {
        if self.binary.is_null(index) {
            return Row::Null;
        }
        let bytes = match self.text_type {
            DataType::LargeUtf8 => self.binary.as_binary::<i64>().value(index),
            DataType::Utf8View => self.binary.as_binary_view().value(index),
            _ => self.binary.as_binary::<i32>().value(index),
        };
        if self.strings { Row::Unchecked(bytes) } else { Row::Bytes(bytes) }
    }
}

/// The type of the clean text of an array of this type.
///
/// # Errors
/// If the array has no text.
pub fn text_type(kind: &DataType) -> PyResult<DataType> {
    match kind {
        DataType::Utf8 | DataType::Binary | DataType::Null => Ok(DataType::Utf8),
        DataType::LargeUtf8 | DataType::LargeBinary => Ok(DataType::LargeUtf8),
        DataType::Utf8View | DataType::BinaryView => Ok(DataType::Utf8View),
        other => Err(PyTypeError::new_err(format!(
            "rows must be an Arrow array of strings or binaries, not of {other}; choose a column, or cast it"
        ))),
    }
}
