import {
  type Icon,
  IconApps,
  IconBell,
  IconBrandSlack,
  IconBuildingStore,
  IconCalendarEvent,
  IconDatabase,
  IconDiscount2,
  IconFileText,
  IconGift,
  IconHeadset,
  IconMapPin,
  IconMessage,
  IconNotes,
  IconPackage,
  IconPhone,
  IconReceipt,
  IconRobot,
  IconStar,
  IconTicket,
  IconTruck,
  IconUserPlus,
  IconWorld,
} from '@tabler/icons-react';
import type { Schemas } from '@/api/client';
import { iconNameOf } from '@/lib/knownActions';

export type Action = Schemas['DocumentViewOfActionBody'];

/** What an action may look like. The names are kept. */
export const actionIcons = {
  apps: IconApps,
  bell: IconBell,
  calendar: IconCalendarEvent,
  chat: IconBrandSlack,
  database: IconDatabase,
  discount: IconDiscount2,
  file: IconFileText,
  gift: IconGift,
  headset: IconHeadset,
  message: IconMessage,
  notes: IconNotes,
  package: IconPackage,
  person: IconUserPlus,
  phone: IconPhone,
  place: IconMapPin,
  receipt: IconReceipt,
  robot: IconRobot,
  star: IconStar,
  store: IconBuildingStore,
  ticket: IconTicket,
  truck: IconTruck,
  world: IconWorld,
} satisfies Record<string, Icon>;

export type ActionIcon = keyof typeof actionIcons;
export const actionIconNames = Object.keys(actionIcons) as ActionIcon[];

export const iconNamed = (name: string | null | undefined): Icon => actionIcons[name as ActionIcon] ?? IconApps;

/** What something is called in the reader's language, where it says so. */
export function titleOf(
  named: { title?: string | null; titles?: Record<string, string> | null } | null | undefined,
  language: string,
  otherwise: string,
): string {
  return named?.titles?.[language.slice(0, 2)] || named?.title || otherwise;
}

/** Of what was read last: nobody waits for it. */
export const iconOfAction = (name: string): Icon => iconNamed(iconNameOf(name));
