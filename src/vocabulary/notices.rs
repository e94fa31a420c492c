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

/// What the kind of a company or of its branch begins with. Its name stands before it.
pub(crate) const COMPANY_KINDS: &[&str] = &["有限公司", "有限责任", "有限責任", "股份有限", "分公司"];

/// Words that say how to reach somebody.
pub(super) const REACH: &[&str] = &[
    "电话",
    "電話",
    "热线",
    "熱線",
    "联系",
    "聯繫",
    "地址",
    "手机",
    "手機",
    "报名",
    "報名",
    "咨询",
    "諮詢",
    "邮箱",
    "郵箱",
    "电邮",
    "電郵",
    "微信",
    "微信号",
    "微信號",
];

/// Words of captions: where the picture is, and where in it somebody is.
pub(super) const PICTURED: &[&str] = &[
    "图为",
    "圖為",
    "上图",
    "上圖",
    "下图",
    "下圖",
    "左图",
    "左圖",
    "右图",
    "右圖",
    "题图",
    "題圖",
    "图①",
    "圖①",
    "图②",
    "圖②",
    "图③",
    "圖③",
    "图④",
    "圖④",
    "（左",
    "(左",
    "（右",
    "(右",
    "（中）",
    "(中)",
    "左一",
    "左二",
    "左三",
    "右一",
    "右二",
    "右三",
    "前排",
    "后排",
    "後排",
    "合影",
    "合照",
    "照片",
    "图片",
    "圖片",
    "资料图",
    "資料圖",
    "供图",
    "供圖",
];

/// What the title of a notice or a rule ends in.
const TITLE_ENDS: [&str; 30] = [
    "公示",
    "公告",
    "通告",
    "通知",
    "通報",
    "通报",
    "启事",
    "啟事",
    "啓事",
    "声明",
    "聲明",
    "办法",
    "辦法",
    "规定",
    "規定",
    "须知",
    "須知",
    "名单",
    "名單",
    "倡议书",
    "倡議書",
    "说明",
    "說明",
    "更正",
    "致歉信",
    "感谢信",
    "感謝信",
    "讣告",
    "訃告",
    "简章",
];

/// Whether a line ends as the title of a notice or a rule does.
pub(crate) fn ends_as_title(line: &str) -> bool {
    TITLE_ENDS.iter().any(|word| line.ends_with(word))
}

/// The last characters of these words.
pub(crate) const TITLES: &str = "示告知報报事明法定单單书書正信章";

/// What the text of a notice begins with.
pub(crate) const LEADS: [&str; 34] = [
    "根据",
    "根據",
    "为",
    "為",
    "因",
    "受",
    "经",
    "經",
    "兹",
    "茲",
    "按照",
    "依据",
    "依據",
    "依照",
    "现将",
    "現將",
    "现对",
    "现就",
    "我",
    "本",
    "凡",
    "近",
    "鉴于",
    "鑒於",
    "由于",
    "由於",
    "各",
    "广大",
    "廣大",
    "尊敬的",
    "遵照",
    "日前",
    "经研究",
    "接",
];

/// What a report begins with that has no dateline.
pub(crate) const NEWS_LEADS: [&str; 16] = [
    "近日，",
    "日前，",
    "昨日，",
    "昨天，",
    "昨日上午",
    "昨日下午",
    "昨天上午",
    "昨天下午",
    "近期，",
    "连日来",
    "連日來",
    "今年以来",
    "今年以來",
    "据悉，",
    "據悉，",
    "近年来，",
];

/// Their first characters.
pub(crate) const NEWS_FIRSTS: &str = "近日昨连連今据據";
