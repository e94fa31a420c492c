//! Marks that open and close.

/// Opening and closing characters; the straight quote is both.
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
