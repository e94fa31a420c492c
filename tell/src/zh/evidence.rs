//! The evidence of the model in simplified Chinese.

use crate::facts::FULL_LINE;
use crate::why::Why;
use qingyang::Reason;

pub(super) fn said(reason: &Reason) -> String {
    match *reason {
        Reason::Width { width, column } if width >= FULL_LINE * column => format!("上一行排满，栏宽 {column} 字"),
        Reason::Width { width, column } => format!("上一行占 {width} 字，栏宽 {column} 字"),
        Reason::Ending { last, is_stop: true } => format!("行末有句末标点「{last}」"),
        Reason::Ending { last, is_stop: false } => format!("行末「{last}」不是句末标点"),
        Reason::Beginning { first } => format!("下一行的开头「{first}」"),
        Reason::Word { above, below, bond: 3.. } => format!("「{above}|{below}」在一个词里"),
        Reason::Word { above, below, bond: 2 } => format!("「{above}|{below}」可能在一个词里"),
        Reason::Word { above, below, bond: 1 } => format!("「{above}|{below}」不成词"),
        Reason::Word { above, below, .. } => format!("换行两边的字「{above}|{below}」"),
        Reason::Open { is_open: true } => "引号或括号还没有收".into(),
        Reason::Open { is_open: false } => "没有未收的引号或括号".into(),
        Reason::Blank { lines: 0 } => "中间没有空行".into(),
        Reason::Blank { lines } => format!("中间有 {lines} 个空行"),
        Reason::Indent { above, below } if below > above => format!("下一行缩进 {below} 字"),
        Reason::Indent { .. } => "下一行没有缩进".into(),
        Reason::Spacing => "两行的字距".into(),
        Reason::Shape => "两行及邻行的形状".into(),
        Reason::Habit => "本版的习惯".into(),
        Reason::Rule => "排版的规矩".into(),
        Reason::Place => "两行在版面上的位置".into(),
        Reason::SecondLook => "前后六行合起来看".into(),
        Reason::PrintedElsewhere => "换行处的词在本页别处连着排".into(),
        _ => String::new(),
    }
}

pub(super) fn why(why: &Why) -> Vec<String> {
    let list = |reasons: &[Reason]| reasons.iter().map(said).collect::<Vec<_>>().join("；");
    [("支持", &why.reasons), ("反对", &why.against)]
        .into_iter()
        .filter(|(_, reasons)| !reasons.is_empty())
        .map(|(side, reasons)| format!("{side}：{}", list(reasons)))
        .collect()
}
