//! What providers say about messages after they took them.
//!
//! A receipt may come twice, in any order, and before the answer to the request that it is about. Each is stored once;
//! what nobody can place yet is placed when that answer comes.

mod apply;
mod store;

use px360_domain::Failure;

pub(super) use apply::{catch_up, take_turn};

use crate::ctx::Ctx;
use crate::error::Result;
use crate::gateways::{Callback, CallbackError, DeliveryReceipt};

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

/// What to answer a provider that asks whether this address is ours.
///
/// # Errors
/// `NotFound` when it does not know our word.
pub fn answer_challenge(ctx: &Ctx, provider: &str, callback: &Callback<'_>) -> Result<String> {
    let answer = ctx.deps().gateways().challenge(provider, callback);
    Ok(answer.ok_or_else(|| Failure::not_found("provider"))?)
}

/// Only words: a provider's sentence may repeat the address.
fn bounded(receipt: DeliveryReceipt) -> DeliveryReceipt {
    let word = |text: String| -> String {
        text.chars().filter(char::is_ascii_graphic).take(WORD_CHARS_MAX).collect()
    };
    // A sentence is none of the codes that providers give.
    let code = |text: String| text.split_whitespace().next().map(str::to_owned).map(word);
    DeliveryReceipt {
        provider_message_id: word(receipt.provider_message_id),
        idempotency_key: receipt.idempotency_key.map(word),
        error: receipt.error.and_then(code),
        ..receipt
    }
}
