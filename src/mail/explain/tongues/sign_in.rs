//! Signing in.

use crate::mail::explain::Cause::MechanismNotOffered;
use crate::mail::explain::Who::You;
use crate::mail::explain::row::{Row, row};
use crate::mail::explain::said;

#[rustfmt::skip]
pub(in crate::mail::explain) const ROWS: &[Row] = &[
    row(MechanismNotOffered, You, "The server does not take the way to sign in that the program was told to use.", "Set auth to one that it offers (see AUTH in the log), or to auto.")
        .when(&[
            "^<méthode> & <ne propose pas> & !smtputf8|starttls",
            "^klartext|texte en clair|en clair|texto plano|texto sin cifrar|testo in chiaro|обычных текстовых|平文|明文|zwykłym tekstem|texto simples|platte tekst|düz metin & passwor*|passwort*|mot de passe|contraseña|password|парол|パスワード|密码|hasł*|senha|wachtwoord|parola",
            "^verschlüsselte passw|mots de passe chiffrés|contraseñas cifradas|password cifrate|password crittografate|зашифрованные пароли|зашифрованных паролей|暗号化されたパスワード|加密过的密码|加密的密码|szyfrowanych haseł|senhas criptografadas|versleutelde wachtwoorden|şifrelenmiş parola",
        ]),
    said::WRONG
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
            "nicht authentifizier|anmeldung gescheitert", "anmeldedaten & abgelehnt",
            "impossible de s'authentifier|impossible de s'identifier", "identifiants & invalides|refusés",
            "authentification & invalide|refusée|impossible",
            "imposible autentificar|no se puede identificar|no se pudo autenticar|no se ha podido autenticar",
            "autentificación & fall|error", "credenziali & non",
            "não foi possível autenticar|não é possível autenticar|não pôde autenticar",
            "credenciais & inválid|incorret",
            "kan niet authenticeren|authenticatie mislukt|aanmelden mislukt|inloggen mislukt",
            "wachtwoord & onjuist|ongeldig",
            "uwierzytelni & nie udało|nie można|błąd|nieudan|niepowodz|nie powiod",
            "hasło|login & nieprawidłow|błędn|niepoprawn",
            "не удалось аутентифицир|ошибка авторизации|ошибка входа|аутентификация не|авторизация не|неправильный пароль|неверные учетные|неверные учётные",
            "не вдалося автентифік|помилка авторизації|помилка автентифікації|неправильний пароль",
            "無法驗證|認證失敗|驗證失敗|登入失敗|密碼錯誤|無法登入",
            "无法认证|无法登录|认证错误|身份认证失败|账号或密码错误|用户名或密码错误|帐号或密码|登陆失败|验证错误|授权码错误",
            "无法 & 进行认证|进行身份验证", "認証できません|ログインに失敗|ログインできません|パスワードが間違|パスワードが正しく",
            "kimlik doğrulanamadı|oturum açılamadı", "kimlik doğrulama & başarısız|hata",
            "parola|şifre & hatalı|yanlış|geçersiz", "kunde inte autentisera|felaktigt lösenord",
            "autentisering|inloggning & misslyck", "forkert adgangskode|feil passord",
            "godkendelse|login & mislyk", "autentisering|pålogging & feilet|mislyktes",
            "ověření|přihlášení|autentizac & selhal|chyb",
            "ei voitu todentaa|kirjautuminen epäonnistui|väärä salasana", "todennus & epäonnistu",
            "hitelesítés|azonosítás & sikertelen|nem sikerült|hib", "인증 & 실패|오류|할 수 없",
            "autentificare & eșuat|esuat|nu a reușit",
            "impossibile autenticar", "nesprávné heslo",
        ]),
    said::NOT_SIGNED_IN
        .when(&[
            "zuerst anmelden|anmeldung erforderlich|authentifizierung erforderlich",
            "authentification requise|authentification nécessaire",
            "autenticación requerida|requiere autenticación",
            "autenticazione richiesta|richiede l'autenticazione",
            "autenticação necessária|requer autenticação", "需要身份验证|需要认证|尚未通过认证",
            "требуется аутентификация|необходима авторизация", "^could not get password",
            "^passwort & nicht abgerufen|konnte nicht ermittelt",
            "^impossible d'obtenir le mot de passe|no se pudo obtener la contraseña|no se ha podido obtener la contraseña|impossibile ottenere la password",
            "^не удалось получить пароль|パスワードを取得できま", "^无法获取 & 密码",
            "^nie można uzyskać hasła|nie udało się uzyskać hasła|não foi possível obter a senha|kon geen wachtwoord|parola alınamadı",
            "vereist authenticatie|authenticatie vereist|wymagane uwierzytelni|wymaga uwierzytelni|kimlik doğrulaması gerek|autentisering krävs|godkendelse kræves|vyžadováno ověření|認証が必要|인증이 필요|需要驗證",
        ]),
];
