import type { Ready } from './useGallery';

export const GALLERY_ORDERS = ['shelf', 'name', 'shortest', 'smallest'] as const;
export type GalleryOrder = (typeof GALLERY_ORDERS)[number];

const byName = (a: Ready, b: Ready) => a.name.localeCompare(b.name);

/** As they stand on the shelf, or by name, by how long they take, by how many points they have. One without an end takes longest. */
export function sortGallery(all: readonly Ready[], order: GalleryOrder): Ready[] {
  const sorted = [...all];
  switch (order) {
    case 'name':
      return sorted.sort(byName);
    case 'shortest':
      return sorted.sort((a, b) => (a.days ?? Number.MAX_VALUE) - (b.days ?? Number.MAX_VALUE) || byName(a, b));
    case 'smallest':
      return sorted.sort((a, b) => a.points - b.points || byName(a, b));
    default:
      return sorted;
  }
}
