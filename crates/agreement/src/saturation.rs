//! Saturation of codes: how many new codes each interview brings, what other orders of the interviews
//! would have shown, and the rule of Guest, Namey and Chen.

use std::collections::BTreeSet;

use crate::shuffle::Random;

/// How many codes each interview brings that none before it had. Codes are numbers of any kind.
pub fn new_codes(interviews: &[BTreeSet<usize>]) -> Vec<usize> {
    let mut seen: BTreeSet<usize> = BTreeSet::new();
    interviews.iter().map(|codes| codes.iter().filter(|c| seen.insert(**c)).count()).collect()
}

/// The rule of G. Guest, E. Namey and M. Chen (2020, "A simple method to assess and report thematic
/// saturation in qualitative research", PLOS ONE 15(5)): the new codes of a run of interviews, divided
/// by the codes of the first interviews (the base), are at most the threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guest {
    /// How many interviews the base is. The authors use 4, 5 and 6.
    pub base: usize,
    /// How many interviews a run is. The authors use 2 and 3.
    pub run: usize,
    /// The share of new codes at which saturation is called, from 0 to 1. The authors use 0.05 and 0.
    pub threshold: f64,
}

impl Default for Guest {
    fn default() -> Self {
        Self { base: 4, run: 2, threshold: 0.05 }
    }
}

/// What the rule says of a series.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// Codes in the base.
    pub base_codes: usize,
    /// Per run the interview that ends it (from 1), its new codes and their share of the base. Runs
    /// overlap: each begins one interview after the one before. None where the base has no codes.
    pub runs: Vec<(usize, usize, Option<f64>)>,
    /// The number of interviews before the run in which the threshold was first reached, which the
    /// authors write with the run behind it, as `6+2`.
    pub reached: Option<usize>,
}

/// Applies the rule to the new codes of each interview.
pub fn guest(new: &[usize], rule: Guest) -> Judged {
    let base_codes: usize = new.iter().take(rule.base).sum();
    let runs: Vec<(usize, usize, Option<f64>)> = new
        .get(rule.base..)
        .unwrap_or_default()
        .windows(rule.run.max(1))
        .enumerate()
        .map(|(i, run)| {
            let new: usize = run.iter().sum();
            let share = (base_codes > 0).then(|| new as f64 / base_codes as f64);
            (rule.base + i + rule.run.max(1), new, share)
        })
        .collect();
    let first = runs.iter().find(|(_, _, share)| share.is_some_and(|s| s <= rule.threshold));
    let reached = first.map(|(end, _, _)| end - rule.run.max(1));
    Judged { base_codes, runs, reached }
}

/// How many different codes one has met after so many interviews, over orders of the interviews.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Met {
    /// The mean over all orders that there are, not only those that were drawn: the accumulation curve
    /// of Mao, Colwell and Chang (2005), exact.
    pub mean: f64,
    /// Of the orders that were drawn, 2.5 % have fewer: the value below which they lie (nearest rank).
    pub low: usize,
    /// Of the orders that were drawn, 2.5 % have more.
    pub high: usize,
}

/// The band: what `orders` shuffled orders, drawn from `seed`, would have shown after each interview.
pub fn band(interviews: &[BTreeSet<usize>], orders: usize, seed: u64) -> Vec<Met> {
    let n = interviews.len();
    let mut drawn: Vec<Vec<usize>> = vec![Vec::with_capacity(orders); n];
    let mut random = Random::new(seed);
    let mut order: Vec<usize> = (0..n).collect();
    for _ in 0..orders {
        random.shuffle(&mut order);
        let mut seen: BTreeSet<usize> = BTreeSet::new();
        for (at, interview) in order.iter().enumerate() {
            seen.extend(&interviews[*interview]);
            drawn[at].push(seen.len());
        }
    }
    let mean = expected(interviews);
    drawn
        .iter_mut()
        .zip(mean)
        .map(|(met, mean)| {
            met.sort_unstable();
            Met { mean, low: rank(met, 0.025), high: rank(met, 0.975) }
        })
        .collect()
}

/// The value of which a share of the values lies at or below, by nearest rank; 0 where there are none.
fn rank(sorted: &[usize], share: f64) -> usize {
    let at = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(at.saturating_sub(1)).copied().unwrap_or(0)
}

/// The mean number of different codes after k of n interviews, for k from 1, over all orders: each code
/// that is in f of them is missed by k with a chance of C(n−f, k) / C(n, k).
fn expected(interviews: &[BTreeSet<usize>]) -> Vec<f64> {
    let n = interviews.len();
    let mut frequency: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
    for code in interviews.iter().flatten() {
        *frequency.entry(*code).or_default() += 1;
    }
    // How many codes are in f interviews.
    let mut with = vec![0_usize; n + 1];
    for f in frequency.into_values() {
        with[f] += 1;
    }
    let mut missed: Vec<f64> = vec![1.0; n + 1];
    (1..=n)
        .map(|k| {
            let mut mean = 0.0;
            for f in 1..=n {
                // From the chance for k − 1: one interview more, of those that are left.
                let without = (n - f) as f64 - (k - 1) as f64;
                missed[f] *= without.max(0.0) / (n - (k - 1)) as f64;
                mean += with[f] as f64 * (1.0 - missed[f]);
            }
            mean
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sets(lists: &[&[usize]]) -> Vec<BTreeSet<usize>> {
        lists.iter().map(|l| l.iter().copied().collect()).collect()
    }

    #[test]
    fn a_code_is_new_once() {
        assert_eq!(new_codes(&sets(&[&[1, 2], &[2, 3], &[1], &[4]])), [2, 1, 0, 1]);
    }

    /// Three interviews have six orders; written out by hand the counts after one are 2 2 2 2 1 1 (mean
    /// 10/6), after two 3 2 3 2 2 2... counted below from the orders themselves.
    #[test]
    fn the_mean_is_that_of_all_orders() {
        let interviews = sets(&[&[1, 2], &[2, 3], &[1]]);
        let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        for k in 1..=3 {
            let met = orders.map(|o| {
                let seen: BTreeSet<usize> = o[..k].iter().flat_map(|i| interviews[*i].clone()).collect();
                seen.len() as f64
            });
            let mean = met.iter().sum::<f64>() / 6.0;
            assert!((expected(&interviews)[k - 1] - mean).abs() < 1e-12, "after {k}");
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_band() {
        let interviews = sets(&[&[1, 2, 3], &[2], &[4, 5], &[1, 6], &[7]]);
        let met = band(&interviews, 500, 1);
        assert_eq!(met, band(&interviews, 500, 1));
        assert_eq!(met[4], Met { mean: 7.0, low: 7, high: 7 });
        assert!(met.iter().all(|m| m.low as f64 <= m.mean && m.mean <= m.high as f64));
        assert_eq!((met[0].low, met[0].high), (1, 3));
    }

    #[test]
    fn where_nothing_was_coded_nothing_is_said() {
        assert_eq!(guest(&[], Guest::default()), Judged { base_codes: 0, runs: vec![], reached: None });
        let none = guest(&[0; 8], Guest::default());
        assert!(none.reached.is_none() && none.runs.iter().all(|r| r.2.is_none()));
        assert!(band(&[], 10, 1).is_empty());
    }
}
