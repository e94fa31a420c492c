//! The result of cleaning a text, as Python sees it. Places are bytes of the input in UTF-8, as in the JSON document.

use pyo3::prelude::*;
use qingyang::Proof as Clean;
use qingyang::render::json::Document;

/// The clean text of an input, with everything that was found and done.
#[pyclass(frozen, module = "qingyang")]
pub struct Proof {
    clean: Clean,
    encoding: Option<&'static str>,
}

impl Proof {
    /// Of a proof with units, ledger and breaks; the encoding is that of bytes.
    pub fn new(clean: Clean, encoding: Option<&'static str>) -> Proof {
        Proof { clean, encoding }
    }

    fn document(&self) -> PyResult<String> {
        let mut document = Document::of(&self.clean);
        for page in &mut document.pages {
            page.encoding = self.encoding.map(str::to_string);
        }
        serde_json::to_string(&document).map_err(|e| pyo3::exceptions::PyRuntimeError::new_err(e.to_string()))
    }
}

#[pymethods]
impl Proof {
    /// The clean text: one unit a line, with a line feed after each.
    #[getter]
    fn text(&self) -> &str {
        &self.clean.text
    }

    /// The encoding of the input; None if it was a str.
    #[getter]
    fn encoding(&self) -> Option<&'static str> {
        self.encoding
    }

    /// The units, in the order of the text.
    #[getter]
    fn units(&self) -> Vec<Unit> {
        let text = &self.clean.text;
        let of = |range: &std::ops::Range<usize>| text.get(range.clone()).unwrap_or_default().to_string();
        let units = self.clean.units.iter().map(|unit| Unit {
            role: unit.role.name(),
            confidence: f64::from(unit.confidence),
            text: of(&unit.range),
            sources: unit.sources.iter().map(|range| (range.start, range.end)).collect(),
            parts: unit.parts.iter().map(|part| Part { role: part.role.name(), text: of(&part.range) }).collect(),
        });
        units.collect()
    }

    /// The articles. They name their units by their indexes in `units`.
    #[getter]
    fn articles(&self) -> Vec<Article> {
        let articles = self.clean.articles.iter();
        articles.map(|a| Article { headline: a.headline.clone(), body: a.body.clone() }).collect()
    }

    /// Every difference from the input, in the order of the input.
    #[getter]
    fn ledger(&self) -> Vec<Entry> {
        let entries = self.clean.ledger.iter().flat_map(|ledger| ledger.iter());
        let entry = |entry: &qingyang::Entry| Entry {
            rule: entry.rule_name().to_string(),
            start: entry.start,
            end: entry.end,
            line: entry.line,
            before: entry.before.clone(),
            after: entry.after.clone(),
            confidence: f64::from(entry.confidence),
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
        };
        self.clean.breaks.iter().map(of).collect()
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
        let (units, edits) = (self.clean.units.len(), self.clean.ledger.as_ref().map_or(0, |l| l.len()));
        format!("<qingyang.Proof: {} characters, {units} units, {edits} edits>", self.clean.text.chars().count())
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
