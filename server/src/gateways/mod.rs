//! Other people's computers: how messages leave the house, and who says who somebody is.
//!
//! Messages: one trait, and every way out side by side.
//! A gateway takes one finished message and says whether somebody took it. Which message goes out,
//! when, and what a failure means for it is decided in `notifications`, the only caller. Delivery
//! is at least once: a provider over HTTP can drop doubles by the idempotency key that it gets,
//! SMTP has no such thing, and there the `Message-ID` only lets a mailbox notice.

mod bounces;
mod channels;
mod console;
mod gateway;
mod http;
mod identity_provider;
mod memory;
mod receipts;
mod signature;
mod silent;
mod smtp;

pub use channels::Gateways;
pub use gateway::{Gateway, OutgoingMessage, Receipt, SendError, Terms};
pub(crate) use identity_provider::ProviderError;
pub use identity_provider::{AskedProvider, Claimed, IdentityProvider};
pub use memory::MemoryOutbox;
pub use receipts::{Callback, CallbackError, DeliveryReceipt, ReceiptStep};
