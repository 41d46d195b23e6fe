//! Messages: what they say, when they go, and what happens when they do not get through.

mod bounces;
mod digests;
mod fatigue;
mod faults;
mod gateways;
mod house;
mod house_log;
mod pace;
mod receipts;
mod recipients;
mod reminders;
mod rules;
mod sending;
mod suppression;
