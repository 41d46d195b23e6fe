//! Which gateway serves which channel.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use px360_domain::notifications::Channel;

use super::console::Console;
use super::http;
use super::memory::{Memory, MemoryOutbox};
use super::silent::Silent;
use super::smtp::Smtp;
use super::{Callback, CallbackError, DeliveryReceipt, Gateway, Terms};
use crate::config::DeliveryConfig;
use crate::error::Result;

/// Which gateway serves which channel. Cheap to clone.
#[derive(Clone, Default)]
pub struct Gateways(BTreeMap<Channel, Arc<dyn Gateway>>);

impl Gateways {
    /// What is configured. With nothing configured, the console takes every channel; as soon as one
    /// channel is real, the others cannot be reached: no patient waits for a printed message.
    ///
    /// # Errors
    /// `Broken` when a configured gateway cannot be made, such as a sender that is no mail address.
    pub fn from_config(config: &DeliveryConfig) -> Result<Self> {
        let mut channels: BTreeMap<Channel, Arc<dyn Gateway>> = BTreeMap::new();
        if let Some(sms) = &config.sms {
            channels.insert(Channel::Sms, http::gateway(sms, Channel::Sms)?);
        }
        if let Some(whatsapp) = &config.whatsapp {
            channels.insert(Channel::Whatsapp, http::gateway(whatsapp, Channel::Whatsapp)?);
        }
        if let Some(smtp) = &config.smtp {
            channels.insert(Channel::Email, Arc::new(Smtp::new(smtp)?));
        }
        if channels.is_empty() {
            return Ok(Self::everywhere(Arc::new(Console::new(config.outbox_file.clone()))));
        }
        Ok(Self(channels))
    }

    /// Sends nothing and says that it did: history in demo data must not reach anybody.
    pub fn silent() -> Self {
        Self::everywhere(Arc::new(Silent))
    }

    /// Keeps every message of every channel for a test to look at.
    pub fn memory() -> (Self, Arc<MemoryOutbox>) {
        let outbox = Arc::<MemoryOutbox>::default();
        (Self::everywhere(Arc::new(Memory(Arc::clone(&outbox)))), outbox)
    }

    /// This gateway for every channel.
    pub fn everywhere(gateway: Arc<dyn Gateway>) -> Self {
        Self(Channel::ALL.iter().map(|channel| (*channel, Arc::clone(&gateway))).collect())
    }

    /// Only these channels of it.
    #[must_use]
    pub fn only(mut self, channels: &[Channel]) -> Self {
        self.0.retain(|channel, _| channels.contains(channel));
        self
    }

    /// The gateway of this channel, if the channel can be reached.
    pub fn get(&self, channel: Channel) -> Option<&dyn Gateway> {
        self.0.get(&channel).map(AsRef::as_ref)
    }

    /// Reads what this provider says about messages that it took.
    ///
    /// # Errors
    /// Says whether it was not the provider, or not to be understood.
    pub(crate) fn receipts(
        &self,
        provider: &str,
        callback: &Callback<'_>,
    ) -> Result<Vec<DeliveryReceipt>, CallbackError> {
        // Two channels may go through one provider, each with its own key.
        let mut read = Err(CallbackError::NotServed);
        for gateway in self.of_provider(provider) {
            read = gateway.receipts(callback);
            if !matches!(read, Err(CallbackError::NotServed | CallbackError::NotSigned)) {
                break;
            }
        }
        read
    }

    /// What to answer this provider when it asks whether an address is ours.
    pub(crate) fn challenge(&self, provider: &str, callback: &Callback<'_>) -> Option<String> {
        self.of_provider(provider).find_map(|gateway| gateway.challenge(callback))
    }

    fn of_provider(&self, provider: &str) -> impl Iterator<Item = &dyn Gateway> {
        self.0.values().map(AsRef::as_ref).filter(move |gateway| gateway.provider() == provider)
    }

    /// What the contract of this channel's provider says.
    pub fn terms(&self, channel: Channel) -> Terms {
        self.0.get(&channel).map(|gateway| gateway.terms()).unwrap_or_default()
    }

    /// Every channel that can be reached, in the order in which they are tried: the phone first,
    /// because that is where patients are.
    pub fn reachable(&self) -> impl Iterator<Item = Channel> + '_ {
        self.0.keys().copied()
    }
}

impl fmt::Debug for Gateways {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let providers = self.0.iter().map(|(channel, gateway)| (channel, gateway.provider()));
        f.debug_map().entries(providers).finish()
    }
}
