//! WhatsApp's own Cloud API. <https://developers.facebook.com/docs/whatsapp/cloud-api>
//!
//! A hospital writes first, so its messages go out as a template that WhatsApp has approved: free text is taken only
//! within a day of the patient's own last message. The template has the hospital's words; we give it two parameters,
//! the text before the link and, for its button, the end of the link.

use anyhow::Context as _;
use async_trait::async_trait;
use chrono::DateTime;
use px360_domain::ids::NotificationId;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use serde_json::{Value, json};
use subtle::ConstantTimeEq as _;

use super::{Dialect, ask, client};
use crate::config::HttpGatewayConfig;
use crate::error::Result as HouseResult;
use crate::gateways::signature::is_signed_in_hex;
use crate::gateways::{
    Callback, CallbackError, DeliveryReceipt, Gateway, OutgoingMessage, Receipt, ReceiptStep,
    SendError, Terms,
};

/// `sha256=` and the hex of HMAC-SHA-256 over the body, under the app's secret.
const SIGNATURE: &str = "x-hub-signature-256";

/// WhatsApp says by its code and not by the status what is about us: its token, its rights, its template, or too many
/// messages at once. <https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes>
const DIALECT: Dialect = Dialect {
    id: |answer| answer.pointer("/messages/0/id"),
    code: |answer| answer.pointer("/error/code")?.as_i64(),
    later: |code| {
        matches!(
            code,
            1 | 2
                | 4
                | 10
                | 190
                | 200..=299
                | 80007
                | 130_429
                | 131_000
                | 131_016
                | 131_048
                | 131_056
                | 132_000..=132_999
        )
    },
};

/// WhatsApp's Cloud API.
pub(super) struct WhatsappCloud {
    client: reqwest::Client,
    terms: Terms,
    url: String,
    token: SecretString,
    template: String,
    receipt_secret: Option<SecretString>,
    verify_token: Option<SecretString>,
}

#[derive(Deserialize)]
struct Said {
    entry: Vec<EntryOf>,
}

#[derive(Deserialize)]
struct EntryOf {
    changes: Vec<Change>,
}

#[derive(Deserialize)]
struct Change {
    value: Changed,
}

/// Other kinds of news, such as messages from patients, have no statuses.
#[derive(Deserialize)]
struct Changed {
    #[serde(default)]
    statuses: Vec<Status>,
}

#[derive(Deserialize)]
struct Status {
    id: String,
    status: String,
    timestamp: String,
    #[serde(default)]
    biz_opaque_callback_data: Option<String>,
    #[serde(default)]
    errors: Vec<Fault>,
}

#[derive(Deserialize)]
struct Fault {
    code: i64,
}

impl WhatsappCloud {
    pub(super) fn new(config: &HttpGatewayConfig) -> HouseResult<Self> {
        let token = config.token.clone().context("WhatsApp's Cloud API without a token")?;
        let template =
            config.template.clone().context("WhatsApp's Cloud API without a template")?;
        let url = config.url.trim_end_matches('/');
        Ok(Self {
            client: client()?,
            terms: config.terms,
            url: format!("{url}/{}/messages", config.sender),
            token,
            template,
            receipt_secret: config.receipt_secret.clone(),
            verify_token: config.verify_token.clone(),
        })
    }

    fn body(&self, message: &OutgoingMessage) -> Value {
        let link = message.link.as_deref().unwrap_or_default();
        // What stands before the link, in one line. How to stop messages is said by the template itself.
        let words = message.text.split_once(link).map_or(&*message.text, |(words, _)| words);
        let words: Vec<&str> = words.split_whitespace().collect();
        let end = link.rsplit('/').next().unwrap_or_default();
        json!({
            "messaging_product": "whatsapp",
            "to": message.address.trim_start_matches('+'),
            "type": "template",
            "biz_opaque_callback_data": message.idempotency_key,
            "template": {
                "name": self.template,
                "language": { "code": message.language },
                "components": [
                    { "type": "body",
                      "parameters": [{ "type": "text", "text": words.join(" ") }] },
                    { "type": "button", "sub_type": "url", "index": "0",
                      "parameters": [{ "type": "text", "text": end }] },
                ],
            },
        })
    }
}

#[async_trait]
impl Gateway for WhatsappCloud {
    fn provider(&self) -> &'static str {
        "whatsapp_cloud"
    }

    fn terms(&self) -> Terms {
        self.terms
    }

    async fn send(&self, message: &OutgoingMessage) -> Result<Receipt, SendError> {
        let request = self
            .client
            .post(&self.url)
            .bearer_auth(self.token.expose_secret())
            .json(&self.body(message));
        ask(request, message.at, &DIALECT).await
    }

    fn receipts(&self, callback: &Callback<'_>) -> Result<Vec<DeliveryReceipt>, CallbackError> {
        let secret = self.receipt_secret.as_ref().ok_or(CallbackError::NotServed)?;
        if !is_signed_in_hex(callback, SIGNATURE, secret) {
            return Err(CallbackError::NotSigned);
        }
        let said: Said = serde_json::from_slice(callback.body)
            .map_err(|_about_a_person| CallbackError::Malformed)?;
        let changes = said.entry.into_iter().flat_map(|entry| entry.changes);
        Ok(changes.flat_map(|change| change.value.statuses).filter_map(receipt).collect())
    }

    fn challenge(&self, callback: &Callback<'_>) -> Option<String> {
        let (token, asked) = (self.verify_token.as_ref()?, callback.query("hub.verify_token")?);
        let is_ours: bool = asked.as_bytes().ct_eq(token.expose_secret().as_bytes()).into();
        callback.query("hub.challenge").filter(|_| is_ours)
    }
}

/// Whether that is what we hand over with every message: its id, and the number of an attempt.
fn is_key(text: &str) -> bool {
    let parts = text.rsplit_once('-');
    parts.is_some_and(|(id, attempt)| {
        id.parse::<NotificationId>().is_ok() && attempt.parse::<u16>().is_ok()
    })
}

fn receipt(status: Status) -> Option<DeliveryReceipt> {
    // Other systems of the hospital write by the same account, and we hear of their messages, too.
    status.biz_opaque_callback_data.as_deref().filter(|key| is_key(key))?;
    Some(DeliveryReceipt {
        provider_message_id: status.id,
        idempotency_key: status.biz_opaque_callback_data,
        // Others, such as a message that was deleted, say nothing about its arrival.
        status: status.status.parse::<ReceiptStep>().ok()?,
        error: status.errors.first().map(|fault| fault.code.to_string()),
        at: status.timestamp.parse().ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0)),
    })
}
