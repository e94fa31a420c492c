//! `--format`: proofs as text, Markdown, one JSON document, JSON Lines, a table of articles, hOCR or ALTO, page by page as they come.

use crate::failure::{Failure, unwritten};
use crate::input::origin::Origin;
use crate::messages::FileFault;
use qingyang::Proof;
use qingyang::options::Order;
use qingyang::render::alto::Alto;
use qingyang::render::hocr::Hocr;
use qingyang::render::json::{BEGIN, END, Line, Pages};
use qingyang::render::markdown::Markdown;
use qingyang::render::table::Table;
use qingyang_tell::{Language, reason};
use serde::Serialize;
use std::io::{self, Write};

/// The format of an output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Text,
    Markdown,
    Json,
    JsonLines,
    Csv,
    Hocr,
    Alto,
}

impl Format {
    /// The extension of an output; `None` if it keeps that of its input.
    pub fn extension(self) -> Option<&'static str> {
        match self {
            Format::Text => None,
            Format::Markdown => Some("md"),
            Format::Json => Some("json"),
            Format::JsonLines => Some("jsonl"),
            Format::Csv => Some("csv"),
            Format::Hocr => Some("hocr"),
            Format::Alto => Some("xml"),
        }
    }

    /// The format of outputs with this extension.
    pub fn of_extension(extension: &str) -> Option<Format> {
        let all = [Format::Markdown, Format::Json, Format::JsonLines, Format::Csv];
        all.into_iter().find(|format| format.extension().is_some_and(|e| e.eq_ignore_ascii_case(extension)))
    }
}

/// One output in the making.
pub struct View {
    format: Format,
    markdown: Markdown,
    pages: Pages,
    table: Table,
    hocr: Hocr,
    alto: Alto,
    /// Pages in the JSON document; `None` before its head is written.
    written: Option<u64>,
    buffer: String,
    language: Language,
    json: Vec<u8>,
}

impl View {
    /// An output in this format. A table may begin with a byte order mark.
    pub fn new(format: Format, mark: bool) -> View {
        let (markdown, pages, table) = (Markdown::new(), Pages::new(), Table::new(mark));
        let (hocr, alto) = (Hocr::new(), Alto::new());
        View {
            format,
            markdown,
            pages,
            table,
            hocr,
            alto,
            written: None,
            buffer: String::new(),
            json: Vec::new(),
            language: Language::default(),
        }
    }

    /// Tells the line breaks that are less certain than `threshold`, with the reasons in this language.
    pub fn tell_breaks(&mut self, threshold: Option<f32>, language: Language) {
        self.language = language;
        if let Some(threshold) = threshold {
            self.pages.tell_breaks(threshold);
        }
    }

    /// The next proofs are of this input; standard input has no name.
    pub fn begin_input(&mut self, name: Option<&str>, order: Order) {
        self.markdown.input(name, order);
        self.pages.input(name);
        self.table.input(name);
    }

    /// Writes a proof.
    pub fn put(&mut self, proof: &Proof, origin: Origin<'_>, out: &mut dyn Write) -> Result<(), Failure> {
        match self.format {
            Format::Text => out.write_all(proof.text.as_bytes()),
            Format::Markdown => {
                self.buffer.clear();
                self.markdown.put(proof, &mut self.buffer);
                out.write_all(self.buffer.as_bytes())
            }
            Format::Csv => {
                self.buffer.clear();
                self.table.put(proof, &mut self.buffer);
                out.write_all(self.buffer.as_bytes())
            }
            Format::Json | Format::JsonLines => self.put_json(proof, origin, out),
            Format::Hocr | Format::Alto => {
                let layout = origin.layout.ok_or_else(|| Failure::input(FileFault::NoPlaces))?;
                self.buffer.clear();
                if self.format == Format::Hocr {
                    self.hocr.put(layout, proof, &mut self.buffer);
                } else {
                    self.alto.put(layout, proof, &mut self.buffer);
                }
                self.written = Some(0);
                out.write_all(self.buffer.as_bytes())
            }
        }
        .map_err(unwritten)
    }

    fn put_json(&mut self, proof: &Proof, origin: Origin<'_>, out: &mut dyn Write) -> io::Result<()> {
        // The bytes of a layout are in no encoding of a text.
        if let Some(encoding) = origin.encoding.filter(|_| origin.layout.is_none()) {
            self.pages.encoding(encoding.name());
        }
        for mut page in self.pages.of(proof) {
            for evidence in page.breaks.iter_mut().flat_map(|b| &mut b.why) {
                evidence.words = Some(reason(&evidence.reason, self.language));
            }
            if self.format == Format::JsonLines {
                json(&Line::new(page), &mut self.json, out)?;
                out.write_all(b"\n")?;
                continue;
            }
            match self.written {
                None => out.write_all(BEGIN.as_bytes())?,
                Some(_) => out.write_all(b",")?,
            }
            *self.written.get_or_insert(0) += 1;
            out.write_all(b"\n")?;
            json(&page, &mut self.json, out)?;
        }
        Ok(())
    }

    /// Ends the output. A document that failed before its first page is left empty; one that has begun is closed, so
    /// that its pages can be read.
    pub fn end(&mut self, failed: bool, out: &mut dyn Write) -> Result<(), Failure> {
        if self.format == Format::Csv && !failed {
            self.buffer.clear();
            self.table.begin(&mut self.buffer);
            return out.write_all(self.buffer.as_bytes()).map_err(unwritten);
        }
        if self.written.is_none() && failed {
            return Ok(());
        }
        self.buffer.clear();
        match self.format {
            Format::Text | Format::Markdown | Format::JsonLines | Format::Csv => return Ok(()),
            Format::Json => {}
            Format::Hocr | Format::Alto => {
                if self.format == Format::Hocr {
                    self.hocr.end(&mut self.buffer);
                } else {
                    self.alto.end(&mut self.buffer);
                }
                return out.write_all(self.buffer.as_bytes()).map_err(unwritten);
            }
        }
        if self.written.is_none() {
            out.write_all(BEGIN.as_bytes()).map_err(unwritten)?;
        }
        if self.written.is_some() {
            out.write_all(b"\n").map_err(unwritten)?;
        }
        out.write_all(END.as_bytes()).map_err(unwritten)
    }
}

fn json(value: &impl Serialize, buffer: &mut Vec<u8>, out: &mut dyn Write) -> io::Result<()> {
    buffer.clear();
    serde_json::to_writer(&mut *buffer, value)?;
    out.write_all(buffer)
}
