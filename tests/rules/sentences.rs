//! `sentences`: where one sentence ends and the next begins. A row's input is running text behind a sentence that tells
//! so; its output has a line for each sentence.

use super::table::{page, proof, row, table, with, without};
use qingyang::options::Split;
use qingyang::{Options, Role, Rule};

fn splitting() -> Options {
    with(|o| o.split = Split::Sentence)
}

/// The sentences of a text that stands in a paragraph of a story.
fn sentences() -> impl Fn(&str) -> String {
    const BEFORE: &str = "云台山下的稻田渐渐泛黄，农户忙着修整晒场，孩子们在堤上奔跑。";
    let clean = page(splitting());
    move |text| {
        let text = clean(&format!("{BEFORE}{text}"));
        text.strip_prefix(BEFORE).and_then(|rest| rest.strip_prefix('\n')).map_or(format!("∅{text}"), String::from)
    }
}

#[test]
fn a_stop_ends_a_sentence() {
    table(
        &[
            row("渠通了。桥成了。", "渠通了。⏎桥成了。", "a full stop"),
            row("渠通了｡桥成了。", "渠通了｡⏎桥成了。", "a half-width one"),
            row("渠通了！桥成了。", "渠通了！⏎桥成了。", "an exclamation mark"),
            row("渠通了？桥成了。", "渠通了？⏎桥成了。", "a question mark"),
            row("渠通了!桥成了。", "渠通了！⏎桥成了。", "a half-width exclamation mark"),
            row("渠通了?桥成了。", "渠通了？⏎桥成了。", "a half-width question mark"),
            row("渠通了‼桥成了。", "渠通了‼⏎桥成了。", "a double one"),
            row("渠通了⁇桥成了。", "渠通了⁇⏎桥成了。", "two question marks in one"),
            row("渠通了⁈桥成了。", "渠通了⁈⏎桥成了。", "a question and an exclamation mark in one"),
            row("渠通了⁉桥成了。", "渠通了⁉⏎桥成了。", "the other way round"),
            row("渠通了……桥成了。", "渠通了……⏎桥成了。", "dots"),
            row("渠通了；桥成了：路平了，好。", "渠通了；桥成了：路平了，好。", "no other mark"),
            row("渠通了。 桥成了。", "渠通了。⏎桥成了。", "the space behind the stop goes"),
            row("渠通了？！桥成了。", "渠通了？！⏎桥成了。", "a run of marks is one"),
            row("渠通了！！！桥成了。", "渠通了！！！⏎桥成了。", "the same mark three times"),
            row("渠通了……。桥成了。", "渠通了……。⏎桥成了。", "dots and a stop"),
            row("渠通了。……桥成了。", "渠通了。……⏎桥成了。", "a stop and dots"),
            row("渠通了！的确。", "渠通了！的确。", "!的 goes on"),
            row("渠通了！地上。", "渠通了！地上。", "!地 goes on"),
            row("渠通了！得了。", "渠通了！得了。", "!得 goes on"),
            row("渠通了！等等。", "渠通了！等等。", "!等 goes on"),
            row("渠通了。的确。", "渠通了。⏎的确。", "a stop ends before 的 too"),
            row("渠通了……的桥。", "渠通了……的桥。", "dots before 的"),
            row("渠通了……而桥。", "渠通了……而桥。", "dots before 而"),
            row("渠通了……他看着水，站了3时", "渠通了……⏎他看着水，站了3时", "dots before a number"),
            row("渠通了……还有。", "渠通了……还有。", "dots before 还"),
            row("渠通了。，好。", "渠通了。，好。", "before a comma no sentence begins"),
            row("渠通了。、好。", "渠通了。、好。", "before 、"),
            row("渠通了。；好。", "渠通了。；好。", "before a semicolon"),
            row("渠通了。：好。", "渠通了。：好。", "before a colon"),
            row("渠通了。—好。", "渠通了。—好。", "before a dash"),
            row("渠通了。～好。", "渠通了。～好。", "before a wave"),
            row("渠通了。·好。", "渠通了。·好。", "before a point"),
            row("渠通了。%好。", "渠通了。%好。", "before a percent sign"),
            row("渠通了。/好。", "渠通了。/好。", "before a slash"),
            row("渠通了。”好。", "渠通了。”⏎好。", "before a quote that closes nothing"),
            row("渠通了。》好。", "渠通了。》好。", "before a title mark that closes nothing"),
            row("渠通了。——", "渠通了。——", "no word behind it"),
        ],
        sentences(),
    );
}

#[test]
fn nothing_is_parted_inside_a_pair() {
    table(
        &[
            row("他说“渠通了。桥成了”。好。", "他说“渠通了。桥成了”。⏎好。", "curly quotes"),
            row("他说‘渠通了。桥成了’。好。", "他说‘渠通了。桥成了’。⏎好。", "single ones"),
            row("他说「渠通了。桥成了」。好。", "他说「渠通了。桥成了」。⏎好。", "corner quotes"),
            row("他说『渠通了。桥成了』。好。", "他说『渠通了。桥成了』。⏎好。", "white corner quotes"),
            row("他说（渠通了。桥成了）。好。", "他说（渠通了。桥成了）。⏎好。", "brackets"),
            row("他说(渠通了。桥成了)。好。", "他说（渠通了。桥成了）。⏎好。", "half-width brackets"),
            row("他说《渠通了。桥成了》。好。", "他说《渠通了。桥成了》。⏎好。", "title marks"),
            row("他说〈渠通了。桥成了〉。好。", "他说〈渠通了。桥成了〉。⏎好。", "single title marks"),
            row("他说【渠通了。桥成了】。好。", "他说【渠通了。桥成了】。⏎好。", "lenticular brackets"),
            row("他说〔渠通了。桥成了〕。好。", "他说〔渠通了。桥成了〕。⏎好。", "tortoise-shell brackets"),
            row("他说［渠通了。桥成了］。好。", "他说［渠通了。桥成了］。⏎好。", "square brackets"),
            row("他说[渠通了。桥成了]。好。", "他说[渠通了。桥成了]。⏎好。", "half-width ones"),
            row("他说〖渠通了。桥成了〗。好。", "他说〖渠通了。桥成了〗。⏎好。", "white lenticular brackets"),
            row("他说\"渠通了。桥成了\"。好。", "他说\"渠通了。桥成了\"。⏎好。", "straight quotes"),
            row("他说“渠通了。桥成了。好。", "他说“渠通了。⏎桥成了。⏎好。", "never closed"),
            row("他说渠通了。桥成了”。好。", "他说渠通了。⏎桥成了”。⏎好。", "never opened"),
            row("他说“渠（通了。桥成了”。好）。", "他说“渠（通了。桥成了”。⏎好）。", "a bracket that the quote closes over"),
            row("他说“渠‘通了。桥成’了。”好。", "他说“渠‘通了。桥成’了。”⏎好。", "quotes in quotes"),
            row("他说\"渠通了。\"桥成了。\"路平了。", "他说\"渠通了。\"⏎桥成了。⏎\"路平了。", "the third straight quote opens nothing"),
        ],
        sentences(),
    );
}

#[test]
fn a_quotation_ends_a_sentence() {
    table(
        &[
            row("他说：“好。”桥成了。", "他说：“好。”⏎桥成了。", "behind a colon, with a stop"),
            row("他说：“好！”桥成了。", "他说：“好！”⏎桥成了。", "behind a colon, with a call"),
            row("他说：“好……”桥成了。", "他说：“好……”⏎桥成了。", "behind a colon, with dots"),
            row("他说:“好！”桥成了。", "他说：“好！”⏎桥成了。", "behind a half-width colon"),
            row("他喊“好！”桥成了。", "他喊“好！”桥成了。", "a call without a colon goes on"),
            row("他喊“好？”桥成了。", "他喊“好？”桥成了。", "a question"),
            row("他喊“好……”桥成了。", "他喊“好……”桥成了。", "dots"),
            row("他喊“好。”桥成了。", "他喊“好。”⏎桥成了。", "a stop ends it"),
            row("他喊‘好。’桥成了。", "他喊‘好。’⏎桥成了。", "single quotes"),
            row("他喊「好。」桥成了。", "他喊「好。」⏎桥成了。", "corner quotes"),
            row("他喊『好。』桥成了。", "他喊『好。』⏎桥成了。", "white corner quotes"),
            row("他喊\"好。\"桥成了。", "他喊\"好。\"⏎桥成了。", "straight quotes"),
            row("“谁！”“我！”好了。", "“谁！”⏎“我！”好了。", "before another quotation"),
            row("“谁！”「我！」好了。", "“谁！”⏎「我！」好了。", "before one in corner quotes"),
            row("“谁！”『我！』好了。", "“谁！”⏎『我！』好了。", "before one in white corner quotes"),
            row("他读《好。》桥成了。", "他读《好。》桥成了。", "a title ends none"),
            row("他读〈好。〉桥成了。", "他读〈好。〉桥成了。", "a single title mark"),
            row("好。”桥成了。", "好。”⏎桥成了。", "a stop before a quote that closes nothing"),
            row("他说（好。）桥成了。", "他说（好。）⏎桥成了。", "a stop in brackets"),
            row("他说（好！）桥成了。", "他说（好！）桥成了。", "a call in brackets"),
            row("（好！）桥成了。", "（好！）⏎桥成了。", "a call in brackets that begin the sentence"),
            row("（好。）桥成了。", "（好。）⏎桥成了。", "a stop in them"),
            row("他喊“好。”）桥成了。", "他喊“好。”）⏎桥成了。", "what closes last counts"),
            row("他喊“好！”。桥成了。", "他喊“好！”。⏎桥成了。", "a stop behind the quote"),
        ],
        sentences(),
    );
}

#[test]
fn who_spoke_stays_with_what_was_said() {
    table(
        &[
            row("“好。”何苗说。桥成了。", "“好。”何苗说。⏎桥成了。", "说"),
            row("“好。”何苗说着，桥成了。", "“好。”何苗说着，桥成了。", "说着"),
            row("“好。”何苗说了。桥成了。", "“好。”何苗说了。⏎桥成了。", "说了"),
            row("“好。”何苗问，桥成了。", "“好。”何苗问，桥成了。", "问"),
            row("“好。”何苗喊！桥成了。", "“好。”何苗喊！⏎桥成了。", "喊"),
            row("“好。”何苗叫？桥成了。", "“好。”何苗叫？⏎桥成了。", "叫"),
            row("“好。”何苗称；桥成了。", "“好。”何苗称；桥成了。", "称"),
            row("“好。”何苗叹…桥成了。", "“好。”何苗叹…⏎桥成了。", "叹"),
            row("“好。”何苗答“桥成了”。", "“好。”何苗答“桥成了”。", "答"),
            row("“好。”何苗讲,桥成了。", "“好。”何苗讲，桥成了。", "讲"),
            row("“好。”何苗道。桥成了。", "“好。”何苗道。⏎桥成了。", "道"),
            row("“好。”何苗笑。桥成了。", "“好。”何苗笑。⏎桥成了。", "笑"),
            row("“好。”何苗嚷。桥成了。", "“好。”何苗嚷。⏎桥成了。", "嚷"),
            row("“好。”何苗說。桥成了。", "“好。”何苗說。⏎桥成了。", "說"),
            row("“好。”何苗跑。桥成了。", "“好。”⏎何苗跑。⏎桥成了。", "another verb"),
            row("“好。”这是小说。桥成了。", "“好。”⏎这是小说。⏎桥成了。", "小说 does not speak"),
            row("“好。”何苗知道。桥成了。", "“好。”⏎何苗知道。⏎桥成了。", "知道"),
            row("“好。”这是渠道。桥成了。", "“好。”⏎这是渠道。⏎桥成了。", "渠道"),
            row("“好。”何苗慰问。桥成了。", "“好。”⏎何苗慰问。⏎桥成了。", "慰问"),
            row("“好。”何苗报道了。桥成了。", "“好。”⏎何苗报道了。⏎桥成了。", "报道 behind 了"),
            row("“好。”何苗告诉大家，桥成了。", "“好。”何苗告诉大家，桥成了。", "告诉 anywhere in the clause"),
            row("“好。”何苗介绍起来。桥成了。", "“好。”何苗介绍起来。⏎桥成了。", "介绍"),
            row("“好。”何苗表示满意。桥成了。", "“好。”何苗表示满意。⏎桥成了。", "表示"),
            row("“好。”谈起桥来。他笑着。", "“好。”谈起桥来。⏎他笑着。", "谈起 at its head"),
            row("“好。”说到桥，人人高兴。", "“好。”说到桥，人人高兴。", "说到"),
            row("“好。”他谈起桥来。", "“好。”⏎他谈起桥来。", "谈起 not at its head"),
            row("“好。”何苗说：“桥成了。”好。", "“好。”⏎何苗说：“桥成了。”⏎好。", "a colon brings in what comes next"),
            row("“好。”何苗说:“桥成了。”好。", "“好。”⏎何苗说：“桥成了。”⏎好。", "a half-width colon"),
            row("“好。”何苗跑，“桥成了。”好。", "“好。”何苗跑，“桥成了。”⏎好。", "a quotation that goes on"),
            row("“好。”何苗跑，「桥成了。」好。", "“好。”何苗跑，「桥成了。」⏎好。", "one in corner quotes"),
            row("“好。”何苗跑，\"桥成了。\"好。", "“好。”何苗跑，\"桥成了。\"⏎好。", "one in straight quotes"),
            row("“好。”何苗跑,“桥成了。”好。", "“好。”何苗跑，“桥成了。”⏎好。", "behind a half-width comma"),
            row("“好。”何苗跑。“桥成了。”好。", "“好。”⏎何苗跑。⏎“桥成了。”⏎好。", "behind a stop it does not"),
            row("“好。”一二三四五六七八九十一二三四五六七八九十一二三四五六七说。好。", "“好。”一二三四五六七八九十一二三四五六七八九十一二三四五六七说。⏎好。", "28 characters"),
            row("“好。”一二三四五六七八九十一二三四五六七八九十一二三四五六七八说。好。", "“好。”⏎一二三四五六七八九十一二三四五六七八九十一二三四五六七八说。⏎好。", "29 characters"),
        ],
        sentences(),
    );
}

#[test]
fn labels_never_stand_alone() {
    table(
        &[
            row("1.修桥。2.补路。", "1.修桥。⏎2.补路。", "numbers"),
            row("1。修桥。2。补路。", "1。修桥。⏎2。补路。", "numbers with a full stop"),
            row("12!修桥。", "12!修桥。", "two digits"),
            row("一。修桥。", "一。修桥。", "a Han number"),
            row("第一。修桥。", "第一。修桥。", "第"),
            row("（三）。修桥。", "（三）。修桥。", "in brackets"),
            row("①。修桥。", "①。修桥。", "a circled number"),
            row("⑳。修桥。", "⑳。修桥。", "the last circled number"),
            row("⑴。修桥。", "⑴。修桥。", "a bracketed number"),
            row("⒛。修桥。", "⒛。修桥。", "a number with a point"),
            row("Ⅳ。修桥。", "Ⅳ。修桥。", "a Roman number"),
            row("a。修桥。", "a。修桥。", "one letter"),
            row("ab。修桥。", "ab。⏎修桥。", "two letters"),
            row("桥。修桥。", "桥。⏎修桥。", "one Han"),
            row("123456789012345678。修桥。", "123456789012345678。修桥。", "18 digits"),
            row("1234567890123456789。修桥。", "1234567890123456789。⏎修桥。", "19 digits"),
        ],
        sentences(),
    );
    table(
        &[
            row("新华社澜江9月2日电。渠水流过桥头镇，稻田黄了。", "新华社澜江9月2日电。渠水流过桥头镇，稻田黄了。", "a wire's dateline"),
            row("本报讯。渠水流过桥头镇，稻田黄了。", "本报讯。渠水流过桥头镇，稻田黄了。", "本报讯"),
            row("本報訊。渠水流过桥头镇，稻田黄了。", "本報訊。渠水流过桥头镇，稻田黄了。", "本報訊"),
            row("本报讯（记者 何苗）。渠水流过桥头镇，稻田黄了。", "本报讯（记者 何苗）。渠水流过桥头镇，稻田黄了。", "with a byline"),
            row("本报讯(记者 何苗)。渠水流过桥头镇，稻田黄了。", "本报讯（记者 何苗）。渠水流过桥头镇，稻田黄了。", "in half-width brackets"),
            row("本报讯 （记者 何苗）。渠水流过桥头镇，稻田黄了。", "本报讯（记者 何苗）。渠水流过桥头镇，稻田黄了。", "a space before the bracket"),
            row("据新华社电。渠水流过桥头镇，稻田黄了。", "据新华社电。渠水流过桥头镇，稻田黄了。", "据新华社"),
            row("中新社電。渠水流过桥头镇，稻田黄了。", "中新社電。渠水流过桥头镇，稻田黄了。", "電"),
            row("人民网讯。渠水流过桥头镇，稻田黄了。", "人民网讯。渠水流过桥头镇，稻田黄了。", "人民网"),
            row("桥头讯。渠水流过桥头镇，稻田黄了。", "桥头讯。⏎渠水流过桥头镇，稻田黄了。", "another sender"),
            row("本报消息。渠水流过桥头镇，稻田黄了。", "本报消息。⏎渠水流过桥头镇，稻田黄了。", "no 讯"),
            row("本报桥头镇澜江沿岸和云台山下各村庄八月十七日晚八时三十分分讯。渠水流过桥头镇，稻田黄了。", "本报桥头镇澜江沿岸和云台山下各村庄八月十七日晚八时三十分分讯。渠水流过桥头镇，稻田黄了。", "90 bytes"),
            row("本报桥头镇澜江沿岸和云台山下各村庄八月十七日晚八时三十分分分讯。渠水流过桥头镇，稻田黄了。", "本报桥头镇澜江沿岸和云台山下各村庄八月十七日晚八时三十分分分讯。⏎渠水流过桥头镇，稻田黄了。", "93 bytes"),
            row("渠水流过桥头镇，稻田黄了。本报消息）。好。", "渠水流过桥头镇，稻田黄了。⏎本报消息）。⏎好。", "a bracket that closes nothing"),
        ],
        page(splitting()),
    );
}

#[test]
fn a_note_stays_with_what_it_is_a_note_on() {
    table(
        &[
            row("渠通了。（何苗）桥成了。", "渠通了。（何苗）⏎桥成了。", "brackets"),
            row("渠通了。(何苗)桥成了。", "渠通了。（何苗）⏎桥成了。", "half-width brackets"),
            row("渠通了。〔何苗〕桥成了。", "渠通了。〔何苗〕⏎桥成了。", "tortoise-shell brackets"),
            row("渠通了。［何苗］桥成了。", "渠通了。［何苗］⏎桥成了。", "square brackets"),
            row("渠通了。[何苗]桥成了。", "渠通了。[何苗]⏎桥成了。", "half-width ones"),
            row("渠通了。【何苗】桥成了。", "渠通了。【何苗】⏎桥成了。", "lenticular brackets"),
            row("渠通了。《何苗》桥成了。", "渠通了。⏎《何苗》桥成了。", "a title is no note"),
            row("渠通了。“何苗”桥成了。", "渠通了。⏎“何苗”桥成了。", "a quotation is none"),
            row("渠通了。（何苗。）桥成了。", "渠通了。⏎（何苗。）⏎桥成了。", "a sentence in brackets is none"),
            row("渠通了。（a.b）桥成了。", "渠通了。（a.b）⏎桥成了。", "a Latin point ends none"),
            row("渠通了。（一）桥成了。", "渠通了。⏎（一）桥成了。", "a number of a list is none"),
            row("渠通了。（一二三）桥成了。", "渠通了。⏎（一二三）桥成了。", "three characters of a number"),
            row("渠通了。（一二三四）桥成了。", "渠通了。（一二三四）⏎桥成了。", "four are a note"),
            row("渠通了。 （何苗） 桥成了。", "渠通了。（何苗）⏎桥成了。", "spaces around it"),
            row("渠通了。（何苗）", "渠通了。（何苗）", "at the end"),
            row("渠通了。（何苗），好。", "渠通了。（何苗），好。", "text that goes on behind it"),
            row("渠通了。（何苗）。好。", "渠通了。（何苗）。⏎好。", "a stop behind it"),
            row("渠通了。（一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九四）桥成了。", "渠通了。（一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九四）⏎桥成了。", "120 bytes"),
            row("渠通了。（一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九四五）桥成了。", "渠通了。⏎（一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九四五）桥成了。", "123 bytes"),
            row("渠通了。（“何”苗）桥成了。", "渠通了。（“何”苗）⏎桥成了。", "quotes in a note"),
            row("渠通了。（何苗）桥成了。（石头）好。", "渠通了。（何苗）⏎桥成了。（石头）⏎好。", "two notes"),
        ],
        sentences(),
    );
}

#[test]
fn the_credit_of_a_picture_stays_with_its_sentence() {
    table(
        &[
            row("渠通了。何苗 摄", "渠通了。何苗 摄", "摄"),
            row("渠通了。何苗 攝", "渠通了。何苗 攝", "攝"),
            row("渠通了。何苗 供图", "渠通了。何苗 供图", "供图"),
            row("渠通了。何苗 文/图", "渠通了。何苗 文/图", "文/图"),
            row("渠通了。何苗 整", "渠通了。⏎何苗整", "another word"),
            row("渠通了。何苗，石头 摄", "渠通了。⏎何苗，石头 摄", "a comma in it"),
            row("渠通了。何苗、石头 摄", "渠通了。⏎何苗、石头 摄", "、 in it"),
            row("渠通了。桥成了。石头 摄", "渠通了。⏎桥成了。石头 摄", "a stop in it"),
            row("渠通了。一二三四五六七八九十一二三四五六七八 摄", "渠通了。一二三四五六七八九十一二三四五六七八 摄", "58 bytes"),
            row("渠通了。一二三四五六七八九十一二三四五六七八九 摄", "渠通了。⏎一二三四五六七八九十一二三四五六七八九 摄", "61 bytes"),
        ],
        sentences(),
    );
}

#[test]
fn latin_sentences_end_by_unicode() {
    table(
        &[
            row("The canal is open. It rains. He left.", "The canal is open.⏎It rains.⏎He left.", "a point, a space and a capital"),
            row("The canal is open. It rains. he left.", "The canal is open.⏎It rains. he left.", "a small letter goes on"),
            row("The canal is open. It rains.He left.", "The canal is open.⏎It rains.He left.", "no space"),
            row("The canal is open. It rains! He left.", "The canal is open.⏎It rains!⏎He left.", "an exclamation mark"),
            row("The canal is open. It rains? He left.", "The canal is open.⏎It rains?⏎He left.", "a question mark"),
            row("The canal is open. It rains!important he left.", "The canal is open.⏎It rains!important he left.", "a word right behind the mark"),
            row("The canal is open. It rains... He left.", "The canal is open.⏎It rains...⏎He left.", "three points"),
            row("The canal is open. It rains .. He left.", "The canal is open.⏎It rains..⏎He left.", "two points"),
            row("The canal is open. It is Mr. Smith. He left.", "The canal is open.⏎It is Mr. Smith.⏎He left.", "an abbreviation"),
            row("The canal is open. It is MR. Smith. He left.", "The canal is open.⏎It is MR. Smith.⏎He left.", "in capitals"),
            row("The canal is open. It is etc. He left.", "The canal is open.⏎It is etc. He left.", "etc."),
            row("The canal is open. It is J. Smith. He left.", "The canal is open.⏎It is J. Smith.⏎He left.", "an initial"),
            row("The canal is open. It is No. 5 here. He left.", "The canal is open.⏎It is No. 5 here.⏎He left.", "No. before a number"),
            row("The canal is open. It is Nos. 5 here. He left.", "The canal is open.⏎It is Nos. 5 here.⏎He left.", "Nos. before a number"),
            row("The canal is open. It is no. He left.", "The canal is open.⏎It is no.⏎He left.", "no. before a word"),
            row("The canal is open. It is 5. He left.", "The canal is open.⏎It is 5.⏎He left.", "a number ends one"),
            row("The canal is open. 渠通了吗. He left.", "The canal is open.⏎渠通了吗. He left.", "behind Han a Latin point ends none"),
            row("The canal is open. It rains.渠通了。", "The canal is open.⏎It rains.⏎渠通了。", "before Han with a space in the sentence"),
            row("The canal is open. Rains.渠通了。", "The canal is open.⏎Rains.渠通了。", "before Han without one"),
            row("The canal is open. It (rains). He left.", "The canal is open.⏎It (rains).⏎He left.", "behind a bracket"),
            row("The canal is open. It is “a”. He left.", "The canal is open.⏎It is “a”.⏎He left.", "behind a quote"),
            row("The canal is open. It is a-b5. He left.", "The canal is open.⏎It is a-b5.⏎He left.", "a digit ends the word"),
            row("The canal is open. It is U.S. Steel. He left.", "The canal is open.⏎It is U.S. Steel.⏎He left.", "the last letter of an abbreviation"),
        ],
        page(splitting()),
    );
}

#[test]
fn only_running_text_is_split() {
    let page = "渠水来了！澜江两岸三万亩稻田解渴\n本报讯（记者 何苗）昨日上午，渠水流过桥头镇。沿岸的稻田渐渐泛黄，农户忙着修整晒场。\n（下转第2版）\n";
    let proof = proof(&splitting(), page);
    let lines: Vec<(Role, usize)> =
        proof.units.iter().map(|u| (u.role, proof.text[u.range.clone()].lines().count())).collect();
    assert_eq!(lines, [(Role::Headline, 1), (Role::Body, 2), (Role::Jump, 1)]);
}

#[test]
fn a_pair_has_a_length() {
    let clean = sentences();
    let quoted = |bytes: usize| clean(&format!("“{}。桥”好。", "渠".repeat(bytes / 3 - 3))).lines().count();
    // The bytes from the opening mark to the closing one: the stop inside ends no sentence, or the pair is none.
    assert_eq!((quoted(1200), quoted(1203)), (1, 2));
}

#[test]
fn sentences_stay_together_where_the_rule_is_off() {
    let off = |mut o: Options| {
        o.split = Split::Sentence;
        o
    };
    table(&[row("渠通了。桥成了。", "渠通了。桥成了。", "skipped")], page(off(without(&[Rule::Sentences]))));
    table(&[row("渠通了。桥成了。", "渠通了。桥成了。", "not asked for")], page(with(|_| ())));
}

#[test]
fn the_dots_of_a_row_of_contents_end_no_sentence() {
    table(
        &[
            row("卷首语：渠水三十年，一座闸和一个村庄的故事……何苗 1⏎特稿：云台山下的守闸人，一守就是一辈子…………裴桐 4⏎调查：稻田养鱼，一亩地能多收多少钱………………王芳 12", "卷首语：渠水三十年，一座闸和一个村庄的故事……何苗 1⏎特稿：云台山下的守闸人，一守就是一辈子…………裴桐 4⏎调查：稻田养鱼，一亩地能多收多少钱………………王芳 12", "three rows"),
        ],
        page(splitting()),
    );
}

#[test]
fn a_printed_line_is_parted_whatever_it_is_taken_for() {
    table(
        &[
            row("益。清代又两次扩建⏎渠水流过桥头镇。", "益。⏎清代又两次扩建⏎渠水流过桥头镇。", "a line that looks like a row"),
            row("益。⏎清代又两次扩建⏎渠水流过桥头镇。", "益。⏎清代又两次扩建⏎渠水流过桥头镇。", "cleaned again"),
        ],
        page(with(|o| (o.split, o.skip) = (Split::Sentence, o.skip.with(Rule::Rejoin)))),
    );
}

#[test]
fn blank_lines_tell_units_from_sentences() {
    table(
        &[
            row("渠水流过桥头镇。稻田黄了。⏎⏎农户忙着修整晒场，孩子们在堤上奔跑。", "渠水流过桥头镇。⏎稻田黄了。⏎⏎农户忙着修整晒场，孩子们在堤上奔跑。", "a unit of two sentences and one of one"),
            row("渠水流过桥头镇。⏎稻田黄了。⏎⏎农户忙着修整晒场，孩子们在堤上奔跑。", "渠水流过桥头镇。⏎稻田黄了。⏎⏎农户忙着修整晒场，孩子们在堤上奔跑。", "the same again"),
            row("渠水流过桥头镇。⏎稻田黄了。", "渠水流过桥头镇。⏎⏎稻田黄了。", "lines without a blank line are units"),
            row("渠水流过桥头镇。⏎⏎新桥通车⏎农户忙着修整晒场，孩子们在堤上奔跑。", "渠水流过桥头镇。⏎⏎新桥通车⏎⏎农户忙着修整晒场，孩子们在堤上奔跑。", "a line that is no sentence is a unit"),
        ],
        page(with(|o| (o.split, o.blank_lines) = (Split::Sentence, true))),
    );
    table(
        &[
            row("渠水流过桥头镇。稻田黄了，⏎新桥通车", "渠水流过桥头镇。⏎稻田黄了，⏎⏎新桥通车", "each line is a unit where none are joined"),
            row("渠水流过桥头镇。⏎稻田黄了，⏎⏎新桥通车", "渠水流过桥头镇。⏎稻田黄了，⏎⏎新桥通车", "the same again"),
        ],
        page(with(|o| (o.split, o.blank_lines, o.skip) = (Split::Sentence, true, o.skip.with(Rule::Rejoin)))),
    );
}

#[test]
fn speech_that_the_name_of_its_speaker_interrupts_ends_with_its_own_stop() {
    table(
        &[
            row("“谁？”她问，“是老程吗？”门外没有人答话。", "“谁？”她问，“是老程吗？”⏎门外没有人答话。", "a question"),
            row("“快来看！”她喊，“桃花开了！”孩子们都跑出来了。", "“快来看！”她喊，“桃花开了！”⏎孩子们都跑出来了。", "a call"),
            row("“谁？”风很大，“是老程吗？”门外没有人答话。", "“谁？”风很大，“是老程吗？”门外没有人答话。", "nobody is named"),
            row("她喊“桃花开了！”孩子们都跑出来了。", "她喊“桃花开了！”孩子们都跑出来了。", "no speech before"),
        ],
        sentences(),
    );
}
