//! Codes of single providers, which mean the same whatever stands around them: Cox, Spectrum, Comcast, Yahoo, 163.com, Orange.
//! Each provider lists its own on the help page that the reply names.

use super::Cause::{
    BlocklistedIp, DailyLimit, RateLimited, SendAsDenied, SenderBlocked, SpamRejected, SpfRejected,
    TooManyConnections, TooManyRecipients,
};
use super::Who::{Administrator, Wait, You};
use super::row::{Row, row};
use super::said;

#[rustfmt::skip]
pub(super) const ROWS: &[Row] = &[
    row(BlocklistedIp, Administrator, "The provider blocks the address (IP) of the server that the mail came from.",
        "Look the code up on the provider's help page and ask there to be taken off.")
        .when(&[
            "aup#cxbl|aup#ipbl|aup#cxdns|aup#dns|aup#blk|aup#i-1000|aup#i-1010|aup#in-1000|aup#in-1010",
            "#bl00|bl000000|bl000001|bl000010", "hl:rep|hl:ipb|mi:ipb",
        ]),
    row(SenderBlocked, Administrator, "The provider does not take mail from this sender for now.", "Secure the account and ask the provider.")
        .when(&["aup#cxmj|aup#cdrbl|aup#out-1|aup#o-1310", "mi:spb"]),
    row(SpfRejected, Administrator, "The provider could not confirm that the mail is from the sender's domain.", "Set up SPF and DKIM for the domain.")
        .when(&["aup#cxsndr"]),
    row(RateLimited, Wait, "The provider takes no more from here for now.", "Wait from some minutes to an hour, then send more slowly.")
        .when(&[
            "aup#cxmxrt|aup#cxthrt|aup#i-1200|aup#in-1200", "hl:ifc|mi:sfq|rp:trc|mi:dmc|hl:itc",
            "#rl00|rl000001|rl000002|rl000003",
        ]),
    row(TooManyConnections, Wait, "The provider has too many connections from here.", "Close other programs that send and try again in a minute.")
        .when(&["aup#cxcnct|aup#cxconct", "hl:icc"]),
    row(DailyLimit, Wait, "The account has sent as much as the provider allows in a day.", "Wait until tomorrow.")
        .when(&["mi:stc|rp:qrc"]),
    row(TooManyRecipients, You, "There are more recipients than the provider takes at once.", "Send it in smaller groups.")
        .when(&["rp:drc|rp:rcl"]),
    row(SendAsDenied, You, "The address in From is not the one that signed in.", "Set from in the account to the address you sign in with.")
        .when(&["dt:sum|aup#o-1500"]),
    row(SpamRejected, You, "The provider takes the message for spam.", "Change the text; ask the provider if it is wrong.")
        .when(&["ofr_506|aup#cxspam|aup#in-1500|aup#i-1500"]),
    said::GREYLISTED
        .when(&["[gl01]"]),
];
