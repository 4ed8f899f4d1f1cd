//! Lanes: where in the margin the bracket of each coding runs, and in which row its name stands.
//!
//! Two brackets that share a row never share a lane. Lanes are given once for a whole document and
//! width, lowest free lane first, so that a bracket stays where it is while the text scrolls; a
//! frame only looks up the few that it shows.

/// The bracket of one coding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bracket {
    /// First row.
    pub top: u32,
    /// Last row.
    pub bottom: u32,
    /// Which lane, 0 nearest to the text.
    pub lane: u8,
    /// The row in which its name stands; none where there was no room.
    pub name: Option<u32>,
}

/// How far below its place a name may be pushed by the names above.
const PUSH: u32 = 2;

/// Gives each coding its lane and the row of its name. The rows (first, last) must be in order of
/// the first.
pub fn lanes(rows: &[(u32, u32)]) -> Vec<Bracket> {
    // The last row taken in each lane.
    let mut taken: Vec<u32> = Vec::new();
    let mut named: Option<u32> = None;
    let mut out = Vec::with_capacity(rows.len());
    for &(top, bottom) in rows {
        let lane = taken.iter().position(|&last| last < top).unwrap_or(taken.len());
        match taken.get_mut(lane) {
            Some(last) => *last = bottom,
            None => taken.push(bottom),
        }
        let row = named.map_or(top, |n| top.max(n + 1));
        let name = (row <= bottom.max(top + PUSH)).then_some(row);
        if name.is_some() {
            named = name;
        }
        out.push(Bracket { top, bottom, lane: u8::try_from(lane).unwrap_or(u8::MAX), name });
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn neighbours_share_a_lane_and_overlaps_do_not() {
        let out = lanes(&[(0, 3), (2, 2), (4, 5), (5, 9)]);
        assert_eq!(out.iter().map(|b| b.lane).collect::<Vec<_>>(), [0, 1, 0, 1]);
        assert_eq!(out.iter().map(|b| b.name).collect::<Vec<_>>(), [Some(0), Some(2), Some(4), Some(5)]);
        let same = lanes(&[(0, 0), (0, 0), (0, 0), (0, 0)]);
        assert_eq!(same.iter().map(|b| b.name).collect::<Vec<_>>(), [Some(0), Some(1), Some(2), None]);
    }

    proptest! {
        #[test]
        fn brackets_in_one_row_never_share_a_lane(mut rows in proptest::collection::vec((0_u32..80, 0_u32..20), 0..40)) {
            rows.sort_unstable();
            let rows: Vec<(u32, u32)> = rows.into_iter().map(|(a, n)| (a, a + n)).collect();
            let out = lanes(&rows);
            for (i, a) in out.iter().enumerate() {
                for b in out.iter().skip(i + 1) {
                    prop_assert!(a.lane != b.lane || a.bottom < b.top || b.bottom < a.top);
                    prop_assert!(a.name.is_none() || a.name != b.name);
                }
            }
        }
    }
}
