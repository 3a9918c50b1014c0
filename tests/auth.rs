//! Signing in by OAuth 2.0, against a sign-in service of the test's own: HTTPS on this machine, with an answer for each question.

mod code;
mod decided;
mod device;
mod http;
mod loopback;
mod odd;
mod proof;
mod proxy;
mod renewal;
mod service;
mod story;
