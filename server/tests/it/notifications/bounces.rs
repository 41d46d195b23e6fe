//! Mails that a server took and could not deliver after all.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use hmac::{Hmac, KeyInit as _, Mac as _};
use px360_domain::Failure;
use px360_server::config::{DeliveryConfig, SmtpConfig};
use px360_server::gateways::{Callback, Gateways};
use px360_server::notifications::take_receipts;
use px360_server::{Error, Result};
use sha2::Sha256;
use sqlx::PgPool;

use super::house::{House, Patient};
use crate::harness::http_provider::HttpProvider;
use crate::harness::smtp::SmtpServer;

const SECRET: &str = "what bounces are signed with";

/// A house whose mails go to this server.
fn config(server: &SmtpServer) -> DeliveryConfig {
    let smtp = SmtpConfig {
        url: server.url().into(),
        from: "مستشفى النور <px@example.sa>".to_owned(),
        bounces: Some("bounces@example.sa".to_owned()),
        receipt_secret: Some(SECRET.to_owned().into()),
    };
    DeliveryConfig { smtp: Some(smtp), ..DeliveryConfig::default() }
}

/// A notification with one recipient as mail servers write it (RFC 3464), about a mail that is returned like this.
fn notification(recipient: &str, returned: &str) -> String {
    format!(
        "From: MAILER-DAEMON@mail.example.sa\r\nTo: bounces@example.sa\r\nSubject: Undelivered Mail\r\n\
         MIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status;\r\n boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\nI'm sorry to have to inform you.\r\n\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\n\
         Reporting-MTA: dns; mail.example.sa\r\nArrival-Date: Tue, 24 Nov 2026 09:30:00 +0300\r\n\r\n\
         {recipient}\r\n\
         --b\r\n{returned}\r\n--b--\r\n",
    )
}

const FAILED: &str = "Final-Recipient: rfc822; noura@example.sa\r\nAction: failed\r\nStatus: 5.1.1\r\n\
     Diagnostic-Code: smtp; 550 5.1.1 <noura@example.sa>: no such\r\n user here\r\n\
     Last-Attempt-Date: Tue, 24 Nov 2026 09:31:00 +0300\r\n";

/// The whole mail comes back.
fn whole(id: &str) -> String {
    format!(
        "Content-Type: message/rfc822\r\n\r\nMessage-ID: {id}\r\nSubject: x\r\n\
         Content-Type: text/plain\r\n\r\nWords.\r\n"
    )
}

/// Only what stood above it comes back.
fn headers_alone(id: &str) -> String {
    format!("Content-Type: text/rfc822-headers\r\n\r\nSubject: x\r\nMessage-ID: {id}")
}

/// The same from a server that writes addresses in every script.
fn headers_of_all_scripts(id: &str) -> String {
    format!("Content-Type: message/global-headers\r\n\r\nMessage-ID: {id}\r\nSubject: رأيكم\r\n")
}

/// Hands in what came back, signed with this.
async fn hand_in(house: &House, secret: &str, mail: &str) -> Result<()> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(mail.as_bytes());
    let signature = mac.finalize().into_bytes();
    let hex: String = signature.iter().map(|byte| format!("{byte:02x}")).collect();
    let headers = HeaderMap::from_iter([(
        HeaderName::from_static("x-px360-signature"),
        HeaderValue::from_str(&format!("sha256={hex}")).unwrap(),
    )]);
    let url = "https://px.example.sa/api/notifications/receipts/smtp/";
    let callback = Callback { url, headers: &headers, body: mail.as_bytes() };
    take_receipts(&house.ctx(), "smtp", &callback).await
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_mail_that_comes_back_has_bounced_however_much_of_it_is_returned(db: PgPool) {
    let server = SmtpServer::start().await;
    let house = House::new(db, Gateways::from_config(&config(&server)).unwrap()).await;
    for returned in [whole, headers_alone, headers_of_all_scripts] {
        sqlx::query("delete from fatigue_rules").execute(&house.db).await.unwrap();
        let (id, _) = house.invited(Patient::default()).await;
        house.deliver().await;
        let mail = server.mails().pop().unwrap();
        assert_eq!(mail.from, "bounces@example.sa", "the envelope names whoever reads bounces");
        assert!(mail.header("From").unwrap().contains("px@example.sa"));
        let message_id = mail.header("Message-ID").unwrap();
        let told = notification(FAILED, &returned(&message_id));
        hand_in(&house, SECRET, &told).await.unwrap();
        // Mail servers tell the same thing twice.
        hand_in(&house, SECRET, &told).await.unwrap();
        assert_eq!(house.log_lines(id).await, ["1 email bounced"]);
        assert_eq!(house.log(id).await[0].error.as_deref(), Some("5.1.1"));
        house.deliver().await;
        assert_eq!(house.status(id).await, "failed");
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_notification_that_only_answers_the_mail_is_understood_too(db: PgPool) {
    let server = SmtpServer::start().await;
    let house = House::new(db, Gateways::from_config(&config(&server)).unwrap()).await;
    let (id, _) = house.invited(Patient::default()).await;
    house.deliver().await;
    let message_id = server.mails()[0].header("Message-ID").unwrap();
    let nothing = "Content-Type: text/plain\r\n\r\nNothing is returned.\r\n";
    let told = notification(FAILED, nothing).replacen(
        "Subject:",
        &format!("In-Reply-To: {message_id}\r\nSubject:"),
        1,
    );
    hand_in(&house, SECRET, &told).await.unwrap();
    assert_eq!(house.log_lines(id).await, ["1 email bounced"]);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_mail_that_is_late_has_not_bounced_and_one_that_arrived_says_so(db: PgPool) {
    let server = SmtpServer::start().await;
    let house = House::new(db, Gateways::from_config(&config(&server)).unwrap()).await;
    let (id, _) = house.invited(Patient::default()).await;
    house.deliver().await;
    let message_id = server.mails()[0].header("Message-ID").unwrap();
    let late = FAILED.replace("failed", "delayed").replace("5.1.1", "4.4.1");
    hand_in(&house, SECRET, &notification(&late, &whole(&message_id))).await.unwrap();
    assert_eq!(house.log_lines(id).await, ["1 email sent"]);
    let arrived = FAILED.replace("failed", "delivered").replace("5.1.1", "2.0.0");
    hand_in(&house, SECRET, &notification(&arrived, &whole(&message_id))).await.unwrap();
    assert_eq!(house.log_lines(id).await, ["1 email delivered"]);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_mail_that_comes_back_goes_by_the_phone_where_there_is_another_way(db: PgPool) {
    let (server, provider) = (SmtpServer::start().await, HttpProvider::start().await);
    let mail_only = Gateways::from_config(&config(&server)).unwrap();
    let house = House::new(db, mail_only).await;
    let (id, _) = house.invited(Patient::default()).await;
    house.deliver().await;
    let message_id = server.mails()[0].header("Message-ID").unwrap();
    let told = notification(FAILED, &whole(&message_id));
    hand_in(&house, SECRET, &told).await.unwrap();
    let both = DeliveryConfig { sms: Some(provider.config()), ..config(&server) };
    house.beside(Gateways::from_config(&both).unwrap()).deliver().await;
    assert_eq!(house.log_lines(id).await, ["1 email bounced", "2 sms sent"]);
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn what_nobody_signed_changes_nothing_and_neither_does_what_else_a_mailbox_gets(db: PgPool) {
    let server = SmtpServer::start().await;
    let house = House::new(db, Gateways::from_config(&config(&server)).unwrap()).await;
    let (id, _) = house.invited(Patient::default()).await;
    house.deliver().await;
    let message_id = server.mails()[0].header("Message-ID").unwrap();
    let told = notification(FAILED, &whole(&message_id));
    let refused = hand_in(&house, "somebody else's secret", &told).await.unwrap_err();
    assert!(matches!(refused, Error::Refused(Failure::Unauthenticated)), "{refused:?}");
    let letter = format!("In-Reply-To: {message_id}\r\nSubject: Re: x\r\n\r\nThank you!\r\n");
    for strange in ["", "\r\n", letter.as_str(), "{\"id\": \"x\", \"status\": \"failed\"}"] {
        hand_in(&house, SECRET, strange).await.unwrap();
    }
    // Made to cost: endless recipients, mails in mails, boundaries that never come.
    let many = format!("{FAILED}\r\n").repeat(800);
    let nested = "Content-Type: message/rfc822\r\n\r\n".repeat(8_000);
    let open = "Content-Type: multipart/mixed; boundary=zz\r\n\r\n".repeat(5_000);
    for costly in [notification(&many, &whole("<other@example.sa>")), nested, open] {
        hand_in(&house, SECRET, &costly).await.unwrap();
    }
    assert_eq!(house.log_lines(id).await, ["1 email sent"]);
    // Somebody else's mail is kept for a while, and is nobody's.
    hand_in(&house, SECRET, &notification(FAILED, &whole("<other@example.sa>"))).await.unwrap();
    assert_eq!(house.log_lines(id).await, ["1 email sent"]);
}
