//! What providers say about messages after they took them.
//!
//! A receipt may come twice, in any order, and before the answer to the request that it is about. Each is stored once;
//! what nobody can place yet is placed when that answer comes.

mod apply;
mod store;

use chrono::TimeDelta;
use px360_domain::Failure;

pub(super) use apply::{catch_up, take_turn};

use crate::ctx::Ctx;
use crate::error::Result;
use crate::gateways::{Callback, CallbackError, DeliveryReceipt};
use crate::tx::Tx;

/// How long a receipt that nobody can place is kept: the answer that it waits for comes within seconds.
const STRANGE_FOR: TimeDelta = TimeDelta::days(7);
/// The longest name of a message, and of an error, that is kept.
const WORD_CHARS_MAX: usize = 200;

/// Takes what this provider says about messages.
///
/// # Errors
/// `NotFound` for a provider from which nothing is expected, `Unauthenticated` without its signature, `Malformed` for
/// what it does not send.
pub async fn take_receipts(ctx: &Ctx, provider: &str, callback: &Callback<'_>) -> Result<()> {
    let read = ctx.deps().gateways().receipts(provider, callback);
    let receipts = read.map_err(|error| match error {
        CallbackError::NotServed => Failure::not_found("provider"),
        CallbackError::NotSigned => Failure::Unauthenticated,
        CallbackError::Malformed => Failure::malformed("not_a_receipt"),
    })?;
    for receipt in receipts.into_iter().map(bounded) {
        apply::take(ctx, provider, &receipt).await?;
    }
    Ok(())
}

/// Forgets receipts that nobody could place; says how many.
///
/// # Errors
/// `Broken` when the database is away.
pub(crate) async fn forget_strange_receipts_in(tx: &mut Tx) -> Result<u64> {
    let before = tx.now() - STRANGE_FOR;
    store::forget_strange(tx, before).await
}

/// What to answer a provider that asks whether this address is ours.
///
/// # Errors
/// `NotFound` when it does not know our word.
pub fn answer_challenge(ctx: &Ctx, provider: &str, callback: &Callback<'_>) -> Result<String> {
    let answer = ctx.deps().gateways().challenge(provider, callback);
    Ok(answer.ok_or_else(|| Failure::not_found("provider"))?)
}

/// The longest code that a provider gives.
const CODE_CHARS_MAX: usize = 32;
/// From so many digits on, a number may be somebody's phone.
const PHONE_DIGITS_MIN: usize = 7;

/// The code that a provider's sentence begins with, if that is what a code looks like.
fn code(text: &str) -> String {
    let first = text.split_whitespace().next().unwrap_or_default();
    let is_code =
        |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.');
    let digits = first.chars().filter(char::is_ascii_digit).count();
    let fits = !first.is_empty() && first.len() <= CODE_CHARS_MAX && digits < PHONE_DIGITS_MIN;
    if fits && first.chars().all(is_code) { first.to_owned() } else { "other".to_owned() }
}

/// Only words: a provider's sentence may repeat the address.
fn bounded(receipt: DeliveryReceipt) -> DeliveryReceipt {
    let word = |text: String| -> String {
        text.chars().filter(char::is_ascii_graphic).take(WORD_CHARS_MAX).collect()
    };
    DeliveryReceipt {
        provider_message_id: word(receipt.provider_message_id),
        idempotency_key: receipt.idempotency_key.map(word),
        error: receipt.error.map(|text| code(&text)),
        ..receipt
    }
}
