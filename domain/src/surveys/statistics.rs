//! Figures of many answers: shares with Wilson's interval, the Net Promoter Score, means.
//!
//! Formulas and golden vectors: `facts.md` 3.3 of the specification.

/// How many standard errors a 95 % interval reaches to each side.
const Z: f64 = 1.959_963_984_540_054;

/// A share of answers and how far it can be trusted, each 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// How many answers are counted.
    pub n: u32,
    /// The share itself.
    pub value: f64,
    /// The lower end of its 95 % interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// The share of `k` in `n` with Wilson's score interval (E. B. Wilson, JASA 1927); none of no answers. Wald's would
/// reach beyond 0 and 1, and have no width at all where everybody says the same.
pub fn share(k: u32, n: u32) -> Option<Share> {
    if n == 0 {
        return None;
    }
    let (count, p) = (f64::from(n), f64::from(k.min(n)) / f64::from(n));
    let z2 = Z * Z;
    let middle = (p + z2 / (2.0 * count)) / (1.0 + z2 / count);
    let reach =
        Z / (1.0 + z2 / count) * (p * (1.0 - p) / count + z2 / (4.0 * count * count)).sqrt();
    let low = if k == 0 { 0.0 } else { (middle - reach).max(0.0) };
    let high = if k >= n { 1.0 } else { (middle + reach).min(1.0) };
    Some(Share { n, value: p, low, high })
}

/// The Net Promoter Score, −100 to 100, and how far it can be trusted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NetPromoterScore {
    /// How many answers are counted.
    pub n: u32,
    /// Promoters less detractors, in hundredths of all.
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// How far the 95 % interval reaches to each side.
    pub margin: f64,
}

/// The Net Promoter Score of so many answers of 9 and 10, 7 and 8, and 0 to 6; none of no answers.
pub fn nps(promoters: u32, passives: u32, detractors: u32) -> Option<NetPromoterScore> {
    let n = promoters + passives + detractors;
    if n == 0 {
        return None;
    }
    let (p, d) = (f64::from(promoters) / f64::from(n), f64::from(detractors) / f64::from(n));
    let variance = ((p + d - (p - d) * (p - d)) / f64::from(n)).max(0.0);
    let standard_error = 100.0 * variance.sqrt();
    Some(NetPromoterScore { n, value: 100.0 * (p - d), standard_error, margin: Z * standard_error })
}

/// How often each value of a scale was chosen, the least value first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Distribution {
    /// The least value.
    pub least: u8,
    /// How often it was chosen, then the next one, and so on.
    pub counts: Vec<u32>,
}

impl Distribution {
    /// How many answers there are.
    pub fn n(&self) -> u32 {
        self.counts.iter().sum()
    }

    /// How many answers are one of these values.
    pub fn of(&self, values: &[u8]) -> u32 {
        self.values().filter(|(value, _)| values.contains(value)).map(|(_, count)| count).sum()
    }

    /// How many answers are at least this value.
    pub fn at_least(&self, least: u8) -> u32 {
        self.values().filter(|(value, _)| *value >= least).map(|(_, count)| count).sum()
    }

    /// The mean; none of no answers.
    pub fn mean(&self) -> Option<f64> {
        let n = self.n();
        let sum: f64 =
            self.values().map(|(value, count)| f64::from(value) * f64::from(count)).sum();
        (n > 0).then(|| sum / f64::from(n))
    }

    /// The share of the best answers.
    pub fn top_box(&self, best: &[u8]) -> Option<Share> {
        share(self.of(best), self.n())
    }

    /// Customer satisfaction: the share of 4 and 5 on a scale of 5.
    pub fn csat(&self) -> Option<Share> {
        share(self.at_least(4), self.n())
    }

    /// Customer effort: the share of 5 and more on a scale of 7. Its mean is [`Distribution::mean`].
    pub fn ces(&self) -> Option<Share> {
        share(self.at_least(5), self.n())
    }

    /// The Net Promoter Score of answers between 0 and 10.
    pub fn nps(&self) -> Option<NetPromoterScore> {
        let (promoters, n) = (self.at_least(9), self.n());
        let passives = self.of(&[7, 8]);
        nps(promoters, passives, n - promoters - passives)
    }

    fn values(&self) -> impl Iterator<Item = (u8, u32)> + '_ {
        (self.least..=u8::MAX).zip(self.counts.iter().copied())
    }
}

/// A composite: the mean of the shares of its questions, each with its own answers (HCAHPS); none without any.
pub fn composite(shares: &[Share]) -> Option<f64> {
    let n = u32::try_from(shares.len()).ok().filter(|n| *n > 0)?;
    Some(shares.iter().map(|share| share.value).sum::<f64>() / f64::from(n))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64, digits: f64) {
        assert!((a - b).abs() < digits, "{a} is not {b}");
    }

    #[test]
    fn the_interval_of_a_share_is_wilsons() {
        for (k, n, low, high) in [
            (9, 10, 0.596, 0.982),
            (27, 30, 0.744, 0.965),
            (90, 100, 0.826, 0.945),
            (5, 5, 0.566, 1.0),
            (0, 5, 0.0, 0.435),
        ] {
            let share = share(k, n).unwrap();
            // The specification rounds 0.434 5 up.
            close(share.low, low, 0.000_6);
            close(share.high, high, 0.000_6);
        }
        assert_eq!(share(0, 0), None);
    }

    #[test]
    fn the_score_of_sixty_promoters_and_fifteen_detractors_in_a_hundred_is_45_give_or_take_14_5() {
        let nps = nps(60, 25, 15).unwrap();
        close(nps.value, 45.0, 1e-9);
        close(nps.standard_error, 7.40, 0.005);
        close(nps.margin, 14.5, 0.05);
    }

    #[test]
    fn promoters_begin_at_nine_and_detractors_end_at_six() {
        let distribution =
            Distribution { least: 0, counts: vec![1, 0, 0, 0, 0, 0, 2, 4, 8, 16, 32] };
        assert_eq!(distribution.nps(), nps(48, 12, 3));
    }

    #[test]
    fn satisfied_are_four_and_five_and_the_best_is_five() {
        let distribution = Distribution { least: 1, counts: vec![1, 0, 2, 3, 4] };
        close(distribution.csat().unwrap().value, 0.7, 1e-9);
        close(distribution.top_box(&[5]).unwrap().value, 0.4, 1e-9);
        close(distribution.mean().unwrap(), 3.9, 1e-9);
    }

    #[test]
    fn a_composite_is_the_mean_of_shares_and_not_of_answers() {
        let shares = [share(1, 2).unwrap(), share(90, 100).unwrap()];
        close(composite(&shares).unwrap(), 0.7, 1e-9);
        assert_eq!(composite(&[]), None);
    }
}
