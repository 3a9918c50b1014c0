//! The server's refusals of an address or a message.

use crate::mail::explain::Cause::{DailyLimit, RateLimited};
use crate::mail::explain::Who::Wait;
use crate::mail::explain::row::{Row, row};
use crate::mail::explain::said;

#[rustfmt::skip]
pub(in crate::mail::explain) const ROWS: &[Row] = &[
    said::MALFORMED
        .when(&[
            "angegebene zeichenfolge & e-mail-adresse",
            "cadeia de caracteres & endereço de email|forma exigida", "cadena especificada & dirección",
            "chaîne spécifiée & adresse", "ungültige e-mail-adresse|ungültige adresse",
            "adresse e-mail invalide|adresse invalide", "dirección de correo & no válida|inválida",
            "indirizzo & non valido|necessario per un indirizzo", "endereço & inválido", "电子邮件地址所要求的|邮件地址无效",
            "адреса электронной почты & форм", "smtputf8 & <ne propose pas>",
            "^adresse & ungültig|nicht gültig|fehlerhaft",
            "^adresse & n'est pas valide|pas valide|invalide|incorrecte & !serveur",
            "^dirección|direccion & inválid|no es válid|incorrecta",
            "^indirizzo & non è valido|non è un indirizzo|errato",
            "^endereço & inválid|não é válido|incorreto", "^adres & ongeldig|niet geldig",
            "^adres & nieprawidłow|niepoprawn|błędn", "^формат & адрес",
            "^адрес & неверн|некоррект|недопустим|неправильн", "^geçersiz & adres",
            "^adress & ogiltig|felaktig|ugyldig|neplatn|virheellinen|érvénytelen",
            "^メールアドレス & 無効|正しく|不正|形式", "^邮件地址|邮箱地址|邮箱格式|电子邮箱地址 & 无效|不正确|不是正确|错误|格式",
            "^電子郵件地址|郵件地址 & 無效|不正確|格式", "^이메일 주소|메일 주소 & 잘못|유효하지",
            "format einer e-mail-adresse", "para una dirección de correo", "requise pour une adresse",
            "電子メール アドレスに必要な",
        ]),
    said::RELAY
        .when(&[
            "relais refusé|relais interdit|relayage",
            "relay & verweigert|nicht erlaubt|non consentito|no permitido|não permitido",
        ]),
    row(RateLimited, Wait, "The account has sent as much as its provider allows in an hour.", "Wait an hour, then send more slowly.")
        .when(&["<limite d'envoi> & heure|horaire|stunde|stündlich|hora|minut*|ora"]),
    row(DailyLimit, Wait, "The account has sent as much as its provider allows.", "Wait until tomorrow (24 hours), or ask the provider for a higher limit.")
        .when(&["<limite d'envoi>"]),
    said::FULL
        .when(&[
            "postfach|mailbox & voll", "boîte|boite & pleine|saturée", "quota & dépassé|überschritten",
            "buzón & lleno|llena|cuota", "casella & piena", "caixa & cheia", "邮箱 & 已满|空间不足|容量",
            "ящик & переполнен", "postvak & vol",
            "zuviele mails auf dem server", "信箱已滿",
        ]),
    said::TOO_FAST
        .when(&[
            "zu viele nachrichten|zu viele mails|zu viele e-mails", "分钟内|小时内|短期内 & 超过|限制|大量",
            "trop de messages|trop de mails", "demasiados mensajes|demasiados correos",
            "troppi messaggi|troppe email", "muitas mensagens|muitos e-mails",
            "слишком много писем|слишком много сообщений", "发送频率|频率过高|过于频繁|发信过快",
        ]),
    said::TOO_LARGE
        .when(&[
            "taille & message & limite|dépass|maxim", "maximale nachrichtengröße|maximalen nachrichtengröße",
            "邮件大小 & 超过|超出", "nachricht|mail & zu groß|zu gross", "message|mail & trop volumineux|trop grand",
            "mensaje & demasiado grande", "messaggio & troppo grande|dimension", "mensagem & muito grande",
            "邮件 & 过大|太大",
            "слишком больш",
        ]),
    said::DAY_IS_FULL
        .when(&[
            "tageslimit|tägliche & limit", "当天|当日|每日|今日 & 超过|上限|限制", "limite quotidienne|limite journalière",
            "суточн & лимит",
            "limite diário", "limite giornaliero", "límite diario",
        ]),
    said::NOBODY
        .when(&[
            "empfänger|benutzer|postfach & unbekannt|existiert nicht|nicht gefunden|ungültig",
            "adresse nicht gefunden|adresse introuvable|indirizzo non trovato|endereço não encontrado|アドレス不明|アドレスが見つから|找不到地址|找不到该地址|адрес не найден|adres niet gevonden",
            "no se ha encontrado la dirección|no se encontró la dirección",
            "wurde bei & nicht gefunden", "^no se encontró & en", "收件人邮件地址|收件人地址|收件人邮箱 & 不存在|无法送达",
            "destinataire|utilisateur|adresse & inconnu|n'existe pas|introuvable|invalide",
            "destinatario|usuario|buzón|cuenta|dirección|casilla & inactiv|ha expirado|no existe|desconocid|inexistente",
            "destinatario|utente|casella|indirizzo & inesistente|sconosciut|errato|inutilizzo|non esiste|non trovat",
            "destinatário|usuário|caixa postal & não existe|inexistente|desconhecid",
            "收件人|用户|邮箱 & 不存在|无效",
            "пользователь|получатель|ящик|адрес & не существует|не найден|неизвест",
            "gebruiker|postvak & onbekend|bestaat niet",
            "użytkownik|odbiorca|skrzynka|konta|konto & nieaktywn|zablokowan|nie ma takiego|nie istnieje|nieznan",
            "est introuvable sur", "nessun utente", "penerima ditolak", "ユーザーは登録されていません",
        ]),
    said::NOT_THEIRS
        .when(&[
            "absender|expéditeur|remitente|mittente|remetente|afzender|nadawc|отправител|发件人|发信人|差出人|送信者 & nicht erlaubt|nicht berechtigt|nicht autorisiert|non autorisé|pas autorisé|no autorizad|no permitid|non autorizzat|não autorizad|não permitid|не разреш|niet toegestaan|niedozwolon|不一致|不匹配|不允许|必须与|許可されて",
        ]),
    said::LISTED
        .when(&[
            "发信ip & rbl",
            "ip-adresse|adresse ip|dirección ip|indirizzo ip|endereço ip|ip-адрес|ip地址|发信ip|ipアドレス|adres ip|ip-adres & gesperrt|blockiert|sperrliste|schwarzen liste|bloqué|liste noire|bloquead|lista negra|bloccat|lista nera|заблокир|черном спис|被封|封禁|黑名单|禁止|拒否|geblokkeerd|zablokowan",
        ]),
    said::SPAM
        .when(&[
            "naruszenie zasad|system antyspamowy|filtro antispam|filtre antispam",
            "als spam|comme spam|como spam|come spam|как спам|за спам|спамом|jako spam",
            "considéré & spam|indésirable", "垃圾邮件|垃圾信|迷惑メール|スパムと", "correo no deseado|posta indesiderata",
        ])
        .unless(&["help_spam|bounce|退信"]),
    said::TOO_LARGE
        .when(&[
            "tamaño máximo|supera el tamaño|excede el tamaño|taille maximale|dimensione massima|supera la dimensione|tamanho máximo|excede o tamanho & !buzón|boîte|casella|caixa",
            "максимальный размер|превышает размер|размер письма|te groot|zbyt duż|大小限制|大小超过|サイズが大きすぎ|サイズの上限 & !ящик",
        ]),
    said::RELAY
        .when(&[
            "relais|relay|relaying|中继|релей & nicht gestattet|nicht zugelassen|non autorisé|no autorizad|non autorizzat|não autorizad|запрещ|不允许|拒绝|禁止",
        ]),
    said::BUSY
        .when(&[
            "server|dienst|service|serveur|servicio|servizio|serviço|сервис|сервер|服务|サービス & vorübergehend nicht|überlastet|temporairement indisponible|momentanément indisponible|temporalmente no disponible|no está disponible temporalmente|temporaneamente non|temporariamente indisponível|временно недоступ|временно не|暂时不可用|一時的に利用でき",
            "系统繁忙|系统忙|服务器繁忙|伺服器忙碌",
        ]),
];
