//! The record of a training, which lies beside the weights: its pages, its settings and its figures.
//!
//! The pages themselves are too many to keep. Their digests say whether two fits read the same ones.

use crate::options::Options;
use crate::pages::{Page, json};
use anyhow::{Context, bail};
use qingyang::internals::model::{lines, units};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Which of the two models.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Model {
    /// Line roles.
    Lines,
    /// Roles of units.
    Units,
}

impl Model {
    /// The name, as its folder has it.
    pub fn name(self) -> &'static str {
        match self {
            Model::Lines => "lines",
            Model::Units => "units",
        }
    }

    fn folder(self) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/model").join(self.name())
    }

    /// The file of its weights.
    pub fn weights(self) -> PathBuf {
        self.folder().join("weights.bin")
    }

    /// The weights of a file, in thousandths. Fails where they do not fit the templates.
    pub fn thousandths(self, file: &[u8]) -> anyhow::Result<Vec<i16>> {
        Ok(match self {
            Model::Lines => lines::Weights::thousandths(file)?,
            Model::Units => units::Weights::thousandths(file)?,
        })
    }

    /// The file of the record.
    pub fn record(self) -> PathBuf {
        self.folder().join("training.json")
    }
}

/// What is recorded of a training.
pub struct Record {
    pub model: Model,
    value: Value,
}

impl Record {
    /// The record of a training with these options; its figures come later.
    pub fn new(model: Model, options: &Options) -> anyhow::Result<Record> {
        let mut sets = Map::new();
        sets.insert("bench".into(), digests(&options.dev)?);
        for set in &options.sets {
            sets.insert(set.clone(), digests(&options.pages.join(set))?);
        }
        // As it is written, and not as the nearest number of 32 bits.
        let l2: Value = serde_json::from_str(&options.l2.to_string())?;
        let settings = json!({ "epochs": options.epochs, "l2": l2, "without": options.without });
        let tools = json(&options.pages.join("tools.json")).unwrap_or(Value::Null);
        let value = json!({ "settings": settings, "tools": tools, "pages": sets });
        Ok(Record { model, value })
    }

    /// Adds the figures of the folds, to four places.
    pub fn set_figures(&mut self, figures: &[(&str, f64)]) {
        let rounded = |x: f64| (x * 1e4).round() / 1e4;
        let figures = figures.iter().map(|(name, x)| (name.to_string(), json!(rounded(*x))));
        self.value["figures"] = figures.collect::<Map<String, Value>>().into();
    }

    /// The figures and the digest of the pages as lines of `name: value`, which the file of weights carries.
    pub fn notes(&self) -> String {
        let figures = self.value["figures"].as_object().into_iter().flatten();
        let figures: String = figures.map(|(name, value)| format!("{name}: {value}\n")).collect();
        format!("{figures}pages: sha256 {}\n", digest(self.value["pages"].to_string().as_bytes()))
    }

    /// Writes the record beside these weights.
    pub fn write(&self, weights: &[u8]) -> anyhow::Result<()> {
        let mut value = self.value.clone();
        value["weights"] = json!(digest(weights));
        let file = self.model.record();
        let text = serde_json::to_string_pretty(&value)? + "\n";
        fs::write(&file, text).with_context(|| file.display().to_string())
    }

    /// Compares the pages and the settings with those of the weights in force.
    pub fn compare_inputs(&self) -> anyhow::Result<()> {
        let in_force = json(&self.model.record())?;
        let differing = differing_pages(&in_force["pages"], &self.value["pages"]);
        if !differing.is_empty() {
            bail!("other pages than those of the weights in force: {}", differing.join(", "));
        }
        if in_force["settings"] != self.value["settings"] {
            bail!("other settings than those of the weights in force: {}", in_force["settings"]);
        }
        Ok(())
    }

    /// Prints the figures beside those of the weights in force.
    pub fn print_figures(&self) -> anyhow::Result<()> {
        println!("figures of this fit:             {}", self.value["figures"]);
        println!("figures of the weights in force: {}", json(&self.model.record())?["figures"]);
        Ok(())
    }
}

/// The channels whose pages differ, as `SET/CHANNEL`.
pub fn differing_pages(a: &Value, b: &Value) -> Vec<String> {
    let flat = |v: &Value| -> BTreeMap<String, Value> {
        let channels = |(set, channels): (&String, &Value)| -> Vec<(String, Value)> {
            let all = channels.as_object().into_iter().flatten();
            all.map(|(channel, digest)| (format!("{set}/{channel}"), digest.clone())).collect()
        };
        v.as_object().into_iter().flatten().flat_map(channels).collect()
    };
    let (a, b) = (flat(a), flat(b));
    let names: std::collections::BTreeSet<&String> = a.keys().chain(b.keys()).collect();
    names.into_iter().filter(|name| a.get(*name) != b.get(*name)).cloned().collect()
}

/// For each channel of a set how many pages it has, and their digest.
pub fn digests(set: &Path) -> anyhow::Result<Value> {
    let mut channels = Channels::default();
    for page in crate::pages::read(set)? {
        channels.add(&page);
    }
    Ok(channels.finish())
}

/// The pages of a set, by their channels. The digest of a channel is that of what `sha256sum *` prints in its folder.
#[derive(Default)]
pub struct Channels(BTreeMap<String, BTreeMap<String, String>>);

impl Channels {
    /// Adds a page.
    pub fn add(&mut self, page: &Page) {
        let number = page.id.split_once('/').map_or(page.id.as_str(), |(_, number)| number);
        let files = self.0.entry(page.channel.clone()).or_default();
        for (kind, text) in [("raw", Some(&page.raw)), ("gold", Some(&page.gold)), ("roles", page.roles.as_ref())] {
            if let Some(text) = text {
                files.insert(format!("{number}.{kind}.txt"), digest(text.as_bytes()));
            }
        }
    }

    /// The digest of each channel.
    pub fn finish(self) -> Value {
        let of = |files: BTreeMap<String, String>| {
            let pages = files.keys().filter(|name| name.ends_with(".raw.txt")).count();
            let list: String = files.iter().map(|(name, digest)| format!("{digest}  {name}\n")).collect();
            json!({ "pages": pages, "sha256": digest(list.as_bytes()) })
        };
        self.0.into_iter().map(|(channel, files)| (channel, of(files))).collect::<Map<String, Value>>().into()
    }
}

/// The SHA-256 of these bytes, in hexadecimal digits.
pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODELS: [Model; 2] = [Model::Lines, Model::Units];

    fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
    }

    #[test]
    fn the_weights_in_force_are_those_of_the_record() {
        for model in MODELS {
            let record = json(&model.record()).expect("a record");
            let weights = fs::read(model.weights()).expect("weights");
            assert_eq!(record["weights"], json!(digest(&weights)), "{}", model.name());
        }
    }

    #[test]
    fn the_folds_of_the_record_were_scored_on_this_bench() {
        let bench = digests(&root().join("bench")).expect("the bench");
        for model in MODELS {
            let record = json(&model.record()).expect("a record");
            let differing = differing_pages(&json!({ "bench": record["pages"]["bench"] }), &json!({ "bench": bench }));
            assert!(differing.is_empty(), "{}: {differing:?}", model.name());
        }
    }

    #[test]
    fn the_stored_pages_are_those_of_the_record() {
        for channel in ["pdfminer", "tesseract"] {
            let stored = stored(channel);
            for model in MODELS {
                let record = json(&model.record()).expect("a record");
                let sets = record["pages"].as_object().expect("sets");
                for (set, channels) in sets.iter().filter(|(set, _)| stored.contains_key(*set)) {
                    assert_eq!(channels[channel], stored[set], "{}: {set}/{channel}", model.name());
                }
                assert!(sets.keys().any(|set| stored.contains_key(set)), "{}: no set has {channel}", model.name());
            }
        }
    }

    /// The digests of a stored channel, by set.
    fn stored(channel: &str) -> BTreeMap<String, Value> {
        let file = root().join(format!("fit/pages/{channel}.jsonl"));
        let mut sets: BTreeMap<String, Channels> = BTreeMap::new();
        for line in fs::read_to_string(&file).expect("stored pages").lines() {
            let entry: Value = serde_json::from_str(line).expect("a page");
            let text = |name: &str| entry[name].as_str().expect(name).to_string();
            let roles = Some(text("roles"));
            let page = Page {
                id: text("id"),
                channel: channel.into(),
                kind: String::new(),
                raw: text("raw"),
                gold: text("gold"),
                roles,
            };
            sets.entry(text("set")).or_default().add(&page);
        }
        sets.into_iter().map(|(set, channels)| (set, channels.finish()[channel].clone())).collect()
    }
}
