//! The readers on small files of invented pages, one row for each shape that a format has, and on broken files.

#![cfg(feature = "layout")]

use proptest::prelude::*;
use qingyang::layout::Doubt;
use qingyang::reading::{Format, LayoutErrorKind, read, recognise};

/// What each line of a file is: its text and its box as whole numbers. Pages are separated by `|`.
fn shown(file: &str) -> String {
    let layout = read(file.as_bytes(), None).unwrap_or_else(|e| panic!("{file}: {e}"));
    let line = |line: &qingyang::layout::Line| {
        let b = line.quad.bounds();
        format!("{} {:.0},{:.0},{:.0},{:.0}", line.text, b.left, b.top, b.right, b.bottom)
    };
    let pages = layout.pages.iter().map(|page| page.lines.iter().map(line).collect::<Vec<_>>().join("; "));
    pages.collect::<Vec<_>>().join(" | ")
}

/// Files of all formats, each with what its lines are.
const FILES: &[(Format, &str, &str)] = &[
    (Format::PaddleOcr, r#"[[[[[1,2],[9,2],[9,6],[1,6]],["渠水",0.9]]],null]"#, "渠水 1,2,9,6 | "),
    (Format::PaddleOcr, r#"[[[[1,2],[9,2],[9,6],[1,6]],["渠水",0.9]]]"#, "渠水 1,2,9,6"),
    (
        Format::PaddleOcr,
        r#"{"input_path":"p","dt_polys":[[[0,0],[1,0],[1,1],[0,1]],[[1,2],[9,2],[9,6],[1,6]]],"rec_texts":["渠水"],
           "rec_polys":[[[1,2],[9,2],[9,6],[1,6]]],"rec_boxes":[]}"#,
        "渠水 1,2,9,6",
    ),
    (Format::PaddleOcr, r#"{"res":{"rec_text":["渠水"],"dt_polys":[[[1,2],[9,2],[9,6],[1,6]]]}}"#, "渠水 1,2,9,6"),
    (
        Format::PaddleOcr,
        r#"{"logId":"x","result":{"ocrResults":[{"prunedResult":{"rec_texts":["渠水"],"rec_boxes":[[1,2,9,6]]}}]}}"#,
        "渠水 1,2,9,6",
    ),
    (Format::PaddleOcr, r#"{"ocr_results":[{"text":"渠水","box":[[1,2],[9,2],[9,6],[1,6]]}]}"#, "渠水 1,2,9,6"),
    (Format::RapidOcr, r#"[[[[1,2],[9,2],[9,6],[1,6]],"渠水","0.9"]]"#, "渠水 1,2,9,6"),
    (Format::RapidOcr, r#"[[[[[1,2],[9,2],[9,6],[1,6]],"渠水",0.9]],[0.1,0.2]]"#, "渠水 1,2,9,6"),
    (Format::RapidOcr, r#"[{"box":[[1,2],[9,2],[9,6],[1,6]],"txt":"渠水","score":0.9}]"#, "渠水 1,2,9,6"),
    (Format::RapidOcr, r#"{"boxes":[[[1,2],[9,2],[9,6],[1,6]]],"txts":["渠水"],"scores":[0.9]}"#, "渠水 1,2,9,6"),
    (
        Format::UmiOcr,
        r#"{"code":100,"data":[{"text":"渠水","score":0.9,"box":[1,2,9,2,9,6,1,6],"end":""}]}"#,
        "渠水 1,2,9,6",
    ),
    (Format::UmiOcr, r#"{"code":101,"data":"No text"}"#, ""),
    (
        Format::UmiOcr,
        "{\"code\":100,\"data\":\"渠水\\n流过\"}\n{\"code\":101,\"data\":\"\"}",
        "渠水 0,0,0,0; 流过 0,0,0,0 | ",
    ),
    (
        Format::PpStructure,
        r#"{"parsing_res_list":[{"block_label":"text","block_content":"渠水\n流过","block_bbox":[1,2,9,6]}]}"#,
        "渠水 1,2,9,4; 流过 1,4,9,6",
    ),
    (
        Format::PpStructure,
        r#"{"parsing_res_list":[{"block_label":"text","block_content":"渠水","block_bbox":[0,0,9,9]}],
           "overall_ocr_res":{"rec_texts":["渠水"],"rec_boxes":[[1,2,9,6]]}}"#,
        "渠水 1,2,9,6",
    ),
    (
        Format::PopplerBbox,
        r#"<html><doc><page width="90" height="90"><flow><block><line xMin="1" yMin="2" xMax="9" yMax="6">
           <word xMin="1" yMin="2" xMax="4" yMax="6">渠</word><word xMin="6" yMin="2" xMax="9" yMax="6">&lt;水</word></line></block></flow></page></doc></html>"#,
        "渠 <水 1,2,9,6",
    ),
    (
        Format::PopplerBbox,
        r#"<html><doc><page width="90" height="90"><word xMin="1" yMin="2" xMax="9" yMax="6">渠水</word></page></doc></html>"#,
        "渠水 1,2,9,6",
    ),
    (
        Format::PopplerTsv,
        "level\tpage_num\tpar_num\tblock_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n1\t1\t0\t0\t0\t0\t0\t0\t90\t90\t-1\t###PAGE###\n4\t1\t0\t0\t0\t0\t1\t2\t8\t4\t-1\t###LINE###\n5\t1\t0\t0\t0\t0\t1\t2\t8\t4\t100\t渠水\"\n",
        "渠水\" 1,2,9,6",
    ),
    (
        Format::PdfToHtml,
        r#"<pdf2xml><page number="1" top="0" left="0" height="90" width="90"><fontspec id="0" size="4"/><text top="2" left="1" width="8" height="4" font="0">渠<b>水</b></text><text top="10" left="50" width="0" height="4" font="0">流过</text></page></pdf2xml>"#,
        "渠水 1,2,9,6; 流过 50,10,54,18",
    ),
    (
        Format::PyMuPdf,
        r#"{"width":90,"height":90,"blocks":[{"type":1,"bbox":[0,0,9,9],"image":"QUJD"},{"type":0,"lines":[{"wmode":0,"bbox":[1,2,9,6],
           "spans":[{"size":4,"text":"渠","bbox":[1,2,5,6]},{"size":4,"text":"水","bbox":[5,2,9,6]}]}]}]}"#,
        "渠水 1,2,9,6",
    ),
    (
        Format::PyMuPdf,
        r#"{"0":{"blocks":[{"lines":[{"bbox":[1,2,9,6],"spans":[{"size":4,"chars":[{"c":"渠","bbox":[1,2,5,6]},{"c":"水","bbox":[5,2,9,6]}]}]}]}]}}"#,
        "渠水 1,2,9,6",
    ),
    (
        Format::PyMuPdf,
        r#"[{"number":0,"bbox":[1,2,5,10],"lines":[{"wmode":1,"bbox":[1,2,5,6],"spans":[{"text":"渠","bbox":[1,2,5,6]}]},
           {"wmode":1,"bbox":[1,6,5,10],"spans":[{"text":"水","bbox":[1,6,5,10]}]}]}]"#,
        "渠水 1,2,5,10",
    ),
    (
        Format::PyMuPdf,
        r#"[[1,2,5,6,"渠",0,0,0],[6,2,9,6,"水",0,0,1],[1,8,9,12,"流",0,1,0]]"#,
        "渠 水 1,2,9,6; 流 1,8,9,12",
    ),
    (
        Format::PdfPlumber,
        r#"{"pages":[{"page_number":1,"width":90,"height":90,"chars":[{"text":"渠","x0":1,"x1":5,"top":2,"bottom":6,"size":4},
           {"text":"水","x0":5,"x1":9,"top":2,"bottom":6,"size":4},{"text":"流","x0":1,"x1":5,"top":8,"bottom":12,"size":4}]}]}"#,
        "渠水 1,2,9,6; 流 1,8,5,12",
    ),
    (
        Format::PdfPlumber,
        "object_type,page_number,x0,x1,top,bottom,size,text\r\nchar,1,1,5,2,6,4,\",\"\r\nrect,1,1,5,2,6,,\r\nchar,2,1,5,2,6,4,水\r\n",
        ", 1,2,5,6 | 水 1,2,5,6",
    ),
    (
        Format::PdfMiner,
        "<pages><page id=\"1\" bbox=\"0,0,90,90\"><textbox id=\"0\"><textline bbox=\"1,84,9,88\"><text bbox=\"1,84,5,88\" size=\"4\">渠</text><text bbox=\"5,84,9,88\" size=\"4\">水</text><text>\n</text></textline></textbox></page></pages>",
        "渠水 1,2,9,6",
    ),
    (
        Format::Mutool,
        r#"{"file":"p","pages":[{"blocks":[{"type":"text","lines":[{"bbox":{"x":1,"y":2,"w":8,"h":4},"font":{"size":4},"text":"渠水"}]}]}]}"#,
        "渠水 1,2,9,6",
    ),
    (
        Format::Mutool,
        r#"<document><page width="90" height="90"><block bbox="1 2 9 6"><line bbox="1 2 9 6"><font size="4"><char quad="1 2 5 2 1 6 5 6" c="渠"/><char quad="5 2 9 2 5 6 9 6" c="&quot;"/></font></line></block></page></document>"#,
        "渠\" 1,2,9,6",
    ),
    (
        Format::Hocr,
        r#"<html><body><div class="ocr_page" title="bbox 0 0 90 90"><p class="ocr_par"><span class="ocr_caption" title="bbox 1 2 9 6; x_size 4">
           <span class="ocrx_word" title="bbox 1 2 5 6; x_wconf 90">渠</span> <span class="ocrx_word" title="bbox 5 2 9 6">水</span></span></p></div></body></html>"#,
        "渠水 1,2,9,6",
    ),
    (
        Format::Hocr,
        "<html><meta name='ocr-system'><body><span class='ocr_line'>渠水&shy;<br></span><p class='ocr_par' title='bbox 1 2 9 6'>流过",
        "渠水\u{AD} 0,0,0,0; 流过 1,2,9,6",
    ),
    (
        Format::Alto,
        r#"<alto><Layout><Page WIDTH="90" HEIGHT="90"><PrintSpace><TextBlock><TextLine HPOS="1" VPOS="2" WIDTH="8" HEIGHT="-4">
           <String CONTENT="km" HPOS="1" VPOS="2" WIDTH="3" HEIGHT="4"/><SP/><String CONTENT="ab" HPOS="5" VPOS="2" WIDTH="4" HEIGHT="4"/>
           <String CONTENT="." HPOS="9" VPOS="2" WIDTH="1" HEIGHT="4"/><HYP CONTENT="-"/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>"#,
        "km ab.- 1,2,10,6",
    ),
    (
        Format::TesseractTsv,
        "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n1\t1\t0\t0\t0\t0\t0\t0\t90\t90\t-1\t\n5\t1\t1\t1\t1\t1\t1\t2\t4\t4\t90\t渠\n5\t1\t1\t1\t1\t2\t5\t2\t4\t4\t90\t水\n5\t1\t2\t1\t1\t1\t1\t8\t8\t4\t90\t \n",
        "渠水 1,2,9,6",
    ),
    (
        Format::MinerU,
        r#"{"pdf_info":[{"page_idx":0,"page_size":[90,90],"para_blocks":[{"type":"text","lines":[{"bbox":[1,2,9,6],"spans":[{"type":"text","content":"渠水","bbox":[1,2,9,6]}]}]}],
           "discarded_blocks":[{"type":"discarded","lines":[{"bbox":[1,80,9,84],"spans":[{"type":"text","content":"3版","bbox":[1,80,9,84]}]}]}]}]}"#,
        "渠水 1,2,9,6; 3版 1,80,9,84",
    ),
    (
        Format::MinerU,
        r#"[{"type":"text","text":"渠水","bbox":[1,2,9,6],"page_idx":0},{"type":"table","table_caption":["表"],"table_body":"<table><tr><td>流</td><td>过</td></tr></table>","page_idx":3}]"#,
        "渠水 1,2,9,6 | 表 0,0,0,0; 流 过 0,0,0,0",
    ),
    (
        Format::MinerU,
        r#"[[{"type":"title","content":{"title_content":[{"type":"text","content":"渠水"}],"level":1},"bbox":[1,2,9,6]}]]"#,
        "渠水 1,2,9,6",
    ),
    (
        Format::Baidu,
        r#"{"words_result":[{"words":"渠水","location":{"left":1,"top":2,"width":8,"height":4}},{"words":"流过"}]}"#,
        "渠水 1,2,9,6; 流过 0,0,0,0",
    ),
    (
        Format::Tencent,
        r#"{"Response":{"TextDetections":[{"DetectedText":"渠水","Polygon":[{"X":1,"Y":2},{"X":9,"Y":2},{"X":9,"Y":6},{"X":1,"Y":6}],"AdvancedInfo":"{\"Parag\":{\"ParagNo\":1}}"}]}}"#,
        "渠水 1,2,9,6",
    ),
    (
        Format::Aliyun,
        r#"{"Data":"{\"prism_wordsInfo\":[{\"word\":\"渠水\",\"x\":7,\"y\":-9,\"pos\":[{\"x\":1,\"y\":2},{\"x\":9,\"y\":2},{\"x\":9,\"y\":6},{\"x\":1,\"y\":6}]}]}"}"#,
        "渠水 1,2,9,6",
    ),
    (
        Format::Google,
        r#"{"responses":[{"fullTextAnnotation":{"pages":[{"width":90,"height":90,"blocks":[{"paragraphs":[{"words":[{"boundingBox":{"vertices":[{"y":2},{"x":9,"y":2},{"x":9,"y":6},{"y":6}]},
           "symbols":[{"text":"渠"},{"text":"水","property":{"detectedBreak":{"type":"LINE_BREAK"}}},{"text":"流"}]}]}]}]}]}}]}"#,
        "渠水 0,2,9,6; 流 0,2,9,6",
    ),
    (
        Format::Google,
        r#"{"text":"渠水\n流过。","pages":[{"dimension":{"width":90,"height":90},"layout":{},"lines":[
           {"layout":{"textAnchor":{"textSegments":[{"endIndex":"3"}]},"boundingPoly":{"normalizedVertices":[{},{"x":0.5},{"x":0.5,"y":0.1},{"y":0.1}]}}},
           {"layout":{"textAnchor":{"textSegments":[{"startIndex":"3","endIndex":"5"}]}}}]}]}"#,
        "渠水 0,0,45,9; 流过。 0,0,0,0",
    ),
    (
        Format::Azure,
        r#"{"analyzeResult":{"readResults":[{"width":9,"height":9,"unit":"inch","lines":[{"text":"渠水","boundingBox":[1,2,9,2,9,6,1,6]}]}]}}"#,
        "渠水 1,2,9,6",
    ),
    (
        Format::Azure,
        r#"{"analyzeResult":{"pages":[{"lines":[{"content":"渠水","polygon":[1,2,9,2,9,6,1,6]}]}]}}"#,
        "渠水 1,2,9,6",
    ),
    (
        Format::Textract,
        r#"{"Blocks":[{"BlockType":"PAGE"},{"BlockType":"LINE","Text":"渠水","Geometry":{"Polygon":[{"X":1,"Y":2},{"X":9,"Y":2},{"X":9,"Y":6},{"X":1,"Y":6}]}},{"BlockType":"WORD","Text":"渠水"}]}"#,
        "渠水 1,2,9,6",
    ),
    (
        Format::PageXml,
        r#"<PcGts><Page imageWidth="90" imageHeight="90"><ReadingOrder><OrderedGroup><RegionRefIndexed index="1" regionRef="a"/><RegionRefIndexed index="0" regionRef="b"/></OrderedGroup></ReadingOrder>
           <TextRegion id="a"><TextLine><Coords points="1,8 9,8 9,12 1,12"/><TextEquiv index="1"><Unicode>渠氺</Unicode></TextEquiv><TextEquiv index="0"><Unicode>渠水</Unicode></TextEquiv></TextLine></TextRegion>
           <TextRegion id="b"><TextLine><Coords><Point x="1" y="2"/><Point x="9" y="6"/></Coords><Word><TextEquiv><Unicode>流过</Unicode></TextEquiv></Word></TextLine></TextRegion></Page></PcGts>"#,
        "流过 1,2,9,6; 渠水 1,8,9,12",
    ),
    (
        Format::Abbyy,
        "<page width=\"90\" height=\"90\" resolution=\"72\"><block blockType=\"Text\"><text><par><line l=\"1\" t=\"2\" r=\"9\" b=\"6\"><formatting fs=\"4.\">\n<charParams l=\"1\" t=\"2\" r=\"5\" b=\"6\">渠</charParams>\n<charParams l=\"5\" t=\"2\" r=\"9\" b=\"6\">水</charParams></formatting></line></par></text></block></page>",
        "渠水 1,2,9,6",
    ),
    (
        Format::Docling,
        r##"{"schema_name":"DoclingDocument","body":{"children":[{"$ref":"#/texts/1"},{"$ref":"#/texts/0"}]},"texts":[{"text":"渠水","prov":[{"page_no":1,"bbox":{"l":1,"t":88,"r":9,"b":84,"coord_origin":"BOTTOMLEFT"}}]},
           {"text":"流过","prov":[{"page_no":1,"bbox":{"l":1,"t":2,"r":9,"b":6,"coord_origin":"TOPLEFT"}}]}],"pages":{"1":{"size":{"width":90,"height":90}}}}"##,
        "流过 1,2,9,6; 渠水 1,2,9,6",
    ),
];

#[test]
fn each_shape_of_each_format_is_recognised_and_read() {
    for &(format, file, lines) in FILES {
        assert_eq!(recognise(file.as_bytes()), Some(format), "{file}");
        assert_eq!(shown(file), lines, "{file}");
    }
    for format in Format::all() {
        assert!(FILES.iter().any(|(known, ..)| *known == format), "{format} has no row");
    }
}

#[test]
fn sizes_blocks_certainties_pictures_and_pieces_are_taken() {
    let of = |format: Format, n: usize| {
        let file = FILES.iter().filter(|(known, ..)| *known == format).nth(n).expect("a row").1;
        read(file.as_bytes(), None).expect("it is read").pages.swap_remove(0)
    };
    let mupdf = of(Format::PyMuPdf, 0);
    assert_eq!((mupdf.size, mupdf.pictures.len()), (Some((90.0, 90.0)), 1));
    assert_eq!((mupdf.lines[0].size, mupdf.lines[0].block, mupdf.lines[0].pieces.len()), (Some(4.0), Some(1), 2));
    assert_eq!(mupdf.lines[0].element, "/blocks/1/lines/0");
    let hocr = of(Format::Hocr, 0);
    assert_eq!((hocr.lines[0].size, hocr.lines[0].confidence), (Some(4.0), Some(0.9)));
    assert_eq!(&hocr.lines[0].text[hocr.lines[0].pieces[1].range.clone()], "水");
    assert_eq!(of(Format::RapidOcr, 0).lines[0].confidence, Some(0.9));
    assert_eq!(of(Format::Abbyy, 0).lines[0].size, Some(4.0));
}

#[test]
fn places_that_cannot_be_used_leave_a_line_of_flat_text() {
    let boxes = [
        "[[1,2],[1,2],[1,2],[1,2]]",
        "[[1e300,2],[9,2],[9,6],[1,6]]",
        "null",
        "[]",
        "[1,2,3]",
        "\"box\"",
        "[[1,2],[9,null]]",
    ];
    for place in boxes {
        let file = format!(r#"[{{"box":{place},"txt":"渠水","score":7}}]"#);
        assert_eq!(shown(&file), "渠水 0,0,0,0", "{place}");
        assert_eq!(read(file.as_bytes(), None).expect("it is read").pages[0].lines[0].confidence, None);
    }
    assert_eq!(shown(r#"[{"box":[[-5,-2],[9,-2],[9,6],[-5,6]],"txt":"渠水"}]"#), "渠水 -5,-2,9,6");
    assert_eq!(shown(r#"{"rec_texts":["渠水", 7, null],"rec_polys":[]}"#), "渠水 0,0,0,0; 7 0,0,0,0");
}

#[test]
fn a_page_without_width_or_height_is_told_and_read() {
    for file in [
        r#"{"ocr_results":[{"text":"渠水","box":[[1,2],[9,2],[9,6],[1,6]]}],"dimensions":{"width":0,"height":842}}"#,
        r#"{"pdf_info":[{"page_size":[595,-1],"para_blocks":[{"type":"text","lines":[{"bbox":[1,2,9,6],"spans":[{"content":"渠水"}]}]}]}]}"#,
        "<html><body><div class='ocr_page' title='bbox 0 0 0 0'>\
         <span class='ocr_line' title='bbox 1 2 9 6'>渠水</span></div></body></html>",
        "<alto><Layout><Page WIDTH='0' HEIGHT='0'><PrintSpace><TextLine HPOS='1' VPOS='2' WIDTH='8' HEIGHT='4'>\
         <String CONTENT='渠水'/></TextLine></PrintSpace></Page></Layout></alto>",
    ] {
        let layout = read(file.as_bytes(), None).unwrap_or_else(|e| panic!("{file}: {e}"));
        assert_eq!(layout.doubts(), [Doubt::NoArea { page: 1 }], "{file}");
        assert_eq!(shown(file), "渠水 1,2,9,6");
    }
}

#[test]
fn errors_name_the_place_and_what_was_looked_for() {
    let cases = [
        (r#"{"rec_texts": 7}"#, "paddleocr: looked for a list of texts (rec_texts) at /rec_texts and did not find it"),
        (r#"{"input_path": "p", "scores": []}"#, "looked for a list of texts (rec_texts) at the top"),
        (r#"{"code": 902, "data": "坏"}"#, "umi-ocr reports an error: code 902: 坏"),
        (r#"{"error_code": 110, "error_msg": "token"}"#, "baidu reports an error: 110: token"),
        (r#"{"Response": {"Error": {"Message": "x"}}}"#, "tencent reports an error: x"),
        ("<alto><Layout/></alto>", "alto: looked for a Page at alto/Layout"),
        ("<alto><Layout>", "byte 14 (line 1): not valid XML: the text ends inside <Layout>"),
        (r#"[[[[NaN, 1], [2, 3]], "渠", 1]]"#, "byte 4 (line 1): not valid JSON"),
        ("[([[1, 2]], '渠', 0.9)]", "byte 1: a Python print, not JSON"),
        (r#"{"title": 1}"#, "JSON of no known layout (it has title)"),
        (
            "level\tpage_num\tblock_num\tpar_num\ttext\n5\t1\n",
            "byte 38 (line 2): not valid TSV or CSV: a row without 12 columns",
        ),
    ];
    for (file, words) in cases {
        let error = read(file.as_bytes(), None).map(|_| ()).expect_err(file).to_string();
        assert!(error.contains(words), "{file}: {error}");
    }
    let page = r#"<PcGts><Page><TextRegion><TextLine/><TextLine/></TextRegion></Page></PcGts>"#;
    let error = read(page.as_bytes(), None).expect_err("no text");
    assert_eq!(error.kind(), &LayoutErrorKind::NoText { format: Format::PageXml, lines: 2 });
}

#[test]
fn a_hundred_thousand_lines_are_read() {
    let row = r#"[[[1,2],[9,2],[9,6],[1,6]],"渠水",0.9]"#;
    let file = format!("[{}]", vec![row; 100_000].join(","));
    assert_eq!(read(file.as_bytes(), None).expect("it is read").pages[0].lines.len(), 100_000);
}

#[test]
fn entities_that_a_file_declares_do_not_grow() {
    let file = "<!DOCTYPE alto [<!ENTITY a \"渠渠渠渠\"><!ENTITY b \"&a;&a;&a;\">]><alto><Page><TextLine><String CONTENT=\"&b;水\"/></TextLine></Page></alto>";
    assert_eq!(shown(file), "&b;水 0,0,0,0");
}

/// The characters of a text that can be seen, in order of their numbers.
fn ink(text: &str) -> Vec<char> {
    let mut ink: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    ink.sort_unstable();
    ink
}

proptest! {
    #[test]
    fn no_bytes_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), which in 0..24usize) {
        let format = Format::all().nth(which);
        let _ = (read(&bytes, format), read(&bytes, None), recognise(&bytes));
    }

    /// Files that are cut, or have a byte changed, are read or refused.
    #[test]
    fn no_damage_makes_a_reader_panic(file in 0..FILES.len(), at in 0.0..1.0f64, byte in any::<u8>(), cut in any::<bool>()) {
        let (format, text, _) = FILES[file];
        let mut bytes = text.as_bytes().to_vec();
        let at = (at * bytes.len() as f64) as usize;
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        let _ = (read(&bytes, Some(format)), read(&bytes, None));
    }

    /// Wherever a file of any format says 渠水, any text may stand, and none of it is lost.
    #[test]
    fn no_character_of_the_text_is_lost(
        file in 0..FILES.len(), text in "[渠水流a-z0-9，。“”…\u{3000} \u{AD}\u{E000}𠀀.'-]{1,12}[水b]"
    ) {
        let (format, template, _) = FILES[file];
        prop_assume!(template.contains("渠水"));
        // PP-StructureV3 repeats its lines in its blocks, Textract its lines in its words.
        let layout = read(template.replace("渠水", &text).as_bytes(), Some(format)).expect("it is read");
        let out: String = layout.pages.iter().flat_map(|page| &page.lines).map(|line| line.text.as_str()).collect();
        let before = read(template.as_bytes(), Some(format)).expect("it is read");
        let rest: String = before.pages.iter().flat_map(|page| &page.lines).map(|line| line.text.as_str()).collect();
        // A service that counts characters cuts elsewhere; the text is whole all the same.
        let wanted = format!("{}{}", rest.replacen("渠水", "", 1), text);
        prop_assert_eq!(ink(&out), ink(&wanted));
    }
}
