//! G5: the survey page beside a hand-written handler with the same query.

use std::process::Command;

use super::house::{House, SERVER, YARDSTICK};
use super::lines::Lines;
use super::load::{median, wrk};
use super::sizes::{first_page, kilobytes};
use crate::Result;

/// Rounds; ours and the yardstick take turns.
const ROUNDS: usize = 5;

pub(super) fn measure(house: &House, lines: &mut Lines) -> Result {
    let _yardstick = house.start_yardstick()?;
    beside(house, "", "G5   survey page", "(goal 0.85x, floor 0.60x)", lines)?;
    // A page with an answer on it is nobody else's: it is rendered anew for each request.
    beside(house, "?a=9", "G5b  the same, rendered anew", "(goal 0.50x, floor 0.30x)", lines)?;
    let (plain, brotli) = (first_page(&house.link, "identity")?, first_page(&house.link, "br")?);
    lines.push(format!(
        "G9   survey's first page, headers and all: {} KB plain, {} KB brotli (floor 14 KB)",
        kilobytes(plain),
        kilobytes(brotli),
    ));
    Ok(())
}

/// Our page under this query and the yardstick's page take turns.
fn beside(house: &House, query: &str, what: &str, bars: &str, lines: &mut Lines) -> Result {
    let load = |server: &str, query: &str| {
        let address = format!("http://{server}{}{query}", house.link);
        wrk(Command::new("wrk").args(["-t2", "-c32", "-d4s", &address]))
    };
    load(SERVER, query)?;
    load(YARDSTICK, "")?;
    let (mut ours, mut theirs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (a, b) = (load(SERVER, query)?, load(YARDSTICK, "")?);
        println!("  {a:.0} req/s beside {b:.0} req/s");
        ours.push(a);
        theirs.push(b);
        ratios.push(a / b);
    }
    lines.push(format!(
        "{what}: {:.0} req/s beside {:.0} req/s of the hand-written handler: {:.2}x {bars}",
        median(&mut ours),
        median(&mut theirs),
        median(&mut ratios),
    ));
    Ok(())
}
