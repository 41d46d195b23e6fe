//! In which order, and how often, messages arrive.

use super::plan::Simulated;
use crate::chance::Chance;

/// How badly the lines are: all in messages of a thousand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrivals {
    /// What chance begins with.
    pub seed: u64,
    /// Messages that come again, because an acknowledgement was lost.
    pub repeated: u32,
    /// Messages that come late.
    pub late: u32,
    /// How late at most, in messages that overtake them.
    pub late_by_max: u32,
}

impl Arrivals {
    /// Lines that lose nothing and delay nothing.
    pub const IN_ORDER: Self = Self { seed: 0, repeated: 0, late: 0, late_by_max: 0 };

    /// Lines as they are: a few messages in a hundred come twice or late.
    pub const fn usual(seed: u64) -> Self {
        Self { seed, repeated: 40, late: 80, late_by_max: 500 }
    }
}

/// The messages as they arrive. Each arrives at least once.
pub fn as_it_comes(messages: &[Simulated], lines: Arrivals) -> Vec<Simulated> {
    let chance = Chance::seeded(lines.seed);
    let mut queue: Vec<(u64, usize)> = Vec::with_capacity(messages.len());
    for (place, _) in messages.iter().enumerate() {
        let due = u64::try_from(place).unwrap_or_default() * 2;
        let delay = |odds: u32| {
            let is_late = chance.below(1_000) < odds;
            if is_late { u64::from(chance.below(lines.late_by_max)) * 2 + 1 } else { 0 }
        };
        queue.push((due + delay(lines.late), place));
        if chance.below(1_000) < lines.repeated {
            queue.push((due + delay(1_000), place));
        }
    }
    queue.sort_unstable();
    queue.into_iter().filter_map(|(_, place)| messages.get(place).cloned()).collect()
}
