//! From the first start to the first accepted message, with nothing but an address and the id of an application; and how many keys
//! that takes. Microsoft's names lead to the sandbox, by a proxy and a root that the environment names.

use std::sync::mpsc::channel;

use sendoff::sandbox::identity::CLIENT;
use sendoff::sandbox::{self, Options, Report, Scenario, SignInScenario};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc::unbounded_channel, oneshot, watch};

use crate::support::terminal::{Home, Terminal, key};

const NAMES: [&str; 2] = ["smtp.office365.com", "login.microsoftonline.com"];

/// What there is outside of Ana's machine. It goes when this is dropped.
struct World {
    home: Home,
    proxy: String,
    root: String,
    _over: oneshot::Sender<()>,
}

impl World {
    fn new(sign_in: &str) -> Self {
        let sign_in: SignInScenario = sign_in.parse().unwrap();
        let (ready, started) = channel();
        let (over, done) = oneshot::channel::<()>();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let listening = sandbox::bind_as(0, &NAMES, Some("https://login.microsoftonline.com"));
                let listening = listening.await.unwrap();
                let server = listening.sandbox().clone();
                let proxy = TcpListener::bind("127.0.0.1:0").await.unwrap();
                ready.send((proxy.local_addr().unwrap().port(), server.ca_pem.clone())).unwrap();
                tokio::spawn(lead(proxy, server.addr.port(), server.door.port()));
                let (reports, _unread) = unbounded_channel::<Report>();
                let options = Options {
                    delays: false,
                    users: vec![sandbox::USER.to_owned()],
                    sign_in: watch::channel(sign_in).1,
                    now: sendoff::runtime::clock::now,
                };
                tokio::select! {
                    () = listening.serve(|| Scenario::ACCEPTS, options, reports) => {}
                    _ = done => {}
                }
            });
        });
        let (port, ca) = started.recv().unwrap();
        let home = Home::new();
        let root = home.file("root.pem", ca.as_bytes()).display().to_string();
        Self { home, proxy: format!("http://127.0.0.1:{port}"), root, _over: over }
    }

    fn start(&self) -> Person {
        let outside = [("ALL_PROXY", self.proxy.as_str()), ("SSL_CERT_FILE", self.root.as_str())];
        Person { terminal: Terminal::start_with(&self.home, (80, 24), &[], &outside), keys: 0 }
    }
}

/// A proxy (HTTP CONNECT) that knows two names.
async fn lead(proxy: TcpListener, mail: u16, service: u16) {
    while let Ok((client, _)) = proxy.accept().await {
        tokio::spawn(async move {
            let mut client = BufReader::new(client);
            let (mut wanted, mut line) = (String::new(), String::new());
            while client.read_line(&mut line).await.is_ok_and(|len| len > 2) {
                wanted += &std::mem::take(&mut line);
            }
            let port = match wanted.split(' ').nth(1) {
                Some("smtp.office365.com:587") => mail,
                Some("login.microsoftonline.com:443") => service,
                _ => return client.write_all(b"HTTP/1.1 502 Bad Gateway\r\n\r\n").await,
            };
            let mut server = TcpStream::connect(("127.0.0.1", port)).await?;
            client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
            copy_bidirectional(&mut client, &mut server).await.map(|_octets| ())
        });
    }
}

/// Whoever presses the keys, and counts. What is pasted counts as one.
struct Person {
    terminal: Terminal,
    keys: usize,
}

impl Person {
    fn sees(&mut self, text: &str) -> &mut Self {
        self.terminal.sees(text);
        self
    }

    fn types(&mut self, text: &str) -> &mut Self {
        self.keys += text.chars().count();
        self.terminal.press(text);
        self
    }

    fn press(&mut self, key: &str) -> &mut Self {
        self.keys += 1;
        self.terminal.press(key);
        self
    }

    fn paste(&mut self, text: &str) -> &mut Self {
        self.keys += 1;
        self.terminal.paste(text);
        self
    }
}

const ADDRESS: &str = "ana@contoso.com";
/// To, Tab, Tab, Tab, subject, Tab, text.
const MESSAGE: [&str; 5] = ["bob@fabrikam.com", "\t\t\t", "Hi", "\t", "Hello"];

fn writes_and_sends(ana: &mut Person) {
    for part in MESSAGE {
        ana.types(part);
    }
    ana.press(key::CTRL_X).sees("Send this?").press(key::ENTER).sees("accepted: Hi");
}

/// Of all keys, those that are neither the address nor the message.
fn beside_what_must_be_typed(ana: &Person) -> usize {
    let message: usize = MESSAGE.iter().map(|part| part.chars().count()).sum();
    ana.keys - ADDRESS.len() - message
}

#[test]
fn microsoft_365_from_the_address_alone_and_a_device_code() {
    let world = World::new("approves");
    let mut ana = world.start();
    ana.sees("Subject").press(key::F6).press(key::F6).sees("a add").press("a").sees("New account");
    ana.types(ADDRESS).press(key::TAB).sees("smtp.office365.com").types("\t\t").paste(CLIENT).press("\x13");
    ana.sees("Sign in").sees("device code").press(key::ENTER).sees("type").sees("New passphrase");
    // She would rather sign in anew next time.
    ana.press(key::ESC).sees("ana@contoso.com is signed in").press(key::ENTER);
    // The first Enter closes the check, the second takes the account.
    ana.sees("You can send as").press(key::ENTER).sees("a add").press(key::ENTER);
    writes_and_sends(&mut ana);
    let (all, more) = (ana.keys, beside_what_must_be_typed(&ana));
    println!(
        "from the first start to the first accepted message, by device code: {all} keys, {more} of them commands"
    );
    assert_eq!(more, 15);
}

#[test]
fn microsoft_365_with_a_password_while_it_lasts() {
    let world = World::new("approves");
    let mut ana = world.start();
    ana.sees("Subject").press(key::F6).press(key::F6).sees("a add").press("a").sees("New account");
    ana.types(ADDRESS).press(key::TAB).sees("smtp.office365.com").press("\x13");
    ana.sees("asks for the password").paste(sandbox::PASSWORD).press(key::ENTER);
    // She would rather type it again next time.
    ana.sees("Keep it in the vault?").press(key::ENTER);
    // The first Enter closes the check, the second takes the account.
    ana.sees("You can send as").press(key::ENTER).sees("a add").press(key::ENTER);
    writes_and_sends(&mut ana);
    let (all, more) = (ana.keys, beside_what_must_be_typed(&ana));
    println!(
        "from the first start to the first accepted message, by password: {all} keys, {more} of them commands"
    );
    assert_eq!(more, 12);
}
