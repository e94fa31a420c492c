//! The class `Cleaner`, and the functions that need none.

use crate::errors::{self, no_layout, undecoded, wrong_type};
use crate::options::Choices;
use crate::pool::Cleaners;
use crate::proof::Proof;
use crate::record::record;
use crate::rows::{Item, items, text_type};
use crate::{batch, columns};
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};
use pyo3::types::{PyCFunction, PyDict, PyList, PyString, PyTuple};
use pyo3_arrow::error::PyArrowError;
use pyo3_arrow::input::AnyArray;
use pyo3_arrow::{PyArray, PyChunkedArray, PyTable};
use qingyang::decode::Encoding;
use qingyang::{Stream, reading};
use std::sync::{Arc, LazyLock};

/// The cleaners of the functions without options.
static DEFAULT: LazyLock<Arc<Cleaners>> = LazyLock::new(|| Arc::new(Cleaners::new(Choices::default())));

/// Clean a text, with the default options. Form feeds separate pages.
///
/// >>> qingyang.clean("渠水流过桥头镇，沿岸的稻\n\n田渐渐泛黄。\n")
/// '渠水流过桥头镇，沿岸的稻田渐渐泛黄。\n'
#[pyfunction]
#[pyo3(signature = (text, /))]
pub fn clean(py: Python<'_>, text: PyBackedStr) -> String {
    py.detach(|| DEFAULT.plain().take().clean(&text))
}

/// Clean the bytes of a text, with the default options. The encoding is detected if none is given.
///
/// Raises DecodeError if the encoding does not decode every byte.
#[pyfunction]
#[pyo3(signature = (data, /, encoding=None))]
pub fn clean_bytes(py: Python<'_>, data: PyBackedBytes, encoding: Option<&Bound<'_, PyAny>>) -> PyResult<String> {
    clean_encoded(py, &DEFAULT, &data, given(encoding)?)
}

/// Clean many records on several threads: a list of str, bytes and None, or an Arrow array of strings or binaries.
///
/// A list gives a list, an Arrow array gives an Arrow array. A record is a value, as in the JSON Lines of the command
/// line: it has no line feed at its end. See `Cleaner.many` for `threads` and `on_error`; the other options are those of `Cleaner`.
#[pyfunction]
#[pyo3(signature = (rows, /, *, threads=None, on_error="raise", **options))]
pub fn clean_many<'py>(
    rows: &Bound<'py, PyAny>,
    threads: Option<&Bound<'py, PyAny>>,
    on_error: &str,
    options: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    let cleaners = match options.filter(|options| !options.is_empty()) {
        Some(_) => Arc::new(Cleaners::new(Choices::of(options)?)),
        None => Arc::clone(&DEFAULT),
    };
    many(&cleaners, rows, threads, on_error)
}

/// Cleans texts with one set of options, and keeps its memory from text to text. Threads may share it.
///
/// The options are those of the command line: width "half" or "keep"; cjk_latin_space "none", "one" or "keep"; furniture
/// "keep" or "drop"; order "auto", "source" or "reading"; split "unit" or "sentence"; blank_lines; join_across; skip or
/// only, names of rules; encoding and lossy, for bytes; repair "none" or "mojibake"; vocabulary, words to add; rules,
/// rules of your own.
#[pyclass(frozen, module = "qingyang")]
pub struct Cleaner {
    cleaners: Arc<Cleaners>,
    given: Py<PyDict>,
}

#[pymethods]
impl Cleaner {
    #[new]
    #[pyo3(signature = (**options), text_signature = "(*, width='half', cjk_latin_space='none', furniture='keep', blank_lines=False, join_across=False, order='auto', split='unit', skip=(), only=(), encoding=None, lossy=False, vocabulary=None, rules=None, repair='none')")]
    fn new(py: Python<'_>, options: Option<&Bound<'_, PyDict>>) -> PyResult<Cleaner> {
        let cleaners = Arc::new(Cleaners::new(Choices::of(options)?));
        let given = options.map_or_else(|| Ok(PyDict::new(py)), |options| options.copy())?;
        Ok(Cleaner { cleaners, given: given.unbind() })
    }

    /// The options that were given.
    #[getter]
    fn options<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        self.given.bind(py).copy()
    }

    /// Clean a text. Form feeds separate pages. The result ends in a line feed, like a file.
    #[pyo3(signature = (text, /))]
    fn clean(&self, py: Python<'_>, text: PyBackedStr) -> String {
        py.detach(|| self.cleaners.plain().take().clean(&text))
    }

    /// Clean the bytes of a text. The encoding is that of the argument or of the options; else it is detected.
    ///
    /// Raises DecodeError if the encoding does not decode every byte.
    #[pyo3(signature = (data, /, encoding=None))]
    fn clean_bytes(
        &self,
        py: Python<'_>,
        data: PyBackedBytes,
        encoding: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<String> {
        clean_encoded(py, &self.cleaners, &data, given(encoding)?)
    }

    /// Clean a text, or its bytes, and give a proof: the clean text with units, articles, breaks and the ledger.
    #[pyo3(signature = (text, /))]
    fn proof(&self, py: Python<'_>, text: &Bound<'_, PyAny>) -> PyResult<Proof> {
        if let Ok(text) = text.cast::<PyString>() {
            let text = PyBackedStr::try_from(text.clone())?;
            let mut windows = Vec::new();
            py.detach(|| self.cleaners.full().take().windows(&text, &mut |clean| windows.push(clean)));
            return Ok(Proof::new(windows, None));
        }
        let data: PyBackedBytes = text.extract().map_err(|_| wrong_type("text", "str or bytes", text))?;
        let mut windows = Vec::new();
        let encoding =
            py.detach(|| encoded(&mut self.cleaners.full_bytes().take(), &data, &mut |clean| windows.push(clean)));
        Ok(Proof::new(windows, encoding.map_err(|e| undecoded(&e))?.map(Encoding::name)))
    }

    /// Clean a layout, the result of a tool for OCR or PDF with the places of the lines, and give a proof.
    ///
    /// `data` is a file as bytes or str, or what the tool returned as dict or list. The content tells its format, unless
    /// `format` names it ("paddleocr", "pymupdf", "hocr", …). Raises LayoutError if it cannot be read.
    #[pyo3(signature = (data, /, format=None))]
    fn layout(&self, py: Python<'_>, data: &Bound<'_, PyAny>, format: Option<&str>) -> PyResult<Proof> {
        let format = format.map(str::parse::<reading::Format>).transpose();
        let format = format.map_err(|e| {
            let known: Vec<&str> = reading::Format::all().map(reading::Format::name).collect();
            errors::option("format", format!("{e}; known are {}", known.join(", ")))
        })?;
        let bytes = layout_bytes(data)?;
        let read = py.detach(|| {
            let layout = reading::read(&bytes, format)?;
            Ok(self.cleaners.full().take().layout(&layout))
        });
        Ok(Proof::new(vec![read.map_err(|e| no_layout(&e))?], None))
    }

    /// Clean many records on several threads: a list of str, bytes and None, or an Arrow array of strings or binaries.
    ///
    /// A list gives a list, an Arrow array an Arrow array of the same width, a stream a chunked array. Nulls stay. A
    /// record is a value, as in the JSON Lines of the command line: it has no line feed at its end. By default there is a
    /// thread for each core.
    /// `on_error` says what becomes of a row that cannot be cleaned: "raise" raises a RowError with its index, "null" puts
    /// None in its place, "return" puts the RowError there (lists only). Ctrl-C ends the call.
    #[pyo3(signature = (rows, /, *, threads=None, on_error="raise"))]
    fn many<'py>(
        &self,
        rows: &Bound<'py, PyAny>,
        threads: Option<&Bound<'py, PyAny>>,
        on_error: &str,
    ) -> PyResult<Bound<'py, PyAny>> {
        many(&self.cleaners, rows, threads, on_error)
    }

    /// Clean an Arrow array of strings or binaries into an Arrow table with the columns text, error, units and articles.
    ///
    /// A row that cannot be cleaned has its reason in the column error and nulls in the others. Without `structure` the
    /// table has the columns text and error only, and takes less time.
    #[pyo3(signature = (rows, /, *, structure=true, threads=None))]
    fn table(
        &self,
        py: Python<'_>,
        rows: &Bound<'_, PyAny>,
        structure: bool,
        threads: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<PyTable> {
        let threads = batch::threads(threads)?;
        let wrong = || wrong_type("rows", "an Arrow array", rows);
        let arrays = arrow_of(rows).ok_or_else(wrong)??.into_chunked_array().map_err(PyErr::from)?;
        let mut batches = Vec::new();
        for chunk in arrays.chunks() {
            batches.extend(columns::table(py, &self.cleaners, chunk, (threads, structure))?);
        }
        PyTable::try_new(batches, columns::schema(structure))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let mut options = Vec::new();
        for (key, value) in self.given.bind(py) {
            options.push(format!("{key}={}", value.repr()?));
        }
        Ok(format!("qingyang.Cleaner({})", options.join(", ")))
    }

    /// How a copy is made in another process: by its options.
    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyTuple>, Bound<'py, PyDict>)> {
        Ok((PyTuple::empty(py), self.options(py)?))
    }
}

/// The encoding of an argument.
fn given(encoding: Option<&Bound<'_, PyAny>>) -> PyResult<Option<Encoding>> {
    encoding.filter(|given| !given.is_none()).map(crate::options::encoding).transpose()
}

/// The clean text of bytes in this encoding, or in that of the options.
fn clean_encoded(py: Python<'_>, cleaners: &Cleaners, data: &[u8], given: Option<Encoding>) -> PyResult<String> {
    let mut text = String::new();
    let mut put = |clean: qingyang::Proof| text.push_str(&clean.text);
    let done = py.detach(|| match given {
        None => encoded(&mut cleaners.plain_bytes().take(), data, &mut put),
        Some(_) => {
            let choices = cleaners.choices();
            encoded(&mut Stream::new(choices.options.clone(), given, choices.lossy), data, &mut put)
        }
    });
    done.map_err(|e| undecoded(&e))?;
    Ok(text)
}

/// Cleans bytes, as the command line does: the places of the proofs are bytes of `data`. Returns the encoding.
fn encoded(
    stream: &mut Stream,
    data: &[u8],
    take: &mut (dyn FnMut(qingyang::Proof) + Send),
) -> Result<Option<Encoding>, qingyang::Error> {
    stream.begin_again();
    stream.push(data, &mut |clean| take(clean))?;
    stream.finish(&mut |clean| take(clean))?;
    Ok(stream.encoding())
}

/// The bytes of a layout. Of a dict, its JSON: lists of numbers may be arrays of NumPy.
fn layout_bytes(data: &Bound<'_, PyAny>) -> PyResult<PyBackedBytes> {
    if let Ok(bytes) = data.extract::<PyBackedBytes>() {
        return Ok(bytes);
    }
    let py = data.py();
    let text = if data.is_instance_of::<PyString>() {
        data.clone()
    } else if data.is_instance_of::<PyDict>() || data.is_instance_of::<PyList>() {
        let as_list = PyCFunction::new_closure(py, None, None, |args, _| {
            args.get_item(0)?.call_method0("tolist").map(Bound::unbind)
        })?;
        let keywords = PyDict::new(py);
        keywords.set_item("default", as_list)?;
        py.import("json")?.call_method("dumps", (data,), Some(&keywords))?
    } else {
        return Err(wrong_type("data", "bytes, str, dict or list", data));
    };
    text.call_method1("encode", ("utf-8",))?.extract::<PyBackedBytes>().map_err(PyErr::from)
}

/// An Arrow object, if this is one.
fn arrow_of(rows: &Bound<'_, PyAny>) -> Option<PyResult<AnyArray>> {
    let has = |name: &str| rows.hasattr(name).unwrap_or(false);
    if has("__arrow_c_array__") {
        Some(rows.extract::<PyArray>().map(AnyArray::Array))
    } else if has("__arrow_c_stream__") {
        Some(rows.extract())
    } else {
        None
    }
}

/// What becomes of a bad row.
#[derive(Clone, Copy, PartialEq)]
enum OnError {
    Raise,
    Null,
    Return,
}

fn on_error(name: &str, lists: bool) -> PyResult<OnError> {
    match name {
        "raise" => Ok(OnError::Raise),
        "null" => Ok(OnError::Null),
        "return" if lists => Ok(OnError::Return),
        "return" => Err(errors::option("on_error", "\"return\" is for lists; Cleaner.table has a column of errors")),
        other => Err(errors::option(
            "on_error",
            format!("unknown value {other:?}; known are \"raise\", \"null\", \"return\""),
        )),
    }
}

fn many<'py>(
    cleaners: &Cleaners,
    rows: &Bound<'py, PyAny>,
    threads: Option<&Bound<'py, PyAny>>,
    name: &str,
) -> PyResult<Bound<'py, PyAny>> {
    let threads = batch::threads(threads)?;
    match arrow_of(rows) {
        Some(arrays) => many_arrow(rows.py(), cleaners, arrays?, threads, on_error(name, false)? == OnError::Raise),
        None => many_items(rows.py(), cleaners, &items(rows)?, threads, on_error(name, true)?),
    }
}

fn many_arrow<'py>(
    py: Python<'py>,
    cleaners: &Cleaners,
    arrays: AnyArray,
    threads: usize,
    strict: bool,
) -> PyResult<Bound<'py, PyAny>> {
    match arrays {
        AnyArray::Array(array) => {
            let clean = columns::texts(py, cleaners, array.array(), (0, threads, strict))?;
            Ok(PyArray::from_array_ref(clean).into_pyobject(py)?.into_any())
        }
        AnyArray::Stream(stream) => {
            let (mut clean, mut first) = (Vec::new(), 0);
            let reader = stream.into_reader()?;
            let field = reader.field();
            let kind = text_type(field.data_type())?;
            for chunk in reader {
                let chunk = chunk.map_err(|e| PyErr::from(PyArrowError::from(e)))?;
                clean.push(columns::texts(py, cleaners, &chunk, (first, threads, strict))?);
                first += chunk.len();
            }
            let field = arrow_schema::Field::new(field.name(), kind, true);
            Ok(PyChunkedArray::try_new(clean, Arc::new(field))?.into_pyobject(py)?.into_any())
        }
    }
}

fn many_items<'py>(
    py: Python<'py>,
    cleaners: &Cleaners,
    items: &[Item],
    threads: usize,
    on_error: OnError,
) -> PyResult<Bound<'py, PyAny>> {
    let pieces = batch::run(py, cleaners.plain(), items.len(), threads, |cleaner, range| {
        let clean = |item: &Item| {
            let text = item.row().text(cleaners.choices())?;
            Ok(text.map(|text| record(cleaner, &text)))
        };
        items[range].iter().map(clean).collect::<Vec<Result<Option<String>, String>>>()
    })?;
    let list = PyList::empty(py);
    for (index, row) in pieces.into_iter().flatten().enumerate() {
        match (row, on_error) {
            (Ok(text), _) => list.append(text)?,
            (Err(why), OnError::Raise) => return Err(errors::row(index, &why)),
            (Err(_), OnError::Null) => list.append(py.None())?,
            (Err(why), OnError::Return) => list.append(errors::row(index, &why).into_value(py))?,
        }
    }
    Ok(list.into_any())
}
