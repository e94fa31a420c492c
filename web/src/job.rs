//! One file from its bytes to everything that the page shows.

use qingyang::decode::Encoding;
use qingyang::layout::Layout;
use qingyang::reading::{self, Content, HEAD};
use qingyang::render::json::{Document, Pages};
use qingyang::render::markdown::Markdown;
use qingyang::{Cleaner, Decision, Ledger, Options, Proof, Stream};
use qingyang_tell::report::{Collector, Inputs, MAX_SHOWN_BYTES};
use qingyang_tell::{CERTAIN, Language};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// A file to clean.
pub struct Job<'a> {
    pub name: &'a str,
    pub bytes: &'a [u8],
    /// JSON of [`Options`].
    pub options: &'a str,
    pub language: Language,
}

/// What comes of it.
#[derive(Debug, Default, Serialize)]
struct Outcome {
    text: String,
    markdown: String,
    json: String,
    report: String,
    uncertain: u64,
    edits: u64,
}

#[derive(Serialize)]
struct Failed {
    error: String,
}

/// What the file is.
enum Input<'a> {
    Text(&'a [u8]),
    Layout(Box<Layout>),
}

/// The proofs of a file, and the encoding and the malformed sequences of a text.
type Cleaned = (Vec<Proof>, Option<Encoding>, u64);

/// Cleans the file; the result is JSON.
pub fn run(job: &Job<'_>) -> String {
    let json = match outcome(job) {
        Ok(outcome) => serde_json::to_string(&outcome),
        Err(error) => serde_json::to_string(&Failed { error }),
    };
    json.unwrap_or_default()
}

fn outcome(job: &Job<'_>) -> Result<Outcome, String> {
    let options: Options = serde_json::from_str(job.options).map_err(|e| e.to_string())?;
    let options = options.with_ledger(true).with_units(true).with_confidence(true).with_why(true);
    let input = read(job.bytes)?;
    let (proofs, encoding, malformed) = clean(&input, &options, &[])?;
    let mut outcome = Outcome::default();
    let (mut markdown, mut pages, mut all) = (Markdown::new(), Pages::new(), Vec::new());
    markdown.input(Some(job.name), options.order);
    pages.input(Some(job.name));
    if let (Some(encoding), Input::Text(_)) = (encoding, &input) {
        pages.encoding(encoding.name());
    }
    let mut collector = Collector::new(job.language, CERTAIN, MAX_SHOWN_BYTES, options.rules.as_ref());
    for proof in &proofs {
        outcome.text.push_str(&proof.text);
        markdown.put(proof, &mut outcome.markdown);
        all.extend(pages.of(proof));
        collector.add(proof);
    }
    outcome.json = serde_json::to_string(&Document::new(all)).map_err(|e| e.to_string())? + "\n";
    let text = match &input {
        Input::Text(bytes) => Cow::Borrowed(*bytes),
        Input::Layout(layout) => Cow::Owned(layout.text().into_bytes()),
    };
    let head = &text[..text.len().min(MAX_SHOWN_BYTES)];
    let mut page = collector.finish(head, text.len() as u64, encoding.or(Some(Encoding::Utf8)), malformed);
    let digest: String = Sha256::digest(job.bytes).iter().map(|b| format!("{b:02x}")).collect();
    page.may_be_decided(job.name, &digest, &mut |flips| {
        let (proofs, ..) = clean(&input, &options, flips).ok()?;
        let text = proofs.iter().map(|proof| proof.text.as_str()).collect();
        let ledger: Ledger = proofs.into_iter().filter_map(|proof| proof.ledger).flatten().collect();
        Some((text, ledger))
    });
    (outcome.uncertain, outcome.edits) = (page.figures().uncertain, page.figures().edits());
    let mut report = Inputs::new(job.language);
    report.add(job.name, &page);
    let mut html = Vec::new();
    report.write(&mut html).map_err(|e| e.to_string())?;
    outcome.report = String::from_utf8_lossy(&html).into_owned();
    Ok(outcome)
}

/// Reads a layout; all else is text.
fn read(bytes: &[u8]) -> Result<Input<'_>, String> {
    let wanted = matches!(reading::content(&bytes[..bytes.len().min(HEAD)]), Content::Layout(_) | Content::Foreign(_));
    if !wanted {
        return Ok(Input::Text(bytes));
    }
    reading::read(bytes, None).map(|layout| Input::Layout(Box::new(layout))).map_err(|e| e.to_string())
}

fn clean(input: &Input<'_>, options: &Options, decisions: &[Decision]) -> Result<Cleaned, String> {
    match input {
        Input::Layout(layout) => {
            let proof = Cleaner::new(options.clone()).layout_with(layout, decisions).map_err(|e| e.to_string())?;
            Ok((vec![proof], None, 0))
        }
        Input::Text(bytes) => {
            let mut proofs = Vec::new();
            let mut stream = Stream::new(options.clone(), None, false);
            let cleaned = stream
                .decide(decisions)
                .and_then(|()| stream.push(bytes, &mut |proof| proofs.push(proof)))
                .and_then(|()| stream.finish(&mut |proof| proofs.push(proof)));
            cleaned.map_err(|e| e.to_string())?;
            Ok((proofs, stream.encoding(), stream.malformed()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(bytes: &[u8], options: &str) -> serde_json::Value {
        let job = Job { name: "page.txt", bytes, options, language: Language::English };
        serde_json::from_str(&run(&job)).expect("JSON")
    }

    #[test]
    fn a_file_becomes_text_views_and_a_report_that_can_be_decided() {
        let outcome = cleaned("渠 水 流 过 桥 头 镇，沿岸的稻田渐渐泛黄。\n".as_bytes(), "{}");
        assert_eq!(outcome["text"], "渠水流过桥头镇，沿岸的稻田渐渐泛黄。\n");
        assert!(outcome["markdown"].as_str().is_some_and(|text| text.contains("渠水流过")));
        assert!(outcome["report"].as_str().is_some_and(|page| page.contains("data-e=0") && page.contains("sha256")));
        assert_eq!(outcome["edits"], 6);
    }

    #[test]
    fn what_cannot_be_cleaned_is_an_error_that_says_why() {
        let error = |outcome: serde_json::Value| outcome["error"].as_str().map(str::to_string).expect("an error");
        assert!(error(cleaned(b"\xff\xff\xff", "{}")).contains("byte 0"));
        assert!(error(cleaned(b"{}", "{\"widht\":1}")).contains("widht"));
        assert!(error(cleaned(b"PK\x03\x04", "{}")).len() > 10);
    }
}
