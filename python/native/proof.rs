//! The result of cleaning a text, as Python sees it. Places are bytes of the input, as in the
//! JSON document; those of a str are bytes of its UTF-8.

use pyo3::prelude::*;
use qingyang::Proof as Clean;
use qingyang::render::json::{Document, Pages};
use std::borrow::Cow;

/// The clean text of an input, with everything that was found and done.
#[pyclass(frozen, module = "qingyang")]
pub struct Proof {
    /// One for a page or a few; a long input has one for each window.
    windows: Vec<Clean>,
    encoding: Option<&'static str>,
}

impl Proof {
    /// Of proofs with units, ledger and breaks; the encoding is that of bytes.
    pub fn new(windows: Vec<Clean>, encoding: Option<&'static str>) -> Proof {
        Proof { windows, encoding }
    }

    fn document(&self) -> PyResult<String> {
        let mut pages = Pages::new();
        self.encoding.into_iter().for_each(|name| pages.encoding(name));
        let document = Document::new(self.windows.iter().flat_map(|clean| pages.of(clean)).collect());
        serde_json::to_string(&document).map_err(|e| pyo3::exceptions::PyRuntimeError::new_err(e.to_string()))
    }
}

#[pymethods]
impl Proof {
    /// The clean text: one unit a line, with a line feed after each.
    #[getter]
    fn text(&self) -> Cow<'_, str> {
        match self.windows.as_slice() {
            [clean] => Cow::Borrowed(&clean.text),
            windows => Cow::Owned(windows.iter().map(|clean| clean.text.as_str()).collect()),
        }
    }

    /// The encoding of the input; None if it was a str.
    #[getter]
    fn encoding(&self) -> Option<&'static str> {
        self.encoding
    }

    /// The units, in the order of the text.
    #[getter]
    fn units(&self) -> Vec<Unit> {
        self.windows.iter().flat_map(|clean| clean.units.iter().map(|unit| Unit::of(unit, &clean.text))).collect()
    }

    /// The articles. They name their units by their indexes in `units`.
    #[getter]
    fn articles(&self) -> Vec<Article> {
        let (mut articles, mut before) = (Vec::new(), 0);
        for clean in &self.windows {
            let indexes = |units: &[usize]| units.iter().map(|unit| before + unit).collect();
            articles.extend(
                clean.articles.iter().map(|a| Article { headline: indexes(&a.headline), body: indexes(&a.body) }),
            );
            before += clean.units.len();
        }
        articles
    }

    /// Every difference from the input, in the order of the input.
    #[getter]
    fn ledger(&self) -> Vec<Entry> {
        let entries = self.windows.iter().filter_map(|clean| clean.ledger.as_ref()).flat_map(|ledger| ledger.iter());
        let entry = |entry: &qingyang::Entry| Entry {
            rule: entry.rule_name().to_string(),
            start: entry.start,
            end: entry.end,
            line: entry.line,
            before: entry.before.clone(),
            after: entry.after.clone(),
            confidence: f64::from(entry.confidence),
            malformed: entry.malformed.iter().map(|m| (m.start, m.bytes.clone())).collect(),
        };
        entries.map(entry).collect()
    }

    /// The line breaks between lines with text, in the order of the input.
    #[getter]
    fn breaks(&self) -> Vec<Break> {
        let of = |b: &qingyang::Break| Break {
            source: b.source,
            line: b.line,
            kept: b.kept,
            probability: f64::from(b.probability),
            rule: b.custom.clone(),
        };
        self.windows.iter().flat_map(|clean| &clean.breaks).map(of).collect()
    }

    /// The JSON document `qingyang-2` of the proof, as `--format json` writes it.
    fn to_json(&self) -> PyResult<String> {
        self.document()
    }

    /// The JSON document `qingyang-2` of the proof, as a dict.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        py.import("json")?.call_method1("loads", (self.document()?,))
    }

    fn __repr__(&self) -> String {
        let sum = |of: fn(&Clean) -> usize| self.windows.iter().map(of).sum::<usize>();
        let characters = sum(|clean| clean.text.chars().count());
        let (units, edits) =
            (sum(|clean| clean.units.len()), sum(|clean| clean.ledger.as_ref().map_or(0, |l| l.len())));
        format!("<qingyang.Proof: {characters} characters, {units} units, {edits} edits>")
    }
}

/// A unit 单元: a paragraph, a headline, a caption.
#[pyclass(frozen, get_all, eq, module = "qingyang")]
#[derive(PartialEq, Clone)]
pub struct Unit {
    /// Its role: "headline", "body", "caption", …
    role: &'static str,
    /// Probability, from 0 to 1, that the role is right.
    confidence: f64,
    /// Its text.
    text: String,
    /// For each of its lines in the input, first byte and end.
    sources: Vec<(u64, u64)>,
    /// Parts of it with a role of their own.
    parts: Vec<Part>,
}

impl Unit {
    fn of(unit: &qingyang::Unit, clean: &str) -> Unit {
        let of = |range: &std::ops::Range<usize>| clean.get(range.clone()).unwrap_or_default().to_string();
        Unit {
            role: unit.role.name(),
            confidence: f64::from(unit.confidence),
            text: of(&unit.range),
            sources: unit.sources.iter().map(|range| (range.start, range.end)).collect(),
            parts: unit.parts.iter().map(|part| Part { role: part.role.name(), text: of(&part.range) }).collect(),
        }
    }
}

#[pymethods]
impl Unit {
    fn __repr__(&self) -> String {
        format!("Unit(role={:?}, confidence={:.3}, text={:?})", self.role, self.confidence, self.text)
    }
}

/// A part of a unit with a role of its own: a dateline, a jump line.
#[pyclass(frozen, get_all, eq, module = "qingyang")]
#[derive(PartialEq, Clone)]
pub struct Part {
    /// Its role.
    role: &'static str,
    /// Its text.
    text: String,
}

#[pymethods]
impl Part {
    fn __repr__(&self) -> String {
        format!("Part(role={:?}, text={:?})", self.role, self.text)
    }
}

/// An article. It names its units by their indexes in `Proof.units`.
#[pyclass(frozen, get_all, eq, module = "qingyang")]
#[derive(PartialEq, Clone)]
pub struct Article {
    /// Kicker, headline and deck.
    headline: Vec<usize>,
    /// All other units.
    body: Vec<usize>,
}

#[pymethods]
impl Article {
    fn __repr__(&self) -> String {
        format!("Article(headline={:?}, body={:?})", self.headline, self.body)
    }
}

/// An entry of the ledger 修改记录: one difference from the input.
#[pyclass(frozen, get_all, eq, module = "qingyang")]
#[derive(PartialEq, Clone)]
pub struct Entry {
    /// The rule that made the change; "custom:NAME" for one of your own.
    rule: String,
    /// First byte in the input.
    start: u64,
    /// End of the bytes in the input.
    end: u64,
    /// Line of the input, from 1.
    line: u64,
    /// The text of these bytes.
    before: String,
    /// The text in its place.
    after: String,
    /// Probability, from 0 to 1, that the change is right.
    confidence: f64,
    /// For each U+FFFD of `before` that stands for malformed bytes, their place and the bytes.
    malformed: Vec<(u64, Vec<u8>)>,
}

#[pymethods]
impl Entry {
    fn __repr__(&self) -> String {
        let (rule, line, before, after) = (&self.rule, self.line, &self.before, &self.after);
        format!("Entry(rule={rule:?}, line={line}, before={before:?}, after={after:?})")
    }
}

/// A line break of the input and what became of it.
#[pyclass(frozen, get_all, eq, module = "qingyang")]
#[derive(PartialEq, Clone)]
pub struct Break {
    /// Byte of the input at which the line before it ends.
    source: u64,
    /// Number of that line, from 1.
    line: u64,
    /// Whether it was kept.
    kept: bool,
    /// The model's probability, from 0 to 1, that it separates two units.
    probability: f64,
    /// The rule of your own that decided it: "custom:NAME"; else None.
    rule: Option<String>,
}

#[pymethods]
impl Break {
    fn __repr__(&self) -> String {
        format!(
            "Break(line={}, kept={}, probability={:.3})",
            self.line,
            if self.kept { "True" } else { "False" },
            self.probability
        )
    }
}
