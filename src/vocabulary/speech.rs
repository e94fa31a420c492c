//! Verbs of speech around a quotation.

/// Verbs of speech that end the clause behind a quotation.
pub(crate) const SAYS: &[&str] =
    &["说", "问", "喊", "叫", "称", "叹", "答", "讲", "道", "笑", "嚷", "說", "問", "講", "稱", "歎"];

/// Words that end in one of them and do not speak.
pub(crate) const SAYS_NOT: &[&str] = &[
    "小说", "据说", "传说", "学说", "访问", "学问", "慰问", "疑问", "顾问", "名称", "简称", "职称", "知道", "街道",
    "渠道", "报道", "味道", "通道", "轨道", "跑道", "车道", "隧道", "河道", "管道", "小說", "傳說", "知道", "渠道",
    "報道",
];

/// Verbs of speech anywhere in the clause.
pub(crate) const TELLS: &[&str] = &[
    "说着", "说道", "告诉", "表示", "介绍", "回忆", "感叹", "感慨", "坦言", "直言", "解释", "补充", "强调", "指出",
    "透露", "回答", "嘱咐", "叮嘱", "笑着", "吆喝", "提醒", "表示", "告訴", "介紹", "回憶", "解釋", "強調",
];

/// How a clause begins that says of what was spoken.
pub(crate) const SPEAKS_OF: &[&str] = &["谈起", "说起", "提起", "谈到", "说到", "提到", "谈及", "談起", "說起", "提及"];
