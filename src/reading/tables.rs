//! Tables in HTML, as programs for documents write them inside their JSON: a row a line, blanks between the cells.

use super::xml::{Element, Rules, Xml, mended};
use std::borrow::Cow;

/// The text of a table; what is no HTML stays as it is.
pub fn text(html: &str) -> String {
    let mended = mended(html);
    let Ok(xml) = Xml::parse(&mended, Rules::Html) else { return html.to_string() };
    let mut text = String::new();
    let mut rows = 0;
    for row in xml.elements().filter(|e| e.name() == "tr") {
        let cells: Vec<Cow<'_, str>> =
            row.children().map(Element::text).filter(|cell| !cell.trim().is_empty()).collect();
        text.push_str(&cells.join(" "));
        text.push('\n');
        rows += 1;
    }
    let outside = |s: &str| s.chars().filter(|c| !c.is_whitespace()).count();
    let all: usize = xml.root().map_or(0, |root| outside(&root.text()));
    // Text that stands in no row, or beside the root, would be lost.
    let whole = xml.elements().next().is_some_and(|root| root.name() == "table" || root.name() == "html");
    if rows > 0
        && whole
        && outside(&text) == all
        && html.trim_start().starts_with('<')
        && html.trim_end().ends_with('>')
    {
        text
    } else {
        html.to_string()
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_row_is_a_line_and_no_character_is_lost() {
        let of = super::text;
        assert_eq!(
            of("<table><tr><td>渠水</td><td></td><td>7</td></tr><tr><td>a&lt;b</td></tr></table>"),
            "渠水 7\na<b\n"
        );
        assert_eq!(
            of("<table><caption>表</caption><tr><td>渠</td></tr></table>"),
            "<table><caption>表</caption><tr><td>渠</td></tr></table>"
        );
        assert_eq!(of("渠水 < 7"), "渠水 < 7");
    }
}
