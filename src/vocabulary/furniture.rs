//! Words of page furniture 版面要素.

/// Words that only furniture has, in a short line without a stop.
pub(crate) const STRONG: &[&str] = &[
    "主管主办",
    "主管 主办",
    "机关报",
    "日报社出版",
    "报社出版",
    "邮发代号",
    "国内统一",
    "国际标准",
    "统一刊号",
    "农历",
    "農曆",
    "责任编辑",
    "責任編輯",
    "责编",
    "美编",
    "本版编辑",
    "版式",
    "校对",
    "组版",
    "值班编委",
    "值班主任",
    "广告经营许可证",
    "零售价",
    "全年定价",
    "本报地址",
    "邮政编码",
    "今日本报",
    "印刷厂印刷",
    "承印",
];

/// Names of sections that stand in a folio.
pub(crate) const SECTIONS: &[&str] = &[
    "要闻", "经济", "社会", "文化", "体育", "副刊", "综合", "时政", "广告", "专版", "国内", "国际", "教育", "健康",
    "民生", "理论", "导读", "本地", "都市", "财经", "关注", "评论",
];

/// What the names of papers end in.
pub(crate) const PAPERS: &[&str] =
    &["日报", "晚报", "时报", "早报", "周报", "导报", "日報", "晚報", "時報", "早報", "週報", "導報"];

/// Words of an editors' line that is known as furniture.
pub(crate) const EDITORS: &[&str] =
    &["编辑", "編輯", "责编", "責編", "美编", "校对", "校對", "版式", "组版", "值班", "编委"];

/// Words that end in 报 and name no paper, or stand in a line about one.
pub(crate) const NO_PAPER: &[&str] =
    &["机关", "機關", "主管", "主办", "本报", "本報", "党报", "导读", "社出版", "责任", "简报"];
