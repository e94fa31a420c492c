//! The Han that foreign names are written with.

use crate::lexicon::to_simplified;
use crate::text::han_set::HanSet;

/// The common ones of the tables that news agencies transliterate by, in simplified form.
static SYLLABLES: HanSet = HanSet::of(
    "阿埃艾爱安昂奥澳巴白拜班邦鲍贝本比彼毕宾波伯博勃卜布采策查察茨达大戴丹当道德登邓迪底蒂丁东杜敦多俄厄恩尔法凡范方菲费芬丰冯佛夫弗福富盖甘冈高戈哥格根贡古瓜圭哈海汉豪赫亨洪胡华怀霍基吉加贾简杰金喀卡凯坎康考柯科克肯孔库夸奎昆拉莱赖兰朗劳勒雷里理利丽莉列琳林隆龙娄卢鲁路伦罗洛吕律马玛迈麦曼芒毛梅门蒙孟米密蜜明摩末莫默姆穆木娜纳南内嫩尼涅宁纽农努女诺欧帕派潘庞佩彭皮平坡珀普奇齐恰强乔切钦琴琼丘屈让热日荣茹瑞若萨塞赛桑瑟森沙珊山尚绍舍申圣施什石史士舒斯丝司思松苏孙索所塔太泰坦汤唐陶特腾提铁廷通图托陀瓦万旺威韦维为温文翁沃渥乌武西希锡夏香肖谢欣辛兴休许雪逊雅亚延扬杨耶叶伊依因英永尤于约赞泽扎詹章珍治朱兹佐道丝甫娅妮妲黛蕾薇斐弥",
);

/// Whether a Han, in either form, may write a syllable of a foreign name.
///
/// ```
/// use qingyang::internals::vocabulary::foreign_names::is_syllable;
/// assert!("约瑟夫斯大林".chars().all(is_syllable) && !"答复了问题".chars().any(is_syllable));
/// ```
pub fn is_syllable(c: char) -> bool {
    SYLLABLES.has(to_simplified(c))
}
