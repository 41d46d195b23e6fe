//! How many requests one caller may make.

use super::Reader;

/// Requests in a second, of which ten seconds' worth may come at once; 0 for as many as they like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateConfig {
    /// `PX360_RATE_USER`: by one user; 100.
    pub user: u32,
    /// `PX360_RATE_SOURCE`: by one source; 5000.
    pub source: u32,
    /// `PX360_RATE_ADDRESS`: from one address by people who are not signed in; 500.
    pub address: u32,
}

impl RateConfig {
    /// As many as they like.
    pub const OFF: Self = Self { user: 0, source: 0, address: 0 };

    pub(super) fn read(reader: &mut Reader) -> Self {
        let expected = "a number of requests in a second, or 0";
        Self {
            user: reader.parsed("PX360_RATE_USER", 100, expected),
            source: reader.parsed("PX360_RATE_SOURCE", 5000, expected),
            address: reader.parsed("PX360_RATE_ADDRESS", 500, expected),
        }
    }
}
