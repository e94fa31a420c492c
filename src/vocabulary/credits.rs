//! What a person did for a text or a picture.

/// What a credit ends with.
pub(crate) const TAKEN: &[&str] = &["摄", "攝", "文/图", "文/摄", "图/文", "供图", "供圖", "摄影", "摄影报道", "绘"];

/// What a person did, behind the name.
pub(crate) const OF_NAME: &[&str] = &[
    "摄", "攝", "文", "图", "绘", "文/图", "图/文", "文/摄", "文图", "摄影", "整理", "供图", "作", "供稿", "撰文",
    "报道",
];

/// Credits that stand on a line of their own, below the name.
pub(crate) const LINE: &[&str] = &["摄", "文/图", "攝", "文/摄"];

/// What ends a credit behind a sentence.
pub(crate) const SENTENCE: &[&str] = &["摄", "攝", "供图", "文/图", "图"];
