//! Words of notices, offices and letters.

/// How a letter greets.
pub(crate) const SALUTATIONS: &[&str] =
    &["编辑：", "編輯：", "同志：", "同志们：", "先生：", "女士：", "朋友：", "朋友们：", "读者：", "讀者："];

/// Words of small notices and advertisements.
pub(crate) const NOTICES: &[&str] = &[
    "遗失", "遺失", "丢失", "作废", "作廢", "特此", "招聘", "转让", "出租", "出售", "求购", "开业", "优惠", "启事",
    "啟事", "诚聘", "招租", "声明", "聲明",
];

/// Last characters of the names of offices, firms and schools.
pub(crate) const OFFICES: &str = "局部厅处委院会室府站社校队司厂办所行店馆团协联署庭厛廳處會隊學組组部";

/// Words by which a reader is told how to reach somebody.
pub(crate) const REACH: &[&str] =
    &["电话", "热线", "联系", "地址", "手机", "報名", "报名", "咨询", "邮箱", "电邮", "電話"];
