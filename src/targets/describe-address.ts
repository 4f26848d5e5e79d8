import type { Target } from './types.ts';

/** How a target is reached, as a person would say it. */
export function describeAddress(address: Target['address']): string {
  switch (address.kind) {
    case 'local':
      return address.account === undefined ? 'this machine' : `this machine as ${address.account}`;
    case 'ssh': {
      const port = address.port === undefined ? '' : ` port ${address.port}`;
      return `${address.destination}${port}${address.jump === undefined ? '' : ` through ${address.jump}`}`;
    }
    case 'docker':
      return `container ${address.container}${address.program === 'docker' ? '' : ` of ${address.program}`}`;
    case 'kubernetes': {
      const { pod, container, namespace, context } = address;
      const place = [namespace, context].filter((name) => name !== undefined).join(' of ');
      return `pod ${pod}${container === undefined ? '' : `, container ${container}`}${place === '' ? '' : ` in ${place}`}`;
    }
  }
}
