//! The messages in simplified Chinese. Written for readers of Chinese, in the words of the trade; what they name and what
//! they advise is what `en.rs` names and advises.

mod library;
pub mod options;

use crate::help_words::HelpWords;
use crate::messages::{
    Action, Attribute, Conflict, FileCounts, FileFault, FolderConflict, Gap, IoError, ListFault, ListMisfit, Message,
    NotTaken, Note, Overwrite, Packed, PdfFault, PictureFault, Place, RecordConflict, RecordFault, SettingFault, Side,
    TableFault, Type, Usage, can_be_undone,
};
use qingyang::Rule;
use qingyang::layout::Doubt;
use qingyang::suspicion::Suspicion;
use qingyang_tell::Language;
use std::fmt::{self, Formatter};
use std::io;
use std::path::Path;

/// The help.
pub const HELP: HelpWords = HelpWords {
    about: "把中文报纸版面的乱文本（OCR 识别、PDF 文字层）整理成清样",
    usage: "qingyang [选项] [输入]...",
    usage_heading: "用法：",
    general: "基本",
    more: "这里只列常用选项；全部选项见 qingyang --help。",
    heading: options::heading,
    flags: ["显示帮助（-h 只列常用选项）", "显示版本"],
    values: |values| format!("可用 {}", values.join("、")),
    default: |value| format!("默认 {value}"),
    aside: |all| format!("［{}］", all.join("；")),
    examples: ("示例：", EXAMPLES),
    exit_status: ("退出状态：", EXIT_STATUS),
    commands: ("命令", COMMANDS),
    manual: ["名称", "用法", "说明", "选项", "版本"],
    progress: [
        "{spinner} {human_pos} 个文件，{msg}，{per_sec}，{elapsed}",
        "{spinner} {human_pos}/{human_len} 个文件，{msg}，{per_sec}，还要 {eta}",
    ],
};

/// Commands that a new user tries first.
const EXAMPLES: &str = "  pdftotext page.pdf - | qingyang                   清理管道里的文本
  qingyang page1.txt page2.txt -o issue.txt         按所给次序清理几个文件
  qingyang archive/ -o clean/ --jobs 4 --resume     清理整个文件夹；中断之后接着做
  pdftotext -bbox-layout page.pdf - | qingyang      清理带坐标的版面文件
  qingyang --format markdown page.txt               标出标题、图说等
  qingyang --jsonl --field text < in.jsonl          清理每条 JSON 记录里的一个字段
  qingyang --follow-jumps 2023-09-12/ -o clean/     清理一期报纸，接上转版的文章
  qingyang --check archive/                         列出会有改动的文件；有则退出状态为 1
  qingyang --uncertain=0.9 page.txt                 列出存疑的换行
  qingyang --decisions list.jsonl page.txt          把存疑的换行写成清单，改其中的 \"keep\"，
  qingyang --apply list.jsonl page.txt              再按清单清理";

/// What the exit status means.
const EXIT_STATUS: &str = "\
0 成功；1 有出错之处（用 --check 时：会有改动）；2 用法有误；
129、130、143 分别是收到 SIGHUP、Ctrl-C、SIGTERM。";

/// The commands.
const COMMANDS: &str = "\
（只能是第一个词；若有同名文件，请写 ./rules）：
rules 列出规则；config [文件] 显示生效的设置；completions SHELL 输出补全脚本；man 输出手册页；help 显示帮助。";

/// How a rule is switched on or off.
fn switch(rule: Rule) -> String {
    match rule {
        Rule::Furniture => "默认关；开：--furniture drop".into(),
        Rule::CjkLatinSpace => "默认关；开：--cjk-latin-space one".into(),
        Rule::Malformed => "默认关；开：--lossy".into(),
        Rule::Mojibake => "默认关；开：--repair mojibake".into(),
        Rule::Sentences => "默认关；开：--split sentence".into(),
        Rule::Order => "默认关；开：--order reading".into(),
        Rule::Jumps => "默认关；开：--follow-jumps 或 --join-across".into(),
        Rule::Custom => "默认关；开：在 qingyang.toml 里写 [[furniture]]、[[break]] 或 [[replace]]".into(),
        rule if rule.is_always_on() => "始终开".into(),
        Rule::FullWidth => "默认开；关：--width keep，或 --skip full-width".into(),
        rule => format!("默认开；关：--skip {}", rule.name()),
    }
}

pub fn message(message: &Message, f: &mut Formatter<'_>) -> fmt::Result {
    match message {
        Message::Usage(m) => usage(m, f),
        Message::Conflict(m) => conflict(m, f),
        Message::RecordConflict(m) => record_conflict(m, f),
        Message::FolderConflict(m) => folder_conflict(m, f),
        Message::Overwrite(m) => overwrite(m, f),
        Message::Setting(m) => setting(m, f),
        Message::File(m) => file(m, f),
        Message::Picture(m) => picture(m, f),
        Message::Packed(m) => packed(m, f),
        Message::Record(m) => record(m, f),
        Message::Table(m) => table(m, f),
        Message::List(m) => list(m, f),
        Message::ListMisfit(m) => list_misfit(m, f),
        Message::Note(m) => note(m, f),
        Message::Library(error) => library::error(error, f),
        Message::Layout(error) => library::layout(error, f),
        Message::Io { action, error } => io_error(*action, error, f),
        Message::Reported => Ok(()),
    }
}

pub fn place(place: &Place, f: &mut Formatter<'_>) -> fmt::Result {
    match place {
        Place::Path(path) => write!(f, "{}", path.display()),
        Place::StandardInput => f.write_str("标准输入"),
        Place::StandardOutput => f.write_str("标准输出"),
        Place::Option(name) => f.write_str(name),
        Place::OptionPath(name, path) => write!(f, "{name} {}", path.display()),
        Place::FileLine(path, line) => write!(f, "{}:{line}", path.display()),
        Place::Line(line) => write!(f, "第 {line} 行"),
        Place::Row(row) => write!(f, "表中第 {row} 行"),
        Place::Key(key) => f.write_str(key),
        Place::Head => f.write_str("首行记录"),
    }
}

/// Errors of the command line itself.
pub fn usage(message: &Usage, f: &mut Formatter<'_>) -> fmt::Result {
    match message {
        Usage::UnknownOption { option, nearest } => {
            write!(f, "没有选项 {option}")?;
            meant(nearest.as_deref(), &[], f)
        }
        Usage::BadValue { option, value, reason } => {
            write!(f, "{option}：值 {value:?} 不可用：")?;
            usage(reason, f)
        }
        Usage::UnknownValue { option, value, nearest, known } => {
            write!(f, "{option}：没有这个值：'{value}'")?;
            meant(nearest.as_deref(), known, f)
        }
        Usage::ValueMissing { option } => write!(f, "{option} 需要一个值"),
        Usage::UnexpectedValue { option, value } => write!(f, "{option} 不带值，却给了 '{value}'"),
        Usage::EqualSignMissing { option } => write!(f, "{option}：值要写在等号之后"),
        Usage::OptionsMissing { options } => write!(f, "缺少 {}：其他选项要用到", options.join(" 和 ")),
        Usage::Exclusive { option, others } => {
            write!(f, "{option} 与 {} 不能同时使用：去掉其一", others.join("、"))
        }
        Usage::GivenTwice { option } => write!(f, "{option} 给了两次：去掉一个"),
        Usage::UnknownCommand { word, nearest } => {
            write!(f, "没有文件也没有命令 {word:?}；是否想写 'qingyang {nearest}'？")
        }
        Usage::NothingGiven => f.write_str(
            "没有输入：请写文件名（qingyang page.txt）或文件夹（qingyang archive/ -o clean/），或经管道送入文本\
             （pdftotext page.pdf - | qingyang）；要键入文本，写 '-'",
        ),
        Usage::Parser(text) => write!(f, "命令行有误：{text}"),
        Usage::ExpectedProbability => f.write_str("应为 0.5 到 1 之间的概率，如 --uncertain=0.9"),
        Usage::ExpectedJobs => f.write_str("应为 1 到 1024 之间的数"),
        Usage::BadGlob(reason) => write!(f, "不是通配式：{reason}"),
        Usage::BadPointer { option, pointer } => {
            write!(f, "{option} {pointer}：JSON Pointer 的键名里，波浪号写作 ~0，斜杠写作 ~1")
        }
        Usage::CommandTakesNothing { command, word } => {
            write!(f, "命令 {command} 之后不能再有别的词，如 {word:?}；若是同名文件，请写 ./{command}")
        }
        Usage::CompletionsNeedShell => f.write_str("completions 之后要写 shell：bash、elvish、fish、powershell 或 zsh"),
    }
}

/// The likely intention, or all that is known.
fn meant(nearest: Option<&str>, known: &[String], f: &mut Formatter<'_>) -> fmt::Result {
    match nearest {
        Some(nearest) => write!(f, "；是否想写 '{nearest}'？"),
        None if known.is_empty() => Ok(()),
        None => write!(f, "；可用的有 {}", known.join("、")),
    }
}

/// Options that would have no effect, or that contradict each other.
pub fn conflict(message: &Conflict, f: &mut Formatter<'_>) -> fmt::Result {
    match message {
        Conflict::TextFormatOnly { option } => {
            write!(f, "{option} 只用于纯文本：去掉 --format，或改为 --format text")
        }
        Conflict::IssueWithLists { option } => write!(f, "{option} 只用于单个版面：去掉 --issue 和 --follow-jumps"),
        Conflict::PreviewInPlace => f.write_str("--in-place 要写文件，而 --check、--diff、--explain 不写：去掉其一"),
        Conflict::TableOfOneArticle => {
            f.write_str("--format csv 是全部文章的一张表：请去掉 --per，或改用 text、markdown、json")
        }
        Conflict::PageOfOneArticle => {
            f.write_str("hOCR 和 ALTO 描述整个版面：请去掉 --per，或改用 text、markdown、json")
        }
        Conflict::MarkWithoutTable => f.write_str("--bom 用于表格：请加 --format csv，或去掉它"),
        Conflict::PictureOfOneLayout => {
            f.write_str("--image 只用于一个版面文件；输入是文件夹时，自动取版面文件旁边的图，如 scan.json 旁边的 scan.jpg、scan.png")
        }
        Conflict::ListIsStandardInput => f.write_str("标准输入已用作 --files-from 的名单，不能再作输入"),
    }
}

/// Options that contradict cleaning records, or have no effect on them.
pub fn record_conflict(message: &RecordConflict, f: &mut Formatter<'_>) -> fmt::Result {
    match message {
        RecordConflict::PagesOnly { option } => write!(f, "{option} 用于版面，对记录不起作用"),
        RecordConflict::RecordsAreUtf8 { option } => write!(f, "{option} 用于版面：记录里的文本一律是 UTF-8"),
        RecordConflict::IssueOfRecords => f.write_str("--issue 用于版面：一条记录是一篇文本，其中各版以换页符分开"),
        RecordConflict::WithoutParquet => f.write_str(
            "这个 qingyang 编译时没有带 Parquet：请用 'cargo install qingyang-cli --features parquet' 安装，或改用 JSON Lines（--jsonl）",
        ),
        RecordConflict::OneTable => {
            f.write_str("--parquet 一个输入写成一个文件：有几个输入时请给 -o 输出文件夹/，或分开清理")
        }
        RecordConflict::RowsStay => {
            f.write_str("--on-error skip 用于 JSON Lines：表的行不能略去，请用 --on-error keep 或 --on-error stop")
        }
        RecordConflict::ToFieldForEach { fields, to } => {
            write!(f, "字段有 {fields} 个，--to-field 给了 {to} 次：请按次序每个 --field 各给一次")
        }
        RecordConflict::ToFieldStars { field, to } => {
            write!(f, "--to-field {to} 里的 * 要与 --field {field} 一样多：按位置一一对应")
        }
        RecordConflict::ToColumnOfColumn { to } => write!(f, "--to-field {to}：另加的列只能是表的顶层列"),
        RecordConflict::OnePlace { written, other } => {
            write!(f, "{written} 与 {other} 是同一处，或一个在另一个之内：请换一个键名或 JSON Pointer")
        }
    }
}

/// Options for folders, and the names of their outputs.
pub fn folder_conflict(message: &FolderConflict, f: &mut Formatter<'_>) -> fmt::Result {
    match message {
        FolderConflict::FoldersOnly { option } => write!(f, "{option} 用于文件夹：请给出文件夹和 -o 输出文件夹"),
        FolderConflict::FoldersOnlyNamedInputs { option } => write!(f, "{option} 用于文件夹，对点名的文件不起作用"),
        FolderConflict::StandardInputInBatch => f.write_str("'-' 没有名字，在文件夹里无从输出：请单独清理标准输入"),
        FolderConflict::FolderNamedLikeFile { output } => {
            let output = output.display();
            write!(
                f,
                "-o {output} 是文件名，而文件夹的输出是文件夹：要一个文件对一个文件，写 -o 输出文件夹/ --format 格式；"
            )?;
            write!(f, "要合成一个文件，写出各个文件（'archive/*/*.txt -o {output}'）")
        }
        FolderConflict::StandardOutputOfBatch => f.write_str("-o - 用于管道：文件夹要写 -o 输出文件夹"),
        FolderConflict::SuffixInPlace => f.write_str("--suffix 是给新文件起名用的：去掉它，或去掉 --in-place"),
        FolderConflict::SuffixHasSlash => f.write_str("--suffix 是文件名的一部分，不能有斜杠"),
        FolderConflict::BackupNotInPlace => f.write_str("--backup 只与 --in-place 同用：否则原文件并不改动"),
        FolderConflict::BackupEmptyOrSlash => f.write_str("--backup 要接在文件名之后：不能为空，也不能有斜杠"),
        FolderConflict::BackupIsInput { suffix } => {
            write!(f, "--backup {suffix} 会使备份与输入同类：下次运行会把备份也清理一遍")
        }
        FolderConflict::FolderNeedsOutput => f.write_str("文件夹需要 -o 输出文件夹（或 --in-place）"),
        FolderConflict::NamesNeeded { in_place: true } => f.write_str("--in-place 需要有名字的输入"),
        FolderConflict::NamesNeeded { in_place: false } => f.write_str("-o 输出文件夹需要有名字的输入"),
    }
}

/// Files that would be overwritten.
pub fn overwrite(message: &Overwrite, f: &mut Formatter<'_>) -> fmt::Result {
    match message {
        Overwrite::NeedsFileName { option } => write!(f, "{option} 需要文件名：标准输出是 /dev/stdout"),
        Overwrite::IsFolder { option, path } => write!(f, "{option} {} 是文件夹：请写文件名", path.display()),
        Overwrite::OutputIsInput { option, path, in_place } => {
            let hint = if *in_place { "请用 --in-place" } else { "请换一个名字" };
            write!(f, "{option} {} 就是输入：{hint}", path.display())
        }
        Overwrite::OutputAmongInputs { option, path, folder } => {
            let (path, folder) = (path.display(), folder.display());
            write!(f, "{option} {path} 会混进 {folder} 里的输入：请换一个名字")
        }
        Overwrite::WrittenTwice { first, second, path } => {
            write!(f, "{first} 和 {second} 都要写到 {}：请用两个名字", path.display())
        }
        Overwrite::OutputIsRead { option, path, reader } => {
            write!(f, "{option} {} 正要作为 {reader} 读入：请换一个名字", path.display())
        }
        Overwrite::OutputIsFile { path } => write!(f, "{} 是文件，不是文件夹：请换一个 -o", path.display()),
        Overwrite::OutputIsInputFolder { path } => {
            write!(f, "输出 {} 就是输入：请换一个文件夹，或用 --in-place", path.display())
        }
        Overwrite::OutputInsideInput { output, input } => {
            write!(f, "输出 {} 在输入 {} 之内：请换一个文件夹", output.display(), input.display())
        }
        Overwrite::OverwritesItself { path } => {
            write!(f, "{} 会被自己的输出覆盖：请换一个 -o，或加 --suffix", path.display())
        }
        Overwrite::SameOutput { first, second, output } => {
            let (first, second, output) = (first.display(), second.display(), output.display());
            write!(f, "{first} 和 {second} 的输出都是 {output}：请分开清理，或排除其一（--exclude）")
        }
        Overwrite::ReportIsFile => f.write_str("是文件：文件夹的报告也是文件夹"),
        Overwrite::ReportIs { side } => write!(f, "就是{}文件夹：请换一个", side_name(*side)),
        Overwrite::ReportInside { side, folder } => {
            write!(f, "在{}文件夹 {} 之内：请换一个", side_name(*side), folder.display())
        }
        Overwrite::SamePage { first, second } => {
            write!(f, "{} 和 {} 的报告页同名：请分开清理", first.display(), second.display())
        }
    }
}

fn side_name(side: Side) -> &'static str {
    match side {
        Side::Input => "输入",
        Side::Output => "输出",
    }
}

/// Settings files, and values beside them.
pub fn setting(message: &SettingFault, f: &mut Formatter<'_>) -> fmt::Result {
    match message {
        SettingFault::UnknownKey { key, nearest, known } => {
            write!(f, "没有设置项 '{key}'")?;
            meant(nearest.as_deref(), known, f)
        }
        SettingFault::UnknownSetting { rule, value, nearest, known } => {
            write!(f, "没有这个{} '{value}'", if *rule { "规则" } else { "值" })?;
            meant(nearest.as_deref(), known, f)
        }
        SettingFault::WrongType { expected, found } => {
            write!(f, "应为{}，却是{}", type_name(*expected), type_name(*found))
        }
        SettingFault::NotToml(reason) => write!(f, "不是 TOML：{reason}"),
        SettingFault::OneChoice { first, second } => write!(f, "{first} 与 {second} 不能并用：去掉其一"),
        SettingFault::AlwaysOn(Rule::Layout) => f.write_str("规则 layout 始终开：没有它，单元就不成行"),
        SettingFault::AlwaysOn(rule) => write!(f, "规则 {rule} 始终开"),
        SettingFault::MissingKey { key } => write!(f, "缺少设置项 {key}"),
        SettingFault::GivenTwice => f.write_str("给了两次：去掉一个"),
        SettingFault::FurnitureTwice => {
            f.write_str("furniture 在这里既是选项又是规则表：请把选项写在 [options] 一行之下，放在其他选项之后")
        }
        SettingFault::UnknownRole { value } => {
            write!(f, "没有角色 {value:?}：版面要素的角色是 masthead（报头）、folio（版次）或 editors（责任编辑）")
        }
        SettingFault::NotAWord { word } => write!(f, "{word:?} 不成词：或为空，或两端有空格，或有控制字符"),
        SettingFault::UnknownCustomRule { value, known } if known.is_empty() => {
            write!(f, "没有规则 {value:?}；设置文件里没有自定规则")
        }
        SettingFault::UnknownCustomRule { value, known } => {
            write!(f, "没有规则 {value:?}；自定规则有 {}", known.join("、"))
        }
        SettingFault::Rule(error) => library::rule(error, f),
    }
}

fn type_name(of: Type) -> &'static str {
    match of {
        Type::Text => "字符串",
        Type::Number => "数",
        Type::Boolean => " true 或 false",
        Type::Date => "日期",
        Type::List => "列表",
        Type::ListOfTexts => "字符串列表",
        Type::ListOfTables => "表的列表",
        Type::Table => "表",
        Type::Object => "对象",
        Type::Null => " null",
        Type::OneValue => "单个值",
    }
}

/// Inputs and outputs.
pub fn file(message: &FileFault, f: &mut Formatter<'_>) -> fmt::Result {
    match message {
        FileFault::IsAFolder => f.write_str("是文件夹"),
        FileFault::NotRegular => f.write_str("是管道或设备，不是文件：请经标准输入送入"),
        #[cfg(not(unix))]
        FileFault::NameNotUtf8 { name } => write!(f, "{name:?} 不是 UTF-8"),
        FileFault::PlaceTaken => f.write_str("不是文件，而本工具要在此处写文件：请移走"),
        FileFault::FolderLocked { holder: Some(process) } => {
            write!(f, "进程 {process} 正在写这个文件夹：等它结束，或换一个文件夹")
        }
        FileFault::FolderLocked { holder: None } => f.write_str("另一次运行正在写这个文件夹：等它结束，或换一个文件夹"),
        FileFault::TwoEncodings { offset, utf8_first } => {
            let (first, behind) = if *utf8_first { ("UTF-8", "GB18030") } else { ("GB18030", "UTF-8") };
            write!(
                f,
                "第 {offset} 字节：此前是 {first}，此后是 {behind}，是两种编码拼在一起：请在此处切开（'head -c {offset}'、\
                 'tail -c +{}'），各按自己的编码清理",
                offset + 1
            )
        }
        FileFault::ChangedWhileRead => f.write_str("读取期间有改动：请重新运行"),
        FileFault::BackupDiffers { backup } => {
            write!(f, "备份 {} 已存在，内容不同：请移走", backup.display())
        }
        FileFault::WrittenAfterEnd => f.write_str("结束之后仍在写入"),
        FileFault::Panicked { what } => {
            write!(f, "未清理，因本工具有缺陷（{what}）：请附上这个文件报告给我们")
        }
        FileFault::NotWritten => f.write_str("未写出，因有输入出错"),
        FileFault::NotWrittenEnded => f.write_str("未写出，因运行中途结束"),
        FileFault::Interrupted => f.write_str("已中断"),
        FileFault::TwiceInIssue => f.write_str("给了两次：一期报纸里每版只能出现一次"),
        FileFault::CannotWalk(reason) => write!(f, "无法读取文件夹：{reason}"),
        FileFault::NoPlaces => {
            f.write_str("这是没有坐标的文本，hOCR 和 ALTO 要有坐标：请用版面文件，或换一种 --format")
        }
        FileFault::LayoutInPlace => {
            f.write_str("这是带坐标的版面文件，--in-place 会用清样覆盖它：请用 -o 写到另一个文件夹")
        }
        FileFault::LayoutInIssue => {
            f.write_str("这是带坐标的版面文件，--issue 只能比较各版的文本：请先清理成文本，或不用 --issue")
        }
        FileFault::Pdf(fault) => pdf(*fault, f),
    }
}

/// What is wrong with a picture for the report.
pub fn picture(message: &PictureFault, f: &mut Formatter<'_>) -> fmt::Result {
    match message {
        PictureFault::NoPicture => f.write_str("既不是 PNG，也不是 JPEG：请先转成其中一种"),
        PictureFault::BrokenPicture => f.write_str("图片开头读不出宽和高：文件不完整或已损坏"),
        PictureFault::PictureTooLarge { limit } => {
            write!(f, "图片超过 {} MiB：报告要把它收进自身，请缩小图片", limit >> 20)
        }
        PictureFault::PictureOfText => f.write_str("这是没有坐标的文本，--image 无从对应：请用版面文件"),
        PictureFault::MorePictures { pictures, pages } => {
            write!(f, "--image 给了 {pictures} 次，版面文件只有 {pages} 页：每页最多给一次")
        }
    }
}

/// Why a list of decisions does not belong to an input.
pub fn list_misfit(message: &ListMisfit, f: &mut Formatter<'_>) -> fmt::Result {
    match message {
        ListMisfit::OtherText { list, same_name } => {
            let why = if *same_name { "同名的另一文本" } else { "别的文本" };
            write!(f, "{} 是为{why}做的：请用 --decisions 重做清单", list.display())
        }
        ListMisfit::Ambiguous { list } => {
            write!(f, "{} 里这一文本在几个名字之下有不同的裁定，而没有这个名字", list.display())
        }
        ListMisfit::DoesNotFit { list, error } => {
            write!(f, "{} 与文本不合：", list.display())?;
            library::error(error, f)
        }
    }
}

fn io_error(action: Action, error: &IoError, f: &mut Formatter<'_>) -> fmt::Result {
    let creates = action == Action::Create;
    f.write_str(match action {
        Action::Read => "无法读取：",
        Action::Write => "无法写入：",
        Action::Create => "无法写到此处：",
        Action::CreateOutputFolder => "无法建立输出文件夹：",
        Action::CreateReportFolder => "无法建立报告文件夹：",
        Action::WriteManifest => "无法写入进度清单：",
        Action::Rename => "无法给输出定名：",
        Action::Copy => "无法在此处存放输入的副本：",
        Action::Backup => "无法备份：",
        Action::StartWorker => "无法启动工作线程：",
    })?;
    let hint = match error.kind {
        io::ErrorKind::StorageFull => "磁盘已满：腾出空间后重新运行（文件夹加 --resume）",
        io::ErrorKind::QuotaExceeded => "配额已用完：腾出空间后重新运行（文件夹加 --resume）",
        io::ErrorKind::ReadOnlyFilesystem => "目标是只读的：请换一个 -o",
        io::ErrorKind::PermissionDenied => "没有权限：请查看属主和权限",
        io::ErrorKind::NotFound if creates => "没有这个文件夹：请先建立",
        io::ErrorKind::NotFound => "没有这个文件或文件夹",
        _ if error.code == Some(24) => "打开的文件过多：调高 'ulimit -n' 或减小 --jobs",
        _ => "",
    };
    if let Some(fault) = &error.packed {
        return packed(fault, f);
    }
    match error.code {
        _ if hint.is_empty() => f.write_str(&error.text),
        Some(code) => write!(f, "{hint}（系统错误 {code}）"),
        None => f.write_str(hint),
    }
}

/// Packed files. Bytes count in the packed file.
pub fn packed(fault: &Packed, f: &mut Formatter<'_>) -> fmt::Result {
    match fault {
        Packed::NotGzip => f.write_str("不是 gzip 文件，或者不完整"),
        Packed::NotGzipAfterMember { byte } => write!(f, "第 {byte} 字节：最后一个完整成员之后不是 gzip"),
        Packed::DamagedGzip { byte } => write!(f, "第 {byte} 字节：此前的 gzip 数据已损坏或不完整"),
        Packed::NotZstd => f.write_str("不是 zstd 文件，或者不完整"),
        Packed::NotZstdAfterFrame { byte } => write!(f, "第 {byte} 字节：最后一个完整帧之后不是 zstd"),
        Packed::DamagedZstd { byte } => write!(f, "第 {byte} 字节：此前的 zstd 数据已损坏或不完整"),
        Packed::Checksum { byte } => write!(f, "第 {byte} 字节：到此为止的 zstd 帧已损坏：校验和不符"),
        Packed::Window { byte, window, limit } => {
            let (window, limit) = (window >> 20, limit >> 20);
            write!(f, "第 {byte} 字节：这个 zstd 帧要 {window} MiB 的窗口，而上限是 {limit} MiB：")?;
            f.write_str("请用 'zstd -d --long=31' 解压，或以较小的窗口重新压缩")
        }
        Packed::Dictionary { byte, id } => {
            write!(f, "第 {byte} 字节：这个 zstd 帧要用字典 {id}：请用 'zstd -d -D 字典' 解压")
        }
        #[cfg(not(feature = "libzstd"))]
        Packed::Encoder => f.write_str("压缩输出时出错"),
        Packed::TooLarge { limit } => {
            let limit = limit >> 20;
            write!(f, "解压后超过 {limit} MiB，而这种方式要把全文放在内存里：若非弄错，请先解压")
        }
    }
}

/// Why the text layer of a PDF cannot be read.
fn pdf(fault: PdfFault, f: &mut Formatter<'_>) -> fmt::Result {
    match fault {
        PdfFault::Damaged => f.write_str("不是 PDF，或已损坏：请用 'qpdf page.pdf repaired.pdf' 修复"),
        PdfFault::Password => {
            f.write_str("这份 PDF 要密码：请另存一份不加密的，'qpdf --decrypt --password=WORD page.pdf copy.pdf'")
        }
        PdfFault::Encryption => {
            f.write_str("这份 PDF 的加密方式未知：请另存一份不加密的，'qpdf --decrypt page.pdf copy.pdf'")
        }
        PdfFault::TooManyPages { pages, limit } => write!(f, "这份 PDF 有 {pages} 页，超过 {limit} 页：请先拆分"),
        PdfFault::TooMuch { page } => {
            write!(f, "第 {page} 页的绘图指令过多，超出可读的上限：请用 'pdftotext -bbox-layout page.pdf - | qingyang'")
        }
        PdfFault::NoText { pages } => {
            write!(f, "这份 PDF（{pages} 页）没有文字层：请先用 OCR 工具识别（见 docs/layouts.md）")
        }
    }
}

pub fn record(fault: &RecordFault, f: &mut Formatter<'_>) -> fmt::Result {
    match fault {
        RecordFault::TooLong { limit } => {
            write!(f, "超过 {} MiB：这真是一行一条记录的 JSON Lines 吗？", limit >> 20)
        }
        RecordFault::NotUtf8 { byte } => write!(f, "行内第 {byte} 字节不是 UTF-8"),
        RecordFault::NotJson { byte, reason } => write!(f, "行内第 {byte} 字节起不是 JSON：{reason}"),
        RecordFault::NoField { field } => write!(f, "没有字段 {field}"),
        RecordFault::NoObject { field } => {
            write!(f, "字段 {field} 是列表中的一项：--to-field 写键名时和 --add 一样，要求字段在对象里")
        }
        RecordFault::NotObject { to, at, found } => {
            write!(f, "--to-field {to}：{at} 是{}，不是对象", type_name(*found))
        }
        RecordFault::NoItem { to, at } => {
            write!(f, "--to-field {to}：没有列表项 {at}；列表不会新建，也不会加长")
        }
        RecordFault::WrongType { field, found } => write!(f, "字段 {field} 是{}，不是字符串", type_name(*found)),
        RecordFault::NotUnicode { field, reason } => write!(f, "字段 {field} 不是合法的 Unicode：{reason}"),
    }
}

pub fn table(fault: &TableFault, f: &mut Formatter<'_>) -> fmt::Result {
    match fault {
        TableFault::Empty => f.write_str("是空的：Parquet 文件即使没有一行，也有文件尾"),
        TableFault::NotParquet => f.write_str("不是 Parquet 文件：开头不是 PAR1"),
        TableFault::CutOff => f.write_str("Parquet 文件不完整：结尾不是 PAR1，请重新复制或重新写出"),
        TableFault::Encrypted => f.write_str("读不了加密的 Parquet：请先解密"),
        TableFault::Damaged(reason) => write!(f, "Parquet 文件已损坏：{reason}"),
        TableFault::NoColumn { field, known } => write!(f, "没有列 {field}；现有的列：{}", known.join("、")),
        TableFault::NotText { field, found } => write!(f, "列 {field} 不是字符串，是 {found}"),
        TableFault::Nested { field } => {
            write!(f, "列 {field} 在别的列之内：--to-field 和 --add 要求是表的顶层列")
        }
        TableFault::ColumnExists { column } => {
            write!(f, "已有列 {column}：--to-field 请换一个名字，或先去掉这一列")
        }
        TableFault::NotUtf8 { field, byte } => write!(f, "列 {field} 的文本第 {byte} 字节不是 UTF-8"),
        TableFault::Codec { field, codec } => {
            write!(f, "列 {field} 以 {codec} 压缩，这个版本读不了：请改用 zstd 或 snappy 压缩")
        }
    }
}

pub fn list(fault: &ListFault, f: &mut Formatter<'_>) -> fmt::Result {
    match fault {
        ListFault::NotJson(reason) => write!(f, "不是 JSON：{reason}"),
        ListFault::NotObject => f.write_str("每行应是一个对象"),
        ListFault::BadRecord(reason) => write!(f, "记录有误：{reason}"),
        ListFault::BadDigest => f.write_str("sha256 不是 64 位十六进制摘要"),
        ListFault::NoHeadBefore => {
            f.write_str("位置写在所属输入的首行记录之前：第一条记录要写明 qingyang、input 和 sha256")
        }
        ListFault::NoHead => f.write_str("不是裁定清单：没有首行记录"),
        ListFault::EditWithoutPlace => f.write_str("改动的记录要写明 end 和 rule"),
        ListFault::DecidedTwice { byte } => write!(f, "第 {byte} 字节裁定了两次"),
    }
}

/// What a new file could not take over from the one that it replaced.
fn not_kept(path: &Path, lost: &[Attribute], f: &mut Formatter<'_>) -> fmt::Result {
    write!(f, "警告：{}：已替换，但", path.display())?;
    for (n, attribute) in lost.iter().enumerate() {
        f.write_str(if n == 0 { "" } else { "，" })?;
        match attribute {
            Attribute::Owner { uid } => write!(f, "属主 {uid} 未能保留（只有 root 可以转让文件）")?,
            Attribute::Group { gid } => write!(f, "属组 {gid} 未能保留（当前用户不在组内）")?,
            Attribute::Mode => f.write_str("权限未能保留")?,
            Attribute::Extended { name } => write!(f, "扩展属性 {name} 未能保留")?,
            Attribute::Links { others } => write!(f, "它的另外 {others} 个名字（硬链接）仍是旧文本")?,
        }
    }
    Ok(())
}

/// 文本为何可疑，有何办法。
fn suspicious(all: &[Suspicion], f: &mut Formatter<'_>) -> fmt::Result {
    let reasons: Vec<String> = all.iter().map(|of| qingyang_tell::suspicion(*of, Language::Chinese)).collect();
    write!(f, "文本可疑：{}", reasons.join("；"))?;
    f.write_str(if can_be_undone(all) { "（--repair mojibake 可修复尚能修复的）" } else { "" })
}

/// What a folder has besides texts.
fn not_taken(left: &NotTaken, f: &mut Formatter<'_>) -> fmt::Result {
    if !left.kinds.is_empty() {
        let kinds: Vec<String> = left.kinds.iter().map(|(kind, n)| format!("{kind} {n}")).collect();
        write!(f, "未收：{}", kinds.join("，"))?;
        if left.other_kinds > 0 {
            write!(f, "，其他 {}", left.other_kinds)?;
        }
        f.write_str("（要收请用 --include）")?;
    }
    if left.links > 0 {
        f.write_str(if left.kinds.is_empty() { "" } else { "；" })?;
        note(&Note::LinksSkipped { links: left.links }, f)?;
    }
    Ok(())
}

/// Why the places of a layout are doubtful.
fn doubt(input: &str, doubt: &Doubt, f: &mut Formatter<'_>) -> fmt::Result {
    match doubt {
        Doubt::Unplaced { page, lines, of } if lines == of => {
            write!(f, "{input}：第 {page} 页各行都没有坐标，次序照文件")
        }
        Doubt::Unplaced { page, lines, of } => {
            write!(f, "{input}：第 {page} 页 {of} 行中有 {lines} 行没有坐标，各排在文件里的前一行之后")
        }
        Doubt::Outside { page } => {
            write!(f, "{input}：第 {page} 页的行大多落在版面之外，版面尺寸的单位可能不对")
        }
        Doubt::NoArea { page } => {
            write!(f, "{input}：第 {page} 页的版面宽或高为零，版面尺寸不予采用")
        }
        _ => write!(f, "{input}：{doubt:?}"),
    }
}

/// What the text layer of a PDF lacks.
fn gap(input: &str, gap: Gap, f: &mut Formatter<'_>) -> fmt::Result {
    match gap {
        Gap::Unknown { characters, of } => write!(
            f,
            "{input}：{of} 字中有 {characters} 字，PDF 的字体没有说明是什么字，文本里以 U+FFFD 代替：请用 OCR 工具识别（见 docs/layouts.md）"
        ),
        Gap::NoText { pages, of } => {
            write!(f, "{input}：{of} 页中有 {pages} 页没有文字层：请用 OCR 工具识别这些页（见 docs/layouts.md）")
        }
    }
}

/// What became of the files.
fn counts(of: &FileCounts, f: &mut Formatter<'_>) -> fmt::Result {
    let FileCounts { cleaned, unchanged, done_before, not_text, failed, not_taken: left } = of;
    write!(f, "清理 {cleaned}，以前已清理 {done_before}，非文本 {not_text}，出错 {failed}")?;
    if *unchanged > 0 {
        write!(f, "；清理的文件中有 {unchanged} 个本来就干净")?;
    }
    if !left.is_empty() {
        f.write_str("；")?;
        not_taken(left, f)?;
    }
    Ok(())
}

pub fn note(message: &Note, f: &mut Formatter<'_>) -> fmt::Result {
    match message {
        Note::TryHelp => f.write_str("全部选项见 'qingyang --help'。"),
        Note::NoLocks { folder } => {
            write!(f, "警告：{} 所在的文件系统不能加锁：请确保没有另一次运行同时写入", folder.display())
        }
        Note::NotKept { path, lost } => not_kept(path, lost, f),
        Note::NoNames { list } => write!(f, "--files-from {} 没有列出文件：无事可做", list.display()),
        Note::NotSet { key } => write!(f, "# {key} 未设置"),
        Note::OriginDefault => f.write_str("默认"),
        Note::OriginFile { path, line } => write!(f, "{}:{line}", path.display()),
        Note::OriginCommandLine => f.write_str("命令行"),
        Note::DecisionsWithoutPlace { input, list, bytes, more } => {
            let places: Vec<String> = bytes.iter().map(u64::to_string).collect();
            write!(f, "{input}：{} 里有裁定在此找不到位置，已略去：第 {} 字节", list.display(), places.join("、"))?;
            if *more > 0 { write!(f, "，另有 {more} 处") } else { Ok(()) }
        }
        Note::UncertainBreak { input, line, byte, kept, certainty, before, after } => {
            let what = if *kept { "保留" } else { "接合" };
            let percent = certainty * 100.0;
            write!(f, "{input}:{line}：第 {byte} 字节：{what}，把握 {percent:.0}%：{before}⏎{after}")
        }
        Note::BadPicture { picture } => {
            write!(f, "{}：不是能读的 PNG 或 JPEG，报告里这一页不带图", picture.display())
        }
        Note::Gap { input, gap: what } => gap(input, *what, f),
        Note::Doubt { input, doubt: why } => doubt(input, why, f),
        Note::JumpNotFollowed { input, byte, text, followed } => {
            let why = qingyang_tell::followed(*followed, Language::Chinese);
            write!(f, "{input}：第 {byte} 字节：{text} {why}")
        }
        Note::Planned { input, output, done } => {
            let done = if *done { "（以前已清理：跳过）" } else { "" };
            write!(f, "{} -> {}{done}", input.display(), output.display())
        }
        Note::PlannedSkip { input } => write!(f, "{}（从名字看不是文本：跳过）", input.display()),
        Note::PlannedLink { input } => write!(f, "{}（符号链接：不加 --follow 则跳过）", input.display()),
        Note::Progress { failed } => write!(f, "出错 {failed}"),
        Note::Counts(of) => counts(of, f),
        Note::NotTaken(left) => not_taken(left, f),
        Note::Suspicious { input, all } => {
            write!(f, "警告：{input}：")?;
            suspicious(all, f)
        }
        Note::SuspiciousRecord { input, at, all } => {
            write!(f, "警告：{input}：")?;
            place(at, f)?;
            f.write_str("：")?;
            suspicious(all, f)
        }
        Note::MoreRecordsSuspicious { input, more } => write!(f, "{input}：另有 {more} 条记录的文本可疑"),
        Note::RecordCounts { records, unchanged, failed, suspicious } => {
            write!(f, "记录 {records} 条，其中 {unchanged} 条本来就干净，{failed} 条出错")?;
            if *suspicious > 0 { write!(f, "，{suspicious} 条文本可疑") } else { Ok(()) }
        }
        Note::MoreRecordsFailed { input, more } => write!(f, "{input}：另有 {more} 条记录出错"),
        Note::NothingTaken => f.write_str("警告：没有收到文件：只收 .txt、.text 和版面文件，其他的要用 --include"),
        Note::ResumeGoesOn => f.write_str("已中断：同样的命令加 --resume 可从这里接着做"),
        Note::LinksSkipped { links } => write!(f, "跳过 {links} 个符号链接：加 --follow 则取其所指"),
        Note::ArticlesWritten { files } => write!(f, "文章文件 {files} 个"),
        Note::RuleEntry(rule) => {
            let (name, example, switch) = (rule.name(), rule.example(), switch(*rule));
            let reason = qingyang_tell::rule(*rule, Language::Chinese);
            let example = example.replace("(gone)", "（删去）");
            write!(f, "{name}\n    {reason}\n    例：{example}\n    {switch}")
        }
        Note::CustomEntry { name, rule, path, line } => {
            let (reason, path) = (qingyang_tell::custom_rule(rule, Language::Chinese), path.display());
            write!(f, "{name}\n    {reason}\n    出自 {path}:{line}\n    默认开；关：--skip {name}")
        }
    }
}
