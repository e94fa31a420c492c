//! qingyang in a browser: the library and the report as WebAssembly. `web/page/` has the page, `web/build` makes the site.

mod job;
mod list;

use qingyang_tell::{Language, report};
use wasm_bindgen::prelude::wasm_bindgen;

/// Cleans the bytes of a file as the tool does with the same options, and shows it.
///
/// `options` is JSON as `Options` of the library reads it; `language` is that of the report, `en` or `zh`. The result is JSON
/// with `report` (an HTML page) and the figures `uncertain` and `edits`, or with `error`.
#[wasm_bindgen]
pub fn show(name: &str, bytes: &[u8], options: &str, language: &str) -> String {
    job::show(&job::Job { name, bytes, options }, spoken(language))
}

/// Cleans the bytes of a file as the tool does with the same options and with `--apply` of a list of decisions.
///
/// `list` is a list as the report writes it, or empty. The result is JSON with `text`, `markdown`, `json` and `table`, or with
/// `error`.
#[wasm_bindgen]
pub fn save(name: &str, bytes: &[u8], options: &str, list: &str) -> String {
    job::save(&job::Job { name, bytes, options }, list)
}

/// The version of qingyang.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_string()
}

/// The style sheet of a report in a language, as its page has it: `web/build` allows it by its digest.
#[wasm_bindgen]
pub fn style(language: &str) -> String {
    report::style(spoken(language))
}

/// The script of a report.
#[wasm_bindgen]
pub fn script() -> String {
    report::script().to_string()
}

fn spoken(language: &str) -> Language {
    if language.starts_with("zh") { Language::Chinese } else { Language::English }
}
