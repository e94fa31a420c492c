//! Reads a set of pages: a folder with `index.json` and `pages/CHANNEL/ID.{raw,gold,roles}.txt`.

use anyhow::Context;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// A page with its gold.
pub struct Page {
    /// Channel and number, such as `mutool/001`.
    pub id: String,
    /// The extractor that the raw text comes from.
    pub channel: String,
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
    Ok(Page { id, channel, raw, gold, roles })
}

/// A JSON file.
pub fn json(path: &Path) -> anyhow::Result<Value> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    serde_json::from_str(&text).with_context(|| path.display().to_string())
}
