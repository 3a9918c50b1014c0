//! Days on which somebody signs in, and what a person may do about it.

use super::Approval::{AfterPolls, AtOnce, Declined, InBrowser};
use super::Deed::{Approve, Lifetime, RefuseTimes, RotateStrictly, SomeoneElse};
use super::Place::{Poll, Throughout};
use super::{SignInScenario, row};
use crate::sandbox::identity::refusal::SLOW_DOWN;

pub(super) const ASKS: SignInScenario = row(
    "asks",
    Throughout,
    Approve(InBrowser),
    "The page in the browser asks, and somebody approves or declines.",
);

#[rustfmt::skip]
pub(super) const TABLE: &[SignInScenario] = &[
    ASKS,
    row("approves", Throughout, Approve(AtOnce), "Every sign-in is approved at once, and nobody is asked."),
    row("approves-after-three", Throughout, Approve(AfterPolls(3)),
        "A device code is approved after three questions; a browser at once."),
    row("declines", Throughout, Approve(Declined), "Every sign-in is declined."),
    row("someone-else", Throughout, SomeoneElse, "Another person signs in than was expected."),
    row("slow-down", Poll, RefuseTimes(2, SLOW_DOWN),
        "The device is told twice to ask less often, then all is well."),
    row("old-refresh-token-dies", Throughout, RotateStrictly,
        "A refresh token is good for one use, which is not Microsoft's way."),
    row("short-lived-tokens", Throughout, Lifetime(60), "Access tokens live for a minute."),
];
