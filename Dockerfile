# PX360 as one image: `serve` and `worker` are commands of the same program.
#
#   docker build -t px360 .
#
# The first stage holds the tools, so that a change of our sources does not build them again.

FROM rust:1.95-trixie AS tools
RUN apt-get update \
 && apt-get install -y --no-install-recommends nodejs npm \
 && rm -rf /var/lib/apt/lists/*
# rust-toolchain.toml says `stable`, which rustup would fetch anew; the image's own is meant.
ENV RUSTUP_TOOLCHAIN=1.95.0
RUN rustup target add wasm32-unknown-unknown
# The versions that `cargo xtask build` would install. Of wasm-bindgen it takes no other; any cargo-leptos
# that is there will do.
RUN cargo install wasm-bindgen-cli --version 0.2.130
RUN cargo install cargo-leptos --version 0.3.10 --locked

FROM tools AS build
WORKDIR /build
COPY . .
# Server and browser side in one folder and one step: addresses of server functions may depend on
# where they were compiled.
RUN cargo xtask build --release

FROM debian:trixie-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates curl \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10360 --no-create-home --shell /usr/sbin/nologin px360
# hash.txt, the names of the hashed files, is read beside the program.
COPY --from=build /build/target/release/px360 /build/target/release/hash.txt /opt/px360/
COPY --from=build /build/target/site-release /opt/px360/site
ENV LEPTOS_OUTPUT_NAME=px360 \
    LEPTOS_SITE_ROOT=/opt/px360/site \
    LEPTOS_SITE_PKG_DIR=pkg \
    LEPTOS_HASH_FILES=true \
    PX360_ADDR=0.0.0.0:3000
WORKDIR /opt/px360
USER px360
EXPOSE 3000
# There is no Postgres in the image, so DATABASE_URL is needed, and so is PX360_SECRET.
ENTRYPOINT ["/opt/px360/px360"]
CMD ["serve"]
