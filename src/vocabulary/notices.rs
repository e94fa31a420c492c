//! Words of notices, advertisements, offices and letters.

/// How a letter greets.
pub(super) const SALUTATIONS: &[&str] = &[
    "编辑：",
    "編輯：",
    "同志：",
    "同志们：",
    "同志們：",
    "先生：",
    "女士：",
    "朋友：",
    "朋友们：",
    "朋友們：",
    "读者：",
    "讀者：",
];

/// Words of small notices and advertisements.
pub(super) const NOTICES: &[&str] = &[
    "遗失", "遺失", "丢失", "丟失", "作废", "作廢", "特此", "招聘", "转让", "轉讓", "出租", "出售", "求购", "求購",
    "开业", "開業", "优惠", "優惠", "启事", "啟事", "啓事", "诚聘", "誠聘", "招租", "声明", "聲明",
];

/// Last characters of the names of offices, firms and schools.
pub(crate) const OFFICES: &str = "局部厅廳厛处處委院会會室府站社校队隊学學组組司厂廠办辦所行店馆館团團协協联聯署庭";

/// Words that say how to reach somebody.
pub(super) const REACH: &[&str] = &[
    "电话", "電話", "热线", "熱線", "联系", "聯繫", "地址", "手机", "手機", "报名", "報名", "咨询", "諮詢", "邮箱",
    "郵箱", "电邮", "電郵",
];
