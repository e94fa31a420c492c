//! `--format`: proofs go out as text, Markdown, one JSON document or JSON Lines, page by page as they come.

use crate::cli::args::FormatArg;
use crate::output::file as files;
use anyhow::{Context, Result};
use qingyang::Proof;
use qingyang::decode::Encoding;
use qingyang::render::json::{GENERATOR, Line, Pages, SCHEMA};
use qingyang::render::markdown::Markdown;
use serde::Serialize;
use std::io::Write;

/// One output in the making.
pub struct View {
    format: FormatArg,
    markdown: Markdown,
    pages: Pages,
    /// Pages that stand in the JSON document; `None` before its head is written.
    written: Option<u64>,
    buffer: String,
}

impl View {
    /// An output in this format.
    pub fn new(format: FormatArg) -> View {
        View { format, markdown: Markdown::new(), pages: Pages::new(), written: None, buffer: String::new() }
    }

    /// What comes next is from this input; standard input has no name.
    pub fn input(&mut self, name: Option<&str>) {
        self.markdown.part();
        self.pages.input(name);
    }

    /// Writes what a proof holds.
    pub fn put(&mut self, proof: &Proof, encoding: Option<Encoding>, out: &mut dyn Write) -> Result<()> {
        match self.format {
            FormatArg::Text => out.write_all(proof.text.as_bytes()).map_err(files::unwritten),
            FormatArg::Markdown => {
                self.buffer.clear();
                self.markdown.put(proof, &mut self.buffer);
                out.write_all(self.buffer.as_bytes()).map_err(files::unwritten)
            }
            FormatArg::Json | FormatArg::Jsonl => {
                if let Some(encoding) = encoding {
                    self.pages.encoding(encoding.name());
                }
                for page in self.pages.of(proof) {
                    if self.format == FormatArg::Jsonl {
                        json(&Line::new(page), out)?;
                        out.write_all(b"\n").map_err(files::unwritten)?;
                        continue;
                    }
                    match self.written {
                        None => head(out)?,
                        Some(_) => out.write_all(b",").map_err(files::unwritten)?,
                    }
                    *self.written.get_or_insert(0) += 1;
                    out.write_all(b"\n").map_err(files::unwritten)?;
                    json(&page, out)?;
                }
                Ok(())
            }
        }
    }

    /// Ends the output. A document that failed before its first page is not begun; one that was begun is closed, so
    /// that its pages can be read.
    pub fn end(&mut self, failed: bool, out: &mut dyn Write) -> Result<()> {
        if self.format != FormatArg::Json || self.written.is_none() && failed {
            return Ok(());
        }
        if self.written.is_none() {
            head(out)?;
        }
        let end = if self.written.is_none() { "]}\n" } else { "\n]}\n" };
        out.write_all(end.as_bytes()).map_err(files::unwritten)
    }
}

/// The document up to its pages: these follow one a line.
fn head(out: &mut dyn Write) -> Result<()> {
    let (schema, generator) = (serde_json::to_string(SCHEMA)?, serde_json::to_string(GENERATOR)?);
    write!(out, "{{\"schema\":{schema},\"generator\":{generator},\"pages\":[").map_err(files::unwritten)
}

fn json(value: &impl Serialize, out: &mut dyn Write) -> Result<()> {
    let bytes = serde_json::to_vec(value).context("cannot write JSON")?;
    out.write_all(&bytes).map_err(files::unwritten)
}
