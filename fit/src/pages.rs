//! Reads a set of pages: a folder with `index.json` and `pages/CHANNEL/ID.{raw,gold,roles}.txt`.

use anyhow::Context;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// A page with its gold.
pub struct Page {
    /// Channel and number, such as `mutool/001`.
    pub id: String,
    /// The extractor that the raw text comes from.
    pub channel: String,
    /// The kind of matter or damage that the page was made for; empty where the set has no kinds.
    pub kind: String,
    pub raw: String,
    pub gold: String,
    pub roles: Option<String>,
}

/// The pages of a set, in the order of its index.
pub fn read(root: &Path) -> anyhow::Result<Vec<Page>> {
    let index = json(&root.join("index.json")).context("no set of pages: fit/run pages makes them")?;
    let entries = index.as_array().with_context(|| format!("{}: no list", root.join("index.json").display()))?;
    entries.iter().map(|entry| page(root, entry)).collect()
}

fn page(root: &Path, entry: &Value) -> anyhow::Result<Page> {
    let word = |name: &str| entry[name].as_str().map(str::to_string).with_context(|| format!("a page without {name}"));
    let (id, channel) = (word("id")?, word("channel")?);
    let base = root.join("pages").join(&id);
    let read = |kind: &str| {
        let path = format!("{}.{kind}.txt", base.display());
        fs::read_to_string(&path).with_context(|| path)
    };
    let (raw, gold, roles) = (read("raw")?, read("gold")?, read("roles").ok());
    let kind = entry["kind"].as_str().unwrap_or_default().to_string();
    Ok(Page { id, channel, kind, raw, gold, roles })
}

/// The pages of a folder of real pages: each `NAME.gold.txt` beside its `NAME.txt`, or `gold.txt` beside `raw.txt`, in a
/// folder for each document.
pub fn read_real(root: &Path) -> anyhow::Result<Vec<Page>> {
    let mut golds: Vec<PathBuf> = Vec::new();
    for document in fs::read_dir(root).with_context(|| root.display().to_string())? {
        let document = document?.path();
        if document.is_dir() {
            let files = fs::read_dir(&document)?.map(|file| file.map(|file| file.path()));
            golds.extend(files.collect::<Result<Vec<_>, _>>()?.into_iter().filter(|file| is_gold(file)));
        }
    }
    golds.sort();
    golds.iter().map(|gold| real_page(gold)).collect()
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn is_gold(file: &Path) -> bool {
    name_of(file).ends_with("gold.txt")
}

fn real_page(gold: &Path) -> anyhow::Result<Page> {
    let name = name_of(gold).replace("gold.txt", "txt");
    let raw = gold.with_file_name(if name == "txt" { "raw.txt" } else { &name });
    let document = name_of(gold.parent().unwrap_or(gold));
    let read = |path: &Path| fs::read_to_string(path).with_context(|| path.display().to_string());
    let id = format!("{document}/{}", name_of(&raw).replace(".txt", ""));
    Ok(Page { id, channel: document.clone(), kind: document, raw: read(&raw)?, gold: read(gold)?, roles: None })
}

/// A JSON file.
pub fn json(path: &Path) -> anyhow::Result<Value> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    serde_json::from_str(&text).with_context(|| path.display().to_string())
}
