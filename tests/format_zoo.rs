//! Files as many writers and versions of them made them: the readers give the pages and lines, or the error, that the
//! zoo's README expects. The files belong to their owners, so they are not in the repository.

#![cfg(feature = "layout")]

use qingyang::reading::{Format, read, recognise};
use std::path::PathBuf;

/// What is expected of a file.
enum Expected {
    /// Its format, pages and lines.
    Lines(Format, usize, usize),
    /// Words of its error.
    Error(&'static str),
}

use Expected::{Error, Lines};
use Format::*;

const PRINT: &str = "a Python print, not JSON";

const FILES: [(&str, Expected); 117] = [
    ("hocr/broken-comment.html", Lines(Hocr, 1, 98)),
    ("hocr/broken-pis.html", Lines(Hocr, 1, 125)),
    ("hocr/chronam-1921.html", Lines(Hocr, 1, 142)),
    ("hocr/documentai-toolbox-escape.xml", Lines(Hocr, 1, 1)),
    ("hocr/empty-words.html", Lines(Hocr, 5, 4)),
    // 22 paragraphs, in 34 rows.
    ("hocr/gcv2hocr.hocr", Lines(Hocr, 1, 34)),
    ("hocr/hocrjs-426117689.html", Lines(Hocr, 1, 35)),
    ("hocr/hyphen.html", Lines(Hocr, 1, 43)),
    ("hocr/line-outside-page.html", Lines(Hocr, 1, 1)),
    ("hocr/litver.html", Lines(Hocr, 1, 105)),
    ("hocr/missing-whitespace.html", Lines(Hocr, 1, 349)),
    ("hocr/multicolumn.hocr", Lines(Hocr, 1, 119)),
    ("hocr/ocropus-sample.html", Lines(Hocr, 1, 37)),
    ("hocr/tesseract-5.3-ch-en-num.hocr", Lines(Hocr, 1, 2)),
    ("hocr/tesseract-5.3-empty.hocr", Lines(Hocr, 1, 0)),
    ("alto/bl-1855.xml", Lines(Alto, 1, 16)),
    ("alto/bnf-en-le-pji.xml", Lines(Alto, 1, 16)),
    ("alto/bnf-marie-claire.xml", Lines(Alto, 1, 29)),
    ("alto/bnl-tageblatt-1950.xml", Lines(Alto, 1, 2)),
    ("alto/bnl-tageblatt-empty.xml", Lines(Alto, 1, 0)),
    ("alto/concat-421-046.xml", Lines(Alto, 1, 37)),
    ("alto/dinglehopper-alto2.xml", Lines(Alto, 1, 30)),
    ("alto/dinglehopper-alto3.xml", Lines(Alto, 1, 3)),
    ("alto/float.xml", Lines(Alto, 1, 91)),
    ("alto/glyph-alternatives.xml", Lines(Alto, 1, 1)),
    ("alto/glyph-chinese.xml", Lines(Alto, 1, 1)),
    ("alto/invalid-unit.xml", Lines(Alto, 1, 31)),
    ("alto/kb-anp.xml", Lines(Alto, 1, 50)),
    ("alto/kraken-merge-0014.xml", Lines(Alto, 1, 2)),
    ("alto/missing-coords-ro.xml", Lines(Alto, 1, 4)),
    ("alto/nospace.xml", Lines(Alto, 1, 20)),
    ("alto/onb-anno-1772.xml", Lines(Alto, 1, 14)),
    ("alto/tesseract-5.3-ch-en-num.xml", Lines(Alto, 1, 2)),
    ("alto/tesseract-5.3-empty.xml", Lines(Alto, 1, 0)),
    ("alto/tesseract-lorem-bad.xml", Lines(Alto, 1, 7)),
    ("alto/transkribus-2016.xml", Lines(Alto, 1, 27)),
    ("alto/zero-dims.xml", Lines(Alto, 1, 0)),
    ("page/blank.xml", Lines(PageXml, 1, 0)),
    ("page/content-no-words.xml", Lines(PageXml, 1, 1)),
    ("page/escriptorium-cpas.xml", Error("no text in 97 lines")),
    ("page/explicit-ro-unordered.xml", Lines(PageXml, 1, 3)),
    ("page/kraken-170025.xml", Lines(PageXml, 1, 44)),
    ("page/larex-indexed-textequiv.xml", Lines(PageXml, 1, 35)),
    ("page/levels-differ.xml", Lines(PageXml, 1, 2)),
    ("page/missing-coords-transkribus.xml", Lines(PageXml, 1, 4)),
    ("page/ocrd-calamari-kant.xml", Lines(PageXml, 1, 21)),
    ("page/ocrd-kraken-0015.xml", Error("no text in 30 lines")),
    ("page/region-no-line.xml", Lines(PageXml, 1, 1)),
    ("page/sp-hyp.xml", Lines(PageXml, 1, 2)),
    ("page/table-region.xml", Lines(PageXml, 1, 9)),
    ("page/transkribus-2010-points.xml", Lines(PageXml, 1, 15)),
    ("page/zero-dims.xml", Lines(PageXml, 1, 0)),
    ("abbyy/bcul-page108.xml", Lines(Abbyy, 1, 9)),
    ("abbyy/bcul-courrier-1883.xml", Lines(Abbyy, 1, 236)),
    ("tesseract/tsv-5.3-ch-en-num.tsv", Lines(TesseractTsv, 1, 2)),
    ("tesseract/tsv-5.3-empty.tsv", Lines(TesseractTsv, 1, 0)),
    ("poppler/bbox-22.12-jo.html", Lines(PopplerBbox, 1, 61)),
    ("poppler/bbox-layout-22.12-jo.html", Lines(PopplerBbox, 1, 61)),
    ("poppler/tsv-22.12-jo.tsv", Lines(PopplerTsv, 1, 61)),
    ("poppler/pdftohtml-0.24.xml", Lines(PdfToHtml, 1, 1330)),
    // Of 65 lines, five are ideographic spaces.
    ("poppler/pdftohtml-22.12-jo.xml", Lines(PdfToHtml, 1, 60)),
    ("mupdf/stext-1.21-jo.json", Lines(Mutool, 1, 60)),
    ("mupdf/stext-1.21-simple3.xml", Lines(Mutool, 1, 1)),
    ("pymupdf/dict-2.0-jo-vertical-cut.json", Lines(PyMuPdf, 1, 6)),
    ("pymupdf/json-2.0-simple3.json", Lines(PyMuPdf, 1, 1)),
    ("pymupdf/rawjson-2.0-simple3.json", Lines(PyMuPdf, 1, 1)),
    ("pymupdf/mineru-vertical-zh.json", Lines(PyMuPdf, 1, 14)),
    ("pdfplumber/json-0.11-simple3.json", Lines(PdfPlumber, 1, 6)),
    ("pdfplumber/csv-0.11-simple3.csv", Lines(PdfPlumber, 1, 6)),
    ("pdfminer/jo-vertical-ja.xml", Lines(PdfMiner, 1, 60)),
    ("pdfminer/nlp2004slides-ja.xml", Lines(PdfMiner, 1, 6)),
    ("paddle/ppocr3-village.json", Lines(PaddleOcr, 1, 14)),
    ("paddle/ppocr3-boarding-pass.json", Lines(PaddleOcr, 1, 33)),
    ("paddle/ppocr3-doc-preprocessor.json", Lines(PaddleOcr, 1, 96)),
    ("paddle/textline-orientation-only.json", Error("rec_texts")),
    ("paddle/paddlex3-beta-printed.txt", Error(PRINT)),
    ("paddle/ppocr2-printed-lines.txt", Error(PRINT)),
    ("rapidocr/v1.4-result-elapse.json", Lines(RapidOcr, 1, 18)),
    ("rapidocr/v1.4-empty.json", Lines(RapidOcr, 1, 0)),
    ("rapidocr/v3.10-to-json.json", Lines(RapidOcr, 1, 18)),
    ("rapidocr/v3.10-empty.json", Lines(PaddleOcr, 1, 0)),
    ("umi/rapidocr-json.json", Lines(UmiOcr, 1, 3)),
    ("umi/rapidocr-json-stdout.txt", Lines(UmiOcr, 1, 1)),
    ("umi/paddleocr-json-flat-box.json", Lines(UmiOcr, 1, 1)),
    ("umi/error-902.json", Error("疑似子进程已崩溃")),
    ("umi/doc-example-not-json.json", Error("byte ")),
    // 79 of 95 entries have text; formulas and tables have several rows.
    ("mineru/demo1-content-list.json", Lines(MinerU, 13, 125)),
    // 23 texts, of which one has a whole page of contents, eight folios and the rows of nine tables.
    ("mineru/v2.7-content-list-zh-cut.json", Lines(MinerU, 8, 173)),
    // 32 lines, two folios and the rows of a table.
    ("mineru/v2.7-middle-zh-cut.json", Lines(MinerU, 2, 50)),
    ("mineru/content-list-v2-doc.json", Lines(MinerU, 1, 2)),
    ("mineru/vlm-model-doc.json", Lines(MinerU, 1, 2)),
    // 19 paragraphs and a table of three rows.
    ("docling/core-chunker-2.json", Lines(Docling, 3, 22)),
    ("docling/cross-page-list.json", Lines(Docling, 2, 2)),
    ("cloud/baidu-handwriting.json", Lines(Baidu, 1, 4)),
    ("cloud/baidu-general-basic.json", Lines(Baidu, 1, 3)),
    ("cloud/baidu-error.json", Error("Access token invalid")),
    ("cloud/tencent-general-basic.json", Lines(Tencent, 1, 7)),
    ("cloud/aliyun-general.json", Lines(Aliyun, 1, 1)),
    ("cloud/aliyun-japanese-data.json", Lines(Aliyun, 1, 1)),
    ("cloud/aliyun-document-structure-data.json", Error("byte ")),
    ("cloud/google-vision-ja-cut.json", Lines(Google, 1, 6)),
    ("cloud/google-documentai-escape.json", Lines(Google, 1, 1)),
    ("cloud/google-documentai-shard.json", Error("the text of 10 pages without the place of any line")),
    ("cloud/azure-read-v2.json", Lines(Azure, 1, 18)),
    ("cloud/azure-document-preview.json", Lines(Azure, 1, 1)),
    ("textract/detect-text.json", Lines(Textract, 1, 24)),
    ("textract/failed.json", Error("Dummy Status Message")),
    ("python-printed/easyocr-readme.txt", Error(PRINT)),
    ("python-printed/cnocr-usage.txt", Error(PRINT)),
    ("other/ndlocr-lite-3048008.xml", Error("looked for paddleocr, ")),
    ("other/ndlocr-lite-tategaki.xml", Error("looked for paddleocr, ")),
    ("other/olive-article.xml", Error("looked for paddleocr, ")),
    ("other/yomitoku-gallery1.json", Error("looked for paddleocr, ")),
    ("broken/alto-truncated.xml", Error("line 217")),
    ("broken/alto-utf16le-bom.xml", Lines(Alto, 1, 1)),
    ("broken/hocr-truncated-tag.html", Error("the text ends inside")),
    ("broken/ppocr3-truncated.json", Error("byte ")),
];

#[test]
fn every_file_of_the_zoo_is_read_or_refused_as_its_readme_says() {
    let Some(shared) = std::env::var_os("QINGYANG_SHARED") else {
        println!("skipped: QINGYANG_SHARED is not set");
        return;
    };
    let zoo = PathBuf::from(shared).join("format-zoo");
    if !zoo.is_dir() {
        println!("skipped: there is no {}", zoo.display());
        return;
    }
    let mut wrong = Vec::new();
    for (name, expected) in FILES {
        let bytes = std::fs::read(zoo.join(name)).expect(name);
        let found = read(&bytes, None);
        let shown = match &found {
            Ok(layout) => {
                let lines: usize = layout.pages.iter().map(|page| page.lines.len()).sum();
                format!("{:?}, {} pages, {lines} lines", recognise(&bytes), layout.pages.len())
            }
            Err(error) => error.to_string(),
        };
        let (right, wanted) = match expected {
            Lines(format, pages, lines) => {
                let wanted = format!("{:?}, {pages} pages, {lines} lines", Some(format));
                (shown == wanted, wanted)
            }
            Error(words) => (found.is_err() && shown.contains(words), words.to_string()),
        };
        if !right {
            let shown: String = shown.chars().take(160).collect();
            wrong.push(format!("{name}: {shown}; expected {wanted}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} files:\n{}", wrong.len(), FILES.len(), wrong.join("\n"));
}
