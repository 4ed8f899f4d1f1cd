//! An association: whether a code is found more often among the cases of one value of an attribute
//! than of another.
//!
//! All of it speaks of one table of two rows (found, not found) and a column per value, in which every
//! case stands once. Distributions come from the crate `statrs`.

use rustc_hash::FxHashMap;
use statrs::distribution::{ChiSquared, ContinuousCDF, Discrete, Hypergeometric};
use statrs::function::factorial::ln_binomial;

/// Of so many cases, so many with the code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Cases with the code.
    pub found: u64,
    /// Cases read for it.
    pub cases: u64,
}

/// Which test was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Pearson's chi-square, without a correction for continuity.
    ChiSquare,
    /// Fisher's exact test of two values, two-sided.
    Fisher,
    /// Its extension to more values by Freeman and Halton (1951).
    FreemanHalton,
    /// Chi-square although an expected count is below 5, where an exact test would be too large.
    ChiSquareSmall,
}

impl Method {
    /// The word in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ChiSquare => "chi-square",
            Self::Fisher => "fisher",
            Self::FreemanHalton => "fisher-freeman-halton",
            Self::ChiSquareSmall => "chi-square-small-counts",
        }
    }
}

/// What a test came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tested {
    /// Which test it was.
    pub method: Method,
    /// Chi-square with its degrees of freedom; none for exact tests.
    pub chi_square: Option<(f64, u64)>,
    /// The probability of a table at least as far from independence, were there no association.
    pub p: f64,
}

/// How many tables with different probabilities an exact test of more than two values may keep apart.
const TABLES: usize = 200_000;

/// The values that have cases; none where a table says nothing about an association: fewer than two
/// such values, or all or none of the cases with the code.
fn told(shares: &[Share]) -> Option<(Vec<Share>, Share)> {
    let some: Vec<Share> = shares.iter().copied().filter(|s| s.cases > 0).collect();
    let all = Share { found: some.iter().map(|s| s.found).sum(), cases: some.iter().map(|s| s.cases).sum() };
    (some.len() > 1 && all.found > 0 && all.found < all.cases).then_some((some, all))
}

/// Pearson's chi-square with its degrees of freedom; none where the table says nothing.
pub fn chi_square(shares: &[Share]) -> Option<(f64, u64)> {
    let (some, all) = told(shares)?;
    let part = |seen: u64, row: u64, s: &Share| {
        let expected = row as f64 * s.cases as f64 / all.cases as f64;
        (seen as f64 - expected).powi(2) / expected
    };
    let sum = some
        .iter()
        .map(|s| part(s.found, all.found, s) + part(s.cases - s.found, all.cases - all.found, s))
        .sum();
    Some((sum, some.len() as u64 - 1))
}

/// Cramér's V, from 0 to 1: the square root of chi-square by the number of cases, since one side of the
/// table has two categories (H. Cramér, *Mathematical Methods of Statistics*, 1946).
pub fn cramers_v(shares: &[Share]) -> Option<f64> {
    let (_, all) = told(shares)?;
    let (chi_square, _) = chi_square(shares)?;
    Some((chi_square / all.cases as f64).sqrt().min(1.0))
}

/// Tests a table: exactly where an expected count is below 5, else by chi-square. None where the table
/// says nothing.
pub fn test(shares: &[Share]) -> Option<Tested> {
    let (some, all) = told(shares)?;
    let (statistic, df) = chi_square(shares)?;
    let row = all.found.min(all.cases - all.found) as f64;
    let small = some.iter().any(|s| row * (s.cases as f64) < 5.0 * all.cases as f64);
    let exact = match (small, some.as_slice()) {
        (false, _) => None,
        (true, [first, _]) => fisher(*first, all).map(|p| (Method::Fisher, p)),
        (true, many) => freeman_halton(many, all).map(|p| (Method::FreemanHalton, p)),
    };
    if let Some((method, p)) = exact {
        return Some(Tested { method, chi_square: None, p: p.clamp(0.0, 1.0) });
    }
    let p = ChiSquared::new(df as f64).ok()?.sf(statistic);
    let method = if small { Method::ChiSquareSmall } else { Method::ChiSquare };
    Some(Tested { method, chi_square: Some((statistic, df)), p: p.clamp(0.0, 1.0) })
}

/// Fisher's exact test: the probability of all tables with the same margins that are at most as probable
/// as this one. As in R, probabilities that differ by less than a ten-millionth are taken for equal.
fn fisher(first: Share, all: Share) -> Option<f64> {
    let tables = Hypergeometric::new(all.cases, all.found, first.cases).ok()?;
    let most = tables.pmf(first.found) * (1.0 + 1e-7);
    let lowest = (first.cases + all.found).saturating_sub(all.cases);
    let highest = first.cases.min(all.found);
    Some((lowest..=highest).map(|found| tables.pmf(found)).filter(|p| *p <= most).sum())
}

/// The same for more values (G. H. Freeman and J. H. Halton, *Biometrika* 38, 1951), with the same
/// tolerance. A table's weight is the number of ways to draw it; weights are too large to be written out, so
/// their logarithms are added. Tables of one weight are counted together as values are added. None where
/// tables become too many.
fn freeman_halton(some: &[Share], all: Share) -> Option<f64> {
    // Weights this close are one: far nearer than the tolerance, far wider than errors of rounding.
    let key = |weight: f64| (weight * 1e9).round() as i64;
    let mut mine = 0.0;
    // How many tables there are, by what was found so far and by weight.
    let mut tables: FxHashMap<(u64, i64), (f64, f64)> = FxHashMap::from_iter([((0, 0), (0.0, 1.0))]);
    for share in some {
        mine += ln_binomial(share.cases, share.found);
        let mut next: FxHashMap<(u64, i64), (f64, f64)> = FxHashMap::default();
        let mut before: Vec<_> = tables.into_iter().collect();
        // Sums of fractions depend on their order.
        before.sort_unstable_by_key(|(key, _)| *key);
        for ((found, _), (weight, number)) in before {
            for more in 0..=share.cases.min(all.found - found) {
                let weight = weight + ln_binomial(share.cases, more);
                next.entry((found + more, key(weight))).or_insert((weight, 0.0)).1 += number;
            }
        }
        if next.len() > TABLES {
            return None;
        }
        tables = next;
    }
    let whole = ln_binomial(all.cases, all.found);
    let mut probable: Vec<f64> = tables
        .into_iter()
        .filter(|((found, _), (weight, _))| *found == all.found && *weight <= mine + 1e-7)
        .map(|(_, (weight, number))| (weight - whole).exp() * number)
        .collect();
    probable.sort_unstable_by(f64::total_cmp);
    Some(probable.into_iter().sum())
}

/// Holm's adjustment of p-values for their number (S. Holm, *Scandinavian Journal of Statistics* 6, 1979),
/// in the order in which they are given.
pub fn holm(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
    let mut out = vec![0.0; p.len()];
    let mut least: f64 = 0.0;
    for (rank, at) in order.into_iter().enumerate() {
        least = least.max((p[at] * (p.len() - rank) as f64).min(1.0));
        out[at] = least;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[(u64, u64)]) -> Vec<Share> {
        rows.iter().map(|&(found, cases)| Share { found, cases }).collect()
    }

    #[track_caller]
    fn near(a: f64, b: f64, within: f64) {
        assert!((a - b).abs() < within, "{a} is not {b}");
    }

    #[test]
    fn the_lady_tasting_tea() {
        // R: fisher.test(matrix(c(3, 1, 1, 3), 2))$p.value is 0.4857 (34/70).
        let tested = test(&table(&[(3, 4), (1, 4)])).unwrap();
        assert_eq!((tested.method, tested.chi_square), (Method::Fisher, None));
        near(tested.p, 34.0 / 70.0, 1e-12);
    }

    #[test]
    fn fisher_of_convicts_with_twins() {
        // R. A. Fisher's criminals: 10 of 13 monozygotic and 2 of 17 dizygotic twins convicted too.
        // R's manual prints p-value = 0.0005367 for the two-sided test.
        let shares = table(&[(10, 13), (2, 17)]);
        near(fisher(shares[0], Share { found: 12, cases: 30 }).unwrap(), 0.000_536_7, 5e-8);
        // By itself the table is large enough for chi-square: its smallest expected count is 5.2.
        assert_eq!(test(&shares).unwrap().method, Method::ChiSquare);
    }

    #[test]
    fn chi_square_where_all_expected_counts_are_large() {
        // By hand: expected 15 everywhere, (20-15)²/15 four times = 6.666…; with one degree of freedom
        // p = 2 (1 - Φ(√6.6667)) = 2 (1 - Φ(2.58199)) = 0.009823.
        let tested = test(&table(&[(20, 30), (10, 30)])).unwrap();
        assert_eq!(tested.method, Method::ChiSquare);
        let (statistic, df) = tested.chi_square.unwrap();
        near(statistic, 20.0 / 3.0, 1e-12);
        assert_eq!(df, 1);
        near(tested.p, 0.009_823, 1e-6);
        near(cramers_v(&table(&[(20, 30), (10, 30)])).unwrap(), 1.0 / 3.0, 1e-12);
    }

    #[test]
    fn more_than_two_values_are_tested_exactly() {
        // Values of 2, 2 and 2 cases, 2 with the code, both in the first: C(6,2) = 15 ways in all. One way
        // for both in one value (three such tables), 4 ways for one in each of two: so 3 of 15.
        let tested = test(&table(&[(2, 2), (0, 2), (0, 2)])).unwrap();
        assert_eq!(tested.method, Method::FreemanHalton);
        near(tested.p, 3.0 / 15.0, 1e-12);
    }

    #[test]
    fn many_cases_are_tested_exactly() {
        // By whole numbers, all tables listed (Python): 126, 3 and 3 cases.
        let tested = test(&table(&[(60, 126), (3, 3), (0, 3)])).unwrap();
        assert_eq!(tested.method, Method::FreemanHalton);
        near(tested.p, 0.042_156_169_222_067_45, 1e-9);
        let tested = test(&table(&[(300, 900), (4, 6), (1, 5), (9, 12)])).unwrap();
        assert_eq!(tested.method, Method::FreemanHalton);
        near(tested.p, 0.004_889_724_249_322_221_5, 1e-9);
    }

    #[test]
    fn what_says_nothing_is_not_tested() {
        for rows in [&[(3, 3), (2, 2)][..], &[(0, 3), (0, 2)], &[(1, 3)], &[(1, 3), (0, 0)], &[]] {
            assert_eq!(test(&table(rows)), None);
            assert_eq!(cramers_v(&table(rows)), None);
        }
        near(cramers_v(&table(&[(3, 3), (0, 2)])).unwrap(), 1.0, 1e-12);
    }

    #[test]
    fn holm_as_in_his_procedure() {
        // By hand: 0.01×4, then max(0.04, 0.02×3), max(0.06, 0.03×2), max(0.06, 0.5×1).
        assert_eq!(holm(&[0.03, 0.01, 0.5, 0.02]), [0.06, 0.04, 0.5, 0.06]);
        assert_eq!(holm(&[0.6, 0.9]), [1.0, 1.0]);
        assert!(holm(&[]).is_empty());
    }

    #[test]
    fn both_exact_tests_agree_on_every_small_table() {
        for first in 1..9_u64 {
            for second in 1..9 {
                for (a, b) in (0..=first).flat_map(|a| (0..=second).map(move |b| (a, b))) {
                    let all = Share { found: a + b, cases: first + second };
                    let shares = table(&[(a, first), (b, second)]);
                    let one = fisher(shares[0], all).unwrap();
                    near(one, freeman_halton(&shares, all).unwrap(), 1e-9);
                }
            }
        }
    }

    #[test]
    fn many_values_of_few_cases_are_within_reach() {
        let rows: Vec<(u64, u64)> = (0..40).map(|i| (i % 2, 1 + i % 3)).collect();
        let tested = test(&table(&rows)).unwrap();
        assert_eq!(tested.method, Method::FreemanHalton);
        assert!(tested.p > 0.0 && tested.p <= 1.0);
    }
}
