//! qingyang (清样) turns the messy text of a Chinese newspaper page, from OCR or from a PDF's text layer, into clean
//! text: it rejoins hard-wrapped lines, removes the copies of doubled headlines 重影 and normalizes spacing.
//!
//! ```
//! let raw = "渠水流过桥头镇，沿岸的稻\n\n田渐渐泛黄，农户忙着修整\n\n晒场。\n";
//! assert_eq!(qingyang::clean(raw), "渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场。\n");
//! ```
//!
//! - [`clean`], [`clean_bytes`] and [`clean_to`] clean one text with the default options.
//! - [`Cleaner`] cleans page by page with [`Options`] and gives a [`Proof`]: the clean text, the [`Ledger`] 修改记录 of
//!   every change, the line breaks with their probabilities, and the units 单元 with their roles.
//! - [`Stream`] and [`Pages`] clean an endless input in bounded memory.
//! - [`Issue`] cleans the pages of one issue together and follows its jump lines 转版.
//! - [`suspicion`] says whether a text is probably not what the page printed.
//! - [`decode`](mod@decode) turns bytes into text; [`render`] turns a proof into Markdown or JSON.
//!
//! The library opens no file, prints nothing and never panics. Apart from white space, every character of the input is
//! in the output, or the ledger says which rule removed or replaced it, and where.
//!
//! # Features
//! - `serde`: options and results can be serialized.
//! - `layout`: reads files of tools for OCR and PDF (`reading`, `layout`) and puts their lines in reading order
//!   (`Cleaner::layout`).
//! - `rules`: the user's own rules, by regular expressions (`Options::rules`).
//! - `table`: articles as rows of a CSV table (`render::table`).
//! - `internals`: the stages of the pipeline, for the crate that fits the models. Not covered by semantic versioning.
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![warn(clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used, clippy::panic)]
// Some stages have entries that only the fit and the benchmarks call.
#![cfg_attr(not(all(feature = "internals", feature = "layout")), allow(dead_code, unused_imports))]

mod document;
mod error;
mod issue;
#[cfg(feature = "layout")]
pub mod layout;
mod ledger;
mod lexicon;
mod measure;
mod model;
mod names;
pub mod options;
#[cfg(feature = "layout")]
mod order;
mod pages;
mod passes;
mod pipeline;
mod plan;
mod proof;
#[cfg(feature = "layout")]
pub mod reading;
pub mod render;
mod rule;
#[cfg(feature = "rules")]
pub mod rules;
mod structure;
pub mod suspicion;
mod text;
mod vocabulary;

pub use error::{Error, ErrorKind};
pub use issue::Issue;
pub use ledger::{Element, Entry, Ledger, Malformed};
pub use options::Options;
#[cfg(feature = "layout")]
pub use pages::{CleanLayoutPage, LayoutPage, Ordered};
pub use pages::{CleanSection, Section, SectionCleaner, SectionTemplate, Sections};
pub use pages::{Cleaner, EditDecisions, Outcome, Pages, Stream, clean, clean_bytes, clean_to};
pub use proof::{
    Article, Break, Certainty, Counts, Decision, DroppedFurniture, EditDecision, Evidence, Followed, Jump, Part, Proof,
    Reason, Role, Unit, UnitBox,
};
pub use rule::{Rule, RuleSet};
pub use structure::imprint::{FoundIn, Imprint};
pub use text::decode;
pub use text::decode::Encoding;
pub use text::width::is_han;

/// The stages of the pipeline. They may change in any version.
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod internals {
    /// One page's text while the passes work on it.
    pub mod document {
        pub use crate::document::*;
    }
    /// What a lexicon says of a cut.
    pub mod lexicon {
        pub use crate::lexicon::*;
    }
    /// A page's text as a layout.
    pub mod measure {
        pub use crate::measure::*;
    }
    /// The fitted models.
    pub mod model {
        pub use crate::model::*;
    }
    /// The passes.
    pub mod passes {
        pub use crate::passes::*;
    }
    /// Single stages for the fit.
    pub mod fitting {
        pub use crate::pipeline::fitting::*;
    }
    /// What is decided of lines.
    pub mod plan {
        pub use crate::plan::*;
    }
    /// Units and articles.
    pub mod structure {
        pub use crate::structure::*;
    }
    /// Bytes and characters.
    pub mod text {
        pub use crate::text::*;
    }
    /// The trade's words.
    pub mod vocabulary {
        pub use crate::vocabulary::*;
    }
}

/// Runs the Rust examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

#[cfg(test)]
mod tests {
    #[test]
    fn the_public_types_can_be_sent_to_and_shared_between_threads() {
        fn check<T: Send + Sync>() {}
        check::<crate::Cleaner>();
        check::<crate::Stream>();
        check::<crate::Issue>();
        check::<crate::Proof>();
        check::<crate::Options>();
        check::<crate::Error>();
        check::<crate::Pages<std::io::Empty>>();
    }

    #[test]
    #[cfg(feature = "serde")]
    fn options_and_proofs_are_the_same_after_json() {
        let mut options = crate::Options::default().with_ledger(true).with_units(true).with_confidence(true);
        options.skip = [crate::Rule::Hyphen, crate::Rule::Doubled].into_iter().collect();
        let text = serde_json::to_string(&options).expect("it serializes");
        assert_eq!(serde_json::from_str::<crate::Options>(&text).expect("it parses"), options);
        assert!(serde_json::from_str::<crate::Options>(r#"{"widht":"keep"}"#).is_err());
        let proof = crate::Cleaner::new(options).page("本 报 讯（记者 何 苗）昨日，横\n\n跨渠水的新桥通车。\n");
        let text = serde_json::to_string(&proof).expect("it serializes");
        assert_eq!(serde_json::from_str::<crate::Proof>(&text).expect("it parses"), proof);
    }
}
