//! What every page has: its head with the style sheet, its foot with the scripts, and small pieces of HTML.

use super::figures::SUMMARY_TAG;
use super::html;
use crate::catalogue::PageWords;
use crate::language::Language;
use crate::words;
use std::fmt::Write;

/// The name of the style sheet that the pages of a batch share, in the folder of the report.
pub const STYLE_FILE: &str = "qingyang.css";
/// The name of their script.
pub const SCRIPT_FILE: &str = "qingyang.js";

/// Where a page has its style sheet and its scripts.
#[derive(Debug, Clone, Copy)]
pub enum Assets<'a> {
    /// In itself: the page is one file.
    Own,
    /// In files beside the index, to which this relative path leads.
    Shared(&'a str),
}

/// The style sheet.
pub fn style(language: Language) -> String {
    let words = words::page(language);
    let (source, clean) = (words.source, words.clean);
    format!(":root {{ --source: \"{source}\"; --clean: \"{clean}\"; }}\n{}", include_str!("report.css"))
}

/// The scripts.
pub fn script() -> &'static str {
    concat!(include_str!("report.js"), include_str!("decide.js"), include_str!("index.js"))
}

/// The beginning of a page. A page loads nothing but its own style sheet, scripts and pictures, and sends nothing.
pub fn head(words: &PageWords, title: &str, summary: &str, language: Language, assets: Assets<'_>) -> String {
    let (from, pictures, style) = match assets {
        Assets::Own => ("'unsafe-inline'", "data:", format!("<style>\n{}</style>", style(language))),
        Assets::Shared(up) => {
            ("'self' file:", "'self' file:", format!("<link rel=stylesheet href=\"{up}{STYLE_FILE}\">"))
        }
    };
    format!(
        "<!doctype html>\n<html lang={}>\n<head>\n<meta charset=utf-8>\n\
         {SUMMARY_TAG}{}\">\n<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; \
         style-src {from}; script-src {from}; img-src {pictures}; base-uri 'none'; form-action 'none'\">\n\
         <meta name=viewport content=\"width=device-width, initial-scale=1\">\n<meta name=color-scheme content=\"light dark\">\n\
         <title>{}</title>\n{style}\n</head>\n<body>\n",
        words.tag,
        html::words(summary),
        html::words(title),
    )
}

/// The end of a page.
pub fn foot(assets: Assets<'_>) -> String {
    let script = match assets {
        Assets::Own => format!("<script>\n{}</script>", script()),
        Assets::Shared(up) => format!("<script src=\"{up}{SCRIPT_FILE}\"></script>"),
    };
    format!("<footer>qingyang {}</footer>\n{script}\n</body>\n</html>\n", env!("CARGO_PKG_VERSION"))
}

pub fn note(out: &mut String, words: &str) {
    let _ = writeln!(out, "<p class=note>{words}</p>");
}

/// Names and values. The values are HTML.
pub fn fact_list(facts: &[(&str, String)]) -> String {
    let mut out = String::from("<dl class=facts>\n");
    for (name, value) in facts {
        let _ = writeln!(out, "<div><dt>{name}</dt><dd>{value}</dd></div>");
    }
    out.push_str("</dl>\n");
    out
}
