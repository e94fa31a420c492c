//! Surnames, and names of people.

use super::Vocabulary;
use crate::lexicon::to_simplified;
use crate::text::han_set::HanSet;
use crate::text::width::is_han;

/// The common surnames of one character, in simplified form: the Hundred Family Surnames and those of today's registers.
static SURNAMES: HanSet = HanSet::of(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公付肖代丛覃苑岳闫邸邝亓仝佟冼初卿战门母敬展揭商",
);
/// The common surnames of two characters.
static DOUBLE_SURNAMES: &[&str] = &[
    "欧阳", "司马", "上官", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "宇文", "长孙", "端木",
    "夏侯", "闻人", "澹台", "濮阳", "独孤", "南宫", "呼延", "轩辕",
];

/// The first characters of [`DOUBLE_SURNAMES`].
static FIRST_OF_DOUBLE: HanSet = HanSet::of("欧司上诸东皇尉公慕令宇长端夏闻澹濮独南呼轩");

/// Whether these one or two characters are a surname, in either form.
///
/// ```
/// use qingyang::internals::vocabulary::surnames::is_surname;
/// assert!(is_surname(&['杜']) && is_surname(&['欧', '阳']) && !is_surname(&['的']));
/// ```
pub fn is_surname(name: &[char]) -> bool {
    match name {
        [a] => SURNAMES.has(to_simplified(*a)),
        // The first look turns nearly all away.
        [a, b] => {
            let first = to_simplified(*a);
            FIRST_OF_DOUBLE.has(first) && DOUBLE_SURNAMES.iter().any(|s| s.chars().eq([first, to_simplified(*b)]))
        }
        _ => false,
    }
}

/// Han of the longest name.
pub const NAME: usize = 4;

/// Whether these characters are a whole name: two to four Han that begin with a surname.
///
/// ```
/// use qingyang::internals::vocabulary::surnames::is_name;
/// assert!(is_name(&['何', '苗']) && !is_name(&['何']) && !is_name(&['何', 'A']));
/// ```
pub fn is_name(name: &[char]) -> bool {
    (2..=NAME).contains(&name.len())
        && name.iter().all(|&c| is_han(c))
        && (is_surname(&name[..1]) || is_surname(&name[..2]))
}

/// The same of a word.
///
/// ```
/// use qingyang::internals::vocabulary::surnames::is_whole_name;
/// assert!(is_whole_name("何苗") && !is_whole_name("渠首的何苗"));
/// ```
pub fn is_whole_name(word: &str) -> bool {
    is_name(&word.chars().take(NAME + 1).collect::<Vec<char>>())
}

impl Vocabulary {
    /// Whether a text ends with a person's name: two to four Han that begin with a surname, at the beginning of the text or
    /// after a mark, a space or a post.
    pub fn ends_with_name(&self, text: &str) -> bool {
        let run = text.rfind(|c| !is_han(c)).map_or(text, |at| text[at..].trim_start_matches(|c| !is_han(c)));
        let name = self.posts.last_in(run).map_or(run, |post| &run[post.end..]);
        is_whole_name(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_look_lets_every_surname_of_two_characters_pass() {
        for name in DOUBLE_SURNAMES {
            assert!(is_surname(&name.chars().collect::<Vec<_>>()), "{name}");
        }
    }
}
