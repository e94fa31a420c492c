//! The name of a field, and where it is in a record.

use super::scan::Scan;
use std::ops::Range;

/// A key, or a JSON Pointer in which `*` stands for every item of a list.
pub struct Field {
    pub path: Vec<String>,
    pub is_pointer: bool,
}

/// Where a field is.
pub struct Place {
    pub value: Range<usize>,
    /// Where the object begins whose member it is.
    pub object: Option<usize>,
}

impl Field {
    /// From `--field`; `None` for a JSON Pointer in which something else than 0 or 1 follows a tilde (RFC 6901).
    pub fn parse(name: &str) -> Option<Field> {
        let Some(pointer) = name.strip_prefix('/') else {
            return Some(Field { path: vec![name.to_string()], is_pointer: false });
        };
        let wrong = pointer.split('~').skip(1).any(|after| !after.starts_with(['0', '1']));
        let path = || pointer.split('/').map(|s| s.replace("~1", "/").replace("~0", "~")).collect();
        (!wrong).then(|| Field { path: path(), is_pointer: true })
    }

    /// Its places in a text that is JSON; `None` if it is not there. Of equal keys the last counts, as in most parsers. Of
    /// the items that `*` stands for some may lack what follows.
    pub fn find(&self, text: &str) -> Option<Vec<Place>> {
        let mut scan = Scan::at(text, 0);
        scan.space();
        let mut places = Vec::new();
        self.walk(text, scan.at, None, &self.path, &mut places).then_some(places)
    }

    /// Adds the places below the value at `at`; returns whether the path leads somewhere, an empty list included.
    fn walk(&self, text: &str, at: usize, object: Option<usize>, path: &[String], places: &mut Vec<Place>) -> bool {
        let mut scan = Scan::at(text, at);
        let Some((step, rest)) = path.split_first() else {
            scan.value();
            places.push(Place { value: at..scan.at, object });
            return true;
        };
        if self.is_pointer && step == "*" && scan.peek() == b'[' {
            let mut items = Vec::new();
            scan.members(|_, _, item| items.push(item.start));
            // Not lazily: every item is walked.
            let found = items.iter().filter(|&&item| self.walk(text, item, None, rest, places)).count();
            return found > 0 || items.is_empty();
        }
        let object = (scan.peek() == b'{').then_some(at);
        match scan.member(text, step) {
            Some(value) => self.walk(text, value.start, object, rest, places),
            None => false,
        }
    }
}
