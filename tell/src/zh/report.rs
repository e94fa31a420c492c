//! The report in simplified Chinese.

use crate::catalogue::{Catalogue, DecideWords, MENTIONED, PageWords, sentence, short};
use crate::facts::{Edits, Note};
use crate::numbers::{number, percent};
use std::fmt::{self, Display, Formatter};

pub(super) const WORDS: PageWords = PageWords {
    tag: "zh-Hans",
    batch: "本批",
    all_files: "本批全部文件",
    batch_order: "出错的文件在前，其次是存疑换行最多的版面。",
    files: "文件",
    failed: "出错",
    folder: "（文件夹）",
    previous: "上一版",
    next: "下一版",
    options: "选项",
    suspicious: "可疑：",
    suspicious_files: "可疑",
    search: "查找",
    found: "共 # 个文件",
    kinds: ["出错", "有存疑换行", "文本可疑", "有坏字节", "删过重影"],
    output: "输出",
    open: "打开",
    trouble: "问题",
    inputs_list: "输入",
    no_input: "无",
    failed_input: "出错",
    sheet: "版面",
    boxes: "一框一行，同一篇文章同色；数字是阅读次序，粗体处起新单元；虚线框的行尾换行存疑，灰框不属于任何单元。点一下框，跳到这一行。",
    wide: "放大到窗口宽度",
    texts: "原文与清样",
    source: "原文",
    clean: "清样",
    unit: "单元",
    no_text: "没有可显示的文字。",
    no_edits: "没有任何改动。",
    edits_by_rule: "各规则的改动",
    rule: "规则",
    reason: "做什么，为什么",
    no_encoding: "无",
    marks: "标记",
    uncertain_join: "存疑的接合",
    uncertain_break: "存疑的换行",
    uncertain_breaks: "存疑换行",
    decided: "人工裁定",
    least: "最低把握",
    lines_units: "行数 → 单元数",
    joined: "接合换行",
    copies_removed: "删去重影",
    edits: "改动",
    encoding: "编码",
    bytes: "字节",
    malformed: "已替换的坏字节",
    file: "文件",
    uncertain: "存疑",
    copies_short: "重影",
    colon: "：",
    legend: ["接合的换行", "存疑之处", "删去的重影", "合拢的空格", "改动", "删去"],
    pointing: "把鼠标移到标记上，或用 <kbd>Tab</kbd> 逐个查看：做了什么，为什么。按 <kbd>Esc</kbd> 收起说明。",
    keys: "按 <kbd>n</kbd>、<kbd>p</kbd> 跳到下一处、上一处存疑",
    deciding: DecideWords {
        label: "裁定",
        confirm: "这样对",
        flip: "改成另一样",
        undo: "撤销",
        save: "保存裁定清单",
        none: "点一处标记，即可裁定。",
        states: ["未裁定。", "已裁定：这样对。", "已裁定：改成另一样。"],
        count: "共裁定 # 处。",
    },
    sheet_page: |page, lines| format!("第 {page} 版，{lines} 行"),
    sheet_line: |line, order, text| match order {
        Some(order) => format!("第 {line} 行，第 {order} 个读：{text}"),
        None => format!("第 {line} 行，不属于任何单元：{text}"),
    },
    title: |name| format!("{name} – 清样报告"),
    plot: |most| format!("各版存疑换行所占的比例，按文件次序排列；最高 {most}"),
    skipped: |n| format!("没有处理的文件（{}）", number(n)),
    unchanged: |n| format!("{n} 个单元没有改动"),
    inputs: |n| format!("{n} 个输入"),
    of: |part, all| format!("{} <small>/ {}</small>", number(part), number(all)),
    copies: |n, characters| format!("{} <small>共 {} 字</small>", number(n), number(characters)),
    input_figures: |edits, uncertain| format!("改动 {} 处，存疑换行 {} 处", number(edits), number(uncertain)),
    more_inputs: |more, named| format!("另有 {} 个输入已清理；报告最多列出 {named} 个。", number(more)),
    worst_files: |listed, all| format!("共 {} 个文件，只列最差的 {listed} 个。数字按全部文件统计。", number(all)),
    cut: |shown, all, limit| {
        format!(
            "只显示到第 {} 字节，共 {} 字节：报告最多显示 {} 字节。数字按全文统计。",
            number(shown),
            number(all),
            number(limit)
        )
    },
    places: |n| format!("须看之处（{n}）"),
    first_places: |listed, all| format!("共 {all} 处，只列前 {listed} 处。每处都链接到下一处。"),
    break_state,
    place: |n, decided| format!("{}之处 {n}", if decided { "裁定" } else { "存疑" }),
    link: |to_first| if to_first { "按回车回到第一处。" } else { "按回车到下一处。" },
};

/// What became of a line break.
fn done(kept: bool) -> &'static str {
    if kept { "保留" } else { "接合" }
}

/// The same with who decided it, and the model's certainty.
fn break_state(kept: bool, decided: bool, certainty: f32) -> String {
    let who = if decided { "（人工裁定），模型" } else { "，" };
    format!("{}{who}把握 {}", done(kept), percent(certainty))
}

/// What was done, in a note.
struct Done<'a>(&'a Edits);

impl Display for Done<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            Edits::HyphenJoined => f.write_str("接合换行，删去连字符"),
            Edits::Joined { space: false } => f.write_str("接合换行"),
            Edits::Joined { space: true } => f.write_str("换行改为空格"),
            Edits::CopyRemoved(text) => write!(f, "删去重影「{}」", short(text)),
            Edits::SpacesChanged(n) => write!(f, "合拢或替换 {n} 处空格"),
            Edits::SpaceRemoved => f.write_str("合拢空格"),
            Edits::SpaceAdded => f.write_str("加空格"),
            Edits::SpaceChanged => f.write_str("改为普通空格"),
            Edits::Removed(text) => write!(f, "删去「{}」", short(text)),
            Edits::Replaced(before, after) => write!(f, "「{}」改为「{}」", short(before), short(after)),
        }
    }
}

pub(super) fn note(words: &dyn Catalogue, note: &Note, f: &mut Formatter<'_>) -> fmt::Result {
    match note {
        Note::Edits { what, rule, least } => {
            write!(f, "{}", Done(what))?;
            if *least < MENTIONED {
                write!(f, "，把握 {}", percent(*least))?;
            }
            f.write_str("。")?;
            rule.as_ref().map_or(Ok(()), |rule| write!(f, "{}", sentence(words, rule)))
        }
        Note::Break { kept, decided, certainty, rule, why } => {
            let (done, certainty) = (done(*kept), percent(*certainty));
            match decided {
                true => write!(f, "人工裁定：换行{done}。模型对此的把握是 {certainty}。")?,
                false => write!(f, "存疑：换行{done}，把握 {certainty}。")?,
            }
            if let Some(rule) = rule {
                write!(f, "{}", sentence(words, rule))?;
            }
            words.why(why).iter().try_for_each(|side| write!(f, "{side}。"))
        }
    }
}
