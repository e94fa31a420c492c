//! What a file is, by its first bytes and then by its decisive keys. Nothing else looks at the beginning of a file.

use super::decoding;
use super::format::{Foreign, Format, Syntax};
use super::json::Json;
use super::xml::{Element, Xml};

/// What the beginning of a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Content {
    /// Text, as far as can be seen.
    Text,
    /// JSON, XML or a table: a layout, or an error.
    Layout(Syntax),
    /// Something that is neither.
    Foreign(Foreign),
}

/// Bytes of a file that [`content`] looks at.
pub const HEAD: usize = 4096;

/// What the beginning of a file is; it looks at the first [`HEAD`] bytes.
///
/// ```
/// use qingyang::reading::{Content, content};
/// assert_eq!(content("渠水流过桥头镇\n".as_bytes()), Content::Text);
/// assert!(matches!(content(b"%PDF-1.7"), Content::Foreign(_)));
/// assert!(matches!(content(br#"{"rec_texts": []}"#), Content::Layout(_)));
/// ```
pub fn content(bytes: &[u8]) -> Content {
    let bytes = &bytes[..bytes.len().min(HEAD)];
    if let Some(foreign) = magic(bytes) {
        return Content::Foreign(foreign);
    }
    let text = decoding::head(bytes);
    let text = text.trim_start();
    if is_html(text) {
        return Content::Foreign(Foreign::Html);
    }
    match syntax(text) {
        Some(syntax) => Content::Layout(syntax),
        None => Content::Text,
    }
}

/// Files that say what they are in their first bytes.
fn magic(bytes: &[u8]) -> Option<Foreign> {
    let starts: [(&[u8], Foreign); 14] = [
        (b"%PDF-", Foreign::Pdf),
        (b"PK\x03\x04", Foreign::Zip),
        (b"PK\x05\x06", Foreign::Zip),
        (b"\x89PNG\r\n\x1A\n", Foreign::Picture),
        (b"\xFF\xD8\xFF", Foreign::Picture),
        (b"GIF87a", Foreign::Picture),
        (b"GIF89a", Foreign::Picture),
        (b"II*\0", Foreign::Picture),
        (b"MM\0*", Foreign::Picture),
        (b"AT&TFORM", Foreign::Picture),
        (b"\x1F\x8B\x08", Foreign::Packed),
        (b"\x28\xB5\x2F\xFD", Foreign::Packed),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Foreign::Word),
        (b"{\\rtf", Foreign::Word),
    ];
    let found = starts.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, foreign)| *foreign);
    let webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    let jpeg2000 = bytes.get(4..12) == Some(b"jP  \r\n\x87\n");
    // The two reserved numbers of a bitmap's head are 0.
    let bitmap = bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]);
    found.or((webp || jpeg2000 || bitmap).then_some(Foreign::Picture))
}

/// Whether a text is a page of HTML that has no places.
fn is_html(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let html = lower.starts_with("<!doctype html") || lower.starts_with("<html") || {
        let declared = lower.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
        declared.is_some_and(|(_, rest)| {
            rest.trim_start().starts_with("<!doctype html") || rest.trim_start().starts_with("<html")
        })
    };
    html && !["ocr_", "ocr-", "ocrx_", "<doc>", "xmin="].iter().any(|mark| lower.contains(mark))
}

/// How the file is written, if it begins as a layout does.
fn syntax(text: &str) -> Option<Syntax> {
    if table_format(text).is_some() {
        return Some(Syntax::Table);
    }
    if is_json(text) || after_banner(text).is_some() {
        return Some(Syntax::Json);
    }
    is_xml(text).then_some(Syntax::Xml)
}

/// Whether a text begins as JSON with places does. `[1]` and `[本报讯]` are text.
fn is_json(text: &str) -> bool {
    if matches!(text.trim_end(), "null" | "[]") {
        return true;
    }
    let next = |c| text.strip_prefix(c).map(str::trim_start);
    if let Some(object) = next('{') {
        return is_key(object);
    }
    let Some(list) = next('[') else { return false };
    if let Some(object) = list.strip_prefix('{') {
        return is_key(object.trim_start());
    }
    if let Some(rest) = list.strip_prefix("null") {
        return rest.trim_start().starts_with([',', ']']);
    }
    // A list, or a tuple of Python.
    let inner = list.strip_prefix(['[', '(']).map(str::trim_start);
    inner.is_some_and(|inner| {
        let number = inner.strip_prefix('-').unwrap_or(inner).starts_with(|c: char| c.is_ascii_digit());
        let word = inner.starts_with("null") || inner.starts_with("array(");
        number || word || inner.is_empty() || inner.starts_with(['[', '{', '"', '\'', ']', '('])
    })
}

/// Whether a text begins with a key; `'` is how Python prints one.
fn is_key(text: &str) -> bool {
    let quoted = |quote: char| {
        let (key, rest) = text.strip_prefix(quote)?.split_once(quote)?;
        Some(key.len() < 200 && rest.trim_start().starts_with(':'))
    };
    quoted('"').or_else(|| quoted('\'')).unwrap_or(false)
}

/// What stands behind the lines that RapidOCR-json and PaddleOCR-json print before their JSON.
pub fn after_banner(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let known = text.starts_with("RapidOCR-json") || text.starts_with("PaddleOCR-json");
    known.then(|| text.find("\n{").map(|at| &text[at + 1..]))?
}

/// Roots of XML that is read, and of its relatives.
const ROOTS: [&str; 14] = [
    "alto",
    "PcGts",
    "document",
    "doc",
    "page",
    "pages",
    "pdf2xml",
    "html",
    "OCRDATASET",
    "XMD-entity",
    "mets",
    "TEI",
    "div",
    "span",
];

fn is_xml(text: &str) -> bool {
    if text.starts_with("<?xml") || text.get(..9).is_some_and(|t| t.eq_ignore_ascii_case("<!DOCTYPE")) {
        return true;
    }
    let Some(rest) = text.strip_prefix('<') else { return false };
    if rest.starts_with("!--") {
        return rest.contains("-->") && rest.contains("xmlns");
    }
    let name = rest.split(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).next().unwrap_or_default();
    let name = name.rsplit(':').next().unwrap_or_default();
    ROOTS.contains(&name) && (!matches!(name, "div" | "span") || rest.contains("ocr"))
}

/// The format of a table, by its first line.
pub fn table_format(text: &str) -> Option<Format> {
    let head = text.trim_start().lines().next().unwrap_or_default().trim_end();
    let tabs: Vec<&str> = head.split('\t').collect();
    if tabs.first() == Some(&"level") && tabs.last() == Some(&"text") {
        let order: Vec<&str> = tabs.iter().copied().filter(|t| matches!(*t, "par_num" | "block_num")).collect();
        return Some(if order.first() == Some(&"par_num") { Format::PopplerTsv } else { Format::TesseractTsv });
    }
    let commas: Vec<&str> = head.split(',').map(|c| c.trim_matches('"')).collect();
    let has = |name| commas.contains(&name);
    (has("object_type") && has("x0") && has("text")).then_some(Format::PdfPlumber)
}

/// The format of XML, by its root.
pub fn xml_format(xml: &Xml<'_>) -> Option<Format> {
    let root = xml.root()?;
    let has = |name: &str| root.descendants().any(|e| e.name() == name);
    match root.name() {
        "alto" => Some(Format::Alto),
        "PcGts" => Some(Format::PageXml),
        "pdf2xml" => Some(Format::PdfToHtml),
        "pages" if has("textline") || has("textbox") || has("page") => Some(Format::PdfMiner),
        "document"
            if has("char")
                || root.children().any(|p| p.child("block").is_some_and(|b| b.attribute("bbox").is_some())) =>
        {
            Some(Format::Mutool)
        }
        "document" => Some(Format::Abbyy),
        "page" if root.children().any(|b| b.attribute("blockType").is_some()) => Some(Format::Abbyy),
        "page" if has("char") => Some(Format::Mutool),
        _ if xml.elements().any(|e| is_ocr(&e)) => Some(Format::Hocr),
        "doc" => Some(Format::PopplerBbox),
        _ if root.descendants().any(|e| e.name() == "doc") => Some(Format::PopplerBbox),
        _ => None,
    }
}

/// Whether an element is one of hOCR.
fn is_ocr(element: &Element<'_, '_>) -> bool {
    let class = |e: &Element<'_, '_>| e.attribute("class").is_some_and(|c| c.starts_with("ocr"));
    class(element) || element.name() == "meta" && element.attribute("name").is_some_and(|n| n.starts_with("ocr-"))
}

/// The format of JSON, by its decisive keys.
pub fn json_format(value: &Json<'_>) -> Option<Format> {
    match value {
        Json::Null => Some(Format::PaddleOcr),
        Json::Object(entries) => object_format(value).or_else(|| {
            let pages = entries.iter().all(|(key, _)| !key.is_empty() && key.bytes().all(|b| b.is_ascii_digit()));
            entries.first().filter(|_| pages).and_then(|(_, page)| json_format(page))
        }),
        Json::List(items) => list_format(items),
        Json::Bool(_) | Json::Number(_) | Json::Text(_) => None,
    }
}

/// Decisive keys, and the formats that have them.
const KEYS: [(&str, Format); 26] = [
    ("parsing_res_list", Format::PpStructure),
    ("rec_texts", Format::PaddleOcr),
    ("rec_text", Format::PaddleOcr),
    ("ocrResults", Format::PaddleOcr),
    ("ocr_results", Format::PaddleOcr),
    ("layoutParsingResults", Format::PpStructure),
    ("pdf_info", Format::MinerU),
    ("words_result", Format::Baidu),
    ("error_code", Format::Baidu),
    ("TextDetections", Format::Tencent),
    ("prism_wordsInfo", Format::Aliyun),
    ("Data", Format::Aliyun),
    ("fullTextAnnotation", Format::Google),
    ("textAnnotations", Format::Google),
    ("responses", Format::Google),
    ("analyzeResult", Format::Azure),
    ("recognitionResults", Format::Azure),
    ("Blocks", Format::Textract),
    ("JobStatus", Format::Textract),
    ("ocr_res", Format::PaddleOcr),
    ("txts", Format::RapidOcr),
    ("blocks", Format::PyMuPdf),
    ("dt_polys", Format::PaddleOcr),
    ("input_path", Format::PaddleOcr),
    ("txt", Format::RapidOcr),
    ("schema_name", Format::Docling),
];

fn object_format(value: &Json<'_>) -> Option<Format> {
    // PaddleX and its services wrap their results.
    for wrapper in ["res", "result", "prunedResult"] {
        if let Some(found) = value.get(wrapper).and_then(json_format) {
            return Some(found);
        }
    }
    if value.has("code") && value.has("data") {
        return Some(Format::UmiOcr);
    }
    if let Some(response) = value.get("Response") {
        let known = response.has("TextDetections") || response.has("Error");
        return known.then_some(Format::Tencent);
    }
    if let Some(pages) = value.get("pages").and_then(Json::list) {
        let first = pages.first();
        let has = |key| first.is_some_and(|page| page.has(key));
        match () {
            () if has("chars") => return Some(Format::PdfPlumber),
            () if has("blocks") && value.has("file") => return Some(Format::Mutool),
            () if has("layout") || has("tokens") => return Some(Format::Google),
            () if has("blocks") && first.is_some_and(|p| p.items("blocks").iter().any(is_mutool_block)) => {
                return Some(Format::Mutool);
            }
            () if has("lines") && has("pageNumber") => return Some(Format::Azure),
            () => {}
        }
    }
    if value.has("chars") && value.has("page_number") {
        return Some(Format::PdfPlumber);
    }
    KEYS.iter().find(|(key, _)| value.has(key)).map(|(_, format)| *format)
}

/// MuPDF gives boxes as objects, PyMuPDF as lists.
fn is_mutool_block(block: &Json<'_>) -> bool {
    block.get("bbox").is_some_and(|bbox| bbox.has("w"))
}

fn list_format(items: &[Json<'_>]) -> Option<Format> {
    let Some(first) = items.iter().find(|item| **item != Json::Null) else { return Some(Format::RapidOcr) };
    match first {
        Json::Object(_) => object_of_list(first),
        Json::List(inner) if is_row(inner) => {
            Some(if matches!(inner.get(1), Some(Json::List(_))) { Format::PaddleOcr } else { Format::RapidOcr })
        }
        Json::List(inner) if is_word(inner) => Some(Format::PyMuPdf),
        Json::List(inner) => match inner.first() {
            None => items
                .iter()
                .find(|i| matches!(i, Json::List(l) if !l.is_empty()))
                .map_or(Some(Format::PaddleOcr), json_format),
            Some(Json::Object(_)) if inner.iter().all(|i| i.has("type") && i.has("content")) => Some(Format::MinerU),
            Some(_) => list_format(inner),
        },
        _ => None,
    }
}

fn object_of_list(first: &Json<'_>) -> Option<Format> {
    let text = first.has("txt") || first.has("text") || first.has("rec_txt");
    match () {
        () if first.has("box") && text => Some(Format::RapidOcr),
        () if first.has("lines") && first.has("bbox") => Some(Format::PyMuPdf),
        () if first.has("page_idx") && first.has("type") => Some(Format::MinerU),
        () if first.has("block_label") => Some(Format::PpStructure),
        () => json_format(first),
    }
}

/// A row of PaddleOCR 2 or RapidOCR 1: a polygon and what was read.
pub fn is_row(row: &[Json<'_>]) -> bool {
    let read = |second: &Json<'_>| match second {
        Json::Text(_) => true,
        Json::List(pair) => matches!(pair.first(), Some(Json::Text(_))),
        _ => false,
    };
    row.len() >= 2 && matches!(row[0], Json::List(_) | Json::Null) && read(&row[1])
}

/// A word of PyMuPDF: four sides and the text.
pub fn is_word(word: &[Json<'_>]) -> bool {
    word.len() >= 5 && word[..4].iter().all(|n| matches!(n, Json::Number(_))) && matches!(word[4], Json::Text(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        let texts = [
            "",
            "渠水流过桥头镇",
            "[本报讯] 渠水",
            "[1] 渠水",
            "[[渠水]]",
            "{渠水}",
            "<渠水日报>",
            "<b>渠水</b>",
            "null 渠水",
            "BM渠水",
            "'渠水'",
            "(渠水)",
            "level\t渠水",
            "PaddleOCR-json 渠水",
        ];
        for text in texts {
            assert_eq!(content(text.as_bytes()), Content::Text, "{text:?}");
        }
    }

    #[test]
    fn layouts_are_told_by_their_beginning() {
        let cases = [
            ("null\n", Syntax::Json),
            ("[null, null]", Syntax::Json),
            (" {\"a\": 1", Syntax::Json),
            ("{'a': 1", Syntax::Json),
            ("[([[1", Syntax::Json),
            ("[\n [\n  [1.5", Syntax::Json),
            ("RapidOCR-json v1\r\nready\r\n{\"code\":100", Syntax::Json),
            ("\u{FEFF}<?xml version='1.0'?><alto>", Syntax::Xml),
            ("<pc:PcGts xmlns:pc=''>", Syntax::Xml),
            ("<!DOCTYPE html><html><meta name='ocr-system'>", Syntax::Xml),
            ("level\tpage_num\tpar_num\tblock_num\tleft\ttext\n", Syntax::Table),
        ];
        for (text, syntax) in cases {
            assert_eq!(content(text.as_bytes()), Content::Layout(syntax), "{text:?}");
        }
        let utf16: Vec<u8> = "\u{FEFF}{\"a\": 1}".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(content(&utf16), Content::Layout(Syntax::Json));
    }

    #[test]
    fn other_files_are_named() {
        let cases: [(&[u8], Foreign); 6] = [
            (b"%PDF-1.4", Foreign::Pdf),
            (b"PK\x03\x04", Foreign::Zip),
            (b"\x89PNG\r\n\x1A\n", Foreign::Picture),
            (b"<!doctype HTML><p>", Foreign::Html),
            (b"\x1F\x8B\x08\0", Foreign::Packed),
            (b"{\\rtf1", Foreign::Word),
        ];
        for (bytes, foreign) in cases {
            assert_eq!(content(bytes), Content::Foreign(foreign));
        }
    }
}
