import { IconChecklist, IconInbox, IconMail, IconRoute2, IconSettings, IconUsers, IconUsersGroup } from '@tabler/icons-react';
import type { ComponentType } from 'react';

export type Icon = ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>;

export interface Place {
  to: string;
  text:
    | 'frame.nav.journeys'
    | 'frame.nav.contacts'
    | 'frame.nav.content'
    | 'frame.nav.segments'
    | 'frame.nav.tasks'
    | 'frame.nav.sandbox'
    | 'frame.nav.settings';
  icon: Icon;
}

/** Where the navigation leads. On a phone the first four stand at the bottom, the rest under "More". */
export const places: readonly Place[] = [
  { to: '/journeys', text: 'frame.nav.journeys', icon: IconRoute2 },
  { to: '/contacts', text: 'frame.nav.contacts', icon: IconUsers },
  { to: '/segments', text: 'frame.nav.segments', icon: IconUsersGroup },
  { to: '/content', text: 'frame.nav.content', icon: IconMail },
  { to: '/tasks', text: 'frame.nav.tasks', icon: IconChecklist },
];

/** What is there for those who run the installation rather than for every day. */
export const placesBelow: readonly Place[] = [
  { to: '/sandbox', text: 'frame.nav.sandbox', icon: IconInbox },
  { to: '/settings', text: 'frame.nav.settings', icon: IconSettings },
];
