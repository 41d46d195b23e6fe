//! `px360 serve`.

use std::future::IntoFuture as _;
use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context as _, Result};
use clap::Args;
use px360_server::integrations::mllp;
use px360_server::seed::demo::{Seeded, waiting_survey};
use secrecy::ExposeSecret as _;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::house::House;
use super::say::say;
use super::seed_demo;

/// How long requests that are under way may take after we were asked to stop.
const GRACE: Duration = Duration::from_secs(10);

/// Serve pages, REST and, unless told otherwise, run the jobs.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Leave the jobs to `px360 worker`.
    #[arg(long)]
    no_worker: bool,
    /// Fill an empty database with demo data first, and say how to sign in.
    #[arg(long)]
    demo: bool,
    /// Take HL7 v2 over TCP (MLLP) at this address too, for example 127.0.0.1:2575; instead of `PX360_MLLP_ADDR`.
    #[arg(long)]
    mllp: Option<SocketAddr>,
}

pub(crate) async fn run(serve: Serve) -> Result<()> {
    let house = House::open_migrated().await?;
    px360::install_metrics();
    let made = px360_server::seed::roles::create_default_roles(&house.deps.system("serve")).await?;
    if made > 0 {
        tracing::info!("created {made} roles");
    }
    if serve.demo && seed_demo_first(&house).await? == Seeded::Made {
        tracing::info!("the demo data is made");
    }
    let worker = match serve.no_worker {
        true => None,
        false => Some(px360_server::jobs::start(&house.deps).await?),
    };
    let options = leptos::config::get_configuration(None)
        .context("reading LEPTOS_… variables")?
        .leptos_options;
    let router = px360::router(&house.deps, &options);
    let addr = house.config.http.addr;
    let listener = TcpListener::bind(addr).await.with_context(|| format!("listening on {addr}"))?;
    let mllp = match serve.mllp.or(house.config.events.mllp_addr) {
        Some(addr) => Some(listen_for_hl7(&house, addr).await?),
        None => None,
    };
    tell(&house, serve.demo, listener.local_addr()?).await?;
    listen(listener, router).await?;
    // What was not acknowledged yet comes again.
    drop(mllp);
    if let Some(worker) = worker {
        worker.stop().await;
    }
    house.close().await;
    Ok(())
}

/// Takes HL7 v2 over TCP until what is returned is dropped.
async fn listen_for_hl7(house: &House, addr: SocketAddr) -> Result<JoinSet<()>> {
    let listener =
        TcpListener::bind(addr).await.with_context(|| format!("listening for HL7 on {addr}"))?;
    say(format_args!("PX360 takes HL7 v2 over MLLP on {}", listener.local_addr()?));
    let mut running = JoinSet::new();
    running.spawn(mllp::listen(house.deps.clone(), listener));
    Ok(running)
}

async fn seed_demo_first(house: &House) -> Result<Seeded> {
    tracing::info!("making demo data, if there is none: about a minute");
    seed_demo::make(house, 90).await
}

/// Serves until asked to stop, then lets requests finish, but not for ever.
async fn listen(listener: TcpListener, router: axum::Router) -> Result<()> {
    let (stopping, mut stopped) = watch::channel(false);
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        asked_to_stop().await;
        // Nobody waits when the server ended by itself.
        let _nobody = stopping.send(true);
    });
    let grace_is_over = async move {
        let _ended = stopped.wait_for(|stopping| *stopping).await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        ended = server.into_future() => ended.context("serving")?,
        () = grace_is_over => tracing::warn!("requests were cut off after {GRACE:?}"),
    }
    Ok(())
}

/// Waits for Ctrl-C or SIGTERM.
pub(crate) async fn asked_to_stop() {
    let terminate = async {
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => {
                terminate.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminate => {}
    }
    tracing::info!("stopping");
}

async fn tell(house: &House, demo: bool, addr: SocketAddr) -> Result<()> {
    say(format_args!("PX360 serves on http://{addr}"));
    if !demo {
        return Ok(());
    }
    let config = &house.config.demo;
    say(
        "  sign in as admin, hospital.admin, manager, coordinator, physician, nurse, staff or viewer",
    );
    say(format_args!("  with the password {}", config.password.expose_secret()));
    say(format_args!(
        "  post events with `Authorization: Api-Key {}`",
        config.api_key.expose_secret()
    ));
    if let Some(waiting) = waiting_survey(&house.deps).await? {
        say(format_args!("  a survey waits for an answer: {}", waiting.link));
    }
    Ok(())
}
