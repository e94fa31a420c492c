//! What the beginning and the end of a line announce.

/// What a line's beginning announces, as far as a newspaper's own phrases go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(u8)]
pub enum Cue {
    /// Nothing known.
    #[default]
    None,
    /// 本报讯, 本報訊: a story begins.
    News,
    /// 新华社…: a wire story begins.
    Wire,
    /// 本报记者, □: a byline.
    Byline,
    /// ——: a deck.
    Deck,
    /// 一、
    HanNumber,
    /// （一）
    BracketNumber,
    /// 1. 1、 A.
    Number,
    /// 第一条
    Article,
    /// 一是, 首先
    Ordinal,
    /// ● ▲ ①
    Bullet,
    /// 问： 答： 记者：
    Question,
    /// A short name and a colon.
    Speaker,
    /// 据了解, 目前, 会议指出
    Opener,
    /// 图为, 上图
    Caption,
    /// 责任编辑, 国内统一刊号, 第3版 …
    Furniture,
    /// （下转 （上接
    Jump,
    /// 编者按, 导读
    Label,
    /// A date or a time.
    Date,
    /// Digits only.
    Digits,
    /// 公告, 通知, 声明
    Notice,
    /// （据新华社 （完）
    Source,
}

/// How many cues there are.
pub const CUES: usize = 22;

/// What a line's end announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(u8)]
pub enum Tail {
    /// Nothing known.
    #[default]
    None,
    /// 摄
    Credit,
    /// 文/图
    TextAndPicture,
    /// 版）
    Jump,
    /// 版
    PageNumber,
    /// 整理） 报道
    Report,
    /// 日, with digits only and 年 月 before it.
    Date,
    /// ……
    Leaders,
}

/// How many tails there are.
pub const TAILS: usize = 8;

/// Phrases that open a line, all of the trade and none of a page. The longest that fits counts.
pub(crate) static PHRASES: &[(&str, Cue)] = &[
    ("本报讯", Cue::News),
    ("本刊讯", Cue::News),
    ("本网讯", Cue::News),
    ("本報訊", Cue::News),
    ("【本報", Cue::News),
    ("【本报", Cue::News),
    ("〔記者", Cue::News),
    ("［記者", Cue::News),
    ("【記者", Cue::News),
    ("（記者", Cue::News),
    ("記者", Cue::Byline),
    ("新华社", Cue::Wire),
    ("新華社", Cue::Wire),
    ("中新社", Cue::Wire),
    ("中新网", Cue::Wire),
    ("据新华社", Cue::Wire),
    ("中央社", Cue::Wire),
    ("【中央社", Cue::Wire),
    ("本报记者", Cue::Byline),
    ("本報記者", Cue::Byline),
    ("本刊记者", Cue::Byline),
    ("记者 ", Cue::Byline),
    ("通讯员 ", Cue::Byline),
    ("特约记者", Cue::Byline),
    ("文/", Cue::Byline),
    ("文／", Cue::Byline),
    ("撰文", Cue::Byline),
    ("□ ", Cue::Byline),
    ("——", Cue::Deck),
    ("一是", Cue::Ordinal),
    ("二是", Cue::Ordinal),
    ("三是", Cue::Ordinal),
    ("四是", Cue::Ordinal),
    ("首先", Cue::Ordinal),
    ("其次", Cue::Ordinal),
    ("问：", Cue::Question),
    ("答：", Cue::Question),
    ("問：", Cue::Question),
    ("问 ：", Cue::Question),
    ("答 ：", Cue::Question),
    ("记者：", Cue::Question),
    ("記者：", Cue::Question),
    ("据了解", Cue::Opener),
    ("据介绍", Cue::Opener),
    ("据悉", Cue::Opener),
    ("目前", Cue::Opener),
    ("同时", Cue::Opener),
    ("此外", Cue::Opener),
    ("近年来", Cue::Opener),
    ("近日", Cue::Opener),
    ("会议指出", Cue::Opener),
    ("会议强调", Cue::Opener),
    ("会议认为", Cue::Opener),
    ("会议要求", Cue::Opener),
    ("日前", Cue::Opener),
    ("下一步", Cue::Opener),
    ("随后", Cue::Opener),
    ("昨日", Cue::Opener),
    ("昨天", Cue::Opener),
    ("如今", Cue::Opener),
    ("當局", Cue::Opener),
    ("據了解", Cue::Opener),
    ("图为", Cue::Caption),
    ("图①", Cue::Caption),
    ("图②", Cue::Caption),
    ("图③", Cue::Caption),
    ("上图", Cue::Caption),
    ("下图", Cue::Caption),
    ("左图", Cue::Caption),
    ("右图", Cue::Caption),
    ("圖為", Cue::Caption),
    ("圖：", Cue::Caption),
    ("▲", Cue::Caption),
    ("责任编辑", Cue::Furniture),
    ("責任編輯", Cue::Furniture),
    ("责编", Cue::Furniture),
    ("编辑", Cue::Furniture),
    ("编辑同志", Cue::Speaker),
    ("编辑：", Cue::Speaker),
    ("编后", Cue::Label),
    ("单位：", Cue::Source),
    ("（单位：", Cue::Source),
    ("（注：", Cue::Source),
    ("美编", Cue::Furniture),
    ("校对", Cue::Furniture),
    ("版式", Cue::Furniture),
    ("邮发代号", Cue::Furniture),
    ("国内统一", Cue::Furniture),
    ("农历", Cue::Furniture),
    ("農曆", Cue::Furniture),
    ("星期", Cue::Furniture),
    ("今日", Cue::Furniture),
    ("本版", Cue::Furniture),
    ("要闻", Cue::Furniture),
    ("副刊", Cue::Furniture),
    ("广告", Cue::Furniture),
    ("中共", Cue::Furniture),
    ("上接", Cue::Jump),
    ("下转", Cue::Jump),
    ("下轉", Cue::Jump),
    ("接转", Cue::Jump),
    ("接轉", Cue::Jump),
    ("续接", Cue::Jump),
    ("續接", Cue::Jump),
    ("编者按", Cue::Label),
    ("编者的话", Cue::Label),
    ("开栏的话", Cue::Label),
    ("导读", Cue::Label),
    ("本版导读", Cue::Label),
    ("今日导读", Cue::Label),
    ("相关链接", Cue::Label),
    ("新闻背景", Cue::Label),
    ("短评", Cue::Label),
    ("公告", Cue::Notice),
    ("通知", Cue::Notice),
    ("通告", Cue::Notice),
    ("声明", Cue::Notice),
    ("遗失", Cue::Notice),
    ("启事", Cue::Notice),
    ("招聘", Cue::Notice),
    ("上联", Cue::Label),
    ("下联", Cue::Label),
    ("（据", Cue::Source),
    ("（新华社", Cue::Source),
    ("（完", Cue::Source),
    ("（原载", Cue::Source),
    ("（作者", Cue::Source),
    ("（本报", Cue::Source),
];

/// Phrases that end a line. The longest that fits counts. A date ends in 日 and is read by itself.
pub(crate) static TAIL_PHRASES: &[(&str, Tail)] = &[
    ("摄", Tail::Credit),
    ("攝", Tail::Credit),
    ("摄）", Tail::Credit),
    ("攝）", Tail::Credit),
    ("摄)", Tail::Credit),
    ("攝)", Tail::Credit),
    (" 文", Tail::Credit),
    (" 图", Tail::Credit),
    (" 圖", Tail::Credit),
    (" 绘", Tail::Credit),
    (" 繪", Tail::Credit),
    ("供图", Tail::Credit),
    ("供圖", Tail::Credit),
    ("供图）", Tail::Credit),
    ("供圖）", Tail::Credit),
    ("供图)", Tail::Credit),
    ("供圖)", Tail::Credit),
    ("摄影报道", Tail::Credit),
    ("攝影報道", Tail::Credit),
    ("攝影報導", Tail::Credit),
    ("文/图", Tail::TextAndPicture),
    ("文/圖", Tail::TextAndPicture),
    ("文／图", Tail::TextAndPicture),
    ("文／圖", Tail::TextAndPicture),
    ("图/文", Tail::TextAndPicture),
    ("圖/文", Tail::TextAndPicture),
    ("图／文", Tail::TextAndPicture),
    ("圖／文", Tail::TextAndPicture),
    ("文/摄", Tail::TextAndPicture),
    ("文/攝", Tail::TextAndPicture),
    ("文／摄", Tail::TextAndPicture),
    ("文／攝", Tail::TextAndPicture),
    ("摄/文", Tail::TextAndPicture),
    ("攝/文", Tail::TextAndPicture),
    ("摄／文", Tail::TextAndPicture),
    ("攝／文", Tail::TextAndPicture),
    ("报道", Tail::Report),
    ("報道", Tail::Report),
    ("報導", Tail::Report),
    ("供稿", Tail::Report),
    ("整理）", Tail::Report),
    ("整理)", Tail::Report),
    ("版", Tail::PageNumber),
    ("版）", Tail::Jump),
    ("版)", Tail::Jump),
    ("版〕", Tail::Jump),
    ("版］", Tail::Jump),
    ("版]", Tail::Jump),
    ("版】", Tail::Jump),
    ("…", Tail::Leaders),
];
