//! The ends of the chains, on paper: lines that can be kept where the database's owner has no hand.

use std::fmt;
use std::str::FromStr;

use anyhow::{Context as _, Result, bail, ensure};

use super::link::hex;

/// How many chains there are, side by side (ADR 0019).
pub const LANES: usize = 16;

/// The word that such a line begins with; other lines of a file are not ours.
const WORD: &str = "end";

/// The last link of one chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainEnd {
    /// Which chain, from 0.
    pub lane: i16,
    /// How many links it has.
    pub position: i64,
    /// The hash of the last one; of none, nothing.
    pub hash: Vec<u8>,
}

impl fmt::Display for ChainEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hash = if self.hash.is_empty() { "-".to_owned() } else { hex(&self.hash) };
        write!(f, "{WORD} {} {} {hash}", self.lane, self.position)
    }
}

impl FromStr for ChainEnd {
    type Err = anyhow::Error;

    fn from_str(line: &str) -> Result<Self> {
        let parts: Vec<&str> = line.split_whitespace().collect();
        let [WORD, lane, position, hash] = parts[..] else { bail!("no end of a chain: {line}") };
        let end = Self {
            lane: lane.parse().context("the chain is no number")?,
            position: position.parse().context("the link is no number")?,
            hash: if hash == "-" { Vec::new() } else { from_hex(hash)? },
        };
        let is_lane = usize::try_from(end.lane).is_ok_and(|lane| lane < LANES);
        ensure!(is_lane, "there is no chain {lane}");
        let is_hash = end.hash.len() == if end.position == 0 { 0 } else { 32 };
        ensure!(end.position >= 0 && is_hash, "no end of a chain: {line}");
        Ok(end)
    }
}

/// The ends that an earlier run printed; what else it printed is skipped.
///
/// # Errors
/// When it holds not exactly one end of each chain: what is missing would prove nothing, unnoticed.
pub fn read_ends(text: &str) -> Result<Vec<ChainEnd>> {
    let lines = text.lines().filter(|line| line.split_whitespace().next() == Some(WORD));
    let mut ends = lines.map(str::parse).collect::<Result<Vec<ChainEnd>>>()?;
    ends.sort_by_key(|end| end.lane);
    let lanes: Vec<i16> = ends.iter().map(|end| end.lane).collect();
    ensure!(
        lanes.iter().copied().eq((0..).take(LANES)),
        "it must hold one end of each of the {LANES} chains, and holds those of {lanes:?}"
    );
    Ok(ends)
}

fn from_hex(text: &str) -> Result<Vec<u8>> {
    ensure!(text.is_ascii() && text.len().is_multiple_of(2), "no hash: {text}");
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).context("no hash"))
        .collect()
}
