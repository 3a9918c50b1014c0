//! Files arrive byte for byte, under their names, whatever their size; and a big one does not fill the memory.

use std::fs;
use std::io::Write as _;

use crate::BOB;
use crate::ana::{Ana, Sent};
use crate::mail::File;
use crate::rig::{Rig, wait_for};

/// Octets that no encoding can shorten, the same in every run (Marsaglia's xorshift).
fn noise(len: usize) -> Vec<u8> {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let words = std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    });
    words.flatten().take(len).collect()
}

/// Sends these files to Bob, and sees that two parsers find them again, in order.
fn arrive(files: &[(&str, &[u8])]) {
    let rig = Rig::find();
    let ana = Ana::at(&rig);
    let mut arguments = vec!["--to", BOB, "--subject", "Files"];
    for (name, content) in files {
        ana.file(name, content);
        arguments.extend(["--attach", name]);
    }

    let sent = ana.send(&arguments, "They are attached.\n");

    let mail = rig.delivered(BOB, sent.accepted());
    let given: Vec<_> = files.iter().map(|(name, content)| File::new(name, content)).collect();
    for reading in [mail.read_by_python(), mail.read_by_mail_parser()] {
        assert_eq!(reading.files, given);
        assert_eq!(reading.text, "They are attached.\n");
    }
}

#[test]
fn sizes_around_a_line_of_base64() {
    let octets = noise(115);
    let names = ["0.bin", "1.bin", "56.bin", "57.bin", "58.bin", "114.bin", "115.bin"];
    let lens = [0, 1, 56, 57, 58, 114, 115];
    let files: Vec<_> = names.into_iter().zip(lens.map(|len| &octets[..len])).collect();
    arrive(&files);
    // An empty file last, where the message ends, and alone.
    arrive(&[("1.bin", &octets[..1]), ("0.bin", &[])]);
    arrive(&[("0.bin", &[])]);
}

#[test]
fn text_keeps_the_line_ends_that_it_has() {
    arrive(&[
        ("unix.txt", b"one\ntwo\n\n.\nthree"),
        ("dos.csv", b"one\r\ntwo\r\n.\r\n"),
        ("mac.md", b"one\rtwo\r"),
        ("mail.eml", b"Subject: not to be touched\n\nFrom the start.\n"),
    ]);
}

#[test]
fn names_that_need_care() {
    let long = format!("{}.pdf", "n".repeat(196));
    let long_chinese = format!("{}.pdf", "文件".repeat(40));
    arrive(&[
        (&long, b"200 letters"),
        (&long_chinese, b"84 signs"),
        ("a \"quoted\" name.txt", b"quotes"),
        ("back\\slash.txt", b"backslash"),
        ("one; filename=two.txt", b"semicolon"),
        ("it's 100%25 (really).txt", b"apostrophe, percent, brackets"),
        ("=?utf-8?q?encoded?=.txt", b"what looks encoded and is not"),
        ("no ending", b"nothing to guess the type by"),
        (".hidden", b"a dot first"),
    ]);
}

#[test]
fn the_same_name_twice() {
    let rig = Rig::find();
    let ana = Ana::at(&rig);
    fs::create_dir(ana.path("files/old")).unwrap();
    ana.file("report.txt", b"new");
    ana.file("old/report.txt", b"old");
    let arguments =
        ["--to", BOB, "--subject", "Twice", "--attach", "report.txt", "--attach", "old/report.txt"];

    let sent = ana.send(&arguments, "");

    let reading = rig.delivered(BOB, sent.accepted()).read_by_python();
    assert_eq!(reading.files, [File::new("report.txt", b"new"), File::new("report.txt", b"old")]);
}

/// KiB of memory that the process has had at most, as long as it runs.
fn peak_memory(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

/// Sends, and watches the memory meanwhile. The figure is of the last look, some milliseconds before the end.
fn send_watched(ana: &Ana<'_>, arguments: &[&str]) -> (Sent, u64) {
    let mut child = ana.start(arguments, "It is attached.\n");
    let mut peak = 0;
    let status = wait_for("the end of sendoff", || {
        peak = peak_memory(child.id()).unwrap_or(peak);
        child.try_wait().unwrap()
    });
    (ana.finish(status), peak)
}

#[test]
fn twenty_five_megabytes_arrive_and_do_not_fill_the_memory() {
    let rig = Rig::find();
    let content = noise(25_000_000);
    let ana = Ana::at(&rig);
    ana.file("small.bin", &content[..1]);
    ana.file("big.bin", &content);

    let (_, peak_small) = send_watched(&ana, &["--to", BOB, "--subject", "Small", "--attach", "small.bin"]);
    let (sent, peak) = send_watched(&ana, &["--to", BOB, "--subject", "Big", "--attach", "big.bin"]);

    let mail = rig.delivered(BOB, sent.accepted());
    let given = [File::new("big.bin", &content)];
    assert_eq!(mail.read_by_python().files, given);
    assert_eq!(mail.read_by_mail_parser().files, given);
    // Past the test harness, which would keep it to itself.
    let _ = writeln!(
        std::io::stderr(),
        "peak memory: {peak} KiB with an attachment of 25 MB, {peak_small} KiB with one of 1 B; {} ms in all",
        sent.report["ms"]["total"]
    );
    assert!(peak > 0 && peak_small > 0, "it was never seen");
    assert!(peak < 64 * 1024, "{peak} KiB");
    assert!(peak < peak_small + 8 * 1024, "{peak} KiB, {peak_small} KiB: it grows with the attachment");
}

#[test]
fn what_is_too_big_for_the_server_is_not_offered_to_it() {
    let rig = Rig::find();
    let ana = Ana::at(&rig);
    // The server takes 62,914,560 octets; in base64 this file alone has more. It has no content on disk.
    fs::File::create(ana.path("files/huge.bin")).unwrap().set_len(47_000_000).unwrap();

    let sent = ana.send(&["--to", BOB, "--subject", "Huge", "--attach", "huge.bin"], "");

    assert_eq!(sent.verdict(), (69, "failed", "mail"), "{sent}");
    assert_eq!(sent.text("cause"), "message-too-large", "{sent}");
    assert_eq!(sent.text("text"), "the message has 64.3 MB, the server takes 62.9 MB at most");
    assert_eq!(sent.commands().last(), Some(&"AUTH PLAIN [hidden]"), "{sent}");
    ana.never_arrived(&sent);
}
