//! Small groups: what an anonymous package tells about few cases, by which they may be recognised.

use rustc_hash::FxHashSet;

/// Groups of cases that are so small that they may be recognised: a value, or a pair of values, that
/// fits fewer than three cases. Each is told as `column=value` with how many cases it fits.
pub(crate) fn small_groups(columns: &[(String, Vec<String>)]) -> Vec<(String, usize)> {
    const FEW: usize = 3;
    let cases = columns.first().map_or(0, |(_, values)| values.len());
    let count = |told: &dyn Fn(usize) -> Option<String>| {
        let mut order: Vec<(String, usize)> = Vec::new();
        for key in (0..cases).filter_map(told) {
            match order.iter_mut().find(|(k, _)| *k == key) {
                Some((_, n)) => *n += 1,
                None => order.push((key, 1)),
            }
        }
        order.retain(|(_, n)| *n < FEW);
        order
    };
    let told = |(name, values): &(String, Vec<String>), case: usize| {
        values.get(case).filter(|v| !v.is_empty()).map(|v| format!("{name}={v}"))
    };
    let mut out: Vec<(String, usize)> = Vec::new();
    for column in columns {
        out.extend(count(&|case| told(column, case)));
    }
    let single: FxHashSet<String> = out.iter().map(|(key, _)| key.clone()).collect();
    for (i, first) in columns.iter().enumerate() {
        for second in columns.iter().skip(i + 1) {
            out.extend(count(&|case| {
                let (a, b) = (told(first, case)?, told(second, case)?);
                // A value that is rare by itself is told once.
                (!single.contains(&a) && !single.contains(&b)).then(|| format!("{a}, {b}"))
            }));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_groups_are_values_and_pairs_of_fewer_than_three_cases() {
        let column = |name: &str, values: &[&str]| {
            (name.to_owned(), values.iter().map(|v| (*v).to_owned()).collect::<Vec<_>>())
        };
        // By hand: zorg 3, bouw 1; large 3, small 1 (with bouw, so told already).
        let columns = [
            column("sector", &["zorg", "zorg", "zorg", "bouw", "it", "it", "it"]),
            column("size", &["large", "large", "small", "small", "small", "large", "small"]),
        ];
        assert_eq!(
            small_groups(&columns),
            [
                ("sector=bouw".to_owned(), 1),
                ("sector=zorg, size=large".to_owned(), 2),
                ("sector=zorg, size=small".to_owned(), 1),
                ("sector=it, size=small".to_owned(), 2),
                ("sector=it, size=large".to_owned(), 1),
            ]
        );
    }
}
