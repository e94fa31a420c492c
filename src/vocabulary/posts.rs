//! Posts of people who make a paper.

/// Posts that stand in the brackets of a dateline.
pub(crate) const IN_DATELINE: &[&str] = &["记者", "記者", "通讯员", "通訊員", "特约", "实习"];

/// How a byline begins that passes for a headline.
pub(crate) const OPEN_BYLINE: &[&str] = &["本报记者", "记者 ", "本報記者"];

/// Posts before the name of who holds them.
pub(crate) const BEFORE_NAME: &[&str] = &[
    "记者",
    "通讯员",
    "記者",
    "编辑",
    "責任編輯",
    "校对",
    "美编",
    "责编",
    "摄影",
    "版式",
    "主编",
    "值班主任",
    "特约记者",
    "实习生",
    "作者",
    "读者",
    "通訊員",
];

/// Posts of a letter-spaced byline.
pub(crate) const LETTER_SPACED: [&str; 4] = ["记者", "通讯员", "記者", "通訊員"];

/// What is left of a post that was broken over two lines.
pub(crate) const BROKEN: &[&str] = &["者", "员", "讯员", "報記者", "报记者"];

/// Posts that most bylines in brackets begin with.
pub(crate) const OPEN_BRACKETS: &[&str] = &["记者", "通讯员", "本报记者"];

/// Posts at the end of a line of names.
pub(crate) const END_LINE: &[&str] = &["记者", "通讯员", "記者", "编辑", "实习生", "通訊員"];
/// Posts at the beginning of one.
pub(crate) const BEGIN_LINE: &[&str] = &["通讯员", "记者", "特约", "实习", "摄影"];
