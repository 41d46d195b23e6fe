//! What a FHIR client hears.

use crate::integrations::{EventReceipt, EventReceiptItem, ReceiptStatus};
use serde_json::{Value, json};

use super::Envelope;

/// An `OperationOutcome` with an issue for each message, or a bundle with a response for each.
pub fn answer(receipt: &EventReceipt, envelope: Envelope) -> Value {
    let kind = match envelope {
        Envelope::Single => {
            let issues: Vec<Value> = receipt.items.iter().flat_map(issues).collect();
            return json!({ "resourceType": "OperationOutcome", "issue": issues });
        }
        Envelope::Batch => "batch-response",
        Envelope::Transaction => "transaction-response",
    };
    let entries: Vec<Value> = receipt
        .items
        .iter()
        .map(|item| {
            let status = match item.status {
                ReceiptStatus::Accepted => "202 Accepted",
                ReceiptStatus::Duplicate => "200 OK",
                ReceiptStatus::Rejected => "422 Unprocessable Content",
            };
            let outcome = json!({ "resourceType": "OperationOutcome", "issue": issues(item) });
            json!({ "response": { "status": status, "outcome": outcome } })
        })
        .collect();
    json!({ "resourceType": "Bundle", "type": kind, "entry": entries })
}

fn issues(item: &EventReceiptItem) -> Vec<Value> {
    let said = |severity: &str, code: &str, text: String| json!({ "severity": severity, "code": code, "diagnostics": text });
    let id = item.event_id.map(|id| id.to_string()).unwrap_or_default();
    let mut issues = match item.status {
        ReceiptStatus::Accepted => {
            vec![said("information", "informational", format!("accepted {id}"))]
        }
        ReceiptStatus::Duplicate => {
            vec![said("information", "duplicate", format!("duplicate {id}"))]
        }
        ReceiptStatus::Rejected => Vec::new(),
    };
    issues.extend(item.errors.iter().map(|fault| {
        let code = if &*fault.code == "required" { "required" } else { "invalid" };
        let mut issue = said("error", code, format!("rejected: {}", fault.code));
        issue["expression"] = json!([fault.field]);
        issue
    }));
    issues
}
