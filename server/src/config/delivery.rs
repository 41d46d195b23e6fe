//! How messages leave the house.

use std::num::NonZeroU32;
use std::path::PathBuf;
use std::str::FromStr;

use secrecy::SecretString;

use super::Reader;
use crate::gateways::Terms;

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
    /// `PX360_MAIL_BOUNCES`: where mail servers send back what they cannot deliver; the sender when absent.
    pub bounces: Option<String>,
    /// `PX360_MAIL_RECEIPT_SECRET`: what is sent back is handed to us signed with this; nothing is expected without it.
    pub receipt_secret: Option<SecretString>,
}

/// How a provider is spoken to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProviderProfile {
    /// `http`: JSON of ours, for a bridge to any provider.
    #[default]
    Http,
    /// `twilio`: Twilio's protocol, which others speak too.
    Twilio,
    /// `whatsapp_cloud`: WhatsApp's own Cloud API.
    WhatsappCloud,
}

impl FromStr for ProviderProfile {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        match word {
            "http" => Ok(Self::Http),
            "twilio" => Ok(Self::Twilio),
            "whatsapp_cloud" => Ok(Self::WhatsappCloud),
            _ => Err(()),
        }
    }
}

/// A provider that takes messages over HTTP. Each name begins with `PX360_SMS_` or `PX360_WHATSAPP_`.
#[derive(Clone, Debug, Default)]
pub struct HttpGatewayConfig {
    /// `…PROFILE`: how it is spoken to.
    pub profile: ProviderProfile,
    /// `…URL`: where each message is posted to; with the other profiles, what that address begins with.
    pub url: String,
    /// `…TOKEN`: sent as `Authorization: Bearer …`, or the secret of Twilio's account.
    pub token: Option<SecretString>,
    /// `…SENDER`: the registered sender, `PX360` when absent; with `whatsapp_cloud` the id of the number.
    pub sender: String,
    /// `…ACCOUNT`: Twilio's account.
    pub account: Option<String>,
    /// `…TEMPLATE`: the approved template of `whatsapp_cloud`.
    pub template: Option<String>,
    /// `…RECEIPT_SECRET`: what receipts are signed with. Twilio signs with its token.
    pub receipt_secret: Option<SecretString>,
    /// `…VERIFY_TOKEN`: the word by which WhatsApp asks whether the address for receipts is ours.
    pub verify_token: Option<SecretString>,
    /// Where Twilio is to send receipts: made from `PX360_PUBLIC_URL`.
    pub callback: Option<String>,
    /// `…PER_MINUTE`: the most messages within a minute; `…SEGMENT_HALALAS`: what one part of a text message costs.
    pub terms: Terms,
}

impl DeliveryConfig {
    pub(super) fn read(reader: &mut Reader, public_url: &str) -> Self {
        let smtp = reader.url("PX360_SMTP_URL", &["smtp", "smtps"]).and_then(|url| {
            let from = reader.text("PX360_MAIL_FROM");
            if from.is_none() {
                reader.fault("PX360_MAIL_FROM", "is needed when PX360_SMTP_URL is set");
            }
            let (bounces, receipt_secret) =
                (reader.text("PX360_MAIL_BOUNCES"), reader.secret("PX360_MAIL_RECEIPT_SECRET"));
            Some(SmtpConfig { url: url.into(), from: from?, bounces, receipt_secret })
        });
        Self {
            smtp,
            sms: http_gateway(reader, "SMS", public_url),
            whatsapp: http_gateway(reader, "WHATSAPP", public_url),
            outbox_file: reader.text("PX360_OUTBOX_FILE").map(PathBuf::from),
        }
    }
}

fn http_gateway(reader: &mut Reader, channel: &str, public_url: &str) -> Option<HttpGatewayConfig> {
    let name = |what: &str| format!("PX360_{channel}_{what}");
    let url = reader.url(&name("URL"), &["http", "https"])?;
    let expected = "http, twilio or whatsapp_cloud";
    let profile = reader.parsed(&name("PROFILE"), ProviderProfile::Http, expected);
    let needed: &[&str] = match profile {
        ProviderProfile::Http => &[],
        ProviderProfile::Twilio => &["ACCOUNT", "TOKEN", "SENDER"],
        ProviderProfile::WhatsappCloud => &["TEMPLATE", "TOKEN", "SENDER"],
    };
    for what in needed {
        if reader.text(&name(what)).is_none() {
            reader.fault(&name(what), "is needed with this profile");
        }
    }
    let per_minute = reader.parsed(&name("PER_MINUTE"), 0_u32, "a number of messages");
    let segment_halalas = reader.parsed(&name("SEGMENT_HALALAS"), 0_u32, "a number of halalas");
    Some(HttpGatewayConfig {
        profile,
        url,
        token: reader.secret(&name("TOKEN")),
        sender: reader.text(&name("SENDER")).unwrap_or_else(|| "PX360".to_owned()),
        account: reader.text(&name("ACCOUNT")),
        template: reader.text(&name("TEMPLATE")),
        receipt_secret: reader.secret(&name("RECEIPT_SECRET")),
        verify_token: reader.secret(&name("VERIFY_TOKEN")),
        callback: (profile == ProviderProfile::Twilio)
            .then(|| format!("{public_url}/api/notifications/receipts/twilio/")),
        terms: Terms {
            per_minute: NonZeroU32::new(per_minute),
            segment_halalas: (segment_halalas > 0).then_some(segment_halalas),
        },
    })
}
