//! How messages leave the house.

use std::path::PathBuf;

use secrecy::SecretString;

use super::Reader;

/// How messages leave the house. With nothing set, the console takes every channel.
#[derive(Clone, Debug, Default)]
pub struct DeliveryConfig {
    /// Mail over SMTP.
    pub smtp: Option<SmtpConfig>,
    /// Text messages over HTTP.
    pub sms: Option<HttpGatewayConfig>,
    /// WhatsApp over HTTP.
    pub whatsapp: Option<HttpGatewayConfig>,
    /// `PX360_OUTBOX_FILE`: where the console channel appends each message too.
    pub outbox_file: Option<PathBuf>,
}

/// A mail server.
#[derive(Clone, Debug)]
pub struct SmtpConfig {
    /// `PX360_SMTP_URL`: `smtp://host:port`, `smtps://user:password@host` or with `?tls=required`.
    pub url: SecretString,
    /// `PX360_MAIL_FROM`: the sender, such as `PX360 <px@example.org>`.
    pub from: String,
}

/// A provider that takes messages as JSON over HTTP.
#[derive(Clone, Debug)]
pub struct HttpGatewayConfig {
    /// `PX360_SMS_URL`, `PX360_WHATSAPP_URL`: where each message is posted to.
    pub url: String,
    /// `PX360_SMS_TOKEN`, `PX360_WHATSAPP_TOKEN`: sent as `Authorization: Bearer …`.
    pub token: Option<SecretString>,
    /// `PX360_SMS_SENDER`, `PX360_WHATSAPP_SENDER`: the registered sender; `PX360`.
    pub sender: String,
}

impl DeliveryConfig {
    pub(super) fn read(reader: &mut Reader) -> Self {
        let smtp = reader.url("PX360_SMTP_URL", &["smtp", "smtps"]).and_then(|url| {
            let from = reader.text("PX360_MAIL_FROM");
            if from.is_none() {
                reader.fault("PX360_MAIL_FROM", "is needed when PX360_SMTP_URL is set");
            }
            Some(SmtpConfig { url: url.into(), from: from? })
        });
        Self {
            smtp,
            sms: http_gateway(reader, "SMS"),
            whatsapp: http_gateway(reader, "WHATSAPP"),
            outbox_file: reader.text("PX360_OUTBOX_FILE").map(PathBuf::from),
        }
    }
}

fn http_gateway(reader: &mut Reader, channel: &str) -> Option<HttpGatewayConfig> {
    let url = reader.url(&format!("PX360_{channel}_URL"), &["http", "https"])?;
    Some(HttpGatewayConfig {
        url,
        token: reader.secret(&format!("PX360_{channel}_TOKEN")),
        sender: reader
            .text(&format!("PX360_{channel}_SENDER"))
            .unwrap_or_else(|| "PX360".to_owned()),
    })
}
