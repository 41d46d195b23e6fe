//! Twilio's way of sending messages, which others speak too: a form for each message, and a signed form back for
//! each step that it takes. <https://www.twilio.com/docs/messaging/api/message-resource>

use anyhow::Context as _;
use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use px360_domain::notifications::Channel;
use secrecy::{ExposeSecret as _, SecretString};
use sha1::Sha1;

use super::{Dialect, ask, client};
use crate::config::HttpGatewayConfig;
use crate::error::Result as HouseResult;
use crate::gateways::{
    Callback, CallbackError, DeliveryReceipt, Gateway, OutgoingMessage, Receipt, ReceiptStep,
    SendError, Terms,
};

/// Base64 of HMAC-SHA-1 over the address and the sorted fields, under the account's token.
const SIGNATURE: &str = "x-twilio-signature";
/// What a sender of WhatsApp's is called: `whatsapp:+966…`.
const WHATSAPP: &str = "whatsapp:";

/// Twilio says by the status what is about us.
const DIALECT: Dialect = Dialect {
    id: |answer| answer.get("sid"),
    code: |answer| answer.get("code")?.as_i64(),
    later: |_code| false,
};

/// A provider that speaks Twilio's protocol.
pub(super) struct Twilio {
    client: reqwest::Client,
    terms: Terms,
    url: String,
    account: String,
    token: SecretString,
    sender: String,
    callback: Option<String>,
}

impl Twilio {
    pub(super) fn new(config: &HttpGatewayConfig) -> HouseResult<Self> {
        let account = config.account.clone().context("a Twilio gateway without an account")?;
        let token = config.token.clone().context("a Twilio gateway without a token")?;
        let url = config.url.trim_end_matches('/');
        Ok(Self {
            client: client()?,
            terms: config.terms,
            url: format!("{url}/2010-04-01/Accounts/{account}/Messages.json"),
            account,
            token,
            sender: config.sender.clone(),
            callback: config.callback.clone(),
        })
    }

    fn form(&self, message: &OutgoingMessage) -> String {
        let prefix = if message.channel == Channel::Whatsapp { WHATSAPP } else { "" };
        // A messaging service knows itself on which network it writes.
        let (from, sender) = if self.sender.starts_with("MG") {
            ("MessagingServiceSid", self.sender.clone())
        } else {
            ("From", format!("{prefix}{}", self.sender))
        };
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("To", &format!("{prefix}{}", message.address))
            .append_pair(from, &sender)
            .append_pair("Body", &message.text);
        if let Some(callback) = &self.callback {
            // Our own name of the message comes back with every receipt, even one that is faster than the answer.
            form.append_pair(
                "StatusCallback",
                &format!("{callback}?key={}", message.idempotency_key),
            );
        }
        form.finish()
    }

    /// Whether these fields were sent to this address by whoever knows our token.
    fn is_signed(&self, callback: &Callback<'_>, fields: &[(String, String)]) -> bool {
        let Some(signature) = callback.header(SIGNATURE).and_then(|it| STANDARD.decode(it).ok())
        else {
            return false;
        };
        let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(self.token.expose_secret().as_bytes())
        else {
            return false;
        };
        mac.update(callback.url.as_bytes());
        let mut fields: Vec<_> = fields.iter().collect();
        fields.sort();
        for (name, value) in fields {
            mac.update(name.as_bytes());
            mac.update(value.as_bytes());
        }
        mac.verify_slice(&signature).is_ok()
    }
}

#[async_trait]
impl Gateway for Twilio {
    fn provider(&self) -> &'static str {
        "twilio"
    }

    fn terms(&self) -> Terms {
        self.terms
    }

    async fn send(&self, message: &OutgoingMessage) -> Result<Receipt, SendError> {
        let key = &message.idempotency_key;
        let request = self
            .client
            .post(&self.url)
            .basic_auth(&self.account, Some(self.token.expose_secret()))
            .header("Idempotency-Key", key)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(self.form(message));
        ask(request, message.at, &DIALECT).await
    }

    fn receipts(&self, callback: &Callback<'_>) -> Result<Vec<DeliveryReceipt>, CallbackError> {
        let fields: Vec<(String, String)> =
            form_urlencoded::parse(callback.body).into_owned().collect();
        if !self.is_signed(callback, &fields) {
            return Err(CallbackError::NotSigned);
        }
        let field = |name: &str| fields.iter().find(|(it, _)| it == name).map(|(_, it)| it.clone());
        let id = field("MessageSid").ok_or(CallbackError::Malformed)?;
        let status = match field("MessageStatus").ok_or(CallbackError::Malformed)?.as_str() {
            "sent" => ReceiptStep::Sent,
            "delivered" => ReceiptStep::Delivered,
            "read" => ReceiptStep::Read,
            "undelivered" | "failed" | "canceled" => ReceiptStep::Failed,
            // Queued, accepted, sending: it is not further than we know.
            _ => return Ok(Vec::new()),
        };
        Ok(vec![DeliveryReceipt {
            provider_message_id: id,
            idempotency_key: callback.query("key"),
            status,
            error: field("ErrorCode"),
            at: None,
        }])
    }
}
