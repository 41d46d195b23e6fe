//! What mail servers send back about mails that they took: delivery status notifications (RFC 3464).

use chrono::{DateTime, Utc};
use mail_parser::{HeaderValue, Message, MessageParser, MimeHeaders as _, PartType};

use super::{DeliveryReceipt, ReceiptStep};

/// Reads a notification; none when it is something else, or about no mail of ours.
///
/// Nothing of an answer that is merely delayed: the server goes on trying.
pub(super) fn read(mail: &[u8]) -> Option<Vec<DeliveryReceipt>> {
    let mail = MessageParser::new().parse(mail)?;
    let status = mail.parts.iter().find(|part| {
        part.content_type().is_some_and(|kind| {
            kind.ctype().eq_ignore_ascii_case("message")
                && kind.subtype().is_some_and(|word| word.eq_ignore_ascii_case("delivery-status"))
        })
    })?;
    let key = key_of(&mail)?;
    let told = String::from_utf8_lossy(status.contents()).replace("\r\n", "\n");
    // One mail has one recipient, so one of these is about us; the first group is about the server.
    let receipts = told.split("\n\n").filter_map(|group| {
        let group = MessageParser::new().parse_headers(group.as_bytes())?;
        let (status, error) = step(&group)?;
        let at = group.header_raw("Last-Attempt-Date").and_then(instant);
        let (provider_message_id, idempotency_key) = (key.clone(), Some(key.clone()));
        Some(DeliveryReceipt { provider_message_id, idempotency_key, status, error, at })
    });
    Some(receipts.collect())
}

/// What became of the mail for one recipient.
fn step(group: &Message<'_>) -> Option<(ReceiptStep, Option<String>)> {
    let action = group.header_raw("Action")?.trim().to_ascii_lowercase();
    match action.as_str() {
        "failed" => {
            let code = group.header_raw("Status").unwrap_or_default();
            Some((ReceiptStep::Failed, Some(code.trim().to_owned())))
        }
        "delivered" => Some((ReceiptStep::Delivered, None)),
        // To a list, or to a server that will not tell us more.
        "relayed" | "expanded" => Some((ReceiptStep::Sent, None)),
        _ => None,
    }
}

/// What we call the mail: the left side of its `Message-ID`, wherever the notification names that.
fn key_of(mail: &Message<'_>) -> Option<String> {
    let returned = mail.parts.iter().find_map(|part| match &part.body {
        PartType::Message(original) => original.message_id().map(str::to_owned),
        PartType::Text(headers) | PartType::Html(headers) if is_headers(part) => {
            let original = MessageParser::new().parse_headers(headers.as_bytes())?;
            original.message_id().map(str::to_owned)
        }
        _ => None,
    });
    let answered = || [mail.in_reply_to(), mail.references()].into_iter().find_map(last);
    let id = returned.or_else(answered)?;
    Some(id.split_once('@')?.0.trim_start_matches('<').to_owned())
}

fn is_headers(part: &mail_parser::MessagePart<'_>) -> bool {
    let kind = part.content_type().and_then(|kind| kind.subtype());
    kind.is_some_and(|word| word.eq_ignore_ascii_case("rfc822-headers"))
}

fn last(value: &HeaderValue<'_>) -> Option<String> {
    match value {
        HeaderValue::Text(id) => Some(id.to_string()),
        HeaderValue::TextList(ids) => ids.last().map(ToString::to_string),
        _ => None,
    }
}

fn instant(text: &str) -> Option<DateTime<Utc>> {
    Some(DateTime::parse_from_rfc2822(text.trim()).ok()?.with_timezone(&Utc))
}
