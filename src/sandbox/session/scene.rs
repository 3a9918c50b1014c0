//! Where a session meets its scenario, and what the scenario does there.

use super::{Session, Step};
use crate::sandbox::command::Command;
use crate::sandbox::scenario::{Deed, Point};

/// How a fatal alert begins: its type, TLS 1.2, two octets, fatal (RFC 8446, sections 5.1 and 6).
const FATAL_ALERT: [u8; 6] = [21, 3, 3, 0, 2, 2];

impl Session {
    /// The point that a session comes to with this command.
    pub(super) fn point(&self, command: Command<'_>) -> Option<Point> {
        Some(match command {
            Command::Helo(_) | Command::Ehlo(_) if self.encrypted => Point::SecondHello,
            Command::Helo(_) | Command::Ehlo(_) => Point::Hello,
            Command::StartTls(_) => Point::StartTls,
            Command::Auth { .. } => Point::Auth,
            Command::Mail(_) => Point::Mail,
            Command::Data(_) => Point::Data,
            _ => return None,
        })
    }

    /// Does what the scenario does at this point; says whether that was anything.
    pub(super) fn is_struck(&mut self, point: Point) -> bool {
        let scenario = self.script.scenario;
        if scenario.at != point {
            return false;
        }
        match scenario.deed {
            Deed::Say(words) => self.send_late(scenario.delay(), words, &[]),
            Deed::Reset => self.end(Step::Reset),
            Deed::Break => self.end(Step::Drop),
            Deed::Stall => self.end(Step::Stall),
            Deed::Serve | Deed::Dawdle | Deed::EchoMessageId | Deed::Alert(_) | Deed::Stranger => {
                return false;
            }
        }
        true
    }

    /// Answers the client's first octets of TLS with what is none, or with an alert.
    pub(super) fn fail_handshake(&mut self) {
        if let Deed::Alert(number) = self.script.scenario.deed {
            self.steps.push(Step::Send([&FATAL_ALERT[..], &[number]].concat()));
        } else {
            self.is_struck(Point::Handshake);
        }
        self.end(Step::Close);
    }
}
