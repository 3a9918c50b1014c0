// A certified OpenID provider for the tests: everything in memory, HTTPS on a
// free port of 127.0.0.1, endpoints where Microsoft has them.
//
//   node server.mjs PEM FOLDER
//
// PEM holds key and certificate. The port of the provider is written to
// FOLDER/port, that of an inner door in clear to FOLDER/inner.
//
// Nobody looks at a page, so the tests decide by requests of their own:
//
//   POST /approve    user_code=...&user=...            a device code, approved
//   POST /decline    user_code=...                     a device code, declined
//   POST /expire     user_code=...                     a device code, too old
//   any page that would ask for a sign-in or for consent is answered at once, by
//   the user in the header X-User, who agrees; without one by somebody who declines
//
// A browser that is to be brought back by hand ends at an empty page.
//
// The inner door answers GET /introspect with "Authorization: Bearer TOKEN" as
// token_service.py does: 200 {"active": true, "username": ...} or 401.

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer as createInner } from 'node:http';
import { createServer } from 'node:https';

import { Provider } from 'oidc-provider';

const [pem, folder] = process.argv.slice(2);
const keys = readFileSync(pem);
const tenant = '/organizations/oauth2/v2.0';
const SEND = 'https://outlook.office.com/SMTP.Send';
const EMPTY_PAGE = '/common/oauth2/nativeclient';

// The port is part of the issuer, so the socket comes before the provider.
let answer;
const outer = createServer({ key: keys, cert: keys }, (request, response) => answer(request, response));
const port = await listen(outer);

const provider = new Provider(`https://localhost:${port}`, {
  clients: [{
    client_id: 'sendoff-test',
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
    response_types: ['code'],
    // Of an address of the machine itself, any port will do (RFC 8252, 7.3).
    redirect_uris: ['http://localhost/', 'http://127.0.0.1/'],
  }],
  claims: { openid: ['sub'], profile: ['name', 'preferred_username'] },
  scopes: ['openid', 'offline_access', 'profile', SEND],
  // Where a client asks for scopes in the token request, the claims are wanted in the id token, too.
  conformIdTokenClaims: false,
  features: { deviceFlow: { enabled: true }, devInteractions: { enabled: false } },
  pkce: { methods: ['S256'], required: () => true },
  // Microsoft gives one for offline_access alone, without prompt=consent.
  issueRefreshToken: async (ctx, client) => client.grantTypeAllowed('refresh_token'),
  expiresWithSession: async () => false,
  rotateRefreshToken: true,
  ttl: {
    AccessToken: 3599, AuthorizationCode: 60, DeviceCode: 900, Grant: 86400, IdToken: 3599,
    Interaction: 600, RefreshToken: 86400, Session: 86400,
  },
  cookies: { keys: ['of no worth: nothing here outlives the test'] },
  findAccount: async (ctx, id) => ({
    accountId: id,
    claims: async () => ({ sub: id, name: 'Ana Silva', preferred_username: id }),
  }),
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  routes: {
    authorization: `${tenant}/authorize`,
    device_authorization: `${tenant}/devicecode`,
    token: `${tenant}/token`,
  },
});

// An https address of this machine is nothing that a native application may register.
const { redirectUriAllowed } = provider.Client.prototype;
provider.Client.prototype.redirectUriAllowed = function isRegistered(uri) {
  return uri === `${provider.issuer}${EMPTY_PAGE}` || redirectUriAllowed.call(this, uri);
};

// Without it, five seconds (RFC 8628, 3.2).
provider.use(async (ctx, next) => {
  await next();
  if (ctx.oidc?.route === 'device_authorization' && ctx.status === 200) ctx.body.interval = 1;
});

async function grant(user, scopes, id) {
  const given = (id && await provider.Grant.find(id))
    || new provider.Grant({ accountId: user, clientId: 'sendoff-test' });
  given.addOIDCScope(scopes);
  return given.save();
}

// What Microsoft's page would ask a person.
async function interact(request, response) {
  const { prompt, params, session, grantId } = await provider.interactionDetails(request, response);
  const user = request.headers['x-user'];
  if (!user) {
    return provider.interactionFinished(request, response,
      { error: 'access_denied', error_description: 'the person declined' });
  }
  if (prompt.name === 'login') {
    return provider.interactionFinished(request, response, { login: { accountId: user } });
  }
  const id = await grant(session.accountId, params.scope, grantId);
  return provider.interactionFinished(request, response, { consent: { grantId: id } },
    { mergeWithLastSubmission: true });
}

async function decide(request, decision) {
  let body = '';
  for await (const chunk of request) body += chunk;
  const given = new URLSearchParams(body);
  const code = await provider.DeviceCode.findByUserCode(given.get('user_code').replace(/[^a-z]/gi, '').toUpperCase());
  if (!code) return 404;
  const now = Math.floor(Date.now() / 1000);
  if (decision === '/expire') {
    // The store forgets what has no time left, so this is not saved there: it is the very record.
    (await provider.DeviceCode.adapter.find(code.jti)).exp = now - 1;
    return 204;
  }
  if (decision === '/approve') {
    const { scope } = code.params;
    const user = given.get('user');
    Object.assign(code, { accountId: user, grantId: await grant(user, scope), scope, authTime: now });
  } else {
    Object.assign(code, { error: 'access_denied', errorDescription: 'the person declined' });
  }
  await code.save();
  return 204;
}

const usual = provider.callback();
answer = (request, response) => {
  const path = request.url.split('?')[0];
  const failed = (error) => {
    console.error(error);
    response.writeHead(500).end(String(error));
  };
  if (request.method === 'POST' && ['/approve', '/decline', '/expire'].includes(path)) {
    decide(request, path).then((status) => response.writeHead(status).end(), failed);
  } else if (path === EMPTY_PAGE) {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end();
  } else if (path.startsWith('/interaction/')) {
    interact(request, response).catch(failed);
  } else {
    usual(request, response);
  }
};

const inner = createInner(async (request, response) => {
  const token = (request.headers.authorization || '').replace(/^Bearer /, '');
  const found = await provider.AccessToken.find(token);
  const isGood = Boolean(found) && (found.scope || '').split(' ').includes(SEND);
  const told = isGood ? { active: true, username: found.accountId } : { active: false };
  response.writeHead(isGood ? 200 : 401, { 'Content-Type': 'application/json' }).end(JSON.stringify(told));
});

function listen(server) {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server.address().port));
  });
}

// Renamed into place: whoever sees the file sees the whole number.
function tell(name, number) {
  writeFileSync(`${folder}/${name}.new`, `${number}\n`);
  renameSync(`${folder}/${name}.new`, `${folder}/${name}`);
}

tell('inner', await listen(inner));
tell('port', port);
