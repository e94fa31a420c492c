//! Words of page furniture 版面要素: masthead 报头, folio, editors' line, imprint.

use super::{posts, word_list};

/// Phrases that only furniture has, in a short line without a stop.
const PHRASES: &[&str] = &[
    "主管主办",
    "主管主辦",
    "主管 主办",
    "主管 主辦",
    "机关报",
    "機關報",
    "日报社出版",
    "日報社出版",
    "报社出版",
    "報社出版",
    "邮发代号",
    "郵發代號",
    "国内统一",
    "國內統一",
    "国际标准",
    "國際標準",
    "统一刊号",
    "統一刊號",
    "农历",
    "農曆",
    "广告经营许可证",
    "廣告經營許可證",
    "零售价",
    "零售價",
    "全年定价",
    "全年定價",
    "本报地址",
    "本報地址",
    "邮政编码",
    "郵政編碼",
    "今日本报",
    "今日本報",
    "印刷厂印刷",
    "印刷廠印刷",
    "承印",
];
/// The same and the posts of the editors' line.
pub(super) const STRONG: [&str; PHRASES.len() + posts::PAGE_EDITORS.len()] =
    word_list::joined(&[PHRASES, posts::PAGE_EDITORS]);

/// Words of the editors' line, in a line that is known as furniture.
pub(super) const EDITORS: [&str; posts::EDITORS.len() + 3] =
    word_list::joined(&[&posts::EDITORS, &["值班", "编委", "編委"]]);

/// Names of sections in a folio.
pub(crate) const SECTIONS: &[&str] = &[
    "要闻", "要聞", "经济", "經濟", "社会", "社會", "文化", "体育", "體育", "副刊", "综合", "綜合", "时政", "時政",
    "广告", "廣告", "专版", "專版", "国内", "國內", "国际", "國際", "教育", "健康", "民生", "理论", "理論", "导读",
    "導讀", "本地", "都市", "财经", "財經", "关注", "關注", "评论", "評論",
];

/// The marks that stationery prints in the margin where sheets are bound, each alone, in all its forms: 装 订 线.
pub(crate) const BINDING_MARKS: [&[char]; 3] = [&['装', '裝'], &['订', '訂'], &['线', '綫', '線']];

/// Endings of the names of papers.
pub(super) const PAPERS: &[&str] =
    &["日报", "日報", "晚报", "晚報", "时报", "時報", "早报", "早報", "周报", "週報", "周報", "导报", "導報"];

/// Words of a field that ends in 报 and names no paper.
pub(super) const NO_PAPER: &[&str] = &[
    "机关",
    "機關",
    "主管",
    "主办",
    "主辦",
    "本报",
    "本報",
    "党报",
    "黨報",
    "导读",
    "導讀",
    "社出版",
    "责任",
    "責任",
    "简报",
    "簡報",
];
