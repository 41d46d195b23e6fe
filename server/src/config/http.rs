//! Where we listen and what people call us.

use std::net::{Ipv4Addr, SocketAddr};

use super::{RateConfig, Reader};

/// Where we listen and what people call us.
#[derive(Clone, Debug)]
pub struct HttpConfig {
    /// `PX360_ADDR`: the address to listen on; `127.0.0.1:3000`.
    pub addr: SocketAddr,
    /// `PX360_PUBLIC_URL`: what links in messages begin with; `http://` and the address.
    pub public_url: String,
    /// `PX360_WORKER_ADDR`: where `px360 worker` answers probes and Prometheus; nowhere.
    pub worker_addr: Option<SocketAddr>,
    /// `PX360_TRUST_PROXY`: whether `X-Forwarded-For` of a proxy before us is believed; off.
    pub trust_proxy: bool,
    /// How many requests one caller may make.
    pub rates: RateConfig,
}

impl HttpConfig {
    pub(super) fn read(reader: &mut Reader) -> Self {
        let default = SocketAddr::from((Ipv4Addr::LOCALHOST, 3000));
        let addr = reader.parsed("PX360_ADDR", default, "an address such as 127.0.0.1:3000");
        let public_url = reader
            .url("PX360_PUBLIC_URL", &["http", "https"])
            .unwrap_or_else(|| format!("http://{addr}"));
        let worker_addr = reader.text("PX360_WORKER_ADDR").is_some().then(|| {
            reader.parsed("PX360_WORKER_ADDR", default, "an address such as 127.0.0.1:3001")
        });
        let trust_proxy = reader.switch("PX360_TRUST_PROXY", false);
        let rates = RateConfig::read(reader);
        Self { addr, public_url, worker_addr, trust_proxy, rates }
    }

    /// Whether cookies may demand TLS.
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}
