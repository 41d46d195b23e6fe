//! How many requests one caller may make, so that nobody takes the house away from the others.
//!
//! Counted in each process by itself (GCRA, crate `governor`): who signs in wrongly is counted in the database,
//! for all of them.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use px360_domain::Failure;
use uuid::Uuid;

use crate::config::RateConfig;
use crate::ctx::{Actor, RequestMeta};

/// How many seconds' worth may come at once: pages load several things, scripts catch up.
const BURST_SECONDS: u32 = 10;

/// After so many requests, callers who were quiet for a while are forgotten.
const FORGET_AFTER: u32 = 10_000;

/// The counters of all callers.
pub(crate) struct Rates {
    users: Option<DefaultKeyedRateLimiter<Uuid>>,
    sources: Option<DefaultKeyedRateLimiter<Uuid>>,
    addresses: Option<DefaultKeyedRateLimiter<IpAddr>>,
    counted: AtomicU32,
}

impl Rates {
    /// Counters at these rates; none for a rate of 0.
    pub(crate) fn new(config: &RateConfig) -> Self {
        Self {
            users: limiter(config.user),
            sources: limiter(config.source),
            addresses: limiter(config.address),
            counted: AtomicU32::new(0),
        }
    }

    /// Counts a request of somebody, or of an address where nobody is known.
    ///
    /// # Errors
    /// `TooMany` above the rate.
    pub(crate) fn count(&self, actor: &Actor, meta: &RequestMeta) -> Result<(), Failure> {
        self.forget_the_quiet();
        match actor {
            Actor::User { id, .. } => check(self.users.as_ref(), &id.0, "user"),
            Actor::Source { id, .. } => check(self.sources.as_ref(), &id.0, "source"),
            _ => self.count_address(meta),
        }
    }

    /// Counts a request whose key was wrong.
    ///
    /// # Errors
    /// `TooMany` above the rate.
    pub(crate) fn count_address(&self, meta: &RequestMeta) -> Result<(), Failure> {
        let Some(ip) = meta.ip else { return Ok(()) };
        check(self.addresses.as_ref(), &network(ip), "address")
    }

    fn forget_the_quiet(&self) {
        if !self.counted.fetch_add(1, Ordering::Relaxed).is_multiple_of(FORGET_AFTER) {
            return;
        }
        for people in [&self.users, &self.sources].into_iter().flatten() {
            people.retain_recent();
        }
        if let Some(addresses) = &self.addresses {
            addresses.retain_recent();
        }
    }
}

fn limiter<K: Clone + std::hash::Hash + Eq>(rate: u32) -> Option<DefaultKeyedRateLimiter<K>> {
    let rate = NonZeroU32::new(rate)?;
    let burst = rate.saturating_mul(NonZeroU32::new(BURST_SECONDS)?);
    Some(RateLimiter::dashmap(Quota::per_second(rate).allow_burst(burst)))
}

fn check<K: Clone + std::hash::Hash + Eq>(
    limiter: Option<&DefaultKeyedRateLimiter<K>>,
    key: &K,
    whose: &'static str,
) -> Result<(), Failure> {
    let Some(limiter) = limiter else { return Ok(()) };
    limiter.check_key(key).map_err(|not_until| {
        metrics::counter!("px360_rate_limited_total", "caller" => whose).increment(1);
        let wait = not_until.wait_time_from(DefaultClock::default().now());
        let seconds = u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1);
        Failure::TooMany { retry_after_seconds: seconds }
    })
}

/// An IPv6 host has a whole network of addresses: they count as one.
fn network(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V4(_) => ip,
        IpAddr::V6(host) => {
            let mut groups = host.segments();
            groups[4..].fill(0);
            Ipv6Addr::from(groups).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_addresses_of_one_ipv6_network_are_one_caller() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2::3"), of("2001:db8:1:2:ffff::1"));
        assert_ne!(of("2001:db8:1:2::3"), of("2001:db8:1:3::3"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
    }
}
