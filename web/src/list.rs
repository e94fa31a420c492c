//! A list of decisions, as the report writes it for the page.

use qingyang::{Decision, EditDecision};
use serde::Deserialize;

/// A decision about a place. `cli/src/input/decisions.rs` reads the lists that a person may have edited.
#[derive(Deserialize)]
struct Record {
    source: u64,
    end: Option<u64>,
    rule: Option<String>,
    keep: bool,
}

/// What a person decided about breaks, and about other edits.
#[derive(Debug, Default, PartialEq)]
pub struct List {
    pub breaks: Vec<Decision>,
    pub edits: Vec<EditDecision>,
}

impl List {
    /// Reads a list; an empty one decides nothing. Its head names no place and is passed over.
    pub fn read(list: &str) -> List {
        let mut read = List::default();
        for record in list.lines().filter_map(|line| serde_json::from_str::<Record>(line).ok()) {
            match (record.end, record.rule) {
                (Some(end), Some(rule)) => {
                    read.edits.push(EditDecision::new(record.source..end, &rule, record.keep));
                }
                _ => read.breaks.push(Decision::new(record.source, record.keep)),
            }
        }
        read
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_and_edits_are_read_and_the_head_is_passed_over() {
        let list = List::read(concat!(
            "{\"qingyang\":\"0.1.0\",\"input\":\"page.txt\",\"bytes\":9,\"sha256\":\"00\",\"uncertain\":0.9}\n",
            "{\"place\":1,\"kind\":\"break\",\"source\":36,\"line\":1,\"keep\":true,\"proposed\":false,\"seen\":true}\n",
            "{\"place\":2,\"kind\":\"edit\",\"source\":3,\"end\":4,\"line\":1,\"rule\":\"spacing\",\"keep\":true,\"seen\":true}\n",
        ));
        let (breaks, edits) = (vec![Decision::new(36, true)], vec![EditDecision::new(3..4, "spacing", true)]);
        assert_eq!(list, List { breaks, edits });
        assert_eq!(List::read(""), List::default());
    }
}
