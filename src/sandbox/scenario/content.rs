//! What can go wrong once the whole message is there: limits and rights of the mailbox, and what the message says.

use super::Deed::{Break, Say};
use super::Point::Dot;
use super::{Scenario, row};
use crate::sandbox::words;

#[rustfmt::skip]
pub(super) const TABLE: &[Scenario] = &[
    row(13, "drop-after-dot", Dot, Break,
        "The connection breaks after the whole message was taken, before the answer."),
    row(37, "body-too-large", Dot, Say(words::TOO_LARGE),
        "The message turns out to be too large."),
    row(42, "send-as-denied", Dot, Say(words::SEND_AS_DENIED),
        "This sign-in may not send as that address."),
    row(42, "send-as-denied-older", Dot, Say(words::SEND_AS_DENIED_OLDER),
        "This sign-in may not send as that address, in the words of before 2021."),
    row(43, "no-permission", Dot, Say(words::NO_PERMISSION),
        "There is no permission to send as that address."),
    row(43, "no-permission-5.7.1", Dot, Say(words::NO_PERMISSION_571),
        "There is no permission to send as that address, by the code 5.7.1."),
    row(44, "too-many-connections", Dot, Say(words::TOO_MANY_CONNECTIONS),
        "The mailbox has too many connections open."),
    row(45, "sender-thread-limit", Dot, Say(words::THREAD_LIMIT),
        "The mailbox has too many connections open, in older words."),
    row(46, "too-many-messages", Dot, Say(words::TOO_MANY_MESSAGES),
        "More than thirty messages in a minute; the server closes."),
    row(47, "mailbox-full", Dot, Say(words::MAILBOX_FULL),
        "The sender's mailbox is full."),
    row(47, "mailbox-over-quota", Dot, Say(words::MAILBOX_OVER_QUOTA),
        "The sender's mailbox is over its quota."),
    row(48, "submission-quota", Dot, Say(words::SUBMISSION_QUOTA),
        "Ten thousand recipients in a day."),
    row(49, "sender-blocked", Dot, Say(words::SENDER_BLOCKED),
        "The account is blocked because it sent spam."),
    row(50, "daily-limit", Dot, Say(words::DAILY_LIMIT),
        "The day's recipients are used up."),
    row(51, "too-large-for-sender", Dot, Say(words::TOO_LARGE_FOR_SENDER),
        "The message is larger than this mailbox may send."),
    row(52, "no-from", Dot, Say(words::NO_FROM),
        "From is missing or no address."),
    row(53, "several-from", Dot, Say(words::SEVERAL_FROM),
        "There are several addresses in From, and no Sender."),
    row(54, "invalid-characters", Dot, Say(words::INVALID_CHARACTERS),
        "There is a bare line feed in the message, or another thing that may not be."),
];
