//! Verbs of speech around a quotation.

/// Verbs of speech that end the clause after a quotation.
pub(super) const SAYS: &[&str] =
    &["说", "說", "説", "问", "問", "喊", "叫", "称", "稱", "叹", "嘆", "歎", "答", "讲", "講", "道", "笑", "嚷"];

/// Words that end in one of them and do not speak.
pub(super) const SAYS_NOT: &[&str] = &[
    "小说", "小說", "小説", "据说", "據說", "據説", "传说", "傳說", "傳説", "学说", "學說", "學説", "访问", "訪問",
    "学问", "學問", "慰问", "慰問", "疑问", "疑問", "顾问", "顧問", "名称", "名稱", "简称", "簡稱", "职称", "職稱",
    "知道", "街道", "渠道", "报道", "報道", "味道", "通道", "轨道", "軌道", "跑道", "车道", "車道", "隧道", "河道",
    "管道",
];

/// Verbs of speech anywhere in the clause.
pub(super) const TELLS: &[&str] = &[
    "说着", "說着", "說著", "説著", "说道", "說道", "説道", "告诉", "告訴", "表示", "介绍", "介紹", "回忆", "回憶",
    "感叹", "感嘆", "感慨", "坦言", "直言", "解释", "解釋", "补充", "補充", "强调", "強調", "指出", "透露", "回答",
    "嘱咐", "囑咐", "叮嘱", "叮囑", "笑着", "笑著", "吆喝", "提醒",
];

/// How a clause begins that says of what was spoken.
pub(super) const SPEAKS_OF: &[&str] = &[
    "谈起", "談起", "说起", "說起", "説起", "提起", "谈到", "談到", "说到", "說到", "説到", "提到", "谈及", "談及",
    "提及",
];
