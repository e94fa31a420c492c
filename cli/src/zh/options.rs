//! The texts of `--help` in simplified Chinese. In English they are the doc comments of `cli/args.rs`.

use super::HELP;

/// What an option does: the text of `-h`, and what `--help` adds.
pub fn option(id: &str) -> Option<&'static str> {
    Some(match id {
        "inputs" => "文件或文件夹；不写或写 '-' 则为标准输入",
        "output" => "输出文件；输入是文件夹时为输出文件夹；'-' 是标准输出",
        "lang" => "消息、帮助和报告所用的语言；默认看 LC_ALL、LC_MESSAGES、LANG。繁体环境也用简体",
        "encoding" => "输入的编码（utf-8、utf-16le、utf-16be、gb18030、gbk、big5）；默认自动识别",
        "lossy" => "坏字节改为 U+FFFD，并计数",
        "repair" => "修复此前的损坏：mojibake 是用错编码读成的乱码",
        "width" => "全角拉丁字母和数字：改半角，或保留",
        "cjk_latin_space" => "正文里汉字与西文之间的空格",
        "furniture" => "报头、版次行、编辑署名行：保留或删去",
        "blank_lines" => "单元之间加一个空行",
        "join_across" => "被删去的版面要素、版末或转版切断的段落，文字足以证明时接合",
        "order" => {
            "单元的次序，版面文件还有各行的次序；auto 文本照原样，版面文件原序读不通时按位置；source 照原样；reading 按位置，并把标题移到正文之前"
        }
        "split" => "一行一个单元（段落、标题、图说），或一行一句",
        "issue" => "把一个输入的各版、所给的各文件或每个文件夹里的文件当作一期：重复出现的行是版面要素",
        "follow_jumps" => "接上转到别版的文章（下转、上接）；含 --issue",
        "skip" => "关掉一条规则，不论其他选项怎么说（可多次；规则见 'qingyang rules'，自定规则写 custom:名称）",
        "only" => "只用这一条规则，不论其他选项怎么说（可多次）",
        "from" => "把输入当作文本，或当作这种格式的版面文件；默认看内容而定",
        "format" => "输出格式，如 markdown、json、csv",
        "per" => "取 article：每篇文章写成一个文件，放在 -o 文件夹之下；不属于任何文章的写进 rest",
        "bom" => "表格以字节顺序标记开头，Excel 才认得是 UTF-8",
        "config" => "从这个文件读设置，不用离输入最近的 qingyang.toml",
        "no_config" => "不读设置文件",
        "uncertain" => "在标准错误上列出把握低于此值的换行（有 --decisions 时写进清单）",
        "ledger" => "把每处改动写成 JSON Lines（修改记录）",
        "decisions" => "把把握低于 --uncertain 的换行写成 JSON Lines 清单，供修改后使用",
        "apply" => "按 --decisions 或报告的清单裁定换行和其他改动",
        "report" => "写一份原文与清样对照的报告；是 HTML 文件，输入是文件夹时为 HTML 文件夹",
        "image" => {
            "报告里把版面文件的各行画在这张版面图上（PNG 或 JPEG），一页给一次；输入是文件夹时，自动取 scan.json 旁边的 scan.jpg 或 scan.png，\
             多页的第 2 页取 scan-2.jpg"
        }
        "check" => "什么都不写，只列出会有改动的文件；有则退出状态为 1",
        "diff" => "不输出文本，输出差异",
        "explain" => "不输出文本，逐句说明做了什么",
        "color" => "--diff 的颜色",
        "include" => "也收名字与通配式相符的文件（默认收 .txt、.text 和版面文件）",
        "exclude" => "排除名字或路径与通配式相符的文件和文件夹",
        "suffix" => "加在每个输出的名字之后、扩展名之前",
        "jobs" => "同时清理的文件数，或同一输入的段数；默认为核数",
        "resume" => "接着上次停下的地方做",
        "dry_run" => "只列出要读什么、写什么",
        "files_from" => "从文件读输入的名字，一行一个，或以 NUL 分隔（'-' 是标准输入）",
        "in_place" => "用清样替换每个输入",
        "backup" => "与 --in-place 同用：原文件加此后缀保留",
        "follow" => "跟随符号链接",
        "hidden" => "也收隐藏的文件和文件夹",
        "summary" => "为每个文件写一条 JSON Lines 记录",
        "quiet" => "只报错误：不显示进度和结语",
        "jsonl" => "清理 JSON Lines 每条记录里的字符串；输入是文件，或含 .jsonl、.ndjson 的文件夹",
        "parquet" => "清理 Parquet 文件里的列；输入是文件，或含 .parquet 的文件夹",
        "field" => "字符串的键或列名，或 JSON Pointer（/a/b）；其中 * 代表列表的每一项（/a/*/b），可重复",
        "to_field" => {
            "字段保持原样，清样写到同一对象的这个键（或另加的这一列），或写到这个 JSON Pointer（* 与字段的一一对应）；有几个 --field 就给几次"
        }
        "add" => "在字段旁加一个键（或一列）：quality（改动比例、存疑的换行、可疑之处）或 units（结构）；可重复",
        "on_error" => "记录不是 JSON、没有该字段或不是 UTF-8 时怎么办",
        "help" => HELP.flags[0],
        "version" => HELP.flags[1],
        _ => return None,
    })
}

/// What a value of an option stands for.
pub fn value(option: &str, value: &str) -> Option<&'static str> {
    Some(match (option, value) {
        ("format", "text") => "清样文本",
        ("format", "markdown") => "CommonMark；版面印有日期时带文件头",
        ("format", "json") => "一个 JSON 文档，合 schema/qingyang-2.schema.json",
        ("format", "jsonl") => "同上，一版一行",
        ("format", "csv") => "文章表，一篇一行",
        ("format", "hocr") => "带坐标的版面，写成 hOCR",
        ("format", "alto") => "同上，写成 ALTO 4",
        ("per", "article") => "文章",
        ("width", "half") => "改半角",
        ("repair", "none") => "不修",
        ("repair", "mojibake") => "乱码",
        ("cjk_latin_space", "none") => "不留",
        ("cjk_latin_space", "one") => "留一个",
        ("furniture" | "width" | "cjk_latin_space", "keep") => "保留",
        ("furniture", "drop") => "删去",
        ("order", "source") => "照原样",
        ("order", "reading") => "阅读次序",
        ("split", "unit") => "单元",
        ("split", "sentence") => "句子",
        ("add", "quality") => "质量",
        ("add", "units") => "单元",
        ("on_error", "keep") => "原样保留该行",
        ("on_error", "skip") => "略去该行",
        ("on_error", "stop") => "停止运行",
        ("color" | "order", "auto") => "自动",
        ("color", "always") => "总用",
        ("color", "never") => "不用",
        _ => return None,
    })
}

/// The heading of a group of options.
pub fn heading(heading: &str) -> Option<&'static str> {
    Some(match heading {
        "Text" => "文本",
        "Issues" => "一期报纸",
        "Layouts" => "版面文件",
        "Output" => "输出",
        "Settings" => "设置",
        "What was done" => "做了什么",
        "Folders" => "文件夹",
        "Records" => "记录",
        _ => return None,
    })
}

/// What stands for the value of an option.
pub fn value_name(name: &str) -> Option<&'static str> {
    Some(match name {
        "INPUT" => "输入",
        "PATH" => "路径",
        "FILE" => "文件",
        "NAME" => "名称",
        "RULE" => "规则",
        "WIDTH" => "宽度",
        "SPACE" => "空格",
        "WHAT" => "取值",
        "ORDER" => "次序",
        "FORMAT" => "格式",
        "LANGUAGE" => "语言",
        "WHEN" => "何时",
        "GLOB" => "通配式",
        "SUFFIX" => "后缀",
        "BOOL" => "是否",
        "P" => "概率",
        "N" => "数目",
        _ => return None,
    })
}
