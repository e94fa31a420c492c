//! Articles as files of their own.

use super::file::{OutputFile, Written};
use super::views::{Format, View};
use crate::checksum::Checksum;
use crate::failure::{At, Failure, unwritten};
use crate::input::origin::Origin;
use crate::messages::{Action, Note, Place};
use qingyang::options::Order;
use qingyang::render::articles::{Counted, Counter};
use qingyang::{Proof, Role};
use std::collections::HashSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Characters of the headline in the name of a file: with the rest of the name far below the 255 bytes of file systems.
const MAX_SLUG: usize = 24;

/// Writes each article of an input to a file of its own, and what belongs to none to one more for each page.
pub struct Files {
    folder: PathBuf,
    format: Format,
    order: Order,
    counter: Counter,
    /// The name of the input, for the views that tell it.
    name: Option<String>,
    /// The names that are taken, in small letters: some file systems do not tell large ones apart.
    taken: HashSet<String>,
    written: ArticleFiles,
    checksums: Vec<String>,
}

/// The files of the articles of one input.
#[derive(Debug, Default)]
pub struct ArticleFiles {
    /// Their names in the folder.
    pub names: Vec<String>,
    /// Bytes of all.
    pub bytes: u64,
    /// Checksum of the checksums of all.
    pub checksum: String,
    /// What the first file that was replaced had and the new one has not.
    pub warning: Option<Note>,
}

impl Files {
    /// Of an input, into this folder.
    pub fn new(folder: PathBuf, format: Format, order: Order, name: Option<&str>) -> Files {
        let mut counter = Counter::default();
        counter.input(name);
        Files {
            folder,
            format,
            order,
            counter,
            name: name.map(str::to_string),
            taken: HashSet::new(),
            written: ArticleFiles::default(),
            checksums: Vec::new(),
        }
    }

    /// Writes the articles of a proof.
    pub fn put(&mut self, proof: &Proof, origin: Origin<'_>) -> Result<(), Failure> {
        for counted in self.counter.pieces(proof) {
            if self.taken.is_empty() {
                let folder = || Place::path(&self.folder);
                fs::create_dir_all(&self.folder).map_err(|e| Failure::io(Action::CreateOutputFolder, &e)).at(folder)?;
            }
            let name = self.free_name(&counted);
            let path = self.folder.join(&name);
            let file = self.write(&counted.piece.proof, origin, &path).at(|| Place::path(&path))?;
            self.checksums.push(file.checksum);
            let written = &mut self.written;
            written.names.push(name);
            written.bytes += file.bytes;
            written.warning = written.warning.take().or(file.warning);
        }
        Ok(())
    }

    /// What was written.
    pub fn finish(self) -> ArticleFiles {
        ArticleFiles { checksum: Checksum::of_all(&self.checksums), ..self.written }
    }

    /// A name that no other file of the input has: two pages may print the same number.
    fn free_name(&mut self, counted: &Counted) -> String {
        let (name, extension) = (file_name(counted), self.format.extension().unwrap_or("txt"));
        let names = (1..).map(|n| if n == 1 { name.clone() } else { format!("{name}-{n}") });
        let name = names.into_iter().find(|name| self.taken.insert(name.to_lowercase())).unwrap_or_default();
        format!("{name}.{extension}")
    }

    fn write(&self, piece: &Proof, origin: Origin<'_>, path: &Path) -> Result<Written, Failure> {
        let mut output = OutputFile::create(path)?;
        let mut view = View::new(self.format, false);
        view.begin_input(self.name.as_deref(), self.order);
        view.put(piece, origin, &mut output)?;
        view.end(false, &mut output)?;
        output.flush().map_err(unwritten)?;
        output.commit()
    }
}

/// The name of a file: date, page, number and headline, as far as they are known. It has no character that Windows
/// refuses, does not end in a dot or a space, and is no name of a device.
fn file_name(counted: &Counted) -> String {
    let imprint = &counted.piece.imprint;
    let page = imprint.page.clone().unwrap_or_else(|| format!("p{}", counted.page));
    let mut parts: Vec<String> = imprint.date.iter().cloned().chain([page]).collect();
    if counted.piece.is_article {
        let units = &counted.piece.proof.units;
        let headline = units.iter().find(|u| u.role == Role::Headline).or(units.first());
        let headline = headline.map_or("", |u| &counted.piece.proof.text[u.range.clone()]);
        parts.push(format!("{:03}", counted.number));
        parts.extend(Some(slug(headline)).filter(|slug| !slug.is_empty()));
    } else {
        parts.push("rest".to_string());
    }
    parts.join("_")
}

/// Letters, digits and Han of a headline; what is between them becomes a hyphen.
fn slug(headline: &str) -> String {
    let mut slug = String::new();
    for c in headline.chars().take(MAX_SLUG) {
        match c {
            c if c.is_alphanumeric() => slug.push(c),
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    slug.trim_end_matches('-').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_has_letters_and_digits_only() {
        for (headline, want) in [
            ("云台渡口 通了新桥", "云台渡口-通了新桥"),
            ("“白鹭”书屋：开门<迎客>?", "白鹭-书屋-开门-迎客"),
            ("a/b\\c|d*e", "a-b-c-d-e"),
            ("……", ""),
            ("渠", "渠"),
        ] {
            assert_eq!(slug(headline), want);
        }
        assert_eq!(slug(&"长".repeat(300)).chars().count(), MAX_SLUG);
    }
}
