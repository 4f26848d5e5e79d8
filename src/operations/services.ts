export type Services = Record<string, never>;
