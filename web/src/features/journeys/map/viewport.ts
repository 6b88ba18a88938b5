import type { Viewport } from '@xyflow/react';
import type { MapLayout } from './layout';
import type { Mode } from './model';

interface Box {
  width: number;
  height: number;
}

/** Below this the signs give way to stations alone. */
const least = 0.46;

/** What stands over the map at its edges, in px of the screen: the switch and the banner above, the tools below. */
const room = { top: 92, left: 64, right: 40, bottom: 44 };
/** Of a live map the switch and the totals stand above, not over it. */
const liveRoom = { ...room, top: 28 };
const previewRoom = { top: 20, left: 20, right: 20, bottom: 20 };
/** Stations and notes reach beyond their centres. */
const reach = 34;

/**
 * All of a map in view. Its entrances stand at the top left, where one begins to read and nothing that opens at the right covers them; what would
 * be too small to be read is shown from its beginning. A preview stands in the middle.
 */
export function viewOfAll(layout: MapLayout, box: Box, mode: Mode = 'edit'): Viewport {
  const { top, left, right, bottom } = mode === 'preview' ? previewRoom : mode === 'live' ? liveRoom : room;
  const width = layout.width + 2 * reach;
  const height = layout.height + 2 * reach;
  const free = { width: box.width - left - right, height: box.height - top - bottom };
  const zoom = Math.min(1, Math.max(least, Math.min(free.width / width, free.height / height)));
  const spare = mode === 'preview' ? { x: free.width - width * zoom, y: free.height - height * zoom } : { x: 0, y: 0 };
  return {
    zoom,
    x: left + reach * zoom + Math.max(0, spare.x / 2),
    y: top + reach * zoom + Math.max(0, spare.y / 2),
  };
}
