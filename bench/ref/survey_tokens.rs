//! What the benchmark needs to know of survey links: the tokens of surveys, and how many guesses hit one.
//!
//! Without words it reads ids of surveys and prints their tokens, a line for each. `guess <how many>` guesses tokens
//! that look like ours (S7) and prints how many were taken for one, and how many could be tried in a second: nothing of
//! that asks a database.
#![expect(clippy::disallowed_methods, reason = "a yardstick outside the house")]
#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use std::env;
use std::io::{self, BufRead as _, Write as _};
use std::thread;
use std::time::Instant;

use anyhow::{Context as _, Result};
use px360_domain::ids::SurveyId;
use px360_server::surveys::SurveyTokens;

/// What the letters of a token are.
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/// As many as a token has behind the name of its key.
const LENGTH: usize = 43;

fn main() -> Result<()> {
    let secret = env::var("PX360_SECRET").context("PX360_SECRET is needed")?;
    let tokens = SurveyTokens::derive(&[secret.into()]);
    let words: Vec<String> = env::args().skip(1).collect();
    match words.first().map(String::as_str) {
        Some("guess") => guess(&tokens, words.get(1).context("how many?")?.parse()?),
        _ => print_tokens(&tokens),
    }
}

fn print_tokens(tokens: &SurveyTokens) -> Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for id in io::stdin().lock().lines() {
        let id: SurveyId = id?.trim().parse()?;
        writeln!(out, "{}", tokens.sign(id))?;
    }
    Ok(())
}

/// Every guess has the name of our key in front: without it, it would be refused before anything is computed.
fn guess(tokens: &SurveyTokens, count: u64) -> Result<()> {
    let sample = tokens.sign("01936000-0000-7000-8000-000000000001".parse()?);
    let name = *sample.as_bytes().first().context("a token")?;
    let cores = thread::available_parallelism().map_or(1, usize::from) as u64;
    let begun = Instant::now();
    let hits: u64 = thread::scope(|scope| {
        let workers: Vec<_> = (0..cores)
            .map(|core| scope.spawn(move || hits(tokens, name, core + 1, count / cores)))
            .collect();
        workers.into_iter().map(|worker| worker.join().unwrap_or(0)).sum()
    });
    let seconds = begun.elapsed().as_secs_f64();
    println!("{hits} of {count} guesses taken for a link, {:.0} guesses/s", count as f64 / seconds);
    Ok(())
}

fn hits(tokens: &SurveyTokens, name: u8, seed: u64, count: u64) -> u64 {
    // xorshift64*: guesses need no more chance than that.
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut token = [name; LENGTH + 1];
    let mut found = 0;
    for _ in 0..count {
        for letters in token[1..].chunks_mut(10) {
            state ^= state >> 12;
            state ^= state << 25;
            state ^= state >> 27;
            let mut chance = state.wrapping_mul(0x2545_F491_4F6C_DD1D);
            for letter in letters {
                *letter = LETTERS[usize::try_from(chance & 63).unwrap_or_default()];
                chance >>= 6;
            }
        }
        let guess = str::from_utf8(&token).unwrap_or_default();
        found += u64::from(tokens.verify(guess).is_ok());
    }
    found
}
