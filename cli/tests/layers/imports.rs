//! Which file of a crate imports which, read off its `use` lines and its paths. Names that a module exports again
//! (`pub use`) count as imports from the module that defines them.

use std::collections::{BTreeMap, BTreeSet};

/// The imports between the modules of a crate. The root of the crate is the module "".
pub struct Imports {
    edges: BTreeMap<String, BTreeSet<String>>,
}

/// The code of a source file: without comments, strings and unit tests.
pub fn code(source: &str) -> String {
    split(source).0
}

/// The string literals of a source file, without its comments and unit tests.
pub fn strings(source: &str) -> Vec<&str> {
    split(source).1
}

fn split(source: &str) -> (String, Vec<&str>) {
    let (mut code, mut strings) = (String::with_capacity(source.len()), Vec::new());
    let mut rest = source.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default();
    while let Some(at) = rest.find(['/', '"', '\'']) {
        code.push_str(&rest[..at]);
        rest = &rest[at..];
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("'\"'") {
            3
        } else if rest.starts_with('"') {
            let raw = code.ends_with("r#");
            let end = if raw { rest.find("\"#").map_or(rest.len(), |end| end + 2) } else { string_end(rest) };
            strings.push(rest[..end].trim_matches(['"', '#']));
            end
        } else {
            code.push_str(&rest[..1]);
            1
        };
        rest = &rest[skipped..];
    }
    (code + rest, strings)
}

/// The length of the string literal at the beginning of a text.
fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// A tree of paths, as in `use a::{b, c::d};`, as single paths.
fn expand(prefix: &str, tree: &str, out: &mut Vec<String>) {
    let tree = tree.trim();
    let Some(open) = tree.find('{') else {
        let path = tree.split(" as ").next().unwrap_or_default().trim();
        return out.push(format!("{prefix}{path}"));
    };
    let inner = tree[open + 1..].rsplit_once('}').map_or("", |(inner, _)| inner);
    let (mut depth, mut from) = (0, 0);
    for (at, c) in inner.char_indices().chain([(inner.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                if !inner[from..at].trim().is_empty() {
                    expand(&format!("{prefix}{}", &tree[..open]), &inner[from..at], out);
                }
                from = at + 1;
            }
            _ => {}
        }
    }
}

/// The paths after `use`, and whether they are exported again.
fn uses(code: &str) -> Vec<(bool, String)> {
    let mut all = Vec::new();
    for statement in code.split(';') {
        let Some(at) = statement.rfind("use ").filter(|&at| {
            statement[..at].trim_end().is_empty() || {
                let before = statement[..at].trim_end();
                before.ends_with([')', '}', ']', '{']) || before.ends_with("pub")
            }
        }) else {
            continue;
        };
        let public = statement[..at].trim_end().ends_with("pub") || statement[..at].trim_end().ends_with(')');
        let mut paths = Vec::new();
        expand("", &statement[at + 4..], &mut paths);
        all.extend(paths.into_iter().map(|path| (public, path)));
    }
    all
}

/// Paths in the code that begin at the root of the crate or at the parent module.
fn paths(code: &str) -> Vec<String> {
    let mut all = Vec::new();
    for start in ["crate::", "super::"] {
        for (at, _) in code.match_indices(start) {
            let end = code[at..].find(|c: char| !c.is_alphanumeric() && c != '_' && c != ':');
            let path = &code[at..end.map_or(code.len(), |end| at + end)];
            // The path before a brace is that of a `use` tree.
            if !code[at + path.len()..].starts_with('{') {
                all.push(path.trim_end_matches(':').to_string());
            }
        }
    }
    all
}

impl Imports {
    /// The imports between these modules.
    pub fn of(sources: &BTreeMap<String, String>) -> Imports {
        let code: BTreeMap<&str, String> = sources.iter().map(|(module, s)| (module.as_str(), code(s))).collect();
        let exports = exports(&code);
        let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (&module, code) in &code {
            let named = uses(code).into_iter().map(|(_, path)| path).chain(paths(code));
            let targets = named.filter_map(|path| resolve(&path, module, sources, &exports));
            edges.insert(module.to_string(), targets.filter(|target| target != module).collect());
        }
        Imports { edges }
    }

    /// From and to.
    pub fn edges(&self) -> impl Iterator<Item = (&str, &str)> {
        self.edges.iter().flat_map(|(from, all)| all.iter().map(move |to| (from.as_str(), to.as_str())))
    }

    /// All modules that a module imports, directly or not.
    fn reached(&self, from: &str) -> BTreeSet<&str> {
        let mut reached = BTreeSet::new();
        let mut open = vec![from];
        while let Some(module) = open.pop() {
            for to in self.edges.get(module).into_iter().flatten() {
                if reached.insert(to.as_str()) {
                    open.push(to);
                }
            }
        }
        reached
    }

    /// Sets of modules that import each other.
    pub fn circles(&self) -> BTreeSet<Vec<String>> {
        let reached: BTreeMap<&str, BTreeSet<&str>> =
            self.edges.keys().map(|m| (m.as_str(), self.reached(m))).collect();
        let in_circle = reached.keys().filter(|module| reached[**module].contains(**module));
        in_circle
            .map(|module| {
                let both =
                    reached[module].iter().filter(|other| reached.get(*other).is_some_and(|r| r.contains(module)));
                both.map(|other| other.to_string()).collect()
            })
            .collect()
    }
}

/// Names that a module exports from another: the module and the name lead to a path and the module that it is seen from.
type Exports = BTreeMap<(String, String), String>;

fn exports(code: &BTreeMap<&str, String>) -> Exports {
    let mut all = Exports::new();
    for (&module, code) in code {
        for (_, path) in uses(code).into_iter().filter(|(public, _)| *public) {
            let name = path.rsplit("::").next().unwrap_or_default().to_string();
            all.insert((module.to_string(), name), path);
        }
    }
    all
}

/// The module that a path leads to; `None` for paths of other crates.
fn resolve(path: &str, from: &str, sources: &BTreeMap<String, String>, exports: &Exports) -> Option<String> {
    let join = |a: &str, b: &str| if a.is_empty() { b.to_string() } else { format!("{a}::{b}") };
    let mut segments = path.split("::").peekable();
    let mut at = from.to_string();
    match *segments.peek()? {
        "crate" => {
            segments.next();
            at = String::new();
        }
        "self" => {
            segments.next();
        }
        "super" => {
            while segments.next_if_eq(&"super").is_some() {
                at = at.rsplit_once("::").map_or(String::new(), |(parent, _)| parent.to_string());
            }
        }
        first if sources.contains_key(&join(from, first)) => {}
        _ => return None,
    }
    while let Some(next) = segments.next() {
        let child = join(&at, next);
        if sources.contains_key(&child) {
            at = child;
        } else if let Some(path) = exports.get(&(at.clone(), next.to_string())) {
            // Names of other crates that are exported again belong to the module that exports them.
            let rest = segments.map(|s| format!("::{s}")).collect::<String>();
            let target = resolve(&format!("{path}{rest}"), &at, sources, exports);
            return Some(target.unwrap_or(at));
        } else {
            break;
        }
    }
    Some(at)
}
