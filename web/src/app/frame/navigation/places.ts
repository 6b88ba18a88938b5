import { IconRoute2, IconUsers } from '@tabler/icons-react';
import type { ComponentType } from 'react';

export interface Place {
  to: string;
  text: 'frame.nav.journeys' | 'frame.nav.contacts';
  icon: ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>;
}

/** Where the navigation leads. On a phone the first four stand at the bottom, the rest under "More". */
export const places: readonly Place[] = [
  { to: '/journeys', text: 'frame.nav.journeys', icon: IconRoute2 },
  { to: '/contacts', text: 'frame.nav.contacts', icon: IconUsers },
];

/** What is there for those who run the installation rather than for every day. */
export const placesBelow: readonly Place[] = [];
