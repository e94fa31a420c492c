//! Counts by the bytes of a text. The loops have no branches, so that the compiler makes SIMD of them.

/// Bytes whose number fits into one byte, in which it is summed: whole registers of sixteen.
const RUN: usize = 240;

/// How many bytes are so.
pub(super) fn bytes(text: &[u8], is: impl Fn(u8) -> bool) -> usize {
    text.chunks(RUN).map(|run| usize::from(run.iter().map(|&b| u8::from(is(b))).sum::<u8>())).sum()
}

/// How many bytes are so with the byte behind them; the last one has none.
pub(super) fn pairs(text: &[u8], is: impl Fn(u8, u8) -> bool) -> usize {
    let behind = text.get(1..).unwrap_or_default();
    let runs = text.chunks(RUN).zip(behind.chunks(RUN));
    runs.map(|(run, behind)| usize::from(run.iter().zip(behind).map(|(&a, &b)| u8::from(is(a, b))).sum::<u8>())).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn counts_are_those_of_a_plain_loop(text: Vec<u8>, long in 0_usize..600) {
            let text = [text, vec![7; long]].concat();
            prop_assert_eq!(bytes(&text, |b| b % 7 == 0), text.iter().filter(|&&b| b % 7 == 0).count());
            let plain = text.windows(2).filter(|pair| pair[0] == pair[1]).count();
            prop_assert_eq!(pairs(&text, |a, b| a == b), plain);
        }
    }
}
