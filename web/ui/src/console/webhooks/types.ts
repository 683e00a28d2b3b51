export const statuses = ["pending", "delivered", "dead"] as const;

export interface Endpoint {
  number: number;
  url: string;
  events: string[];
  secrets: number;
  gone: boolean;
  pending: number;
  dead: number;
}

export interface Delivery {
  seq: number;
  id: string;
  type: string;
  url: string;
  status: (typeof statuses)[number];
  attempts: number;
  answer?: number;
  error?: string;
  created: string;
  next?: string;
  expires: string;
  changed: string;
}
