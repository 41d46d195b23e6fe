//! Outbound messages: queued in the transaction of their cause, sent later, every attempt logged.
//!
//! [`queue_in`] is for every module that wants somebody to be told; [`deliver_due`] is the job that
//! sends. Whether a message may go is decided at the moment of sending ([`eligibility`]), and the
//! link is made then: neither the outbox nor the log holds one. How a message leaves the house is
//! in `gateways`, what an invitation invites to in `surveys`.
//!
//! What staff are told they also find in the program ([`inbox`]), whatever became of the mail. How often patients are
//! asked is a matter of rules (`fatigue`); what became of every message is in [`delivery_log`].
//!
//! A message is claimed and logged in one transaction, handed over with none open, and its outcome
//! recorded in another one, fenced by the number of the attempt. A worker that dies in between
//! leaves an attempt that may have been sent: its row in the log becomes `unknown`, and the next
//! attempt goes out under the same idempotency key. Providers that honour the key drop the double;
//! over SMTP delivery is at least once. What a provider says later ([`take_receipts`]) settles that, too.

pub mod api;
mod api_pauses;
mod api_receipts;
mod api_rules;
mod attempts;
mod deliver;
mod digest;
mod due;
pub mod eligibility;
mod fatigue;
mod finish;
mod inbox;
mod log;
mod pauses;
mod queue;
mod quotas;
mod receipts;
mod render;
pub mod route;
mod settle;
mod start;
mod store;
mod withdrawal;

pub use deliver::deliver_due;
pub use digest::queue_digests;
pub use fatigue::{create_fatigue_rule, fatigue_rules, published_surveys, remove_fatigue_rule};
pub use inbox::{inbox, mark_read};
pub use log::delivery_log;
pub use pauses::{delivery_pauses, pause_delivery, resume_delivery};
pub use queue::{NewNotification, Recipient, queue_in};
pub(crate) use receipts::forget_strange_receipts_in;
pub use receipts::{answer_challenge, take_receipts};
pub(crate) use render::sample as invitation_sample;
pub use withdrawal::{put_off_in, reinstate_in, withdraw_in};
