//! `px360 simulate`.

use std::io::Write as _;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use chrono::NaiveDate;
use clap::Args;
use px360_domain::integrations::EventFormat;
use px360_server::simulator::{Arrivals, SimulationPlan, as_it_comes, render, simulate};

/// Write the feed of a simulated group of hospitals: the same for the same seed.
#[derive(Debug, Args)]
pub(crate) struct Simulate {
    /// How many hospitals, 1 to 20; the first three are those of the demo group.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..=20))]
    hospitals: u16,
    /// How many days.
    #[arg(long, default_value_t = 1)]
    days: u16,
    /// The first of them.
    #[arg(long, default_value = "2026-11-01")]
    start: NaiveDate,
    /// What chance begins with.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Visits of one hospital on a usual weekday.
    #[arg(long, default_value_t = 100)]
    visits: u32,
    /// The format: json, hl7 or fhir. JSON and FHIR come one message a line, HL7 in frames of MLLP.
    #[arg(long, default_value = "json")]
    format: String,
    /// Messages a second; as fast as they are read, without it.
    #[arg(long)]
    rate: Option<u32>,
    /// Each message once and in order; without it, some come twice, some late.
    #[arg(long)]
    in_order: bool,
}

pub(crate) async fn run(wanted: Simulate) -> Result<()> {
    let format = match wanted.format.as_str() {
        "json" => EventFormat::Json,
        "hl7" => EventFormat::Hl7v2,
        "fhir" => EventFormat::Fhir,
        other => bail!("`{other}` is no format: json, hl7 or fhir"),
    };
    let messages = simulate(&SimulationPlan {
        hospitals: wanted.hospitals,
        start: wanted.start,
        days: wanted.days,
        visits_a_day: wanted.visits,
        seed: wanted.seed,
    })?;
    let lines = if wanted.in_order { Arrivals::IN_ORDER } else { Arrivals::usual(wanted.seed) };
    let mut out = std::io::stdout().lock();
    let mut pace = wanted
        .rate
        .filter(|rate| *rate > 0)
        .map(|rate| tokio::time::interval(Duration::from_secs_f64(1.0 / f64::from(rate))));
    for message in as_it_comes(&messages, lines) {
        if let Some(pace) = &mut pace {
            pace.tick().await;
        }
        let text = render(&message, format);
        let written = match format {
            EventFormat::Hl7v2 => write!(out, "\u{b}{text}\u{1c}\r"),
            EventFormat::Json | EventFormat::Fhir => writeln!(out, "{text}"),
        };
        match written {
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return Ok(()),
            other => other.context("writing a message")?,
        }
        if pace.is_some() {
            out.flush().context("writing a message")?;
        }
    }
    Ok(())
}
