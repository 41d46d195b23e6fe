//! Stories of the use cases, on a real Postgres: one database for each test.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test may end where it stands, and looks into tables as nobody else does"
)]

mod accounts;
mod action_rules;
mod actions;
mod analytics;
mod anonymous;
mod answers;
mod audit;
mod bench;
mod compensation;
mod config;
mod database;
mod delegations;
mod delivery_log;
mod demo;
mod fatigue_rules;
mod feeds;
mod harness;
mod hijri;
mod inbox;
mod intake;
mod integrations;
mod journeys;
mod mllp;
mod notifications;
mod opt_outs;
mod pictures;
mod posters;
mod queue;
mod quotas;
mod records;
mod saved_views;
mod sources;
mod survey_files;
mod survey_instances;
mod survey_results;
mod survey_templates;
mod surveys;
mod templates;
mod wall;
mod words;
