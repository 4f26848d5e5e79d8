/** A disk, a partition, a volume or memory: writing there replaces what it held. */
export const deviceFile =
  /^\/dev\/(?:r?disk\d|sd[a-z]|hd[a-z]|vd[a-z]|xvd[a-z]|nvme\d|mmcblk\d|md\d|dm-\d|mapper\/|loop\d|sr\d|nbd\d|mem$|kmem$|port$|disk\/|zvol\/)/;

/** Files that a system stands on: overwriting or emptying one is more than a write. */
export const systemFile =
  /^(?:\/etc\/(?:passwd|shadow|group|gshadow|sudoers|fstab|hosts|resolv\.conf|crontab|hostname|machine-id|ld\.so\.preload|ssh\/sshd_config|pam\.d\/.+|sudoers\.d\/.+|kubernetes\/.+)|\/boot\/.+|\/proc\/sysrq-trigger|\/(?:usr\/)?(?:s?bin|lib(?:64)?)\/.+|\/vmlinuz.*|\/initrd.*)$/;

/** Files that hold credentials by their well-known names. */
export const secretFile =
  /(?:^\/etc\/g?shadow-?$|(?:^|\/)id_(?:rsa|dsa|ecdsa|ed25519)$|(?:^|\/)\.(?:pgpass|netrc|my\.cnf|vault-token|npmrc|pypirc|git-credentials|htpasswd|env(?:\.(?!example|sample|template)[\w.-]+)?)$|\.(?:key|keytab|p12|pfx|jks|kdbx)$|(?:^|[/_.-])(?:priv(?:ate)?[_-]?key|privkey)[\w-]*(?:\.pem)?$|(?:^|\/)\.aws\/credentials$|(?:^|\/)\.docker\/config\.json$|(?:^|\/)\.kube\/config$|(?:^|\/)(?:kubeconfig|admin\.conf|kubelet\.conf)$|\/proc\/(?:\d+|self|\*|\$?\w+)\/environ$|\/var\/run\/secrets\/|\/run\/secrets\/|(?:^|\/)(?:ssl|tls|pki)\/private\/|(?:^|[/_.-])(?:passwords?|secrets?|credentials?|tokens?|root-token|unseal-keys?|master-key)(?:\.(?:txt|json|ya?ml|env|conf|ini|toml|enc))?$)/;
