//! The names of `--field` and `--to-field`, and where they lead in a record.

use super::scan::{Scan, index};
use std::ops::Range;

/// A key, or a JSON Pointer in which `*` stands for every item of a list.
pub struct Field {
    pub path: Vec<String>,
    pub is_pointer: bool,
}

/// Where a field is.
pub struct Place {
    pub value: Range<usize>,
    /// For each step of the field the item of a list that it leads to; none where it leads to a member of an object.
    items: Vec<Option<usize>>,
}

/// A step from a value to one in it.
pub struct Step {
    pub name: String,
    /// Whether it leads to an item of a list and to nothing else.
    pub is_item: bool,
}

impl Field {
    /// From an option; `None` for a JSON Pointer in which something else than 0 or 1 follows a tilde (RFC 6901).
    pub fn parse(name: &str) -> Option<Field> {
        let Some(pointer) = name.strip_prefix('/') else {
            return Some(Field { path: vec![name.to_string()], is_pointer: false });
        };
        let wrong = pointer.split('~').skip(1).any(|after| !after.starts_with(['0', '1']));
        let path = || pointer.split('/').map(|s| s.replace("~1", "/").replace("~0", "~")).collect();
        (!wrong).then(|| Field { path: path(), is_pointer: true })
    }

    /// Whether this step stands for every item of a list.
    pub fn is_star(&self, step: &str) -> bool {
        self.is_pointer && step == "*"
    }

    /// Its places in a text that is JSON; `None` if it is not there. Of equal keys the last counts, as in most parsers. Of
    /// the items that `*` stands for some may lack what follows.
    pub fn find(&self, text: &str) -> Option<Vec<Place>> {
        let mut scan = Scan::at(text, 0);
        scan.space();
        let mut places = Vec::new();
        self.walk(text, scan.at, &mut Vec::new(), &mut places).then_some(places)
    }

    /// Adds the places below the value at `at`, to which the first steps led; returns whether the others lead somewhere, an
    /// empty list included.
    fn walk(&self, text: &str, at: usize, items: &mut Vec<Option<usize>>, places: &mut Vec<Place>) -> bool {
        let mut scan = Scan::at(text, at);
        let Some(step) = self.path.get(items.len()) else {
            scan.value();
            places.push(Place { value: at..scan.at, items: items.clone() });
            return true;
        };
        let mut below = |item: Option<usize>, at: usize| {
            items.push(item);
            let found = self.walk(text, at, items, places);
            items.pop();
            found
        };
        let is_list = scan.peek() == b'[';
        if is_list && self.is_star(step) {
            let mut starts = Vec::new();
            scan.members(|_, _, item| starts.push(item.start));
            // Not lazily: every item is walked.
            let found = starts.iter().enumerate().filter(|&(n, &start)| below(Some(n), start)).count();
            return found > 0 || starts.is_empty();
        }
        let item = if is_list { index(step) } else { None };
        scan.member(text, step).is_some_and(|value| below(item, value.start))
    }

    /// The steps to a key beside this place of the field; `None` if that is an item of a list.
    pub fn beside(&self, place: &Place, key: &str) -> Option<Vec<Step>> {
        let (None, before) = place.items.split_last()? else { return None };
        let of = |(item, step): (&Option<usize>, &String)| match item {
            Some(item) => Step { name: item.to_string(), is_item: true },
            None => Step { name: step.clone(), is_item: false },
        };
        let key = Step { name: key.to_string(), is_item: false };
        Some(before.iter().zip(&self.path).map(of).chain([key]).collect())
    }

    /// The steps to where `to` leads from this place of the field: to a key beside it, or from the top by a pointer in which
    /// each `*` is the item that the `*` at its position stands for here. `None` if no key can stand beside it.
    pub fn steps(&self, place: &Place, to: &Field) -> Option<Vec<Step>> {
        if !to.is_pointer {
            return self.beside(place, to.path.last()?);
        }
        let mut stars = self.path.iter().zip(&place.items).filter(|(step, _)| self.is_star(step));
        let of = |step: &String| match to.is_star(step).then(|| stars.next()).flatten() {
            Some((_, Some(item))) => Step { name: item.to_string(), is_item: true },
            // The field has a key of this name.
            _ => Step { name: step.clone(), is_item: false },
        };
        Some(to.path.iter().map(of).collect())
    }
}
