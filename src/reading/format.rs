//! The formats that are read, and what a file may be instead.

/// A format of layouts, named after the program that writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Format {
    /// JSON of PaddleOCR 2 and 3, of PaddleX and of services with PP-OCR in them.
    PaddleOcr,
    /// JSON of RapidOCR 1 and 3.
    RapidOcr,
    /// JSON of Umi-OCR, PaddleOCR-json and RapidOCR-json.
    UmiOcr,
    /// JSON of PP-StructureV3 and PaddleOCR-VL.
    PpStructure,
    /// XHTML of `pdftotext -bbox-layout` and `-bbox`.
    PopplerBbox,
    /// Tables of `pdftotext -tsv`.
    PopplerTsv,
    /// XML of `pdftohtml -xml`.
    PdfToHtml,
    /// JSON of PyMuPDF: `dict`, `rawdict`, `json`, `rawjson` and `words`.
    PyMuPdf,
    /// Characters of pdfplumber, as JSON or CSV.
    PdfPlumber,
    /// XML of pdfminer.
    PdfMiner,
    /// Structured text of mutool, as JSON or XML.
    Mutool,
    /// hOCR.
    Hocr,
    /// ALTO 1 to 4.
    Alto,
    /// Tables of tesseract.
    TesseractTsv,
    /// JSON of MinerU: `middle.json` and `content_list.json`.
    MinerU,
    /// JSON of Baidu's cloud.
    Baidu,
    /// JSON of Tencent's cloud.
    Tencent,
    /// JSON of Aliyun's cloud.
    Aliyun,
    /// JSON of Google's Vision and Document AI.
    Google,
    /// JSON of Azure's Read and Document Intelligence.
    Azure,
    /// JSON of Amazon's Textract.
    Textract,
    /// PAGE XML.
    PageXml,
    /// XML of ABBYY FineReader.
    Abbyy,
    /// JSON of docling.
    Docling,
}

crate::names::names!(
    Format,
    "format",
    PaddleOcr = "paddleocr",
    RapidOcr = "rapidocr",
    UmiOcr = "umi-ocr",
    PpStructure = "pp-structure",
    PopplerBbox = "poppler-bbox",
    PopplerTsv = "poppler-tsv",
    PdfToHtml = "pdftohtml",
    PyMuPdf = "pymupdf",
    PdfPlumber = "pdfplumber",
    PdfMiner = "pdfminer",
    Mutool = "mutool",
    Hocr = "hocr",
    Alto = "alto",
    TesseractTsv = "tesseract-tsv",
    MinerU = "mineru",
    Baidu = "baidu",
    Tencent = "tencent",
    Aliyun = "aliyun",
    Google = "google",
    Azure = "azure",
    Textract = "textract",
    PageXml = "page-xml",
    Abbyy = "abbyy",
    Docling = "docling",
);

/// How a layout is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Syntax {
    /// JSON, one value or several one after the other.
    Json,
    /// XML, or HTML that is written like it.
    Xml,
    /// A table with tabs or commas.
    Table,
}

crate::names::names!(Syntax, "syntax", Json = "JSON", Xml = "XML", Table = "TSV or CSV");

/// What a file is that is neither text nor a layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Foreign {
    /// A PDF.
    Pdf,
    /// A ZIP archive, such as a Word document.
    Zip,
    /// A picture.
    Picture,
    /// A page of HTML without places.
    Html,
    /// A packed file whose name does not say so.
    Packed,
    /// A Word document of the old kind, or RTF.
    Word,
}

crate::names::names!(
    Foreign,
    "kind of file",
    Pdf = "a PDF",
    Zip = "a ZIP archive (Word and EPUB files are such)",
    Picture = "a picture",
    Html = "HTML",
    Packed = "a packed file without .gz or .zst in its name",
    Word = "a Word or RTF document",
);
