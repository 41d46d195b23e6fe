//! A small mail server that speaks real SMTP, so that tests see what a real one would.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use px360_server::task;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// A mail server on a port of its own.
#[derive(Clone)]
pub(crate) struct SmtpServer {
    addr: SocketAddr,
    mails: Arc<Mutex<Vec<Mail>>>,
    refusals: Arc<Mutex<VecDeque<&'static str>>>,
}

/// One mail as it came over the wire.
#[derive(Clone, Debug)]
pub(crate) struct Mail {
    /// Of the envelope.
    pub(crate) from: String,
    /// Of the envelope.
    pub(crate) to: String,
    /// Headers and body.
    pub(crate) raw: String,
}

impl SmtpServer {
    /// Listens.
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let server = Self {
            addr: listener.local_addr().unwrap(),
            mails: Arc::default(),
            refusals: Arc::default(),
        };
        let accepting = server.clone();
        task::spawn("smtp server", async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = accepting.clone();
                task::spawn("smtp conversation", async move {
                    // A client that hangs up in the middle is the client's business.
                    let _ended = server.converse(stream).await;
                });
            }
        });
        server
    }

    /// What goes into `PX360_SMTP_URL`.
    pub(crate) fn url(&self) -> String {
        format!("smtp://{}", self.addr)
    }

    /// Everything that was taken so far.
    pub(crate) fn mails(&self) -> Vec<Mail> {
        self.mails.lock().unwrap().clone()
    }

    /// Answers the next recipient with this line, for example `550 5.1.1 no such user`.
    pub(crate) fn refuse_next(&self, line: &'static str) {
        self.refusals.lock().unwrap().push_back(line);
    }

    async fn converse(&self, stream: TcpStream) -> std::io::Result<()> {
        let mut stream = BufReader::new(stream);
        stream.write_all(b"220 mail.test ESMTP\r\n").await?;
        let mut mail = Mail { from: String::new(), to: String::new(), raw: String::new() };
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await? == 0 {
                return Ok(());
            }
            let line = line.trim_end();
            let word = line.get(..4).unwrap_or_default().to_ascii_uppercase();
            let answer = match word.as_str() {
                "EHLO" => "250-mail.test\r\n250-8BITMIME\r\n250 SMTPUTF8".to_owned(),
                "MAIL" => {
                    mail.from = address(line);
                    "250 2.1.0 Ok".to_owned()
                }
                "RCPT" => {
                    mail.to = address(line);
                    let refusal = self.refusals.lock().unwrap().pop_front();
                    refusal.unwrap_or("250 2.1.5 Ok").to_owned()
                }
                "DATA" => {
                    stream.write_all(b"354 go on\r\n").await?;
                    mail.raw = data(&mut stream).await?;
                    self.mails.lock().unwrap().push(mail.clone());
                    "250 2.0.0 queued".to_owned()
                }
                "RSET" | "NOOP" => "250 2.0.0 Ok".to_owned(),
                "QUIT" => {
                    stream.write_all(b"221 2.0.0 bye\r\n").await?;
                    return Ok(());
                }
                _ => "502 5.5.2 unknown".to_owned(),
            };
            stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
        }
    }
}

async fn data(stream: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let mut raw = String::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await?;
        if line == ".\r\n" {
            return Ok(raw);
        }
        raw.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
}

fn address(line: &str) -> String {
    let inner = line.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inner.map(|(address, _)| address.to_owned()).unwrap_or_default()
}

impl Mail {
    /// One header, unfolded and with its encoded words read.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        header(&self.raw, name)
    }

    /// What a reader of plain text sees.
    pub(crate) fn text(&self) -> String {
        self.part("text/plain")
    }

    /// What a reader of HTML sees, as its source.
    pub(crate) fn html(&self) -> String {
        self.part("text/html")
    }

    fn part(&self, content_type: &str) -> String {
        let boundary = self.header("Content-Type").unwrap();
        let boundary = boundary.split("boundary=\"").nth(1).unwrap().split('"').next().unwrap();
        let line = format!("--{boundary}");
        let mut parts = self.raw.split(&line).skip(1);
        let is_it = |part: &&str| {
            header(part.trim_start(), "Content-Type").is_some_and(|it| it.starts_with(content_type))
        };
        let part = parts.find(is_it).unwrap().trim_start();
        let (_, body) = part.split_once("\r\n\r\n").unwrap();
        match header(part, "Content-Transfer-Encoding").as_deref() {
            Some("base64") => {
                let body: String = body.split_whitespace().collect();
                String::from_utf8(STANDARD.decode(body).unwrap()).unwrap()
            }
            Some("quoted-printable") => quoted_printable(&body.replace("=\r\n", "")),
            _ => body.to_owned(),
        }
        .trim_end()
        .replace("\r\n", "\n")
    }
}

fn header(part: &str, name: &str) -> Option<String> {
    let (headers, _) = part.split_once("\r\n\r\n")?;
    let unfolded = headers.replace("\r\n ", " ").replace("\r\n\t", " ");
    let line = unfolded
        .lines()
        .find(|line| line.split_once(':').is_some_and(|(key, _)| key.eq_ignore_ascii_case(name)))?;
    let (_, value) = line.split_once(':')?;
    Some(encoded_words(value.trim()))
}

/// Reads `=?utf-8?b?…?=` wherever it stands (RFC 2047).
fn encoded_words(value: &str) -> String {
    // Space between two encoded words is not part of the text.
    let value = value.replace("?= =?", "?==?");
    let (mut text, mut rest) = (String::new(), value.as_str());
    while let Some((before, after)) = rest.split_once("=?") {
        let mut parts = after.splitn(3, '?');
        let (_charset, encoding) = (parts.next().unwrap(), parts.next().unwrap());
        let (word, after) = parts.next().unwrap().split_once("?=").unwrap();
        text.push_str(before);
        if encoding.eq_ignore_ascii_case("b") {
            text.push_str(&String::from_utf8(STANDARD.decode(word).unwrap()).unwrap());
        } else {
            text.push_str(&quoted_printable(&word.replace('_', " ")));
        }
        rest = after;
    }
    text + rest
}

fn quoted_printable(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'=' {
            let digits = [rest.next().unwrap(), rest.next().unwrap()];
            let digits = std::str::from_utf8(&digits).unwrap();
            bytes.push(u8::from_str_radix(digits, 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}
