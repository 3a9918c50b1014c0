#!/usr/bin/env bash
# A real Postfix with real Dovecot SASL for the tests: loopback only, free
# unprivileged ports, everything in one folder.
#
#   serve.sh start DIR MODULES
#                        DIR must be absent or empty; MODULES is a folder with
#                        what tests/real/oidc needs, installed; what to connect
#                        to is written to DIR/env as KEY=value lines
#                        (if starting fails, everything is removed again)
#   serve.sh stop DIR    stops the processes of that folder, keeps its files
#
# Needs root (Postfix does) and Debian 12's postfix, dovecot-core, openssl,
# python3, nodejs, procps.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
PATH=$PATH:/usr/sbin:/sbin
USER=ana@contoso.test
maildirs="ana@contoso.test bob@fabrikam.test carol@contoso.test dan@fabrikam.test"

die() {
  echo "serve.sh: $*" >&2
  exit 1
}

# until_true SECONDS COMMAND...: polls a condition, fails at the deadline.
until_true() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < deadline)) || return 1
    sleep 0.05
  done
}

# ---- stopping -------------------------------------------------------------

# Each of the four leads a process group of its own. Zombies do not count:
# in a container nobody may ever collect them.
group_gone() { ! pgrep -g "$1" -r D,R,S,T >/dev/null; }

stop_one() {
  local pid_file=$1 pid
  [[ -s $pid_file ]] || return 0
  pid=$(tr -dc 0-9 <"$pid_file")
  # The number may belong to a stranger by now; ours name the folder.
  if tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF -- " $dir/"; then
    kill -TERM -- "-$pid" 2>/dev/null || true
    until_true 10 group_gone "$pid" || kill -KILL -- "-$pid" 2>/dev/null || true
    until_true 5 group_gone "$pid" || die "process group $pid does not end"
  fi
  rm -f -- "$pid_file"
}

stop_all() {
  stop_one "$dir/postfix/queue/pid/master.pid"
  stop_one "$dir/dovecot/pid"
  stop_one "$dir/token/pid"
  stop_one "$dir/oidc/pid"
}

failed_start() {
  local log
  trap - EXIT INT TERM
  echo "serve.sh: start failed" >&2
  for log in "$dir"/*/log; do
    [[ -s $log ]] && tail -n 20 "$log" >&2
  done
  stop_all
  rm -rf -- "$dir"
}

# ---- certificates ---------------------------------------------------------

make_ca() { # NAME
  local ca=$dir/tls/$1
  mkdir "$ca"
  : >"$ca/index"
  printf '%s\n' '[ca]' 'default_ca = x' '[x]' "database = $ca/index" \
    "new_certs_dir = $ca" "certificate = $ca.pem" "private_key = $ca/key" \
    'default_md = sha256' 'rand_serial = yes' 'policy = any' \
    '[any]' 'commonName = supplied' >"$ca/conf"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
    -subj "/CN=sendoff test $1" -days 30 \
    -addext basicConstraints=critical,CA:TRUE \
    -addext keyUsage=critical,keyCertSign,cRLSign \
    -keyout "$ca/key" -out "$ca.pem"
}

# `openssl ca`, because `openssl x509` of OpenSSL 3.0 cannot set both dates.
make_leaf() { # CA NAME SAN START END
  local leaf=$dir/tls/$2
  printf '%s\n' basicConstraints=critical,CA:FALSE \
    keyUsage=critical,digitalSignature extendedKeyUsage=serverAuth \
    authorityKeyIdentifier=keyid "subjectAltName=$3" >"$leaf.ext"
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
    -subj "/CN=$2" -keyout "$leaf.key" -out "$leaf.csr"
  openssl ca -batch -notext -config "$dir/tls/$1/conf" -extfile "$leaf.ext" \
    -startdate "$4" -enddate "$5" -in "$leaf.csr" -out "$leaf.crt"
  # Key and certificate in one file, the way smtpd_tls_chain_files wants it.
  cat "$leaf.key" "$leaf.crt" >"$leaf.pem"
}

make_certificates() {
  local from to here_names="DNS:localhost,IP:127.0.0.1"
  from=$(date -u -d '-1 day' +%Y%m%d%H%M%SZ)
  to=$(date -u -d '+20 days' +%Y%m%d%H%M%SZ)
  make_ca ca
  make_ca other-ca
  make_leaf ca good "$here_names" "$from" "$to"
  make_leaf ca wrong-name DNS:mail.elsewhere.example "$from" "$to"
  make_leaf ca expired "$here_names" 20200101000000Z 20200201000000Z
  make_leaf other-ca untrusted "$here_names" "$from" "$to"
  cp "$dir/tls/ca.pem" "$CA_FILE"
}

# ---- OpenID provider, token service and Dovecot ---------------------------

launch() { # NAME FILE COMMAND...: ready when FILE is there
  local name=$1 file=$2
  shift 2
  # All output to files: a daemon holding the caller's pipe would hang it.
  setsid "$@" </dev/null >>"$dir/$name/log" 2>&1 &
  echo $! >"$dir/$name/pid"
  until_true 10 launched "$!" "$file" || die "$name is not ready"
}

launched() { # PID FILE
  kill -0 "$1" 2>/dev/null || die "ended before there was $2"
  ! group_gone "$1" && [[ -e $2 ]]
}

# It gives tokens to those who sign in; the token service asks it for those
# that it does not know itself.
start_provider() {
  mkdir "$dir/oidc"
  launch oidc "$dir/oidc/port" node "$modules/server.mjs" \
    "$dir/tls/good.pem" "$dir/oidc"
  # shellcheck disable=SC2034
  OIDC_ISSUER=https://localhost:$(<"$dir/oidc/port")
}

start_token_service() {
  mkdir "$dir/token"
  printf '%s\n' "$TOKEN" >"$dir/token/accepted"
  launch token "$dir/token/port" python3 "$here/token_service.py" \
    "$dir/token/accepted" "$USER" "$dir/token/port" "$(<"$dir/oidc/inner")"
}

start_dovecot() {
  local conf=$dir/dovecot
  mkdir "$conf" "$conf/run" "$conf/state"
  printf '%s:{PLAIN}%s\n' "$USER" "$PASSWORD" >"$conf/users"
  chgrp dovecot "$conf/users"
  chmod 640 "$conf/users"
  cat >"$conf/oauth2.conf" <<END
introspection_mode = auth
introspection_url = http://127.0.0.1:$(<"$dir/token/port")/introspect
force_introspection = yes
username_attribute = username
active_attribute = active
active_value = true
END
  # No delay and no growing penalty for failures, so tests are quick.
  cat >"$conf/dovecot.conf" <<END
base_dir = $conf/run
state_dir = $conf/state
log_path = $conf/log
protocols =
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2
auth_failure_delay = 0
passdb {
  driver = passwd-file
  mechanisms = plain login
  args = $conf/users
}
passdb {
  driver = oauth2
  mechanisms = xoauth2
  args = $conf/oauth2.conf
}
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service auth {
  unix_listener $dir/postfix/queue/private/auth {
    mode = 0600
    user = postfix
    group = postfix
  }
}
END
  launch dovecot "$dir/postfix/queue/private/auth" \
    dovecot -F -c "$conf/dovecot.conf"
}

# ---- Postfix --------------------------------------------------------------

smtpd() { # PORT CERTIFICATE [OPTION...]
  local port=$1 certificate=$2 option
  shift 2
  echo "127.0.0.1:$port inet n - n - - smtpd"
  for option in "smtpd_tls_chain_files=$dir/tls/$certificate.pem" "$@"; do
    echo "  -o $option"
  done
}

make_postfix() {
  local queue=$dir/postfix/queue etc=$dir/postfix/etc owner address
  mkdir -p "$etc" "$queue" "$dir/postfix/data" "$MAIL_DIR"
  # `postfix start` would also look after the system's own folders, so the
  # queue is laid out here and the master daemon is started directly.
  (cd "$queue" && mkdir active bounce corrupt defer deferred flush hold \
    incoming private saved trace && chmod 700 ./* && chown postfix ./* &&
    mkdir pid && install -d -o postfix -g postdrop -m 730 maildrop &&
    install -d -o postfix -g postdrop -m 710 public)
  chown postfix "$dir/postfix/data"

  # Under sudo the caller must be able to read the mail; root can anyway.
  owner=${SUDO_UID:-0}
  ((owner > 0)) || owner=65534
  for address in $maildirs; do
    install -d -o "$owner" -m 700 "$MAIL_DIR/${address%@*}"{,/new,/cur,/tmp}
    echo "$address ${address%@*}/"
  done >"$etc/mailboxes"

  cat >"$etc/main.cf" <<END
compatibility_level = 3.6
queue_directory = $queue
data_directory = $dir/postfix/data
maillog_file = $dir/postfix/log
maillog_file_prefixes = $dir
myhostname = mail.contoso.test
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks =
mydestination =
alias_maps =
local_recipient_maps =
relay_domains =

# Nothing leaves this machine and no name is looked up.
disable_dns_lookups = yes
smtpd_peername_lookup = no
default_transport = error:no delivery outside the test domains
relay_transport = \$default_transport
local_transport = \$default_transport

virtual_mailbox_domains = contoso.test fabrikam.test
virtual_mailbox_maps = texthash:$etc/mailboxes
virtual_mailbox_base = $MAIL_DIR
virtual_mailbox_limit = 0
virtual_uid_maps = static:$owner
virtual_gid_maps = static:65534
mailbox_size_limit = 0
message_size_limit = 62914560

smtpd_tls_security_level = encrypt
smtpd_tls_auth_only = yes
smtpd_tls_mandatory_protocols = >=TLSv1.2
smtpd_tls_loglevel = 1
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = private/auth
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = reject_unauth_destination

# Nothing repaired: a Bcc header, a missing Message-ID or a bare line feed
# would otherwise be dropped, added or mended before the test sees it.
message_drop_headers =
local_header_rewrite_clients =
smtpd_forbid_bare_newline = reject
smtpd_forbid_unauth_pipelining = yes

# Tests make mistakes on purpose, many and quickly.
smtpd_error_sleep_time = 0
smtpd_soft_error_limit = 1000
smtpd_hard_error_limit = 1000
smtpd_client_connection_count_limit = 0
in_flow_delay = 0
END
}

make_services() {
  # Below the range from which the kernel takes ports for outgoing connections.
  mapfile -t ports < <(shuf -i 20000-31999 -n 7)
  read -r STARTTLS_PORT TLS_PORT WRONG_NAME_PORT EXPIRED_PORT UNTRUSTED_PORT \
    PLAIN_ONLY_PORT LOGIN_ONLY_PORT <<<"${ports[*]}"
  {
    smtpd "$STARTTLS_PORT" good
    smtpd "$TLS_PORT" good smtpd_tls_wrappermode=yes
    smtpd "$WRONG_NAME_PORT" wrong-name
    smtpd "$EXPIRED_PORT" expired
    smtpd "$UNTRUSTED_PORT" untrusted
    smtpd "$PLAIN_ONLY_PORT" good smtpd_sasl_mechanism_filter=plain
    smtpd "$LOGIN_ONLY_PORT" good smtpd_sasl_mechanism_filter=login
    cat <<END
postlog unix-dgram n - n - 1 postlogd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
END
  } >"$dir/postfix/etc/master.cf"
}

greets() { # PORT
  local line=
  if [[ $1 == "$TLS_PORT" ]]; then
    line=$(printf 'QUIT\r\n' | timeout 5 openssl s_client -quiet \
      -CAfile "$CA_FILE" -verify_return_error -connect "127.0.0.1:$1" 2>/dev/null)
  else
    read -r -t 5 line 2>/dev/null </dev/tcp/127.0.0.1/"$1"
  fi || true
  [[ $line == 220* ]]
}

run_master() {
  local etc=$dir/postfix/etc
  # Postfix waits for a file that just changed to settle, up to two seconds.
  touch -d '-1 minute' "$etc"/*
  # -w: returns once the daemon listens, or fails. setsid: an interrupt from
  # the terminal must not end it half-way, before its pid is on file.
  setsid "$(postconf -c "$etc" -hx daemon_directory)/master" -c "$etc" -w \
    </dev/null >>"$dir/postfix/log" 2>&1
}

start_postfix() {
  local port tries=5
  # Any of the ports may be taken: then try others.
  until make_services && run_master; do
    ((--tries)) || die "Postfix does not start"
  done
  for port in "${ports[@]}"; do
    until_true 15 greets "$port" || die "no greeting on port $port"
  done
}

# ---------------------------------------------------------------------------

start() {
  local tool key
  ((EUID == 0)) || die "must run as root"
  for tool in postconf dovecot openssl python3 node setsid setpriv pgrep; do
    command -v "$tool" >/dev/null || die "$tool is missing"
  done
  [[ $(dovecot --version) == 2.3.* ]] || die "needs Dovecot 2.3"
  # The configuration files cannot quote, and socket paths must stay short.
  [[ $dir =~ ^/[A-Za-z0-9._/+-]+$ && ${#dir} -le 64 ]] || die "unfit path: $dir"
  [[ ! -e $dir || (-d $dir && -z $(ls -A "$dir")) ]] || die "$dir is not empty"

  trap failed_start EXIT
  trap 'exit 1' INT TERM
  umask 022
  mkdir -p "$dir"
  chmod 755 "$dir"
  setpriv --reuid=65534 --regid=65534 --clear-groups test -x "$dir" ||
    die "other users cannot reach $dir, so the mail daemons cannot either"

  PASSWORD=secret-$(openssl rand -hex 12)
  # As long as the tokens of big providers.
  TOKEN=good.$(openssl rand -hex 600)
  # shellcheck disable=SC2034
  BAD_TOKEN=bad.$(openssl rand -hex 600)
  CA_FILE=$dir/ca.pem
  MAIL_DIR=$dir/mail
  mkdir -m 700 "$dir/tls"
  make_certificates 2>"$dir/tls/log"
  rm "$dir/tls/log"
  make_postfix
  start_provider
  start_token_service
  start_dovecot
  start_postfix
  for key in STARTTLS_PORT TLS_PORT WRONG_NAME_PORT EXPIRED_PORT \
    UNTRUSTED_PORT PLAIN_ONLY_PORT LOGIN_ONLY_PORT CA_FILE USER PASSWORD \
    TOKEN BAD_TOKEN MAIL_DIR OIDC_ISSUER; do
    echo "$key=${!key}"
  done >"$dir/env"
  trap - EXIT INT TERM
}

usage="usage: serve.sh start DIR MODULES | stop DIR"
[[ $# -ge 2 ]] || die "$usage"
dir=$(realpath -m -- "$2")
case $1,$# in
  start,3)
    modules=$(realpath -e -- "$3")
    start
    ;;
  stop,2) stop_all ;;
  *) die "$usage" ;;
esac
