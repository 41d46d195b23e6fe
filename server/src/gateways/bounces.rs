//! What mail servers send back about mails that they took: delivery status notifications (RFC 3464).

use chrono::{DateTime, Utc};
use mail_parser::{HeaderValue, Message, MessageParser, MessagePart, MimeHeaders as _, PartType};

use super::{DeliveryReceipt, ReceiptStep};

/// What the headers that come back are called; the second where an address is not written in Latin letters (RFC 6533).
const RETURNED_HEADERS: &[&str] = &["rfc822-headers", "global-headers"];

/// How much of a mail is read, in bytes. Our own are shorter, and what happened stands before what is returned; a longer
/// one could be made to nest and to branch until it costs more than all others together.
const READ_MAX: usize = 64 * 1024;

/// How many groups of fields are read: one about the server, and one for the one recipient that our mails have.
const GROUPS_MAX: usize = 4;

/// Reads a notification; nothing of mails that are none, as every mailbox gets some, or about no mail of ours.
///
/// Nothing either of an answer that is merely delayed: the server goes on trying.
pub(super) fn read(mail: &[u8]) -> Vec<DeliveryReceipt> {
    let begin = mail.get(..READ_MAX).unwrap_or(mail);
    MessageParser::new().parse(begin).and_then(|mail| told_in(&mail)).unwrap_or_default()
}

fn told_in(mail: &Message<'_>) -> Option<Vec<DeliveryReceipt>> {
    let status =
        mail.parts.iter().find(|part| is(part, &["delivery-status", "global-delivery-status"]))?;
    let key = key_of(mail)?;
    let told = String::from_utf8_lossy(status.contents()).replace("\r\n", "\n");
    let groups = told.split("\n\n").map(str::trim).filter(|group| !group.is_empty());
    let receipts = groups.take(GROUPS_MAX).filter_map(|group| {
        let group = headers(group)?;
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
        _ if is(part, RETURNED_HEADERS) => {
            let original = headers(&String::from_utf8_lossy(part.contents()))?;
            original.message_id().map(str::to_owned)
        }
        _ => None,
    });
    let answered = || [mail.in_reply_to(), mail.references()].into_iter().find_map(last);
    let id = returned.or_else(answered)?;
    Some(id.split_once('@')?.0.trim_start_matches('<').to_owned())
}

/// Whether a part is of one of these subtypes of `message` or `text`.
fn is(part: &MessagePart<'_>, subtypes: &[&str]) -> bool {
    let kind = part.content_type().and_then(|kind| kind.subtype());
    kind.is_some_and(|kind| subtypes.iter().any(|word| kind.eq_ignore_ascii_case(word)))
}

/// Fields without a body behind them. The last one may lack the end of its line, which the reader needs.
fn headers(words: &str) -> Option<Message<'static>> {
    let whole = format!("{words}\n");
    Some(MessageParser::new().parse_headers(whole.as_bytes())?.into_owned())
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
