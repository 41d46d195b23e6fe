//! A provider that takes JSON: `{to, from, text, language, idempotency_key}`.

use async_trait::async_trait;
use px360_domain::Locale;
use px360_domain::notifications::{Channel, ReceiptNote};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

use super::{Dialect, ask, client};
use crate::config::HttpGatewayConfig;
use crate::error::Result as HouseResult;
use crate::gateways::signature::{OUR_SIGNATURE, is_signed_in_hex};
use crate::gateways::{
    Callback, CallbackError, DeliveryReceipt, Gateway, OutgoingMessage, Receipt, SendError, Terms,
};

/// Bridges give ids of many shapes, and codes of none that we know.
const DIALECT: Dialect = Dialect {
    id: |answer| answer.get("id").or_else(|| answer.get("message_id")),
    code: |_answer| None,
    later: |_code| false,
};

/// A provider that takes JSON over HTTP.
pub(super) struct HttpJson {
    client: reqwest::Client,
    terms: Terms,
    /// One word for each channel: behind two of them there may be two bridges that count from 1.
    provider: &'static str,
    url: String,
    token: Option<SecretString>,
    sender: String,
    receipt_secret: Option<SecretString>,
}

#[derive(Serialize)]
struct Body<'a> {
    to: &'a str,
    from: &'a str,
    text: &'a str,
    language: Locale,
    idempotency_key: &'a str,
}

/// What it says about messages: one of these, or several in a list.
#[derive(Deserialize)]
#[serde(untagged)]
enum Said {
    One(ReceiptNote),
    Many(Vec<ReceiptNote>),
}

impl HttpJson {
    pub(super) fn new(config: &HttpGatewayConfig, channel: Channel) -> HouseResult<Self> {
        let whatsapp = channel == Channel::Whatsapp;
        Ok(Self {
            provider: if whatsapp { "http_whatsapp" } else { "http_sms" },
            client: client()?,
            terms: config.terms,
            url: config.url.clone(),
            token: config.token.clone(),
            sender: config.sender.clone(),
            receipt_secret: config.receipt_secret.clone(),
        })
    }
}

#[async_trait]
impl Gateway for HttpJson {
    fn provider(&self) -> &'static str {
        self.provider
    }

    fn terms(&self) -> Terms {
        self.terms
    }

    async fn send(&self, message: &OutgoingMessage) -> Result<Receipt, SendError> {
        let key = &message.idempotency_key;
        let body = Body {
            to: &message.address,
            from: &self.sender,
            text: &message.text,
            language: message.language,
            idempotency_key: key,
        };
        let mut request = self.client.post(&self.url).header("Idempotency-Key", key).json(&body);
        if let Some(token) = &self.token {
            request = request.bearer_auth(token.expose_secret());
        }
        ask(request, message.at, &DIALECT).await
    }

    fn receipts(&self, callback: &Callback<'_>) -> Result<Vec<DeliveryReceipt>, CallbackError> {
        let secret = self.receipt_secret.as_ref().ok_or(CallbackError::NotServed)?;
        if !is_signed_in_hex(callback, OUR_SIGNATURE, secret) {
            return Err(CallbackError::NotSigned);
        }
        let said = serde_json::from_slice(callback.body);
        let notes = match said.map_err(|_about_a_person| CallbackError::Malformed)? {
            Said::One(note) => vec![note],
            Said::Many(notes) => notes,
        };
        let receipt = |note: ReceiptNote| DeliveryReceipt {
            provider_message_id: note.id,
            idempotency_key: note.idempotency_key,
            status: note.status,
            error: note.error,
            at: note.at,
        };
        Ok(notes.into_iter().map(receipt).collect())
    }
}
