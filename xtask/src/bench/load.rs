//! Load generators, and what they print.

use std::process::Command;

use crate::{Result, run};

/// Requests per second of a finished wrk.
pub(super) fn wrk(command: &mut Command) -> Result<f64> {
    let told = run::output(command)?;
    if let Some(line) = told.lines().find(|line| line.contains("Non-2xx")) {
        return Err(format!("wrk met refusals: {}", line.trim()).into());
    }
    number_after(&told, "Requests/sec:").ok_or_else(|| format!("wrk said: {told}").into())
}

/// Transactions per second of a finished pgbench.
pub(super) fn pgbench(command: &mut Command) -> Result<f64> {
    let told = run::output(command)?;
    number_after(&told, "tps = ").ok_or_else(|| format!("pgbench said: {told}").into())
}

/// The slowest twentieth of a finished wrk with `bench/requests.lua`, in milliseconds.
pub(super) fn p95(command: &mut Command) -> Result<f64> {
    let told = run::output(command)?;
    if let Some(line) = told.lines().find(|line| line.starts_with("refused")) {
        return Err(format!("wrk was {line}").into());
    }
    number_after(&told, "p95 ").ok_or_else(|| format!("wrk said: {told}").into())
}

/// The slowest hundredth of a finished wrk with `bench/events.lua`, in milliseconds.
pub(super) fn p99(command: &mut Command) -> Result<f64> {
    let told = run::output(command)?;
    if let Some(line) = told.lines().find(|line| line.contains("Non-2xx")) {
        return Err(format!("wrk met refusals: {}", line.trim()).into());
    }
    number_after(&told, "p99 ").ok_or_else(|| format!("wrk said: {told}").into())
}

/// The slowest hundredth of the transactions in a log of pgbench (`-l`), in milliseconds.
pub(super) fn p99_of_log(log: &str) -> Option<f64> {
    let mut micros: Vec<f64> =
        log.lines().filter_map(|line| line.split_whitespace().nth(2)?.parse().ok()).collect();
    micros.sort_by(f64::total_cmp);
    micros.get(micros.len() * 99 / 100).map(|micros| micros / 1_000.0)
}

fn number_after(text: &str, word: &str) -> Option<f64> {
    let rest = &text[text.find(word)? + word.len()..];
    rest.split_whitespace().next()?.parse().ok()
}

/// The middle value.
pub(super) fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generators_lines_are_read() {
        assert_eq!(number_after("Requests/sec:  12345.67\nx", "Requests/sec:"), Some(12_345.67));
        assert_eq!(number_after("tps = 2300.5 (without…)", "tps = "), Some(2_300.5));
        assert_eq!(number_after("nothing", "tps = "), None);
    }

    #[test]
    fn the_slowest_hundredth_of_a_log_is_read() {
        let log: String = (1..=200).map(|n| format!("0 {n} {} 0 1 2 3\n", n * 1_000)).collect();
        assert_eq!(p99_of_log(&log), Some(199.0));
        assert_eq!(p99_of_log(""), None);
    }

    #[test]
    fn one_slow_round_does_not_move_the_median() {
        assert!((median(&mut [3.0, 1.0, 2.0, 100.0, 0.1]) - 2.0).abs() < f64::EPSILON);
    }
}
