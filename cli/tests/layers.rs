//! The layers of the crates: no file imports from a layer above its own, and no files import each other in a circle.
//! The test reads the `use` lines and the paths in the source files, so it needs no build.

#[path = "layers/imports.rs"]
mod imports;

use imports::Imports;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The layers of the library, from below. The lowest is plain data; modules of another layer do not know each other.
const LIBRARY: &[&[&str]] = &[
    &["error", "layout", "ledger", "names", "options", "plan", "proof", "rule", "rules"],
    &["text"],
    &["reading"],
    &["document"],
    &["lexicon"],
    &["vocabulary"],
    &["measure"],
    &["order"],
    &["model"],
    &["passes", "structure"],
    &["pipeline"],
    &["pages"],
    &["issue"],
    &["render"],
    &["suspicion"],
    &[""],
];

/// The layers of the tool, from below.
const TOOL: &[&[&str]] = &[
    &["help_words", "messages"],
    &["en", "zh"],
    &["catalogue"],
    &["failure", "checksum", "digest", "signals"],
    &["environment"],
    &["input"],
    &["output"],
    &["cli"],
    &["run"],
    &["", "main"],
];

/// The layers of the explaining views, from below.
const TELL: &[&[&str]] = &[
    &["catalogue", "certainty", "chars", "custom", "facts", "language", "numbers", "script", "why"],
    &["decisions", "en", "zh"],
    &["words"],
    &["diff", "explain", "report"],
    &[""],
];

/// The layers of the native part of the Python package, from below.
const PYTHON: &[&[&str]] = &[
    &["errors"],
    &["options", "record"],
    &["pool"],
    &["batch", "rows"],
    &["columns", "proof"],
    &["cleaner", "command"],
    &[""],
];

/// Imports of the library that go upward or sideways today. The list must shrink to none: an entry that is no longer
/// true fails the test as well.
const LIBRARY_UPWARD: &[(&str, &str)] = &[];

/// Files of the library that import each other in a circle today. This list must shrink to none, too.
const LIBRARY_CIRCLES: &[&[&str]] = &[];

fn sources(folder: &str) -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files = walkdir::WalkDir::new(&root).into_iter().flatten().map(walkdir::DirEntry::into_path);
    let files = files.filter(|p| p.extension().is_some_and(|e| e == "rs"));
    let read = files.map(|p| {
        let name = p.strip_prefix(&root).expect("below the root").with_extension("");
        let module = name.to_str().expect("a name").replace(std::path::MAIN_SEPARATOR, "::");
        let module = if module == "lib" { String::new() } else { module };
        (module, fs::read_to_string(p).expect("a source file"))
    });
    read.collect()
}

/// Imports that leave their layer for one above, or for another module of the same layer.
fn upward(imports: &Imports, layers: &[&[&str]]) -> BTreeSet<(String, String)> {
    let layer_of = |module: &str| {
        let top = module.split("::").next().unwrap_or_default();
        let found = layers.iter().position(|layer| layer.contains(&top));
        (found.unwrap_or_else(|| panic!("{module:?} belongs to no layer: add {top:?} to the list")), top.to_string())
    };
    let wrong = imports.edges().filter(|(from, to)| {
        let ((a, from), (b, to)) = (layer_of(from), layer_of(to));
        b > a || b == a && a > 0 && from != to
    });
    wrong.map(|(from, to)| (from.to_string(), to.to_string())).collect()
}

fn check(folder: &str, layers: &[&[&str]], known_upward: &[(&str, &str)], known_circles: &[&[&str]]) {
    let imports = Imports::of(&sources(folder));
    let known: BTreeSet<(String, String)> =
        known_upward.iter().map(|(from, to)| (from.to_string(), to.to_string())).collect();
    let found = upward(&imports, layers);
    let new: Vec<_> = found.difference(&known).collect();
    assert!(new.is_empty(), "{folder}: imports from a layer above or beside: {new:#?}");
    let gone: Vec<_> = known.difference(&found).collect();
    assert!(gone.is_empty(), "{folder}: these imports are gone; remove them from the list: {gone:#?}");
    let circles: BTreeSet<Vec<String>> = imports.circles();
    let known: BTreeSet<Vec<String>> =
        known_circles.iter().map(|c| c.iter().map(|m| m.to_string()).collect()).collect();
    assert_eq!(circles, known, "{folder}: files that import each other in a circle");
}

#[test]
fn no_file_of_the_library_imports_upward_or_in_a_circle() {
    check("../src", LIBRARY, LIBRARY_UPWARD, LIBRARY_CIRCLES);
}

#[test]
fn no_file_of_the_tool_imports_upward_or_in_a_circle() {
    check("src", TOOL, &[], &[]);
}

#[test]
fn no_file_of_the_explaining_views_imports_upward_or_in_a_circle() {
    check("../tell/src", TELL, &[], &[]);
}

#[test]
fn no_file_of_the_python_package_imports_upward_or_in_a_circle() {
    check("../python/native", PYTHON, &[], &[]);
}

/// Every sentence is in the file of a language, or in the texts of `--help`.
#[test]
fn no_other_file_of_the_tool_contains_a_sentence() {
    let word = |w: &str| w.len() > 1 && w.chars().all(|c| c.is_ascii_lowercase());
    for (module, source) in sources("src") {
        if matches!(module.as_str(), "en" | "cli::args") || module.starts_with("catalogue::tests") {
            continue;
        }
        for literal in imports::strings(&source) {
            let words: Vec<&str> = literal.split_whitespace().collect();
            let prose = words.windows(3).any(|w| w.iter().all(|w| word(w.trim_matches([',', ':', ';', '.']))));
            let chinese = literal.contains(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) && !module.starts_with("zh");
            // The words by which Linux names a limit.
            assert!(
                module.starts_with("zh::library") || !(prose || chinese) || literal == "Max open files",
                "{module} says {literal:?}"
            );
        }
    }
}

/// The argument parser is a detail of the folder `cli`.
#[test]
fn only_the_command_line_knows_the_argument_parser() {
    for (module, source) in sources("src") {
        let known = module == "cli" || module.starts_with("cli::");
        assert!(known || !imports::code(&source).contains("clap"), "{module} knows clap");
    }
}

/// The views must build where there are no files, no clock and no threads.
#[test]
fn the_explaining_views_know_no_files_no_clock_and_no_threads() {
    for (module, source) in sources("../tell/src") {
        let code = imports::code(&source);
        for system in ["std::fs", "std::path", "std::time", "std::thread", "std::env", "std::process", "println!"] {
            assert!(!code.contains(system), "{module} uses {system}");
        }
    }
}

#[test]
fn an_upward_import_and_a_circle_are_found() {
    let sources = [
        ("", "pub mod low;\npub mod high;\npub use high::Roof;"),
        ("low", "use crate::{high::wall, Roof};"),
        ("high", "mod wall;\npub use wall::Stone;\n/// Like [`crate::low`].\npub struct Roof;"),
        ("high::wall", "// use crate::low;\nfn f() { super::Roof; }\n#[cfg(test)]\nmod tests { use crate::low; }"),
    ];
    let sources = sources.into_iter().map(|(m, s)| (m.to_string(), s.to_string())).collect();
    let imports = Imports::of(&sources);
    let pair = |a: &str, b: &str| (a.to_string(), b.to_string());
    let layers: &[&[&str]] = &[&["low"], &["high"], &[""]];
    assert_eq!(upward(&imports, layers), BTreeSet::from([pair("low", "high"), pair("low", "high::wall")]));
    assert_eq!(imports.circles(), BTreeSet::from([vec!["high".to_string(), "high::wall".to_string()]]));
}
