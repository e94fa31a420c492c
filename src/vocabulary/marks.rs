//! Marks that open and close.

/// Brackets that a jump line stands in.
pub(crate) const OPEN: &[char] = &['（', '(', '〔', '［', '[', '【'];
pub(crate) const CLOSE: &[char] = &['）', ')', '〕', '］', ']', '】'];

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
