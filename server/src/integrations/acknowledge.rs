//! What the sender of an HL7 message hears about it.

use px360_domain::integrations::hl7::{self, Verdict};
use px360_domain::integrations::{EventReceiptItem, ReceiptStatus};
use px360_domain::{Failure, FieldFault};

use crate::ctx::Ctx;
use crate::error::Error;

/// The acknowledgement of a message that was received; none when its sender wants none.
pub(super) fn acknowledge(ctx: &Ctx, payload: &str, item: &EventReceiptItem) -> Option<String> {
    let verdict = match item.status {
        ReceiptStatus::Accepted => Verdict::Accepted,
        // Sent again is heard again; other content under the same id was not taken.
        ReceiptStatus::Duplicate if item.errors.is_empty() => Verdict::Accepted,
        ReceiptStatus::Duplicate => Verdict::Wrong(item.errors.clone()),
        ReceiptStatus::Rejected => Verdict::of(item.errors.clone()),
    };
    answer(ctx, payload, &verdict)
}

/// The acknowledgement of a message that could not be received now: send it again as it is.
pub(super) fn refuse(ctx: &Ctx, payload: &str, error: &Error) -> Option<String> {
    let code = match error {
        Error::Refused(Failure::Unauthenticated | Failure::Forbidden) => "unknown_sender",
        Error::Refused(_) | Error::Broken(_) => "unavailable",
    };
    answer(ctx, payload, &Verdict::Rejected(vec![FieldFault::new("MSH-3", code)]))
}

/// The acknowledgement with this verdict.
pub(super) fn answer(ctx: &Ctx, payload: &str, verdict: &Verdict) -> Option<String> {
    // HL7 allows twenty characters; the end of a time-ordered id is its random part.
    let id = ctx.new_id::<uuid::Uuid>().simple().to_string();
    hl7::acknowledge(payload, verdict, (&id[12..], ctx.now()))
}
