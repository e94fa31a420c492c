//! What the text of a line may say of the break above it; [`openings`](super::openings) reads it.

/// What a line's text says of the break above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(u8)]
pub enum Opening {
    /// Nothing.
    #[default]
    None,
    /// A story begins: 本报讯, 本报清水9月12日讯.
    Story,
    /// An item whose sign or number others near it have, too: —— △ 1） 甲、 12日： 07:30.
    Item,
    /// A label and its value below another one: 租金标准：….
    Label,
    /// A row with the same fields as the one above.
    Row,
    /// The line above is a row of a table of contents, with leaders and a page number.
    AfterRow,
    /// The line above ends in a whole telephone number and its label: 电话：0351-1234567.
    AfterValue,
    /// It or the line above is a rule of signs.
    Rule,
    /// It or the line above is a folio, a running head or foot, or a binding mark of stationery.
    Foot,
    /// The source of the quotation above: ——《渠志》.
    Source,
    /// It ends an entry of a table of contents that the line above began.
    RestOfRow,
    /// The mark of a note that belongs to the sentence above: ①，.
    NoteMark,
    /// It says who spoke the quotation above: 村支书说。
    Speech,
    /// Its first glyph is the line above, a drop cap.
    DropCap,
    /// It begins with the number that the label above asks for, or that a hyphen cut: 电话：⏎0351, 0351-⏎123.
    Value,
    /// It belongs to what the line above leaves open: a piece of a torn line, a code that did not fit above, the end of a
    /// caption, the court below the sign of its place.
    Rest,
    /// The line above is whole: the title of a notice, an advertisement that ends in a telephone number, a line in
    /// another script.
    Apart,
    /// A caption begins. The credit that ends it, in this line or one of the next two, tells so: 渠首今日通水。⏎石磊在放水。何苗 摄.
    Captioned,
}

/// The number of openings that weights are fitted for.
pub const OPENINGS: usize = 15;

impl Opening {
    /// Whether the line goes on with what stands above it.
    #[inline]
    pub fn goes_on(self) -> bool {
        use Opening::{DropCap, NoteMark, Rest, RestOfRow, Speech, Value};
        matches!(self, RestOfRow | NoteMark | Speech | DropCap | Value | Rest)
    }

    /// Its number among those that weights are fitted for. The others have a prior only.
    #[inline]
    pub fn fitted(self) -> u8 {
        let number = self as u8;
        number * u8::from(usize::from(number) < OPENINGS)
    }
}
