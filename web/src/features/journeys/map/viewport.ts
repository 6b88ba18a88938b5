import type { Viewport } from '@xyflow/react';
import type { MapLayout } from './layout';

interface Box {
  width: number;
  height: number;
}

/** Below this the signs give way to stations alone. */
const least = 0.46;

/** What stands over the map at its edges, in px of the screen. */
const room = { top: 100, side: 48, bottom: 72 };
const previewRoom = { top: 20, side: 20, bottom: 20 };
/** Stations and notes reach beyond their centres. */
const reach = 34;

/**
 * All of a map in view: its entrances at the top, as a line is read, and in the middle from side to side. What would be too small to be read is
 * shown from its beginning. A preview stands in the middle both ways.
 */
export function viewOfAll(layout: MapLayout, box: Box, preview = false): Viewport {
  const { top, side, bottom } = preview ? previewRoom : room;
  const width = layout.width + 2 * reach;
  const height = layout.height + 2 * reach;
  const free = { width: box.width - 2 * side, height: box.height - top - bottom };
  const zoom = Math.min(1, Math.max(least, Math.min(free.width / width, free.height / height)));
  const spare = { x: free.width - width * zoom, y: free.height - height * zoom };
  return {
    zoom,
    x: side + reach * zoom + Math.max(0, spare.x / 2),
    y: top + reach * zoom + (preview ? Math.max(0, spare.y / 2) : 0),
  };
}
