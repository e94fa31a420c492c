//! Marks that end a sentence, and marks that open and close.

/// The full stop of a sentence.
pub(crate) const STOPS: &str = "。｡";
/// Marks of a call or a question.
pub(crate) const CALLS: &str = "！？!?‼⁇⁈⁉";

/// Opening and closing marks; the straight quote is both.
pub(crate) const PAIRS: [(char, char); 14] = [
    ('“', '”'),
    ('‘', '’'),
    ('「', '」'),
    ('『', '』'),
    ('（', '）'),
    ('(', ')'),
    ('《', '》'),
    ('〈', '〉'),
    ('【', '】'),
    ('〔', '〕'),
    ('［', '］'),
    ('[', ']'),
    ('〖', '〗'),
    ('"', '"'),
];

/// Whether a mark opens a pair; the straight quote may.
pub(crate) fn is_opening(c: char) -> bool {
    c != '"' && PAIRS.iter().any(|&(open, _)| open == c)
}

/// Whether a mark closes a pair; the straight quote may.
pub(crate) fn is_closing(c: char) -> bool {
    c != '"' && PAIRS.iter().any(|&(_, close)| close == c)
}
