/**
 * What counts as a credential in a database, decided by name alone and conservatively: a column that is shown (target list,
 * RETURNING, COPY) and whose name holds a secret's word, unless its last word says that it is only about the secret; a table of
 * secrets shown with `*`; any reading of the catalogs that hold password hashes or connection strings.
 */
const catalogs: ReadonlySet<string> = new Set(
  'pg_authid pg_shadow pg_user_mapping pg_user_mappings pg_subscription mysql.user mysql.global_priv mysql.db'.split(
    ' ',
  ),
);

const secretWords =
  /(?:^|_)(?:password|passwd|passphrase|passcode|pwd|secret|secrets|token|tokens|credential|credentials|api_?keys?|private_?keys?|access_?keys?|secret_?keys?|encryption_?keys?|signing_?keys?|master_?keys?|ssh_?keys?|session_?keys?|totp|otp|rolpassword|subconninfo|umoptions|authentication_string|password_?hash|pin_?code|cvv|private_?pem)(?=$|_)/;
const benignLast =
  /_(?:at|on|date|time|count|expires|expiry|expiration|expire|ttl|id|ids|length|len|age|type|status|changed|updated|created|policy|required|enabled|set|version|name|limit|used|usage|attempts|strength|valid|until|is_valid|method|algorithm|history_size)$/;

const secretSettings = /^(?:primary_conninfo|ssl_passphrase_command|.*(?:password|secret|token)(?!_encryption).*)$/;

const secretFiles =
  /(?:^|\/)(?:\.pgpass|shadow|gshadow|id_(?:rsa|dsa|ecdsa|ed25519)|server\.key|pg_user_mapping|credentials|recovery\.conf|postgresql\.auto\.conf|\.env)$|\.(?:key|pem|p12|pfx|jks|keytab)$|secret|passw(?!d$)/i;

/** A table whose every reading shows credentials. */
export function isSecretCatalog(schema: string | undefined, name: string): boolean {
  return catalogs.has(name.toLowerCase()) || catalogs.has(`${schema ?? ''}.${name}`.toLowerCase());
}

/** A column, or a table shown whole, named for what it keeps. */
export function isSecretName(name: string): boolean {
  const plain = snake(name);
  return secretWords.test(plain) && !benignLast.test(plain) && !/^(?:has|is|no|num|count|last|next|use)_/.test(plain);
}

/** A setting of the server that holds a password or a connection string. */
export function isSecretSetting(name: string): boolean {
  return secretSettings.test(name.toLowerCase());
}

/** A file of the server that holds a key or a password. */
export function isSecretFile(path: string): boolean {
  return secretFiles.test(path);
}

function snake(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toLowerCase();
}
