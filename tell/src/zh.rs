//! The views in simplified Chinese.

use crate::catalogue::{Catalogue, MENTIONED, PageWords, quoted};
use crate::certainty::CERTAIN;
use crate::chars::code_point;
use crate::facts::{BlankChange, Certainty, Excerpt, Fact, LineEnd, Note, Seam};
use crate::why::Why;
use qingyang::rules::{CustomRule, RuleAction};
use qingyang::suspicion::Suspicion;
use qingyang::{Followed, Reason, Role, Rule};
use std::fmt::{self, Display, Formatter};

mod evidence;
mod report;

/// Simplified Chinese.
#[derive(Debug)]
pub(crate) struct Chinese;

impl Catalogue for Chinese {
    fn rules(&self) -> &'static str {
        "所用规则："
    }

    fn head(&self, name: &str, changes: usize) -> String {
        match changes {
            0 => format!("{name}：无须改动"),
            n => format!("{name}：改动 {n} 处"),
        }
    }

    fn followed(&self, followed: Followed) -> &'static str {
        match followed {
            Followed::Yes => "已接续",
            Followed::Several => "未接续：有几处转版与之呼应，无标题可作取舍",
            Followed::Nothing => "未接续：下文已在此处，或者没有下文",
            _ => "未接续：本期没有与之呼应的转版",
        }
    }

    fn jump(&self, byte: u64, text: &str, followed: Followed) -> String {
        format!("第 {byte} 字节：{text} {}", self.followed(followed))
    }

    fn rule(&self, rule: Rule) -> &'static str {
        match rule {
            Rule::LineEnds => "CR、CRLF、NEL、U+2028、U+2029 一律改为 LF，使一行就是一行。",
            Rule::Invisible => "删去文中的零宽字符、软连字符、控制字符和字节顺序标记：肉眼看不见，却妨碍检索。",
            Rule::SpaceKinds => "不换行空格、排版空格、全角空格和制表符改为普通空格。",
            Rule::Radicals => {
                "康熙部首和部首补充字符改为 Unicode 所对应的汉字；如果每个部首字符后面都已有对应的汉字，就删去部首字符。"
            }
            Rule::FullWidth => "全角拉丁字母和数字改为半角；全角标点不动。",
            Rule::VerticalForms => "竖排标点改为普通标点。",
            Rule::Compose => "拆开的字母和兼容汉字合成为一（用 NFC，不用 NFKC）；拉丁连字拆开。",
            Rule::Custom => "你自定的规则：哪些行是版面要素，哪些换行保留或接合，哪些文字替换。",
            Rule::Doubled => "版面重复印出的标题类文字，凡不可能是作者本意的，删去重影。",
            Rule::Spacing => "字距拉开的空格和零星空格合拢；人名、词组、栏目之间留一个空格。",
            Rule::Rejoin => "段内换行接合；只在两个西文词或两个人名之间加空格。",
            Rule::Hyphen => "西文单词跨行断开时所加的连字符删去。",
            Rule::Punctuation => "中文里的半角 , : ; ? ! 和括号改为全角；与数字、西文相邻时看左边。",
            Rule::Furniture => "删去报头、版次行和编辑署名行。",
            Rule::CjkLatinSpace => "汉字与西文之间加一个空格。",
            Rule::Layout => "单元之间和文末各有一个换行，版与版之间有一个换页符。",
            Rule::ByteOrderMark => "删去文件开头的字节顺序标记：它属于编码，而输出是 UTF-8。",
            Rule::Malformed => "编码所不容的字节改为 U+FFFD。",
            Rule::Mojibake => "此前用错编码读成的乱码，按原来的编码重读；字节已丢的不动。",
            Rule::Sentences => "正文一句一行；引语保持完整。",
            Rule::Order => "排在正文之后的标题移到正文之前。",
            Rule::Jumps => "转到别版的文字接到断开之处；转版说明保留。",
            other => other.reason(),
        }
    }

    fn suspicion(&self, of: Suspicion) -> String {
        match of {
            Suspicion::LostCharacters => "有“锟斤拷”，此前已丢字，请找原文".into(),
            Suspicion::ReplacementCharacters => "有 U+FFFD，此前已丢字，请找原文".into(),
            Suspicion::Misread(how) => format!("此前用错编码读过（{how}），请找原文"),
            Suspicion::BrokenFont => "是字体的私用字符，请改用 OCR 识别".into(),
            Suspicion::Japanese => "是日文".into(),
            Suspicion::FewHan => "汉字很少：或是外文，或是数字表，或是字体有问题".into(),
            Suspicion::RareHan => "多是生僻字：字体可能缺 Unicode 对照表，请改用 OCR 识别".into(),
            Suspicion::ReadAcross => "横着跨栏读成了一行：请按栏重新提取，或连坐标一起提取".into(),
            Suspicion::UnlikeTheModel => "没有把握的换行很多：这种版面与模型见过的不同，请核对".into(),
            _ => of.name().into(),
        }
    }

    fn reason(&self, name: &str, reason: &str) -> String {
        format!("{name}：{reason}")
    }

    fn custom_rule(&self, rule: &CustomRule) -> String {
        match rule.action() {
            RuleAction::Furniture { line, role: Some(role) } => {
                format!("与 {line} 相符的行是版面要素（{}）。", role.chinese())
            }
            RuleAction::Furniture { line, role: None } => format!("与 {line} 相符的行是版面要素。"),
            RuleAction::Break { line, keep: true } => format!("与 {line} 相符的行，其后的换行保留。"),
            RuleAction::Break { line, keep: false } => format!("与 {line} 相符的行与下一行接合。"),
            RuleAction::Replace { find, put } if put.is_empty() => format!("与 {find} 相符的文字删去。"),
            RuleAction::Replace { find, put } => format!("与 {find} 相符的文字改为 {put}。"),
            _ => String::new(),
        }
    }

    fn role(&self, role: Role) -> String {
        format!("<span lang=zh>{}</span>", role.chinese())
    }

    fn evidence(&self, reason: &Reason) -> String {
        evidence::said(reason)
    }

    fn why(&self, why: &Why) -> Vec<String> {
        evidence::why(why)
    }

    fn fact(&self, fact: &Fact, f: &mut Formatter<'_>) -> fmt::Result {
        write_fact(fact, f)
    }

    fn note(&self, note: &Note, f: &mut Formatter<'_>) -> fmt::Result {
        report::note(self, note, f)
    }

    fn page(&self) -> &'static PageWords {
        &report::WORDS
    }
}

fn list(texts: &[String]) -> String {
    texts.iter().map(|t| quoted(t)).collect::<Vec<_>>().join("、")
}

/// How certain an edit is, as far as a sentence mentions it.
struct Sure(Certainty);

impl Display for Sure {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            Certainty::Decided(p) => write!(f, "（按人工裁定；模型的把握 {:.0}%）", p * 100.0),
            Certainty::Custom => f.write_str("（按自定规则）"),
            Certainty::Of(p) if p >= MENTIONED => Ok(()),
            Certainty::Of(p) if p >= CERTAIN => write!(f, "（把握 {:.0}%）", p * 100.0),
            Certainty::Of(p) => write!(f, "（把握 {:.0}%，请核对）", p * 100.0),
        }
    }
}

fn write_fact(fact: &Fact, f: &mut Formatter<'_>) -> fmt::Result {
    match fact {
        Fact::BreakKept { line, certainty, seam: (left, right) } => {
            write!(f, "第 {line} 行之后的换行保留{}：「{left}」⏎「{right}」", Sure(*certainty))
        }
        Fact::HeadlineLeft { line, text } => write!(f, "第 {line} 行：标题{}移到正文之前", quoted(text)),
        Fact::LinesMoved { first, count: 1 } => write!(f, "第 {first} 行读的次序与文件不同"),
        Fact::LinesMoved { first, count } => write!(f, "{count} 行读的次序与文件不同，最前的是第 {first} 行"),
        Fact::HeadlineCame { line, text } => write!(f, "第 {line} 行：标题{}移到此处，在正文之前", quoted(text)),
        Fact::TextLeft { line, text } => write!(f, "第 {line} 行：{}移到它所接续的版面", quoted(text)),
        Fact::TextCame { line, text } => write!(f, "第 {line} 行：{}移到此处，接续上文", quoted(text)),
        Fact::CopyRemoved { line, texts, certainty } => {
            write!(f, "第 {line} 行：删去{}，为版面重影{}", list(texts), Sure(*certainty))
        }
        Fact::FurnitureRemoved { line, texts, certainty } => {
            write!(f, "第 {line} 行：删去{}，属于版面而不属于文章{}", list(texts), Sure(*certainty))
        }
        Fact::LineRemoved { line, texts } => write!(f, "第 {line} 行：删去{}", list(texts)),
        Fact::UnseenRemoved { line, count, kinds } => {
            let kinds: Vec<String> = kinds.iter().map(|&c| code_point(c)).collect();
            write!(f, "第 {line} 行：删去 {count} 个不可见字符（{}）", kinds.join("、"))
        }
        Fact::SentencesSplit { line, count } => write!(f, "第 {line} 行：{count} 个句子另起一行"),
        Fact::LineEnds { first, last, count, kinds } => line_ends(f, (*first, *last), *count, kinds.iter().copied()),
        Fact::BlankLines { lines, more, change } => blank_lines(f, lines, *more, *change),
        Fact::Paragraph { from, to, breaks, least, text } => paragraph(f, (*from, *to), *breaks, *least, text.as_ref()),
        Fact::Joined { line, next, space, hyphen, certainty, seam } => {
            joined(f, (*line, *next), (*space, *hyphen), *certainty, seam.as_ref())
        }
        Fact::Spaces { line, closed, narrowed, ordinary, added, certainty } => {
            let parts = [
                (*closed, "合拢", "处空隙"),
                (*ordinary, "改为普通空格", "处"),
                (*narrowed, "缩为一个空格", "处"),
                (*added, "加", "个空格"),
            ];
            let parts: Vec<String> =
                parts.into_iter().filter(|(n, ..)| *n > 0).map(|(n, did, what)| format!("{did} {n} {what}")).collect();
            write!(f, "第 {line} 行：{}{}", parts.join("，"), Sure(*certainty))
        }
        Fact::Refused { line, before, after } => {
            write!(f, "第 {line} 行：按人工裁定保留{}，不改为{}", quoted(before), quoted(after))
        }
        Fact::Replaced { line, pairs, more, certainty } => replaced(f, *line, pairs, *more, *certainty),
        layout => layout_fact(f, layout),
    }
}

/// The facts about the layout between units.
fn layout_fact(f: &mut Formatter<'_>, fact: &Fact) -> fmt::Result {
    match fact {
        Fact::EndAdded { line } => write!(f, "第 {line} 行：文末补一个换行"),
        Fact::FormFeedRemoved { line } => write!(f, "第 {line} 行：其后没有文字的换页符删去"),
        Fact::TopRemoved { line } => write!(f, "第 {line} 行：文首的空行和空格删去"),
        Fact::BlankLineRemoved { line } => write!(f, "第 {line} 行之后：删去一个空行"),
        Fact::GapRemoved { line, text } => write!(f, "第 {line} 行之后：删去{}", quoted(text)),
        Fact::GapReplaced { line, before, after } => {
            write!(f, "第 {line} 行：{}改为{}", quoted(before), quoted(after))
        }
        _ => Ok(()),
    }
}

fn line_ends(
    f: &mut Formatter<'_>,
    (first, last): (u64, u64),
    count: usize,
    kinds: impl Iterator<Item = LineEnd>,
) -> fmt::Result {
    let name = |kind| match kind {
        LineEnd::Cr => "CR",
        LineEnd::CrLf => "CRLF",
        LineEnd::Other => "其他",
    };
    let kinds: Vec<&str> = kinds.map(name).collect();
    write!(f, "第 {first}–{last} 行：{count} 处行尾（{}）改为 LF", kinds.join("、"))
}

fn blank_lines(f: &mut Formatter<'_>, lines: &[u64], more: usize, change: BlankChange) -> fmt::Result {
    let named: Vec<String> = lines.iter().map(u64::to_string).collect();
    write!(f, "第 {} 行", named.join("、"))?;
    if more > 0 {
        write!(f, "及另外 {more} 行")?;
    }
    f.write_str(match change {
        BlankChange::Added => "之后：单元之间加一个空行",
        BlankChange::Removed => "之后：单元之间的空行删去",
        BlankChange::RemovedWithSpaces => "之后：单元之间的空行和空格删去",
    })
}

fn paragraph(
    f: &mut Formatter<'_>,
    (from, to): (u64, u64),
    breaks: usize,
    least: f32,
    text: Option<&Excerpt>,
) -> fmt::Result {
    match from == to {
        true => write!(f, "第 {from} 行自成一段：")?,
        false => write!(f, "第 {from}–{to} 行是一段：")?,
    }
    write!(f, "接合 {breaks} 处换行")?;
    match least {
        p if p >= MENTIONED => {}
        p if breaks == 1 => write!(f, "（把握 {:.0}%）", p * 100.0)?,
        p => write!(f, "（其中最低的把握 {:.0}%）", p * 100.0)?,
    }
    match text {
        None => Ok(()),
        Some(Excerpt::Whole(text)) => write!(f, "：「{text}」"),
        Some(Excerpt::Ends(head, tail)) => write!(f, "：「{head}…{tail}」"),
    }
}

fn joined(
    f: &mut Formatter<'_>,
    (line, next): (u64, u64),
    (space, hyphen): (bool, bool),
    certainty: Certainty,
    seam: Option<&Seam>,
) -> fmt::Result {
    write!(f, "第 {line} 行与第 {next} 行相接")?;
    if space {
        f.write_str("，中间留一个空格")?;
    }
    if hyphen {
        f.write_str("；断词的连字符删去")?;
    }
    write!(f, "{}", Sure(certainty))?;
    match seam {
        Some((left, right)) => write!(f, "：「{left}」+「{right}」"),
        None => Ok(()),
    }
}

fn replaced(
    f: &mut Formatter<'_>,
    line: u64,
    pairs: &[(String, String)],
    more: usize,
    certainty: Certainty,
) -> fmt::Result {
    let mut parts: Vec<String> = pairs
        .iter()
        .map(|(before, after)| match (before.is_empty(), after.is_empty()) {
            (_, true) => format!("删去{}", quoted(before)),
            (true, false) => format!("加上{}", quoted(after)),
            (false, false) => format!("{}改为{}", quoted(before), quoted(after)),
        })
        .collect();
    if more > 0 {
        parts.push(format!("另有 {more} 处"));
    }
    write!(f, "第 {line} 行：{}{}", parts.join("，"), Sure(certainty))
}
