//! The files of a folder that are not taken, counted by kind.

use crate::messages::NotTaken;
use std::collections::BTreeMap;
use std::path::Path;

/// At most this many kinds are named.
const MAX_KINDS: usize = 5;

/// Counts them.
#[derive(Debug, Default)]
pub struct NotTakenFiles {
    kinds: BTreeMap<String, u64>,
    links: u64,
}

impl NotTakenFiles {
    /// A file whose name is not that of a text.
    pub fn file(&mut self, path: &Path) {
        *self.kinds.entry(kind(path)).or_default() += 1;
    }

    /// A symbolic link that is not followed.
    pub fn link(&mut self) {
        self.links += 1;
    }

    /// The counts, the most frequent kinds first.
    pub fn counts(self) -> NotTaken {
        let mut kinds: Vec<(String, u64)> = self.kinds.into_iter().collect();
        kinds.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        let other_kinds = kinds.iter().skip(MAX_KINDS).map(|(_, n)| n).sum();
        kinds.truncate(MAX_KINDS);
        NotTaken { kinds, other_kinds, links: self.links }
    }
}

/// The extension of a file as the end names it: `.md`, or its name if it has none.
fn kind(path: &Path) -> String {
    let name = || path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    path.extension().map_or_else(name, |e| format!(".{}", e.to_string_lossy().to_lowercase()))
}
