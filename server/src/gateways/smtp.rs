//! Mail over SMTP.

use std::time::{Duration, SystemTime};

use anyhow::Context as _;
use async_trait::async_trait;
use lettre::address::Envelope;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use secrecy::{ExposeSecret as _, SecretString};

use super::signature::{OUR_SIGNATURE, is_signed_in_hex};
use super::{
    Callback, CallbackError, DeliveryReceipt, Gateway, OutgoingMessage, Receipt, SendError, bounces,
};
use crate::config::SmtpConfig;
use crate::error::Result as HouseResult;

/// How long one step of the conversation may take.
const STEP_TIMEOUT: Duration = Duration::from_secs(10);
/// How long one mail may take altogether: well below the lease of a message that is being sent.
const MAIL_TIMEOUT: Duration = Duration::from_secs(30);

/// Mail over SMTP. At least once: SMTP cannot drop a double.
pub(super) struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    bounces: Address,
    receipt_secret: Option<SecretString>,
}

impl Smtp {
    pub(super) fn new(config: &SmtpConfig) -> HouseResult<Self> {
        let from: Mailbox = config.from.parse().context("PX360_MAIL_FROM is not a mail address")?;
        let bounces = match &config.bounces {
            Some(address) => address.parse().context("PX360_MAIL_BOUNCES is not a mail address")?,
            None => from.email.clone(),
        };
        // The cause may repeat the address with its password.
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(config.url.expose_secret())
            .map_err(|_secret| anyhow::anyhow!("PX360_SMTP_URL cannot be understood"))?
            .timeout(Some(STEP_TIMEOUT))
            .build();
        Ok(Self { transport, from, bounces, receipt_secret: config.receipt_secret.clone() })
    }

    fn mail(&self, message: &OutgoingMessage) -> Result<Message, SendError> {
        let to: Address = message
            .address
            .parse()
            .map_err(|_about_a_person| SendError::permanent("not a mail address"))?;
        let id = format!("<{}@{}>", message.idempotency_key, self.from.email.domain());
        // RFC 3834: keeps out-of-office replies away from the hospital's mailbox.
        let auto = HeaderName::new_from_ascii_str("Auto-Submitted");
        let mail = match &message.stop {
            // RFC 2369: a button of the mailbox. Without RFC 8058, or whatever scans mails would press it.
            Some(stop) => Message::builder().raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("List-Unsubscribe"),
                format!("<{stop}>"),
            )),
            None => Message::builder(),
        };
        // What cannot be delivered comes back to an address that is read, not to the sender that patients see.
        let envelope = Envelope::new(Some(self.bounces.clone()), vec![to.clone()])
            .map_err(|_about_a_person| SendError::permanent("not a mail"))?;
        mail.envelope(envelope)
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(message.subject.clone().unwrap_or_default())
            .date(SystemTime::from(message.at))
            .message_id(Some(id))
            .raw_header(HeaderValue::new(auto, "auto-generated".to_owned()))
            .multipart(MultiPart::alternative_plain_html(message.text.clone(), html(message)))
            .map_err(|_about_a_person| SendError::permanent("not a mail"))
    }
}

#[async_trait]
impl Gateway for Smtp {
    fn provider(&self) -> &'static str {
        "smtp"
    }

    async fn send(&self, message: &OutgoingMessage) -> Result<Receipt, SendError> {
        let mail = self.mail(message)?;
        match tokio::time::timeout(MAIL_TIMEOUT, self.transport.send(mail)).await {
            Ok(Ok(_taken)) => Ok(Receipt::default()),
            Ok(Err(error)) => Err(judge(&error)),
            Err(_elapsed) => Err(SendError::unknown("timeout")),
        }
    }

    fn receipts(&self, callback: &Callback<'_>) -> Result<Vec<DeliveryReceipt>, CallbackError> {
        let secret = self.receipt_secret.as_ref().ok_or(CallbackError::NotServed)?;
        if !is_signed_in_hex(callback, OUR_SIGNATURE, secret) {
            return Err(CallbackError::NotSigned);
        }
        Ok(bounces::read(callback.body))
    }
}

/// Reads only the number: servers repeat the address in their sentences.
fn judge(error: &lettre::transport::smtp::Error) -> SendError {
    if let Some(code) = error.status() {
        let code = code.to_string();
        // These are about our account, not about this mail: somebody will repair that.
        let is_about_us = matches!(code.as_str(), "530" | "534" | "535" | "538");
        let cause = format!("smtp {code}");
        return if error.is_permanent() && !is_about_us {
            SendError::permanent(cause)
        } else {
            SendError::retry(cause)
        };
    }
    if error.is_client() {
        // For example an address in Arabic letters, and a server that cannot carry those.
        return SendError::permanent("the server cannot carry this mail");
    }
    // The crate has no question for this kind. If its words change, we only become more careful.
    if error.is_tls() || error.to_string().starts_with("Connection error") {
        return SendError::retry("no connection");
    }
    SendError::unknown(if error.is_timeout() { "timeout" } else { "connection broke" })
}

fn html(message: &OutgoingMessage) -> String {
    // The longer one first: it begins as the other one does.
    let links = [message.stop.as_deref(), message.link.as_deref()].map(|it| it.map(escaped));
    let paragraphs: Vec<String> = message
        .text
        .lines()
        .map(|line| {
            let line = escaped(line);
            let link = links.iter().flatten().find(|link| line.contains(link.as_str()));
            let line = match link {
                Some(link) => line.replace(link, &format!(r#"<a href="{link}">{link}</a>"#)),
                None => line,
            };
            format!(r#"<p dir="auto">{line}</p>"#)
        })
        .collect();
    include_str!("mail.html")
        .replace("{language}", message.language.as_str())
        .replace("{dir}", message.language.dir())
        .replace("{paragraphs}", &paragraphs.join("\n"))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
