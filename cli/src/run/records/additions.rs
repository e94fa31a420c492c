//! Values that are put into a record at places of their own. An object on the way that is missing is made; a list is not.

use super::edit::{Edit, Put};
use super::fault::Fault;
use super::field::Step;
use super::scan::{Found, Scan, index, is_key};
use std::collections::BTreeMap;

/// Values of one record, as a tree of the steps to them.
#[derive(Default)]
pub struct Additions {
    below: Below,
    added: usize,
}

/// Boxed, because a map makes room for several nodes at once, and most have one.
type Below = BTreeMap<String, Box<Node>>;

/// A value that is put in, or those below it.
struct Node {
    put: Option<Put>,
    below: Below,
    is_item: bool,
    origin: Origin,
}

/// The first value of a node.
#[derive(Clone, Copy)]
struct Origin {
    /// Its number: keys are made in this order.
    number: usize,
    /// The number of its field.
    field: usize,
    /// Where the field begins.
    start: usize,
}

impl Additions {
    /// Adds a value that comes from the field that begins at `start`. At each place the first one counts.
    pub fn add(&mut self, steps: Vec<Step>, put: Put, field: usize, start: usize) {
        let origin = Origin { number: self.added, field, start };
        self.added += 1;
        let (mut below, mut put, last) = (&mut self.below, Some(put), steps.len().saturating_sub(1));
        for (n, Step { name, is_item }) in steps.into_iter().enumerate() {
            let new =
                || Box::new(Node { put: put.take_if(|_| n == last), below: Below::new(), is_item: false, origin });
            let node = below.entry(name).or_insert_with(new);
            node.is_item |= is_item;
            below = &mut node.below;
        }
    }

    /// Puts them into a text that is JSON.
    ///
    /// # Errors
    /// If a value on the way is no object, or there is no such item of a list.
    pub fn put(self, text: &str, edits: &mut Vec<Edit>) -> Result<(), Fault> {
        let Some(first) = self.below.values().next() else { return Ok(()) };
        let origin = first.origin;
        let mut scan = Scan::at(text, 0);
        scan.space();
        let mut putting = Putting { text, edits, way: String::new() };
        putting.put_in(self.below, scan.at, origin)
    }
}

/// Adds edits.
struct Putting<'a> {
    text: &'a str,
    edits: &'a mut Vec<Edit>,
    /// The steps so far, as a JSON Pointer.
    way: String,
}

impl Putting<'_> {
    /// Goes one step.
    fn step(&mut self, step: &str, go: impl FnOnce(&mut Self) -> Result<(), Fault>) -> Result<(), Fault> {
        let back = self.way.len();
        self.way.push('/');
        self.way.push_str(&step.replace('~', "~0").replace('/', "~1"));
        go(self)?;
        self.way.truncate(back);
        Ok(())
    }

    fn no_item(&self, origin: Origin) -> Fault {
        Fault::NoItem { field: origin.field, at: self.way.clone() }
    }

    /// Puts a node in the place of the value at `at`, or into it.
    fn put_at(&mut self, node: Node, at: usize) -> Result<(), Fault> {
        let Some(put) = node.put else { return self.put_in(node.below, at, node.origin) };
        let mut scan = Scan::at(self.text, at);
        scan.value();
        self.edits.push(Edit { range: at..scan.at, put });
        Ok(())
    }

    /// Puts nodes into the object or the list at `at`.
    fn put_in(&mut self, below: Below, at: usize, origin: Origin) -> Result<(), Fault> {
        match Found::at(self.text, at) {
            Found::Object => self.put_in_object(below, at),
            Found::List => self.put_in_list(below, at),
            found => Err(Fault::NotObject { field: origin.field, at: self.way.clone(), found }),
        }
    }

    fn put_in_list(&mut self, below: Below, at: usize) -> Result<(), Fault> {
        let mut starts = Vec::new();
        Scan::at(self.text, at).members(|_, _, item| starts.push(item.start));
        for (name, node) in below {
            let start = index(&name).and_then(|n| starts.get(n)).copied();
            self.step(&name, |putting| match start {
                Some(start) => putting.put_at(*node, start),
                None => Err(putting.no_item(node.origin)),
            })?;
        }
        Ok(())
    }

    /// A key that is made stands behind the member that holds its field, or else at the end.
    fn put_in_object(&mut self, below: Below, at: usize) -> Result<(), Fault> {
        let mut members = Vec::new();
        Scan::at(self.text, at).members(|key, _, value| members.extend(key.map(|key| (key, value))));
        let mut missing = Vec::new();
        for (name, node) in below {
            // Of equal keys the last counts.
            match members.iter().rev().find(|(key, _)| is_key(&self.text[key.clone()], &name)) {
                Some((_, value)) if !node.is_item => self.step(&name, |putting| putting.put_at(*node, value.start))?,
                _ => missing.push((name, node)),
            }
        }
        missing.sort_by_key(|(_, node)| node.origin.number);
        let mut comma = !members.is_empty();
        for (name, node) in missing {
            let holds = |(_, value): &&(_, std::ops::Range<usize>)| value.contains(&node.origin.start);
            let end = members.iter().find(holds).or(members.last()).map_or(at + 1, |(_, value)| value.end);
            self.make(name, *node, end, comma)?;
            comma = true;
        }
        Ok(())
    }

    /// Makes a key and its value.
    fn make(&mut self, name: String, node: Node, end: usize, comma: bool) -> Result<(), Fault> {
        self.step(&name.clone(), |putting| {
            if node.is_item {
                return Err(putting.no_item(node.origin));
            }
            let mut put = |put| putting.edits.push(Edit { range: end..end, put });
            if comma {
                put(Put::Json(",".into()));
            }
            put(Put::Text(name));
            put(Put::Json(":".into()));
            if let Some(value) = node.put {
                put(value);
                return Ok(());
            }
            put(Put::Json("{".into()));
            let mut below: Vec<(String, Box<Node>)> = node.below.into_iter().collect();
            below.sort_by_key(|(_, node)| node.origin.number);
            for (n, (name, node)) in below.into_iter().enumerate() {
                putting.make(name, *node, end, n > 0)?;
            }
            putting.edits.push(Edit { range: end..end, put: Put::Json("}".into()) });
            Ok(())
        })
    }
}
