//! Errors of the library in simplified Chinese, with the option that helps.

use qingyang::reading::{Foreign, LayoutError, LayoutErrorKind, Syntax};
use qingyang::rules::{RuleError, RuleErrorKind, RuleField};
use qingyang::{Error, ErrorKind};
use std::fmt::{self, Formatter};

/// Errors of decoding, of decisions and of ledgers.
pub fn error(error: &Error, f: &mut Formatter<'_>) -> fmt::Result {
    match error.kind() {
        ErrorKind::Malformed { encoding, offset, bytes, detected } => {
            let hex: Vec<String> = bytes.iter().map(|b| format!("{b:02X}")).collect();
            let detected = if *detected { "（自动识别的编码）" } else { "" };
            write!(f, "第 {offset} 字节：{} 不合 {encoding}{detected}", hex.join(" "))?;
            f.write_str("；请指明编码（--encoding 名称），或替换坏字节（--lossy）")
        }
        ErrorKind::Undetected { offset, likeliest } => {
            write!(f, "第 {offset} 字节：没有一种已知编码能解出全部字节（{likeliest} 解到此处为止）")?;
            f.write_str("；请指明编码（--encoding 名称），或替换坏字节（--lossy）")
        }
        ErrorKind::NoBreak { offset } => write!(f, "第 {offset} 字节：这条裁定所指之处没有换行"),
        ErrorKind::DecidedTwice { offset } => write!(f, "第 {offset} 字节：对同一换行的两条裁定互相矛盾"),
        ErrorKind::OtherText { offset } => write!(f, "第 {offset} 字节：修改记录属于另一文本"),
        ErrorKind::UnknownName { what, name } => write!(f, "没有这个名称（{what}）：{name:?}"),
        ErrorKind::UnknownEncoding { name } => write!(
            f,
            "没有编码 {name:?}；可用的有 utf-8、utf-16le、utf-16be、gb18030（gbk、gb2312）、big5（big5-hkscs）"
        ),
        _ => write!(f, "{error}"),
    }
}

/// Errors of the readers of layouts.
pub fn layout(error: &LayoutError, f: &mut Formatter<'_>) -> fmt::Result {
    const AS_TEXT: &str = "；若要当作文本清理，加 --from text";
    match error.kind() {
        LayoutErrorKind::Foreign(what) => foreign(*what, f),
        LayoutErrorKind::NotALayout => write!(f, "不是版面文件：既非 JSON、XML，也非已知的表格{AS_TEXT}"),
        LayoutErrorKind::Unknown { syntax, found } => {
            let names: Vec<&str> = qingyang::reading::Format::all().map(qingyang::reading::Format::name).collect();
            let found_first = found.first().cloned().unwrap_or_default();
            let (syntax, found, names) = (syntax_name(*syntax), found.join("、"), names.join("、"));
            write!(f, "是{syntax}，但不是已知的版面格式（其中有 {found}）；已知的有 {names}")?;
            match found_first.is_empty() {
                true => f.write_str(AS_TEXT),
                false => {
                    write!(f, "；一行一条的文本记录请用 --jsonl --field 键名（这里也许是 {found_first}）{AS_TEXT}")
                }
            }
        }
        LayoutErrorKind::Encoding { encoding, offset } => write!(f, "第 {offset} 字节：不合 {encoding}"),
        LayoutErrorKind::Syntax { syntax, offset, line, reason } => {
            write!(f, "第 {offset} 字节（第 {line} 行）：不合{}语法：{reason}{AS_TEXT}", syntax_name(*syntax))
        }
        LayoutErrorKind::PythonPrint { offset } => {
            write!(f, "第 {offset} 字节：这是 Python 的 print，不是 JSON：请用 json.dump 写出结果{AS_TEXT}")
        }
        LayoutErrorKind::TooLarge { limit } => write!(f, "超过 {} MiB，版面文件的上限", limit >> 20),
        LayoutErrorKind::TooDeep { offset, limit } => write!(f, "第 {offset} 字节：嵌套超过 {limit} 层"),
        LayoutErrorKind::Missing { format, path, expected } => {
            let path = if path.is_empty() { "最外层" } else { path };
            write!(f, "{format}：在 {path} 没有找到{}", part(expected))
        }
        LayoutErrorKind::Reported { format, message } => write!(f, "{format} 报告出错：{message}"),
        LayoutErrorKind::NoText { format, lines } => write!(f, "{format}：{lines} 行里没有一个字"),
        LayoutErrorKind::NoPlaces { format, pages } => {
            write!(f, "{format}：有 {pages} 版的文字，却没有一行的坐标")
        }
        _ => write!(f, "{error}"),
    }
}

fn syntax_name(syntax: Syntax) -> &'static str {
    match syntax {
        Syntax::Json => " JSON ",
        Syntax::Xml => " XML ",
        _ => "表格（TSV 或 CSV）",
    }
}

/// What a file is that is neither text nor a layout, and what to do.
fn foreign(what: Foreign, f: &mut Formatter<'_>) -> fmt::Result {
    f.write_str(match what {
        Foreign::Pdf => "这是 PDF，不是文本：请用 'pdftotext -bbox-layout page.pdf - | qingyang' 取其文字层",
        Foreign::Zip => "这是 ZIP（Word、EPUB 文件也是），不是文本：请另存为 .txt",
        Foreign::Picture => "这是图片，不是文本：请先用 OCR 工具识别（见 docs/layouts.md）",
        Foreign::Html => "这是 HTML，里面没有坐标：请另存其文本；若要连标记一起当作文本清理，加 --from text",
        Foreign::Packed => "这是压缩文件，名字却没有 .gz 或 .zst：请先解压，或改名",
        Foreign::Word => "这是 Word 或 RTF 文档，不是文本：请另存为 .txt",
        other => return write!(f, "这不是文本，也不是版面文件（{other}）"),
    })
}

/// A part that a format must have. Names of keys stay as they are.
fn part(expected: &str) -> String {
    match expected {
        "a list" => "列表".into(),
        "a page" | "a Page" => "版面（page）".into(),
        "a list of blocks" => "块的列表".into(),
        "a list of pages" => "页的列表".into(),
        "a list of texts" => "文本的列表".into(),
        "a list of texts (rec_texts)" => "文本的列表（rec_texts）".into(),
        "a list of pages or readResults" => "页的列表或 readResults".into(),
        "fullTextAnnotation or pages" => " fullTextAnnotation 或 pages".into(),
        "its bbox" => "它的 bbox".into(),
        "lines of [polygon, text]" => " [多边形, 文字] 的各行".into(),
        "[polygon, text]" => " [多边形, 文字]".into(),
        "pdf_info, or a list of entries" => " pdf_info 或条目的列表".into(),
        key => format!(" {key}"),
    }
}

/// Errors of the user's own rules.
pub fn rule(error: &RuleError, f: &mut Formatter<'_>) -> fmt::Result {
    write!(f, "custom:{}：", error.name())?;
    if error.field() != RuleField::Rule {
        write!(f, "{}：", error.field())?;
    }
    match error.kind() {
        RuleErrorKind::TooMany { limit } => write!(f, "最多 {limit} 条规则"),
        RuleErrorKind::BadName => f.write_str("名字应有 1 到 60 个字符，只用字母、数字、'-'、'_'、'.'"),
        RuleErrorKind::SameName => f.write_str("另一条规则已用这个名字"),
        RuleErrorKind::NotFurniture => {
            f.write_str("版面要素的角色是 masthead（报头）、folio（版次）或 editors（责任编辑）")
        }
        RuleErrorKind::Syntax { character, message } => {
            write!(f, "第 {character} 个字符起不是正则表达式：{message}")
        }
        RuleErrorKind::TooLarge { limit } => {
            write!(f, "编译后的表达式超过 {limit} 字节：请减少重复，或减小重复次数")
        }
        RuleErrorKind::SetTooLarge { limit } => write!(f, "同类规则编译后合计超过 {limit} 字节"),
        RuleErrorKind::MatchesEmpty => f.write_str("表达式与空文本相符，也就与每一行相符"),
        RuleErrorKind::NeverMatches => f.write_str("没有文本与表达式相符"),
        RuleErrorKind::LineEnd => f.write_str("不能有换行：规则一次只看一行"),
        RuleErrorKind::Character { character } => {
            write!(f, "不能用字符 U+{:04X}：清理时会把它删去或替换", u32::from(*character))
        }
        RuleErrorKind::UnknownGroup { group } => write!(f, "表达式里没有分组 {group:?}"),
        RuleErrorKind::StrayDollar => f.write_str("'$' 之后要写分组，如 ${1} 或 ${name}；美元符号本身写作 $$"),
        RuleErrorKind::Loops { put, again } => {
            write!(f, "规则会再次改动自己的结果：{put:?} 变为 {again:?}")
        }
        RuleErrorKind::LoopsWithOthers { put } => write!(f, "与其他规则一起，{put:?} 会没完没了地改下去"),
        other => write!(f, "{other}"),
    }
}
