//! Aligns the characters of a page with those of its gold.

use crate::gold::GoldChar;

/// Characters that must agree before two texts count as aligned again.
const AGREE: usize = 6;
/// Of these at the end of a text, where fewer are left.
const MIN_AGREE: usize = 3;
/// Characters that may be skipped in both texts together at one place.
const MAX_SKIP: usize = 600;

/// For each character of the page the number of its gold character, or nothing.
pub fn align(page: &[char], gold: &[GoldChar]) -> Vec<Option<usize>> {
    let mut out = vec![None; page.len()];
    let (mut i, mut j) = (0, if page.len() < gold.len() / 2 { start_of_part(page, gold) } else { 0 });
    while i < page.len() && j < gold.len() {
        if page[i] == gold[j].char {
            out[i] = Some(j);
            (i, j) = (i + 1, j + 1);
            continue;
        }
        let Some((skip_page, skip_gold)) = resume(&page[i..], &gold[j..]) else { break };
        // As many characters on both sides are misread ones.
        if skip_page == skip_gold {
            (0..skip_page).for_each(|k| out[i + k] = Some(j + k));
        }
        (i, j) = (i + skip_page, j + skip_gold);
    }
    out
}

/// Where in the gold a part of its page begins.
fn start_of_part(page: &[char], gold: &[GoldChar]) -> usize {
    let need = 8.min(page.len());
    let begins = |&j: &usize| (0..need).all(|k| page[k] == gold[j + k].char);
    (0..gold.len().saturating_sub(need)).find(begins).unwrap_or(0)
}

/// How many characters of each text to skip to the nearest place where both agree again.
fn resume(page: &[char], gold: &[GoldChar]) -> Option<(usize, usize)> {
    for total in 1..MAX_SKIP {
        for i in 0..=total {
            let j = total - i;
            let need = AGREE.min(page.len().saturating_sub(i)).min(gold.len().saturating_sub(j));
            if need >= MIN_AGREE && (0..need).all(|k| page[i + k] == gold[j + k].char) {
                return Some((i, j));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::align;
    use crate::gold::Gold;

    fn aligned(page: &str, gold: &str) -> Vec<Option<usize>> {
        align(&page.chars().collect::<Vec<_>>(), &Gold::read(gold, None).chars)
    }

    #[test]
    fn doubled_characters_have_no_gold_of_their_own() {
        let found = aligned("渠水流渠水流过桥头镇两岸", "渠水流过桥头镇两岸");
        assert_eq!(found.iter().filter(|f| f.is_none()).count(), 3);
        assert_eq!(found.last(), Some(&Some(8)));
    }

    #[test]
    fn a_misread_character_keeps_its_gold() {
        assert_eq!(aligned("渠水流边桥头镇两岸", "渠水流过桥头镇两岸")[3], Some(3));
    }

    #[test]
    fn a_part_of_a_page_begins_within_the_gold() {
        let found =
            aligned("晒场上的谷子收完了", "渠水流过桥头镇两岸的稻田渐渐泛黄\n晒场上的谷子收完了，云台人都来看灯");
        assert_eq!(found[0], Some(16));
    }
}
