//! What each gateway puts on the wire.

use px360_domain::Locale;
use px360_domain::notifications::Channel;
use px360_server::config::{DeliveryConfig, HttpGatewayConfig, SmtpConfig};
use px360_server::gateways::{Gateways, OutgoingMessage};
use serde_json::{Value, json};
use sqlx::PgPool;
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpListener;

use super::house::{EMAIL, House, MOBILE, Patient};
use crate::harness::http_provider::HttpProvider;
use crate::harness::smtp::SmtpServer;

fn smtp(server: &SmtpServer) -> SmtpConfig {
    let from = "مستشفى النور <px@example.sa>".to_owned();
    SmtpConfig { url: server.url().into(), from, bounces: None, receipt_secret: None }
}

#[test]
fn the_console_serves_every_channel_until_one_is_real() {
    let nothing = Gateways::from_config(&DeliveryConfig::default()).unwrap();
    assert_eq!(nothing.reachable().collect::<Vec<_>>(), Channel::ALL);
    assert_eq!(nothing.get(Channel::Sms).unwrap().provider(), "console");

    let sms = HttpGatewayConfig {
        url: "http://127.0.0.1:9/".to_owned(),
        sender: "PX360".to_owned(),
        ..HttpGatewayConfig::default()
    };
    let some = Gateways::from_config(&DeliveryConfig { sms: Some(sms), ..Default::default() });
    let some = some.unwrap();
    assert_eq!(some.reachable().collect::<Vec<_>>(), [Channel::Sms]);
    assert!(some.get(Channel::Email).is_none());
}

#[test]
fn a_wrong_sender_or_server_ends_the_start_without_repeating_the_password() {
    let config = |url: &str, from: &str| DeliveryConfig {
        smtp: Some(SmtpConfig {
            url: url.to_owned().into(),
            from: from.to_owned(),
            bounces: None,
            receipt_secret: None,
        }),
        ..DeliveryConfig::default()
    };
    for (url, from) in [
        ("smtp://mail.example.sa", "nobody"),
        ("smtp://user:hunter2@mail.example.sa?tls=perhaps", "px@example.sa"),
    ] {
        let error = Gateways::from_config(&config(url, from)).unwrap_err();
        assert!(!format!("{:#}", anyhow::Error::new(error)).contains("hunter2"));
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_console_writes_one_line_of_json_per_message(db: PgPool) {
    let folder = std::env::temp_dir()
        .join(format!("px360-outbox-{}", uuid::Uuid::from_u128(u128::from(std::process::id()),)));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("outbox.jsonl");
    let config = DeliveryConfig { outbox_file: Some(file.clone()), ..DeliveryConfig::default() };
    let house = House::new(db, Gateways::from_config(&config).unwrap()).await;
    let (_, survey) = house.invited(Patient::default()).await;
    house.invited(Patient { mobile: None, ..Patient::default() }).await;
    house.deliver().await;

    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    let mut lines: Vec<Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    lines.sort_by_key(|line| line["channel"] != "sms");
    let [sms, mail] = lines.as_slice() else { panic!("{text}") };
    let keys: Vec<&String> = sms.as_object().unwrap().keys().collect();
    assert_eq!(keys.len(), 6, "{keys:?}");
    assert_eq!(sms["time"], json!(house.now()));
    assert_eq!((&sms["channel"], &sms["address"]), (&json!("sms"), &json!(MOBILE)));
    assert_eq!(sms["language"], "ar");
    assert_eq!(house.opened_by(sms["link"].as_str().unwrap()), survey);
    assert_eq!((&mail["channel"], &mail["address"]), (&json!("email"), &json!(EMAIL)));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_mail_arrives_in_arabic_with_its_link(db: PgPool) {
    let server = SmtpServer::start().await;
    let config = DeliveryConfig { smtp: Some(smtp(&server)), ..DeliveryConfig::default() };
    let house = House::new(db, Gateways::from_config(&config).unwrap()).await;
    let (id, survey) = house.invited(Patient::default()).await;
    house.deliver().await;

    let [mail] = server.mails().try_into().unwrap();
    assert_eq!((mail.from.as_str(), mail.to.as_str()), ("px@example.sa", EMAIL));
    assert_eq!(mail.header("Subject").as_deref(), Some("مستشفى النور: نرجو تقييم زيارتكم"));
    assert_eq!(mail.header("From").as_deref(), Some("مستشفى النور <px@example.sa>"));
    assert_eq!(mail.header("Message-ID"), Some(format!("<{id}-1@example.sa>")));
    assert_eq!(mail.header("Date").as_deref(), Some("Tue, 24 Nov 2026 06:30:00 +0000"));
    assert_eq!(mail.header("Auto-Submitted").as_deref(), Some("auto-generated"));
    assert_eq!(house.opened_by(&mail.text()), survey);
    let html = mail.html();
    assert!(html.contains(r#"<html lang="ar" dir="rtl">"#), "{html}");
    let (_, href) = html.split_once(r#"<a href=""#).unwrap();
    assert_eq!(house.opened_by(href.split('"').next().unwrap()), survey);
    assert_eq!(house.log(id).await[0].provider.as_deref(), Some("smtp"));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_mailbox_that_does_not_exist_is_final_and_a_full_one_is_not(db: PgPool) {
    let server = SmtpServer::start().await;
    let config = DeliveryConfig { smtp: Some(smtp(&server)), ..DeliveryConfig::default() };
    let house = House::new(db, Gateways::from_config(&config).unwrap()).await;

    server.refuse_next("550 5.1.1 <noura@example.sa>: no such user");
    let (gone, _) = house.invited(Patient::default()).await;
    house.deliver().await;
    let [row] = house.log(gone).await.try_into().unwrap();
    assert_eq!((row.status.as_str(), row.error.as_deref()), ("failed", Some("smtp 550")));
    assert_eq!(house.status(gone).await, "failed");

    server.refuse_next("452 4.2.2 <noura@example.sa>: mailbox full");
    let (full, _) = house.invited(Patient::default()).await;
    house.deliver().await;
    assert_eq!(house.log(full).await[0].error.as_deref(), Some("smtp 452"));
    house.deliver_after(1).await;
    assert_eq!(house.status(full).await, "sent");
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn text_messages_and_whatsapp_go_out_as_json(db: PgPool) {
    let provider = HttpProvider::start().await;
    let config = DeliveryConfig { sms: Some(provider.config()), ..DeliveryConfig::default() };
    let house = House::new(db, Gateways::from_config(&config).unwrap()).await;
    let (id, survey) = house.invited(Patient::default()).await;
    house.deliver().await;
    let config = DeliveryConfig { whatsapp: Some(provider.config()), ..DeliveryConfig::default() };
    let house = house.beside(Gateways::from_config(&config).unwrap());
    let (whatsapp, _) = house.invited(Patient::default()).await;
    house.deliver().await;

    let [first, second] = provider.requests().try_into().unwrap();
    assert_eq!(first.key, format!("{id}-1"));
    assert_eq!(first.authorization.as_deref(), Some("Bearer provider-token"));
    assert_eq!(house.opened_by(first.body["text"].as_str().unwrap()), survey);
    let mut body = first.body;
    body.as_object_mut().unwrap().remove("text");
    assert_eq!(
        body,
        json!({ "to": MOBILE, "from": "PX360", "language": "ar", "idempotency_key": first.key })
    );
    assert_eq!(house.log_lines(whatsapp).await, ["1 whatsapp sent"]);
    assert_eq!(house.log(whatsapp).await[0].segments, None);
    assert_eq!(second.key, format!("{whatsapp}-1"));
}

#[tokio::test]
async fn a_provider_behind_tls_is_greeted_in_tls() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let sms = HttpGatewayConfig {
        url: format!("https://localhost:{}/", listener.local_addr().unwrap().port()),
        sender: "PX360".to_owned(),
        ..HttpGatewayConfig::default()
    };
    let config = DeliveryConfig { sms: Some(sms), ..DeliveryConfig::default() };
    let gateways = Gateways::from_config(&config).unwrap();
    let message = OutgoingMessage {
        idempotency_key: "1".to_owned(),
        at: "2026-11-24T06:30:00Z".parse().unwrap(),
        channel: Channel::Sms,
        address: MOBILE.to_owned(),
        language: Locale::En,
        subject: None,
        text: "text".to_owned(),
        link: None,
        stop: None,
    };
    let (sent, first_byte) =
        tokio::join!(gateways.get(Channel::Sms).unwrap().send(&message), async {
            let (mut stream, _) = listener.accept().await.unwrap();
            stream.read_u8().await.unwrap()
        });
    // The type of a handshake record.
    assert_eq!((first_byte, sent.is_err()), (0x16, true));
}
