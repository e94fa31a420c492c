//! One file from its bytes to everything that the page shows and saves.

use crate::list::List;
use qingyang::decode::Encoding;
use qingyang::layout::Layout;
use qingyang::reading::{self, Content, HEAD};
use qingyang::render::json::{BEGIN, END, Pages};
use qingyang::render::markdown::Markdown;
use qingyang::render::table::Table;
use qingyang::{Cleaner, Decision, EditDecisions, Error, ErrorKind, Options, Proof, Stream};
use qingyang_tell::report::{Again, Collector, Inputs, MAX_SHOWN_BYTES, Source};
use qingyang_tell::{CERTAIN, Language};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// A file to clean.
pub struct Job<'a> {
    pub name: &'a str,
    pub bytes: &'a [u8],
    /// JSON of [`Options`].
    pub options: &'a str,
}

/// What the page shows of a file.
#[derive(Debug, Default, Serialize)]
struct Shown {
    report: String,
    uncertain: u64,
    edits: u64,
}

/// What the page saves of it, each as the tool writes it in that format.
#[derive(Debug, Default, Serialize)]
struct Saved {
    text: String,
    markdown: String,
    json: String,
    table: String,
}

#[derive(Serialize)]
struct Failed {
    error: String,
}

/// What the file is. A layout has its text.
enum Input<'a> {
    Text(&'a [u8]),
    Layout(Box<Layout>, String),
}

/// The proofs of a file, and the encoding and the malformed sequences of a text.
struct Cleaned {
    proofs: Vec<Proof>,
    encoding: Option<Encoding>,
    malformed: u64,
}

/// Cleans the file for its report in this language; the result is JSON.
pub fn show(job: &Job<'_>, language: Language) -> String {
    json_of(shown(job, language))
}

/// Cleans the file with this list of decisions, and renders it in all formats; the result is JSON.
pub fn save(job: &Job<'_>, list: &str) -> String {
    json_of(saved(job, List::read(list)))
}

fn json_of<T: Serialize>(done: Result<T, String>) -> String {
    let json = match done {
        Ok(done) => serde_json::to_string(&done),
        Err(error) => serde_json::to_string(&Failed { error }),
    };
    json.unwrap_or_default()
}

fn options(job: &Job<'_>) -> Result<Options, String> {
    let options: Options = serde_json::from_str(job.options).map_err(|e| e.to_string())?;
    Ok(options.with_units(true))
}

fn shown(job: &Job<'_>, language: Language) -> Result<Shown, String> {
    let options = options(job)?.with_ledger(true).with_confidence(true).with_why(true);
    let input = read(job.bytes)?;
    let Cleaned { proofs, encoding, malformed } = clean(&input, &options, &[]).map_err(|e| e.to_string())?;
    let mut collector = Collector::new(language, CERTAIN, MAX_SHOWN_BYTES, options.rules.as_ref());
    proofs.iter().for_each(|proof| collector.add(proof));
    let encoding = encoding.unwrap_or(Encoding::Utf8);
    let (text, source) = match &input {
        Input::Text(bytes) => (*bytes, Source::Text(bytes, encoding)),
        Input::Layout(layout, text) => (text.as_bytes(), Source::Layout(layout, text)),
    };
    let head = &text[..text.len().min(MAX_SHOWN_BYTES)];
    let mut page = collector.finish(head, text.len() as u64, Some(encoding), malformed);
    if let Input::Layout(layout, _) = &input {
        page.lay_out(layout, Vec::new());
    }
    let digest: String = Sha256::digest(job.bytes).iter().map(|b| format!("{b:02x}")).collect();
    page.may_be_decided(job.name, &digest, &mut Again::new(source, &options, false));
    let mut report = Inputs::new(language);
    report.add(job.name, &page);
    let mut html = Vec::new();
    report.write(&mut html).map_err(|e| e.to_string())?;
    let report = String::from_utf8_lossy(&html).into_owned();
    Ok(Shown { report, uncertain: page.figures().uncertain, edits: page.figures().edits() })
}

fn saved(job: &Job<'_>, list: List) -> Result<Saved, String> {
    let options = options(job)?;
    let input = read(job.bytes)?;
    let Cleaned { proofs, encoding, .. } = decided(&input, options.clone(), list)?;
    let mut saved = Saved { json: BEGIN.to_string(), ..Saved::default() };
    let (mut markdown, mut pages, mut table) = (Markdown::new(), Pages::new(), Table::new(false));
    markdown.input(Some(job.name), options.order);
    pages.input(Some(job.name));
    table.input(Some(job.name));
    if let (Some(encoding), Input::Text(_)) = (encoding, &input) {
        pages.encoding(encoding.name());
    }
    table.begin(&mut saved.table);
    for proof in &proofs {
        saved.text.push_str(&proof.text);
        markdown.put(proof, &mut saved.markdown);
        table.put(proof, &mut saved.table);
        for page in pages.of(proof) {
            saved.json.push_str(if saved.json.len() > BEGIN.len() { ",\n" } else { "\n" });
            saved.json.push_str(&serde_json::to_string(&page).map_err(|e| e.to_string())?);
        }
    }
    saved.json.push_str(if saved.json.len() > BEGIN.len() { "\n" } else { "" });
    saved.json.push_str(END);
    Ok(saved)
}

/// Cleans with a list of decisions. A list that was made with other options may name breaks that are none now; they are left out.
fn decided(input: &Input<'_>, options: Options, mut list: List) -> Result<Cleaned, String> {
    let options = options.with_ledger(!list.edits.is_empty());
    let mut cleaned = loop {
        match clean(input, &options, &list.breaks) {
            Ok(cleaned) => break cleaned,
            Err(error) => match *error.kind() {
                ErrorKind::NoBreak { offset } => list.breaks.retain(|b| b.source != offset),
                _ => return Err(error.to_string()),
            },
        }
    };
    if !list.edits.is_empty() {
        let mut edits = EditDecisions::new(list.edits, cleaned.encoding.unwrap_or(Encoding::Utf8));
        cleaned.proofs.iter_mut().try_for_each(|proof| edits.carry_out(proof)).map_err(|e| e.to_string())?;
    }
    Ok(cleaned)
}

/// Reads a layout; all else is text.
fn read(bytes: &[u8]) -> Result<Input<'_>, String> {
    let wanted = matches!(reading::content(&bytes[..bytes.len().min(HEAD)]), Content::Layout(_) | Content::Foreign(_));
    if !wanted {
        return Ok(Input::Text(bytes));
    }
    let layout = reading::read(bytes, None).map_err(|e| e.to_string())?;
    let text = layout.text();
    Ok(Input::Layout(Box::new(layout), text))
}

fn clean(input: &Input<'_>, options: &Options, decisions: &[Decision]) -> Result<Cleaned, Error> {
    match input {
        Input::Layout(layout, _) => {
            let proof = Cleaner::new(options.clone()).layout_with(layout, decisions)?;
            Ok(Cleaned { proofs: vec![proof], encoding: None, malformed: 0 })
        }
        Input::Text(bytes) => {
            let mut proofs = Vec::new();
            let mut stream = Stream::new(options.clone(), None, false);
            if !decisions.is_empty() {
                stream.decide(decisions)?;
            }
            stream.push(bytes, &mut |proof| proofs.push(proof))?;
            stream.finish(&mut |proof| proofs.push(proof))?;
            Ok(Cleaned { proofs, encoding: stream.encoding(), malformed: stream.malformed() })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RAW: &[u8] = "新桥通车\n渠 水 流 过 桥 头 镇，沿岸的稻田渐渐泛黄。\n".as_bytes();

    fn job<'a>(bytes: &'a [u8], options: &'a str) -> Job<'a> {
        Job { name: "page.txt", bytes, options }
    }

    fn read_back(json: &str) -> serde_json::Value {
        serde_json::from_str(json).expect("JSON")
    }

    #[test]
    fn a_file_becomes_a_report_that_can_be_decided() {
        let shown = read_back(&show(&job(RAW, "{}"), Language::English));
        assert!(shown["report"].as_str().is_some_and(|page| page.contains("data-e=0") && page.contains("sha256")));
        assert_eq!(shown["edits"], 6);
    }

    #[test]
    fn every_format_has_what_was_decided() {
        let list = "{\"kind\":\"edit\",\"source\":16,\"end\":17,\"rule\":\"spacing\",\"keep\":true}\n";
        for (list, want) in [("", "渠水流过桥头镇"), (list, "渠 水流过桥头镇")] {
            let saved = read_back(&save(&job(RAW, "{}"), list));
            for format in ["text", "markdown", "json", "table"] {
                assert!(saved[format].as_str().is_some_and(|text| text.contains(want)), "{format}: {saved}");
            }
        }
    }

    #[test]
    fn a_decision_without_a_place_is_left_out() {
        let list = "{\"kind\":\"break\",\"source\":5,\"keep\":true}\n";
        assert_eq!(save(&job(RAW, "{}"), list), save(&job(RAW, "{}"), ""));
    }

    #[test]
    fn what_cannot_be_cleaned_is_an_error_that_says_why() {
        for (bytes, options, why) in
            [(&b"\xff\xff\xff"[..], "{}", "byte 0"), (b"{}", "{\"widht\":1}", "widht"), (b"PK\x03\x04", "{}", "")]
        {
            for json in [show(&job(bytes, options), Language::English), save(&job(bytes, options), "")] {
                let error = read_back(&json)["error"].as_str().map(str::to_string).expect("an error");
                assert!(error.len() > 10 && error.contains(why), "{error}");
            }
        }
    }
}
