//! The same failures in other languages: what .NET, Windows, the C library and providers say where the system does not speak English.

use super::Cause::{
    BadAddress, CertificateInvalid, ConnectionLost, ConnectionRefused, ConnectionTimeout, DailyLimit,
    MessageTooLarge, NameNotFound, NotSignedIn, RateLimited, RecipientMailboxFull, RelayDenied, TlsFailed,
    TlsRequired, UnknownRecipient, WrongCredentials,
};
use super::Who::{Administrator, Recipient, Wait, You};
use super::row::{Row, row};

/// Of the line and of TLS.
#[rustfmt::skip]
pub(super) const LINE: &[Row] = &[
    row(NameNotFound, You, "The server's name cannot be found.", "Check host in the account (no spaces, no https://), and that this machine can look names up.")
        .when(&[
            "remotename konnte nicht", "kein host unter diesem namen",
            "name oder der dienst|name oder dienst & nicht bekannt", "nom distant", "hôte inconnu",
            "nom ou service inconnu", "échec & résolution de nom", "resolver el nombre", "host desconocido",
            "nombre o servicio desconocido", "resolución de nombres", "risolvere il nome", "host sconosciuto",
            "nome o servizio sconosciuto", "nome remoto", "host desconhecido", "nome ou serviço desconhecido",
            "远程名称", "不知道这样的主机", "遠端名稱", "無法識別這台主機", "リモート名を解決", "そのようなホストは不明", "этот хост неизвестен",
            "удаленное имя", "имя или служба не известны", "externe naam", "nie można rozpoznać nazwy",
        ]),
    row(ConnectionRefused, Administrator, "Nothing listens there, or a firewall turned the connection away.", "Check host and port (\"localhost\" is this machine itself).")
        .when(&[
            "verbindung verweiger", "verbindungsaufbau abgelehnt", "verbindung abgelehnt", "connexion refusée",
            "l'a expressément refusée", "conexión rehusada", "conexión rechazada", "denegó expresamente",
            "connessione rifiutata", "rifiuto persistente", "conexão recusada", "recusou ativamente", "积极拒绝",
            "拒绝连接", "连接被拒绝", "連線被拒", "拒絕連線", "対象のコンピューターによって拒否", "接続を拒否", "отверг запрос на подключение",
            "в соединении отказано", "verbinding is geweigerd", "połączenie odrzucone",
        ]),
    row(ConnectionLost, Wait, "The connection broke before the server had answered.", "Send it again; if it keeps happening, check that port and security fit together.")
        .when(&[
            "verbindung & vom remotehost|kommunikationspartner|gegenstelle & geschlossen|zurückgesetzt|beendet|getrennt",
            "verbindung wurde & geschlossen|getrennt|unterbrochen|abgebrochen|zurückgesetzt",
            "fermée par l'hôte distant", "connexion & réinitialisée|interrompue|fermée|perdue",
            "interrupción de una conexión", "conexión & cerrada|restablecida|interrumpida|perdida",
            "connessione & chiusa|interrotta|ripristinata|forzatamente",
            "conexão & fechada|cancelada|redefinida|perdida", "强迫关闭", "连接被重置|连接已重置|连接已断开|连接已关闭", "強制關閉|強制關掉",
            "強制的に切断", "принудительно разорвал", "соединение сброшено|соединение разорвано",
        ]),
    row(ConnectionTimeout, Administrator, "The server did not answer in time, or there is no way to it.",
        "A firewall or the provider may block the port: outbound 587 has to be open (25 often is not).")
        .when(&[
            "zeitüberschreitung", "timeout überschritten", "gegenstelle & reagiert",
            "host|netzwerk|server & nicht erreichbar", "keine route zum", "délai & dépassé|expiré",
            "n'a pas répondu convenablement", "réseau|hôte & inaccessible|pas accessible",
            "aucun chemin d'accès pour atteindre", "tiempo de espera", "no respondió adecuadamente",
            "red|host & inaccesible", "tempo scaduto|timeout dell'operazione|non ha risposto correttamente",
            "rete|host & non raggiungibile", "tempo limite", "não respondeu corretamente",
            "操作已超时|操作超时|连接超时|连接尝试失败", "逾時", "タイムアウト", "время ожидания", "нужный отклик",
            "сеть недоступна|нет маршрута",
        ]),
    row(CertificateInvalid, Administrator, "The server's certificate is not one that this machine trusts: expired, self-made, for another name, or from an unknown issuer.",
        "Check host and this machine's clock. For a server of your own, name its root certificate in ca_file.")
        .when(&[
            "remotezertifikat",
            "zertifikat & ungültig|abgelaufen|vertrauenswürdig|selbstsigniert|selbst signiert|überprüf|unbekannt",
            "certificat & pas valide|invalide|expiré|auto-signé|autosigné|approuvé|vérifi",
            "certificado & no es válido|inválido|caducado|expirado|autofirmado|verific|confianza",
            "certificato & non valido|scaduto|autofirmato|attendibile",
            "certificado & não é válido|vencido|autoassinado", "证书 & 无效|过期|不受信任|自签名", "憑證 & 無效|過期|不受信任",
            "証明書 & 無効|期限|信頼", "сертификат & недействител|недопустим|просроч|истек|самоподписан|довер",
        ]),
    row(TlsFailed, Administrator, "The encryption of the connection (TLS) could not be set up.", "Check host and port (587 with \"starttls\"); both ends must speak TLS 1.2 or later.")
        .when(&[
            "sspi-aufruf", "appel à sspi", "appel sspi", "llamada a sspi", "llamada sspi", "chiamata a sspi",
            "sspi 失败|调用 sspi", "вызов sspi", "sspi & échoué",
        ]),
    row(TlsRequired, Administrator, "The server does not offer to encrypt the connection (STARTTLS), so nothing was sent to it.", "Check host and port (587 for submission).")
        .when(&[
            "keine sicheren verbindungen", "pas en charge les connexions sécurisées",
            "no admite conexiones seguras", "non supporta connessioni sicure|non supporta le connessioni",
            "não oferece suporte a conexões seguras", "不支持安全连接", "セキュリティで保護された接続をサポートし",
            "не поддерживает безопасн",
        ]),
];

/// Of the server's refusals.
#[rustfmt::skip]
pub(super) const REFUSALS: &[Row] = &[
    row(BadAddress, You, "The address is malformed.", "Correct the address: one name, one @, one domain, no spaces or stray brackets.")
        .when(&[
            "format einer e-mail-adresse", "ungültige e-mail-adresse|ungültige adresse",
            "requise pour une adresse", "adresse e-mail invalide|adresse invalide",
            "para una dirección de correo", "dirección de correo & no válida|inválida",
            "indirizzo & non valido|necessario per un indirizzo", "endereço & inválido", "电子邮件地址所要求的|邮件地址无效",
            "電子メール アドレスに必要な", "адреса электронной почты & форм",
        ]),
    row(RelayDenied, You, "The server passes mail on to other domains only for people who are signed in.", "Set auth and username in the account.")
        .when(&[
            "relais refusé|relais interdit|relayage",
            "relay & verweigert|nicht erlaubt|non consentito|no permitido|não permitido",
        ]),
    row(WrongCredentials, You, "The server did not accept user name and password (or token).", "Check both; with multi-factor sign-in an app password or a token is needed.")
        .when(&[
            "benutzername|kennwort|passwort|zugangsdaten|anmeldedaten & falsch|ungültig|nicht korrekt|fehlerhaft",
            "anmeldung|authentifizierung & fehlgeschlagen & !#5.7.139",
            "mot de passe|identifiant & incorrect|invalide|erroné", "authentification & échou|échec",
            "usuario|contraseña|credenciales & incorrect|inválid|no válid",
            "autenticación & falló|fallid|error de",
            "nome utente|password|credenziali & errat|non corrett|non valid",
            "autenticazione & fallit|non riuscit", "senha|usuário & incorret|inválid",
            "autenticação & falh & !#5.7.139", "密码错误|认证失败|验证失败|登录失败|身份验证失败", "認証 & 失敗|エラー",
            "неверный & пароль|логин|имя", "ошибка аутентификации|не удалось авторизоваться",
        ]),
    row(NotSignedIn, You, "The server wants a sign-in before it takes mail.", "Set auth and username in the account.")
        .when(&[
            "zuerst anmelden|anmeldung erforderlich|authentifizierung erforderlich",
            "authentification requise|authentification nécessaire",
            "autenticación requerida|requiere autenticación",
            "autenticazione richiesta|richiede l'autenticazione", "autenticação necessária|requer autenticação",
            "需要身份验证|需要认证|尚未通过认证", "требуется аутентификация|необходима авторизация",
        ]),
    row(RateLimited, Wait, "The account has sent as much as its provider allows in an hour.", "Wait an hour, then send more slowly.")
        .when(&["<limite d'envoi> & heure|horaire|stunde|stündlich|hora|minut*|ora"]),
    row(DailyLimit, Wait, "The account has sent as much as its provider allows.", "Wait until tomorrow (24 hours), or ask the provider for a higher limit.")
        .when(&["<limite d'envoi>"]),
    row(RecipientMailboxFull, Recipient, "The recipient's mailbox is full.", "Tell them by another way.")
        .when(&[
            "postfach|mailbox & voll", "boîte|boite & pleine|saturée", "quota & dépassé|überschritten",
            "buzón & lleno|llena|cuota", "casella & piena", "caixa & cheia", "邮箱 & 已满|空间不足|容量", "信箱已滿",
            "ящик & переполнен", "postvak & vol",
        ]),
    row(RateLimited, Wait, "The server takes no more from here for now.", "Wait a while, then send more slowly.")
        .when(&[
            "zu viele nachrichten|zu viele mails|zu viele e-mails", "trop de messages|trop de mails",
            "demasiados mensajes|demasiados correos", "troppi messaggi|troppe email",
            "muitas mensagens|muitos e-mails", "слишком много писем|слишком много сообщений",
            "发送频率|频率过高|过于频繁|发信过快",
        ]),
    row(MessageTooLarge, You, "The message is larger than the server takes.", "Make it smaller, or send a link instead of the file.")
        .when(&[
            "taille & message & limite|dépass|maxim",
        "nachricht|mail & zu groß|zu gross", "message|mail & trop volumineux|trop grand",
            "mensaje & demasiado grande", "messaggio & troppo grande|dimension", "mensagem & muito grande",
            "邮件 & 过大|太大", "слишком больш",
        ]),
    row(DailyLimit, Wait, "The account has sent as much as its provider allows in a day.", "Wait until tomorrow (24 hours), or ask the provider for a higher limit.")
        .when(&[
            "tageslimit|tägliche & limit", "limite quotidienne|limite journalière", "límite diario",
            "limite giornaliero", "limite diário", "суточн & лимит",
        ]),
    row(UnknownRecipient, You, "There is no such recipient.", "Correct the address; if it is right, ask the recipient by another way.")
        .when(&[
            "empfänger|benutzer|postfach & unbekannt|existiert nicht|nicht gefunden|ungültig",
            "destinataire|utilisateur|adresse & inconnu|n'existe pas|introuvable|invalide",
            "destinatario|usuario|buzón|cuenta|dirección & no existe|desconocid|inexistente",
            "destinatario|utente|casella & inesistente|sconosciut|non esiste|non trovat",
            "destinatário|usuário|caixa postal & não existe|inexistente|desconhecid", "收件人|用户|邮箱 & 不存在|无效",
            "пользователь|получатель|ящик|адрес & не существует|не найден|неизвест",
            "gebruiker|postvak & onbekend|bestaat niet", "użytkownik|odbiorca|skrzynka & nie istnieje|nieznan",
        ]),
];
