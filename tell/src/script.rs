//! In which script a text is written, so that a browser shows it with the glyphs of that script.

use std::sync::LazyLock;

/// Characters that differ between the scripts, simplified and traditional, from the most frequent of running text. Each
/// form belongs to one script only, so 后 and 里 are not here.
const PAIRS: &str = "这這国國个個们們来來时時为為说說对對会會过過学學经經动動进進种種产產业業发發现現实實两兩关關开開问問\
    应應当當从從还還体體与與义義长長机機间間点點东東电電车車书書见見头頭话話门門马馬报報记記众眾区區华華员員总總\
    战戰党黨军軍场場无無设設专專让讓认認议議订訂计計论論证證该該请請读讀谈談贸貿费費资資边邊达達运運远遠连連选選难難";

/// The script of a text, as HTML names the language: by the majority of the characters that tell. A text without any of
/// them is simplified.
///
/// ```
/// assert_eq!(qingyang_tell::script("橋頭鎮通車了，兩岸羣衆來看新橋。"), "zh-Hant");
/// assert_eq!(qingyang_tell::script("桥头镇通车了，两岸群众来看新桥。"), "zh-Hans");
/// ```
pub fn script(text: &str) -> &'static str {
    /// The sides of the characters from U+4E00 on: simplified, traditional, or neither.
    static SIDES: LazyLock<Vec<Option<bool>>> = LazyLock::new(|| {
        let mut sides = vec![None; 0x5200];
        for (n, c) in PAIRS.chars().filter(|c| *c != ' ').enumerate() {
            sides[c as usize - 0x4e00] = Some(n % 2 == 0);
        }
        sides
    });
    let (mut simplified, mut traditional) = (0_usize, 0_usize);
    for c in text.chars() {
        match (c as usize).checked_sub(0x4e00).and_then(|n| SIDES.get(n).copied().flatten()) {
            Some(true) => simplified += 1,
            Some(false) => traditional += 1,
            None => {}
        }
    }
    if traditional > simplified { "zh-Hant" } else { "zh-Hans" }
}
