//! Stories of the use cases, on a real Postgres: one database for each test.

mod accounts;
mod actions;
mod analytics;
mod demo;
mod harness;
mod hijri;
mod integrations;
mod journeys;
mod notifications;
mod surveys;
mod words;
