//! Formulas of the measures, each with how sure we are of it.

use serde::{Deserialize, Serialize};

/// The normal quantile of a two-sided 95 % interval.
const Z_95: f64 = 1.959_964;

closed_enum! {
    /// What an answer to the recommendation question makes of a patient.
    pub enum NpsClass {
        /// Answered 9 or 10.
        Promoter => "promoter",
        /// Answered 7 or 8.
        Passive => "passive",
        /// Answered 0 to 6.
        Detractor => "detractor",
    }
}

/// The class of an answer from 0 to 10; more than 10 cannot be answered and would be a promoter.
pub const fn nps_class(value: u8) -> NpsClass {
    match value {
        0..=6 => NpsClass::Detractor,
        7 | 8 => NpsClass::Passive,
        _ => NpsClass::Promoter,
    }
}

/// A net promoter score: the share of promoters minus the share of detractors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NetPromoterScore {
    /// −100 to 100; none without answers.
    pub value: Option<f64>,
    /// How many answers.
    pub n: i64,
    /// Answers of 9 or 10.
    pub promoters: i64,
    /// Answers of 7 or 8.
    pub passives: i64,
    /// Answers of 0 to 6.
    pub detractors: i64,
    /// Half the width of the 95 % interval around `value`, in points; none without answers.
    ///
    /// The interval may reach beyond ±100, and shrinks to nothing when everybody is of one class:
    /// of a handful of answers it says little.
    pub margin: Option<f64>,
}

impl NetPromoterScore {
    /// The score of so many answers of each class; a negative count counts as none.
    pub fn from_counts(promoters: i64, passives: i64, detractors: i64) -> Self {
        let [promoters, passives, detractors] = [promoters, passives, detractors].map(|n| n.max(0));
        let n = promoters.saturating_add(passives).saturating_add(detractors);
        let counts = Self { n, promoters, passives, detractors, ..Self::default() };
        if n == 0 {
            return counts;
        }
        let (p, d) = (promoters as f64 / n as f64, detractors as f64 / n as f64);
        // One answer is worth +1, 0 or −1. Never below zero, not even rounded: p² ≤ p.
        let variance = (p + d - (p - d).powi(2)) / n as f64;
        Self {
            value: Some(100.0 * (p - d)),
            margin: Some(100.0 * Z_95 * variance.sqrt()),
            ..counts
        }
    }
}

/// A share together with its 95 % interval, each from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Interval {
    /// The share that was seen.
    pub value: f64,
    /// The lower end of the interval, at most `value`.
    pub low: f64,
    /// The upper end of the interval, at least `value`.
    pub high: f64,
    /// How many answers it is a share of.
    pub n: i64,
}

/// The share of successes with its Wilson interval; none unless 0 ≤ `successes` ≤ `n` and `n` > 0.
///
/// Never Wald's: that one is empty for 5 of 5, and leaves 0 to 1 (Wilson 1927).
pub fn wilson(successes: i64, n: i64) -> Option<Interval> {
    if n <= 0 || !(0..=n).contains(&successes) {
        return None;
    }
    let total = n as f64;
    let value = successes as f64 / total;
    let z2 = Z_95 * Z_95;
    let scale = 1.0 + z2 / total;
    let centre = (value + z2 / (2.0 * total)) / scale;
    let spread = value * (1.0 - value) / total + z2 / (4.0 * total * total);
    let half = Z_95 * spread.sqrt() / scale;
    // At 0 of n and n of n an end of the interval is the value itself, give or take rounding.
    Some(Interval {
        value,
        low: (centre - half).max(0.0).min(value),
        high: (centre + half).min(1.0).max(value),
        n,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn close(a: f64, b: f64, tolerance: f64) -> bool {
        (a - b).abs() <= tolerance
    }

    #[test]
    fn sixty_promoters_and_fifteen_detractors_of_a_hundred_are_45_give_or_take_14_and_a_half() {
        let nps = NetPromoterScore::from_counts(60, 25, 15);
        let (value, margin) = (nps.value.unwrap(), nps.margin.unwrap());
        assert!(close(value, 45.0, 1e-9), "{value}");
        assert!(close(margin / Z_95, 7.40, 0.005), "{margin}");
        assert!(close(margin, 14.5, 0.05), "{margin}");
        assert_eq!((nps.n, nps.promoters, nps.passives, nps.detractors), (100, 60, 25, 15));
    }

    #[test]
    fn extremes_of_the_score() {
        let score = |p, m, d| {
            let nps = NetPromoterScore::from_counts(p, m, d);
            (nps.n, nps.value, nps.margin)
        };
        assert_eq!(score(0, 0, 0), (0, None, None));
        assert_eq!(NetPromoterScore::from_counts(0, 0, 0), NetPromoterScore::default());
        assert_eq!(score(5, 0, 0), (5, Some(100.0), Some(0.0)));
        assert_eq!(score(0, 0, 5), (5, Some(-100.0), Some(0.0)));
        assert_eq!(score(0, 5, 0), (5, Some(0.0), Some(0.0)));
        assert_eq!(score(-3, 5, 0), (5, Some(0.0), Some(0.0)));
    }

    #[test]
    fn wilson_agrees_with_the_published_intervals() {
        for (successes, n, low, high) in [
            (9, 10, 0.596, 0.982),
            (27, 30, 0.744, 0.965),
            (90, 100, 0.826, 0.945),
            (5, 5, 0.566, 1.0),
            // Published as .435; the formula gives .43448, the mirror of 5 of 5.
            (0, 5, 0.0, 0.4345),
        ] {
            let interval = wilson(successes, n).unwrap();
            assert!(close(interval.low, low, 0.0005), "{successes}/{n}: {interval:?}");
            assert!(close(interval.high, high, 0.0005), "{successes}/{n}: {interval:?}");
            assert!(close(interval.value, successes as f64 / n as f64, 0.0));
            assert_eq!(interval.n, n);
        }
    }

    #[test]
    fn none_and_all_end_exactly_at_0_and_1_though_floats_round() {
        for n in 1..1_000 {
            let (none, all) = (wilson(0, n).unwrap(), wilson(n, n).unwrap());
            assert_eq!((none.value, none.low), (0.0, 0.0), "{n}");
            assert_eq!((all.value, all.high), (1.0, 1.0), "{n}");
        }
    }

    #[test]
    fn a_share_of_nothing_or_of_less_than_itself_is_none() {
        for (successes, n) in [(0, 0), (1, 0), (-1, 5), (6, 5), (0, -1), (-2, -1)] {
            assert_eq!(wilson(successes, n), None, "{successes}/{n}");
        }
    }

    #[test]
    fn six_is_the_last_detractor_and_nine_the_first_promoter() {
        let classes: Vec<_> = (0..=10).map(|value| nps_class(value).as_str()).collect();
        assert_eq!(&classes[..7], ["detractor"; 7]);
        assert_eq!(&classes[7..9], ["passive"; 2]);
        assert_eq!(&classes[9..], ["promoter"; 2]);
    }

    proptest! {
        #[test]
        fn an_interval_lies_in_0_to_1_around_its_value((n, k) in any_share()) {
            let i = wilson(k, n).unwrap();
            prop_assert!(0.0 <= i.low && i.low <= i.value, "{i:?}");
            prop_assert!(i.value <= i.high && i.high <= 1.0, "{i:?}");
            prop_assert!(i.low < i.high, "{i:?}");
        }

        #[test]
        fn failures_mirror_successes((n, k) in any_share()) {
            let (seen, mirrored) = (wilson(k, n).unwrap(), wilson(n - k, n).unwrap());
            prop_assert!(close(seen.low, 1.0 - mirrored.high, 1e-9), "{seen:?} {mirrored:?}");
        }

        #[test]
        fn ten_times_the_answers_make_us_surer((n, k) in any_share()) {
            let (few, many) = (wilson(k, n).unwrap(), wilson(10 * k, 10 * n).unwrap());
            prop_assert!(many.high - many.low < few.high - few.low, "{few:?} {many:?}");
        }

        #[test]
        fn a_score_agrees_with_its_counts(p in 0..10_000_i64, m in 0..10_000_i64, d in 0..10_000_i64) {
            prop_assume!(p + m + d > 0);
            let nps = NetPromoterScore::from_counts(p, m, d);
            let (value, margin) = (nps.value.unwrap(), nps.margin.unwrap());
            prop_assert!((-100.0..=100.0).contains(&value), "{nps:?}");
            prop_assert!((0.0..=100.0 * Z_95).contains(&margin), "{nps:?}");
            prop_assert_eq!(nps.n, p + m + d);
            prop_assert!(close(value * nps.n as f64, 100.0 * (p - d) as f64, 1e-4), "{nps:?}");
            let mirrored = NetPromoterScore::from_counts(d, m, p);
            prop_assert!(close(mirrored.value.unwrap(), -value, 1e-9));
            prop_assert!(close(mirrored.margin.unwrap(), margin, 1e-9));
        }

        #[test]
        fn the_variance_is_that_of_answers_worth_one_zero_and_minus_one(
            p in 0..50_i64, m in 0..50_i64, d in 0..50_i64,
        ) {
            prop_assume!(p + m + d > 0);
            let nps = NetPromoterScore::from_counts(p, m, d);
            let answers: Vec<f64> = [(p, 1.0), (m, 0.0), (d, -1.0)]
                .into_iter()
                .flat_map(|(count, worth)| (0..count).map(move |_| worth))
                .collect();
            let n = answers.len() as f64;
            let mean = answers.iter().sum::<f64>() / n;
            let variance = answers.iter().map(|worth| (worth - mean).powi(2)).sum::<f64>() / n;
            let expected = 100.0 * Z_95 * (variance / n).sqrt();
            prop_assert!(close(nps.margin.unwrap(), expected, 1e-5), "{nps:?} {expected}");
        }

        #[test]
        fn absurd_counts_still_give_a_score_on_the_scale(
            p in any::<i64>(), m in any::<i64>(), d in any::<i64>(),
        ) {
            let nps = NetPromoterScore::from_counts(p, m, d);
            prop_assert!(nps.value.is_none_or(|value| (-100.0..=100.0).contains(&value)), "{nps:?}");
            prop_assert!(nps.margin.is_none_or(f64::is_finite), "{nps:?}");
        }
    }

    fn any_share() -> impl Strategy<Value = (i64, i64)> {
        (1..20_000_i64).prop_flat_map(|n| (Just(n), 0..=n))
    }
}
