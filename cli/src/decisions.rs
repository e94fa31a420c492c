//! Lists of decisions: the uncertain places of each input, written for a person to edit, and read back.
//!
//! JSON Lines. A head for each input, then a record a place, of which a person edits `keep` and nothing else:
//!
//! ```text
//! {"qingyang":"0.1.0","input":"page.txt","bytes":412,"sha256":"9f…","uncertain":0.9}
//! {"place":1,"kind":"break","source":120,"line":4,"keep":true,"probability":0.618,"before":"…","after":"…"}
//! ```

use anyhow::{Context, Result};
use qingyang::{Break, Decision};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

/// What an input is known by, whatever its name: the digest of its bytes, unpacked.
pub struct Fingerprint(Sha256);

impl Fingerprint {
    /// Of no bytes yet.
    pub fn new() -> Fingerprint {
        Fingerprint(Sha256::new())
    }

    /// Takes the next bytes.
    pub fn take(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// As it stands in a list.
    pub fn finish(self) -> String {
        self.0.finalize().iter().map(|b| format!("{b:02x}")).collect()
    }
}

/// The head of an input's places.
#[derive(Serialize, Deserialize)]
struct Head {
    qingyang: String,
    input: String,
    bytes: u64,
    sha256: String,
    uncertain: f64,
}

/// What a place is.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Break,
}

/// A place that is uncertain.
#[derive(Serialize)]
struct Place<'a> {
    place: u64,
    kind: Kind,
    source: u64,
    line: u64,
    keep: bool,
    probability: f64,
    before: &'a str,
    after: &'a str,
}

/// What is read back of it; the rest is for the reader's eyes.
#[derive(Deserialize)]
struct Decided {
    #[serde(rename = "kind")]
    _kind: Kind,
    source: u64,
    keep: bool,
}

/// Three decimals, and `0.9` for what a float of 32 bits calls 0.9.
fn short(p: f32) -> f64 {
    (f64::from(p) * 1000.0).round() / 1000.0
}

/// The places of one input, collected until its digest is known.
#[derive(Default)]
pub struct Places {
    text: String,
    count: u64,
}

impl Places {
    /// Enters a line break.
    pub fn add(&mut self, b: &Break, before: &str, after: &str) {
        self.count += 1;
        let place = Place {
            place: self.count,
            kind: Kind::Break,
            source: b.source,
            line: b.line,
            keep: b.kept,
            probability: short(b.probability),
            before,
            after,
        };
        self.text.push_str(&serde_json::to_string(&place).unwrap_or_default());
        self.text.push('\n');
    }

    /// Head and places.
    pub fn finish(self, input: &str, bytes: u64, sha256: &str, uncertain: f32) -> String {
        let (input, sha256) = (input.to_string(), sha256.to_string());
        let head =
            Head { qingyang: env!("CARGO_PKG_VERSION").into(), input, bytes, sha256, uncertain: short(uncertain) };
        format!("{}\n{}", serde_json::to_string(&head).unwrap_or_default(), self.text)
    }
}

/// A list that cannot be read: exit status 2.
#[derive(Debug)]
pub struct Malformed(String);

impl std::fmt::Display for Malformed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Malformed {}

/// What was decided for one input.
#[derive(Debug)]
struct Section {
    input: String,
    decisions: Vec<Decision>,
}

/// An edited list, by the digests of the inputs that it was made for.
#[derive(Debug)]
pub struct Lists {
    path: PathBuf,
    sections: HashMap<String, Vec<Section>>,
    /// The digest of the list itself.
    pub sha256: String,
}

impl Lists {
    /// Reads a list.
    ///
    /// # Errors
    /// [`Malformed`], with the line, if it is none.
    pub fn read(path: &Path) -> Result<Lists> {
        let bytes = std::fs::read(path)
            .map_err(|e| crate::output::file::explain(e, "read"))
            .with_context(|| format!("--apply {}", path.display()))?;
        let mut print = Fingerprint::new();
        print.take(&bytes);
        let sections = parse(&bytes).map_err(|(line, said)| Malformed(format!("{}:{line}: {said}", path.display())))?;
        Ok(Lists { path: path.to_path_buf(), sections, sha256: print.finish() })
    }

    /// What was decided for the input of this digest.
    ///
    /// # Errors
    /// If the list was made for other texts.
    pub fn of(&self, input: &str, sha256: &str) -> Result<&[Decision]> {
        let shown = self.path.display();
        let Some(sections) = self.sections.get(sha256) else {
            let named = self.sections.values().flatten().any(|s| s.input == input);
            let why = if named { "made for another text of this name" } else { "not made for this text" };
            anyhow::bail!("{shown} was {why}: make a new list with --decisions");
        };
        // One text under several names: the name tells them apart, if they differ at all.
        let first = &sections[0];
        let section = sections.iter().find(|s| s.input == input).unwrap_or(first);
        if section.input != input && sections.iter().any(|s| s.decisions != first.decisions) {
            anyhow::bail!("{shown} decides this text in several ways, and none under this name");
        }
        Ok(&section.decisions)
    }

    /// Says which list an error speaks of.
    pub fn refused(&self, error: qingyang::Error) -> anyhow::Error {
        anyhow::Error::new(error).context(format!("{} does not fit", self.path.display()))
    }
}

type At<T> = Result<T, (usize, String)>;

fn parse(bytes: &[u8]) -> At<HashMap<String, Vec<Section>>> {
    let mut all: HashMap<String, Vec<Section>> = HashMap::new();
    let mut open: Option<(String, Section)> = None;
    let mut seen = HashSet::new();
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut heads = 0;
    for (n, line) in bytes.split(|&b| b == b'\n').enumerate() {
        let wrong = |said: String| (n + 1, said);
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let value: serde_json::Value =
            serde_json::from_slice(line).map_err(|e| wrong(format!("not JSON: {}", plain(&e))))?;
        if !value.is_object() {
            return Err(wrong("wants an object on each line".into()));
        }
        if value.get("qingyang").is_some() {
            let head: Head = serde_json::from_value(value).map_err(|e| wrong(format!("head: {}", plain(&e))))?;
            let digest = head.sha256.to_ascii_lowercase();
            if digest.len() != 64 || !digest.bytes().all(|b| b.is_ascii_hexdigit()) {
                return Err(wrong("head: sha256 is no digest of 64 hexadecimal digits".into()));
            }
            if let Some((digest, section)) =
                open.replace((digest, Section { input: head.input, decisions: Vec::new() }))
            {
                all.entry(digest).or_default().push(section);
            }
            seen.clear();
            heads += 1;
            continue;
        }
        let Some((_, section)) = &mut open else {
            return Err(wrong(
                "a place without the head of its input: the first record names qingyang, input and sha256".into(),
            ));
        };
        let place: Decided = serde_json::from_value(value).map_err(|e| wrong(plain(&e)))?;
        if !seen.insert(place.source) {
            return Err(wrong(format!("byte {} is decided twice", place.source)));
        }
        section.decisions.push(Decision { source: place.source, keep: place.keep });
    }
    if heads == 0 {
        return Err((1, "no list of decisions: it has no head".into()));
    }
    if let Some((digest, section)) = open {
        all.entry(digest).or_default().push(section);
    }
    Ok(all)
}

/// The message without serde's own line number, which counts within the line.
fn plain(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let cut = said.rfind(" at line ").unwrap_or(said.len());
    said[..cut].to_string()
}
